// A row that goes to another table: see row_transfer.h.
#include "edit/row_transfer.h"

#include "edit/new_row.h"
#include "edit/rebase.h"
#include "gfm/cells.h"
#include "schema/address.h"
#include "table/inline_references.h"
#include "table/value.h"

#include <string.h>

static const struct rmk_row *
transfer_row(const struct rmk_transfer *t)
{
	return &t->from.doc->tables[t->from.table].rows[t->row];
}

// --- its cells ----------------------------------------------------------------------

// A cell in the target's file: its links lead where they led, and say so themselves; what it
// leans on besides, a footnote, would stay behind.
static enum rmk_code
take_along(struct rmk_arena *a, const struct rmk_transfer *t, struct rmk_str raw,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_str here = t->from.doc->path, there = t->to.doc->path, what;

	*out = raw;
	if (rmk_str_eq(here, there))
		return RMK_OK;
	raw = rmk_references_inline(a, t->from.doc, raw);
	if (rmk_links_rebase(a, raw, here, there, out, &what))
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%.*s:%u: '%.*s' leans on the file it stands in",
	    RMK_FMT(here), transfer_row(t)->line, RMK_FMT(what));
	return rmk_hint(err, "write the whole address, or move it by hand");
}

static bool
transfer_has_label(const struct rmk_schema *schema, struct rmk_str key)
{
	for (size_t i = 0; i < schema->ncols; i++)
		if (rmk_str_eq(schema->fields[i].key, key))
			return true;
	return false;
}

// The target's column for one of the source's: of the same name, or the status of both, or what
// names the rows of both.
static size_t
target_column(const struct rmk_schema *from, size_t col, const struct rmk_schema *to)
{
	for (size_t i = 0; i < to->ncols; i++) {
		if (rmk_str_eq(to->fields[i].key, from->fields[col].key))
			return i;
	}
	if (from->nstatus == 1 && to->nstatus == 1 && from->status[0] == col)
		return to->status[0];
	if (col == from->key && !transfer_has_label(from, to->fields[to->key].key))
		return to->key;
	return RMK_NONE;
}

size_t
rmk_transfer_missing(const struct rmk_transfer *t, size_t *cols)
{
	const struct rmk_schema *from = t->from.schema;
	size_t n = 0;

	for (size_t col = 0; col < from->ncols; col++) {
		struct rmk_str raw = rmk_doc_cell(t->from.doc, transfer_row(t), col);

		if (raw.n && target_column(from, col, t->to.schema) == RMK_NONE)
			cols[n++] = col;
	}
	return n;
}

// A word of a declared status is spelled as the target spells it.
static struct rmk_str
moved_value(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw)
{
	const struct rmk_term *term = field->declared && field->type == RMK_STATUS
	                                  ? rmk_field_term(a, field, raw)
	                                  : NULL;

	return rmk_cell_content(a, term ? term->raw : raw);
}

static enum rmk_code
no_column_for(
    struct rmk_arena *a, const struct rmk_transfer *t, size_t col, struct rmk_err *err)
{
	rmk_fail(err, RMK_REFUSED, "%.*s: no column for '%.*s' of '%.*s'",
	    RMK_FMT(rmk_address_of(a, t->to.doc, t->to.table)),
	    RMK_FMT(t->from.schema->fields[col].label), RMK_FMT(t->name));
	return rmk_hint(
	    err, "--keep makes that column there; --drop leaves such cells behind");
}

static enum rmk_code
move_values(struct rmk_arena *a, const struct rmk_transfer *t, struct rmk_str *values,
    struct rmk_err *err)
{
	const struct rmk_schema *from = t->from.schema, *to = t->to.schema;
	const struct rmk_row *row = transfer_row(t);

