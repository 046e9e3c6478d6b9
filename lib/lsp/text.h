// The text of a file as its editor has it, and places in it as editors count them.
//
//	line 0   | Task | 🚧 |\r\n        a line ends in LF, CR LF or a lone CR
//	line 1   ^      ^ ^  ^
//	bytes    0      7 9  14           UTF-16 units 0 7 9 12
//
// Edits are made in place. Line starts are found as far as they are asked for and kept as far
// as an edit leaves them true, so that a thousand edits from below upwards cost no more than one
// walk through the text.
//
// Units: lines and characters count from 0; characters are bytes where `utf8`, else UTF-16
// units. A place behind the end of its line is the end of the line, one inside a character its
// beginning.
#ifndef RMK_LSP_TEXT_H
#define RMK_LSP_TEXT_H

#include "base/str.h"

struct lsp_position {
	uint32_t line, character;
};

struct lsp_range {
	struct lsp_position start, end;
};

struct lsp_text {
	struct rmk_arena arena;
	char *s;
	size_t n, cap;
	bool utf8;
	uint32_t *starts; // [nstarts] of lines, those that are known
	size_t nstarts, starts_cap;
};

struct rmk_str lsp_text_str(const struct lsp_text *t);
void lsp_text_free(struct lsp_text *t);

// Put other bytes in place of those from at to end.
void lsp_text_splice(struct lsp_text *t, size_t at, size_t end, struct rmk_str with);

size_t lsp_text_at(struct lsp_text *t, struct lsp_position p);
struct lsp_position lsp_text_position(struct lsp_text *t, size_t at);
// Of bytes [at, at + len).
struct lsp_range lsp_text_range(struct lsp_text *t, size_t at, size_t len);

// Where a line begins and, without its end, ends. The last line where there is none such.
size_t lsp_text_line(struct lsp_text *t, uint32_t line, size_t *end);

#endif
