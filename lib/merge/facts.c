// What a clean merge must say, asked of the four texts alone.
//
//	base  ours  theirs   result
//	 1     0      1        0      a side took it away
//	 0     1      0        1      a side wrote it
//	 1     1      1        1      both kept it, once
//
// In how many rows a text is a cell. Who matched which row with which is not asked, so that
// a wrong match is found here, whatever led to it. Only texts that stand at most once in each
// version decide; of others nothing can be known.
//
// A row that is one line in all four says of a text that is nowhere else the same of each: such
// rows are only looked at for the texts of all others.
#include "merge/merge_internal.h"

#include "base/hash_index.h"
#include "base/sieve.h"
#include "diff/same_lines.h"

#include <string.h>

struct fact {
	struct rmk_str text;
	uint8_t times[4];             // base, ours, theirs, result; 2: more than once
	const struct rmk_row *last;   // that was counted: a row counts once
	const struct rmk_row *row[2]; // of the result
};

struct facts {
	struct rmk_arena *a;
	struct rmk_hash_index index; // by text
	struct fact *v;
	size_t n, cap;
	struct rmk_sieve may; // texts that are in v
};

// The rows of one version.
struct fact_rows {
	struct rmk_row_list list;
	bool *same; // [list.n] it is one line in all four
};

struct fact_wanted {
	const struct facts *f;
	struct rmk_str text;
};

static bool
facts_same_text(const void *ctx, size_t item)
{
	const struct fact_wanted *w = ctx;

	return rmk_str_eq(w->f->v[item].text, w->text);
}

static uint64_t
facts_hash(const struct facts *f, struct rmk_str text)
{
	return rmk_str_hash_seeded(text, rmk_hash_index_seed(&f->index));
}

static struct fact *
facts_put(struct facts *f, struct rmk_str text)
{
	struct fact_wanted wanted = {f, text};
	size_t at = rmk_hash_index_put(
	    &f->index, facts_hash(f, text), f->n, facts_same_text, &wanted);

	if (at == f->n) {
		*RMK_PUSH(f->a, f->v, f->n, f->cap) = (struct fact){.text = text};
		rmk_sieve_add(&f->may, text);
	}
	return &f->v[at];
}

static struct fact *
facts_get(const struct facts *f, struct rmk_str text)
{
	struct fact_wanted wanted = {f, text};
	size_t at;

	if (!rmk_sieve_may(&f->may, text))
		return NULL;
	at = rmk_hash_index_get(&f->index, facts_hash(f, text), facts_same_text, &wanted);
	return at == RMK_NONE ? NULL : &f->v[at];
}

// Count a row of version `from`, and of those up to `to`.
static void
facts_count(struct fact *fact, int from, int to, const struct rmk_row *row)
{
	if (!fact || fact->last == row)
		return;
	fact->last = row;
	if (to == 3 && fact->times[3] < 2)
		fact->row[fact->times[3]] = row;
	for (int version = from; version <= to; version++)
		fact->times[version] = fact->times[version] ? 2 : 1;
}

// The texts of the rows that are no line of all four. Those of the result are counted later, in
// their order among all.
static void
add_rows(struct facts *f, const struct fact_rows *rows, int version)
{
	for (size_t r = 0; r < rows->list.n; r++) {
		const struct rmk_row *row = rows->list.v[r];

		for (size_t i = 0; i < row->ncells && !rows->same[r]; i++) {
			struct rmk_str cell = rmk_doc_str(rows->list.doc, row->cells[i]);
			struct fact *fact = rmk_merge_identifies(cell)
			                        ? facts_put(f, cell)
			                        : NULL;

			if (version < 3)
				facts_count(fact, version, version, row);
		}
	}
}

static void
count_result(struct facts *f, const struct fact_rows *rows)
{
	for (size_t r = 0; r < rows->list.n; r++) {
		const struct rmk_row *row = rows->list.v[r];

		for (size_t i = 0; i < row->ncells; i++)
			facts_count(
			    facts_get(f, rmk_doc_str(rows->list.doc, row->cells[i])),
			    rows->same[r] ? 0 : 3, 3, row);
	}
}

static void
facts_find_same(struct rmk_arena *a, struct fact_rows rows[4])
{
	struct rmk_pairs lines[4];

	for (int v = 1; v <= 3; v++) {
		lines[v] = rmk_pairs_new(a, rows[0].list.n, rows[v].list.n);
		rmk_same_lines(&rows[0].list, &rows[v].list, &lines[v]);
	}
	for (size_t b = 0; b < rows[0].list.n; b++) {
		size_t o = lines[1].to_new[b], t = lines[2].to_new[b],
		       r = lines[3].to_new[b];

		if (o != RMK_NONE && t != RMK_NONE && r != RMK_NONE)
			rows[0].same[b] = rows[1].same[o] = rows[2].same[t] =
			    rows[3].same[r] = true;
	}
}

static void
facts_fill(struct facts *f, const struct rmk_merge_file *m, const struct rmk_doc *result)
{
	struct fact_rows rows[4];

	for (int v = 0; v <= 3; v++) {
		const struct rmk_doc *doc = v == 3 ? result : m->docs[v];

		rows[v].list = rmk_row_list_of(f->a, doc, doc->tables, doc->ntables);
		rows[v].same = RMK_NEW_N(f->a, bool, rows[v].list.n);
	}
	facts_find_same(f->a, rows);
	for (int v = 0; v <= 3; v++)
		add_rows(f, &rows[v], v);
	count_result(f, &rows[3]);
}

