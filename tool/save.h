// A whole new file, or another in its place: a report, a hook.
//
//	text ──▶ .report.html.rowmark-new ──rename──▶ report.html
//
// It is written beside and then renamed, so that nobody ever sees a half of it. Files of
// people are changed through write.h instead, which looks at what they hold.
#ifndef TOOL_SAVE_H
#define TOOL_SAVE_H

#include "cmd.h"

#include <sys/types.h>

// mode: as for open, 0666 or 0777, and the umask takes from it.
enum rmk_code save_file(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    mode_t mode, struct rmk_err *err);
// The same of what `write` writes; where it gives false, errno says why.
enum rmk_code save_file_by(struct rmk_arena *a, struct rmk_str path, mode_t mode,
    bool (*write)(void *ctx, int fd), void *ctx, struct rmk_err *err);

#endif
