// The same merge the other way round.
//
//	base, ours, theirs  ──▶  rows ──┐
//	base, theirs, ours  ──▶  rows ──┴──▶  the same, or a person decides
//
// Which side is ours must not decide what is in a table. Where keys name the rows of all versions,
// the columns are the same and nothing was guessed, it cannot; else it is tried.
#include "merge/merge_internal.h"

#include "base/map.h"

#include <stdlib.h>

static bool
is_plain_plan(const struct rmk_plan *p)
{
	if (!p->v[RMK_BASE].t || !p->ours.key_sound || !p->theirs.key_sound)
		return false;
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		if (!p->same_shape[v])
			return false;
	}
	for (size_t r = 0; r < p->nrows; r++) {
		if (p->rows[r].guessed[RMK_OURS] || p->rows[r].guessed[RMK_THEIRS])
			return false;
	}
	return true;
}

// A merge of lines may come out otherwise the other way round, where both sides changed some.
static bool
both_changed_text(const struct rmk_merge_file *m)
{
	const struct rmk_str *base = &m->skeletons[RMK_BASE];

	return !rmk_str_eq(*base, m->skeletons[RMK_OURS]) &&
	       !rmk_str_eq(*base, m->skeletons[RMK_THEIRS]);
}

bool
rmk_merge_is_plain(const struct rmk_merge_file *m)
{
	for (size_t i = 0; i < m->nextracted; i++) {
		if (m->extracted[i].plan && !is_plain_plan(m->extracted[i].plan))
			return false;
	}
	return m->out->nnotes == 0 && !both_changed_text(m);
}

// --- the rows of a text ------------------------------------------------------------------

// A column and its label, to stand in the order of labels.
struct labelled {
	struct rmk_str label;
	size_t col;
};

static int
by_label(const void *x, const void *y)
{
	const struct labelled *a = x, *b = y;
	int by = rmk_str_cmp(a->label, b->label);

	return by ? by : (a->col > b->col) - (a->col < b->col);
}

// What a row says in which column, whatever their order.
static struct rmk_str
text_by_labels(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    const struct labelled *cols, const struct rmk_row *row)
{
	struct rmk_buf out = {.arena = a};

	for (size_t c = 0; c < t->ncols; c++) {
		struct rmk_str cell = rmk_doc_cell(doc, row, cols[c].col);

		if (cell.n == 0)
			continue;
		rmk_buf_add(&out, cols[c].label);
		rmk_buf_addc(&out, '\n');
		rmk_buf_add(&out, cell);
		rmk_buf_addc(&out, '\n');
	}
	rmk_buf_add(&out, rmk_excess_of(doc, row, t->ncols));
	return rmk_buf_str(&out);
}

// Add a number to that of each row of a text; it counts from 0. False: it cannot be read.
static bool
count_rows_by_text(
    struct rmk_merge_file *m, struct rmk_str text, size_t more, struct rmk_map *rows)
{
	struct rmk_doc *doc;

	if (rmk_doc_parse(m->a, m->path, text, 0, &doc, NULL))
		return false;
	for (size_t t = 0; t < doc->ntables; t++) {
		const struct rmk_table *table = &doc->tables[t];
		struct labelled *cols = RMK_NEW_N(m->a, struct labelled, table->ncols);

		for (size_t c = 0; c < table->ncols; c++)
			cols[c] = (struct labelled){
			    rmk_doc_cell(doc, &table->header, c), c};
		qsort(cols, table->ncols, sizeof *cols, by_label);
		for (size_t r = 0; r < table->nrows; r++) {
			size_t *n = rmk_map_put(rows,
			    text_by_labels(m->a, doc, table, cols, &table->rows[r]));

			*n = *n == RMK_NONE ? more : *n + more;
		}
	}
	return true;
}

bool
rmk_merge_same_rows(struct rmk_merge_file *m, struct rmk_str there, struct rmk_str back)
{
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct rmk_map rows = {.arena = m->a};
	bool same = count_rows_by_text(m, there, 1, &rows) &&
	            count_rows_by_text(m, back, (size_t)-1, &rows);

	for (size_t i = 0; i < rows.n; i++)
		same &= rows.entries[i].value == 0;
	rmk_arena_reset(m->a, mark);
	return same;
}
