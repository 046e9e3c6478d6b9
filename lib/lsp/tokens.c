// Statuses in colour: each status cell is a token, how far it is its modifier.
#include "lsp/server.h"

struct token_writer {
	struct rmk_json *j;
	struct lsp_file *f;
	struct lsp_position last;
};

// Five numbers: line and start from the token before, length, type, modifiers.
static void
put_token(struct token_writer *w, struct rmk_span span, enum rmk_progress progress)
{
	struct lsp_range r = lsp_text_range(&w->f->text, span.at, span.len);
	bool same_line = r.start.line == w->last.line;

	rmk_json_number(w->j, NULL, r.start.line - w->last.line);
	rmk_json_number(w->j, NULL,
	    same_line ? r.start.character - w->last.character : r.start.character);
	rmk_json_number(w->j, NULL, r.end.character - r.start.character);
	rmk_json_number(w->j, NULL, 0);
	rmk_json_number(w->j, NULL, 1 << progress);
	w->last = r.start;
}

static void
put_row_tokens(struct token_writer *w, struct rmk_arena *a, const struct rmk_row *row,
    const struct rmk_schema *schema)
{
	for (size_t col = 0; col < schema->ncols && col < row->ncells; col++)
		if (schema->fields[col].type == RMK_STATUS && row->cells[col].len)
			put_token(w, row->cells[col],
			    rmk_field_progress(a, &schema->fields[col],
				rmk_doc_cell(w->f->doc, row, col)));
}

void
lsp_semantic_tokens(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	size_t n = lsp_look(f) ? f->doc->ntables : 0;
	struct token_writer w = {.f = f};

	w.j = rmk_rpc_result(s->rpc, m);
	rmk_json_object(w.j, "result");
	rmk_json_array(w.j, "data");
	for (size_t t = 0; t < n; t++)
		for (size_t row = 0; row < f->doc->tables[t].nrows; row++)
			put_row_tokens(&w, &m->arena, &f->doc->tables[t].rows[row],
			    lsp_schema(f, t));
	rmk_json_end(w.j);
	rmk_json_end(w.j);
	rmk_rpc_send(s->rpc);
}
