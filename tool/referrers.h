// Rows that refer to rows that go elsewhere, by the cells of a `ref` column.
//
//	<!-- rowmark: tasks; Needs: ref tasks -->
//
//	| T1 | Done |    |     goes
//	| T2 | Todo | T1 |     stays, and refers to T1: 'T1' would be no key of tasks any more
//
// Where the target is found by the same reference (a table of the same declared name, or the
// archive of it), nobody minds.
#ifndef TOOL_REFERRERS_H
#define TOOL_REFERRERS_H

#include "move_rows.h"

// A row that refers to one that goes.
struct referrer {
	size_t move; // index of the one that goes
	struct picked_row row;
	size_t col;
};

// The tables of all files, those that were read already as they are.
enum rmk_code open_all_tables(struct call *c, const struct picked *read, size_t nread,
    struct picked **out, size_t *n, struct rmk_err *err);

// All that refer to a row that goes and would not find it. A row that goes itself refers by the
// column that the target has for it.
enum rmk_code referrers_find(struct call *c, const struct move *moves, size_t n,
    struct referrer **out, size_t *nout, struct rmk_err *err);

// "README.md:9: 'T2' refers to it (Needs)"
struct rmk_str referrer_words(struct rmk_arena *a, const struct referrer *r);

#endif
