// Edits against the parser's peer: exactly the wished cells differ, or nothing is written.
//
// Bytes choose a document, line by line from a small grammar in which most lines are rows,
// and up to three edits of its tables with hostile values. What rmk_edits_apply gives is
// read by cmark-gfm's full parse, which knows nothing of rowmark, and held against the grid
// that the old document's full parse and the edits give; lines that no edit names must be
// the same bytes. One cell set and set back must give the old bytes.
#include "peers/full_parse.h"

#include "internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE(literal)                                                                   \
	{                                                                                \
		literal, sizeof(literal) - 1                                             \
	}

static const struct rmk_str prefixes[16] = {
    PIECE(""),
    PIECE(""),
    PIECE(""),
    PIECE(""),
    PIECE(""),
    PIECE(""),
    PIECE(" "),
    PIECE("  "),
    PIECE("    "),
    PIECE("\t"),
    PIECE("> "),
    PIECE("> "),
    PIECE(">"),
    PIECE("- "),
    PIECE("1. "),
    PIECE("> - "),
};
static const struct rmk_str rows[32] = {
    PIECE(""),
    PIECE("| a | b |"),
    PIECE("|a|b|"),
    PIECE("|---|---|"),
    PIECE("|---|---|"),
    PIECE("| :-: | --: |"),
    PIECE("-|-"),
    PIECE("a | b"),
    PIECE("1 | 2"),
    PIECE("| a   | bcd |"),
    PIECE("| abc |     |"),
    PIECE("|-----|-----|"),
    PIECE("| a |"),
    PIECE("|"),
    PIECE("||"),
    PIECE("| a | b | c |"),
    PIECE("|-|-|-|"),
    PIECE("|:--"),
    PIECE(":--"),
    PIECE("x"),
    PIECE("x\\"),
    PIECE("| a\\|b | `c\\|d` |  "),
    PIECE("|\ta\v|\f b"),
    PIECE("| \xC3\xA9 | \xF0\x9F\x9A\xA7 |"),
    PIECE("| \xC3 | \0 |"),
    PIECE("---"),
    PIECE("```"),
    PIECE("<!-- c"),
    PIECE("# h"),
    PIECE("- | -"),
    PIECE("<<<<<<< a"),
    PIECE("=======\t"),
};
static const struct rmk_str ends[8] = {PIECE("\n"), PIECE("\n"), PIECE("\n"), PIECE("\n"),
    PIECE("\n"), PIECE("\r\n"), PIECE("\r"), PIECE("\n\n")};

static const struct rmk_str values[] = {
    PIECE(""),
    PIECE("x"),
    PIECE("Not read"),
    PIECE("long enough to overflow"),
    PIECE("---"),
    PIECE(":-:"),
    PIECE("\\"),
    PIECE("a\\"),
    PIECE("\\\\"),
    PIECE("|"),
    PIECE("||"),
    PIECE("| x"),
    PIECE("x |"),
    PIECE("a|b"),
    PIECE("a\\|b"),
    PIECE("\\|"),
    PIECE("|\\"),
    PIECE("`"),
    PIECE("```"),
    PIECE("~~~"),
    PIECE("`a|b`"),
    PIECE("<!--"),
    PIECE("-->"),
    PIECE("<div>"),
    PIECE("<b"),
    PIECE(">"),
    PIECE("> a"),
    PIECE("-"),
    PIECE("- a"),
    PIECE("+"),
    PIECE("* a"),
    PIECE("* * *"),
    PIECE("***"),
    PIECE("___"),
    PIECE("_"),
    PIECE("#"),
    PIECE("# a"),
    PIECE("1."),
    PIECE("1) a"),
    PIECE("12"),
    PIECE("="),
    PIECE("======="),
    PIECE("<<<<<<< a"),
    PIECE("[^1]: a"),
    PIECE("[^1]"),
    PIECE("[a]: b"),
    PIECE("[a]"),
    PIECE("![a](b)"),
    PIECE("&amp;"),
    PIECE("\xC3\xA9"),
    PIECE("\xE6\x9C\xAA\xE8\xAA\xAD"),
    PIECE("\xF0\x9F\x9A\xA7"),
    PIECE("\xC2\xA0"),
    PIECE("\xEF\xBB\xBF"),
    PIECE("a\tb"),
    PIECE("a\v"),
    PIECE("a\f"),
    PIECE("\x01"),
    PIECE(" a"),
    PIECE("a "),
    PIECE("\v"),
    PIECE("\xC3"),
    PIECE("a\0"),
    PIECE("a\n| b"),
};
#define NVALUES (sizeof values / sizeof *values)

