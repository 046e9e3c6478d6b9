// Rows whose cells do not fit the table: too many, too few, none at all.
//
// GitHub fills short rows up and drops what is too much, both silently. A row is claimed by
// the rule that knows best what happened to it; the vaguer ones then leave it alone.
#include "base/buf.h"
#include "base/utf8.h"
#include "check/check_context.h"
#include "gfm/cells.h"

#include <string.h>

// When more than half of a table's rows are off by the same count (and at least this
// many), that is one finding about the table, not one a row.
#define MANY_ROWS 3

// Longer rows are not looked into for what a pipe divides.
#define MAX_LOOKED_INTO 4096

// The first cell beyond the table that shows something, or RMK_NONE.
static size_t
first_lost(const struct rmk_doc *doc, const struct rmk_row *row, uint32_t ncols)
{
	for (size_t i = ncols; i < row->ncells; i++)
		if (!check_shows_nothing(rmk_doc_str(doc, row->cells[i])))
			return i;
	return RMK_NONE;
}

// Whether what is too much are comments, which are there for other tools.
static bool
is_commented(const struct rmk_doc *doc, const struct rmk_row *row, uint32_t ncols)
{
	for (size_t i = ncols; i < row->ncells; i++) {
		struct rmk_str cell = rmk_doc_str(doc, row->cells[i]);

		if (!rmk_str_starts(cell, RMK_STR("<!--")) || !check_shows_nothing(cell))
			return false;
	}
	return true;
}

// What divides a cell that was meant as one, by the first pipe in it, or NULL.
static const char *
divided_by_pipe(struct rmk_str row)
{
	static const struct {
		char open, close;
		const char *what;
	} pairs[] = {{'$', '$', "a formula"}, {'[', ']', "a link"}, {'(', ')', "a link"},
	    {'<', '>', "an HTML tag"}};

	static const bool opens[256] = {
	    ['$'] = true, ['['] = true, ['('] = true, ['<'] = true};

	for (size_t i = 0; i < row.n && row.n <= MAX_LOOKED_INTO; i++) {
		if (!opens[(unsigned char)row.s[i]])
			continue;
		for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
			const char *end;

			if (row.s[i] != pairs[k].open ||
			    (row.s[i] == '(' && (i == 0 || row.s[i - 1] != ']')) ||
			    (row.s[i] == '<' &&
				!check_has_word(rmk_str_part(row, i + 1, 1))))
				continue;
			end = memchr(row.s + i + 1, pairs[k].close, row.n - i - 1);
			if (end &&
			    memchr(row.s + i + 1, '|', (size_t)(end - row.s) - i - 1))
				return pairs[k].what;
		}
	}
	return NULL;
}

static struct rmk_str
extra_hint(struct rmk_checking *c, const struct rmk_row *row)
{
	const char *what = divided_by_pipe(check_row_text(c->doc, row));

	return what ? check_printf(
			  c, "a pipe in %s divides the cell: write \\| there", what)
	            : RMK_STR(
			  "a pipe that is text is written \\|; else the header lacks a "
			  "column");
}

// --- too many cells -----------------------------------------------------------

// Put together by hand: a file may have one a row.
static struct rmk_str
extra_message(
    struct rmk_checking *c, uint32_t ncells, uint32_t ncols, struct rmk_str lost)
{
	struct rmk_buf out = {.arena = c->a};

	rmk_buf_number(&out, ncells);
	rmk_buf_add(&out, RMK_STR(" cells, the table has "));
	rmk_buf_number(&out, ncols);
	rmk_buf_add(&out, RMK_STR(": '"));
	rmk_buf_add(&out, lost);
	rmk_buf_add(&out, RMK_STR("' is not shown"));
	return rmk_buf_str(&out);
}

// What cannot be seen in front of the first pipe is a cell too, and moves the others.
static void
report_extra(struct rmk_checking *c, struct table_info *t, uint32_t r, size_t lost)
{
	const struct rmk_row *row = &t->table->rows[r];
	struct rmk_str text = rmk_str_at(c->doc->text, row->cells[lost]);
	struct rmk_str first = rmk_str_at(c->doc->text, row->cells[0]);
	bool shifted = first.n && check_shows_nothing(first) &&
	               check_find_character(first, CHARACTER_INVISIBLE) == 0;
	struct rmk_str quoted = check_short(c, text);
	struct rmk_finding *f;

	t->claimed[r] = 1;
	f = check_report_cell(c, t, r, lost,
	    shifted
		? check_printf(c, "%.*s, makes a cell of its own: '%.*s' is not shown",
		      RMK_FMT(check_character_name(c, row->cells[0].at)), RMK_FMT(quoted))
		: extra_message(c, row->ncells, t->table->ncols, quoted));
	if (f == NULL)
		return;
	f->found = text;
	f->hint = shifted ? RMK_STR("take it out") : extra_hint(c, row);
}

