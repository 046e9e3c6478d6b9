// rowmark new: a table from nothing.
#include "edit/new_table.h"
#include "new_file.h"
#include "open_table.h"
#include "out.h"
#include "write_report.h"

#include <string.h>
#include <unistd.h>

static const struct opt opts[] = {
    {0, "like", "FILE#TABLE", "the columns of that table", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"A table of talks, in a file of its own",
	"rowmark new talks.md Talk Speaker 'Seen: Not seen < Seen'"},
    {"Its first row", "rowmark add Talk='Simple made easy' Speaker=Hickey talks.md"},
    {"One more like it, under a heading of its own",
	"rowmark new 'talks.md#Older talks' --like talks.md"},
    {NULL, NULL},
};

struct new_job {
	struct rmk_new_table table;
};

static enum rmk_code
new_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct new_job *job = ctx;

	(void)version;
	return rmk_table_append(a, path, text, &job->table, out, err);
}

// "reading-list.md" is a list of its own: "Reading list".
static struct rmk_str
heading_of(struct rmk_arena *a, struct rmk_str name)
{
	struct rmk_str copy = rmk_str_copy(a, name);
	char *s = (char *)copy.s;

	for (size_t i = 0; i < copy.n; i++)
		if (s[i] == '-' || s[i] == '_')
			s[i] = ' ';
	if (copy.n && s[0] >= 'a' && s[0] <= 'z')
		s[0] = (char)(s[0] - 32);
	return copy;
}

static struct rmk_str
stem_of(struct rmk_str path)
{
	size_t slash = rmk_str_rchr(path, '/'), dot;

	path = slash == RMK_NONE ? path : rmk_str_from(path, slash + 1);
	dot = rmk_str_rchr(path, '.');
	return dot == RMK_NONE || dot == 0 ? path : rmk_str_part(path, 0, dot);
}

static enum rmk_code
read_like(struct call *c, struct rmk_new_table *t, struct rmk_err *err)
{
	char *like = rmk_str_c(c->arena, rmk_str_of(opt_text(c, "like")));
	struct picked p;

	if (c->nargs > 1)
		return rmk_fail(err, RMK_INVALID,
		    "new: --like says the columns, '%s' is one more", c->args[1]);
	if (open_table(c, &like, 1, &p, err))
		return err->code;
	t->like = p.file->doc;
	t->like_table = p.table;
	return RMK_OK;
}

static enum rmk_code
new_read_columns(struct call *c, struct rmk_new_table *t, struct rmk_err *err)
{
	struct rmk_new_column *columns = RMK_NEW_N(
	    c->arena, struct rmk_new_column, c->nargs);

	if (opt_text(c, "like"))
		return read_like(c, t, err);
	if (c->nargs < 2) {
		rmk_fail(err, RMK_INVALID, "new: COLUMN is missing");
		return rmk_hint(err, "usage: rowmark new %s", c->cmd->args);
	}
	for (size_t i = 1; i < c->nargs; i++)
		columns[i - 1] = rmk_new_column_parse(c->arena, rmk_str_of(c->args[i]));
	t->columns = columns;
	t->ncolumns = c->nargs - 1;
	return RMK_OK;
}

// Whether a table of the file has these columns, and no others.
static bool
new_has_columns(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_new_table *t)
{
	const struct rmk_table *is = &doc->tables[table];

	for (size_t c = 0; is->ncols == t->ncolumns && c < is->ncols; c++) {
		if (!rmk_str_eq(rmk_value_key(a, rmk_doc_cell(doc, &is->header, c)),
			rmk_utf8_fold(a, t->columns[c].label)))
			return false;
	}
	return is->ncols == t->ncolumns;
}

// A line of the shell's history that is run again would make a second table of the same name, or,
// where none is given, of the same columns.
static enum rmk_code
new_refuse_twin(struct call *c, const struct file *f, const struct rmk_new_table *t,
    struct rmk_err *err)
{
	const struct rmk_doc *doc = f->doc;

