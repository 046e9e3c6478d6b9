// The word in a status cell, and what a person wrote around it.
//
//	[In progress](https://e.example/pr/1) (since May)
//	 ^^^^^^^^^^^                          ^^^^^^^^^^^
//	 word           link                  note
//
// A status that changes must not take a link or a note with it unseen.
//
// Ownership: results live in the arena or are part of raw.
#ifndef RMK_SCHEMA_CELL_WORD_H
#define RMK_SCHEMA_CELL_WORD_H

#include "base/str.h"

struct rmk_cell_word {
	struct rmk_str word;  // as a reader sees it, marks before it included: "✅ Done"
	struct rmk_str note;  // what is shown behind it; empty: nothing
	struct rmk_str *urls; // [nurls] of links, not of images
	size_t nurls;
};

struct rmk_cell_word rmk_cell_word_of(struct rmk_arena *a, struct rmk_str raw);

// Whether raw says the word that was typed, and says it in markup or with a note.
bool rmk_cell_word_is(struct rmk_arena *a, struct rmk_str raw, struct rmk_str typed);

// raw with its word replaced by another (content, as it is written) and all else as it was;
// false: the word has no place of its own in the cell's bytes.
bool rmk_cell_word_replace(
    struct rmk_arena *a, struct rmk_str raw, struct rmk_str content, struct rmk_str *out);

#endif
