// rowmark alone: in a repository with tables, how far they are and what to try next;
// elsewhere the commands.
#include "help.h"
#include "open_table.h"
#include "out.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <string.h>

// A row that can be named, and the address of its table.
struct suggestion {
	struct rmk_str row, address; // address: empty where there is one table
};

// Longer names are no example to type.
#define MOST_NAME 60

// Whether `start` or `done` would be carried out on the row, and by its name alone.
static bool
would_work(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    size_t row, enum rmk_progress wanted)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_field *field = &schema->fields[schema->status[0]];
	struct rmk_str raw = rmk_doc_cell(
	    doc, &doc->tables[p->table].rows[row], schema->status[0]);
	struct rmk_str name = rmk_address_row(c->arena, doc, p->table, schema, row);
	enum rmk_progress is = rmk_field_progress(c->arena, field, raw);
	const struct rmk_term *word;
	struct rmk_hits hits;
	struct rmk_err unused;

	if (is != RMK_TODO && is != RMK_EMPTY && !(wanted == RMK_DONE && is == RMK_DOING))
		return false;
	if (name.n > MOST_NAME || name.s[0] == '-' ||
	    rmk_field_word_for(c->arena, field, wanted, &word, &unused))
		return false;
	hits = rmk_address_rows(c->arena, doc, p->table, schema, name);
	return hits.n == 1 && hits.rows[0] == row;
}

// The first row on which the command can be tried.
static bool
suggest_row(struct call *c, const struct picked *tables, size_t n,
    enum rmk_progress wanted, struct suggestion *out)
{
	for (size_t t = 0; t < n; t++) {
		const struct picked *p = &tables[t];
		const struct rmk_table *table = &p->file->doc->tables[p->table];
		const struct rmk_schema *schema = file_schema(
		    c->arena, p->file, p->table);

		if (schema->nstatus != 1 || table->read_only)
			continue;
		for (size_t r = 0; r < table->nrows; r++) {
			if (!would_work(c, p, schema, r, wanted))
				continue;
			out->row = rmk_address_row(
			    c->arena, p->file->doc, p->table, schema, r);
			out->address = n > 1 ? picked_address(c->arena, p)
			                     : (struct rmk_str){0};
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

static bool
needs_no_quotes(struct rmk_str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (!rmk_is_letter(word.s[i]) && !rmk_is_digit(word.s[i]) &&
		    !strchr("._/#+-", word.s[i]))
			return false;
	return word.n > 0;
}

// What is on a line runs as it is, so nothing of it is cut.
static struct rmk_str
suggested(struct rmk_arena *a, const char *command, const struct suggestion *s)
{
	struct rmk_str row = needs_no_quotes(s->row) ? s->row : quoted(a, s->row);
	struct rmk_str table = s->address;

	if (table.n && !needs_no_quotes(table))
		table = quoted(a, table);
	return rmk_str_printf(a, "rowmark %s %.*s%s%.*s", command, RMK_FMT(row),
	    table.n ? " " : "", RMK_FMT(table));
}

static void
try_line(struct rmk_str line, size_t width, const char *what)
{
	size_t shown = rmk_utf8_width(line);

	out_str(RMK_STR("  "));
	out_shown(STYLE_BOLD, line);
	out_fill(' ', shown < width ? width - shown : 0);
	out_printf("  %s\n", what);
}

// A repository without a table: how to make one.
static void
overview_first_table(void)
{
	out_str(RMK_STR("\nThere is no table here yet. Try\n"));
	out_styled(STYLE_BOLD,
	    RMK_STR("  rowmark new README.md Task 'Status: todo < doing < done'\n"
		    "  rowmark add 'The first task' README.md\n"));
}

static enum exit_status
overview_run(struct call *c)
{
	struct suggestion row;
	struct rmk_str start = {0}, done = {0};
	enum exit_status status;
	struct picked *tables;
	struct rmk_repo *repo;
	struct rmk_err err;
	size_t n, width = 36;

	if (call_repo(c, &repo, &err) || open_tables(c, NULL, 0, &tables, &n, &err)) {
		if (c->incomplete ||
		    (err.code != RMK_NO_REPO && err.code != RMK_NOT_FOUND))
			return complain(&err);
		help_commands();
		if (!c->quiet && err.code == RMK_NOT_FOUND)
			overview_first_table();
		return FINE;
	}
	if (suggest_row(c, tables, n, RMK_DOING, &row))
		start = suggested(c->arena, "start", &row);
	if (suggest_row(c, tables, n, RMK_DONE, &row))
		done = suggested(c->arena, "done", &row);
	c->cmd = &cmd_summary;
	status = cmd_summary.run(c);
	if (c->quiet)
		return status;
	if (rmk_utf8_width(start) > width)
		width = rmk_utf8_width(start);
	if (rmk_utf8_width(done) > width)
		width = rmk_utf8_width(done);
	out_str(RMK_STR("\nTry\n"));
	if (start.n || done.n)
		try_line(RMK_STR("rowmark next"), width, "what to do next");
	if (start.n)
		try_line(start, width, "begin it");
	if (done.n)
		try_line(done, width, "finish it");
	try_line(RMK_STR("rowmark show"), width, "the rows");
	try_line(RMK_STR("rowmark ls"), width, "the tables");
	try_line(RMK_STR("rowmark help"), width, "everything else");
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
