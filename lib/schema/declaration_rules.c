// The rules of an entry of a declaration, and its lists of values.
#include "base/map.h"
#include "base/utf8.h"
#include "gfm/cells.h"
#include "schema/declaration_reader.h"
#include "table/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum rule {
	RULE_KEY,
	RULE_REQUIRED,
	RULE_UNIQUE,
	RULE_OWNER,
	RULE_MIN,
	RULE_MAX,
	RULE_PATTERN,
	RULE_MERGE,
	RULE_CLOSED,
	RULE_ON,
	RULE_ID,
	RULE_ID_PREFIX,
	RULE_TYPE // and the types behind it
};

static const char *const rule_names[] = {"key", "required", "unique", "owner", "min",
    "max", "pattern", "merge", "closed", "on", "id", "id-prefix", "text", "integer",
    "number", "date", "link", "path", "flag", "status", "enum", "ref"};
#define NRULES (sizeof rule_names / sizeof *rule_names)

// "min 3" is the word "min" and the argument "3".
static struct rmk_str
first_word(struct rmk_str rule, struct rmk_str *argument)
{
	size_t n = 0;

	while (n < rule.n && !strchr(" \t=/", rule.s[n]))
		n++;
	*argument = rmk_str_trim(rmk_str_from(rule, n));
	return rmk_str_part(rule, 0, n);
}

static size_t
find_rule(struct rmk_str word)
{
	for (size_t i = 0; i < NRULES; i++)
		if (rmk_str_eq_nocase(word, rmk_str_of(rule_names[i])))
			return i;
	return RMK_NONE;
}

static const char *
nearest_rule(struct rmk_str word)
{
	unsigned best = rmk_reader_tolerance(word) + 1;
	const char *near = NULL;

	for (size_t i = 0; i < NRULES; i++) {
		unsigned d = rmk_str_distance(rmk_str_of(rule_names[i]), word, best);

		if (d < best) {
			best = d;
			near = rule_names[i];
		}
	}
	return near;
}

// "done" as what a row becomes; RMK_UNKNOWN: none of these.
static enum rmk_progress
on_class(struct rmk_str word)
{
	const enum rmk_progress all[] = {RMK_DOING, RMK_DONE, RMK_CLOSED};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (rmk_str_eq_nocase(word, rmk_str_of(rmk_progress_name(all[i]))))
			return all[i];
	return RMK_UNKNOWN;
}

static bool
declaration_rules_is_number(struct rmk_reader *r, struct rmk_str text, double *out)
{
	char *end;

	*out = strtod(rmk_str_c(r->arena, text), &end);
	return text.n > 0 && !*end && isfinite(*out);
}

// "= random"
static bool
is_random(struct rmk_str argument)
{
	return rmk_str_starts(argument, RMK_STR("=")) &&
	       rmk_str_eq_nocase(
		   rmk_str_trim(rmk_str_from(argument, 1)), RMK_STR("random"));
}

// --- lists of values ------------------------------------------------------------

// Whether a piece behind a list of values is a rule, not a value.
static bool
is_constraint(struct rmk_reader *r, struct rmk_str piece)
{
	struct rmk_str argument, word = first_word(piece, &argument);
	double number;

	switch (find_rule(word)) {
	case RULE_KEY:
	case RULE_REQUIRED:
	case RULE_UNIQUE:
	case RULE_OWNER:
		return argument.n == 0;
	case RULE_MIN:
	case RULE_MAX:
		return declaration_rules_is_number(r, argument, &number);
	case RULE_PATTERN:
		return argument.n > 0 && argument.s[0] == '/';
	case RULE_MERGE:
		return rmk_str_eq_nocase(argument, RMK_STR("furthest"));
	case RULE_CLOSED:
		return argument.n > 0 && argument.s[0] == '=';
	case RULE_ON:
		return on_class(argument) != RMK_UNKNOWN;
	case RULE_ID:
		return is_random(argument);
	case RULE_ID_PREFIX:
		return argument.n > 0;
	default:
		return false;
	}
}

// A cell is compared with every value of its column, so a list has a limit: what people
// list by hand stays far below it.
#define MOST_VALUES 1000

