// Setting cells: see set_cells.h.
//
// A row is looked for first in the tables that have the column to write: elsewhere the
// assignment could not be meant. Only when it is in none of those is the reason worth saying.
#include "set_cells.h"
#include "base/map.h"
#include "faster.h"
#include "finish_as.h"
#include "opt.h"
#include "out.h"
#include "schema/describe.h"
#include "set_pairs.h"
#include "taken_names.h"

static enum rmk_code
set_cells_no_status(struct call *c, const struct picked *p, struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	const struct rmk_str *labels = picked_column_names(c->arena, schema);
	struct rmk_buf names = {.arena = c->arena};
	struct rmk_str address = picked_address(c->arena, p);
	struct rmk_str draft = rmk_describe_draft(
	    c->arena, p->file->doc, p->table, schema);

	for (size_t i = 0; i < (schema->nstatus ? schema->nstatus : schema->ncols); i++) {
		size_t col = schema->nstatus ? schema->status[i] : i;

		rmk_buf_printf(&names, "%s'%.*s'", i ? ", " : "", RMK_FMT(labels[col]));
	}
	if (schema->nstatus)
		rmk_fail(err, RMK_AMBIGUOUS, "%.*s: has %zu status columns",
		    RMK_FMT(address), schema->nstatus);
	else
		rmk_fail(
		    err, RMK_NOT_FOUND, "%.*s: has no status column", RMK_FMT(address));
	if (draft.n)
		rmk_buf_printf(&names,
		    "; or declare one in the line above the table: %.*s", RMK_FMT(draft));
	picked_columns_meant(c, p, RMK_STR(""), err);
	return rmk_hint(
	    err, "say which with -c COLUMN: %.*s", RMK_FMT(rmk_buf_str(&names)));
}

static enum rmk_code
set_cells_find_column(struct call *c, const struct picked *p, struct rmk_str column,
    size_t *out, struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);

	if (column.s)
		return picked_column(c, p, column, out, err);
	if (schema->nstatus != 1)
		return set_cells_no_status(c, p, err);
	*out = schema->status[0];
	return RMK_OK;
}

// Tables that the assignment may mean: those with the column, of the table it names.
static size_t
able_tables(struct call *c, const struct picked *all, size_t n, struct rmk_str column,
    struct picked **out)
{
	struct picked *able = RMK_NEW_N(c->arena, struct picked, n + 1);
	struct rmk_err err;
	size_t nable = 0, col;

	for (size_t i = 0; i < n; i++) {
		if (set_cells_find_column(c, &all[i], column, &col, &err) == RMK_OK)
			able[nable++] = all[i];
	}
	*out = able;
	return nable;
}

// Whether one row alone is called so, which then lacks the column; of several none was meant.
static bool
fits_one(struct call *c, const struct picked *all, size_t n, const struct assignment *w)
{
	size_t found = 0;

	for (size_t i = 0; i < n && w->column.s; i++)
		found += rmk_address_rows(c->arena, all[i].file->doc, all[i].table,
		    file_schema(c->arena, all[i].file, all[i].table), w->row)
		             .n;
	return !w->column.s || found == 1;
}

static enum rmk_code
find_target(struct call *c, const struct picked *all, size_t n,
    const struct assignment *w, struct target *out, struct rmk_err *err)
{
	struct picked *able;
	size_t nable = able_tables(c, all, n, w->column, &able);
	enum rmk_code code = RMK_NOT_FOUND;

	if (nable)
		code = open_row(c, able, nable, w->row, &out->table, &out->row, err);
	if (code == RMK_NOT_FOUND &&
	    (nable == 0 || (nable < n && fits_one(c, all, n, w))))
		code = open_row(c, all, n, w->row, &out->table, &out->row, err);
	if (code)
		return code;
	if (w->line == 0 && !w->again)
		open_row_note_guess(c, w->row, &out->table, out->row, false);
	return set_cells_find_column(c, &out->table, w->column, &out->col, err);
}

