// A file that git does not know yet, with its first commit.
//
//	text ──▶ the file ──▶ git add ──▶ git commit -- FILE
//
// How far it goes is what the options of OPT_WRITE say. What fails leaves nothing behind.
#ifndef TOOL_NEW_FILE_H
#define TOOL_NEW_FILE_H

#include "write.h"

enum exit_status new_file_write(
    struct call *c, struct rmk_str path, struct rmk_str text, struct rmk_str message);

#endif
