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
#include "merge/facts.h"

#include <string.h>

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
facts_count(struct fact *fact, int from, int to, const struct fact_rows *rows, size_t r,
    size_t col)
{
	const struct rmk_row *row = rows->list.v[r];

	if (!fact || fact->last == row)
		return;
	fact->last = row;
	fact->place[to] = (struct fact_place){(uint32_t)r, (uint32_t)col};
	if (to == RMK_BASE)
		fact->of_base = row;
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
				facts_count(fact, version, version, rows, r, i);
		}
	}
}

// same: those too that are one line in all four.
static void
count_result(struct facts *f, const struct fact_rows *rows, bool same)
{
	for (size_t r = 0; r < rows->list.n; r++) {
		const struct rmk_row *row = rows->list.v[r];

		for (size_t i = 0; i < row->ncells && (same || !rows->same[r]); i++)
			facts_count(
			    facts_get(f, rmk_doc_str(rows->list.doc, row->cells[i])),
			    rows->same[r] ? 0 : 3, 3, rows, r, i);
	}
}

// Rows next to one that is no line of all four say where that one stands.
static void
facts_look_beside(struct facts *f, const struct rmk_pairs lines[4])
{
	const struct fact_rows *result = &f->rows[3];
	size_t *beside = NULL, n = 0, cap = 0;

	for (size_t r = 0; r < result->list.n; r++) {
		if (result->same[r] &&
		    ((r > 0 && !result->same[r - 1]) ||
			(r + 1 < result->list.n && !result->same[r + 1])))
			*RMK_PUSH(f->a, beside, n, cap) = lines[3].to_old[r];
	}
	for (size_t i = 0; i < n; i++) {
		f->rows[0].same[beside[i]] = false;
		for (int v = 1; v <= 3; v++)
			f->rows[v].same[lines[v].to_new[beside[i]]] = false;
	}
}

static void
facts_find_same(struct facts *f, bool beside)
{
	struct fact_rows *rows = f->rows;
	struct rmk_pairs lines[4];

	for (int v = 1; v <= 3; v++) {
		lines[v] = rmk_pairs_new(f->a, rows[0].list.n, rows[v].list.n);
		rmk_same_lines(&rows[0].list, &rows[v].list, &lines[v]);
	}
	for (size_t b = 0; b < rows[0].list.n; b++) {
		size_t o = lines[1].to_new[b], t = lines[2].to_new[b],
		       r = lines[3].to_new[b];

		if (o != RMK_NONE && t != RMK_NONE && r != RMK_NONE)
			rows[0].same[b] = rows[1].same[o] = rows[2].same[t] =
			    rows[3].same[r] = true;
	}
	if (beside)
		facts_look_beside(f, lines);
}

// all: with what stands in rows that are one line in all four.
static void
facts_fill(struct facts *f, const struct rmk_merge_file *m, const struct rmk_doc *result,
    bool all)
{
	struct fact_rows *rows = f->rows;

	for (int v = 0; v <= 3; v++) {
		const struct rmk_doc *doc = v == 3 ? result : m->docs[v];

		rows[v].list = rmk_row_list_of(f->a, doc, doc->tables, doc->ntables);
		rows[v].same = RMK_NEW_N(f->a, bool, rows[v].list.n);
	}
	facts_find_same(f, all);
	for (int v = 0; v <= 3; v++)
		add_rows(f, &rows[v], v);
	count_result(f, &rows[3], all);
}

// --- where a text is ------------------------------------------------------------------------

const struct rmk_table *
rmk_fact_table(const struct facts *f, const struct fact *fact, int v)
{
	const struct rmk_doc *doc = f->rows[v].list.doc;
	const struct rmk_row *row = f->rows[v].list.v[fact->place[v].row];
	size_t from = 0, to = doc->ntables;

	while (to - from > 1) {
		size_t mid = from + (to - from) / 2;

		if (doc->tables[mid].header.span.at <= row->span.at)
			from = mid;
		else
			to = mid;
	}
	return &doc->tables[from];
}

struct rmk_str
rmk_fact_table_heading(const struct rmk_doc *doc, const struct rmk_table *t)
{
	return t->heading == RMK_NONE ? (struct rmk_str){0}
	                              : doc->headings[t->heading].text;
}

struct rmk_str
rmk_fact_heading(const struct facts *f, const struct fact *fact, int v)
{
	return rmk_fact_table_heading(f->rows[v].list.doc, rmk_fact_table(f, fact, v));
}

// --- what is wrong ----------------------------------------------------------------------------

// What a row says: bytes, and cells that are not empty.
struct said {
	size_t bytes, cells;
};

// All of a row; with another one, what of it is there too, in whatever column.
static struct said
said_by(const struct rmk_doc *doc, const struct rmk_row *row, const struct rmk_row *other)
{
	struct said said = {0};

	for (size_t i = 0; i < row->ncells; i++) {
		struct rmk_str cell = rmk_doc_str(doc, row->cells[i]);
		bool found = other == NULL;

		for (size_t j = 0; !found && j < other->ncells; j++)
			found = rmk_str_eq(cell, rmk_doc_str(doc, other->cells[j]));
		said.bytes += found ? cell.n : 0;
		said.cells += found && cell.n;
	}
	return said;
}

