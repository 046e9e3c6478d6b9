// Which columns of two tables are the same, and which one names the rows.
#include "diff/match_rows.h"

#include "base/hash_index.h"
#include "base/map.h"
#include "table/value.h"

// --- columns --------------------------------------------------------------------

static struct rmk_str
columns_label_key(struct rmk_arena *a, const struct rmk_match_side *s, size_t col)
{
	return rmk_value_key(a, rmk_doc_cell(s->doc, &s->t->header, col));
}

static void
label_ids(struct rmk_arena *a, const struct rmk_match_side *s, uint64_t *ids)
{
	for (size_t c = 0; c < s->t->ncols; c++)
		ids[c] = rmk_str_hash_seeded(columns_label_key(a, s, c), s->seed) | 1;
}

static bool
columns_same_label(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;

	return rmk_str_eq(columns_label_key(m->a, &m->old, old),
	    columns_label_key(m->a, &m->new_, new_));
}

// What two columns have in common.
struct likeness {
	size_t nold, nnew; // cells with text
	size_t shared;     // cells of one whose text the other holds too, each once
	size_t kinds;      // different texts, of the one that has fewer
	size_t in_place;   // rows, counted from the top, that hold the same text in both
};

// How often each text is in a column, and how many cells have any.
static size_t
match_columns_count(const struct rmk_match_side *s, size_t col, struct rmk_map *bag)
{
	size_t cells = 0;

	for (size_t r = 0; r < s->t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(s->doc, &s->t->rows[r], col);
		size_t *n;

		if (cell.n == 0)
			continue;
		cells++;
		n = rmk_map_put(bag, cell);
		*n = *n == RMK_NONE ? 1 : *n + 1;
	}
	return cells;
}

static size_t
shared(const struct rmk_map *x, const struct rmk_map *y)
{
	size_t sum = 0;

	for (size_t i = 0; i < x->n; i++) {
		size_t n = rmk_map_get(y, x->entries[i].key);

		if (n != RMK_NONE)
			sum += n < x->entries[i].value ? n : x->entries[i].value;
	}
	return sum;
}

static size_t
in_place(const struct rmk_match_rows *m, size_t old, size_t new_)
{
	size_t n = 0;

	for (size_t r = 0; r < m->old.t->nrows && r < m->new_.t->nrows; r++)
		n += rmk_str_eq(rmk_doc_cell(m->old.doc, &m->old.t->rows[r], old),
		    rmk_doc_cell(m->new_.doc, &m->new_.t->rows[r], new_));
	return n;
}

static struct likeness
likeness_of(struct rmk_match_rows *m, size_t old, size_t new_)
{
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct rmk_map was = {.arena = m->a}, is = {.arena = m->a};
	struct likeness l = {0};

	l.nold = match_columns_count(&m->old, old, &was);
	l.nnew = match_columns_count(&m->new_, new_, &is);
	l.shared = shared(&was, &is);
	l.kinds = was.n < is.n ? was.n : is.n;
	l.in_place = in_place(m, old, new_);
	rmk_arena_reset(m->a, mark);
	return l;
}

// Texts that are mostly different say by themselves whether a column is the same.
static bool
mostly_differ(const struct likeness *l)
{
	return l->kinds > 3 && l->kinds * 2 > l->nold && l->kinds * 2 > l->nnew;
}

static bool
share_half(const struct likeness *l)
{
	return l->shared * 2 >= l->nold && l->shared * 2 >= l->nnew;
}

// A renamed column still holds what it held. Where its texts are few (yes and no), each must still
// stand in its row, since any two such columns share most of their texts.
static bool
same_values(const struct rmk_match_rows *m, const struct likeness *l)
{
	size_t least = m->old.t->nrows < m->new_.t->nrows ? m->old.t->nrows
	                                                  : m->new_.t->nrows;

	if (l->nold == 0 || l->nnew == 0)
		return !m->doubting && l->nold == l->nnew;
	if (mostly_differ(l))
		return share_half(l);
	return l->kinds > 1 && l->in_place * 10 >= least * 9;
}

