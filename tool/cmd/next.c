// rowmark next: what to do next.
//
// Rows that are begun come first, then those to do, then those that wait for something, then
// those whose status is in no order; each in the order of the file. What is closed (dropped,
// rejected) is never offered.
#include "base/marker.h"
#include "grid.h"
#include "open_table.h"
#include "opt.h"
#include "ready.h"
#include "schema/describe.h"
#include "schema/owner.h"
#include "schema/row_progress.h"
#include "table/inline_references.h"

static const struct opt opts[] = {
    {0, "ready", NULL, "only rows that refer to no row that is left to do", NULL},
    OPT_LIMIT,
    OPT_FORMAT("text json"),
    OPT_END,
};

static const struct example examples[] = {
    {"The next rows", "rowmark next"},
    {"The very next one", "rowmark next -n 1"},
    {"Nothing that waits for another row", "rowmark next --ready -n 1"},
    {NULL, NULL},
};

// So many rows are held against each other, to tell those of one name apart.
#define NEXT_FEW 100

struct todo {
	const struct picked *from;
	size_t row;
	struct rmk_row_progress is;
	struct rmk_str status; // the cells, as a reader sees them
};

struct todos {
	struct todo *v;
	size_t n, cap;
	size_t nvague; // whose status says nothing
};

static struct todo
todo_of(struct call *c, const struct picked *p, size_t row)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct todo t = {.from = p, .row = row};

	t.is = rmk_row_progress(c->arena, doc, p->table, schema, row);
	t.status = schema->nstatus > 1
	               ? rmk_str_printf(
			     c->arena, "%zu of %zu", t.is.ndone, schema->nstatus)
	               : rmk_value_text(
			     c->arena, rmk_doc_cell(doc, &doc->tables[p->table].rows[row],
					   schema->status[0]));
	return t;
}

// ready: NULL where all rows are wanted.
static enum rmk_code
next_collect(struct call *c, const struct picked *p, size_t turn, struct ready *ready,
    struct todos *list, size_t most, struct rmk_err *err)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *table = &doc->tables[p->table];

	if (file_schema(c->arena, p->file, p->table)->nstatus == 0)
		return RMK_OK;
	for (size_t r = 0; r < table->nrows && list->n < most; r++) {
		struct todo t = todo_of(c, p, r);

		list->nvague += t.is.vague && turn == 0;
		bool fits = rmk_row_turn(&t.is) == turn &&
		            !rmk_marker_is_row(rmk_doc_str(doc, table->rows[r].span));

		if (fits && ready && ready_row(ready, p, r, &fits, err))
			return err->code;
		if (fits)
			*RMK_PUSH(c->arena, list->v, list->n, list->cap) = t;
	}
	return RMK_OK;
}

static enum rmk_code
collect_all(struct call *c, const struct picked *tables, size_t n, uint32_t most,
    struct todos *list, struct rmk_err *err)
{
	struct ready ready = {.c = c};

	for (size_t turn = 0; turn < RMK_ROW_TURNS; turn++)
		for (size_t i = 0; i < n; i++)
			if (next_collect(c, &tables[i], turn,
				opt_on(c, "ready") ? &ready : NULL, list, most, err))
				return err->code;
	return RMK_OK;
}

static struct rmk_str
first_link(struct rmk_arena *a, const struct todo *t)
{
	const struct rmk_doc *doc = t->from->file->doc;
	const struct rmk_table *table = &doc->tables[t->from->table];

	for (size_t col = 0; col < table->ncols; col++) {
		struct rmk_link *links;
		size_t n = rmk_value_links(a,
		    rmk_references_inline(
			a, doc, rmk_doc_cell(doc, &table->rows[t->row], col)),
		    &links);

		for (size_t i = 0; i < n; i++) {
			if (!links[i].image && !links[i].reference && links[i].url.n)
				return links[i].url;
		}
	}
	return RMK_STR("");
}

static struct rmk_str
next_row_name(struct rmk_arena *a, const struct todo *t)
{
	const struct picked *p = t->from;

	return rmk_address_row(
	    a, p->file->doc, p->table, file_schema(a, p->file, p->table), t->row);
}

// Told apart from the rows of that name that are listed beside it.
static struct rmk_str
next_row_apart(struct rmk_arena *a, const struct todos *list, size_t at)
{
	const struct todo *t = &list->v[at];
	struct rmk_str name = next_row_name(a, t);

	for (size_t i = 0; i < list->n && list->n <= NEXT_FEW; i++)
		if (i != at && rmk_str_eq(next_row_name(a, &list->v[i]), name))
			return rmk_address_row_apart(a, t->from->file->doc,
			    t->from->table, file_schema(a, t->from->file, t->from->table),
			    t->row);
	return name;
}

static bool
any_link(struct rmk_arena *a, const struct todos *list)
{
	for (size_t i = 0; i < list->n; i++) {
		if (first_link(a, &list->v[i]).n)
			return true;
	}
	return false;
}

static void
next_print_text(struct call *c, const struct todos *list, bool addresses)
{
	bool links = any_link(c->arena, list);
	size_t ncols = 2 + (size_t)links + (size_t)addresses;
	struct grid g = grid_new(c->arena, "rows", NULL, ncols);

	g.no_header = true;
	for (size_t i = 0; i < list->n; i++) {
		const struct todo *t = &list->v[i];
		struct grid_cell *cells = grid_row(&g);

		cells[0] = grid_text(t->status, out_progress_style(t->is.progress));
		cells[1] = grid_text(next_row_apart(c->arena, list, i), STYLE_BOLD);
		if (links)
			cells[2] = grid_text(first_link(c->arena, t), STYLE_CYAN);
		if (addresses)
			cells[g.ncols - 1] = grid_text(
			    picked_address(c->arena, t->from), STYLE_DIM);
	}
	grid_print(&g, "text");
}

