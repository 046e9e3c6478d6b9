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

// The label of what looks like a reference at line.s[at], or nothing. One that is escaped, or in
// code, counts too: a table too many is listed sooner than one too few.
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

static void
add_references(struct block_scan *w, struct rmk_str line, struct rmk_map *out)
{
	struct rmk_str defined = definition(line), label;
	bool code = false;

	for (size_t i = 0; i < line.n; i++) {

		code ^= line.s[i] == '`';
		label = code ? (struct rmk_str){NULL, 0} : reference_at(line, i);
		if (label.n && label.s != defined.s)
			*rmk_map_put(out, rmk_utf8_fold(&w->scratch, label)) = 1;
	}
}

static void
find_references(struct block_scan *w, struct rmk_map *out)
{
	for (size_t i = 0; i < w->ntaken; i++) {
		const struct rmk_block *b = &w->taken[i];

		if (b->kind != RMK_BLOCK_PARAGRAPH && b->kind != RMK_BLOCK_HEADING &&
		    b->kind != RMK_BLOCK_TABLE)
			continue;
		for (uint32_t k = b->line; k < b->line + b->nlines; k++)
			add_references(w, rmk_str_at(w->text, w->out->lines[k - 1]), out);
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
