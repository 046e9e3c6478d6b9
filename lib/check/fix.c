// Mend what can be mended without losing a byte that somebody wrote.
//
//	text ──▶ check ──▶ layout: splices that add no content ──▶ its own gate ─┐
//	  ▲         └────▶ cells: edits ──▶ the gate of edit/edit.h ──────────────┤
//	  └──────────────────────────── until nothing more is mended ◀───────────┘
//
// A backslash before a pipe, a pipe for an empty cell, a blank line, a line end: such a change moves cells about,
// which the gate for edits refuses for good reason. So layout has a gate of its own: every
// row that the change was not made on must be a row with the same cells afterwards, no
// error may come, and the finding must be gone.
#include "base/buf.h"
#include "base/map.h"
#include "check/check_context.h"

#include <stdlib.h>
#include <string.h>

// A fix may uncover another one (a row joined with its cells, then its status); each round
// mends all there are, so that a few are enough.
#define MAX_ROUNDS 8

static int
by_place(const void *x, const void *y)
{
	const struct rmk_splice *a = x, *b = y;

	return a->span.at < b->span.at ? -1 : a->span.at > b->span.at;
}

static struct rmk_str
fix_splice(struct rmk_arena *a, struct rmk_str text, const struct rmk_splice *v, size_t n)
{
	struct rmk_buf out = {.arena = a};
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		rmk_buf_add(&out, rmk_str_part(text, at, v[i].span.at - at));
		rmk_buf_add(&out, v[i].text);
		at = (size_t)v[i].span.at + v[i].span.len;
	}
	rmk_buf_add(&out, rmk_str_from(text, at));
	return rmk_buf_str(&out);
}

// --- the gate for layout ------------------------------------------------------

static size_t
count_line_ends(struct rmk_str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.s[i] == '\n' ||
		     (text.s[i] == '\r' && (i + 1 == text.n || text.s[i + 1] != '\n'));
	return n;
}

// The row on each line of a document, by line; NULL where there is none.
static const struct rmk_row **
rows_by_line(struct rmk_arena *a, const struct rmk_doc *doc)
{
	const struct rmk_row **rows = rmk_arena_zero(a, doc->nlines + 2, sizeof *rows);

	for (size_t t = 0; t < doc->ntables; t++) {
		rows[doc->tables[t].header.line] = &doc->tables[t].header;
		for (uint32_t r = 0; r < doc->tables[t].nrows; r++)
			rows[doc->tables[t].rows[r].line] = &doc->tables[t].rows[r];
	}
	return rows;
}

static bool
fix_same_cells(const struct rmk_doc *a, const struct rmk_row *x, const struct rmk_doc *b,
    const struct rmk_row *y)
{
	if (y == NULL || x->ncells != y->ncells)
		return false;
	for (uint32_t i = 0; i < x->ncells; i++)
		if (!rmk_str_eq(rmk_doc_str(a, x->cells[i]), rmk_doc_str(b, y->cells[i])))
			return false;
	return true;
}

// A row without a pipe is text that a blank line gives back to the page.
static bool
is_text(const struct rmk_doc *doc, const struct rmk_row *row)
{
	return memchr(doc->text.s + row->span.at, '|', row->span.len) == NULL;
}

// Whether the rows of the old document are those of the new one, but for the lines that
// were spliced. Every line moves by as many as were put in before it.
static bool
keeps_rows(struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_doc *new_,
    const struct rmk_splice *v, size_t n)
{
	const struct rmk_row **before = rows_by_line(a, old),
			     **after = rows_by_line(a, new_);
	size_t next = 0, shift = 0;

	for (uint32_t line = 1; line <= old->nlines; line++) {
		struct rmk_span span = old->lines[line - 1];
		bool spliced = false;

		for (; next < n && v[next].span.at <= span.at + span.len; next++) {
			shift += count_line_ends(v[next].text) -
			         count_line_ends(rmk_doc_str(old, v[next].span));
			spliced = spliced || v[next].span.at > span.at;
		}
		if (before[line] == NULL || spliced)
			continue;
		if (line + shift > new_->nlines ||
		    (!fix_same_cells(old, before[line], new_, after[line + shift]) &&
			!is_text(old, before[line])))
			return false;
	}
	return true;
}

static size_t
count_rule(const struct rmk_findings *f, const struct rmk_rule *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += f->v[i].rule == rule;
	return n;
}

// A text under repair: what is known of it.
struct fix_state {
	struct rmk_arena *a;
	struct rmk_str path;
	const struct rmk_check_opts *opts;
	struct rmk_str text;
	struct rmk_doc *doc;
	struct rmk_findings found;
};

static void
examine(struct fix_state *p, struct rmk_str text)
{
	p->text = text;
	p->found = (struct rmk_findings){0};
	rmk_check_text(p->a, p->path, text, p->opts, &p->doc, &p->found);
}

