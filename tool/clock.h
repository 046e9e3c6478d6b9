// What time it is, and how long something lasts.
//
//	--expires 2h ─▶ 7200      clock_now() - the commit's time > 7200 ─▶ expired
#ifndef TOOL_CLOCK_H
#define TOOL_CLOCK_H

#include "cmd.h"

// Seconds since 1970. SOURCE_DATE_EPOCH fixes the clock, as for other tools whose output should
// not change.
int64_t clock_now(void);

// "90s", "30m", "2h", "7d", "2 weeks", or how long ago a day began ("2026-05-01"): an option's
// value in seconds; 0 where it is not given.
enum rmk_code opt_seconds(
    const struct call *c, const char *name, int64_t *out, struct rmk_err *err);

#endif
