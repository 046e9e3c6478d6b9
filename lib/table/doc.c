// The document: what the outline found, with its names.
//
// Headings get the anchors GitHub gives them; tables their number, the heading they stand
// under, and the declaration above them.
#include "table/doc.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "gfm/block_scan.h"
#include "table/inline_references.h"
#include "table/region.h"
#include "table/value.h"

#include <string.h>

// --- anchors -----------------------------------------------------------------

static bool
is_image(const struct rmk_link *links, size_t n, const char *at, size_t *len)
{
	for (size_t i = 0; i < n; i++) {
		*len = links[i].raw.n;
		if (links[i].image && links[i].raw.s == at)
			return true;
	}
	return false;
}

// The length of ":name:" at the start of text, or 0.
static size_t
shortcode(struct rmk_str text)
{
	size_t n = 1;

	if (text.n < 3 || text.s[0] != ':')
		return 0;
	while (n < text.n && ((text.s[n] >= 'a' && text.s[n] <= 'z') ||
				 rmk_is_digit(text.s[n]) || strchr("_+-", text.s[n])))
		n++;
	return n > 1 && n < text.n && text.s[n] == ':' ? n + 1 : 0;
}

// A heading as GitHub reads it for the anchor: images say nothing, ":name:" is not yet an
// emoji, and white space at the ends counts where something invisible stood there. The
// full stops keep it; punctuation is dropped later.
static struct rmk_str
heading_words(struct rmk_arena *a, struct rmk_str raw)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_link *links;
	size_t n = rmk_value_links(a, raw, &links), len;

	rmk_buf_addc(&out, '.');
	for (size_t i = 0; i < raw.n;) {
		if (is_image(links, n, raw.s + i, &len)) {
			i += len;
		} else if ((len = shortcode(rmk_str_from(raw, i)))) {
			rmk_buf_add(&out, rmk_str_part(raw, i + 1, len - 2));
			i += len;
		} else {
			rmk_buf_addc(&out, raw.s[i++]);
		}
	}
	rmk_buf_addc(&out, '.');
	return rmk_value_text(a, rmk_buf_str(&out));
}

// Lower case, everything but letters, marks, digits, '_', '-' and spaces dropped, each
// space a '-'.
static struct rmk_str
anchor_base(struct rmk_arena *a, struct rmk_str heading)
{
	struct rmk_str text = heading_words(a, heading);
	struct rmk_buf out = {.arena = a};
	int32_t c;
	char utf8[4];

	for (size_t i = 0; i < text.n;) {
		i += rmk_utf8_decode(text, i, &c);
		if (c == ' ' || c == '-')
			rmk_buf_addc(&out, '-');
		else if (rmk_utf8_is_word(c))
			rmk_buf_add(&out, (struct rmk_str){utf8,
					      rmk_utf8_encode(rmk_utf8_lower(c), utf8)});
	}
	return rmk_buf_str(&out);
}

// A heading of letters and digits with single spaces says what it is written: most do.
static bool
is_said_as_written(struct rmk_str heading)
{
	for (size_t i = 0; i < heading.n; i++) {
		char c = heading.s[i];

		if (!rmk_is_letter(c) && !rmk_is_digit(c) &&
		    (c != ' ' || i == 0 || heading.s[i - 1] == ' '))
			return false;
	}
	return heading.n > 0;
}

static struct rmk_str
anchor_as_written(struct rmk_arena *a, struct rmk_str heading)
{
	char *s = rmk_arena_alloc(a, heading.n);

	for (size_t i = 0; i < heading.n; i++)
		s[i] = heading.s[i] == ' ' ? '-' : rmk_lower(heading.s[i]);
	return (struct rmk_str){s, heading.n};
}

static void
name_headings(struct rmk_arena *a, struct rmk_doc *doc)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx}, words = scratch;
	struct rmk_map seen = {.arena = &scratch};

	for (size_t i = 0; i < doc->nheadings; i++) {
		struct rmk_heading *h = doc->headings + i;
		size_t *times;

		if (is_said_as_written(h->text)) {
			h->anchor = anchor_as_written(a, h->text);
		} else {
			h->anchor = rmk_str_copy(a, anchor_base(&words, h->text));
			rmk_arena_reset(&words, (struct rmk_arena_mark){0});
		}
		times = rmk_map_put(&seen, h->anchor);
		if (++*times) // it was RMK_NONE
			h->anchor = rmk_str_printf(
			    a, "%.*s-%zu", RMK_FMT(h->anchor), *times);
	}
	rmk_arena_free(&scratch);
}

// --- declarations ------------------------------------------------------------

// Whether what follows "rowmark:" declares a table, and does not mark a region.
static bool
declares(struct rmk_str comment)
{
	struct rmk_str rest = rmk_str_trim(comment);

	if (!rmk_str_starts(rest, RMK_STR("rowmark:")))
		return false;
	rest = rmk_str_from(rest, 8);
	return !rmk_str_starts(rest, RMK_STR("begin")) &&
	       !rmk_str_starts(rest, RMK_STR("end"));
}

