// Declarations: any text in the comment above a table gives a schema that keeps its word.
//
// The first byte says whether the rest is the text itself or chooses from the pieces of
// which declarations are made. A schema never fails; what it says of a column must hold, and
// its problems must lie in the document. It is also printed as a Frictionless schema.
#include "fuzz/fuzz.h"
#include "internal.h"

#include "schema/describe.h"

#include <string.h>

static const char *const pieces[] = {"K", "Status", "Go", "Rust", ": ", ":", "; ", ";",
    "\n", ", ", ",", "key", "status", " = ", "=", " < ", "<", "enum", "integer", "number",
    "date", "link", "path", "flag", "text", "ref ", "papers", ".", "required", "unique",
    "min ", "max ", "1", "-2.5", "1e999", "2024-01-02", "pattern ", "/", "^[a-z]+$",
    "\\/", "merge furthest", "owner", "\"", "\"Go\"", "'", "@off", "@key", "@",
    "missing-cell", "Not read", "Reading", "Read", "[x]", "[ ]", "\xE2\x9C\x85", "**",
    "_", "`", "|", " ", "\t", "--", "->", "<!--", "\xC3", "\xEF\xB8\x8F", "0",
    "status = A < B, C < D", "Go, Rust: status = - < +"};
#define NPIECES (sizeof pieces / sizeof *pieces)

static void
check_field(struct rmk_arena *a, const struct rmk_field *f)
{
	uint32_t ranks = 0;

	for (size_t i = 0; i < f->nterms; i++) {
		const struct rmk_term *t = &f->terms[i];
		struct rmk_str spelled;
		struct rmk_err err;

		CHECK(rmk_field_term(a, f, t->raw) != NULL);
		CHECK(rmk_field_spell(a, f, t->text, &spelled, &err) == RMK_OK);
		CHECK(f->type != RMK_STATUS || t->rank == RMK_TERM_UNRANKED ||
		      t->rank < f->nranks);
		if (f->type == RMK_STATUS && t->rank != RMK_TERM_UNRANKED &&
		    t->rank + 1 > ranks)
			ranks = t->rank + 1;
	}
	CHECK(ranks <= f->nranks);
	CHECK(!f->has_min || f->min == f->min);
	CHECK(!f->has_max || f->max == f->max);
}

static void
check_schema(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_schema *s)
{
	struct rmk_buf text = {.arena = a};
	struct rmk_json json = {.out = &text};

	CHECK(s->ncols == doc->tables[0].ncols && s->key < s->ncols);
	for (size_t c = 0; c < s->ncols; c++)
		check_field(a, &s->fields[c]);
	for (size_t i = 0; i < s->nstatus; i++)
		CHECK(s->status[i] < s->ncols);
	for (size_t i = 0; i < s->nproblems; i++) {
		const struct rmk_span at = s->problems[i].span;

		CHECK((size_t)at.at + at.len <= doc->text.n && s->problems[i].msg.n > 0);
	}
	rmk_describe_frictionless(a, s, NULL, &json, NULL);
	CHECK(text.n > 2);
}

static void
check_declaration(struct rmk_arena *a, struct rmk_str decl)
{
	struct rmk_buf text = {.arena = a};
	struct rmk_doc *doc;
	struct rmk_err err;

	rmk_buf_adds(&text, "<!-- rowmark: ");
	rmk_buf_add(&text, decl);
	rmk_buf_adds(&text, " -->\n\n| K | Status | Go | Rust |\n|---|---|---|---|\n"
			    "| a | Read | + | 1 |\n| b | Not read | - | 2 |\n| b |\n");
	if (rmk_doc_parse(a, RMK_STR("f.md"), rmk_buf_str(&text), 0, &doc, &err) ||
	    doc->ntables == 0)
		return;
	check_schema(a, doc, rmk_schema_of(a, doc, 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rmk_arena a = {0};
	struct rmk_buf made = {.arena = &a};

	for (size_t i = 1; i < size; i++) {
		if (data[0] % 3 == 0)
			rmk_buf_addc(&made, (char)data[i]);
		else
			rmk_buf_adds(&made, pieces[data[i] % NPIECES]);
	}
	check_declaration(&a, rmk_buf_str(&made));
	rmk_arena_free(&a);
	return 0;
}
