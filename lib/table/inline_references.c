// Links by reference: see inline_references.h.
#include "table/inline_references.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "gfm/cells.h"
#include "gfm/inline.h"

#include <string.h>

// --- definitions ------------------------------------------------------------------------

// A label as two of them are compared: folded, with single spaces.
static struct rmk_str
reference_key(struct rmk_arena *a, struct rmk_str label)
{
	struct rmk_str rest = rmk_utf8_fold(a, rmk_str_trim(label));
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i < rest.n; i++) {
		bool blank = strchr(" \t", rest.s[i]) && rest.s[i];

		if (!blank)
			rmk_buf_addc(&b, rest.s[i]);
		else if (b.n && b.s[b.n - 1] != ' ')
			rmk_buf_addc(&b, ' ');
	}
	return rmk_buf_str(&b);
}

// Where the bracket that opens at `at` closes; RMK_NONE: nowhere.
static size_t
reference_close(struct rmk_str text, size_t at)
{
	size_t depth = 0;

	for (size_t i = at; i < text.n; i++) {
		if (text.s[i] == '\\')
			i++;
		else if (text.s[i] == '[')
			depth++;
		else if (text.s[i] == ']' && --depth == 0)
			return i;
	}
	return RMK_NONE;
}

// "[label]: to "title"" as a whole line.
static bool
reference_parse(
    struct rmk_str line, struct rmk_str *label, struct rmk_str *to, struct rmk_str *title)
{
	struct rmk_str rest = rmk_str_trim(line);
	size_t indent = (size_t)(rest.s - line.s), close, end;
	bool angled;

	if (indent > 3 || !rmk_str_starts(rest, RMK_STR("[")) ||
	    rmk_str_starts(rest, RMK_STR("[^")))
		return false;
	close = reference_close(rest, 0);
	if (close == RMK_NONE || close + 1 >= rest.n || rest.s[close + 1] != ':')
		return false;
	*label = rmk_str_part(rest, 1, close - 1);
	rest = rmk_str_trim(rmk_str_from(rest, close + 2));
	angled = rmk_str_starts(rest, RMK_STR("<"));
	for (end = 0; end < rest.n && (angled || !strchr(" \t", rest.s[end])); end++)
		if (angled && rest.s[end] == '>') {
			end++;
			break;
		}
	*to = rmk_str_part(rest, 0, end);
	*title = rmk_str_trim(rmk_str_from(rest, end));
	if (title->n == 0)
		return to->n > 0;
	return title->n > 1 && strchr("\"'(", title->s[0]) &&
	       title->s[title->n - 1] == (title->s[0] == '(' ? ')' : title->s[0]);
}

// A walk down the lines of a document: where definitions can be.
struct definition_walk {
	const struct rmk_doc *doc;
	size_t block;  // the first that does not end above the line
	size_t broken; // the paragraph that goes on with something else, from 1; 0: none
};

// Whether a line can be one: it is in no block, or a paragraph begins with it and others, which
// the parser takes off only when it closes.
static bool
definition_stands_free(struct definition_walk *w, size_t line, bool reads_as_one)
{
	const struct rmk_block *b;

	while (w->block < w->doc->nblocks &&
	       (size_t)w->doc->blocks[w->block].line + w->doc->blocks[w->block].nlines <=
		   line)
		w->block++;
	b = w->block < w->doc->nblocks ? &w->doc->blocks[w->block] : NULL;
	if (!b || line < b->line)
		return true;
	if (!reads_as_one)
		w->broken = w->block + 1;
	return b->kind == RMK_BLOCK_PARAGRAPH && w->broken != w->block + 1;
}

// The next line (from 0) after one: over the rest of a table, in which none can be.
static size_t
definition_next(const struct definition_walk *w, size_t line)
{
	const struct rmk_block *b = w->doc->blocks + w->block;

	if (w->block < w->doc->nblocks && b->kind == RMK_BLOCK_TABLE &&
	    line + 1 >= b->line && line + 1 < (size_t)b->line + b->nlines)
		return (size_t)b->line + b->nlines - 1;
	return line + 1;
}

