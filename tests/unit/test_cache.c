// A cache file that was damaged is as if it were empty, whatever was damaged.
#include "unit.h"

#include "folder.h"
#include "io/cache.h"
#include "io/file.h"

#include <stdio.h>

static char dir[] = "/tmp/rowmark-cache-XXXXXX";

static void
write_file(const char *name, struct rmk_str text)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text.s, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
}

static struct rmk_str
fill_cache(struct rmk_arena *a, struct rmk_str name, struct rmk_str version)
{
	struct rmk_cache c;
	struct rmk_str text;

	rmk_cache_open(&c, a, S("./"), name, version);
	rmk_cache_put(&c, S("walk"), S("three commits"));
	rmk_cache_put(&c, S("a blob"), S("two of five"));
	rmk_cache_close(&c, version);
	assert_int_equal(rmk_file_read(a, name, &text, NULL, NULL), RMK_OK);
	return text;
}

static size_t
count_entries(struct rmk_str name, struct rmk_str version)
{
	struct rmk_arena a = {0};
	struct rmk_cache c;
	size_t n;

	rmk_cache_open(&c, &a, S("./"), name, version);
	n = c.n;
	rmk_arena_free(&a);
	return n;
}

static void
test_kept_for_its_version(void **state)
{
	struct rmk_arena a = {0};

	(void)state;
	fill_cache(&a, S("kept"), S("1 a.md"));
	assert_int_equal(count_entries(S("kept"), S("1 a.md")), 2);
	assert_int_equal(count_entries(S("kept"), S("1 b.md")), 0);
	assert_int_equal(count_entries(S("kept"), S("2 a.md")), 0);
	rmk_arena_free(&a);
}

static void
test_every_bit(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str text = fill_cache(&a, S("bits"), S("1 a.md"));
	char *bytes = rmk_arena_alloc(&a, text.n);

	(void)state;
	memcpy(bytes, text.s, text.n);
	for (size_t bit = 0; bit < text.n * 8; bit++) {
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
		write_file("bits", (struct rmk_str){bytes, text.n});
		assert_int_equal(count_entries(S("bits"), S("1 a.md")), 0);
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
	}
	rmk_arena_free(&a);
}

static void
test_every_length(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str text = fill_cache(&a, S("cut"), S("1 a.md"));

	(void)state;
	for (size_t n = 0; n < text.n; n++) {
		write_file("cut", rmk_str_part(text, 0, n));
		assert_int_equal(count_entries(S("cut"), S("1 a.md")), 0);
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_kept_for_its_version),
	    cmocka_unit_test(test_every_bit),
	    cmocka_unit_test(test_every_length),
	};
	int failed;

	if (folder_enter(dir))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	folder_leave(dir);
	return failed;
}
