// Two lists of rows, walked from the start, and from the end where the start loses its way.
#include "diff/same_lines.h"

// How far rows that were replaced by others are skipped, and rows that were put in or taken out.
#define REPLACED 8
#define PUT_IN 256

struct rmk_row_list
rmk_row_list_of(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *tables, size_t n)
{
	struct rmk_row_list list = {.doc = doc, .tables = tables, .ntables = n};

	for (size_t t = 0; t < n; t++)
		list.n += tables[t].nrows;
	list.v = rmk_arena_alloc(a, list.n * sizeof *list.v);
	list.n = 0;
	for (size_t t = 0; t < n; t++) {
		for (size_t r = 0; r < tables[t].nrows; r++)
			list.v[list.n++] = &tables[t].rows[r];
	}
	return list;
}

struct lines_walk {
	const struct rmk_row_list *old, *new_;
	bool back; // rows are counted from the end
	size_t nold, nnew;
};

static size_t
lines_place(const struct lines_walk *w, const struct rmk_row_list *list, size_t i)
{
	return w->back ? list->n - 1 - i : i;
}

static bool
lines_equal(const struct lines_walk *w, size_t i, size_t j)
{
	const struct rmk_row *o, *n;

	if (i >= w->nold || j >= w->nnew)
		return false;
	o = w->old->v[lines_place(w, w->old, i)];
	n = w->new_->v[lines_place(w, w->new_, j)];
	return o->ncells == n->ncells && o->at - o->span.at == n->at - n->span.at &&
	       rmk_str_eq(rmk_str_at(w->old->doc->text, o->span),
		   rmk_str_at(w->new_->doc->text, n->span));
}

// The nearest two rows behind i and j that are one line. False: there are none near.
static bool
lines_resume(const struct lines_walk *w, size_t *i, size_t *j)
{
	for (size_t d = 1; d <= 2 * REPLACED; d++) {
		for (size_t x = d > REPLACED ? d - REPLACED : 0; x <= d && x <= REPLACED;
		     x++) {
			if (lines_equal(w, *i + x, *j + d - x)) {
				*i += x;
				*j += d - x;
				return true;
			}
		}
	}
	for (size_t d = REPLACED + 1; d <= PUT_IN; d++) {
		if (lines_equal(w, *i + d, *j)) {
			*i += d;
			return true;
		}
		if (lines_equal(w, *i, *j + d)) {
			*j += d;
			return true;
		}
	}
	return false;
}

// Returns how many rows of each were walked.
static void
lines_walk(const struct lines_walk *w, size_t *i, size_t *j, struct rmk_pairs *out)
{
	while (lines_equal(w, *i, *j) || lines_resume(w, i, j)) {
		rmk_pairs_join(
		    out, lines_place(w, w->old, *i), lines_place(w, w->new_, *j));
		++*i;
		++*j;
	}
}

// --- what is known already ------------------------------------------------------------

// The table whose rows number those of t that were found to be the same lines.
static const struct rmk_table *
lines_origin(const struct rmk_table *t)
{
	return t->beside ? t->beside : t;
}

static size_t
lines_number(const struct rmk_table *t, size_t row)
{
	return t->beside ? t->rows[row].beside : row + 1;
}

// Rows of two tables that are the same row of a third; old and new_ are what is in front of them.
static void
lines_join_known(const struct rmk_table *told, size_t old, const struct rmk_table *tnew,
    size_t new_, struct rmk_pairs *out)
{
	size_t i = 0, j = 0;

	while (i < told->nrows && j < tnew->nrows) {
		size_t was = lines_number(told, i), is = lines_number(tnew, j);

		if (was == is && was != 0)
			rmk_pairs_join(out, old + i, new_ + j);
		i += was <= is || was == 0;
		j += is <= was || is == 0;
	}
}

// Tables of one origin stand in one order, and those without at the end. False: there are none.
static bool
lines_known(const struct rmk_row_list *old, const struct rmk_row_list *new_,
    struct rmk_pairs *out)
{
	const struct rmk_table *o = old->tables, *n = new_->tables;
	const struct rmk_table *old_end = o + old->ntables, *new_end = n + new_->ntables;
	size_t rows = 0, others = 0; // in front of the two
	bool any = false;

	for (; n < new_end; others += n++->nrows) {
		const struct rmk_table *t = o;
		size_t at = rows;

		while (t < old_end && lines_origin(t) != lines_origin(n))
			at += t++->nrows;
		if (t == old_end)
			break;
		lines_join_known(t, at, n, others, out);
		o = t;
		rows = at;
		any = true;
	}
	return any;
}

void
rmk_same_lines(const struct rmk_row_list *old, const struct rmk_row_list *new_,
    struct rmk_pairs *out)
{
	struct lines_walk w = {old, new_, false, old->n, new_->n};
	size_t i = 0, j = 0;

	if (lines_known(old, new_, out))
		return;
	lines_walk(&w, &i, &j, out);
	w = (struct lines_walk){old, new_, true, old->n - i, new_->n - j};
	i = j = 0;
	lines_walk(&w, &i, &j, out);
}
