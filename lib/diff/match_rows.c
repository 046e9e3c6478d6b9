// Which rows of two tables are the same.
//
// Most rows are untouched, so the first step compares whole rows by hash, and only what
// is left is looked at closer: by key, by all cells but one, by a link, by neighbours.
// A step joins rows only where it is the only possibility, or where a wrong guess would
// show rows as changed that a reader calls the same. A row whose key was replaced and
// whose rest says little ("Yes") is a new row: joining it to the old one would let a
// merge carry cells of the one into the other.
#include "diff/match_rows.h"

#include "diff/same_lines.h"
#include "table/value.h"

#include <string.h>

static uint64_t
match_rows_mix(uint64_t hash, size_t id)
{
	hash = (hash + id + 1) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ (hash >> 31);
}

// A row's hash is a sum over its cells, so that one cell can be taken out again.
static uint64_t
cell_hash(const struct rmk_match_side *s, size_t row, size_t col)
{
	struct rmk_str cell = rmk_doc_cell(s->doc, &s->t->rows[row], col);
	size_t id = col < s->t->ncols ? s->col_id[col]
	                              : RMK_COLS_TRIED + col - s->t->ncols;

	if (cell.n == 0 || id == RMK_NONE)
		return 0;
	return match_rows_mix(rmk_str_hash_seeded(cell, s->seed), id);
}

static void
hash_row(struct rmk_match_side *s, size_t row)
{
	s->hashes[row] = 0;
	for (size_t c = 0; c < s->t->rows[row].ncells; c++)
		s->hashes[row] += cell_hash(s, row, c);
}

// Of rows without a partner, as most have one when their lines were compared.
static void
hash_rows(struct rmk_arena *a, struct rmk_match_side *s, const size_t *partner)
{
	s->hashes = rmk_arena_alloc(a, s->t->nrows * sizeof *s->hashes);
	s->ids = rmk_arena_alloc(a, s->t->nrows * sizeof *s->ids);
	s->left = rmk_left_of(a, partner, s->t->nrows);
	memset(s->hashes, 0, s->t->nrows * sizeof *s->hashes);
	for (size_t i = 0; i < s->left.n; i++) {
		size_t r = s->left.v[i];

		hash_row(s, r);
		s->ids[r] = s->hashes[r] ? s->hashes[r] : 1;
	}
}

// Equal rows that stand several times are told apart by the rows beside them.
static void
pair_beside(struct rmk_match_rows *m)
{
	struct rmk_pairs *p = &m->m.rows;

	for (size_t o = 0; o + 1 < p->nold; o++) {
		size_t n = p->to_new[o] + 1;

		if (n != 0 && n < p->nnew && p->to_new[o + 1] == RMK_NONE &&
		    p->to_old[n] == RMK_NONE && m->old.ids[o + 1] == m->new_.ids[n] &&
		    rmk_match_same_cells(m, o + 1, n))
			rmk_pairs_join(p, o + 1, n);
	}
	for (size_t o = p->nold; o-- > 1;) {
		size_t n = p->to_new[o];

		if (n != RMK_NONE && n > 0 && p->to_new[o - 1] == RMK_NONE &&
		    p->to_old[n - 1] == RMK_NONE &&
		    m->old.ids[o - 1] == m->new_.ids[n - 1] &&
		    rmk_match_same_cells(m, o - 1, n - 1))
			rmk_pairs_join(p, o - 1, n - 1);
	}
}

// Whether two rows have one key: what their ids only promise.
static bool
rows_same_key(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	bool same = rmk_str_eq(rmk_value_key(m->a, rmk_doc_cell(m->old.doc,
						       &m->old.t->rows[old], m->old.key)),
	    rmk_value_key(
		m->a, rmk_doc_cell(m->new_.doc, &m->new_.t->rows[new_], m->new_.key)));

	rmk_arena_reset(m->a, mark);
	return same;
}

static bool
same_key_and_half(void *ctx, size_t old, size_t new_)
{
	return rows_same_key(ctx, old, new_) && rmk_match_half(ctx, old, new_);
}

static struct rmk_pairing
match_rows_step(
    struct rmk_match_rows *m, bool (*same)(void *ctx, size_t old, size_t new_))
{
	return (struct rmk_pairing){
	    &m->m.rows, m->old.ids, m->new_.ids, same, m, &m->old.left, &m->new_.left};
}

// How many rows a step gives ids: all, or those that may be unpaired; and the i-th of them.
static size_t
rows_asked(const struct rmk_match_side *s, bool whole)
{
	return whole ? s->t->nrows : s->left.n;
}

static size_t
row_asked(const struct rmk_match_side *s, bool whole, size_t i)
{
	return whole ? i : s->left.v[i];
}

// Ids of the keys: of all rows, or of the unpaired only.
static void
key_ids(struct rmk_arena *a, struct rmk_match_side *s, const size_t *partner, bool whole)
{
	for (size_t i = 0; i < rows_asked(s, whole); i++) {
		size_t r = row_asked(s, whole, i);
		struct rmk_str cell = rmk_doc_cell(s->doc, &s->t->rows[r], s->key);

		s->ids[r] = 0;
		if (cell.n && (whole || partner[r] == RMK_NONE))
			s->ids[r] =
			    match_rows_mix(
				rmk_str_hash_seeded(rmk_value_key(a, cell), s->seed), 0) |
			    1;
	}
}

