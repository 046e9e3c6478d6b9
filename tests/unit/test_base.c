// Memory, text, maps, UTF-8 and the writers.
#include "unit.h"

#include "base/ascii.h"

#include <ctype.h>
#include <math.h>
#include <time.h>

static void
test_arena_grows_in_place_and_resets(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_arena_mark mark;
	char *p, *q;

	(void)state;
	p = rmk_arena_alloc(&a, 10);
	memcpy(p, "0123456789", 10);
	assert_ptr_equal(rmk_arena_grow(&a, p, 10, 100), p);
	mark = rmk_arena_mark(&a);
	q = rmk_arena_alloc(&a, 1);
	assert_ptr_not_equal(rmk_arena_grow(&a, p, 100, 200), p);
	for (int i = 0; i < 100; i++)
		rmk_arena_alloc(&a, 100000);
	rmk_arena_reset(&a, mark);
	assert_ptr_equal(rmk_arena_alloc(&a, 1), q);
	assert_memory_equal(p, "0123456789", 10);
	rmk_arena_free(&a);
	assert_int_equal(a.used, 0);
}

static jmp_buf out_of_memory;

static void
leave(void *ctx, size_t size)
{
	*(size_t *)ctx = size;
	longjmp(out_of_memory, 1);
}

static void
test_arena_asks_its_hook_when_memory_runs_out(void **state)
{
	size_t asked = 0;
	struct rmk_arena a = {.oom = leave, .ctx = &asked};

	(void)state;
	if (setjmp(out_of_memory) == 0) {
		rmk_arena_zero(&a, SIZE_MAX / 2, 3);
		fail();
	}
	assert_int_equal(asked, SIZE_MAX);
	rmk_arena_free(&a);
}

static void
test_str(void **state)
{
	static const struct {
		const char *a, *b;
		unsigned most, want;
	} near[] = {
	    {"status", "status", 2, 0},
	    {"sttaus", "status", 2, 1},
	    {"stat", "status", 2, 2},
	    {"read", "status", 2, 3},
	    {"", "ab", 2, 2},
	};
	struct rmk_str rest = S("a,,b"), piece;
	uint32_t n;

	(void)state;
	for (size_t i = 0; i < NELEM(near); i++)
		assert_int_equal(rmk_str_distance(rmk_str_of(near[i].a),
				     rmk_str_of(near[i].b), near[i].most),
		    near[i].want);
	assert_text(rmk_str_trim(S(" \t a b\r\n")), S("a b"), "trim");
	assert_true(rmk_str_split(&rest, ',', &piece) && rmk_str_eq(piece, S("a")));
	assert_true(rmk_str_split(&rest, ',', &piece) && rmk_str_eq(piece, S("")));
	assert_true(rmk_str_split(&rest, ',', &piece) && rmk_str_eq(piece, S("b")));
	assert_false(rmk_str_split(&rest, ',', &piece));
	assert_int_equal(rmk_str_find(S("a\0b"), S("b")), 2);
	assert_int_equal(rmk_str_find(S("ab"), S("c")), RMK_NONE);
	assert_int_equal(rmk_str_find(S(":a: b:: b:c"), S("b:c")), 8);
	assert_int_equal(rmk_str_find(S("::::"), S("::")), 0);
	assert_int_equal(rmk_str_find(S("b:"), S("b:c")), RMK_NONE);
	assert_int_equal(rmk_str_find(S(""), S(":")), RMK_NONE);
	assert_int_equal(rmk_str_find(S("::::::::::::::::x"), S(":::::::::::::::x")), 1);
	assert_int_equal(
	    rmk_str_find(S("::::::::::::::::::x"), S("::::::::::::::::x")), 2);
	assert_int_equal(
	    rmk_str_find(S("::::::::::::::::x"), S("::::::::::::::::y")), RMK_NONE);
	assert_true(rmk_str_starts(S("README.md"), S("READ")));
	assert_false(rmk_str_ends(S("md"), S(".md")));
	assert_true(rmk_str_to_u32(S("4294967295"), &n) && n == UINT32_MAX);
	assert_false(rmk_str_to_u32(S("4294967296"), &n));
	assert_false(rmk_str_to_u32(S(""), &n));
	assert_text(rmk_str_part(S("abc"), 1, 99), S("bc"), "part is clipped");
	assert_text(rmk_str_from(S("abc"), 99), S(""), "from is clipped");
}

