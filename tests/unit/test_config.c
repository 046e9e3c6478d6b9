// .rowmark.ini: what is read, what is refused and how, and which files a pattern means.
#include "unit.h"

#include "io/config.h"

static void
test_parse(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_config c;
	struct rmk_err err = {0};

	(void)state;
	assert_int_equal(rmk_config_parse(&a, S(".rowmark.ini"),
			     S("# policy\n[files]\ninclude = **/*.md  docs/*.txt\n"
			       "exclude = vendor/**\nexclude = old\n\n[rules]\n"
			       "duplicate-link = off\nbroken-link=error\n[commit]\n"
			       "message = {row}: {old} -> {new}\n"),
			     &c, &err),
	    RMK_OK);
	assert_int_equal(c.ninclude, 2);
	assert_text(c.include[1].text, S("docs/*.txt"), "include");
	assert_int_equal(c.nexclude, 2);
	assert_int_equal(c.nrules, 2);
	assert_text(c.rules[1].name, S("broken-link"), "rule");
	assert_text(c.rules[1].level, S("error"), "level");
	assert_int_equal(c.rules[1].line, 9);
	assert_text(c.message, S("{row}: {old} -> {new}"), "message");
	rmk_arena_free(&a);
}

static void
test_noted(void **state)
{
	static const struct {
		const char *text, *says;
		uint32_t line;
	} cases[] = {
	    {"[file]\na = b\n", "unknown section 'file', passed over", 2},
	    {"[files]\ninclud = x\n",
		"there are include, exclude; did you mean 'include'?", 2},
	    {"[commit]\n\nmesage = x\n", "there is message; did you mean 'message'?", 3},
	    {"include = x\n", "unknown section ''", 1},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_config c;

		assert_int_equal(rmk_config_parse(&a, S(".rowmark.ini"),
				     rmk_str_of(cases[i].text), &c, NULL),
		    RMK_OK);
		assert_int_equal(c.nnotes, 1);
		assert_int_equal(c.notes[0].line, cases[i].line);
		assert_true(
		    rmk_str_find(c.notes[0].text, rmk_str_of(cases[i].says)) != RMK_NONE);
	}
	rmk_arena_free(&a);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *text, *says, *hint;
	} cases[] = {
	    {"[rules]\nx = of\n", ":2: x = of: off, warn or error is wanted", ""},
	    {"[lsp]\nlens = of\n", ":2: lens = of: on or off is wanted", ""},
	    {"[rules]\nnonsense\n", ":2: neither [section] nor key = value", ""},
	    {"[files]\ninclude = a.md,b.md\n", ":2: a.md,b.md: a comma", "a space does"},
	    {"[files]\nexclude = ./a.md\n", ":2: ./a.md: a pattern counts", "/r.md"},
	    {"[files]\ninclude = {a}.md\n", ":2: {a}.md: braces", "each pattern"},
	    {"[files]\ninclude = a !b\n", ":2: !b: '!'", "'exclude ='"},
	    {"[rules]\rx = off\r", "ends in CR alone", "LF"},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_config c;
		struct rmk_err err = {0};

		assert_int_equal(rmk_config_parse(&a, S(".rowmark.ini"),
				     rmk_str_of(cases[i].text), &c, &err),
		    RMK_INVALID);
		assert_non_null(strstr(err.msg, cases[i].says));
		assert_non_null(strstr(err.hint, cases[i].hint));
	}
	rmk_arena_free(&a);
}

// inih cuts a line at its buffer; ours is refused there instead, and not before.
static void
test_long_line(void **state)
{
	struct rmk_arena a = {0};
	char text[4000] = "[commit]\nmessage = ";
	size_t head = strlen(text), fits = 0;

	(void)state;
	for (size_t n = 1; n < 2000; n++) {
		struct rmk_config c;
		struct rmk_err err = {0};

		memset(text + head, 'x', n);
		text[head + n] = '\n';
		enum rmk_code code = rmk_config_parse(
		    &a, S("c"), (struct rmk_str){text, head + n + 1}, &c, &err);
		if (code == RMK_OK) {
			assert_int_equal(c.message.n, n);
			fits = n;
		} else {
			assert_int_equal(code, RMK_TOO_BIG);
			assert_int_equal(fits, n - 1);
			break;
		}
	}
	assert_true(fits >= 100 && fits <= 1990);
	rmk_arena_free(&a);
}

