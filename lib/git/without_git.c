// libgit2's answers where there is no git program: see without_git.h.
#include "git/without_git.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "git/engine.h"

#include <git2/sys/repository.h>

// What libgit2 would get wrong is git's alone.
static enum rmk_code
need_libgit2(const struct rmk_repo *repo, struct rmk_err *err)
{
	if (repo->git && repo->engine == &rmk_engine_libgit2)
		return RMK_OK;
	rmk_fail(err, RMK_GIT, "%.*s: this repository is read by git, and there is none",
	    RMK_FMT(repo->gitdir));
	return rmk_hint(err, "install git, or put it on PATH");
}

static enum rmk_code
fail_without_git(const struct rmk_repo *repo, const char *what, struct rmk_err *err)
{
	bool shallow = git_repository_is_shallow(repo->git) == 1;

	rmk_git_fail(err, "%s, without git", what);
	return shallow ? rmk_hint(err, "install git, which knows of shallow clones")
	               : rmk_hint(err, "install git, or put it on PATH");
}

// The index that git would read. libgit2 keeps the one of the worktree else.
static int
take_index(struct rmk_repo *repo, git_index **out)
{
	int e = git_index_open(out, rmk_str_c(repo->a, repo->index));

	if (e == 0)
		e = git_repository_set_index(repo->git, *out);
	return e;
}

// --- what differs --------------------------------------------------------------------------

// A tree by any name of its commit.
static int
tree_by_name(struct rmk_repo *repo, const char *rev, git_tree **out)
{
	git_object *found = NULL, *tree = NULL;
	int e = git_revparse_single(&found, repo->git, rev);

	if (e == 0)
		e = git_object_peel(&tree, found, GIT_OBJECT_TREE);
	git_object_free(found);
	*out = (git_tree *)tree;
	return e;
}

// What differs between a commit, and the index or (what git diff compares) the worktree.
static int
diff_from(struct rmk_repo *repo, const char *rev, bool staged, git_diff **out)
{
	git_index *index = NULL;
	git_tree *tree = NULL;
	int e = take_index(repo, &index);

	if (e == 0)
		e = tree_by_name(repo, rev, &tree);
	if (e == 0)
		e = staged
		        ? git_diff_tree_to_index(out, repo->git, tree, index, NULL)
		        : git_diff_tree_to_workdir_with_index(out, repo->git, tree, NULL);
	git_tree_free(tree);
	git_index_free(index);
	return e;
}

enum rmk_code
rmk_libgit2_staged(struct rmk_repo *repo, void (*add)(void *ctx, struct rmk_str path),
    void *ctx, struct rmk_err *err)
{
	git_diff *diff = NULL;

	if (need_libgit2(repo, err))
		return RMK_GIT;
	if (diff_from(repo, "HEAD", true, &diff) < 0)
		return fail_without_git(repo, "cannot compare what is staged", err);
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *d = git_diff_get_delta(diff, i);

		if (d->status != GIT_DELTA_DELETED && d->status != GIT_DELTA_CONFLICTED)
			add(ctx, rmk_str_of(d->new_file.path));
	}
	git_diff_free(diff);
	return RMK_OK;
}

enum rmk_code
rmk_libgit2_renames(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    bool staged, struct rmk_git_rename **out, size_t *n, struct rmk_err *err)
{
	git_diff_find_options how;
	git_diff *diff = NULL;
	size_t cap = 0;

	if (need_libgit2(repo, err))
		return RMK_GIT;
	git_diff_find_options_init(&how, GIT_DIFF_FIND_OPTIONS_VERSION);
	how.flags = GIT_DIFF_FIND_RENAMES;
	if (diff_from(repo, rmk_str_c(a, rev), staged, &diff) < 0 ||
	    git_diff_find_similar(diff, &how) < 0) {
		git_diff_free(diff);
		return fail_without_git(repo, "cannot look for renames", err);
	}
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *d = git_diff_get_delta(diff, i);

		if (d->status == GIT_DELTA_RENAMED)
			*RMK_PUSH(a, *out, *n, cap) = (struct rmk_git_rename){
			    rmk_str_copy(a, rmk_str_of(d->old_file.path)),
			    rmk_str_copy(a, rmk_str_of(d->new_file.path))};
	}
	git_diff_free(diff);
	return RMK_OK;
}

// --- commits ------------------------------------------------------------------------

static struct rmk_str
hex_of(struct rmk_arena *a, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];

	return rmk_str_copy(a, rmk_str_of(git_oid_tostr(hex, sizeof hex, id)));
}

enum rmk_code
rmk_libgit2_merge_base(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str one,
    struct rmk_str two, struct rmk_str *out, struct rmk_err *err)
{
	enum rmk_code code = need_libgit2(repo, err);
	struct rmk_oid x, y;
	git_oid gx, gy, base;
	int e;

