// The Markdown behind a value that a new row takes from another.
//
//	INSERT INTO read SELECT * FROM to_read
//
// A value is text as a reader sees it: "LoRA" of [LoRA](https://...). What a row is moved
// for is its cells, so a column that takes a value of a column of the same name takes its
// Markdown too. SQLite hands over the value alone; where it came from is told by the cursors
// that are open. One that is on a row gives that row. One that is behind its last row
// was read before the first row is written (ORDER BY, GROUP BY, UNION): then the row with
// the same key is meant, or, without one, what all rows that show the value have.
#include "gfm/cells.h"
#include "schema/schema.h"
#include "sql/vtab.h"
#include "table/value.h"

// The columns of the place's table that are called as those of t.
static bool
markup_pair_columns(struct sql_place *p, const struct sql_table *t)
{
	struct rmk_arena arena = {0};
	struct rmk_map names = {.arena = &arena};
	const struct rmk_schema *from = p->t->schema;

	if (p->to == t)
		return true;
	sqlite3_free(p->same);
	p->same = sqlite3_malloc64((t->schema->ncols + 1) * sizeof *p->same);
	p->to = p->same ? t : NULL;
	for (size_t c = from->ncols; c-- > 0;)
		*rmk_map_put(&names, from->fields[c].key) = c;
	for (size_t c = 0; p->same && c < t->schema->ncols; c++)
		p->same[c] = rmk_map_get(&names, t->schema->fields[c].key);
	p->key = RMK_NONE;
	for (size_t c = t->schema->ncols; p->same && c-- > 0;)
		p->key = p->same[c] == from->key ? c : p->key;
	rmk_arena_free(&arena);
	return p->same;
}

static enum rmk_code
markup_ambiguous(
    const struct sql_table *t, size_t col, const struct sql_value *v, struct rmk_err *err)
{
	struct rmk_str label = t->schema->fields[col].label;

	rmk_fail(err, RMK_AMBIGUOUS,
	    "%.*s: '%.*s' stands for several links or spellings in the column '%.*s' "
	    "that "
	    "is read, and which is meant is not known",
	    RMK_FMT(t->address), RMK_FMT(v->text), RMK_FMT(label));
	return rmk_hint(
	    err, "select \"%.*s_raw\", which is the Markdown", RMK_FMT(label));
}

// The row of a table that was read to its end: by its key, where the key is taken over.
static enum rmk_code
markup_find_row(struct sql_place *p, struct sql_table *t, sqlite3_value **values,
    size_t col, const struct sql_value *v, size_t *row, struct rmk_err *err)
{
	struct sql_match match = {.row = RMK_NONE};

	if (p->key != RMK_NONE && p->key != col) {
		struct sql_value key = sql_value_given(values[p->key]);

		match = sql_table_first(p->t, p->t->schema->key, &key);
	}
	if (!match.alone)
		match = sql_table_first(p->t, p->same[col], v);
	*row = match.row;
	return match.mixed && !match.alone ? markup_ambiguous(t, col, v, err) : RMK_OK;
}

// The Markdown of column col in one place; none where it shows something else.
static enum rmk_code
markup_at(struct sql_place *p, struct sql_table *t, sqlite3_value **values, size_t col,
    const struct sql_value *v, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_arena_mark mark = rmk_arena_mark(&p->t->scratch);
	size_t row = p->row;
	struct sql_value shown;

	if (!markup_pair_columns(p, t))
		return rmk_fail(err, RMK_TOO_BIG, "out of memory");
	if (p->same[col] == RMK_NONE)
		return RMK_OK;
	if (row == RMK_NONE && markup_find_row(p, t, values, col, v, &row, err))
		return err->code;
	if (row == RMK_NONE)
		return RMK_OK;
	shown = sql_table_at(p->t, row, (struct sql_column){SQL_SHOWN, p->same[col]});
	if (sql_value_eq(&shown, v))
		*out = rmk_str_copy(t->arena,
		    rmk_draft_cell(p->t->draft, &p->t->scratch, row, p->same[col]));
	rmk_arena_reset(&p->t->scratch, mark);
	return RMK_OK;
}

// Of two places, the one whose Markdown is more than the value itself is meant.
enum rmk_code
sql_table_markup(struct sql_table *t, sqlite3_value **values, size_t col,
    struct rmk_str *out, struct rmk_err *err)
{
	struct sql_value v = sql_value_given(values[col]);
	struct rmk_str found;

	*out = (struct rmk_str){0};
	for (struct sql_place *p = t->catalog->places; p && v.text.n; p = p->next) {
		found = (struct rmk_str){0};
		if (markup_at(p, t, values, col, &v, &found, err))
			return err->code;
		if (!found.s || rmk_str_eq(found, v.text))
			continue;
		if (out->s && !rmk_str_eq(*out, found))
			return markup_ambiguous(t, col, &v, err);
		*out = found;
	}
	return RMK_OK;
}
