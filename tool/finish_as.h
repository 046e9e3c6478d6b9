// `done --as NAME`: only what is NAME's, or nobody's, which becomes NAME's.
//
//	| parse | Doing | ada |   done parse --as ada     | parse | Done | ada |
//	| print | Doing | bob |   done print --as ada     exit status 3: bob has it, since when
//	| docs  | Todo  |     |   done docs --as ada      | docs  | Done | ada |
#ifndef TOOL_FINISH_AS_H
#define TOOL_FINISH_AS_H

#include "write.h"

// Check who has the rows of writes and add the owners that are to be written; without --as
// nothing is done. RMK_FASTER: somebody else has one.
enum rmk_code finish_as(
    struct call *c, struct write **writes, size_t *n, struct rmk_err *err);

#endif
