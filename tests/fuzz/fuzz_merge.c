// Merging against what must hold of any merge, and against an oracle.
//
// Bytes make a table and two sides that edit, add, delete and move its rows, re-align it,
// add, delete, rename and move columns. Then, with text around that differs, so that
// nothing is settled by whole files being equal:
//
//	merge(b, x, b) = x        merge(b, b, y) = y        merge(b, x, x) = x
//	merge(b, x, y) and merge(b, y, x) hold the same rows, or both conflict
//	a clean merge is one table, and nothing was merged by lines unless a note says so
//
// While no column was touched, every row is known by its number in the first cell, so what
// must become of it is known without rowmark: whose cell, gone, or a conflict. Numbers of
// rows that are added differ in one digit from those of base, and cells are words that stand in
// many rows: a row that is put in where another was taken out is like it, and is not it.
#include "git/line_merge.h"
#include "internal.h"

#include <git2.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ROWS 24
#define MOST_COLS 6
#define WORD 12 // letters of a cell

struct source {
	const uint8_t *at;
	size_t left;
};

// One version. A row's id and a column's id name them on all sides.
struct version {
	unsigned rows[MOST_ROWS], nrows;
	unsigned cols[MOST_COLS], ncols;
	char cell[MOST_ROWS * 3][MOST_COLS * 3]; // by id
	char label[MOST_COLS * 3];
	unsigned style;
	bool columns_touched, moved;
};

static uint64_t merges, clean, by_lines;
static struct rmk_str merging[3]; // for the report of a failure

static unsigned
take(struct source *s, unsigned below)
{
	if (s->left == 0)
		return 0;
	s->left--;
	return *s->at++ % below;
}

static void
fail(const char *what, struct rmk_str got, struct rmk_str want)
{
	fprintf(stderr,
	    "%s\n--- got\n%.*s\n--- want\n%.*s\n--- base\n%.*s\n--- ours\n%.*s\n"
	    "--- theirs\n%.*s\n",
	    what, RMK_FMT(got), RMK_FMT(want), RMK_FMT(merging[RMK_BASE]),
	    RMK_FMT(merging[RMK_OURS]), RMK_FMT(merging[RMK_THEIRS]));
	abort();
}

// --- versions ---------------------------------------------------------------------------

static void
make_base(struct source *s, struct version *v)
{
	memset(v, 0, sizeof *v);
	v->ncols = 2 + take(s, 3);
	v->nrows = take(s, 7);
	for (unsigned c = 0; c < v->ncols; c++) {
		v->cols[c] = c;
		v->label[c] = (char)('A' + c);
	}
	for (unsigned r = 0; r < v->nrows; r++) {
		v->rows[r] = r;
		for (unsigned c = 1; c < v->ncols; c++)
			v->cell[r][c] = (char)('a' + take(s, 4));
	}
}

static void
insert(unsigned *v, unsigned *n, unsigned at, unsigned value)
{
	memmove(&v[at + 1], &v[at], (*n - at) * sizeof *v);
	v[at] = value;
	++*n;
}

static unsigned
cut(unsigned *v, unsigned *n, unsigned at)
{
	unsigned value = v[at];

	--*n;
	memmove(&v[at], &v[at + 1], (*n - at) * sizeof *v);
	return value;
}

