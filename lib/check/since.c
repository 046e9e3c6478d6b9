// Only what is new: findings of rows and lines that an older version has not.
//
//	old   | LIMA | Read |        new   | LoRA | Reed |   ◀── changed: kept
//	      | LoRA | Read |              | LIMA | Read |   ◀── moved: not new
//
// Rows are paired by what they hold (diff/match.h), so that a sorted table is no new one. A
// finding about several rows is new when one of them is, and then stands at that one.
#include "base/map.h"
#include "check/check_context.h"
#include "diff/match.h"

static bool
since_same_cells(const struct rmk_doc *a, const struct rmk_row *x,
    const struct rmk_doc *b, const struct rmk_row *y)
{
	if (x->ncells != y->ncells)
		return false;
	for (uint32_t i = 0; i < x->ncells; i++)
		if (!rmk_str_eq(rmk_doc_str(a, x->cells[i]), rmk_doc_str(b, y->cells[i])))
			return false;
	return true;
}

// Mark the lines of the new document that are rows of the old one, unchanged.
static void
mark_rows(struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_doc *new_,
    bool *known)
{
	struct rmk_pairs tables = rmk_match_tables(a, old, new_);

	for (size_t t = 0; t < new_->ntables; t++) {
		size_t was = tables.to_old[t];
		struct rmk_table_match match;

		if (was == RMK_NONE)
			continue;
		match = rmk_match_table(a, old, was, new_, t);
		for (uint32_t r = 0; r < new_->tables[t].nrows; r++) {
			size_t row = match.rows.to_old[r];
			const struct rmk_row *mine = &new_->tables[t].rows[r];

			known[mine->line] = row != RMK_NONE &&
			                    since_same_cells(old,
						&old->tables[was].rows[row], new_, mine);
		}
	}
}

// A line outside the tables' bodies is known when the old text has one like it.
static void
mark_lines(struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_doc *new_,
    bool *known)
{
	struct rmk_map seen = {.arena = a};
	struct rmk_str rest = old->text, line;
	bool *is_row = rmk_arena_zero(a, new_->nlines + 2, sizeof *is_row);

	for (size_t t = 0; t < new_->ntables; t++)
		for (uint32_t r = 0; r < new_->tables[t].nrows; r++)
			is_row[new_->tables[t].rows[r].line] = true;
	while (rmk_str_split(&rest, '\n', &line))
		*rmk_map_put(&seen, rmk_str_trim(line)) = 0;
	for (uint32_t i = 1; i <= new_->nlines; i++)
		if (!is_row[i])
			known[i] = rmk_map_get(&seen,
				       rmk_str_trim(rmk_doc_line(new_, i))) != RMK_NONE;
}

// Whether a finding is of something new; it is moved there.
static bool
since_is_new(const struct rmk_doc *doc, const bool *known, struct rmk_finding *f)
{
	if (!known[f->at.line])
		return true;
	for (size_t i = 0; i < f->nothers; i++) {
		struct rmk_range at = f->at;

		if (f->others[i].line > doc->nlines || known[f->others[i].line])
			continue;
		f->at = f->others[i];
		f->others[i] = at;
		f->source = rmk_doc_line(doc, f->at.line);
		return true;
	}
	return false;
}

void
rmk_check_since(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_doc *old,
    struct rmk_findings *f)
{
	bool *known;
	size_t kept = 0;

	if (old == NULL || doc == NULL)
		return;
	known = rmk_arena_zero(a, doc->nlines + 2, sizeof *known);
	if (doc->parsed && old->parsed)
		mark_rows(a, old, doc, known);
	mark_lines(a, old, doc, known);
	for (size_t i = 0; i < f->n; i++)
		if (since_is_new(doc, known, &f->v[i]))
			f->v[kept++] = f->v[i];
	f->n = kept;
	check_settle(f);
}
