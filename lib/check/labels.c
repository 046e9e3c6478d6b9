// The header row, and the ends of a table's lines.
#include "base/map.h"
#include "check/check_context.h"

#include <string.h>

// So many labels are compared as quickly as they are hashed.
#define FEW_LABELS 8

static struct rmk_str
label_key(const struct table_info *t, size_t col)
{
	return t->schema->fields[col].key;
}

static struct rmk_finding *
report_label(struct rmk_checking *c, const struct table_info *t, size_t col,
    struct rmk_str message)
{
	struct rmk_range at = check_span_place(c->doc, t->table->header.cells[col]);
	struct rmk_finding *f = check_report(c, t->index, at, message);

	if (f)
		f->label = t->schema->fields[col].label;
	return f;
}

// Whether the labels from..end repeat with a period, twice or more.
static bool
repeats_labels(const struct table_info *t, size_t from, size_t end)
{
	for (size_t period = 1; period * 2 <= end - from; period++) {
		size_t col = from + period;

		if ((end - from) % period)
			continue;
		while (col < end &&
		       rmk_str_eq(label_key(t, col), label_key(t, col - period)))
			col++;
		if (col == end)
			return true;
	}
	return false;
}

// Two or more lists side by side: the labels repeat with a period; a blank column may frame them
// on the left, on the right or on both sides.
static bool
is_side_by_side(const struct table_info *t)
{
	size_t n = t->table->ncols;
	bool left = n > 2 && label_key(t, 0).n == 0;
	bool right = n > 2 && label_key(t, n - 1).n == 0;

	return repeats_labels(t, 0, n) || (left && repeats_labels(t, 1, n)) ||
	       (right && repeats_labels(t, 0, n - 1)) ||
	       (left && right && repeats_labels(t, 1, n - 1));
}

// --- blank-label --------------------------------------------------------------

// Marks without a word, as a column of ticks has them, need no label.
static bool
has_words(const struct rmk_checking *c, const struct table_info *t, size_t col)
{
	for (uint32_t r = 0; r < t->table->nrows; r++)
		if (check_has_word(rmk_doc_cell(c->doc, &t->table->rows[r], col)))
			return true;
	return false;
}

// A blank corner heads the names of rows, and a header all blank is a table without one:
// both are meant.
void
check_blank_label(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		size_t blank = 0;
		struct rmk_finding *f;

		for (size_t col = 0; col < t->table->ncols; col++)
			blank += label_key(t, col).n == 0;
		if (blank == 0 || blank * 2 >= t->table->ncols || is_side_by_side(t))
			continue;
		for (size_t col = 1; col < t->table->ncols; col++) {
			if (label_key(t, col).n || t->table->header.cells[col].len ||
			    !has_words(c, t, col))
				continue;
			f = report_label(c, t, col,
			    check_printf(c, "column %zu has no label, but %u cell%s",
				col + 1, t->columns[col].nfilled,
				t->columns[col].nfilled == 1 ? "" : "s"));
			if (f)
				f->hint = RMK_STR("write its name into the header row");
		}
	}
}

// --- duplicate-label ----------------------------------------------------------

// The columns of one label.
struct label_use {
	size_t n, last, stride; // of the first two; 0: others are apart in another way
};

// Three or more of one label at equal distances: a column of that kind after each other
// one ('| 2 cores | % | 4 cores | % | 8 cores | % |').
static bool
is_strided(const struct label_use *use)
{
	return use->n > 2 && use->stride;
}

// [ncols], at the first column of each label.
static struct label_use *
use_labels(struct rmk_arena *a, const struct table_info *t, struct rmk_map *firsts)
{
	struct label_use *uses = RMK_NEW_N(a, struct label_use, t->table->ncols);

	for (size_t col = 0; col < t->table->ncols; col++) {
		size_t *first = rmk_map_put(firsts, label_key(t, col));
		struct label_use *use = &uses[*first == RMK_NONE ? col : *first];

		if (*first == RMK_NONE)
			*first = col;
		else if (use->n == 1)
			use->stride = col - use->last;
		else if (col - use->last != use->stride)
			use->stride = 0;
		use->last = col;
		use->n++;
	}
	return uses;
}

// Whether no label can be there twice: looked through where they are few.
static bool
labels_differ(const struct table_info *t)
{
	size_t n = t->table->ncols;

	for (size_t col = 1; n <= FEW_LABELS && col < n; col++)
		for (size_t k = 0; k < col; k++)
			if (rmk_str_eq(label_key(t, col), label_key(t, k)))
				return false;
	return n <= FEW_LABELS;
}

void
check_duplicate_label(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		struct rmk_map firsts = {.arena = c->a};
		const struct label_use *uses;

		if (labels_differ(t) || is_side_by_side(t))
			continue;
		uses = use_labels(c->a, t, &firsts);
		for (size_t col = 0; col < t->table->ncols; col++) {
			struct rmk_str key = label_key(t, col);
			size_t first = rmk_map_get(&firsts, key);
			struct rmk_finding *f;

			if (key.n == 0 || first == col || is_strided(&uses[first]))
				continue;
			f = report_label(c, t, col,
			    check_printf(c, "columns %zu and %zu are both called '%.*s'",
				first + 1, col + 1,
				RMK_FMT(t->schema->fields[col].label)));
			check_also(c, f,
			    check_span_place(c->doc, t->table->header.cells[first]));
			if (f)
				f->hint = RMK_STR("commands find a column by its label: "
						  "give it another");
		}
	}
}

// --- mixed-line-ends ----------------------------------------------------------

static struct rmk_str
row_end(const struct rmk_doc *doc, const struct rmk_row *row)
{
	return rmk_doc_line_end(doc, row->line);
}

// The end of a row's line becomes that of the header's.
static void
fix_end(struct rmk_checking *c, struct rmk_finding *f, const struct rmk_row *row,
    struct rmk_str wanted)
{
	struct rmk_span end = {
	    row->span.at + row->span.len, (uint32_t)row_end(c->doc, row).n};

	check_fix_splice(c, f, end, wanted);
}

static const char *
end_name(struct rmk_str end)
{
	return end.n == 2 ? "CR LF" : end.s[0] == '\r' ? "CR" : "LF";
}

static void
check_ends(struct rmk_checking *c, struct table_info *t)
{
	struct rmk_str wanted = row_end(c->doc, &t->table->header);
	struct rmk_finding *f = NULL;
	bool found = false;

	for (uint32_t r = 0; r <= t->table->nrows; r++) {
		const struct rmk_row *row = r ? &t->table->rows[r - 1] : &t->table->delim;
		struct rmk_str end = row_end(c->doc, row);

		if (end.n == 0 || rmk_str_eq(end, wanted))
			continue;
		if (!found)
			f = check_report(c, t->index, check_line_place(c->doc, row->line),
			    check_printf(c, "the line ends in %s, the header's in %s",
				end_name(end), end_name(wanted)));
		else
			check_also(c, f, check_line_place(c->doc, row->line));
		found = true;
		fix_end(c, f, row, wanted);
	}
	if (f)
		f->hint = RMK_STR("end all lines of a table alike");
}

void
check_mixed_line_ends(struct rmk_checking *c)
{
	if (c->doc->text.n == 0 || !memchr(c->doc->text.s, '\r', c->doc->text.n))
		return;
	for (size_t i = 0; i < c->doc->ntables; i++)
		check_ends(c, &c->tables[i]);
}
