// What may stand in a cell: see values.h.
#include "lsp/values.h"

#include "base/map.h"
#include "gfm/cells.h"
#include "lsp/refer.h"
#include "table/inline_references.h"
#include "table/value.h"

#include <stdlib.h>

#define USUAL_MOST 50

void
lsp_values_add(struct rmk_arena *a, struct lsp_values *values, struct rmk_str raw,
    struct rmk_str detail)
{
	*RMK_PUSH(a, values->v, values->n, values->cap) = (struct lsp_value){raw, detail};
}

static void
add_terms(struct rmk_arena *a, const struct rmk_field *field, struct lsp_values *out)
{
	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *term = &field->terms[i];
		const char *how = field->type == RMK_STATUS
		                      ? rmk_progress_name(rmk_term_progress(field, term))
		                      : "listed";

		lsp_values_add(a, out, term->raw,
		    rmk_str_printf(a, "%s, %u row%s", how, term->count,
			term->count == 1 ? "" : "s"));
	}
}

// Keys of the table that a column refers to. Of several between commas the one at the place is
// replaced.
static void
lsp_add_keys(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    const struct lsp_place *p, struct lsp_values *out)
{
	struct lsp_table to = lsp_refer_table(s, a, f, p->table, p->col);
	struct rmk_str text = lsp_text_str(&f->text);
	size_t end = p->cell.at + p->cell.len;

	while (out->at < p->at &&
	       rmk_str_chr(rmk_str_part(text, out->at, p->at - out->at), ',') != RMK_NONE)
		out->at += rmk_str_chr(rmk_str_from(text, out->at), ',') + 1;
	while (out->at < p->at && text.s[out->at] == ' ')
		out->at++;
	out->end = p->cell.len && p->at > end ? end : p->at;
	if (out->end < out->at)
		out->end = out->at;
	while (out->end < end && text.s[out->end] != ',')
		out->end++;
	for (size_t row = 0; to.f && row < to.f->doc->tables[to.table].nrows; row++)
		lsp_values_add(a, out,
		    rmk_cell_raw(
			a, rmk_value_text(
			       a, rmk_doc_cell_linked(a, to.f->doc,
				      &to.f->doc->tables[to.table].rows[row], to.col))),
		    to.f->name);
}

struct usual {
	struct rmk_str raw;
	size_t n, first;
};

static int
more_usual(const void *x, const void *y)
{
	const struct usual *a = x, *b = y;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

// Values that more than one other cell holds.
static void
add_usual(struct rmk_arena *a, struct lsp_file *f, const struct lsp_place *p,
    struct lsp_values *out)
{
	const struct rmk_table *t = &f->doc->tables[p->table];
	struct rmk_map map = {.arena = a};
	struct usual *v = RMK_NEW_N(a, struct usual, t->nrows);

	for (size_t row = 0; row < t->nrows; row++) {
		struct rmk_str raw = rmk_doc_cell(f->doc, &t->rows[row], p->col);
		size_t *at;

		if (raw.n == 0 || row == p->row)
			continue;
		at = rmk_map_put(&map, raw);
		if (*at == RMK_NONE) {
			*at = map.n - 1;
			v[*at] = (struct usual){raw, 0, row};
		}
		v[*at].n++;
	}
	qsort(v, map.n, sizeof *v, more_usual);
	for (size_t i = 0; i < map.n && i < USUAL_MOST && v[i].n > 1; i++)
		lsp_values_add(a, out, v[i].raw, rmk_str_printf(a, "%zu rows", v[i].n));
}

void
lsp_cell_values(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    const struct lsp_place *p, struct lsp_values *out)
{
	const struct rmk_schema *schema = lsp_schema(f, p->table);
	const struct rmk_field *field;

	if (p->row >= LSP_HEADER || p->col >= schema->ncols)
		return;
	field = &schema->fields[p->col];
	out->at = p->cell.len ? p->cell.at : p->at;
	out->end = out->at + p->cell.len;
	if (field->type == RMK_STATUS || field->type == RMK_ENUM)
		add_terms(a, field, out);
	else if (field->type == RMK_REF)
		lsp_add_keys(s, a, f, p, out);
	else if (p->col != schema->key)
		add_usual(a, f, p, out);
}

// --- in a declaration ---------------------------------------------------------------------

static void
add_rule_words(struct rmk_arena *a, struct lsp_values *out)
{
	static const char *const rules[] = {"key", "required", "unique",
	    "status = ", "enum = ", "ref ", "text", "integer", "number", "date", "link",
	    "path", "flag", "min ", "max ", "pattern /", "closed = "};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		lsp_values_add(a, out, rmk_str_of(rules[i]), RMK_STR("rule"));
}

static void
lsp_add_labels(
    struct rmk_arena *a, const struct rmk_schema *schema, struct lsp_values *out)
{
	for (size_t i = 0; i < schema->ncols; i++)
		if (!schema->fields[i].declared && schema->fields[i].label.n)
			lsp_values_add(a, out,
			    rmk_str_printf(a, "%.*s: ", RMK_FMT(schema->fields[i].label)),
			    RMK_STR("column"));
}

static void
add_table_names(
    struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f, struct lsp_values *out)
{
	size_t n;
	struct lsp_file **files = lsp_spanning(s, a, f, &n);

	for (size_t i = 0; i < n; i++)
		for (size_t t = 0; t < files[i]->doc->ntables; t++) {
			struct rmk_str name = lsp_schema(files[i], t)->name;

			if (name.n)
				lsp_values_add(a, out, name, files[i]->name);
		}
}

void
lsp_declaration_values(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    const struct lsp_place *p, struct lsp_values *out)
{
	struct rmk_span decl = f->doc->tables[p->table].decl;
	struct rmk_str before = rmk_str_part(
	    lsp_text_str(&f->text), decl.at, p->at - decl.at);
	size_t from = before.n, colon, word;
	struct rmk_str entry;

	while (from && before.s[from - 1] != '\n' && before.s[from - 1] != ';')
		from--;
	entry = rmk_str_from(before, from);
	colon = rmk_str_chr(entry, ':');
	word = entry.n;
	while (word && !strchr(":,=<; \t", entry.s[word - 1]))
		word--;
	out->end = p->at;
	out->at = decl.at + from + word;
	if (from == 0)
		return; // "<!-- rowmark: NAME"
	if (colon == RMK_NONE) {
		while (rmk_str_starts(entry, RMK_STR(" ")))
			entry = rmk_str_from(entry, 1);
		out->at = p->at - entry.n;
		lsp_add_labels(a, lsp_schema(f, p->table), out);
	} else if (rmk_str_ends(
		       rmk_str_trim(rmk_str_part(entry, 0, word)), RMK_STR("ref"))) {
		add_table_names(s, a, f, out);
	} else {
		add_rule_words(a, out);
	}
}