static enum rmk_code
find_chosen(
    struct call *c, const struct assignment *w, struct target *out, struct rmk_err *err)
{
	out->table = w->chosen->table;
	out->row = w->chosen->row;
	return set_cells_find_column(c, &out->table, w->column, &out->col, err);
}

static enum rmk_code
check_expected(struct call *c, const struct assignment *w, const struct write *change,
    struct rmk_err *err)
{
	struct rmk_str old = change->change.old;

	if (!w->expect.s ||
	    rmk_str_eq(rmk_value_key(c->arena, old), rmk_value_key(c->arena, w->expect)))
		return RMK_OK;
	rmk_fail(err, RMK_FASTER, "%.*s:%u: '%.*s' of '%.*s' is '%.*s', not '%.*s'",
	    RMK_FMT(change->file->path), change->line,
	    RMK_FMT(change->change.label_shown), RMK_FMT(change->change.row.shown),
	    RMK_FMT(rmk_value_text(c->arena, old)), RMK_FMT(w->expect));
	return faster(
	    c, change->file, err, "expect what it holds, or leave --expect away");
}

// The name of a cell in a map.
static struct rmk_str
cell_id(struct rmk_arena *a, const struct write *w)
{
	const size_t id[] = {(size_t)w->file, w->table, w->row, w->col};

	return rmk_str_copy(a, (struct rmk_str){(const char *)id, sizeof id});
}

static enum rmk_code
check_once(struct rmk_map *cells, const struct assignment *assignments,
    const struct write *writes, size_t n, struct rmk_err *err)
{
	size_t *first = rmk_map_put(cells, cell_id(cells->arena, &writes[n]));

	if (*first != RMK_NONE && assignments[n].line == 0)
		return rmk_fail(err, RMK_INVALID, "'%.*s' is named twice",
		    RMK_FMT(writes[n].change.row.shown));
	if (*first != RMK_NONE)
		return rmk_fail(err, RMK_INVALID,
		    "'%.*s' of '%.*s' is set twice, on lines %zu and %zu",
		    RMK_FMT(writes[n].change.label_shown),
		    RMK_FMT(writes[n].change.row.shown), assignments[*first].line,
		    assignments[n].line);
	*first = n;
	return RMK_OK;
}

// The tables among those read that a batch's line names, as FILE#TABLE, FILE or #TABLE.
static enum rmk_code
named_tables(struct call *c, const struct picked *all, size_t n, struct rmk_str name,
    struct picked **out, size_t *nout, struct rmk_err *err)
{
	struct rmk_address address = rmk_address_parse(name);
	struct picked *v = RMK_NEW_N(c->arena, struct picked, n + 1);
	struct rmk_err unused;
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		size_t table = all[i].table;

		if (address.file.n && !rmk_str_eq(address.file, all[i].file->path))
			continue;
		if (address.table.n && (rmk_address_table(c->arena, all[i].file->doc,
					    address.table, &table, &unused) ||
					   table != all[i].table))
			continue;
		v[count++] = all[i];
	}
	if (count == 0) {
		rmk_fail(err, RMK_NOT_FOUND, "no table '%.*s' among the %zu read",
		    RMK_FMT(name), n);
		return rmk_hint(err, "'rowmark ls' lists the tables");
	}
	*out = v;
	*nout = count;
	return RMK_OK;
}

static enum rmk_code
grant(struct call *c, const struct picked *all, size_t n, const struct assignment *w,
    struct write *out, struct rmk_err *err)
{
	const struct picked *tables = all;
	struct picked *named = NULL;
	struct target t;
	struct rmk_str value;

	if (w->table.s) {
		if (named_tables(c, all, n, w->table, &named, &n, err))
			return err->code;
		tables = named;
	}
	if ((w->chosen ? find_chosen(c, w, &t, err)
		       : find_target(c, tables, n, w, &t, err)) ||
	    cell_value(c, w, &t, &value, err))
		return err->code;
	*out = write_cell(c->arena, &t.table, t.row, t.col, value);
	return check_expected(c, w, out, err);
}

