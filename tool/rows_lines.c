// Tables and rows as lines: see rows_lines.h.
#include "rows_lines.h"
#include "grid.h"
#include "open_table.h"
#include "out.h"
#include "schema/row_progress.h"
#include "table/inline_references.h"
#include "table/value.h"

struct rmk_json
rows_begin(struct rows_of *r, const char *type)
{
	struct rmk_json j = {.out = &r->out};

	rmk_json_object(&j, NULL);
	rmk_json_cstr(&j, "type", type);
	rmk_json_text(&j, "repository", r->name);
	return j;
}

void
rows_end(struct rmk_json *j)
{
	rmk_json_end(j);
	rmk_buf_addc(j->out, '\n');
}

static void
rows_put_table(struct rows_of *r, const struct picked *p, const struct rmk_schema *schema,
    const struct grid *g, const struct rmk_str *keys)
{
	const struct rmk_table *t = &p->file->doc->tables[p->table];
	struct rmk_json j = rows_begin(r, "table");

	rmk_json_text(&j, "table", picked_address(r->a, p));
	rmk_json_text(&j, "file", p->file->path);
	rmk_json_number(&j, "line", t->header.line);
	rmk_json_number(&j, "rows", t->nrows);
	if (schema->key < t->ncols)
		rmk_json_text(&j, "key", keys[schema->key]);
	else
		rmk_json_null(&j, "key");
	rmk_json_array(&j, "status");
	for (size_t i = 0; i < schema->nstatus; i++)
		rmk_json_text(&j, NULL, keys[schema->status[i]]);
	rmk_json_end(&j);
	rmk_json_array(&j, "columns");
	for (size_t i = 0; i < g->ncols; i++)
		rmk_json_text(&j, NULL, keys[i]);
	rmk_json_end(&j);
	rows_end(&j);
}

static void
rows_put_links(struct rows_of *r, struct rmk_json *j, const struct rmk_doc *doc,
    const struct rmk_row *row, const struct rmk_str *keys, size_t ncols)
{
	rmk_json_array(j, "links");
	for (size_t col = 0; col < ncols; col++) {
		struct rmk_link *links;
		size_t n = rmk_value_links(r->a,
		    rmk_references_inline(r->a, doc, rmk_doc_cell(doc, row, col)),
		    &links);

		for (size_t i = 0; i < n; i++) {
			if (links[i].image || links[i].reference || !links[i].url.n)
				continue;
			rmk_json_object(j, NULL);
			rmk_json_text(j, "column", keys[col]);
			rmk_json_text(j, "label", links[i].label);
			rmk_json_text(j, "url", links[i].url);
			rmk_json_end(j);
		}
	}
	rmk_json_end(j);
}

static void
rows_put_row(struct rows_of *r, const struct picked *p, const struct rmk_schema *schema,
    const struct rmk_str *keys, size_t at)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	const struct rmk_row *row = &t->rows[at];
	struct rmk_row_progress is = {0};
	struct rmk_json j = rows_begin(r, "row");

	rmk_json_text(&j, "table", picked_address(r->a, p));
	rmk_json_number(&j, "line", row->line);
	rmk_json_text(&j, "key", rmk_address_row(r->a, doc, p->table, schema, at));
	if (schema->nstatus)
		is = rmk_row_progress(r->a, doc, p->table, schema, at);
	rmk_json_cstr(&j, "class",
	    schema->nstatus ? rmk_progress_name(is.progress) : (const char *)NULL);
	rmk_json_object(&j, "cells");
	for (size_t col = 0; col < t->ncols; col++)
		rmk_json_text(&j, keys[col].s,
		    rmk_value_text(r->a,
			rmk_references_inline(r->a, doc, rmk_doc_cell(doc, row, col))));
	rmk_json_end(&j);
	rows_put_links(r, &j, doc, row, keys, t->ncols);
	rows_end(&j);
}

// Labels are made different, as `show --json` does it.
static struct rmk_str *
rows_keys(struct rows_of *r, const struct picked *p, struct grid *g)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	struct rmk_str *labels = RMK_NEW_N(r->a, struct rmk_str, t->ncols);

	for (size_t i = 0; i < t->ncols; i++)
		labels[i] = rmk_value_text(r->a, rmk_doc_cell(doc, &t->header, i));
	*g = (struct grid){.arena = r->a, .labels = labels, .ncols = t->ncols};
	labels = grid_keys(g);
	for (size_t i = 0; i < t->ncols; i++)
		labels[i].s = rmk_str_c(r->a, labels[i]);
	return labels;
}

static void
rows_put_file(struct rows_of *r, struct file *file)
{
	for (size_t i = 0; i < file->doc->ntables; i++) {
		struct picked p = {file, i};
		const struct rmk_schema *schema = file_schema(r->a, file, i);
		struct grid g;
		struct rmk_str *keys = rows_keys(r, &p, &g);

		rows_put_table(r, &p, schema, &g, keys);
		for (size_t row = 0; row < file->doc->tables[i].nrows; row++) {
			struct rmk_arena_mark mark = rmk_arena_mark(r->a);

			rows_put_row(r, &p, schema, keys, row);
			rmk_arena_reset(r->a, mark);
		}
	}
}

enum rmk_code
rows_put_files(struct rows_of *r, struct rmk_err *err)
{
	struct wanted *wanted;
	size_t n;

	if (open_wanted(r->c, NULL, 0, &wanted, &n, err))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		struct rmk_arena arena = {0};
		struct file *file;
		size_t table;

		r->a = &arena;
		if (open_file(r->c, &arena, &wanted[i], 0, &file, &table, err) ==
		    RMK_OK) {
			rows_put_file(r, file);
		} else {
			out_warn("%.*s: %s", RMK_FMT(r->name), err->msg);
			r->c->incomplete = true;
		}
		rmk_arena_free(&arena);
	}
	return RMK_OK;
}
