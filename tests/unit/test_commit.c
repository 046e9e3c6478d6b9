// A commit of only our change, made through the library: which versions are asked for, in
// what order, what comes back, and that a refusal leaves everything as it was.
//
// The change here is the plainest there is: the word "old" becomes "new".
#include "unit.h"

#include "folder.h"

#include "git/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

static char dir[] = "/tmp/rowmark-commit-XXXXXX";

static struct rmk_str
said(struct rmk_arena *a, const char *script)
{
	struct rmk_buf out = {.arena = a};
	char part[500];
	FILE *f = popen(script, "r");
	size_t n;

	assert_non_null(f);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		rmk_buf_add(&out, (struct rmk_str){part, n});
	pclose(f);
	return rmk_str_copy(a, rmk_buf_str(&out));
}

// A new repository, entered: list.md and two.md say "a old b" in HEAD, list.md has a line
// more in the index and another in the worktree.
static void
fresh(void)
{
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(
	    system(
		"rm -rf repo bare.git; exec >/dev/null 2>&1; git init -q -b main repo && "
		"cd repo && echo 'a old b' >list.md && echo 'a old b' >two.md && git add "
		". && git commit -q -m first && git clone -q --bare . ../bare.git && "
		"echo "
		"staged >>list.md && git add . && echo dirty >>list.md"),
	    0);
	assert_int_equal(chdir("repo"), 0);
}

// All that could have been written.
static struct rmk_str
state_of(struct rmk_arena *a)
{
	return said(
	    a, "git rev-parse HEAD 2>&1; git ls-files -s; cat *.md; ls -A . .git");
}

static int
enter(void **state)
{
	(void)state;
	return folder_enter(dir);
}

static int
leave(void **state)
{
	(void)state;
	return folder_leave(dir);
}

// --- the change -----------------------------------------------------------------

struct assignment {
	struct rmk_buf *asked; // "PATH in VERSION; " of each call
	const char *refuse;    // the version that is refused
	const char *once;      // run by the first call
	int calls;
	struct rmk_str beside; // what was seen of HEAD, or of the index
};

static enum rmk_code
make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	struct assignment *w = ctx;
	size_t at = rmk_str_find(text, S("old"));

	if (w->asked)
		rmk_buf_printf(w->asked, "%.*s in %s; ", RMK_FMT(path), version);
	if (w->calls++ == 0 && w->once)
		assert_int_equal(system(w->once), 0);
	if (w->refuse && strcmp(w->refuse, version) == 0)
		return rmk_fail(err, RMK_CONFLICT, "%s will not do", version);
	*out = at == RMK_NONE
	           ? text
	           : rmk_str_printf(a, "%.*snew%.*s", RMK_FMT(rmk_str_part(text, 0, at)),
			 RMK_FMT(rmk_str_from(text, at + 3)));
	return RMK_OK;
}

static enum rmk_code
commit(struct rmk_arena *a, const char *folder, struct assignment *w, size_t nfiles,
    struct rmk_commit_opts opts, struct rmk_commit_result *out, struct rmk_err *err)
{
	struct rmk_rewrite files[] = {
	    {.path = S("list.md"), .make = make, .ctx = w, .seen_beside = w->beside},
	    {.path = S("two.md"), .make = make, .ctx = w}};
	struct rmk_repo *repo;
	enum rmk_code code;

	if (!opts.message.s)
		opts.message = S("old to new");
	assert_int_equal(rmk_repo_open(a, rmk_str_of(folder), &repo, err), RMK_OK);
	code = rmk_commit_make(a, repo, files, nfiles, &opts, out, err);
	rmk_repo_close(repo);
	return code;
}

// --- what it rests on -------------------------------------------------------------

static void
test_seen_beside(void **state)
{
	static const struct {
		enum rmk_depth depth;
		const char *seen; // NULL: nobody looked
		enum rmk_code code;
	} cases[] = {
	    {RMK_WRITE_COMMIT, NULL, RMK_OK},
	    {RMK_WRITE_COMMIT, "a old b\n", RMK_OK},
	    {RMK_WRITE_COMMIT, "a new b\n", RMK_STALE},
	    {RMK_WRITE_COMMIT, "a old b\nstaged\n", RMK_STALE},
	    {RMK_WRITE_STAGE, "a old b\nstaged\n", RMK_OK},
	    {RMK_WRITE_STAGE, "a old b\n", RMK_STALE},
	    {RMK_WRITE_FILE, "nothing of it", RMK_OK},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct assignment w = {0};
		struct rmk_commit_opts opts = {.depth = cases[i].depth};
		struct rmk_commit_result result;
		struct rmk_err err;
		struct rmk_str before;

		if (cases[i].seen)
			w.beside = rmk_str_of(cases[i].seen);
		fresh();
		before = state_of(&a);
		assert_int_equal(
		    commit(&a, ".", &w, 1, opts, &result, &err), cases[i].code);
		if (cases[i].code)
			assert_true(rmk_str_eq(state_of(&a), before));
		rmk_arena_free(&a);
	}
}

