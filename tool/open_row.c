// ROW, from a word to the one row that it means.
//
// Levels of matching (address.h) hold across tables: a row that fits exactly in one
// table comes before rows of others that fit in part.
#include "answer.h"
#include "open_table.h"
#include "opt.h"
#include "out.h"
#include "table/inline_references.h"
#include "table/value.h"
#include "write.h"

#include <string.h>
#include <unistd.h>

#define SHOWN_CANDIDATES 20
// From so many rows on an index of each table pays.
#define OPEN_MANY 8

bool
file_same(const struct file *one, const struct file *two)
{
	return rmk_str_eq(one->path, two->path) ||
	       (one->source.place == RMK_FROM_WORKTREE &&
		   two->source.place == RMK_FROM_WORKTREE && one->id.ino &&
		   one->id.ino == two->id.ino && one->id.dev == two->id.dev);
}

const struct rmk_schema *
file_schema(struct rmk_arena *a, struct file *file, size_t table)
{
	if (!file->schemas[table])
		file->schemas[table] = rmk_schema_of(a, file->doc, table);
	return file->schemas[table];
}

struct rmk_str
picked_address(struct rmk_arena *a, const struct picked *p)
{
	return rmk_address_of(a, p->file->doc, p->table);
}

static struct rmk_str
open_row_name(struct rmk_arena *a, const struct picked *p, size_t row)
{
	const struct rmk_schema *schema = file_schema(a, p->file, p->table);

	return rmk_address_row(a, p->file->doc, p->table, schema, row);
}

// The rows that fit, a line each, told apart.
struct open_row_candidates {
	struct picked tables[SHOWN_CANDIDATES];
	size_t rows[SHOWN_CANDIDATES];
	size_t n; // in all
};

static struct open_row_candidates
collect_candidates(const struct picked *tables, const struct rmk_hits *hits, size_t n,
    enum rmk_match best)
{
	struct open_row_candidates all = {0};

	for (size_t t = 0; t < n; t++)
		for (size_t i = 0; hits[t].level == best && i < hits[t].n; i++) {
			if (all.n < SHOWN_CANDIDATES) {
				all.tables[all.n] = tables[t];
				all.rows[all.n] = hits[t].rows[i];
			}
			all.n++;
		}
	return all;
}

// A row's name, told apart where another candidate has the same.
static struct rmk_str
candidate_name(struct call *c, const struct open_row_candidates *all, size_t at)
{
	const struct picked *p = &all->tables[at];
	struct rmk_str name = open_row_name(c->arena, p, all->rows[at]);

	for (size_t i = 0; i < all->n && i < SHOWN_CANDIDATES; i++) {
		if (i != at && rmk_str_eq(name, open_row_name(c->arena, &all->tables[i],
						    all->rows[i])))
			return rmk_address_row_apart(c->arena, p->file->doc, p->table,
			    file_schema(c->arena, p->file, p->table), all->rows[at]);
	}
	return name;
}

// With a number in front where one is asked for.
static struct rmk_str
list_candidates(struct call *c, const struct open_row_candidates *all, bool numbered)
{
	struct rmk_buf list = {.arena = c->arena};

	for (size_t i = 0; i < all->n && i < SHOWN_CANDIDATES; i++) {
		const struct picked *p = &all->tables[i];
		struct rmk_str address = picked_address(c->arena, p);
		struct rmk_str name = candidate_name(c, all, i);

		if (numbered)
			rmk_buf_printf(&list, "%3zu", i + 1);
		rmk_buf_printf(&list, "  %.*s  LINE:%u  %.*s\n",
		    RMK_FMT(rmk_shown(c->arena, address)),
		    p->file->doc->tables[p->table].rows[all->rows[i]].line,
		    RMK_FMT(rmk_shown(c->arena, name)));
	}
	if (all->n > SHOWN_CANDIDATES)
		rmk_buf_printf(&list, "  and %zu more\n", all->n - SHOWN_CANDIDATES);
	return rmk_buf_str(&list);
}

