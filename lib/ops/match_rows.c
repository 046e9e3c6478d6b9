// Which rows of two tables are the same.
//
// Most rows are untouched, so the first step compares whole rows by hash, and only what
// is left is looked at closer: by key, by all cells but one, by a link, by neighbours.
// A step joins rows only where it is the only possibility, or where a wrong guess would
// show rows as changed that a reader calls the same. A row whose key was replaced and
// whose rest says little ("Yes") is a new row: joining it to the old one would let a
// merge carry cells of the one into the other.
#include "ops/match_rows.h"

#include "table/value.h"

#include <string.h>

// Bytes the unchanged cells must hold to tell one row from another.
#define TELLING 8
// Bytes of one of them where the key was replaced. A status, a name or a kind is shorter, and
// says of one entry what it said of the entry that stood there before; a sentence or a link
// is of one entry alone.
#define TELLING_ALONE 32

static uint64_t
mix(uint64_t hash, size_t id)
{
	hash = (hash + id + 1) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ (hash >> 31);
}

// The cell of the old row's partner column; both rows may be short.
static bool
same_cell(const struct rmk_match_rows *m, const struct rmk_row *ro, size_t co,
    const struct rmk_row *rn, size_t cn)
{
	return rmk_str_eq(
	    rmk_doc_cell(m->old.doc, ro, co), rmk_doc_cell(m->new_.doc, rn, cn));
}

// The cells behind the last column.
static bool
same_excess(
    const struct rmk_match_rows *m, const struct rmk_row *ro, const struct rmk_row *rn)
{
	size_t no = m->old.t->ncols, nn = m->new_.t->ncols;

	for (size_t i = 0; no + i < ro->ncells || nn + i < rn->ncells; i++) {
		if (!same_cell(m, ro, no + i, rn, nn + i))
			return false;
	}
	return true;
}

// The cells of both that lie in common columns, and those behind the last column, are
// the same; the column `but` aside. A short row's missing cells are empty, and only
// cells that are written are looked at, so that a wide table of short rows costs little.
static bool
same_cells(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;
	const struct rmk_row *ro = &m->old.t->rows[old], *rn = &m->new_.t->rows[new_];

	for (size_t c = 0; c < ro->ncells && c < m->old.t->ncols; c++) {
		size_t cn = m->m.cols.to_new[c];

		if (cn != RMK_NONE && c != m->but && !same_cell(m, ro, c, rn, cn))
			return false;
	}
	for (size_t c = 0; c < rn->ncells && c < m->new_.t->ncols; c++) {
		size_t co = m->m.cols.to_old[c];

		if (co != RMK_NONE && co != m->but && co >= ro->ncells &&
		    rn->cells[c].len > 0)
			return false;
	}
	return same_excess(m, ro, rn);
}

// A row's hash is a sum over its cells, so that one cell can be taken out again.
static uint64_t
cell_hash(const struct rmk_match_side *s, size_t row, size_t col)
{
	struct rmk_str cell = rmk_doc_cell(s->doc, &s->t->rows[row], col);
	size_t id = col < s->t->ncols ? s->col_id[col]
	                              : RMK_COLS_TRIED + col - s->t->ncols;

	return cell.n == 0 || id == RMK_NONE ? 0 : mix(rmk_str_hash(cell), id);
}

static void
hash_rows(struct rmk_arena *a, struct rmk_match_side *s)
{
	s->hashes = RMK_NEW_N(a, uint64_t, s->t->nrows);
	s->ids = RMK_NEW_N(a, uint64_t, s->t->nrows);
	for (size_t r = 0; r < s->t->nrows; r++) {
		for (size_t c = 0; c < s->t->rows[r].ncells; c++)
			s->hashes[r] += cell_hash(s, r, c);
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
		    same_cells(m, o + 1, n))
			rmk_pairs_join(p, o + 1, n);
	}
	for (size_t o = p->nold; o-- > 1;) {
		size_t n = p->to_new[o];

		if (n != RMK_NONE && n > 0 && p->to_new[o - 1] == RMK_NONE &&
		    p->to_old[n - 1] == RMK_NONE &&
		    m->old.ids[o - 1] == m->new_.ids[n - 1] &&
		    same_cells(m, o - 1, n - 1))
			rmk_pairs_join(p, o - 1, n - 1);
	}
}

static struct rmk_pairing
step(struct rmk_match_rows *m, bool (*same)(void *ctx, size_t old, size_t new_))
{
	return (struct rmk_pairing){&m->m.rows, m->old.ids, m->new_.ids, same, m};
}

// Ids of the keys: of all rows, or of the unpaired only.
static void
key_ids(struct rmk_arena *a, struct rmk_match_side *s, const size_t *partner, bool whole)
{
	for (size_t r = 0; r < s->t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(s->doc, &s->t->rows[r], s->key);

		s->ids[r] = cell.n == 0 || (!whole && partner[r] != RMK_NONE)
		                ? 0
		                : mix(rmk_str_hash(rmk_value_key(a, cell)), 0) | 1;
	}
}

