// A version of a file in which a value gets another name: see rename_places.h.
#include "check/constraint_gate.h"
#include "rename_places.h"
#include "sql/view.h"
#include "summary/region.h"

#include <string.h>

static size_t
rename_column_in(const struct rmk_schema *schema, const struct rename_column *k,
    const struct rmk_str label)
{
	uint32_t nth = 0;

	for (size_t i = 0; i < schema->ncols; i++) {
		if (rmk_str_eq(schema->fields[i].key, label) && nth++ == k->nth)
			return i;
	}
	return RMK_NONE;
}

// A table that the version lacks has nothing to be renamed there.
static enum rmk_code
rename_edits(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rename_job *job, const struct rename_column *k, struct rmk_renamed *out,
    struct rmk_err *err)
{
	const struct rmk_schema *was = k->table.file->schemas[k->table.table], *schema;
	enum rmk_code code;
	size_t table, col;

	code = rmk_table_find(a, version, doc, &k->id, &table, err);
	if (code)
		return code == RMK_NOT_FOUND ? RMK_OK : code;
	schema = rmk_schema_of(a, doc, table);
	col = rename_column_in(schema, k, was->fields[k->col].key);
	if (col == RMK_NONE)
		return RMK_OK;
	return k->refers
	           ? rmk_rename_refs(a, doc, table, col, &job->rename, out, err)
	           : rmk_rename_value(a, doc, table, schema, col, &job->rename, out, err);
}

// A value that stands in the worktree alone cannot be committed.
static enum rmk_code
rename_check_head(const char *version, struct rmk_str path, const struct rename_job *job,
    struct rmk_err *err)
{
	if (strcmp(version, "HEAD") != 0 || job->n == 0)
		return RMK_OK;
	rmk_fail(err, RMK_NOT_FOUND, "HEAD: %.*s does not hold '%.*s'", RMK_FMT(path),
	    RMK_FMT(job->rename.old));
	return rmk_hint(err, "commit the row first, or use --no-commit");
}

enum rmk_code
rename_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct rename_job *job = ctx;
	struct rmk_buf why = {.arena = a};
	struct rmk_renamed found = {0};
	struct rmk_doc *doc, *new_;
	struct rmk_str made;

	if (rmk_doc_parse(a, path, text, 0, &doc, err))
		return err->code;
	for (size_t i = 0; i < job->n; i++) {
		if (rename_edits(a, version, doc, job, &job->columns[i], &found, err))
			return err->code;
	}
	if (rmk_edits_apply(a, doc, found.edits, found.n, &made, err))
		return err->code;
	*out = made;
	if (rmk_str_eq(made, text))
		return found.n ? RMK_OK : rename_check_head(version, path, job, err);
	if (rmk_doc_parse(a, path, made, 0, &new_, err) ||
	    rmk_check_gate(a, (const struct rmk_doc *const[]){doc},
		(const struct rmk_doc *const[]){new_}, 1, err))
		return err->code;
	*out = rmk_render_refresh(a, path, made, rmk_view_make, &why);
	return RMK_OK;
}
