// What a cell holds in full, and what became of its row.
//
//	**Read or Not**: Reading
//
//	- 2026-11-28 Ada: Read or Not: Not read -> Reading
//	- 2026-11-02 Ada: added
//
// On the header of a status column: how many rows have which status.
#include "gfm/cells.h"
#include "lsp/row_history.h"
#include "summary/summary.h"

// --- counts -------------------------------------------------------------------------------

static void
lsp_put_counts(struct rmk_buf *out, struct lsp_file *f, size_t table, size_t col)
{
	const struct rmk_table *t = &f->doc->tables[table];
	const struct rmk_field *field = &lsp_schema(f, table)->fields[col];
	const struct rmk_summary_opts opts = {0};
	struct rmk_tally tally = rmk_tally_new(out->arena);

	for (size_t row = 0; row < t->nrows; row++)
		rmk_tally_cell(
		    &tally, field, &opts, rmk_doc_cell(f->doc, &t->rows[row], col));
	rmk_tally_finish(&tally);
	rmk_buf_printf(out, "**%.*s**: %zu of %zu, %u %%\n\n", RMK_FMT(field->label),
	    tally.by[RMK_DONE], rmk_tally_open(&tally), rmk_tally_percent(&tally));
	for (size_t i = 0; i < tally.ncounts; i++)
		rmk_buf_printf(out, "- %.*s: %zu\n",
		    RMK_FMT(tally.counts[i].text.n ? tally.counts[i].text
						   : RMK_STR("(empty)")),
		    tally.counts[i].n);
}

// --- a cell ---------------------------------------------------------------------------------

static void
lsp_put_cell(struct rmk_buf *out, struct lsp_file *f, const struct lsp_place *p,
    struct rmk_str changes)
{
	const struct rmk_schema *schema = lsp_schema(f, p->table);

	if (p->col < schema->ncols && p->raw.n)
		rmk_buf_printf(out, "**%.*s**: %.*s\n",
		    RMK_FMT(schema->fields[p->col].label),
		    RMK_FMT(rmk_cell_content(out->arena, p->raw)));
	if (changes.n)
		rmk_buf_printf(out, "\n%.*s", RMK_FMT(changes));
}

// --- the answer ---------------------------------------------------------------------------

void
lsp_hover(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct lsp_place p = lsp_place_of(f, m);
	struct rmk_buf text = {.arena = &m->arena};
	struct rmk_str changes;
	struct rmk_json *j;

	if (p.table != RMK_NONE && p.row < LSP_HEADER) {
		if (!lsp_row_changes(s, m, f, &p, &changes)) {
			rmk_rpc_error(
			    s->rpc, m, RMK_RPC_REQUEST_CANCELLED, RMK_STR("cancelled"));
			return;
		}
		lsp_put_cell(&text, f, &p, changes);
	} else if (p.table != RMK_NONE && p.row == LSP_HEADER &&
		   p.col < lsp_schema(f, p.table)->ncols &&
		   lsp_schema(f, p.table)->fields[p.col].type == RMK_STATUS) {
		lsp_put_counts(&text, f, p.table, p.col);
	}
	if (text.n == 0) {
		lsp_answer_null(s, m);
		return;
	}
	j = rmk_rpc_result(s->rpc, m);
	rmk_json_object(j, "result");
	rmk_json_object(j, "contents");
	rmk_json_cstr(j, "kind", s->markdown ? "markdown" : "plaintext");
	rmk_json_text(j, "value", rmk_str_trim(rmk_buf_str(&text)));
	rmk_json_end(j);
	if (p.row < LSP_HEADER || p.row == LSP_HEADER)
		lsp_put_span(j, "range", f, p.cell.at, p.cell.len);
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}
