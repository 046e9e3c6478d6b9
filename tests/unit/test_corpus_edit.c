// Byte identity on Markdown that nobody here wrote: every body row of every table of the
// corpus has a cell set to a new value and back. Each step must change one line and no
// more, and the bytes must return.
//
// The first, the last and the status column take turns; in a small file every row has all
// three. In a large file most rows are tried in a copy of the table's head and the rows around
// them, which saves a minute of parsing the rest; with ROWMARK_FULL every row is tried in its
// file. Under sanitizers all files count as large.
#include "unit.h"

#include <stdio.h>
#include <unistd.h>

#define SMALL_FILE (getenv("ROWMARK_SAN") ? 0 : 10000)
// Of the rows of a large file one in so many is tried in the whole file.
#define CHUNK (getenv("ROWMARK_SAN") ? 12u : 64u) // rows
#define WHOLE_STEP (getenv("ROWMARK_FULL") ? 1 : getenv("ROWMARK_SAN") ? 512 : 64)

struct tally {
	size_t files, rows, cells, failures;
	size_t missing; // cells that a short row lacked: they stay, empty
	size_t blank;   // empty cells that came back as wide as their neighbours
	size_t refused[RMK_IO + 1];
};

static char *
corpus_path(const char *name)
{
	const char *top = getenv("ROWMARK_CORPUS");
	size_t n = strlen(top ? top : "../shared/corpus") + strlen(name) + 2;
	char *path = malloc(n);

	snprintf(path, n, "%s/%s", top ? top : "../shared/corpus", name);
	return path;
}

static struct rmk_str
read_file(struct rmk_arena *a, const char *name)
{
	char *path = corpus_path(name);
	FILE *f = fopen(path, "rb");
	struct rmk_buf out = {.arena = a};
	char part[65536];
	size_t n;

	free(path);
	while (f && (n = fread(part, 1, sizeof part, f)))
		rmk_buf_add(&out, (struct rmk_str){part, n});
	if (f)
		fclose(f);
	return rmk_buf_str(&out);
}

// Whether two texts differ in one line, and that one has kept its end.
static bool
differs_in_one_line(struct rmk_str a, struct rmk_str b)
{
	size_t least = a.n < b.n ? a.n : b.n, front = 0, back = 0;

	while (front < least && a.s[front] == b.s[front])
		front++;
	while (back < least - front && a.s[a.n - 1 - back] == b.s[b.n - 1 - back])
		back++;
	a = rmk_str_part(a, front, a.n - back - front);
	b = rmk_str_part(b, front, b.n - back - front);
	return (a.n || b.n) && rmk_str_chr(a, '\n') == RMK_NONE &&
	       rmk_str_chr(b, '\n') == RMK_NONE && rmk_str_chr(a, '\r') == RMK_NONE &&
	       rmk_str_chr(b, '\r') == RMK_NONE;
}

static enum rmk_code
set(struct rmk_arena *a, struct rmk_str text, struct rmk_edit edit, struct rmk_str value,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_doc *doc;
	enum rmk_code code = rmk_doc_parse(a, S("corpus"), text, 0, &doc, err);

	edit.value = value;
	return code ? code : rmk_edits_apply(a, doc, &edit, 1, out, err);
}

static void
set_and_back(struct rmk_arena *a, struct tally *t, const char *name,
    const struct rmk_doc *doc, struct rmk_edit edit)
{
	const struct rmk_row *row = &doc->tables[edit.table].rows[edit.row];
	struct rmk_str raw = rmk_doc_cell(doc, row, edit.col), there, back;
	struct rmk_str old = rmk_cell_content(a, raw);
	struct rmk_err err;
	enum rmk_code code;

	edit.value = rmk_str_eq(old, S("Reading")) ? S("Not read") : S("Reading");
	code = rmk_edits_apply(a, doc, &edit, 1, &there, &err);
	if (!code)
		code = set(a, there, edit, old, &back, &err);
	if (code) {
		t->refused[code]++;
		printf("%s:%u: %s\n", name, row->line, err.msg);
		return;
	}
	t->cells++;
	if (!differs_in_one_line(doc->text, there) ||
	    (!rmk_str_eq(back, doc->text) && raw.n > 0)) {
		t->failures++;
		printf("%s:%u: column %zu did not return\n", name, row->line, edit.col);
	}
	if (edit.col >= row->ncells)
		t->missing++;
	else
		t->blank += raw.n == 0 && !rmk_str_eq(back, doc->text);
}

static struct rmk_str
lines_of(const struct rmk_doc *doc, uint32_t first, uint32_t last)
{
	struct rmk_span from = doc->lines[first - 1], to = doc->lines[last - 1];

	return rmk_str_part(
	    doc->text, from.at, to.at + to.len + rmk_doc_line_end(doc, last).n - from.at);
}

