// cmark-gfm's full parse, and rowmark's model held against it.
#include "peers/full_parse.h"

#include "base/utf8.h"
#include "gfm/cells.h"
#include "gfm/front_matter.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

extern cmark_node_type CMARK_NODE_TABLE;

// Front matter is no Markdown: blank lines are put in its place.
static void
feed_blank(cmark_parser *parser, struct rmk_str front)
{
	for (size_t i = 0; i < front.n; i++)
		if (front.s[i] == '\n' ||
		    (front.s[i] == '\r' && (i + 1 == front.n || front.s[i + 1] != '\n')))
			cmark_parser_feed(parser, "\n", 1);
}

static cmark_node *
full_parse(struct rmk_str text)
{
	size_t front = rmk_front_matter(text);
	cmark_parser *parser;
	cmark_node *root;

	cmark_gfm_core_extensions_ensure_registered();
	parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8);
	cmark_parser_attach_syntax_extension(
	    parser, cmark_find_syntax_extension("table"));
	feed_blank(parser, rmk_str_part(text, 0, front));
	cmark_parser_feed(parser, text.s + front, text.n - front);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

// The next table of the tree in its order. Tables do not hold tables.
static cmark_node *
next_table(cmark_iter *iter)
{
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event == CMARK_EVENT_ENTER &&
		    cmark_node_get_type(node) == CMARK_NODE_TABLE)
			return node;
	}
	return NULL;
}

size_t
peer_count_cells(struct rmk_str text)
{
	cmark_node *root = full_parse(text), *table, *row, *cell;
	cmark_iter *iter = cmark_iter_new(root);
	size_t n = 0;

	while ((table = next_table(iter)))
		for (row = cmark_node_first_child(table); row; row = cmark_node_next(row))
			for (cell = cmark_node_first_child(row); cell;
			     cell = cmark_node_next(cell))
				n += cmark_node_get_start_column(cell) != 0;
	cmark_iter_free(iter);
	cmark_node_free(root);
	return n;
}

static struct peer_row
peer_row(struct rmk_arena *a, cmark_node *node, size_t ncols)
{
	struct peer_row row = {.line = (uint32_t)cmark_node_get_start_line(node)};
	cmark_node *cell;

	row.cells = RMK_NEW_N(a, const char *, ncols);
	for (cell = cmark_node_first_child(node); cell; cell = cmark_node_next(cell))
		if (cmark_node_get_start_column(cell) != 0)
			row.cells[row.ncells++] = cmark_node_get_string_content(cell);
	return row;
}

static struct peer_table
peer_table(struct rmk_arena *a, cmark_node *node)
{
	struct peer_table t = {0};
	cmark_node *row;
	size_t cap = 0;

	t.last_line = (uint32_t)cmark_node_get_end_line(node);
	t.ncols = cmark_gfm_extensions_get_table_columns(node);
	t.aligns = cmark_gfm_extensions_get_table_alignments(node);
	for (row = cmark_node_first_child(node); row; row = cmark_node_next(row))
		*RMK_PUSH(a, t.rows, t.nrows, cap) = peer_row(a, row, t.ncols);
	return t;
}

static int
by_last_line(const void *p, const void *q)
{
	const struct peer_table *a = p, *b = q;

	return (a->last_line > b->last_line) - (a->last_line < b->last_line);
}

struct peer_doc
peer_parse(struct rmk_arena *a, struct rmk_str text)
{
	struct peer_doc peer = {.root = full_parse(text)};
	cmark_iter *iter = cmark_iter_new(peer.root);
	cmark_node *node;
	size_t cap = 0;

	while ((node = next_table(iter)))
		*RMK_PUSH(a, peer.tables, peer.ntables, cap) = peer_table(a, node);
	cmark_iter_free(iter);
	if (peer.ntables)
		qsort(peer.tables, peer.ntables, sizeof *peer.tables, by_last_line);
	return peer;
}

void
peer_free(struct peer_doc *peer)
{
	cmark_node_free(peer->root);
}

// --- comparing ---------------------------------------------------------------