// Ids of what a side adds: from `fresh` on, so that two sides never share one.
static void
change(struct source *s, struct version *v, unsigned fresh)
{
	unsigned n = take(s, 5), new_rows = 0, new_cols = 0;
	bool columns = take(s, 4) == 0;

	for (unsigned i = 0; i < n; i++) {
		unsigned what = take(s, columns ? 10 : 6);

		if (what <= 1 && v->nrows) {
			v->cell[v->rows[take(s, v->nrows)]][v->cols[take(s, v->ncols)]] =
			    (char)('a' + take(s, 4));
		} else if (what == 2 && v->nrows < MOST_ROWS - 1) {
			unsigned id = MOST_ROWS * (1 + fresh) + new_rows++;

			insert(v->rows, &v->nrows, take(s, v->nrows + 1), id);
			for (unsigned c = 1; c < MOST_COLS; c++)
				v->cell[id][c] = (char)('a' + take(s, 4));
		} else if (what == 3 && v->nrows) {
			cut(v->rows, &v->nrows, take(s, v->nrows));
		} else if (what == 4 && v->nrows) {
			unsigned row = cut(v->rows, &v->nrows, take(s, v->nrows));

			insert(v->rows, &v->nrows, take(s, v->nrows + 1), row);
			v->moved = true;
		} else if (what == 5) {
			v->style = take(s, 4);
		} else if (what == 6 && v->ncols < MOST_COLS) {
			unsigned id = MOST_COLS * (1 + fresh) + new_cols++;

			insert(v->cols, &v->ncols, 1 + take(s, v->ncols), id);
			v->label[id] = (char)('K' + take(s, 8));
			for (unsigned r = 0; r < v->nrows; r++)
				v->cell[v->rows[r]][id] = (char)('a' + take(s, 4));
			v->columns_touched = true;
		} else if (what == 7 && v->ncols > 1) {
			cut(v->cols, &v->ncols, take(s, v->ncols));
			v->columns_touched = true;
		} else if (what == 8) {
			v->label[v->cols[take(s, v->ncols)]] = (char)('K' + take(s, 8));
			v->columns_touched = true;
		} else if (what == 9) {
			unsigned col = cut(v->cols, &v->ncols, take(s, v->ncols));

			insert(v->cols, &v->ncols, take(s, v->ncols + 1), col);
			v->columns_touched = true;
		}
	}
}

static void
put_cell(struct rmk_buf *out, const struct version *v, const char *text)
{
	static const char *const before[] = {"| ", "|", "| ", "|  "};
	static const char *const after[] = {" ", "", "   ", "\t"};

	rmk_buf_printf(out, "%s%s%s", before[v->style], text, after[v->style]);
}

static const char *
row_name(unsigned id, char out[16])
{
	snprintf(out, 16, "row%02u%u", id % MOST_ROWS, id / MOST_ROWS);
	return out;
}

// front and back are lines of the text around.
static struct rmk_str
write_version(
    struct rmk_arena *a, const struct version *v, const char *front, const char *back)
{
	struct rmk_buf out = {.arena = a};
	char text[32], name[16];

	rmk_buf_printf(&out, "%s\n\nkept\n\nkept too\n\n", front);
	for (unsigned c = 0; c < v->ncols; c++) {
		snprintf(text, sizeof text, "%c", v->label[v->cols[c]]);
		put_cell(&out, v, text);
	}
	rmk_buf_adds(&out, "|\n");
	for (unsigned c = 0; c < v->ncols; c++)
		put_cell(&out, v, v->style == 2 ? "---" : "-");
	rmk_buf_adds(&out, "|\n");
	for (unsigned r = 0; r < v->nrows; r++) {
		for (unsigned c = 0; c < v->ncols; c++) {
			char cell = v->cell[v->rows[r]][v->cols[c]];

			memset(text, 0, sizeof text);
			if (v->cols[c] == 0)
				snprintf(
				    text, sizeof text, "%s", row_name(v->rows[r], name));
			else if (cell != 0 && cell != 'a')
				memset(text, cell, WORD);
			put_cell(&out, v, text);
		}
		rmk_buf_adds(&out, "|\n");
	}
	rmk_buf_printf(&out, "\nkept\n\nkept too\n\n%s\n", back);
	return rmk_buf_str(&out);
}

// --- merging ------------------------------------------------------------------------------

static struct rmk_merge
merge(
    struct rmk_arena *a, struct rmk_str base, struct rmk_str ours, struct rmk_str theirs)
{
	const struct rmk_str texts[3] = {base, ours, theirs};
	struct rmk_merge_opts opts = {
	    .labels = {RMK_STR("base"), RMK_STR("ours"), RMK_STR("theirs")},
	    .lines = rmk_git_merge_lines};
	struct rmk_merge m;
	struct rmk_err err;

	memcpy(merging, texts, sizeof merging);
	if (rmk_merge_texts(a, RMK_STR("a.md"), texts, &opts, &m, &err))
		fail(err.msg, base, ours);
	merges++;
	clean += m.nconflicts == 0;
	by_lines += m.nnotes > 0;
	return m;
}

static void
must_be(struct rmk_arena *a, const char *what, struct rmk_str base, struct rmk_str ours,
    struct rmk_str theirs, struct rmk_str want)
{
	struct rmk_merge m = merge(a, base, ours, theirs);

	if (m.nconflicts || !rmk_str_eq(m.text, want))
		fail(what, m.text, want);
}

