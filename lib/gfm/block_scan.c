// The driver: text into lines, lines into cmark-gfm, one by one.
//
// Why so. cmark-gfm decides what GitHub shows, so nothing else may decide what a table is.
// But its tree does not say where cells are (columns are wrong where a row's prefix
// differs from the header's, excess cells vanish), and its inline phase is slow and has
// known denials of service. So only its block phase is used, through a hook that
// notes where each line's content starts (block_feed.c), and the rest is found in the bytes
// of the line (block_table.c). cmark_parser_finish is never called.
//
// The shadow. NUL and invalid UTF-8 would be replaced by three bytes each, or end a
// table; a copy of equal length with 0x01 in their place keeps offsets one to one.
#include "gfm/block_scan_state.h"

#include "base/utf8.h"
#include "gfm/front_matter.h"

#include <string.h>

// A line may consist of these alone, a '-' among them, and still be a delimiter row.
static bool
in_delimiter_line(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '|' || c == ':' ||
	       c == '>' || c == '-';
}

static bool
may_be_delimiter(const char *s, const char *end)
{
	bool dash = false;

	for (; s < end; s++) {
		if (!in_delimiter_line(*s))
			return false;
		dash |= *s == '-';
	}
	return dash;
}

// Where lines end: LF, CR, or the text's end.
struct line_ends {
	const char *lf; // where there are CRs: the next LF, or end
	const char *end;
	bool has_cr;
};

static struct line_ends
line_ends(struct rmk_str text)
{
	return (struct line_ends){
	    NULL, text.s + text.n, rmk_str_chr(text, '\r') != RMK_NONE};
}

static const char *
find_or_end(const char *s, const char *end, char c)
{
	const char *found = memchr(s, c, (size_t)(end - s));

	return found ? found : end;
}

// The end of the line that starts at s. The next LF is kept, since many CRs may come
// before it.
static const char *
block_scan_line_end(struct line_ends *ends, const char *s)
{
	if (!ends->has_cr)
		return find_or_end(s, ends->end, '\n');
	if (!ends->lf || ends->lf < s)
		ends->lf = find_or_end(s, ends->end, '\n');
	return find_or_end(s, ends->lf, '\r');
}

static const char *
behind_end(const struct line_ends *ends, const char *e)
{
	if (e + 1 < ends->end && e[0] == '\r' && e[1] == '\n')
		return e + 2;
	return e < ends->end ? e + 1 : e;
}

bool
rmk_blocks_may_hold_table(struct rmk_str text)
{
	struct line_ends ends = line_ends(text);
	const char *e;

	for (const char *s = text.s + rmk_front_matter(text); s < ends.end;
	     s = behind_end(&ends, e)) {
		e = block_scan_line_end(&ends, s);
		if (may_be_delimiter(s, e))
			return true;
	}
	return false;
}

// Of so many bytes the lines are counted, to know about how many there are.
#define SAMPLE ((size_t)16 << 10)

// How many lines there are: all of a short text; of a long one about as many, and some more.
static size_t
guess_lines(struct rmk_str text)
{
	struct rmk_str sample = rmk_str_part(text, 0, text.n < SAMPLE ? text.n : SAMPLE);
	struct line_ends ends = line_ends(sample);
	size_t n = 0;

	for (const char *s = sample.s; s < ends.end; n++)
		s = behind_end(&ends, block_scan_line_end(&ends, s));
	return text.n == sample.n ? n : (n + n / 8 + 1) * (text.n / sample.n + 1);
}

static void
split_lines(struct block_scan *w)
{
	struct line_ends ends = line_ends(w->text);
	size_t cap = guess_lines(w->text), n = 0;
	struct rmk_span *lines = rmk_arena_alloc(w->a, cap * sizeof *lines);
	const char *start = w->text.s, *e;

	for (const char *s = start; s < ends.end; s = behind_end(&ends, e)) {
		e = block_scan_line_end(&ends, s);
		if (n == cap) {
			lines = rmk_arena_grow(w->a, lines, cap * sizeof *lines,
			    (cap + cap / 2 + 1) * sizeof *lines);
			cap += cap / 2 + 1;
		}
		lines[n++] = (struct rmk_span){(uint32_t)(s - start), (uint32_t)(e - s)};
	}
	rmk_arena_shrink(w->a, lines, cap * sizeof *lines, n * sizeof *lines);
	w->out->lines = lines;
	w->out->nlines = n;
}

