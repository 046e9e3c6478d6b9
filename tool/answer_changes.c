// What was changed, as the answer of a command lists it: see answer_changes.h.
#include "answer_changes.h"
#include "commit_message.h"
#include "diff/diff.h"
#include "schema/address.h"
#include "table/value.h"
#include "write_report.h"

static struct answer_change *
answer_add(struct rmk_arena *a, struct answer_changes *out, const char *change)
{
	struct answer_change *k = RMK_PUSH(a, out->v, out->n, out->cap);

	*k = (struct answer_change){.change = change, .changed = true};
	return k;
}

// --- of a write that was asked for ----------------------------------------------

// A cell as a reader sees it; as it is written, where a reader would see no change.
static void
answer_values(struct rmk_arena *a, const struct write *w, struct answer_change *k)
{
	k->old = rmk_value_text(a, w->change.old);
	k->new_ = rmk_value_text(a, w->change.value);
	if (k->changed && rmk_str_eq(k->old, k->new_)) {
		k->old = w->change.old;
		k->new_ = w->change.value;
	}
	k->old = rmk_str_copy(a, k->old);
	k->new_ = rmk_str_copy(a, k->new_);
}

static void
answer_cells(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_row *row, const struct rmk_str *values, struct answer_change *k)
{
	const struct rmk_table *t = &doc->tables[table];

	k->cells = RMK_NEW_N(a, struct rmk_str, (size_t)2 * t->ncols + 1);
	k->ncells = t->ncols;
	for (size_t i = 0; i < t->ncols; i++) {
		struct rmk_str value = row ? rmk_doc_cell(doc, row, i) : values[i];

		k->cells[2 * i] = rmk_str_copy(
		    a, rmk_value_text(a, rmk_doc_cell(doc, &t->header, i)));
		k->cells[2 * i + 1] = rmk_str_copy(a, rmk_value_text(a, value));
	}
}

void
answer_change_of_write(struct rmk_arena *a, struct call *c, const struct write *w,
    struct answer_changes *out)
{
	static const char *const names[] = {[RMK_CHANGE_SET] = "set",
	    [RMK_CHANGE_ADD] = "add",
	    [RMK_CHANGE_REMOVE] = "remove"};
	struct answer_change *k = answer_add(a, out, names[w->change.kind]);
	const struct rmk_doc *doc = w->file->doc;

	k->address = rmk_str_copy(a, w->address);
	k->file = rmk_str_copy(a, w->file->path);
	k->line = w->line;
	k->row = rmk_str_copy(a, message_row(w));
	if (w->change.kind == RMK_CHANGE_SET) {
		k->changed = !write_is_unchanged(c, w);
		k->column = rmk_str_copy(a, w->change.label_shown);
		answer_values(a, w, k);
	} else if (w->change.kind == RMK_CHANGE_REMOVE) {
		answer_cells(
		    a, doc, w->table, &doc->tables[w->table].rows[w->row], NULL, k);
	} else {
		answer_cells(a, doc, w->table, NULL, w->change.values, k);
	}
}

// --- of two texts ---------------------------------------------------------------

struct answer_diff {
	struct rmk_arena *a;
	struct rmk_str path;
	const struct rmk_diff *d;
	const struct rmk_table_diff *t;
	struct answer_changes *out;
};

static struct answer_change *
answer_add_of(const struct answer_diff *k, const char *change)
{
	bool gone = k->t->kind == RMK_DIFF_REMOVED;
	struct answer_change *out = answer_add(k->a, k->out, change);

	out->file = k->path;
	out->address = gone ? rmk_address_of(k->a, k->d->old, k->t->old_table)
	                    : rmk_address_of(k->a, k->d->new_, k->t->new_table);
	return out;
}

static void
answer_row_came_or_went(const struct answer_diff *k, const struct rmk_row_diff *r)
{
	bool gone = r->kind == RMK_DIFF_REMOVED;
	const struct rmk_doc *doc = gone ? k->d->old : k->d->new_;
	size_t table = gone ? k->t->old_table : k->t->new_table;
	const struct rmk_row *row =
	    &doc->tables[table].rows[gone ? r->old_row : r->new_row];
	struct answer_change *out = answer_add_of(k, gone ? "remove" : "add");

	out->row = r->name;
	out->line = row->line;
	answer_cells(k->a, doc, table, row, NULL, out);
}

