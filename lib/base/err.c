// Errors as values, their text safe to print.
#include "base/err.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const char *
rmk_code_name(enum rmk_code code)
{
	static const char *const names[] = {
#define X(id, name) [RMK_##id] = name,
	    RMK_CODES(X)
#undef X
	};

	return (unsigned)code < sizeof names / sizeof *names ? names[code] : "unknown";
}

// Copy text to out of the given size as it may be printed (rmk_utf8_shown); cut between
// characters when it is too long.
static void
copy_shown(char *out, size_t size, struct rmk_str text)
{
	char one[RMK_SHOWN_MAX];
	size_t n = 0, len;

	for (size_t i = 0; i < text.n; i += len) {
		size_t need = rmk_utf8_shown(text, i, one, &len);

		if (n + need >= size)
			break;
		memcpy(out + n, one, need);
		n += need;
	}
	out[n] = '\0';
}

static void
err_fill(char *out, size_t size, const char *fmt, va_list args)
{
	char text[4096];

	vsnprintf(text, sizeof text, fmt, args);
	copy_shown(out, size, rmk_str_of(text));
}

enum rmk_code
rmk_fail(struct rmk_err *err, enum rmk_code code, const char *fmt, ...)
{
	va_list args;

	if (!err)
		return code;
	err->code = code;
	err->hint[0] = '\0';
	va_start(args, fmt);
	err_fill(err->msg, sizeof err->msg, fmt, args);
	va_end(args);
	return code;
}

enum rmk_code
rmk_hint(struct rmk_err *err, const char *fmt, ...)
{
	va_list args;

	if (!err)
		return RMK_INVALID;
	va_start(args, fmt);
	err_fill(err->hint, sizeof err->hint, fmt, args);
	va_end(args);
	return err->code;
}

enum rmk_code
rmk_fail_errno(struct rmk_err *err, const char *fmt, ...)
{
	const char *why = strerror(errno);
	char what[800];
	va_list args;

	if (!err)
		return RMK_IO;
	va_start(args, fmt);
	vsnprintf(what, sizeof what, fmt, args);
	va_end(args);
	return rmk_fail(err, RMK_IO, "%s: %s", what, why);
}