struct list {
	struct rmk_term *terms;
	size_t n, cap;
	uint32_t rank;
	struct rmk_map keys; // of the terms
	bool full;           // and it was said
};

static void
add_value(struct rmk_reader *r, struct list *list, struct rmk_str piece)
{
	struct rmk_str value = rmk_reader_unquote(piece);
	struct rmk_term term = {.rank = list->rank, .listed = piece};

	if (value.n == 0) {
		rmk_reader_problem(r, piece, "an empty value in the list");
		return;
	}
	if (list->n == MOST_VALUES) {
		if (!list->full)
			rmk_reader_problem(
			    r, piece, "a list has at most %d values", MOST_VALUES);
		list->full = true;
		return;
	}
	term.raw = rmk_cell_raw(r->arena, value);
	term.text = rmk_value_text(r->arena, term.raw);
	term.key = rmk_utf8_fold(r->arena, term.text);
	if (rmk_map_get(&list->keys, term.key) != RMK_NONE) {
		rmk_reader_problem(
		    r, piece, "'%.*s' is in the list already", RMK_FMT(value));
		return;
	}
	*rmk_map_put(&list->keys, term.key) = list->n;
	*RMK_PUSH(r->arena, list->terms, list->n, list->cap) = term;
}

// A < B, C: one piece between commas may hold several ranks.
static void
add_ranks(struct rmk_reader *r, struct list *list, struct rmk_str piece, bool ordered)
{
	struct rmk_str rest = piece;
	char mark;

	do {
		add_value(r, list, rmk_reader_take(&rest, ordered ? "<" : "", &mark));
		list->rank += mark == '<';
	} while (mark == '<');
}

static void
give_terms(struct rmk_reader *r, const struct list *list)
{
	for (size_t i = 0; i < r->nfields; i++) {
		struct rmk_field *f = r->fields[i];

		f->terms = RMK_NEW_N(r->arena, struct rmk_term, list->n);
		if (list->n > 0)
			memcpy(f->terms, list->terms, list->n * sizeof *list->terms);
		f->nterms = list->n;
	}
}

// The list behind '=', which takes the pieces of the entry up to the next constraint.
static void
declaration_rules_read_list(
    struct rmk_reader *r, enum rmk_type type, struct rmk_str first, struct rmk_str *rest)
{
	struct list list = {.keys = {.arena = r->arena}};
	bool ordered = type == RMK_STATUS;

	add_ranks(r, &list, first, ordered);
	while (rest->n > 0) {
		struct rmk_str ahead = *rest;
		char mark;
		struct rmk_str piece = rmk_reader_take(&ahead, ",", &mark);

		if (is_constraint(r, piece))
			break;
		add_ranks(r, &list, piece, ordered);
		*rest = ahead;
	}
	if (ordered && list.rank == 0)
		rmk_reader_problem(
		    r, first, "a status needs an order, as in 'status = to do < done'");
	give_terms(r, &list);
	for (size_t i = 0; i < r->nfields; i++)
		r->fields[i]->nranks = ordered ? list.rank + 1 : 0;
}

// The values behind "closed =": over without being done. One of the list itself may be
// named, and is closed from then on.
static void
close_value(struct rmk_reader *r, struct list *list, struct rmk_str piece)
{
	struct rmk_str raw = rmk_cell_raw(r->arena, rmk_reader_unquote(piece));
	size_t at = rmk_map_get(&list->keys, rmk_value_key(r->arena, raw)), n = list->n;

	if (at == RMK_NONE) {
		add_value(r, list, piece);
		at = list->n > n ? n : RMK_NONE;
	} else {
		list->terms[at].listed_closed = piece;
	}
	if (at != RMK_NONE) {
		list->terms[at].closed = true;
		list->terms[at].rank = list->rank;
	}
}

static void
read_closed(struct rmk_reader *r, struct rmk_str rule, struct rmk_str argument,
    struct rmk_str *rest)
{
	const struct rmk_field *f = r->nfields ? r->fields[0] : NULL;
	struct list list = {.keys = {.arena = r->arena}};
	struct rmk_str piece = rmk_str_trim(rmk_str_from(argument, 1));