// Who has the row, "": nobody; s NULL: the table has no column for it.
static struct rmk_str
next_owner(struct call *c, const struct todo *t)
{
	const struct picked *p = t->from;
	const struct rmk_doc *doc = p->file->doc;
	size_t col = rmk_schema_owner(file_schema(c->arena, p->file, p->table));

	if (col == RMK_NONE)
		return (struct rmk_str){0};
	struct rmk_str cell = rmk_doc_cell(doc, &doc->tables[p->table].rows[t->row], col);
	return rmk_owner_is_nobody(c->arena, cell) ? RMK_STR("")
	                                           : rmk_value_text(c->arena, cell);
}

static void
next_print_json(struct call *c, const struct todos *list)
{
	struct rmk_buf b = {.arena = c->arena};
	struct rmk_json j = {.out = &b};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_array(&j, "rows");
	for (size_t i = 0; i < list->n; i++) {
		const struct todo *t = &list->v[i];
		const struct picked *p = t->from;

		rmk_json_object(&j, NULL);
		rmk_json_text(&j, "address", picked_address(c->arena, p));
		rmk_json_number(
		    &j, "line", p->file->doc->tables[p->table].rows[t->row].line);
		rmk_json_text(&j, "row", next_row_name(c->arena, t));
		rmk_json_text(&j, "status", t->status);
		rmk_json_cstr(&j, "progress", rmk_progress_name(t->is.progress));
		rmk_json_text(&j, "link", first_link(c->arena, t));
		struct rmk_str owner = next_owner(c, t);
		if (owner.s)
			rmk_json_text(&j, "owner", owner);
		rmk_json_end(&j);
	}
	rmk_json_end(&j);
	rmk_json_end(&j);
	out_str(rmk_buf_str(&b));
	out_fill('\n', 1);
}

// So many tables are looked at for a column that is nearly a status.
#define DRAFTS_TRIED 20

static enum rmk_code
next_no_status(struct call *c, const struct picked *tables, size_t n, struct rmk_err *err)
{
	struct rmk_str draft = {0};

	for (size_t i = 0; i < n; i++) {
		if (file_schema(c->arena, tables[i].file, tables[i].table)->nstatus)
			return RMK_OK;
	}
	for (size_t i = 0; i < n && i < DRAFTS_TRIED && draft.n == 0; i++)
		draft = rmk_describe_draft(c->arena, tables[i].file->doc, tables[i].table,
		    file_schema(c->arena, tables[i].file, tables[i].table));
	if (n == 1)
		rmk_fail(err, RMK_NOT_FOUND, "%.*s: has no status column",
		    RMK_FMT(picked_address(c->arena, &tables[0])));
	else
		rmk_fail(err, RMK_NOT_FOUND, "none of %zu tables has a status column", n);
	if (draft.n)
		return rmk_hint(err,
		    "declare one in the line above its table, with the values in order: "
		    "%.*s",
		    RMK_FMT(draft));
	return rmk_hint(err, "'rowmark help schema' shows how to declare one");
}

static enum exit_status
next_run(struct call *c)
{
	struct todos list = {0};
	struct picked *tables;
	struct rmk_err err;
	uint32_t most;
	size_t n;

	if (opt_number(c, "limit", 5, &most, &err) ||
	    open_tables(c, c->args, c->nargs, &tables, &n, &err) ||
	    next_no_status(c, tables, n, &err) ||
	    collect_all(c, tables, n, most, &list, &err))
		return complain(&err);
	if (opt_format_is(c, "json"))
		next_print_json(c, &list);
	else if (list.n)
		next_print_text(c, &list, n > 1);
	else if (!c->quiet && list.nvague)
		out_printf(
		    "Nothing: the status of %zu row%s says nothing of how far %s.\n",
		    list.nvague, list.nvague == 1 ? "" : "s",
		    list.nvague == 1 ? "it is" : "they are");
	else if (!c->quiet)
		out_str(opt_on(c, "ready") ? RMK_STR("Nothing is ready.\n")
					   : RMK_STR("Everything is done.\n"));
	return FINE;
}

const struct cmd cmd_next = {
    .name = "next",
    .args = "[FILE[#TABLE]]",
    .line = "List the rows that are not done, begun ones first",
    .about =
	"Prints a line a row: its status, its name, the first link in it, and, where\n"
	"there are several tables, the table's address. At most 5 of them, or N.\n"
	"\n"
	"Rows that are begun come first, then those to do, then those that are blocked "
	"or\n"
	"paused. What is closed (dropped, rejected) is not listed.\n"
	"\n"
	"A row whose status is in no order comes last; where that is so of all rows of "
	"a\n"
	"table none is listed, since nothing says what is left to do there.\n"
	"\n"
	"In a table with several status columns a row is done when all of them are done "
	"or\n"
	"closed.\n"
	"\n"
	"With --ready a row is left out while one that it refers to, in a column "
	"declared\n"
	"'ref TABLE', is neither done nor closed.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 1,
    .pages = true,
    .run = next_run,
};
