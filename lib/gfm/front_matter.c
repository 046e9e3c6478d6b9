// Front matter is the text between two lines of '---' from the first line on.
#include "gfm/front_matter.h"

#include <string.h>

static const struct rmk_str bom = {"\xEF\xBB\xBF", 3};

// Whether a line is a mark and at most blanks behind it.
static bool
is_fence_line(struct rmk_str line, struct rmk_str mark)
{
	while (line.n && (line.s[line.n - 1] == ' ' || line.s[line.n - 1] == '\t'))
		line.n--;
	return rmk_str_eq(line, mark);
}

// The line at `at` without its end; *next is where the one behind it begins.
static struct rmk_str
line_at(struct rmk_str text, size_t at, size_t *next)
{
	size_t end = at;

	while (end < text.n && text.s[end] != '\n' && text.s[end] != '\r')
		end++;
	*next = end + (end < text.n);
	if (end + 1 < text.n && text.s[end] == '\r' && text.s[end + 1] == '\n')
		*next = end + 2;
	return rmk_str_part(text, at, end - at);
}

size_t
rmk_front_matter(struct rmk_str text)
{
	size_t start = rmk_str_starts(text, bom) ? bom.n : 0, at;
	struct rmk_str mark = rmk_str_part(text, start, 3), line;
	bool yaml = rmk_str_eq(mark, RMK_STR("---"));

	if ((!yaml && !rmk_str_eq(mark, RMK_STR("+++"))) ||
	    !is_fence_line(line_at(text, start, &at), mark))
		return 0;
	while (at < text.n) {
		line = line_at(text, at, &at);
		if (line.n < 3 || (line.s[0] != mark.s[0] && line.s[0] != '.'))
			continue;
		if (is_fence_line(line, mark) ||
		    (yaml && is_fence_line(line, RMK_STR("..."))))
			return at;
	}
	return 0;
}
