// What must hold for every table: properties of edits over generated ones.
//
// Tables are made in the styles people use (aligned by display width, compact, without white
// space, ragged; with and without outer pipes; in a quote or a list; each line end, with and
// without the last), and edited at random places with random values.
#include "unit.h"

#include "base/utf8.h"

#include <stdio.h>

#define TRIALS 4000
#define COLUMNS 3
#define MOST_ROWS 12

static uint32_t
next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static uint32_t
below(uint32_t *state, uint32_t n)
{
	return next_random(state) % n;
}

enum style { ALIGNED, COMPACT, TIGHT, RAGGED, NSTYLES };

struct table {
	enum style style;
	bool outer; // pipes at both ends
	size_t nrows;
	struct rmk_str cells[MOST_ROWS + 1][COLUMNS]; // the header first; raw
	size_t width[COLUMNS];
	const char *prefix, *first_prefix, *end;
	bool ended;
};

static struct rmk_str
random_value(struct rmk_arena *a, uint32_t *state)
{
	static const char *const words[] = {"a", "Not read", "Reading", "x|y", "\\",
	    "`c|d`", "未読", "✅", "[l](u)", "**b**", "&amp;", "<br>", "é", "7"};
	struct rmk_buf out = {.arena = a};
	uint32_t n = 1 + below(state, 2);

	for (uint32_t i = 0; i < n; i++) {
		if (i)
			rmk_buf_addc(&out, ' ');
		rmk_buf_adds(&out, words[below(state, NELEM(words))]);
	}
	return rmk_buf_str(&out);
}

// Plain words, with which a row without outer pipes can begin and end.
static struct rmk_str
random_word(uint32_t *state)
{
	static const char *const words[] = {
	    "a", "Read", "Not read", "未読", "long words here"};

	return rmk_str_of(words[below(state, NELEM(words))]);
}

static struct table
random_table(struct rmk_arena *a, uint32_t *state)
{
	static const char *const prefixes[][2] = {
	    {"", ""}, {"", ""}, {"> ", "> "}, {"- ", "  "}, {"  ", "  "}};
	static const char *const ends[] = {"\n", "\n", "\r\n", "\r"};
	uint32_t place = below(state, NELEM(prefixes));
	struct table t = {.style = (enum style)below(state, NSTYLES),
	    .outer = below(state, 3) > 0,
	    .nrows = 1 + below(state, MOST_ROWS),
	    .first_prefix = prefixes[place][0],
	    .prefix = prefixes[place][1],
	    .end = ends[below(state, NELEM(ends))],
	    .ended = below(state, 3) > 0};

	for (size_t r = 0; r <= t.nrows; r++) {
		for (size_t c = 0; c < COLUMNS; c++) {
			struct rmk_str value = t.outer ? random_value(a, state)
			                               : random_word(state);
			size_t width;

			t.cells[r][c] = rmk_cell_raw(a, value);
			width = rmk_utf8_width(t.cells[r][c]);
			t.width[c] = width > t.width[c] ? width : t.width[c];
		}
	}
	return t;
}

static void
add_cell(struct rmk_buf *out, const struct table *t, uint32_t *state, struct rmk_str raw,
    size_t c)
{
	static const char *const gaps[] = {"", " ", "  ", "\t"};
	bool first = !t->outer && c == 0, last = !t->outer && c == COLUMNS - 1;
	size_t spare = t->width[c] - rmk_utf8_width(raw);
	bool ends_escaping = raw.n && raw.s[raw.n - 1] == '\\';

	if (t->style == RAGGED && !first)
		rmk_buf_adds(out, gaps[below(state, NELEM(gaps))]);
	else if (t->style != TIGHT && !first)
		rmk_buf_addc(out, ' ');
	rmk_buf_add(out, raw);
	if (last)
		return;
	if (t->style == ALIGNED)
		rmk_buf_fill(out, ' ', spare);
	if (t->style == ALIGNED || t->style == COMPACT || ends_escaping)
		rmk_buf_addc(out, ' ');
	else if (t->style == RAGGED)
		rmk_buf_adds(out, gaps[below(state, NELEM(gaps))]);
}

static struct rmk_str
write_table(struct rmk_arena *a, const struct table *t, uint32_t *state)
{
	struct rmk_buf out = {.arena = a};

	for (size_t line = 0; line < t->nrows + 2; line++) {
		rmk_buf_adds(&out, line ? t->prefix : t->first_prefix);
		rmk_buf_adds(&out, t->outer ? "|" : "");
		for (size_t c = 0; c < COLUMNS; c++) {
			if (c)
				rmk_buf_addc(&out, '|');
			if (line == 1)
				rmk_buf_adds(&out, "---");
			else
				add_cell(
				    &out, t, state, t->cells[line ? line - 1 : 0][c], c);
		}
		rmk_buf_adds(&out, t->outer ? "|" : "");
		if (line + 1 < t->nrows + 2 || t->ended)
			rmk_buf_adds(&out, t->end);
	}
	return rmk_buf_str(&out);
}

