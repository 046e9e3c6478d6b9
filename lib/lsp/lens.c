// How far a table is: above its heading, or, as an inlay hint, behind its header row.
//
//	2 of 13, 15 % · README.md#papers
//	## Papers
#include "lsp/server.h"

#include "schema/address.h"
#include "summary/summary.h"

// Empty where the table has no status. The summary lives in the arena.
static struct rmk_str
progress_of(struct rmk_arena *a, struct lsp_file *f, size_t table)
{
	struct rmk_summary_opts opts = {0};
	struct rmk_summary sum = {.arena = a};
	const struct rmk_tally *tally;
	struct rmk_err err;

	if (rmk_summary_add(&sum, f->doc, table, lsp_schema(f, table), &opts, &err))
		return RMK_STR("");
	rmk_summary_finish(&sum);
	tally = &sum.total;
	if (sum.ntables == 0 || tally->total == 0)
		return RMK_STR("");
	return rmk_str_printf(a, "%zu of %zu, %u %%", tally->by[RMK_DONE],
	    rmk_tally_open(tally), rmk_tally_percent(tally));
}

static size_t
lens_line(const struct rmk_doc *doc, const struct rmk_table *t)
{
	return t->heading == RMK_NONE ? t->header.line : doc->headings[t->heading].line;
}

static void
put_lens(struct rmk_json *j, struct lsp_file *f, size_t t)
{
	struct rmk_arena *a = j->out->arena;
	struct rmk_str text = progress_of(a, f, t);
	struct lsp_position at = {(uint32_t)lens_line(f->doc, &f->doc->tables[t]) - 1, 0};

	if (!text.n)
		return;
	rmk_json_object(j, NULL);
	lsp_put_range(j, "range", (struct lsp_range){at, at});
	rmk_json_object(j, "command");
	rmk_json_text(j, "title",
	    rmk_str_printf(
		a, "%.*s: %.*s", RMK_FMT(rmk_address_name(a, f->doc, t)), RMK_FMT(text)));
	rmk_json_cstr(j, "command", "");
	rmk_json_end(j);
	rmk_json_end(j);
}

void
lsp_code_lens(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	lsp_answer_tables(s, m, f, put_lens);
}

static void
put_hint(struct rmk_json *j, struct lsp_file *f, size_t t)
{
	struct rmk_str text = progress_of(j->out->arena, f, t);
	struct rmk_span header = f->doc->tables[t].header.span;

	if (!text.n)
		return;
	rmk_json_object(j, NULL);
	lsp_put_position(
	    j, "position", lsp_text_position(&f->text, (size_t)header.at + header.len));
	rmk_json_text(j, "label", text);
	rmk_json_bool(j, "paddingLeft", true);
	rmk_json_end(j);
}

void
lsp_inlay_hint(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	lsp_answer_tables(s, m, f, put_hint);
}