static void
answer_cell(const struct answer_diff *k, const struct rmk_row_diff *r,
    const struct rmk_cell_diff *c)
{
	const struct rmk_doc *doc = c->new_col == RMK_NONE ? k->d->old : k->d->new_;
	const struct rmk_table *t =
	    &doc->tables[c->new_col == RMK_NONE ? k->t->old_table : k->t->new_table];
	struct answer_change *out = answer_add_of(k, "set");

	out->row = r->name;
	out->line = k->d->new_->tables[k->t->new_table].rows[r->new_row].line;
	out->column = rmk_value_text(
	    k->a, rmk_doc_cell(
		      doc, &t->header, c->new_col == RMK_NONE ? c->old_col : c->new_col));
	out->old = rmk_value_text(k->a, c->old);
	out->new_ = rmk_value_text(k->a, c->new_);
	if (rmk_str_eq(out->old, out->new_)) {
		out->old = rmk_str_copy(k->a, c->old);
		out->new_ = rmk_str_copy(k->a, c->new_);
	}
}

static void
answer_row(const struct answer_diff *k, const struct rmk_row_diff *r)
{
	if (r->kind != RMK_DIFF_CHANGED) {
		answer_row_came_or_went(k, r);
		return;
	}
	for (size_t i = 0; i < r->ncells; i++)
		answer_cell(k, r, &r->cells[i]);
	if (r->moved) {
		struct answer_change *out = answer_add_of(k, "move");

		out->row = r->name;
		out->line = k->d->new_->tables[k->t->new_table].rows[r->new_row].line;
	}
}

static void
answer_column(const struct answer_diff *k, const struct rmk_col_diff *c)
{
	static const char *const names[] = {[RMK_DIFF_ADDED] = "add-column",
	    [RMK_DIFF_REMOVED] = "remove-column",
	    [RMK_DIFF_CHANGED] = "change-column"};
	struct answer_change *out = answer_add_of(k, names[c->kind]);

	out->column = rmk_value_text(
	    k->a, c->kind == RMK_DIFF_REMOVED ? c->old : c->new_);
	if (c->kind == RMK_DIFF_CHANGED) {
		out->old = rmk_value_text(k->a, c->old);
		out->new_ = rmk_value_text(k->a, c->new_);
	}
}

void
answer_changes_of_texts(struct rmk_arena *a, struct rmk_str path, struct rmk_str before,
    struct rmk_str after, struct answer_changes *out)
{
	struct answer_diff k = {.a = a, .path = rmk_str_copy(a, path), .out = out};
	struct rmk_doc *old, *new_;
	struct rmk_err unused;

	if (rmk_doc_parse(a, k.path, rmk_str_copy(a, before), 0, &old, &unused) ||
	    rmk_doc_parse(a, k.path, rmk_str_copy(a, after), 0, &new_, &unused))
		return;
	const struct rmk_diff d = rmk_diff_docs(a, old, new_);
	k.d = &d;
	for (size_t i = 0; i < d.n; i++) {
		k.t = &d.tables[i];
		if (k.t->kind != RMK_DIFF_CHANGED)
			answer_add_of(&k,
			    k.t->kind == RMK_DIFF_ADDED ? "add-table" : "remove-table");
		for (size_t col = 0; col < k.t->ncols; col++)
			answer_column(&k, &k.t->cols[col]);
		for (size_t r = 0; r < k.t->nrows; r++)
			answer_row(&k, &k.t->rows[r]);
	}
}

// --- as JSON --------------------------------------------------------------------

static void
answer_json_text(struct rmk_json *j, const char *name, struct rmk_str text)
{
	if (text.s)
		rmk_json_text(j, name, text);
}

static void
answer_json_change(struct rmk_json *j, const struct answer_change *k)
{
	rmk_json_object(j, NULL);
	rmk_json_cstr(j, "change", k->change);
	rmk_json_text(j, "address", k->address);
	rmk_json_text(j, "file", k->file);
	if (k->line)
		rmk_json_number(j, "line", k->line);
	answer_json_text(j, "row", k->row);
	answer_json_text(j, "column", k->column);
	answer_json_text(j, "old", k->old);
	answer_json_text(j, "new", k->new_);
	rmk_json_bool(j, "changed", k->changed);
	if (k->cells)
		rmk_json_array(j, "cells");
	for (size_t i = 0; i < k->ncells; i++) {
		rmk_json_object(j, NULL);
		rmk_json_text(j, "column", k->cells[2 * i]);
		rmk_json_text(j, "value", k->cells[2 * i + 1]);
		rmk_json_end(j);
	}
	if (k->cells)
		rmk_json_end(j);
	rmk_json_end(j);
}

void
answer_json_changes(struct rmk_json *j, const struct answer_changes *changes)
{
	rmk_json_array(j, "changes");
	for (size_t i = 0; i < changes->n; i++)
		answer_json_change(j, &changes->v[i]);
	rmk_json_end(j);
}
