// Packing what versions say: see facts_cache.h.
//
// Every number is checked when it is unpacked: the file it was in may be anyone's.
#include "history/facts_cache.h"

#include <string.h>

// Tables that are told from others take room and hardly a byte: so many columns of all.
#define COLUMNS_MOST ((size_t)1 << 24)

// --- numbers and texts ----------------------------------------------------------

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

// --- versions -------------------------------------------------------------------

struct rmk_kept_facts
rmk_kept_facts_new(struct rmk_arena *a)
{
	return (struct rmk_kept_facts){
	    .store = {.texts = rmk_texts_new(a)}, .blobs = {.arena = a}};
}

static void
kept_put(struct rmk_kept_facts *k, struct rmk_kept_version v)
{
	size_t *at = rmk_map_put(&k->blobs, v.blob);

	if (*at != RMK_NONE)
		return;
	*at = k->n;
	*RMK_PUSH(k->blobs.arena, k->v, k->n, k->cap) = v;
}

void
rmk_kept_facts_put(
    struct rmk_kept_facts *k, struct rmk_str blob, const struct rmk_facts *f)
{
	struct rmk_buf b = {.arena = k->blobs.arena};

	for (uint32_t i = 0; i < f->n; i++) {
		rmk_pack_number(&b, f->at[i]);
		rmk_pack_number(&b, f->tables[i]->number);
		rmk_pack_number(&b, f->own[i]);
	}
	kept_put(k, (struct rmk_kept_version){blob, rmk_buf_str(&b)});
}

struct rmk_facts *
rmk_kept_facts_get(
    const struct rmk_kept_facts *k, struct rmk_arena *a, struct rmk_str blob)
{
	size_t at = rmk_map_get(&k->blobs, blob);
	struct rmk_str bytes;
	struct rmk_facts *f;
	uint32_t number;

	if (at == RMK_NONE)
		return NULL;
	bytes = k->v[at].places;
	f = rmk_facts_new(a, (uint32_t)(bytes.n / 12));
	for (uint32_t i = 0; i < f->n; i++) {
		if (!rmk_take_number(&bytes, &f->at[i]) ||
		    !rmk_take_number(&bytes, &number) || number >= k->store.n ||
		    !rmk_take_number(&bytes, &f->own[i]) || f->own[i] >= k->store.texts.n)
			return NULL;
		f->tables[i] = k->store.v[number];
	}
	return f;
}

// --- tables ---------------------------------------------------------------------

static void
pack_column(struct rmk_buf *b, const struct rmk_fact_column *c)
{
	rmk_pack_number(b, c->label);
	rmk_pack_number(b, c->many);
	rmk_pack_number(b, c->nvalues);
	rmk_pack_number(b, c->nlinks);
	rmk_buf_add(
	    b, (struct rmk_str){(const char *)c->values, c->nvalues * sizeof *c->values});
}

static struct rmk_fact_column *
unpack_column(const struct rmk_fact_store *s, struct rmk_str *bytes)
{
	struct rmk_fact_column *c = RMK_NEW(s->texts.arena, struct rmk_fact_column);
	uint32_t many;
	size_t size;

	if (!rmk_take_number(bytes, &c->label) || !rmk_take_number(bytes, &many) ||
	    !rmk_take_number(bytes, &c->nvalues) || !rmk_take_number(bytes, &c->nlinks) ||
	    c->label >= s->texts.n || c->nvalues > bytes->n / sizeof *c->values)
		return NULL;
	c->many = many;
	size = c->nvalues * sizeof *c->values;
	c->values = rmk_arena_alloc(s->texts.arena, size);
	if (size)
		memcpy(c->values, bytes->s, size);
	*bytes = rmk_str_from(*bytes, size);
	for (uint32_t i = 0; i < c->nvalues; i++) {
		if (c->values[i].text >= s->texts.n)
			return NULL;
	}
	return c;
}

// Of each ident, the last table.
struct last {
	const struct rmk_fact_table **v; // [texts]
	size_t columns;                  // of all tables
};

static struct last
last_new(struct rmk_arena *a, size_t ntexts)
{
	return (struct last){
	    rmk_arena_zero(a, ntexts, sizeof(struct rmk_fact_table *)), 0};
}

