// Which tables are the same, and which rows have moved.
//
// A heading may stand many times in a file ("Parameters"), so the headings above it
// count too; and where that does not tell, the rows do: a row that stands in one table
// only votes for it. Labels alone never join two tables: lists that are split into
// sections have equal labels everywhere, and a wrong pair would move one section's rows
// into another.
#include "diff/match_pairs.h"

#include "base/map.h"
#include "table/value.h"

struct side {
	const struct rmk_doc *doc;
	uint64_t *path;   // [nheadings] the heading and those above it
	uint64_t *labels; // [ntables]
	uint64_t *ids;    // [ntables] of the step at hand
};

struct tables {
	struct rmk_arena *a;
	struct side old, new_;
	struct rmk_pairs pairs;
};

static uint64_t
match_join(uint64_t above, uint64_t hash)
{
	uint64_t mixed = (above ^ hash) * UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ (mixed >> 29)) + hash;
	return mixed ? mixed : 1;
}

static uint64_t
hash_key(struct rmk_arena *a, struct rmk_str raw)
{
	return match_join(1, rmk_str_hash(rmk_value_key(a, raw)));
}

// Every heading's text joined with those of the headings it stands under.
static void
hash_headings(struct rmk_arena *a, struct side *s)
{
	uint64_t above[8] = {0};

	s->path = RMK_NEW_N(a, uint64_t, s->doc->nheadings);
	for (size_t i = 0; i < s->doc->nheadings; i++) {
		const struct rmk_heading *h = &s->doc->headings[i];

		s->path[i] = match_join(above[h->level - 1], hash_key(a, h->text));
		for (size_t l = h->level; l < 8; l++)
			above[l] = s->path[i];
	}
}

static void
hash_labels(struct rmk_arena *a, struct side *s)
{
	s->labels = RMK_NEW_N(a, uint64_t, s->doc->ntables);
	s->ids = RMK_NEW_N(a, uint64_t, s->doc->ntables);
	for (size_t t = 0; t < s->doc->ntables; t++) {
		const struct rmk_table *table = &s->doc->tables[t];

		s->labels[t] = 1;
		for (size_t c = 0; c < table->ncols; c++)
			s->labels[t] = match_join(s->labels[t],
			    hash_key(a, rmk_doc_cell(s->doc, &table->header, c)));
	}
}

// --- steps ----------------------------------------------------------------------

static uint64_t
id_name(struct rmk_arena *a, const struct side *s, size_t t)
{
	struct rmk_str name;

	if (s->doc->tables[t].decl.len == 0)
		return 0;
	name = rmk_schema_of(a, s->doc, t)->name;
	return name.n ? match_join(2, rmk_str_hash(name)) : 0;
}

static uint64_t
id_path(struct rmk_arena *a, const struct side *s, size_t t)
{
	size_t h = s->doc->tables[t].heading;

	(void)a;
	return h == RMK_NONE ? 3 : s->path[h];
}

static uint64_t
id_path_labels(struct rmk_arena *a, const struct side *s, size_t t)
{
	return match_join(id_path(a, s, t), s->labels[t]);
}

// The heading alone, for when those above it were re-worded.
static uint64_t
id_heading(struct rmk_arena *a, const struct side *s, size_t t)
{
	size_t h = s->doc->tables[t].heading;

	return h == RMK_NONE ? 0 : hash_key(a, s->doc->headings[h].text);
}

static uint64_t
id_heading_labels(struct rmk_arena *a, const struct side *s, size_t t)
{
	uint64_t heading = id_heading(a, s, t);

	return heading ? match_join(heading, s->labels[t]) : 0;
}

static uint64_t
id_labels(struct rmk_arena *a, const struct side *s, size_t t)
{
	(void)a;
	return s->labels[t];
}

