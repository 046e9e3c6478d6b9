// Errors as values, their text safe to print.
#include "base/err.h"

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

static bool
err_is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

// Copy text to out of the given size: control characters as \xNN, so that a hostile
// file name cannot write to a terminal; cut between characters when it is too long.
static void
copy_shown(char *out, size_t size, const char *text)
{
	size_t n = 0;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		size_t need = err_is_control(c) ? 4 : 1;

		if (n + need >= size)
			break;
		if (need == 4)
			snprintf(out + n, 5, "\\x%02x", c);
		else
			out[n] = (char)c;
		n += need;
	}
	if (*text) {
		while (n && ((unsigned char)out[n - 1] & 0xC0) == 0x80)
			n--;
		if (n && (unsigned char)out[n - 1] >= 0xC0)
			n--;
	}
	out[n] = '\0';
}

static void
err_fill(char *out, size_t size, const char *fmt, va_list args)
{
	char text[4096];

	vsnprintf(text, sizeof text, fmt, args);
	copy_shown(out, size, text);
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
