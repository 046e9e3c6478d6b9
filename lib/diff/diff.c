// What changed: the pairs of match.h, read out in the order of the new document.
//
// What is gone has no place in the new order; it is told where its old neighbours are,
// as `diff` does with lines.
#include "diff/diff.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "schema/row_names.h"
#include "table/value.h"

struct table {
	struct rmk_arena *a;
	const struct rmk_doc *old_doc, *new_doc;
	const struct rmk_table *old, *new_;
	struct rmk_table_match m;
	struct rmk_row_names old_names, new_names;
	bool same_shape; // the same columns in the same places
	struct rmk_table_diff *out;
	size_t rows_cap;
};

static struct rmk_row_diff *
push_row(struct table *t)
{
	struct rmk_row_diff *row = RMK_PUSH(
	    t->a, t->out->rows, t->out->nrows, t->rows_cap);

	*row = (struct rmk_row_diff){.old_row = RMK_NONE, .new_row = RMK_NONE};
	return row;
}

static void
add_new_row(struct table *t, size_t r)
{
	struct rmk_row_diff *row = push_row(t);

	row->kind = RMK_DIFF_ADDED;
	row->new_row = r;
	row->name = rmk_row_name(&t->new_names, r);
	t->out->added++;
}

static void
add_old_row(struct table *t, size_t r)
{
	struct rmk_row_diff *row = push_row(t);

	row->kind = RMK_DIFF_REMOVED;
	row->old_row = r;
	row->name = rmk_row_name(&t->old_names, r);
	t->out->removed++;
}

// --- one row --------------------------------------------------------------------

static void
add_cell(struct table *t, struct rmk_row_diff *row, size_t *cap, size_t old, size_t new_)
{
	struct rmk_str is = {0}, was = {0};

	if (old != RMK_NONE)
		was = rmk_doc_cell(t->old_doc, &t->old->rows[row->old_row], old);
	if (new_ != RMK_NONE)
		is = rmk_doc_cell(t->new_doc, &t->new_->rows[row->new_row], new_);
	if (!rmk_str_eq(was, is))
		*RMK_PUSH(t->a, row->cells, row->ncells, *cap) = (struct rmk_cell_diff){
		    old, new_, was, is};
}

// Cells behind the last column are shown by none, but they are bytes somebody wrote.
static size_t
most_cells(uint32_t ncols, uint32_t ncells)
{
	return ncells > ncols ? ncells : ncols;
}

static void
compare_cells(struct table *t, struct rmk_row_diff *row)
{
	size_t nold = most_cells(t->old->ncols, t->old->rows[row->old_row].ncells);
	size_t nnew = most_cells(t->new_->ncols, t->new_->rows[row->new_row].ncells);
	size_t cap = 0, excess = 0;

	for (size_t c = 0; c < t->new_->ncols; c++)
		add_cell(t, row, &cap, t->m.cols.to_old[c], c);
	for (size_t c = 0; c < t->old->ncols; c++) {
		if (t->m.cols.to_new[c] == RMK_NONE)
			add_cell(t, row, &cap, c, RMK_NONE);
	}
	while (t->old->ncols + excess < nold || t->new_->ncols + excess < nnew) {
		add_cell(t, row, &cap, t->old->ncols + excess, t->new_->ncols + excess);
		excess++;
	}
}

// Most rows are untouched, and one look at their bytes shows it.
static bool
same_row_bytes(const struct table *t, size_t old, size_t new_)
{
	const struct rmk_row *ro = &t->old->rows[old], *rn = &t->new_->rows[new_];

	return t->same_shape &&
	       rmk_str_eq(
		   rmk_str_from(rmk_doc_str(t->old_doc, ro->span), ro->at - ro->span.at),
		   rmk_str_from(rmk_doc_str(t->new_doc, rn->span), rn->at - rn->span.at));
}

static void
compare_rows(struct table *t, size_t old, size_t new_, bool moved)
{
	struct rmk_row_diff row = {
	    .kind = RMK_DIFF_CHANGED, .old_row = old, .new_row = new_, .moved = moved};

	if (!same_row_bytes(t, old, new_))
		compare_cells(t, &row);
	if (row.ncells == 0 && !moved)
		return;
	row.name = rmk_row_name(&t->new_names, new_);
	*push_row(t) = row;
	t->out->changed += row.ncells > 0;
	t->out->moved += moved;
}

