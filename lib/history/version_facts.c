// Facts of a document, and facts that follow a neighbour's.
#include "history/version_facts.h"

#include <string.h>

struct rmk_fact_table *
rmk_fact_table_new(struct rmk_fact_store *s, uint32_t ncols)
{
	struct rmk_arena *a = s->texts.arena;
	struct rmk_fact_table *t = RMK_NEW(a, struct rmk_fact_table);

	t->ncols = ncols;
	t->cols = rmk_arena_zero(a, ncols, sizeof(*t->cols));
	t->number = (uint32_t)s->n;
	*RMK_PUSH(a, s->v, s->n, s->cap) = t;
	return t;
}

struct rmk_facts *
rmk_facts_new(struct rmk_arena *a, uint32_t n)
{
	struct rmk_facts *f = RMK_NEW(a, struct rmk_facts);

	f->n = n;
	f->tables = rmk_arena_zero(a, n, sizeof(*f->tables));
	f->at = rmk_arena_zero(a, n, sizeof *f->at);
	f->own = rmk_arena_zero(a, n, sizeof *f->own);
	return f;
}

struct rmk_facts *
rmk_facts_copy(struct rmk_arena *a, const struct rmk_facts *from)
{
	struct rmk_facts *f = rmk_facts_new(a, from->n);

	if (f->n) {
		memcpy(f->tables, from->tables, f->n * sizeof(*f->tables));
		memcpy(f->at, from->at, f->n * sizeof *f->at);
		memcpy(f->own, from->own, f->n * sizeof *f->own);
	}
	if (from->least) {
		size_t n = from->first[f->n];
		f->first = rmk_arena_alloc(a, (f->n + 1) * sizeof *f->first);
		f->least = rmk_arena_alloc(a, n * sizeof *f->least);
		memcpy(f->first, from->first, (f->n + 1) * sizeof *f->first);
		memcpy(f->least, from->least, n * sizeof *f->least);
	}
	return f;
}

// --- of a document --------------------------------------------------------------

// Where a table is found again: its declaration, the heading above it, and its labels.
static struct rmk_str
table_ident(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t)
{
	struct rmk_buf ident = {.arena = a};

	rmk_buf_add(&ident, rmk_doc_str(doc, t->decl));
	rmk_buf_addc(&ident, '\n');
	if (t->heading != RMK_NONE)
		rmk_buf_add(&ident, doc->headings[t->heading].anchor);
	for (size_t i = 0; i < t->ncols; i++) {
		rmk_buf_addc(&ident, '\n');
		rmk_buf_add(&ident, rmk_doc_cell(doc, &t->header, i));
	}
	return rmk_buf_str(&ident);
}

static const struct rmk_fact_table *
table_of(struct rmk_fact_store *s, struct rmk_arena *scratch, const struct rmk_doc *doc,
    size_t table, uint32_t *least)
{
	struct rmk_arena_mark mark = rmk_arena_mark(scratch);
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_cells all = {doc->text, t->rows, t->nrows};
	struct rmk_fact_table *f = rmk_fact_table_new(s, t->ncols);

	f->ident = rmk_text_put(&s->texts, table_ident(scratch, doc, t));
	f->nrows = t->nrows;
	rmk_texts_ready(&s->texts, t->nrows);
	for (size_t i = 0; i < t->ncols; i++) {
		struct rmk_str label = rmk_text_of_cell(
		    &s->texts, rmk_doc_cell(doc, &t->header, i));
		f->cols[i] = rmk_count_whole(&s->texts, scratch, &all,
		    rmk_text_put(&s->texts, label), i, &least[i]);
	}
	rmk_arena_reset(scratch, mark);
	return f;
}

// Whether two tables are the same bytes, read the same way.
static bool
same_bytes(const struct rmk_said *a, const struct rmk_body *x, struct rmk_str text,
    const struct rmk_body *y)
{
	return x->ncols == y->ncols && x->nrows == y->nrows && !x->fixed && !y->fixed &&
	       x->end - x->head == y->end - y->head &&
	       x->at - x->head == y->at - y->head && x->prefix.len == y->prefix.len &&
	       memcmp(a->text.s + x->head, text.s + y->head, x->end - x->head) == 0;
}

// The table of the neighbour that says the same, from place `from` among its facts on;
// RMK_NO_TEXT: none.
static uint32_t
find_same(struct rmk_fact_store *s, struct rmk_arena *scratch, const struct rmk_doc *doc,
    const struct rmk_bodies *bodies, size_t table, const struct rmk_said *near,
    uint32_t from)
{
	struct rmk_arena_mark mark = rmk_arena_mark(scratch);
	struct rmk_str ident = table_ident(scratch, doc, &doc->tables[table]);
	uint32_t found = RMK_NO_TEXT;

	for (uint32_t i = from; near && i < near->facts->n; i++) {
		const struct rmk_facts *f = near->facts;
		if (!rmk_str_eq(ident, rmk_text_get(&s->texts, f->tables[i]->ident)))
			continue;
		if (same_bytes(
			near, &near->bodies->v[f->at[i]], doc->text, &bodies->v[table]))
			found = i;
		break;
	}
	rmk_arena_reset(scratch, mark);
	return found;
}