// Every byte beside every byte, in a full word and in what is left behind it: the hash knows
// no other case than the comparison.
static void
test_str_hash_without_case_says_what_comparison_says(void **state)
{
	char a[] = "a name, and x", b[] = "a name, and x";
	struct rmk_str one = rmk_str_of(a), two = rmk_str_of(b);

	(void)state;
	for (size_t at = 0; at < one.n; at++)
		for (int x = 0; x < 256; x++)
			for (int y = 0; y < 256; y++) {
				a[at] = (char)x;
				b[at] = (char)y;
				assert_int_equal(rmk_str_eq_nocase(one, two),
				    rmk_str_hash_nocase(one, 0) ==
					rmk_str_hash_nocase(two, 0));
			}
}

static void
test_err_text_is_safe_and_cut_at_a_character(void **state)
{
	struct rmk_err err;
	char longest[2000];

	(void)state;
	assert_int_equal(rmk_fail(&err, RMK_IO, "bad\033[2J\n"), RMK_IO);
	assert_string_equal(err.msg, "bad\\x1b[2J\\x0a");
	assert_int_equal(rmk_hint(&err, "do %d", 1), RMK_IO);
	assert_string_equal(err.hint, "do 1");
	memset(longest, 'x', sizeof longest);
	memcpy(longest + sizeof err.msg - 2, "\xC3\xA9", 2);
	longest[sizeof longest - 1] = '\0';
	rmk_fail(&err, RMK_IO, "%s", longest);
	assert_int_equal(strlen(err.msg), sizeof err.msg - 2);
	assert_string_equal(rmk_code_name(RMK_NO_REPO), "no-repository");
}

static void
test_map(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_map m = {.arena = &a};

	(void)state;
	assert_int_equal(rmk_map_get(&m, S("x")), RMK_NONE);
	for (uint32_t i = 0; i < 5000; i++)
		*rmk_map_put(&m, rmk_str_printf(&a, "key %u", i)) = i;
	*rmk_map_put(&m, (struct rmk_str){0}) = 7;
	for (uint32_t i = 0; i < 5000; i++)
		assert_int_equal(rmk_map_get(&m, rmk_str_printf(&a, "key %u", i)), i);
	assert_int_equal(rmk_map_get(&m, S("")), 7);
	assert_int_equal(m.n, 5001);
	rmk_arena_free(&a);
}

// The kinds of characters are those of the C locale, in which the tests run.
static void
test_ascii(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++) {
		assert_int_equal(rmk_is_digit((char)c), isdigit(c) != 0);
		assert_int_equal(rmk_is_letter((char)c), isalpha(c) != 0);
		assert_int_equal(rmk_is_blank((char)c), isblank(c) != 0);
		assert_int_equal(rmk_is_space((char)c), isspace(c) != 0);
		assert_int_equal(rmk_lower((char)c), (char)tolower(c));
	}
}

static void
test_digits(void **state)
{
	(void)state;
	assert_true(rmk_str_is_digits(S("a09b"), 1, 2));
	assert_false(rmk_str_is_digits(S("a09b"), 0, 2));
	assert_false(rmk_str_is_digits(S("a09b"), 2, 2));
	assert_false(rmk_str_is_digits(S("09"), 0, 0));
	assert_false(rmk_str_is_digits(S("09"), 1, 2));
	assert_false(rmk_str_is_digits(S("09"), 3, 1));
	assert_false(rmk_str_is_digits(S("09"), 2, SIZE_MAX));
}

static bool
is_number(const void *ctx, size_t item)
{
	return item == *(const size_t *)ctx;
}

// Things of one hash are told apart by looking at them.
static void
test_hash_index(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_hash_index x = {.arena = &a};

	(void)state;
	for (size_t i = 0; i < 100; i++) {
		uint64_t hash = i % 3 ? i * 0x9E3779B97F4A7C15u : 0;

		assert_int_equal(rmk_hash_index_get(&x, hash, is_number, &i), RMK_NONE);
		assert_int_equal(rmk_hash_index_put(&x, hash, i, is_number, &i), i);
		assert_int_equal(rmk_hash_index_put(&x, hash, i + 1, is_number, &i), i);
		assert_int_equal(x.n, i + 1);
	}
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(rmk_hash_index_get(&x,
				     i % 3 ? i * 0x9E3779B97F4A7C15u : 0, is_number, &i),
		    i);
	rmk_arena_free(&a);
}

