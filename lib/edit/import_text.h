// A text from elsewhere as the content of a cell, so that a reader sees that text.
//
//	a *b* c       a \*b\* c          text that would be markup
//	two\nlines    two<br>lines
#ifndef RMK_EDIT_IMPORT_TEXT_H
#define RMK_EDIT_IMPORT_TEXT_H

#include "base/str.h"

// For comparing: runs of white space, line ends too, are one space.
struct rmk_str rmk_import_norm(struct rmk_arena *a, struct rmk_str text);

struct rmk_str rmk_import_content(
    struct rmk_arena *a, struct rmk_str text, bool markdown);

// content with its one address replaced; false: it is not to be told apart.
bool rmk_import_url(struct rmk_arena *a, struct rmk_str content, struct rmk_str url,
    struct rmk_str now, struct rmk_str *out);

#endif
