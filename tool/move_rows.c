// Rows that go to another table: see move_rows.h.
#include "move_rows.h"
#include "check/constraint_gate.h"
#include "edit/inline_references.h"
#include "edit/new_table.h"
#include "edit/rebase.h"
#include "faster.h"
#include "gfm/cells.h"
#include "out.h"
#include "referrers.h"
#include "row_name.h"
#include "sql/view.h"
#include "summary/region.h"
#include "write_report.h"

#include <string.h>

// --- one row ----------------------------------------------------------------------

// A cell in the target's file: its links lead where they led, and say so themselves; what it
// leans on besides, a footnote, would stay behind.
static enum rmk_code
take_along(struct call *c, const struct move *m, struct rmk_str raw, struct rmk_str *out,
    struct rmk_err *err)
{
	const struct picked *p = &m->from.table;
	struct rmk_str what;

	*out = raw;
	if (rmk_str_eq(p->file->path, m->to.file->path))
		return RMK_OK;
	raw = rmk_references_inline(c->arena, p->file->doc, raw);
	if (rmk_links_rebase(c->arena, raw, p->file->path, m->to.file->path, out, &what))
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%.*s:%u: '%.*s' leans on the file it stands in",
	    RMK_FMT(p->file->path), p->file->doc->tables[p->table].rows[m->from.row].line,
	    RMK_FMT(what));
	return rmk_hint(err, "write the whole address, or move it by hand");
}

// The target's column for one of the source's: of the same name, or the status of both.
static size_t
target_column(const struct rmk_schema *from, size_t col, const struct rmk_schema *to)
{
	for (size_t i = 0; i < to->ncols; i++) {
		if (rmk_str_eq(to->fields[i].key, from->fields[col].key))
			return i;
	}
	if (from->nstatus == 1 && to->nstatus == 1 && from->status[0] == col)
		return to->status[0];
	return RMK_NONE;
}

// A word of a declared status is spelled as the target spells it.
static struct rmk_str
moved_value(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw)
{
	const struct rmk_term *term = field->declared && field->type == RMK_STATUS
	                                  ? rmk_field_term(a, field, raw)
	                                  : NULL;

	return rmk_cell_content(a, term ? term->raw : raw);
}

static enum rmk_code
move_values(struct call *c, const struct move *m, bool drop, struct rmk_str *values,
    struct rmk_err *err)
{
	const struct picked *p = &m->from.table;
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_schema *from = file_schema(c->arena, p->file, p->table);
	const struct rmk_schema *to = file_schema(c->arena, m->to.file, m->to.table);
	const struct rmk_row *row = &doc->tables[p->table].rows[m->from.row];

	if (row->ncells > from->ncols)
		return rmk_fail(err, RMK_REFUSED,
		    "%.*s:%u: has more cells than there are columns",
		    RMK_FMT(p->file->path), row->line);
	for (size_t col = 0; col < to->ncols; col++)
		values[col] = RMK_STR("");
	for (size_t col = 0; col < from->ncols; col++) {
		struct rmk_str raw = rmk_doc_cell(doc, row, col);
		size_t at = target_column(from, col, to);

		if (take_along(c, m, raw, &raw, err))
			return err->code;
		if (at != RMK_NONE && values[at].n == 0) {
			values[at] = moved_value(c->arena, &to->fields[at], raw);
		} else if (raw.n && !drop) {
			rmk_fail(err, RMK_REFUSED, "%.*s: no column for '%.*s' of '%.*s'",
			    RMK_FMT(picked_address(c->arena, &m->to)),
			    RMK_FMT(from->fields[col].label),
			    RMK_FMT(picked_row_name(c->arena, p, m->from.row)));
			return rmk_hint(err, "--drop leaves such cells behind");
		}
	}
	return RMK_OK;
}

// A row whose cells all go as they are keeps its line where it comes under the same header, a
// short one too.
static void
keep_line(struct call *c, const struct move *m, struct rmk_change *add)
{
	const struct picked *p = &m->from.table;
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	const struct rmk_row *row = &t->rows[m->from.row];

	if (row->ncells > t->ncols ||
	    t->ncols != m->to.file->doc->tables[m->to.table].ncols)
		return;
	for (size_t col = 0; col < t->ncols; col++) {
		if (!rmk_str_eq(add->values[col],
			rmk_cell_content(c->arena, rmk_doc_cell(doc, row, col))))
			return;
	}
	add->line = rmk_row_written(doc, row);
	add->header = rmk_row_written(doc, &t->header);
}

static enum rmk_code
check_target_key(struct call *c, const struct move *m, const struct rmk_str *values,
    struct rmk_err *err)
{
	const struct rmk_schema *to = file_schema(c->arena, m->to.file, m->to.table);
	const struct rmk_doc *doc = m->to.file->doc;
	const struct rmk_table *t = &doc->tables[m->to.table];
	struct rmk_str key = rmk_value_key(
	    c->arena, rmk_cell_raw(c->arena, values[to->key]));