	if (row->ncells > from->ncols)
		return rmk_fail(err, RMK_REFUSED,
		    "%.*s:%u: has more cells than there are columns",
		    RMK_FMT(t->from.doc->path), row->line);
	for (size_t col = 0; col < to->ncols; col++)
		values[col] = RMK_STR("");
	for (size_t col = 0; col < from->ncols; col++) {
		struct rmk_str raw = rmk_doc_cell(t->from.doc, row, col);
		size_t at = target_column(from, col, to);

		if (take_along(a, t, raw, &raw, err))
			return err->code;
		if (at != RMK_NONE && values[at].n == 0)
			values[at] = moved_value(a, &to->fields[at], raw);
		else if (raw.n && !t->drop)
			return no_column_for(a, t, col, err);
	}
	return RMK_OK;
}

// --- the changes --------------------------------------------------------------------

// A row whose cells all go as they are keeps its line where it comes under the same header, a
// short one too.
static void
keep_line(struct rmk_arena *a, const struct rmk_transfer *t, struct rmk_change *come)
{
	const struct rmk_doc *doc = t->from.doc;
	const struct rmk_table *table = &doc->tables[t->from.table];
	const struct rmk_row *row = transfer_row(t);

	if (row->ncells > table->ncols ||
	    table->ncols != t->to.doc->tables[t->to.table].ncols)
		return;
	for (size_t col = 0; col < table->ncols; col++) {
		if (!rmk_str_eq(come->values[col],
			rmk_cell_content(a, rmk_doc_cell(doc, row, col))))
			return;
	}
	come->line = rmk_row_written(doc, row);
	come->header = rmk_row_written(doc, &table->header);
}

static enum rmk_code
check_target_key(struct rmk_arena *a, const struct rmk_transfer *t,
    const struct rmk_str *values, struct rmk_err *err)
{
	struct rmk_str key = values[t->to.schema->key];

	return rmk_value_key(a, rmk_cell_raw(a, key)).n
	           ? rmk_new_key_check(a, t->to.doc, t->to.table, t->to.schema, key, err)
	           : RMK_OK;
}

enum rmk_code
rmk_transfer_plan(struct rmk_arena *a, const struct rmk_transfer *t,
    struct rmk_change *come, struct rmk_change *gone, struct rmk_err *err)
{
	*come = (struct rmk_change){.kind = RMK_CHANGE_ADD};
	*gone = (struct rmk_change){.kind = RMK_CHANGE_REMOVE};
	come->values = RMK_NEW_N(a, struct rmk_str, t->to.schema->ncols);
	if (move_values(a, t, come->values, err) ||
	    check_target_key(a, t, come->values, err))
		return err->code;
	come->table = rmk_table_identify(a, t->to.doc, t->to.table, t->to.schema);
	keep_line(a, t, come);
	gone->table = rmk_table_identify(a, t->from.doc, t->from.table, t->from.schema);
	gone->row = rmk_row_identify(
	    a, t->from.doc, t->from.table, t->from.schema, t->row);
	return RMK_OK;
}

// --- a version ----------------------------------------------------------------------

static long
transfer_rows(const struct rmk_doc *doc)
{
	long n = 0;

	for (size_t t = 0; t < doc->ntables; t++)
		n += (long)doc->tables[t].nrows;
	return n;
}

// The gate besides: a row that goes must have come. Where it was taken for one that is in
// the target already, or the target for the table it comes from, it would be lost.
enum rmk_code
rmk_transfer_make(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rmk_change *changes, size_t n, struct rmk_doc **out, struct rmk_err *err)
{
	struct rmk_str made;
	long wanted = 0;

	for (size_t i = 0; i < n; i++)
		wanted += changes[i].kind == RMK_CHANGE_ADD ? 1 : -1;
	if (rmk_changes_apply(a, version, doc, changes, n, &made, err) ||
	    rmk_doc_parse(a, doc->path, made, 0, out, err))
		return err->code;
	if (transfer_rows(*out) - transfer_rows(doc) == wanted ||
	    strcmp(version, RMK_VERSION_HOOK) == 0)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%s: %.*s: a row would be lost or stand twice",
	    version, RMK_FMT(doc->path));
	return rmk_hint(err, "commit what is new in the file first, or use --no-commit");
}
