// A text in the person's editor, as git starts it.
//
//	text ──▶ a file in the temporary folder ──▶ $GIT_EDITOR, core.editor, $EDITOR ──▶ text
#ifndef TOOL_EDITOR_H
#define TOOL_EDITOR_H

#include "cmd.h"

// path is the file, which is the caller's to remove, once it was made; s NULL before.
enum rmk_code editor_run(struct call *c, struct rmk_str text, struct rmk_str *out,
    struct rmk_str *path, struct rmk_err *err);

#endif
