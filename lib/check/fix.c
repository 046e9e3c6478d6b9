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
#include "check/layout_gate.h"

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
	examine(&after, check_splice_text(p->a, p->text, v, nv));
	if (after.doc == NULL || after.found.nerrors > p->found.nerrors ||
	    !check_keeps_rows(p->a, p->doc, after.doc, v, nv))
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

static bool
has_fix(const struct rmk_finding *f, bool cells)
{
	return cells ? f->nedits : f->nsplices;
}

// All fixes of a kind at once, else one by one; each that is made gives new findings, so that
// the search goes on behind it.
static size_t
fix_all(struct fix_state *p, bool cells)
{
	bool (*try)(struct fix_state *, size_t, size_t) = cells ? try_cells : try_layout;
	size_t all = 0, done = 0;

	for (size_t i = 0; i < p->found.n; i++)
		all += has_fix(&p->found.v[i], cells);
	if (all == 0 || p->doc == NULL)
		return 0;
	if (try(p, 0, p->found.n))
		return all;
	for (size_t i = 0; i < p->found.n; i++)
		done += has_fix(&p->found.v[i], cells) && try(p, i, 1);
	return done;
}

static enum rmk_code
refuse_conflict(struct rmk_str path, struct rmk_err *err)
{
	rmk_fail(
	    err, RMK_REFUSED, "%.*s: conflict markers stand in a table", RMK_FMT(path));
	return rmk_hint(err, "resolve the conflict first");
}

enum rmk_code
rmk_fix_one(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_check_opts *opts, size_t at, struct rmk_str *out,
    struct rmk_err *err)
{
	struct fix_state p = {.a = a, .path = path, .opts = opts};
	const struct rmk_finding *f;

	if (has_conflict(a, path, text))
		return refuse_conflict(path, err);
	examine(&p, text);
	f = at < p.found.n ? &p.found.v[at] : NULL;
	if (!f || !p.doc ||
	    !((has_fix(f, false) && try_layout(&p, at, 1)) ||
		(has_fix(f, true) && try_cells(&p, at, 1))))
		return rmk_fail(err, RMK_REFUSED, "%.*s: this cannot be mended safely",
		    RMK_FMT(path));
	*out = p.text;
	return RMK_OK;
}

enum rmk_code
rmk_fix(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_check_opts *opts, struct rmk_str *out, size_t *nfixed,
    struct rmk_err *err)
{
	struct fix_state p = {.a = a, .path = path, .opts = opts};

	if (has_conflict(a, path, text))
		return refuse_conflict(path, err);
	examine(&p, text);
	*nfixed = 0;
	for (int round = 0; round < MAX_ROUNDS; round++) {
		size_t done = fix_all(&p, false);

		done += fix_all(&p, true);
		*nfixed += done;
		if (done == 0)
			break;
	}
	*out = p.text;
	return RMK_OK;
}
