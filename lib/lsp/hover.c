// What a cell holds in full, and what became of its row.
//
//	**Read or Not**: Reading
//
//	- 2026-11-28 Ada: Read or Not: Not read -> Reading
//	- 2026-11-02 Ada: added
//
// On the header of a status column: how many rows have which status.
#include "lsp/server.h"

#include "gfm/cells.h"
#include "git/log.h"
#include "history/date.h"
#include "history/log.h"
#include "schema/address.h"
#include "summary/summary.h"

#define CHANGES_MOST 3

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

// --- changes ------------------------------------------------------------------------------

struct told_history {
	struct rmk_repo *repo;
	struct rmk_revisions revisions;
};

static enum rmk_code
read_revision(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	struct told_history *h = ctx;

	return rmk_git_log_read(a, h->repo, &h->revisions.v[moment], text, err);
}

static struct rmk_moment *
moments_of(struct rmk_arena *a, const struct rmk_revisions *r)
{
	struct rmk_moment *moments = RMK_NEW_N(a, struct rmk_moment, r->n);

	for (size_t i = 0; i < r->n; i++)
		moments[i] = (struct rmk_moment){
		    .id = rmk_oid_hex(a, &r->v[i].commit, RMK_NONE),
		    .blob = rmk_oid_hex(a, &r->v[i].blob, RMK_NONE),
		    .gone = r->v[i].gone,
		    .time = r->v[i].author.time,
		    .zone = r->v[i].author.zone,
		    .author = r->v[i].author.name,
		    .subject = r->v[i].subject,
		    .order = i,
		    .joined = r->v[i].parent == i + 1};
	return moments;
}

static void
put_entry(struct rmk_buf *out, const struct rmk_moment *m, const struct rmk_log_entry *e)
{
	static const char *const kinds[] = {"", "added", "removed", "moved"};

	rmk_buf_printf(out,
	    "- %.*s %.*s: ", RMK_FMT(rmk_date(out->arena, m->time, m->zone)),
	    RMK_FMT(m->author));
	if (e->kind == RMK_LOG_SET)
		rmk_buf_printf(out, "%.*s: %.*s -> %.*s\n", RMK_FMT(e->column),
		    RMK_FMT(e->old.n ? e->old : RMK_STR("(empty)")),
		    RMK_FMT(e->new_.n ? e->new_ : RMK_STR("(empty)")));
	else
		rmk_buf_printf(out, "%s\n", kinds[e->kind]);
}

// Nothing where the file or the row was never committed.
static void
put_changes(struct rmk_buf *out, struct lsp_file *f, const struct lsp_place *p)
{
	struct told_history h = {.repo = f->folder ? f->folder->repo : NULL};
	struct rmk_git_log_opts walk = {.paths = &f->name, .npaths = 1};
	struct rmk_log_opts opts = {.path = f->name,
	    .table = rmk_address_name(out->arena, f->doc, p->table),
	    .row = rmk_address_row(
		out->arena, f->doc, p->table, lsp_schema(f, p->table), p->row),
	    .limit = CHANGES_MOST,
	    .read = read_revision,
	    .ctx = &h};
	struct rmk_moment *moments;
	struct rmk_log log;
	struct rmk_err err;

	if (!h.repo || rmk_git_log(out->arena, h.repo, &walk, &h.revisions, &err))
		return;
	rmk_git_log_show(out->arena, h.repo, &h.revisions);
	moments = moments_of(out->arena, &h.revisions);
	if (rmk_log_of(out->arena, moments, h.revisions.n, &opts, &log, &err))
		return;
	rmk_buf_addc(out, '\n');
	for (size_t i = 0; i < log.n && i < CHANGES_MOST; i++)
		put_entry(out, &moments[log.v[i].moment], &log.v[i]);
}

static void
lsp_put_cell(struct rmk_buf *out, struct lsp_file *f, const struct lsp_place *p)
{
	const struct rmk_schema *schema = lsp_schema(f, p->table);

	if (p->col < schema->ncols && p->raw.n)
		rmk_buf_printf(out, "**%.*s**: %.*s\n",
		    RMK_FMT(schema->fields[p->col].label),
		    RMK_FMT(rmk_cell_content(out->arena, p->raw)));
	put_changes(out, f, p);
}

// --- the answer ---------------------------------------------------------------------------

void
lsp_hover(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct lsp_place p = lsp_place_of(f, m);
	struct rmk_buf text = {.arena = &m->arena};
	struct rmk_json *j;

	if (p.table != RMK_NONE && p.row < LSP_HEADER)
		lsp_put_cell(&text, f, &p);
	else if (p.table != RMK_NONE && p.row == LSP_HEADER &&
		 p.col < lsp_schema(f, p.table)->ncols &&
		 lsp_schema(f, p.table)->fields[p.col].type == RMK_STATUS)
		lsp_put_counts(&text, f, p.table, p.col);
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
