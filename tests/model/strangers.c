// Rows that both sides added: whether they are one or two.
#include "changes.h"

#include <stdlib.h>
#include <string.h>

static struct model_row *
row_by_id(struct model_version *v, int id, struct model_table **of)
{
	for (int t = 0; t < v->ntables; t++) {
		for (int r = 0; r < v->tables[t].nrows; r++) {
			if (v->tables[t].rows[r].id == id) {
				*of = &v->tables[t];
				return &v->tables[t].rows[r];
			}
		}
	}
	return NULL;
}

static bool
stands_once(const struct model_table *t, const char *key)
{
	int n = 0;

	for (int r = 0; r < t->nrows; r++)
		n += strcmp(t->rows[r].cell[0], key) == 0;
	return n == 1;
}

// Whether no key of a table stands twice in any version: then nobody can see that they may.
static bool
keys_stand_once(const struct model_case *c, int table)
{
	const struct model_version *versions[3] = {&c->base, &c->ours, &c->theirs};

	for (int i = 0; i < 3 * MODEL_TABLES; i++) {
		const struct model_version *v = versions[i / MODEL_TABLES];
		const struct model_table *t = &v->tables[i % MODEL_TABLES];

		if (i % MODEL_TABLES >= v->ntables || t->id != table)
			continue;
		for (int r = 0; r < t->nrows; r++) {
			if (t->rows[r].cell[0][0] && !stands_once(t, t->rows[r].cell[0]))
				return false;
		}
	}
	return true;
}

static bool
same_key(const struct model_case *c, const struct model_table *t,
    const struct model_row *x, const struct model_row *y)
{
	return x->cell[0][0] && strcmp(x->cell[0], y->cell[0]) == 0 &&
	       (t->keys == KEYS_UNIQUE ||
		   (t->keys == KEYS_REPEATED && keys_stand_once(c, t->id)));
}

static bool
contradict(const struct model_row *x, const struct model_row *y)
{
	for (int k = 0; k < MODEL_KINDS; k++) {
		if (x->cell[k][0] && y->cell[k][0] && strcmp(x->cell[k], y->cell[k]) != 0)
			return true;
	}
	return false;
}

static bool
share_token(const struct model_row *x, const struct model_row *y)
{
	for (int k = 1; k < MODEL_KINDS; k++) {
		if (model_is_token(x->cell[k]) && strcmp(x->cell[k], y->cell[k]) == 0)
			return true;
	}
	return false;
}

// They have one key, which names a row of its table, and only where it stands once: whoever reads
// three rows "dup" in the two sides cannot say which two are one. Or half of what they say is the
// same, a cell that no other row has among it, and their keys do not say that they are two.
static bool
are_one(const struct model_case *c, const struct model_table *t,
    const struct model_table *u, const struct model_row *x, const struct model_row *y)
{
	size_t common = 0, in_x = 0, in_y = 0;

	if (!contradict(x, y) ||
	    (t->id == u->id && same_key(c, t, x, y) && stands_once(t, x->cell[0]) &&
		stands_once(u, y->cell[0])))
		return true;
	if (!share_token(x, y) ||
	    (x->cell[0][0] && y->cell[0][0] && strcmp(x->cell[0], y->cell[0]) != 0 &&
		t->keys != KEYS_NUMBERED))
		return false;
	for (int k = 0; k < MODEL_KINDS; k++) {
		common += strcmp(x->cell[k], y->cell[k]) == 0 ? strlen(x->cell[k]) : 0;
		in_x += strlen(x->cell[k]);
		in_y += strlen(y->cell[k]);
	}
	return common * 2 >= (in_x > in_y ? in_x : in_y);
}

static void
share_tokens(struct model_case *c, const struct model_row *x)
{
	for (int k = 0; k < MODEL_KINDS; k++) {
		const char *q = strpbrk(x->cell[k], "qG");

		if (q && atoi(q + 1) < MODEL_TOKENS)
			c->shared[atoi(q + 1)] = true;
	}
}

static struct model_table *
new_table_by_id(struct model_version *v, const struct model_version *base, int id)
{
	for (int t = 0; t < base->ntables; t++) {
		if (base->tables[t].id == id)
			return NULL;
	}
	for (int t = 0; t < v->ntables; t++) {
		if (v->tables[t].id == id)
			return &v->tables[t];
	}
	return NULL;
}

static bool
share_a_row(const struct model_table *t, const struct model_table *u)
{
	for (int r = 0; r < t->nrows; r++) {
		for (int s = 0; s < u->nrows; s++) {
			if (t->rows[r].id == u->rows[s].id)
				return true;
		}
	}
	return false;
}

// A table that both sides added, and that has another heading in each: where no row is in both,
// nothing says that it is one.
static void
part_tables(struct model_case *c)
{
	for (int t = 0; t < c->ours.ntables; t++) {
		struct model_table *o = &c->ours.tables[t],
				   *of = new_table_by_id(&c->theirs, &c->base, o->id);

		if (of && strcmp(o->heading, of->heading) != 0 && !share_a_row(o, of))
			of->id = c->next_table++;
	}
}

// A row that both sides added and then made two of: nothing says that it was one.
void
model_part_strangers(struct model_case *c)
{
	for (int id = 0, n = c->next_row; id < n && c->next_row < MODEL_IDS; id++) {
		struct model_table *in_ours, *in_theirs;
		struct model_row *o = row_by_id(&c->ours, id, &in_ours), *t;

		if (model_row_of_base(c, id) || !o ||
		    (t = row_by_id(&c->theirs, id, &in_theirs)) == NULL ||
		    memcmp(o->cell, t->cell, sizeof o->cell) == 0)
			continue;
		share_tokens(c, o);
		share_tokens(c, t);
		if (!are_one(c, in_ours, in_theirs, o, t))
			t->id = c->next_row++;
	}
	part_tables(c);
}

// Two new rows of one key that do not contradict each other are one.
void
model_join_twins(struct model_case *c)
{
	for (int i = 0; i < c->ours.ntables; i++) {
		struct model_table *t = &c->ours.tables[i], *of;

		for (int r = 0; r < t->nrows; r++) {
			for (int id = 0; id < c->next_row; id++) {
				struct model_row *x = row_by_id(&c->theirs, id, &of),
						 *y = &t->rows[r];
				struct model_table *no;

				if (x && id != y->id && of->id == t->id &&
				    !model_row_of_base(c, id) &&
				    !model_row_of_base(c, y->id) &&
				    !row_by_id(&c->theirs, y->id, &no) &&
				    !row_by_id(&c->ours, id, &no) &&
				    same_key(c, t, x, y) && !contradict(x, y)) {
					x->id = y->id;
					c->moved =
					    true; // each side put it where it liked
				}
			}
		}
	}
}
