// Footnotes that nothing refers to, which GitHub does not show, and the tables in them.
//
//	Text[^1].              refers to it
//
//	[^1]: | a | b |        shown
//	    |---|---|
//	[^2]: ...              not shown
//
// Only files that have a table in a footnote are looked at for references, and by their bytes:
// the parser's inline phase never runs.
#include "gfm/block_scan_state.h"

#include "base/map.h"
#include "base/utf8.h"

#include <string.h>

// The label of what looks like a reference at line.s[at], or nothing.
static struct rmk_str
reference_at(struct rmk_str line, size_t at)
{
	struct rmk_str rest = rmk_str_from(line, at);
	size_t end;

	if (rest.n < 4 || rest.s[0] != '[' || rest.s[1] != '^')
		return (struct rmk_str){NULL, 0};
	end = rmk_str_chr(rest, ']');
	if (end == RMK_NONE || end == 2)
		return (struct rmk_str){NULL, 0};
	return rmk_str_part(rest, 2, end - 2);
}

// The label that a line begins to define, or nothing. Behind an indent of four it may be text.
static struct rmk_str
definition(struct rmk_str line)
{
	struct rmk_str label;
	size_t at = 0, indent = 0;

	for (; at < line.n && memchr(" \t>", line.s[at], 3); at++)
		indent = line.s[at] == '>' ? 0 : indent + (line.s[at] == '\t' ? 4 : 1);
	label = reference_at(line, at);
	at += label.n + 3;
	if (label.n && indent < 4 && at < line.n && line.s[at] == ':')
		return label;
	return (struct rmk_str){NULL, 0};
}

static size_t
backticks_at(struct rmk_str text, size_t at)
{
	size_t n = 0;

	while (at + n < text.n && text.s[at + n] == '`')
		n++;
	return n;
}

// The end of the code that begins with n backticks before `at`: behind as many, within the cell of
// a row; RMK_NONE: they begin none.
static size_t
code_end(struct rmk_str text, size_t at, size_t n, bool row)
{
	while (at < text.n) {
		size_t more = backticks_at(text, at);

		if (more == n)
			return at + n;
		if (row && text.s[at] == '|' && text.s[at - 1] != '\\')
			return RMK_NONE;
		at += more ? more : 1;
	}
	return RMK_NONE;
}

// Of all of a paragraph, or of a row. What is escaped or in code refers to nothing.
static void
add_references(struct block_scan *w, struct rmk_str text, bool row, struct rmk_map *out)
{
	struct rmk_str defined = definition(text), label;

	for (size_t i = 0; i < text.n;) {
		size_t ticks = backticks_at(text, i);
		size_t end = ticks ? code_end(text, i + ticks, ticks, row) : RMK_NONE;

		label = reference_at(text, i);
		if (label.n && label.s != defined.s)
			*rmk_map_put(out, rmk_utf8_fold(&w->scratch, label)) = 1;
		i = end != RMK_NONE ? end : i + (ticks ? ticks : 1 + (text.s[i] == '\\'));
	}
}

static struct rmk_str
lines_text(const struct block_scan *w, uint32_t line, uint32_t nlines)
{
	struct rmk_span first = w->out->lines[line - 1],
			last = w->out->lines[line + nlines - 2];

	return rmk_str_part(w->text, first.at, last.at + last.len - first.at);
}

static void
find_references(struct block_scan *w, struct rmk_map *out)
{
	for (size_t i = 0; i < w->ntaken; i++) {
		const struct rmk_block *b = &w->taken[i];
		bool table = b->kind == RMK_BLOCK_TABLE;

		if (b->kind != RMK_BLOCK_PARAGRAPH && b->kind != RMK_BLOCK_HEADING &&
		    !table)
			continue;
		for (uint32_t k = 0; table && k < b->nlines; k++)
			add_references(w, lines_text(w, b->line + k, 1), true, out);
		if (!table && b->nlines)
			add_references(w, lines_text(w, b->line, b->nlines), false, out);
	}
}

// Take marked tables out of the lists, with their blocks.
static void
drop_tables(struct block_scan *w, const bool *hidden)
{
	size_t tables = 0, blocks = 0;

	for (size_t i = 0; i < w->ntaken; i++) {
		struct rmk_block *b = &w->taken[i];

		if (b->kind == RMK_BLOCK_TABLE) {
			if (hidden[b->part])
				continue;
			w->tables[tables] = w->tables[b->part];
			w->tables[tables].block = blocks;
			b->part = tables++;
		}
		w->taken[blocks++] = *b;
	}
	w->ntables = tables;
	w->ntaken = blocks;
}

// Whether nothing refers to the footnote that a table is in, which is the nearest that is
// defined above, behind the table before; else it is that one's. What looks like a definition
// and does not begin its line may be text of another one.
static bool
footnote_is_hidden(struct block_scan *w, const struct rmk_table *t, uint32_t from,
    struct rmk_map *references, bool before)
{
	bool hidden = before;

	for (uint32_t k = t->header.line; k-- > from;) {
		struct rmk_str line = rmk_str_at(w->text, w->out->lines[k]);
		struct rmk_str label = definition(line);

		if (label.n == 0)
			continue;
		hidden = rmk_map_get(references, rmk_utf8_fold(&w->scratch, label)) ==
		         RMK_NONE;
		if (!hidden || line.s[0] == '[')
			break;
	}
	return hidden;
}

void
rmk_scan_drop_hidden(struct block_scan *w)
{
	struct rmk_map references = {.arena = &w->scratch};
	bool *hidden = NULL, any = false, before = false;
	uint32_t from = 0;

	for (size_t i = 0; i < w->ntables; i++) {
		if (!(w->tables[i].containers & RMK_IN_FOOTNOTE))
			continue;
		if (hidden == NULL) {
			find_references(w, &references);
			hidden = rmk_arena_zero(&w->scratch, w->ntables, sizeof *hidden);
			w->out->footnotes = true;
		}
		before = footnote_is_hidden(w, &w->tables[i], from, &references, before);
		hidden[i] = before;
		any |= before;
		from = w->tables[i].header.line;
	}
	if (any)
		drop_tables(w, hidden);
}
