// The base of a case: tables with keys of every sort, and rows that are new.
#include "model.h"

#include <stdio.h>
#include <string.h>

static const char *const model_labels[] = {
    "Key", "Name", "Status", "Link", "Note", "Year"};

// A cell that no other row has: it holds a q, and a word does not.
void
model_token(struct model_case *c, char out[MODEL_VALUE])
{
	static const char *const form[] = {
	    "q%d", "Title q%d", "[Lq%d](h/)", "aq%db", "The q%d of it"};

	snprintf(out, MODEL_VALUE, form[model_below(c, 5)], c->next_token++);
}

bool
model_is_token(const char *cell)
{
	return strchr(cell, 'q') != NULL;
}

void
model_word(struct model_case *c, int kind, char out[MODEL_VALUE])
{
	static const char *const words[] = {
	    "", "Todo", "Done", "Doing", "x", "yes", "no", ""};

	snprintf(out, MODEL_VALUE, "%s",
	    kind == 2 ? words[model_below(c, 4)] : words[3 + model_below(c, 5)]);
}

static bool
row_has_token(const struct model_table *t, const struct model_row *r)
{
	for (int i = 0; i < t->ncols; i++) {
		if (model_is_token(r->cell[t->cols[i]]))
			return true;
	}
	return false;
}

static void
row_fill_key(struct model_case *c, const struct model_table *t, char key[MODEL_VALUE])
{
	switch (t->keys) {
	case KEYS_UNIQUE:
		model_token(c, key);
		break;
	case KEYS_REPEATED:
		snprintf(key, MODEL_VALUE, "K%u", model_below(c, 3));
		break;
	case KEYS_NUMBERED:
		snprintf(key, MODEL_VALUE, "%d", t->nrows + 1);
		break;
	case KEYS_GROUPED: // the caller names the groups
	case KEYS_BLANK:
		break;
	}
}

void
model_row_fill(struct model_case *c, const struct model_table *t, struct model_row *r)
{
	memset(r, 0, sizeof *r);
	r->id = c->next_row++;
	for (int i = 0; i < t->ncols; i++) {
		int k = t->cols[i];
		char *cell = r->cell[k];

		if (k == 0)
			row_fill_key(c, t, cell);
		else if ((k == 1 && model_below(c, 10) < 6) ||
			 (k == 3 && model_below(c, 3) == 0))
			model_token(c, cell);
		else if (k == 3 && model_below(c, 3) == 0)
			snprintf(cell, MODEL_VALUE, "[Link](h/q%d)", c->next_token++);
		else
			model_word(c, k, cell);
	}
	if (!c->weak && !row_has_token(t, r))
		model_token(c, r->cell[1]);
}

static void
table_group(struct model_case *c, struct model_table *t)
{
	for (int i = 0; i < t->nrows; i++) {
		if (i == 0 || model_below(c, 3) == 0)
			snprintf(t->rows[i].cell[0], MODEL_VALUE, "G%d", c->next_token++);
	}
}

void
model_table_new(struct model_case *c, struct model_table *t, int nrows)
{
	unsigned more = 1 + model_below(c, 15); // which of the columns 2 to 5

	memset(t, 0, sizeof *t);
	t->id = c->next_table++;
	t->keys = (enum model_keys)model_below(c, 5);
	t->style = (int)model_below(c, 4);
	snprintf(t->heading, sizeof t->heading, "Table %d", t->id);
	snprintf(t->intro, sizeof t->intro, "intro %d", t->id);
	for (int k = 0; k < 6; k++) {
		if (k >= 2 && (more >> (k - 2) & 1) == 0)
			continue;
		t->cols[t->ncols++] = k;
		snprintf(t->label[k], MODEL_VALUE, "%s", model_labels[k]);
	}
	for (; t->nrows < nrows; t->nrows++)
		model_row_fill(c, t, &t->rows[t->nrows]);
	if (t->keys == KEYS_GROUPED)
		table_group(c, t);
}

void
model_base(struct model_case *c, struct model_version *v)
{
	int ntables = model_below(c, 10) < 6 ? 1 : 2 + (int)model_below(c, 2);

	memset(v, 0, sizeof *v);
	snprintf(v->title, MODEL_VALUE, "title");
	snprintf(v->front, MODEL_VALUE, "front");
	snprintf(v->back, MODEL_VALUE, "back");
	v->tail = model_below(c, 4) != 0;
	for (; v->ntables < ntables; v->ntables++) {
		struct model_table *t = &v->tables[v->ntables];

		model_table_new(c, t, (int)model_below(c, 8));
		// Tables that look alike, so that rows can go from one to the other.
		if (v->ntables && model_below(c, 2)) {
			t->ncols = v->tables[0].ncols;
			t->keys = v->tables[0].keys;
			memcpy(t->cols, v->tables[0].cols, sizeof t->cols);
			memcpy(t->label, v->tables[0].label, sizeof t->label);
			for (int r = 0; r < t->nrows; r++) {
				c->next_row--;
			}
			for (int r = 0; r < t->nrows; r++)
				model_row_fill(c, t, &t->rows[r]);
			if (t->keys == KEYS_GROUPED)
				table_group(c, t);
			for (int r = 0; t->keys == KEYS_NUMBERED && r < t->nrows; r++)
				snprintf(t->rows[r].cell[0], MODEL_VALUE, "%d", r + 1);
		}
		for (int r = 1; r < t->nrows; r++)
			t->rows[r].after_blank = model_below(c, 60) == 0;
	}
}
