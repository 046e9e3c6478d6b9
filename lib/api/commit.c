// What was kept becomes one commit, or is written to the files. See rowmark.h.
#include "api/api.h"

#include "check/constraint_gate.h"

#include "gfm/cells.h"
#include "git/commit.h"
#include "sql/view.h"
#include "summary/region.h"
#include "table/value.h"

// Somebody else may write between our reading and our lock; so often it is read anew.
#define MOST_TRIES 10

static enum rmk_code
make_version(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct api_file *f = ctx;
	struct rmk_str made = text;

	for (size_t i = 0; i < f->npending; i++)
		if (rmk_changes_make_text(a, version, path, made, NULL,
			&f->pending[i].change, 1, &made, err))
			return err->code;
	*out = rmk_render_refresh(a, path, made, rmk_view_make, NULL);
	return RMK_OK;
}

// --- the message --------------------------------------------------------------------

static void
add_message_line(struct rmk_buf *b, const struct api_pending *p)
{
	struct rmk_arena *a = b->arena;
	struct rmk_str old = rmk_value_text(a, p->change.old);
	struct rmk_str now = rmk_value_text(a, rmk_cell_raw(a, p->change.value));

	if (p->change.kind != RMK_CHANGE_SET) {
		rmk_buf_adds(b, p->change.kind == RMK_CHANGE_ADD ? "Add " : "Remove ");
		rmk_buf_add(b, rmk_shown(a, p->shown));
		return;
	}
	rmk_buf_printf(b, "%.*s: %.*s -> %.*s", RMK_FMT(rmk_shown(a, p->shown)),
	    RMK_FMT(rmk_shown(a, old.n ? old : RMK_STR("(empty)"))),
	    RMK_FMT(rmk_shown(a, now.n ? now : RMK_STR("(empty)"))));
}

// The changes, as a command of one change or of several says them.
static struct rmk_str
message_of_changes(struct rmk_arena *a, const struct rmk_db *db, size_t n)
{
	struct rmk_buf b = {.arena = a};

	if (n != 1)
		rmk_buf_printf(&b, "%zu changes\n\n", n);
	for (const struct api_file *f = db->files; f; f = f->next) {
		for (size_t i = 0; i < f->npending; i++) {
			if (f->pending[i].besides)
				continue;
			add_message_line(&b, &f->pending[i]);
			if (n != 1)
				rmk_buf_addc(&b, '\n');
		}
	}
	return rmk_buf_str(&b);
}

// --- reading anew -------------------------------------------------------------------

// A value that the file has and HEAD has not is still to be committed: what HEAD holds is
// then the old one.
static void
look_in_head(
    struct rmk_db *db, struct rmk_arena *a, struct rmk_str path, struct api_pending *p)
{
	struct rmk_err unused;
	struct rmk_str text, raw;
	struct rmk_doc *doc;

	if (p->change.kind != RMK_CHANGE_SET ||
	    !rmk_str_eq(rmk_cell_content(a, p->change.old), p->change.value) ||
	    rmk_repo_read(a, db->repo, RMK_STR("HEAD"), path, &text, &unused) ||
	    rmk_doc_parse(a, path, text, 0, &doc, &unused) ||
	    rmk_change_cell(a, "HEAD", doc, &p->change, &raw, &unused))
		return;
	p->change.old = rmk_str_copy(&db->file_arena, raw);
}

// What was expected of a cell must hold in what the file is now.
static enum rmk_code
check_expectation(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct api_pending *p, struct rmk_err *err)
{
	struct rmk_str raw;

	if (!p->expect.s)
		return RMK_OK;
	if (rmk_change_cell(a, "the worktree", doc, &p->change, &raw, err))
		return err->code;
	if (rmk_str_eq(rmk_value_key(a, raw), rmk_value_key(a, p->expect)))
		return RMK_OK;
	rmk_fail(err, RMK_FASTER, "'%.*s' is '%.*s', not '%.*s'", RMK_FMT(p->shown),
	    RMK_FMT(rmk_value_text(a, raw)), RMK_FMT(p->expect));
	return rmk_hint(err, "somebody was faster");
}

// Read a file anew and make its changes in it. Where that fails the file is known as it was, so
// that asking again gives the same answer.
static enum rmk_code
renew(struct rmk_db *db, struct rmk_arena *a, struct api_file *f, struct rmk_err *err)
{
	struct rmk_file_id id;
	struct rmk_str seen, text;

	if (rmk_file_read(&db->file_arena, f->real, &seen, &id, err))
		return err->code;
	text = seen;
	for (size_t i = 0; i < f->npending; i++) {
		struct rmk_doc *doc;

		if (rmk_doc_parse(a, f->path, text, 0, &doc, err) ||
		    check_expectation(a, doc, &f->pending[i], err) ||
		    rmk_changes_make(
			a, "the worktree", doc, &f->pending[i].change, 1, &text, err))
			return err->code;
	}
	if (api_file_replace(
		db, f, rmk_render_refresh(a, f->path, text, rmk_view_make, NULL), err))
		return err->code;
	f->seen = seen;
	f->id = id;
	return RMK_OK;
}

