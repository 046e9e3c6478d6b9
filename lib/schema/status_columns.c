// Which columns hold progress, by what people write.
//
// A header such as "Status" is enough; so are values of one known set, and columns of a
// matrix lend their evidence to each other. What could be anything (a priority, a file's
// size, a legend of states) is left alone: a wrong status column counts wrong progress,
// while a missed one can be declared. Nothing here depends on how many rows there are, or
// how many different links and remarks they hold: a column stays what it is as its table
// grows.
#include "base/ascii.h"
#include "base/buf.h"
#include "base/map.h"
#include "schema/schema_internal.h"
#include "schema/status_words.h"

#include <string.h>

// Where most cells are no words of progress, so many different ones of them are no states.
#define MOST_OWN_KINDS 24

// So many different states, with nothing but numbers beside them, are a legend.
#define LEGEND_LEAST 4

struct evidence {
	struct rmk_column column;
	enum rmk_header_says says;
	size_t ladder;
	size_t cells;   // filled, but for the header repeated in the body
	size_t kinds;   // different keys of those
	size_t ranked;  // cells that have an order, or are closed
	size_t known;   // cells that are words of progress at all
	size_t numbers; // cells that begin with a digit and are not ranked
	size_t words;   // cells that are one word of the vocabulary and nothing else
	size_t marks;   // cells without a letter or digit that are no words of progress
	size_t links;   // cells that are one link and nothing else
	unsigned ranks; // bits of the ranks seen
	bool plain;     // some ranked word is more than a dash
	bool
	    beside; // the header says a number, a note, a group: no values make it status
	bool accepted;
	const char *why;
};

static bool
is_link(const struct rmk_spelling *s)
{
	return s->raw.s[0] == '[' && s->raw.s[s->raw.n - 1] == ')' &&
	       !rmk_str_eq(s->raw, s->text);
}

static void
weigh_spelling(struct evidence *e, const struct rmk_spelling *s)
{
	enum rmk_word_rank rank = RMK_WORD_NONE;
	bool tick = rmk_str_eq(s->key, RMK_STR("x")) && e->says != RMK_HEADER_NOTHING;
	size_t n = 0;

	if (s->rank != RMK_WORD_NONE) { // a word of some ladder
		rank = rmk_words_rank(e->ladder, s->key);
		rmk_words_of(s->key, &n);
	}
	e->cells += s->count;
	e->words += n > 0 ? s->count : 0;
	e->links += is_link(s) ? s->count : 0;
	if (tick)
		rank = RMK_WORD_DONE;
	else if (rank == RMK_WORD_NONE && e->says == RMK_HEADER_STATUS)
		rank = rmk_words_share(s->key);
	if (rank < RMK_WORD_NEUTRAL) {
		e->ranked += s->count;
		e->ranks |= 1u << (rank == RMK_WORD_WAITING ? RMK_WORD_DOING : rank);
		e->plain |= !rmk_words_is_dash(s->key);
	} else if (rmk_is_digit(s->key.s[0])) {
		e->numbers += s->count;
	}
	if (rank != RMK_WORD_NONE)
		e->known += s->count;
	else if (s->mark)
		e->marks += s->count;
}

// How many different keys the cells have, as a reader sees them.
static size_t
count_kinds(struct rmk_arena *a, const struct rmk_column *c, struct rmk_str header)
{
	struct rmk_map seen = {.arena = a};

	for (size_t i = 0; i < c->n; i++)
		if (c->spellings[i].key.n && !rmk_str_eq(c->spellings[i].key, header))
			*rmk_map_put(&seen, c->spellings[i].key) = i;
	return seen.n;
}

static void
look_at_cells(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, const struct rmk_field *field, size_t col,
    struct evidence *e)
{
	e->column = rmk_column_read(
	    a, doc, table, col, e->says == RMK_HEADER_STATUS ? SIZE_MAX : MOST_OWN_KINDS);
	if (e->column.over)
		return;
	e->ladder = rmk_column_ladder(&e->column);
	for (size_t i = 0; i < e->column.n; i++) {
		const struct rmk_spelling *s = &e->column.spellings[i];

		if (s->key.n > 0 && !rmk_str_eq(s->key, field->key))
			weigh_spelling(e, s);
	}
	e->kinds = count_kinds(a, &e->column, field->key);
}

