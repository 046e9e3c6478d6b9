// "Move to ...": the row at hand to another table of its file, by the code of `mv`.
#include "lsp/actions.h"

#include "check/constraint_gate.h"
#include "edit/row_transfer.h"
#include "lsp/refer.h"
#include "schema/address.h"
#include "schema/reference.h"

// As many tables are tried as a menu can show.
#define TARGETS_MOST 12

static struct rmk_transfer_end
transfer_end_of(struct lsp_file *f, size_t table)
{
	return (struct rmk_transfer_end){f->doc, table, lsp_schema(f, table)};
}

// Whether a row refers to this one that would not find it in the target any more; in doubt, as
// where the workspace is not read yet.
static bool
is_missed(const struct offer *o, const struct lsp_place *p, const struct rmk_schema *to)
{
	struct lsp_table keys = {o->f, p->table, lsp_schema(o->f, p->table)->key};
	const struct rmk_row *row = &o->f->doc->tables[p->table].rows[p->row];
	struct lsp_cells cells = {0};

	if (lsp_schema(o->f, p->table)->name.n == 0)
		return false;
	if (o->f->folder && !lsp_know_soon(o->s, o->f->folder, LSP_SLICE_MS))
		return true;
	lsp_refer_cells(
	    o->s, o->a, &keys, rmk_doc_cell(o->f->doc, row, keys.col), false, &cells);
	for (size_t i = 0; i < cells.n; i++) {
		const struct lsp_cell *c = &cells.v[i];
		const struct rmk_schema *schema = lsp_schema(c->f, c->table);

		if (!rmk_reference_finds(o->a, &schema->fields[c->col], to->name))
			return true;
	}
	return false;
}

static bool
make_moved(
    const struct offer *o, const struct lsp_place *p, size_t table, struct rmk_doc **made)
{
	struct rmk_transfer transfer = {.from = transfer_end_of(o->f, p->table),
	    .to = transfer_end_of(o->f, table),
	    .row = p->row,
	    .name = rmk_address_row(
		o->a, o->f->doc, p->table, lsp_schema(o->f, p->table), p->row)};
	struct rmk_change changes[2];
	struct rmk_err err;

	return rmk_transfer_plan(o->a, &transfer, &changes[0], &changes[1], &err) ==
	           RMK_OK &&
	       rmk_transfer_make(o->a, "the text", o->f->doc, changes, 2, made, &err) ==
	           RMK_OK &&
	       rmk_check_gate(o->a, (const struct rmk_doc *const[]){o->f->doc},
		   (const struct rmk_doc *const[]){*made}, 1, &err) == RMK_OK;
}

void
offer_moves(const struct offer *o, const struct lsp_place *p, struct actions *all)
{
	const struct rmk_doc *doc = o->f->doc;
	struct rmk_doc *made;

	for (size_t t = 0, tried = 0; t < doc->ntables && tried < TARGETS_MOST; t++) {
		if (t == p->table)
			continue;
		tried++;
		if (is_missed(o, p, lsp_schema(o->f, t)) || !make_moved(o, p, t, &made))
			continue;
		actions_add_rows(o, all,
		    rmk_str_printf(
			o->a, "Move to %.*s", RMK_FMT(rmk_address_name(o->a, doc, t))),
		    made->text);
	}
}
