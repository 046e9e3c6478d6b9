// Rows that an older version shows and this one holds, but shows as something else.
//
//	parent   | LIMA | Read |  in a table        now   <!--
//	         | LoRA | Read |                          | LIMA | Read |   HTML now
//	                                                  | LoRA | Read |
//
// A row is gone when somebody deleted it; but who comments out, fences, indents or cuts off
// lines above or around it may not see that it is not shown any more. So each row that the
// older version had and no table of this one has is looked for among the other lines: by its
// cells, or, where those changed too, by its first cell that is not empty.
#include "base/buf.h"
#include "base/map.h"
#include "check/check_context.h"
#include "diff/match.h"
#include "gfm/cells.h"
#include "schema/address.h"

// More cells than this no row has that is worth the search.
#define MAX_CELLS 512

// Lines of a document that look like rows and are none: by cells and by first cell.
struct hidden {
	struct rmk_map by_cells, by_first;
};

// The cells of a row, each on a line; *first: how much of it is the first filled one.
static struct rmk_str
row_name(struct rmk_arena *a, struct rmk_str text, const struct rmk_span *cells, size_t n,
    struct rmk_str *first)
{
	struct rmk_buf out = {.arena = a};

	*first = (struct rmk_str){0};
	for (size_t i = 0; i < n; i++) {
		struct rmk_str cell = rmk_str_at(text, cells[i]);

		if (cell.n && !first->n)
			*first = rmk_str_printf(
			    a, "%zu of %zu\n%.*s", i, n, RMK_FMT(cell));
		rmk_buf_add(&out, cell);
		rmk_buf_addc(&out, '\n');
	}
	return rmk_buf_str(&out);
}

static bool *
lines_of_tables(struct rmk_arena *a, const struct rmk_doc *doc)
{
	bool *is_row = RMK_NEW_N(a, bool, doc->nlines + 2);

	for (size_t t = 0; t < doc->ntables; t++) {
		is_row[doc->tables[t].header.line] = is_row[doc->tables[t].delim.line] =
		    true;
		for (uint32_t r = 0; r < doc->tables[t].nrows; r++)
			is_row[doc->tables[t].rows[r].line] = true;
	}
	return is_row;
}

static void
add_hidden(struct rmk_arena *a, struct hidden *h, struct rmk_str line, uint32_t number)
{
	struct row_shape shape = check_row_shape(line);
	struct rmk_span cells[MAX_CELLS];
	struct rmk_str name, first;
	size_t n, *at;

	if (shape.pipes == 0 || check_delimiter(line, shape, NULL) == DELIM_VALID)
		return;
	n = rmk_cells_scan(line, (uint32_t)shape.at, (uint32_t)line.n, cells, MAX_CELLS);
	if (n == 0 || n > MAX_CELLS)
		return;
	name = row_name(a, line, cells, n, &first);
	at = rmk_map_put(&h->by_cells, name);
	if (*at == RMK_NONE)
		*at = number;
	if (!first.n)
		return;
	at = rmk_map_put(&h->by_first, first);
	if (*at == RMK_NONE)
		*at = number;
}

static struct hidden
find_hidden(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct hidden h = {.by_cells.arena = a, .by_first.arena = a};
	bool *is_row = lines_of_tables(a, doc);

	for (uint32_t line = 1; line <= doc->nlines; line++)
		if (!is_row[line])
			add_hidden(a, &h, rmk_doc_line(doc, line), line);
	return h;
}

// The cells of all rows that a document shows.
static struct rmk_map
find_shown(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct rmk_map shown = {.arena = a};
	struct rmk_str first;

	for (size_t t = 0; t < doc->ntables; t++)
		for (uint32_t r = 0; r < doc->tables[t].nrows; r++) {
			const struct rmk_row *row = &doc->tables[t].rows[r];

			*rmk_map_put(&shown,
			    row_name(a, doc->text, row->cells, row->ncells, &first)) = r;
		}
	return shown;
}

// --- one older version ----------------------------------------------------------------

struct hide {
	struct rmk_arena *a;
	const struct rmk_doc *doc, *old;
	struct hidden now;
	struct hidden *before; // [nbefore] of all older versions
	size_t nbefore;
	struct rmk_map shown;
	struct rmk_str *table; // [nlines + 2] whose row a line was; s NULL: no row
	struct rmk_str *row;   // [nlines + 2] the row's first filled cell
	bool *told;            // [nlines + 2]
};

// Whether any older version has the line, and not as a row: then it was hidden before.
static bool
was_hidden(const struct hide *h, struct rmk_str name, struct rmk_str first)
{
	for (size_t i = 0; i < h->nbefore; i++)
		if (rmk_map_get(&h->before[i].by_cells, name) != RMK_NONE ||
		    (rmk_map_get(&h->now.by_cells, name) == RMK_NONE &&
			rmk_map_get(&h->before[i].by_first, first) != RMK_NONE))
			return true;
	return false;
}

// The line of the document where a row of the older one is shown as something else; 0: none.
static uint32_t
hidden_line(struct hide *h, const struct rmk_row *row)
{
	struct rmk_str first,
	    name = row_name(h->a, h->old->text, row->cells, row->ncells, &first);
	size_t line;

	if (!first.n || rmk_map_get(&h->shown, name) != RMK_NONE ||
	    was_hidden(h, name, first))
		return 0;
	line = rmk_map_get(&h->now.by_cells, name);
	if (line == RMK_NONE)
		line = rmk_map_get(&h->now.by_first, first);
	return line == RMK_NONE ? 0 : (uint32_t)line;
}

