// From a reference to the row it names, and from a row to those that name it.
#include "lsp/refer.h"

static void
put_cells(struct lsp_server *s, struct rmk_rpc_message *m, const struct lsp_cells *cells)
{
	struct rmk_json *j = rmk_rpc_result(s->rpc, m);

	rmk_json_array(j, "result");
	for (size_t i = 0; i < cells->n; i++) {
		const struct lsp_cell *c = &cells->v[i];

		rmk_json_object(j, NULL);
		rmk_json_text(j, "uri", c->f->uri);
		lsp_put_span(j, "range", c->f, c->span.at, c->span.len);
		rmk_json_end(j);
	}
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}

void
lsp_definition(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct lsp_place p = lsp_place_of(f, m);
	struct lsp_cells all = {0}, own = {0};
	struct rmk_str word;
	struct rmk_span span;
	struct lsp_table keys = lsp_refer_key(s, &m->arena, f, &p, &word, &span);

	if (keys.f)
		lsp_refer_cells(s, &m->arena, &keys, word, true, &all);
	own = all;
	own.n = 0;
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].f == keys.f && all.v[i].table == keys.table &&
		    all.v[i].col == keys.col)
			own.v[own.n++] = all.v[i];
	put_cells(s, m, &own);
}

void
lsp_references(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct lsp_place p = lsp_place_of(f, m);
	bool own = rmk_json_bool_of(
	    rmk_json_member(rmk_json_member(m->params, "context"), "includeDeclaration"),
	    true);
	struct lsp_cells cells = {0};
	struct rmk_str word;
	struct rmk_span span;
	struct lsp_table keys = lsp_refer_key(s, &m->arena, f, &p, &word, &span);

	if (keys.f)
		lsp_refer_cells(s, &m->arena, &keys, word, own, &cells);
	put_cells(s, m, &cells);
}