// What is gone is told where its neighbours are, before what came: `told` is the first old
// row that no new row has passed yet.
static size_t
add_gone(struct table *t, const bool *moved, size_t told)
{
	for (; told < t->old->nrows; told++) {
		size_t n = t->m.rows.to_new[told];

		if (n == RMK_NONE)
			add_old_row(t, told);
		else if (!moved[n])
			break;
	}
	return told;
}

static void
diff_rows(struct table *t)
{
	bool *moved = rmk_match_moved(t->a, &t->m.rows);
	size_t told = 0;

	for (size_t n = 0; n < t->new_->nrows; n++) {
		size_t old = t->m.rows.to_old[n];

		if (old == RMK_NONE) {
			told = add_gone(t, moved, told);
			add_new_row(t, n);
			continue;
		}
		for (; !moved[n] && told <= old; told++) {
			if (t->m.rows.to_new[told] == RMK_NONE)
				add_old_row(t, told);
		}
		compare_rows(t, old, n, moved[n]);
	}
	for (; told < t->old->nrows; told++) {
		if (t->m.rows.to_new[told] == RMK_NONE)
			add_old_row(t, told);
	}
}

// --- columns --------------------------------------------------------------------

static void
add_col(struct table *t, size_t *cap, size_t old, size_t new_, bool moved)
{
	struct rmk_col_diff col = {.old_col = old, .new_col = new_, .moved = moved};

	col.kind = old == RMK_NONE    ? RMK_DIFF_ADDED
	           : new_ == RMK_NONE ? RMK_DIFF_REMOVED
	                              : RMK_DIFF_CHANGED;
	if (old != RMK_NONE) {
		col.old = rmk_doc_cell(t->old_doc, &t->old->header, old);
		col.old_align = (enum rmk_align)t->old->aligns[old];
	}
	if (new_ != RMK_NONE) {
		col.new_ = rmk_doc_cell(t->new_doc, &t->new_->header, new_);
		col.new_align = (enum rmk_align)t->new_->aligns[new_];
	}
	if (col.kind == RMK_DIFF_CHANGED && !moved && rmk_str_eq(col.old, col.new_) &&
	    col.old_align == col.new_align)
		return;
	*RMK_PUSH(t->a, t->out->cols, t->out->ncols, *cap) = col;
}

static void
diff_cols(struct table *t)
{
	bool *moved = rmk_match_moved(t->a, &t->m.cols);
	size_t cap = 0;

	t->same_shape = t->old->ncols == t->new_->ncols;
	for (size_t c = 0; c < t->old->ncols; c++)
		t->same_shape &= t->m.cols.to_new[c] == c;
	for (size_t c = 0; c < t->old->ncols; c++) {
		if (t->m.cols.to_new[c] == RMK_NONE)
			add_col(t, &cap, c, RMK_NONE, false);
	}
	for (size_t c = 0; c < t->new_->ncols; c++)
		add_col(t, &cap, t->m.cols.to_old[c], c, moved[c]);
}

// --- tables ---------------------------------------------------------------------

static void
diff_pair(struct table *t, size_t old, size_t new_)
{
	t->out->kind = RMK_DIFF_CHANGED;
	t->m = rmk_match_table(t->a, t->old_doc, old, t->new_doc, new_);
	t->old_names = rmk_row_names_of(t->a, t->old_doc, old, t->m.old_key);
	t->new_names = rmk_row_names_of(t->a, t->new_doc, new_, t->m.new_key);
	t->old_names.unique = t->new_names.unique = t->m.key_sound;
	diff_cols(t);
	diff_rows(t);
}

static size_t
schema_key(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	return rmk_schema_of(a, doc, table)->key;
}

static void
diff_single(struct table *t, size_t old, size_t new_)
{
	if (new_ != RMK_NONE) {
		t->out->kind = RMK_DIFF_ADDED;
		t->new_names = rmk_row_names_of(
		    t->a, t->new_doc, new_, schema_key(t->a, t->new_doc, new_));
		for (size_t r = 0; r < t->new_->nrows; r++)
			add_new_row(t, r);
	} else {
		t->out->kind = RMK_DIFF_REMOVED;
		t->old_names = rmk_row_names_of(
		    t->a, t->old_doc, old, schema_key(t->a, t->old_doc, old));
		for (size_t r = 0; r < t->old->nrows; r++)
			add_old_row(t, r);
	}
}

