// Three versions of a case: a base, and what two people make of it.
//
// Some changes are made before the sides part, so that both have made them alike.
#include "changes.h"

#include <stdio.h>
#include <string.h>

unsigned
model_below(struct model_case *c, unsigned n)
{
	c->rng ^= c->rng << 13;
	c->rng ^= c->rng >> 7;
	c->rng ^= c->rng << 17;
	return (unsigned)(c->rng >> 32) % n;
}

static void
change_text(struct model_case *c, struct model_version *v, struct model_table *t)
{
	switch (model_pick(c, 4)) {
	case 0:
		snprintf(v->front, MODEL_VALUE, "front %c%d", c->side, model_pick(c, 9));
		break;
	case 1:
		snprintf(v->back, MODEL_VALUE, "back %c%d", c->side, model_pick(c, 9));
		break;
	case 2:
		snprintf(t->intro, MODEL_VALUE, "intro %d%c", t->id, c->side);
		break;
	default:
		v->end_blanks = model_pick(c, 4);
		break;
	}
}

static void
change(struct model_case *c, struct model_version *v, int n, unsigned also)
{
	for (int i = 0; i < n && v->ntables; i++) {
		int at = model_pick(c, v->ntables);
		struct model_table *t = &v->tables[at];
		int what = model_pick(c, 20);

		if (what == 0)
			change_text(c, v, t);
		else if (what < 4 && (also & 1))
			model_change_columns(c, t);
		else if (what < 7 && (also & 2))
			model_change_tables(c, v, at);
		else
			model_change_row(c, t);
	}
}

void
model_generate(struct model_case *c, uint64_t seed)
{
	unsigned also;

	memset(c, 0, sizeof *c);
	c->rng = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
	for (int i = 0; i < 8; i++)
		model_below(c, 2);
	c->next_kind = 6;
	c->weak = model_pick(c, 4) == 0;
	model_base(c, &c->base);
	also = model_pick(c, 3) ? (unsigned)model_pick(c, 4) : 0;
	c->side = 's';
	c->ours = c->base;
	if (model_pick(c, 3) == 0)
		change(c, &c->ours, 1 + model_pick(c, 2), also);
	c->theirs = c->ours;
	c->side = 'o';
	change(c, &c->ours, model_pick(c, 5), also);
	c->side = 't';
	change(c, &c->theirs, model_pick(c, 5), also);
	model_part_strangers(c);
	model_join_twins(c);
}
