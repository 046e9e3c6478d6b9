// What a declaration promises of its table, held against the cells.
//
// An empty cell breaks no type and no set of values: that is what 'required' is for.
#include "base/map.h"
#include "base/utf8.h"
#include "check/check_context.h"
#include "table/value.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

// A pattern longer than this, or one that counts repetitions, could take the matcher of C
// more memory than a validator should.
#define MAX_PATTERN 500

struct cell {
	const struct table_info *t;
	const struct rmk_field *field;
	uint32_t row;
	size_t col;
	struct rmk_str raw, text;
};

// Call act for the filled cells of every declared column for which want holds.
static void
each_declared(struct rmk_checking *c, bool (*want)(const struct rmk_field *),
    void (*act)(struct rmk_checking *, const struct cell *))
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t col = 0; t->schema->declared && col < t->table->ncols;
		     col++) {
			const struct rmk_field *field = &t->schema->fields[col];

			if (!field->declared || !want(field))
				continue;
			for (uint32_t r = 0; r < t->table->nrows; r++) {
				struct rmk_str raw = rmk_doc_cell(
				    c->doc, &t->table->rows[r], col);
				struct cell cell = {t, field, r, col, raw, {"", 0}};

				if (raw.n)
					cell.text = rmk_value_text(c->a, raw);
				act(c, &cell);
			}
		}
	}
}

static struct rmk_finding *
constraints_report(struct rmk_checking *c, const struct cell *cell,
    struct rmk_str message, struct rmk_str wanted)
{
	struct rmk_finding *f = check_report_cell(
	    c, cell->t, cell->row, cell->col, message);

	if (f) {
		f->found = cell->raw;
		f->hint = check_printf(c, "wanted: %.*s", RMK_FMT(wanted));
		f->wanted = wanted;
	}
	return f;
}

// --- constraint-enum ----------------------------------------------------------

static bool
has_terms(const struct rmk_field *field)
{
	return field->type == RMK_STATUS || field->type == RMK_ENUM;
}

static struct rmk_str
list_terms(struct rmk_checking *c, const struct rmk_field *field)
{
	struct rmk_str list = {"", 0};

	for (size_t i = 0; i < field->nterms; i++)
		if (field->terms[i].rank != RMK_TERM_UNRANKED || field->type == RMK_ENUM)
			list = check_printf(c, "%.*s%s%.*s", RMK_FMT(list),
			    list.n ? ", " : "", RMK_FMT(field->terms[i].text));
	return list;
}

// The declared value nearest to what was written, when it is near.
static const struct rmk_term *
nearest_term(struct rmk_checking *c, const struct rmk_field *field, struct rmk_str raw)
{
	struct rmk_str key = rmk_value_key(c->a, raw);
	const struct rmk_term *best = NULL;
	unsigned least = 3;

	for (size_t i = 0; i < field->nterms; i++) {
		unsigned d = rmk_str_distance(key, field->terms[i].key, 2);

		if (d < least && field->terms[i].rank != RMK_TERM_UNRANKED) {
			least = d;
			best = &field->terms[i];
		}
	}
	return best;
}

static void
check_terms(struct rmk_checking *c, const struct cell *cell)
{
	const struct rmk_term *term = rmk_field_term(c->a, cell->field, cell->raw);
	struct rmk_finding *f;

	if (cell->text.n == 0 ||
	    (term && (term->rank != RMK_TERM_UNRANKED || cell->field->type == RMK_ENUM)))
		return;
	f = constraints_report(c, cell,
	    check_printf(c, "'%.*s' is no value of '%.*s'",
		RMK_FMT(check_short(c, cell->text)), RMK_FMT(cell->field->label)),
	    list_terms(c, cell->field));
	if (f == NULL)
		return;
	term = nearest_term(c, cell->field, cell->raw);
	f->hint = term ? check_printf(c, "did you mean '%.*s'?", RMK_FMT(term->text))
	               : check_printf(c, "one of: %.*s", RMK_FMT(f->wanted));
}

void
check_constraint_enum(struct rmk_checking *c)
{
	each_declared(c, has_terms, check_terms);
}

// --- constraint-required ------------------------------------------------------

static bool
is_required(const struct rmk_field *field)
{
	return field->required && !field->is_key; // an empty key is for primary-key
}

