// Tables and rows as symbols, and what can be folded away.
#include "lsp/server.h"

#include "base/utf8.h"
#include "schema/address.h"

#include <time.h>

#define SYMBOLS_MOST 500
// A workspace of a hundred thousand files is searched for as long as somebody waits.
#define SEARCH_SECONDS 2

enum symbol_kind { SYMBOL_STRUCT = 23, SYMBOL_FIELD = 8 };

static struct rmk_span
table_span(const struct rmk_table *t)
{
	const struct rmk_row *last = t->nrows ? &t->rows[t->nrows - 1] : &t->delim;

	return (struct rmk_span){
	    t->header.span.at, last->span.at + last->span.len - t->header.span.at};
}

static struct rmk_span
row_span(struct lsp_file *f, size_t table, size_t row)
{
	const struct rmk_row *r = &f->doc->tables[table].rows[row];
	size_t key = lsp_schema(f, table)->key;

	return key < r->ncells ? r->cells[key] : r->span;
}

// --- of a document --------------------------------------------------------------------------

static void
put_symbol(struct rmk_json *j, struct lsp_file *f, struct rmk_str name,
    enum symbol_kind kind, struct rmk_span whole, struct rmk_span named)
{
	rmk_json_object(j, NULL);
	rmk_json_text(j, "name", name.n ? name : RMK_STR("(empty)"));
	rmk_json_number(j, "kind", kind);
	lsp_put_span(j, "range", f, whole.at, whole.len);
	lsp_put_span(j, "selectionRange", f, named.at, named.len);
}

static void
put_table_symbol(struct rmk_json *j, struct lsp_file *f, size_t t)
{
	const struct rmk_table *table = &f->doc->tables[t];
	struct rmk_arena *a = j->out->arena;

	put_symbol(j, f, rmk_address_name(a, f->doc, t), SYMBOL_STRUCT, table_span(table),
	    table->header.span);
	rmk_json_array(j, "children");
	for (size_t row = 0; row < table->nrows; row++) {
		put_symbol(j, f, rmk_address_row(a, f->doc, t, lsp_schema(f, t), row),
		    SYMBOL_FIELD, table->rows[row].span, row_span(f, t, row));
		rmk_json_end(j);
	}
	rmk_json_end(j);
	rmk_json_end(j);
}

static void
put_flat(struct rmk_json *j, struct lsp_file *f, struct rmk_str name,
    enum symbol_kind kind, struct rmk_span span, struct rmk_str in)
{
	rmk_json_object(j, NULL);
	rmk_json_text(j, "name", name.n ? name : RMK_STR("(empty)"));
	rmk_json_number(j, "kind", kind);
	rmk_json_object(j, "location");
	rmk_json_text(j, "uri", f->uri);
	lsp_put_span(j, "range", f, span.at, span.len);
	rmk_json_end(j);
	if (in.n)
		rmk_json_text(j, "containerName", in);
	rmk_json_end(j);
}

static void
put_flat_table(struct rmk_json *j, struct lsp_file *f, size_t t)
{
	put_flat(j, f, rmk_address_name(j->out->arena, f->doc, t), SYMBOL_STRUCT,
	    table_span(&f->doc->tables[t]), RMK_STR(""));
}

void
lsp_document_symbol(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	lsp_answer_tables(s, m, f, s->hierarchy ? put_table_symbol : put_flat_table);
}

// --- of the workspace -------------------------------------------------------------------------

struct search {
	struct rmk_str query; // folded
	struct rmk_json *j;
	size_t n;
	time_t until;
};

static bool
search_goes_on(const struct search *search)
{
	return search->n < SYMBOLS_MOST && time(NULL) <= search->until;
}

static bool
is_sought(struct rmk_arena *a, const struct search *search, struct rmk_str name)
{
	return name.n && rmk_str_find(rmk_utf8_fold(a, name), search->query) != RMK_NONE;
}

static void
search_file(struct search *search, struct lsp_file *f)
{
	struct rmk_arena a = {0};

	for (size_t t = 0; lsp_look(f) && t < f->doc->ntables; t++) {
		const struct rmk_table *table = &f->doc->tables[t];
		struct rmk_str name = rmk_address_name(&a, f->doc, t), row;

		if (is_sought(&a, search, name)) {
			put_flat(search->j, f, name, SYMBOL_STRUCT, table_span(table),
			    f->name);
			search->n++;
		}
		for (size_t i = 0; i < table->nrows && search_goes_on(search); i++) {
			row = rmk_address_row(&a, f->doc, t, lsp_schema(f, t), i);
			if (!is_sought(&a, search, row))
				continue;
			put_flat(
			    search->j, f, row, SYMBOL_FIELD, row_span(f, t, i), name);
			search->n++;
		}
	}
	rmk_arena_free(&a);
}

static void
search_folder(struct lsp_server *s, struct search *search, struct lsp_folder *folder)
{
	size_t n;
	struct lsp_known *known = lsp_known_files(s, folder, &n);

	for (size_t i = 0; i < n && search_goes_on(search); i++) {
		struct lsp_file *f = known[i].f, *read = NULL;

		if (known[i].plain || lsp_file_open_path(s, known[i].path))
			continue;
		if (!f)
			f = read = lsp_file_read(s, folder, known[i].path);
		if (f)
			search_file(search, f);
		if (read)
			lsp_file_free(read);
	}
}

void
lsp_workspace_symbol(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct rmk_str query = rmk_json_text_of(rmk_json_member(m->params, "query"));
	struct search search = {.until = time(NULL) + SEARCH_SECONDS};

	search.query = rmk_utf8_fold(&m->arena, query);
	lsp_know_roots(s);
	search.j = rmk_rpc_result(s->rpc, m);
	rmk_json_array(search.j, "result");
	for (f = s->files; f && search_goes_on(&search); f = f->next)
		search_file(&search, f);
	for (struct lsp_folder *folder = s->folders; folder; folder = folder->next_folder)
		search_folder(s, &search, folder);
	rmk_json_end(search.j);
	rmk_rpc_send(s->rpc);
}

// --- folding ----------------------------------------------------------------------------------

static void
put_fold(struct rmk_json *j, struct lsp_file *f, size_t from, size_t to, const char *kind)
{
	struct lsp_range r = lsp_text_range(&f->text, from, to - from);

	if (r.end.line <= r.start.line)
		return;
	rmk_json_object(j, NULL);
	rmk_json_number(j, "startLine", r.start.line);
	rmk_json_number(j, "endLine", r.end.line);
	rmk_json_cstr(j, "kind", kind);
	rmk_json_end(j);
}

static void
put_table_folds(struct rmk_json *j, struct lsp_file *f, size_t t)
{
	struct rmk_span decl = f->doc->tables[t].decl;
	struct rmk_span span = table_span(&f->doc->tables[t]);

	if (decl.len)
		put_fold(j, f, decl.at, decl.at + decl.len, "comment");
	put_fold(j, f, span.at, span.at + span.len, "region");
}

void
lsp_folding(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	lsp_answer_tables(s, m, f, put_table_folds);
}
