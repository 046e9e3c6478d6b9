// The parser's tree, taken apart into blocks while it grows.
//
//	document ── list ── item ── paragraph     all but the last child of an open
//	        │                └─ table         block is finished: it is taken, and
//	        └── paragraph                     freed. So the tree stays small.
//
// Which lines a block has is noted while they are fed, since the parser's own numbers
// count only what was fed and are off by one for some blocks: each line belongs to the
// leaf that is last in the tree after it.
#include "gfm/block_scan_state.h"

#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <stdint.h>
#include <string.h>

extern cmark_node_type CMARK_NODE_TABLE;

// Containers are walked by recursion, here and in cmark-gfm. Tables' own levels do not
// count.
#define MOST_DEPTH 128
// Each level is tried again on each line, which takes some 30 nanoseconds.
#define WORK_LEVEL 32

// What is known of a node: the lines of a leaf (from 1), the number of a container.
struct note {
	uint32_t first, last;
	size_t item;
};

// Which list item, quote or footnote a block is in, and in what kinds.
struct place {
	unsigned containers;
	size_t item;
};

static struct note *
note_of(struct block_scan *w, cmark_node *node)
{
	struct note *note = cmark_node_get_user_data(node);

	return note ? note : rmk_scan_attach(w, node, sizeof *note);
}

static bool
is_leaf(cmark_node_type type)
{
	return type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING ||
	       type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK ||
	       type == CMARK_NODE_THEMATIC_BREAK || type == CMARK_NODE_TABLE;
}

// Whether a block of code is a fence that is still open: the parser sets its last line, which is
// another than its first, when it closes it.
static bool
is_open_fence(cmark_node *node)
{
	int length, offset;
	char c;

	return cmark_node_get_fenced(node, &length, &offset, &c) &&
	       cmark_node_get_end_line(node) == cmark_node_get_start_line(node);
}

bool
rmk_scan_is_blank(const struct block_scan *w, uint32_t line)
{
	return rmk_str_has_only(rmk_str_at(w->text, w->out->lines[line]), " \t");
}

// Whether nothing is open behind this line, where the last leaf is of that kind in so many
// containers: a blank line closes these, and not a thematic break, which stays open as long as
// nothing follows.
static bool
is_idle(const struct block_scan *w, cmark_node_type type, unsigned depth)
{
	return depth <= 1 && rmk_scan_is_blank(w, w->line) &&
	       (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_TABLE ||
		   type == CMARK_NODE_HEADING || type == CMARK_NODE_DOCUMENT);
}

void
rmk_scan_note(struct block_scan *w)
{
	cmark_node *node = w->root, *child;
	cmark_node_type type = cmark_node_get_type(node);
	unsigned depth = 0;
	struct note *note;

	while (type != CMARK_NODE_TABLE && (child = cmark_node_last_child(node))) {
		node = child;
		type = cmark_node_get_type(node);
		if (++depth > MOST_DEPTH)
			rmk_scan_give_up(w, w->line,
			    "containers nested more than %d deep", MOST_DEPTH);
	}
	rmk_scan_count_work(w, depth * WORK_LEVEL, "lines in deep containers");
	w->in_fence = depth == 1 && type == CMARK_NODE_CODE_BLOCK && is_open_fence(node);
	w->idle = is_idle(w, type, depth);
	if (!is_leaf(type))
		return;
	note = note_of(w, node);
	if (note->first == 0)
		note->first = note->last = w->line + 1;
	// A line has content where more is on it than blanks and, in a container, '>'.
	else if (!rmk_str_has_only(rmk_str_at(w->text, w->out->lines[w->line]),
		     depth > 1 ? " \t>" : " \t"))
		note->last = w->line + 1;
}

// --- taking ------------------------------------------------------------------

static enum rmk_block_kind
block_list_kind_of(cmark_node *node)
{
	int length, offset;
	char c;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		return RMK_BLOCK_HEADING;
	case CMARK_NODE_CODE_BLOCK:
		return cmark_node_get_fenced(node, &length, &offset, &c) ? RMK_BLOCK_FENCE
		                                                         : RMK_BLOCK_CODE;
	case CMARK_NODE_HTML_BLOCK:
		return RMK_BLOCK_HTML;
	case CMARK_NODE_THEMATIC_BREAK:
		return RMK_BLOCK_BREAK;
	default:
		return RMK_BLOCK_PARAGRAPH;
	}
}

// The parser's text of a heading, as a part of the file where it is one; a heading over
// several lines has a text of its own.
static struct rmk_str
heading_text(struct block_scan *w, cmark_node *node, const struct note *note)
{
	struct rmk_str text = rmk_str_trim(
	    rmk_str_of(cmark_node_get_string_content(node)));

	for (uint32_t line = note->first; line <= note->last; line++) {
		struct rmk_span span = w->out->lines[line - 1];
		size_t at = rmk_str_find(rmk_str_at(w->text, span), text);

		if (at != RMK_NONE)
			return rmk_str_part(w->source, span.at + at, text.n);
	}
	return rmk_str_copy(w->a, text);
}

