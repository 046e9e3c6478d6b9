// A language server for Markdown tables, on the operations that the commands have.
//
//	editor ◀── rpc ──▶ rmk_lsp_run
//	                    |- files    what is open, as it is typed; it wins over the disk
//	                    |- folders  repositories: settings, and files that refer to each other
//	                    `- features one file each: diagnostics, actions, completion ...
//
// Nothing is written: what changes is handed to the editor as edits of exactly the bytes that
// differ. Nothing is read before somebody asks for what it says.
#ifndef RMK_LSP_LSP_H
#define RMK_LSP_LSP_H

#include "rpc/rpc.h"

struct rmk_lsp_opts {
	int64_t (*now)(void); // seconds since 1970; for dates that come with a status
};

// Serve until the peer says exit or ends. *clean: it said shutdown before, or never began.
enum rmk_code rmk_lsp_run(struct rmk_rpc *rpc, const struct rmk_lsp_opts *opts,
    bool *clean, struct rmk_err *err);

#endif
