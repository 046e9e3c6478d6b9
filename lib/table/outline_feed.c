// cmark-gfm: its memory, our hook into it, and the guards against hostile input.
//
// The hook is a syntax extension of our own, attached before `table`. cmark-gfm calls it
// on each line that no other block wants, with the container the line would go to. It
// changes nothing: it notes where the line's content starts and whether the line is about
// to make a table of a paragraph, or a row of a table. (Of GitHub's other extensions only
// `tasklist` takes part in the block phase, and there only eats the "[ ]" of an item.)
//
// The guards. Debian's cmark-gfm has denials of service in its block phase that are
// bounded here, before a line is fed or, in the hook, before it is acted upon.
//
// Memory. cmark-gfm aborts when memory runs out. Its allocator here has a budget,
// and a way out: longjmp to rmk_outline_fill, which frees every block cmark-gfm had. This
// is why nothing of cmark-gfm's is freed one by one.
//
// Threads. cmark-gfm's allocator gets no context, so the reading under way is found
// through a variable of the thread, set while cmark-gfm runs and of no meaning else. Its
// registry of extensions is global; it is filled once, under pthread_once. A program that
// uses cmark-gfm itself on other threads should register the core extensions first.
#include "table/outline_walk.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Exported by the library, but declared in no header that it installs.
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW;

// "- - - -" opens one level a marker, all on one line.
#define MOST_MARKERS 64

// What cmark-gfm takes more time for than the length of a line tells, in nanoseconds or
// about so, and how much of it a file may have: a second, and what its size makes natural.
#define MOST_WORK(bytes) (((uint64_t)1 << 30) + 256 * (uint64_t)(bytes))
// Cells are appended to a list without a tail: the square of their number.
#define WORK_PIPE_SQUARED 4
// A paragraph is scanned anew at each line that looks like a delimiter row.
#define WORK_PARAGRAPH_BYTE 128
// A row has nodes for all columns of its table, however short it is.
#define WORK_COLUMN 256

// Blocks are taken from the tree as they end, so that what stays is the open ones: text
// of a paragraph or code block, which grows by copying.
#define MOST_MEMORY(size) (((size_t)16 << 20) + 8 * (size))

void
rmk_outline_trip(struct outline_walk *w, size_t line, const char *fmt, ...)
{
	char reason[200];
	va_list args;

	va_start(args, fmt);
	vsnprintf(reason, sizeof reason, fmt, args);
	va_end(args);
	if (line == RMK_NONE)
		rmk_fail(w->err, RMK_TOO_COMPLEX, "%.*s: too complex to read safely (%s)",
		    RMK_FMT(w->doc->path), reason);
	else
		rmk_fail(w->err, RMK_TOO_COMPLEX,
		    "%.*s: too complex to read safely (line %zu: %s)",
		    RMK_FMT(w->doc->path), line + 1, reason);
	longjmp(w->out, 1);
}

// --- memory ------------------------------------------------------------------

