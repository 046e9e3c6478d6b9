// The guards against hostile input.
//
// Debian's cmark-gfm carries denials of service that are known since. Those of its inline
// phase are never reached; those of its block phase are bounded here, before a line is fed
// or, in the hook, before it is acted upon. A guard that trips refuses the file as a whole.
#include "base/ascii.h"
#include "gfm/block_scan_state.h"

#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// "- - - -" opens one level a marker, all on one line.
#define MOST_MARKERS 64

// What costs cmark-gfm more time than the length of a line suggests, roughly in nanoseconds,
// and how much of it a file may have: a second, and what its size makes natural.
#define MOST_WORK(bytes) (((uint64_t)1 << 30) + 256 * (uint64_t)(bytes))
// Cells are appended to a list without a tail: the square of their number.
#define WORK_PIPE_SQUARED 4
// A paragraph is scanned anew at each line that looks like a delimiter row.
#define WORK_PARAGRAPH_BYTE 128
// A row has nodes for all columns of its table, however short it is.
#define WORK_COLUMN 256

void
rmk_scan_give_up(struct block_scan *w, size_t line, const char *fmt, ...)
{
	char reason[200];
	va_list args;

	va_start(args, fmt);
	vsnprintf(reason, sizeof reason, fmt, args);
	va_end(args);
	if (line == RMK_NONE)
		rmk_fail(w->err, RMK_TOO_COMPLEX, "%.*s: too complex to read safely (%s)",
		    RMK_FMT(w->path), reason);
	else
		rmk_fail(w->err, RMK_TOO_COMPLEX,
		    "%.*s: too complex to read safely (line %zu: %s)", RMK_FMT(w->path),
		    line + 1, reason);
	longjmp(w->give_up, 1);
}

static size_t
count_pipes(struct rmk_str line)
{
	const char *s = line.s, *end = line.s + line.n;
	size_t count = 0;

	while ((s = memchr(s, '|', (size_t)(end - s)))) {
		count++;
		s++;
	}
	return count;
}

void
rmk_scan_count_work(struct block_scan *w, uint64_t work, const char *what)
{
	w->work += work;
	if (w->work > MOST_WORK(w->out->lines[w->line].at))
		rmk_scan_give_up(w, w->line, "too many %s", what);
	if (w->work > MOST_WORK(0))
		w->out->tight = true;
}

// The cells of this line are about to be listed.
void
rmk_scan_limit_row(struct block_scan *w, struct rmk_str line)
{
	uint64_t pipes = count_pipes(line);

	if (pipes > UINT16_MAX)
		rmk_scan_give_up(w, w->line, "%zu pipes on a line", (size_t)pipes);
	rmk_scan_count_work(w, pipes * pipes * WORK_PIPE_SQUARED, "rows of many cells");
}

void
rmk_scan_limit_columns(struct block_scan *w, size_t ncols)
{
	rmk_scan_count_work(
	    w, (uint64_t)ncols * WORK_COLUMN, "short rows in a wide table");
}

// Whether the line from s on is a thematic break as "- - -": markers that open nothing.
static bool
is_break(struct rmk_str s)
{
	size_t n = 0;

	if (s.s[0] != '-' && s.s[0] != '*')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == s.s[0])
			n++;
		else if (!rmk_is_blank(s.s[i]))
			return false;
	}
	return n >= 3;
}

// The length of a container's marker at the start of s, or 0.
static size_t
marker(struct rmk_str s)
{
	size_t n = 0;

	if (s.n == 0 || rmk_is_letter(s.s[0])) // most lines of a text begin with one
		return 0;
	if (s.s[0] == '>')
		return 1;
	if (rmk_str_starts(s, RMK_STR("[^"))) {
		n = rmk_str_find(s, RMK_STR("]:"));
		return n == RMK_NONE ? 0 : n + 2;
	}
	if (s.s[0] == '-' || s.s[0] == '*' || s.s[0] == '+')
		n = 1;
	else
		while (n < s.n && n < 9 && rmk_is_digit(s.s[n]))
			n++;
	if (n && rmk_is_digit(s.s[0]))
		n = n < s.n && (s.s[n] == '.' || s.s[n] == ')') ? n + 1 : 0;
	if (n == 0 || (n < s.n && !rmk_is_blank(s.s[n])) || is_break(s))
		return 0;
	return n;
}

void
rmk_scan_limit_line(struct block_scan *w, struct rmk_str line)
{
	size_t at = 0, n, count = 0;

	do {
		while (at < line.n && rmk_is_blank(line.s[at]))
			at++;
		n = marker(rmk_str_from(line, at));
		at += n;
		if (n && ++count > MOST_MARKERS)
			rmk_scan_give_up(w, w->line,
			    "more than %d containers begin on it", MOST_MARKERS);
	} while (n);
}

// A line like a delimiter row makes cmark-gfm scan the paragraph above it for a header.
void
rmk_scan_limit_paragraph(struct block_scan *w, cmark_node *paragraph, struct rmk_str line)
{
	struct rmk_str text, above;

	for (size_t i = 0; i < line.n; i++)
		if (rmk_is_letter(line.s[i]) || !strchr(" \t\v\f|:-\r\n", line.s[i]))
			return;
	rmk_scan_limit_row(w, line);
	text = rmk_str_of(cmark_node_get_string_content(paragraph));
	rmk_scan_count_work(w, text.n * WORK_PARAGRAPH_BYTE,
	    "lines like delimiter rows in one paragraph");
	while (rmk_str_split(&text, '\n', &above))
		rmk_scan_limit_row(w, above);
}