static size_t
take_heading(struct block_scan *w, cmark_node *node, const struct note *note)
{
	struct rmk_heading *h = RMK_PUSH(
	    &w->scratch, w->headings, w->nheadings, w->headings_cap);

	*h = (struct rmk_heading){.line = note->first};
	h->level = (uint8_t)cmark_node_get_heading_level(node);
	h->text = heading_text(w, node, note);
	return w->nheadings - 1;
}

static void
take_table(struct block_scan *w, struct rmk_block *b)
{
	struct rmk_table *t = w->tables + w->ntaken_tables;

	b->kind = RMK_BLOCK_TABLE;
	b->part = w->ntaken_tables++;
	b->line = t->header.line;
	b->nlines = t->delim.line + t->nrows - b->line + 1;
	t->containers = b->containers;
	t->block = w->ntaken - 1;
}

// Text directly above a table was one paragraph with its header, until its delimiter
// row. The parser then puts what is not the header into a new paragraph before the table.
static struct note
note_above_table(struct block_scan *w, cmark_node *node)
{
	const struct note *table = cmark_node_get_user_data(cmark_node_next(node));

	return (struct note){
	    table->first, w->tables[w->ntaken_tables].header.line - 1, 0};
}

static void
take_leaf(struct block_scan *w, cmark_node *node, struct place in)
{
	const struct note *known = cmark_node_get_user_data(node);
	struct note note = known ? *known : note_above_table(w, node);
	struct rmk_block *b = RMK_PUSH(&w->scratch, w->taken, w->ntaken, w->taken_cap);

	*b = (struct rmk_block){.containers = in.containers, .item = in.item};
	b->part = RMK_NONE;
	if (cmark_node_get_type(node) == CMARK_NODE_TABLE) {
		take_table(w, b);
		return;
	}
	b->kind = block_list_kind_of(node);
	b->line = note.first;
	b->nlines = note.last - note.first + 1;
	if (b->kind == RMK_BLOCK_HEADING)
		b->part = take_heading(w, node, &note);
}

// The place of what is in a container.
static struct place
inside(struct block_scan *w, cmark_node *node, struct place in)
{
	struct note *note;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_BLOCK_QUOTE:
		in.containers |= RMK_IN_QUOTE;
		break;
	case CMARK_NODE_ITEM:
		in.containers |= RMK_IN_LIST;
		break;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		in.containers |= RMK_IN_FOOTNOTE;
		break;
	default:
		return in;
	}
	note = note_of(w, node);
	if (note->item == 0)
		note->item = ++w->nitems;
	in.item = note->item;
	return in;
}

static void
take_tree(struct block_scan *w, cmark_node *node, struct place in)
{
	if (is_leaf(cmark_node_get_type(node))) {
		take_leaf(w, node, in);
		return;
	}
	in = inside(w, node, in);
	for (node = cmark_node_first_child(node); node; node = cmark_node_next(node))
		take_tree(w, node, in);
}

// Take what is finished; with all, also what is open.
void
rmk_scan_take(struct block_scan *w, bool all)
{
	cmark_node *node = w->root, *child;
	struct place in = {0, 0};

	while (node && !is_leaf(cmark_node_get_type(node))) {
		in = inside(w, node, in);
		while ((child = cmark_node_first_child(node)) &&
		       (all || cmark_node_next(child))) {
			take_tree(w, child, in);
			cmark_node_free(child);
		}
		node = child;
	}
	if (all && w->ntaken_tables != w->ntables)
		rmk_scan_give_up(w, RMK_NONE, "the parser lost a table");
}

// --- what was not fed ----------------------------------------------------------

// Nothing is open, so that all that was fed is finished, and is taken first.
static struct rmk_block *
put_block(struct block_scan *w, struct rmk_block block)
{
	struct rmk_block *b;

	rmk_scan_take(w, true);
	b = RMK_PUSH(&w->scratch, w->taken, w->ntaken, w->taken_cap);
	*b = block;
	return b;
}

void
rmk_scan_put_paragraph(struct block_scan *w, uint32_t line, uint32_t end)
{
	put_block(w, (struct rmk_block){.kind = RMK_BLOCK_PARAGRAPH,
			 .line = line + 1,
			 .nlines = end - line,
			 .part = RMK_NONE});
}

void
rmk_scan_put_heading(struct block_scan *w, const struct rmk_heading *heading)
{
	struct rmk_block *b = put_block(
	    w, (struct rmk_block){
		   .kind = RMK_BLOCK_HEADING, .line = heading->line, .nlines = 1});

	b->part = w->nheadings;
	*RMK_PUSH(&w->scratch, w->headings, w->nheadings, w->headings_cap) = *heading;
}

// Its block is filled when its rows are known.
void
rmk_scan_put_table(struct block_scan *w, const struct rmk_table *t)
{
	put_block(w, (struct rmk_block){0});
	*RMK_PUSH(&w->scratch, w->tables, w->ntables, w->tables_cap) = *t;
}

void
rmk_scan_end_put_table(struct block_scan *w)
{
	take_table(w, &w->taken[w->ntaken - 1]);
}