// How many bytes a row holds in columns that both tables have, column col aside.
static size_t
but_bytes(const struct rmk_match_side *s, size_t row, size_t col)
{
	const struct rmk_row *r = &s->t->rows[row];
	size_t bytes = 0;

	for (size_t c = 0; c < r->ncells; c++)
		bytes += c != col && (c >= s->t->ncols || s->col_id[c] != RMK_NONE)
		             ? r->cells[c].len
		             : 0;
	return bytes;
}

// The lengths of what rows hold beside a column, by their last bits.
#define LENGTHS 1024

static void
but_note(
    const struct rmk_match_side *s, size_t col, const size_t *partner, bool lengths[])
{
	for (size_t i = 0; i < s->left.n; i++)
		if (partner[s->left.v[i]] == RMK_NONE)
			lengths[but_bytes(s, s->left.v[i], col) % LENGTHS] = true;
}

// Ids of what a row holds beside column col: of the unpaired, and of those that may hold the same.
static void
but_ids(struct rmk_match_side *s, size_t col, const size_t *partner, const bool lengths[])
{
	for (size_t i = 0; i < rows_asked(s, lengths); i++) {
		size_t r = row_asked(s, lengths, i);

		s->ids[r] = 0;
		if (partner[r] != RMK_NONE) {
			if (!lengths || !lengths[but_bytes(s, r, col) % LENGTHS])
				continue;
			if (s->hashes[r] == 0)
				hash_row(s, r);
		}
		s->ids[r] = s->hashes[r] - cell_hash(s, r, col);
	}
}

// All cells the same but one. For the key column the rest must be the only one of its
// kind in the whole table, since nothing else shows that the row is the same.
static void
pair_but_one(struct rmk_match_rows *m)
{
	struct rmk_pairing by = match_rows_step(m, rmk_match_but_one);

	for (size_t c = 0; c < m->old.t->ncols && c < RMK_COLS_TRIED; c++) {
		size_t cn = m->m.cols.to_new[c];
		bool whole = c == m->old.key, lengths[LENGTHS] = {false};

		if (cn == RMK_NONE)
			continue;
		if (whole) {
			but_note(&m->old, c, m->m.rows.to_new, lengths);
			but_note(&m->new_, cn, m->m.rows.to_old, lengths);
		}
		but_ids(&m->old, c, m->m.rows.to_new, whole ? lengths : NULL);
		but_ids(&m->new_, cn, m->m.rows.to_old, whole ? lengths : NULL);
		m->but = c;
		rmk_pair_unique(m->a, &by, whole);
		m->but = RMK_NONE;
	}
}

// Ids of the links: of all rows, or of the unpaired only.
static void
link_ids(struct rmk_match_side *s, const size_t *partner, bool whole)
{
	for (size_t i = 0; i < rows_asked(s, whole); i++) {
		size_t r = row_asked(s, whole, i);
		struct rmk_str link = {0};

		if (whole || partner[r] == RMK_NONE)
			link = rmk_match_first_link(
			    rmk_doc_str(s->doc, s->t->rows[r].span));
		s->ids[r] = link.n ? rmk_str_hash_seeded(link, s->seed) | 1 : 0;
	}
}

static bool
note_only(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;

	m->noted |= rmk_match_link(m, old, new_);
	return false;
}

// A link that only they hold. Rows that have partners are asked too, but only where there
// is something to ask for: most rows have partners.
static void
pair_by_link(struct rmk_match_rows *m)
{
	struct rmk_pairing by = match_rows_step(m, note_only);

	m->noted = false;
	link_ids(&m->old, m->m.rows.to_new, false);
	link_ids(&m->new_, m->m.rows.to_old, false);
	rmk_pair_unique(m->a, &by, false);
	if (!m->noted)
		return;
	link_ids(&m->old, m->m.rows.to_new, true);
	link_ids(&m->new_, m->m.rows.to_old, true);
	by.same = rmk_match_link;
	rmk_pair_unique(m->a, &by, true);
}

// Rows between the same neighbours, in order, when half of what they hold is the same.
static void
pair_in_gaps(struct rmk_match_rows *m)
{
	struct rmk_pairs *p = &m->m.rows;
	size_t new_ = 0;

	for (size_t old = 0; old < p->nold; old++) {
		if (p->to_new[old] != RMK_NONE) {
			new_ = p->to_new[old] + 1;
			continue;
		}
		for (size_t n = new_;
		     n < p->nnew && n < new_ + RMK_AHEAD && p->to_old[n] == RMK_NONE;
		     n++) {
			if (rmk_match_similar(m, old, n)) {
				rmk_pairs_join(p, old, n);
				new_ = n + 1;
				break;
			}
		}
	}
}

static bool
side_has_left(const struct rmk_match_side *s, const size_t *partner)
{
	for (size_t i = 0; i < s->left.n; i++) {
		if (partner[s->left.v[i]] == RMK_NONE)
			return true;
	}
	return false;
}

