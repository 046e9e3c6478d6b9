// What may stand in a cell, or in a declaration, at a place.
//
//	| Task | State | Needs |      State   Todo, Doing, Done       statuses in their order
//	| ship | |     | parse, |     Needs    parse, ship             keys of the other table
//
//	<!-- rowmark: tasks; Ar|      labels, rules, names of tables
#ifndef RMK_LSP_VALUES_H
#define RMK_LSP_VALUES_H

#include "lsp/server.h"

struct lsp_value {
	struct rmk_str raw;    // as it is written, pipes escaped
	struct rmk_str detail; // "done, 12 rows"; may be empty
};

struct lsp_values {
	struct lsp_value *v;
	size_t n, cap;
	size_t at, end; // the bytes that one of them takes the place of
};

void lsp_values_add(struct rmk_arena *a, struct lsp_values *values, struct rmk_str raw,
    struct rmk_str detail);

// Statuses and listed values in their order, keys of the table that is referred to, else what
// other cells of the column hold, the usual first.
void lsp_cell_values(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    const struct lsp_place *p, struct lsp_values *out);

// Labels, rules and names of tables, by what is written before the place.
void lsp_declaration_values(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    const struct lsp_place *p, struct lsp_values *out);

#endif