struct outline_mem_block {
	struct outline_mem_block *prev, *next;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

static _Thread_local struct outline_walk *walk_now;

static struct outline_mem_block *
block_of(void *p)
{
	return (void *)((unsigned char *)p - offsetof(struct outline_mem_block, bytes));
}

static void
link_block(struct outline_walk *w, struct outline_mem_block *b, size_t size)
{
	b->size = size;
	b->prev = NULL;
	b->next = w->blocks;
	if (b->next)
		b->next->prev = b;
	w->blocks = b;
	w->live += size;
}

static void
unlink_block(struct outline_walk *w, struct outline_mem_block *b)
{
	if (b->prev)
		b->prev->next = b->next;
	else
		w->blocks = b->next;
	if (b->next)
		b->next->prev = b->prev;
	w->live -= b->size;
}

static void
check_budget(struct outline_walk *w, size_t size)
{
	if (size > w->budget || w->live > w->budget - size)
		rmk_outline_trip(w, w->line, "over %zu MB of memory", w->budget >> 20);
}

static void *
mem_calloc(size_t n, size_t size)
{
	struct outline_walk *w = walk_now;
	struct outline_mem_block *b;

	if (size && n > w->budget / size)
		n = w->budget / size + 1;
	check_budget(w, n * size);
	b = calloc(1, sizeof *b + n * size);
	if (!b)
		rmk_outline_trip(w, w->line, "no memory");
	link_block(w, b, n * size);
	return b->bytes;
}

static void
mem_free(void *p)
{
	if (!p)
		return;
	unlink_block(walk_now, block_of(p));
	free(block_of(p));
}

static void *
mem_realloc(void *p, size_t size)
{
	struct outline_walk *w = walk_now;
	struct outline_mem_block *b, *old;

	if (!p)
		return mem_calloc(1, size);
	check_budget(w, size);
	old = block_of(p);
	unlink_block(w, old);
	b = realloc(old, sizeof *b + size);
	if (!b) {
		link_block(w, old, old->size);
		rmk_outline_trip(w, w->line, "no memory");
	}
	link_block(w, b, size);
	return b->bytes;
}

static cmark_mem memory = {mem_calloc, mem_realloc, mem_free};

static void
free_attached(cmark_mem *mem, void *p)
{
	mem->free(p);
}

void *
rmk_outline_attach(struct outline_walk *w, cmark_node *node, size_t size)
{
	void *p;

	walk_now = w;
	p = memory.calloc(1, size);
	cmark_node_set_user_data(node, p);
	cmark_node_set_user_data_free_func(node, free_attached);
	return p;
}

static void
free_all(struct outline_walk *w)
{
	while (w->blocks) {
		struct outline_mem_block *b = w->blocks;

		w->blocks = b->next;
		free(b);
	}
}

// --- guards ------------------------------------------------------------------

static size_t
count_pipes(const char *s, size_t n)
{
	const char *end = s + n;
	size_t count = 0;

	while ((s = memchr(s, '|', (size_t)(end - s)))) {
		count++;
		s++;
	}
	return count;
}

void
rmk_outline_work(struct outline_walk *w, uint64_t work, const char *what)
{
	w->work += work;
	if (w->work > MOST_WORK(w->doc->lines[w->line].at))
		rmk_outline_trip(w, w->line, "too many %s", what);
}

// The cells of this stretch are about to be listed.
static void
guard_pipes(struct outline_walk *w, const char *s, size_t n)
{
	uint64_t pipes = count_pipes(s, n);

	if (pipes > UINT16_MAX)
		rmk_outline_trip(w, w->line, "%zu pipes on a line", (size_t)pipes);
	rmk_outline_work(w, pipes * pipes * WORK_PIPE_SQUARED, "rows of many cells");
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

// Whether the line from s on is a thematic break as "- - -": markers that open nothing.
static bool
is_break(struct rmk_str s)
{
	size_t n = 0;

	if (s.s[0] != '-' && s.s[0] != '*')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == s.s[0])
			n++;
		else if (!is_space(s.s[i]))
			return false;
	}
	return n >= 3;
}

// The length of a container's marker at the start of s, or 0.
static size_t
marker(struct rmk_str s)
{
	size_t n = 0;

	if (s.n == 0)
		return 0;
	if (s.s[0] == '>')
		return 1;
	if (rmk_str_starts(s, RMK_STR("[^"))) {
		n = rmk_str_find(s, RMK_STR("]:"));
		return n == RMK_NONE ? 0 : n + 2;
	}
	if (s.s[0] == '-' || s.s[0] == '*' || s.s[0] == '+')
		n = 1;
	else
		while (n < s.n && n < 9 && s.s[n] >= '0' && s.s[n] <= '9')
			n++;
	if (n && s.s[0] >= '0' && s.s[0] <= '9')
		n = n < s.n && (s.s[n] == '.' || s.s[n] == ')') ? n + 1 : 0;
	if (n == 0 || (n < s.n && !is_space(s.s[n])) || is_break(s))
		return 0;
	return n;
}

static void
guard_markers(struct outline_walk *w, struct rmk_str line)
{
	size_t at = 0, n, count = 0;

	do {
		while (at < line.n && is_space(line.s[at]))
			at++;
		n = marker(rmk_str_from(line, at));
		at += n;
		if (n && ++count > MOST_MARKERS)
			rmk_outline_trip(w, w->line,
			    "more than %d containers begin on it", MOST_MARKERS);
	} while (n);
}

