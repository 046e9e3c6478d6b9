// rowmark import: rows from CSV, TSV or JSON lines.
#include "edit/import.h"
#include "import_read.h"
#include "operands.h"
#include "opt.h"
#include "out.h"
#include "row_name.h"
#include "set_cells.h"
#include "write.h"
#include "write_report.h"

#include <string.h>

static const struct opt opts[] = {
    {0, "map", "NAME=COLUMN", "NAME there is COLUMN here; 'NAME=' leaves it out",
	SEVERAL},
    {0, "format", "FORMAT", "what the file is, whatever it is called", IMPORT_FORMATS},
    {0, "encoding", "NAME", "how it is encoded (default: UTF-8, or what a BOM says)",
	NULL},
    {0, "markdown", NULL, "its texts are Markdown", NULL},
    {0, "new", NULL, "write statuses as they are, even if they are new", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Rows from another program, first to see",
	"printf 'Paper,Read or Not\\nLIMA,Reading\\nGopher,Not read\\n' | "
	"rowmark import - --format csv -n"},
    {"What was exported changes nothing",
	"rowmark show --format csv | rowmark import - --format csv"},
    {NULL, NULL},
};

struct import_words {
	const char *records; // a file, or "-"
	char *table;         // NULL: the one with these columns
};

static enum rmk_code
import_words(struct call *c, struct import_words *w, struct rmk_err *err)
{
	bool known = import_is_file(c->args[0]) || opt_text(c, "format");

	w->records = c->args[0];
	if (c->nargs == 2 && !import_is_file(c->args[0]) && import_is_file(c->args[1])) {
		w->records = c->args[1];
		w->table = c->args[0];
		return RMK_OK;
	}
	if (c->nargs == 2)
		w->table = c->args[1];
	if (known)
		return RMK_OK;
	rmk_fail(err, RMK_INVALID, "%s: its name does not say what it holds", w->records);
	return rmk_hint(err, "say --format csv, tsv or jsonl");
}

// --- which table ------------------------------------------------------------------------

static enum rmk_code
import_columns(struct call *c, const struct picked *p, const struct rmk_records *records,
    size_t **out, struct rmk_err *err)
{
	size_t n;
	const struct rmk_str *maps = opt_texts(c, "map", &n);
	enum rmk_code code;
	struct rmk_err why;

	code = rmk_import_columns(c->arena, file_schema(c->arena, p->file, p->table),
	    records, maps, n, out, &why);
	if (!code)
		return RMK_OK;
	rmk_fail(err, code, "%.*s: %s", RMK_FMT(picked_address(c->arena, p)), why.msg);
	return rmk_hint(err, "%s", why.hint);
}

// Where there is no table yet, the command that makes one of the records' columns.
static enum rmk_code
import_hint_new(struct call *c, const struct import_words *w,
    const struct rmk_records *records, struct rmk_err *err)
{
	struct rmk_buf b = {.arena = c->arena};

	if (err->code != RMK_NOT_FOUND || (w->table && strchr(w->table, '#')))
		return err->code;
	for (size_t i = 0; i < records->ncols; i++)
		rmk_buf_printf(&b, " '%.*s'", RMK_FMT(records->labels[i]));
	return rmk_hint(err, "rowmark new %s%.*s makes a table for it",
	    w->table ? w->table : "README.md", RMK_FMT(rmk_buf_str(&b)));
}

// The one that is named; else the only one with these columns.
static enum rmk_code
import_table(struct call *c, const struct import_words *w,
    const struct rmk_records *records, struct picked *out, size_t **cols,
    struct rmk_err *err)
{
	char *table = w->table;
	struct picked *all, *fitting;
	struct rmk_err unused;
	size_t n, fit = 0;

	if (write_no_stdin(c, &table, table != NULL, err) ||
	    open_tables(c, &table, table != NULL, &all, &n, err))
		return import_hint_new(c, w, records, err);
	fitting = RMK_NEW_N(c->arena, struct picked, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (import_columns(c, &all[i], records, cols, &unused) == RMK_OK)
			fitting[fit++] = all[i];
	}
	if (open_only(c, fit ? fitting : all, fit ? fit : n, out, err))
		return err->code;
	return import_columns(c, out, records, cols, err);
}

