// Changes held against what other files declare: see elsewhere_gate.h.
#include "elsewhere_gate.h"
#include "check/constraint_gate.h"
#include "referrers.h"
#include "schema/reference.h"
#include "table/patch.h"

// --- all files --------------------------------------------------------------------------

static const struct rmk_str *
elsewhere_made(const struct elsewhere_file *made, size_t n, const struct file *file)
{
	for (size_t i = 0; i < n; i++)
		if (file_same(made[i].file, file))
			return &made[i].text;
	return NULL;
}

enum rmk_code
elsewhere_gate(
    struct call *c, const struct elsewhere_file *made, size_t n, struct rmk_err *err)
{
	const struct rmk_doc **old, **now;
	struct picked *all;
	size_t nall, ndocs = 0;

	if (open_all_tables(c, NULL, 0, &all, &nall, err))
		return err->code;
	old = RMK_NEW_N(c->arena, const struct rmk_doc *, nall + 1);
	now = RMK_NEW_N(c->arena, const struct rmk_doc *, nall + 1);
	for (size_t i = 0; i < nall; i++) {
		const struct rmk_doc *doc = all[i].file->doc;
		const struct rmk_str *text;

		if ((i && all[i].file == all[i - 1].file) || !rmk_check_spans(doc))
			continue;
		text = elsewhere_made(made, n, all[i].file);
		old[ndocs] = now[ndocs] = doc;
		if (text && rmk_doc_remake(c->arena, doc, *text, &now[ndocs], err))
			return err->code;
		ndocs++;
	}
	return rmk_check_gate(c->arena, old, now, ndocs, err);
}

// --- which changes need it --------------------------------------------------------------

// Whether a column refers to a table that its own file does not have.
static bool
elsewhere_refers(struct rmk_arena *a, struct file *file, const struct rmk_field *field)
{
	if (field->type != RMK_REF)
		return false;
	for (size_t t = 0; t < file->doc->ntables; t++)
		if (rmk_reference_finds(a, field, file_schema(a, file, t)->name))
			return false;
	return true;
}

static bool
elsewhere_refers_any(struct rmk_arena *a, struct file *file, size_t table)
{
	const struct rmk_schema *schema = file_schema(a, file, table);

	for (size_t i = 0; i < schema->ncols; i++)
		if (elsewhere_refers(a, file, &schema->fields[i]))
			return true;
	return false;
}

bool
elsewhere_concerns(struct rmk_arena *a, struct file *file, size_t table)
{
	return file_schema(a, file, table)->name.n != 0 ||
	       elsewhere_refers_any(a, file, table);
}

static bool
elsewhere_needed(struct rmk_arena *a, const struct write *w)
{
	const struct rmk_schema *schema = file_schema(a, w->file, w->table);
	const struct rmk_field *field = &schema->fields[w->col];

	switch (w->change.kind) {
	case RMK_CHANGE_REMOVE:
		return schema->name.n != 0;
	case RMK_CHANGE_ADD:
		return elsewhere_refers_any(a, w->file, w->table);
	default:
		return elsewhere_refers(a, w->file, field) ||
		       (schema->name.n && (w->col == schema->key || field->unique));
	}
}

enum rmk_code
elsewhere_check_files(
    struct call *c, const struct write_file *files, size_t n, struct rmk_err *err)
{
	struct elsewhere_file *made = RMK_NEW_N(c->arena, struct elsewhere_file, n);

	for (size_t i = 0; i < n; i++) {
		struct file *f = files[i].file;

		made[i].file = f;
		if (files[i].make(files[i].ctx, c->arena, "the worktree", f->path,
			f->doc->text, &made[i].text, err))
			return err->code;
	}
	return elsewhere_gate(c, made, n, err);
}

enum rmk_code
elsewhere_check_writes(struct call *c, const struct write *writes, size_t n,
    const struct write_file *files, size_t nfiles, struct rmk_err *err)
{
	for (size_t i = 0; i < n; i++)
		if (elsewhere_needed(c->arena, &writes[i]))
			return elsewhere_check_files(c, files, nfiles, err);
	return RMK_OK;
}
