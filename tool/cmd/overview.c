// rowmark alone: in a repository with tables, how far they are and what to try next;
// elsewhere the commands.
#include "help.h"
#include "open_table.h"
#include "out.h"

// The first row that is not done, of the first table that has one.
static bool
first_undone(struct call *c, const struct picked *tables, size_t n, struct rmk_str *name)
{
	for (size_t t = 0; t < n; t++) {
		const struct picked *p = &tables[t];
		const struct rmk_doc *doc = p->file->doc;
		const struct rmk_table *table = &doc->tables[p->table];
		const struct rmk_schema *schema = file_schema(
		    c->arena, p->file, p->table);

		for (size_t r = 0; schema->nstatus == 1 && r < table->nrows; r++) {
			struct rmk_str raw = rmk_doc_cell(
			    doc, &table->rows[r], schema->status[0]);

			enum rmk_progress progress = rmk_field_progress(
			    c->arena, &schema->fields[schema->status[0]], raw);

			if (progress == RMK_DONE || progress == RMK_CLOSED)
				continue;
			*name = rmk_address_row(c->arena, doc, p->table, schema, r);
			return true;
		}
	}
	return false;
}

// A word for the shell: in single quotes, which a quote inside leaves and enters again.
static struct rmk_str
quoted(struct rmk_arena *a, struct rmk_str word)
{
	struct rmk_buf b = {.arena = a};

	rmk_buf_addc(&b, '\'');
	for (size_t i = 0; i < word.n; i++)
		rmk_buf_add(
		    &b, word.s[i] == '\'' ? RMK_STR("'\\''") : rmk_str_part(word, i, 1));
	rmk_buf_addc(&b, '\'');
	return rmk_buf_str(&b);
}

static void
try_line(struct rmk_arena *a, const char *command, struct rmk_str row, const char *what)
{
	struct rmk_str word = row.s ? quoted(a, row) : row;
	struct rmk_str line = rmk_str_printf(
	    a, "rowmark %s%s%.*s", command, row.s ? " " : "", RMK_FMT(word));

	out_str(RMK_STR("  "));
	out_fit(STYLE_BOLD, line, 36, false);
	out_printf("  %s\n", what);
}

static enum exit_status
overview_run(struct call *c)
{
	struct rmk_str row = {0}, none = {0};
	enum exit_status status;
	struct picked *tables;
	struct rmk_repo *repo;
	struct rmk_err err;
	bool undone;
	size_t n;

	if (call_repo(c, &repo, &err) || open_tables(c, NULL, 0, &tables, &n, &err)) {
		help_commands(c->arena);
		return FINE;
	}
	undone = first_undone(c, tables, n, &row);
	c->cmd = &cmd_summary;
	status = cmd_summary.run(c);
	if (c->quiet)
		return status;
	out_str(RMK_STR("\nTry\n"));
	if (undone) {
		try_line(c->arena, "next", none, "what to do next");
		try_line(c->arena, "start", row, "begin it");
		try_line(c->arena, "done", row, "finish it");
	}
	try_line(c->arena, "show", none, "the rows");
	try_line(c->arena, "ls", none, "the tables");
	try_line(c->arena, "help", none, "everything else");
	return status;
}

const struct cmd cmd_overview = {
    .name = "",
    .args = "",
    .line = "Markdown tables kept as a database, with git as the log",
    .about =
	"rowmark reads and changes the tables of Markdown files. A change touches the\n"
	"bytes of the cells it was asked for and no others, and is committed.\n"
	"\n"
	"FILE is a path, - for standard input, :PATH for the index, or REV:PATH for a\n"
	"file in a commit. FILE#TABLE is one table: TABLE is its declared name, the\n"
	"anchor of the heading above it (README.md#papers), with -1, -2 ... when "
	"several\n"
	"stand under one heading, or its number in the file (README.md#2). #TABLE alone\n"
	"looks in all files. Without a FILE, commands read all Markdown files of the\n"
	"repository, or below the current folder.\n"
	"\n"
	"In a bare repository (--git-dir, GIT_DIR, or the current folder), which has no\n"
	"files, those of its HEAD are read under the same names, and commands that\n"
	"commit make their commit and write nothing else.\n"
	"\n"
	"ROW is matched with the column that names the rows, and with links: in full,\n"
	"then without regard to case and spacing, then as a part. LINE:N is the row on\n"
	"line N. COLUMN is a header, without regard to case; the one status column may\n"
	"be called status.\n",
    .most = 0,
    .run = overview_run,
};
