// What is at a position: a cell, a declaration, or neither.
#include "lsp/server.h"

static uint32_t
lsp_number_of(const struct rmk_json_value *v)
{
	long long n = rmk_json_integer_of(v, 0);

	return n < 0 ? 0 : n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

struct lsp_position
lsp_position_of(const struct rmk_json_value *v)
{
	return (struct lsp_position){lsp_number_of(rmk_json_member(v, "line")),
	    lsp_number_of(rmk_json_member(v, "character"))};
}

static bool
is_in_span(struct rmk_span span, size_t at)
{
	return at >= span.at && at <= (size_t)span.at + span.len;
}

// The cell that the byte is in: behind the pipe that follows a cell, it is in the next.
static size_t
column_at(const struct rmk_doc *doc, const struct rmk_row *row, size_t at)
{
	size_t col = 0;

	while (col + 1 < row->ncells && row->cells[col + 1].at <= at)
		col++;
	if (row->ncells) {
		size_t end = (size_t)row->cells[col].at + row->cells[col].len;

		if (at > end &&
		    rmk_str_chr(rmk_str_part(doc->text, end, at - end), '|') != RMK_NONE)
			col++;
	}
	return col;
}

static void
place_in_row(struct lsp_place *p, const struct rmk_doc *doc, const struct rmk_row *row)
{
	p->col = column_at(doc, row, p->at);
	if (p->col < row->ncells)
		p->cell = row->cells[p->col];
	else
		p->cell = (struct rmk_span){(uint32_t)p->at, 0};
	p->raw = rmk_doc_str(doc, p->cell);
}

static bool
place_in_table(struct lsp_place *p, const struct rmk_doc *doc, const struct rmk_table *t)
{
	size_t low = 0, high = t->nrows;

	p->declares = t->decl.len && is_in_span(t->decl, p->at);
	p->row = RMK_NONE;
	if (p->declares || is_in_span(t->delim.span, p->at))
		return true;
	if (is_in_span(t->header.span, p->at)) {
		p->row = LSP_HEADER;
		place_in_row(p, doc, &t->header);
		return true;
	}
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (t->rows[middle].span.at <= p->at)
			low = middle;
		else
			high = middle;
	}
	if (t->nrows == 0 || !is_in_span(t->rows[low].span, p->at))
		return false;
	p->row = low;
	place_in_row(p, doc, &t->rows[low]);
	return true;
}

struct lsp_place
lsp_place_at(struct lsp_file *f, size_t at)
{
	struct lsp_place p = {.at = at, .table = RMK_NONE, .row = RMK_NONE};

	if (!lsp_look(f))
		return p;
	for (size_t t = 0; t < f->doc->ntables; t++) {
		if (place_in_table(&p, f->doc, &f->doc->tables[t])) {
			p.table = t;
			return p;
		}
	}
	return p;
}

struct lsp_place
lsp_place_of(struct lsp_file *f, const struct rmk_rpc_message *m)
{
	return lsp_place_at(f, lsp_text_at(&f->text, lsp_position_of(rmk_json_member(
							 m->params, "position"))));
}