struct rmk_facts *
rmk_facts_of(struct rmk_fact_store *s, struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_doc *doc, const struct rmk_bodies *bodies,
    const struct rmk_said *near)
{
	struct rmk_facts *f = rmk_facts_new(a, (uint32_t)doc->ntables);
	uint32_t from = 0, same, ncols = 0;

	for (size_t i = 0; i < doc->ntables; i++)
		ncols += doc->tables[i].ncols;
	f->first = rmk_arena_zero(a, doc->ntables + 1, sizeof *f->first);
	f->least = rmk_arena_alloc(a, ncols * sizeof *f->least);
	f->n = 0;
	for (size_t i = 0; i < doc->ntables; i++) {
		f->at[f->n] = (uint32_t)i;
		same = find_same(s, scratch, doc, bodies, i, near, from);
		uint32_t *least = f->least + f->first[f->n];
		if (same != RMK_NO_TEXT) {
			const struct rmk_facts *nf = near->facts;
			f->tables[f->n] = nf->tables[same];
			memcpy(least, nf->least + nf->first[same],
			    nf->tables[same]->ncols * sizeof *least);
			from = same + 1;
		} else {
			f->tables[f->n] = table_of(s, scratch, doc, i, least);
		}
		f->first[f->n + 1] = f->first[f->n] + f->tables[f->n]->ncols;
		f->n++;
	}
	return f;
}

// --- that follow ----------------------------------------------------------------

// One table in both texts.
struct follow {
	struct rmk_fact_store *store;
	struct rmk_arena *scratch;
	const struct rmk_body *body; // in the new text
	struct rmk_str prefix;
	struct rmk_cells gone, come, all; // all: once it is asked for
	bool whole;                       // it was
};

static bool
follow_rows(struct follow *f, size_t at, size_t end, struct rmk_cells *out)
{
	struct rmk_row *rows;

	if (!rmk_bodies_rows(
		f->scratch, out->text, at, end, f->prefix, 0, &rows, &out->n))
		return false;
	out->rows = rows;
	return true;
}

static const struct rmk_fact_column *
facts_follow_column(
    struct follow *f, const struct rmk_fact_column *near, size_t col, uint32_t *least)
{
	struct rmk_texts *texts = &f->store->texts;
	const struct rmk_fact_column *c = rmk_count_beside(
	    texts, f->scratch, near, &f->gone, &f->come, f->body->nrows, col, least);

	if (c)
		return c;
	if (!f->whole && !follow_rows(f, f->body->at, f->body->end, &f->all))
		return NULL;
	f->whole = true;
	rmk_texts_ready(texts, f->all.n);
	return rmk_count_whole(texts, f->scratch, &f->all, near->label, col, least);
}

// The table after the change, the same one where it says the same; NULL: not known.
static const struct rmk_fact_table *
facts_follow_table(struct follow *f, const struct rmk_fact_table *near, uint32_t *least)
{
	size_t size = near->ncols * sizeof(*near->cols);
	const struct rmk_fact_column **cols = rmk_arena_alloc(f->scratch, size);
	struct rmk_fact_table *t;

	for (size_t i = 0; i < near->ncols; i++) {
		cols[i] = facts_follow_column(f, near->cols[i], i, &least[i]);
		if (!cols[i])
			return NULL;
	}
	if (near->nrows == f->body->nrows && memcmp(cols, near->cols, size) == 0)
		return near;
	t = rmk_fact_table_new(f->store, near->ncols);
	memcpy(t->cols, cols, size);
	t->ident = near->ident;
	t->nrows = f->body->nrows;
	return t;
}

uint32_t
rmk_facts_place(const struct rmk_facts *f, size_t table)
{
	for (uint32_t i = 0; i < f->n; i++) {
		if (f->at[i] == table)
			return i;
	}
	return RMK_NO_TEXT;
}

static bool
follow_gap(struct follow *f, const struct rmk_said *near, const struct rmk_body_diff *gap,
    struct rmk_facts *out)
{
	uint32_t at = rmk_facts_place(out, gap->table);

	if (at == RMK_NO_TEXT)
		return true;
	out->tables[at] = facts_follow_table(
	    f, near->facts->tables[at], out->least + out->first[at]);
	return out->tables[at] != NULL;
}

struct rmk_facts *
rmk_facts_follow(struct rmk_fact_store *s, struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_said *near, struct rmk_str text, struct rmk_bodies *bodies)
{
	struct follow f = {.store = s,
	    .scratch = scratch,
	    .gone = {.text = near->text},
	    .come = {.text = text},
	    .all = {.text = text}};
	struct rmk_facts *out;
	struct rmk_body_diff gap;

	if (!near->facts->least || !rmk_bodies_gap(near->bodies, near->text, text, &gap))
		return NULL;
	f.prefix = rmk_str_at(near->text, near->bodies->v[gap.table].prefix);
	if (!follow_rows(&f, gap.at, gap.old_end, &f.gone) ||
	    !follow_rows(&f, gap.at, gap.new_end, &f.come))
		return NULL;
	*bodies = rmk_bodies_moved(
	    a, near->bodies, &gap, (uint32_t)(f.come.n - f.gone.n));
	f.body = &bodies->v[gap.table];
	rmk_texts_ready(&s->texts, f.gone.n + f.come.n);
	out = rmk_facts_copy(a, near->facts);
	return follow_gap(&f, near, &gap, out) ? out : NULL;
}
