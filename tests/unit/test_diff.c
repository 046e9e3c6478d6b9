// What changed: words of a cell, and rows told in the order a reader meets them.
#include "unit.h"

#include "diff/diff.h"

static const struct {
	const char *old, *new_, *was, *is;
} words[] = {
    {"Not read", "Reading", "Not read", "Reading"},
    {"a low rank", "a high rank", "low", "high"},
    {"same", "same", "", ""},
    {"", "new", "", "new"},
    {"old", "", "old", ""},
    {"v1.2", "v1.3", "2", "3"},
    {"reader", "reading", "reader", "reading"},
    {"a b c", "a c", "b ", ""},
    {"a c", "a b c", "", "b "},
    {"aa", "aaa", "aa", "aaa"},
    {"über", "ober", "über", "ober"},
    {"x 未 y", "x 読 y", "未", "読"},
};

static void
test_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(words); i++) {
		struct rmk_str old = rmk_str_of(words[i].old),
			       new_ = rmk_str_of(words[i].new_);
		struct rmk_word_diff w = rmk_diff_words(old, new_);

		assert_text(
		    rmk_str_at(old, w.old), rmk_str_of(words[i].was), words[i].old);
		assert_text(
		    rmk_str_at(new_, w.new_), rmk_str_of(words[i].is), words[i].new_);
	}
}

static struct rmk_doc *
parse(struct rmk_arena *a, const char *text)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	assert_int_equal(
	    rmk_doc_parse(a, S("a.md"), rmk_str_of(text), 0, &doc, &err), RMK_OK);
	return doc;
}

// "+k" added, "-k" removed, "~k" changed, ">k" moved, "*k" both.
static struct rmk_str
tell(struct rmk_arena *a, const struct rmk_diff *d)
{
	struct rmk_buf out = {.arena = a};

	for (size_t t = 0; t < d->n; t++) {
		rmk_buf_printf(&out, "%s[%c", t ? " " : "", "+-~"[d->tables[t].kind]);
		for (size_t c = 0; c < d->tables[t].ncols; c++)
			rmk_buf_printf(&out, "|%c", "+-~"[d->tables[t].cols[c].kind]);
		for (size_t r = 0; r < d->tables[t].nrows; r++) {
			const struct rmk_row_diff *row = &d->tables[t].rows[r];

			rmk_buf_printf(&out, " %c%.*s",
			    row->kind != RMK_DIFF_CHANGED ? "+-"[row->kind]
			    : !row->moved                 ? '~'
			    : row->ncells                 ? '*'
							  : '>',
			    RMK_FMT(row->name));
		}
		rmk_buf_addc(&out, ']');
	}
	return rmk_buf_str(&out);
}

#define H "|k|v|\n|-|-|\n"

static const struct {
	const char *old, *new_, *want;
} docs[] = {
    {H "|a|1|\n", H "|a|1|\n", ""},
    {H "|a|1|\n", H "| a  |   1 |\n", ""},
    {H "|a|1|\n|b|2|\n", H "|a|1|\n|b|3|\n", "[~ ~b]"},
    {H "|a|1|\n|b|2|\n|c|3|\n", H "|a|1|\n|x|9|\n|c|3|\n", "[~ -b +x]"},
    {H "|a|1|\n|b|2|\n|c|3|\n", H "|c|3|\n|a|1|\n|b|2|\n", "[~ >c]"},
    {H "|a|1|\n|b|2|\n|c|3|\n", H "|c|4|\n|a|1|\n|b|2|\n", "[~ *c]"},
    {H "|a|1|\n|b|2|\n", H "|b|2|\n", "[~ -a]"},
    {H "|a|1|\n|b|2|\n", H "|a|1|\n", "[~ -b]"},
    {H "|a|1|\n", "|k|v|w|\n|-|-|-|\n|a|1|x|\n", "[~|+ ~a]"},
    {H "|a|1|\n", "|k|\n|-|\n|a|\n", "[~|- ~a]"},
    {H "|a|1|\n|b|2|\n", "|k|v|\n|-|:-|\n|a|1|\n|b|2|\n", "[~|~]"},
    {"x\n", H "|a|1|\n", "[+ +a]"},
    {H "|a|1|\n", "x\n", "[- -a]"},
    {H "|a|1|\n", H "|a|1|2|\n", "[~ ~a]"},
    {H "||1|\n", H "||2|\n", "[~ -1 +2]"},
};

static void
test_docs(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(docs); i++) {
		struct rmk_arena a = {0};
		struct rmk_diff d = rmk_diff_docs(
		    &a, parse(&a, docs[i].old), parse(&a, docs[i].new_));

		assert_text(tell(&a, &d), rmk_str_of(docs[i].want), docs[i].new_);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_docs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
