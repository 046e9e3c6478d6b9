// iconv(3) in a program without shared libraries: the encodings that files from Windows and old
// commits are in. glibc's own loads a library for each encoding, of its own version.
//
//   bytes ──from──▶ code point ──to──▶ bytes
//
// The linker puts these in the places of glibc's (--wrap=iconv_open,--wrap=iconv,--wrap=iconv_close).
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <strings.h>

#define BAD (-1)
#define SHORT (-2)

// Read the code point at the front, and how many bytes it took; BAD or SHORT. Write one: how many
// bytes, 0 where the encoding has it not.
struct codec {
	const char *names[7];
	int32_t (*get)(struct rmk_str text, size_t *len);
	size_t (*put)(int32_t c, char out[4]);
};

iconv_t __wrap_iconv_open(const char *to, const char *from);
size_t __wrap_iconv(iconv_t pair, char **in, size_t *left, char **out, size_t *room);
int __wrap_iconv_close(iconv_t pair);

// --- UTF --------------------------------------------------------------------------

static int32_t
get_utf8(struct rmk_str text, size_t *len)
{
	int32_t c;

	*len = rmk_utf8_decode(text, 0, &c);
	return c == 0xFFFD && *len == 1 ? BAD : c;
}

// An unsigned number of n bytes, the lowest first or last.
static uint32_t
number(struct rmk_str text, size_t n, bool low_first)
{
	uint32_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 8 | (unsigned char)text.s[low_first ? n - 1 - i : i];
	return value;
}

static void
put_number(char *out, uint32_t value, size_t n, bool low_first)
{
	for (size_t i = 0; i < n; i++, value >>= 8)
		out[low_first ? i : n - 1 - i] = (char)(value & 0xFF);
}

static int32_t
get_utf16(struct rmk_str text, size_t *len, bool low_first)
{
	uint32_t high, low;

	if (text.n < 2)
		return SHORT;
	high = number(text, 2, low_first);
	*len = 2;
	if (high < 0xD800 || high > 0xDFFF)
		return (int32_t)high;
	if (high > 0xDBFF)
		return BAD;
	if (text.n < 4)
		return SHORT;
	low = number(rmk_str_from(text, 2), 2, low_first);
	*len = 4;
	if (low < 0xDC00 || low > 0xDFFF)
		return BAD;
	return (int32_t)(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
}

static size_t
put_utf16(int32_t c, char out[4], bool low_first)
{
	uint32_t rest = (uint32_t)c - 0x10000;

	if (c < 0x10000) {
		put_number(out, (uint32_t)c, 2, low_first);
		return 2;
	}
	put_number(out, 0xD800 + (rest >> 10), 2, low_first);
	put_number(out + 2, 0xDC00 + (rest & 0x3FF), 2, low_first);
	return 4;
}

static int32_t
get_utf32(struct rmk_str text, size_t *len, bool low_first)
{
	uint32_t c;

	if (text.n < 4)
		return SHORT;
	c = number(text, 4, low_first);
	*len = 4;
	return c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? BAD : (int32_t)c;
}

// The four ways to lay out numbers.
#define ENDS(bits, end, low_first)                                                       \
	static int32_t get_utf##bits##end(struct rmk_str text, size_t *len)              \
	{                                                                                \
		return get_utf##bits(text, len, low_first);                              \
	}
ENDS(16, le, true)
ENDS(16, be, false)
ENDS(32, le, true)
ENDS(32, be, false)

static size_t
put_utf16le(int32_t c, char out[4])
{
	return put_utf16(c, out, true);
}

static size_t
put_utf16be(int32_t c, char out[4])
{
	return put_utf16(c, out, false);
}

static size_t
put_utf32le(int32_t c, char out[4])
{
	put_number(out, (uint32_t)c, 4, true);
	return 4;
}

static size_t
put_utf32be(int32_t c, char out[4])
{
	put_number(out, (uint32_t)c, 4, false);
	return 4;
}

// --- one byte a character -------------------------------------------------------------

// What 0x80 to 0x9F are in Windows' Latin; 0: nothing.
static const uint16_t windows_latin[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026,
    0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018,
    0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178};

static int32_t
get_latin(struct rmk_str text, size_t *len)
{
	*len = 1;
	return (unsigned char)text.s[0];
}

static size_t
put_latin(int32_t c, char out[4])
{
	out[0] = (char)c;
	return c < 0x100 ? 1 : 0;
}

static int32_t
get_windows(struct rmk_str text, size_t *len)
{
	int32_t c = get_latin(text, len);

	if (c < 0x80 || c > 0x9F)
		return c;
	return windows_latin[c - 0x80] ? windows_latin[c - 0x80] : BAD;
}

static size_t
put_windows(int32_t c, char out[4])
{
	for (int i = 0; i < 32; i++) {
		if (c > 0 && windows_latin[i] == c) {
			out[0] = (char)(0x80 + i);
			return 1;
		}
	}
	return c >= 0x80 && c <= 0x9F ? 0 : put_latin(c, out);
}

// --- iconv ------------------------------------------------------------------------------

static const struct codec codecs[] = {
    {{"UTF-8", "UTF8"}, get_utf8, rmk_utf8_encode},
    {{"UTF-16LE", "UTF16LE"}, get_utf16le, put_utf16le},
    {{"UTF-16BE", "UTF16BE"}, get_utf16be, put_utf16be},
    {{"UTF-32LE", "UTF32LE"}, get_utf32le, put_utf32le},
    {{"UTF-32BE", "UTF32BE"}, get_utf32be, put_utf32be},
    {{"ISO-8859-1", "ISO8859-1", "ISO_8859-1", "ISO88591", "LATIN1", "LATIN-1", "L1"},
	get_latin, put_latin},
    {{"WINDOWS-1252", "CP1252"}, get_windows, put_windows},
};
#define CODECS (sizeof codecs / sizeof *codecs)
#define NAMES (sizeof codecs->names / sizeof *codecs->names)

static size_t
codec_of(const char *name)
{
	for (size_t i = 0; i < CODECS; i++)
		for (size_t j = 0; j < NAMES && codecs[i].names[j]; j++)
			if (strcasecmp(codecs[i].names[j], name) == 0)
				return i;
	return CODECS;
}

// What is opened is a number: nothing is kept.
iconv_t
__wrap_iconv_open(const char *to, const char *from)
{
	size_t t = codec_of(to), f = codec_of(from);

	if (t < CODECS && f < CODECS)
		return (iconv_t)(uintptr_t)(1 + f * CODECS + t);
	errno = EINVAL;
	return (iconv_t)-1;
}

int
__wrap_iconv_close(iconv_t pair)
{
	(void)pair;
	return 0;
}

size_t
__wrap_iconv(iconv_t pair, char **in, size_t *left, char **out, size_t *room)
{
	const struct codec *from = codecs + ((uintptr_t)pair - 1) / CODECS;
	const struct codec *to = codecs + ((uintptr_t)pair - 1) % CODECS;

	while (in && *left) {
		size_t len = 0, n;
		char bytes[4];
		int32_t c = from->get((struct rmk_str){*in, *left}, &len);

		n = c < 0 ? 0 : to->put(c, bytes);
		if (n == 0 || n > *room) {
			errno = c == SHORT ? EINVAL : n == 0 ? EILSEQ : E2BIG;
			return (size_t)-1;
		}
		memcpy(*out, bytes, n);
		*out += n, *room -= n;
		*in += len, *left -= len;
	}
	return 0;
}