	for (size_t r = 0; r < t->nrows && key.n; r++) {
		if (!rmk_str_eq(key,
			rmk_value_key(c->arena, rmk_doc_cell(doc, &t->rows[r], to->key))))
			continue;
		rmk_fail(err, RMK_FASTER, "%.*s:%u: there is a row '%.*s' already",
		    RMK_FMT(m->to.file->path), t->rows[r].line, RMK_FMT(values[to->key]));
		return faster(c, m->to.file, err, "");
	}
	return RMK_OK;
}

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

// The gate besides: a row that goes must have come. Where it was taken for one that is in
// the target already, or the target for the table it comes from, it would be lost.
static enum rmk_code
check_none_lost(const struct move_job *job, const char *version,
    const struct rmk_doc *old, const struct rmk_doc *new_, struct rmk_err *err)
{
	long wanted = 0, is = 0;

	for (size_t i = 0; i < job->n; i++)
		wanted += job->v[i].kind == RMK_CHANGE_ADD ? 1 : -1;
	for (size_t t = 0; t < old->ntables; t++)
		is -= (long)old->tables[t].nrows;
	for (size_t t = 0; t < new_->ntables; t++)
		is += (long)new_->tables[t].nrows;
	if (is == wanted || strcmp(version, RMK_VERSION_HOOK) == 0)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%s: %.*s: a row would be lost or stand twice",
	    version, RMK_FMT(new_->path));
	return rmk_hint(err, "commit what is new in the file first, or use --no-commit");
}

static enum rmk_code
move_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct move_job *job = ctx;
	struct rmk_buf why = {.arena = a};
	struct rmk_doc *old, *doc, *new_;
	struct rmk_str made = text;

	if (make_targets(job, a, version, path, &made, err) ||
	    rmk_doc_parse(a, path, text, 0, &old, err) ||
	    rmk_doc_parse(a, path, made, 0, &doc, err) ||
	    rmk_changes_apply(a, version, doc, job->v, job->n, &made, err) ||
	    rmk_doc_parse(a, path, made, 0, &new_, err) ||
	    check_none_lost(job, version, old, new_, err) ||
	    rmk_check_gate(a, (const struct rmk_doc *const[]){old},
		(const struct rmk_doc *const[]){new_}, 1, err))
		return err->code;
	*out = rmk_render_refresh(a, path, made, rmk_view_make, &why);
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
		if (rmk_str_eq(job->file->path, file->path))
			return job;
	}
	job = RMK_NEW(c->arena, struct move_job);
	job->file = file;
	job->v = RMK_NEW_N(c->arena, struct rmk_change, 2 * most);
	job->targets = RMK_NEW_N(c->arena, struct new_target, most);
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

static enum rmk_code
plan_move(struct call *c, const struct move *m, bool drop, struct write_file *files,
    size_t *nfiles, size_t most, struct rmk_err *err)
{
	const struct picked *p = &m->from.table;
	const struct rmk_schema *from = file_schema(c->arena, p->file, p->table);
	const struct rmk_schema *to = file_schema(c->arena, m->to.file, m->to.table);
	struct move_job *source = job_of(files, nfiles, c, p->file, most);
	struct move_job *target = job_of(files, nfiles, c, m->to.file, most);
	struct rmk_change add = {.kind = RMK_CHANGE_ADD};
	struct rmk_change gone = {.kind = RMK_CHANGE_REMOVE};

	add.values = RMK_NEW_N(c->arena, struct rmk_str, to->ncols);
	if (move_values(c, m, drop, add.values, err) ||
	    check_target_key(c, m, add.values, err))
		return err->code;
	add.table = rmk_table_identify(c->arena, m->to.file->doc, m->to.table, to);
	keep_line(c, m, &add);
	gone.table = rmk_table_identify(c->arena, p->file->doc, p->table, from);
	gone.row = rmk_row_identify(c->arena, p->file->doc, p->table, from, m->from.row);
	if (m->heading.n)
		add_target(c, target, m, &add.table);
	target->v[target->n++] = add;
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

enum exit_status
move_rows(
    struct call *c, const struct move *moves, size_t n, bool drop, struct rmk_str message)
{
	struct write_file *files = RMK_NEW_N(c->arena, struct write_file, 2 * n);
	struct rmk_commit_result result = {0};
	struct rmk_err err;
	size_t nfiles = 0;

	if (check_referrers(c, moves, n, &err))
		return complain(&err);
	for (size_t i = 0; i < n; i++) {
		if (plan_move(c, &moves[i], drop, files, &nfiles, n, &err))
			return complain(&err);
	}
	if (write_quietly(c, files, nfiles, message, &result, &err))
		return write_failed(c, &err);
	if (opt_on(c, "dry-run"))
		return FINE;
	if (!c->quiet)
		report_moves(c, moves, n);
	report_commit(c, &result);
	return FINE;
}
