// Tables aligned: those of a file, or those that a range touches.
#include "edit/format.h"
#include "lsp/server.h"

static void
answer_aligned(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f,
    size_t first, size_t n)
{
	struct rmk_str text = lsp_text_str(&f->text);
	struct rmk_json *j;
	struct rmk_err err;

	if (n && rmk_format(&m->arena, f->doc, first, n, RMK_FORMAT_ALIGN, &text, &err)) {
		rmk_rpc_error(s->rpc, m, RMK_RPC_REQUEST_FAILED, rmk_str_of(err.msg));
		return;
	}
	j = rmk_rpc_result(s->rpc, m);
	lsp_put_edits(j, "result", f, text);
	rmk_rpc_send(s->rpc);
}

void
lsp_formatting(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	answer_aligned(s, m, f, 0, lsp_look(f) ? f->doc->ntables : 0);
}

void
lsp_range_formatting(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	const struct rmk_json_value *range = rmk_json_member(m->params, "range");
	struct lsp_position from = lsp_position_of(rmk_json_member(range, "start"));
	struct lsp_position to = lsp_position_of(rmk_json_member(range, "end"));
	size_t first = 0, n = 0, ntables = lsp_look(f) ? f->doc->ntables : 0;

	// Lines of a document count from 1.
	for (size_t t = 0; t < ntables; t++) {
		const struct rmk_table *table = &f->doc->tables[t];
		uint32_t last = table->nrows ? table->rows[table->nrows - 1].line
		                             : table->delim.line;

		if (table->header.line > to.line + 1 || last < from.line + 1)
			continue;
		first = n ? first : t;
		n = t - first + 1;
	}
	answer_aligned(s, m, f, first, n);
}
