// Rows that refer to rows that go elsewhere: see referrers.h.
#include "referrers.h"
#include "base/utf8.h"
#include "edit/rename.h"
#include "row_name.h"
#include "schema/reference.h"
#include "table/inline_references.h"
#include "table/value.h"

enum rmk_code
open_all_tables(struct call *c, const struct picked *read, size_t nread,
    struct picked **out, size_t *n, struct rmk_err *err)
{
	struct call plain = *c;
	enum rmk_code code;

	plain.ngiven = 0;
	code = open_tables(&plain, NULL, 0, out, n, err);
	c->repo = plain.repo;
	for (size_t i = 0; !code && i < *n; i++) {
		for (size_t k = 0; k < nread; k++) {
			if (file_same((*out)[i].file, read[k].file))
				(*out)[i].file = read[k].file;
		}
	}
	return code;
}

struct referrers {
	struct call *c;
	const struct move *moves;
	size_t n;
	struct rmk_map goes; // "path, table, row" to the index of its move
	struct referrer_column {
		const struct rmk_field *field;
		struct rmk_map keys; // of rows that go, to the index of their move
	} * columns;
	size_t ncolumns, columns_cap;
	struct referrer *v;
	size_t nv, cap;
};

static struct rmk_str
referrer_place(struct rmk_arena *a, const struct picked_row *row)
{
	return rmk_str_printf(a, "%.*s\n%zu\n%zu", RMK_FMT(row->table.file->path),
	    row->table.table, row->row);
}

static const struct rmk_schema *
referrer_schema(struct call *c, const struct picked *p)
{
	return file_schema(c->arena, p->file, p->table);
}

// The rows that go and that a reference would find no more, by what it calls them.
static const struct rmk_map *
referrer_keys(struct referrers *r, const struct rmk_field *field)
{
	struct rmk_map keys = {.arena = r->c->arena};

	for (size_t i = 0; i < r->ncolumns; i++)
		if (r->columns[i].field == field)
			return &r->columns[i].keys;
	for (size_t i = 0; i < r->n; i++) {
		const struct picked_row *row = &r->moves[i].from;
		const struct rmk_schema *from = referrer_schema(r->c, &row->table);
		const struct rmk_doc *doc = row->table.file->doc;

		if (rmk_reference_finds(
			r->c->arena, field, referrer_schema(r->c, &r->moves[i].to)->name))
			continue;
		for (size_t col = 0; col < from->ncols; col++) {
			if (rmk_refers_to(r->c->arena, field, from, col))
				*rmk_map_put(&keys,
				    rmk_value_key(r->c->arena,
					rmk_doc_cell_linked(r->c->arena, doc,
					    &doc->tables[row->table.table].rows[row->row],
					    col))) = i;
		}
	}
	*RMK_PUSH(r->c->arena, r->columns, r->ncolumns,
	    r->columns_cap) = (struct referrer_column){field, keys};
	return &r->columns[r->ncolumns - 1].keys;
}

// The column by which a row refers once all have gone where they go; NULL: it does not.
static const struct rmk_field *
referrer_field(struct referrers *r, const struct picked_row *row, size_t col)
{
	const struct rmk_schema *here = referrer_schema(r->c, &row->table), *there;
	size_t i = rmk_map_get(&r->goes, referrer_place(r->c->arena, row));

	if (i == RMK_NONE)
		return &here->fields[col];
	there = referrer_schema(r->c, &r->moves[i].to);
	for (size_t k = 0; k < there->ncols; k++)
		if (rmk_str_eq(there->fields[k].key, here->fields[col].key))
			return &there->fields[k];
	return NULL;
}

static void
referrers_in_row(struct referrers *r, const struct picked_row *row, size_t col,
    const struct rmk_map *keys)
{
	const struct rmk_doc *doc = row->table.file->doc;
	struct rmk_arena *a = r->c->arena;
	struct rmk_str *values;
	size_t n = rmk_reference_values(a,
	    rmk_doc_cell_linked(
		a, doc, &doc->tables[row->table.table].rows[row->row], col),
	    keys, &values);

	for (size_t i = 0; i < n; i++) {
		size_t move = rmk_map_get(keys, rmk_utf8_fold(a, values[i]));

		if (move != RMK_NONE)
			*RMK_PUSH(a, r->v, r->nv, r->cap) = (struct referrer){
			    move, *row, col};
	}
}

static void
referrers_in(struct referrers *r, const struct picked *p)
{
	const struct rmk_schema *schema = referrer_schema(r->c, p);
	const struct rmk_field *field;
	const struct rmk_map *keys;

	for (size_t col = 0; col < schema->ncols; col++) {
		if (schema->fields[col].type != RMK_REF)
			continue;
		for (size_t i = 0; i < p->file->doc->tables[p->table].nrows; i++) {
			struct picked_row row = {*p, i};

			field = referrer_field(r, &row, col);
			if (!field || field->type != RMK_REF)
				continue;
			keys = referrer_keys(r, field);
			if (keys->n)
				referrers_in_row(r, &row, col, keys);
		}
	}
}

enum rmk_code
referrers_find(struct call *c, const struct move *moves, size_t n, struct referrer **out,
    size_t *nout, struct rmk_err *err)
{
	struct referrers r = {
	    .c = c, .moves = moves, .n = n, .goes = {.arena = c->arena}};
	struct picked *read = RMK_NEW_N(c->arena, struct picked, n), *all;
	size_t nall;
	bool named = false;

	*out = NULL;
	*nout = 0;
	for (size_t i = 0; i < n; i++) {
		read[i] = moves[i].from.table;
		named |= referrer_schema(c, &read[i])->name.n != 0;
		*rmk_map_put(&r.goes, referrer_place(c->arena, &moves[i].from)) = i;
	}
	if (!named)
		return RMK_OK;
	if (open_all_tables(c, read, n, &all, &nall, err))
		return err->code;
	for (size_t i = 0; i < nall; i++)
		referrers_in(&r, &all[i]);
	*out = r.v;
	*nout = r.nv;
	return RMK_OK;
}

struct rmk_str
referrer_words(struct rmk_arena *a, const struct referrer *r)
{
	const struct picked *p = &r->row.table;
	const struct rmk_schema *schema = file_schema(a, p->file, p->table);
	const struct rmk_doc *doc = p->file->doc;

	return rmk_str_printf(a, "%.*s:%u: '%.*s' refers to it (%.*s)",
	    RMK_FMT(p->file->path), doc->tables[p->table].rows[r->row.row].line,
	    RMK_FMT(picked_row_name(a, p, r->row.row)),
	    RMK_FMT(schema->fields[r->col].label));
}
