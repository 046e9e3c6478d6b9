// What changed between two documents, in tables, columns, rows and cells.
//
//	old                       new                         rmk_diff
//	| Paper | Read |          | Paper | Read | Score |    papers
//	| LIMA  | no   |    ───▶  | LIMA  | yes  |       |      column Score added
//	| GPT   | yes  |          | QLoRA | no   |       |      LIMA changed: Read no ─▶ yes
//	                                                        GPT removed
//	                                                        QLoRA added
//
// A cell is its bytes between the pipes without the white space at their ends: padding
// is not a difference. Two documents without a difference in their tables give n = 0;
// the text around the tables is not looked at.
//
// Units: indices of tables, columns and rows from 0; RMK_NONE on the side where the
// thing is not. Ownership: everything lives in the arena, or points into the documents.
#ifndef RMK_DIFF_DIFF_H
#define RMK_DIFF_DIFF_H

#include "diff/match.h"

enum rmk_diff_kind { RMK_DIFF_ADDED, RMK_DIFF_REMOVED, RMK_DIFF_CHANGED };

// A cell of a row that is in both; its column may be in one only.
struct rmk_cell_diff {
	size_t old_col, new_col;
	struct rmk_str old, new_; // raw
};

struct rmk_row_diff {
	enum rmk_diff_kind kind; // CHANGED without cells: it only moved
	size_t old_row, new_row;
	bool moved;
	struct rmk_str name;         // as in messages (schema/row_names.h)
	struct rmk_cell_diff *cells; // [ncells] CHANGED: in the order of the new columns
	size_t ncells;
};

// CHANGED: the label is another one, or the alignment, or its place among the columns.
struct rmk_col_diff {
	enum rmk_diff_kind kind;
	size_t old_col, new_col;
	bool moved;
	struct rmk_str old, new_; // labels, raw
	enum rmk_align old_align, new_align;
};

struct rmk_table_diff {
	enum rmk_diff_kind kind;
	size_t old_table, new_table;
	struct rmk_col_diff *cols; // [ncols]; none for ADDED and REMOVED
	size_t ncols;
	struct rmk_row_diff *rows; // [nrows]; those gone stand where they stood
	size_t nrows;
	size_t added, removed, changed, moved; // rows; one changed and moved counts twice
};

struct rmk_diff {
	const struct rmk_doc *old, *new_;
	struct rmk_table_diff *tables; // [n] those with a difference
	size_t n;
};

// Rows of tables that are in one only are listed too.
struct rmk_diff rmk_diff_docs(
    struct rmk_arena *a, const struct rmk_doc *old, const struct rmk_doc *new_);

// The part of two texts that differs, in whole words: what is before `at` and behind
// `at + len` is the same in both.
struct rmk_word_diff {
	struct rmk_span old, new_;
};
struct rmk_word_diff rmk_diff_words(struct rmk_str old, struct rmk_str new_);

#endif
