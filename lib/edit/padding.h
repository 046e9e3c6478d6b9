// The white space around a cell.
//
//	| Paper  | Read or Not |        frame: what is between two pipes
//	|--------|-------------|
//	| LoRA   | Not read    |        " " "Not read" "    "
//	                                 left  text     right
//
// In an aligned column a new text takes its room from the padding. Whether a column is
// aligned is read from the rows around the one that is written, never from the cell
// itself: so the answer is the same before and after, and writing the old text again
// gives the old bytes again.
//
// Ownership: frames point into the document's text.
#ifndef RMK_EDIT_PADDING_H
#define RMK_EDIT_PADDING_H

#include "base/buf.h"
#include "table/doc.h"

struct rmk_frame {
	struct rmk_str left, text, right;
	bool start; // no pipe is before it
	bool open;  // no pipe is behind it
};

// Column col of the table, as the rows around `row` show it. except: the cells of `row`
// itself do not count; without it `row` is where a new row will stand.
struct rmk_layout {
	bool aligned;
	enum rmk_align how;
	size_t width;         // display columns between the pipes
	size_t before, after; // the least white space on either side: 0 or 1
	size_t blank;         // spaces of an empty cell in a column that is not aligned
};

struct rmk_frame rmk_frame_of(
    const struct rmk_doc *doc, const struct rmk_row *row, size_t col);

struct rmk_layout rmk_layout_of(const struct rmk_doc *doc, const struct rmk_table *table,
    size_t row, size_t col, bool except);

// Write raw, an escaped value, in place of the text of a frame; or in a new cell.
void rmk_pad_replace(struct rmk_buf *out, const struct rmk_layout *layout,
    const struct rmk_frame *frame, struct rmk_str raw);
void rmk_pad_fresh(struct rmk_buf *out, const struct rmk_layout *layout,
    struct rmk_str raw, bool start, bool open);

#endif
