// Which value a cell gets that both sides have: the policy of its column.
//
//	base    ours    theirs
//	x       x       y         the one that changed it
//	x       y       y         what both say
//	x       y       z         a person decides; with `merge furthest` the further status
//
// A further policy is one more function here, and one more word in schema/declaration_rules.c.
#include "merge/plan.h"

// A column declared `merge furthest` on both sides, whose two values both sides put in
// the same order.
static bool
further(const struct rmk_plan *p, size_t col, struct rmk_str ours, struct rmk_str theirs,
    struct rmk_str *out)
{
	int sign[3] = {0};

	for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
		const struct rmk_field *f;
		const struct rmk_term *to, *tt;

		if (!p->schema[v] || p->cols[col].at[v] == RMK_NONE)
			return false;
		f = &p->schema[v]->fields[p->cols[col].at[v]];
		if (!f->furthest)
			return false;
		to = rmk_field_term(p->a, f, ours);
		tt = rmk_field_term(p->a, f, theirs);
		if (!to || !tt || to->rank == RMK_TERM_UNRANKED ||
		    tt->rank == RMK_TERM_UNRANKED)
			return false;
		sign[v] = (to->rank > tt->rank) - (to->rank < tt->rank);
	}
	*out = sign[RMK_OURS] > 0 ? ours : theirs;
	return sign[RMK_OURS] == sign[RMK_THEIRS] && sign[RMK_OURS] != 0;
}

bool
rmk_policy_decide(const struct rmk_plan *p, size_t col, bool in_base, struct rmk_str base,
    struct rmk_str ours, struct rmk_str theirs, struct rmk_str *out)
{
	*out = ours;
	if (rmk_str_eq(ours, theirs))
		return true;
	if (in_base ? rmk_str_eq(theirs, base) : theirs.n == 0)
		return true;
	*out = theirs;
	if (in_base ? rmk_str_eq(ours, base) : ours.n == 0)
		return true;
	return col != RMK_NONE && further(p, col, ours, theirs, out);
}
