// Who last changed the status of each row, whatever tables and files it was in.
//
//	README.md   LIMA came in c5, as it is  ──▶  old.md before c5: Read since c3
#ifndef TOOL_BLAME_RUN_H
#define TOOL_BLAME_RUN_H

#include "versions.h"

// rmk_blame_of for a file of the list, of the column where one is named.
enum rmk_code blame_run(struct call *c, const struct versions_list *list,
    const struct versions *f, struct rmk_str column, struct progress *progress,
    struct rmk_blame *out, struct rmk_err *err);

#endif
