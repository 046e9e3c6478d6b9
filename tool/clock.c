// What time it is, and how long something lasts: see clock.h.
#include "clock.h"

#include <stdlib.h>
#include <time.h>

int64_t
clock_now(void)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");

	return fixed ? strtoll(fixed, NULL, 10) : (int64_t)time(NULL);
}

enum rmk_code
opt_seconds(const struct call *c, const char *name, int64_t *out, struct rmk_err *err)
{
	static const struct {
		char letter;
		int64_t seconds;
	} units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
	const char *text = opt_text(c, name);
	struct rmk_str t = rmk_str_of(text ? text : "");
	uint32_t count;

	*out = 0;
	if (!text)
		return RMK_OK;
	for (size_t i = 0; t.n && i < sizeof units / sizeof *units; i++) {
		if (t.s[t.n - 1] == units[i].letter &&
		    rmk_str_to_u32(rmk_str_part(t, 0, t.n - 1), &count) && count) {
			*out = count * units[i].seconds;
			return RMK_OK;
		}
	}
	return rmk_fail(err, RMK_INVALID,
	    "--%s: '%s' is no time: wanted a number with s, m, h or d behind it", name,
	    text);
}