	if (!f || f->type != RMK_STATUS || f->nterms == 0) {
		if (f)
			rmk_reader_problem(r, rule,
			    "closed needs a list before it, as in "
			    "'status = to do < done, closed = dropped'");
		return;
	}
	list.rank = f->nranks - 1;
	for (size_t i = 0; i < f->nterms; i++) {
		*rmk_map_put(&list.keys, f->terms[i].key) = list.n;
		*RMK_PUSH(r->arena, list.terms, list.n, list.cap) = f->terms[i];
	}
	for (;;) {
		struct rmk_str ahead = *rest;
		char mark;

		close_value(r, &list, piece);
		piece = rmk_reader_take(&ahead, ",", &mark);
		if (rest->n == 0 || is_constraint(r, piece))
			break;
		*rest = ahead;
	}
	give_terms(r, &list);
}

// --- rules ----------------------------------------------------------------------

static void
set_type(struct rmk_reader *r, enum rmk_type type, struct rmk_str rule,
    struct rmk_str argument, struct rmk_str *rest)
{
	bool list = argument.n > 0 && argument.s[0] == '=';

	if (r->has_type) {
		rmk_reader_problem(r, rule, "a second type for one column");
		return;
	}
	r->has_type = true;
	for (size_t i = 0; i < r->nfields; i++)
		r->fields[i]->type = type;
	if (type == RMK_REF) {
		struct rmk_str table = argument, col = {0};
		size_t dot = rmk_str_chr(argument, '.');

		if (dot != RMK_NONE) {
			table = rmk_str_trim(rmk_str_part(argument, 0, dot));
			col = rmk_reader_unquote(
			    rmk_str_trim(rmk_str_from(argument, dot + 1)));
		}
		if (table.n == 0)
			rmk_reader_problem(
			    r, rule, "ref needs a table, as in 'ref papers'");
		for (size_t i = 0; i < r->nfields; i++) {
			r->fields[i]->ref_table = table;
			r->fields[i]->ref_col = col;
		}
	} else if (list && (type == RMK_STATUS || type == RMK_ENUM)) {
		declaration_rules_read_list(
		    r, type, rmk_str_trim(rmk_str_from(argument, 1)), rest);
	} else if (type == RMK_ENUM) {
		rmk_reader_problem(r, rule, "enum needs its values, as in 'enum = A, B'");
	} else if (argument.n > 0) {
		rmk_reader_problem(
		    r, argument, "nothing can follow '%s' here", rmk_type_name(type));
	}
}

static void
set_bound(struct rmk_reader *r, bool is_min, struct rmk_str rule, struct rmk_str argument)
{
	double number;

	if (!declaration_rules_is_number(r, argument, &number)) {
		rmk_reader_problem(r, rule, "%s needs a number", is_min ? "min" : "max");
		return;
	}
	for (size_t i = 0; i < r->nfields; i++) {
		struct rmk_field *f = r->fields[i];

		*(is_min ? &f->min : &f->max) = number;
		*(is_min ? &f->has_min : &f->has_max) = true;
	}
}

static void
set_pattern(struct rmk_reader *r, struct rmk_str rule, struct rmk_str argument)
{
	if (argument.n < 2 || argument.s[0] != '/' || argument.s[argument.n - 1] != '/') {
		rmk_reader_problem(r, rule, "pattern needs a regex between slashes");
		return;
	}
	for (size_t i = 0; i < r->nfields; i++)
		r->fields[i]->pattern = rmk_str_part(argument, 1, argument.n - 2);
}

static void
set_key(struct rmk_reader *r, struct rmk_str rule)
{
	if (r->key_place.s || r->nfields > 1) {
		rmk_reader_problem(r, rule, "a table has one key column");
		return;
	}
	r->key_place = rule;
	for (size_t i = 0; i < r->nfields; i++)
		r->fields[i]->is_key = true;
}

