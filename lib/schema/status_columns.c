// Which columns of a document's table hold progress, by what people write.
#include "base/buf.h"
#include "schema/evidence.h"
#include "schema/schema_internal.h"
#include "schema/siblings.h"

#include <string.h>

// What it was inferred from, in words.
static const char *
reason_of(
    struct rmk_arena *a, const struct rmk_evidence *e, const struct rmk_field *field)
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

static void
make_status(struct rmk_arena *a, struct rmk_arena *scratch, const struct rmk_doc *doc,
    struct rmk_field *field, struct rmk_evidence *e)
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

// --- what is left out -----------------------------------------------------------

// A column of which so many cells in ten are words of progress is one that people may miss.
#define MISSED_OF_TEN 2

static bool
may_be_missed(const struct rmk_evidence *e)
{
	size_t known = 0;

	for (size_t i = 0; i < e->column.n; i++)
		if (e->column.spellings[i].rank != RMK_WORD_NONE)
			known += e->column.spellings[i].count;
	return known > 0 && known * 10 >= e->column.nfilled * MISSED_OF_TEN;
}

static const char *
left_out(struct rmk_arena *a, const struct rmk_evidence *e)
{
	struct rmk_buf out = {.arena = a};

	if (e->declared || (!may_be_missed(e) && e->says != RMK_HEADER_STATUS))
		return NULL;
	if (e->why)
		return e->why;
	if (e->column.over)
		return "it has many different values that are no words of progress";
	if (e->beside || e->says == RMK_HEADER_OTHER)
		return "its header names something else";
	if (rmk_evidence_is_icons(e))
		return "every row has the same mark, each with a link of its own";
	if (e->numbers * 2 >= e->cells)
		return "half of its values are numbers, or more";
	rmk_buf_printf(
	    &out, "%zu of its %zu values are words of progress", e->known, e->cells);
	rmk_buf_addc(&out, '\0');
	return out.s;
}

// What is noted of a column once all tables were looked at: that its siblings make it a status,
// the ladder it joins then, from 1; or none; or that it holds something else, so that it need not be
// read again.
#define NOTE_JOINS(ladder) ((uint8_t)((ladder) + 1))
#define NOTE_LEAVES UINT8_MAX
#define NOTE_ELSE (UINT8_MAX - 1)

struct status_rows {
	const struct rmk_doc *doc;
	const struct rmk_table *table;
	const uint8_t *notes; // [ncols]; NULL: not known yet
};

static struct rmk_column
status_rows_read(void *ctx, struct rmk_arena *a, size_t col, size_t most)
{
	const struct status_rows *rows = ctx;

	if (rows->notes && rows->notes[col] == NOTE_ELSE)
		return (struct rmk_column){.over = true};
	return rmk_column_read(a, rows->doc, rows->table, col, most);
}

// What the siblings make of each table's columns, where it is known. Threads may share a document.
static uint8_t *const *
siblings_known(const struct rmk_doc *doc)
{
	return atomic_load_explicit(&doc->notes->state, memory_order_acquire) ==
	               RMK_NOTES_KNOWN
	           ? doc->notes->columns
	           : NULL;
}

static struct rmk_evidence *
evidence_of_table(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema)
{
	uint8_t *const *known = siblings_known(doc);
	struct status_rows rows = {doc, &doc->tables[table], known ? known[table] : NULL};
	struct rmk_column_reader reader = {status_rows_read, &rows};

	return rmk_evidence_of(a, schema->fields, schema->ncols, &reader);
}

// --- tables alike ---------------------------------------------------------------

// Too many values of its own, or nothing but such: read again it would be no status, and nothing that
// its table's other columns depend on.
static bool
holds_no_progress(const struct rmk_evidence *e)
{
	if (may_be_missed(e))
		return false;
	return e->column.over ||
	       (!e->accepted && e->says == RMK_HEADER_NOTHING && e->known == 0 &&
		   e->marks == 0 && e->numbers < e->cells);
}

static uint8_t
sibling_note(const struct rmk_evidence *e, bool accepted)
{
	if (e->accepted == accepted)
		return holds_no_progress(e) ? NOTE_ELSE : 0;
	return e->accepted ? NOTE_JOINS(e->ladder) : NOTE_LEAVES;
}

// Find of all tables what their siblings make of their columns. [ntables][ncols]
static uint8_t **
find_siblings(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct rmk_sibling *tables = RMK_NEW_N(a, struct rmk_sibling, doc->ntables);
	uint8_t **found = RMK_NEW_N(a, uint8_t *, doc->ntables);

	for (size_t i = 0; i < doc->ntables; i++) {
		const struct rmk_table *t = &doc->tables[i];
		struct rmk_schema *schema = rmk_schema_declared(a, doc, t);

		found[i] = RMK_NEW_N(a, uint8_t, t->ncols);
		if (rmk_schema_has_status(schema))
			continue;
		tables[i].cols = evidence_of_table(a, doc, i, schema);
		tables[i].ncols = t->ncols;
		for (size_t k = 0; k < t->ncols; k++)
			found[i][k] = tables[i].cols[k].accepted;
	}
	rmk_siblings_join(a, tables, doc->ntables);
	for (size_t i = 0; i < doc->ntables; i++)
		for (size_t k = 0; k < tables[i].ncols; k++)
			found[i][k] = sibling_note(&tables[i].cols[k], found[i][k]);
	return found;
}

// Keep it with the document; of several threads that found it at once, the first does.
static void
keep_siblings(const struct rmk_doc *doc, uint8_t *const *found)
{
	unsigned char none = RMK_NOTES_NONE;

	if (!atomic_compare_exchange_strong(&doc->notes->state, &none, RMK_NOTES_WRITTEN))
		return;
	for (size_t i = 0; i < doc->ntables; i++) {
		if (doc->tables[i].ncols)
			memcpy(doc->notes->columns[i], found[i], doc->tables[i].ncols);
	}
	atomic_store_explicit(&doc->notes->state, RMK_NOTES_KNOWN, memory_order_release);
}

static void
join_siblings(struct rmk_arena *scratch, const struct rmk_doc *doc, size_t table,
    struct rmk_evidence *e, size_t ncols)
{
	struct rmk_arena a = {.oom = scratch->oom, .ctx = scratch->ctx};
	uint8_t *const *known;
	const uint8_t *notes;

	if (doc->ntables < 2 || !rmk_siblings_wanted(e, ncols))
		return;
	known = siblings_known(doc);
	if (!known) {
		known = find_siblings(&a, doc);
		keep_siblings(doc, known);
	}
	notes = known[table];
	for (size_t i = 0; i < ncols; i++) {
		if (notes[i] == NOTE_LEAVES)
			rmk_siblings_leave(&e[i]);
		else if (notes[i] && notes[i] != NOTE_ELSE && !e[i].accepted)
			rmk_evidence_accept(&e[i], notes[i] - 1u, rmk_siblings_why);
	}
	rmk_arena_free(&a);
}

void
rmk_schema_infer(struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, size_t table, struct rmk_schema *schema)
{
	struct rmk_evidence *e = evidence_of_table(scratch, doc, table, schema);

	join_siblings(scratch, doc, table, e, schema->ncols);
	for (size_t i = 0; i < schema->ncols; i++)
		if (e[i].accepted)
			make_status(a, scratch, doc, &schema->fields[i], &e[i]);
		else
			schema->fields[i].left_out = left_out(a, &e[i]);
}
