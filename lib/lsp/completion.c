// Completion: what may stand where the cursor is.
#include "lsp/values.h"

static void
put_value(struct rmk_json *j, struct lsp_file *f, const struct lsp_values *values,
    size_t i, const char *lead, bool closes)
{
	struct rmk_arena *a = j->out->arena;
	const struct lsp_value *v = &values->v[i];

	rmk_json_object(j, NULL);
	rmk_json_text(j, "label", rmk_str_trim(v->raw));
	rmk_json_number(j, "kind", 12); // a value
	if (v->detail.n)
		rmk_json_text(j, "detail", v->detail);
	rmk_json_text(j, "sortText", rmk_str_printf(a, "%06zu", i));
	rmk_json_object(j, "textEdit");
	lsp_put_span(j, "range", f, values->at, values->end - values->at);
	rmk_json_text(j, "newText",
	    rmk_str_printf(a, "%s%.*s%s", lead, RMK_FMT(v->raw), closes ? " " : ""));
	rmk_json_end(j);
	rmk_json_end(j);
}

static char
byte_at(struct rmk_str text, size_t at)
{
	return at < text.n ? text.s[at] : '\n';
}

void
lsp_completion(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct lsp_place p = lsp_place_of(f, m);
	struct rmk_str text = lsp_text_str(&f->text);
	struct lsp_values values = {0};
	struct rmk_json *j;
	bool tight, closes;

	if (p.table != RMK_NONE && p.declares)
		lsp_declaration_values(s, &m->arena, f, &p, &values);
	else if (p.table != RMK_NONE)
		lsp_cell_values(s, &m->arena, f, &p, &values);
	// Between pipes that touch, a value gets its spaces.
	tight = !p.declares && values.at && text.s[values.at - 1] == '|';
	closes = !p.declares && byte_at(text, values.end) == '|';
	j = rmk_rpc_result(s->rpc, m);
	rmk_json_object(j, "result");
	rmk_json_bool(j, "isIncomplete", false);
	rmk_json_array(j, "items");
	for (size_t i = 0; i < values.n; i++)
		put_value(j, f, &values, i, tight ? " " : "", closes);
	rmk_json_end(j);
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}