// Keys of two words, of which the second undoes what the first did to the hash (str.c): all
// of one hash, unless that begins with a seed.
static void
make_colliding(uint64_t i, uint64_t key[2])
{
	__extension__ unsigned __int128 r =
	    (unsigned __int128)(0x9E3779B97F4A7C15u ^ 16 ^ i) * 0xA0761D6478BD642Fu;

	key[0] = i;
	key[1] = (uint64_t)r ^ (uint64_t)(r >> 64);
}

static void
test_map_is_quick_whatever_its_keys(void **state)
{
	enum { NKEYS = 50000 };
	struct rmk_arena a = {0};
	struct rmk_map m = {.arena = &a};
	uint64_t(*keys)[2] = rmk_arena_alloc(&a, NKEYS * sizeof *keys), first = 0;
	clock_t start;

	(void)state;
	for (size_t i = 0; i < NKEYS; i++) {
		struct rmk_str key = {(const char *)keys[i], sizeof keys[i]};

		make_colliding(i, keys[i]);
		first = i ? first : rmk_str_hash(key);
		assert_int_equal(rmk_str_hash(key), first);
		assert_int_not_equal(
		    rmk_str_hash_seeded(key, 1), rmk_str_hash_seeded(key, 2));
	}
	start = clock();
	for (size_t i = 0; i < NKEYS; i++)
		*rmk_map_put(&m, (struct rmk_str){(const char *)keys[i], 16}) = i;
	assert_int_equal(m.n, NKEYS);
	assert_true(clock() - start < CLOCKS_PER_SEC);
	rmk_arena_free(&a);
}