static bool
shares_label(void *ctx, size_t old, size_t new_)
{
	struct tables *m = ctx;
	const struct rmk_table *to = &m->old.doc->tables[old];
	const struct rmk_table *tn = &m->new_.doc->tables[new_];
	struct rmk_map labels = {.arena = m->a};

	for (size_t c = 0; c < to->ncols; c++)
		*rmk_map_put(&labels,
		    rmk_value_key(m->a, rmk_doc_cell(m->old.doc, &to->header, c))) = c;
	for (size_t c = 0; c < tn->ncols; c++) {
		struct rmk_str label = rmk_doc_cell(m->new_.doc, &tn->header, c);

		if (rmk_map_get(&labels, rmk_value_key(m->a, label)) != RMK_NONE)
			return true;
	}
	return false;
}

static struct rmk_pairing
match_step(
    struct tables *m, uint64_t (*id)(struct rmk_arena *, const struct side *, size_t))
{
	for (size_t t = 0; t < m->pairs.nold; t++)
		m->old.ids[t] = id(m->a, &m->old, t);
	for (size_t t = 0; t < m->pairs.nnew; t++)
		m->new_.ids[t] = id(m->a, &m->new_, t);
	return (struct rmk_pairing){&m->pairs, m->old.ids, m->new_.ids, NULL, m};
}

// --- votes ----------------------------------------------------------------------

// What a row votes with: all its cells, or its first one.
static uint64_t
row_hash(const struct rmk_doc *doc, const struct rmk_row *row, bool first_only)
{
	uint64_t hash = 1;
	bool some = false;

	for (size_t c = 0; c < row->ncells && (c == 0 || !first_only); c++) {
		struct rmk_str cell = rmk_doc_cell(doc, row, c);

		hash = match_join(hash, rmk_str_hash(cell));
		some |= cell.n > 0;
	}
	return some ? hash : 0;
}

// Where a row's hash stands among the unpaired old tables: in one, or in several.
#define SEVERAL (RMK_NONE - 1)

static uint64_t *
owners_of(struct tables *m, bool first_only, struct rmk_map *owners)
{
	const struct rmk_doc *doc = m->old.doc;
	uint64_t *hashes;
	size_t n = 0;

	for (size_t t = 0; t < doc->ntables; t++)
		n += doc->tables[t].nrows;
	hashes = RMK_NEW_N(m->a, uint64_t, n);
	n = 0;
	for (size_t t = 0; t < doc->ntables; t++) {
		if (m->pairs.to_new[t] != RMK_NONE)
			continue;
		for (size_t r = 0; r < doc->tables[t].nrows; r++) {
			uint64_t *h = &hashes[n++];
			size_t *owner;

			*h = row_hash(doc, &doc->tables[t].rows[r], first_only);
			owner = rmk_map_put(
			    owners, (struct rmk_str){(const char *)h, sizeof *h});
			*owner = *owner == RMK_NONE || *owner == t ? t : SEVERAL;
		}
	}
	return hashes;
}

// The old table most rows of a new one come from, and how many they are. counts is
// [ntables] of zeros, and is left so.
static size_t
count_votes(struct tables *m, size_t tnew, bool first_only, const struct rmk_map *owners,
    size_t *counts, size_t *best)
{
	const struct rmk_table *t = &m->new_.doc->tables[tnew];
	size_t most = 0;

	for (int clear = 0; clear < 2; clear++) {
		for (size_t r = 0; r < t->nrows; r++) {
			uint64_t h = row_hash(m->new_.doc, &t->rows[r], first_only);
			size_t owner =
			    h ? rmk_map_get(
				    owners, (struct rmk_str){(const char *)&h, sizeof h})
			      : RMK_NONE;

			if (owner >= SEVERAL)
				continue;
			counts[owner] = clear ? 0 : counts[owner] + 1;
			if (counts[owner] > most) {
				most = counts[owner];
				*best = owner;
			}
		}
	}
	return most;
}