// The table with n of its rows alone, where those are the same rows; else NULL.
static struct rmk_doc *
cut_table(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t from, size_t n)
{
	const struct rmk_table *tab = &doc->tables[table];
	struct rmk_buf text = {.arena = a};
	struct rmk_doc *cut;
	struct rmk_err err;

	rmk_buf_add(&text, lines_of(doc, tab->header.line, tab->delim.line));
	rmk_buf_add(
	    &text, lines_of(doc, tab->rows[from].line, tab->rows[from + n - 1].line));
	if (rmk_doc_parse(a, S("corpus"), rmk_buf_str(&text), 0, &cut, &err) ||
	    cut->ntables != 1 || cut->tables[0].nrows != n ||
	    cut->tables[0].ncols != tab->ncols)
		return NULL;
	return cut;
}

#define NCOLS 3
#define EVERY NCOLS

// A row of doc in one of the columns, or in every one.
static void
try_row(struct tally *t, const char *name, const struct rmk_doc *doc,
    struct rmk_edit edit, const size_t cols[NCOLS], size_t turn)
{
	for (size_t i = 0; i < NCOLS; i++) {
		struct rmk_arena arena = {0};

		edit.col = cols[i];
		if (turn == EVERY || turn == i)
			set_and_back(&arena, t, name, doc, edit);
		rmk_arena_free(&arena);
	}
	t->rows++;
}

static void
try_table(struct tally *t, const char *name, const struct rmk_doc *doc, size_t table)
{
	size_t nrows = doc->tables[table].nrows;
	bool small = doc->text.n < (size_t)SMALL_FILE;
	size_t step = small ? 1 : (size_t)WHOLE_STEP;
	struct rmk_arena arena = {0};
	const struct rmk_schema *schema = rmk_schema_of(&arena, doc, table);
	size_t cols[NCOLS] = {0, doc->tables[table].ncols - 1,
	    schema->nstatus ? schema->status[0] : schema->key};
	struct rmk_arena_mark mark = rmk_arena_mark(&arena);

	for (size_t from = 0; from < nrows; from += CHUNK) {
		size_t n = nrows - from < CHUNK ? nrows - from : CHUNK;
		const struct rmk_doc *cut = step == 1
		                                ? NULL
		                                : cut_table(&arena, doc, table, from, n);

		for (size_t r = from; r < from + n; r++) {
			struct rmk_edit whole = {.table = table, .row = r};
			struct rmk_edit part = {.row = r - from};
			size_t turn = small ? EVERY : r % NCOLS;

			if (cut && r % step != 0)
				try_row(t, name, cut, part, cols, turn);
			else
				try_row(t, name, doc, whole, cols, turn);
		}
		rmk_arena_reset(&arena, mark);
	}
	rmk_arena_free(&arena);
}

static void
try_file(struct tally *t, const char *name)
{
	struct rmk_arena arena = {0};
	struct rmk_str text = read_file(&arena, name);
	struct rmk_doc *doc;
	struct rmk_err err;

	assert_int_equal(rmk_doc_parse(&arena, S("corpus"), text, 0, &doc, &err), RMK_OK);
	t->files++;
	for (size_t i = 0; i < doc->ntables; i++)
		try_table(t, name, doc, i);
	rmk_arena_free(&arena);
}

static void
test_set_and_back(void **state)
{
	struct rmk_arena arena = {0};
	struct rmk_str manifest = read_file(&arena, "markdown.tsv"), line;
	struct tally t = {0};
	size_t refused = 0;

	(void)state;
	if (manifest.n == 0) {
		print_message("skipped: no corpus at ../shared/corpus\n");
		rmk_arena_free(&arena);
		return;
	}
	rmk_str_split(&manifest, '\n', &line);
	while (rmk_str_split(&manifest, '\n', &line)) {
		size_t tab = rmk_str_rchr(line, '\t');

		if (tab != RMK_NONE)
			try_file(&t, rmk_str_c(&arena, rmk_str_from(line, tab + 1)));
	}
	print_message("%zu files, %zu rows, %zu cells set and back, %zu failures\n",
	    t.files, t.rows, t.cells, t.failures);
	print_message("of these: %zu empty ones came back as their neighbours are, "
		      "%zu were missing and stay, empty\n",
	    t.blank, t.missing);
	for (int code = 1; code <= RMK_IO; code++) {
		refused += t.refused[code];
		if (t.refused[code])
			print_message("refused as %s: %zu\n",
			    rmk_code_name((enum rmk_code)code), t.refused[code]);
	}
	assert_int_equal(t.failures, 0);
	assert_true(t.cells > 20000);
	assert_true(refused * 100 < t.cells);
	rmk_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_set_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
