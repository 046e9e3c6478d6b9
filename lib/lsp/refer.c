// Rows that name each other: see refer.h.
#include "lsp/refer.h"

#include "table/inline_references.h"
#include "table/value.h"

bool
lsp_refers_to(struct rmk_arena *a, struct lsp_file *f, size_t table, size_t col,
    const struct lsp_table *keys)
{
	return rmk_refers_to(a, &lsp_schema(f, table)->fields[col],
	    lsp_schema(keys->f, keys->table), keys->col);
}

static size_t
lsp_referred_column(
    struct rmk_arena *a, const struct rmk_field *field, const struct rmk_schema *schema)
{
	for (size_t col = 0; col < schema->ncols; col++)
		if (rmk_refers_to(a, field, schema, col))
			return col;
	return RMK_NONE;
}

struct lsp_table
lsp_refer_table(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    size_t table, size_t col)
{
	const struct rmk_field *field = &lsp_schema(f, table)->fields[col];
	struct lsp_table to = {0};
	struct lsp_file **files;
	size_t n;

	if (field->type != RMK_REF)
		return to;
	files = lsp_spanning(s, a, f, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t t = 0; t < files[i]->doc->ntables; t++) {
			size_t at = lsp_referred_column(
			    a, field, lsp_schema(files[i], t));

			if (at != RMK_NONE)
				return (struct lsp_table){files[i], t, at};
		}
	return to;
}

static struct rmk_str
lsp_cell_of(const struct lsp_table *t, size_t row)
{
	const struct rmk_doc *doc = t->f->doc;

	return rmk_doc_cell(doc, &doc->tables[t->table].rows[row], t->col);
}

static struct rmk_str
lsp_key_of(struct rmk_arena *a, const struct lsp_file *f, struct rmk_str raw)
{
	return rmk_value_key(a, rmk_references_inline(a, f->doc, raw));
}

static bool
lsp_has_key(struct rmk_arena *a, const struct lsp_table *keys, struct rmk_str key)
{
	for (size_t row = 0; row < keys->f->doc->tables[keys->table].nrows; row++)
		if (rmk_str_eq(lsp_key_of(a, keys->f, lsp_cell_of(keys, row)), key))
			return true;
	return false;
}

// Of "LoRA, LIMA" the part at the place.
static struct rmk_span
part_at(const struct lsp_place *p)
{
	struct rmk_str rest = p->raw, part;

	while (rmk_str_split(&rest, ',', &part)) {
		struct rmk_str word = rmk_str_trim(part);
		size_t from = p->cell.at + (size_t)(part.s - p->raw.s);

		if (p->at <= from + part.n)
			return (struct rmk_span){
			    (uint32_t)(from + (size_t)(word.s - part.s)),
			    (uint32_t)word.n};
	}
	return p->cell;
}

struct lsp_table
lsp_refer_key(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    const struct lsp_place *p, struct rmk_str *word, struct rmk_span *span)
{
	const struct rmk_schema *schema;
	struct lsp_table keys = {0};

	if (p->table == RMK_NONE || p->row >= LSP_HEADER || p->raw.n == 0)
		return keys;
	schema = lsp_schema(f, p->table);
	*span = p->cell;
	if (p->col >= schema->ncols)
		return keys;
	if (schema->fields[p->col].type == RMK_REF) {
		keys = lsp_refer_table(s, a, f, p->table, p->col);
		if (keys.f && !lsp_has_key(a, &keys, lsp_key_of(a, f, p->raw)))
			*span = part_at(p);
	} else if (p->col == schema->key) {
		keys = (struct lsp_table){f, p->table, p->col};
	}
	*word = rmk_value_text(a,
	    rmk_references_inline(a, f->doc, rmk_str_at(lsp_text_str(&f->text), *span)));
	return keys;
}

// --- the cells that say it --------------------------------------------------------------------

static void
lsp_add_cell(struct rmk_arena *a, struct lsp_cells *out, const struct lsp_table *t,
    size_t row, struct rmk_str part)
{
	size_t at = (size_t)(part.s - t->f->doc->text.s);

	*RMK_PUSH(a, out->v, out->n, out->cap) = (struct lsp_cell){
	    t->f, t->table, row, t->col, {(uint32_t)at, (uint32_t)part.n}};
}

static void
add_cells_of(struct rmk_arena *a, const struct lsp_table *t, struct rmk_str key,
    bool parts, struct lsp_cells *out)
{
	for (size_t row = 0; row < t->f->doc->tables[t->table].nrows; row++) {
		struct rmk_str raw = lsp_cell_of(t, row), rest = raw, part;

		if (raw.n && rmk_str_eq(lsp_key_of(a, t->f, raw), key)) {
			lsp_add_cell(a, out, t, row, raw);
			continue;
		}
		while (parts && raw.n && rmk_str_split(&rest, ',', &part)) {
			part = rmk_str_trim(part);
			if (part.n && rmk_str_eq(lsp_key_of(a, t->f, part), key))
				lsp_add_cell(a, out, t, row, part);
		}
	}
}

void
lsp_refer_cells(struct lsp_server *s, struct rmk_arena *a, const struct lsp_table *keys,
    struct rmk_str word, bool own, struct lsp_cells *out)
{
	struct rmk_str key = rmk_value_key(a, word);
	size_t n;
	struct lsp_file **files = lsp_spanning(s, a, keys->f, &n);

	if (own)
		add_cells_of(a, keys, key, false, out);
	for (size_t i = 0; i < n; i++)
		for (size_t t = 0; t < files[i]->doc->ntables; t++)
			for (size_t col = 0; col < lsp_schema(files[i], t)->ncols; col++)
				if (lsp_refers_to(a, files[i], t, col, keys))
					add_cells_of(a,
					    &(struct lsp_table){files[i], t, col}, key,
					    true, out);
}
