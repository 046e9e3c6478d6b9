// Where this program is: see own_program.h.
#include "own_program.h"

#include <limits.h>
#include <unistd.h>

const char *
own_program(struct rmk_arena *a)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path);

	return n > 0 && (size_t)n < sizeof path
	           ? rmk_str_c(a, (struct rmk_str){path, (size_t)n})
	           : NULL;
}