static void
test_patterns(void **state)
{
	static const struct {
		const char *include, *exclude, *path;
		bool wanted;
	} cases[] = {
	    {"", "", "README.md", true},
	    {"", "", "a/b/x.markdown", true},
	    {"", "", "README.MD", true},
	    {"", "", "a.txt", false},
	    {"", "vendor/**", "vendor/a/x.md", false},
	    {"", "vendor/", "vendor/a/x.md", false},
	    {"", "vendor", "a/vendor/x.md", false},
	    {"", "/vendor", "a/vendor/x.md", true},
	    {"", "vendor/", "vendor.md", true},
	    {"**/*.md", "", "x.md", true},
	    {"**/*.md", "", "a/b/c/x.md", true},
	    {"docs/**/x.md", "", "docs/x.md", true},
	    {"docs/**/x.md", "", "docs/a/b/x.md", true},
	    {"docs/**/x.md", "", "docs/a/b/y.md", false},
	    {"docs/*.md", "", "docs/a/x.md", false},
	    {"docs/*.md", "", "docs/x.md", true},
	    {"a?c.md", "", "abc.md", true},
	    {"a?c.md", "", "a/c.md", false},
	    {"[a-c].md", "", "b.md", true},
	    {"[!a-c].md", "", "b.md", false},
	    {"[!a-c].md", "", "d.md", true},
	    {"[.md", "", "[.md", true},
	    {"\\*.md", "", "*.md", true},
	    {"\\*.md", "", "x.md", false},
	    {"*a*b*c", "", "xxaxxbxxc", true},
	    {"*a*b*c", "", "xxaxxcxxb", false},
	    {"**", "", "any/thing", true},
	    {"a**/x.md", "", "a/b/x.md", false},
	    {"a**/x.md", "", "ab/x.md", true},
	    {"/docs**", "", "docs.md", true},
	    {"d[[:digit:]].md", "", "d7.md", true},
	    {"d[[:digit:]].md", "", "dx.md", false},
	    {"[\\]].md", "", "].md", true},
	    {"[]a-c].md", "", "].md", true},
	    {"[!]].md", "", "].md", false},
	};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_config c;
		struct rmk_str text = rmk_str_printf(&a,
		    "[files]\ninclude = %s\nexclude = %s\n", cases[i].include,
		    cases[i].exclude);

		assert_int_equal(rmk_config_parse(&a, S("c"), text, &c, NULL), RMK_OK);
		if (rmk_config_wants(&c, rmk_str_of(cases[i].path)) != cases[i].wanted)
			fail_msg("include '%s' exclude '%s': %s", cases[i].include,
			    cases[i].exclude, cases[i].path);
	}
	rmk_arena_free(&a);
}

// A pattern of many stars against a text that nearly fits ends in time.
static void
test_pattern_cost(void **state)
{
	struct rmk_arena a = {0};
	bool hit = false;
	struct rmk_config_pattern stars[] = {
	    {S("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b"), 1, &hit},
	    {S("**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/b"), 1, &hit}};
	char text[20001];

	(void)state;
	for (size_t i = 0; i < 20000; i++)
		text[i] = i % 2 ? '/' : 'a';
	for (size_t i = 0; i < NELEM(stars); i++) {
		struct rmk_config c = {.include = &stars[i], .ninclude = 1};
		assert_false(rmk_config_wants(&c, (struct rmk_str){text, 4000}));
	}
	memset(text, 'a', 20000);
	for (size_t i = 0; i < NELEM(stars); i++) {
		struct rmk_config c = {.include = &stars[i], .ninclude = 1};
		assert_false(rmk_config_wants(&c, (struct rmk_str){text, 20000}));
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parse),
	    cmocka_unit_test(test_noted),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_long_line),
	    cmocka_unit_test(test_patterns),
	    cmocka_unit_test(test_pattern_cost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
