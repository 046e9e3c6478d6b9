// The status columns of a version by its facts: see own_columns.h.
#include "history/own_columns.h"

#include "history/facts_cache.h"
#include "schema/siblings.h"

#include <string.h>

struct rmk_own_memo
rmk_own_memo_new(struct rmk_fact_store *store)
{
	return (struct rmk_own_memo){
	    .store = store, .sets = {.arena = store->texts.arena}};
}

// Room for number `at` in an array that is all zero behind what is used.
static void *
own_room(struct rmk_arena *a, void *v, size_t *n, size_t at, size_t size)
{
	size_t more = *n ? *n : 64;
	char *room;

	if (at < *n)
		return v;
	while (more <= at)
		more *= 2;
	room = rmk_arena_zero(a, more, size);
	if (*n)
		memcpy(room, v, *n * size);
	*n = more;
	return room;
}

// --- identities -----------------------------------------------------------------

struct rmk_own_ident *
rmk_own_ident_of(struct rmk_own_memo *m, const struct rmk_fact_table *t)
{
	m->idents = own_room(
	    m->store->texts.arena, m->idents, &m->nidents, t->ident, sizeof *m->idents);
	return &m->idents[t->ident];
}

bool
rmk_own_is_declared(const struct rmk_own_memo *m, const struct rmk_fact_table *t)
{
	struct rmk_str ident = rmk_text_get(&m->store->texts, t->ident);

	return ident.n > 0 && ident.s[0] != '\n';
}

void
rmk_own_ident_set(
    struct rmk_own_memo *m, const struct rmk_fact_table *t, struct rmk_str declared)
{
	struct rmk_arena *a = m->store->texts.arena;
	struct rmk_own_ident *ident = rmk_own_ident_of(m, t);

	ident->fields = RMK_NEW_N(a, struct rmk_field, t->ncols + 1);
	ident->headers = RMK_NEW_N(a, struct rmk_evidence_header, t->ncols);
	ident->cols = RMK_NEW_N(a, const struct rmk_fact_column *, t->ncols);
	ident->alone = RMK_NEW_N(a, struct rmk_evidence, t->ncols);
	ident->status = RMK_NEW_N(a, uint32_t, t->ncols);
	for (uint32_t i = 0; i < t->ncols; i++) {
		rmk_text key = rmk_text_key(&m->store->texts, t->cols[i]->label);

		ident->fields[i].key = rmk_text_get(&m->store->texts, key);
		ident->fields[i].declared = i < declared.n && declared.s[i];
		ident->headers[i] = rmk_evidence_header(&ident->fields[i]);
		if (i < declared.n && declared.s[i] == RMK_OWN_STATUS)
			ident->status[ident->nstatus++] = i;
	}
}

// --- columns --------------------------------------------------------------------

struct own_reading {
	struct rmk_own_memo *memo;
	const struct rmk_fact_table *table;
};

#define OWN_MARK 0x80u

// Each text is looked up once, in however many versions it stands.
static void
own_weigh(struct rmk_own_memo *m, rmk_text key, struct rmk_cell_spelling *s)
{
	m->ranks = own_room(
	    m->store->texts.arena, m->ranks, &m->nranks, key, sizeof *m->ranks);
	if (m->ranks[key] == 0) {
		rmk_cell_spelling_weigh(s);
		m->ranks[key] = (uint8_t)((s->rank + 1u) | (s->mark ? OWN_MARK : 0));
	}
	s->rank = (uint8_t)((m->ranks[key] & ~OWN_MARK) - 1);
	s->mark = m->ranks[key] & OWN_MARK;
}

static void
own_add(struct own_reading *r, struct rmk_arena *a, const struct rmk_fact_value *v,
    struct rmk_column *c)
{
	struct rmk_texts *texts = &r->memo->store->texts;
	rmk_text key = rmk_text_key(texts, v->text);
	struct rmk_str text = rmk_text_get(texts, v->text);
	struct rmk_cell_spelling *s;

	if (rmk_text_get(texts, key).n == 0)
		return;
	s = RMK_PUSH(a, c->spellings, c->n, c->cap);
	*s = (struct rmk_cell_spelling){
	    .raw = text, .text = text, .key = rmk_text_get(texts, key), .count = v->n};
	own_weigh(r->memo, key, s);
	c->nfilled += v->n;
}

static struct rmk_column
own_read(void *ctx, struct rmk_arena *a, size_t col, size_t most)
{
	struct own_reading *r = ctx;
	const struct rmk_fact_column *from = r->table->cols[col];
	struct rmk_column c = {
	    .nlinks = from->nlinks, .over = from->many && most < SIZE_MAX};
	struct rmk_map kinds = {.arena = a};
	size_t unknown = 0;

	for (uint32_t i = 0; i < from->nvalues; i++)
		own_add(r, a, &from->values[i], &c);
	for (size_t i = 0; i < c.n; i++) {
		const struct rmk_cell_spelling *s = &c.spellings[i];
		if (s->rank != RMK_WORD_NONE || s->mark)
			continue;
		unknown += s->count;
		*rmk_map_put(&kinds, s->key) = i;
	}
	c.over |= kinds.n > most && unknown * 2 > c.nfilled;
	return c;
}

// --- tables ---------------------------------------------------------------------

