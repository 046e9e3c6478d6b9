// Counting the values of columns.
//
// Most versions differ from their neighbour in a row or two, so the values of these are
// taken from its counts and added again. A column with too many values has no counts:
// there it is enough to know that it still has too many, and it is counted anew only when
// the rows that differed since could have changed that.
#include "history/value_counts.h"

#include "table/value.h"

#include <stdlib.h>
#include <string.h>

// A column with more different values than this, and than half its rows, is no status.
#define VALUES_MANY 48
// And with more than this in any case: each is compared with all others now and then.
#define VALUES_MOST 250

// --- what cells say -------------------------------------------------------------

#define RAWS_MOST ((size_t)1 << 15)

// Cells are mostly short and alike, so their length and ends are hash enough. The bytes
// that differ may be the highest ones, which a product carries nowhere: so they are
// folded down before each.
static size_t
value_counts_hash(struct rmk_str text)
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

void
rmk_count_ready(struct rmk_store *s, size_t nrows)
{
	struct rmk_raws *r = &s->raws;

	if (r->slots && r->n + nrows <= RAWS_MOST)
		return;
	rmk_arena_free(&r->arena);
	*r = (struct rmk_raws){.arena = {.oom = s->arena->oom, .ctx = s->arena->ctx}};
	r->slots = slots_new(&r->arena, RAWS_MOST, &r->mask);
}

struct rmk_str
rmk_count_text(struct rmk_store *s, struct rmk_str raw)
{
	struct rmk_raws *r = &s->raws;
	size_t i = value_counts_hash(raw) & r->mask;
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

// --- counting -------------------------------------------------------------------

static int
by_text(const void *a, const void *b)
{
	return rmk_str_cmp(
	    ((const struct rmk_counted *)a)->text, ((const struct rmk_counted *)b)->text);
}

// How many different values a column of so many rows may have.
static size_t
values_most(size_t nrows)
{
	size_t most = nrows / 2;

	most = most < VALUES_MANY ? VALUES_MANY : most;
	return most > VALUES_MOST ? VALUES_MOST : most;
}

// Values in the order of their text, so that a moved row makes no other facts.
static struct rmk_counts
value_counts_settle(struct rmk_counts c, size_t most)
{
	c.many = c.n > most;
	if (c.many) {
		c.least = (uint32_t)c.n;
		c.n = 0;
	} else if (c.n) {
		qsort(c.values, c.n, sizeof *c.values, by_text);
	}
	return c;
}

// It stops at twice what makes a column too varied: enough to be sure of for long.
struct rmk_counts
rmk_count_whole(struct rmk_store *s, struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, size_t col)
{
	const struct rmk_table *t = &doc->tables[table];
	size_t most = values_most(t->nrows), mask;
	uint32_t *slots = slots_new(a, 2 * most, &mask);
	struct rmk_counts c = {0};

	for (size_t i = 0; i < t->nrows && c.n < 2 * most; i++) {
		struct rmk_str text = rmk_count_text(
		    s, rmk_doc_cell(doc, &t->rows[i], col));
		size_t at = value_counts_hash(text) & mask;
		while (slots[at] && !rmk_str_eq(c.values[slots[at] - 1].text, text))
			at = (at + 1) & mask;
		if (!slots[at]) {
			*RMK_PUSH(a, c.values, c.n, c.cap) = (struct rmk_counted){
			    text, 0};
			slots[at] = (uint32_t)c.n;
		}
		c.values[slots[at] - 1].n++;
	}
	return value_counts_settle(c, most);
}

static struct rmk_counted *
counted(struct rmk_counts *c, struct rmk_arena *a, struct rmk_str text)
{
	for (size_t i = 0; i < c->n; i++) {
		if (rmk_str_eq(c->values[i].text, text))
			return &c->values[i];
	}
	*RMK_PUSH(a, c->values, c->n, c->cap) = (struct rmk_counted){text, 0};
	return &c->values[c->n - 1];
}

static void
drop_none(struct rmk_counts *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->n; i++) {
		if (c->values[i].n)
			c->values[kept++] = c->values[i];
	}
	c->n = kept;
}

struct rmk_counts
rmk_count_beside(struct rmk_store *s, struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_beside *near, const struct rmk_fact_column *column, size_t col,
    uint32_t least)
{
	const struct rmk_patch *p = near->patch;
	const struct rmk_table *new = &doc->tables[p->table];
	const struct rmk_table *old = &near->doc->tables[p->table];
	size_t most = values_most(new->nrows);
	struct rmk_counts c = {0};

	if (column->many && least > most + p->nold)
		return (struct rmk_counts){
		    .many = true, .least = least - (uint32_t)p->nold};
	if (column->many || p->nold + p->nnew > new->nrows / 2)
		return rmk_count_whole(s, a, doc, p->table, col);
	for (uint32_t i = 0; i < column->nvalues; i++)
		*RMK_PUSH(a, c.values, c.n, c.cap) = (struct rmk_counted){
		    rmk_store_get(s, column->values[i].text), column->values[i].n};
	for (size_t i = 0; i < p->nold; i++)
		counted(&c, a,
		    rmk_count_text(
			s, rmk_doc_cell(near->doc, &old->rows[p->row + i], col)))
		    ->n--;
	for (size_t i = 0; i < p->nnew; i++)
		counted(&c, a,
		    rmk_count_text(s, rmk_doc_cell(doc, &new->rows[p->row + i], col)))
		    ->n++;
	drop_none(&c);
	return value_counts_settle(c, most);
}
