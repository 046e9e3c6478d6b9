// Columns that a table gets for cells of rows that come to it: see move_columns.h.
#include "move_columns.h"
#include "edit/columns.h"
#include "edit/row_transfer.h"
#include "gfm/cells.h"
#include "table/value.h"

// One column more behind the last one.
static enum rmk_code
move_column_append(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    struct rmk_str label, struct rmk_str *out, struct rmk_err *err)
{
	size_t ncols = doc->tables[table].ncols;
	size_t *from = RMK_NEW_N(a, size_t, ncols + 1);
	struct rmk_columns columns = {.from = from, .n = ncols + 1, .label = label};

	for (size_t i = 0; i < ncols; i++)
		from[i] = i;
	from[ncols] = RMK_NONE;
	return rmk_columns_arrange(a, doc, table, &columns, out, err);
}

static bool
move_column_is_there(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table, struct rmk_str label)
{
	struct rmk_str key = rmk_value_key(a, rmk_cell_raw(a, label));
	const struct rmk_table *t = &doc->tables[table];

	for (size_t c = 0; c < t->ncols; c++) {
		if (rmk_str_eq(rmk_value_key(a, rmk_doc_cell(doc, &t->header, c)), key))
			return true;
	}
	return false;
}

enum rmk_code
move_columns_make(struct rmk_arena *a, const char *version, struct rmk_str path,
    const struct move_columns *columns, struct rmk_str *text, struct rmk_err *err)
{
	struct rmk_doc *doc;
	size_t table;

	for (size_t i = 0; i < columns->n; i++) {
		if (rmk_doc_parse(a, path, *text, RMK_PARSE_ALL, &doc, err) ||
		    (i == 0 &&
			rmk_table_find(a, version, doc, &columns->id, &table, err)))
			return err->code;
		if (!move_column_is_there(a, doc, table, columns->labels[i]) &&
		    move_column_append(a, doc, table, columns->labels[i], text, err))
			return err->code;
	}
	return RMK_OK;
}

// --- which ------------------------------------------------------------------------

static struct rmk_transfer_end
move_column_end(struct call *c, const struct picked *p)
{
	return (struct rmk_transfer_end){
	    p->file->doc, p->table, file_schema(c->arena, p->file, p->table)};
}

static struct move_columns *
move_columns_of(struct move_columns *v, size_t *n, const struct picked *to)
{
	for (size_t i = 0; i < *n; i++) {
		if (v[i].table.file == to->file && v[i].table.table == to->table)
			return &v[i];
	}
	v[*n] = (struct move_columns){.table = *to};
	return &v[(*n)++];
}

static void
move_columns_note(struct call *c, const struct move *m, struct move_columns *to)
{
	const struct rmk_transfer t = {.from = move_column_end(c, &m->from.table),
	    .to = move_column_end(c, &m->to),
	    .row = m->from.row};
	size_t *cols = RMK_NEW_N(c->arena, size_t, t.from.schema->ncols);
	size_t n = rmk_transfer_missing(&t, cols);
	struct rmk_str *labels = RMK_NEW_N(c->arena, struct rmk_str, to->n + n + 1);

	for (size_t i = 0; i < to->n; i++)
		labels[i] = to->labels[i];
	for (size_t i = 0; i < n; i++) {
		struct rmk_str label = t.from.schema->fields[cols[i]].label;
		bool noted = label.n ==
		             0; // what has no name is left to the plan to refuse

		for (size_t k = 0; k < to->n; k++)
			noted |= rmk_str_eq(labels[k], label);
		if (!noted)
			labels[to->n++] = label;
	}
	to->labels = labels;
}

// The table as it will be.
static enum rmk_code
move_columns_widen(struct call *c, struct move_columns *to, struct rmk_err *err)
{
	const struct picked *p = &to->table;
	struct file *file = RMK_NEW(c->arena, struct file);
	struct rmk_str text = p->file->doc->text;

	to->wide = *p;
	if (to->n == 0)
		return RMK_OK;
	to->id = rmk_table_identify(
	    c->arena, p->file->doc, p->table, file_schema(c->arena, p->file, p->table));
	*file = *p->file;
	if (move_columns_make(c->arena, "the worktree", file->path, to, &text, err) ||
	    rmk_doc_parse(c->arena, file->path, text, RMK_PARSE_ALL, &file->doc, err))
		return err->code;
	file->schemas = RMK_NEW_N(c->arena, struct rmk_schema *, file->doc->ntables + 1);
	to->wide.file = file;
	return RMK_OK;
}

enum rmk_code
move_columns_plan(struct call *c, struct move *moves, size_t n, struct move_columns **out,
    size_t *nout, struct rmk_err *err)
{
	struct move_columns *v = RMK_NEW_N(c->arena, struct move_columns, n);

	*nout = 0;
	for (size_t i = 0; i < n; i++)
		move_columns_note(c, &moves[i], move_columns_of(v, nout, &moves[i].to));
	for (size_t i = 0; i < *nout; i++) {
		if (move_columns_widen(c, &v[i], err))
			return err->code;
	}
	for (size_t i = 0; i < n; i++)
		moves[i].to = move_columns_of(v, nout, &moves[i].to)->wide;
	*out = v;
	return RMK_OK;
}
