// Progress over history: how many cells were done after each commit of a file, oldest
// first: progress [FILE]
//
//	2026-01-02  2 of 13  A reading list
#include <rowmark.h>
#include <rowmark_git.h>

#include <err.h>
#include <stdio.h>
#include <time.h>

// One version is read, counted and forgotten, so memory does not grow with the history.
static enum rmk_code
examples_progress_count(
    struct rmk_repo *repo, const struct rmk_revision *v, struct rmk_err *e)
{
	struct rmk_arena arena = {0};
	struct rmk_summary sum = {.arena = &arena};
	struct rmk_summary_opts opts = {0};
	time_t when = (time_t)v->author.time;
	struct rmk_doc *doc;
	struct rmk_str text;
	char date[16];

	if (rmk_git_log_read(&arena, repo, v, &text, e) ||
	    rmk_doc_parse(&arena, v->path, text, 0, &doc, e) ||
	    rmk_summary_doc(&sum, doc, &opts, e))
		goto out;
	rmk_summary_finish(&sum);
	strftime(date, sizeof date, "%Y-%m-%d", gmtime(&when));
	printf("%s  %zu of %zu  %.*s\n", date, sum.total.by[RMK_DONE], sum.total.total,
	    RMK_FMT(v->subject));
	e->code = RMK_OK;
out:
	rmk_arena_free(&arena);
	return e->code;
}

int
main(int argc, char **argv)
{
	struct rmk_str typed = rmk_str_of(argc > 1 ? argv[1] : "README.md"), path;
	struct rmk_git_log_opts opts = {.paths = &path, .npaths = 1};
	struct rmk_arena arena = {0};
	struct rmk_revisions versions;
	struct rmk_repo *repo;
	struct rmk_err e;

	if (rmk_repo_open(&arena, RMK_STR(""), &repo, &e) ||
	    rmk_repo_path(&arena, repo, typed, &path, &e) ||
	    rmk_git_log(&arena, repo, &opts, &versions, &e))
		errx(2, "%s", e.msg);
	for (size_t i = versions.n; i-- > 0;)
		if (examples_progress_count(repo, &versions.v[i], &e))
			errx(2, "%s", e.msg);
	rmk_repo_close(repo);
	rmk_arena_free(&arena);
	return 0;
}
