// A key, or a status, gets another name: in its cells, in the declaration, and in every file
// whose cells refer to it.
#include "lsp/refer.h"

#include "sql/view.h"
#include "summary/region.h"
#include "table/inline_references.h"
#include "table/value.h"

// What a rename at a place is of: a key, or else a status of this table.
static struct lsp_table
rename_target(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    const struct lsp_place *p, struct rmk_str *word, struct rmk_span *span)
{
	struct lsp_table target = lsp_refer_key(s, a, f, p, word, span);
	const struct rmk_schema *schema;

	if (target.f || p->table == RMK_NONE || p->row >= LSP_HEADER || p->raw.n == 0)
		return target;
	schema = lsp_schema(f, p->table);
	if (p->col < schema->ncols && schema->fields[p->col].type == RMK_STATUS) {
		*word = rmk_value_text(a, rmk_references_inline(a, f->doc, p->raw));
		*span = p->cell;
		target = (struct lsp_table){f, p->table, p->col};
	}
	return target;
}

void
lsp_prepare_rename(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct lsp_place p = lsp_place_of(f, m);
	struct rmk_str word;
	struct rmk_span span;
	struct lsp_table target = rename_target(s, &m->arena, f, &p, &word, &span);
	struct rmk_json *j;

	if (!target.f) {
		lsp_answer_null(s, m);
		return;
	}
	j = rmk_rpc_result(s->rpc, m);
	rmk_json_object(j, "result");
	lsp_put_span(j, "range", f, span.at, span.len);
	rmk_json_text(j, "placeholder", word);
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}

// The edits of one file: of the table itself, and of columns that refer to it.
static enum rmk_code
rename_in_file(struct rmk_arena *a, struct lsp_file *f, const struct lsp_table *target,
    const struct rmk_rename *rename, struct rmk_renamed *out, struct rmk_err *err)
{
	if (f == target->f &&
	    rmk_rename_value(a, f->doc, target->table, lsp_schema(f, target->table),
		target->col, rename, out, err))
		return err->code;
	for (size_t t = 0; t < f->doc->ntables; t++)
		for (size_t col = 0; col < lsp_schema(f, t)->ncols; col++)
			if (lsp_refers_to(a, f, t, col, target) &&
			    rmk_rename_refs(a, f->doc, t, col, rename, out, err))
				return err->code;
	return RMK_OK;
}

struct renamed_file {
	struct lsp_file *f;
	struct rmk_str text;
};

static enum rmk_code
rename_all(struct lsp_server *s, struct rmk_arena *a, const struct lsp_table *target,
    const struct rmk_rename *rename, struct renamed_file **out, size_t *nout,
    struct rmk_err *err)
{
	size_t n, made = 0;
	struct lsp_file **files = lsp_spanning(s, a, target->f, &n);
	struct renamed_file *v = RMK_NEW_N(a, struct renamed_file, n);
	struct rmk_buf why = {.arena = a};

	for (size_t i = 0; i < n; i++) {
		struct rmk_renamed found = {0};

		if (rename_in_file(a, files[i], target, rename, &found, err) ||
		    rmk_edits_apply(
			a, files[i]->doc, found.edits, found.n, &v[made].text, err))
			return err->code;
		if (found.n == 0)
			continue;
		v[made].text = rmk_render_refresh(
		    a, files[i]->name, v[made].text, rmk_view_make, &why);
		v[made++].f = files[i];
	}
	if (why.n)
		lsp_say(s, rmk_str_trim(rmk_buf_str(&why)));
	*out = v;
	*nout = made;
	return RMK_OK;
}

void
lsp_rename(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct lsp_place p = lsp_place_of(f, m);
	struct rmk_rename rename = {
	    .new_ = rmk_json_text_of(rmk_json_member(m->params, "newName"))};
	struct renamed_file *files = NULL;
	struct lsp_table target;
	struct rmk_span span;
	struct rmk_json *j;
	struct rmk_err err;
	size_t n = 0;

	if (f->folder)
		lsp_know_closed(s, f->folder);
	target = rename_target(s, &m->arena, f, &p, &rename.old, &span);
	if (!target.f || !rename.new_.n) {
		rmk_rpc_error(s->rpc, m, RMK_RPC_REQUEST_FAILED,
		    RMK_STR("no key and no status is here"));
		return;
	}
	if (rmk_edit_value_ok(rename.new_, &err) ||
	    rename_all(s, &m->arena, &target, &rename, &files, &n, &err)) {
		rmk_rpc_error(s->rpc, m, RMK_RPC_REQUEST_FAILED, rmk_str_of(err.msg));
		return;
	}
	j = rmk_rpc_result(s->rpc, m);
	lsp_put_change_begin(s, j, "result");
	for (size_t i = 0; i < n; i++)
		lsp_put_change_file(s, j, files[i].f, files[i].text);
	lsp_put_change_end(j);
	rmk_rpc_send(s->rpc);
}
