// Somebody was faster, or what was expected is not so: exit status 3, and who it was.
//
//	rowmark: README.md:5: 'Status' of 'LIMA' is 'Reading', not 'Not read'
//	hint: somebody was faster: 1a2b3c4 by Ada, "LIMA: Not read -> Reading"
#ifndef TOOL_FASTER_H
#define TOOL_FASTER_H

#include "open_table.h"

// Make an error RMK_FASTER, its hint the last commit of the file; `else_do` is what to do
// where there is none.
enum rmk_code faster(
    struct call *c, const struct file *file, struct rmk_err *err, const char *else_do);

#endif
