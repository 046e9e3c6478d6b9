// rowmark ls: one line a table.
//
// One arena a file: nothing of one file is needed for the next but its lines here.
#include "grid.h"
#include "open_table.h"
#include "opt.h"

#include <string.h>

static const struct opt opts[] = {
    OPT_FORMAT("text json"),
    OPT_LIMIT,
    OPT_NUL,
    OPT_END,
};

static const struct example examples[] = {
    {"All tables of the repository", "rowmark ls"},
    {"What was inferred, and from what", "rowmark ls -v README.md"},
    {"Their addresses alone", "rowmark ls -q"},
    {NULL, NULL},
};

// What is known of a table, copied into the call's arena.
struct listed {
	struct rmk_str address, file, key, status, why;
	struct rmk_str *columns, *statuses; // [ncols], [nstatus]
	struct rmk_str *values; // [nvalues] of the status columns, in their order
	size_t ncols, nstatus, nvalues, values_cap;
	uint32_t line, nrows;
	size_t done, total;
	bool declared;
	const char *read_only; // text of the library: it outlives the file
};

struct list {
	struct listed *v;
	size_t n, cap;
};

static struct rmk_str
ls_joined(struct rmk_arena *a, const struct rmk_str *texts, size_t n)
{
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&b, "%s%.*s", i ? ", " : "", RMK_FMT(texts[i]));
	return rmk_buf_str(&b);
}

static void
count_progress(struct rmk_arena *a, const struct picked *p, struct listed *l)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	const struct rmk_schema *schema = file_schema(a, p->file, p->table);

	for (size_t r = 0; r < t->nrows; r++) {
		for (size_t i = 0; i < schema->nstatus; i++) {
			size_t col = schema->status[i];
			enum rmk_progress progress = rmk_field_progress(
			    a, &schema->fields[col], rmk_doc_cell(doc, &t->rows[r], col));

			l->done += progress == RMK_DONE;
			l->total += progress != RMK_CLOSED;
		}
	}
}

// Several columns, of a matrix, have the same values: each is listed once.
static void
ls_values(struct call *c, const struct rmk_schema *schema, struct listed *l)
{
	struct rmk_map seen = {.arena = c->arena};

	for (size_t i = 0; i < schema->nstatus; i++) {
		const struct rmk_field *f = &schema->fields[schema->status[i]];

		for (size_t t = 0; t < f->nterms; t++) {
			size_t *slot = rmk_map_put(
			    &seen, rmk_str_copy(c->arena, f->terms[t].key));

			if (*slot != RMK_NONE)
				continue;
			*slot = t;
			*RMK_PUSH(c->arena, l->values, l->nvalues,
			    l->values_cap) = rmk_str_copy(c->arena, f->terms[t].text);
		}
	}
}

static struct rmk_str
ls_reason(struct rmk_arena *a, const struct rmk_schema *schema)
{
	if (schema->nstatus == 0)
		return RMK_STR("");
	const struct rmk_field *field = &schema->fields[schema->status[0]];

	if (field->declared)
		return RMK_STR("declared");
	return rmk_str_copy(a, rmk_str_of(field->why));
}

static void
list_table(struct call *c, struct rmk_arena *a, const struct picked *p, struct list *list)
{
	const struct rmk_table *t = &p->file->doc->tables[p->table];
	const struct rmk_schema *schema = file_schema(a, p->file, p->table);
	struct listed *l = RMK_PUSH(c->arena, list->v, list->n, list->cap);

	*l = (struct listed){
	    .address = rmk_str_copy(c->arena, picked_address(a, p)),
	    .file = rmk_str_copy(c->arena, p->file->path),
	    .key = rmk_str_copy(c->arena, schema->fields[schema->key].label),
	    .why = ls_reason(c->arena, schema),
	    .columns = RMK_NEW_N(c->arena, struct rmk_str, t->ncols + 1),
	    .statuses = RMK_NEW_N(c->arena, struct rmk_str, schema->nstatus + 1),
	    .ncols = t->ncols,
	    .nstatus = schema->nstatus,
	    .line = t->header.line,
	    .nrows = t->nrows,
	    .declared = schema->declared,
	    .read_only = t->read_only,
	};
	for (size_t i = 0; i < t->ncols; i++)
		l->columns[i] = rmk_str_copy(c->arena, schema->fields[i].label);
	for (size_t i = 0; i < schema->nstatus; i++)
		l->statuses[i] = l->columns[schema->status[i]];
	l->status = ls_joined(c->arena, l->statuses, l->nstatus);
	ls_values(c, schema, l);
	count_progress(a, p, l);
	file_say_left_out(c, a, p);
}

static enum rmk_code
list_file(struct call *c, const struct wanted *w, struct list *list, struct rmk_err *err)
{
	struct rmk_arena arena = {.oom = c->arena->oom};
	struct file *file;
	size_t table;
	enum rmk_code code = open_file(c, &arena, w, 0, &file, &table, err);

	for (size_t i = 0; !code && i < file->doc->ntables; i++) {
		struct picked p = {file, i};

		if (table == i || (table == RMK_NONE && w->table.n == 0))
			list_table(c, &arena, &p, list);
	}
	rmk_arena_free(&arena);
	return code;
}

