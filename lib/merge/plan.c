// A plan for one table, step by step.
#include "merge/plan.h"

#include "diff/match_pairs.h"

// Whose layout counts: ours, unless ours left the delimiter row alone and theirs did not,
// as a formatter does.
static enum rmk_version
choose_style(const struct rmk_plan *p)
{
	struct rmk_str line[3];

	if (!p->v[RMK_BASE].t)
		return RMK_OURS;
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		line[v] = rmk_doc_str(p->v[v].doc, p->v[v].t->delim.span);
	return rmk_str_eq(line[RMK_OURS], line[RMK_BASE]) &&
	               !rmk_str_eq(line[RMK_THEIRS], line[RMK_BASE])
	           ? RMK_THEIRS
	           : RMK_OURS;
}

static bool
has_news(const struct rmk_table_match *m)
{
	return rmk_pairs_some_left(m->rows.to_old, m->rows.nnew) ||
	       rmk_pairs_some_left(m->cols.to_old, m->cols.nnew);
}

// Two sides that name their rows by different columns have no name in common.
static size_t
sides_key(const struct rmk_plan *p)
{
	if (!p->v[RMK_BASE].t)
		return RMK_NONE;
	return p->ours.old_key == p->theirs.old_key ? p->ours.new_key : RMK_NO_KEY;
}

// Ours is held against theirs only where both have what base has not.
static void
match_versions(struct rmk_plan *p)
{
	const struct rmk_merge_table *b = &p->v[RMK_BASE], *o = &p->v[RMK_OURS];
	const struct rmk_merge_table *t = &p->v[RMK_THEIRS];

	if (b->t) {
		p->ours = rmk_match_for_merge(
		    p->a, b->doc, b->index, o->doc, o->index, RMK_NONE);
		p->theirs = rmk_match_for_merge(
		    p->a, b->doc, b->index, t->doc, t->index, RMK_NONE);
		p->key[RMK_BASE] = p->ours.old_key;
		p->key[RMK_OURS] = p->ours.new_key;
		p->key[RMK_THEIRS] = p->theirs.new_key;
		if (p->ours.unsure || p->theirs.unsure)
			p->undecided = "it has equal rows that cannot be told apart";
		if (!has_news(&p->ours) || !has_news(&p->theirs))
			return;
	}
	p->sides = rmk_match_for_merge(
	    p->a, o->doc, o->index, t->doc, t->index, sides_key(p));
	if (!b->t) {
		p->key[RMK_OURS] = p->sides.old_key;
		p->key[RMK_THEIRS] = p->sides.new_key;
	}
	if (p->sides.unsure)
		p->undecided = "it has equal rows that cannot be told apart";
}

static const char *
header_conflict(const struct rmk_plan *p)
{
	if (p->ncols == 0)
		return "no column would be left";
	if (p->header.fate == RMK_FATE_CONFLICT &&
	    !(p->same_shape[RMK_OURS] && p->same_shape[RMK_THEIRS]))
		return "both sides changed its header row";
	return NULL;
}

struct rmk_plan *
rmk_plan_new(struct rmk_arena *a, const struct rmk_merge_table v[3])
{
	struct rmk_plan *p = RMK_NEW(a, struct rmk_plan);

	p->a = a;
	for (int i = RMK_BASE; i <= RMK_THEIRS; i++) {
		p->v[i] = v[i];
		if (!v[i].t)
			continue;
		if (v[i].t->read_only)
			p->undecided = v[i].t->read_only;
		if (v[i].t->decl.len)
			p->schema[i] = rmk_schema_of(a, v[i].doc, v[i].index);
	}
	if (!p->undecided)
		match_versions(p);
	if (p->undecided)
		return p;
	rmk_plan_cols(p);
	p->style = choose_style(p);
	rmk_plan_rows(p);
	if (!p->undecided)
		p->undecided = header_conflict(p);
	if (p->undecided)
		return p;
	rmk_plan_order(p);
	p->undecided = rmk_plan_check(p);
	return p;
}
