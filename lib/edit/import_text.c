// A text as the content of a cell: see import_text.h.
#include "edit/import_text.h"

#include "base/buf.h"
#include "edit/import.h"
#include "gfm/cells.h"
#include "table/value.h"

#include <string.h>

static bool
import_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

struct rmk_str
rmk_import_norm(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_buf b = {.arena = a};
	bool plain = true;

	text = rmk_str_trim(text);
	for (size_t i = 0; i < text.n && plain; i++)
		plain = !import_is_space(text.s[i]) ||
		        (text.s[i] == ' ' && !import_is_space(text.s[i + 1]));
	if (plain)
		return text;
	for (size_t i = 0; i < text.n; i++) {
		if (!import_is_space(text.s[i]))
			rmk_buf_addc(&b, text.s[i]);
		else if (b.n && b.s[b.n - 1] != ' ')
			rmk_buf_addc(&b, ' ');
	}
	while (b.n && b.s[b.n - 1] == ' ')
		b.n--;
	return rmk_buf_str(&b);
}

// Line ends as <br>, and a backslash before each of these marks.
static struct rmk_str
import_lines(struct rmk_arena *a, struct rmk_str text, const char *marks)
{
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i < text.n; i++) {
		char c = text.s[i];

		if (c == '\r' && i + 1 < text.n && text.s[i + 1] == '\n')
			continue;
		if (c == '\n' || c == '\r') {
			rmk_buf_adds(&b, "<br>");
			continue;
		}
		if (c && strchr(marks, c))
			rmk_buf_addc(&b, '\\');
		rmk_buf_addc(&b, c);
	}
	return rmk_buf_str(&b);
}

// With as few marks escaped as it takes.
struct rmk_str
rmk_import_content(struct rmk_arena *a, struct rmk_str text, bool markdown)
{
	static const char *const sets[] = {"", "*_", "<", "\\`*_[]<>~&", "\\`*_[]<>~&:"};
	size_t n = markdown ? 1 : sizeof sets / sizeof *sets;
	struct rmk_str want = rmk_import_norm(a, text), made = {0};

	for (size_t i = 0; i < n; i++) {
		made = import_lines(a, text, sets[i]);
		if (rmk_str_eq(want,
			rmk_import_norm(a, rmk_value_text(a, rmk_cell_raw(a, made)))))
			break;
	}
	return made;
}

bool
rmk_import_url(struct rmk_arena *a, struct rmk_str content, struct rmk_str url,
    struct rmk_str now, struct rmk_str *out)
{
	size_t at = rmk_str_rchr(content, ']');
	struct rmk_str made;

	at = at == RMK_NONE ? 0 : at;
	at += rmk_str_find(rmk_str_from(content, at), url);
	if (at >= content.n || now.n == 0)
		return false;
	made = rmk_str_printf(a, "%.*s%.*s%.*s", (int)at, content.s, RMK_FMT(now),
	    RMK_FMT(rmk_str_from(content, at + url.n)));
	*out = made;
	return rmk_str_eq(rmk_cell_url(a, rmk_cell_raw(a, made)), now);
}