// On a terminal a person says which; elsewhere, and where nothing is answered, it fails.
static enum rmk_code
ambiguous(struct call *c, const struct open_row_candidates *all, struct rmk_str row,
    struct picked *out, size_t *index, struct rmk_err *err)
{
	struct rmk_str answer = {0};
	uint32_t number = 0;

	if (all->n <= SHOWN_CANDIDATES)
		answer = out_ask(c->arena, list_candidates(c, all, true),
		    rmk_str_printf(c->arena, "'%.*s' fits %zu rows. Which? [1-%zu]",
			RMK_FMT(rmk_shown(c->arena, row)), all->n, all->n));
	if (rmk_str_to_u32(answer, &number) && number >= 1 && number <= all->n) {
		*out = all->tables[number - 1];
		*index = all->rows[number - 1];
		return RMK_OK;
	}
	complain_with(list_candidates(c, all, false));
	for (size_t i = 0; i < all->n && i < SHOWN_CANDIDATES; i++) {
		const struct picked *p = &all->tables[i];

		answer_candidate(picked_address(c->arena, p),
		    p->file->doc->tables[p->table].rows[all->rows[i]].line,
		    candidate_name(c, all, i));
	}
	rmk_fail(err, RMK_AMBIGUOUS, "'%.*s' fits %zu rows:", RMK_FMT(row), all->n);
	return rmk_hint(err,
	    "name one in full, as it is listed, or by its line, or its table with -f");
}

static size_t
open_row_words(struct rmk_str text)
{
	size_t n = 1;

	for (size_t i = 0; i < text.n; i++)
		n += text.s[i] == ' ';
	return n;
}

// How far what was typed is from a name, or from so many words of it in a row: "Scalling" from
// "Scaling Laws".
static unsigned
open_row_distance(struct rmk_str typed, struct rmk_str name, unsigned most)
{
	size_t n = open_row_words(typed), from = 0, end;
	unsigned best = rmk_str_distance(typed, name, most);
	unsigned less = typed.n > 8 && most > 1 ? 2 : most ? 1 : 0; // words are many
	for (; from < name.n && n < open_row_words(name); from++) {
		if (from && name.s[from - 1] != ' ')
			continue;
		end = from;
		for (size_t k = 0; k < n && end < name.n; k++)
			for (end += k > 0; end < name.n && name.s[end] != ' ';)
				end++;
		unsigned d = rmk_str_distance(
		    typed, rmk_str_part(name, from, end - from), less);
		best = d <= less && d < best ? d : best;
	}
	return best;
}

// The row whose name is nearest to what was typed; NULL where none is near.
static const struct picked *
nearest_row(struct call *c, const struct picked *tables, size_t n, struct rmk_str row,
    size_t *index)
{
	unsigned most = row.n > 5 ? 3 : row.n > 2 ? 1 : 0;
	struct rmk_str key = rmk_utf8_fold(c->arena, row);
	const struct picked *best = NULL;

	for (size_t t = 0; t < n; t++) {
		size_t nrows = tables[t].file->doc->tables[tables[t].table].nrows;

		for (size_t i = 0; i < nrows; i++) {
			struct rmk_str name = open_row_name(c->arena, &tables[t], i);
			unsigned d = open_row_distance(
			    key, rmk_utf8_fold(c->arena, name), most);

			if (d <= most && (!best || d < most)) {
				best = &tables[t];
				*index = i;
				most = d;
			}
		}
	}
	return best;
}

static enum rmk_code
hint_nearest(struct call *c, const struct picked *near, size_t row, struct rmk_err *err)
{
	struct rmk_str name = open_row_name(c->arena, near, row);

	answer_candidate(picked_address(c->arena, near),
	    near->file->doc->tables[near->table].rows[row].line, name);
	return rmk_hint(err, "did you mean '%.*s'?", RMK_FMT(name));
}

// Of all cells but the keys, the one that holds what was typed; false when there is none, or
// several.
static bool
find_elsewhere(struct call *c, const struct picked *tables, size_t n, struct rmk_str row,
    struct picked *out, size_t *at, size_t *col)
{
	struct rmk_str key = rmk_value_key(c->arena, row);
	size_t found = 0;