static struct rmk_doc *
parse(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_doc_parse(a, RMK_STR("a.md"), text, 0, &doc, &err))
		fail(err.msg, text, text);
	if (doc->ntables != 1)
		fail("a clean merge is not one table", text, text);
	return doc;
}

static int
by_text(const void *x, const void *y)
{
	return rmk_str_cmp(*(const struct rmk_str *)x, *(const struct rmk_str *)y);
}

// The rows of a text, each as its "label=cell" in the order of labels, sorted.
static struct rmk_str
rows_of(struct rmk_arena *a, struct rmk_str text)
{
	const struct rmk_doc *doc = parse(a, text);
	const struct rmk_table *t = &doc->tables[0];
	struct rmk_str *rows = RMK_NEW_N(a, struct rmk_str, t->nrows);
	struct rmk_buf all = {.arena = a};

	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str *cells = RMK_NEW_N(a, struct rmk_str, t->ncols);
		struct rmk_buf row = {.arena = a};

		for (size_t c = 0; c < t->ncols; c++)
			cells[c] = rmk_str_printf(a, "%.*s=%.*s ",
			    RMK_FMT(rmk_doc_cell(doc, &t->header, c)),
			    RMK_FMT(rmk_doc_cell(doc, &t->rows[r], c)));
		qsort(cells, t->ncols, sizeof *cells, by_text);
		for (size_t c = 0; c < t->ncols; c++)
			rmk_buf_add(&row, cells[c]);
		rows[r] = rmk_buf_str(&row);
	}
	if (t->nrows)
		qsort(rows, t->nrows, sizeof *rows, by_text);
	for (size_t r = 0; r < t->nrows; r++)
		rmk_buf_printf(&all, "%.*s\n", RMK_FMT(rows[r]));
	return rmk_buf_str(&all);
}

// --- the oracle ---------------------------------------------------------------------------

static bool
has_row(const struct version *v, unsigned id)
{
	for (unsigned r = 0; r < v->nrows; r++) {
		if (v->rows[r] == id)
			return true;
	}
	return false;
}

static char
shown(char cell)
{
	return cell == 'a' ? 0 : cell;
}

static bool
edited(const struct version *b, const struct version *v, unsigned id)
{
	for (unsigned c = 1; c < b->ncols; c++) {
		if (shown(b->cell[id][c]) != shown(v->cell[id][c]))
			return true;
	}
	return false;
}

// What a row must become: 'k' kept (its cells in out), 'g' gone, 'c' a conflict, '-' it is
// nobody's.
static char
fate(const struct version *b, const struct version *x, const struct version *y,
    unsigned id, char *out)
{
	bool in_b = has_row(b, id), in_x = has_row(x, id), in_y = has_row(y, id);

	if (!in_x && !in_y)
		return in_b ? 'g' : '-';
	if (in_b && (!in_x || !in_y))
		return edited(b, in_x ? x : y, id) ? 'c' : 'g';
	for (unsigned c = 1; c < b->ncols; c++) {
		char was = shown(b->cell[id][c]), is_x = shown(x->cell[id][c]),
		     is_y = shown(y->cell[id][c]);

		if (!in_b)
			out[c] = in_x ? is_x : is_y;
		else if (is_x == is_y || is_y == was)
			out[c] = is_x;
		else if (is_x == was)
			out[c] = is_y;
		else
			return 'c';
	}
	return 'k';
}

static bool
was_changed(const struct version *b, const struct version *v, unsigned id)
{
	return !has_row(v, id) || edited(b, v, id);
}

// Whether row n of a version has a cell of another row of base, in the same column, and one of the
// two is on one side alone: whoever does not trust the names may take them for one.
static bool
may_be_one(const struct version *b, const struct version *v, unsigned id, unsigned n)
{
	if (id == n || !has_row(b, id) || !has_row(v, n) ||
	    (has_row(v, id) && has_row(b, n)))
		return false;
	for (unsigned c = 1; c < b->ncols; c++) {
		if (shown(b->cell[id][c]) &&
		    shown(b->cell[id][c]) == shown(v->cell[n][c]))
			return true;
	}
	return false;
}

// Whether a person may be asked about a row though the names leave no doubt: v may have renamed
// another row to it, or it to another one, and w changed one of the two.
static bool
may_be_asked_about(const struct version *b, const struct version *v,
    const struct version *w, unsigned id)
{
	for (unsigned other = 0; other < MOST_ROWS * 3; other++) {
		if ((may_be_one(b, v, id, other) || may_be_one(b, v, other, id)) &&
		    ((has_row(b, id) && was_changed(b, w, id)) ||
			(has_row(b, other) && was_changed(b, w, other))))
			return true;
	}
	return false;
}

