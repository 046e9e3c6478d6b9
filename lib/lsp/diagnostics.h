// What is found in files, as the protocol has it. Not for users of the library.
//
//	a file ──▶ findings of check ──▶ {"resultId": HASH, "items": [{"range": ...}, ...]}
#ifndef RMK_LSP_DIAGNOSTICS_H
#define RMK_LSP_DIAGNOSTICS_H

#include "lsp/server.h"

struct rmk_findings lsp_findings(
    struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f);

// What stands for them, never 0.
uint64_t lsp_findings_hash(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    const struct rmk_findings *found);

void lsp_put_findings(struct lsp_server *s, struct rmk_json *j, const char *name,
    struct lsp_file *f, const struct rmk_findings *found);

// The id of a result is the hash of it, in hexadecimal.
struct rmk_str lsp_result_id(struct rmk_arena *a, uint64_t hash);

// The members of a report on a file; previous: the id of what the editor has, or empty.
void lsp_put_report(struct lsp_server *s, struct rmk_json *j, struct rmk_arena *a,
    struct lsp_file *f, struct rmk_str previous);

#endif
