// Inline Markdown, as far as a table's cell needs it.
//
// The order is CommonMark's: from left to right, code spans, autolinks and tags bind
// first, a ']' looks back for its '[', emphasis marks pair up last. Where GFM refuses
// emphasis for subtle reasons (the rule of three) we pair it all the same: this is for
// comparing and showing.
#include "gfm/inline.h"
#include "gfm/inline_scan.h"

#include <string.h>

// An open '[' or '!['.
struct bracket {
	size_t at; // of the '['
	bool image;
	bool dead;       // links hold no links: a link was made inside
	size_t nopeners; // emphasis open before it
};

// An open run of emphasis marks: count of them still free, ending before end.
struct opener {
	size_t end;
	size_t count; // not yet paired
	size_t whole; // as written
	bool closes;  // it could have been a closing run too
	char mark;
};

struct scan {
	struct inline_cell cell;
	struct rmk_arena *arena;
	size_t cap; // of cell.links
	struct bracket brackets[INLINE_BRACKETS];
	size_t nbrackets;
	struct opener openers[INLINE_OPENERS];
	size_t nopeners;
	size_t lookahead; // bytes that looking ahead in vain may still cost
	bool in_anchor;   // <a href="url"> is open
	size_t anchor_at, anchor_label;
	struct rmk_span anchor_url;
};

static struct rmk_span
inline_span_of(size_t from, size_t to)
{
	return (struct rmk_span){(uint32_t)from, (uint32_t)(to - from)};
}

static void
inline_drop(struct scan *c, size_t from, size_t to)
{
	memset(c->cell.what + from, INLINE_DROP, to - from);
}

// Marks nest INLINE_OPENERS deep at most: so often a byte is styled.
static void
add_style(struct scan *c, size_t from, size_t to, unsigned style)
{
	for (size_t i = from; c->cell.style && i < to; i++)
		c->cell.style[i] |= (uint8_t)style;
}

// Whether looking ahead is still allowed; in vain it cost bytes.
static bool
may_look(const struct scan *c)
{
	return c->lookahead > 0;
}

static size_t
in_vain(struct scan *c, size_t at, size_t cost)
{
	c->lookahead -= cost < c->lookahead ? cost : c->lookahead;
	return at + 1;
}

// Keep links sorted by where they begin: an outer one ends, and is added, last.
static void
inline_add_link(struct scan *c, struct inline_link link)
{
	size_t i = c->cell.nlinks;

	(void)RMK_PUSH(c->arena, c->cell.links, c->cell.nlinks, c->cap);
	for (; i > 0 && c->cell.links[i - 1].raw.at > link.raw.at; i--)
		c->cell.links[i] = c->cell.links[i - 1];
	c->cell.links[i] = link;
}

// --- code, entities, escapes ----------------------------------------------------

static size_t
run_of(struct rmk_str s, size_t at, char c)
{
	size_t n = 0;

	while (at + n < s.n && s.s[at + n] == c)
		n++;
	return n;
}

// In text that is literal otherwise, the table takes the backslash of '\|'.
static void
drop_pipe_escapes(struct scan *c, size_t from, size_t to)
{
	struct rmk_str s = c->cell.raw;

	for (size_t i = from; i + 1 < to; i++) {
		if (s.s[i] == '\\' && s.s[i + 1] == '|')
			inline_drop(c, i, i + 1);
	}
}

// `code`: its text is literal. One space at each end goes where both are there.
static size_t
code_span(struct scan *c, size_t at)
{
	struct rmk_str s = c->cell.raw;
	size_t n = run_of(s, at, '`'), from = at + n, to = from;

	while (may_look(c) && to < s.n) {
		size_t m = run_of(s, to, '`');

		if (m == n)
			break;
		to += m ? m : 1;
	}
	if (!may_look(c) || to >= s.n)
		return in_vain(c, at, to - at) + n - 1;
	inline_drop(c, at, from);
	inline_drop(c, to, to + n);
	add_style(c, from, to, INLINE_CODE);
	drop_pipe_escapes(c, from, to);
	if (to - from > 2 && s.s[from] == ' ' && s.s[to - 1] == ' ') {
		inline_drop(c, from, from + 1);
		inline_drop(c, to - 1, to);
	}
	return to + n;
}

