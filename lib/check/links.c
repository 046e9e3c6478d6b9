// Finding the links of a table, in one pass over its rows.
//
// Rows are scanned for ']', which nearly always ends the label of a link someone wrote, and
// not asked of a parser: a link that is no link for the parser is just what is looked for.
#include "check/links.h"

#include <string.h>

// How far back a label's '[' is looked for: hostile cells hold a million "](".
#define MAX_LABEL 400

bool
check_starts_nocase(struct rmk_str text, const char *prefix)
{
	return rmk_str_eq_nocase(
	    rmk_str_part(text, 0, strlen(prefix)), rmk_str_of(prefix));
}

bool
check_is_http(struct rmk_str dest)
{
	return check_starts_nocase(dest, "http://") ||
	       check_starts_nocase(dest, "https://");
}

// The next end of a title, and where the ')' is that follows on it; 0: none.
struct title_end {
	uint32_t at, close;
};

// A cell, as it is scanned: where in the text it starts and ends. What a look has found is
// kept for the looks behind it: hostile cells hold a million links.
struct scan {
	struct rmk_checking *c;
	struct links *out;
	const char *s;       // the document's text
	uint32_t start, end; // of the cell
	uint32_t row, col;
	uint32_t code_at, last_tick; // code: how it is at code_at
	bool code;
	struct title_end title_ends[3]; // of "...", '...' and (...)
};

// Behind the '[' of the label that ends at close, or 0.
static uint32_t
label_start(const struct scan *x, uint32_t close)
{
	uint32_t least = close - x->start > MAX_LABEL ? close - MAX_LABEL : x->start;
	unsigned depth = 0;

	for (uint32_t i = close; i-- > least;) {
		if (x->s[i] == ']')
			depth++;
		else if (x->s[i] == '[' && depth-- == 0)
			return i + 1;
	}
	return 0;
}

// The scan comes to another cell.
static void
links_enter_cell(struct scan *x, struct rmk_span cell)
{
	x->start = x->code_at = cell.at;
	x->end = x->last_tick = cell.at + cell.len;
	x->code = false;
	if (cell.len == 0 || !memchr(x->s + x->start, '`', cell.len))
		x->last_tick = x->start;
	while (x->last_tick > x->start && x->s[x->last_tick - 1] != '`')
		x->last_tick--;
}

// Whether `at` is in a code span of the cell. last_tick is behind the last backtick.
static bool
links_in_code(struct scan *x, uint32_t at)
{
	if (at >= x->last_tick)
		return false;
	for (; x->code_at < at; x->code_at++) {
		uint32_t i = x->code_at;

		x->code ^= x->s[i] == '`' && (i == x->start || x->s[i - 1] != '`');
	}
	return x->code;
}

static uint32_t
skip_spaces(const struct scan *x, uint32_t i)
{
	while (i < x->end && x->s[i] == ' ')
		i++;
	return i;
}

// Where the ')' is behind a title of which the first letter is at `at`, or 0.
static uint32_t
title_close(struct scan *x, char quote, uint32_t at)
{
	char last = quote == '(' ? ')' : quote;
	struct title_end *next = &x->title_ends[quote == '"' ? 0 : quote == '\'' ? 1 : 2];
	const char *end;
	uint32_t close;

	if (at <= next->at)
		return next->close;
	end = at < x->end ? memchr(x->s + at, last, x->end - at) : NULL;
	*next = (struct title_end){end ? (uint32_t)(end - x->s) : x->end, 0};
	close = skip_spaces(x, next->at + 1);
	if (end && close < x->end && x->s[close] == ')')
		next->close = close;
	return next->close;
}

// Where the ')' is behind a title that starts at `at` ("...", '...' or (...)), or
// `at` when there is none.
static uint32_t
skip_title(struct scan *x, uint32_t at)
{
	uint32_t i = skip_spaces(x, at), close;

	if (i == at || i == x->end || !memchr("\"'(", x->s[i], 3))
		return at;
	close = title_close(x, x->s[i], i + 1);
	return close ? close : at;
}

