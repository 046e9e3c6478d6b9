// Text in other encodings, through iconv(3): see separated.h.
#include "base/buf.h"
#include "base/utf8.h"
#include "io/separated.h"

#include <errno.h>
#include <iconv.h>

static const struct {
	struct rmk_str mark;
	const char *name;
} encoding_marks[] = {
    {{"\xEF\xBB\xBF", 3}, "UTF-8"},
    {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
    {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
    {{"\xFF\xFE", 2}, "UTF-16LE"},
    {{"\xFE\xFF", 2}, "UTF-16BE"},
};

static enum rmk_code
convert(struct rmk_arena *a, struct rmk_str bytes, const char *name, struct rmk_str *out,
    struct rmk_err *err)
{
	iconv_t cd = iconv_open("UTF-8", name);
	struct rmk_buf b = {.arena = a};
	char *in = (char *)bytes.s, part[4096];
	size_t left = bytes.n, got;

	if (cd == (iconv_t)-1) {
		rmk_fail(err, RMK_INVALID, "the encoding '%s' is not known here", name);
		return rmk_hint(
		    err, "'iconv -f %s -t UTF-8' recodes the file first", name);
	}
	do {
		char *to = part;
		size_t room = sizeof part;

		got = iconv(cd, &in, &left, &to, &room);
		rmk_buf_add(&b, (struct rmk_str){part, sizeof part - room});
	} while (got == (size_t)-1 && errno == E2BIG);
	iconv_close(cd);
	if (got == (size_t)-1)
		return rmk_fail(
		    err, RMK_INVALID, "byte %zu is not %s", bytes.n - left + 1, name);
	*out = rmk_buf_str(&b);
	return RMK_OK;
}

enum rmk_code
rmk_text_decode(struct rmk_arena *a, struct rmk_str bytes, struct rmk_str name,
    struct rmk_str *out, struct rmk_err *err)
{
	const char *from = name.n ? rmk_str_c(a, name) : "UTF-8";
	size_t n = sizeof encoding_marks / sizeof *encoding_marks, at;

	for (size_t i = 0; i < n; i++) {
		if (!rmk_str_starts(bytes, encoding_marks[i].mark))
			continue;
		bytes = rmk_str_from(bytes, encoding_marks[i].mark.n);
		from = encoding_marks[i].name;
		break;
	}
	if (strcmp(from, "UTF-8") != 0)
		return convert(a, bytes, from, out, err);
	at = rmk_utf8_invalid(bytes);
	if (at != RMK_NONE) {
		rmk_fail(err, RMK_INVALID, "byte %zu is not UTF-8", at + 1);
		return rmk_hint(err, "--encoding says what it is: WINDOWS-1252, LATIN1");
	}
	*out = bytes;
	return RMK_OK;
}
