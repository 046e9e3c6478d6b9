// Rows that a side added stand below the labels and the heading that they were written for.
//
//	base             ours             theirs           result of lines
//	| k | s | n |    | k | n | s |    | k | s | n |    | k | n | s |
//	                                  | a | x | y |    | a | x | y |    x is no n
//
//	## A             ## B             ## A             ## B
//	## B             ## A             | a |            | a |            a is of A
//	                                  ## B             ## A
//
// Lines know no columns and no tables: where no row says otherwise, one side may exchange two of them
// while the other adds a row.
#include "merge/facts.h"

#include "base/map.h"

struct labelled {
	const struct rmk_doc *doc;
	const struct rmk_table *table;
	const struct rmk_row *row;
};

static struct labelled
labelled_of(const struct facts *f, const struct fact *fact, int v)
{
	return (struct labelled){f->rows[v].list.doc, rmk_fact_table(f, fact, v),
	    f->rows[v].list.v[fact->place[v].row]};
}

// RMK_NONE: the table has no such label.
static size_t
column_of_label(const struct labelled *l, struct rmk_str label)
{
	for (size_t c = 0; c < l->table->ncols; c++) {
		if (rmk_str_eq(rmk_doc_cell(l->doc, &l->table->header, c), label))
			return c;
	}
	return RMK_NONE;
}

// Whether a cell that stands below a label in one says something else there in the other, which has
// the label too.
static bool
differs_below_label(const struct labelled *was, const struct labelled *is, size_t c)
{
	struct rmk_str of = rmk_doc_cell(was->doc, &was->table->header, c);
	struct rmk_str now = rmk_doc_cell(is->doc, &is->table->header, c);
	size_t to = column_of_label(is, of);

	return to != RMK_NONE && !rmk_str_eq(of, now) &&
	       column_of_label(was, now) != RMK_NONE &&
	       !rmk_str_eq(rmk_doc_cell(was->doc, was->row, c),
		   rmk_doc_cell(is->doc, is->row, to));
}

// Whether a row is the same cells in both, and not the same below each label.
static bool
is_mislabelled(const struct labelled *was, const struct labelled *is)
{
	bool differs = false;

	for (size_t c = 0; c < was->row->ncells || c < is->row->ncells; c++) {
		if (!rmk_str_eq(rmk_doc_cell(was->doc, was->row, c),
			rmk_doc_cell(is->doc, is->row, c)))
			return false;
		differs |= differs_below_label(was, is, c);
	}
	return differs;
}

// The rows of a version that share a text which no other row has with a row of base. [rows]
static bool *
rows_of_base(const struct facts *f, int v)
{
	bool *is = RMK_NEW_N(f->a, bool, f->rows[v].list.n);

	for (size_t i = 0; i < f->n; i++) {
		const struct fact *fact = &f->v[i];

		if (fact->times[RMK_BASE] == 1 && fact->times[v] == 1)
			is[fact->place[v].row] = true;
	}
	return is;
}

static bool
has_heading(const struct facts *f, int v, struct rmk_map *known, struct rmk_str heading)
{
	const struct rmk_doc *doc = f->rows[v].list.doc;

	if (known->n == 0) {
		for (size_t t = 0; t < doc->ntables; t++)
			*rmk_map_put(
			    known, rmk_fact_table_heading(doc, &doc->tables[t])) = t;
	}
	return rmk_map_get(known, heading) != RMK_NONE;
}

// Whether a text of version v stands below another heading in the result, though each has both.
static bool
is_misplaced(
    const struct facts *f, const struct fact *fact, int v, struct rmk_map known[4])
{
	struct rmk_str of = rmk_fact_heading(f, fact, v);
	struct rmk_str now = rmk_fact_heading(f, fact, 3);

	return !rmk_str_eq(of, now) && has_heading(f, 3, &known[3], of) &&
	       has_heading(f, v, &known[v], now);
}

const char *
rmk_facts_new_rows(const struct facts *f)
{
	bool *old[3] = {NULL};
	struct rmk_map known[4] = {
	    {0}, {.arena = f->a}, {.arena = f->a}, {.arena = f->a}};

	for (size_t i = 0; i < f->n; i++) {
		const struct fact *fact = &f->v[i];
		int v = fact->times[RMK_OURS] ? RMK_OURS : RMK_THEIRS;
		struct labelled was, is;

		if (fact->times[RMK_BASE] || fact->times[v] != 1 || fact->times[3] != 1 ||
		    fact->times[v == RMK_OURS ? RMK_THEIRS : RMK_OURS])
			continue;
		was = labelled_of(f, fact, v);
		is = labelled_of(f, fact, 3);
		if (is_mislabelled(&was, &is))
			return "a new row would come below other labels";
		old[v] = old[v] ? old[v] : rows_of_base(f, v);
		// A row that seems to be of base may share a text that others have too.
		if ((f->partly || !old[v][fact->place[v].row]) &&
		    is_misplaced(f, fact, v, known))
			return "a new row would come into another table";
	}
	return NULL;
}
