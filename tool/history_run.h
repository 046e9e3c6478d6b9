// Versions to progress over time: what history prints and report draws.
//
//	versions_open ─▶ list ─▶ burnup_of ─▶ rmk_history: one of each file, summed up
//
// What was found out of a version is kept in the git folder, since versions never change.
#ifndef TOOL_BURNUP_H
#define TOOL_BURNUP_H

#include "versions.h"

// The histories of all files that ever had a status; of several, their sum. Where the list
// was opened with its caches, they are used and written. RMK_NOT_FOUND: none ever had a
// status.
enum rmk_code burnup_of(struct call *c, struct versions_list *list,
    const struct rmk_summary_opts *count, struct progress *progress,
    struct rmk_history *out, struct rmk_err *err);

#endif