static struct rmk_str
first_filled(const struct rmk_doc *doc, const struct rmk_row *row)
{
	for (uint32_t i = 0; i < row->ncells; i++)
		if (row->cells[i].len)
			return rmk_doc_str(doc, row->cells[i]);
	return (struct rmk_str){0};
}

static void
hide_table(struct hide *h, size_t t, size_t partner)
{
	const struct rmk_table *table = &h->old->tables[t];
	struct rmk_table_match match = {0};
	struct rmk_str address = rmk_address_of(h->a, h->old, t);

	if (partner != RMK_NONE)
		match = rmk_match_table(h->a, h->old, t, h->doc, partner);
	for (uint32_t r = 0; r < table->nrows; r++) {
		uint32_t line;

		if (match.rows.nold && match.rows.to_new[r] != RMK_NONE)
			continue;
		line = hidden_line(h, &table->rows[r]);
		if (!line)
			continue;
		h->table[line] = address;
		h->row[line] = first_filled(h->old, &table->rows[r]);
	}
}

static const char *
shown_as(const struct rmk_doc *doc, uint32_t line)
{
	const struct rmk_block *b = check_block_at(doc, line);

	switch (b ? b->kind : RMK_BLOCK_PARAGRAPH) {
	case RMK_BLOCK_CODE:
	case RMK_BLOCK_FENCE:
		return "code";
	case RMK_BLOCK_HTML:
		return "HTML";
	default:
		return "text";
	}
}

// One finding for lines that follow each other and were rows of one table.
static uint32_t
report_hidden(struct rmk_checking *c, const struct hide *h, uint32_t first)
{
	uint32_t last = first, n = 1;
	struct rmk_str key = check_short(c, h->row[first]);
	struct rmk_finding *f;

	while (last + 1 <= h->doc->nlines && h->table[last + 1].s &&
	       rmk_str_eq(h->table[last + 1], h->table[first]) && !h->told[last + 1])
		last++, n++;
	for (uint32_t line = first; line <= last; line++)
		h->told[line] = true;
	f = check_report(c, RMK_NONE, check_line_place(h->doc, first),
	    n == 1
		? check_printf(c, "the row '%.*s' was in a table and is shown as %s now",
		      RMK_FMT(key), shown_as(h->doc, first))
		: check_printf(c,
		      "%u rows from '%.*s' on were in a table and are shown as %s now", n,
		      RMK_FMT(key), shown_as(h->doc, first)));
	if (f == NULL)
		return last;
	f->table = h->table[first];
	f->key = h->row[first];
	f->hint = RMK_STR(
	    "look at what was put above or around it: a comment, a fence, an "
	    "indent, a blank line; or at the header that is gone");
	for (uint32_t line = first + 1; line <= last; line++)
		check_also(c, f, check_line_place(h->doc, line));
	return last;
}

static void
hide_base(struct rmk_checking *c, struct hide *h)
{
	struct rmk_pairs tables = rmk_match_tables(h->a, h->old, h->doc);

	h->table = RMK_NEW_N(h->a, struct rmk_str, h->doc->nlines + 2);
	h->row = RMK_NEW_N(h->a, struct rmk_str, h->doc->nlines + 2);
	for (size_t t = 0; t < h->old->ntables; t++)
		hide_table(h, t, tables.to_new[t]);
	for (uint32_t line = 1; line <= h->doc->nlines; line++)
		if (h->table[line].s && !h->told[line])
			line = report_hidden(c, h, line);
}

// A version in which a scan sees no table is parsed for its lines, where there is one to
// compare it with.
static const struct rmk_doc *
with_lines(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct rmk_doc *all;

	if (doc->parsed ||
	    rmk_doc_parse(a, doc->path, doc->text, RMK_PARSE_ALL, &all, NULL))
		return doc;
	return all;
}

void
rmk_check_hidden(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_check_base *bases, size_t nbases, const struct rmk_check_opts *opts,
    struct rmk_findings *f)
{
	struct rmk_checking c = {.a = a, .opts = opts, .out = f};
	struct hide h = {.a = a};
	bool any = false;

	for (size_t i = 0; i < nbases; i++)
		any |= bases[i].doc && bases[i].doc->ntables;
	if (!any || !doc)
		return;
	c.doc = h.doc = with_lines(a, doc);
	c.rule = rmk_rule_find(RMK_STR("hidden-row"));
	h.now = find_hidden(a, h.doc);
	h.shown = find_shown(a, h.doc);
	h.told = RMK_NEW_N(a, bool, h.doc->nlines + 2);
	h.before = RMK_NEW_N(a, struct hidden, nbases);
	for (size_t i = 0; i < nbases; i++)
		if (bases[i].doc)
			h.before[h.nbefore++] = find_hidden(
			    a, with_lines(a, bases[i].doc));
	for (size_t i = 0; i < nbases; i++) {
		h.old = bases[i].doc;
		if (h.old && h.old->ntables)
			hide_base(&c, &h);
	}
	check_settle(f);
}
