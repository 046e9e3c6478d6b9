// Where the rows of a clean result stand, asked of the texts alone.
//
//	base   ours   theirs   result
//	 a      a      a        a
//	 b      b2     b        y        theirs has y behind b, and ours calls that b2, so it must
//	 c      c      y        b2       be behind b2: nobody moved a row
//	               c        c
//
// A row is found again by what stands in it alone. Where a side moved rows their order says nothing;
// but a row must be below the heading, and one without a name in the group, in which a side has it.
#include "merge/facts.h"

#include <stdlib.h>
#include <string.h>

static bool
is_in_all(const struct fact *fact)
{
	for (int v = 0; v <= 3; v++) {
		if (fact->times[v] != 1)
			return false;
	}
	return true;
}

// --- the order of rows ------------------------------------------------------------------------

// A text that stands at most once in each version.
struct spot {
	const struct fact *fact;
	size_t at[4];     // index of its row; RMK_NONE: it is not there
	bool one_column;  // in all versions, by its label or place
	bool one_heading; // in all of the three versions
};

struct spots {
	struct spot *v;
	size_t n, cap;
};

static struct rmk_str
fact_label(const struct facts *f, const struct fact *fact, int v)
{
	return rmk_doc_cell(
	    f->rows[v].list.doc, &rmk_fact_table(f, fact, v)->header, fact->place[v].col);
}

static struct spot
spot_of(const struct facts *f, const struct fact *fact)
{
	struct spot spot = {.fact = fact, .one_column = true, .one_heading = true};
	int first = -1;

	for (int v = 0; v <= 3; v++) {
		spot.at[v] = fact->times[v] ? fact->place[v].row : RMK_NONE;
		if (fact->times[v] == 0)
			continue;
		if (first < 0)
			first = v;
		spot.one_column &= fact->place[v].col == fact->place[first].col ||
		                   rmk_str_eq(fact_label(f, fact, v),
				       fact_label(f, fact, first));
		spot.one_heading &= v == 3 || rmk_str_eq(rmk_fact_heading(f, fact, v),
						  rmk_fact_heading(f, fact, first));
	}
	return spot;
}

static void
add_spots(const struct facts *f, struct spots *out)
{
	for (size_t i = 0; i < f->n; i++) {
		bool once = true;

		for (int v = 0; v <= 3; v++)
			once &= f->v[i].times[v] <= 1;
		if (once)
			*RMK_PUSH(f->a, out->v, out->n, out->cap) = spot_of(f, &f->v[i]);
	}
}

static int
compare_spots(const void *x, const void *y, int v)
{
	size_t a = ((const struct spot *)x)->at[v], b = ((const struct spot *)y)->at[v];

	return (a > b) - (a < b);
}

static int
by_base_row(const void *x, const void *y)
{
	return compare_spots(x, y, RMK_BASE);
}

static int
by_row_of_ours(const void *x, const void *y)
{
	return compare_spots(x, y, RMK_OURS);
}

static int
by_result_row(const void *x, const void *y)
{
	return compare_spots(x, y, 3);
}

// Whether what is sorted by its rows in one version stands in this order in another one too.
static bool
keep_order(const struct spots *spots, int sorted, int v)
{
	size_t most = 0, before = 0;

	for (size_t i = 0; i < spots->n; i++) {
		const size_t *at = spots->v[i].at;

		if (at[sorted] == RMK_NONE)
			break;
		if (i && at[sorted] != spots->v[i - 1].at[sorted])
			before = most;
		if (at[v] == RMK_NONE)
			continue;
		if (at[v] < before)
			return false;
		if (at[v] > most)
			most = at[v];
	}
	return true;
}

// Whether a side moved rows, or both added one and each put it elsewhere.
static bool
some_moved(struct spots *spots)
{
	for (size_t i = 0; i < spots->n; i++) {
		if (!spots->v[i].one_heading)
			return true;
	}
	qsort(spots->v, spots->n, sizeof *spots->v, by_row_of_ours);
	if (!keep_order(spots, RMK_OURS, RMK_THEIRS))
		return true;
	qsort(spots->v, spots->n, sizeof *spots->v, by_base_row);
	return !keep_order(spots, RMK_BASE, RMK_OURS) ||
	       !keep_order(spots, RMK_BASE, RMK_THEIRS);
}

// Whether the texts from i to end, of one row of base, are in one row of a side, each in its column.
static bool
stay_together(const struct spots *spots, size_t i, size_t end, int v)
{
	size_t row = RMK_NONE;

	for (; i < end; i++) {
		size_t at = spots->v[i].at[v];

		if (!spots->v[i].one_column ||
		    (at != RMK_NONE && row != RMK_NONE && at != row))
			return false;
		row = at == RMK_NONE ? row : at;
	}
	return true;
}

