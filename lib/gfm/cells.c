// The row scanner of GFM on bytes, and what the bytes of a cell mean.
//
// It follows cmark-gfm's scanner to the byte, oddities included, since what it finds is
// held against the parser: a pipe is escaped by the byte before it alone, whatever is
// before that, and only inside the cell; vertical tab and form feed are skipped behind a
// pipe but not trimmed.
#include "gfm/cells.h"
#include "base/ascii.h"

#include <string.h>

static uint32_t
cells_skip_space(const char *s, uint32_t at, uint32_t end)
{
	while (at < end && (rmk_is_blank(s[at]) || s[at] == '\v' || s[at] == '\f'))
		at++;
	return at;
}

// Most cells end within so many bytes, for which a call costs more than a look at them.
#define NEAR 16

// The top bit of each byte of eight that is a pipe, first bytes lowest.
static uint64_t
pipes_among(const char *s)
{
	const uint64_t low = 0x7F7F7F7F7F7F7F7F;
	uint64_t word;

	memcpy(&word, s, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	word ^= '|' * (~(uint64_t)0 / 0xFF);
	return ~(((word & low) + low) | word | low);
}

// The pipe that ends the cell starting at `at`, or end.
static uint32_t
cell_end(struct rmk_str text, uint32_t at, uint32_t end)
{
	const char *s = text.s;
	uint32_t from = at;

	for (; from < end && from - at < NEAR && from + sizeof(uint64_t) <= text.n;
	     from += (uint32_t)sizeof(uint64_t)) {
		for (uint64_t hit = pipes_among(s + from); hit; hit &= hit - 1) {
			uint32_t p = from + (uint32_t)__builtin_ctzll(hit) / 8;

			if (p >= end)
				return end;
			if (p == at || s[p - 1] != '\\')
				return p;
		}
	}
	while (from < end) {
		const char *pipe = memchr(s + from, '|', end - from);
		if (!pipe)
			return end;
		uint32_t p = (uint32_t)(pipe - s);
		if (p == at || s[p - 1] != '\\')
			return p;
		from = p + 1;
	}
	return end;
}

// text[at, end) trimmed; `empty` is where an empty cell is.
static struct rmk_span
trimmed(const char *s, uint32_t at, uint32_t end, uint32_t empty)
{
	while (at < end && rmk_is_blank(s[at]))
		at++;
	while (end > at && rmk_is_blank(s[end - 1]))
		end--;
	if (at == end)
		return (struct rmk_span){empty, 0};
	return (struct rmk_span){at, end - at};
}

size_t
rmk_cells_scan(
    struct rmk_str text, uint32_t at, uint32_t end, struct rmk_span *out, size_t room)
{
	const char *s = text.s;
	uint32_t behind = at; // the pipe before this cell
	size_t n = 0;

	if (at < end && s[at] == '|') {
		behind = at + 1;
		at = cells_skip_space(s, behind, end);
	}
	while (at < end) {
		uint32_t stop = cell_end(text, at, end);
		if (n < room)
			out[n] = trimmed(s, at, stop, behind);
		n++;
		if (stop == end)
			break;
		behind = stop + 1;
		at = cells_skip_space(s, behind, end);
	}
	return n;
}

// There is only white space between a trimmed cell and its pipes, so the nearest ones are
// they.
struct rmk_span
rmk_cell_between(struct rmk_str text, uint32_t at, uint32_t end, struct rmk_span cell)
{
	uint32_t left = cell.at, right = cell.at + cell.len;

	while (left > at && text.s[left - 1] != '|')
		left--;
	while (right < end && text.s[right] != '|')
		right++;
	return (struct rmk_span){left, right - left};
}

struct rmk_str
rmk_cell_content(struct rmk_arena *a, struct rmk_str raw)
{
	size_t n = 0;
	char *s;

	if (rmk_str_find(raw, RMK_STR("\\|")) == RMK_NONE)
		return raw;
	s = rmk_arena_alloc(a, raw.n);
	for (size_t i = 0; i < raw.n; i++) {
		if (raw.s[i] == '\\' && i + 1 < raw.n && raw.s[i + 1] == '|')
			i++;
		s[n++] = raw.s[i];
	}
	return (struct rmk_str){s, n};
}

struct rmk_str
rmk_cell_raw(struct rmk_arena *a, struct rmk_str content)
{
	size_t n = 0;
	char *s;

	if (rmk_str_chr(content, '|') == RMK_NONE)
		return content;
	s = rmk_arena_alloc(a, 2 * content.n);
	for (size_t i = 0; i < content.n; i++) {
		if (content.s[i] == '|')
			s[n++] = '\\';
		s[n++] = content.s[i];
	}
	return (struct rmk_str){s, n};
}
