// Counting statuses.
//
// A column has few values in many cells, so a cell is read once a spelling: raw bytes
// lead to the spelling, the spelling to its value, and only a new one asks the schema.
#include "summary/summary.h"
#include "schema/address.h"
#include "summary/region.h"
#include "table/value.h"

#include <stdlib.h>

struct rmk_tally
rmk_tally_new(struct rmk_arena *a)
{
	return (struct rmk_tally){
	    .raw = {.arena = a}, .text = {.arena = a}, .key = {.arena = a}};
}

static bool
summary_counts_as_done(const struct rmk_summary_opts *opts, struct rmk_str key)
{
	for (size_t i = 0; opts && i < opts->ndone; i++) {
		if (rmk_str_eq(opts->done[i], key))
			return true;
	}
	return false;
}

// A value that was not met before. Its order: known terms as the schema has them, then
// unknown values as they come, then what is empty.
static size_t
new_count(struct rmk_tally *t, const struct rmk_field *field,
    const struct rmk_summary_opts *opts, struct rmk_str raw, struct rmk_str text,
    struct rmk_str key)
{
	struct rmk_arena *a = t->key.arena;
	const struct rmk_term *term = rmk_field_term(a, field, raw);
	struct rmk_count c = {.text = text, .key = key};

	c.progress = summary_counts_as_done(opts, key)
	                 ? RMK_DONE
	                 : rmk_field_progress(a, field, raw);
	if (term && term->text.n)
		c.text = term->text;
	c.order = term ? (size_t)(term - field->terms) : field->nterms + t->ncounts;
	if (text.n == 0)
		c.order = RMK_NONE;
	*RMK_PUSH(a, t->counts, t->ncounts, t->counts_cap) = c;
	return t->ncounts - 1;
}

static size_t
new_spelling(struct rmk_tally *t, const struct rmk_field *field,
    const struct rmk_summary_opts *opts, struct rmk_str raw)
{
	struct rmk_arena *a = t->raw.arena;
	struct rmk_str text = rmk_value_text(a, raw), key;
	size_t *spelling = rmk_map_put(&t->text, text), *count;

	if (*spelling != RMK_NONE)
		return *spelling;
	key = rmk_value_key(a, raw);
	count = rmk_map_put(&t->key, key);
	if (*count == RMK_NONE)
		*count = new_count(t, field, opts, raw, text, key);
	t->counts[*count].nspellings++;
	*RMK_PUSH(a, t->spellings, t->nspellings,
	    t->spellings_cap) = (struct rmk_tally_spelling){.text = text, .key = key};
	return *spelling = t->nspellings - 1;
}

void
rmk_tally_cell(struct rmk_tally *t, const struct rmk_field *field,
    const struct rmk_summary_opts *opts, struct rmk_str raw)
{
	size_t *known = rmk_map_put(&t->raw, raw);
	struct rmk_count *count;

	if (*known == RMK_NONE)
		*known = new_spelling(t, field, opts, raw);
	t->spellings[*known].n++;
	count = &t->counts[rmk_map_get(&t->key, t->spellings[*known].key)];
	count->n++;
	t->by[count->progress]++;
	t->total++;
}

static int
by_order(const void *a, const void *b)
{
	const struct rmk_count *x = a, *y = b;

	return (x->order > y->order) - (x->order < y->order);
}

void
rmk_tally_finish(struct rmk_tally *t)
{
	if (t->ncounts)
		qsort(t->counts, t->ncounts, sizeof *t->counts, by_order);
	for (size_t i = 0; i < t->ncounts; i++)
		*rmk_map_put(&t->key, t->counts[i].key) = i;
}

// More than one column has values: how far a value is orders before its first place.
#define ORDER_STEP ((size_t)1 << 28)

// Add a counted tally to another: values meet by key.
static void
summary_merge(struct rmk_tally *into, const struct rmk_tally *from)
{
	struct rmk_arena *a = into->key.arena;

	for (size_t i = 0; i < from->ncounts; i++) {
		size_t *at = rmk_map_put(&into->key, from->counts[i].key);
		if (*at == RMK_NONE) {
			struct rmk_count c = from->counts[i];
			c.n = c.nspellings = 0;
			c.order = (size_t)c.progress * ORDER_STEP + into->ncounts;
			*at = into->ncounts;
			*RMK_PUSH(a, into->counts, into->ncounts, into->counts_cap) = c;
		}
		into->counts[*at].n += from->counts[i].n;
	}
	for (size_t i = 0; i < from->nspellings; i++) {
		size_t *at = rmk_map_put(&into->text, from->spellings[i].text);
		if (*at == RMK_NONE) {
			struct rmk_tally_spelling s = from->spellings[i];
			s.n = 0;
			*at = into->nspellings;
			*RMK_PUSH(a, into->spellings, into->nspellings,
			    into->spellings_cap) = s;
			into->counts[rmk_map_get(&into->key, s.key)].nspellings++;
		}
		into->spellings[*at].n += from->spellings[i].n;
	}
	for (size_t i = 0; i < RMK_NPROGRESS; i++)
		into->by[i] += from->by[i];
	into->total += from->total;
}

size_t
rmk_tally_open(const struct rmk_tally *t)
{
	return t->total - t->by[RMK_CLOSED];
}

unsigned
rmk_tally_percent(const struct rmk_tally *t)
{
	size_t open = rmk_tally_open(t);

	return open ? (unsigned)(t->by[RMK_DONE] * 100 / open) : 0;
}

