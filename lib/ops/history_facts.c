// Facts: counted, packed, shared.
//
// A table is packed as bytes (lengths and texts one after another), and the bytes are its
// identity: two tables with the same packed bytes are one. The same bytes are what a cache
// keeps.
#include "ops/history_facts.h"
#include "ops/render.h"

#include "base/utf8.h"
#include "table/value.h"

#include <stdlib.h>
#include <string.h>

// A column with more different values than this, and than half its rows, is no status.
#define VALUES_MANY 48
// And with more than this in any case: each is compared with all others now and then.
#define VALUES_MOST 250

struct rmk_store
rmk_store_new(struct rmk_arena *a)
{
	return (struct rmk_store){
	    .arena = a, .numbers = {.arena = a}, .packs = {.arena = a}};
}

rmk_text
rmk_store_put(struct rmk_store *s, struct rmk_str text)
{
	size_t at = rmk_map_get(&s->numbers, text);

	if (at == RMK_NONE) {
		struct rmk_str copy = rmk_str_copy(s->arena, text);
		at = s->ntexts;
		*rmk_map_put(&s->numbers, copy) = at;
		*RMK_PUSH(s->arena, s->texts, s->ntexts,
		    s->texts_cap) = (struct rmk_store_text){copy, RMK_NO_TEXT};
	}
	return (rmk_text)at;
}

rmk_text
rmk_store_key(struct rmk_store *s, rmk_text text)
{
	if (s->texts[text].key == RMK_NO_TEXT) {
		rmk_text key = rmk_store_put(
		    s, rmk_utf8_fold(s->arena, s->texts[text].text));
		s->texts[text].key = key;
	}
	return s->texts[text].key;
}

struct rmk_str
rmk_store_get(const struct rmk_store *s, rmk_text text)
{
	return s->texts[text].text;
}

// --- packing --------------------------------------------------------------------

void
rmk_pack_number(struct rmk_buf *b, uint32_t n)
{
	char bytes[4];

	memcpy(bytes, &n, sizeof bytes);
	rmk_buf_add(b, (struct rmk_str){bytes, sizeof bytes});
}

void
rmk_pack_text(struct rmk_buf *b, struct rmk_str text)
{
	rmk_pack_number(b, (uint32_t)text.n);
	rmk_buf_add(b, text);
}

bool
rmk_take_number(struct rmk_str *s, uint32_t *out)
{
	if (s->n < sizeof *out)
		return false;
	memcpy(out, s->s, sizeof *out);
	*s = rmk_str_from(*s, sizeof *out);
	return true;
}

bool
rmk_take_text(struct rmk_str *s, struct rmk_str *out)
{
	uint32_t n;

	if (!rmk_take_number(s, &n) || n > s->n)
		return false;
	*out = rmk_str_part(*s, 0, n);
	*s = rmk_str_from(*s, n);
	return true;
}

static bool
unpack_column(struct rmk_store *s, struct rmk_str *bytes, struct rmk_fact_column *c)
{
	struct rmk_str text;
	uint32_t many;

	if (!rmk_take_text(bytes, &text) || !rmk_take_number(bytes, &many) ||
	    !rmk_take_number(bytes, &c->nvalues) || c->nvalues > bytes->n / 8)
		return false;
	c->label = rmk_store_put(s, text);
	c->many = many;
	c->values = RMK_NEW_N(s->arena, struct rmk_fact_value, c->nvalues);
	for (uint32_t i = 0; i < c->nvalues; i++) {
		if (!rmk_take_text(bytes, &text) ||
		    !rmk_take_number(bytes, &c->values[i].n))
			return false;
		c->values[i].text = rmk_store_put(s, text);
	}
	return true;
}

struct rmk_fact_table *
rmk_fact_unpack(struct rmk_store *s, struct rmk_str bytes)
{
	size_t at = rmk_map_get(&s->packs, bytes);
	struct rmk_fact_table *t;
	struct rmk_str rest = bytes, ident;

	if (at != RMK_NONE)
		return s->tables[at];
	t = RMK_NEW(s->arena, struct rmk_fact_table);
	if (!rmk_take_text(&rest, &ident) || !rmk_take_number(&rest, &t->nrows) ||
	    !rmk_take_number(&rest, &t->ncols) || t->ncols > rest.n / 12)
		return NULL;
	t->ident = rmk_store_put(s, ident);
	t->cols = RMK_NEW_N(s->arena, struct rmk_fact_column, t->ncols);
	for (uint32_t i = 0; i < t->ncols; i++) {
		if (!unpack_column(s, &rest, &t->cols[i]))
			return NULL;
	}
	t->number = RMK_NO_TEXT;
	t->packed = rmk_str_copy(s->arena, bytes);
	*rmk_map_put(&s->packs, t->packed) = s->ntables;
	*RMK_PUSH(s->arena, s->tables, s->ntables, s->tables_cap) = t;
	return t;
}