static struct rmk_str
shadow(struct rmk_arena *scratch, struct rmk_str text, bool *valid)
{
	size_t n;
	char *s;

	*valid = rmk_utf8_invalid(text) == RMK_NONE;
	if (*valid && rmk_str_chr(text, '\0') == RMK_NONE)
		return text;
	s = rmk_arena_alloc(scratch, text.n);
	memcpy(s, text.s, text.n);
	for (size_t i = 0; i < text.n; i += n) {
		int32_t c;
		n = rmk_utf8_decode(text, i, &c);
		if (s[i] == '\0' || (n == 1 && (unsigned char)s[i] >= 0x80))
			s[i] = 0x01;
	}
	return (struct rmk_str){s, text.n};
}

// Taking finished blocks from the tree keeps it small; doing so now and then is enough.
#define LINES_A_TAKE 64

static uint32_t
front_lines(const struct block_scan *w)
{
	size_t end = rmk_front_matter(w->text);
	uint32_t n = 0;

	while (n < w->out->nlines && w->out->lines[n].at < end)
		n++;
	return n;
}

static void
block_scan_read_lines(struct block_scan *w)
{
	w->text = shadow(&w->scratch, w->source, &w->out->valid);
	split_lines(w);
	w->out->front = front_lines(w);
	rmk_scan_open(w);
	w->idle = true;
	for (uint32_t i = w->out->front; (i = rmk_scan_plain(w, i)) < w->out->nlines;) {
		rmk_scan_feed(w, i);
		rmk_scan_tables(w);
		rmk_scan_note(w);
		if (i % LINES_A_TAKE == 0)
			rmk_scan_take(w, false);
		i = w->table ? rmk_scan_unfed_rows(w, i + 1) : i + 1;
	}
	rmk_scan_end_table(w);
	rmk_scan_feed_blank(w);
	rmk_scan_take(w, true);
	rmk_scan_drop_hidden(w);
}

// n elements of scratch in the document's arena.
static void *
block_scan_keep(struct block_scan *w, const void *v, size_t n, size_t size)
{
	void *p = rmk_arena_alloc(w->a, n * size);

	if (n)
		memcpy(p, v, n * size);
	return p;
}

static void
out_of_scratch(void *ctx, size_t size)
{
	(void)size;
	rmk_scan_give_up(ctx, RMK_NONE, "no memory");
}

static bool
has_bom(struct rmk_str text)
{
	return rmk_str_starts(text, RMK_STR("\xEF\xBB\xBF"));
}

enum rmk_code
rmk_blocks_scan(struct rmk_arena *a, struct rmk_str path, struct rmk_str text, bool heads,
    const struct rmk_blocks_beside *beside, struct rmk_blocks *out, struct rmk_err *err)
{
	struct block_scan w = {.a = a,
	    .path = path,
	    .source = text,
	    .heads = heads,
	    .beside = beside,
	    .out = out,
	    .err = err};
	volatile enum rmk_code code = RMK_TOO_COMPLEX; // setjmp

	w.scratch.oom = out_of_scratch;
	w.scratch.ctx = &w;
	if (setjmp(w.give_up) == 0) {
		block_scan_read_lines(&w);
		out->blocks = block_scan_keep(&w, w.taken, w.ntaken, sizeof *w.taken);
		out->nblocks = w.ntaken;
		out->headings = block_scan_keep(
		    &w, w.headings, w.nheadings, sizeof *w.headings);
		out->nheadings = w.nheadings;
		out->tables = block_scan_keep(&w, w.tables, w.ntables, sizeof *w.tables);
		out->ntables = w.ntables;
		out->bom = has_bom(text);
		code = RMK_OK;
	}
	rmk_scan_close(&w);
	rmk_arena_free(&w.scratch);
	return code;
}