// Where a side has what one row of base said in two rows, nothing says which of them it is: leave out
// such rows.
static void
drop_divided(struct spots *spots)
{
	size_t n = 0, end;

	qsort(spots->v, spots->n, sizeof *spots->v, by_base_row);
	for (size_t i = 0; i < spots->n; i = end) {
		size_t row = spots->v[i].at[RMK_BASE];

		for (end = i + 1; end < spots->n && row != RMK_NONE &&
				  spots->v[end].at[RMK_BASE] == row;)
			end++;
		if (!stay_together(spots, i, end, RMK_OURS) ||
		    !stay_together(spots, i, end, RMK_THEIRS))
			continue;
		memmove(spots->v + n, spots->v + i, (end - i) * sizeof *spots->v);
		n += end - i;
	}
	spots->n = n;
}

static bool
keeps_places(struct spots *spots)
{
	qsort(spots->v, spots->n, sizeof *spots->v, by_result_row);
	return keep_order(spots, 3, RMK_OURS) && keep_order(spots, 3, RMK_THEIRS);
}

// --- tables -----------------------------------------------------------------------------------

// Where both sides left a text below its heading it is there; where one alone took its row away it is
// not. (Below which one it is then may depend on a heading that the other renamed.)
static bool
is_below_its_heading(const struct rmk_str is[4], bool certain)
{
	bool ours_left = rmk_str_eq(is[RMK_OURS], is[RMK_BASE]);
	bool theirs_left = rmk_str_eq(is[RMK_THEIRS], is[RMK_BASE]);
	bool there = rmk_str_eq(is[3], is[RMK_BASE]);

	if (ours_left && theirs_left)
		return there;
	return ours_left == theirs_left || !certain || !there;
}

// certain: the spots are of rows that no side divided.
static bool
keeps_tables(const struct facts *f, const struct spots *spots, bool certain)
{
	for (size_t i = 0; i < spots->n; i++) {
		const struct fact *fact = spots->v[i].fact;
		struct rmk_str is[4];

		if (!is_in_all(fact))
			continue;
		for (int v = 0; v <= 3; v++)
			is[v] = rmk_fact_heading(f, fact, v);
		if (!is_below_its_heading(is, certain))
			return false;
	}
	return true;
}

// --- groups -----------------------------------------------------------------------------------

static struct rmk_str
first_of(const struct fact_rows *rows, size_t r)
{
	return rmk_doc_cell(rows->list.doc, rows->list.v[r], 0);
}

// The name of the group of each row of a version. [rows]
static struct rmk_str *
group_names(struct rmk_arena *a, const struct fact_rows *rows)
{
	const struct rmk_doc *doc = rows->list.doc;
	struct rmk_str *names = RMK_NEW_N(a, struct rmk_str, rows->list.n);
	size_t i = 0;

	for (size_t t = 0; t < doc->ntables; t++) {
		struct rmk_str name = {0};

		for (size_t r = 0; r < doc->tables[t].nrows; r++, i++) {
			if (first_of(rows, i).n)
				name = first_of(rows, i);
			names[i] = name;
		}
	}
	return names;
}

// Whether a text is of a row that has no name in either side nor in the result.
static bool
is_of_a_group(const struct facts *f, const struct fact *fact)
{
	bool is = is_in_all(fact);

	for (int v = 1; is && v <= 3; v++)
		is = first_of(&f->rows[v], fact->place[v].row).n == 0;
	return is;
}

static bool
keeps_groups(const struct facts *f, const struct spots *spots)
{
	struct rmk_str *names[4] = {0};

	for (size_t i = 0; i < spots->n; i++) {
		const struct fact_place *at = spots->v[i].fact->place;

		if (!is_of_a_group(f, spots->v[i].fact))
			continue;
		for (int v = 1; v <= 3; v++) {
			if (!names[v])
				names[v] = group_names(f->a, &f->rows[v]);
		}
		if (!rmk_str_eq(names[3][at[3].row], names[1][at[1].row]) &&
		    !rmk_str_eq(names[3][at[3].row], names[2][at[2].row]))
			return false;
	}
	return true;
}

// --- all of it --------------------------------------------------------------------------------

const char *
rmk_facts_places(const struct facts *f)
{
	struct spots spots = {0};
	bool moved, tables;

	add_spots(f, &spots);
	if (spots.n == 0)
		return NULL;
	moved = some_moved(&spots);
	tables = keeps_tables(f, &spots, false);
	drop_divided(&spots);
	if (!tables || !keeps_tables(f, &spots, true))
		return "a row would come into another table";
	if (!keeps_groups(f, &spots))
		return "a row would come into another group";
	return moved || keeps_places(&spots) ? NULL : "rows would change places";
}