// --- what cells say -------------------------------------------------------------

#define RAWS_MOST ((size_t)1 << 15)

// Cells are mostly short and alike, so their length and ends are hash enough. The bytes
// that differ may be the highest ones, which a product carries nowhere: so they are
// folded down before each.
static size_t
hash(struct rmk_str text)
{
	uint64_t front = 0, back = 0;
	size_t n = text.n < sizeof front ? text.n : sizeof front;

	if (n) {
		memcpy(&front, text.s, n);
		memcpy(&back, text.s + text.n - n, n);
	}
	front = (front + text.n) * UINT64_C(0x9E3779B97F4A7C15);
	front ^= (back ^ back >> 32) * UINT64_C(0xC2B2AE3D27D4EB4F);
	front = (front ^ front >> 32) * UINT64_C(0x9E3779B97F4A7C15);
	return (size_t)(front ^ front >> 32);
}

static uint32_t *
slots_new(struct rmk_arena *a, size_t most, size_t *mask)
{
	size_t n = 64;

	while (n < most * 2)
		n *= 2;
	*mask = n - 1;
	return RMK_NEW_N(a, uint32_t, n);
}

static void
forget_raws(struct rmk_raws *r, const struct rmk_arena *like)
{
	rmk_arena_free(&r->arena);
	*r = (struct rmk_raws){.arena = {.oom = like->oom, .ctx = like->ctx}};
	r->slots = slots_new(&r->arena, RAWS_MOST, &r->mask);
}

// The text of a cell's bytes. True until the next table is counted.
static struct rmk_str
text_of(struct rmk_store *s, struct rmk_str raw)
{
	struct rmk_raws *r = &s->raws;
	size_t i = hash(raw) & r->mask;
	struct rmk_raw *v;

	while (r->slots[i] && !rmk_str_eq(r->v[r->slots[i] - 1].raw, raw))
		i = (i + 1) & r->mask;
	if (!r->slots[i] && r->n >= RAWS_MOST)
		return rmk_value_text(&r->arena, raw);
	if (!r->slots[i]) {
		v = RMK_PUSH(&r->arena, r->v, r->n, r->cap);
		v->raw = rmk_str_copy(&r->arena, raw);
		v->text = rmk_value_text(&r->arena, v->raw);
		r->slots[i] = (uint32_t)r->n;
	}
	return r->v[r->slots[i] - 1].text;
}

void
rmk_store_free(struct rmk_store *s)
{
	rmk_arena_free(&s->raws.arena);
}

// --- counting -------------------------------------------------------------------

// A value, and how often it stands in the column.
struct counted {
	struct rmk_str text;
	uint32_t n;
};

// A column being counted.
struct column {
	struct rmk_arena *a;
	uint32_t *slot; // index from 1; 0: free
	size_t mask;
	struct counted *values; // [n]
	size_t n, cap, most;
};

static uint32_t *
text_slot(const struct column *c, struct rmk_str text)
{
	size_t i = hash(text) & c->mask;

	while (c->slot[i] && !rmk_str_eq(c->values[c->slot[i] - 1].text, text))
		i = (i + 1) & c->mask;
	return &c->slot[i];
}

// False: too many different values.
static bool
count_column(struct column *c, struct rmk_store *s, struct rmk_arena *a,
    const struct rmk_doc *doc, const struct rmk_table *t, size_t col)
{
	*c = (struct column){.a = a, .most = t->nrows / 2};
	c->most = c->most < VALUES_MANY ? VALUES_MANY : c->most;
	c->most = c->most > VALUES_MOST ? VALUES_MOST : c->most;
	c->slot = slots_new(a, c->most, &c->mask);
	for (size_t i = 0; i < t->nrows; i++) {
		struct rmk_str text = text_of(s, rmk_doc_cell(doc, &t->rows[i], col));
		uint32_t *slot = text_slot(c, text);
		if (!*slot) {
			if (c->n == c->most)
				return false;
			*RMK_PUSH(a, c->values, c->n, c->cap) = (struct counted){text, 0};
			*slot = (uint32_t)c->n;
		}
		c->values[*slot - 1].n++;
	}
	return true;
}