// The column of a run, from new_ on, that holds what an old one held: where more than one does, the
// one in which more rows still say it. A merge takes none where two are as good.
static size_t
find_renamed(struct rmk_match_rows *m, size_t old, size_t new_, size_t *tries)
{
	const struct rmk_pairs *p = &m->m.cols;
	size_t found = RMK_NONE, most = 0;
	bool tied = false;

	for (size_t c = new_;
	     c < p->nnew && c < new_ + RMK_AHEAD && p->to_old[c] == RMK_NONE && *tries;
	     c++, --*tries) {
		struct likeness l = likeness_of(m, old, c);

		if (!same_values(m, &l))
			continue;
		tied = found != RMK_NONE &&
		       (l.in_place == most || (tied && l.in_place < most));
		if (found == RMK_NONE || l.in_place > most) {
			found = c;
			most = l.in_place;
		}
	}
	return tied && m->doubting ? RMK_NONE : found;
}

// A run of unpaired columns against the run at the same place on the other side: one
// that was renamed still holds what it held.
static void
pair_renamed(struct rmk_match_rows *m)
{
	struct rmk_pairs *p = &m->m.cols;
	size_t new_ = 0, tries = RMK_COLS_TRIED;

	for (size_t old = 0; old < p->nold && tries; old++) {
		size_t c = p->to_new[old];

		if (c == RMK_NONE) {
			c = find_renamed(m, old, new_, &tries);
			if (c != RMK_NONE)
				rmk_pairs_join(p, old, c);
		}
		new_ = c == RMK_NONE ? new_ : c + 1;
	}
}

// The one column without a partner that holds what an old one held, wherever it stands; RMK_NONE:
// none, or more than one.
static size_t
find_moved(struct rmk_match_rows *m, size_t old, size_t *tries)
{
	size_t found = RMK_NONE;

	for (size_t c = 0; c < m->m.cols.nnew && *tries; c++) {
		struct likeness l;

		if (m->m.cols.to_old[c] != RMK_NONE)
			continue;
		--*tries;
		l = likeness_of(m, old, c);
		if (!mostly_differ(&l) || !share_half(&l))
			continue;
		if (found != RMK_NONE)
			return RMK_NONE;
		found = c;
	}
	return found;
}

// Columns that were renamed and moved as well.
static void
pair_moved_columns(struct rmk_match_rows *m)
{
	size_t tries = RMK_COLS_TRIED;

	for (size_t old = 0; old < m->m.cols.nold && tries; old++) {
		size_t c = m->m.cols.to_new[old] == RMK_NONE ? find_moved(m, old, &tries)
		                                             : RMK_NONE;

		if (c != RMK_NONE)
			rmk_pairs_join(&m->m.cols, old, c);
	}
}

void
rmk_match_columns(struct rmk_match_rows *m)
{
	uint64_t *old_ids = RMK_NEW_N(m->a, uint64_t, m->old.t->ncols);
	uint64_t *new_ids = RMK_NEW_N(m->a, uint64_t, m->new_.t->ncols);
	struct rmk_pairing by = {.pairs = &m->m.cols,
	    .old_ids = old_ids,
	    .new_ids = new_ids,
	    .same = columns_same_label,
	    .ctx = m};
	size_t *ids;

	label_ids(m->a, &m->old, old_ids);
	label_ids(m->a, &m->new_, new_ids);
	rmk_pair_in_order(m->a, &by, false);
	pair_renamed(m);
	pair_moved_columns(m);
	ids = RMK_NEW_N(m->a, size_t, m->old.t->ncols);
	for (size_t c = 0; c < m->old.t->ncols; c++)
		ids[c] = m->m.cols.to_new[c] == RMK_NONE ? RMK_NONE : c;
	m->old.col_id = ids;
	m->new_.col_id = m->m.cols.to_old;
}

// --- the key column -------------------------------------------------------------

// The values of a column of both sides: rows of the old one, then those of the new one.
struct key_set {
	const struct rmk_match_rows *m;
	size_t old, new_;   // the column
	struct rmk_str key; // that is looked for
};

