// What a column's own values say of being a status.
//
// A header such as "Status" is enough; so are values of one known set. What could be anything (a
// priority, a file's size, a legend of states) is left alone: a wrong status column counts
// wrong progress, while a missed one can be declared. Nothing here depends on how many rows there
// are, or how many different links and remarks they hold: a column stays what it is as its
// table grows.
#include "schema/evidence.h"
#include "base/ascii.h"
#include "base/map.h"
#include "base/utf8.h"
#include "schema/schema_internal.h"

// Where most cells are no words of progress, so many different ones of them are no states.
#define MOST_OWN_KINDS 24

static void
weigh_spelling(struct rmk_evidence *e, const struct rmk_cell_spelling *s)
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

struct rmk_evidence
rmk_evidence_column(struct rmk_arena *a, const struct rmk_evidence *of,
    enum rmk_header_says says, size_t col, const struct rmk_column_reader *reader)
{
	struct rmk_evidence e = {.key = of->key, .says = says, .ladder = RMK_NONE};

	e.column = reader->read(
	    reader->ctx, a, col, says == RMK_HEADER_STATUS ? SIZE_MAX : MOST_OWN_KINDS);
	if (e.column.over)
		return e;
	e.ladder = rmk_column_ladder(&e.column);
	for (size_t i = 0; i < e.column.n; i++) {
		const struct rmk_cell_spelling *s = &e.column.spellings[i];

		if (s->key.n > 0 && !rmk_str_eq(s->key, e.key))
			weigh_spelling(&e, s);
	}
	e.kinds = count_kinds(a, &e.column, e.key);
	return e;
}

struct rmk_evidence_header
rmk_evidence_header(const struct rmk_field *field)
{
	struct rmk_evidence_header h = {RMK_HEADER_OTHER, false};

	if (field->declared)
		return h;
	h.says = rmk_words_header(field->key);
	h.beside = h.says == RMK_HEADER_NOTHING &&
	           rmk_words_header_names(field->key) > RMK_HEADER_NAME;
	return h;
}

// The first column of a table that explains states names each once.
bool
rmk_evidence_is_legend(const struct rmk_evidence *e, size_t col)
{
	return col == 0 && e->cells >= 2 && e->kinds == e->cells &&
	       e->ladder != RMK_LADDER_BOXES;
}

bool
rmk_evidence_two_ranks(unsigned ranks)
{
	return (ranks & (ranks - 1)) != 0;
}

bool
rmk_ladder_is_marks(size_t ladder)
{
	return ladder != RMK_NONE && ladder <= RMK_LADDER_LAST_MARKS;
}

// By its values alone: nearly all are words of progress, of one ladder. A mark is a mark in
// one cell, a word must come twice; emoji with words ("✅ supported") have no ladder, and
// are as good as marks where some come again.
static bool
values_are_progress(const struct rmk_evidence *e)
{
	const struct rmk_ladder *ladder = e->ladder == RMK_NONE ? NULL
	                                                        : &rmk_ladders[e->ladder];
	bool marks = !ladder || rmk_ladder_is_marks(e->ladder);
	size_t known = marks ? e->known * 2 : e->known;

	if (e->cells == 0 || !e->plain || known * 10 < e->cells * 9)
		return false;
	// "N/A" beside the names of things: no row is on its way.
	if (e->ranks == 1u << RMK_WORD_CLOSED)
		return false;
	if (ladder && ladder->needs == RMK_LADDER_HEADER)
		return false;
	if (rmk_evidence_two_ranks(e->ranks))
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
bool
rmk_evidence_is_icons(const struct rmk_evidence *e)
{
	return e->kinds == 1 && e->cells > 1 && e->column.nlinks >= e->cells &&
	       e->words == e->cells && rmk_ladder_is_marks(e->ladder) &&
	       e->ranks == 1u << RMK_WORD_DOING;
}

static bool
accept_column(const struct rmk_evidence *e, size_t col)
{
	if (e->column.over || e->says == RMK_HEADER_OTHER ||
	    rmk_evidence_is_legend(e, col) || rmk_evidence_is_icons(e))
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

struct rmk_evidence
rmk_evidence_alone(struct rmk_arena *a, const struct rmk_field *field,
    struct rmk_evidence_header header, size_t col, const struct rmk_column_reader *reader)
{
	struct rmk_evidence e = {.key = field->key,
	    .says = header.says,
	    .ladder = field->declared ? 0 : RMK_NONE,
	    .declared = field->declared};

	if (e.says == RMK_HEADER_OTHER)
		return e;
	e = rmk_evidence_column(a, &e, e.says, col, reader);
	e.beside = header.beside;
	e.accepted = accept_column(&e, col);
	return e;
}

struct rmk_evidence *
rmk_evidence_of(struct rmk_arena *a, const struct rmk_field *fields, size_t ncols,
    const struct rmk_column_reader *reader)
{
	struct rmk_evidence *e = RMK_NEW_N(a, struct rmk_evidence, ncols);

	for (size_t i = 0; i < ncols; i++)
		e[i] = rmk_evidence_alone(
		    a, &fields[i], rmk_evidence_header(&fields[i]), i, reader);
	rmk_evidence_join(a, e, ncols, reader);
	return e;
}