// The last comment of the lines [first, last] when it ends them.
static struct rmk_span
comment_span(const struct rmk_doc *doc, uint32_t first, uint32_t last)
{
	const struct rmk_span none = {0, 0};
	uint32_t at = doc->lines[first - 1].at;
	uint32_t end = doc->lines[last - 1].at + doc->lines[last - 1].len;
	struct rmk_str text = rmk_str_trim(rmk_str_part(doc->text, at, end - at));
	size_t open = RMK_NONE;

	if (!rmk_str_ends(text, RMK_STR("-->")))
		return none;
	for (size_t i = 0; i + 4 <= text.n; i++)
		if (memcmp(text.s + i, "<!--", 4) == 0)
			open = i;
	if (open == RMK_NONE || !declares(rmk_str_from(text, open + 4)))
		return none;
	text = rmk_str_from(text, open);
	return (struct rmk_span){(uint32_t)(text.s - doc->text.s), (uint32_t)text.n};
}

// "[//]: # (rowmark: ...)" on a line.
static struct rmk_span
link_span(const struct rmk_doc *doc, uint32_t line)
{
	static const char open[] = "[//]: # (";
	struct rmk_str text = rmk_str_trim(rmk_doc_line(doc, line));
	size_t at = rmk_str_find(text, rmk_str_of(open));

	if (at == RMK_NONE || !rmk_str_ends(text, RMK_STR(")")) ||
	    !declares(rmk_str_from(text, at + sizeof open - 1)))
		return (struct rmk_span){0, 0};
	text = rmk_str_from(text, at);
	return (struct rmk_span){(uint32_t)(text.s - doc->text.s), (uint32_t)text.n};
}

static size_t
count_quotes(struct rmk_str prefix)
{
	size_t n = 0;

	for (size_t i = 0; i < prefix.n; i++)
		n += prefix.s[i] == '>';
	return n;
}

// Whether two lines begin in the same containers, as far as bytes tell: the same quotes,
// and in a list the same column. (A link's definition is no block, so the parser says
// nothing of it.)
static bool
same_place(
    const struct rmk_doc *doc, const struct rmk_table *t, uint32_t line, uint32_t at)
{
	uint32_t start = doc->lines[line - 1].at;
	struct rmk_str here = rmk_str_part(doc->text, start, at - start);
	struct rmk_str there = rmk_str_part(
	    doc->text, t->header.span.at, t->header.at - t->header.span.at);

	return count_quotes(here) == count_quotes(there) &&
	       (!(t->containers & (RMK_IN_LIST | RMK_IN_FOOTNOTE)) || here.n == there.n);
}

static struct rmk_span
doc_declaration(const struct rmk_doc *doc, const struct rmk_table *t)
{
	const struct rmk_block *block = doc->blocks + t->block;
	const struct rmk_block *above = t->block ? block - 1 : NULL;
	struct rmk_span span = {0, 0};
	uint32_t line = t->header.line - 1;

	// Blank, or only the marks of quotes.
	if (line > 1 && rmk_str_has_only(rmk_doc_line(doc, line), " \t>"))
		line--;
	if (line == 0)
		return span;
	if (above && above->line + above->nlines - 1 < line)
		above = NULL;
	if (above && above->kind == RMK_BLOCK_HTML && above->item == block->item)
		return comment_span(doc, above->line, line);
	if (!above || above->kind == RMK_BLOCK_PARAGRAPH)
		span = link_span(doc, line);
	if (span.len && !same_place(doc, t, line, span.at))
		span.len = 0;
	return span;
}

// --- tables ------------------------------------------------------------------

// Markers are lines of HTML, of which most files have little.
static bool
may_have_regions(const struct rmk_doc *doc)
{
	for (size_t i = 0; i < doc->nblocks; i++) {
		const struct rmk_block *b = &doc->blocks[i];
		uint32_t last = b->line + b->nlines - 1;

		for (uint32_t line = b->line; b->kind == RMK_BLOCK_HTML && line <= last;
		     line++) {
			if (rmk_str_find(rmk_doc_line(doc, line),
				RMK_STR("rowmark:begin")) != RMK_NONE)
				return true;
		}
	}
	return false;
}

// Tables in regions are what rowmark wrote of other tables: their blocks stay.
static void
drop_written(struct rmk_arena *a, struct rmk_doc *doc)
{
	struct rmk_regions regions;
	size_t n = 0, r = 0;

	if (!may_have_regions(doc))
		return;
	regions = rmk_regions_of(a, doc);
	for (size_t i = 0; i < doc->ntables; i++) {
		const struct rmk_table *t = &doc->tables[i];

		while (r < regions.n && regions.v[r].end < t->header.line)
			r++;
		bool written = r < regions.n && regions.v[r].begin < t->header.line;
		doc->blocks[t->block].part = written ? RMK_NONE : n;
		if (!written)
			doc->tables[n++] = *t;
	}
	doc->ntables = n;
}

