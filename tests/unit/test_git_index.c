// The index by its own format: read as git reads it, changed so that git agrees, and
// never trusted further than it goes.
#include "unit.h"

#include "folder.h"

#include "git/checksum.h"
#include "git/index.h"

#include "io/file.h"

#include <stdio.h>
#include <unistd.h>

static char dir[] = "/tmp/rowmark-index-XXXXXX";

static int
enter(void **state)
{
	(void)state;
	return folder_enter(dir) ||
	       system(
		   "git init -q . && mkdir -p a/b c && for i in $(seq 120); do echo $i "
		   ">a/b/f$i; "
		   "echo $i >c/a-rather-long-name-of-a-file-$i; done && echo x >top && "
		   "git add . && git write-tree >tree && git ls-files -s >list");
}

static int
leave(void **state)
{
	(void)state;
	return folder_leave(dir);
}

static struct rmk_str
file(struct rmk_arena *a, const char *path)
{
	struct rmk_str text;

	assert_int_equal(rmk_file_read(a, rmk_str_of(path), &text, NULL, NULL), RMK_OK);
	return text;
}

static struct rmk_str
hex(struct rmk_arena *a, const uint8_t *oid)
{
	struct rmk_str out = rmk_str_copy(a, S(""));

	for (int i = 0; i < RMK_OID; i++)
		out = rmk_str_printf(a, "%.*s%02x", RMK_FMT(out), oid[i]);
	return out;
}

// A checksum that git made, and one that is wrong in a bit.
static void
test_sealed(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str text;
	uint8_t sum[RMK_SUM];

	(void)state;
	rmk_format_sum(S("blob 0\0"), sum);
	assert_text(hex(&a, sum), S("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"), "empty");
	text = file(&a, ".git/index");
	assert_true(rmk_format_sealed(text));
	((char *)(uintptr_t)text.s)[text.n / 2] ^= 1;
	assert_false(rmk_format_sealed(text));
	assert_false(rmk_format_sealed(S("short")));
	rmk_arena_free(&a);
}

// The entries are those git lists, in both layouts.
static void
test_read(void **state)
{
	static const char *const layouts[] = {"2", "4"};

	(void)state;
	for (size_t i = 0; i < NELEM(layouts); i++) {
		struct rmk_arena a = {0};
		struct rmk_index x;
		struct rmk_index_cursor c = {.index = &x};
		struct rmk_index_entry e;
		struct rmk_str out = {"", 0}, wanted = S("a/b/f77");
		char cmd[80];

		snprintf(
		    cmd, sizeof cmd, "git update-index --index-version %s", layouts[i]);
		assert_int_equal(system(cmd), 0);
		assert_int_equal(rmk_index_read(&a, S(".git/index"), &x, NULL), RMK_OK);
		assert_int_equal(x.version, atoi(layouts[i]));
		while (rmk_index_next(&c, &e))
			out = rmk_str_printf(&a, "%.*s%o %.*s %u\t%.*s\n", RMK_FMT(out),
			    e.mode, RMK_FMT(hex(&a, e.oid)), e.stage, RMK_FMT(e.path));
		assert_text(out, file(&a, "list"), layouts[i]);
		assert_non_null(rmk_index_root(&x));
		assert_text(
		    hex(&a, rmk_index_root(&x)), rmk_str_trim(file(&a, "tree")), "root");
		// Its path is the caller's: that of the walk may end with it.
		assert_true(rmk_index_find(&x, wanted, &e));
		assert_ptr_equal(e.path.s, wanted.s);
		assert_false(rmk_index_find(&x, S("a/b"), &e));
		rmk_arena_free(&a);
	}
}

