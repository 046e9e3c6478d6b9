// Files read whole and replaced whole: what changes, what is kept, what is refused.
#include "unit.h"

#include "folder.h"

#include "io/file.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

// A folder of its own for each test; the tests run in it.
static int
enter(void **state)
{
	*state = strdup("/tmp/rowmark-file-XXXXXX");
	return folder_enter(*state);
}

static int
leave(void **state)
{
	int status = folder_leave(*state);

	free(*state);
	return status;
}

static void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void
holds(const char *path, const char *text)
{
	struct rmk_arena a = {0};
	struct rmk_str got;

	assert_int_equal(rmk_file_read(&a, rmk_str_of(path), &got, NULL, NULL), RMK_OK);
	assert_text(got, rmk_str_of(text), path);
	rmk_arena_free(&a);
}

// How many names there are besides the ones that were made: temporary files show.
static int
names(void)
{
	FILE *p = popen("ls -A | wc -l", "r");
	int n = -1;

	assert_non_null(p);
	assert_int_equal(fscanf(p, "%d", &n), 1);
	pclose(p);
	return n;
}

static void
test_read(void **state)
{
	static const struct {
		const char *path;
		enum rmk_code code;
		const char *says;
	} cases[] = {
	    {"file", RMK_OK, ""},
	    {"missing", RMK_NOT_FOUND, "missing: cannot open"},
	    {"file/below", RMK_NOT_FOUND, "file/below: cannot open"},
	    {"folder", RMK_INVALID, "folder: is a folder"},
	    {"fifo", RMK_INVALID, "fifo: not a regular file"},
	    {"/dev/null", RMK_INVALID, "/dev/null: not a regular file"},
	    {"link", RMK_OK, ""},
	    {"huge", RMK_TOO_BIG, "huge: larger than"},
	};
	struct rmk_arena a = {0};

	(void)state;
	put("file", "text");
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(mkfifo("fifo", 0666), 0);
	assert_int_equal(symlink("file", "link"), 0);
	put("huge", "");
	assert_int_equal(truncate("huge", (off_t)RMK_MAX_FILE + 1), 0);
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_err err = {0};
		struct rmk_str out = {0};

		assert_int_equal(
		    rmk_file_read(&a, rmk_str_of(cases[i].path), &out, NULL, &err),
		    cases[i].code);
		if (cases[i].code)
			assert_non_null(strstr(err.msg, cases[i].says));
		else
			assert_text(out, S("text"), cases[i].path);
	}
	rmk_arena_free(&a);
}

static enum rmk_code
replace(struct rmk_str root, const char *path, const char *text, struct rmk_err *err)
{
	struct rmk_arena a = {0};
	struct rmk_file_new f;
	enum rmk_code code = rmk_file_prepare(
	    &a, root, rmk_str_of(path), NULL, rmk_str_of(text), &f, err);

	if (!code)
		code = rmk_file_commit(&f, err);
	rmk_arena_free(&a);
	return code;
}

static void
test_replace_keeps_mode(void **state)
{
	static const mode_t modes[] = {0644, 0755, 0600, 0444, 0664};
	struct stat st;

	(void)state;
	for (size_t i = 0; i < NELEM(modes); i++) {
		unlink("f");
		put("f", "old");
		assert_int_equal(chmod("f", modes[i]), 0);
		assert_int_equal(replace(S(""), "f", "new", NULL), RMK_OK);
		holds("f", "new");
		assert_int_equal(stat("f", &st), 0);
		assert_int_equal(st.st_mode & 07777, modes[i]);
		assert_int_equal(names(), 1);
	}
}

static void
test_replace_keeps_attributes(void **state)
{
	static const char *const names_of[] = {"user.one", "user.two"};
	char value[8];

	(void)state;
	put("f", "old");
	for (size_t i = 0; i < NELEM(names_of); i++) {
		if (setxattr("f", names_of[i], "yes", 3, 0))
			skip(); // the file system has none
	}
	assert_int_equal(replace(S(""), "f", "new", NULL), RMK_OK);
	for (size_t i = 0; i < NELEM(names_of); i++)
		assert_int_equal(getxattr("f", names_of[i], value, sizeof value), 3);
	unlink("f");
}

static void
test_abandon(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_file_new f;

	(void)state;
	put("f", "old");
	assert_int_equal(
	    rmk_file_prepare(&a, S(""), S("f"), NULL, S("new"), &f, NULL), RMK_OK);
	assert_int_equal(names(), 2);
	rmk_file_abandon(&f);
	assert_int_equal(names(), 1);
	holds("f", "old");
	rmk_arena_free(&a);
}

static bool
is_blocked(int signal)
{
	sigset_t now;

	pthread_sigmask(SIG_BLOCK, NULL, &now);
	return sigismember(&now, signal);
}

// Signals wait while a file is beside another; one that is ignored is not held back, and of
// several files, whichever goes first, all are free again in the end.
static void
test_signals_wait(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_file_new f, g;

	(void)state;
	put("f", "old");
	put("g", "old");
	signal(SIGTERM, SIG_IGN);
	assert_int_equal(
	    rmk_file_prepare(&a, S(""), S("f"), NULL, S("new"), &f, NULL), RMK_OK);
	assert_true(is_blocked(SIGHUP));
	assert_false(is_blocked(SIGTERM));
	assert_int_equal(
	    rmk_file_prepare(&a, S(""), S("g"), NULL, S("new"), &g, NULL), RMK_OK);
	rmk_file_abandon(&f);
	rmk_file_abandon(&g);
	assert_false(is_blocked(SIGHUP));
	signal(SIGTERM, SIG_DFL);
	rmk_arena_free(&a);
}

