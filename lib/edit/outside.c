// What is outside the tables of a file: see outside.h.
#include "edit/outside.h"

#include "table/region.h"

static void
cover(bool *covered, const struct rmk_doc *doc, uint32_t first, uint32_t last)
{
	for (uint32_t line = first; line <= last && line <= doc->nlines; line++)
		covered[line - 1] = true;
}

// The lines of tables, their declarations and regions.
static bool *
covered_lines(struct rmk_arena *a, const struct rmk_doc *doc)
{
	bool *covered = RMK_NEW_N(a, bool, doc->nlines + 1);
	struct rmk_regions regions = rmk_regions_of(a, doc);

	for (size_t i = 0; i < doc->ntables; i++) {
		const struct rmk_table *t = &doc->tables[i];

		cover(covered, doc, t->header.line,
		    t->nrows ? t->rows[t->nrows - 1].line : t->delim.line);
		if (t->decl.len)
			cover(covered, doc, rmk_doc_line_of(doc, t->decl.at),
			    rmk_doc_line_of(doc, t->decl.at + t->decl.len - 1));
	}
	for (size_t i = 0; i < regions.n; i++)
		cover(covered, doc, regions.v[i].begin, regions.v[i].end);
	return covered;
}

// A line that may have become a row, or the heading of a new table.
static bool
may_be_row(struct rmk_str line)
{
	struct rmk_str text = rmk_str_trim(line);

	if (text.n == 0)
		return true;
	return rmk_str_chr(text, '|') != RMK_NONE ||
	       rmk_str_chr(RMK_STR("-*+#>"), text.s[0]) != RMK_NONE ||
	       (text.s[0] >= '0' && text.s[0] <= '9');
}

// The lines outside, in order; loosely: those alone that cannot have become rows.
static struct rmk_str *
outside_lines(struct rmk_arena *a, const struct rmk_doc *doc, bool loosely, size_t *n)
{
	struct rmk_str *lines = RMK_NEW_N(a, struct rmk_str, doc->nlines + 1);
	bool *covered = covered_lines(a, doc);

	*n = 0;
	for (uint32_t i = 0; i < doc->nlines; i++) {
		struct rmk_str line = rmk_doc_line(doc, i + 1);

		if (covered[i] || rmk_str_trim(line).n == 0 ||
		    (loosely && may_be_row(line)))
			continue;
		lines[(*n)++] = line;
	}
	return lines;
}

static bool
same_lines_outside(struct rmk_arena *a, const struct rmk_doc *old,
    const struct rmk_doc *new_, bool loosely)
{
	size_t n, m;
	struct rmk_str *one = outside_lines(a, old, loosely, &n);
	struct rmk_str *two = outside_lines(a, new_, loosely, &m);

	for (size_t i = 0; n == m && i < n; i++) {
		if (!rmk_str_eq(one[i], two[i]))
			return false;
	}
	return n == m;
}

static size_t
count_rows(const struct rmk_doc *doc)
{
	size_t n = doc->ntables;

	for (size_t i = 0; i < doc->ntables; i++)
		n += doc->tables[i].nrows;
	return n;
}

bool
rmk_outside_same(
    struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_doc *new_)
{
	return same_lines_outside(a, old, new_, false) ||
	       (count_rows(old) != count_rows(new_) &&
		   same_lines_outside(a, old, new_, true));
}
