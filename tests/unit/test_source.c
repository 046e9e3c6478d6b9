// Where bytes come from: what was typed, told apart; and each place read.
#include "unit.h"

#include "folder.h"

#include <stdio.h>
#include <unistd.h>

static char dir[] = "/tmp/rowmark-source-XXXXXX";

static int
sh(const char *script)
{
	return system(script);
}

static int
enter(void **state)
{
	(void)state;
	return folder_enter(dir) ||
	       sh("exec >/dev/null 2>&1;"
		  "git init -q -b main repo && cd repo && mkdir -p docs/deep vendor &&"
		  "echo head >README.md && echo deep >docs/deep/b.md && echo c "
		  ">docs/c.md &&"
		  "echo v >vendor/v.md && echo odd >a:b.md && echo no >x.txt &&"
		  "printf '[files]\\nexclude = vendor/**\\n[commit]\\nmessage = head\\n' "
		  ">.rowmark.ini && echo '/ignored.md' >.gitignore && echo i >ignored.md "
		  "&&"
		  "git add . && git commit -q -m first &&"
		  "git clone -q --bare . ../bare.git &&"
		  "echo staged >README.md && printf '[commit]\\nmessage = staged\\n' "
		  ">.rowmark.ini && git add . &&"
		  "echo work >README.md && printf '[commit]\\nmessage = work\\n' "
		  ">.rowmark.ini &&"
		  "echo new >new.md && mkdir ../plain ../plain/.hidden ../plain/sub &&"
		  "echo 1 >../plain/1.md && echo 2 >../plain/sub/2.md && echo h "
		  ">../plain/.hidden/h.md && ln -s sub ../plain/link");
}

static int
leave(void **state)
{
	(void)state;
	return folder_leave(dir);
}

static void
go(const char *folder)
{
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(chdir(folder), 0);
}

// --- what was typed -------------------------------------------------------------

static void
test_parse(void **state)
{
	static const struct {
		const char *typed;
		enum rmk_place place;
		const char *rev, *path;
	} cases[] = {
	    {"README.md", RMK_FROM_WORKTREE, "", "README.md"},
	    {"no-such.md", RMK_FROM_WORKTREE, "", "no-such.md"},
	    {"-", RMK_FROM_STDIN, "", "-"},
	    {"./-", RMK_FROM_WORKTREE, "", "./-"},
	    {":README.md", RMK_FROM_INDEX, "", "README.md"},
	    {"HEAD~3:docs/c.md", RMK_FROM_COMMIT, "HEAD~3", "docs/c.md"},
	    {"HEAD:./c.md", RMK_FROM_COMMIT, "HEAD", "./c.md"},
	    {"HEAD:a:b.md", RMK_FROM_COMMIT, "HEAD", "a:b.md"},
	    {"a:b.md", RMK_FROM_WORKTREE, "", "a:b.md"}, // there is a file of that name
	    {"", RMK_FROM_WORKTREE, "", ""},
	};
	struct rmk_arena a = {0};

	(void)state;
	go("repo");
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str typed = rmk_str_of(cases[i].typed);
		struct rmk_source src = rmk_source_parse(&a, typed);

		assert_int_equal(src.place, cases[i].place);
		assert_text(src.rev, rmk_str_of(cases[i].rev), cases[i].typed);
		assert_text(src.path, rmk_str_of(cases[i].path), cases[i].typed);
		assert_text(src.shown, typed, cases[i].typed);
	}
	rmk_arena_free(&a);
}

// --- bytes ----------------------------------------------------------------------