// --- how far it goes ------------------------------------------------------------

static void
test_depths(void **state)
{
	static const struct {
		enum rmk_depth depth;
		const char *asked, *head, *index;
	} cases[] = {
	    {RMK_WRITE_FILE, "list.md in the worktree; ", "a old b\n",
		"a old b\nstaged\n"},
	    {RMK_WRITE_STAGE, "list.md in the index; list.md in the worktree; ",
		"a old b\n", "a new b\nstaged\n"},
	    {RMK_WRITE_COMMIT,
		"list.md in HEAD; list.md in the index; list.md in the worktree; ",
		"a new b\n", "a new b\nstaged\n"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_buf asked = {.arena = &a};
		struct assignment w = {.asked = &asked};
		struct rmk_commit_result r;
		struct rmk_err err;

		fresh();
		struct rmk_commit_opts opts = {.depth = cases[i].depth};
		if (commit(&a, ".", &w, 1, opts, &r, &err))
			fail_msg("%s", err.msg);
		assert_text(rmk_buf_str(&asked), rmk_str_of(cases[i].asked), "asked");
		assert_text(
		    said(&a, "git show HEAD:list.md"), rmk_str_of(cases[i].head), "HEAD");
		assert_text(
		    said(&a, "git show :list.md"), rmk_str_of(cases[i].index), "index");
		assert_text(
		    said(&a, "cat list.md"), S("a new b\nstaged\ndirty\n"), "file");
		assert_text(
		    said(&a, "git fsck --strict --no-dangling 2>&1"), S(""), "fsck");
		assert_false(r.unchanged);
		if (cases[i].depth == RMK_WRITE_COMMIT) {
			assert_text(rmk_str_of(r.id),
			    rmk_str_trim(said(&a, "git rev-parse HEAD")), "id");
			assert_text(r.branch, S("main"), "branch");
			assert_text(r.subject, S("old to new"), "subject");
		} else {
			assert_int_equal(r.id[0], '\0');
		}
		rmk_arena_free(&a);
	}
}

static void
test_options(void **state)
{
	struct rmk_arena a = {0};
	struct assignment w = {0};
	struct rmk_commit_result r;
	struct rmk_err err;
	struct rmk_commit_opts opts = {.depth = RMK_WRITE_COMMIT,
	    .message = S("one\ntwo\n\n\nbody  \n\n"),
	    .author = S("Ben <ben@example.org>"),
	    .date = S("2020-02-03T04:05:06+0100")};

	(void)state;
	fresh();
	if (commit(&a, ".", &w, 1, opts, &r, &err))
		fail_msg("%s", err.msg);
	assert_text(r.subject, S("one two"), "subject");
	assert_text(said(&a, "git log -1 --format='%an %ae %at %cn%n%B'"),
	    S("Ben ben@example.org 1580699106 Ada\none\ntwo\n\nbody\n\n"), "log");
	// Once more: there is nothing left to change.
	struct rmk_str before = state_of(&a);
	assert_int_equal(commit(&a, ".", &w, 1, opts, &r, NULL), RMK_OK);
	assert_true(r.unchanged);
	assert_int_equal(r.id[0], '\0');
	assert_text(state_of(&a), before, "unchanged");
	rmk_arena_free(&a);
}

static size_t
files_open(void)
{
	DIR *d = opendir("/proc/self/fd");
	size_t n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n;
}

static void
test_no_file_stays_open(void **state)
{
	struct rmk_commit_opts opts = {.depth = RMK_WRITE_COMMIT};
	size_t before = 0;

	(void)state;
	// The first time libraries open what they keep.
	for (int i = 0; i < 2; i++) {
		struct rmk_arena a = {0};
		struct assignment w = {0};
		struct rmk_commit_result r;

		fresh();
		before = i ? files_open() : 0;
		assert_int_equal(commit(&a, ".", &w, 1, opts, &r, NULL), RMK_OK);
		rmk_arena_free(&a);
	}
	assert_int_equal(files_open(), before);
}

static void
test_a_program_that_dies(void **state)
{
	static const char *const argv[] = {"sh", "-c", "kill -9 $$", NULL};
	struct rmk_arena a = {0};
	struct rmk_run run = {.argv = argv};
	struct rmk_err err;

	(void)state;
	assert_int_equal(rmk_run(&a, &run, &err), RMK_GIT);
	assert_string_equal(err.msg, "sh -c was ended by signal 9");
	rmk_arena_free(&a);
}

static void
test_bare(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf asked = {.arena = &a};
	struct assignment w = {.asked = &asked};
	struct rmk_commit_result r;
	struct rmk_commit_opts opts = {.depth = RMK_WRITE_COMMIT};
	struct rmk_err err;

	(void)state;
	fresh();
	assert_int_equal(chdir("../bare.git"), 0);
	if (commit(&a, ".", &w, 2, opts, &r, &err))
		fail_msg("%s", err.msg);
	assert_text(rmk_buf_str(&asked), S("list.md in HEAD; two.md in HEAD; "), "asked");
	assert_text(said(&a, "git show HEAD:list.md HEAD:two.md"),
	    S("a new b\na new b\n"), "HEAD");
	opts.depth = RMK_WRITE_STAGE;
	assert_int_equal(commit(&a, ".", &w, 1, opts, &r, &err), RMK_REFUSED);
	rmk_arena_free(&a);
}

// --- refusals leave everything as it was ------------------------------------------

static void
test_refused(void **state)
{
	static const struct {
		const char *before, *version;
		enum rmk_depth depth;
		enum rmk_code code;
		const char *words;
	} cases[] = {
	    {"true", "HEAD", RMK_WRITE_COMMIT, RMK_CONFLICT, "HEAD will not do"},
	    {"true", "the index", RMK_WRITE_COMMIT, RMK_CONFLICT,
		"the index will not do"},
	    {"true", "the index", RMK_WRITE_STAGE, RMK_CONFLICT, "the index will not do"},
	    {"true", "the worktree", RMK_WRITE_COMMIT, RMK_CONFLICT,
		"the worktree will not"},
	    {"true", "the worktree", RMK_WRITE_FILE, RMK_CONFLICT,
		"the worktree will not"},
	    {"git rm -q --cached -f two.md", NULL, RMK_WRITE_COMMIT, RMK_REFUSED,
		"two.md: is staged for deletion"},
	    {"rm two.md", NULL, RMK_WRITE_COMMIT, RMK_NOT_FOUND,
		"two.md: is not in the worktree"},
	    {"mv two.md x && ln -s x two.md", NULL, RMK_WRITE_COMMIT, RMK_REFUSED,
		"two.md: is a symbolic link"},
	    {"git checkout -q --orphan none", NULL, RMK_WRITE_COMMIT, RMK_NOT_FOUND,
		"there is no commit yet"},
	    {"printf '#!/bin/sh\\nexit 1\\n' >.git/hooks/pre-commit; chmod +x "
	     ".git/hooks/pre-commit",
		NULL, RMK_WRITE_COMMIT, RMK_HOOK, "the pre-commit hook refused"},
	    {"git config commit.gpgsign true; git config gpg.program false", NULL,
		RMK_WRITE_COMMIT, RMK_GIT, "could not be signed"},
	    {"printf x >.git/index.lock", NULL, RMK_WRITE_COMMIT, RMK_LOCKED,
		"index.lock"},
	    {"printf x >.git/refs/heads/main.lock", NULL, RMK_WRITE_COMMIT, RMK_LOCKED,
		"main.lock"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct assignment w = {.refuse = cases[i].version};
		struct rmk_commit_result r = {.unchanged = true};
		struct rmk_commit_opts opts = {.depth = cases[i].depth, .wait_ms = 30};
		struct rmk_err err;

		fresh();
		assert_int_equal(system(cases[i].before), 0);
		struct rmk_str before = state_of(&a);
		enum rmk_code code = commit(&a, ".", &w, 2, opts, &r, &err);
		if (code != cases[i].code || !strstr(err.msg, cases[i].words))
			fail_msg("%zu: %s: %s", i, rmk_code_name(code), err.msg);
		assert_text(state_of(&a), before, err.msg);
		assert_null(strstr(err.hint, "keeps the new value"));
		assert_true(r.unchanged); // what came back is left alone
		// A dry run says the same of all that is known beforehand.
		opts.dry_run = true;
		w.calls = 0;
		if (code != RMK_HOOK && code != RMK_GIT && code != RMK_LOCKED)
			assert_int_equal(commit(&a, ".", &w, 2, opts, &r, &err), code);
		assert_text(state_of(&a), before, "dry run");
		rmk_arena_free(&a);
	}
}

static void
test_dry_run(void **state)
{
	struct rmk_arena a = {0};
	struct assignment w = {0};
	struct rmk_commit_result r;
	struct rmk_commit_opts opts = {.depth = RMK_WRITE_COMMIT, .dry_run = true};

	(void)state;
	fresh();
	struct rmk_str before = state_of(&a);
	assert_int_equal(commit(&a, ".", &w, 2, opts, &r, NULL), RMK_OK);
	assert_true(r.unchanged);
	assert_text(state_of(&a), before, "a dry run");
	rmk_arena_free(&a);
}

// --- others at work ---------------------------------------------------------------

// The world changes after the first version was read: all starts again from what is there
// now, and nothing of either is lost.
static void
test_moved(void **state)
{
	static const struct {
		const char *once, *says; // what is then in HEAD
	} cases[] = {
	    {"git update-ref refs/heads/main $(git commit-tree -p HEAD -m theirs "
	     "HEAD^{tree})",
		"old to new\ntheirs\nfirst\n"},
	    {"echo late >>list.md", "old to new\nfirst\n"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct assignment w = {.once = cases[i].once};
		struct rmk_commit_result r;
		struct rmk_commit_opts opts = {.depth = RMK_WRITE_COMMIT};
		struct rmk_err err;

		fresh();
		if (commit(&a, ".", &w, 1, opts, &r, &err))
			fail_msg("%s", err.msg);
		assert_text(
		    said(&a, "git log --format=%s"), rmk_str_of(cases[i].says), "log");
		assert_text(said(&a, "git diff --name-only; git show HEAD:list.md"),
		    S("list.md\na new b\n"), "others");
		assert_text(said(&a, "cat list.md; ls .git/*.lock 2>/dev/null"),
		    i ? S("a new b\nstaged\ndirty\nlate\n")
		      : S("a new b\nstaged\ndirty\n"),
		    "file");
		rmk_arena_free(&a);
	}
}

// A lock with our mark: of a process that is no more it is taken over, of one that lives
// it is waited for.
static void
test_dead(void **state)
{
	struct rmk_arena a = {0};
	struct assignment w = {0};
	struct rmk_commit_result r;
	struct rmk_commit_opts opts = {.depth = RMK_WRITE_COMMIT, .wait_ms = 30};
	struct rmk_repo *repo;

	(void)state;
	fresh();
	assert_int_equal(rmk_repo_open(&a, S("."), &repo, NULL), RMK_OK);
	assert_false(rmk_repo_interrupted(repo));
	assert_int_equal(system("echo rowmark >.git/index.lock"), 0);
	assert_true(rmk_repo_interrupted(repo));
	int fd = open(".git/index.lock", O_RDWR);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
	assert_false(rmk_repo_interrupted(repo));
	assert_int_equal(commit(&a, ".", &w, 1, opts, &r, NULL), RMK_LOCKED);
	close(fd);
	assert_true(rmk_repo_interrupted(repo));
	assert_int_equal(commit(&a, ".", &w, 1, opts, &r, NULL), RMK_OK);
	assert_false(rmk_repo_interrupted(repo));
	assert_int_equal(access(".git/index.lock", F_OK), -1);
	rmk_repo_close(repo);
	rmk_arena_free(&a);
}

// Others that have the lock one after the other, together for longer than one is waited for.
static void
test_turns(void **state)
{
	struct rmk_arena a = {0};
	struct assignment w = {0};
	struct rmk_commit_result r;
	struct rmk_commit_opts opts = {.depth = RMK_WRITE_COMMIT, .wait_ms = 2000};

	(void)state;
	fresh();
	assert_int_equal(
	    system(
		"touch .git/index.lock; (for i in 1 2 3 4 5 6 7; do sleep 0.4; echo $i "
		">.git/new; mv .git/new .git/index.lock; done; rm .git/index.lock) &"),
	    0);
	assert_int_equal(commit(&a, ".", &w, 1, opts, &r, NULL), RMK_OK);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_seen_beside),
	    cmocka_unit_test(test_depths),
	    cmocka_unit_test(test_options),
	    cmocka_unit_test(test_no_file_stays_open),
	    cmocka_unit_test(test_a_program_that_dies),
	    cmocka_unit_test(test_bare),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_dry_run),
	    cmocka_unit_test(test_moved),
	    cmocka_unit_test(test_dead),
	    cmocka_unit_test(test_turns),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
