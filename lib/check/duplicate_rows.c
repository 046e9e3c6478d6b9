// Rows that say the same, and keys that stand twice.
//
// Nothing need be declared, so what names a row is judged: its first cell that has a word,
// within the section the row is in. A section is what is above it: a row of one cell, a
// header row repeated, a blank one, or the parent in a list that is indented with dashes.
// Blank names mean "as above".
#include "base/ascii.h"
#include "base/hash_index.h"
#include "base/utf8.h"
#include "check/check_context.h"
#include "table/value.h"

#include <string.h>

// Rows that share their name with another one, in more than this share of a table, say that
// the column does not name rows.
#define MOSTLY 8

// Levels of indented names that are kept apart.
#define MAX_DEPTH 16

// A pair of rows with one name in one section.
struct twin {
	uint32_t first, second;
};

struct twins {
	struct twin *v;
	size_t n, cap;
	size_t col; // the column of names
	uint32_t nkeys;
};

static struct rmk_str
cell(const struct rmk_checking *c, const struct table_info *t, uint32_t row, size_t col)
{
	return rmk_doc_cell(c->doc, &t->table->rows[row], col);
}

// --- where a row is -----------------------------------------------------------

// A row that heads those below it: nothing behind its name, or the labels once more.
static bool
is_section(const struct rmk_checking *c, const struct table_info *t, uint32_t row)
{
	size_t filled = 0, same = 0, ncols = t->table->ncols;
	const struct rmk_row *r = &t->table->rows[row];

	for (size_t col = 0; col < ncols && col < r->ncells; col++) {
		if (r->cells[col].len == 0)
			continue;
		filled++;
		same += col > 0 && r->cells[col].len == t->table->header.cells[col].len &&
		        rmk_str_eq(cell(c, t, row, col),
			    rmk_doc_cell(c->doc, &t->table->header, col));
		if (filled > same + 1)
			return false;
	}
	return ncols > 2 || filled <= 1;
}

// How deep a name is indented: "-- -- pkix", "└─ x", "&nbsp;&nbsp;x", "↳ x".
static size_t
depth_of(struct rmk_str name)
{
	static const char *const marks[] = {"--", "└", "├", "│", "─", "↳", "&nbsp;",
	    "&emsp;", "&ensp;", "\xC2\xA0", "- ", "* ", "> ", "• ", " ", "·"};
	size_t depth = 0, i = 0, k = 0;

	// Nearly all names start with a letter or a digit.
	if (name.n == 0 || rmk_is_letter(name.s[0]) || rmk_is_digit(name.s[0]) ||
	    !memchr("-*> &\xE2\xC2", name.s[0], 7))
		return 0;
	while (i < name.n && k < sizeof marks / sizeof *marks) {
		for (k = 0; k < sizeof marks / sizeof *marks; k++) {
			struct rmk_str mark = rmk_str_of(marks[k]);

			if (rmk_str_starts(rmk_str_from(name, i), mark)) {
				i += mark.n;
				depth += mark.n > 1 || mark.s[0] != ' ';
				break;
			}
		}
	}
	return depth < MAX_DEPTH ? depth : MAX_DEPTH - 1;
}

// The sections and parents above a row.
struct under {
	uint32_t section;            // row + 1; 0: none
	uint32_t parents[MAX_DEPTH]; // row + 1 of the last row at each depth
};

// Mark the rows that head others. Where half of a table's rows hold a name alone, they are
// rows that want filling in, and only those written as one cell or emphasised head others.
static uint8_t *
mark_sections(struct rmk_checking *c, const struct table_info *t)
{
	uint8_t *heads = RMK_NEW_N(c->a, uint8_t, t->table->nrows);
	uint32_t n = 0;

	for (uint32_t r = 0; r < t->table->nrows; r++) {
		heads[r] = t->blank[r] || is_section(c, t, r);
		n += heads[r];
	}
	for (uint32_t r = 0; n * 2 >= t->table->nrows && r < t->table->nrows; r++)
		heads[r] = t->blank[r] ||
		           (heads[r] && (t->table->rows[r].ncells == 1 ||
					    check_is_emphasis(cell(c, t, r, 0))));
	return heads;
}

// --- rows by name -------------------------------------------------------------

