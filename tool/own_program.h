// Where this program is, for what starts it again.
//
//	/proc/self/exe ──▶ "/usr/local/bin/rowmark"
#ifndef TOOL_OWN_PROGRAM_H
#define TOOL_OWN_PROGRAM_H

#include "base/str.h"

// Its path; NULL where the system does not say.
const char *own_program(struct rmk_arena *a);

#endif