static void
check_filled(struct rmk_checking *c, const struct cell *cell)
{
	if (cell->raw.n == 0 && !cell->t->blank[cell->row])
		constraints_report(c, cell,
		    check_printf(
			c, "'%.*s' is required, and empty", RMK_FMT(cell->field->label)),
		    RMK_STR("a value"));
}

void
check_constraint_required(struct rmk_checking *c)
{
	each_declared(c, is_required, check_filled);
}

// --- unique-error, primary-key ------------------------------------------------

// Where a cell's link leads, in a column of links: that is compared, byte for byte, and not
// the word it is under ('Link'). False for any other cell.
static bool
is_link_to(struct rmk_checking *c, const struct rmk_field *field, struct rmk_str raw,
    struct rmk_str *url)
{
	struct rmk_link *links;

	if (field->type != RMK_LINK || field->is_key ||
	    rmk_value_links(c->a, raw, &links) == 0)
		return false;
	*url = links[0].url;
	return url->n > 0;
}

static void
check_unique_column(
    struct rmk_checking *c, const struct table_info *t, size_t col, const char *what)
{
	struct rmk_map seen = {.arena = c->a};

	for (uint32_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(c->doc, &t->table->rows[r], col), text;
		size_t *first;
		struct rmk_finding *f;

		if (raw.n == 0)
			continue;
		if (is_link_to(c, &t->schema->fields[col], raw, &text)) {
			first = rmk_map_put(&seen, text);
		} else {
			text = rmk_value_text(c->a, raw);
			first = rmk_map_put(&seen, rmk_utf8_fold(c->a, text));
		}
		if (*first == RMK_NONE) {
			*first = r;
			continue;
		}
		f = check_report_cell(c, t, r, col,
		    check_printf(c, "%s '%.*s' stands on line %u too", what,
			RMK_FMT(check_short(c, text)), t->table->rows[*first].line));
		if (f) {
			f->found = raw;
			f->hint = RMK_STR("it is declared to stand once: change one of "
					  "the two");
		}
		check_also(c, f, check_line_place(c->doc, t->table->rows[*first].line));
	}
}

void
check_unique_error(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t col = 0; t->schema->declared && col < t->table->ncols; col++)
			if (t->schema->fields[col].unique &&
			    !t->schema->fields[col].is_key)
				check_unique_column(c, t, col, "the value");
	}
}

void
check_primary_key(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];
		size_t col = t->schema->key;

		if (!t->schema->key_declared || col == RMK_NONE)
			continue;
		check_unique_column(c, t, col, "the key");
		for (uint32_t r = 0; r < t->table->nrows; r++)
			if (!t->blank[r] &&
			    rmk_doc_cell(c->doc, &t->table->rows[r], col).n == 0)
				check_report_cell(c, t, r, col,
				    check_printf(c, "the key '%.*s' is empty",
					RMK_FMT(t->schema->fields[col].label)));
	}
}

// --- type-error ---------------------------------------------------------------

// A decimal number, with an exponent where fraction is set.
static bool
read_number(struct rmk_str text, bool fraction, double *out)
{
	char copy[64], *end;
	size_t i = text.n && (text.s[0] == '-' || text.s[0] == '+');

	if (text.n >= sizeof copy || i == text.n)
		return false;
	if (!fraction && !rmk_str_is_digits(text, i, text.n - i))
		return false;
	for (size_t k = i; k < text.n; k++)
		if (!memchr("0123456789.eE+-", text.s[k], 15))
			return false;
	memcpy(copy, text.s, text.n);
	copy[text.n] = '\0';
	*out = strtod(copy, &end);
	return *end == '\0' && (text.s[i] == '.' || rmk_str_is_digits(text, i, 1));
}

static bool
constraints_is_link(struct rmk_checking *c, struct rmk_str raw, bool path)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(c->a, raw, &links);

	for (size_t i = 0; i < n; i++) {
		bool far = rmk_str_find(links[i].url, RMK_STR("://")) != RMK_NONE;

		if (links[i].url.n && (!path || !far))
			return true;
	}
	return false;
}

static bool
has_type(struct rmk_checking *c, const struct cell *cell)
{
	double number;

	switch (cell->field->type) {
	case RMK_INTEGER:
		return read_number(cell->text, false, &number);
	case RMK_NUMBER:
		return read_number(cell->text, true, &number);
	case RMK_DATE:
		return rmk_value_is_date(cell->text);
	case RMK_LINK:
		return constraints_is_link(c, cell->raw, false);
	case RMK_PATH:
		return constraints_is_link(c, cell->raw, true);
	case RMK_FLAG:
		return rmk_value_flag(c->a, cell->raw) >= 0;
	default:
		return true;
	}
}