	for (size_t t = 0; t < n && found < 2; t++) {
		const struct rmk_doc *doc = tables[t].file->doc;
		const struct rmk_table *table = &doc->tables[tables[t].table];

		for (size_t i = 0; i < (size_t)table->nrows * table->ncols; i++) {
			size_t r = i / table->ncols, k = i % table->ncols;
			struct rmk_arena_mark before = rmk_arena_mark(c->arena);
			struct rmk_str text = rmk_value_key(c->arena,
			    rmk_doc_cell_linked(c->arena, doc, &table->rows[r], k));
			bool holds = rmk_str_find(text, key) != RMK_NONE;

			rmk_arena_reset(c->arena, before);
			if (!holds)
				continue;
			found++;
			*out = tables[t];
			*at = r;
			*col = k;
		}
	}
	return found == 1;
}

// A table of numbered rows is addressed by number, which who typed a name may not expect.
static enum rmk_code
hint_elsewhere(
    struct call *c, const struct picked *p, size_t row, size_t col, struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);

	return rmk_hint(err,
	    "LINE:%u holds it in '%.*s'; rows of %.*s are named by '%.*s'",
	    p->file->doc->tables[p->table].rows[row].line,
	    RMK_FMT(schema->fields[col].label), RMK_FMT(picked_address(c->arena, p)),
	    RMK_FMT(schema->fields[schema->key].label));
}

// LINE:N is no name to be near to.
static enum rmk_code
no_line(
    struct call *c, const struct picked *p, size_t n, uint32_t line, struct rmk_err *err)
{
	const struct rmk_table *t = &p->file->doc->tables[p->table];

	if (n > 1 || t->nrows == 0)
		return rmk_fail(err, RMK_NOT_FOUND, "no row stands on line %u", line);
	rmk_fail(err, RMK_NOT_FOUND, "%.*s: no row stands on line %u",
	    RMK_FMT(picked_address(c->arena, p)), line);
	return rmk_hint(err, "its rows are lines %u to %u", t->rows[0].line,
	    t->rows[t->nrows - 1].line);
}

// "README.md:157", as check prints it, and "README.md:157:3"; or the number alone.
static bool
open_row_is_line(struct rmk_str row, uint32_t *line)
{
	size_t at;

	for (;;) {
		at = rmk_str_rchr(row, ':');
		if (rmk_str_to_u32(
			at == RMK_NONE ? row : rmk_str_from(row, at + 1), line)) {
			struct rmk_str before = rmk_str_part(
			    row, 0, at == RMK_NONE ? 0 : at);

			if (at == RMK_NONE || rmk_file_is_markdown(before))
				return true;
			row = before;
			continue;
		}
		return false;
	}
}

static enum rmk_code
open_row_not_found(struct call *c, const struct picked *tables, size_t n,
    struct rmk_str row, struct rmk_err *err)
{
	struct rmk_str address = picked_address(c->arena, &tables[0]);
	const struct picked *near;
	struct picked p;
	size_t at = 0, col;
	uint32_t line;

	if (rmk_str_trim(row).n == 0) {
		rmk_fail(err, RMK_INVALID, "a ROW is wanted, and is empty");
		return rmk_hint(err, "LINE:N is the row on line N");
	}
	if (rmk_str_starts(row, RMK_STR("LINE:")) &&
	    rmk_str_to_u32(rmk_str_from(row, 5), &line))
		return no_line(c, tables, n, line, err);
	near = open_row_is_line(row, &line) ? NULL : nearest_row(c, tables, n, row, &at);
	if (n == 1)
		rmk_fail(err, RMK_NOT_FOUND, "%.*s: no row '%.*s'", RMK_FMT(address),
		    RMK_FMT(row));
	else
		rmk_fail(
		    err, RMK_NOT_FOUND, "no row '%.*s' in %zu tables", RMK_FMT(row), n);
	if (near)
		return hint_nearest(c, near, at, err);
	if (open_row_is_line(row, &line))
		return rmk_hint(err, "LINE:%u is the row on line %u", line, line);
	if (find_elsewhere(c, tables, n, row, &p, &at, &col))
		return hint_elsewhere(c, &p, at, col, err);
	if (n == 1)
		return rmk_hint(
		    err, "'rowmark show %.*s' lists its rows", RMK_FMT(address));
	return rmk_hint(err, "'rowmark ls' lists the tables");
}

