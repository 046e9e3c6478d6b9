// Which columns hold progress, by what people write.
//
// A header such as "Status" is evidence, and so are values of one known set; columns of
// a matrix lend it to each other. What could be anything (a priority, a file's size, a
// legend of states) is left alone: a wrong status column counts wrong progress, while a
// missed one can be declared.
#include "base/ascii.h"
#include "base/buf.h"
#include "schema/schema_internal.h"
#include "schema/status_words.h"

#include <string.h>

// More spellings than this are no set of states: the biggest of the corpus has 31.
#define MOST_SPELLINGS 64
// Without a word in the header the set must be smaller.
#define MOST_BY_VALUES 24

struct evidence {
	struct rmk_column column;
	enum rmk_header_says says;
	size_t family;
	size_t cells;   // filled, but for the header repeated in the body
	size_t kinds;   // different keys of those
	size_t ranked;  // cells that stand in an order
	size_t known;   // cells that are words of progress at all
	size_t numbers; // cells that begin with a digit and are not ranked
	unsigned ranks; // bits of the ranks seen
	bool plain;     // some ranked word is more than a dash
	bool accepted;
	const char *why;
};

static void
weigh(struct evidence *e, const struct rmk_spelling *s)
{
	enum rmk_word_rank rank = rmk_words_rank(e->family, s->key);
	bool tick = rmk_str_eq(s->key, RMK_STR("x")) && e->says != RMK_HEADER_NOTHING;

	e->cells += s->count;
	e->kinds++;
	if (tick)
		rank = RMK_WORD_DONE;
	else if (rank == RMK_WORD_NONE && e->says == RMK_HEADER_STATUS)
		rank = rmk_words_percentage(s->key);
	if (rank < RMK_WORD_NEUTRAL) {
		e->ranked += s->count;
		e->ranks |= 1u << rank;
		e->plain |= !rmk_words_is_dash(s->key);
	} else if (rmk_is_digit(s->key.s[0])) {
		e->numbers += s->count;
	}
	if (rank != RMK_WORD_NONE)
		e->known += s->count;
}

static struct evidence
status_columns_look_at(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *table, const struct rmk_field *field, size_t col)
{
	struct evidence e = {.says = rmk_words_header(field->key), .family = RMK_NONE};

	if (e.says == RMK_HEADER_OTHER)
		return e;
	e.column = rmk_column_read(a, doc, table, col,
	    e.says == RMK_HEADER_NOTHING ? MOST_BY_VALUES : MOST_SPELLINGS);
	if (e.column.over)
		return e;
	e.family = rmk_column_family(&e.column);
	for (size_t i = 0; i < e.column.n; i++) {
		const struct rmk_spelling *s = &e.column.spellings[i];

		if (s->key.n > 0 && !rmk_str_eq(s->key, field->key))
			weigh(&e, s);
	}
	return e;
}

// The first column of a table that explains states names each once.
static bool
is_legend(const struct evidence *e, size_t col)
{
	return col == 0 && e->cells >= 2 && e->kinds == e->cells &&
	       e->family != RMK_FAMILY_BOXES;
}

static bool
is_prose(const struct evidence *e)
{
	return e->cells >= 6 && e->kinds * 2 > e->cells && e->ranked * 2 < e->cells;
}

static bool
two_ranks(unsigned ranks)
{
	return (ranks & (ranks - 1)) != 0;
}

// By its values alone: nearly all are words of progress, and they tell a family. A mark
// is a mark in one cell, a word must come twice; emoji with words ("✅ supported") have
// no family, and are as telling as marks.
static bool
values_show_status(const struct evidence *e)
{
	bool marks = e->family == RMK_NONE || e->family <= RMK_FAMILY_PLUS_MINUS;

	if (e->cells == 0 || !e->plain || e->known * 10 < e->cells * 9)
		return false;
	if (two_ranks(e->ranks))
		return true;
	if (!marks && (!rmk_families[e->family].alone || e->cells < 2))
		return false;
	// "No" in every row may answer any question.
	if (!marks && e->ranks == 1u << RMK_WORD_TODO)
		return false;
	return e->ranked * 2 >= e->cells;
}

