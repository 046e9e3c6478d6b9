// Our lines in a file of attributes: "*.md merge=rowmark".
//
//	text ──▶ which drivers our lines name
//	     ──▶ the text with other lines of ours, first: the person's own come after and win
//
// A line is ours when it gives one of our patterns our drivers and nothing else; any other
// somebody wrote.
#ifndef RMK_GIT_ATTRIBUTES_FILE_H
#define RMK_GIT_ATTRIBUTES_FILE_H

#include "base/err.h"
#include "base/str.h"

// Bits of enum rmk_driver (drivers.h).
unsigned rmk_attr_lines(struct rmk_str text);
struct rmk_str rmk_attr_with_lines(
    struct rmk_arena *a, struct rmk_str text, unsigned drivers);
// The first line, not ours, that says how some files are to be merged; or empty.
struct rmk_str rmk_attr_merge_line(struct rmk_str text);

// A file of attributes as it is; s is NULL where there is none. Then as it shall be, in the
// place of what it was; one that is to be empty is removed.
enum rmk_code rmk_attr_read(
    struct rmk_arena *a, struct rmk_str file, struct rmk_str *out, struct rmk_err *err);
enum rmk_code rmk_attr_write(struct rmk_arena *a, struct rmk_str file, struct rmk_str was,
    struct rmk_str text, struct rmk_err *err);

#endif