static enum rmk_code
renew_all(struct rmk_db *db, struct rmk_arena *a, struct rmk_err *err)
{
	for (struct api_file *f = db->files; f; f = f->next)
		if (f->npending && renew(db, a, f, err))
			return err->code;
	return RMK_OK;
}

// --- writing ------------------------------------------------------------------------

static size_t
count_pending(const struct rmk_db *db, size_t *nfiles)
{
	size_t n = 0;

	*nfiles = 0;
	for (const struct api_file *f = db->files; f; f = f->next) {
		for (size_t i = 0; i < f->npending; i++)
			n += !f->pending[i].besides;
		*nfiles += f->npending > 0;
	}
	return n;
}

static enum rmk_code
rewrites_of(
    struct rmk_db *db, struct rmk_arena *a, struct rmk_rewrite *out, struct rmk_err *err)
{
	size_t n = 0;

	for (struct api_file *f = db->files; f; f = f->next) {
		if (f->npending == 0)
			continue;
		out[n] = (struct rmk_rewrite){
		    .make = make_version, .ctx = f, .seen = f->seen};
		if (rmk_repo_path(a, db->repo, f->real, &out[n].path, err))
			return err->code;
		for (size_t i = 0; i < f->npending; i++)
			look_in_head(db, a, out[n].path, &f->pending[i]);
		n++;
	}
	return RMK_OK;
}

static enum rmk_code
write_with(struct rmk_db *db, struct rmk_result *r, struct rmk_commit_opts *opts)
{
	struct rmk_arena *a = &r->arena;
	struct rmk_commit_result made = {0};
	struct rmk_rewrite *files;
	size_t nfiles, n = count_pending(db, &nfiles);
	struct rmk_repo *repo;
	enum rmk_code code;

	if (n == 0)
		return RMK_OK;
	if (api_repo(db, &repo, &r->err))
		return r->err.code;
	if (!opts->message.n)
		opts->message = message_of_changes(a, db, n);
	files = RMK_NEW_N(a, struct rmk_rewrite, nfiles);
	for (int tries = 0;; tries++) {
		if (rewrites_of(db, a, files, &r->err))
			return r->err.code;
		code = rmk_commit_make(a, repo, files, nfiles, opts, &made, &r->err);
		if (code != RMK_STALE || tries == MOST_TRIES)
			break;
		if (renew_all(db, a, &r->err))
			return r->err.code;
	}
	if (code)
		return code;
	memcpy(r->commit, made.id, sizeof r->commit);
	rmk_buf_add(&r->notes, made.note);
	rmk_discard(db); // none waits any more; files are read anew
	return RMK_OK;
}

static enum rmk_code
commit_all(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	struct rmk_commit_opts opts = {
	    .depth = db->stage ? RMK_WRITE_STAGE : RMK_WRITE_COMMIT,
	    .message = rmk_str_of(args->value),
	    .author = db->author,
	    .date = db->date,
	    .no_verify = db->no_verify,
	};

	return write_with(db, r, &opts);
}

int
rmk_commit(struct rmk_db *db, const char *message, struct rmk_result **result)
{
	const struct api_args args = {.value = message};

	return api_run(db, result, commit_all, &args);
}

// Outside a repository each file is written by itself.
static enum rmk_code
save_plain(struct rmk_db *db, struct rmk_result *r)
{
	for (struct api_file *f = db->files; f; f = f->next) {
		struct rmk_file_new new;

		if (f->npending == 0)
			continue;
		if (rmk_file_prepare(&r->arena, RMK_STR(""), f->real, &f->id,
			f->doc->text, &new, &r->err) ||
		    rmk_file_commit(&new, &r->err))
			return r->err.code;
		f->npending = 0;
	}
	rmk_discard(db);
	return RMK_OK;
}

static enum rmk_code
save_all(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	struct rmk_commit_opts opts = {.depth = RMK_WRITE_FILE};
	struct rmk_repo *repo;
	enum rmk_code code;

	(void)args;
	if (db->is_text)
		return RMK_OK;
	code = api_repo(db, &repo, &r->err);
	if (code == RMK_NO_REPO) {
		r->err = (struct rmk_err){0};
		return save_plain(db, r);
	}
	return code ? code : write_with(db, r, &opts);
}

int
rmk_save(struct rmk_db *db, struct rmk_result **result)
{
	const struct api_args args = {0};

	return api_run(db, result, save_all, &args);
}
