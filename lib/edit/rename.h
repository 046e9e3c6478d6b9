// A value that gets another name wherever it stands.
//
//	<!-- rowmark: papers; Status: status = Not read < Read -->     declaration
//	| LIMA | [Not read](#l) |                                      cells of the column
//	| runs | LoRA, LIMA     |                                      cells that refer to a key
//
// Only the word changes: links, emphasis and whatever else is around it stay.
//
// Ownership: what is found lives in the arena or is part of the document.
#ifndef RMK_EDIT_RENAME_H
#define RMK_EDIT_RENAME_H

#include "edit/edit.h"
#include "schema/schema.h"

struct rmk_rename {
	struct rmk_str old;  // as typed; compared by key
	struct rmk_str new_; // content
};

// Edits of one document, as they are found.
struct rmk_renamed {
	struct rmk_edit *edits; // [n]
	size_t n, cap;
	size_t ncells;
	size_t nlinks; // cells that were a link, and are it in other words
	bool declared; // one of them is of the declaration
};

// The cells of a column that say the old word, and its place in the declaration; there every
// column goes along that the list is of. RMK_REFUSED: another value is called so already,
// where values are keys or listed, or a cell's word cannot be told from its markup.
enum rmk_code rmk_rename_value(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema, size_t col,
    const struct rmk_rename *rename, struct rmk_renamed *out, struct rmk_err *err);

// Whether a field's values are those of a column of another table.
bool rmk_refers_to(struct rmk_arena *a, const struct rmk_field *field,
    const struct rmk_schema *schema, size_t col);

// The cells of a column of references that name the old word, alone or among others.
enum rmk_code rmk_rename_refs(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, size_t col, const struct rmk_rename *rename, struct rmk_renamed *out,
    struct rmk_err *err);

#endif