static struct evidence
look_at_column(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, const struct rmk_field *field, size_t col)
{
	struct evidence e = {.says = rmk_words_header(field->key), .ladder = RMK_NONE};

	if (e.says == RMK_HEADER_OTHER)
		return e;
	look_at_cells(a, doc, table, field, col, &e);
	e.beside = e.says == RMK_HEADER_NOTHING &&
	           rmk_words_header_names(field->key) > RMK_HEADER_NAME;
	return e;
}

// The first column of a table that explains states names each once.
static bool
is_legend(const struct evidence *e, size_t col)
{
	return col == 0 && e->cells >= 2 && e->kinds == e->cells &&
	       e->ladder != RMK_LADDER_BOXES;
}

static bool
two_ranks(unsigned ranks)
{
	return (ranks & (ranks - 1)) != 0;
}

static bool
is_marks(size_t ladder)
{
	return ladder != RMK_NONE && ladder <= RMK_LADDER_LAST_MARKS;
}

// By its values alone: nearly all are words of progress, of one ladder. A mark is a mark in
// one cell, a word must come twice; emoji with words ("✅ supported") have no ladder, and
// are as good as marks where some come again.
static bool
values_are_progress(const struct evidence *e)
{
	const struct rmk_ladder *ladder = e->ladder == RMK_NONE ? NULL
	                                                        : &rmk_ladders[e->ladder];
	bool marks = !ladder || is_marks(e->ladder);
	size_t known = marks ? e->known * 2 : e->known;

	if (e->cells == 0 || !e->plain || known * 10 < e->cells * 9)
		return false;
	if (ladder && ladder->needs == RMK_LADDER_HEADER)
		return false;
	if (two_ranks(e->ranks))
		return e->words * 2 >= e->cells || e->kinds * 3 <= e->cells * 2 ||
		       e->cells < 3;
	if (!ladder && e->kinds == e->cells && e->cells > 1)
		return false;
	if (!marks && ladder && (ladder->needs == RMK_LADDER_TOGETHER || e->cells < 2))
		return false;
	// "No" in every row may answer any question.
	if (!marks && e->ranks == 1u << RMK_WORD_TODO)
		return false;
	return e->ranked * 2 >= e->cells;
}

// The same mark for every row, each with a link of its own: an icon that leads elsewhere.
static bool
is_icons(const struct evidence *e)
{
	return e->kinds == 1 && e->cells > 1 && e->links == e->cells &&
	       e->words == e->cells && is_marks(e->ladder) &&
	       e->ranks == 1u << RMK_WORD_DOING;
}

static bool
accept_column(const struct evidence *e, size_t col)
{
	if (e->column.over || e->says == RMK_HEADER_OTHER || is_legend(e, col) ||
	    is_icons(e))
		return false;
	switch (e->says) {
	case RMK_HEADER_STATUS:
		return e->numbers * 2 < (e->cells ? e->cells : 1);
	case RMK_HEADER_MAYBE:
		return e->cells > 0 && e->plain && e->ranked * 3 >= e->cells;
	default:
		return !e->beside && values_are_progress(e);
	}
}

// What it was inferred from, in words.
static const char *
reason_of(struct rmk_arena *a, const struct evidence *e, const struct rmk_field *field)
{
	struct rmk_buf out = {.arena = a};

	if (e->says != RMK_HEADER_NOTHING)
		rmk_buf_printf(&out, "header '%.*s'", RMK_FMT(field->label));
	else
		rmk_buf_adds(&out, "values ");
	for (size_t i = 0; e->says == RMK_HEADER_NOTHING && i < e->column.n && i < 3; i++)
		rmk_buf_printf(
		    &out, "%s%.*s", i ? ", " : "", RMK_FMT(e->column.spellings[i].text));
	rmk_buf_addc(&out, '\0');
	return out.s;
}

// --- legends --------------------------------------------------------------------

