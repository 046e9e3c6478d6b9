// Where a value stands: see rename_places.h.
#include "referrers.h"
#include "rename_places.h"
#include "table/inline_references.h"
#include "table/value.h"
#include "where.h"
#include "write.h"

static enum rmk_code
rename_find_in(struct call *c, const struct picked *p, const struct rename_words *w,
    struct rename_columns *out, struct rmk_err *err)
{
	struct rename_column k = {.table = *p};
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);

	if (picked_column(c, p, w->column, &k.col, err) ||
	    rmk_rename_value(c->arena, p->file->doc, p->table, schema, k.col, &w->rename,
		&k.found, err))
		return err->code;
	if (k.found.n)
		*RMK_PUSH(c->arena, out->v, out->n, out->cap) = k;
	return RMK_OK;
}

// What a column's cells say, each value once.
static void
rename_list_values(struct rmk_arena *a, const struct picked *p, size_t col,
    struct rmk_map *seen, struct rmk_buf *out)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];

	for (size_t r = 0; r < t->nrows && out->n < 200; r++) {
		struct rmk_str text = rmk_value_text(
		    a, rmk_doc_cell_linked(a, doc, &t->rows[r], col));
		size_t *at = rmk_map_put(seen, text);

		if (text.n && *at == RMK_NONE)
			rmk_buf_printf(
			    out, "%s'%.*s'", out->n ? ", " : "", RMK_FMT(text));
		*at = 0;
	}
}

// No table has the value: say what the columns hold.
static enum rmk_code
rename_no_value(struct call *c, const struct picked *tables, size_t n,
    const struct rename_words *w, struct rmk_err *err)
{
	struct rmk_buf known = {.arena = c->arena};
	struct rmk_map seen = {.arena = c->arena};
	size_t col, nwith = 0;
	struct rmk_err last = {0};

	for (size_t i = 0; i < n; i++) {
		if (picked_column(c, &tables[i], w->column, &col, &last))
			continue;
		nwith++;
		rename_list_values(c->arena, &tables[i], col, &seen, &known);
	}
	if (nwith == 0 && n == 1) {
		*err = last;
		return err->code;
	}
	if (nwith == 0)
		return rmk_fail(err, RMK_NOT_FOUND, "no table has a column '%.*s'",
		    RMK_FMT(w->column));
	rmk_fail(err, RMK_NOT_FOUND, "no cell of '%.*s' holds '%.*s'", RMK_FMT(w->column),
	    RMK_FMT(w->rename.old));
	return known.n ? rmk_hint(err, "there are %.*s", RMK_FMT(rmk_buf_str(&known)))
	               : err->code;
}

static bool
rename_has(const struct rename_columns *found, const struct picked *p, size_t col)
{
	for (size_t i = 0; i < found->n; i++) {
		if (found->v[i].table.file == p->file &&
		    found->v[i].table.table == p->table && found->v[i].col == col)
			return true;
	}
	return false;
}

// The columns of a table that refer to one of those found.
static enum rmk_code
rename_find_refs(struct call *c, const struct picked *p, const struct rename_words *w,
    size_t nvalues, struct rename_columns *out, struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);

	for (size_t col = 0; col < schema->ncols; col++) {
		struct rename_column k = {.table = *p, .col = col, .refers = true};
		bool refers = false;

		for (size_t i = 0; i < nvalues && !refers; i++) {
			const struct picked *t = &out->v[i].table;

			refers = rmk_refers_to(c->arena, &schema->fields[col],
			    file_schema(c->arena, t->file, t->table), out->v[i].col);
		}
		if (!refers || rename_has(out, p, col))
			continue;
		if (rmk_rename_refs(
			c->arena, p->file->doc, p->table, col, &w->rename, &k.found, err))
			return err->code;
		if (k.found.n)
			*RMK_PUSH(c->arena, out->v, out->n, out->cap) = k;
	}
	return RMK_OK;
}

// Whether the table has a column of the whole name: then no part of another's name is meant.
static bool
rename_is_column(struct call *c, const struct picked *p, struct rmk_str name)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct rmk_err unused;
	size_t col;

	return rmk_address_column(c->arena, p->file->doc, p->table, schema, name, &col,
		   &unused) != RMK_NOT_FOUND;
}

enum rmk_code
rename_find(struct call *c, struct rename_words *w, struct rename_columns *out,
    struct rmk_err *err)
{
	struct picked *tables, *all;
	size_t n, nall, col, nvalues;
	bool named = false, exact = false;

	if (write_no_stdin(c, &w->file, w->file != NULL, err) ||
	    open_tables(c, &w->file, w->file != NULL, &tables, &n, err))
		return err->code;
	for (size_t i = 0; i < n; i++)
		exact |= rename_is_column(c, &tables[i], w->column);
	for (size_t i = 0; i < n; i++) {
		if ((!exact || rename_is_column(c, &tables[i], w->column)) &&
		    picked_column(c, &tables[i], w->column, &col, err) == RMK_OK &&
		    rename_find_in(c, &tables[i], w, out, err))
			return err->code;
	}
	if (out->n == 0)
		return rename_no_value(c, tables, n, w, err);
	nvalues = out->n;
	for (size_t i = 0; i < nvalues; i++)
		named |= file_schema(
			     c->arena, out->v[i].table.file, out->v[i].table.table)
		             ->name.n != 0;
	if (!named)
		return RMK_OK;
	if (open_all_tables(c, tables, n, &all, &nall, err))
		return err->code;
	for (size_t i = 0; i < nall; i++) {
		if (rename_find_refs(c, &all[i], w, nvalues, out, err))
			return err->code;
	}
	return RMK_OK;
}
