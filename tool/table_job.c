// A change of a whole table: see table_job.h.
#include "table_job.h"
#include "check/constraint_gate.h"
#include "elsewhere_gate.h"
#include "out.h"
#include "sql/view.h"
#include "summary/region.h"
#include "write_report.h"

// A region that can be drawn of the table as it was, and cannot any more, would be behind from then
// on, and hold up all others of the file.
static enum rmk_code
refuse_undrawn(struct rmk_arena *a, struct rmk_str path, struct rmk_str old,
    struct rmk_str why, struct rmk_err *err)
{
	struct rmk_buf before = {.arena = a};
	size_t end = rmk_str_find(why, RMK_STR("; no region"));

	if (end == RMK_NONE)
		return RMK_OK;
	rmk_render_refresh(a, path, old, rmk_view_make, &before);
	if (before.n)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "a region of %.*s is drawn by that: %.*s",
	    RMK_FMT(path), RMK_FMT(rmk_str_part(why, 0, end)));
	return rmk_hint(
	    err, "first change what stands behind its rowmark:begin, or remove it");
}

static enum rmk_code
table_job_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	struct table_job *job = ctx;
	struct rmk_doc *doc, *new_;
	struct rmk_str made;
	size_t table;

	if (rmk_doc_parse(a, path, text, RMK_PARSE_ALL, &doc, err) ||
	    rmk_table_find(a, version, doc, &job->id, &table, err) ||
	    job->edit(job->ctx, a, doc, table, &made, err))
		return err->code;
	*out = made;
	if (rmk_str_eq(made, text))
		return RMK_OK;
	if (rmk_doc_parse(a, path, made, RMK_PARSE_ALL, &new_, err) ||
	    rmk_check_gate(a, (const struct rmk_doc *const[]){doc},
		(const struct rmk_doc *const[]){new_}, 1, err))
		return err->code;
	job->why = (struct rmk_buf){.arena = a};
	*out = rmk_render_refresh(a, path, made, rmk_view_make, &job->why);
	return refuse_undrawn(a, path, text, rmk_buf_str(&job->why), err);
}

enum exit_status
table_job_run(struct call *c, const struct picked *p, struct table_job *job,
    struct rmk_str message, struct rmk_str said)
{
	struct write_file *files = RMK_NEW_N(c->arena, struct write_file, job->nmore + 1);
	struct rmk_commit_result result = {0};
	struct rmk_err err;

	job->id = rmk_table_identify(
	    c->arena, p->file->doc, p->table, file_schema(c->arena, p->file, p->table));
	files[0] = (struct write_file){p->file, table_job_make, job};
	for (size_t i = 0; i < job->nmore; i++)
		files[i + 1] = job->more[i];
	if (job->elsewhere && elsewhere_check_files(c, files, 1, &err))
		return complain(&err);
	if (write_quietly(c, files, job->nmore + 1, message, &result, &err))
		return write_failed(c, &err);
	if (!c->quiet && !opt_on(c, "dry-run")) {
		out_shown(STYLE_DIM, picked_address(c->arena, p));
		out_str(RMK_STR("  "));
		out_shown(STYLE_PLAIN, said);
		out_str(result.unchanged ? RMK_STR(", unchanged\n") : RMK_STR("\n"));
	}
	report_commit(c, &result);
	write_say_regions(rmk_buf_str(&job->why));
	return FINE;
}

enum rmk_code
table_job_open(
    struct call *c, char *const *words, size_t n, struct picked *out, struct rmk_err *err)
{
	if (write_no_stdin(c, words, n, err))
		return err->code;
	return open_table(c, words, n, out, err);
}