static struct rmk_part *
new_part(struct rmk_arena *a, struct rmk_part *parent, enum rmk_part_kind kind,
    struct rmk_str label)
{
	struct rmk_part *part = RMK_PUSH(a, parent->parts, parent->nparts, parent->cap);

	*part = (struct rmk_part){
	    .kind = kind, .label = label, .tally = rmk_tally_new(a)};
	return part;
}

// The table being counted.
struct count {
	struct rmk_arena *a;
	const struct rmk_doc *doc;
	const struct rmk_table *table;
	const struct rmk_schema *schema;
	const struct rmk_summary_opts *opts;
	size_t by; // column, or RMK_NONE
};

// The index of the group a row belongs to, made when it is the first of it.
static size_t
summary_group_of(const struct count *c, struct rmk_part *part, struct rmk_map *groups,
    const struct rmk_row *row)
{
	struct rmk_str raw = rmk_doc_cell(c->doc, row, c->by), text;
	size_t *at = rmk_map_put(groups, rmk_value_key(c->a, raw));

	if (*at == RMK_NONE) {
		text = rmk_value_text(c->a, raw);
		*at = part->nparts;
		new_part(c->a, part, RMK_PART_GROUP, text.n ? text : RMK_STR("(empty)"));
	}
	return *at;
}

static void
count_column(const struct count *c, struct rmk_part *part, size_t col)
{
	const struct rmk_field *field = &c->schema->fields[col];
	struct rmk_map groups = {.arena = c->a};

	for (size_t i = 0; i < c->table->nrows; i++) {
		const struct rmk_row *row = &c->table->rows[i];
		struct rmk_str raw = rmk_doc_cell(c->doc, row, col);
		rmk_tally_cell(&part->tally, field, c->opts, raw);
		if (c->by != RMK_NONE) {
			size_t group = summary_group_of(c, part, &groups, row);
			rmk_tally_cell(&part->parts[group].tally, field, c->opts, raw);
		}
	}
	rmk_tally_finish(&part->tally);
	for (size_t i = 0; i < part->nparts; i++)
		rmk_tally_finish(&part->parts[i].tally);
}

// Which columns to count: those named, else the status columns.
static enum rmk_code
columns_of(
    const struct count *c, size_t table, size_t **cols, size_t *n, struct rmk_err *err)
{
	enum rmk_code code;

	*cols = c->schema->status;
	*n = c->schema->nstatus;
	if (c->opts->ncolumns == 0)
		return RMK_OK;
	*n = c->opts->ncolumns;
	*cols = RMK_NEW_N(c->a, size_t, *n);
	for (size_t i = 0; i < *n; i++) {
		code = rmk_address_column(c->a, c->doc, table, c->schema,
		    c->opts->columns[i], &(*cols)[i], err);
		if (code)
			return code;
	}
	return RMK_OK;
}

static struct rmk_part
describe(const struct count *c, size_t table, const size_t *cols, size_t ncols)
{
	struct rmk_part part = {.kind = RMK_PART_TABLE, .file = c->doc->path};
	const struct rmk_field *field = &c->schema->fields[cols[0]];

	part.label = rmk_address_of(c->a, c->doc, table);
	part.name = rmk_address_name(c->a, c->doc, table);
	if (c->table->heading != RMK_NONE)
		part.anchor = c->doc->headings[c->table->heading].anchor;
	if (ncols == 1) {
		part.column = field->label;
		part.why = rmk_str_of(field->why);
	}
	part.tally = rmk_tally_new(c->a);
	return part;
}

enum rmk_code
rmk_summary_add(struct rmk_summary *s, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, const struct rmk_summary_opts *opts,
    struct rmk_err *err)
{
	struct count c = {s->arena, doc, &doc->tables[table], schema, opts, RMK_NONE};
	struct rmk_part *part;
	size_t *cols, ncols;
	enum rmk_code code;

	if ((code = columns_of(&c, table, &cols, &ncols, err)))
		return code;
	if (opts->by.n && (code = rmk_address_column(
			       s->arena, doc, table, schema, opts->by, &c.by, err)))
		return code;
	if (ncols == 0)
		return RMK_OK;
	part = RMK_PUSH(s->arena, s->tables, s->ntables, s->cap);
	*part = describe(&c, table, cols, ncols);
	if (c.by != RMK_NONE)
		s->by = schema->fields[c.by].label;
	if (ncols == 1) {
		count_column(&c, part, cols[0]);
		return RMK_OK;
	}
	for (size_t i = 0; i < ncols; i++) {
		struct rmk_part *column = new_part(
		    s->arena, part, RMK_PART_COLUMN, schema->fields[cols[i]].label);
		count_column(&c, column, cols[i]);
		summary_merge(&part->tally, &column->tally);
	}
	rmk_tally_finish(&part->tally);
	return RMK_OK;
}

enum rmk_code
rmk_summary_doc(struct rmk_summary *s, const struct rmk_doc *doc,
    const struct rmk_summary_opts *opts, struct rmk_err *err)
{
	enum rmk_code code, first = RMK_OK;
	struct rmk_err local;
	bool any = false;

	for (size_t i = 0; i < doc->ntables; i++) {
		code = rmk_summary_add(s, doc, i, rmk_schema_of(s->arena, doc, i), opts,
		    first ? &local : err);
		first = first ? first : code;
		any |= !code;
	}
	return any ? RMK_OK : first;
}

void
rmk_summary_finish(struct rmk_summary *s)
{
	s->total = rmk_tally_new(s->arena);
	for (size_t i = 0; i < s->ntables; i++)
		summary_merge(&s->total, &s->tables[i].tally);
	rmk_tally_finish(&s->total);
}
