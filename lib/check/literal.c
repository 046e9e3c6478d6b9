// Text that HTML shows as it is written, or not at all: no table is meant in it.
//
//	<div>
//	<pre>
//	| a | b |        literal, up to </pre>
//	|---|---|
//	</pre>
//	</div>
//
// Only HTML blocks open such an element; it lasts up to its end, whatever blocks stand between.
// One that never ends takes the rest of the file along, which nobody means.
#include "base/ascii.h"
#include "check/check_context.h"

#include <string.h>

struct literal_element {
	const char *open, *close;
};

static const struct literal_element elements[] = {{"<!--", "-->"}, {"<pre", "</pre"},
    {"<textarea", "</textarea"}, {"<script", "</script"}, {"<style", "</style"},
    {"<xmp", "</xmp"}, {"<svg", "</svg"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};

// Whether text goes on with a name, in any case, that is no part of a longer one.
static bool
goes_on_with(struct rmk_str text, const char *name)
{
	struct rmk_str want = rmk_str_of(name);
	char last = name[want.n - 1], next;

	if (text.n < want.n || !rmk_str_eq_nocase(rmk_str_part(text, 0, want.n), want))
		return false;
	next = text.n > want.n ? text.s[want.n] : '>';
	return !rmk_is_letter(last) || !(rmk_is_letter(next) || next == '-');
}

// The element that opens at or behind *at in an HTML block's line, or NULL.
static const struct literal_element *
find_open(struct rmk_str line, size_t *at)
{
	for (const char *p; *at < line.n; ++*at) {
		p = memchr(line.s + *at, '<', line.n - *at);
		if (p == NULL)
			return NULL;
		*at = (size_t)(p - line.s);
		for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
			if (goes_on_with(rmk_str_from(line, *at), elements[i].open))
				return &elements[i];
	}
	return NULL;
}

// Where the end of an open element is, at or behind `at`, or RMK_NONE.
static size_t
find_close(struct rmk_str line, size_t at, const struct literal_element *open)
{
	for (; at < line.n; at++)
		if (line.s[at] == open->close[0] &&
		    goes_on_with(rmk_str_from(line, at), open->close))
			return at;
	return RMK_NONE;
}

// Mark the lines of one element from line *line, byte *at on, and stand behind its end. False:
// it does not end.
static bool
mark_element(struct rmk_checking *c, const struct literal_element *open, uint32_t *line,
    size_t *at)
{
	uint32_t first = *line;

	*at += strlen(open->open);
	for (uint32_t k = first; k <= c->doc->nlines; k++, *at = 0) {
		size_t end = find_close(rmk_doc_line(c->doc, k), *at, open);

		if (end == RMK_NONE)
			continue;
		for (uint32_t i = first; i <= k; i++)
			c->literal[i] = first;
		*line = k;
		*at = end + strlen(open->close);
		return true;
	}
	return false;
}

// Walk the HTML blocks; what is in an element that is open is skipped with it.
static void
mark_literal(struct rmk_checking *c)
{
	uint32_t line = 0;
	size_t at = 0;

	c->literal = RMK_NEW_N(c->a, uint32_t, c->doc->nlines + 1);
	for (size_t i = 0; i < c->doc->nblocks; i++) {
		const struct rmk_block *b = &c->doc->blocks[i];
		uint32_t end = b->line + b->nlines;

		if (b->kind != RMK_BLOCK_HTML || end <= line)
			continue;
		if (line < b->line)
			line = b->line, at = 0;
		while (line < end) {
			const struct literal_element *open = find_open(
			    rmk_doc_line(c->doc, line), &at);

			if (open == NULL) {
				line++;
				at = 0;
			} else if (!mark_element(c, open, &line, &at)) {
				c->unclosed = line;
				c->unclosed_name = open->open;
				return;
			}
		}
	}
}

bool
check_is_literal(struct rmk_checking *c, uint32_t line)
{
	if (c->literal == NULL)
		mark_literal(c);
	return line <= c->doc->nlines && c->literal[line] > 0;
}

const char *
check_unclosed(struct rmk_checking *c, uint32_t line, uint32_t *opened)
{
	check_is_literal(c, line);
	*opened = c->unclosed;
	return c->unclosed && line >= c->unclosed ? c->unclosed_name : NULL;
}