// The table that is packed is told from the last one of its ident: mostly it followed it.
static const struct rmk_fact_table *
last_swap(struct last *last, const struct rmk_fact_table *t)
{
	const struct rmk_fact_table *base = last->v[t->ident];

	last->v[t->ident] = t;
	last->columns += t->ncols;
	return base && base->ncols == t->ncols ? base : NULL;
}

static void
pack_table(struct rmk_buf *b, struct last *last, const struct rmk_fact_table *t)
{
	const struct rmk_fact_table *base = last_swap(last, t);
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->ncols; i++)
		n += !base || base->cols[i] != t->cols[i];
	rmk_pack_number(b, t->ident);
	rmk_pack_number(b, t->nrows);
	rmk_pack_number(b, t->ncols);
	rmk_pack_number(b, n);
	for (uint32_t i = 0; i < t->ncols; i++) {
		if (base && base->cols[i] == t->cols[i])
			continue;
		rmk_pack_number(b, i);
		pack_column(b, t->cols[i]);
	}
}

static bool
unpack_table(struct rmk_fact_store *s, struct last *last, struct rmk_str *bytes)
{
	uint32_t ident, nrows, ncols, n, col;
	const struct rmk_fact_table *base;
	struct rmk_fact_table *t;

	if (!rmk_take_number(bytes, &ident) || !rmk_take_number(bytes, &nrows) ||
	    !rmk_take_number(bytes, &ncols) || !rmk_take_number(bytes, &n) ||
	    ident >= s->texts.n || ncols > COLUMNS_MOST - last->columns || n > ncols)
		return false;
	t = rmk_fact_table_new(s, ncols);
	t->ident = ident;
	t->nrows = nrows;
	base = last_swap(last, t);
	if (base)
		memcpy(t->cols, base->cols, ncols * sizeof(*t->cols));
	for (uint32_t i = 0; i < n; i++) {
		if (!rmk_take_number(bytes, &col) || col >= ncols ||
		    !(t->cols[col] = unpack_column(s, bytes)))
			return false;
	}
	for (uint32_t i = 0; i < ncols; i++) {
		if (!t->cols[i])
			return false;
	}
	return true;
}

// --- all ------------------------------------------------------------------------

struct rmk_str
rmk_kept_facts_pack(struct rmk_arena *a, const struct rmk_kept_facts *k)
{
	const struct rmk_fact_store *s = &k->store;
	struct last last = last_new(a, s->texts.n);
	struct rmk_buf b = {.arena = a};

	rmk_pack_number(&b, (uint32_t)s->texts.n);
	rmk_pack_number(&b, (uint32_t)s->n);
	for (size_t i = 0; i < s->texts.n; i++)
		rmk_pack_text(&b, s->texts.v[i].text);
	for (size_t i = 0; i < s->n; i++)
		pack_table(&b, &last, s->v[i]);
	for (size_t i = 0; i < k->n; i++) {
		rmk_pack_text(&b, k->v[i].blob);
		rmk_pack_text(&b, k->v[i].places);
	}
	return rmk_buf_str(&b);
}

static bool
unpack_all(struct rmk_kept_facts *k, struct rmk_str bytes)
{
	uint32_t ntexts, ntables;
	struct rmk_kept_version v;
	struct last last;
	struct rmk_str text;

	if (!rmk_take_number(&bytes, &ntexts) || !rmk_take_number(&bytes, &ntables))
		return false;
	for (uint32_t i = 0; i < ntexts; i++) {
		if (!rmk_take_text(&bytes, &text) ||
		    rmk_text_put(&k->store.texts, text) != i)
			return false;
	}
	last = last_new(k->blobs.arena, ntexts);
	for (uint32_t i = 0; i < ntables; i++) {
		if (!unpack_table(&k->store, &last, &bytes))
			return false;
	}
	while (bytes.n) {
		if (!rmk_take_text(&bytes, &v.blob) || !rmk_take_text(&bytes, &v.places))
			return false;
		kept_put(k, v);
	}
	return true;
}

struct rmk_kept_facts
rmk_kept_facts_unpack(struct rmk_arena *a, struct rmk_str bytes)
{
	struct rmk_kept_facts k = rmk_kept_facts_new(a);

	return unpack_all(&k, bytes) ? k : rmk_kept_facts_new(a);
}
