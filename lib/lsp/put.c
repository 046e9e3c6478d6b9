// Places and edits as the protocol has them.
#include "lsp/server.h"

void
lsp_put_position(struct rmk_json *j, const char *name, struct lsp_position p)
{
	rmk_json_object(j, name);
	rmk_json_number(j, "line", p.line);
	rmk_json_number(j, "character", p.character);
	rmk_json_end(j);
}

void
lsp_put_range(struct rmk_json *j, const char *name, struct lsp_range r)
{
	rmk_json_object(j, name);
	lsp_put_position(j, "start", r.start);
	lsp_put_position(j, "end", r.end);
	rmk_json_end(j);
}

void
lsp_put_span(
    struct rmk_json *j, const char *name, struct lsp_file *f, size_t at, size_t len)
{
	lsp_put_range(j, name, lsp_text_range(&f->text, at, len));
}

// Findings count bytes of a line from 1.
struct lsp_range
lsp_finding_range(struct lsp_file *f, const struct rmk_range *at)
{
	size_t end, start = lsp_text_line(&f->text, at->line ? at->line - 1 : 0, &end);
	size_t from = start + (at->from ? at->from - 1 : 0);
	size_t to = start + (at->to ? at->to - 1 : 0);

	from = from < end ? from : end;
	to = to < end ? to : end;
	return lsp_text_range(&f->text, from, to > from ? to - from : 0);
}

// --- edits ------------------------------------------------------------------------------

// Between CR and LF there is no place either: they are one line end to an editor.
static bool
is_inside_character(struct rmk_str text, size_t at)
{
	return at < text.n && (((unsigned char)text.s[at] & 0xc0) == 0x80 ||
				  (at && text.s[at] == '\n' && text.s[at - 1] == '\r'));
}

// What two texts have in common at their beginning, and then at their end; neither is cut inside
// a character.
static size_t
lsp_common_front(struct rmk_str x, struct rmk_str y)
{
	size_t n = 0;

	while (n < x.n && n < y.n && x.s[n] == y.s[n])
		n++;
	while (n && (is_inside_character(x, n) || is_inside_character(y, n)))
		n--;
	return n;
}

static size_t
common_end(struct rmk_str x, struct rmk_str y)
{
	size_t n = 0;

	while (n < x.n && n < y.n && x.s[x.n - n - 1] == y.s[y.n - n - 1])
		n++;
	while (n && (is_inside_character(x, x.n - n) || is_inside_character(y, y.n - n)))
		n--;
	return n;
}

// As lsp_common_front, whole lines alone: lines that come are an edit between two lines.
static size_t
line_front(struct rmk_str x, struct rmk_str y)
{
	size_t n = lsp_common_front(x, y);

	while (n && x.s[n - 1] != '\n')
		n--;
	return n;
}

static void
put_edit(struct rmk_json *j, struct lsp_file *f, size_t at, size_t len, struct rmk_str to)
{
	rmk_json_object(j, NULL);
	lsp_put_span(j, "range", f, at, len);
	rmk_json_text(j, "newText", to);
	rmk_json_end(j);
}

// The bytes from `at` on that are `from` become `to`: only what differs. lines: from a line's
// beginning on.
static void
put_difference(struct rmk_json *j, struct lsp_file *f, size_t at, struct rmk_str from,
    struct rmk_str to, bool lines)
{
	size_t front = lines ? line_front(from, to) : lsp_common_front(from, to), end;

	if (rmk_str_eq(from, to))
		return;
	from = rmk_str_from(from, front);
	to = rmk_str_from(to, front);
	end = common_end(from, to);
	put_edit(j, f, at + front, from.n - end, rmk_str_part(to, 0, to.n - end));
}

static size_t
count_lines(struct rmk_str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.s[i] == '\n';
	return n;
}

void
lsp_put_edits(struct rmk_json *j, const char *name, struct lsp_file *f, struct rmk_str to)
{
	struct rmk_str from = lsp_text_str(&f->text), old, new_;
	size_t at = 0;

	rmk_json_array(j, name);
	if (count_lines(from) != count_lines(to)) {
		put_difference(j, f, 0, from, to, true);
	} else {
		while (
		    rmk_str_split(&from, '\n', &old) && rmk_str_split(&to, '\n', &new_)) {
			put_difference(j, f, at, old, new_, false);
			at += old.n + 1;
		}
	}
	rmk_json_end(j);
}

void
lsp_put_change_begin(struct lsp_server *s, struct rmk_json *j, const char *name)
{
	rmk_json_object(j, name);
	if (s->versions)
		rmk_json_array(j, "documentChanges");
	else
		rmk_json_object(j, "changes");
}

void
lsp_put_change_file(
    struct lsp_server *s, struct rmk_json *j, struct lsp_file *f, struct rmk_str to)
{
	struct rmk_str uri = f->uri;

	if (!s->versions) {
		lsp_put_edits(j, rmk_str_c(&f->arena, uri), f, to);
		return;
	}
	rmk_json_object(j, NULL);
	rmk_json_object(j, "textDocument");
	rmk_json_text(j, "uri", uri);
	if (f->open)
		rmk_json_number(j, "version", f->version);
	else
		rmk_json_null(j, "version");
	rmk_json_end(j);
	lsp_put_edits(j, "edits", f, to);
	rmk_json_end(j);
}

void
lsp_put_change_end(struct rmk_json *j)
{
	rmk_json_end(j);
	rmk_json_end(j);
}