	for (size_t i = 0; i < doc->ntables; i++) {
		size_t h = doc->tables[i].heading;
		struct rmk_str heading = h == RMK_NONE ? RMK_STR("")
		                                       : rmk_value_text(c->arena,
							     doc->headings[h].text);

		if (t->heading.n ? !rmk_str_eq(heading, t->heading)
				 : t->like || !new_has_columns(c->arena, doc, i, t))
			continue;
		rmk_fail(err, RMK_REFUSED, "there is %.*s already%s",
		    RMK_FMT(rmk_address_of(c->arena, doc, i)),
		    t->heading.n ? "" : ", with these columns");
		return rmk_hint(err,
		    "'rowmark add' adds rows to it; 'rowmark new %.*s#NAME' "
		    "makes another table",
		    RMK_FMT(f->path));
	}
	return RMK_OK;
}

// What the new table is called.
static enum rmk_code
new_address(struct call *c, const struct file *f, struct new_job *job,
    struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_doc *made;
	struct rmk_str text;

	if (new_make(job, c->arena, "", f->path, f->doc->text, &text, err) ||
	    rmk_doc_parse(c->arena, f->path, text, 0, &made, err))
		return err->code;
	*out = made->ntables ? rmk_address_of(c->arena, made, made->ntables - 1)
	                     : f->path;
	return RMK_OK;
}

// Behind what a file holds; as every other change of it.
static enum exit_status
new_in_file(
    struct call *c, struct rmk_str path, struct new_job *job, struct rmk_str message)
{
	struct write_file write = {.make = new_make, .ctx = job};
	const struct rmk_source source = rmk_source_parse(c->arena, path);
	struct wanted w = {.source = &source, .named = true};
	struct rmk_commit_result result = {0};
	struct rmk_str address;
	struct rmk_err err;
	size_t table;

	if (open_file(c, c->arena, &w, RMK_PARSE_ALL, &write.file, &table, &err) ||
	    new_refuse_twin(c, write.file, &job->table, &err) ||
	    new_address(c, write.file, job, &address, &err))
		return complain(&err);
	if (!job->table.heading.n)
		message = rmk_str_printf(
		    c->arena, "Add the table %.*s", RMK_FMT(address));
	if (write_quietly(c, &write, 1, message, &result, &err))
		return write_failed(c, &err);
	if (!c->quiet && !opt_on(c, "dry-run")) {
		out_shown(STYLE_DIM, address);
		out_str(RMK_STR("  made\n"));
	}
	report_commit(c, &result);
	return FINE;
}

static enum exit_status
new_run(struct call *c)
{
	struct rmk_address address = rmk_address_parse(rmk_str_of(c->args[0]));
	struct new_job job = {0};
	struct rmk_str text, message, path = address.file;
	struct rmk_err err;
	bool there;

	if (!rmk_file_is_markdown(path) || strstr(c->args[0], "://")) {
		rmk_fail(&err, RMK_INVALID, "new: '%s' is no FILE: its name ends in .md",
		    c->args[0]);
		rmk_hint(&err, "usage: rowmark new %s", c->cmd->args);
		return complain(&err);
	}
	there = access(rmk_str_c(c->arena, path), F_OK) == 0;
	job.table.heading = address.table.n ? heading_of(c->arena, address.table)
	                    : there         ? RMK_STR("")
	                                    : heading_of(c->arena, stem_of(path));
	message = rmk_str_printf(c->arena, "Add the table %.*s",
	    RMK_FMT(job.table.heading.n ? job.table.heading : path));
	if (new_read_columns(c, &job.table, &err))
		return complain(&err);
	if (there)
		return new_in_file(c, path, &job, message);
	if (rmk_table_append(c->arena, path, RMK_STR(""), &job.table, &text, &err))
		return complain(&err);
	return new_file_write(c, path, text, message);
}

const struct cmd cmd_new = {
    .name = "new",
    .args = "FILE[#NAME] COLUMN...",
    .line = "Make a table from nothing",
    .about =
	"Adds a heading and a table with these columns to the end of the file, or makes\n"
	"the file, and commits that. NAME is the heading; a new file without one gets "
	"its\n"
	"own name as the heading. A second table under that heading is refused, and\n"
	"one with the same columns where no NAME is given.\n"
	"\n"
	"A COLUMN may say what it holds, as a declaration does (rowmark-schema(5)), and\n"
	"then the table is declared. Words divided by '<' are a status from to do to\n"
	"done, words divided by commas are the only ones allowed:\n"
	"\n"
	"  'Read or Not: Not read < Reading < Read'\n"
	"  'Area: NLP, Vision'   'Finished: date'   'Paper: key'\n",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = SIZE_MAX,
    .run = new_run,
};
