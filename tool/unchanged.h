// "unchanged" is said where the file, the index and HEAD all hold the value.
//
//	worktree Read   index Not read   HEAD Not read      edited by hand: committed
//	worktree Read   index Read       HEAD Not read      staged: committed
//	worktree Read   index Reading    HEAD Read          refused, as any staged cell
#ifndef TOOL_UNCHANGED_H
#define TOOL_UNCHANGED_H

#include "write.h"

// Where the file holds the value already, what HEAD says (with --stage, the index) is what
// is changed: old is set to that.
void unchanged_look_further(struct call *c, struct write *w);

// Whether all versions that are to be written hold all values: then what is in the way
// of writing them is no trouble.
bool unchanged_all(
    struct call *c, const struct write *writes, size_t n, enum rmk_code code);

#endif
