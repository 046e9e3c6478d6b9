// What is written into a cell for what a person asked.
//
//	asked       the column's values    the cell holds          written
//	read        Read, Reading          Not read                Read
//	raed        Read, Reading          Not read                refused: did you mean Read?
//	done        Todo, Doing, Done      [Done](…/pull/1)        as it is
//	read        Read, Reading          Reading (since May)     Read; the note is said to go
//
// Ownership: results live in the arena or are part of what is handed in.
#ifndef RMK_EDIT_CELL_VALUE_H
#define RMK_EDIT_CELL_VALUE_H

#include "base/buf.h"
#include "schema/file_words.h"

struct rmk_cell_wish {
	struct rmk_str typed;       // s NULL: the column's own word for `progress`
	enum rmk_progress progress; // RMK_DOING or RMK_DONE
	bool as_typed;  // write it as it is typed, new and near to another or not
	bool keep_note; // a link or note around the old word stays
	// Where the column is, so that words of the file's other tables are known where it
	// has none; NULL: it alone counts.
	const struct rmk_doc *doc;
	size_t table;
	struct rmk_file_words *words; // with doc: what is known of them
};

// What was typed, in the column's spelling. A value that an inferred status column does not
// hold is written, and noted; one that is a letter or two from a known one is refused as a
// slip of the keys. notes (may be NULL) gets a line for each thing that should be known.
enum rmk_code rmk_cell_spell(struct rmk_arena *a, const struct rmk_field *field,
    const struct rmk_cell_wish *wish, struct rmk_buf *notes, struct rmk_str *out,
    struct rmk_err *err);

// The content for a cell that holds raw: its own where it says so already, in whatever markup.
enum rmk_code rmk_cell_value(struct rmk_arena *a, const struct rmk_field *field,
    struct rmk_str raw, const struct rmk_cell_wish *wish, struct rmk_buf *notes,
    struct rmk_str *out, struct rmk_err *err);

// What a new row gets in a column that nobody named: in the one status column its first value
// that is not begun, elsewhere nothing.
struct rmk_str rmk_cell_first(const struct rmk_schema *schema, size_t col);

#endif
