// Reading a list's items line by line, and writing them as rows.
//
// The blocks of the document tell which lines are paragraphs of list items; the lines
// themselves tell the markers. The result passes the gate, and the new table must hold
// every item's text.
#include "edit/adopt.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "edit/edit.h"
#include "edit/list_language.h"
#include "gfm/cells.h"
#include "schema/schema.h"
#include "schema/status_words.h"
#include "table/value.h"

#include <string.h>

// Four spaces in is code, not a list.
#define CODE_INDENT 4

struct item {
	uint32_t line;
	uint32_t nlines;
	bool done;
	struct rmk_str title;
	struct rmk_str notes;
};

struct list {
	const struct rmk_doc *doc;
	struct item *items;
	size_t n, cap;
	uint32_t last; // the last line of the last item
	char marker;   // the bullet, or '.' or ')' behind a number
	size_t within; // a marker before this column starts an item of this list
	bool has_notes;
	struct rmk_str labels[3];
	struct rmk_str todo, done;
};

static bool
edit_adopt_is_blank(struct rmk_str line)
{
	return rmk_str_trim(line).n == 0;
}

// The text behind a list marker, or s == NULL when the line has none before column
// `within`: further in it belongs to a nested list, or is code.
static struct rmk_str
behind_marker(struct rmk_str line, size_t within, char *marker)
{
	size_t at = 0, digits;

	while (at + 1 < within && at < line.n && line.s[at] == ' ')
		at++;
	digits = at;
	while (digits < line.n && rmk_is_digit(line.s[digits]))
		digits++;
	if (digits >= line.n || !line.s[digits])
		return (struct rmk_str){0};
	*marker = line.s[digits];
	if (digits > at ? *marker != '.' && *marker != ')'
			: *marker != '-' && *marker != '*' && *marker != '+')
		return (struct rmk_str){0};
	if (digits + 1 >= line.n ||
	    (line.s[digits + 1] != ' ' && line.s[digits + 1] != '\t'))
		return (struct rmk_str){0};
	return rmk_str_trim(rmk_str_from(line, digits + 1));
}

// Take a check box off the front of an item.
static struct rmk_str
behind_box(struct rmk_str text, bool *done)
{
	if (text.n < 4 || text.s[0] != '[' || text.s[2] != ']' || text.s[3] != ' ' ||
	    !(text.s[1] == ' ' || text.s[1] == 'x' || text.s[1] == 'X'))
		return text;
	*done = text.s[1] != ' ';
	return rmk_str_trim(rmk_str_from(text, 3));
}

// Take a tick off the front of an item, which says what a check box says.
static struct rmk_str
behind_tick(struct rmk_str text, bool *done)
{
	static const struct rmk_str ticks[] = {
	    {"✅ ", 4}, {"✔️ ", 7}, {"✔ ", 4}, {"☑️ ", 7}, {"☑ ", 4}};

	for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
		if (rmk_str_starts(text, ticks[i]) && text.n > ticks[i].n) {
			*done = true;
			return rmk_str_trim(rmk_str_from(text, ticks[i].n));
		}
	}
	return text;
}

// "~~whole item~~": struck out as done. The marks stay, since a reader sees them.
static bool
is_struck(struct rmk_str text)
{
	return text.n > 4 && rmk_str_starts(text, RMK_STR("~~")) &&
	       rmk_str_ends(text, RMK_STR("~~")) &&
	       rmk_str_find(rmk_str_part(text, 2, text.n - 4), RMK_STR("~~")) == RMK_NONE;
}

// Whether a line ends in a hard break: two spaces, or a backslash, which is taken off what
// was written of it.
static bool
take_hard_break(struct rmk_str line, struct rmk_buf *buf)
{
	if (rmk_str_ends(line, RMK_STR("  ")))
		return true;
	if (!rmk_str_ends(line, RMK_STR("\\")))
		return false;
	buf->n--;
	return true;
}

// An item's lines as one: a line break inside it shows as a space, a hard one as <br>.
static struct rmk_str
join_lines(struct rmk_arena *a, const struct rmk_doc *doc, const struct item *item,
    struct rmk_str first)
{
	struct rmk_buf buf = {.arena = a};
	struct rmk_str line = rmk_doc_line(doc, item->line);

	rmk_buf_add(&buf, first);
	for (uint32_t i = 1; i < item->nlines; i++) {
		rmk_buf_adds(&buf, take_hard_break(line, &buf) ? "<br>" : " ");
		line = rmk_doc_line(doc, item->line + i);
		rmk_buf_add(&buf, rmk_str_trim(line));
	}
	return rmk_buf_str(&buf);
}

