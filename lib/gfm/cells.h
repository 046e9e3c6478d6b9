// The cells of one row, as they are written.
//
//	| LoRA  | a \| b |  |  extra
//	  ^^^^    ^^^^^^  ^    ^^^^^        spans: trimmed, excess cells included
//
// The row scanner of GFM (section 4.10), on one line without its end and without
// the prefix of its containers: a leading '|' is skipped with the white space after
// it; then a cell runs to the next '|' whose previous byte inside the cell is not a
// backslash; an empty remainder after the last '|' is no cell. A pipe inside a code
// span splits the cell too.
//
// Units: bytes from the start of the file.
#ifndef RMK_GFM_CELLS_H
#define RMK_GFM_CELLS_H

#include "base/str.h"

// Scan text[at, end) and write the trimmed spans to out, at most room of them.
// Returns how many cells there are, which may be more than room. The span of an
// empty cell has len 0 and is right behind the pipe (or row start) before it.
size_t rmk_cells_scan(
    struct rmk_str text, uint32_t at, uint32_t end, struct rmk_span *out, size_t room);

// The place between the two pipes, white space included, of the cell at `cell`; the
// row's content is text[at, end).
struct rmk_span rmk_cell_between(
    struct rmk_str text, uint32_t at, uint32_t end, struct rmk_span cell);

// Raw bytes of a cell to content as GFM reads it ('\|' is '|'), and back. The first
// returns raw itself where nothing changes.
struct rmk_str rmk_cell_content(struct rmk_arena *a, struct rmk_str raw);
struct rmk_str rmk_cell_raw(struct rmk_arena *a, struct rmk_str content);

#endif
