// What time it is, and how long something lasts: see clock.h.
#include "clock.h"
#include "base/ascii.h"

#include <stdlib.h>
#include <time.h>

int64_t
clock_now(void)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");

	return fixed ? strtoll(fixed, NULL, 10) : (int64_t)time(NULL);
}

// "2026-05-01", which began so many seconds ago; 0: it is no such day.
static int64_t
seconds_since_day(const char *text)
{
	struct tm day = {.tm_isdst = -1};
	const char *end = strptime(text, "%Y-%m-%d", &day);
	time_t began = end && !*end ? mktime(&day) : -1;

	return began < 0 || began >= clock_now() ? 0 : clock_now() - began;
}

// Seconds in a unit as people write it: "d", "day", "days"; 0: it is none.
static int64_t
unit_seconds(struct rmk_str unit)
{
	static const struct {
		const char *name;
		int64_t seconds;
	} units[] = {{"seconds", 1}, {"minutes", 60}, {"hours", 3600}, {"days", 86400},
	    {"weeks", 604800}};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct rmk_str name = rmk_str_of(units[i].name);

		if (rmk_str_eq(unit, rmk_str_part(name, 0, 1)) ||
		    rmk_str_eq(unit, name) ||
		    rmk_str_eq(unit, rmk_str_part(name, 0, name.n - 1)))
			return units[i].seconds;
	}
	return 0;
}

enum rmk_code
opt_seconds(const struct call *c, const char *name, int64_t *out, struct rmk_err *err)
{
	const char *text = opt_text(c, name);
	struct rmk_str t = rmk_str_of(text ? text : "");
	size_t digits = 0;
	uint32_t count;

	*out = 0;
	if (!text)
		return RMK_OK;
	while (digits < t.n && rmk_is_digit(t.s[digits]))
		digits++;
	if (rmk_str_to_u32(rmk_str_part(t, 0, digits), &count))
		*out = count * unit_seconds(rmk_str_trim(rmk_str_from(t, digits)));
	if (*out == 0)
		*out = seconds_since_day(text);
	if (*out > 0)
		return RMK_OK;
	return rmk_fail(err, RMK_INVALID,
	    "--%s: '%s' is no time: wanted a number of s, m, h, d or w, or a day that "
	    "was, "
	    "such as 2026-05-01",
	    name, text);
}
