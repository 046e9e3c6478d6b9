// Whether a row can be begun: no row that it refers to is left to do.
//
//	| Task  | Status | Needs |      Needs: ref tasks
//	| lexer | Done   |       |
//	| parse | Todo   | lexer |      ready
//	| print | Todo   | parse |      not ready: parse is not done
//
// What is closed (dropped, rejected) is in nobody's way, nor is a row that is not there, or of
// a table without a status: 'check' says what refers to nothing.
#ifndef TOOL_READY_H
#define TOOL_READY_H

#include "open_table.h"

// Of rows of a table that others refer to, which are left to do: one map a column that is
// referred to, made when it is first asked for.
struct ready {
	struct call *c;
	struct ready_target *v;
	size_t n, cap;
};

enum rmk_code ready_row(struct ready *ready, const struct picked *p, size_t row,
    bool *out, struct rmk_err *err);

#endif