// Join tables whose rows are largely the same; the larger share of rows first come.
static void
match_vote(struct tables *m, bool first_only)
{
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct rmk_map owners = {.arena = m->a};
	size_t *counts = RMK_NEW_N(m->a, size_t, m->pairs.nold);
	size_t *won = RMK_NEW_N(m->a, size_t, m->pairs.nold);
	size_t *winner = RMK_NEW_N(m->a, size_t, m->pairs.nold);

	owners_of(m, first_only, &owners);
	for (size_t t = 0; t < m->pairs.nnew; t++) {
		size_t best = 0, n, least;

		if (m->pairs.to_old[t] != RMK_NONE)
			continue;
		n = count_votes(m, t, first_only, &owners, counts, &best);
		if (n == 0)
			continue;
		least = m->old.doc->tables[best].nrows;
		if (m->new_.doc->tables[t].nrows < least)
			least = m->new_.doc->tables[t].nrows;
		if (n * (m->old.labels[best] == m->new_.labels[t] ? 4 : 2) < least)
			continue;
		if (n > won[best]) {
			won[best] = n;
			winner[best] = t;
		}
	}
	for (size_t t = 0; t < m->pairs.nold; t++) {
		if (won[t] && m->pairs.to_new[t] == RMK_NONE)
			rmk_pairs_join(&m->pairs, t, winner[t]);
	}
	rmk_arena_reset(m->a, mark);
}

struct rmk_pairs
rmk_match_tables(
    struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_doc *new_)
{
	struct tables m = {.a = a, .old = {.doc = old}, .new_ = {.doc = new_}};
	struct rmk_arena_mark mark;
	struct rmk_pairing by;

	m.pairs = rmk_pairs_new(a, old->ntables, new_->ntables);
	mark = rmk_arena_mark(a);
	hash_headings(a, &m.old);
	hash_headings(a, &m.new_);
	hash_labels(a, &m.old);
	hash_labels(a, &m.new_);

	by = match_step(&m, id_name);
	rmk_pair_unique(a, &by, true);
	by = match_step(&m, id_path_labels);
	rmk_pair_unique(a, &by, true);
	by = match_step(&m, id_heading_labels);
	rmk_pair_unique(a, &by, true);
	match_vote(&m, false);
	match_vote(&m, true);
	by = match_step(&m, id_path_labels);
	rmk_pair_in_order(a, &by, true);
	by = match_step(&m, id_heading_labels);
	rmk_pair_in_order(a, &by, true);
	by = match_step(&m, id_path);
	by.same = shares_label;
	rmk_pair_unique(a, &by, true);
	by = match_step(&m, id_heading);
	by.same = shares_label;
	rmk_pair_unique(a, &by, true);
	if (old->ntables == 1 && new_->ntables == 1) {
		by = match_step(&m, id_labels);
		rmk_pair_unique(a, &by, true);
	}
	rmk_arena_reset(a, mark);
	return m.pairs;
}

// --- moved rows -----------------------------------------------------------------

// A longest increasing run of old rows, by patience: the rows of it stay, all others
// have moved.
bool *
rmk_match_moved(struct rmk_arena *a, const struct rmk_pairs *rows)
{
	bool *moved = RMK_NEW_N(a, bool, rows->nnew);
	struct rmk_arena_mark mark = rmk_arena_mark(a);
	size_t *tail = RMK_NEW_N(a, size_t, rows->nnew); // new row that ends a run
	size_t *prev = RMK_NEW_N(a, size_t, rows->nnew); // the one before it in the run
	size_t n = 0;

	for (size_t i = 0; i < rows->nnew; i++) {
		size_t low = 0, high = n;

		if (rows->to_old[i] == RMK_NONE)
			continue;
		while (low < high) {
			size_t mid = (low + high) / 2;

			if (rows->to_old[tail[mid]] < rows->to_old[i])
				low = mid + 1;
			else
				high = mid;
		}
		prev[i] = low ? tail[low - 1] : RMK_NONE;
		tail[low] = i;
		n += low == n;
		moved[i] = true;
	}
	for (size_t i = n ? tail[n - 1] : RMK_NONE; i != RMK_NONE; i = prev[i])
		moved[i] = false;
	rmk_arena_reset(a, mark);
	return moved;
}
