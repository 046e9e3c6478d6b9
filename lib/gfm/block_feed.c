// cmark-gfm, and our hook into it.
//
// The hook is a syntax extension of our own, attached before `table`. cmark-gfm calls it
// on each line that no other block wants, with the container the line would go to. It
// changes nothing: it notes where the line's content starts and whether the line is about
// to make a table of a paragraph, or a row of a table. (Of GitHub's other extensions only
// `tasklist` takes part in the block phase, and there only eats the "[ ]" of an item.)
//
// Its registry of extensions is global; it is filled once, under pthread_once. A program that
// uses cmark-gfm itself on other threads should register the core extensions first.
#include "gfm/block_scan_state.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <cmark-gfm_version.h>
#if CMARK_GFM_VERSION < (29 << 16 | 6) || CMARK_GFM_VERSION >= 30 << 16
#error "cmark-gfm: another version is wanted, 0.29.0.gfm.6 or later (libcmark-gfm-dev)"
#endif
#include <pthread.h>

// Exported by the library, but declared in no header that it installs.
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW;

static void
free_attached(cmark_mem *mem, void *p)
{
	mem->free(p);
}

void *
rmk_scan_attach(struct block_scan *w, cmark_node *node, size_t size)
{
	void *p = rmk_scan_memory(w)->calloc(1, size);

	cmark_node_set_user_data(node, p);
	cmark_node_set_user_data_free_func(node, free_attached);
	return p;
}

// Called a second time on the line when a table or row was just opened: what is left of
// the line is its end, and all was noted in the first call.
static cmark_node *
hook(cmark_syntax_extension *ext, int indented, cmark_parser *parser,
    cmark_node *container, unsigned char *input, int len)
{
	struct block_scan *w = cmark_syntax_extension_get_private(ext);
	cmark_node_type type = cmark_node_get_type(container);
	uint32_t first = (uint32_t)cmark_parser_get_first_nonspace(parser);

	if (type == CMARK_NODE_TABLE_ROW ||
	    (type == CMARK_NODE_TABLE && cmark_parser_is_blank(parser)))
		return NULL;
	if (!w->root)
		w->root = container;
	w->seen.fired = true;
	w->seen.offset = (uint32_t)cmark_parser_get_offset(parser);
	w->seen.first = first;
	if (indented)
		return NULL;
	if (type == CMARK_NODE_PARAGRAPH) {
		w->paragraph = container;
		rmk_scan_limit_paragraph(w, container,
		    (struct rmk_str){(const char *)input + first, (size_t)len - first});
	} else if (type == CMARK_NODE_TABLE) {
		w->row_of = container;
		rmk_scan_limit_columns(
		    w, cmark_gfm_extensions_get_table_columns(container));
	}
	return NULL;
}

// --- the parser --------------------------------------------------------------

static pthread_once_t registered = PTHREAD_ONCE_INIT;

static void
block_feed_find_table(void)
{
	cmark_gfm_core_extensions_ensure_registered();
}

static void
feed(struct block_scan *w, const char *s, size_t n)
{
	w->before = w->seen;
	w->seen = (struct line_seen){0};
	w->paragraph = w->row_of = NULL;
	rmk_scan_memory(w);
	cmark_parser_feed(w->parser, s, n);
}

// The parser's root cannot be asked for; a blank line before the first one brings the
// hook there, and changes nothing else.
void
rmk_scan_open(struct block_scan *w)
{
	pthread_once(&registered, block_feed_find_table);
	w->parser = cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES, rmk_scan_memory(w));
	w->hook = cmark_syntax_extension_new("rowmark");
	cmark_syntax_extension_set_private(w->hook, w, NULL);
	cmark_syntax_extension_set_open_block_func(w->hook, hook);
	cmark_parser_attach_syntax_extension(w->parser, w->hook);
	cmark_parser_attach_syntax_extension(
	    w->parser, cmark_find_syntax_extension("table"));
	feed(w, "\n", 1);
}

void
rmk_scan_close(struct block_scan *w)
{
	rmk_scan_free(w);
	if (w->hook)
		cmark_syntax_extension_free(cmark_get_default_mem_allocator(), w->hook);
	w->hook = NULL;
}

void
rmk_scan_feed_blank(struct block_scan *w)
{
	feed(w, "\n", 1);
}

// A BOM is not fed: cmark-gfm skips it on its own first line only. A lone CR is fed as LF,
// or cmark-gfm would take the LF of a blank line for its second half when the lines between
// are not fed.
void
rmk_scan_feed(struct block_scan *w, uint32_t line)
{
	struct rmk_span span = w->out->lines[line];
	struct rmk_str text = rmk_str_at(w->text, span);
	uint32_t bom = line == 0 && rmk_str_starts(text, RMK_STR("\xEF\xBB\xBF")) ? 3 : 0;
	size_t end = (size_t)span.at + span.len;

	w->line = line;
	if (!w->in_fence)
		rmk_scan_limit_line(w, rmk_str_from(text, bom));
	if (w->table)
		rmk_scan_limit_row(w, text);
	if (end < w->text.n && w->text.s[end] == '\n') {
		feed(w, text.s + bom, text.n - bom + 1);
	} else {
		feed(w, text.s + bom, text.n - bom);
		cmark_parser_feed(w->parser, "\n", 1);
	}
	w->seen.offset += bom;
	w->seen.first += bom;
}
