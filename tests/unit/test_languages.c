// The vocabulary of each language against a second source in it: languages.tsv, the words of
// programs whose translations it was not made from. Prints how many are right.
#include "unit.h"

#include <stdio.h>

#include "schema/row_progress.h"
#include "schema/schema.h"

#define MOST_LANGUAGES 32
#define MOST_WORDS 32
#define LEAST_WORDS 10 // of a language

static const char *const classes[] = {
    "todo", "doing", "done", "unknown", "empty", "closed"};

// A line of the file.
struct said {
	struct rmk_str language, list, english, class, word, friend;
};

struct count {
	struct rmk_str language;
	size_t asked, right, friends;
};

static struct rmk_str
languages_file(struct rmk_arena *a)
{
	FILE *f = fopen("tests/unit/languages.tsv", "rb");
	char *bytes = rmk_arena_alloc(a, 1 << 20);
	size_t n;

	if (!f)
		fail_msg("tests/unit/languages.tsv: run this from the top of the tree");
	n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	return (struct rmk_str){bytes, n};
}

static bool
next_word(struct rmk_str *rest, struct said *w)
{
	struct rmk_str line, *cells[] = {&w->language, &w->list, &w->english, &w->class,
				 &w->word, &w->friend};

	while (rmk_str_split(rest, '\n', &line)) {
		if (line.n == 0 || line.s[0] == '#')
			continue;
		*w = (struct said){0};
		for (size_t i = 0; i < 6 && rmk_str_split(&line, '\t', cells[i]); i++)
			;
		return true;
	}
	return false;
}

static struct count *
count_of(struct count counts[MOST_LANGUAGES], struct rmk_str language)
{
	size_t i = 0;

	while (counts[i].language.n && !rmk_str_eq(counts[i].language, language))
		i++;
	assert_true(i + 1 < MOST_LANGUAGES);
	counts[i].language = language;
	return &counts[i];
}

static void
judge_word(struct rmk_arena *a, const struct rmk_field *field, const struct said *w,
    struct count *count)
{
	const char *got = classes[rmk_field_progress(a, field, w->word)];
	bool right = rmk_str_eq(w->class, rmk_str_of(got));

	count->asked++;
	count->right += right;
	count->friends += w->friend.n > 0;
	if (right == (w->friend.n > 0))
		fail_msg("%.*s, %.*s: '%.*s' (%.*s) is %.*s, read as %s%s",
		    RMK_FMT(w->language), RMK_FMT(w->list), RMK_FMT(w->word),
		    RMK_FMT(w->english), RMK_FMT(w->class), got,
		    right ? ", and is a false friend" : "");
}

// A list of one program as the status column of a table.
static void
judge_list(const struct said *words, size_t n, struct count *counts)
{
	struct rmk_arena a = {0};
	struct rmk_buf md = {.arena = &a};
	struct rmk_schema *s;

	rmk_buf_adds(&md, "| Name | Status |\n|---|---|\n");
	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&md, "| n%zu | %.*s |\n", i, RMK_FMT(words[i].word));
	s = rmk_schema_of(&a, parse_md(&a, rmk_buf_str(&md), 0), 0);
	for (size_t i = 0; i < n; i++)
		judge_word(
		    &a, &s->fields[1], &words[i], count_of(counts, words[i].language));
	rmk_arena_free(&a);
}

static void
test_second_source(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str rest = languages_file(&a);
	struct count counts[MOST_LANGUAGES] = {0};
	struct said list[MOST_WORDS], w;
	size_t n = 0;

	(void)state;
	while (next_word(&rest, &w)) {
		if (n && (!rmk_str_eq(w.list, list[0].list) ||
			     !rmk_str_eq(w.language, list[0].language))) {
			judge_list(list, n, counts);
			n = 0;
		}
		assert_true(n < MOST_WORDS);
		list[n++] = w;
	}
	judge_list(list, n, counts);
	printf("%10s%8s%8s%16s\n", "", "asked", "right", "false friends");
	for (const struct count *c = counts; c->language.n; c++) {
		printf("%10.*s%8zu%8zu%16zu\n", RMK_FMT(c->language), c->asked, c->right,
		    c->friends);
		assert_true(c->asked >= LEAST_WORDS);
	}
	rmk_arena_free(&a);
}

// What one writes in two ways is one word.
static void
test_spellings(void **state)
{
	static const struct {
		const char *raw;
		enum rmk_progress is;
	} cases[] = {
	    {"завершён", RMK_DONE},
	    {"завершен", RMK_DONE},
	    {"Завершённые", RMK_DONE},
	    {"مكتمل", RMK_DONE},
	    {"مُكتمل", RMK_DONE},
	    {"مكتمـــل", RMK_DONE},
	    {"Completadas", RMK_DONE},
	    {"non pubblicati", RMK_TODO},
	    {"BAŞARISIZ", RMK_TODO},
	    {"Bloqué", RMK_DOING},
	    {"bloquées", RMK_DOING},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rmk_arena a = {0};
		struct rmk_str raw = rmk_str_of(cases[i].raw);
		struct rmk_str md = rmk_str_printf(
		    &a, "| Name | Status |\n|---|---|\n| a | %.*s |\n", RMK_FMT(raw));
		struct rmk_schema *s = rmk_schema_of(&a, parse_md(&a, md, 0), 0);

		if (rmk_field_progress(&a, &s->fields[1], raw) != cases[i].is)
			fail_msg(
			    "'%s' is not read as %s", cases[i].raw, classes[cases[i].is]);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_second_source), cmocka_unit_test(test_spellings)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