// Try the splices of findings [first, first + n): all of them, or none.
static bool
try_layout(struct fix_state *p, size_t first, size_t n)
{
	struct fix_state after = *p;
	struct rmk_splice *v = NULL;
	size_t nv = 0, cap = 0;

	for (size_t i = first; i < first + n; i++)
		for (size_t k = 0; k < p->found.v[i].nsplices; k++)
			*RMK_PUSH(p->a, v, nv, cap) = p->found.v[i].splices[k];
	qsort(v, nv, sizeof *v, by_place);
	for (size_t i = 1; i < nv; i++)
		if (v[i].span.at < v[i - 1].span.at + v[i - 1].span.len ||
		    v[i].span.at == v[i - 1].span.at)
			return false;
	examine(&after, fix_splice(p->a, p->text, v, nv));
	if (after.doc == NULL || after.found.nerrors > p->found.nerrors ||
	    !keeps_rows(p->a, p->doc, after.doc, v, nv))
		return false;
	for (size_t i = first; i < first + n; i++) {
		const struct rmk_rule *rule = p->found.v[i].rule;

		if (p->found.v[i].nsplices &&
		    count_rule(&after.found, rule) >= count_rule(&p->found, rule))
			return false;
	}
	*p = after;
	return true;
}

static size_t
count_fixes(const struct rmk_findings *f, bool cells)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += (cells ? f->v[i].nedits : f->v[i].nsplices) > 0;
	return n;
}

// All at once, else one by one; each that is made gives new findings, so that the search
// goes on behind it.
static size_t
fix_layout(struct fix_state *p)
{
	size_t all = count_fixes(&p->found, false), done = 0;

	if (all == 0 || p->doc == NULL)
		return 0;
	if (try_layout(p, 0, p->found.n))
		return all;
	for (size_t i = 0; i < p->found.n; i++)
		if (p->found.v[i].nsplices && try_layout(p, i, 1))
			done++;
	return done;
}

// --- cells --------------------------------------------------------------------

// The edits of findings [first, first + n); of two for one cell the first.
static size_t
gather_edits(struct fix_state *p, size_t first, size_t n, struct rmk_edit **out)
{
	struct rmk_map seen = {.arena = p->a};
	struct rmk_edit *v = NULL;
	size_t nv = 0, cap = 0;

	for (size_t i = first; i < first + n; i++) {
		for (size_t k = 0; k < p->found.v[i].nedits; k++) {
			const struct rmk_edit *edit = &p->found.v[i].edits[k];
			size_t *at = rmk_map_put(
			    &seen, rmk_str_printf(p->a, "%zu %zu %zu", edit->table,
				       edit->row, edit->col));

			if (*at != RMK_NONE)
				continue;
			*at = nv;
			*RMK_PUSH(p->a, v, nv, cap) = *edit;
		}
	}
	*out = v;
	return nv;
}

static bool
try_cells(struct fix_state *p, size_t first, size_t n)
{
	struct rmk_edit *edits;
	size_t nedits = gather_edits(p, first, n, &edits);
	struct rmk_str text;

	if (nedits == 0 ||
	    rmk_edits_apply(p->a, p->doc, edits, nedits, &text, NULL) != RMK_OK ||
	    rmk_str_eq(text, p->text))
		return false;
	examine(p, text);
	return true;
}

static size_t
fix_cells(struct fix_state *p)
{
	size_t all = count_fixes(&p->found, true), done = 0;

	if (all == 0 || p->doc == NULL)
		return 0;
	if (try_cells(p, 0, p->found.n))
		return all;
	for (size_t i = 0; i < p->found.n; i++)
		if (p->found.v[i].nedits && try_cells(p, i, 1))
			done++;
	return done;
}

// --- both ---------------------------------------------------------------------

// Markers of a merge count whatever is switched off.
static bool
has_conflict(struct rmk_arena *a, struct rmk_str path, struct rmk_str text)
{
	const struct rmk_check_opts none = {0};
	struct rmk_findings found = {0};

	if (rmk_str_find(text, RMK_STR("<<<<<<<")) == RMK_NONE &&
	    rmk_str_find(text, RMK_STR(">>>>>>>")) == RMK_NONE)
		return false;
	rmk_check_text(a, path, text, &none, NULL, &found);
	return count_rule(&found, rmk_rule_find(RMK_STR("conflict-marker"))) > 0;
}

enum rmk_code
rmk_fix(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_check_opts *opts, struct rmk_str *out, size_t *nfixed,
    struct rmk_err *err)
{
	struct fix_state p = {.a = a, .path = path, .opts = opts};

	if (has_conflict(a, path, text)) {
		rmk_fail(err, RMK_REFUSED, "%.*s: conflict markers stand in a table",
		    RMK_FMT(path));
		return rmk_hint(err, "resolve the conflict first");
	}
	examine(&p, text);
	*nfixed = 0;
	for (int round = 0; round < MAX_ROUNDS; round++) {
		size_t done = fix_layout(&p);

		done += fix_cells(&p);
		*nfixed += done;
		if (done == 0)
			break;
	}
	*out = p.text;
	return RMK_OK;
}
