// Facts: counted, packed, shared.
//
// A table is packed as bytes (lengths and texts one after another), and the bytes are its
// identity: two tables with the same packed bytes are one. The same bytes are what a cache
// keeps.
#include "history/value_counts.h"
#include "summary/region.h"

#include "base/utf8.h"

#include <string.h>

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
	struct rmk_fact_table *t = RMK_NEW(s->arena, struct rmk_fact_table);
	struct rmk_str rest = bytes, ident;

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
	t->packed = bytes;
	*rmk_map_put(&s->packs, t->packed) = s->ntables;
	*RMK_PUSH(s->arena, s->tables, s->ntables, s->tables_cap) = t;
	return t;
}

// --- tables and documents -------------------------------------------------------

void
rmk_store_free(struct rmk_store *s)
{
	rmk_arena_free(&s->raws.arena);
}

static void
pack_column(struct rmk_buf *b, struct rmk_str label, const struct rmk_counts *c)
{
	rmk_pack_text(b, label);
	rmk_pack_number(b, c->many);
	rmk_pack_number(b, (uint32_t)c->n);
	for (size_t i = 0; i < c->n; i++) {
		rmk_pack_text(b, c->values[i].text);
		rmk_pack_number(b, c->values[i].n);
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

// The facts of a table; fact and least: those of the neighbour, or NULL. least becomes
// this table's own, in arena a.
static struct rmk_fact_table *
fact_of(struct rmk_store *s, struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, size_t table, const struct rmk_beside *near,
    const struct rmk_fact_table *fact, uint32_t **least)
{
	struct rmk_arena_mark mark = rmk_arena_mark(scratch);
	const struct rmk_table *t = &doc->tables[table];
	uint32_t *now = rmk_arena_alloc(a, t->ncols * sizeof *now);
	struct rmk_buf b = {.arena = scratch};
	struct rmk_fact_table *made;
	size_t known;

	rmk_count_ready(s, t->nrows);
	pack_ident(&b, doc, t);
	rmk_pack_number(&b, t->nrows);
	rmk_pack_number(&b, t->ncols);
	for (size_t i = 0; i < t->ncols; i++) {
		struct rmk_counts c = near ? rmk_count_beside(s, scratch, doc, near,
						 &fact->cols[i], i,
						 *least ? (*least)[i] : 0)
		                           : rmk_count_whole(s, scratch, doc, table, i);
		now[i] = c.least;
		pack_column(&b, rmk_count_text(s, rmk_doc_cell(doc, &t->header, i)), &c);
	}
	*least = now;
	known = rmk_map_get(&s->packs, rmk_buf_str(&b));
	made = known == RMK_NONE
	           ? rmk_fact_unpack(s, rmk_str_copy(s->arena, rmk_buf_str(&b)))
	           : s->tables[known];
	rmk_arena_reset(scratch, mark);
	return made;
}

// The same facts but for one table.
static struct rmk_facts *
facts_beside(struct rmk_store *s, struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, const struct rmk_beside *near)
{
	const struct rmk_facts *old = near->facts;
	struct rmk_facts *f = RMK_NEW(a, struct rmk_facts);

	*f = *old;
	f->tables = rmk_arena_alloc(a, f->n * sizeof(*f->tables));
	f->least = rmk_arena_alloc(a, f->n * sizeof(*f->least));
	for (size_t i = 0; i < f->n; i++) {
		f->tables[i] = old->tables[i];
		f->least[i] = old->least[i];
		if (f->at[i] == near->patch->table)
			f->tables[i] = fact_of(s, a, scratch, doc, f->at[i], near,
			    old->tables[i], &f->least[i]);
	}
	return f;
}

static bool
version_facts_same_row(const struct rmk_row *a, const struct rmk_row *b, uint32_t shift)
{
	return a->ncells == b->ncells && a->span.len == b->span.len &&
	       a->at + shift == b->at;
}

// Whether two tables are the same bytes, read the same way.
static bool
version_facts_same_bytes(const struct rmk_doc *a, const struct rmk_table *ta,
    const struct rmk_doc *b, const struct rmk_table *tb)
{
	uint32_t from = ta->header.span.at, to = tb->header.span.at;
	const struct rmk_row *last;

	if (ta->ncols != tb->ncols || ta->nrows != tb->nrows ||
	    !version_facts_same_row(&ta->header, &tb->header, to - from))
		return false;
	for (size_t i = 0; i < ta->nrows; i++) {
		if (!version_facts_same_row(&ta->rows[i], &tb->rows[i], to - from))
			return false;
	}
	last = ta->nrows ? &ta->rows[ta->nrows - 1] : &ta->delim;
	return memcmp(a->text.s + from, b->text.s + to,
		   last->span.at + last->span.len - from) == 0;
}

// The table of the neighbour that says the same, from place `from` among its facts on;
// RMK_NO_TEXT: none.
static uint32_t
find_same(struct rmk_store *s, struct rmk_arena *scratch, const struct rmk_doc *doc,
    size_t table, const struct rmk_beside *near, uint32_t from)
{
	struct rmk_arena_mark mark = rmk_arena_mark(scratch);
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_buf ident = {.arena = scratch};
	uint32_t found = RMK_NO_TEXT;
	struct rmk_str text, rest;

	pack_ident(&ident, doc, t);
	rest = rmk_buf_str(&ident);
	rmk_take_text(&rest, &text);
	for (uint32_t i = from; near && i < near->facts->n; i++) {
		if (!rmk_str_eq(text, rmk_store_get(s, near->facts->tables[i]->ident)))
			continue;
		if (version_facts_same_bytes(
			near->doc, &near->doc->tables[near->facts->at[i]], doc, t))
			found = i;
		break;
	}
	rmk_arena_reset(scratch, mark);
	return found;
}

// The neighbour's may be in memory that goes before this document's does.
static uint32_t *
copy_least(struct rmk_arena *a, const uint32_t *least, size_t n)
{
	return least ? memcpy(rmk_arena_alloc(a, n * sizeof *least), least,
			   n * sizeof *least)
	             : NULL;
}

struct rmk_facts *
rmk_facts_of(struct rmk_store *s, struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, const struct rmk_beside *near)
{
	struct rmk_regions regions;
	struct rmk_facts *f;
	uint32_t from = 0, same;

	if (near && near->patch)
		return facts_beside(s, a, scratch, doc, near);
	f = RMK_NEW(a, struct rmk_facts);
	f->tables = rmk_arena_alloc(a, doc->ntables * sizeof(*f->tables));
	f->at = rmk_arena_alloc(a, doc->ntables * sizeof *f->at);
	f->least = rmk_arena_zero(a, doc->ntables, sizeof *f->least);
	regions = rmk_regions_of(a, doc);
	for (size_t i = 0; i < doc->ntables; i++) {
		if (rmk_regions_hold(&regions, doc->tables[i].header.line))
			continue;
		f->at[f->n] = (uint32_t)i;
		same = find_same(s, scratch, doc, i, near, from);
		if (same != RMK_NO_TEXT) {
			f->tables[f->n] = near->facts->tables[same];
			f->least[f->n] = copy_least(
			    a, near->facts->least[same], f->tables[f->n]->ncols);
			from = same + 1;
		} else {
			f->tables[f->n] = fact_of(
			    s, a, scratch, doc, i, NULL, NULL, &f->least[f->n]);
		}
		f->n++;
	}
	return f;
}
