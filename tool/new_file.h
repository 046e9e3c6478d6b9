// A file that git does not know yet, with its first commit.
//
//	text ──▶ the file ──▶ git add ──▶ git commit -- FILE
//
// How far it goes is what the options of OPT_WRITE say. What fails leaves nothing behind.
#ifndef TOOL_NEW_FILE_H
#define TOOL_NEW_FILE_H

#include "open_table.h"
#include "write.h"

// Hint of a file that could not be opened: where it is not there, how it is made, with the columns
// of a table that is known (NULL: of one that is to be named).
enum rmk_code new_file_hint(
    struct call *c, const char *word, const struct picked *like, struct rmk_err *err);

enum exit_status new_file_write(
    struct call *c, struct rmk_str path, struct rmk_str text, struct rmk_str message);

#endif