// What follows a leading link: a note behind " - ", " – ", " — " or ":". Anything else
// belongs to the title.
static bool
split_note(struct rmk_str rest, struct rmk_str *note)
{
	static const struct rmk_str separators[] = {
	    {" - ", 3}, {" \xE2\x80\x93 ", 5}, {" \xE2\x80\x94 ", 5}, {": ", 2}};

	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
		if (rmk_str_starts(rest, separators[i])) {
			*note = rmk_str_trim(rmk_str_from(rest, separators[i].n));
			return true;
		}
	}
	return false;
}

static void
split_item(struct rmk_arena *a, struct item *item, struct rmk_str text)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(a, text, &links);
	size_t end;

	item->title = text;
	item->notes = (struct rmk_str){"", 0};
	if (n == 0 || links[0].raw.s != text.s)
		return;
	end = links[0].raw.n;
	if (split_note(rmk_str_from(text, end), &item->notes))
		item->title = rmk_str_part(text, 0, end);
}

static enum rmk_code
edit_adopt_refuse(
    const struct rmk_doc *doc, uint32_t line, const char *what, struct rmk_err *err)
{
	rmk_fail(err, RMK_REFUSED, "%.*s:%u: %s, which a row of a table cannot hold",
	    RMK_FMT(doc->path), line, what);
	return rmk_hint(err, "make it one line an item, then adopt the list");
}

static enum rmk_code
add_item(struct rmk_arena *a, struct list *list, const struct rmk_block *block,
    struct rmk_err *err)
{
	char marker = 0;
	struct rmk_str text = behind_marker(
	    rmk_doc_line(list->doc, block->line), list->within, &marker);
	struct item item = {.line = block->line, .nlines = block->nlines};

	if (!text.s)
		return edit_adopt_refuse(list->doc, block->line,
		    list->n ? "this item holds a nested list or a second paragraph"
			    : "this list stands inside something else",
		    err);
	list->marker = marker;
	list->within = (size_t)(text.s - rmk_doc_line(list->doc, block->line).s);
	text = behind_tick(behind_box(text, &item.done), &item.done);
	text = join_lines(a, list->doc, &item, text);
	item.done |= is_struck(text);
	split_item(a, &item, text);
	list->has_notes |= item.notes.n > 0;
	list->last = block->line + block->nlines - 1;
	*RMK_PUSH(a, list->items, list->n, list->cap) = item;
	return RMK_OK;
}

// Whether a block continues the list: another item of the same kind of marker.
static bool
edit_adopt_continues(const struct list *list, const struct rmk_block *block)
{
	char marker = list->marker;
	struct rmk_str text = behind_marker(
	    rmk_doc_line(list->doc, block->line), list->within, &marker);

	return list->n == 0 || !text.s || marker == list->marker;
}

// A line of an item without text: a marker alone, or nothing.
static bool
is_empty_item(struct rmk_str line)
{
	struct rmk_str text = rmk_str_trim(line);
	size_t digits = 0;

	while (digits < text.n && rmk_is_digit(text.s[digits]))
		digits++;
	return text.n == 0 ||
	       (digits + 1 == text.n && memchr("-*+.)", text.s[digits], 5));
}

// What is no paragraph is in no item: the definition of a link is such.
static enum rmk_code
check_all_read(const struct list *list, struct rmk_err *err)
{
	size_t i = 0;

	for (uint32_t line = list->items[0].line; line <= list->last; line++) {
		if (i < list->n && line == list->items[i].line)
			line += list->items[i++].nlines - 1;
		else if (!is_empty_item(rmk_doc_line(list->doc, line)))
			return edit_adopt_refuse(
			    list->doc, line, "this line is no item's text", err);
	}
	return RMK_OK;
}

// The items of the first list between the heading and the next one.
static enum rmk_code
edit_adopt_read_list(
    struct rmk_arena *a, struct list *list, size_t heading, struct rmk_err *err)
{
	const struct rmk_doc *doc = list->doc;
	uint32_t from = doc->headings[heading].line;
	enum rmk_code code;