#define MOST_LINES 12
#define MOST_EDITS 3
#define MOST_COLUMNS 8

static uint64_t documents, written, refused, unchanged, invalid;

static void
print_counts(void)
{
	fprintf(stderr,
	    "documents: %" PRIu64 " (%" PRIu64 " written, %" PRIu64 " unchanged, %" PRIu64
	    " refused, %" PRIu64 " invalid)\n",
	    documents, written, unchanged, refused, invalid);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return atexit(print_counts);
}

struct trial {
	struct rmk_arena *a;
	struct rmk_doc *doc;
	struct rmk_edit edits[MOST_EDITS];
	size_t nedits;
	struct rmk_str now;
};

static void
fail(const struct trial *t, const char *what)
{
	fprintf(stderr, "%s\n--- old\n", what);
	fwrite(t->doc->text.s, 1, t->doc->text.n, stderr);
	fprintf(stderr, "\n--- new\n");
	fwrite(t->now.s, 1, t->now.n, stderr);
	for (size_t i = 0; i < t->nedits; i++) {
		const struct rmk_edit *e = &t->edits[i];

		fprintf(stderr, "\n--- edit kind %d table %zu row %zu col %zu [%.*s]",
		    e->kind, e->table, e->row, e->col, RMK_FMT(e->value));
	}
	fprintf(stderr, "\n--- end\n");
	abort();
}

// --- what must come out -------------------------------------------------------

static const struct rmk_edit *
find_edit(
    const struct trial *t, enum rmk_edit_kind kind, size_t table, size_t row, size_t col)
{
	for (size_t i = 0; i < t->nedits; i++) {
		const struct rmk_edit *e = &t->edits[i];

		if (e->kind == kind && e->table == table && e->row == row &&
		    (kind != RMK_EDIT_CELL || e->col == col))
			return e;
	}
	return NULL;
}

static struct rmk_str
peer_cell(const struct peer_row *row, size_t col)
{
	return col < row->ncells ? rmk_str_of(row->cells[col]) : RMK_STR("");
}

static void
expect_row(const struct trial *t, const struct rmk_str *want, size_t ncols,
    const struct peer_table *now, size_t *n)
{
	if (*n == now->nrows)
		fail(t, "a row is missing");
	for (size_t col = 0; col < ncols; col++) {
		if (!rmk_str_eq(want[col], peer_cell(&now->rows[*n], col)))
			fail(t, "a cell is another");
	}
	++*n;
}

static void
expect_table(const struct trial *t, size_t table, const struct peer_table *old,
    const struct peer_table *now)
{
	struct rmk_str want[512];
	size_t n = 1;

	if (old->ncols != now->ncols || memcmp(old->aligns, now->aligns, old->ncols) != 0)
		fail(t, "the columns are others");
	for (size_t col = 0; col < old->ncols; col++) {
		if (!rmk_str_eq(
			peer_cell(&old->rows[0], col), peer_cell(&now->rows[0], col)))
			fail(t, "the header is another");
	}
	for (size_t r = 0; r < old->nrows; r++) {
		for (size_t i = 0; i < t->nedits; i++) {
			const struct rmk_edit *e = &t->edits[i];

			if (e->kind == RMK_EDIT_INSERT && e->table == table &&
			    e->row == r)
				expect_row(t, e->values, old->ncols, now, &n);
		}
		if (r + 1 == old->nrows || find_edit(t, RMK_EDIT_DELETE, table, r, 0))
			continue;
		for (size_t col = 0; col < old->ncols; col++) {
			const struct rmk_edit *e = find_edit(
			    t, RMK_EDIT_CELL, table, r, col);

			want[col] = e ? e->value : peer_cell(&old->rows[r + 1], col);
		}
		expect_row(t, want, old->ncols, now, &n);
	}
	if (n != now->nrows)
		fail(t, "a row too many");
}

