// Rows of a clean result that say what no side said of them.
//
//	base            ours                theirs          result
//	A | a | x |     A | a | x |                         A
//	B | b | y |     B | b | new | y |   B | a | x |     B | a | new | x |    new is of b
//
// A text that stands once in each version says which row is which; all that its row says in the result
// one of the sides says in that row.
#include "merge/facts.h"

#include "base/map.h"

static const struct rmk_row *
mixed_row_of(const struct facts *f, const struct fact *fact, int v)
{
	return f->rows[v].list.v[fact->place[v].row];
}

static void
add_cells(const struct facts *f, const struct fact *fact, int v, struct rmk_map *said)
{
	const struct rmk_doc *doc = f->rows[v].list.doc;
	const struct rmk_row *row = mixed_row_of(f, fact, v);

	for (size_t i = 0; i < row->ncells; i++)
		*rmk_map_put(said, rmk_doc_str(doc, row->cells[i])) = i;
}

static bool
is_mixed(const struct facts *f, const struct fact *fact)
{
	const struct rmk_row *row = mixed_row_of(f, fact, 3);
	struct rmk_arena_mark mark = rmk_arena_mark(f->a);
	struct rmk_map said = {.arena = f->a};
	bool mixed = false;

	add_cells(f, fact, RMK_OURS, &said);
	add_cells(f, fact, RMK_THEIRS, &said);
	for (size_t i = 0; i < row->ncells && !mixed; i++) {
		struct rmk_str cell = rmk_doc_str(f->rows[3].list.doc, row->cells[i]);

		mixed = cell.n && rmk_map_get(&said, cell) == RMK_NONE;
	}
	rmk_arena_reset(f->a, mark);
	return mixed;
}

const char *
rmk_facts_mixed_rows(const struct facts *f)
{
	// What was asked last of each row of the result: of many texts of a row one is enough.
	const struct rmk_row **asked = rmk_arena_zero(
	    f->a, f->rows[3].list.n + 1, sizeof *asked);

	for (size_t i = 0; i < f->n; i++) {
		const struct fact *fact = &f->v[i];
		const struct rmk_row *base;

		if (fact->times[RMK_BASE] != 1 || fact->times[RMK_OURS] != 1 ||
		    fact->times[RMK_THEIRS] != 1 || fact->times[3] != 1)
			continue;
		base = mixed_row_of(f, fact, RMK_BASE);
		if (asked[fact->place[3].row] == base)
			continue;
		asked[fact->place[3].row] = base;
		if (is_mixed(f, fact))
			return "a row would say what no side says of it";
	}
	return NULL;
}