static struct rmk_str
key_cell(const struct key_set *k, size_t item)
{
	const struct rmk_match_side *s = &k->m->old;
	size_t col = k->old;

	if (item >= s->t->nrows) {
		item -= s->t->nrows;
		s = &k->m->new_;
		col = k->new_;
	}
	return rmk_doc_cell(s->doc, &s->t->rows[item], col);
}

static bool
key_is(const void *ctx, size_t item)
{
	const struct key_set *k = ctx;

	return rmk_str_eq(rmk_value_key(k->m->a, key_cell(k, item)), k->key);
}

// The row of this key in one index, or RMK_NONE; put: item itself is put in where there is none.
static size_t
key_find(struct key_set *k, struct rmk_hash_index *index, size_t item, bool put)
{
	struct rmk_arena_mark mark = rmk_arena_mark(k->m->a);
	uint64_t hash;
	size_t found;

	k->key = rmk_value_key(k->m->a, key_cell(k, item));
	hash = rmk_str_hash_seeded(k->key, rmk_hash_index_seed(index));
	found = put ? rmk_hash_index_put(index, hash, item, key_is, k)
	            : rmk_hash_index_get(index, hash, key_is, k);
	rmk_arena_reset(k->m->a, mark);
	return found;
}

static bool
old_differ(struct key_set *k, struct rmk_hash_index *old)
{
	size_t n = k->m->old.t->nrows;
	bool ok = true;

	rmk_hash_index_reserve(old, n + 1); // nothing grows while keys are looked for
	for (size_t r = 0; ok && r < n; r++)
		ok = key_cell(k, r).n && key_find(k, old, r, true) == r;
	return ok;
}

// What an old row says may be said by one new row. Rows that are one line in both need not be
// looked at.
static bool
new_differ(struct key_set *k, struct rmk_hash_index *old)
{
	const struct rmk_pairs *lines = &k->m->m.lines;
	struct rmk_hash_index seen = {.arena = k->m->a};
	size_t most = 0;
	bool ok = true;

	for (size_t r = 0; r < lines->nnew; r++)
		most += lines->to_old[r] == RMK_NONE;
	rmk_hash_index_reserve(&seen, most + 1);
	for (size_t r = 0; ok && r < lines->nnew; r++) {
		size_t item = lines->nold + r, was;

		if (lines->to_old[r] != RMK_NONE)
			continue;
		was = key_find(k, old, item, false);
		ok = key_cell(k, item).n && key_find(k, &seen, item, true) == item &&
		     (was == RMK_NONE || lines->to_new[was] == RMK_NONE);
	}
	return ok;
}

static bool
keys_known(const struct rmk_known_keys *known, const struct rmk_table *t, size_t col)
{
	for (size_t i = 0; i < known->n; i++) {
		if (known->differ[i].t == t && known->differ[i].col == col)
			return true;
	}
	return false;
}

static void
keys_note(struct rmk_known_keys *known, const struct rmk_table *t, size_t col)
{
	if (known->n < 3 && !keys_known(known, t, col))
		known->differ[known->n++] = (struct rmk_key_column){t, col};
}

static bool
look_at_keys(struct key_set *k, struct rmk_known_keys *known)
{
	struct rmk_key_column old = {k->m->old.t, k->old};

	if (known->last.t != old.t || known->last.col != old.col || !known->last_differ) {
		known->index = (struct rmk_hash_index){.arena = known->index.arena};
		known->last = old;
		known->last_differ = old_differ(k, &known->index);
	}
	if (!known->last_differ || !new_differ(k, &known->index))
		return false;
	keys_note(known, old.t, old.col);
	keys_note(known, k->m->new_.t, k->new_);
	return true;
}

// Whether all values of a side are different as a reader sees them, to whom every [Link](..) is one
// word, and none is empty.
static bool
all_differ(const struct rmk_match_rows *m, size_t old, size_t new_)
{
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct rmk_known_keys unknown = {.index = {.arena = m->a}};
	struct rmk_known_keys *known = m->known ? m->known : &unknown;
	struct key_set k = {m, old, new_, {0}};
	bool ok = (keys_known(known, m->old.t, old) &&
		      keys_known(known, m->new_.t, new_)) ||
	          look_at_keys(&k, known);

	rmk_arena_reset(m->a, mark);
	return ok;
}

