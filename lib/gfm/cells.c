// The row scanner of GFM on bytes, and what the bytes of a cell mean.
//
// It follows cmark-gfm's scanner to the byte, oddities included, since what it finds is
// held against the parser: a pipe is escaped by the byte before it alone, whatever is
// before that, and only inside the cell; vertical tab and form feed are skipped behind a
// pipe but not trimmed.
#include "gfm/cells.h"
#include "base/ascii.h"

#include <string.h>

// The top bit of each byte of eight that is a pipe, first bytes lowest.
static inline uint64_t
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

// A walk along the pipes of a row: those of the word before `next` that are not passed yet are
// its hits. Words are read in front of `words`, where the text has all of their bytes.
struct pipe_walk {
	const char *next, *words, *end;
	uint64_t hits;
};

#define WORD sizeof(uint64_t)

// Most cells end within so many words, for which a call costs more than a look.
#define NEAR_WORDS 2

static struct pipe_walk
walk_pipes(struct rmk_str text, const char *at, const char *end)
{
	const char *words = text.n < WORD ? text.s : text.s + text.n - WORD + 1;

	return (struct pipe_walk){at, words < end ? words : end, end, 0};
}

// The next pipe, or the end.
static inline const char *
next_pipe(struct pipe_walk *w)
{
	const char *pipe;

	for (unsigned i = 0; i < NEAR_WORDS && !w->hits && w->next < w->words; i++) {
		w->hits = pipes_among(w->next);
		w->next += WORD;
	}
	if (w->hits) {
		pipe = w->next - WORD + __builtin_ctzll(w->hits) / 8;
		w->hits &= w->hits - 1;
		return pipe < w->end ? pipe : w->end;
	}
	pipe = w->next < w->end ? memchr(w->next, '|', (size_t)(w->end - w->next)) : NULL;
	if (pipe)
		w->next = pipe + 1;
	return pipe ? pipe : w->end;
}

static inline const char *
cells_skip_space(const char *s, const char *end)
{
	while (s < end && (rmk_is_blank(*s) || *s == '\v' || *s == '\f'))
		s++;
	return s;
}

// from..end trimmed; `empty` is where an empty cell is.
static inline struct rmk_span
trimmed(const char *s, const char *from, const char *end, const char *empty)
{
	while (from < end && rmk_is_blank(*from))
		from++;
	if (from == end)
		return (struct rmk_span){(uint32_t)(empty - s), 0};
	while (rmk_is_blank(end[-1])) // stops at *from
		end--;
	return (struct rmk_span){(uint32_t)(from - s), (uint32_t)(end - from)};
}

// "| a |": one space on either side, as most cells are written.
static inline bool
is_padded(const char *behind, const char *stop)
{
	return stop - behind > 2 && behind[0] == ' ' && stop[-1] == ' ' &&
	       (unsigned char)behind[1] > ' ' && (unsigned char)stop[-2] > ' ';
}

size_t
rmk_cells_scan(
    struct rmk_str text, uint32_t at, uint32_t end, struct rmk_span *out, size_t room)
{
	const char *from = text.s + at, *last = text.s + end, *stop;
	const char *behind = at < end && *from == '|' ? from + 1 : from;
	struct pipe_walk walk = walk_pipes(text, behind, last);
	struct rmk_span cell;
	size_t n = 0;

	for (; behind < last; behind = stop + 1) {
		stop = next_pipe(&walk);
		if (is_padded(behind, stop)) {
			cell = (struct rmk_span){(uint32_t)(behind + 1 - text.s),
			    (uint32_t)(stop - behind - 2)};
		} else {
			if (behind > from)
				from = cells_skip_space(behind, last);
			if (from == last)
				break;
			while (stop < last && stop > from && stop[-1] == '\\')
				stop = next_pipe(&walk);
			cell = trimmed(text.s, from, stop, behind);
		}
		if (n < room)
			out[n] = cell;
		n++;
		if (stop == last)
			break;
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