void
open_for_many(struct call *c, const struct picked *tables, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct file *f = tables[i].file;

		if (!f->indexes)
			f->indexes = RMK_NEW_N(
			    c->arena, struct rmk_address_index *, f->doc->ntables);
	}
}

static struct rmk_hits
open_row_find_rows(struct call *c, const struct picked *p, struct rmk_str row)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct rmk_doc *doc = p->file->doc;
	struct rmk_address_index **index;

	if (!p->file->indexes)
		return rmk_address_rows(c->arena, doc, p->table, schema, row);
	index = &p->file->indexes[p->table];
	if (!*index)
		*index = rmk_address_index(c->arena, doc, p->table, schema);
	return rmk_address_index_rows(c->arena, *index, row);
}

enum rmk_code
open_row(struct call *c, const struct picked *tables, size_t n, struct rmk_str row,
    struct picked *out, size_t *index, struct rmk_err *err)
{
	struct rmk_hits *hits = RMK_NEW_N(c->arena, struct rmk_hits, n + 1);
	enum rmk_match best = RMK_MATCH_NONE;
	size_t count = 0;

	answer_no_candidates(); // of tables that were tried before
	for (size_t t = 0; t < n; t++) {
		hits[t] = open_row_find_rows(c, &tables[t], row);
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
		return open_row_not_found(c, tables, n, row, err);
	if (count == 1)
		return RMK_OK;
	const struct open_row_candidates all = collect_candidates(tables, hits, n, best);
	return ambiguous(c, &all, row, out, index, err);
}

void
open_row_note_guess(
    struct call *c, struct rmk_str typed, const struct picked *p, size_t row, bool links)
{
	enum rmk_match level = open_row_find_rows(c, p, typed).level;

	if (c->quiet || c->reruns ||
	    (level != RMK_MATCH_PART && !(links && level == RMK_MATCH_LINK)))
		return;
	out_warn("note: no row is called '%.*s'; it is a part of %s'%.*s'",
	    RMK_FMT(typed), level == RMK_MATCH_LINK ? "a link in " : "",
	    RMK_FMT(open_row_name(c->arena, p, row)));
}

// --- rows to be written ---------------------------------------------------------

static bool
is_in_one(struct call *c, const struct picked *tables, size_t n, struct rmk_str row)
{
	for (size_t t = 0; t < n; t++) {
		enum rmk_match level = open_row_find_rows(c, &tables[t], row).level;

		if (level == RMK_MATCH_EXACT || level == RMK_MATCH_FOLDED)
			return true;
	}
	return false;
}

static bool
are_tracked(struct call *c, const struct rmk_str *rows, size_t nrows, struct picked **out,
    size_t *nout)
{
	struct rmk_repo *repo;
	struct rmk_err unused;

	if (!can_commit(c) || opt_on(c, "no-commit") || commits_off(c) ||
	    call_repo(c, &repo, &unused) || !rmk_repo_top(repo).n ||
	    c->from != RMK_FROM_WORKTREE)
		return false;
	c->tracked = true;
	enum rmk_code code = open_tables(c, NULL, 0, out, nout, &unused);
	c->tracked = false;
	if (!code && nrows >= OPEN_MANY)
		open_for_many(c, *out, *nout);
	for (size_t i = 0; !code && i < nrows; i++) {
		if (!is_in_one(c, *out, *nout, rows[i]))
			return false;
	}
	return !code;
}

enum rmk_code
open_tables_of(struct call *c, char *const *words, size_t n, const struct rmk_str *rows,
    size_t nrows, struct picked **out, size_t *nout, struct rmk_err *err)
{
	bool all = rows && n == 0 && opt_all(c, "file", NULL) == 0;

	if (all && are_tracked(c, rows, nrows, out, nout))
		return RMK_OK;
	if (open_tables(c, words, n, out, nout, err))
		return err->code;
	if (nrows >= OPEN_MANY)
		open_for_many(c, *out, *nout);
	return RMK_OK;
}
