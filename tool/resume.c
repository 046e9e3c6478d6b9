// A killed command, once more: see resume.h.
#include "resume.h"
#include "out.h"

bool
resume_is(struct call *c)
{
	struct rmk_repo *repo;
	struct rmk_err unused;

	return call_repo(c, &repo, &unused) == RMK_OK && rmk_repo_interrupted(repo);
}

// The file as a commit has it; written is still the worktree's.
static struct file *
file_at(struct call *c, const struct file *now, const char *rev)
{
	struct file *f = RMK_NEW(c->arena, struct file);
	struct rmk_str path, text;
	struct rmk_err unused;

	*f = *now;
	if (rmk_repo_path(c->arena, c->repo, now->source.path, &path, &unused) ||
	    rmk_repo_read(c->arena, c->repo, rmk_str_of(rev), path, &text, &unused) ||
	    rmk_doc_parse(c->arena, f->path, text, 0, &f->doc, &unused))
		return NULL;
	f->schemas = RMK_NEW_N(c->arena, struct rmk_schema *, f->doc->ntables + 1);
	return f;
}

// --- set ------------------------------------------------------------------------

static bool
holds_value(struct rmk_arena *a, const struct rmk_change *change)
{
	return change->kind == RMK_CHANGE_SET &&
	       rmk_str_eq(rmk_cell_content(a, change->old), change->value);
}

void
resume_cell(struct call *c, struct write *w)
{
	const struct file *head;
	struct rmk_str old;

	if (!holds_value(c->arena, &w->change) ||
	    w->file->source.place != RMK_FROM_WORKTREE || !resume_is(c))
		return;
	head = file_at(c, w->file, "HEAD");
	if (head && !rmk_change_cell(c->arena, "HEAD", head->doc, &w->change, &old, NULL))
		w->change.old = old;
}

// --- rm -------------------------------------------------------------------------

// The tables of a commit that are those picked, by their addresses.
static size_t
tables_at(struct call *c, const struct picked *now, size_t n, const char *rev,
    struct picked *out)
{
	struct file *last = NULL, *then = NULL;
	struct rmk_err unused;
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		struct rmk_str name = rmk_address_name(
		    c->arena, now[i].file->doc, now[i].table);

		if (now[i].file != last) {
			last = now[i].file;
			then = file_at(c, last, rev);
		}
		out[count].file = then;
		if (then && !rmk_address_table(
				c->arena, then->doc, name, &out[count].table, &unused))
			count++;
	}
	return count;
}

static enum rmk_match
best_match(struct call *c, const struct picked *tables, size_t n, struct rmk_str row)
{
	enum rmk_match best = RMK_MATCH_NONE;

	for (size_t i = 0; i < n; i++) {
		const struct picked *p = &tables[i];
		struct rmk_hits hits = rmk_address_rows(c->arena, p->file->doc, p->table,
		    file_schema(c->arena, p->file, p->table), row);

		if (hits.n && (best == RMK_MATCH_NONE || hits.level < best))
			best = hits.level;
	}
	return best;
}

size_t
resume_tables(struct call *c, const struct picked *now, size_t n, struct rmk_str row,
    const struct picked **out)
{
	static const char *const revs[] = {"HEAD", "HEAD~1"};
	enum rmk_match best = best_match(c, now, n, row);
	size_t count = n;

	*out = now;
	for (size_t i = 0; i < 2; i++) {
		struct picked *then = RMK_NEW_N(c->arena, struct picked, n + 1);
		size_t m = tables_at(c, now, n, revs[i], then);
		enum rmk_match match = best_match(c, then, m, row);

		if (match == RMK_MATCH_NONE || (best != RMK_MATCH_NONE && match >= best))
			continue;
		best = match;
		*out = then;
		count = m;
	}
	return count;
}

// --- sql ------------------------------------------------------------------------

// A commit of nothing takes the lock of the dead, and gives it back.
static enum rmk_code
clear_lock(struct call *c, struct rmk_err *err)
{
	struct rmk_commit_opts nothing = {.depth = RMK_WRITE_FILE};
	struct rmk_commit_result unused;

	return rmk_commit_make(c->arena, c->repo, NULL, 0, &nothing, &unused, err);
}

enum rmk_code
resume_refuse(struct call *c, struct file *const *files, size_t n, struct rmk_err *err)
{
	for (size_t i = 0; i < n && resume_is(c); i++) {
		const struct file *f = files[i], *head;

		if (f->source.place != RMK_FROM_WORKTREE)
			continue;
		head = file_at(c, f, "HEAD");
		if (!head || rmk_str_eq(head->doc->text, f->doc->text))
			continue;
		if (clear_lock(c, err))
			return err->code;
		rmk_fail(err, RMK_REFUSED,
		    "%.*s: a rowmark was killed here, which may have written the file "
		    "and not committed it",
		    RMK_FMT(f->path));
		return rmk_hint(err,
		    "see 'git diff HEAD': commit it, or 'git checkout HEAD -- FILE' "
		    "takes it back; then run this again");
	}
	return RMK_OK;
}

// --- all ------------------------------------------------------------------------

void
resume_report(struct call *c)
{
	if (c->repo && rmk_repo_interrupted(c->repo))
		out_warn("note: a rowmark was killed while it committed here: 'git diff "
			 "HEAD' shows what it may have written; the next change takes "
			 "its lock away");
}
