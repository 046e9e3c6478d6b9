// COLUMN=VALUE in place of VALUE: see set_pairs.h.
#include "set_pairs.h"
#include "base/utf8.h"
#include "gfm/cells.h"
#include "table/value.h"

static bool
set_pairs_split(
    struct call *c, const char *word, struct rmk_str *label, struct rmk_str *value)
{
	*value = rmk_str_of(word);
	rmk_str_split(value, '=', label);
	*label = rmk_str_trim(*label);
	return !opt_on(c, "new") && value->s && label->n;
}

// Whether some table has the column, and no column of it the whole word as a value.
static bool
set_pairs_is_one(struct call *c, const struct picked *tables, size_t n, const char *word,
    struct set_pair *out)
{
	struct rmk_str key;
	bool found = false;

	if (!set_pairs_split(c, word, &out->column, &out->value))
		return false;
	key = rmk_value_key(c->arena, rmk_cell_raw(c->arena, out->column));
	for (size_t i = 0; i < n; i++) {
		const struct rmk_schema *s = file_schema(
		    c->arena, tables[i].file, tables[i].table);

		for (size_t col = 0; col < s->ncols; col++) {
			found |= rmk_str_eq(s->fields[col].key, key);
			if (s->fields[col].type == RMK_STATUS &&
			    rmk_field_term(c->arena, &s->fields[col],
				rmk_cell_raw(c->arena, rmk_str_of(word))))
				return false;
		}
	}
	return found;
}

static bool
set_pairs_is_row(struct call *c, const struct picked *tables, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++) {
		if (rmk_address_rows(c->arena, tables[i].file->doc, tables[i].table,
			file_schema(c->arena, tables[i].file, tables[i].table),
			rmk_str_of(word))
			.n)
			return true;
	}
	return false;
}

size_t
set_pairs_take(struct call *c, struct operands *o, const struct picked *tables, size_t n,
    struct set_pair **out)
{
	struct set_pair *v = RMK_NEW_N(c->arena, struct set_pair, o->nrows + 1);
	size_t count = 1;

	*out = v;
	if (opt_all(c, "column", NULL) || !o->value ||
	    !set_pairs_is_one(c, tables, n, o->value, &v[0])) {
		v[0] = (struct set_pair){.value = rmk_str_of(o->value)};
		return 1;
	}
	while (o->nrows &&
	       set_pairs_is_one(c, tables, n, o->rows[o->nrows - 1], &v[count]) &&
	       !set_pairs_is_row(c, tables, n, o->rows[o->nrows - 1])) {
		o->nrows--;
		count++;
	}
	for (size_t i = 0; i < count / 2; i++) { // as they were typed
		struct set_pair swapped = v[i];

		v[i] = v[count - 1 - i];
		v[count - 1 - i] = swapped;
	}
	return count;
}
