// What the columns of a table mean: the parts put together, and look-ups in the result.
#include "schema/schema.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "gfm/cells.h"
#include "schema/schema_internal.h"
#include "schema/status_words.h"
#include "table/value.h"

#include <string.h>

// --- putting it together --------------------------------------------------------

bool
rmk_schema_has_status(const struct rmk_schema *schema)
{
	for (size_t i = 0; i < schema->ncols; i++)
		if (schema->fields[i].type == RMK_STATUS)
			return true;
	return false;
}

// A declared status without a list is one of few values all the same.
#define MOST_UNLISTED 1000

// Terms of a declared column: counted where they are listed, else those that occur.
static void
fill_terms(struct rmk_arena *a, struct rmk_arena *scratch, const struct rmk_doc *doc,
    const struct rmk_table *table, struct rmk_field *field, size_t col)
{
	bool listed = field->nterms > 0;
	struct rmk_column column = rmk_column_read(
	    scratch, doc, table, col, listed ? SIZE_MAX : MOST_UNLISTED);

	if (listed) {
		rmk_terms_count(scratch, field, &column);
		return;
	}
	field->why = "declared status, values as they occur";
	if (column.over)
		return;
	field->ladder = rmk_column_ladder(&column);
	rmk_terms_infer(scratch, field, &column);
	rmk_terms_keep(a, doc, field);
}

static void
list_status(struct rmk_arena *a, struct rmk_schema *schema)
{
	schema->status = RMK_NEW_N(a, size_t, schema->ncols);
	for (size_t i = 0; i < schema->ncols; i++)
		if (schema->fields[i].type == RMK_STATUS)
			schema->status[schema->nstatus++] = i;
}

struct rmk_schema *
rmk_schema_declared(
    struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *table)
{
	struct rmk_schema *schema = RMK_NEW(a, struct rmk_schema);

	schema->ncols = table->ncols;
	schema->fields = RMK_NEW_N(a, struct rmk_field, table->ncols);
	for (size_t i = 0; i < table->ncols; i++) {
		struct rmk_field *field = &schema->fields[i];

		field->label = rmk_value_text(a, rmk_doc_cell(doc, &table->header, i));
		field->key = rmk_utf8_fold(a, field->label);
		field->ladder = RMK_NONE;
	}
	rmk_schema_declare(a, doc, table, schema);
	return schema;
}

struct rmk_schema *
rmk_schema_columns(struct rmk_arena *a, const struct rmk_doc *doc, size_t index)
{
	const struct rmk_table *table = &doc->tables[index];
	struct rmk_schema *schema = rmk_schema_declared(a, doc, table);
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};

	for (size_t i = 0; i < schema->ncols; i++)
		if (schema->fields[i].nterms > 0 || schema->fields[i].type == RMK_STATUS)
			fill_terms(a, &scratch, doc, table, &schema->fields[i], i);
	if (!rmk_schema_has_status(schema))
		rmk_schema_infer(a, &scratch, doc, index, schema);
	list_status(a, schema);
	schema->key = schema->number = RMK_NONE;
	for (size_t i = 0; i < schema->ncols; i++) {
		if (schema->fields[i].is_key) {
			schema->key = i;
			schema->key_declared = true;
			break;
		}
	}
	rmk_arena_free(&scratch);
	return schema;
}

void
rmk_schema_find_key(struct rmk_arena *a, const struct rmk_doc *doc, size_t index,
    struct rmk_schema *schema)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};

	if (!schema->key_known)
		rmk_schema_choose_key(&scratch, doc, &doc->tables[index], schema);
	schema->key_known = true;
	rmk_arena_free(&scratch);
}

struct rmk_schema *
rmk_schema_of(struct rmk_arena *a, const struct rmk_doc *doc, size_t index)
{
	struct rmk_schema *schema = rmk_schema_columns(a, doc, index);

	rmk_schema_find_key(a, doc, index, schema);
	return schema;
}

// --- look-ups -------------------------------------------------------------------

const struct rmk_term *
rmk_field_term(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw)
{
	struct rmk_str key;

	for (size_t i = 0; i < field->nterms; i++)
		if (rmk_str_eq(field->terms[i].raw, raw))
			return &field->terms[i];
	if (field->nterms == 0)
		return NULL;
	key = rmk_value_key(a, raw);
	for (size_t i = 0; i < field->nterms; i++)
		if (rmk_str_eq(field->terms[i].key, key))
			return &field->terms[i];
	return NULL;
}

enum rmk_progress
rmk_term_progress(const struct rmk_field *field, const struct rmk_term *term)
{
	if (term->closed)
		return RMK_CLOSED;
	if (term->rank == RMK_TERM_UNRANKED)
		return rmk_str_eq(term->key, field->key) ? RMK_CLOSED : RMK_UNKNOWN;
	if (term->rank == 0)
		return RMK_TODO;
	return term->rank + 1 == field->nranks ? RMK_DONE : RMK_DOING;
}

