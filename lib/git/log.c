// The versions of files: where a walk starts and what bounds it.
//
// Two walks share this door: along first parents, all files at once, which is what most
// people mean by the history of a file and costs two reads a commit (log_first_parent.c);
// and over all commits, one file at a time (log_all_parents.c).
#include "git/log.h"
#include "git/object_read.h"
#include "io/file.h"

#include "table/doc.h"

#include <stdlib.h>
#include <string.h>

struct rmk_str
rmk_repo_cache(struct rmk_arena *a, const struct rmk_repo *repo)
{
	return rmk_str_printf(a, "%.*srowmark/", RMK_FMT(repo->common));
}

// One commit a line; the file is there in a shallow clone only.
static void
read_shallow(struct rmk_walk *w)
{
	struct rmk_str rest, line;
	size_t cap = 0;

	if (rmk_file_read(w->a,
		rmk_str_printf(w->a, "%.*sshallow", RMK_FMT(w->repo->common)), &rest,
		NULL, NULL))
		return;
	while (rmk_str_split(&rest, '\n', &line)) {
		struct rmk_oid id;
		if (rmk_oid_parse(rmk_str_trim(line), &id))
			*RMK_PUSH(w->a, w->shallow, w->nshallow, cap) = id;
	}
}

static void
read_grafts(struct rmk_walk *w)
{
	const char *given = getenv("GIT_GRAFT_FILE");
	struct rmk_str path = given ? rmk_str_of(given)
	                            : rmk_str_printf(w->a, "%.*sinfo/grafts",
					  RMK_FMT(w->repo->common));

	rmk_file_read(w->a, path, &w->grafts, NULL, NULL);
}

static enum rmk_code
find_start(struct rmk_walk *w, struct rmk_oid *out, struct rmk_err *err)
{
	struct rmk_str rev = w->opts->rev.n ? w->opts->rev : RMK_STR("HEAD");
	struct rmk_str head = RMK_STR("HEAD");
	enum rmk_code code = rmk_repo_rev(w->repo, rev, RMK_KIND_COMMIT, out, err);
	struct rmk_oid id;

	if (code && !w->opts->rev.n &&
	    w->repo->engine->ref(w->repo, head, &id, NULL) == RMK_NOT_FOUND)
		return rmk_fail(
		    err, RMK_NOT_FOUND, "there is no commit yet, and so no history");
	return code;
}

void
rmk_git_log_tune(void)
{
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
}

enum rmk_code
rmk_git_log(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_git_log_opts *opts, struct rmk_revisions *out, struct rmk_err *err)
{
	struct rmk_revisions found = {0};
	struct rmk_walk w = {.a = a, .repo = repo, .out = &found, .opts = opts};
	struct rmk_oid start;
	enum rmk_code code;

	read_shallow(&w);
	read_grafts(&w);
	code = find_start(&w, &start, err);
	found.start = start;
	if (!code)
		code = opts->full ? rmk_walk_full(&w, &start, err)
		                  : rmk_walk_first(&w, &start, err);
	if (code)
		return code;
	if (found.n == 0 && opts->npaths == 1)
		return rmk_fail(err, RMK_NOT_FOUND, "%.*s: no commit has it",
		    RMK_FMT(opts->paths[0]));
	*out = found;
	return RMK_OK;
}

enum rmk_code
rmk_git_log_read(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_revision *v,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_object object;
	struct rmk_err why = {0};
	enum rmk_code code;

	*out = (struct rmk_str){"", 0};
	if (v->gone)
		return RMK_OK;
	code = rmk_object_open(repo, &v->blob, RMK_KIND_BLOB, &object, &why);
	if (code) {
		rmk_fail(err, RMK_GIT,
		    "%.*s: its version in commit %.*s cannot be read: %s",
		    RMK_FMT(v->path), RMK_FMT(rmk_oid_hex(a, &v->commit, 10)),
		    code == RMK_NOT_FOUND ? "it is missing" : why.msg);
		return rmk_hint(
		    err, "in a partial clone: git fetch --refetch --no-filter");
	}
	if (object.text.n > RMK_MAX_FILE)
		code = rmk_fail(err, RMK_TOO_BIG, "%.*s: larger than %zu bytes",
		    RMK_FMT(v->path), RMK_MAX_FILE);
	else
		*out = rmk_str_copy(a, object.text);
	rmk_object_close(&object);
	return code;
}
