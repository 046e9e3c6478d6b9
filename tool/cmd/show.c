// rowmark show: a table, or one row as a card.
#include "edit/import.h"
#include "gfm/cells.h"
#include "grid.h"
#include "operands.h"
#include "opt.h"
#include "table/inline_references.h"
#include "view.h"

#include <string.h>

// clang-format off
static const struct opt opts[] = {
	OPT_VIEW,
	OPT_LIMIT,
	OPT_FORMAT(GRID_FORMATS),
	{0, "markdown", NULL, "cells as they are written, in every format", NULL},
	OPT_END,
};
// clang-format on

static const struct example examples[] = {
    {"The rows that are not read yet, two columns of them",
	"rowmark show --where 'status~not' --columns 'Paper,Read or Not'"},
    {"What is being read", "rowmark show --status doing --columns Paper"},
    {"One row", "rowmark show lora"},
    {"As another format", "rowmark show --columns Paper,Link -n 3 --format csv"},
    {"As it was in a commit", "rowmark show HEAD:README.md --columns Paper -n 2"},
    {NULL, NULL},
};

// What the rows of a grid are made of.
struct shown {
	const struct view *view;
	const struct rmk_doc *doc;
	const struct rmk_schema *schema;
	bool markdown; // cells as they are written
};

static void
show_make_row(void *ctx, struct rmk_arena *a, size_t row, struct grid_cell *cells)
{
	const struct shown *s = ctx;
	const struct view *v = s->view;
	const struct rmk_table *t = &s->doc->tables[v->from.table];

	for (size_t i = 0; i < v->ncols; i++) {
		const struct rmk_field *field = &s->schema->fields[v->cols[i]];
		struct rmk_str raw = rmk_doc_cell(
		    s->doc, &t->rows[v->rows[row]], v->cols[i]);

		struct rmk_str seen = rmk_references_inline(a, s->doc, raw);

		cells[i] = grid_text(
		    s->markdown ? rmk_cell_content(a, raw) : rmk_value_text(a, seen),
		    STYLE_PLAIN);
		cells[i].raw = raw.n ? raw : RMK_STR("");
		cells[i].url = rmk_cell_url(a, seen);
		if (field->type == RMK_STATUS)
			cells[i].style = out_progress_style(
			    rmk_field_progress(a, field, raw));
	}
}

// So many cells are made once; more are made as they are printed, and forgotten.
#define KEPT_CELLS 4096

static struct grid
grid_of(struct rmk_arena *a, const struct view *v, bool markdown)
{
	const struct rmk_doc *doc = v->from.file->doc;
	const struct rmk_table *t = &doc->tables[v->from.table];
	const struct rmk_schema *schema = file_schema(a, v->from.file, v->from.table);
	struct grid g = grid_new(a, "rows", NULL, v->ncols);
	struct shown *shown = RMK_NEW(a, struct shown);

	*shown = (struct shown){v, doc, schema, markdown};
	for (size_t i = 0; i < v->ncols; i++) {
		g.labels[i] = rmk_value_text(
		    a, rmk_doc_cell(doc, &t->header, v->cols[i]));
		g.aligns[i] = t->aligns[v->cols[i]];
	}
	if (v->nrows * v->ncols <= KEPT_CELLS) {
		for (size_t r = 0; r < v->nrows; r++)
			show_make_row(shown, a, r, grid_row(&g));
	} else {
		g.nrows = v->nrows;
		g.make = show_make_row;
		g.ctx = shown;
	}
	for (size_t i = 0; i < v->ncols; i++)
		g.urls[i] = !markdown && rmk_column_is_urls(a, doc, v->from.table, schema,
					     v->cols[i], v->rows, v->nrows);
	return g;
}

// --- a row as a card ------------------------------------------------------------

