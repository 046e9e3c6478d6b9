// Since when rows have the status that they have, as `blame` says it.
//
//	README.md#papers, LIMA ──▶ the time of the commit that set it
#ifndef TOOL_STATUS_AGE_H
#define TOOL_STATUS_AGE_H

#include "open_table.h"

struct status_ages {
	struct rmk_map rows; // to a place in times
	int64_t *times;      // seconds since 1970
	size_t n, cap;
};

// words as for open_tables. Reads the versions of all files with rows.
enum rmk_code status_ages_read(struct call *c, char *const *words, size_t n,
    struct status_ages *out, struct rmk_err *err);

// False: no commit says, or there are more or fewer rows of its name than in the last one.
bool status_age(struct rmk_arena *a, const struct status_ages *ages,
    const struct picked *p, size_t row, int64_t *time);

#endif