	if (!code)
		code = rmk_repo_rev(repo, one, RMK_KIND_COMMIT, &x, err);
	if (!code)
		code = rmk_repo_rev(repo, two, RMK_KIND_COMMIT, &y, err);
	if (code)
		return code;
	gx = rmk_libgit2_oid(&x);
	gy = rmk_libgit2_oid(&y);
	e = git_merge_base(&base, repo->git, &gx, &gy);
	if (e == GIT_ENOTFOUND && git_repository_is_shallow(repo->git) != 1)
		return rmk_fail(err, RMK_NOT_FOUND, "no commit that both come from");
	if (e < 0)
		return fail_without_git(
		    repo, "cannot find where the two histories part", err);
	*out = hex_of(a, &base);
	return RMK_OK;
}

static int
note_commits(struct rmk_arena *a, struct rmk_repo *repo, git_revwalk *walk,
    int64_t moment, struct rmk_map *out)
{
	git_commit *c;
	git_oid id;
	int e;

	while ((e = git_revwalk_next(&id, walk)) == 0) {
		if ((e = git_commit_lookup(&c, repo->git, &id)) < 0)
			return e;
		if (git_commit_time(c) >= moment)
			*rmk_map_put(out, hex_of(a, &id)) = 0;
		git_commit_free(c);
	}
	return e == GIT_ITEROVER ? 0 : e;
}

enum rmk_code
rmk_libgit2_commits_since(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    int64_t moment, struct rmk_map *out, struct rmk_err *err)
{
	enum rmk_code code = need_libgit2(repo, err);
	git_revwalk *walk = NULL;
	struct rmk_oid hide;
	int e;

	if (!code && rev.n)
		code = rmk_repo_rev(repo, rev, RMK_KIND_COMMIT, &hide, err);
	if (code)
		return code;
	e = git_revwalk_new(&walk, repo->git);
	if (e == 0)
		e = git_revwalk_push_head(walk);
	if (e == 0 && rev.n) {
		git_oid id = rmk_libgit2_oid(&hide);

		e = git_revwalk_hide(walk, &id);
	}
	if (e == 0)
		e = note_commits(a, repo, walk, rev.n ? INT64_MIN : moment, out);
	git_revwalk_free(walk);
	return e < 0 ? fail_without_git(repo, "cannot walk the commits", err) : RMK_OK;
}

// --- who and what commits say -------------------------------------------------------

static bool
is_latin_1(struct rmk_str encoding)
{
	static const char *const names[] = {"ISO-8859-1", "ISO8859-1", "ISO_8859-1",
	    "ISO88591", "latin1", "latin-1", "l1"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (rmk_str_eq_nocase(encoding, rmk_str_of(names[i])))
			return true;
	return false;
}

static struct rmk_str
from_latin_1(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_buf out = {.arena = a};
	char utf8[4];

	for (size_t i = 0; i < text.n; i++) {
		size_t n = rmk_utf8_encode((unsigned char)text.s[i], utf8);

		rmk_buf_add(&out, (struct rmk_str){utf8, n});
	}
	return rmk_buf_str(&out);
}

// False: its encoding is another one.
static bool
decode_words(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_revision *v)
{
	git_commit *c = NULL;
	git_oid id = rmk_libgit2_oid(&v->commit);
	const char *encoding = NULL;
	bool known;

	if (git_commit_lookup(&c, repo->git, &id) == 0)
		encoding = git_commit_message_encoding(c);
	known = encoding && is_latin_1(rmk_str_of(encoding));
	if (known) {
		v->author.name = from_latin_1(a, v->author.name);
		v->committer.name = from_latin_1(a, v->committer.name);
		v->subject = from_latin_1(a, v->subject);
	}
	known = known || !encoding ||
	        rmk_str_eq_nocase(rmk_str_of(encoding), RMK_STR("UTF-8"));
	git_commit_free(c);
	return known;
}

static void
map_stamp(struct rmk_arena *a, const git_mailmap *map, struct rmk_stamp *s)
{
	const char *name, *mail;

	if (git_mailmap_resolve(
		&name, &mail, map, rmk_str_c(a, s->name), rmk_str_c(a, s->mail)))
		return;
	s->name = rmk_str_copy(a, rmk_str_of(name));
	s->mail = rmk_str_copy(a, rmk_str_of(mail));
}

bool
rmk_libgit2_log_show(
    struct rmk_arena *a, struct rmk_repo *repo, bool mapped, struct rmk_revisions *r)
{
	git_mailmap *map = NULL;
	bool all = true;

	if (need_libgit2(repo, NULL))
		return false;
	if (mapped && git_mailmap_from_repository(&map, repo->git) < 0)
		all = false;
	for (size_t i = 0; i < r->n; i++) {
		if (r->v[i].encoded && !decode_words(a, repo, &r->v[i]))
			all = false;
		if (map) {
			map_stamp(a, map, &r->v[i].author);
			map_stamp(a, map, &r->v[i].committer);
		}
	}
	git_mailmap_free(map);
	return all;
}
