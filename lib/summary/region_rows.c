// Views of rows that need no SQL: see region_rows.h.
#include "summary/region_rows.h"

#include "base/map.h"
#include "schema/address.h"
#include "schema/row_progress.h"
#include "table/inline_references.h"
#include "table/value.h"

// A board with more columns than this is no board.
#define BOARD_MOST 30

struct rows_view {
	struct rmk_arena *a;
	const struct rmk_doc *doc;
	const struct rmk_region_words *words;
	size_t *tables; // [n] of the document
	size_t n;
	struct rmk_err *err;
};

static enum rmk_code
view_tables(struct rows_view *v)
{
	const struct rmk_region_words *w = v->words;

	v->tables = RMK_NEW_N(v->a, size_t, v->doc->ntables + w->ntables + 1);
	for (size_t i = 0; i < w->ntables; i++) {
		struct rmk_address at = rmk_address_parse(w->tables[i]);

		if (rmk_address_table(v->a, v->doc, at.table, &v->tables[v->n], v->err))
			return v->err->code;
		v->n++;
	}
	for (size_t i = 0; w->ntables == 0 && i < v->doc->ntables; i++)
		v->tables[v->n++] = i;
	return RMK_OK;
}

static struct rmk_str
name_cell(const struct rows_view *v, size_t table, const struct rmk_schema *s, size_t row)
{
	const struct rmk_row *r = &v->doc->tables[table].rows[row];
	struct rmk_str raw = rmk_doc_cell(v->doc, r, s->key);

	return raw.n ? raw : rmk_str_printf(v->a, "line %u", r->line);
}

// --- next ---------------------------------------------------------------------------

static size_t
add_next(const struct rows_view *v, size_t table, size_t turn, size_t room,
    struct rmk_buf *out)
{
	const struct rmk_schema *s = rmk_schema_of(v->a, v->doc, table);
	const struct rmk_table *t = &v->doc->tables[table];
	size_t n = 0;

	for (size_t r = 0; s->nstatus && r < t->nrows && n < room; r++) {
		struct rmk_row_progress is = rmk_row_progress(v->a, v->doc, table, s, r);

		if (rmk_row_turn(&is) != turn)
			continue;
		n++;
		rmk_buf_printf(out, "| %.*s | ", RMK_FMT(name_cell(v, table, s, r)));
		if (s->nstatus == 1)
			rmk_buf_add(out, rmk_doc_cell(v->doc, &t->rows[r], s->status[0]));
		else
			rmk_buf_printf(out, "%zu of %zu", is.ndone, s->nstatus);
		rmk_buf_adds(out, " |\n");
	}
	return n;
}

static enum rmk_code
make_next(struct rows_view *v, struct rmk_buf *out)
{
	size_t n = 0;

	rmk_buf_adds(out, "| Next | Status |\n|---|---|\n");
	for (size_t turn = 0; turn < RMK_ROW_TURNS; turn++)
		for (size_t i = 0; i < v->n && n < v->words->n; i++)
			n += add_next(v, v->tables[i], turn, v->words->n - n, out);
	if (n == 0) {
		out->n = 0;
		rmk_buf_adds(out, "Everything is done.\n");
	}
	return RMK_OK;
}

// --- board --------------------------------------------------------------------------

struct board {
	struct rmk_map keys;   // of values, to their column
	struct rmk_str *heads; // [keys.n] as they are written
	struct rmk_buf *cells; // [keys.n] names, with <br> between
	size_t heads_cap, cells_cap;
};

static enum rmk_code
board_column(const struct rows_view *v, struct board *b, struct rmk_str raw, size_t *out)
{
	size_t *at = rmk_map_put(
	    &b->keys, rmk_value_key(v->a, rmk_references_inline(v->a, v->doc, raw)));
	size_t n = b->keys.n - 1, ncells = n;

	if (*at == RMK_NONE) {
		if (n == BOARD_MOST)
			return rmk_fail(v->err, RMK_TOO_BIG,
			    "a board has at most %d columns", BOARD_MOST);
		*at = n;
		*RMK_PUSH(v->a, b->heads, n, b->heads_cap) = raw;
		*RMK_PUSH(v->a, b->cells, ncells, b->cells_cap) = (struct rmk_buf){
		    .arena = v->a};
	}
	*out = *at;
	return RMK_OK;
}

static enum rmk_code
board_add(const struct rows_view *v, struct board *b, size_t table, bool *any)
{
	const struct rmk_schema *s = rmk_schema_of(v->a, v->doc, table);
	const struct rmk_table *t = &v->doc->tables[table];
	struct rmk_str by = v->words->opts.by;
	size_t col = s->nstatus == 1 ? s->status[0] : RMK_NONE, at;

	if (by.n && rmk_address_column(v->a, v->doc, table, s, by, &col, v->err))
		col = RMK_NONE;
	if (col == RMK_NONE)
		return RMK_OK;
	*any = true;
	// The values of a status come in their order, whichever row is first.
	for (size_t i = 0; i < s->fields[col].nterms; i++)
		if ((s->fields[col].terms[i].count || s->fields[col].declared) &&
		    board_column(v, b, s->fields[col].terms[i].raw, &at))
			return v->err->code;
	for (size_t r = 0; r < t->nrows; r++) {
		if (board_column(v, b, rmk_doc_cell(v->doc, &t->rows[r], col), &at))
			return v->err->code;
		rmk_buf_printf(&b->cells[at], "%s%.*s", b->cells[at].n ? "<br>" : "",
		    RMK_FMT(name_cell(v, table, s, r)));
	}
	return RMK_OK;
}

static enum rmk_code
make_board(struct rows_view *v, struct rmk_buf *out)
{
	struct board b = {.keys.arena = v->a};
	bool any = false;

	for (size_t i = 0; i < v->n; i++)
		if (board_add(v, &b, v->tables[i], &any))
			return v->err->code;
	if (!any && v->words->opts.by.n)
		return rmk_fail(v->err, RMK_NOT_FOUND, "no table has a column '%.*s'",
		    RMK_FMT(v->words->opts.by));
	if (!any)
		return rmk_fail(v->err, RMK_NOT_FOUND,
		    "no table has one status column; by=COLUMN names another");
	for (size_t i = 0; i < b.keys.n; i++)
		rmk_buf_printf(out, "| %.*s ",
		    RMK_FMT(b.heads[i].n ? b.heads[i] : RMK_STR("(empty)")));
	rmk_buf_adds(out, "|\n");
	for (size_t i = 0; i < b.keys.n; i++)
		rmk_buf_adds(out, "|---");
	rmk_buf_adds(out, "|\n");
	for (size_t i = 0; i < b.keys.n; i++)
		rmk_buf_printf(out, "| %.*s ", RMK_FMT(rmk_buf_str(&b.cells[i])));
	rmk_buf_adds(out, "|\n");
	return RMK_OK;
}

enum rmk_code
rmk_region_rows(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_region_words *words, struct rmk_buf *out, struct rmk_err *err)
{
	struct rows_view v = {.a = a, .doc = doc, .words = words, .err = err};

	if (view_tables(&v))
		return err->code;
	return words->kind == RMK_REGION_NEXT ? make_next(&v, out) : make_board(&v, out);
}