// What a killed writer left goes with the next one, whether that has something to write or not;
// what is still held stays.
static void
test_left_behind(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_file_new f;

	(void)state;
	put("f", "old");
	put(".f.rowmark-new", "half");
	assert_int_equal(replace(S(""), "f", "new", NULL), RMK_OK);
	holds("f", "new");
	assert_int_equal(names(), 1);

	put(".f.rowmark-new", "half");
	rmk_file_tidy(&a, S("f"));
	assert_int_equal(names(), 1);

	assert_int_equal(
	    rmk_file_prepare(&a, S(""), S("f"), NULL, S("newer"), &f, NULL), RMK_OK);
	rmk_file_tidy(&a, S("f")); // the new version, held
	assert_int_equal(names(), 2);
	assert_int_equal(rmk_file_swap(&f, NULL), RMK_OK);
	rmk_file_tidy(&a, S("f")); // the old one, held too, where names can be exchanged
	assert_int_equal(names(), f.kept ? 2 : 1);
	rmk_file_abandon(&f);
	assert_int_equal(names(), 1);
	holds("f", "newer");

	put(".f.rowmark-new", "half");
	assert_int_equal(
	    rmk_file_save(&a, S("f"), S("whole"), 0644, false, NULL), RMK_OK);
	holds("f", "whole");
	assert_int_equal(rmk_file_save(&a, S("f"), S("again"), 0644, true, NULL), RMK_IO);
	holds("f", "whole");
	assert_int_equal(names(), 1);
	rmk_arena_free(&a);
}

// A change between reading and preparing, and between preparing and committing.
static void
test_stale(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_file_id id;
	struct rmk_file_new f;
	struct rmk_str text;

	(void)state;
	put("f", "old");
	assert_int_equal(rmk_file_read(&a, S("f"), &text, &id, NULL), RMK_OK);
	put("f", "saved by an editor");
	assert_int_equal(
	    rmk_file_prepare(&a, S(""), S("f"), &id, S("new"), &f, NULL), RMK_STALE);
	holds("f", "saved by an editor");
	assert_int_equal(rmk_file_read(&a, S("f"), &text, &id, NULL), RMK_OK);
	assert_int_equal(
	    rmk_file_prepare(&a, S(""), S("f"), &id, S("new"), &f, NULL), RMK_OK);
	put("f", "saved once more, longer");
	assert_int_equal(rmk_file_commit(&f, NULL), RMK_STALE);
	holds("f", "saved once more, longer");
	assert_int_equal(names(), 1);
	rmk_arena_free(&a);
}

static void
test_links(void **state)
{
	static const struct {
		const char *path;
		enum rmk_code code;
	} cases[] = {
	    {"link", RMK_OK},            // to docs/f
	    {"docs/f", RMK_OK},          // itself
	    {"folder/f", RMK_OK},        // folder is a link to docs
	    {"out", RMK_REFUSED},        // to a file outside
	    {"outfolder/g", RMK_REFUSED} // to a folder outside
	};
	struct rmk_str root;
	struct rmk_arena a = {0};
	struct stat st;

	assert_int_equal(mkdir("top", 0777) || mkdir("top/docs", 0777) ||
			     mkdir("other", 0777) || chdir("top"),
	    0);
	put("docs/f", "old");
	put("../other/g", "theirs");
	assert_int_equal(symlink("docs/f", "link") || symlink("docs", "folder") ||
			     symlink("../other/g", "out") ||
			     symlink("../other", "outfolder"),
	    0);
	root = rmk_str_printf(&a, "%s/top", (char *)*state);
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_err err = {0};
		char text[20];

		snprintf(text, sizeof text, "new %zu", i);
		assert_int_equal(replace(root, cases[i].path, text, &err), cases[i].code);
		if (cases[i].code == RMK_OK)
			holds("docs/f", text);
		else
			assert_non_null(strstr(err.msg, "leads out of"));
	}
	holds("../other/g", "theirs");
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	rmk_arena_free(&a);
}

// A name as long as names may be still gets a temporary one.
static void
test_long_name(void **state)
{
	char name[256];

	(void)state;
	memset(name, 'x', 255);
	name[255] = '\0';
	put(name, "old");
	assert_int_equal(replace(S(""), name, "new", NULL), RMK_OK);
	holds(name, "new");
	assert_int_equal(names(), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_read, enter, leave),
	    cmocka_unit_test_setup_teardown(test_replace_keeps_mode, enter, leave),
	    cmocka_unit_test_setup_teardown(test_replace_keeps_attributes, enter, leave),
	    cmocka_unit_test_setup_teardown(test_abandon, enter, leave),
	    cmocka_unit_test_setup_teardown(test_left_behind, enter, leave),
	    cmocka_unit_test_setup_teardown(test_signals_wait, enter, leave),
	    cmocka_unit_test_setup_teardown(test_stale, enter, leave),
	    cmocka_unit_test_setup_teardown(test_links, enter, leave),
	    cmocka_unit_test_setup_teardown(test_long_name, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