static bool
rows_left(const struct rmk_match_rows *m)
{
	return side_has_left(&m->old, m->m.rows.to_new) &&
	       side_has_left(&m->new_, m->m.rows.to_old);
}

static void
pair_changed(struct rmk_match_rows *m)
{
	struct rmk_pairing by = match_rows_step(m, rows_same_key);

	key_ids(m->a, &m->old, m->m.rows.to_new, false);
	key_ids(m->a, &m->new_, m->m.rows.to_old, false);
	if (m->m.key_sound)
		rmk_pair_unique(m->a, &by, false);
	if (rows_left(m))
		pair_but_one(m);
	if (rows_left(m))
		pair_by_link(m);
	if (rows_left(m) && !m->m.key_sound) {
		key_ids(m->a, &m->old, m->m.rows.to_new, false);
		key_ids(m->a, &m->new_, m->m.rows.to_old, false);
		by.same = same_key_and_half;
		rmk_pair_in_order(m->a, &by, true);
	}
	// Where some keys stand several times, those that stand once still name a row.
	if (rows_left(m) && !m->m.key_sound) {
		key_ids(m->a, &m->old, m->m.rows.to_new, true);
		key_ids(m->a, &m->new_, m->m.rows.to_old, true);
		by.same = m->doubting ? same_key_and_half : rows_same_key;
		rmk_pair_unique(m->a, &by, true);
	}
	if (rows_left(m))
		pair_in_gaps(m);
	if (!m->doubting && rows_left(m))
		rmk_match_in_place(m);
}

// Where keys name rows, no two of one side are equal: what is one line is one row.
static void
pair_lines(struct rmk_match_rows *m)
{
	for (size_t o = 0; m->m.key_sound && o < m->m.lines.nold; o++) {
		if (m->m.lines.to_new[o] != RMK_NONE)
			rmk_pairs_join(&m->m.rows, o, m->m.lines.to_new[o]);
	}
}

static void
pair_rows(struct rmk_match_rows *m)
{
	struct rmk_pairing by;

	pair_lines(m);
	hash_rows(m->a, &m->old, m->m.rows.to_new);
	hash_rows(m->a, &m->new_, m->m.rows.to_old);
	by = match_rows_step(m, rmk_match_same_cells);
	rmk_pair_unique(m->a, &by, false);
	if (!rows_left(m))
		return;
	pair_beside(m);
	m->m.unsure = rmk_pair_in_order(m->a, &by, false);
	if (m->old.key != RMK_NONE && rows_left(m))
		pair_changed(m);
}

// Only where each column is the same one, at the same place.
static void
match_find_lines(struct rmk_match_rows *m)
{
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct rmk_row_list old = rmk_row_list_of(m->a, m->old.doc, m->old.t, 1);
	struct rmk_row_list new_ = rmk_row_list_of(m->a, m->new_.doc, m->new_.t, 1);
	const struct rmk_pairs *cols = &m->m.cols;
	bool same = cols->nold == cols->nnew;

	for (size_t c = 0; same && c < cols->nold; c++)
		same = cols->to_new[c] == c;
	if (same)
		rmk_same_lines(&old, &new_, &m->m.lines);
	rmk_arena_reset(m->a, mark);
}

static struct rmk_table_match
match(struct rmk_match_rows *m)
{
	struct rmk_arena_mark mark;

	m->but = RMK_NONE;
	m->old.seed = m->new_.seed = (uintptr_t)m->a;
	m->m.cols = rmk_pairs_new(m->a, m->old.t->ncols, m->new_.t->ncols);
	m->m.rows = rmk_pairs_new(m->a, m->old.t->nrows, m->new_.t->nrows);
	m->m.lines = rmk_pairs_new(m->a, m->old.t->nrows, m->new_.t->nrows);
	mark = rmk_arena_mark(m->a);
	rmk_match_columns(m);
	match_find_lines(m);
	rmk_match_key(m);
	pair_rows(m);
	rmk_arena_reset(m->a, mark);
	return m->m;
}

struct rmk_table_match
rmk_match_table(struct rmk_arena *a, const struct rmk_doc *old, size_t told,
    const struct rmk_doc *new_, size_t tnew)
{
	struct rmk_match_rows m = {.a = a,
	    .old = {.doc = old, .t = &old->tables[told]},
	    .new_ = {.doc = new_, .t = &new_->tables[tnew]},
	    .wished = RMK_NONE};

	return match(&m);
}

struct rmk_table_match
rmk_match_for_merge(struct rmk_arena *a, const struct rmk_doc *old, size_t told,
    const struct rmk_doc *new_, size_t tnew, size_t key, bool sound,
    struct rmk_known_keys *known)
{
	struct rmk_match_rows m = {.a = a,
	    .old = {.doc = old, .t = &old->tables[told]},
	    .new_ = {.doc = new_, .t = &new_->tables[tnew]},
	    .wished = key,
	    .known = known,
	    .doubting = true,
	    .distrusting = !sound};

	return match(&m);
}
