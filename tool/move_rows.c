// Rows that go to another table: see move_rows.h.
#include "move_rows.h"
#include "check/constraint_gate.h"
#include "edit/new_table.h"
#include "edit/row_transfer.h"
#include "faster.h"
#include "move_columns.h"
#include "out.h"
#include "referrers.h"
#include "row_name.h"
#include "sql/view.h"
#include "summary/region.h"
#include "write_report.h"

// --- a version --------------------------------------------------------------------

struct move_job {
	struct file *file; // of the worktree, as it was read
	struct rmk_change *v;
	size_t n;
	// Tables to be made where a version lacks them.
	struct new_target {
		struct rmk_table_id id, like;
		struct rmk_str heading, name;
	} * targets;
	size_t ntargets;
	const struct move_columns **columns; // of tables of this file
	size_t ncolumns;
};

// The heading is asked for, not the columns: those are the source's too.
static bool
has_target(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str heading)
{
	for (size_t t = 0; t < doc->ntables; t++) {
		size_t h = doc->tables[t].heading;

		if (h != RMK_NONE &&
		    rmk_str_eq(rmk_value_text(a, doc->headings[h].text), heading))
			return true;
	}
	return false;
}

static enum rmk_code
make_targets(const struct move_job *job, struct rmk_arena *a, const char *version,
    struct rmk_str path, struct rmk_str *text, struct rmk_err *err)
{
	for (size_t i = 0; i < job->ntargets; i++) {
		const struct new_target *t = &job->targets[i];
		struct rmk_new_table new_ = {.heading = t->heading, .name = t->name};
		struct rmk_doc *doc;

		if (rmk_doc_parse(a, path, *text, RMK_PARSE_ALL, &doc, err))
			return err->code;
		if (has_target(a, doc, t->heading))
			continue;
		if (rmk_table_find(a, version, doc, &t->like, &new_.like_table, err))
			return err->code;
		new_.like = doc;
		if (rmk_table_append(a, path, *text, &new_, text, err))
			return err->code;
	}
	return RMK_OK;
}

static enum rmk_code
move_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct move_job *job = ctx;
	struct rmk_buf why = {.arena = a};
	struct rmk_doc *old, *doc, *new_;
	struct rmk_str made = text;

	if (make_targets(job, a, version, path, &made, err))
		return err->code;
	for (size_t i = 0; i < job->ncolumns; i++) {
		if (move_columns_make(a, version, path, job->columns[i], &made, err))
			return err->code;
	}
	if (rmk_doc_parse(a, path, text, 0, &old, err) ||
	    rmk_doc_parse(a, path, made, 0, &doc, err) ||
	    rmk_transfer_make(a, version, doc, job->v, job->n, &new_, err) ||
	    rmk_check_gate(a, (const struct rmk_doc *const[]){old},
		(const struct rmk_doc *const[]){new_}, 1, err))
		return err->code;
	*out = rmk_render_refresh(a, path, new_->text, rmk_view_make, &why);
	return RMK_OK;
}

// --- all of them ------------------------------------------------------------------

static struct move_job *
job_of(
    struct write_file *files, size_t *n, struct call *c, struct file *file, size_t most)
{
	struct move_job *job;

	for (size_t i = 0; i < *n; i++) {
		job = files[i].ctx;
		if (file_same(job->file, file))
			return job;
	}
	job = RMK_NEW(c->arena, struct move_job);
	job->file = file;
	job->v = RMK_NEW_N(c->arena, struct rmk_change, 2 * most);
	job->targets = RMK_NEW_N(c->arena, struct new_target, most);
	job->columns = RMK_NEW_N(c->arena, const struct move_columns *, most);
	files[(*n)++] = (struct write_file){file, move_make, job};
	return job;
}

static void
add_target(struct call *c, struct move_job *job, const struct move *m,
    const struct rmk_table_id *id)
{
	for (size_t i = 0; i < job->ntargets; i++) {
		if (rmk_str_eq(job->targets[i].heading, m->heading))
			return;
	}
	job->targets[job->ntargets++] = (struct new_target){*id,
	    rmk_table_identify(c->arena, m->like.file->doc, m->like.table,
		file_schema(c->arena, m->like.file, m->like.table)),
	    m->heading, m->name};
}

