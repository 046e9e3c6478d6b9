// A list becomes a table, so that it comes under progress too.
//
//	## Tools                                | Title | Notes | Status |
//	1. [Kernel](https://…) - by hand  ──▶   | ----- | ----- | ------ |
//	2. [x] [Agents](https://…)              | [Kernel](https://…) | by hand | To do |
//	                                        | [Agents](https://…) |         | Done |
//
// Each item is one row, in order. Its leading link (else its whole text) is the title;
// what follows a dash or a colon behind the link is the note; a check box or a leading tick is
// the status, and an item that is struck out as a whole is done.
// Only markers, check boxes and that one separator go: their place in the table says
// the same. The status column is called and filled as in the file's first table with one
// status column, else "Status" with "To do" and "Done", in the language of the list, or where that
// shows none, of the file (list_language.h).
//
// Errors: RMK_NOT_FOUND when the section holds no list; RMK_REFUSED, with the line, for
// what a row cannot hold: nested lists, several paragraphs, code in an item.
#ifndef RMK_EDIT_ADOPT_H
#define RMK_EDIT_ADOPT_H

#include "table/doc.h"

struct rmk_adopt_opts {
	struct rmk_str title; // column labels; empty: as above
	struct rmk_str notes;
	struct rmk_str status;
	struct rmk_str todo, done; // the words to use; empty: as above
};

struct rmk_adopted {
	struct rmk_str text; // the new bytes
	uint32_t line;       // where the list stood, from 1
	size_t nitems;
	size_t ndone;
};

// Turn the first list under doc->headings[heading] into a table. doc must be parsed
// with RMK_PARSE_ALL.
enum rmk_code rmk_adopt(struct rmk_arena *a, const struct rmk_doc *doc, size_t heading,
    const struct rmk_adopt_opts *opts, struct rmk_adopted *out, struct rmk_err *err);

#endif
