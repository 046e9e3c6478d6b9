// What spans tables and files: references, and keys of one declared name.
//
//	papers.md     <!-- rowmark: papers; Paper: key -->
//	training.md   <!-- rowmark: runs; Paper: ref papers -->   each value a key of papers
//
// A table declared under one name in several files is one table there: its keys are
// unique in all of them together.
#include "check/references.h"
#include "base/map.h"
#include "schema/reference.h"
#include "table/inline_references.h"
#include "table/value.h"

#include <string.h>

bool
rmk_check_spans(const struct rmk_doc *doc)
{
	for (size_t i = 0; i < doc->ntables; i++)
		if (doc->tables[i].decl.len)
			return true;
	return false;
}

struct rmk_str
check_cell_key(
    struct rmk_checking *c, const struct table_info *t, uint32_t row, size_t col)
{
	return rmk_value_key(
	    c->a, rmk_doc_cell_linked(c->a, c->doc, &t->table->rows[row], col));
}

static void
references_gather(struct rmk_arena *a, struct references *all)
{
	for (size_t d = 0; d < all->ndocs; d++) {
		struct rmk_checking *c = &all->checks[d];

		for (size_t i = 0; i < c->doc->ntables; i++)
			if (c->tables[i].schema->name.n)
				*RMK_PUSH(a, all->v, all->n,
				    all->cap) = (struct referred){c, &c->tables[i],
				    rmk_value_key(a, c->tables[i].schema->name)};
	}
}

// --- primary-key over files ---------------------------------------------------

struct seen_key {
	const struct referred *table;
	uint32_t row;
};

static void
add_keys(struct rmk_arena *a, const struct referred *n, struct rmk_map *seen,
    struct seen_key **v, size_t *nv, size_t *cap)
{
	size_t col = n->t->schema->key;

	for (uint32_t r = 0; r < n->t->table->nrows; r++) {
		struct rmk_str key = check_cell_key(n->c, n->t, r, col);
		size_t *first;
		const struct seen_key *other;
		struct rmk_finding *f;

		if (key.n == 0)
			continue;
		first = rmk_map_put(seen, key);
		if (*first == RMK_NONE) {
			*first = *nv;
			*RMK_PUSH(a, *v, *nv, *cap) = (struct seen_key){n, r};
			continue;
		}
		other = &(*v)[*first];
		if (other->table == n)
			continue; // twice in one table: said of that table alone
		f = check_report_cell(n->c, n->t, r, col,
		    check_printf(n->c, "the key '%.*s' stands in %.*s, line %u, too",
			RMK_FMT(check_short(
			    n->c, rmk_value_text(a, rmk_doc_cell_linked(a, n->c->doc,
							&n->t->table->rows[r], col)))),
			RMK_FMT(other->table->c->doc->path),
			other->table->t->table->rows[other->row].line));
		if (f)
			f->found = rmk_doc_cell(n->c->doc, &n->t->table->rows[r], col);
	}
}

static void
check_keys(struct rmk_arena *a, struct references *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct rmk_map seen = {.arena = a};
		struct seen_key *v = NULL;
		size_t nv = 0, cap = 0, k = 0;

		while (k < i && !rmk_str_eq(all->v[k].key, all->v[i].key))
			k++;
		if (k < i)
			continue; // done with the first of this name
		for (k = i; k < all->n; k++)
			if (rmk_str_eq(all->v[k].key, all->v[i].key) &&
			    all->v[k].t->schema->key_declared)
				add_keys(a, &all->v[k], &seen, &v, &nv, &cap);
	}
}

// --- foreign-key --------------------------------------------------------------

size_t
check_referred_column(const struct referred *n, struct rmk_arena *a, struct rmk_str name)
{
	const struct table_info *t = n->t;
	struct rmk_str key = rmk_value_key(a, name);

	if (name.n == 0) {
		rmk_schema_find_key(a, n->c->doc, t->index, t->schema);
		return t->schema->key;
	}
	for (size_t col = 0; col < t->table->ncols; col++)
		if (rmk_str_eq(t->schema->fields[col].key, key))
			return col;
	return RMK_NONE;
}

// The values that may be referred to; false when no table has the name or the column.
static bool
gather_targets(struct rmk_arena *a, const struct references *all,
    const struct rmk_field *field, struct rmk_map *out)
{
	bool found = false;

	for (size_t i = 0; i < all->n; i++) {
		const struct referred *n = &all->v[i];
		size_t col;

		if (!rmk_reference_finds(a, field, n->t->schema->name) ||
		    (col = check_referred_column(n, a, field->ref_col)) == RMK_NONE)
			continue;
		found = true;
		for (uint32_t r = 0; r < n->t->table->nrows; r++)
			*rmk_map_put(out, check_cell_key(n->c, n->t, r, col)) = 0;
	}
	return found;
}

static void
check_value(struct rmk_checking *c, const struct table_info *t, uint32_t row, size_t col,
    struct rmk_str value, const struct rmk_map *targets)
{
	struct rmk_finding *f;

	if (rmk_map_get(targets, rmk_value_key(c->a, value)) != RMK_NONE)
		return;
	f = check_report_cell(c, t, row, col,
	    check_printf(c, "'%.*s' is no key of '%.*s'", RMK_FMT(check_short(c, value)),
		RMK_FMT(t->schema->fields[col].ref_table)));
	if (f)
		f->found = value;
}

static void
check_refs(struct rmk_checking *c, const struct references *all,
    const struct table_info *t, size_t col)
{
	const struct rmk_field *field = &t->schema->fields[col];
	struct rmk_map targets = {.arena = c->a};

	if (!gather_targets(c->a, all, field, &targets)) {
		check_report(c, t->index,
		    check_span_place(c->doc, t->table->header.cells[col]),
		    check_printf(c,
			"no table '%.*s'%s%.*s is declared in the files that are checked",
			RMK_FMT(field->ref_table),
			field->ref_col.n ? " with a column " : "",
			RMK_FMT(field->ref_col)));
		return;
	}
	for (uint32_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str *values;
		size_t n = rmk_reference_values(c->a,
		    rmk_doc_cell_linked(c->a, c->doc, &t->table->rows[r], col), &targets,
		    &values);

		for (size_t i = 0; i < n; i++)
			check_value(c, t, r, col, values[i], &targets);
	}
}

void
rmk_check_across(struct rmk_arena *a, const struct rmk_doc *const *docs, size_t n,
    const struct rmk_check_opts *opts, struct rmk_findings *out)
{
	struct references all = {
	    .checks = RMK_NEW_N(a, struct rmk_checking, n), .ndocs = n};

	for (size_t i = 0; i < n; i++)
		check_begin(&all.checks[i], a, docs[i], opts, &out[i]);
	references_gather(a, &all);
	for (size_t i = 0; i < n; i++)
		all.checks[i].rule = rmk_rule_find(RMK_STR("primary-key"));
	check_keys(a, &all);
	for (size_t i = 0; i < n; i++) {
		struct rmk_checking *c = &all.checks[i];

		c->rule = rmk_rule_find(RMK_STR("foreign-key"));
		for (size_t k = 0; k < c->doc->ntables; k++)
			for (size_t col = 0; col < c->tables[k].table->ncols; col++)
				if (c->tables[k].schema->fields[col].type == RMK_REF)
					check_refs(c, &all, &c->tables[k], col);
	}
	check_reference_cycles(a, &all);
	for (size_t i = 0; i < n; i++)
		check_settle(&out[i]);
}
