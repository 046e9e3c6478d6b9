// Which tables are the same, and which rows have moved.
//
// A heading may stand many times in a file ("Parameters"), so the headings above it
// count too; and where that does not decide, the rows do: a row that is in one table
// only votes for it. Labels alone never join two tables: lists that are split into
// sections have equal labels everywhere, and a wrong pair would move one section's rows
// into another.
#include "diff/match_pairs.h"

#include "base/buf.h"
#include "base/map.h"
#include "table/value.h"

#include <string.h>

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
	struct rmk_map numbers; // see number_of
};

// The number of a text under another number, from 1: equal texts under the same one have
// the same, and others have others, which no hash can promise.
static uint64_t
number_of(struct tables *m, uint64_t above, struct rmk_str text)
{
	char *key = rmk_arena_alloc(m->a, sizeof above + text.n);
	size_t *number;

	memcpy(key, &above, sizeof above);
	if (text.n)
		memcpy(key + sizeof above, text.s, text.n);
	number = rmk_map_put(&m->numbers, (struct rmk_str){key, sizeof above + text.n});
	if (*number == RMK_NONE)
		*number = m->numbers.n;
	return *number;
}

static uint64_t
number_of_cell(struct tables *m, uint64_t above, struct rmk_str raw)
{
	return number_of(m, above, rmk_value_key(m->a, raw));
}

// Every heading's text joined with those of the headings it is under.
static void
number_headings(struct tables *m, struct side *s)
{
	uint64_t above[8] = {0};

	s->path = RMK_NEW_N(m->a, uint64_t, s->doc->nheadings);
	for (size_t i = 0; i < s->doc->nheadings; i++) {
		const struct rmk_heading *h = &s->doc->headings[i];

		s->path[i] = number_of_cell(m, above[h->level - 1], h->text);
		for (size_t l = h->level; l < 8; l++)
			above[l] = s->path[i];
	}
}

static void
number_labels(struct tables *m, struct side *s)
{
	s->labels = RMK_NEW_N(m->a, uint64_t, s->doc->ntables);
	s->ids = RMK_NEW_N(m->a, uint64_t, s->doc->ntables);
	for (size_t t = 0; t < s->doc->ntables; t++) {
		const struct rmk_table *table = &s->doc->tables[t];

		for (size_t c = 0; c < table->ncols; c++)
			s->labels[t] = number_of_cell(
			    m, s->labels[t], rmk_doc_cell(s->doc, &table->header, c));
	}
}

// --- steps ----------------------------------------------------------------------

static uint64_t
id_name(struct tables *m, const struct side *s, size_t t)
{
	struct rmk_str name;

	if (s->doc->tables[t].decl.len == 0)
		return 0;
	name = rmk_schema_of(m->a, s->doc, t)->name;
	return name.n ? number_of(m, 0, name) : 0;
}

static uint64_t
id_path(struct tables *m, const struct side *s, size_t t)
{
	size_t h = s->doc->tables[t].heading;

	return h == RMK_NONE ? number_of(m, 0, RMK_STR("\n")) : s->path[h];
}

static uint64_t
with_labels(struct tables *m, uint64_t id, const struct side *s, size_t t)
{
	return number_of(
	    m, id, (struct rmk_str){(const char *)&s->labels[t], sizeof s->labels[t]});
}

static uint64_t
id_path_labels(struct tables *m, const struct side *s, size_t t)
{
	return with_labels(m, id_path(m, s, t), s, t);
}

// The heading alone, for when those above it were re-worded.
static uint64_t
id_heading(struct tables *m, const struct side *s, size_t t)
{
	size_t h = s->doc->tables[t].heading;

	return h == RMK_NONE ? 0 : number_of_cell(m, 0, s->doc->headings[h].text);
}

static uint64_t
id_heading_labels(struct tables *m, const struct side *s, size_t t)
{
	uint64_t heading = id_heading(m, s, t);

	return heading ? with_labels(m, heading, s, t) : 0;
}

static uint64_t
id_labels(struct tables *m, const struct side *s, size_t t)
{
	(void)m;
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
match_step(struct tables *m, uint64_t (*id)(struct tables *, const struct side *, size_t))
{
	for (size_t t = 0; t < m->pairs.nold; t++)
		m->old.ids[t] = id(m, &m->old, t);
	for (size_t t = 0; t < m->pairs.nnew; t++)
		m->new_.ids[t] = id(m, &m->new_, t);
	return (struct rmk_pairing){
	    .pairs = &m->pairs, .old_ids = m->old.ids, .new_ids = m->new_.ids, .ctx = m};
}

// --- votes ----------------------------------------------------------------------

// What a row votes with: all its cells, or its first one. NULL: nothing.
static struct rmk_str
vote_of(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_row *row,
    bool first_only)
{
	struct rmk_buf out = {.arena = a};
	bool some = false;

	for (size_t c = 0; c < row->ncells && (c == 0 || !first_only); c++) {
		struct rmk_str cell = rmk_doc_cell(doc, row, c);

		rmk_buf_add(&out, cell);
		rmk_buf_addc(&out, '\n');
		some |= cell.n > 0;
	}
	return some ? rmk_buf_str(&out) : (struct rmk_str){0};
}

// Where a row is among the unpaired old tables: in one, or in several.

static void
owners_of(struct tables *m, bool first_only, struct rmk_map *owners)
{
	const struct rmk_doc *doc = m->old.doc;

	for (size_t t = 0; t < doc->ntables; t++) {
		if (m->pairs.to_new[t] != RMK_NONE)
			continue;
		for (size_t r = 0; r < doc->tables[t].nrows; r++) {
			size_t *owner = rmk_map_put(owners,
			    vote_of(m->a, doc, &doc->tables[t].rows[r], first_only));

			*owner = *owner == RMK_NONE || *owner == t ? t : RMK_SEVERAL;
		}
	}
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
			struct rmk_arena_mark mark = rmk_arena_mark(m->a);
			struct rmk_str text = vote_of(
			    m->a, m->new_.doc, &t->rows[r], first_only);
			size_t owner = text.n ? rmk_map_get(owners, text) : RMK_NONE;

			rmk_arena_reset(m->a, mark);
			if (owner >= RMK_SEVERAL)
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
	m.numbers.arena = a;
	number_headings(&m, &m.old);
	number_headings(&m, &m.new_);
	number_labels(&m, &m.old);
	number_labels(&m, &m.new_);

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
		if (n && rows->to_old[tail[n - 1]] < rows->to_old[i])
			low = n; // most go on where the last one was
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