static void
test_read(void **state)
{
	static const struct {
		const char *folder, *typed, *text; // text NULL: it fails with
		enum rmk_code code;
	} cases[] = {
	    {"repo", "README.md", "work\n", RMK_OK},
	    {"repo", ":README.md", "staged\n", RMK_OK},
	    {"repo", "HEAD:README.md", "head\n", RMK_OK},
	    {"repo", "main:docs/c.md", "c\n", RMK_OK},
	    {"repo/docs", "HEAD:docs/c.md", "c\n", RMK_OK},
	    {"repo/docs", "HEAD:./c.md", "c\n", RMK_OK},
	    {"repo/docs", "HEAD:../README.md", "head\n", RMK_OK},
	    {"repo/docs", ":./deep/b.md", "deep\n", RMK_OK},
	    {"repo/docs", "HEAD:c.md", NULL, RMK_NOT_FOUND},
	    {"repo", "HEAD:new.md", NULL, RMK_NOT_FOUND},
	    {"repo", ":new.md", NULL, RMK_NOT_FOUND},
	    {"repo", "HEAD:docs", NULL, RMK_INVALID},
	    {"repo", "docs", NULL, RMK_INVALID},
	    {"repo", "nobody:README.md", NULL, RMK_NOT_FOUND},
	    {"repo", "gone.md", NULL, RMK_NOT_FOUND},
	    {"bare.git", "HEAD:README.md", "head\n", RMK_OK},
	    {"plain", "1.md", "1\n", RMK_OK},
	    {"plain", "HEAD:1.md", NULL, RMK_NO_REPO},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_repo *repo = NULL;
		struct rmk_str text = {0};
		struct rmk_err err = {0};

		go(cases[i].folder);
		struct rmk_source src = rmk_source_parse(&a, rmk_str_of(cases[i].typed));
		enum rmk_code code = rmk_source_read(&a, &src, &repo, &text, NULL, &err);
		if (code != cases[i].code)
			fail_msg(
			    "%s: %s: %s", cases[i].typed, rmk_code_name(code), err.msg);
		if (cases[i].text)
			assert_text(text, rmk_str_of(cases[i].text), cases[i].typed);
		// A file that is simply there costs no repository.
		assert_int_equal(
		    repo != NULL, src.place != RMK_FROM_WORKTREE && code != RMK_NO_REPO);
		rmk_repo_close(repo);
		rmk_arena_free(&a);
	}
}

// The configuration stands where the Markdown does.
static void
test_config(void **state)
{
	static const struct {
		const char *folder;
		enum rmk_place place;
		const char *rev, *message;
	} cases[] = {
	    {"repo", RMK_FROM_WORKTREE, "", "work"},
	    {"repo/docs", RMK_FROM_WORKTREE, "", "work"},
	    {"repo", RMK_FROM_INDEX, "", "staged"},
	    {"repo", RMK_FROM_COMMIT, "HEAD", "head"},
	    {"bare.git", RMK_FROM_COMMIT, "HEAD", "head"},
	    {"plain", RMK_FROM_WORKTREE, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_repo *repo = NULL;
		struct rmk_config config;

		go(cases[i].folder);
		rmk_repo_open(&a, S(""), &repo, NULL);
		assert_int_equal(rmk_source_config(&a, cases[i].place,
				     rmk_str_of(cases[i].rev), &repo, &config, NULL),
		    RMK_OK);
		assert_text(
		    config.message, rmk_str_of(cases[i].message), cases[i].folder);
		rmk_repo_close(repo);
		rmk_arena_free(&a);
	}
}

// --- which files ----------------------------------------------------------------

static struct rmk_str
joined(struct rmk_arena *a, const struct rmk_source *v, size_t n)
{
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&out, "%s%.*s", i ? " " : "", RMK_FMT(v[i].shown));
	return rmk_buf_str(&out);
}

// Then the object's file is descriptor 0.
static void
test_read_without_standard_input(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_repo *repo = NULL;
	struct rmk_str text = {0};
	struct rmk_err err = {0};
	struct rmk_source src = rmk_source_parse(&a, S("HEAD:README.md"));
	int in = dup(0);

	(void)state;
	go("repo");
	close(0);
	enum rmk_code code = rmk_source_read(&a, &src, &repo, &text, NULL, &err);
	dup2(in, 0);
	close(in);
	if (code)
		fail_msg("%s", err.msg);
	assert_text(text, S("head\n"), "README.md");
	rmk_repo_close(repo);
	rmk_arena_free(&a);
}