// --- what changes -----------------------------------------------------------------------

static void
import_say_links(
    const struct call *c, const struct picked *p, const struct rmk_import *plan)
{
	const struct rmk_doc *doc = p->file->doc;

	for (size_t i = 0; i < plan->ncells && !c->quiet; i++) {
		const struct rmk_import_cell *cell = &plan->cells[i];
		const struct rmk_row *row = &doc->tables[p->table].rows[cell->row];

		if (cell->had_link)
			out_warn("note: %.*s:%u: a link goes with the old value: %.*s",
			    RMK_FMT(p->file->path), row->line,
			    RMK_FMT(rmk_doc_cell(doc, row, cell->col)));
	}
}

#define SAID_NAMES 5

static void
import_say_names(struct call *c, const struct picked *p, const struct rmk_import *plan)
{
	for (size_t i = 0; i < plan->nnames && i < SAID_NAMES && !c->quiet; i++)
		out_warn("note: '%.*s' is taken for the row '%.*s', which keeps its name",
		    RMK_FMT(plan->names[i].value),
		    RMK_FMT(picked_row_name(c->arena, p, plan->names[i].row)));
	if (plan->nnames > SAID_NAMES && !c->quiet)
		out_warn("note: and %zu more", plan->nnames - SAID_NAMES);
}

// Records of few rows are meant to be few.
static void
import_say_rows(
    const struct call *c, const struct picked *p, const struct rmk_import *plan)
{
	if (c->quiet)
		return;
	if (plan->nalike)
		out_warn("note: %zu record%s may be another row of the same name; 'git "
			 "show', or -n before, shows which %s taken",
		    plan->nalike, plan->nalike == 1 ? "" : "s",
		    plan->nalike == 1 ? "was" : "were");
	if (plan->nleft * 2 < p->file->doc->tables[p->table].nrows && plan->nleft)
		out_warn("note: %zu row%s of %.*s %s not among the records, and stay%s",
		    plan->nleft, plan->nleft == 1 ? "" : "s",
		    RMK_FMT(picked_address(c->arena, p)), plan->nleft == 1 ? "is" : "are",
		    plan->nleft == 1 ? "s" : "");
}

static bool
is_of_records(const struct rmk_records *records, const size_t *cols, size_t col)
{
	for (size_t i = 0; i < records->ncols; i++) {
		if (cols[i] == col)
			return true;
	}
	return false;
}

// With the dates that come with statuses; of a column that the records have they say the date, or
// that there is none: the same records again change nothing.
static struct write *
import_with_dates(struct call *c, const struct rmk_records *records, const size_t *cols,
    const struct write *writes, size_t n, size_t *nout)
{
	struct write *v = writes_with_dates(c, writes, n, nout);
	size_t kept = 0;

	for (size_t i = 0; i < *nout; i++) {
		if (!v[i].besides || !is_of_records(records, cols, v[i].col))
			v[kept++] = v[i];
	}
	*nout = kept;
	return v;
}

static void
import_row_dates(struct call *c, const struct rmk_schema *schema,
    const struct rmk_records *records, const size_t *cols, struct rmk_str *values)
{
	struct rmk_str *dated = RMK_NEW_N(c->arena, struct rmk_str, schema->ncols);

	memcpy(dated, values, schema->ncols * sizeof *dated);
	new_row_dates(c, schema, dated);
	for (size_t col = 0; col < schema->ncols; col++) {
		if (!is_of_records(records, cols, col))
			values[col] = dated[col];
	}
}

static struct write
import_added(struct call *c, const struct picked *p, struct rmk_str *values,
    const struct rmk_table_id *id)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct write w = {
	    .file = p->file, .address = picked_address(c->arena, p), .table = p->table};

	w.change.kind = RMK_CHANGE_ADD;
	w.change.table = *id;
	w.change.values = values;
	w.shown = rmk_value_text(c->arena, rmk_cell_raw(c->arena, values[schema->key]));
	return w;
}