// Names are the same in other case too when they are words of some length: an option -l is
// not -L, nor O(N) what O(n) is.
static bool
is_words(struct rmk_str name)
{
	size_t letters = 0;

	for (size_t i = 0; i < name.n; i++) {
		unsigned char ch = (unsigned char)name.s[i];

		// Code, or the name of something in it: 'ToolChain.X', 'a_b', 'x::y'.
		if (memchr("`$|(_:/\\", ch, 9) ||
		    (ch == '.' && i + 1 < name.n && name.s[i + 1] != ' '))
			return false;
		letters += rmk_is_letter((char)ch);
	}
	return letters >= 4;
}

static bool
duplicate_rows_same_name(struct rmk_str a, struct rmk_str b)
{
	return rmk_str_eq(a, b) || (a.n == b.n && rmk_str_eq_nocase(a, b) && is_words(a));
}

// The rows of a table by name and scope: the section they are in, and their parent.
struct named_rows {
	const struct rmk_checking *c;
	const struct table_info *t;
	size_t col;
	uint64_t *scopes; // [nrows]
	uint32_t row;     // the one that is looked for
	struct rmk_hash_index index;
};

static inline bool
is_namesake(const void *ctx, size_t row)
{
	const struct named_rows *n = ctx;

	return n->scopes[row] == n->scopes[n->row] &&
	       duplicate_rows_same_name(cell(n->c, n->t, (uint32_t)row, n->col),
		   cell(n->c, n->t, n->row, n->col));
}

// The first row of this one's name and scope: itself, where none came before.
static uint32_t
put_row(struct named_rows *n, uint32_t row, uint64_t scope)
{
	uint64_t seed = rmk_hash_index_seed(&n->index) ^ scope * 0x9E3779B97F4A7C15u;

	n->scopes[row] = scope;
	n->row = row;
	return (uint32_t)rmk_hash_index_put(&n->index,
	    rmk_str_hash_nocase(cell(n->c, n->t, row, n->col), seed), row, is_namesake,
	    n);
}

static void
duplicate_rows_find_twins(
    struct rmk_checking *c, const struct table_info *t, struct twins *out)
{
	const uint8_t *heads = mark_sections(c, t);
	struct under under = {0};
	struct named_rows names = {.c = c,
	    .t = t,
	    .col = out->col,
	    .scopes = rmk_arena_alloc(c->a, t->table->nrows * sizeof(uint64_t)),
	    .index = {.arena = c->a}};

	rmk_hash_index_reserve(&names.index, t->table->nrows);
	for (uint32_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str name = cell(c, t, r, out->col);
		size_t depth = depth_of(name);
		uint32_t first;

		if (t->blank[r] || (heads[r] && name.n && depth == 0)) {
			under.section = under.parents[0] = r + 1;
			continue;
		}
		if (name.n == 0 || t->table->rows[r].ncells > t->table->ncols)
			continue;
		under.parents[depth] = r + 1;
		out->nkeys++;
		first = put_row(&names, r,
		    (uint64_t)under.section << 32 |
			(depth ? under.parents[depth - 1] : 0));
		if (first != r)
			*RMK_PUSH(c->a, out->v, out->n, out->cap) = (struct twin){
			    first, r};
	}
}

static bool
has_letter(struct rmk_str text)
{
	for (size_t i = 0; i < text.n;) {
		int32_t point;

		if ((unsigned char)text.s[i] < 0x80) {
			if (rmk_is_letter(text.s[i]) || text.s[i] == '_')
				return true;
			i++;
			continue;
		}
		i += rmk_utf8_decode(text, i, &point);
		if (rmk_utf8_is_word(point))
			return true;
	}
	return false;
}

// Numbers with '-', '/' or '.' between: a day, by which its row is named.
static bool
is_date_like(struct rmk_str text)
{
	size_t joints = 0;

	for (size_t i = 0; i < text.n; i++)
		if (memchr("-/.", text.s[i], 3))
			joints++;
		else if (text.s[i] < '0' || text.s[i] > '9')
			return false;
	return joints == 2;
}

// The first column, unless it only numbers the rows or marks them.
static size_t
name_column(const struct rmk_checking *c, const struct table_info *t)
{
	if (t->schema->key_declared)
		return t->schema->key;
	for (uint32_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str first = cell(c, t, r, 0);

		if (has_letter(first) || is_date_like(first))
			return 0;
	}
	return t->table->ncols > 1 ? 1 : 0;
}

// The pairs of rows of one name, found once.
static const struct twins *
twins_of(struct rmk_checking *c, struct table_info *t)
{
	if (t->twins == NULL) {
		t->twins = RMK_NEW(c->a, struct twins);
		t->twins->col = name_column(c, t);
		if (t->table->nrows > 1 && t->table->ncols > 1)
			duplicate_rows_find_twins(c, t, t->twins);
	}
	return t->twins;
}

