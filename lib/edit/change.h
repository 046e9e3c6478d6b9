// A change said by key, so that the same one can be made in any version of a file.
//
//	                    HEAD's bytes ──▶ HEAD's bytes, changed     the commit
//	{papers, LIMA,      index's bytes ─▶ ...                       the index
//	 Read or Not,       worktree's ────▶ ...                       the file
//	 Not read→Reading}
//
// Edits (edit/edit.h) name rows by index, which differs between versions. A change
// names table, row and column by what identifies them, and finds them anew in each.
//
// Ownership: text in a change must outlive it (an arena of the command).
#ifndef RMK_EDIT_CHANGE_H
#define RMK_EDIT_CHANGE_H

#include "edit/edit.h"
#include "schema/schema.h"

enum rmk_change_kind { RMK_CHANGE_SET, RMK_CHANGE_ADD, RMK_CHANGE_REMOVE };

// A table, as it is found in another version: by declared name, else by anchor and
// nth, with the same labels; when headings moved, the one table with these labels.
struct rmk_table_id {
	struct rmk_str name; // declared; may be empty
	struct rmk_str anchor;
	uint32_t nth, of;       // nth (from 0) of the `of` tables under that heading
	struct rmk_str *labels; // [ncols] keys (folded)
	size_t ncols;
};

// A row: by its key; where several rows share it, or it is empty, the one whose cells
// are all the same (but for the one that is set); where even those are several, the nth
// of them if both versions have as many.
struct rmk_row_id {
	size_t key_col;        // index into the table's labels
	struct rmk_str key;    // folded key cell
	struct rmk_str shown;  // the key as a reader sees it, for messages
	struct rmk_str *cells; // [ncells] folded
	size_t ncells;
	uint32_t nth, of; // nth (from 0) of the `of` rows with this key
};

struct rmk_change {
	enum rmk_change_kind kind;
	struct rmk_table_id table;
	struct rmk_row_id row; // SET, REMOVE; ADD: the row it is behind (key empty
			       // and ncells 0: at the end)
	struct rmk_str label;  // SET: the column, folded
	uint32_t label_nth;    // from 0, among columns of one name
	struct rmk_str label_shown;
	struct rmk_str old;     // SET: the cell's raw bytes that are expected
	struct rmk_str value;   // SET: content
	bool first;             // ADD: it is before every row; row is not looked at
	struct rmk_str *values; // ADD: content, [table.ncols] in the order of labels
	// ADD: the row as it was written, and the header it stood under: it is written so again
	// where the header is the same. s NULL: as its neighbours are.
	struct rmk_str line, header;
};

// Name the table and the row of a document, for a change. Naming a row reads the whole key
// column; n rows at once cost no more than one.
struct rmk_table_id rmk_table_identify(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema);
struct rmk_row_id rmk_row_identify(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, size_t row);
struct rmk_row_id *rmk_rows_identify(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, const size_t *rows, size_t n); // [n]

// Make the changes in a version: find each, then edit through the gate. `version` names
// it in messages ("HEAD", "the index", "the worktree"). A cell that holds neither the
// old value nor the new one is RMK_CONFLICT; one that holds the new one already counts
// as made, and so does an equal row to add; another row with its key is RMK_FASTER where
// keys are unique. A row, column or table that is not there is RMK_NOT_FOUND.
//
// Of versions made from one that had the change, and of a change that is made again, a
// row to remove that is not there counts as removed, and a row to add as added where an
// equal one is there, whether keys are unique or not.
#define RMK_VERSION_HOOK "what the pre-commit hook made"
enum rmk_code rmk_changes_apply(struct rmk_arena *a, const char *version,
    const struct rmk_doc *doc, const struct rmk_change *changes, size_t n,
    struct rmk_str *out, struct rmk_err *err);

// The table of an id in a version. Fails as rmk_changes_apply does.
enum rmk_code rmk_table_find(struct rmk_arena *a, const char *version,
    const struct rmk_doc *doc, const struct rmk_table_id *id, size_t *out,
    struct rmk_err *err);

// The raw bytes of a SET's cell in a version: what a command asks HEAD for when the
// worktree holds the new value already. Fails as rmk_changes_apply does.
enum rmk_code rmk_change_cell(struct rmk_arena *a, const char *version,
    const struct rmk_doc *doc, const struct rmk_change *change, struct rmk_str *out,
    struct rmk_err *err);

#endif