// A line like a delimiter row makes cmark-gfm scan the paragraph above it for a header.
static void
guard_paragraph(struct outline_walk *w, cmark_node *paragraph, const char *s, size_t n)
{
	const char *text;
	size_t len;

	for (size_t i = 0; i < n; i++)
		if (!strchr(" \t\v\f|:-\r\n", s[i]))
			return;
	guard_pipes(w, s, n);
	text = cmark_node_get_string_content(paragraph);
	len = strlen(text);
	rmk_outline_work(
	    w, len * WORK_PARAGRAPH_BYTE, "lines like delimiter rows in one paragraph");
	while (len) {
		const char *lf = memchr(text, '\n', len);
		size_t here = lf ? (size_t)(lf - text) + 1 : len;

		guard_pipes(w, text, here);
		text += here;
		len -= here;
	}
}

// --- the hook ----------------------------------------------------------------

// Called a second time on the line when a table or row was just opened: what is left of
// the line is its end, and the first call told all.
static cmark_node *
hook(cmark_syntax_extension *ext, int indented, cmark_parser *parser,
    cmark_node *container, unsigned char *input, int len)
{
	struct outline_walk *w = cmark_syntax_extension_get_private(ext);
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
		guard_paragraph(
		    w, container, (const char *)input + first, (size_t)len - first);
	} else if (type == CMARK_NODE_TABLE) {
		w->row_of = container;
		rmk_outline_work(w,
		    WORK_COLUMN *
			(uint64_t)cmark_gfm_extensions_get_table_columns(container),
		    "short rows in a wide table");
	}
	return NULL;
}

// --- the parser --------------------------------------------------------------

static pthread_once_t registered = PTHREAD_ONCE_INIT;

static void
find_table(void)
{
	cmark_gfm_core_extensions_ensure_registered();
}

static void
feed(struct outline_walk *w, const char *s, size_t n)
{
	w->before = w->seen;
	w->seen = (struct outline_seen){0};
	w->paragraph = w->row_of = NULL;
	walk_now = w;
	cmark_parser_feed(w->parser, s, n);
}

// The parser's root cannot be asked for; a blank line before the first one brings the
// hook there, and changes nothing else.
void
rmk_outline_open(struct outline_walk *w)
{
	pthread_once(&registered, find_table);
	w->budget = MOST_MEMORY(w->text.n);
	walk_now = w;
	w->parser = cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES, &memory);
	w->hook = cmark_syntax_extension_new("rowmark");
	cmark_syntax_extension_set_private(w->hook, w, NULL);
	cmark_syntax_extension_set_open_block_func(w->hook, hook);
	cmark_parser_attach_syntax_extension(w->parser, w->hook);
	cmark_parser_attach_syntax_extension(
	    w->parser, cmark_find_syntax_extension("table"));
	feed(w, "\n", 1);
}

void
rmk_outline_close(struct outline_walk *w)
{
	free_all(w);
	if (w->hook)
		cmark_syntax_extension_free(cmark_get_default_mem_allocator(), w->hook);
	w->hook = NULL;
}

void
rmk_outline_feed_blank(struct outline_walk *w)
{
	feed(w, "\n", 1);
}

// A BOM is not fed: cmark-gfm skips it on its own first line only. A lone CR is fed as LF,
// or cmark-gfm would take the LF of a blank line for its second half when the lines between
// are not fed.
void
rmk_outline_feed(struct outline_walk *w, uint32_t line)
{
	struct rmk_span span = w->doc->lines[line];
	struct rmk_str text = rmk_str_at(w->text, span);
	uint32_t bom = line == 0 && rmk_str_starts(text, RMK_STR("\xEF\xBB\xBF")) ? 3 : 0;
	size_t end = (size_t)span.at + span.len;

	w->line = line;
	if (!w->in_fence)
		guard_markers(w, rmk_str_from(text, bom));
	if (w->table)
		guard_pipes(w, text.s, text.n);
	if (end < w->text.n && w->text.s[end] == '\n') {
		feed(w, text.s + bom, text.n - bom + 1);
	} else {
		feed(w, text.s + bom, text.n - bom);
		cmark_parser_feed(w->parser, "\n", 1);
	}
	w->seen.offset += bom;
	w->seen.first += bom;
}