void
check_extra_cell(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		uint32_t ncols = t->table->ncols;

		for (uint32_t r = 0; t->uneven && r < t->table->nrows; r++) {
			const struct rmk_row *row = &t->table->rows[r];
			size_t lost;

			if (row->ncells <= ncols || t->claimed[r])
				continue;
			lost = first_lost(c->doc, row, ncols);
			if (lost != RMK_NONE)
				report_extra(c, t, r, lost);
			else if (is_commented(c->doc, row, ncols))
				t->claimed[r] = 1;
		}
	}
}

// --- rows that are wrong in the same direction --------------------------------

static bool
is_long(const struct table_info *t, uint32_t r)
{
	return t->table->rows[r].ncells > t->table->ncols && !t->claimed[r];
}

static bool
is_short(const struct table_info *t, uint32_t r)
{
	return t->table->rows[r].ncells < t->table->ncols && !t->claimed[r];
}

static uint32_t
check_rows_count_rows(
    const struct table_info *t, bool (*wrong)(const struct table_info *, uint32_t))
{
	uint32_t n = 0;

	for (uint32_t r = 0; t->uneven && r < t->table->nrows; r++)
		n += wrong(t, r);
	return n;
}

// Say once of a table what is so in most of its rows, and claim them.
static struct rmk_finding *
report_most(struct rmk_checking *c, struct table_info *t, uint32_t n, const char *what,
    bool (*wrong)(const struct table_info *, uint32_t))
{
	struct rmk_finding *f = NULL;
	bool first = true;

	for (uint32_t r = 0; r < t->table->nrows; r++) {
		if (!wrong(t, r))
			continue;
		t->claimed[r] = 1;
		if (first)
			f = check_report_cell(c, t, r, RMK_NONE,
			    check_printf(c,
				"%u of %u rows have %s cells than the table's %u", n,
				t->table->nrows, what, t->table->ncols));
		else
			check_also(
			    c, f, check_line_place(c->doc, t->table->rows[r].line));
		first = false;
	}
	return f;
}

static bool
is_most(const struct table_info *t, uint32_t n)
{
	return n >= MANY_ROWS && n * 2 > t->table->nrows;
}

static void
report_empty_extra(struct rmk_checking *c, const struct table_info *t, uint32_t r)
{
	const struct rmk_row *row = &t->table->rows[r];
	struct rmk_span cell = row->cells[t->table->ncols];
	struct rmk_finding *f;

	if (cell.len)
		f = check_report_cell(c, t, r, t->table->ncols,
		    check_printf(c, "%.*s, makes a cell too many",
			RMK_FMT(check_character_name(c, cell.at))));
	else
		f = check_report_cell(c, t, r, t->table->ncols,
		    check_printf(c, "%u cells, the table has %u: an empty one too many",
			row->ncells, t->table->ncols));
	if (f)
		f->hint = cell.len ? RMK_STR("take it out")
		                   : RMK_STR("take the last pipe away");
}

void
check_empty_extra_cell(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		uint32_t n = check_rows_count_rows(t, is_long);
		struct rmk_finding *f;

		if (is_most(t, n)) {
			f = report_most(c, t, n, "more", is_long);
			if (f)
				f->hint = RMK_STR(
				    "take the last pipes away, or add the column to "
				    "the header");
			continue;
		}
		for (uint32_t r = 0; n && r < t->table->nrows; r++) {
			if (!is_long(t, r))
				continue;
			report_empty_extra(c, t, r);
		}
	}
}

// --- nothing in a row ---------------------------------------------------------

// Blank rows between others, two or more of them, are spacers that people mean.
static uint32_t
count_spacers(const struct table_info *t)
{
	uint32_t n = 0;

	for (uint32_t r = 1; r + 1 < t->table->nrows; r++)
		n += t->blank[r] && !t->blank[r - 1] && !t->blank[r + 1];
	return n;
}

void
check_blank_row(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		uint32_t spacers, n = t->some_blank ? t->table->nrows : 0;

		spacers = n ? count_spacers(t) : 0;
		for (uint32_t r = 0; r < n; r++) {
			uint32_t first = r;
			struct rmk_finding *f;

			if (!t->blank[r] || t->claimed[r])
				continue;
			while (r < n && t->blank[r])
				t->claimed[r++] = 1;
			// A form to fill in has nothing but blank rows.
			if ((first == 0 && r == n) ||
			    (spacers > 1 && first > 0 && r < n && r - first == 1))
				continue;
			f = check_report_cell(c, t, first, RMK_NONE,
			    r - first == 1
				? RMK_STR("an empty row is shown")
				: check_printf(c, "%u empty rows are shown", r - first));
			if (f)
				f->hint = RMK_STR("remove the row, or fill it in");
		}
	}
}

// --- too few cells ------------------------------------------------------------

// In a table of so many columns one row of a single cell is a heading; in one of fewer it may
// have lost the others.
#define WIDE 5