// --- the rules ----------------------------------------------------------------

// Whether every cell is the same and there is a word in one; a shorter row's are empty.
static bool
duplicate_rows_same_row(
    const struct rmk_checking *c, const struct table_info *t, uint32_t a, uint32_t b)
{
	bool word = false;

	for (size_t col = 0; col < t->table->ncols; col++) {
		struct rmk_str text = cell(c, t, a, col);

		if (!rmk_str_eq(text, cell(c, t, b, col)))
			return false;
		word = word || check_has_word(text);
	}
	return word;
}

static struct rmk_str
name_text(struct rmk_checking *c, const struct table_info *t, uint32_t row)
{
	return check_short(c, rmk_value_text(c->a, cell(c, t, row, t->twins->col)));
}

static bool
are_few(const struct twins *twins)
{
	return twins->n == 1 || twins->n * MOSTLY <= twins->nkeys;
}

void
check_duplicate_row(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		const struct twins *twins = twins_of(c, t);

		for (size_t k = 0; k < twins->n; k++) {
			const struct twin *w = &twins->v[k];
			uint32_t line = t->table->rows[w->first].line;
			struct rmk_finding *f;

			if (t->claimed[w->second] ||
			    !duplicate_rows_same_row(c, t, w->first, w->second))
				continue;
			t->claimed[w->second] = 1;
			f = check_report_cell(c, t, w->second, RMK_NONE,
			    check_printf(c, "the same row as line %u", line));
			check_also(c, f, check_line_place(c->doc, line));
			if (f) {
				f->found = name_text(c, t, w->second);
				f->hint = RMK_STR("remove one of the two");
			}
		}
	}
}

// Ditto marks: where many names are blank, one holds for the rows below it as well.
static bool
has_ditto(const struct table_info *t, size_t col)
{
	return t->columns[col].nempty * 10 > t->table->nrows;
}

// Two rows of one name that lead to different places are different things.
static bool
lead_elsewhere(struct rmk_checking *c, struct rmk_str a, struct rmk_str b)
{
	struct rmk_link *x, *y;
	size_t nx, ny;

	if (rmk_str_eq(a, b))
		return false;
	nx = rmk_value_links(c->a, a, &x);
	ny = rmk_value_links(c->a, b, &y);
	return nx && ny && !rmk_str_eq(x[0].url, y[0].url);
}

// Rows that follow each other under one name, each with text of its own: the name stands for
// a group ('Linux' with npm, 'Linux' with yarn), and is written out in each.
static bool
duplicate_rows_is_group(
    struct rmk_checking *c, const struct table_info *t, const struct twin *w)
{
	if (w->second != w->first + 1)
		return false;
	for (size_t col = t->twins->col + 1; col < t->table->ncols; col++) {
		struct rmk_str a = cell(c, t, w->first, col),
			       b = cell(c, t, w->second, col);

		if (a.n && b.n && !rmk_str_eq(a, b) && has_letter(a) && has_letter(b) &&
		    !check_is_category(c, t->index, col))
			return true;
	}
	return false;
}

// A declared key is for primary-key; values that repeat behind a number are no names.
void
check_duplicate_key(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		const struct twins *twins = twins_of(c, t);
		size_t col = twins->col;

		if (t->schema->key_declared || twins->nkeys < 3 || has_ditto(t, col) ||
		    !are_few(twins) || (col > 0 && check_is_category(c, i, col)))
			continue;
		for (size_t k = 0; k < twins->n; k++) {
			const struct twin *w = &twins->v[k];
			uint32_t line = t->table->rows[w->first].line;
			struct rmk_str raw = cell(c, t, w->second, col);
			struct rmk_finding *f;

			if (t->claimed[w->second] || !has_letter(raw) ||
			    lead_elsewhere(c, cell(c, t, w->first, col), raw) ||
			    duplicate_rows_is_group(c, t, w))
				continue;
			f = check_report_cell(c, t, w->second, col,
			    check_printf(c,
				"'%.*s' stands on line %u too, with other cells",
				RMK_FMT(name_text(c, t, w->second)), line));
			check_also(c, f, check_line_place(c->doc, line));
			if (f) {
				f->found = raw;
				f->hint = RMK_STR("is one of them out of date? else give "
						  "them different names");
			}
		}
	}
}
