// Where a row is that one side of a merge took to another file.
//
//	conflict: one side deleted the row, the other changed it
//	a row 'LIMA' is in old.md, line 7, of HEAD
//
// A merge driver sees one file alone; the commits that are merged say where the row went.
#ifndef TOOL_MERGE_ELSEWHERE_H
#define TOOL_MERGE_ELSEWHERE_H

#include "cmd.h"
#include "merge/merge.h"

// Say it of each conflict that is about a row which the other Markdown files of a merged commit
// have, and this file has not in it.
void merge_say_elsewhere(struct call *c, struct rmk_str path, const struct rmk_merge *m);

#endif