	for (size_t i = 0; i < doc->nblocks; i++) {
		const struct rmk_block *b = &doc->blocks[i];

		if (b->line <= from)
			continue;
		if (b->kind == RMK_BLOCK_HEADING && !(b->containers & RMK_IN_LIST))
			break;
		if (!(b->containers & RMK_IN_LIST)) {
			if (list->n)
				break;
			continue;
		}
		if (b->kind != RMK_BLOCK_PARAGRAPH || b->containers != RMK_IN_LIST)
			return edit_adopt_refuse(
			    doc, b->line, "this item holds more than text", err);
		if (!edit_adopt_continues(list, b))
			break;
		if ((code = add_item(a, list, b, err)))
			return code;
	}
	if (list->n)
		return RMK_OK;
	rmk_fail(err, RMK_NOT_FOUND, "%.*s:%u: there is no list under this heading",
	    RMK_FMT(doc->path), from);
	return rmk_hint(err, "name the heading of a section that holds one");
}

// The words and letters that show a language: in the list and its heading, in the whole file.
#define LEAST_OF_LIST 2
#define LEAST_OF_FILE 6
#define MOST_LINES 2000

static const struct rmk_list_language *
language_of_file(struct rmk_arena *a, const struct rmk_doc *doc)
{
	size_t n = doc->nlines < MOST_LINES ? doc->nlines : MOST_LINES, nfilled = 0;
	struct rmk_str *lines = RMK_NEW_N(a, struct rmk_str, n);

	for (uint32_t i = 1; i <= n; i++)
		if (!edit_adopt_is_blank(rmk_doc_line(doc, i)))
			lines[nfilled++] = rmk_doc_line(doc, i);
	return rmk_list_language(a, lines, nfilled, LEAST_OF_FILE);
}

// The language of the list, else of the file; English where neither shows it.
static const struct rmk_list_language *
language_of(struct rmk_arena *a, const struct list *list, size_t heading)
{
	const struct rmk_doc *doc = list->doc;
	struct rmk_str *texts = RMK_NEW_N(a, struct rmk_str, list->n + 1);
	const struct rmk_list_language *language;

	for (size_t i = 0; i < list->n; i++)
		texts[i] = rmk_str_printf(a, "%.*s %.*s", RMK_FMT(list->items[i].title),
		    RMK_FMT(list->items[i].notes));
	texts[list->n] = rmk_doc_line(doc, doc->headings[heading].line);
	if (!(language = rmk_list_language(a, texts, list->n + 1, LEAST_OF_LIST)))
		language = language_of_file(a, doc);
	return language ? language : RMK_LIST_ENGLISH;
}

static struct rmk_str
asked_or(struct rmk_str asked, struct rmk_str otherwise)
{
	return asked.n ? asked : otherwise;
}

// Labels and words: as asked, as in the file's first table with one status column, or
// plain ones in the list's language.
static void
choose_words(struct rmk_arena *a, struct list *list, size_t heading,
    const struct rmk_adopt_opts *opts)
{
	const struct rmk_list_language *language = language_of(a, list, heading);
	size_t ladder = rmk_words_ladder(language->ladder);

	list->labels[0] = asked_or(opts->title, rmk_str_of(language->title));
	list->labels[1] = asked_or(opts->notes, rmk_str_of(language->notes));
	list->labels[2] = asked_or(opts->status, rmk_str_of(language->status));
	list->todo = rmk_cell_raw(
	    a, asked_or(opts->todo, rmk_words_offered(ladder, RMK_WORD_TODO)));
	list->done = rmk_cell_raw(
	    a, asked_or(opts->done, rmk_words_offered(ladder, RMK_WORD_DONE)));
	if (opts->todo.n || opts->done.n)
		return;
	for (size_t i = 0; i < list->doc->ntables; i++) {
		const struct rmk_schema *schema = rmk_schema_of(a, list->doc, i);
		const struct rmk_term *todo, *done;
		const struct rmk_field *field;

		if (schema->nstatus != 1)
			continue;
		field = &schema->fields[schema->status[0]];
		todo = rmk_field_first(field, RMK_TODO);
		done = rmk_field_first(field, RMK_DONE);
		if (!todo || !done)
			continue;
		list->todo = todo->raw;
		list->done = done->raw;
		if (!opts->status.n)
			list->labels[2] = rmk_doc_cell(
			    list->doc, &list->doc->tables[i].header, schema->status[0]);
		return;
	}
}

static void
edit_adopt_put_cells(struct rmk_arena *a, struct rmk_buf *out, const struct list *list,
    const struct rmk_str cells[3])
{
	rmk_buf_addc(out, '|');
	for (size_t i = 0; i < 3; i++) {
		if (i == 1 && !list->has_notes)
			continue;
		rmk_buf_addc(out, ' ');
		rmk_buf_add(out, i == 2 ? cells[i] : rmk_cell_raw(a, cells[i]));
		rmk_buf_adds(out, cells[i].n ? " |" : "|");
	}
}