// Words filled to the terminal; the first line starts where the label ended.
static void
print_wrapped(enum style style, struct rmk_str text, size_t indent)
{
	size_t room = out_width() > indent + 20 ? out_width() - indent : 0, at = 0;
	struct rmk_str word;

	while (rmk_str_split(&text, ' ', &word)) {
		size_t w = rmk_utf8_width(word);

		if (at > 0 && room && at + 1 + w > room) {
			out_fill('\n', 1);
			out_fill(' ', indent);
			at = 0;
		} else if (at > 0) {
			out_fill(' ', 1);
			at++;
		}
		out_shown(style, word);
		at += w;
	}
	out_fill('\n', 1);
}

static void
print_links(struct rmk_arena *a, struct rmk_str raw, size_t indent)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(a, raw, &links);

	for (size_t i = 0; i < n; i++) {
		if (links[i].url.n == 0 || links[i].bare || links[i].reference)
			continue;
		out_fill(' ', indent);
		out_shown(STYLE_CYAN, links[i].url);
		out_fill('\n', 1);
	}
}

static void
print_card(struct rmk_arena *a, const struct view *v, const struct grid *g)
{
	const struct rmk_doc *doc = v->from.file->doc;
	const struct rmk_schema *schema = file_schema(a, v->from.file, v->from.table);
	struct rmk_arena scratch = {0};
	const struct grid_cell *cells = grid_cells(g, &scratch, 0);
	size_t widest = 0;

	out_shown(STYLE_DIM, picked_address(a, &v->from));
	out_printf("  LINE:%u\n", doc->tables[v->from.table].rows[v->rows[0]].line);
	for (size_t i = 0; i < g->ncols; i++) {
		size_t w = rmk_utf8_width(g->labels[i]);

		widest = w > widest ? w : widest;
	}
	for (size_t i = 0; i < g->ncols; i++) {
		out_str(RMK_STR("  "));
		out_fit(STYLE_BOLD, g->labels[i], widest, false);
		out_str(cells[i].text.n ? RMK_STR("  ") : RMK_STR(""));
		if (g->urls[i] && cells[i].url.n &&
		    v->cols[i] != schema->key) { // which names the row
			out_shown(STYLE_CYAN, cells[i].url);
			out_fill('\n', 1);
			continue;
		}
		print_wrapped(cells[i].style, cells[i].text, widest + 4);
		print_links(a, rmk_references_inline(a, doc, cells[i].raw), widest + 4);
	}
	rmk_arena_free(&scratch);
}

// --- printing -------------------------------------------------------------------

// The table's own facts around its rows; "lines" is where each row is.
static void
show_print_json(struct call *c, const struct view *v, const struct grid *g)
{
	const struct rmk_doc *doc = v->from.file->doc;
	const struct rmk_schema *schema = file_schema(
	    c->arena, v->from.file, v->from.table);
	struct rmk_buf b = {.arena = c->arena, .sink = out_sink};
	struct rmk_json j = {.out = &b};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_text(&j, "address", picked_address(c->arena, &v->from));
	rmk_json_text(&j, "key", schema->fields[schema->key].label);
	rmk_json_array(&j, "status");
	for (size_t i = 0; i < schema->nstatus; i++)
		rmk_json_text(&j, NULL, schema->fields[schema->status[i]].label);
	rmk_json_end(&j);
	rmk_json_array(&j, "columns");
	for (size_t i = 0; i < g->ncols; i++)
		rmk_json_text(&j, NULL, g->labels[i]);
	rmk_json_end(&j);
	rmk_json_array(&j, "lines");
	for (size_t i = 0; i < v->nrows; i++)
		rmk_json_number(
		    &j, NULL, doc->tables[v->from.table].rows[v->rows[i]].line);
	rmk_json_end(&j);
	grid_json(&j, g);
	rmk_json_end(&j);
	rmk_buf_addc(&b, '\n');
	rmk_buf_flush(&b);
}

static void
print_view(struct call *c, const struct view *v, bool card)
{
	struct grid g = grid_of(c->arena, v, opt_on(c, "markdown"));

	if (opt_format_is(c, "json"))
		show_print_json(c, v, &g);
	else if (card && opt_format_is(c, "text"))
		print_card(c->arena, v, &g);
	else
		grid_print(&g, opt_format(c));
}

