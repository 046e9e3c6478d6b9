// Rows that name each other: a key, and the cells of `ref` columns that hold it.
//
//	people.md  | Ada |  key   ◀── ref people ── tasks.md  | parse | Ada, Bob |
//
// Files are those of the folder, as they are typed where they are open.
#ifndef RMK_LSP_REFER_H
#define RMK_LSP_REFER_H

#include "edit/rename.h"
#include "lsp/server.h"

// A column of a table; f NULL: none.
struct lsp_table {
	struct lsp_file *f;
	size_t table, col;
};

// A cell, and the part of it that is meant.
struct lsp_cell {
	struct lsp_file *f;
	size_t table, row, col;
	struct rmk_span span;
};

struct lsp_cells {
	struct lsp_cell *v;
	size_t n, cap;
};

// The column of keys that a column of references leads to.
struct lsp_table lsp_refer_table(struct lsp_server *s, struct rmk_arena *a,
    struct lsp_file *f, size_t table, size_t col);

// The key that is meant at a place, in a key's cell or in one that refers to it: *word as a
// reader sees it, and the bytes that say it. f NULL: none is.
struct lsp_table lsp_refer_key(struct lsp_server *s, struct rmk_arena *a,
    struct lsp_file *f, const struct lsp_place *p, struct rmk_str *word,
    struct rmk_span *span);

// The cells that hold the key, and those that refer to it.
void lsp_refer_cells(struct lsp_server *s, struct rmk_arena *a,
    const struct lsp_table *keys, struct rmk_str word, bool own, struct lsp_cells *out);

// Whether a column refers to the keys of a table.
bool lsp_refers_to(struct rmk_arena *a, struct lsp_file *f, size_t table, size_t col,
    const struct lsp_table *keys);

#endif