// The bytes of header, delimiter row and body rows are the same.
static bool
diff_same_bytes(const struct rmk_doc *old, const struct rmk_table *to,
    const struct rmk_doc *new_, const struct rmk_table *tn)
{
	const struct rmk_row *lo = to->nrows ? &to->rows[to->nrows - 1] : &to->delim;
	const struct rmk_row *ln = tn->nrows ? &tn->rows[tn->nrows - 1] : &tn->delim;
	uint32_t end_old = lo->span.at + lo->span.len,
		 end_new = ln->span.at + ln->span.len;
	struct rmk_span so = {to->header.span.at, end_old - to->header.span.at};
	struct rmk_span sn = {tn->header.span.at, end_new - tn->header.span.at};

	return rmk_str_eq(rmk_doc_str(old, so), rmk_doc_str(new_, sn));
}

static void
diff_table(struct rmk_arena *a, struct rmk_diff *d, size_t *cap, size_t old, size_t new_)
{
	struct rmk_table_diff out = {.old_table = old, .new_table = new_};
	struct table t = {.a = a, .old_doc = d->old, .new_doc = d->new_, .out = &out};

	if (old != RMK_NONE)
		t.old = &d->old->tables[old];
	if (new_ != RMK_NONE)
		t.new_ = &d->new_->tables[new_];
	if (t.old && t.new_) {
		if (diff_same_bytes(d->old, t.old, d->new_, t.new_))
			return;
		diff_pair(&t, old, new_);
	} else {
		diff_single(&t, old, new_);
	}
	if (out.kind != RMK_DIFF_CHANGED || out.ncols || out.nrows)
		*RMK_PUSH(a, d->tables, d->n, *cap) = out;
}

struct rmk_diff
rmk_diff_docs(struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_doc *new_)
{
	struct rmk_pairs tables = rmk_match_tables(a, old, new_);
	struct rmk_diff d = {.old = old, .new_ = new_};
	size_t cap = 0, told = 0;

	for (size_t n = 0; n < new_->ntables; n++) {
		size_t o = tables.to_old[n];

		for (; o != RMK_NONE && told <= o; told++) {
			if (tables.to_new[told] == RMK_NONE)
				diff_table(a, &d, &cap, told, RMK_NONE);
		}
		diff_table(a, &d, &cap, o, n);
	}
	for (; told < old->ntables; told++) {
		if (tables.to_new[told] == RMK_NONE)
			diff_table(a, &d, &cap, told, RMK_NONE);
	}
	return d;
}

// --- words ----------------------------------------------------------------------

static bool
in_word(struct rmk_str text, size_t at)
{
	unsigned char c = at < text.n ? (unsigned char)text.s[at] : ' ';

	return c >= 0x80 || rmk_is_digit((char)c) || rmk_is_letter((char)c);
}

// A cut inside a word of either text moves back to the word's start.
static size_t
word_start(struct rmk_str old, struct rmk_str new_, size_t at)
{
	while (at > 0 && in_word(old, at - 1) && (in_word(old, at) || in_word(new_, at)))
		at--;
	return at;
}

struct rmk_word_diff
rmk_diff_words(struct rmk_str old, struct rmk_str new_)
{
	size_t least = old.n < new_.n ? old.n : new_.n;
	size_t front = 0, back = 0;

	while (front < least && old.s[front] == new_.s[front])
		front++;
	if (front < old.n || front < new_.n)
		front = word_start(old, new_, front);
	while (
	    back < least - front && old.s[old.n - 1 - back] == new_.s[new_.n - 1 - back])
		back++;
	while (back > 0 && in_word(old, old.n - back) &&
	       ((old.n > back && in_word(old, old.n - back - 1)) ||
		   (new_.n > back && in_word(new_, new_.n - back - 1))))
		back--;
	return (struct rmk_word_diff){{(uint32_t)front, (uint32_t)(old.n - back - front)},
	    {(uint32_t)front, (uint32_t)(new_.n - back - front)}};
}