enum rmk_progress
rmk_progress_of_rank(enum rmk_word_rank rank)
{
	switch (rank) {
	case RMK_WORD_TODO:
		return RMK_TODO;
	case RMK_WORD_DOING:
	case RMK_WORD_WAITING:
		return RMK_DOING;
	case RMK_WORD_DONE:
		return RMK_DONE;
	case RMK_WORD_CLOSED:
		return RMK_CLOSED;
	default:
		return RMK_UNKNOWN;
	}
}

enum rmk_progress
rmk_field_progress_of_key(const struct rmk_field *field, struct rmk_str key)
{
	for (size_t i = 0; i < field->nterms; i++)
		if (rmk_str_eq(field->terms[i].key, key))
			return rmk_term_progress(field, &field->terms[i]);
	if (key.n == 0)
		return RMK_EMPTY;
	// A column without a list: not all its values are terms.
	return field->type == RMK_STATUS && field->why
	           ? rmk_progress_of_rank(rmk_field_rank(field, key))
	           : RMK_UNKNOWN;
}

enum rmk_progress
rmk_field_progress(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw)
{
	const struct rmk_term *term = rmk_field_term(a, field, raw);

	return term ? rmk_term_progress(field, term)
	            : rmk_field_progress_of_key(field, rmk_value_key(a, raw));
}

bool
rmk_field_waits(const struct rmk_field *field, struct rmk_str key)
{
	for (size_t i = 0; i < field->nterms; i++)
		if (rmk_str_eq(field->terms[i].key, key))
			return field->terms[i].waits;
	return field->why && rmk_field_rank(field, key) == RMK_WORD_WAITING;
}

const struct rmk_term *
rmk_field_first(const struct rmk_field *field, enum rmk_progress progress)
{
	for (size_t i = 0; i < field->nterms; i++)
		if (!field->terms[i].waits &&
		    rmk_term_progress(field, &field->terms[i]) == progress)
			return &field->terms[i];
	return NULL;
}

// The one term that is what was typed behind an emoji: "yes" for "✅ Yes".
static const struct rmk_term *
term_behind_mark(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str typed)
{
	struct rmk_str key = rmk_value_key(a, typed);
	const struct rmk_term *found = NULL;

	for (size_t i = 0; i < field->nterms; i++) {
		if (!rmk_str_eq(rmk_words_behind_mark(field->terms[i].key), key))
			continue;
		if (found)
			return NULL;
		found = &field->terms[i];
	}
	return found;
}

static enum rmk_code
no_such_term(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str typed,
    struct rmk_err *err)
{
	struct rmk_buf list = {.arena = a};
	struct rmk_str key = rmk_value_key(a, typed), near = {0};
	unsigned best = 3;

	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];
		unsigned d = rmk_str_distance(t->key, key, 3);

		rmk_buf_printf(&list, "%s%.*s", i ? ", " : "", RMK_FMT(t->text));
		if (d < best) {
			best = d;
			near = t->text;
		}
	}
	rmk_fail(err, RMK_INVALID, "'%.*s' is no value of column '%.*s', which has: %.*s",
	    RMK_FMT(typed), RMK_FMT(field->label), RMK_FMT(rmk_buf_str(&list)));
	if (near.n > 0)
		rmk_hint(err, "did you mean '%.*s'?", RMK_FMT(near));
	return RMK_INVALID;
}

// The term that shows just this text: typed as it is seen, `*x*` may stand for `\*x\*`.
static const struct rmk_term *
term_shown(const struct rmk_field *field, struct rmk_str typed)
{
	for (size_t i = 0; i < field->nterms; i++) {
		if (rmk_str_eq(field->terms[i].text, typed))
			return &field->terms[i];
	}
	return NULL;
}

// Whether cells have just what was typed: as it is, or as a reader sees it.
static bool
is_written_so(struct rmk_arena *a, const struct rmk_term *term, struct rmk_str typed)
{
	struct rmk_str raw = rmk_cell_raw(a, typed);
	bool shown = false;

	for (size_t i = 0; i < term->nwritten; i++) {
		if (rmk_str_eq(term->written[i].raw, raw))
			return true;
		shown |= rmk_str_eq(term->written[i].text, typed);
	}
	return shown && !rmk_str_eq(term->text, typed) &&
	       rmk_str_eq(rmk_value_text(a, raw), typed);
}

enum rmk_code
rmk_field_spell(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str typed,
    struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_term *term = rmk_field_term(a, field, typed);

	if (!term)
		term = term_behind_mark(a, field, typed);
	if (!term)
		term = term_shown(field, typed);
	if (term)
		*out = is_written_so(a, term, typed) ? typed
		                                     : rmk_cell_content(a, term->raw);
	else if (field->declared && field->nterms > 0 && !field->why)
		return no_such_term(a, field, typed, err);
	else
		*out = typed;
	return RMK_OK;
}

const char *
rmk_type_name(enum rmk_type type)
{
	static const char *const names[] = {"text", "integer", "number", "date", "link",
	    "path", "flag", "status", "enum", "ref"};

	return names[type];
}

const char *
rmk_progress_name(enum rmk_progress progress)
{
	static const char *const names[] = {
	    "todo", "doing", "done", "unknown", "empty", "closed"};

	return names[progress];
}