// --- what is wrong ----------------------------------------------------------------------------

static size_t
bytes_of(const struct rmk_row *row)
{
	size_t bytes = 0;

	for (size_t i = 0; i < row->ncells; i++)
		bytes += row->cells[i].len;
	return bytes;
}

// How much of a row, in bytes, is in another, in whatever column.
static size_t
bytes_in_common(
    const struct rmk_doc *doc, const struct rmk_row *x, const struct rmk_row *y)
{
	size_t common = 0;

	for (size_t i = 0; i < x->ncells; i++) {
		struct rmk_str cell = rmk_doc_str(doc, x->cells[i]);
		bool found = false;

		for (size_t j = 0; j < y->ncells && !found; j++)
			found = rmk_str_eq(cell, rmk_doc_str(doc, y->cells[j]));
		common += found ? cell.n : 0;
	}
	return common;
}

// Half of what the two rows of the result hold is the same, or all that one says, and their first
// cells do not say that they are two.
static bool
are_alike(const struct fact *f, const struct rmk_doc *doc)
{
	const struct rmk_row *x = f->row[0], *y = f->row[1];
	struct rmk_str first = rmk_doc_cell(doc, x, 0), other = rmk_doc_cell(doc, y, 0);
	size_t in_x = bytes_of(x), in_y = bytes_of(y), of_x, of_y;

	if (rmk_merge_identifies(first) && rmk_merge_identifies(other) &&
	    !rmk_str_eq(first, other))
		return false;
	of_x = bytes_in_common(doc, x, y);
	of_y = bytes_in_common(doc, y, x);
	return of_x == in_x || of_y == in_y ||
	       (of_x < of_y ? of_x : of_y) * 2 >= (in_x > in_y ? in_x : in_y);
}

// Whether a row of the result has a first cell that base has not.
static bool
is_new_row(const struct facts *all, const struct rmk_doc *doc, const struct rmk_row *row)
{
	struct rmk_str first = rmk_doc_cell(doc, row, 0);
	const struct fact *fact = facts_get(all, first);

	return fact && fact->times[RMK_BASE] == 0;
}

// What base had in one row, and each side has in one, is in two that are new: both sides
// moved it, each to a row of its own.
static bool
moved_twice(const struct facts *all, const struct fact *f, const struct rmk_doc *doc)
{
	return f->times[RMK_BASE] && f->times[RMK_OURS] && f->times[RMK_THEIRS] &&
	       is_new_row(all, doc, f->row[0]) && is_new_row(all, doc, f->row[1]);
}

// Where a row went to another table and was changed, any text that stands twice may be of it.
static const char *
what_is_wrong(const struct facts *all, const struct fact *f, const struct rmk_doc *result,
    const struct rmk_merge_file *m, bool may_lose)
{
	bool b = f->times[RMK_BASE], o = f->times[RMK_OURS], t = f->times[RMK_THEIRS];
	bool want = b ? o && t : o || t;

	if (f->times[RMK_BASE] > 1 || f->times[RMK_OURS] > 1 || f->times[RMK_THEIRS] > 1)
		return NULL;
	if (f->times[3] && !want)
		return "what one side took away would be back";
	if (!f->times[3] && want && !may_lose &&
	    rmk_str_find(result->text, f->text) == RMK_NONE)
		return "what one side wrote would be lost";
	if (f->times[3] > 1 && ((m->rows_moved && b && o && t) ||
				   moved_twice(all, f, result) || are_alike(f, result)))
		return "a row would stand twice";
	return NULL;
}

// A column declared `merge furthest` gives up what the other side wrote.
static bool
has_furthest(const struct rmk_merge_file *m)
{
	for (size_t i = 0; i < m->nextracted; i++) {
		const struct rmk_schema *s = m->extracted[i].plan
		                                 ? m->extracted[i].plan->schema[RMK_OURS]
		                                 : NULL;

		for (size_t c = 0; s && c < m->extracted[i].plan->v[RMK_OURS].t->ncols;
		     c++) {
			if (s->fields[c].furthest)
				return true;
		}
	}
	return false;
}

const char *
rmk_merge_facts(struct rmk_merge_file *m, struct rmk_str result)
{
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct facts f = {.a = m->a, .index = {.arena = m->a}};
	bool may_lose = has_furthest(m);
	const char *wrong = NULL;
	struct rmk_gaps gaps;
	struct rmk_doc *doc;

	doc = m->checked;
	if ((!doc || !rmk_str_eq(doc->text, result)) &&
	    rmk_doc_parse(m->a, m->path, result, 0, &doc, NULL))
		return "the result cannot be read";
	rmk_merge_close_gaps(m->a, &doc, &gaps);
	facts_fill(&f, m, doc);
	if (rmk_merge_doubles_a_table(m, doc))
		wrong = "a table would stand twice";
	for (size_t i = 0; i < f.n && !wrong; i++)
		wrong = what_is_wrong(&f, &f.v[i], doc, m, may_lose);
	rmk_arena_reset(m->a, mark);
	return wrong;
}