static int
by_text(const void *a, const void *b)
{
	return rmk_str_cmp(
	    ((const struct counted *)a)->text, ((const struct counted *)b)->text);
}

// Values stand in the order of their text, so that a moved row makes no other facts.
static void
pack_column(struct rmk_buf *b, struct rmk_store *s, struct rmk_arena *a,
    const struct rmk_doc *doc, const struct rmk_table *t, size_t col)
{
	struct column c;
	bool many = !count_column(&c, s, a, doc, t, col);

	if (many)
		c.n = 0;
	if (c.n)
		qsort(c.values, c.n, sizeof *c.values, by_text);
	rmk_pack_text(b, text_of(s, rmk_doc_cell(doc, &t->header, col)));
	rmk_pack_number(b, many);
	rmk_pack_number(b, (uint32_t)c.n);
	for (size_t i = 0; i < c.n; i++) {
		rmk_pack_text(b, c.values[i].text);
		rmk_pack_number(b, c.values[i].n);
	}
}

// Where a table is found again: its declaration, the heading above it, and its labels.
static void
pack_ident(struct rmk_buf *b, const struct rmk_doc *doc, const struct rmk_table *t)
{
	struct rmk_buf ident = {.arena = b->arena};

	rmk_buf_add(&ident, rmk_doc_str(doc, t->decl));
	rmk_buf_addc(&ident, '\n');
	if (t->heading != RMK_NONE)
		rmk_buf_add(&ident, doc->headings[t->heading].anchor);
	for (size_t i = 0; i < t->ncols; i++) {
		rmk_buf_addc(&ident, '\n');
		rmk_buf_add(&ident, rmk_doc_cell(doc, &t->header, i));
	}
	rmk_pack_text(b, rmk_buf_str(&ident));
}

static struct rmk_fact_table *
fact_of(struct rmk_store *s, struct rmk_arena *scratch, const struct rmk_doc *doc,
    size_t table)
{
	struct rmk_arena_mark mark = rmk_arena_mark(scratch);
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_buf b = {.arena = scratch};
	struct rmk_fact_table *fact;

	if (!s->raws.slots || s->raws.n + t->nrows > RAWS_MOST)
		forget_raws(&s->raws, s->arena);
	pack_ident(&b, doc, t);
	rmk_pack_number(&b, t->nrows);
	rmk_pack_number(&b, t->ncols);
	for (size_t i = 0; i < t->ncols; i++)
		pack_column(&b, s, scratch, doc, t, i);
	fact = rmk_fact_unpack(s, rmk_buf_str(&b));
	rmk_arena_reset(scratch, mark);
	return fact;
}

// The same facts but for one table.
static struct rmk_facts *
facts_beside(struct rmk_store *s, struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, const struct rmk_facts *near, size_t differs)
{
	struct rmk_facts *f = RMK_NEW(a, struct rmk_facts);

	*f = *near;
	f->tables = rmk_arena_alloc(a, f->n * sizeof(*f->tables));
	for (size_t i = 0; i < f->n; i++)
		f->tables[i] = f->at[i] == differs ? fact_of(s, scratch, doc, differs)
		                                   : near->tables[i];
	return f;
}

struct rmk_facts *
rmk_facts_of(struct rmk_store *s, struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, const struct rmk_facts *near, size_t differs)
{
	struct rmk_regions regions;
	struct rmk_facts *f;

	if (near)
		return facts_beside(s, a, scratch, doc, near, differs);
	f = RMK_NEW(a, struct rmk_facts);
	f->tables = rmk_arena_alloc(a, doc->ntables * sizeof(*f->tables));
	f->at = rmk_arena_alloc(a, doc->ntables * sizeof *f->at);
	regions = rmk_regions_of(a, doc);
	for (size_t i = 0; i < doc->ntables; i++) {
		if (rmk_regions_hold(&regions, doc->tables[i].header.line))
			continue;
		f->at[f->n] = (uint32_t)i;
		f->tables[f->n++] = fact_of(s, scratch, doc, i);
	}
	return f;
}