static void
test_utf8_validity(void **state)
{
	static const struct {
		struct rmk_str text;
		size_t want;
	} cases[] = {
	    {{"plain", 5}, RMK_NONE},
	    {{"a\0b", 3}, RMK_NONE},
	    {{"\xC3\xA9\xF0\x9F\x9A\xA7", 6}, RMK_NONE},
	    {{"ab\xC0\xAF", 4}, 2},        // overlong
	    {{"\xED\xA0\x80", 3}, 0},      // a surrogate
	    {{"\xF4\x90\x80\x80", 4}, 0},  // over U+10FFFF
	    {{"12345678\xE2\x82", 10}, 8}, // cut short
	    {{"\x80", 1}, 0},              // a continuation alone
	    {{"\xF4\x8F\xBF\xBF", 4}, RMK_NONE},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_int_equal(rmk_utf8_invalid(cases[i].text), cases[i].want);
	// At any place of the many bytes that are looked at together.
	for (size_t i = 0; i < 100; i++) {
		char text[100];

		memset(text, 'x', sizeof text);
		text[i] = '\xFF';
		assert_int_equal(
		    rmk_utf8_invalid((struct rmk_str){text, sizeof text}), i);
	}
}

static void
test_utf8_width(void **state)
{
	static const struct {
		const char *text;
		size_t want;
	} cases[] = {
	    {"", 0},
	    {"abc", 3},
	    {"A\xCC\x81z", 2},
	    {"\xE6\x97\xA5\xE6\x9C\xAC", 4},
	    {"\xF0\x9F\x9A\xA7", 2},
	    {"\xE2\x9C\x94\xEF\xB8\x8F", 2}, // a check mark that VS16 makes an emoji
	    {"\xE2\x9C\x94", 1},
	    {"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", 2}, // a flag
	    {"a\tb", 2},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_int_equal(
		    rmk_utf8_width(rmk_str_of(cases[i].text)), cases[i].want);
	assert_text(
	    rmk_utf8_clip(S("\xE6\x97\xA5\xE6\x9C\xAC"), 3), S("\xE6\x97\xA5"), "clip");
	assert_int_equal(rmk_utf8_utf16(S("a\xF0\x9F\x9A\xA7")), 3);
}

static void
test_utf8_fold(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
	    {"not read", "not read"},
	    {" Not  Read\t", "not read"},
	    {"\xE2\x9C\x85\xEF\xB8\x8F Yes", "\xE2\x9C\x85 yes"},
	    {"STRASSE", "strasse"},
	    {"Stra\xC3\x9F"
	     "e",
		"strasse"},
	    {"E\xCC\x81", "\xC3\xA9"},
	    {"a\xC2\xA0"
	     "b",
		"a b"},
	    // white space that is none of ASCII's; U+202A turns text around
	    {"a\xC2\x85\xE2\x80\xA8\xE2\x80\xA9\xE3\x80\x80z", "a z"},
	    {"a\xE2\x80\xAAz", "a\xE2\x80\xAAz"},
	    {"\xE2\x80\x8D x \xE2\x80\x8D\xE2\x80\x8D", "x"},
	    {"", ""},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str once = rmk_utf8_fold(&a, rmk_str_of(cases[i].text));

		assert_text(once, rmk_str_of(cases[i].want), cases[i].text);
		assert_text(rmk_utf8_fold(&a, once), once, "folding twice");
	}
	rmk_arena_free(&a);
}

static void
test_escapes(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf b = {.arena = &a};

	(void)state;
	rmk_buf_json(&b, S("a\"\\\n\x01\xFF\xC3\xA9"));
	assert_text(
	    rmk_buf_str(&b), S("\"a\\\"\\\\\\n\\u0001\xEF\xBF\xBD\xC3\xA9\""), "json");
	b.n = 0;
	rmk_buf_json(&b, S("\b\f\r\t\x0B\x0E\x1F "
			   "\x7E\x7F\xC2\x80\xC2\x9F\xC2\xA0\u2029\u202A\u202E\u202F"
			   "\u2065\u2066\u2069\u206A"));
	assert_text(rmk_buf_str(&b),
	    S("\"\\b\\f\\r\\t\\u000b\\u000e\\u001f "
	      "~\\u007f\\u0080\\u009f\u00A0\u2029\\u202a\\u202e\u202F"
	      "\u2065\\u2066\\u2069\u206A\""),
	    "what a terminal would obey");
	b.n = 0;
	rmk_buf_xml(&b, S("<a&'\">\x01"));
	assert_text(rmk_buf_str(&b), S("&lt;a&amp;&#39;&quot;&gt;\xEF\xBF\xBD"), "xml");
	b.n = 0;
	rmk_buf_csv(&b, S("say \"x\", y"));
	rmk_buf_csv(&b, S("plain"));
	assert_text(rmk_buf_str(&b), S("\"say \"\"x\"\", y\"plain"), "csv");
	rmk_arena_free(&a);
}

static void
test_json(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf b = {.arena = &a};
	struct rmk_json j = {.out = &b};

	(void)state;
	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_array(&j, "rows");
	rmk_json_text(&j, NULL, S("a"));
	rmk_json_object(&j, NULL);
	rmk_json_end(&j);
	rmk_json_real(&j, NULL, 0.5);
	rmk_json_real(&j, NULL, NAN);
	rmk_json_end(&j);
	rmk_json_bool(&j, "ok", true);
	rmk_json_cstr(&j, "none", NULL);
	rmk_json_end(&j);
	assert_text(rmk_buf_str(&b),
	    S("{\"version\":1,\"rows\":[\"a\",{},0.5,null],\"ok\":true,\"none\":null}"),
	    "json");
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_arena_grows_in_place_and_resets),
	    cmocka_unit_test(test_arena_asks_its_hook_when_memory_runs_out),
	    cmocka_unit_test(test_str),
	    cmocka_unit_test(test_str_hash_without_case_says_what_comparison_says),
	    cmocka_unit_test(test_err_text_is_safe_and_cut_at_a_character),
	    cmocka_unit_test(test_map),
	    cmocka_unit_test(test_ascii),
	    cmocka_unit_test(test_digits),
	    cmocka_unit_test(test_hash_index),
	    cmocka_unit_test(test_map_is_quick_whatever_its_keys),
	    cmocka_unit_test(test_utf8_validity),
	    cmocka_unit_test(test_utf8_width),
	    cmocka_unit_test(test_utf8_fold),
	    cmocka_unit_test(test_escapes),
	    cmocka_unit_test(test_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