static struct rmk_str
write_table(struct rmk_arena *a, const struct list *list, struct rmk_str eol)
{
	struct rmk_buf out = {.arena = a};

	edit_adopt_put_cells(a, &out, list, list->labels);
	rmk_buf_add(&out, eol);
	rmk_buf_adds(&out, list->has_notes ? "| --- | --- | --- |" : "| --- | --- |");
	for (size_t i = 0; i < list->n; i++) {
		const struct item *item = &list->items[i];
		struct rmk_str cells[3] = {
		    item->title, item->notes, item->done ? list->done : list->todo};

		rmk_buf_add(&out, eol);
		edit_adopt_put_cells(a, &out, list, cells);
	}
	return rmk_buf_str(&out);
}

// The edit that puts a table where the list's lines are, with blank lines where it needs
// them.
static struct rmk_edit
replace_list(struct rmk_arena *a, const struct list *list)
{
	const struct rmk_doc *doc = list->doc;
	uint32_t first = list->items[0].line, next = list->last + 1;
	struct rmk_str eol = rmk_doc_line_end(doc, first);
	struct rmk_span from = doc->lines[first - 1], to = doc->lines[list->last - 1];
	struct rmk_buf out = {.arena = a};

	if (eol.n == 0)
		eol = RMK_STR("\n");
	if (first > 1 && !edit_adopt_is_blank(rmk_doc_line(doc, first - 1)))
		rmk_buf_add(&out, eol);
	rmk_buf_add(&out, write_table(a, list, eol));
	if (next <= doc->nlines && !edit_adopt_is_blank(rmk_doc_line(doc, next)))
		rmk_buf_add(&out, eol);
	return (struct rmk_edit){.kind = RMK_EDIT_TEXT,
	    .span = {from.at, to.at + to.len - from.at},
	    .value = rmk_buf_str(&out)};
}

// Whether the new table's rows are the items.
static bool
holds_items(struct rmk_arena *a, const struct list *list, const struct rmk_doc *new,
    const struct rmk_table *t)
{
	if (t->nrows != list->n)
		return false;
	for (size_t i = 0; i < list->n; i++) {
		struct rmk_str title = rmk_doc_cell(new, &t->rows[i], 0);
		struct rmk_str notes = rmk_doc_cell(new, &t->rows[i], 1);

		if (!rmk_str_eq(rmk_cell_content(a, title), list->items[i].title))
			return false;
		if (list->has_notes &&
		    !rmk_str_eq(rmk_cell_content(a, notes), list->items[i].notes))
			return false;
	}
	return true;
}

// The gate sees to what stood before; that the list became one table which holds every
// item is seen to here.
static enum rmk_code
check_adopted(struct rmk_arena *a, const struct list *list, struct rmk_str text,
    struct rmk_err *err)
{
	const struct rmk_doc *old = list->doc;
	uint32_t line = list->items[0].line;
	size_t at = 0;
	struct rmk_doc *new;

	if (rmk_doc_parse(a, old->path, text, 0, &new, err))
		return err->code;
	while (at < old->ntables && old->tables[at].header.line < line)
		at++;
	if (new->ntables != old->ntables + 1 ||
	    !holds_items(a, list, new, &new->tables[at]))
		return edit_adopt_refuse(old, line, "this list holds text", err);
	return RMK_OK;
}

enum rmk_code
rmk_adopt(struct rmk_arena *a, const struct rmk_doc *doc, size_t heading,
    const struct rmk_adopt_opts *opts, struct rmk_adopted *out, struct rmk_err *err)
{
	struct list list = {.doc = doc, .within = CODE_INDENT};
	enum rmk_code code = edit_adopt_read_list(a, &list, heading, err);
	struct rmk_edit edit;
	struct rmk_str text;

	if (code || (code = check_all_read(&list, err)))
		return code;
	choose_words(a, &list, heading, opts);
	edit = replace_list(a, &list);
	if ((code = rmk_edits_apply(a, doc, &edit, 1, &text, err)) ||
	    (code = check_adopted(a, &list, text, err)))
		return code;
	*out = (struct rmk_adopted){
	    .text = text, .line = list.items[0].line, .nitems = list.n};
	for (size_t i = 0; i < list.n; i++)
		out->ndone += list.items[i].done;
	return RMK_OK;
}