// The bytes in cells both rows have in common (the column `but` aside), and in all.
static size_t
common_bytes(const struct rmk_match_rows *m, size_t old, size_t new_, size_t *total)
{
	const struct rmk_row *ro = &m->old.t->rows[old], *rn = &m->new_.t->rows[new_];
	size_t common = 0, in_old = 0, in_new = 0;

	for (size_t c = 0; c < ro->ncells; c++)
		in_old += ro->cells[c].len;
	for (size_t c = 0; c < rn->ncells; c++)
		in_new += rn->cells[c].len;
	for (size_t c = 0; c < m->old.t->ncols && c < ro->ncells; c++) {
		size_t cn = m->m.cols.to_new[c];
		struct rmk_str cell = rmk_doc_cell(m->old.doc, ro, c);

		if (cn != RMK_NONE && c != m->but &&
		    rmk_str_eq(cell, rmk_doc_cell(m->new_.doc, rn, cn)))
			common += cell.n;
	}
	*total = in_old > in_new ? in_old : in_new;
	return common;
}

static struct rmk_str
key_of(const struct rmk_match_side *s, size_t row)
{
	return rmk_doc_cell(s->doc, &s->t->rows[row], s->key);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

// "Task 12" and "Task 13" are two tasks.
static bool
same_digits(struct rmk_str x, struct rmk_str y)
{
	for (size_t i = 0, j = 0;; i++, j++) {
		while (i < x.n && !is_digit(x.s[i]))
			i++;
		while (j < y.n && !is_digit(y.s[j]))
			j++;
		if (i == x.n || j == y.n)
			return i == x.n && j == y.n;
		if (x.s[i] != y.s[j])
			return false;
	}
}

// The same word, spelled a little differently.
static bool
keys_alike(const struct rmk_match_rows *m, size_t old, size_t new_)
{
	struct rmk_str ko = key_of(&m->old, old), kn = key_of(&m->new_, new_);
	unsigned most = ko.n < 32 ? (unsigned)(ko.n / 4) : 8;

	return ko.n < 256 && kn.n < 256 && same_digits(ko, kn) &&
	       rmk_str_distance(ko, kn, most) <= most;
}

static bool
shares_telling_cell(const struct rmk_match_rows *m, size_t old, size_t new_)
{
	const struct rmk_row *ro = &m->old.t->rows[old], *rn = &m->new_.t->rows[new_];

	for (size_t c = 0; c < m->old.t->ncols && c < ro->ncells; c++) {
		size_t cn = m->m.cols.to_new[c];

		if (cn != RMK_NONE && c != m->old.key &&
		    ro->cells[c].len >= TELLING_ALONE && same_cell(m, ro, c, rn, cn))
			return true;
	}
	return false;
}

static bool
same_but_one(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;
	size_t total;

	if (!same_cells(m, old, new_) || common_bytes(m, old, new_, &total) < TELLING)
		return false;
	return m->but != m->old.key || keys_alike(m, old, new_) ||
	       shares_telling_cell(m, old, new_);
}

// Ids of what a row holds beside column col: of all rows, or of the unpaired only.
static void
but_ids(struct rmk_match_side *s, size_t col, const size_t *partner, bool whole)
{
	for (size_t r = 0; r < s->t->nrows; r++)
		s->ids[r] = whole || partner[r] == RMK_NONE
		                ? s->hashes[r] - cell_hash(s, r, col)
		                : 0;
}

// All cells the same but one. For the key column the rest must be the only one of its
// kind in the whole table, since that is all that speaks for the row being the same.
static void
pair_but_one(struct rmk_match_rows *m)
{
	struct rmk_pairing by = step(m, same_but_one);

	for (size_t c = 0; c < m->old.t->ncols && c < RMK_COLS_TRIED; c++) {
		size_t cn = m->m.cols.to_new[c];
		bool whole = c == m->old.key;

		if (cn == RMK_NONE)
			continue;
		but_ids(&m->old, c, m->m.rows.to_new, whole);
		but_ids(&m->new_, cn, m->m.rows.to_old, whole);
		m->but = c;
		rmk_pair_unique(m->a, &by, whole);
		m->but = RMK_NONE;
	}
}

// The first link of a row as it is written.
static struct rmk_str
first_link(struct rmk_str line)
{
	size_t at = rmk_str_find(line, RMK_STR("://")), end = at;

	if (at == RMK_NONE)
		return (struct rmk_str){0};
	while (at > 0 && !strchr(" \t|([<\"'", line.s[at - 1]))
		at--;
	while (end < line.n && !strchr(" \t|)]>\"'", line.s[end]))
		end++;
	return rmk_str_part(line, at, end - at);
}

// Ids of the links: of all rows, or of the unpaired only.
static void
link_ids(struct rmk_match_side *s, const size_t *partner, bool whole)
{
	for (size_t r = 0; r < s->t->nrows; r++) {
		struct rmk_str link = {0};

		if (whole || partner[r] == RMK_NONE)
			link = first_link(rmk_doc_str(s->doc, s->t->rows[r].span));
		s->ids[r] = link.n ? mix(rmk_str_hash(link), 0) | 1 : 0;
	}
}

static size_t
link_col(const struct rmk_match_side *s, size_t row)
{
	const struct rmk_row *r = &s->t->rows[row];
	size_t c = 0;

	while (c < r->ncells &&
	       rmk_str_find(rmk_doc_str(s->doc, r->cells[c]), RMK_STR("://")) == RMK_NONE)
		c++;
	return c < s->t->ncols ? c : RMK_NONE;
}

static bool
link_in_same_column(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;
	size_t co = link_col(&m->old, old), cn = link_col(&m->new_, new_);

	return co != RMK_NONE && cn != RMK_NONE && m->m.cols.to_new[co] == cn;
}

static bool
note_only(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;

	m->noted |= link_in_same_column(m, old, new_);
	return false;
}

// A link that only they hold. Rows that have partners are asked too, but only where there
// is something to ask for: most rows have partners.
static void
pair_by_link(struct rmk_match_rows *m)
{
	struct rmk_pairing by = step(m, note_only);

	m->noted = false;
	link_ids(&m->old, m->m.rows.to_new, false);
	link_ids(&m->new_, m->m.rows.to_old, false);
	rmk_pair_unique(m->a, &by, false);
	if (!m->noted)
		return;
	link_ids(&m->old, m->m.rows.to_new, true);
	link_ids(&m->new_, m->m.rows.to_old, true);
	by.same = link_in_same_column;
	rmk_pair_unique(m->a, &by, true);
}

static bool
half_the_same(void *ctx, size_t old, size_t new_)
{
	size_t total, common = common_bytes(ctx, old, new_, &total);

	return common * 2 >= total;
}

// Another key is another row, unless it is the same word spelled a little differently, or
// there is none, or keys name no rows and what is left tells.
static bool
similar(struct rmk_match_rows *m, size_t old, size_t new_)
{
	struct rmk_str ko = key_of(&m->old, old), kn = key_of(&m->new_, new_);

	if (!half_the_same(m, old, new_))
		return false;
	if (keys_alike(m, old, new_))
		return true;
	return !m->m.key_sound &&
	       (ko.n == 0 || kn.n == 0 || shares_telling_cell(m, old, new_));
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
			if (similar(m, old, n)) {
				rmk_pairs_join(p, old, n);
				new_ = n + 1;
				break;
			}
		}
	}
}

