// The value that a command writes into a cell: see set_cells.h. What it is, is decided in
// edit/cell_value.c; here it is printed.
#include "edit/cell_value.h"
#include "opt.h"
#include "out.h"
#include "row_name.h"
#include "set_cells.h"

static void
warn_notes(struct call *c, const struct rmk_buf *notes)
{
	struct rmk_str rest = rmk_buf_str(notes), line;

	while (!c->quiet && rest.n && rmk_str_split(&rest, '\n', &line)) {
		if (line.n && !rmk_str_eq(line, c->noted)) // once for all rows
			out_warn("note: %.*s", RMK_FMT(line));
		c->noted = line;
	}
}

// The address of the table before a message that does not know it.
static enum rmk_code
name_table(struct call *c, const struct target *t, struct rmk_err *err)
{
	struct rmk_err told = *err;

	rmk_fail(err, told.code, "%.*s: %s", RMK_FMT(picked_address(c->arena, &t->table)),
	    told.msg);
	return rmk_hint(err, "%s", told.hint);
}

static struct rmk_file_words *
words_of_file(struct call *c, const struct picked *p)
{
	if (!p->file->words)
		p->file->words = RMK_NEW_N(
		    c->arena, struct rmk_file_words, p->file->doc->ntables);
	return &p->file->words[p->table];
}

enum rmk_code
spell_value(struct call *c, const struct picked *p, const struct rmk_field *field,
    struct rmk_str typed, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_cell_wish wish = {.typed = typed,
	    .as_typed = opt_on(c, "new"),
	    .doc = p->file->doc,
	    .table = p->table,
	    .words = words_of_file(c, p)};
	struct rmk_buf notes = {.arena = c->arena};

	if (rmk_cell_spell(c->arena, field, &wish, &notes, out, err))
		return err->code;
	warn_notes(c, &notes);
	return RMK_OK;
}

// "Due=2026-12-24" where Due is a column: as `add` takes it.
static enum rmk_code
cell_value_is_assignment(struct call *c, const struct assignment *w,
    const struct target *t, struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(
	    c->arena, t->table.file, t->table.table);
	struct rmk_str value = w->value, label;

	rmk_str_split(&value, '=', &label);
	if (w->column.s || !value.s || opt_on(c, "new") ||
	    rmk_field_term(c->arena, &schema->fields[t->col], w->value))
		return RMK_OK;
	label = rmk_utf8_fold(c->arena, rmk_str_trim(label));
	for (size_t col = 0; col < schema->ncols; col++) {
		struct rmk_str name = schema->fields[col].label;

		if (!rmk_str_eq(schema->fields[col].key, label))
			continue;
		rmk_fail(err, RMK_REFUSED,
		    "'%.*s' would go into '%.*s': a column is named with -c",
		    RMK_FMT(w->value), RMK_FMT(schema->fields[t->col].label));
		return rmk_hint(err,
		    "rowmark set '%.*s' '%.*s' -c '%.*s'; --new writes it as it is",
		    RMK_FMT(picked_row_name(c->arena, &t->table, t->row)), RMK_FMT(value),
		    RMK_FMT(name));
	}
	return RMK_OK;
}

enum rmk_code
cell_value(struct call *c, const struct assignment *w, const struct target *t,
    struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_cell_wish wish = {.typed = w->value,
	    .progress = w->progress,
	    .as_typed = w->value.s && opt_on(c, "new"), // which start and done lack
	    .keep_note = opt_on(c, "keep-note"),
	    .doc = t->table.file->doc,
	    .table = t->table.table,
	    .words = words_of_file(c, &t->table)};
	const struct rmk_doc *doc = t->table.file->doc;
	const struct rmk_schema *schema = file_schema(
	    c->arena, t->table.file, t->table.table);
	struct rmk_str raw = rmk_doc_cell(
	    doc, &doc->tables[t->table.table].rows[t->row], t->col);
	struct rmk_buf notes = {.arena = c->arena};

	if (w->value.s && cell_value_is_assignment(c, w, t, err))
		return err->code;
	if (rmk_cell_value(
		c->arena, &schema->fields[t->col], raw, &wish, &notes, out, err))
		return wish.typed.s ? err->code : name_table(c, t, err);
	warn_notes(c, &notes);
	return RMK_OK;
}