// The parser replaces NUL and invalid UTF-8 by U+FFFD, in ways of its own: any run of
// such things is compared as one.
static struct rmk_str
plain(struct rmk_arena *a, struct rmk_str text)
{
	char *s = rmk_arena_alloc(a, text.n);
	size_t n = 0, step;

	for (size_t i = 0; i < text.n; i += step) {
		int32_t c;

		step = rmk_utf8_decode(text, i, &c);
		if (c == 0 || c == 0xFFFD) {
			if (n == 0 || s[n - 1] != '\x01')
				s[n++] = '\x01';
			continue;
		}
		memcpy(s + n, text.s + i, step);
		n += step;
	}
	return (struct rmk_str){s, n};
}

static bool
same_content(struct rmk_arena *a, struct rmk_str raw, const char *content)
{
	struct rmk_str ours = rmk_cell_content(a, raw);
	struct rmk_str theirs = rmk_str_of(content);

	return rmk_str_eq(ours, theirs) || rmk_str_eq(plain(a, ours), plain(a, theirs));
}

static const char *
row_difference(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_row *ours,
    const struct peer_row *theirs, size_t ncols)
{
	size_t n = ours->ncells < ncols ? ours->ncells : ncols;

	if (n != theirs->ncells)
		return "the number of cells";
	for (size_t i = 0; i < n; i++)
		if (!same_content(a, rmk_doc_cell(doc, ours, i), theirs->cells[i]))
			return "a cell's content";
	return NULL;
}

static bool
same_aligns(const struct rmk_table *ours, const struct peer_table *theirs)
{
	static const char letters[] = {[RMK_ALIGN_NONE] = 0,
	    [RMK_ALIGN_LEFT] = 'l',
	    [RMK_ALIGN_CENTER] = 'c',
	    [RMK_ALIGN_RIGHT] = 'r'};

	for (uint32_t i = 0; i < ours->ncols; i++)
		if (letters[ours->aligns[i]] != (char)theirs->aligns[i])
			return false;
	return true;
}

static const char *
table_difference(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *ours, const struct peer_table *theirs)
{
	const char *what;

	if (ours->read_only)
		return "a table that is read-only";
	if (ours->ncols != theirs->ncols || ours->header.ncells != ours->ncols ||
	    ours->delim.ncells != ours->ncols)
		return "the number of columns";
	if (ours->nrows + 1 != theirs->nrows)
		return "the number of rows";
	if (!same_aligns(ours, theirs))
		return "an alignment";
	what = row_difference(a, doc, &ours->header, theirs->rows, ours->ncols);
	for (uint32_t i = 0; i < ours->nrows && !what; i++) {
		if (ours->rows[i].line != theirs->rows[i + 1].line)
			return "a row's line";
		what = row_difference(
		    a, doc, &ours->rows[i], &theirs->rows[i + 1], ours->ncols);
	}
	return what;
}

static uint32_t
last_line(const struct rmk_table *t)
{
	return t->nrows ? t->rows[t->nrows - 1].line : t->delim.line;
}

// Headings by level, and where they begin. Those of footnotes stand elsewhere in the parser's tree.
static const char *
heading_difference(const struct rmk_doc *doc, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;
	const char *what = NULL;
	size_t n = 0;

	while (!what && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		const struct rmk_heading *h = &doc->headings[n];

		if (event != CMARK_EVENT_ENTER ||
		    cmark_node_get_type(node) != CMARK_NODE_HEADING)
			continue;
		if (n++ == doc->nheadings)
			what = "a heading is missing";
		else if (h->level != cmark_node_get_heading_level(node) ||
			 (int)h->line != cmark_node_get_start_line(node))
			what = "a heading";
	}
	cmark_iter_free(iter);
	return what || n == doc->nheadings ? what : "a heading too many";
}

const char *
peer_difference(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct peer_doc peer = peer_parse(a, doc->text);
	const char *what = NULL;
	size_t at = 0;

	if (doc->parsed && rmk_str_find(doc->text, RMK_STR("[^")) == RMK_NONE)
		what = heading_difference(doc, peer.root);

	for (size_t i = 0; i < doc->ntables && !what; i++) {
		const struct rmk_table *ours = doc->tables + i;
		const struct peer_table *theirs = at < peer.ntables ? peer.tables + at
		                                                    : NULL;

		if (theirs && theirs->last_line == last_line(ours)) {
			what = table_difference(a, doc, ours, theirs);
			at++;
		} else if (!(ours->containers & RMK_IN_FOOTNOTE)) {
			what = theirs ? "a table's last line" : "a table too many";
		}
	}
	if (!what && at < peer.ntables)
		what = "a table is missing";
	peer_free(&peer);
	return what;
}