static bool
rows_left(const struct rmk_match_rows *m)
{
	return rmk_pairs_some_left(m->m.rows.to_new, m->m.rows.nold) &&
	       rmk_pairs_some_left(m->m.rows.to_old, m->m.rows.nnew);
}

static void
pair_changed(struct rmk_match_rows *m)
{
	struct rmk_pairing by = step(m, NULL);

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
		by.same = half_the_same;
		rmk_pair_in_order(m->a, &by, true);
	}
	// Where some keys stand several times, those that stand once still name a row.
	if (rows_left(m) && !m->m.key_sound) {
		key_ids(m->a, &m->old, m->m.rows.to_new, true);
		key_ids(m->a, &m->new_, m->m.rows.to_old, true);
		by.same = NULL;
		rmk_pair_unique(m->a, &by, true);
	}
	if (rows_left(m))
		pair_in_gaps(m);
}

static void
pair_rows(struct rmk_match_rows *m)
{
	struct rmk_pairing by;

	hash_rows(m->a, &m->old);
	hash_rows(m->a, &m->new_);
	by = step(m, same_cells);
	rmk_pair_unique(m->a, &by, false);
	if (!rows_left(m))
		return;
	pair_beside(m);
	m->m.unsure = rmk_pair_in_order(m->a, &by, false);
	if (m->old.key != RMK_NONE && rows_left(m))
		pair_changed(m);
}

struct rmk_table_match
rmk_match_table(struct rmk_arena *a, const struct rmk_doc *old, size_t told,
    const struct rmk_doc *new_, size_t tnew)
{
	return rmk_match_table_by(a, old, told, new_, tnew, RMK_NONE);
}

struct rmk_table_match
rmk_match_table_by(struct rmk_arena *a, const struct rmk_doc *old, size_t told,
    const struct rmk_doc *new_, size_t tnew, size_t key)
{
	struct rmk_match_rows m = {.a = a,
	    .old = {.doc = old, .t = &old->tables[told]},
	    .new_ = {.doc = new_, .t = &new_->tables[tnew]},
	    .wished = key,
	    .but = RMK_NONE};
	struct rmk_arena_mark mark;

	m.m.cols = rmk_pairs_new(a, m.old.t->ncols, m.new_.t->ncols);
	m.m.rows = rmk_pairs_new(a, m.old.t->nrows, m.new_.t->nrows);
	mark = rmk_arena_mark(a);
	rmk_match_columns(&m);
	rmk_match_key(&m);
	pair_rows(&m);
	rmk_arena_reset(a, mark);
	return m.m;
}