// Numbers that count up by one: they name a place and not a row. At least so many are needed.
static bool
counts_up(const struct rmk_match_side *s, size_t col, size_t least)
{
	uint32_t last = 0, number;

	for (size_t r = 0; r < s->t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(s->doc, &s->t->rows[r], col);

		if (!rmk_str_to_u32(cell, &number) || (r && number != last + 1))
			return false;
		last = number;
	}
	return s->t->nrows >= least;
}

// Whether a column can name rows of both sides, and is of running numbers in one. A merge takes
// even a single number for one of a row of numbers.
static bool
distinct(const struct rmk_match_rows *m, size_t old, size_t new_, bool *running)
{
	size_t least = m->doubting ? 1 : 2;

	*running = false;
	if (!all_differ(m, old, new_))
		return false;
	*running = counts_up(&m->old, old, least) || counts_up(&m->new_, new_, least);
	return true;
}

static size_t
declared_key(struct rmk_arena *a, const struct rmk_match_side *s)
{
	const struct rmk_schema *schema;

	if (s->t->decl.len == 0)
		return RMK_NONE;
	schema = rmk_schema_of(a, s->doc, (size_t)(s->t - s->doc->tables));
	return schema->key_declared ? schema->key : RMK_NONE;
}

static void
use_key(struct rmk_match_rows *m, size_t old, bool sound)
{
	m->m.old_key = m->old.key = old;
	m->m.new_key = m->new_.key = m->m.cols.to_new[old];
	m->m.key_sound = sound && !m->distrusting;
}

// The column by which people name rows, as the newer table has it, where it names each row
// once in both; else RMK_NONE.
static size_t
naming_key(struct rmk_match_rows *m)
{
	struct rmk_schema *schema = rmk_schema_of(
	    m->a, m->new_.doc, (size_t)(m->new_.t - m->new_.doc->tables));
	size_t new_ = schema->key, old;
	bool running;

	if (new_ >= m->new_.t->ncols || (old = m->m.cols.to_old[new_]) == RMK_NONE ||
	    !distinct(m, old, new_, &running) || (m->doubting && running))
		return RMK_NONE;
	return old;
}

// Declared, else the one people name rows by, else the first column of different values,
// running numbers last, else the first column both tables have. A merge does not trust running
// numbers: who takes a row out numbers the others anew.
void
rmk_match_key(struct rmk_match_rows *m)
{
	size_t old = m->wished != RMK_NONE ? m->wished : declared_key(m->a, &m->old);
	size_t new_ = declared_key(m->a, &m->new_);
	size_t fallback = RMK_NONE, first = RMK_NONE;
	bool running;

	m->old.key = m->new_.key = m->m.old_key = m->m.new_key = RMK_NONE;
	if (old == RMK_NO_KEY)
		return;
	if (old == RMK_NONE && new_ != RMK_NONE)
		old = m->m.cols.to_old[new_];
	if (old != RMK_NONE && m->m.cols.to_new[old] != RMK_NONE) {
		bool sound = distinct(m, old, m->m.cols.to_new[old], &running);

		if (m->doubting && sound && declared_key(m->a, &m->old) != old)
			sound = !running;
		use_key(m, old, sound);
		return;
	}
	old = naming_key(m);
	if (old != RMK_NONE) {
		use_key(m, old, true);
		return;
	}
	for (old = 0; old < m->old.t->ncols; old++) {
		new_ = m->m.cols.to_new[old];
		if (new_ == RMK_NONE)
			continue;
		if (first == RMK_NONE)
			first = old;
		if (!distinct(m, old, new_, &running))
			continue;
		if (!running) {
			use_key(m, old, true);
			return;
		}
		if (fallback == RMK_NONE)
			fallback = old;
	}
	if (fallback != RMK_NONE)
		use_key(m, fallback, !m->doubting);
	else if (first != RMK_NONE)
		use_key(m, first, false);
}
