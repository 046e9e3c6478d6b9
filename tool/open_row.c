// ROW, from a word to the one row that it means.
//
// Levels of matching (address.h) hold across tables: a row that fits exactly in one
// table comes before rows of others that fit in part.
#include "open.h"
#include "out.h"

#include <string.h>
#include <unistd.h>

#define SHOWN_CANDIDATES 20

static struct rmk_str
row_name(struct rmk_arena *a, const struct picked *p, size_t row)
{
	const struct rmk_schema *schema = file_schema(a, p->file, p->table);

	return rmk_address_row(a, p->file->doc, p->table, schema, row);
}

static enum rmk_code
ambiguous(struct call *c, const struct picked *tables, const struct rmk_hits *hits,
    size_t n, enum rmk_match best, struct rmk_str row, struct rmk_err *err)
{
	struct rmk_buf list = {.arena = c->arena};
	size_t count = 0;

	for (size_t t = 0; t < n; t++) {
		const struct picked *p = &tables[t];
		struct rmk_str address = picked_address(c->arena, p);

		for (size_t i = 0; hits[t].level == best && i < hits[t].n; i++) {
			struct rmk_str name = row_name(c->arena, p, hits[t].rows[i]);

			if (count++ < SHOWN_CANDIDATES)
				rmk_buf_printf(&list, "  %.*s  LINE:%u  %.*s\n",
				    RMK_FMT(address),
				    p->file->doc->tables[p->table]
					.rows[hits[t].rows[i]]
					.line,
				    RMK_FMT(name));
		}
	}
	if (count > SHOWN_CANDIDATES)
		rmk_buf_printf(&list, "  and %zu more\n", count - SHOWN_CANDIDATES);
	complain_with(rmk_buf_str(&list));
	rmk_fail(err, RMK_AMBIGUOUS, "'%.*s' fits %zu rows:", RMK_FMT(row), count);
	return rmk_hint(err, "name one in full, or by its line, or its table with -f");
}

// The row's name nearest to what was typed; empty when none is near.
static struct rmk_str
nearest_row(struct call *c, const struct picked *tables, size_t n, struct rmk_str row)
{
	unsigned most = row.n > 5 ? 3 : row.n > 2 ? 1 : 0;
	struct rmk_str best = {0}, key = rmk_utf8_fold(c->arena, row);

	for (size_t t = 0; t < n; t++) {
		size_t nrows = tables[t].file->doc->tables[tables[t].table].nrows;

		for (size_t i = 0; i < nrows; i++) {
			struct rmk_str name = row_name(c->arena, &tables[t], i);
			unsigned d = rmk_str_distance(
			    key, rmk_utf8_fold(c->arena, name), most);

			if (d <= most && (!best.s || d < most)) {
				best = name;
				most = d;
			}
		}
	}
	return best;
}

static enum rmk_code
not_found(struct call *c, const struct picked *tables, size_t n, struct rmk_str row,
    struct rmk_err *err)
{
	struct rmk_str near = nearest_row(c, tables, n, row);
	struct rmk_str address = picked_address(c->arena, &tables[0]);

	if (n == 1)
		rmk_fail(err, RMK_NOT_FOUND, "%.*s: no row '%.*s'", RMK_FMT(address),
		    RMK_FMT(row));
	else
		rmk_fail(
		    err, RMK_NOT_FOUND, "no row '%.*s' in %zu tables", RMK_FMT(row), n);
	if (near.s)
		return rmk_hint(err, "did you mean '%.*s'?", RMK_FMT(near));
	if (n == 1)
		return rmk_hint(
		    err, "'rowmark show %.*s' lists its rows", RMK_FMT(address));
	return rmk_hint(err, "'rowmark ls' lists the tables");
}

enum rmk_code
open_row(struct call *c, const struct picked *tables, size_t n, struct rmk_str row,
    struct picked *out, size_t *index, struct rmk_err *err)
{
	struct rmk_hits *hits = RMK_NEW_N(c->arena, struct rmk_hits, n + 1);
	enum rmk_match best = RMK_MATCH_NONE;
	size_t count = 0;

	for (size_t t = 0; t < n; t++) {
		const struct picked *p = &tables[t];
		const struct rmk_schema *schema = file_schema(
		    c->arena, p->file, p->table);

		hits[t] = rmk_address_rows(c->arena, p->file->doc, p->table, schema, row);
		if (hits[t].n && (best == RMK_MATCH_NONE || hits[t].level < best))
			best = hits[t].level;
	}
	for (size_t t = 0; t < n; t++) {
		if (best == RMK_MATCH_NONE || hits[t].level != best)
			continue;
		count += hits[t].n;
		*out = tables[t];
		*index = hits[t].rows[0];
	}
	if (count == 0)
		return not_found(c, tables, n, row, err);
	return count == 1 ? RMK_OK : ambiguous(c, tables, hits, n, best, row, err);
}

// --- ROW and FILE in either order -----------------------------------------------

static bool
is_markdown_name(struct rmk_str path)
{
	const char *const ends[] = {".md", ".markdown", ".mdx", ".mkd", ".mdown"};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		if (rmk_str_ends(path, rmk_str_of(ends[i])))
			return true;
	}
	return false;
}

// Whether a word that could be a row is meant as a file: one that exists, standard
// input, #TABLE, or the name of a Markdown file, in whatever place.
static bool
is_file_word(struct call *c, const char *word)
{
	struct rmk_address address = rmk_address_parse(rmk_str_of(word));

	if (strcmp(word, "-") == 0 || access(word, F_OK) == 0)
		return true;
	if (address.file.n == 0)
		return address.table.n > 0;
	return is_markdown_name(address.file) ||
	       access(rmk_str_c(c->arena, address.file), F_OK) == 0;
}

void
split_row_file(struct call *c, const char **row, char **file)
{
	*row = NULL;
	*file = NULL;
	if (c->nargs == 1 && is_file_word(c, c->args[0])) {
		*file = c->args[0];
	} else if (c->nargs == 1) {
		*row = c->args[0];
	} else if (c->nargs == 2) {
		bool swapped = is_file_word(c, c->args[1]) &&
		               !is_file_word(c, c->args[0]);

		*file = c->args[swapped ? 1 : 0];
		*row = c->args[swapped ? 0 : 1];
	}
}