static void
test_all(void **state)
{
	static const struct {
		const char *folder;
		enum rmk_place place;
		const char *rev, *shown;
	} cases[] = {
	    {"repo", RMK_FROM_WORKTREE, "",
		"README.md a:b.md docs/c.md docs/deep/b.md new.md vendor/v.md"},
	    {"repo/docs", RMK_FROM_WORKTREE, "",
		"../README.md ../a:b.md c.md deep/b.md ../new.md ../vendor/v.md"},
	    {"repo/docs/deep", RMK_FROM_WORKTREE, "",
		"../../README.md ../../a:b.md ../c.md b.md ../../new.md "
		"../../vendor/v.md"},
	    {"repo", RMK_FROM_INDEX, "",
		":README.md :a:b.md :docs/c.md :docs/deep/b.md :vendor/v.md"},
	    {"repo", RMK_FROM_COMMIT, "HEAD", // whose configuration leaves vendor out
		"HEAD:README.md HEAD:a:b.md HEAD:docs/c.md HEAD:docs/deep/b.md"},
	    {"bare.git", RMK_FROM_COMMIT, "HEAD",
		"HEAD:README.md HEAD:a:b.md HEAD:docs/c.md HEAD:docs/deep/b.md"},
	    {"plain", RMK_FROM_WORKTREE, "", "1.md sub/2.md"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_repo *repo = NULL;
		struct rmk_source *v = NULL;
		size_t n = 0;

		go(cases[i].folder);
		assert_int_equal(rmk_source_all(&a, cases[i].place,
				     rmk_str_of(cases[i].rev), &repo, &v, &n, NULL, NULL),
		    RMK_OK);
		assert_text(
		    joined(&a, v, n), rmk_str_of(cases[i].shown), cases[i].folder);
		// What is listed can be read as it is listed.
		for (size_t k = 0; k < n; k++) {
			struct rmk_str text;
			struct rmk_err err;
			if (rmk_source_read(&a, &v[k], &repo, &text, NULL, &err))
				fail_msg("%s", err.msg);
		}
		rmk_repo_close(repo);
		rmk_arena_free(&a);
	}
}

static void
test_below(void **state)
{
	static const struct {
		const char *folder, *below, *shown;
	} cases[] = {
	    {"repo", "docs", "docs/c.md docs/deep/b.md"},
	    {"repo", "docs//", "docs/c.md docs/deep/b.md"},
	    {"repo", "./docs/deep", "docs/deep/b.md"},
	    {"repo/docs", ".", "c.md deep/b.md"},
	    {"repo/docs", "../vendor", "../vendor/v.md"},
	    {"repo", "../plain",
		"../plain/1.md ../plain/sub/2.md"}, // no repository there
	    {"plain", "sub", "sub/2.md"},
	    {"plain", "link", "link/2.md"}, // a link that was named is followed
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_repo *repo = NULL;
		struct rmk_source *v = NULL;
		size_t n = 0;

		go(cases[i].folder);
		assert_int_equal(
		    rmk_source_below(&a, rmk_str_of(cases[i].below), &repo, &v, &n, NULL),
		    RMK_OK);
		assert_text(joined(&a, v, n), rmk_str_of(cases[i].shown), cases[i].below);
		rmk_repo_close(repo);
		rmk_arena_free(&a);
	}
}

static void
test_no_repository(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_repo *repo = NULL;
	struct rmk_source *v;
	struct rmk_err err;
	size_t n;

	(void)state;
	go("plain");
	assert_int_equal(
	    rmk_source_all(&a, RMK_FROM_INDEX, S(""), &repo, &v, &n, NULL, &err),
	    RMK_NO_REPO);
	assert_int_equal(
	    rmk_source_all(&a, RMK_FROM_COMMIT, S("HEAD"), &repo, &v, &n, NULL, &err),
	    RMK_NO_REPO);
	assert_null(repo);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parse),
	    cmocka_unit_test(test_read),
	    cmocka_unit_test(test_read_without_standard_input),
	    cmocka_unit_test(test_config),
	    cmocka_unit_test(test_all),
	    cmocka_unit_test(test_below),
	    cmocka_unit_test(test_no_repository),
	};

	unsetenv("GIT_DIR");
	unsetenv("GIT_INDEX_FILE");
	return cmocka_run_group_tests(tests, enter, leave);
}