static void
ask_oracle(struct rmk_arena *a, const struct version *b, const struct version *x,
    const struct version *y, const struct rmk_merge *m)
{
	const struct rmk_doc *doc = NULL;
	size_t kept = 0, conflicts = 0, doubts = 0;

	if (m->nconflicts == 0)
		doc = parse(a, m->text);
	for (unsigned id = 0; id < MOST_ROWS * 3; id++) {
		char cells[MOST_COLS] = {0}, f = fate(b, x, y, id, cells);
		char written[16];
		struct rmk_str name = rmk_str_of(row_name(id, written));
		size_t times = 0;

		conflicts += f == 'c';
		doubts += f != 'c' && (may_be_asked_about(b, x, y, id) ||
					  may_be_asked_about(b, y, x, id));
		kept += f == 'k';
		for (size_t r = 0; doc && r < doc->tables[0].nrows; r++) {
			const struct rmk_row *row = &doc->tables[0].rows[r];

			if (!rmk_str_eq(rmk_doc_cell(doc, row, 0), name))
				continue;
			times++;
			for (unsigned c = 1; c < b->ncols; c++) {
				struct rmk_str is = rmk_doc_cell(doc, row, c);

				if (is.n != (cells[c] ? WORD : 0) ||
				    (is.n && is.s[0] != cells[c]))
					fail("a cell is not what a side made it", m->text,
					    name);
			}
		}
		if (doc && times != (f == 'k'))
			fail("a row is lost or doubled", m->text, name);
	}
	if (doc && (conflicts || doc->tables[0].nrows != kept))
		fail("clean, though a person must decide", m->text, RMK_STR(""));
	if (!doc && conflicts > m->nconflicts)
		fail("fewer conflicts than a person must decide", m->text, RMK_STR(""));
	if (!doc && conflicts + doubts < m->nconflicts)
		fail("more conflicts than there are doubts", m->text, RMK_STR(""));
}

// --- one case -----------------------------------------------------------------------------

static void
run_case(struct source *s)
{
	static struct version b, x, y;
	struct rmk_arena a = {0};
	struct rmk_str base, bx, by, one, two;
	struct rmk_merge there, back;

	make_base(s, &b);
	x = y = b;
	change(s, &x, 0);
	change(s, &y, 1);
	base = write_version(&a, &b, "front", "back");
	one = write_version(&a, &x, "edited", "back");
	two = write_version(&a, &b, "front", "edited");
	must_be(&a, "merge(b, x, b) is not x", base, one, two,
	    write_version(&a, &x, "edited", "edited"));
	must_be(&a, "merge(b, b, x) is not x", base, two, one,
	    write_version(&a, &x, "edited", "edited"));
	must_be(&a, "merge(b, x, x) is not x", base, one,
	    write_version(&a, &x, "front", "edited"),
	    write_version(&a, &x, "edited", "edited"));
	bx = write_version(&a, &x, "edited", "back");
	by = write_version(&a, &y, "front", "edited");
	there = merge(&a, base, bx, by);
	back = merge(&a, base, by, bx);
	if (there.nnotes == 0 && back.nnotes == 0) {
		if ((there.nconflicts == 0) != (back.nconflicts == 0))
			fail("clean one way alone", there.text, back.text);
		if (!x.columns_touched && !y.columns_touched) {
			ask_oracle(&a, &b, &x, &y, &there);
			ask_oracle(&a, &b, &y, &x, &back);
		}
		if (there.nconflicts == 0 &&
		    !rmk_str_eq(rows_of(&a, there.text), rows_of(&a, back.text)))
			fail("the rows depend on the side", there.text, back.text);
	}
	rmk_arena_free(&a);
}

static void
print_counts(void)
{
	fprintf(stderr,
	    "documents: %" PRIu64 " (merges: %" PRIu64 " clean, %" PRIu64
	    " with a note that lines were merged)\n",
	    merges, clean, by_lines);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	git_libgit2_init(); // once: each further call only counts
	return atexit(print_counts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source s = {data, size};

	do
		run_case(&s);
	while (s.left > 0);
	return 0;
}