// git agrees with a changed index: that entry is another blob, all others stay, and the
// trees that it must make anew are those above the entry.
static void
test_patch(void **state)
{
	static const char *const layouts[] = {"2", "4"};

	(void)state;
	for (size_t i = 0; i < NELEM(layouts); i++) {
		struct rmk_arena a = {0};
		struct rmk_index x, again;
		struct rmk_index_change change = {.path = S("a/b/f77")};
		struct rmk_str out;
		char cmd[200];

		snprintf(cmd, sizeof cmd,
		    "git update-index --index-version %s && echo new | git hash-object "
		    "-w --stdin >id",
		    layouts[i]);
		assert_int_equal(system(cmd), 0);
		rmk_format_sum(S("blob 4\0new\n"), change.oid);
		assert_int_equal(rmk_index_read(&a, S(".git/index"), &x, NULL), RMK_OK);
		assert_int_equal(
		    rmk_index_patch(&a, &x, &change, 1, NULL, 0, &out, NULL), RMK_OK);
		rmk_index_seal((char *)(uintptr_t)out.s, out.n);
		assert_int_equal(rmk_index_parse(S("x"), out, &again, NULL), RMK_OK);
		assert_null(rmk_index_root(&again));
		FILE *f = fopen("patched", "w");
		assert_non_null(f);
		assert_int_equal(fwrite(out.s, 1, out.n, f), out.n);
		assert_int_equal(fclose(f), 0);
		assert_int_equal(
		    system(
			"export GIT_INDEX_FILE=patched; "
			"sed \"s/[0-9a-f]* 0\\ta.b.f77$/$(cat id) 0\\ta\\/b\\/f77/\" "
			"list >want && "
			"git ls-files -s | diff want - && "
			"git update-index --refresh -q; "
			"git ls-tree -r $(git write-tree) | grep -c . | grep -qx 241 && "
			"git ls-tree $(git write-tree) a/b/f77 | grep -q $(cat id)"),
		    0);
		rmk_arena_free(&a);
	}
}

// A cached tree that is known before and after is kept; any other above a change is not.
static void
test_trees(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_index x, again;
	struct rmk_index_change change = {.path = S("a/b/f77")};
	struct rmk_index_tree trees[] = {{.folder = S("")}, {.folder = S("a/b")}};
	struct rmk_str out;

	(void)state;
	assert_int_equal(
	    system("git update-index --index-version 2 && git write-tree >tree"), 0);
	assert_int_equal(rmk_index_read(&a, S(".git/index"), &x, NULL), RMK_OK);
	memcpy(trees[0].old, rmk_index_root(&x), RMK_OID);
	memset(trees[0].now, 7, RMK_OID);
	assert_int_equal(
	    rmk_index_patch(&a, &x, &change, 1, trees, 2, &out, NULL), RMK_OK);
	rmk_index_seal((char *)(uintptr_t)out.s, out.n);
	assert_int_equal(rmk_index_parse(S("x"), out, &again, NULL), RMK_OK);
	assert_memory_equal(rmk_index_root(&again), trees[0].now, RMK_OID);
	rmk_arena_free(&a);
}

// Cut anywhere, or with any byte changed and the checksum made to fit, it is refused or
// read within its bounds.
static void
test_damage(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str good;

	(void)state;
	good = file(&a, ".git/index");
	for (size_t n = 0; n < good.n; n += n < 400 || good.n - n < 200 ? 1 : 97) {
		struct rmk_index x;
		char *cut = rmk_str_c(&a, rmk_str_part(good, 0, n));

		assert_int_equal(
		    rmk_index_parse(S("x"), (struct rmk_str){cut, n}, &x, NULL), RMK_GIT);
		if (n > 40) { // with a checksum that fits
			rmk_index_seal(cut, n);
			rmk_index_parse(S("x"), (struct rmk_str){cut, n}, &x, NULL);
		}
	}
	for (size_t i = 0; i < good.n - 20; i += i < 300 || good.n - i < 300 ? 1 : 41) {
		struct rmk_arena b = {0};
		struct rmk_index x;
		struct rmk_index_change change = {.path = S("a/b/f77")};
		struct rmk_str out, bad = {rmk_str_c(&b, good), good.n};

		((char *)(uintptr_t)bad.s)[i] ^= (char)0xff;
		assert_int_equal(rmk_index_parse(S("x"), bad, &x, NULL), RMK_GIT);
		rmk_index_seal((char *)(uintptr_t)bad.s, bad.n);
		if (rmk_index_parse(S("x"), bad, &x, NULL) == RMK_OK)
			rmk_index_patch(&b, &x, &change, 1, NULL, 0, &out, NULL);
		rmk_arena_free(&b);
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sealed),
	    cmocka_unit_test(test_read),
	    cmocka_unit_test(test_patch),
	    cmocka_unit_test(test_trees),
	    cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
