// Cells, links and declarations of arbitrary bytes: what is always true of them.
//
// The first byte chooses: the rest is a cell as it stands; or each byte is a piece of
// inline Markdown; or of a declaration above a table. Then rules are checked that hold
// for every input: links lie inside the cell, text is never longer than the cell, a key
// folds to itself, counts add up, and the same question gets the same answer.
#include "fuzz/fuzz.h"
#include "internal.h"

#include <string.h>

static const char *const inline_pieces[] = {"[", "](", ")", "]", "![", "][", "<", ">",
    "`", "``", "*", "**", "_", "~~", "\\", "\\|", "&amp;", "&#x41;", "&", ";", ":x:", ":",
    "https://", "www.", "<a href=\"", "\">", "</a>", "<img alt='", "' src=", "<br>",
    "<!--", "-->", "(", "\"", " ", "a", "b c", "é", "\xE2\x9C\x85", "\xEF\xB8\x8F",
    "\xFF", "[^1]", "@", ".", "x", "/", "\xC2\xA0", "|", "!", "#"};

static const char *const decl_pieces[] = {"K", "Status", "Go", ": ", ":", "; ", "\n",
    ", ", ",", "key", "required", "unique", "min ", "max ", "3", "pattern ", "/a,b/", "/",
    "\\", "merge furthest", "status", " = ", "=", " < ", "<", "enum", "ref ", "t.",
    "text", "integer", "@off", "\"", "a", "To do", "Done", "+", "-", " ", "|", "\xFF",
    "> ", "p", "(", ")", "**", "\xE2\x9C\x85"};

static bool
inside(struct rmk_str part, struct rmk_str whole)
{
	return part.n == 0 || (part.s >= whole.s && part.s + part.n <= whole.s + whole.n);
}

static void
check_cell(struct rmk_str cell)
{
	struct rmk_arena a = {0};
	struct rmk_str text = rmk_value_text(&a, cell), key = rmk_value_key(&a, cell);
	struct rmk_link *links;
	size_t n = rmk_value_links(&a, cell, &links);
	int flag = rmk_value_flag(&a, cell);

	CHECK(text.n <= cell.n);
	CHECK(rmk_str_eq(rmk_utf8_fold(&a, key), key));
	CHECK(rmk_utf8_invalid(cell) != RMK_NONE || rmk_utf8_invalid(text) == RMK_NONE);
	CHECK(flag >= -1 && flag <= 1);
	for (size_t i = 0; i < n; i++) {
		CHECK(links[i].raw.n > 0 && inside(links[i].raw, cell));
		CHECK(rmk_str_find(links[i].raw, RMK_STR("\\|")) != RMK_NONE
			  ? links[i].url.n <= links[i].raw.n
			  : inside(links[i].url, links[i].raw));
		CHECK(links[i].label.n <= links[i].raw.n);
		CHECK(i == 0 || links[i - 1].raw.s <= links[i].raw.s);
	}
	rmk_arena_free(&a);
}

static void
check_status(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    const struct rmk_field *f, size_t col)
{
	size_t filled = 0, counted = 0;

	for (size_t i = 0; i < t->nrows; i++)
		filled += rmk_value_key(a, rmk_doc_cell(doc, &t->rows[i], col)).n > 0;
	for (size_t i = 0; i < f->nterms; i++) {
		counted += f->terms[i].count;
		CHECK(rmk_str_eq(rmk_value_key(a, f->terms[i].raw), f->terms[i].key));
		CHECK(rmk_field_term(a, f, f->terms[i].raw));
	}
	CHECK(counted <= filled && (!f->why || counted == filled));
}

static void
check_schema(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	struct rmk_schema *s = rmk_schema_of(a, doc, table),
			  *t = rmk_schema_of(a, doc, table);
	struct rmk_err err;
	size_t found;

	CHECK(s->key < s->ncols && s->key == t->key);
	CHECK(s->nstatus == t->nstatus && s->nproblems == t->nproblems);
	for (size_t i = 0; i < s->nproblems; i++)
		CHECK((size_t)s->problems[i].span.at + s->problems[i].span.len <=
		      doc->text.n);
	for (size_t i = 0; i < s->nstatus; i++)
		check_status(
		    a, doc, &doc->tables[table], &s->fields[s->status[i]], s->status[i]);
	CHECK(rmk_address_table(a, doc, rmk_address_name(a, doc, table), &found, &err) ==
	      RMK_OK);
	CHECK(found == table);
}

static void
check_document(struct rmk_str decl)
{
	struct rmk_arena a = {0};
	struct rmk_buf text = {.arena = &a};
	struct rmk_doc *doc;
	struct rmk_err err;

	rmk_buf_adds(&text, "# T\n\n<!-- rowmark: ");
	rmk_buf_add(&text, decl);
	rmk_buf_adds(&text,
	    " -->\n| K | Status | Go | **Go** |\n|---|---|---|---|\n"
	    "| a | To do | + | |\n| b | done | - | N/A |\n| c | | [a](u) | + |\n"
	    "\n| ");
	rmk_buf_add(&text, decl);
	rmk_buf_adds(&text, " | Status |\n|---|---|\n| x | ");
	rmk_buf_add(&text, decl);
	rmk_buf_adds(&text, " |\n| y | x |\n");
	if (rmk_doc_parse(&a, RMK_STR("f.md"), rmk_buf_str(&text), 0, &doc, &err) ==
	    RMK_OK)
		for (size_t i = 0; i < doc->ntables; i++)
			check_schema(&a, doc, i);
	rmk_arena_free(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rmk_arena a = {0};
	struct rmk_buf made = {.arena = &a};
	bool decl = size > 0 && data[0] % 3 == 2;

	if (size == 0)
		return 0;
	if (data[0] % 3 == 0)
		rmk_buf_add(&made, (struct rmk_str){(const char *)data + 1, size - 1});
	for (size_t i = 1; i < size && data[0] % 3; i++)
		rmk_buf_adds(&made,
		    decl ? decl_pieces[data[i] %
				       (sizeof decl_pieces / sizeof *decl_pieces)]
			 : inline_pieces[data[i] %
					 (sizeof inline_pieces / sizeof *inline_pieces)]);
	if (decl)
		check_document(rmk_buf_str(&made));
	else
		check_cell(rmk_buf_str(&made));
	rmk_arena_free(&a);
	return 0;
}
