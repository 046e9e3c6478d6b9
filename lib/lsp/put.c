// Places and edits as the protocol has them.
#include "lsp/server.h"

// So many lines that differ are one edit; of more it is not asked where they end.
#define LINES_APART 200

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

// Lines with their ends, up to each '\n'.
struct text_lines {
	struct rmk_str *v;
	size_t n, cap;
};

static struct text_lines
lines_with_ends(struct rmk_arena *a, struct rmk_str text)
{
	struct text_lines lines = {0};

	while (text.n) {
		size_t end = rmk_str_chr(text, '\n');
		size_t n = end == RMK_NONE ? text.n : end + 1;

		*RMK_PUSH(a, lines.v, lines.n, lines.cap) = rmk_str_part(text, 0, n);
		text = rmk_str_from(text, n);
	}
	return lines;
}

static bool
is_same_line(const struct text_lines *x, size_t i, const struct text_lines *y, size_t k)
{
	return i < x->n && k < y->n && rmk_str_eq(x->v[i], y->v[k]);
}

// Empty lines are the same everywhere, and say nothing.
static bool
goes_on_same(const struct text_lines *x, size_t i, const struct text_lines *y, size_t k)
{
	if (i == x->n && k == y->n)
		return true;
	return is_same_line(x, i, y, k) && rmk_str_trim(x->v[i]).n;
}

// After how many lines of either text both go on the same: the fewest. In the worst case, at the
// end, since which lines are replaced is a matter of taste.
static void
differing_lines(const struct text_lines *x, size_t i, const struct text_lines *y,
    size_t k, size_t *nx, size_t *ny)
{
	for (size_t n = 1; n <= LINES_APART; n++)
		for (*nx = 0; *nx <= n; ++*nx) {
			*ny = n - *nx;
			if (goes_on_same(x, i + *nx, y, k + *ny))
				return;
		}
	*nx = x->n - i;
	*ny = y->n - k;
}

static struct rmk_str
joined_lines(struct text_lines lines)
{
	struct rmk_str text = {lines.n ? lines.v[0].s : "", 0};

	for (size_t i = 0; i < lines.n; i++)
		text.n += lines.v[i].n;
	return text;
}

static struct text_lines
some_lines(const struct text_lines *all, size_t first, size_t n)
{
	return (struct text_lines){.v = n ? all->v + first : NULL, .n = n};
}

static void
put_differing_lines(struct rmk_json *j, struct lsp_file *f, size_t at,
    struct text_lines from, struct text_lines to)
{
	if (from.n != to.n) {
		put_difference(j, f, at, joined_lines(from), joined_lines(to), true);
		return;
	}
	for (size_t i = 0; i < from.n; i++) {
		put_difference(j, f, at, from.v[i], to.v[i], false);
		at += from.v[i].n;
	}
}

void
lsp_put_edits(struct rmk_json *j, const char *name, struct lsp_file *f, struct rmk_str to)
{
	struct rmk_str from = lsp_text_str(&f->text);
	size_t at = line_front(from, to), i = 0, k = 0, nx, ny;
	struct text_lines x = lines_with_ends(j->out->arena, rmk_str_from(from, at));
	struct text_lines y = lines_with_ends(j->out->arena, rmk_str_from(to, at));

	rmk_json_array(j, name);
	for (; i < x.n || k < y.n; i += nx, k += ny) {
		struct text_lines old;

		nx = ny = 1;
		if (!is_same_line(&x, i, &y, k))
			differing_lines(&x, i, &y, k, &nx, &ny);
		old = some_lines(&x, i, nx);
		put_differing_lines(j, f, at, old, some_lines(&y, k, ny));
		at += joined_lines(old).n;
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
