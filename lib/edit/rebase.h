// The links of a cell that goes to another file.
//
//	notes/a.md  [x](img/x.png)    ──▶  b.md  [x](notes/img/x.png)
//	a.md        [top](#papers)    ──▶  b.md  [top](a.md#papers)
//	b.md        [top](a.md#papers) ─▶  a.md  [top](#papers)
//
// Paths count from one folder, '/'-separated.
#ifndef RMK_EDIT_REBASE_H
#define RMK_EDIT_REBASE_H

#include "base/str.h"

// A cell of the file `from`, with links that lead to the same places from the file `to`. False:
// it leans on what stays behind, a reference, a footnote or an address in HTML: *what.
bool rmk_links_rebase(struct rmk_arena *a, struct rmk_str raw, struct rmk_str from,
    struct rmk_str to, struct rmk_str *out, struct rmk_str *what);

#endif