static void
set_on(struct rmk_reader *r, struct rmk_str rule, struct rmk_str argument)
{
	enum rmk_progress on = on_class(argument);

	if (on == RMK_UNKNOWN)
		rmk_reader_problem(
		    r, rule, "on needs doing, done or closed, as in 'date, on done'");
	for (size_t i = 0; i < r->nfields && on != RMK_UNKNOWN; i++) {
		r->fields[i]->has_on = true;
		r->fields[i]->on = on;
	}
}

static void
set_id(struct rmk_reader *r, bool prefix, struct rmk_str rule, struct rmk_str argument)
{
	if (prefix ? argument.n == 0 : !is_random(argument)) {
		rmk_reader_problem(r, rule,
		    prefix ? "id-prefix needs what ids begin with, as in 'id-prefix T-'"
			   : "id knows '= random' only; next to others is the default");
		return;
	}
	for (size_t i = 0; i < r->nfields; i++) {
		if (prefix)
			r->fields[i]->id_prefix = rmk_reader_unquote(argument);
		else
			r->fields[i]->id_random = true;
	}
}

static bool
has_owner(const struct rmk_reader *r)
{
	for (size_t i = 0; i < r->schema->ncols; i++)
		if (r->schema->fields[i].is_owner)
			return true;
	return r->nfields > 1;
}

void
rmk_reader_rule(struct rmk_reader *r, struct rmk_str rule, struct rmk_str *rest)
{
	struct rmk_str argument, word = first_word(rule, &argument);
	size_t which = find_rule(word);
	const char *near;

	if (which == RMK_NONE) {
		near = nearest_rule(word);
		rmk_reader_problem(r, rule,
		    near ? "no rule '%.*s'; did you mean '%s'?" : "no rule '%.*s'%s",
		    RMK_FMT(word), near ? near : "");
		return;
	}
	if (which <= RULE_OWNER && argument.n > 0)
		rmk_reader_problem(
		    r, argument, "nothing can follow '%s'", rule_names[which]);
	else if (which == RULE_KEY)
		set_key(r, rule);
	else if (which == RULE_OWNER && has_owner(r))
		rmk_reader_problem(r, rule, "a table has one owner column");
	else if (which == RULE_MIN || which == RULE_MAX)
		set_bound(r, which == RULE_MIN, rule, argument);
	else if (which == RULE_PATTERN)
		set_pattern(r, rule, argument);
	else if (which == RULE_MERGE && !rmk_str_eq_nocase(argument, RMK_STR("furthest")))
		rmk_reader_problem(r, rule, "merge knows 'furthest' only");
	else if (which == RULE_CLOSED)
		read_closed(r, rule, argument, rest);
	else if (which == RULE_ON)
		set_on(r, rule, argument);
	else if (which == RULE_ID || which == RULE_ID_PREFIX)
		set_id(r, which == RULE_ID_PREFIX, rule, argument);
	else if (which >= RULE_TYPE)
		set_type(r, (enum rmk_type)(which - RULE_TYPE), rule, argument, rest);
	for (size_t i = 0; i < r->nfields; i++) {
		r->fields[i]->required |= which == RULE_REQUIRED;
		r->fields[i]->unique |= which == RULE_UNIQUE;
		r->fields[i]->is_owner |= which == RULE_OWNER;
		r->fields[i]->furthest |= which == RULE_MERGE;
	}
}

void
rmk_reader_check(struct rmk_reader *r, struct rmk_str entry)
{
	for (size_t i = 0; i < r->nfields; i++) {
		struct rmk_field *f = r->fields[i];

		if ((f->has_min || f->has_max) && f->type != RMK_INTEGER &&
		    f->type != RMK_NUMBER)
			rmk_reader_problem(
			    r, entry, "min and max need 'integer' or 'number'");
		else if (f->has_min && f->has_max && f->min > f->max)
			rmk_reader_problem(r, entry, "min is over max: no value fits");
		if (f->has_on && f->type != RMK_DATE)
			rmk_reader_problem(r, entry, "on needs 'date'");
		if (f->furthest && f->type != RMK_STATUS)
			rmk_reader_problem(
			    r, entry, "'merge furthest' needs a status column");
	}
}