// What a link to a site is made of nearly always; anything else gets a closer look.
static bool
links_is_plain(struct rmk_str dest)
{
	static const bool unusual[256] = {
	    [' '] = true, ['['] = true, ['{'] = true, [':'] = true};
	size_t at;

	if (dest.n < 9 || memcmp(dest.s, "http", 4))
		return false;
	at = dest.s[4] == 's' ? 5 : 4;
	if (memcmp(dest.s + at, "://", 3) || dest.s[at + 3] == '/')
		return false;
	for (size_t i = at + 3; i < dest.n; i++)
		if (unusual[(unsigned char)dest.s[i]])
			return false;
	return true;
}

// Read <dest> from its '<' on; gives where it ends.
static uint32_t
read_angled(struct scan *x, uint32_t at, struct cell_link *link)
{
	const char *end = memchr(x->s + at, '>', x->end - at);
	uint32_t i = end ? (uint32_t)(end - x->s) : x->end;

	link->angled = end != NULL;
	link->dest = (struct rmk_span){at + 1, i - at - 1};
	return skip_title(x, i + link->angled);
}

// Read a bare destination; gives where its ')' is, or the cell's end.
static uint32_t
read_dest(struct scan *x, uint32_t at, struct cell_link *link)
{
	static const bool special[256] = {['('] = true, [')'] = true, [' '] = true};
	unsigned depth = 0;
	uint32_t i = at, end, title;

	for (; i < x->end; i++) {
		if (!special[(unsigned char)x->s[i]])
			continue;
		if (x->s[i] == '(')
			depth++;
		else if (x->s[i] == ')' && depth-- == 0)
			break;
		else if (x->s[i] == ' ') {
			if ((title = skip_title(x, i)) > i) {
				link->dest = (struct rmk_span){at, i - at};
				return title;
			}
			i = skip_spaces(x, i) - 1;
		}
	}
	for (end = i; end > at && x->s[end - 1] == ' ';)
		end--;
	link->dest = (struct rmk_span){at, end - at};
	return i;
}

static struct cell_link *
links_add_link(struct scan *x, enum link_form form)
{
	struct cell_link *link = RMK_PUSH(x->c->a, x->out->v, x->out->n, x->out->cap);

	*link = (struct cell_link){.row = x->row, .col = x->col, .form = (uint8_t)form};
	return link;
}

// The link whose label ends at close; gives where the scan goes on. What is not closed ends
// the cell: all behind it would be reported as broken too.
static uint32_t
add_written(struct scan *x, uint32_t label, uint32_t close)
{
	struct cell_link *link = links_add_link(x, LINK_PLAIN);
	uint32_t at = skip_spaces(x, close + 2), end;

	link->label = (struct rmk_span){label, close - label};
	end = at < x->end && x->s[at] == '<' ? read_angled(x, at, link)
	                                     : read_dest(x, at, link);
	link->closed = end < x->end && x->s[end] == ')';
	link->plain = link->closed && !link->angled &&
	              links_is_plain(rmk_str_at(x->c->doc->text, link->dest));
	return link->closed ? end + 1 : x->end;
}

static bool
is_http(const struct scan *x, uint32_t at)
{
	return at + 4 < x->end && memcmp(x->s + at, "http", 4) == 0;
}

// Look at the ']' at close; gives where the scan goes on.
static uint32_t
at_bracket(struct scan *x, uint32_t close)
{
	char next = close + 1 < x->end ? x->s[close + 1] : '\0';
	bool spaced = next == ' ' && close + 2 < x->end && x->s[close + 2] == '(' &&
	              is_http(x, close + 3);
	bool wide = next == '\xEF' && close + 4 < x->end &&
	            memcmp(x->s + close + 1, "（", 3) == 0 && is_http(x, close + 4);
	uint32_t label = label_start(x, close);
	bool swapped = next != '(' && label > x->start + 1 && x->s[label - 2] == ')' &&
	               is_http(x, label);

	if (label == 0 || (next != '(' && !spaced && !wide && !swapped) ||
	    links_in_code(x, close))
		return close + 1;
	if (next == '(')
		return add_written(x, label, close);
	links_add_link(x, spaced ? LINK_SPACED
			  : wide ? LINK_WIDE
				 : LINK_SWAPPED)
	    ->dest = swapped && !spaced && !wide
	                 ? (struct rmk_span){label - 1, close - label + 1}
	                 : (struct rmk_span){close, x->end - close};
	return close + 1;
}

