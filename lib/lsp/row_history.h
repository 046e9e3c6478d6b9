// The last changes of a row, as commits have them.
//
//	HEAD ── versions of the file ── changes of rows that were asked for     kept until HEAD moves
//
// A long history takes a while to read: what was taken back meanwhile is left.
#ifndef RMK_LSP_ROW_HISTORY_H
#define RMK_LSP_ROW_HISTORY_H

#include "lsp/server.h"

// A line for each, as a list in Markdown; empty where the file or the row was never committed.
// False: the request was taken back.
bool lsp_row_changes(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f,
    const struct lsp_place *p, struct rmk_str *out);

#endif