static enum rmk_code
show_row(struct call *c, const struct picked *tables, size_t n, const char *row,
    struct rmk_err *err)
{
	struct picked p;
	struct view v;
	size_t index;

	if (open_row(c, tables, n, rmk_str_of(row), &p, &index, err) ||
	    view_make(c, &p, &v, err))
		return err->code;
	v.rows[0] = index;
	v.nrows = 1;
	print_view(c, &v, true);
	return RMK_OK;
}

// Tables in which nothing fits are left out where rows are chosen.
static bool
selects_rows(const struct call *c)
{
	return opt_on(c, "where") || opt_on(c, "open") || opt_on(c, "status");
}

// Several tables stand below each other as text, those that have the columns asked for;
// every other format is one table's.
static enum rmk_code
show_tables(struct call *c, const struct picked *tables, size_t n, struct rmk_err *err)
{
	size_t shown = 0, able = 0;

	for (size_t i = 0; i < n; i++) {
		struct view v;
		enum rmk_code code = view_make(c, &tables[i], &v, err);

		if (code == RMK_NOT_FOUND && n > 1)
			continue;
		if (code)
			return code;
		able++;
		if (n > 1 && v.nrows == 0 && selects_rows(c))
			continue;
		if (n > 1) {
			out_fill('\n', shown > 0 ? 1 : 0);
			out_shown(STYLE_DIM, picked_address(c->arena, &tables[i]));
			out_fill('\n', 1);
		}
		print_view(c, &v, false);
		shown++;
	}
	if (able && !shown && !c->quiet)
		out_warn("note: no such row in %zu table%s", able, able == 1 ? "" : "s");
	return able ? RMK_OK : err->code;
}

static enum exit_status
show_run(struct call *c)
{
	struct picked *tables, one;
	struct operands o;
	struct rmk_err err;
	enum rmk_code code;
	size_t n;

	if (operands_row_file(c, &o, &err))
		return complain(&err);
	if (o.nrows == 0 && !opt_format_is(c, "text")) {
		code = operands_tables(c, &o, &tables, &n, &err);
		if (!code)
			code = open_only(c, tables, n, &one, &err);
		if (!code)
			code = show_tables(c, &one, 1, &err);
	} else {
		code = operands_tables(c, &o, &tables, &n, &err);
		if (!code)
			code = o.nrows ? show_row(c, tables, n, o.rows[0], &err)
			               : show_tables(c, tables, n, &err);
		if (code)
			operands_explain(c, &o, &err);
	}
	return code ? complain(&err) : FINE;
}

const struct cmd cmd_show = {
    .name = "show",
    .args = "[FILE[#TABLE]] [ROW]",
    .line = "Print a table, or one row as a card",
    .about =
	"Prints a table as a reader sees it: links by their label, no emphasis marks. "
	"On\n"
	"a terminal long cells are cut, and columns that do not fit are left out, which\n"
	"is said; with ROW, that row is shown in full.\n"
	"\n"
	"The formats md, csv, tsv, json, jsonl and html hold every cell in full, as a\n"
	"reader sees it; md keeps the cells as they are written, and so does --markdown "
	"in\n"
	"all of them ('import --markdown' takes them back). Where all links of a column "
	"are\n"
	"called the same, csv, tsv, json and jsonl hold their addresses.\n"
	"\n"
	"FILE may be - for standard input, :PATH for the index, REV:PATH for a file in "
	"a\n"
	"commit. --where may be given more than once: all of them must hold. Values are\n"
	"compared without regard to case, spacing and emphasis; ~PART is looked for in\n"
	"links too where no text of the column has it; '=VALUE' is of the column "
	"without\n"
	"a name. --sort orders statuses\n"
	"from to do to done, numbers by value, and anything else as text.\n"
	"Of several tables those are shown that have the columns. --open leaves the "
	"rows\n"
	"that are neither done nor closed, --status those of a class; where a table has\n"
	"several status columns, -c COLUMN says which is meant.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .pages = true,
    .run = show_run,
};
