// A row as text that a person edits: see card.h.
#include "edit/card.h"

#include "base/buf.h"
#include "base/map.h"
#include "gfm/cells.h"
#include "schema/describe.h"

#define CARD_INDENT 4
static const struct rmk_str card_break = {"<br>", 4};

// The names of the columns, no two of them the same.
static struct rmk_str *
card_names(struct rmk_arena *a, const struct rmk_schema *schema)
{
	struct rmk_str *names = RMK_NEW_N(a, struct rmk_str, schema->ncols);
	struct rmk_map taken = {.arena = a};

	for (size_t col = 0; col < schema->ncols; col++)
		names[col] = rmk_describe_name(a, &taken, schema->fields[col].label, col);
	return names;
}

// --- writing ------------------------------------------------------------------------

static void
card_add_value(struct rmk_buf *b, struct rmk_str content)
{
	size_t at;

	while ((at = rmk_str_find(content, card_break)) != RMK_NONE) {
		rmk_buf_add(b, rmk_str_part(content, 0, at));
		rmk_buf_adds(b, "\n    ");
		content = rmk_str_from(content, at + card_break.n);
	}
	rmk_buf_add(b, content);
}

struct rmk_str
rmk_card_write(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t row)
{
	const struct rmk_row *r = &doc->tables[table].rows[row];
	struct rmk_str *names = card_names(a, schema);
	struct rmk_buf b = {.arena = a};

	for (size_t col = 0; col < schema->ncols; col++) {
		struct rmk_str content = rmk_cell_content(a, rmk_doc_cell(doc, r, col));

		rmk_buf_printf(&b, "%.*s:%s", RMK_FMT(names[col]), content.n ? " " : "");
		card_add_value(&b, content);
		rmk_buf_addc(&b, '\n');
	}
	return rmk_buf_str(&b);
}

// --- reading ------------------------------------------------------------------------

// The column whose name a line begins with, the longest of them; RMK_NONE: none.
static size_t
card_column(const struct rmk_str *names, size_t ncols, struct rmk_str line)
{
	size_t best = RMK_NONE;

	for (size_t col = 0; col < ncols; col++) {
		if (rmk_str_starts(line, names[col]) && line.n > names[col].n &&
		    line.s[names[col].n] == ':' &&
		    (best == RMK_NONE || names[col].n > names[best].n))
			best = col;
	}
	return best;
}

static bool
card_is_more(struct rmk_str line)
{
	return rmk_str_starts(line, RMK_STR("    ")) ||
	       rmk_str_starts(line, RMK_STR("\t")) || rmk_str_trim(line).n == 0;
}

static struct rmk_str
card_no_return(struct rmk_str line)
{
	line.n -= rmk_str_ends(line, RMK_STR("\r"));
	return line;
}

static struct rmk_str
card_more(struct rmk_str line)
{
	line = card_no_return(line);
	if (rmk_str_starts(line, RMK_STR("\t")))
		return rmk_str_from(line, 1);
	return rmk_str_from(line, line.n < CARD_INDENT ? line.n : CARD_INDENT);
}

static struct rmk_str
card_cut_end(struct rmk_str line)
{
	while (line.n && (line.s[line.n - 1] == ' ' || line.s[line.n - 1] == '\t' ||
			     line.s[line.n - 1] == '\r'))
		line.n--;
	return line;
}

// The lines of a cell, from the one behind its name; blank ones at the end are of the card.
static struct rmk_str
card_value(
    struct rmk_arena *a, struct rmk_str first, struct rmk_str *rest, size_t *number)
{
	struct rmk_buf b = {.arena = a};
	struct rmk_str ahead = *rest, line;
	size_t blank = 0, taken = 0;

	rmk_buf_add(&b, card_no_return(first));
	while (ahead.n && rmk_str_split(&ahead, '\n', &line) && card_is_more(line)) {
		taken++;
		if (rmk_str_trim(line).n == 0 && !rmk_str_starts(line, RMK_STR("    "))) {
			blank++;
		} else {
			for (; blank; blank--)
				rmk_buf_add(&b, card_break);
			rmk_buf_add(&b, card_break);
			rmk_buf_add(&b, card_more(line));
		}
		*rest = ahead;
	}
	*number += taken;
	return rmk_buf_str(&b);
}

enum rmk_code
rmk_card_read(struct rmk_arena *a, const struct rmk_schema *schema, struct rmk_str text,
    struct rmk_str **out, struct rmk_err *err)
{
	struct rmk_str *values = RMK_NEW_N(a, struct rmk_str, schema->ncols);
	struct rmk_str *names = card_names(a, schema), line;
	size_t number = 0;

	while (text.n && rmk_str_split(&text, '\n', &line)) {
		size_t col = card_column(names, schema->ncols, line);

		number++;
		if (col == RMK_NONE &&
		    (rmk_str_trim(line).n == 0 || rmk_str_starts(line, RMK_STR("<!--"))))
			continue;
		if (col == RMK_NONE) {
			rmk_fail(err, RMK_INVALID, "line %zu is of no column: '%.*s'",
			    number, RMK_FMT(line));
			return rmk_hint(err, "a cell is NAME: TEXT, and more lines of it "
					     "are indented by four spaces");
		}
		if (values[col].s)
			return rmk_fail(err, RMK_INVALID,
			    "line %zu: '%.*s' a second time", number,
			    RMK_FMT(names[col]));
		line = rmk_str_from(line, names[col].n + 1);
		if (rmk_str_starts(line, RMK_STR(" ")))
			line = rmk_str_from(line, 1);
		values[col] = card_cut_end(card_value(a, line, &text, &number));
		values[col].s = values[col].s ? values[col].s : "";
	}
	*out = values;
	return RMK_OK;
}