// --- printing -------------------------------------------------------------------

static void
ls_print_text(struct call *c, const struct list *list)
{
	const char *const labels[] = {
	    "TABLE", "ROWS", "COLUMNS", "KEY", "STATUS", "DONE", "INFERRED FROM"};
	struct grid g = grid_new(c->arena, "tables", labels, c->verbose ? 7 : 6);

	g.aligns[1] = g.aligns[2] = RMK_ALIGN_RIGHT;
	for (size_t i = 0; i < list->n; i++) {
		const struct listed *l = &list->v[i];
		struct grid_cell *cells = grid_row(&g);
		bool finished = l->total && l->done == l->total;

		cells[0] = grid_text(l->address, STYLE_PLAIN);
		cells[1] = grid_number(c->arena, l->nrows, STYLE_PLAIN);
		cells[2] = grid_number(c->arena, (long long)l->ncols, STYLE_PLAIN);
		cells[3] = grid_text(l->key, STYLE_PLAIN);
		cells[4] = grid_text(l->status, STYLE_PLAIN);
		if (l->total)
			cells[5] = grid_text(
			    rmk_str_printf(c->arena, "%zu of %zu", l->done, l->total),
			    finished ? STYLE_GREEN : STYLE_PLAIN);
		if (c->verbose)
			cells[6] = grid_text(l->why, STYLE_DIM);
	}
	grid_print(&g, "text");
}

static void
json_texts(struct rmk_json *j, const char *name, const struct rmk_str *texts, size_t n)
{
	rmk_json_array(j, name);
	for (size_t i = 0; i < n; i++)
		rmk_json_text(j, NULL, texts[i]);
	rmk_json_end(j);
}

static void
json_table(struct rmk_json *j, const struct listed *l)
{
	rmk_json_object(j, NULL);
	rmk_json_text(j, "address", l->address);
	rmk_json_text(j, "file", l->file);
	rmk_json_number(j, "line", l->line);
	rmk_json_number(j, "rows", l->nrows);
	json_texts(j, "columns", l->columns, l->ncols);
	rmk_json_text(j, "key", l->key);
	json_texts(j, "status", l->statuses, l->nstatus);
	json_texts(j, "values", l->values, l->nvalues);
	rmk_json_number(j, "done", (long long)l->done);
	rmk_json_number(j, "total", (long long)l->total);
	rmk_json_bool(j, "declared", l->declared);
	rmk_json_cstr(j, "read_only", l->read_only);
	rmk_json_end(j);
}

static void
ls_print_json(struct call *c, const struct list *list)
{
	struct rmk_buf b = {.arena = c->arena};
	struct rmk_json j = {.out = &b};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_array(&j, "tables");
	for (size_t i = 0; i < list->n; i++)
		json_table(&j, &list->v[i]);
	rmk_json_end(&j);
	rmk_json_end(&j);
	out_str(rmk_buf_str(&b));
	out_fill('\n', 1);
}

static void
print_addresses(const struct list *list, char end)
{
	for (size_t i = 0; i < list->n; i++) {
		if (end && out_is_terminal())
			out_shown(STYLE_PLAIN, list->v[i].address);
		else
			out_str(list->v[i].address);
		out_fill(end, 1);
	}
}

static enum exit_status
ls_run(struct call *c)
{
	enum exit_status status = FINE;
	struct list list = {0};
	struct wanted *wanted;
	struct rmk_err err;
	uint32_t most;
	size_t n;

	if (opt_number(c, "limit", UINT32_MAX, &most, &err) ||
	    open_wanted(c, c->args, c->nargs, &wanted, &n, &err))
		return complain(&err);
	for (size_t i = 0; i < n && list.n < most; i++) {
		if (list_file(c, &wanted[i], &list, &err))
			status = complain(&err);
	}
	list.n = list.n < most ? list.n : most;
	// "#TABLE" that no file has; of a file that was named it has been said.
	if (!list.n && !status && n && wanted[0].table.n) {
		open_no_table(wanted, n, &err);
		return complain(&err);
	}
	if (opt_format_is(c, "json"))
		ls_print_json(c, &list);
	else if (opt_on(c, "null"))
		print_addresses(&list, '\0');
	else if (c->quiet)
		print_addresses(&list, '\n');
	else if (list.n)
		ls_print_text(c, &list);
	else if (status == FINE)
		out_warn("no table: %zu Markdown %s read", n,
		    n == 1 ? "file was" : "files were");
	return status;
}

const struct cmd cmd_ls = {
    .name = "ls",
    .args = "[FILE[#TABLE]...]",
    .line = "List the tables",
    .about =
	"Prints a line a table: its address, how many rows and columns it has, the\n"
	"column that names its rows, the columns that tell their status, and how many\n"
	"rows are done. With -v also what the status column was inferred from, and\n"
	"which columns hold words of progress but are left out, and why.\n"
	"\n"
	"Without a FILE, lists the tables of all Markdown files of the repository:\n"
	"tracked, and untracked but not ignored, or those that .rowmark.ini includes.\n"
	"Outside a repository, those below the current folder.\n"
	"\n"
	"With -q prints addresses alone, one a line, and with -z each with a NUL behind\n"
	"it.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .pages = true,
    .run = ls_run,
};
