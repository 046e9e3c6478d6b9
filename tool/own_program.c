// Where this program is: see own_program.h.
#include "own_program.h"

#include "base/system.h"

#include <limits.h>

const char *
own_program(struct rmk_arena *a)
{
	char path[PATH_MAX];
	size_t n = rmk_system_program(path, sizeof path);

	return n && n < sizeof path ? rmk_str_c(a, (struct rmk_str){path, n}) : NULL;
}