// The evidence of a column by itself, of which no value is kept.
static struct rmk_evidence
own_alone(struct rmk_own_memo *m, struct rmk_arena *scratch,
    const struct rmk_fact_table *t, uint32_t col, const struct rmk_column_reader *reader)
{
	struct rmk_own_ident *ident = rmk_own_ident_of(m, t);
	struct rmk_evidence *e = &ident->alone[col];

	if (ident->cols[col] == t->cols[col])
		return *e;
	ident->cols[col] = t->cols[col];
	*e = rmk_evidence_alone(
	    scratch, &ident->fields[col], ident->headers[col], col, reader);
	e->column = (struct rmk_column){
	    .over = e->column.over, .nlinks = e->column.nlinks};
	return *e;
}

static const struct rmk_evidence *
own_evidence(
    struct rmk_own_memo *m, struct rmk_arena *scratch, const struct rmk_fact_table *t)
{
	struct rmk_arena *a = m->store->texts.arena;
	struct own_reading reading = {m, t};
	struct rmk_column_reader reader = {own_read, &reading};
	struct rmk_evidence *e;

	m->tables = own_room(a, m->tables, &m->ntables, t->number, sizeof(*m->tables));
	if (m->tables[t->number])
		return m->tables[t->number];
	e = rmk_arena_alloc(a, (t->ncols + 1) * sizeof *e);
	for (uint32_t i = 0; i < t->ncols; i++)
		e[i] = own_alone(m, scratch, t, i, &reader);
	rmk_evidence_join(scratch, e, t->ncols, &reader);
	// A column that was looked at again has values in the scratch.
	for (uint32_t i = 0; i < t->ncols; i++)
		e[i].column = (struct rmk_column){.over = e[i].column.over};
	m->tables[t->number] = e;
	return e;
}

static rmk_text
own_pack(struct rmk_own_memo *m, const uint32_t *cols, size_t n)
{
	return rmk_text_put(
	    &m->store->texts, (struct rmk_str){(const char *)cols, n * sizeof *cols});
}

static rmk_text
own_accepted(struct rmk_own_memo *m, struct rmk_arena *scratch,
    const struct rmk_evidence *e, uint32_t ncols)
{
	uint32_t *cols = RMK_NEW_N(scratch, uint32_t, ncols);
	size_t n = 0;

	for (uint32_t i = 0; i < ncols; i++)
		if (e[i].accepted)
			cols[n++] = i;
	return own_pack(m, cols, n);
}

// --- versions -------------------------------------------------------------------

// All that decides about the columns of a version.
static struct rmk_str
own_seen(struct rmk_own_memo *m, struct rmk_arena *scratch, const struct rmk_facts *f)
{
	struct rmk_buf b = {.arena = scratch};

	for (uint32_t i = 0; i < f->n; i++) {
		const struct rmk_fact_table *t = f->tables[i];
		const struct rmk_evidence *e;

		rmk_pack_number(&b, t->ident);
		if (rmk_own_ident_of(m, t)->nstatus)
			continue;
		e = own_evidence(m, scratch, t);
		for (uint32_t k = 0; k < t->ncols; k++)
			rmk_pack_number(&b, rmk_sibling_seen(&e[k]));
	}
	return rmk_buf_str(&b);
}

static void
own_decide(struct rmk_own_memo *m, struct rmk_arena *scratch, struct rmk_facts *f)
{
	struct rmk_sibling *tables = RMK_NEW_N(scratch, struct rmk_sibling, f->n);

	for (uint32_t i = 0; i < f->n; i++) {
		const struct rmk_fact_table *t = f->tables[i];
		const struct rmk_evidence *e;

		if (rmk_own_ident_of(m, t)->nstatus)
			continue;
		e = own_evidence(m, scratch, t);
		tables[i].ncols = t->ncols;
		tables[i].cols = rmk_arena_alloc(scratch, (t->ncols + 1) * sizeof *e);
		memcpy(tables[i].cols, e, t->ncols * sizeof *e);
	}
	rmk_siblings_join(scratch, tables, f->n);
	for (uint32_t i = 0; i < f->n; i++) {
		const struct rmk_own_ident *ident = rmk_own_ident_of(m, f->tables[i]);
		f->own[i] = tables[i].cols ? own_accepted(m, scratch, tables[i].cols,
						 f->tables[i]->ncols)
		                           : own_pack(m, ident->status, ident->nstatus);
	}
}

void
rmk_own_fill(struct rmk_own_memo *m, struct rmk_arena *scratch, struct rmk_facts *f)
{
	struct rmk_arena *a = m->store->texts.arena;
	struct rmk_str seen = own_seen(m, scratch, f);
	size_t at = rmk_map_get(&m->sets, seen);

	if (at == RMK_NONE) {
		own_decide(m, scratch, f);
		*rmk_map_put(&m->sets, rmk_str_copy(a, seen)) = m->ndecided;
		for (uint32_t i = 0; i < f->n; i++)
			*RMK_PUSH(a, m->decided, m->ndecided, m->decided_cap) = f->own[i];
		return;
	}
	for (uint32_t i = 0; i < f->n; i++)
		f->own[i] = m->decided[at + i];
}

uint32_t *
rmk_own_columns(const struct rmk_own_memo *m, struct rmk_arena *a,
    const struct rmk_fact_table *t, rmk_text own, size_t *n)
{
	struct rmk_str bytes = rmk_text_get(&m->store->texts, own);
	uint32_t *cols = RMK_NEW_N(a, uint32_t, bytes.n / sizeof *cols + 1);

	*n = 0;
	while (rmk_take_number(&bytes, &cols[*n])) // what is kept may be damaged
		*n += cols[*n] < t->ncols;
	return cols;
}