// A table that explains states: its first column names each once, or nothing but numbers
// is beside them. No column of it holds the progress of anything.
static bool
explains_states(const struct evidence *e, size_t ncols)
{
	size_t beside = 0;

	if (ncols > 0 && !e[0].column.over && is_legend(&e[0], 0) &&
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
may_join(const struct evidence *e)
{
	return !e->accepted && e->says == RMK_HEADER_NOTHING && !e->column.over &&
	       !e->beside;
}

// Nothing but dashes, in a table that says so little else.
static bool
is_dashes(const struct evidence *e)
{
	return may_join(e) && e->cells > 0 && e->ranked == e->cells && !e->plain;
}

// A column that would be accepted by its values, were there not a text in some cells, or one
// of its own behind each mark.
static bool
is_nearly(const struct evidence *e)
{
	if (!may_join(e) || e->ladder == RMK_NONE || e->cells == 0 || !e->plain ||
	    rmk_ladders[e->ladder].needs != RMK_LADDER_ALONE)
		return false;
	return e->known * 3 >= e->cells * 2 &&
	       (e->words * 2 >= e->cells || (is_marks(e->ladder) && two_ranks(e->ranks)));
}

// The ladder that two columns at least were accepted for by their values, or nearly so, or
// RMK_NONE. One of pluses is enough beside two columns of dashes, which are its other word: what only
// one language has is still a matrix. A dash beside a tick may be no value at all.
static size_t
matrix_ladder(const struct evidence *e, size_t ncols)
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
look_beyond_header(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, const struct rmk_field *field, size_t col,
    struct evidence *e)
{
	struct evidence seen = {.says = RMK_HEADER_NOTHING, .ladder = RMK_NONE};

	look_at_cells(a, doc, table, field, col, &seen);
	if (!is_icons(&seen) && is_marks(seen.ladder) && is_nearly(&seen))
		*e = seen;
}

static void
join_column(struct evidence *e, size_t ladder)
{
	e->accepted = true;
	e->ladder = e->plain || e->ranked == 0 ? ladder : RMK_LADDER_PLUS_MINUS;
	e->why = "the columns beside it";
}

// Columns of a matrix that have too little of their own: all that use its words in half of
// their cells (the rest being unknown, or a text), or marks that some legend explains; and
// those between two of them that are empty, or words of another ladder.
static void
join_matrix(struct evidence *e, size_t ncols, size_t ladder)
{
	size_t left = RMK_NONE;

	for (size_t i = 0; i < ncols; i++) {
		bool akin = e[i].ladder == RMK_NONE ||
		            is_marks(e[i].ladder) == is_marks(ladder);

		bool marks = is_marks(ladder) && e[i].known > 0 &&
		             (e[i].known + e[i].marks) * 3 >= e[i].cells * 2;

		if (may_join(&e[i]) && akin && !is_icons(&e[i]) && e[i].cells > 0 &&
		    (marks || e[i].known * 2 >= e[i].cells))
			join_column(&e[i], ladder);
		if (e[i].accepted) {
			for (size_t k = left; k != RMK_NONE && ++k < i;)
				join_column(&e[k], ladder);
			left = i;
		} else if (!may_join(&e[i]) || e[i].known * 3 < e[i].cells * 2 ||
			   is_icons(&e[i])) {
			left = RMK_NONE;
		}
	}
}

// --------------------------------------------------------------------------------

static void
make_status(struct rmk_arena *a, struct rmk_arena *scratch, const struct rmk_doc *doc,
    struct rmk_field *field, struct evidence *e)
{
	field->type = RMK_STATUS;
	field->why = e->why ? e->why : reason_of(a, e, field);
	// Dashes alone are "no" in a matrix, else no value.
	if (e->ladder == RMK_LADDER_PLUS_MINUS && !e->plain && !e->why)
		e->ladder = RMK_NONE;
	field->ladder = e->ladder;
	rmk_terms_infer(scratch, field, &e->column);
	rmk_terms_keep(a, doc, field);
}

void
rmk_schema_infer(struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, const struct rmk_table *table, struct rmk_schema *schema)
{
	struct evidence *e = RMK_NEW_N(scratch, struct evidence, schema->ncols);
	size_t ladder;

	for (size_t i = 0; i < schema->ncols; i++) {
		if (schema->fields[i].declared) {
			e[i].says = RMK_HEADER_OTHER;
			continue;
		}
		e[i] = look_at_column(scratch, doc, table, &schema->fields[i], i);
		e[i].accepted = accept_column(&e[i], i);
	}
	if (explains_states(e, schema->ncols))
		return;
	ladder = matrix_ladder(e, schema->ncols);
	for (size_t i = 0; is_marks(ladder) && i < schema->ncols; i++)
		if (!schema->fields[i].declared &&
		    (e[i].says == RMK_HEADER_OTHER || e[i].beside))
			look_beyond_header(
			    scratch, doc, table, &schema->fields[i], i, &e[i]);
	if (ladder != RMK_NONE)
		join_matrix(e, schema->ncols, ladder);
	for (size_t i = 0; i < schema->ncols; i++)
		if (e[i].accepted)
			make_status(a, scratch, doc, &schema->fields[i], &e[i]);
}