static struct rmk_transfer_end
transfer_end(struct call *c, const struct picked *p)
{
	return (struct rmk_transfer_end){
	    p->file->doc, p->table, file_schema(c->arena, p->file, p->table)};
}

static enum rmk_code
plan_move(struct call *c, const struct move *m, bool drop, struct write_file *files,
    size_t *nfiles, size_t most, struct rmk_err *err)
{
	const struct picked *p = &m->from.table;
	struct move_job *source = job_of(files, nfiles, c, p->file, most);
	struct move_job *target = job_of(files, nfiles, c, m->to.file, most);
	struct rmk_transfer transfer = {.from = transfer_end(c, p),
	    .to = transfer_end(c, &m->to),
	    .row = m->from.row,
	    .name = picked_row_name(c->arena, p, m->from.row),
	    .drop = drop};
	struct rmk_change come, gone;

	if (rmk_transfer_plan(c->arena, &transfer, &come, &gone, err))
		return err->code == RMK_FASTER ? faster(c, m->to.file, err, "")
		                               : err->code;
	if (m->heading.n)
		add_target(c, target, m, &come.table);
	target->v[target->n++] = come;
	source->v[source->n++] = gone;
	return RMK_OK;
}

// What refers to a row by its key would not find it any more, in whatever file that is.
static enum rmk_code
check_referrers(struct call *c, const struct move *moves, size_t n, struct rmk_err *err)
{
	const struct picked_row *row;
	struct referrer *r;
	size_t nr;

	if (referrers_find(c, moves, n, &r, &nr, err))
		return err->code;
	if (nr == 0)
		return RMK_OK;
	row = &moves[r[0].move].from;
	rmk_fail(err, RMK_REFUSED, "'%.*s' cannot go: %.*s",
	    RMK_FMT(picked_row_name(c->arena, &row->table, row->row)),
	    RMK_FMT(referrer_words(c->arena, &r[0])));
	return rmk_hint(err, "move both, or change that cell first");
}

static void
report_moves(struct call *c, const struct move *moves, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct picked *p = &moves[i].from.table;

		out_shown(STYLE_DIM, picked_address(c->arena, p));
		out_str(RMK_STR("  "));
		out_shown(STYLE_BOLD, picked_row_name(c->arena, p, moves[i].from.row));
		out_str(RMK_STR(" -> "));
		out_shown(STYLE_DIM, picked_address(c->arena, &moves[i].to));
		out_fill('\n', 1);
	}
}

static enum rmk_code
move_plan(struct call *c, struct move *moves, size_t n, struct write_file *files,
    size_t *nfiles, struct rmk_err *err)
{
	struct move_columns *columns;
	size_t ncolumns = 0;

	if (opt_on(c, "keep") && move_columns_plan(c, moves, n, &columns, &ncolumns, err))
		return err->code;
	// First, with the files as they were read.
	for (size_t i = 0; i < ncolumns; i++) {
		struct move_job *job = job_of(files, nfiles, c, columns[i].table.file, n);

		job->columns[job->ncolumns++] = &columns[i];
	}
	for (size_t i = 0; i < n; i++) {
		if (plan_move(c, &moves[i], opt_on(c, "drop"), files, nfiles, n, err))
			return err->code;
	}
	return RMK_OK;
}

enum exit_status
move_rows(struct call *c, struct move *moves, size_t n, struct rmk_str message)
{
	struct write_file *files = RMK_NEW_N(c->arena, struct write_file, 2 * n);
	struct rmk_commit_result result = {0};
	struct rmk_err err;
	size_t nfiles = 0;

	if (opt_on(c, "keep") && opt_on(c, "drop")) {
		rmk_fail(&err, RMK_INVALID, "--keep or --drop, not both");
		return complain(&err);
	}
	if (check_referrers(c, moves, n, &err) ||
	    move_plan(c, moves, n, files, &nfiles, &err))
		return complain(&err);
	if (write_quietly(c, files, nfiles, message, &result, &err))
		return write_failed(c, &err);
	if (opt_on(c, "dry-run"))
		return FINE;
	if (!c->quiet)
		report_moves(c, moves, n);
	report_commit(c, &result);
	return FINE;
}