// A backslash: the table takes '\|' before the text takes any other escape, so that
// '\\|' is an escaped pipe as well.
static size_t
escape(struct scan *c, size_t at)
{
	struct rmk_str s = c->cell.raw;
	size_t next = at + 1;

	if (next >= s.n || !rmk_inline_is_punct(s.s[next]))
		return next;
	if (s.s[next] == '\\' && next + 1 < s.n && s.s[next + 1] == '|')
		next++;
	inline_drop(c, at, next);
	return next + 1;
}

// Where an entity or a shortcode is: its first byte is marked.
static size_t
symbol(struct scan *c, size_t at, enum inline_what what, size_t len)
{
	if (len == 0)
		return at + 1;
	inline_drop(c, at, at + len);
	c->cell.what[at] = (uint8_t)what;
	return at + len;
}

// --- links ----------------------------------------------------------------------

// A URL written as text. Inside brackets GFM makes none: the label is one's own.
static size_t
bare_url(struct scan *c, size_t at)
{
	size_t end = c->nbrackets || c->in_anchor ? at : rmk_inline_url(c->cell.raw, at);

	if (end == at)
		return at + 1;
	inline_add_link(c, (struct inline_link){.label = inline_span_of(at, end),
			       .url = inline_span_of(at, end),
			       .raw = inline_span_of(at, end),
			       .bare = true});
	drop_pipe_escapes(c, at, end);
	return end;
}

static size_t
open_bracket(struct scan *c, size_t at, bool image)
{
	if (c->nbrackets == INLINE_BRACKETS)
		memmove(
		    c->brackets, c->brackets + 1, --c->nbrackets * sizeof *c->brackets);
	c->brackets[c->nbrackets++] = (struct bracket){
	    at + image, image, false, c->nopeners};
	return at + 1 + image;
}

// [^1]: the mark of a footnote. It is dropped behind other text only, since alone it is
// the whole text of the cell.
static size_t
footnote(struct scan *c, const struct bracket *b, size_t at)
{
	if (b->at > 0 && c->cell.raw.s[b->at + 1] == '^' && at > b->at + 2)
		inline_drop(c, b->at, at + 1);
	return at + 1;
}

// The link that ']' at byte at completes, if what follows it makes it one.
static bool
link_tail(struct scan *c, const struct bracket *b, size_t at, struct inline_link *l,
    size_t *end)
{
	struct rmk_str s = c->cell.raw;
	bool after_word = !b->image && b->at > 0 && rmk_inline_is_word(s.s[b->at - 1]);
	size_t cost = 1;

	if (!may_look(c) || at + 1 >= s.n)
		return false;
	if (s.s[at + 1] == '(') {
		*end = rmk_inline_target(s, at + 1, &l->url, &cost);
	} else if (s.s[at + 1] == '[' && !after_word) {
		*end = rmk_inline_reference(s, at + 1, &l->url, &cost);
		l->reference = true;
		if (l->url.len == 0)
			l->url = inline_span_of(b->at + 1, at);
	} else {
		return false;
	}
	if (*end == at + 1)
		in_vain(c, at, cost);
	return *end > at + 1;
}

static size_t
close_bracket(struct scan *c, size_t at)
{
	struct inline_link link = {0};
	struct bracket b;
	size_t end;

	if (c->nbrackets == 0)
		return at + 1;
	b = c->brackets[--c->nbrackets];
	link.image = b.image;
	if (b.dead || !link_tail(c, &b, at, &link, &end))
		return footnote(c, &b, at);
	link.label = inline_span_of(b.at + 1, at);
	link.raw = inline_span_of(b.at - b.image, end);
	inline_drop(c, b.at - b.image, b.at + 1);
	inline_drop(c, at, end);
	inline_add_link(c, link);
	if (c->nopeners > b.nopeners)
		c->nopeners = b.nopeners;
	for (size_t i = 0; !b.image && i < c->nbrackets; i++)
		c->brackets[i].dead |= !c->brackets[i].image;
	return end;
}