static enum exit_status
import_write(struct call *c, const struct import_words *words, const struct picked *p,
    const struct rmk_records *records, const size_t *cols, const struct rmk_import *plan)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct write *cells = RMK_NEW_N(c->arena, struct write, plan->ncells + 1),
		     *writes;
	struct rmk_table_id id = rmk_table_identify(
	    c->arena, p->file->doc, p->table, schema);
	struct rmk_str address = picked_address(c->arena, p), message;
	size_t n = 0;

	import_say_names(c, p, plan);
	import_say_rows(c, p, plan);
	if (plan->ncells + plan->nrows == 0) {
		if (!c->quiet)
			out_printf("%.*s  unchanged, %zu row%s\n", RMK_FMT(address),
			    plan->nsame, plan->nsame == 1 ? "" : "s");
		return FINE;
	}
	import_say_links(c, p, plan);
	for (size_t i = 0; i < plan->ncells; i++)
		cells[i] = write_cell(c->arena, p, plan->cells[i].row, plan->cells[i].col,
		    plan->cells[i].value);
	cells = import_with_dates(c, records, cols, cells, plan->ncells, &n);
	writes = RMK_NEW_N(c->arena, struct write, n + plan->nrows + 1);
	if (n)
		memcpy(writes, cells, n * sizeof *writes);
	write_name_cells(c->arena, writes, n);
	for (size_t i = 0; i < plan->nrows; i++) {
		import_row_dates(c, schema, records, cols, plan->rows[i]);
		writes[n++] = import_added(c, p, plan->rows[i], &id);
	}
	message = rmk_str_printf(c->arena,
	    "Import %s into %.*s\n\n%zu cell%s, %zu new row%s\n",
	    strcmp(words->records, "-") == 0 ? "rows" : words->records, RMK_FMT(address),
	    plan->ncells, plan->ncells == 1 ? "" : "s", plan->nrows,
	    plan->nrows == 1 ? "" : "s");
	return write_changes_as(c, writes, n, message);
}

static enum exit_status
import_run(struct call *c)
{
	struct import_words words = {0};
	struct rmk_records records;
	struct rmk_import plan;
	struct picked p = {0};
	struct rmk_err err;
	size_t *cols;

	if (import_words(c, &words, &err) ||
	    import_read(c, words.records, &records, &err) ||
	    import_table(c, &words, &records, &p, &cols, &err) ||
	    rmk_import_plan(c->arena, p.file->doc, p.table,
		file_schema(c->arena, p.file, p.table), &records, cols,
		(struct rmk_import_opts){opt_on(c, "markdown"), opt_on(c, "new")}, &plan,
		&err))
		return complain(&err);
	return import_write(c, &words, &p, &records, cols, &plan);
}

const struct cmd cmd_import = {
    .name = "import",
    .args = "FILE.csv|FILE.tsv|FILE.jsonl|- [FILE[#TABLE]]",
    .line = "Take rows from CSV, TSV or JSON lines",
    .about =
	"Each record is the row with its key: where there is none it is added, where "
	"the\n"
	"row shows another text than the record holds, those cells are set; all other\n"
	"cells and rows keep their bytes. Of several rows with one key, or none, it is\n"
	"the one that shows the most of it. All of it is one commit, and the same file a "
	"second time changes "
	"nothing.\n"
	"\n"
	"Columns go by their names; --map says which is which. Without FILE#TABLE it is\n"
	"the one table with these columns. Rows that are not among the records stay. A\n"
	"status is spelled as the column spells it.\n"
	"Texts are shown as they are: what would be Markdown is escaped, unless "
	"--markdown\n"
	"says that they are; a line break becomes <br>. A link that goes with the text "
	"it\n"
	"belonged to is said.\n"
	"\n"
	"CSV is as RFC 4180 has it, with commas or semicolons; TSV has no quotes. A BOM "
	"is\n"
	"understood, and --encoding takes the names that iconv(1) knows. - is standard\n"
	"input, and needs --format. BibTeX is not read.\n",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = 2,
    .run = import_run,
};