// Half of what the two rows of the result hold is the same, in bytes, or most of their cells, or all
// that one says; and their first cells do not say that they are two, of which neither is base's.
static bool
are_alike(const struct fact *f, const struct rmk_doc *base, const struct rmk_doc *doc)
{
	const struct rmk_row *x = f->row[0], *y = f->row[1];
	struct rmk_str first = rmk_doc_cell(doc, x, 0), other = rmk_doc_cell(doc, y, 0);
	struct said in_x = said_by(doc, x, NULL), in_y = said_by(doc, y, NULL);
	struct said of_x = said_by(doc, x, y), of_y = said_by(doc, y, x);
	struct rmk_str was = f->of_base ? rmk_doc_cell(base, f->of_base, 0) : first;

	if (rmk_merge_identifies(first) && rmk_merge_identifies(other) &&
	    !rmk_str_eq(first, other) &&
	    !(f->of_base && (rmk_str_eq(first, was) || rmk_str_eq(other, was))))
		return false;
	return of_x.bytes == in_x.bytes || of_y.bytes == in_y.bytes ||
	       (of_x.bytes < of_y.bytes ? of_x.bytes : of_y.bytes) * 2 >=
	           (in_x.bytes > in_y.bytes ? in_x.bytes : in_y.bytes) ||
	       (of_x.cells < of_y.cells ? of_x.cells : of_y.cells) * 2 >
	           (in_x.cells > in_y.cells ? in_x.cells : in_y.cells);
}

// What each version has in one row is in one, whatever it is: else each side took it for another's.
static const char *
what_is_wrong(const struct fact *f, const struct rmk_doc *result,
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
	if (f->times[3] > 1 && ((b && o && t) || are_alike(f, m->docs[RMK_BASE], result)))
		return "a row would stand twice";
	return NULL;
}

// Whether nothing can be wrong with a text that was counted in the rows that are not the same in all
// four: it is there as often as it is wanted. What stands in the others adds as much to each version,
// and of what stands more than once in one of the three nothing is wrong.
static bool
is_surely_right(const struct fact *f)
{
	bool b = f->times[RMK_BASE], o = f->times[RMK_OURS], t = f->times[RMK_THEIRS];

	return f->times[RMK_BASE] > 1 || f->times[RMK_OURS] > 1 ||
	       f->times[RMK_THEIRS] > 1 || f->times[3] == (b ? o && t : o || t);
}

// Whether rows that differ say by themselves that no text and no row is wrong, as mostly they do.
static bool
facts_are_surely_right(
    struct rmk_merge_file *m, const struct rmk_doc *result, struct facts *f)
{
	bool right = true;

	f->partly = true;
	facts_fill(f, m, result, false);
	for (size_t i = 0; i < f->n && right; i++)
		right = is_surely_right(&f->v[i]);
	return right && !rmk_facts_whole_rows(f) && !rmk_facts_new_rows(f) &&
	       !rmk_facts_mixed_rows(f);
}

// Where neither side has fewer rows than base, the result has not either.
static bool
has_too_few_rows(const struct facts *f)
{
	size_t base = f->rows[RMK_BASE].list.n;

	return f->rows[RMK_OURS].list.n >= base && f->rows[RMK_THEIRS].list.n >= base &&
	       f->rows[3].list.n < base;
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

static const char *
look_at_facts(struct rmk_merge_file *m, const struct rmk_doc *result, bool places)
{
	struct facts f = {.a = m->a, .index = {.arena = m->a}};
	bool may_lose = has_furthest(m);
	const char *wrong = NULL;

	if (!places && facts_are_surely_right(m, result, &f))
		return has_too_few_rows(&f) ? "a row would be lost" : NULL;
	f = (struct facts){.a = m->a, .index = {.arena = m->a}};
	facts_fill(&f, m, result, true);
	for (size_t i = 0; i < f.n && !wrong; i++)
		wrong = what_is_wrong(&f.v[i], result, m, may_lose);
	if (!wrong)
		wrong = rmk_facts_whole_rows(&f);
	if (!wrong)
		wrong = rmk_facts_new_rows(&f);
	if (!wrong)
		wrong = rmk_facts_mixed_rows(&f);
	if (!wrong && has_too_few_rows(&f))
		wrong = "a row would be lost";
	if (!wrong && places)
		wrong = rmk_facts_places(&f);
	return wrong;
}

const char *
rmk_merge_facts(struct rmk_merge_file *m, struct rmk_str result, bool places)
{
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct rmk_doc *doc = m->checked;
	const char *wrong;
	struct rmk_gaps gaps;

	if ((!doc || !rmk_str_eq(doc->text, result)) &&
	    rmk_doc_parse(m->a, m->path, result, 0, &doc, NULL))
		return "the result cannot be read";
	rmk_merge_close_gaps(m->a, &doc, &gaps);
	wrong = rmk_merge_wrong_tables(m, doc);
	if (!wrong)
		wrong = look_at_facts(m, doc, places);
	rmk_arena_reset(m->a, mark);
	return wrong;
}