static struct rmk_doc *
parse(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_doc *doc = NULL;
	struct rmk_err err;

	if (rmk_doc_parse(a, S("t"), text, 0, &doc, &err) || doc->ntables != 1)
		fail_msg("no table in [%.*s]", RMK_FMT(text));
	return doc;
}

static struct rmk_str
apply(struct rmk_arena *a, struct rmk_str text, struct rmk_edit edit)
{
	struct rmk_str out = {0};
	struct rmk_err err;

	if (rmk_edits_apply(a, parse(a, text), &edit, 1, &out, &err))
		fail_msg("%s: [%.*s] into [%.*s]", err.msg, RMK_FMT(edit.value),
		    RMK_FMT(text));
	return out;
}

// Parse of write is the value; the value again is no change; the old one gives the bytes.
static void
check_set(
    struct rmk_arena *a, const struct table *t, struct rmk_str text, uint32_t *state)
{
	struct rmk_edit edit = {
	    .row = below(state, (uint32_t)t->nrows), .col = below(state, COLUMNS)};
	struct rmk_str raw = t->cells[edit.row + 1][edit.col], now;
	struct rmk_doc *doc;

	edit.value = t->outer ? random_value(a, state) : random_word(state);
	now = apply(a, text, edit);
	doc = parse(a, now);
	assert_text(rmk_cell_content(
			a, rmk_doc_cell(doc, &doc->tables[0].rows[edit.row], edit.col)),
	    edit.value, "parse of write");
	assert_text(apply(a, now, edit), now, "the value again");
	if (edit.value.s[edit.value.n - 1] == '\\')
		return; // it may have needed a space of its own
	edit.value = rmk_cell_content(a, raw);
	assert_text(apply(a, now, edit), text, "the old value again");
}

// In an aligned column whatever fits keeps the line as wide as it was.
static void
check_width(
    struct rmk_arena *a, const struct table *t, struct rmk_str text, uint32_t *state)
{
	struct rmk_edit edit = {
	    .row = below(state, (uint32_t)t->nrows), .col = below(state, COLUMNS - 1)};
	uint32_t line = (uint32_t)edit.row + 3;
	size_t width = t->width[edit.col];
	struct rmk_str was, is;

	edit.value = random_word(state);
	if (t->style != ALIGNED || t->nrows < 2 || rmk_utf8_width(edit.value) > width)
		return;
	for (size_t r = 1, full = 0; r <= t->nrows; r++) {
		full += r != edit.row + 1 &&
		        rmk_utf8_width(t->cells[r][edit.col]) == width;
		if (full == t->nrows - 1)
			return; // no other cell shows that the column is aligned
	}
	was = rmk_doc_line(parse(a, text), line);
	is = rmk_doc_line(parse(a, apply(a, text, edit)), line);
	if (rmk_utf8_width(was) != rmk_utf8_width(is))
		fail_msg("[%.*s]\nis not as wide as\n[%.*s]", RMK_FMT(is), RMK_FMT(was));
}

// What is inserted and deleted again leaves the bytes as they were.
static void
check_insert(
    struct rmk_arena *a, const struct table *t, struct rmk_str text, uint32_t *state)
{
	struct rmk_str values[COLUMNS];
	struct rmk_edit edit = {.kind = RMK_EDIT_INSERT,
	    .row = below(state, (uint32_t)t->nrows + 1),
	    .values = values};
	struct rmk_doc *doc;
	struct rmk_str now;

	for (size_t c = 0; c < COLUMNS; c++)
		values[c] = below(state, 4) ? random_value(a, state) : S("");
	now = apply(a, text, edit);
	doc = parse(a, now);
	assert_int_equal(doc->tables[0].nrows, t->nrows + 1);
	for (size_t c = 0; c < COLUMNS; c++)
		assert_text(rmk_cell_content(
				a, rmk_doc_cell(doc, &doc->tables[0].rows[edit.row], c)),
		    values[c], "an inserted cell");
	edit.kind = RMK_EDIT_DELETE;
	assert_text(apply(a, now, edit), text, "deleted again");
}

static void
test_properties(void **unused)
{
	uint32_t state = 2463534242u;

	(void)unused;
	for (size_t i = 0; i < TRIALS; i++) {
		struct rmk_arena arena = {0};
		struct table t = random_table(&arena, &state);
		struct rmk_str text = write_table(&arena, &t, &state);

		check_set(&arena, &t, text, &state);
		check_width(&arena, &t, text, &state);
		check_insert(&arena, &t, text, &state);
		rmk_arena_free(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_properties),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