static void
name_tables(struct rmk_doc *doc)
{
	size_t heading = 0; // how many stand above

	for (size_t i = 0; i < doc->ntables; i++) {
		struct rmk_table *t = doc->tables + i;

		while (heading < doc->nheadings &&
		       doc->headings[heading].line < t->header.line)
			heading++;
		t->number = (uint32_t)i + 1;
		t->heading = heading ? heading - 1 : RMK_NONE;
		t->nth = i && t[-1].heading == t->heading ? t[-1].nth + 1 : 0;
		t->decl = doc_declaration(doc, t);
	}
}

static void
take_blocks(struct rmk_doc *doc, const struct rmk_blocks *found)
{
	doc->lines = found->lines;
	doc->nlines = found->nlines;
	doc->blocks = found->blocks;
	doc->nblocks = found->nblocks;
	doc->headings = found->headings;
	doc->nheadings = found->nheadings;
	doc->tables = found->tables;
	doc->ntables = found->ntables;
	doc->bom = found->bom;
	doc->front = found->front;
	doc->footnotes = found->footnotes;
	doc->valid = found->valid;
	doc->tight = found->tight;
	doc->parsed = true;
}

struct rmk_doc_notes *
rmk_doc_notes_new(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct rmk_doc_notes *notes;
	size_t ncols = 0;
	uint8_t *room;

	if (doc->ntables == 0)
		return NULL;
	for (size_t i = 0; i < doc->ntables; i++)
		ncols += doc->tables[i].ncols;
	notes = RMK_NEW(a, struct rmk_doc_notes);
	notes->columns = RMK_NEW_N(a, uint8_t *, doc->ntables);
	room = RMK_NEW_N(a, uint8_t, ncols);
	for (size_t i = 0; i < doc->ntables; i++) {
		notes->columns[i] = room;
		room += doc->tables[i].ncols;
	}
	return notes;
}

static enum rmk_code
doc_read(struct rmk_arena *a, struct rmk_str path, struct rmk_str text, unsigned flags,
    const struct rmk_blocks_beside *beside, struct rmk_doc **out, struct rmk_err *err)
{
	struct rmk_doc *doc;
	enum rmk_code code;

	if (text.n > RMK_MAX_FILE)
		return rmk_fail(err, RMK_TOO_BIG,
		    "%.*s: %zu bytes; files of at most %zu are read", RMK_FMT(path),
		    text.n, RMK_MAX_FILE);
	doc = RMK_NEW(a, struct rmk_doc);
	doc->path = path;
	doc->text = text;
	if ((flags & RMK_PARSE_ALL) || rmk_blocks_may_hold_table(text)) {
		struct rmk_blocks blocks = {0};

		code = rmk_blocks_scan(
		    a, path, text, flags & RMK_PARSE_HEADS, beside, &blocks, err);
		if (code)
			return code;
		take_blocks(doc, &blocks);
		drop_written(a, doc);
		name_headings(a, doc);
		name_tables(doc);
		doc->definitions = rmk_definitions_read(a, doc);
		doc->notes = rmk_doc_notes_new(a, doc);
	}
	*out = doc;
	return RMK_OK;
}

enum rmk_code
rmk_doc_parse(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    unsigned flags, struct rmk_doc **out, struct rmk_err *err)
{
	return doc_read(a, path, text, flags, NULL, out, err);
}

enum rmk_code
rmk_doc_parse_beside(struct rmk_arena *a, const struct rmk_doc *beside,
    struct rmk_str text, struct rmk_doc **out, struct rmk_err *err)
{
	struct rmk_blocks_beside blocks = {beside->text, beside->tables, beside->ntables};

	return doc_read(a, beside->path, text, 0, &blocks, out, err);
}

// --- look-ups ----------------------------------------------------------------

struct rmk_str
rmk_doc_str(const struct rmk_doc *doc, struct rmk_span span)
{
	return rmk_str_at(doc->text, span);
}

struct rmk_str
rmk_doc_line(const struct rmk_doc *doc, uint32_t line)
{
	return rmk_str_at(doc->text, doc->lines[line - 1]);
}

struct rmk_str
rmk_doc_line_end(const struct rmk_doc *doc, uint32_t line)
{
	struct rmk_span span = doc->lines[line - 1];
	size_t end = span.at + span.len;
	size_t next = line < doc->nlines ? doc->lines[line].at : doc->text.n;

	return rmk_str_part(doc->text, end, next - end);
}

struct rmk_str
rmk_row_written(const struct rmk_doc *doc, const struct rmk_row *row)
{
	return rmk_str_part(doc->text, row->at, row->span.at + row->span.len - row->at);
}

uint32_t
rmk_doc_line_of(const struct rmk_doc *doc, uint32_t at)
{
	size_t lo = 0, hi = doc->nlines; // lines[lo] starts at or before `at`

	while (lo + 1 < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->lines[mid].at <= at)
			lo = mid;
		else
			hi = mid;
	}
	return (uint32_t)lo + 1;
}

uint32_t
rmk_doc_col_of(const struct rmk_doc *doc, uint32_t at)
{
	uint32_t line = rmk_doc_line_of(doc, at);

	return at - (doc->nlines ? doc->lines[line - 1].at : 0) + 1;
}
