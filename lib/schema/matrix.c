// Columns that lend their evidence to each other: matrices, and legends that explain states.
#include "schema/evidence.h"

// So many different states, with nothing but numbers beside them, are a legend.
#define LEGEND_LEAST 4

// --- legends --------------------------------------------------------------------

// A table that explains states: its first column names each once, or nothing but numbers
// is beside them. No column of it holds the progress of anything.
static bool
explains_states(const struct rmk_evidence *e, size_t ncols)
{
	size_t beside = 0;

	if (ncols > 0 && !e[0].column.over && rmk_evidence_is_legend(&e[0], 0) &&
	    (e[0].says == RMK_HEADER_STATUS || e[0].cells >= LEGEND_LEAST) &&
	    e[0].known * 2 >= e[0].cells)
		return true;
	for (size_t i = 0; i < ncols; i++) {
		bool names = !e[i].accepted &&
		             (e[i].column.over || e[i].numbers < e[i].cells ||
				 e[i].says == RMK_HEADER_OTHER);

		if (names || (e[i].accepted &&
				 (e[i].kinds < e[i].cells || e[i].cells < LEGEND_LEAST)))
			return false;
		beside += !e[i].accepted && e[i].cells > 0;
	}
	return beside > 0;
}

// --- matrices -------------------------------------------------------------------

static bool
may_join(const struct rmk_evidence *e)
{
	return !e->accepted && e->says == RMK_HEADER_NOTHING && !e->column.over &&
	       !e->beside;
}

// Nothing but dashes, in a table that says so little else.
static bool
is_dashes(const struct rmk_evidence *e)
{
	return may_join(e) && e->cells > 0 && e->ranked == e->cells && !e->plain;
}

// A column that would be accepted by its values, were there not a text in some cells, or one
// of its own behind each mark.
static bool
is_nearly(const struct rmk_evidence *e)
{
	if (!may_join(e) || e->ladder == RMK_NONE || e->cells == 0 || !e->plain ||
	    rmk_ladders[e->ladder].needs != RMK_LADDER_ALONE)
		return false;
	return e->known * 3 >= e->cells * 2 &&
	       (e->words * 2 >= e->cells ||
		   (rmk_ladder_is_marks(e->ladder) && rmk_evidence_two_ranks(e->ranks)));
}

// The ladder that two columns at least were accepted for by their values, or nearly so, or
// RMK_NONE. One of pluses is enough beside two columns of dashes, which are its other word: what only
// one language has is still a matrix. A dash beside a tick may be no value at all.
static size_t
matrix_ladder(const struct rmk_evidence *e, size_t ncols)
{
	size_t columns[RMK_LADDERS_MOST] = {0}, best = 0, dashes = 0;

	for (size_t i = 0; i < ncols; i++) {
		dashes += is_dashes(&e[i]);
		if (is_nearly(&e[i]) ||
		    (e[i].accepted && e[i].says == RMK_HEADER_NOTHING &&
			e[i].ladder != RMK_NONE))
			columns[e[i].ladder]++;
	}
	for (size_t i = 1; i < rmk_nladders; i++)
		if (columns[i] > columns[best])
			best = i;
	if (columns[best] == 1 && columns[RMK_LADDER_PLUS_MINUS] == 1 && dashes >= 2)
		return RMK_LADDER_PLUS_MINUS;
	return columns[best] >= 2 ? best : RMK_NONE;
}

// Beside two columns of marks, "Auth" and "Default" are things that are supported or not.
static void
look_beyond_header(struct rmk_arena *a, struct rmk_evidence *e, size_t col,
    const struct rmk_column_reader *reader)
{
	struct rmk_evidence seen = rmk_evidence_column(
	    a, e, RMK_HEADER_NOTHING, col, reader);

	if (!rmk_evidence_is_icons(&seen) && rmk_ladder_is_marks(seen.ladder) &&
	    is_nearly(&seen))
		*e = seen;
}

void
rmk_evidence_accept(struct rmk_evidence *e, size_t ladder, const char *why)
{
	e->accepted = true;
	e->ladder = e->plain || e->ranked == 0 ? ladder : RMK_LADDER_PLUS_MINUS;
	e->why = why;
}

static void
join_column(struct rmk_evidence *e, size_t ladder)
{
	rmk_evidence_accept(e, ladder, "the columns beside it");
}

bool
rmk_evidence_is_open(const struct rmk_evidence *e)
{
	return may_join(e) && !rmk_evidence_is_icons(e);
}

static bool
uses_words_of(const struct rmk_evidence *e, size_t ladder)
{
	bool kind = rmk_ladder_is_marks(ladder);
	bool akin = e->ladder == RMK_NONE || rmk_ladder_is_marks(e->ladder) == kind;
	bool marks = kind && e->known > 0 && (e->known + e->marks) * 3 >= e->cells * 2;

	return akin && e->cells > 0 && (marks || e->known * 2 >= e->cells);
}

// Columns of a matrix that have too little of their own: all that use its words in half of
// their cells (the rest being unknown, or a text), or marks that some legend explains; and
// those between two of them that are empty, or words of another ladder.
static void
join_matrix(struct rmk_evidence *e, size_t ncols, size_t ladder)
{
	size_t left = RMK_NONE;

	for (size_t i = 0; i < ncols; i++) {
		if (rmk_evidence_is_open(&e[i]) && uses_words_of(&e[i], ladder))
			join_column(&e[i], ladder);
		if (e[i].accepted) {
			for (size_t k = left; k != RMK_NONE && ++k < i;)
				join_column(&e[k], ladder);
			left = i;
		} else if (!may_join(&e[i]) || e[i].known * 3 < e[i].cells * 2 ||
			   rmk_evidence_is_icons(&e[i])) {
			left = RMK_NONE;
		}
	}
}

// --- empty columns ----------------------------------------------------------------

static bool
is_empty_by_name(const struct rmk_evidence *e)
{
	return e->accepted && !e->why && !e->declared && e->cells == 0;
}

// A column that is empty is a status by its name alone where no other column is one. In a matrix
// it is one more of many.
static void
leave_empty(struct rmk_evidence *e, size_t ncols)
{
	size_t filled = 0, empty = 0;

	for (size_t i = 0; i < ncols; i++)
		filled += e[i].accepted && e[i].cells > 0;
	for (size_t i = 0; filled < 2 && i < ncols; i++) {
		if (!is_empty_by_name(&e[i]) || filled + empty++ == 0)
			continue;
		e[i].accepted = false;
		e[i].why = "it is empty, and another column is a status";
	}
}

void
rmk_evidence_join(struct rmk_arena *a, struct rmk_evidence *e, size_t ncols,
    const struct rmk_column_reader *reader)
{
	size_t ladder;

	if (explains_states(e, ncols)) {
		for (size_t i = 0; i < ncols; i++) {
			e[i].accepted = false;
			e[i].why = "the table explains what states mean";
		}
		return;
	}
	ladder = matrix_ladder(e, ncols);
	for (size_t i = 0; rmk_ladder_is_marks(ladder) && i < ncols; i++)
		if (!e[i].declared && (e[i].says == RMK_HEADER_OTHER || e[i].beside))
			look_beyond_header(a, &e[i], i, reader);
	if (ladder != RMK_NONE)
		join_matrix(e, ncols, ladder);
	leave_empty(e, ncols);
}