// --- HTML -----------------------------------------------------------------------

static void
close_anchor(struct scan *c, size_t label_end, size_t end)
{
	if (c->in_anchor && c->anchor_url.len > 0)
		inline_add_link(c, (struct inline_link){.label = inline_span_of(
							    c->anchor_label, label_end),
				       .url = c->anchor_url,
				       .raw = inline_span_of(c->anchor_at, end)});
	c->in_anchor = false;
}

// <img alt="text" src="url">: the alternative text is what stays of it.
static void
image_tag(struct scan *c, size_t at, size_t end)
{
	struct rmk_span alt = rmk_inline_attribute(c->cell.raw, at, end, "alt");
	struct inline_link link = {.label = alt,
	    .url = rmk_inline_attribute(c->cell.raw, at, end, "src"),
	    .raw = inline_span_of(at, end),
	    .image = true};

	for (size_t i = alt.at; i < alt.at + alt.len;) {
		char shown[RMK_ENTITY_BYTES];
		size_t len;

		c->cell.what[i] = INLINE_TEXT;
		if (rmk_inline_entity(c->cell.raw, i, &len, shown) &&
		    i + len <= alt.at + alt.len)
			i = symbol(c, i, INLINE_ENTITY, len);
		else
			i++;
	}
	inline_add_link(c, link);
}

static size_t
tag(struct scan *c, size_t at)
{
	struct rmk_str s = c->cell.raw, name;
	size_t cost = 1, end = may_look(c) ? rmk_inline_tag(s, at, &name, &cost) : at;

	if (end == at)
		return in_vain(c, at, cost);
	inline_drop(c, at, end);
	// A browser breaks the line at </br> too.
	if (rmk_str_eq_nocase(name, RMK_STR("br")) ||
	    rmk_str_eq_nocase(name, RMK_STR("/br"))) {
		c->cell.what[at] = INLINE_SPACE;
	} else if (rmk_str_eq_nocase(name, RMK_STR("img"))) {
		image_tag(c, at, end);
	} else if (rmk_str_eq_nocase(name, RMK_STR("/a"))) {
		close_anchor(c, at, end);
	} else if (rmk_str_eq_nocase(name, RMK_STR("a"))) {
		close_anchor(c, at, at);
		c->in_anchor = true;
		c->anchor_at = at;
		c->anchor_label = end;
		c->anchor_url = rmk_inline_attribute(s, at, end, "href");
	}
	return end;
}

// '<': <https://...>, <who@where>, a tag, a comment, or just less.
static size_t
angle(struct scan *c, size_t at)
{
	size_t cost = 1,
	       end = may_look(c) ? rmk_inline_autolink(c->cell.raw, at, &cost) : at;
	bool mail;

	if (end == at) {
		in_vain(c, at, cost);
		return tag(c, at);
	}
	mail = !memchr(c->cell.raw.s + at, ':', end - at);
	inline_drop(c, at, at + 1);
	inline_drop(c, end - 1, end);
	drop_pipe_escapes(c, at, end);
	if (!mail)
		inline_add_link(
		    c, (struct inline_link){.label = inline_span_of(at + 1, end - 1),
			   .url = inline_span_of(at + 1, end - 1),
			   .raw = inline_span_of(at, end),
			   .bare = true});
	return end;
}

// --- emphasis -------------------------------------------------------------------

// What a run of so many marks makes of the text inside: ***a*** is both.
static unsigned
style_of(char mark, size_t n)
{
	if (mark == '~')
		return INLINE_DEL;
	return (n > 1 ? INLINE_STRONG : 0) | (n % 2 ? INLINE_EM : 0);
}

