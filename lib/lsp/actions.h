// Actions that are offered at a place. Not for users of the library.
//
//	a place in a row ──▶ "Mark as Read", "Move to Old", ... each with the text it makes
#ifndef RMK_LSP_ACTIONS_H
#define RMK_LSP_ACTIONS_H

#include "lsp/server.h"

struct offer {
	struct lsp_server *s;
	struct rmk_rpc_message *m;
	struct lsp_file *f;
	struct rmk_arena *a;
	struct lsp_position from, to; // what the editor asks about
	struct rmk_json *j;
};

// What an action makes of the text; made before the answer is begun.
struct action {
	const char *kind;
	struct rmk_str title;
	struct rmk_str text;
	struct rmk_str why; // regions that stay as they are; may be empty
};

struct actions {
	struct action *v;
	size_t n, cap;
};

// A change of rows: regions that show them are brought up to date with it.
void actions_add_rows(const struct offer *o, struct actions *all, struct rmk_str title,
    struct rmk_str text);

// The row at the place to each other table of the file, as `mv` moves it (move_actions.c).
void offer_moves(const struct offer *o, const struct lsp_place *p, struct actions *all);

#endif
