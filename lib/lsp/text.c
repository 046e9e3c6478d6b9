// A growing buffer, and an index of its lines that is made as it is needed.
#include "lsp/text.h"

#include "base/utf8.h"

struct rmk_str
lsp_text_str(const struct lsp_text *t)
{
	return (struct rmk_str){t->n ? t->s : "", t->n};
}

void
lsp_text_free(struct lsp_text *t)
{
	rmk_arena_free(&t->arena);
	*t = (struct lsp_text){.utf8 = t->utf8};
}

// A start at or behind the edit may begin no line any more: "\r" may have got its "\n".
static void
forget_lines(struct lsp_text *t, size_t at)
{
	while (t->nstarts && t->starts[t->nstarts - 1] >= at)
		t->nstarts--;
}

void
lsp_text_splice(struct lsp_text *t, size_t at, size_t end, struct rmk_str with)
{
	size_t n = t->n - (end - at) + with.n;

	forget_lines(t, at);
	if (n > t->cap) {
		t->s = rmk_arena_grow(&t->arena, t->s, t->cap, n * 2);
		t->cap = n * 2;
	}
	if (t->n > end)
		memmove(t->s + at + with.n, t->s + end, t->n - end);
	if (with.n)
		memcpy(t->s + at, with.s, with.n);
	t->n = n;
}

// Where the line that begins at `at` ends, and where the next begins; RMK_NONE: none does.
static size_t
line_end(const struct lsp_text *t, size_t at, size_t *next)
{
	while (at < t->n && t->s[at] != '\n' && t->s[at] != '\r')
		at++;
	*next = RMK_NONE;
	if (at < t->n)
		*next = at + 1 +
		        (t->s[at] == '\r' && at + 1 < t->n && t->s[at + 1] == '\n');
	return at;
}

static void
know_line(struct lsp_text *t, size_t start)
{
	*RMK_PUSH(&t->arena, t->starts, t->nstarts, t->starts_cap) = (uint32_t)start;
}

// Know the starts of lines until there are n, or one is behind `at`, or there are no more.
static void
know_lines(struct lsp_text *t, size_t n, size_t at)
{
	size_t next;

	if (t->nstarts == 0)
		know_line(t, 0);
	while (t->nstarts < n && t->starts[t->nstarts - 1] <= at) {
		line_end(t, t->starts[t->nstarts - 1], &next);
		if (next == RMK_NONE)
			return;
		know_line(t, next);
	}
}

size_t
lsp_text_line(struct lsp_text *t, uint32_t line, size_t *end)
{
	size_t next;

	know_lines(t, (size_t)line + 1, SIZE_MAX);
	if (line >= t->nstarts)
		line = (uint32_t)t->nstarts - 1;
	*end = line_end(t, t->starts[line], &next);
	return t->starts[line];
}

// The last line that begins at or before `at`.
static size_t
line_of(struct lsp_text *t, size_t at)
{
	size_t low = 0, high;

	know_lines(t, SIZE_MAX, at);
	high = t->nstarts;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (t->starts[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

size_t
lsp_text_at(struct lsp_text *t, struct lsp_position p)
{
	size_t end, at, units = 0;
	int32_t code;

	know_lines(t, (size_t)p.line + 1, SIZE_MAX);
	if (p.line >= t->nstarts)
		return t->n;
	at = lsp_text_line(t, p.line, &end);
	if (t->utf8) {
		size_t start = at;

		at = end - at < p.character ? end : at + p.character;
		while (at < end && at > start && ((unsigned char)t->s[at] & 0xc0) == 0x80)
			at--;
		return at;
	}
	while (at < end) {
		size_t len = rmk_utf8_decode(lsp_text_str(t), at, &code);

		units += code > 0xffff ? 2 : 1;
		if (units > p.character)
			break;
		at += len;
	}
	return at;
}

struct lsp_position
lsp_text_position(struct lsp_text *t, size_t at)
{
	size_t line = line_of(t, at), start = t->starts[line];
	struct rmk_str before = rmk_str_part(lsp_text_str(t), start, at - start);

	return (struct lsp_position){
	    (uint32_t)line, (uint32_t)(t->utf8 ? before.n : rmk_utf8_utf16(before))};
}

struct lsp_range
lsp_text_range(struct lsp_text *t, size_t at, size_t len)
{
	return (struct lsp_range){
	    lsp_text_position(t, at), lsp_text_position(t, at + len)};
}