static bool
constraints_is_typed(const struct rmk_field *field)
{
	return field->type != RMK_TEXT && !has_terms(field) && field->type != RMK_REF;
}

static const char *
example_of(enum rmk_type type)
{
	switch (type) {
	case RMK_INTEGER:
		return "a whole number, as 42";
	case RMK_NUMBER:
		return "a number, as 4.2";
	case RMK_DATE:
		return "a date of ISO 8601, as 2023-05-22";
	case RMK_LINK:
		return "a link, as [label](https://example.org)";
	case RMK_PATH:
		return "a relative link, as [notes](notes/lora.md)";
	default:
		return "yes or no, [x] or [ ], a tick or a cross";
	}
}

static void
check_type(struct rmk_checking *c, const struct cell *cell)
{
	if (cell->raw.n && !has_type(c, cell))
		constraints_report(c, cell,
		    check_printf(c, "'%.*s' is no %s",
			RMK_FMT(check_short(c, cell->text)),
			rmk_type_name(cell->field->type)),
		    rmk_str_of(example_of(cell->field->type)));
}

void
check_type_error(struct rmk_checking *c)
{
	each_declared(c, constraints_is_typed, check_type);
}

// --- constraint-range ---------------------------------------------------------

static bool
has_range(const struct rmk_field *field)
{
	return field->has_min || field->has_max;
}

static void
check_range(struct rmk_checking *c, const struct cell *cell)
{
	double number;

	if (!read_number(cell->text, true, &number))
		return; // that is a type-error
	if (cell->field->has_min && number < cell->field->min)
		constraints_report(c, cell,
		    check_printf(c, "%.*s is below the least value, %g",
			RMK_FMT(cell->text), cell->field->min),
		    check_printf(c, ">= %g", cell->field->min));
	else if (cell->field->has_max && number > cell->field->max)
		constraints_report(c, cell,
		    check_printf(c, "%.*s is above the greatest value, %g",
			RMK_FMT(cell->text), cell->field->max),
		    check_printf(c, "<= %g", cell->field->max));
}

void
check_constraint_range(struct rmk_checking *c)
{
	each_declared(c, has_range, check_range);
}

// --- constraint-pattern -------------------------------------------------------

// A pattern of a hostile file must not take the matcher long: no references back, no
// counted repetitions.
static bool
is_safe_pattern(struct rmk_str pattern)
{
	if (pattern.n > MAX_PATTERN || memchr(pattern.s, '\0', pattern.n))
		return false;
	for (size_t i = 0; i + 1 < pattern.n; i++)
		if (pattern.s[i] == '\\' && pattern.s[i + 1] >= '1' &&
		    pattern.s[i + 1] <= '9')
			return false;
	for (size_t i = 0; i + 2 < pattern.n; i++)
		if (pattern.s[i] == '{' && rmk_str_is_digits(pattern, i + 1, 3))
			return false;
	return true;
}

static void
check_pattern_column(struct rmk_checking *c, const struct table_info *t, size_t col)
{
	const struct rmk_field *field = &t->schema->fields[col];
	regex_t regex;

	if (!is_safe_pattern(field->pattern) ||
	    regcomp(&regex, rmk_str_c(c->a, field->pattern), REG_EXTENDED | REG_NOSUB)) {
		check_report(c, t->index,
		    check_span_place(c->doc, t->table->header.cells[col]),
		    check_printf(c,
			"/%.*s/ is no pattern that can be used: POSIX, no \\1, no {100}",
			RMK_FMT(check_short(c, field->pattern))));
		return;
	}
	for (uint32_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(c->doc, &t->table->rows[r], col);
		struct cell cell = {t, field, r, col, raw, rmk_value_text(c->a, raw)};

		if (raw.n && regexec(&regex, rmk_str_c(c->a, cell.text), 0, NULL, 0))
			constraints_report(c, &cell,
			    check_printf(c, "'%.*s' does not match /%.*s/",
				RMK_FMT(check_short(c, cell.text)),
				RMK_FMT(field->pattern)),
			    field->pattern);
	}
	regfree(&regex);
}

void
check_constraint_pattern(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t col = 0; t->schema->declared && col < t->table->ncols; col++)
			if (t->schema->fields[col].declared &&
			    t->schema->fields[col].pattern.s)
				check_pattern_column(c, t, col);
	}
}