// A row of one cell that is all emphasis, or holds a place: the heading of a section, or a
// spacer.
static bool
is_heading(const struct rmk_checking *c, const struct rmk_row *row)
{
	struct rmk_str text = row->ncells == 1 ? rmk_str_at(c->doc->text, row->cells[0])
	                                       : (struct rmk_str){0};

	return rmk_str_eq(text, RMK_STR("&nbsp;")) || check_is_emphasis(text);
}

static bool
has_image(struct rmk_str cell)
{
	return rmk_str_find(cell, RMK_STR("<img")) != RMK_NONE ||
	       rmk_str_find(cell, RMK_STR("![")) != RMK_NONE;
}

// The last row of pictures or people in rows of so many, where the header is one of them or
// blank.
static bool
ends_gallery(const struct rmk_checking *c, const struct table_info *t, uint32_t r)
{
	struct rmk_str first = rmk_doc_cell(c->doc, &t->table->header, 0);

	return r + 1 == t->table->nrows && (first.n == 0 || has_image(first)) &&
	       (t->table->ncols == 1 || has_image(first) ||
		   rmk_doc_cell(c->doc, &t->table->header, 1).n == 0);
}

// A single cell where the table has three or more, in several rows or in its only one: the
// heading of a section, or a word that stands for all rows.
static bool
has_sections(const struct table_info *t)
{
	uint32_t n = 0;

	if (t->table->ncols < 3)
		return false;
	n = t->table->ncols >= WIDE;
	for (uint32_t r = 0; r < t->table->nrows; r++)
		n += t->table->rows[r].ncells == 1 && !t->blank[r] && !t->claimed[r];
	return n > 1 || t->table->nrows == 1;
}

// In a table without a pipe at the end of its lines an empty last cell is not written. Rows that lack
// no more than the columns at the end that most rows leave empty, as one that was just added.
static void
claim_open_rows(struct rmk_checking *c, struct table_info *t)
{
	const struct rmk_table *table = t->table;
	uint32_t *filled, least = table->ncols;

	if (check_is_closed(check_row_text(c->doc, &table->header)))
		return;
	filled = RMK_NEW_N(c->a, uint32_t, table->ncols);
	for (uint32_t r = 0; r < table->nrows; r++)
		for (uint32_t i = 0; i < table->rows[r].ncells && i < table->ncols; i++)
			filled[i] += table->rows[r].cells[i].len > 0;
	while (least > 1 && filled[least - 1] * 2 <= table->nrows)
		least--;
	for (uint32_t r = 0; r < table->nrows; r++)
		if (is_short(t, r) && table->rows[r].ncells >= least &&
		    !check_is_closed(check_row_text(c->doc, &table->rows[r])))
			t->claimed[r] = 1;
}

// Empty cells at the end of a row: a pipe for each, and one before them where the row is
// not closed.
static void
fix_short(
    struct rmk_checking *c, struct rmk_finding *f, const struct table_info *t, uint32_t r)
{
	const struct rmk_row *row = &t->table->rows[r];
	struct rmk_str text = check_row_text(c->doc, row);
	uint32_t pipes = t->table->ncols - row->ncells + !check_is_closed(text);
	char *added = rmk_arena_alloc(c->a, pipes * 2);

	while (text.n && (text.s[text.n - 1] == ' ' || text.s[text.n - 1] == '\t'))
		text.n--;
	for (uint32_t i = 0; i < pipes; i++)
		memcpy(added + i * 2, " |", 2);
	if (!t->table->read_only)
		check_fix_splice(c, f, (struct rmk_span){row->at + (uint32_t)text.n, 0},
		    (struct rmk_str){added, pipes * 2});
}

static void
report_short(struct rmk_checking *c, const struct table_info *t, uint32_t r)
{
	uint32_t n = t->table->rows[r].ncells, ncols = t->table->ncols;
	struct rmk_finding *f = check_report_cell(c, t, r, n,
	    check_printf(c, "%u cell%s, the table has %u: '%.*s' is left blank", n,
		n == 1 ? "" : "s", ncols,
		RMK_FMT(check_short(c, t->schema->fields[n].label))));

	if (f == NULL)
		return;
	f->hint = RMK_STR("add the cell, or '|' if it is meant to be empty");
	fix_short(c, f, t, r);
}

void
check_missing_cell(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		uint32_t n = check_rows_count_rows(t, is_short);
		bool sections = n && has_sections(t);

		for (uint32_t r = 0; n && r < t->table->nrows; r++)
			if (is_short(t, r) &&
			    ((sections && t->table->rows[r].ncells == 1) ||
				is_heading(c, &t->table->rows[r]) ||
				ends_gallery(c, t, r)))
				t->claimed[r] = 1;
		if (n)
			claim_open_rows(c, t);
		n = n ? check_rows_count_rows(t, is_short) : n;
		if (is_most(t, n)) {
			report_most(c, t, n, "fewer", is_short);
			continue;
		}
		for (uint32_t r = 0; n && r < t->table->nrows; r++)
			if (is_short(t, r))
				report_short(c, t, r);
	}
}