static void
scan_row(struct scan *x, const struct rmk_row *row, uint32_t ncols)
{
	uint32_t n = row->ncells < ncols ? row->ncells : ncols, at = row->at;
	uint32_t end = row->span.at + row->span.len;
	const char *p;

	x->col = 0;
	while (x->col < n && (p = memchr(x->s + at, ']', end - at))) {
		uint32_t close = (uint32_t)(p - x->s);

		while (
		    x->col < n && row->cells[x->col].at + row->cells[x->col].len <= close)
			x->col++;
		if (x->col == n)
			return;
		if (x->end != row->cells[x->col].at + row->cells[x->col].len)
			links_enter_cell(x, row->cells[x->col]);
		at = close < x->start ? close + 1 : at_bracket(x, close);
	}
}

// A cell that is one URL, bare or in '<>'.
static void
scan_bare(struct scan *x, const struct rmk_row *row, uint32_t ncols)
{
	for (x->col = 0; x->col < row->ncells && x->col < ncols; x->col++) {
		struct rmk_span cell = row->cells[x->col];
		struct cell_link *link;

		if (cell.len < 9)
			continue;
		if (x->s[cell.at] == '<' && x->s[cell.at + cell.len - 1] == '>')
			cell = (struct rmk_span){cell.at + 1, cell.len - 2};
		if (x->s[cell.at] != 'h' ||
		    !links_is_plain(rmk_str_at(x->c->doc->text, cell)))
			continue;
		link = links_add_link(x, LINK_BARE);
		link->dest = link->label = cell;
		link->closed = link->plain = true;
	}
}

// A link has a ']', or is an URL by itself: a look at all rows at once rules most tables out.
static bool
may_hold_links(const struct rmk_doc *doc, const struct rmk_table *t)
{
	struct rmk_str text;
	size_t at;

	if (t->nrows == 0)
		return false;
	text = rmk_str_from(doc->text, t->rows[0].span.at);
	text.n = t->rows[t->nrows - 1].span.at + t->rows[t->nrows - 1].span.len -
	         t->rows[0].span.at;
	if (rmk_str_chr(text, ']') != RMK_NONE)
		return true;
	while ((at = rmk_str_chr(text, ':')) != RMK_NONE) {
		text = rmk_str_from(text, at + 1);
		if (rmk_str_starts(text, RMK_STR("//")))
			return true;
	}
	return false;
}

const struct links *
check_links(struct rmk_checking *c, struct table_info *t)
{
	struct scan x = {.c = c, .s = c->doc->text.s};

	if (t->links)
		return t->links;
	t->links = x.out = RMK_NEW(c->a, struct links);
	if (!may_hold_links(c->doc, t->table))
		return t->links;
	for (x.row = 0; x.row < t->table->nrows; x.row++) {
		const struct rmk_row *row = &t->table->rows[x.row];

		scan_bare(&x, row, t->table->ncols);
		scan_row(&x, row, t->table->ncols);
	}
	return t->links;
}

struct rmk_finding *
check_report_link(struct rmk_checking *c, const struct table_info *t,
    const struct cell_link *link, const char *why, const char *hint)
{
	struct rmk_span span = link->dest.len ? link->dest : link->label;
	struct rmk_str found = rmk_str_at(c->doc->text, span);
	struct rmk_finding *f = check_report_cell(c, t, link->row, link->col,
	    check_printf(c, "%s: '%.*s'", why, RMK_FMT(check_short(c, found))));

	if (f == NULL)
		return NULL;
	f->at = check_span_place(c->doc, span);
	f->found = found;
	f->hint = rmk_str_of(hint);
	return f;
}