static enum exit_status
complain_of(const struct assignment *w, struct rmk_err *err)
{
	struct rmk_err told = *err;

	if (w->line == 0)
		return complain(err);
	rmk_fail(&told, err->code, "line %zu: %s", w->line, err->msg);
	rmk_hint(&told, "%s", err->hint);
	return complain(&told);
}

// All of them, found in these tables.
static enum exit_status
set_in_tables(struct call *c, const struct picked *all, size_t nall,
    const struct operands *o, const struct assignment *assignments, size_t n)
{
	struct write *writes = RMK_NEW_N(c->arena, struct write, n + 1);
	struct rmk_map cells = {.arena = c->arena}; // to the assignment that sets it
	struct rmk_err err;

	for (size_t i = 0; i < n; i++) {
		if (grant(c, all, nall, &assignments[i], &writes[i], &err) ||
		    check_once(&cells, assignments, writes, i, &err)) {
			if (o)
				operands_explain(c, o, &err);
			return complain_of(&assignments[i], &err);
		}
	}
	if (finish_as(c, &writes, &n, &err) ||
	    taken_names_check(c->arena, writes, n, &err))
		return complain(&err);
	writes = writes_with_dates(c, writes, n, &n);
	write_name_cells(c->arena, writes, n);
	return write_changes(c, writes, n);
}

enum exit_status
set_cells(struct call *c, char *const *words, size_t nwords,
    const struct assignment *assignments, size_t n)
{
	struct rmk_str *rows = RMK_NEW_N(c->arena, struct rmk_str, n + 1);
	struct picked *all;
	struct rmk_err err;
	size_t nall;

	bool named = false; // tables, by lines of a batch

	for (size_t i = 0; i < n; i++) {
		rows[i] = assignments[i].row;
		named |= assignments[i].table.s != NULL;
	}
	if (write_no_stdin(c, words, nwords, &err) ||
	    open_tables_of(c, words, nwords, named ? NULL : rows, n, &all, &nall, &err))
		return complain(&err);
	return set_in_tables(c, all, nall, NULL, assignments, n);
}

// Each row in each column of -c, or with each COLUMN=VALUE.
static struct assignment *
set_rows_expand(struct call *c, const struct operands *o, struct assignment all,
    const struct picked_row *chosen, const struct set_pair *pairs, size_t npairs,
    size_t *n)
{
	size_t ncols, nrows = *n;
	const struct rmk_str *cols = opt_texts(c, "column", &ncols);
	size_t times = ncols ? ncols : npairs;
	struct assignment *v = RMK_NEW_N(c->arena, struct assignment, nrows * times + 1);

	for (size_t i = 0; i < nrows * times; i++) {
		v[i] = all;
		v[i].row = rmk_str_of(chosen ? "" : o->rows[i / times]);
		v[i].again = i % times > 0;
		v[i].chosen = chosen ? &chosen[i / times] : NULL;
		v[i].column = ncols ? cols[i % times] : pairs[i % times].column;
		if (!ncols)
			v[i].value = pairs[i % times].value;
	}
	*n = nrows * times;
	return v;
}

enum exit_status
set_rows(struct call *c, struct operands *o, struct assignment all)
{
	struct assignment *v;
	struct picked_row *chosen = NULL;
	struct set_pair *pairs;
	struct picked *tables;
	struct rmk_err err;
	size_t ntables, n, npairs;

	if (write_no_stdin(c, o->files, o->nfiles, &err) ||
	    operands_tables(c, o, &tables, &ntables, &err))
		return complain(&err);
	npairs = set_pairs_take(c, o, tables, ntables, &pairs);
	n = o->nrows;
	if (n == 0 && where_select(c, tables, ntables, &chosen, &n, &err))
		return complain(&err);
	v = set_rows_expand(c, o, all, chosen, pairs, npairs, &n);
	return set_in_tables(c, tables, ntables, o, v, n);
}

enum exit_status
set_progress(struct call *c, enum rmk_progress progress)
{
	struct assignment w = {.progress = progress};
	struct operands o;
	struct rmk_err err;

	if (operands_read(c, 0, &o, &err))
		return complain(&err);
	return set_rows(c, &o, w);
}