static bool
accept(const struct evidence *e, size_t col)
{
	if (e->column.over || e->says == RMK_HEADER_OTHER || is_legend(e, col))
		return false;
	switch (e->says) {
	case RMK_HEADER_STATUS:
		return e->numbers * 2 < (e->cells ? e->cells : 1) && !is_prose(e);
	case RMK_HEADER_MAYBE:
		return e->cells > 0 && e->ranked * 2 >= e->cells;
	default:
		return values_show_status(e);
	}
}

// What it was inferred from, in words.
static const char *
status_columns_reason(
    struct rmk_arena *a, const struct evidence *e, const struct rmk_field *field)
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

// --- matrices -------------------------------------------------------------------

static bool
may_join(const struct evidence *e)
{
	return !e->accepted && e->says == RMK_HEADER_NOTHING && !e->column.over;
}

// Nothing but dashes, in a table that says so little else.
static bool
is_dashes(const struct evidence *e)
{
	return may_join(e) && e->cells > 0 && e->ranked == e->cells && !e->plain;
}

// The family that two columns at least were accepted for by their values, or RMK_NONE. One
// of pluses is enough beside two columns of dashes, which are its other word: what only
// one language has is still a matrix. A dash beside a tick may be no value at all.
static size_t
matrix_family(const struct evidence *e, size_t ncols)
{
	size_t columns[RMK_FAMILIES] = {0}, best = 0, dashes = 0;

	for (size_t i = 0; i < ncols; i++) {
		dashes += is_dashes(&e[i]);
		if (e[i].accepted && e[i].says == RMK_HEADER_NOTHING &&
		    e[i].family != RMK_NONE)
			columns[e[i].family]++;
	}
	for (size_t i = 1; i < RMK_FAMILIES; i++)
		if (columns[i] > columns[best])
			best = i;
	if (columns[best] == 1 && columns[RMK_FAMILY_PLUS_MINUS] == 1 && dashes >= 2)
		return RMK_FAMILY_PLUS_MINUS;
	return columns[best] >= 2 ? best : RMK_NONE;
}

static void
status_columns_join(struct evidence *e, size_t family)
{
	e->accepted = true;
	e->family = e->plain || e->ranked == 0 ? family : RMK_FAMILY_PLUS_MINUS;
	e->why = "the columns beside it";
}

// Columns of a matrix that have too little of their own to tell: words of progress all
// the same (all dashes, all unknown), or nothing between two columns that are filled.
static void
join_matrix(struct evidence *e, size_t ncols, size_t family)
{
	size_t left = RMK_NONE;

	for (size_t i = 0; i < ncols; i++) {
		if (may_join(&e[i]) && e[i].cells > 0 && e[i].known == e[i].cells)
			status_columns_join(&e[i], family);
		if (e[i].accepted) {
			for (size_t k = left; k != RMK_NONE && ++k < i;)
				status_columns_join(&e[k], family);
			left = i;
		} else if (!may_join(&e[i]) || e[i].cells > 0) {
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
	field->why = e->why ? e->why : status_columns_reason(a, e, field);
	// Dashes alone are "no" in a matrix, else no value.
	if (e->family == RMK_FAMILY_PLUS_MINUS && !e->plain && !e->why)
		e->family = RMK_NONE;
	rmk_terms_infer(scratch, field, &e->column, e->family);
	rmk_terms_keep(a, doc, field);
}

void
rmk_schema_infer(struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, const struct rmk_table *table, struct rmk_schema *schema)
{
	struct evidence *e = RMK_NEW_N(scratch, struct evidence, schema->ncols);
	size_t family;

	for (size_t i = 0; i < schema->ncols; i++) {
		if (schema->fields[i].declared) {
			e[i].says = RMK_HEADER_OTHER;
			continue;
		}
		e[i] = status_columns_look_at(scratch, doc, table, &schema->fields[i], i);
		e[i].accepted = accept(&e[i], i);
	}
	family = matrix_family(e, schema->ncols);
	if (family != RMK_NONE)
		join_matrix(e, schema->ncols, family);
	for (size_t i = 0; i < schema->ncols; i++)
		if (e[i].accepted)
			make_status(a, scratch, doc, &schema->fields[i], &e[i]);
}
