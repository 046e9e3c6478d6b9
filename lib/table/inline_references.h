// Links by reference, as links that need nothing of their file.
//
//	| [LoRA][1] | [LIMA] |             ──▶  | [LoRA](https://a.b/l "Low") | [LIMA](l.md) |
//
//	[1]: https://a.b/l "Low"
//	[lima]: l.md
#ifndef RMK_TABLE_INLINE_REFERENCES_H
#define RMK_TABLE_INLINE_REFERENCES_H

#include "table/doc.h"

// The definitions of a document by their labels, each to its line, from 0; NULL: there are none.
// They are the document's own (rmk_doc.definitions).
struct rmk_map *rmk_definitions_read(struct rmk_arena *a, const struct rmk_doc *doc);

// The definition of a label in a document, as it is written: where it leads, and its title (empty:
// none). The first one counts; one that goes on on a second line is not found.
bool rmk_definition_find(struct rmk_arena *a, const struct rmk_doc *doc,
    struct rmk_str label, struct rmk_str *to, struct rmk_str *title);

// A cell of the document in which each such link says itself where it leads: what a reader sees of
// it and where its links lead, value.h then says.
struct rmk_str rmk_references_inline(
    struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw);

// The same of rmk_doc_cell.
static inline struct rmk_str
rmk_doc_cell_linked(
    struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_row *row, size_t col)
{
	return rmk_references_inline(a, doc, rmk_doc_cell(doc, row, col));
}

// A cell with its label apart from where each such link refers to, which other words for the
// label then do not change: "[LIMA]" and "[LIMA][]" are "[LIMA][LIMA]".
struct rmk_str rmk_references_full(
    struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw);

#endif