// Rows are passed over in less time than their bytes can be looked at.
static bool
has_mostly_rows(const struct rmk_doc *doc)
{
	size_t rows = 0;

	for (size_t t = 0; t < doc->ntables; t++)
		rows += doc->tables[t].nrows;
	return rows > doc->nlines / 2 && doc->ntables < rows / 16;
}

struct rmk_map *
rmk_definitions_read(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct definition_walk w = {.doc = doc};
	struct rmk_str label, to, title;
	struct rmk_map *found = NULL;

	if (!has_mostly_rows(doc) && rmk_str_find(doc->text, RMK_STR("]:")) == RMK_NONE)
		return NULL;
	for (size_t i = doc->front; i < doc->nlines; i = definition_next(&w, i)) {
		struct rmk_str line = rmk_doc_str(doc, doc->lines[i]);
		bool one = rmk_str_chr(rmk_str_part(line, 0, 4), '[') != RMK_NONE &&
		           reference_parse(line, &label, &to, &title);
		size_t *at;

		if (!definition_stands_free(&w, i + 1, one) || !one)
			continue;
		if (!found)
			(found = RMK_NEW(a, struct rmk_map))->arena = a;
		at = rmk_map_put(found, reference_key(a, label));
		*at = *at == RMK_NONE ? i : *at;
	}
	return found;
}

bool
rmk_definition_find(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str label,
    struct rmk_str *to, struct rmk_str *title)
{
	struct rmk_str key = reference_key(a, label), found;
	size_t line = doc->definitions && key.n ? rmk_map_get(doc->definitions, key)
	                                        : RMK_NONE;

	return line != RMK_NONE &&
	       reference_parse(rmk_doc_str(doc, doc->lines[line]), &found, to, title);
}

// --- a cell -----------------------------------------------------------------------------

// A link by reference that begins at the bracket `at`: the text behind its label is `skip` bytes
// of reference. `link` is where it leads or, in full, where it refers to.
static bool
reference_link_at(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw,
    size_t at, bool full, size_t *close, size_t *skip, struct rmk_str *link)
{
	struct rmk_str label, to, title;
	char next;

	*close = reference_close(raw, at);
	if (*close == RMK_NONE)
		return false;
	next = *close + 1 < raw.n ? raw.s[*close + 1] : ' ';
	label = rmk_str_part(raw, at + 1, *close - at - 1);
	*skip = 0;
	if (next == '(' || rmk_str_starts(label, RMK_STR("^")))
		return false;
	if (next == '[') {
		size_t end = reference_close(raw, *close + 1);

		if (end == RMK_NONE)
			return false;
		*skip = end - *close;
		if (*skip > 2)
			label = rmk_str_part(raw, *close + 2, *skip - 2);
	}
	if (!rmk_definition_find(a, doc, rmk_cell_content(a, label), &to, &title))
		return false;
	*link = full ? rmk_str_printf(a, "[%.*s]", RMK_FMT(label))
	             : rmk_cell_raw(a, rmk_str_printf(a, "(%.*s%s%.*s)", RMK_FMT(to),
					   title.n ? " " : "", RMK_FMT(title)));
	return true;
}

static struct rmk_str
references_put(
    struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw, bool full)
{
	struct inline_cell cell;
	struct rmk_buf b = {.arena = a};
	size_t told = 0, close, skip;
	struct rmk_str link;

	if (!doc->definitions || rmk_str_chr(raw, '[') == RMK_NONE)
		return raw;
	cell = rmk_inline_scan_styled(a, raw);
	for (size_t i = 0; i < raw.n; i++) {
		if (raw.s[i] == '\\') {
			i++;
			continue;
		}
		if (raw.s[i] != '[' || cell.style[i] & INLINE_CODE ||
		    !reference_link_at(a, doc, raw, i, full, &close, &skip, &link))
			continue;
		rmk_buf_add(&b, rmk_str_part(raw, told, close + 1 - told));
		rmk_buf_add(&b, link);
		told = close + 1 + skip;
		i = told - 1;
	}
	rmk_buf_add(&b, rmk_str_from(raw, told));
	return rmk_buf_str(&b);
}

struct rmk_str
rmk_references_inline(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw)
{
	return references_put(a, doc, raw, false);
}

struct rmk_str
rmk_references_full(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str raw)
{
	return references_put(a, doc, raw, true);
}