static void
expect_grid(const struct trial *t)
{
	struct peer_doc old = peer_parse(t->a, t->doc->text),
			now = peer_parse(t->a, t->now);

	if (old.ntables == t->doc->ntables) {
		if (old.ntables != now.ntables)
			fail(t, "the tables are others");
		for (size_t i = 0; i < old.ntables; i++)
			expect_table(t, i, &old.tables[i], &now.tables[i]);
	}
	peer_free(&old);
	peer_free(&now);
}

// --- which bytes may differ ---------------------------------------------------

static struct rmk_str
take_line(struct rmk_str *rest)
{
	struct rmk_str line = {rest->s, 0};

	while (line.n < rest->n && rest->s[line.n] != '\n' && rest->s[line.n] != '\r')
		line.n++;
	if (line.n < rest->n && rest->s[line.n] == '\r')
		line.n++;
	if (line.n < rest->n && rest->s[line.n] == '\n')
		line.n += line.n == 0 || rest->s[line.n - 1] == '\r' ||
		          rest->s[line.n] == '\n';
	*rest = rmk_str_from(*rest, line.n);
	return line;
}

static struct rmk_str
without_end(struct rmk_str line)
{
	while (line.n && (line.s[line.n - 1] == '\n' || line.s[line.n - 1] == '\r'))
		line.n--;
	return line;
}

// How many rows are inserted before a line, and whether an edit touches the line itself.
static size_t
edits_of_line(const struct trial *t, uint32_t line, bool *deleted, bool *set)
{
	size_t inserted = 0;

	*deleted = *set = false;
	for (size_t i = 0; i < t->nedits; i++) {
		const struct rmk_edit *e = &t->edits[i];
		const struct rmk_table *table = &t->doc->tables[e->table];
		uint32_t at = e->row < table->nrows ? table->rows[e->row].line
		              : table->nrows ? table->rows[table->nrows - 1].line + 1
		                             : table->delim.line + 1;

		if (at != line)
			continue;
		inserted += e->kind == RMK_EDIT_INSERT;
		*deleted |= e->kind == RMK_EDIT_DELETE;
		*set |= e->kind == RMK_EDIT_CELL;
	}
	return inserted;
}

static void
expect_lines(const struct trial *t)
{
	struct rmk_str old = t->doc->text, now = t->now;
	bool deleted, set;

	for (uint32_t line = 1; line <= t->doc->nlines + 1; line++) {
		size_t inserted = edits_of_line(t, line, &deleted, &set);
		struct rmk_str was = take_line(&old), is;

		while (inserted--)
			take_line(&now);
		if (deleted || line > t->doc->nlines)
			continue;
		is = take_line(&now);
		if (!set && !rmk_str_eq(without_end(was), without_end(is)))
			fail(t, "another line differs");
		if (old.n && now.n &&
		    was.n - without_end(was).n != is.n - without_end(is).n)
			fail(t, "a line has another end");
	}
	if (now.n)
		fail(t, "a line too many");
}

// --- back again ---------------------------------------------------------------

static bool
is_open(struct rmk_str text, const struct rmk_row *row, bool *lead)
{
	struct rmk_span last = row->cells[row->ncells - 1];
	uint32_t end = row->span.at + row->span.len;
	struct rmk_span all = rmk_cell_between(text, row->at, end, last);

	*lead = text.s[row->at] == '|';
	return all.at + all.len == end;
}

// Not where an outer pipe was added, or might be.
static void
expect_return(const struct trial *t)
{
	const struct rmk_edit *e = &t->edits[0];
	const struct rmk_row *row, *row_now;
	struct rmk_edit back = *e;
	struct rmk_doc *now;
	struct rmk_str text;
	struct rmk_err err;
	bool lead, lead_now;

	if (t->nedits != 1 || e->kind != RMK_EDIT_CELL)
		return;
	row = &t->doc->tables[e->table].rows[e->row];
	back.value = rmk_cell_content(t->a, rmk_doc_cell(t->doc, row, e->col));
	if (back.value.n == 0 || e->value.n == 0 || rmk_edit_value_ok(back.value, &err))
		return;
	if (rmk_doc_parse(t->a, t->doc->path, t->now, 0, &now, &err))
		fail(t, "not parsed again");
	row_now = &now->tables[e->table].rows[e->row];
	if (is_open(t->doc->text, row, &lead) != is_open(t->now, row_now, &lead_now) ||
	    lead != lead_now || (!lead && e->col == 0) ||
	    e->value.s[e->value.n - 1] == '\\')
		return;
	if (rmk_edits_apply(t->a, now, &back, 1, &text, &err))
		fail(t, "refused on the way back");
	if (!rmk_str_eq(text, t->doc->text))
		fail(t, "the old bytes did not return");
}