// CommonMark's rule of three, which makes *a**b* one emphasis: where a run can do both, the two
// are no pair if they sum up to a multiple of 3, unless both are one.
static bool
are_pair(const struct opener *o, size_t whole, bool opens)
{
	return !(o->closes || opens) || whole % 3 == 0 || (o->whole + whole) % 3 != 0;
}

// Pair a closing run with the openers before it, innermost first. What is open between
// the two is text. opens: it could be an opening run too.
static size_t
close_run(struct scan *c, size_t at, size_t n, char mark, bool opens)
{
	const size_t whole = n;

	for (size_t i = c->nopeners; i-- > 0 && n > 0;) {
		struct opener *o = &c->openers[i];
		size_t k = o->count < n ? o->count : n;

		if (o->mark != mark ||
		    (mark == '~' ? o->count != n : !are_pair(o, whole, opens)))
			continue;
		inline_drop(c, o->end - k, o->end);
		inline_drop(c, at, at + k);
		add_style(c, o->end, at, style_of(mark, k));
		o->end -= k;
		o->count -= k;
		at += k;
		n -= k;
		c->nopeners = o->count ? i + 1 : i;
	}
	return n;
}

static size_t
emphasis(struct scan *c, size_t at)
{
	struct rmk_str s = c->cell.raw;
	char mark = s.s[at];
	size_t n = run_of(s, at, mark), left;
	unsigned sides = rmk_inline_flanks(s, at, at + n);

	left = n;
	if (mark == '~' && n > 2)
		return at + n;
	if (sides & INLINE_CLOSES)
		left = close_run(c, at, n, mark, sides & INLINE_OPENS);
	if (left == 0 || !(sides & INLINE_OPENS))
		return at + n;
	if (c->nopeners == INLINE_OPENERS)
		memmove(c->openers, c->openers + 1, --c->nopeners * sizeof *c->openers);
	c->openers[c->nopeners++] = (struct opener){
	    at + n, left, n, sides & INLINE_CLOSES, mark};
	return at + n;
}

// --------------------------------------------------------------------------------

static size_t
inline_step(struct scan *c, size_t at)
{
	struct rmk_str s = c->cell.raw;
	char shown[RMK_ENTITY_BYTES];
	size_t len = 0;

	switch (s.s[at]) {
	case '\\':
		return escape(c, at);
	case '`':
		return code_span(c, at);
	case '&':
		rmk_inline_entity(s, at, &len, shown);
		return symbol(c, at, INLINE_ENTITY, len);
	case ':':
		rmk_inline_emoji(s, at, &len);
		return symbol(c, at, INLINE_EMOJI, len);
	case '[':
		return open_bracket(c, at, false);
	case '!':
		return at + 1 < s.n && s.s[at + 1] == '[' ? open_bracket(c, at, true)
		                                          : at + 1;
	case ']':
		return close_bracket(c, at);
	case '<':
		return angle(c, at);
	case '*':
	case '_':
	case '~':
		return emphasis(c, at);
	case 'h':
	case 'H':
	case 'f':
	case 'F':
	case 'w':
	case 'W':
		return bare_url(c, at);
	default:
		return at + 1;
	}
}

static struct inline_cell
scan_cell(struct rmk_arena *a, struct rmk_str raw, bool styled)
{
	struct scan c = {.arena = a};

	c.cell.raw = raw;
	c.cell.what = rmk_arena_zero(a, raw.n, 1);
	c.cell.style = styled ? rmk_arena_zero(a, raw.n, 1) : NULL;
	c.lookahead = raw.n * INLINE_LOOKAHEAD;
	for (size_t at = 0; at < raw.n;)
		at = inline_step(&c, at);
	close_anchor(&c, raw.n, raw.n);
	return c.cell;
}

struct inline_cell
rmk_inline_scan(struct rmk_arena *a, struct rmk_str raw)
{
	return scan_cell(a, raw, false);
}

struct inline_cell
rmk_inline_scan_styled(struct rmk_arena *a, struct rmk_str raw)
{
	return scan_cell(a, raw, true);
}
