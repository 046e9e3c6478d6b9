// Cells that would give a row the name of another one: see taken_names.h.
#include "taken_names.h"
#include "base/map.h"
#include "gfm/cells.h"
#include "table/inline_references.h"

static struct rmk_str
taken_key(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw)
{
	return rmk_value_key(a, rmk_references_inline(a, doc, raw));
}

static bool
taken_is_name(struct rmk_arena *a, const struct write *w)
{
	return w->change.kind == RMK_CHANGE_SET &&
	       file_schema(a, w->file, w->table)->key == w->col;
}

// Whether all names of the table differ; rows of what is in it by their names.
static bool
taken_read(struct rmk_arena *a, const struct write *w, struct rmk_map *rows)
{
	const struct rmk_doc *doc = w->file->doc;
	const struct rmk_table *t = &doc->tables[w->table];

	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str key = taken_key(
		    a, doc, rmk_doc_cell(doc, &t->rows[r], w->col));
		size_t *at = key.n ? rmk_map_put(rows, key) : NULL;

		if (at && *at != RMK_NONE)
			return false;
		if (at)
			*at = r;
	}
	return true;
}

// The rows that get a name of n writes to one table leave theirs first.
static enum rmk_code
taken_check_table(struct rmk_arena *a, const struct write *writes, size_t n,
    const struct write *first, struct rmk_err *err)
{
	const struct rmk_doc *doc = first->file->doc;
	struct rmk_map rows = {.arena = a};

	if (!taken_read(a, first, &rows))
		return RMK_OK;
	for (int put = 0; put < 2; put++) {
		for (size_t i = 0; i < n; i++) {
			const struct write *w = &writes[i];
			struct rmk_str key;
			size_t *at;

			if (w->file != first->file || w->table != first->table ||
			    !taken_is_name(a, w))
				continue;
			key = taken_key(a, doc,
			    put ? rmk_cell_raw(a, w->change.value) : w->change.old);
			if (key.n == 0)
				continue;
			at = rmk_map_put(&rows, key);
			if (put && *at != RMK_NONE && *at != w->row)
				return rmk_fail(err, RMK_REFUSED,
				    "%.*s:%u: there is a row '%.*s' already",
				    RMK_FMT(w->file->path),
				    doc->tables[w->table].rows[*at].line,
				    RMK_FMT(w->change.value));
			*at = put ? w->row : RMK_NONE;
		}
	}
	return RMK_OK;
}

enum rmk_code
taken_names_check(
    struct rmk_arena *a, const struct write *writes, size_t n, struct rmk_err *err)
{
	for (size_t i = 0; i < n; i++) {
		bool known = !taken_is_name(a, &writes[i]);

		for (size_t k = 0; k < i && !known; k++)
			known = writes[k].file == writes[i].file &&
			        writes[k].table == writes[i].table &&
			        taken_is_name(a, &writes[k]);
		if (!known && taken_check_table(a, writes, n, &writes[i], err))
			return err->code;
	}
	return RMK_OK;
}