// --- from bytes to trials -----------------------------------------------------

struct bytes {
	const uint8_t *at, *end;
};

static uint8_t
take(struct bytes *b)
{
	return b->at < b->end ? *b->at++ : 0;
}

static struct rmk_str
take_text(struct rmk_arena *a, struct bytes *b)
{
	struct rmk_buf text = {.arena = a};
	uint8_t style = take(b);
	size_t n = 3 + take(b) % (MOST_LINES - 2);
	char *copy;

	if (style & 128)
		rmk_buf_adds(&text, "\xEF\xBB\xBF");
	for (size_t i = 0; i < n; i++) {
		uint8_t which = take(b), how = style & 64 ? take(b) : style;

		rmk_buf_add(&text, prefixes[how & 15]);
		rmk_buf_add(&text, rows[which & 31]);
		if (i + 1 < n || !(which & 128))
			rmk_buf_add(
			    &text, ends[style & 64 ? how >> 5 : 3 + (style >> 4 & 3)]);
	}
	copy = malloc(text.n + 1); // of its own, so that reading behind its end is seen
	memcpy(copy, text.s, text.n);
	return (struct rmk_str){copy, text.n};
}

static struct rmk_str
take_value(struct bytes *b)
{
	return values[take(b) % NVALUES];
}

static void
take_edit(struct trial *t, struct bytes *b)
{
	struct rmk_edit *e = &t->edits[t->nedits];
	const struct rmk_table *table;

	*e = (struct rmk_edit){.table = take(b) % t->doc->ntables};
	table = &t->doc->tables[e->table];
	e->kind = table->nrows ? (enum rmk_edit_kind)(take(b) % 4 % 3) : RMK_EDIT_INSERT;
	e->row = take(b) % (table->nrows + (e->kind == RMK_EDIT_INSERT));
	e->col = take(b) % table->ncols;
	if (table->ncols > MOST_COLUMNS)
		return;
	if (e->kind == RMK_EDIT_INSERT) {
		e->values = RMK_NEW_N(t->a, struct rmk_str, table->ncols);
		for (size_t col = 0; col < table->ncols; col++)
			e->values[col] = take_value(b);
	} else if (e->kind == RMK_EDIT_CELL) {
		e->value = take_value(b);
	}
	t->nedits++;
}

static void
run(struct trial *t, struct bytes *b)
{
	size_t n = 1 + take(b) % MOST_EDITS;
	struct rmk_err err = {0};
	enum rmk_code code;

	if (rmk_doc_parse(t->a, RMK_STR("fuzz"), t->doc ? t->doc->text : RMK_STR(""), 0,
		&t->doc, &err) ||
	    t->doc->ntables == 0)
		return;
	while (n--)
		take_edit(t, b);
	documents++;
	code = rmk_edits_apply(t->a, t->doc, t->edits, t->nedits, &t->now, &err);
	written += code == RMK_OK;
	invalid += code == RMK_INVALID;
	refused += code != RMK_OK && code != RMK_INVALID;
	unchanged += code == RMK_OK && t->now.s == t->doc->text.s;
	if (code != RMK_OK)
		return;
	expect_grid(t);
	expect_lines(t);
	expect_return(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes b = {data, data + size};
	struct rmk_arena a = {0};
	struct rmk_str text = take_text(&a, &b);
	struct rmk_doc doc = {.text = text};
	struct trial t = {.a = &a, .doc = &doc};

	run(&t, &b);
	free((char *)text.s);
	rmk_arena_free(&a);
	return 0;
}
