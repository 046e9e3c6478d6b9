// rowmark guide: how to work with the tables of this repository, on one page.
//
// What it says stays the same while rows change: it names tables, columns and statuses, not how
// far they are, so that the page in AGENTS.md is not stale after each commit.
#include "new_file.h"
#include "open_table.h"
#include "opt.h"
#include "out.h"
#include "schema/describe.h"
#include "schema/owner.h"
#include "summary/region.h"
#include "write.h"
#include "write_report.h"

#include <unistd.h>

static const struct opt opts[] = {
    {0, "write", "FILE", "keep it in a marked region of FILE (AGENTS.md)", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"How to work here", "rowmark guide"},
    {"Keep it where programs look for it", "rowmark guide --write AGENTS.md"},
    {NULL, NULL},
};

// So many tables fit on the page.
#define GUIDE_TABLES 12
#define GUIDE_STATUSES 200

// --- the tables -----------------------------------------------------------------

static struct rmk_str
guide_label(struct rmk_arena *a, const struct rmk_schema *s, size_t col)
{
	return col == RMK_NONE ? RMK_STR("")
	                       : rmk_cell_raw(a, rmk_shown(a, s->fields[col].label));
}

// "Status: Todo < Doing < Done"; the columns alone where there are several.
static struct rmk_str
guide_status(struct rmk_arena *a, const struct rmk_schema *s)
{
	struct rmk_buf b = {.arena = a};
	const char *between = ": ";

	for (size_t i = 0; i < s->nstatus; i++)
		rmk_buf_printf(&b, "%s%.*s", i ? ", " : "",
		    RMK_FMT(guide_label(a, s, s->status[i])));
	for (size_t i = 0; s->nstatus == 1 && i < s->fields[s->status[0]].nterms; i++) {
		const struct rmk_field *f = &s->fields[s->status[0]];
		const struct rmk_term *t = &f->terms[i];

		if ((t->count == 0 && !f->declared) || b.n > GUIDE_STATUSES)
			continue;
		rmk_buf_printf(&b, "%s%.*s", between,
		    RMK_FMT(rmk_cell_raw(a, rmk_shown(a, t->text))));
		between = ", ";
	}
	return rmk_buf_str(&b);
}

static void
guide_table(
    struct call *c, const struct picked *p, struct rmk_str status, struct rmk_buf *out)
{
	const struct rmk_schema *s = file_schema(c->arena, p->file, p->table);

	rmk_buf_printf(out, "| %.*s | %.*s | %.*s | %.*s |\n",
	    RMK_FMT(
		rmk_cell_raw(c->arena, rmk_shown(c->arena, picked_address(c->arena, p)))),
	    RMK_FMT(guide_label(c->arena, s, s->key)), RMK_FMT(status),
	    RMK_FMT(guide_label(c->arena, s, rmk_schema_owner(s))));
}

// What is worked on first: tables with a status, then the others.
static void
guide_tables(struct call *c, const struct picked *tables, size_t n, struct rmk_buf *out)
{
	size_t shown = 0;

	rmk_buf_adds(
	    out, "| Table | Rows are named by | Status | Owner |\n|---|---|---|---|\n");
	for (size_t i = 0; i < 2 * n && shown < GUIDE_TABLES; i++) {
		const struct picked *p = &tables[i % n];
		struct rmk_str status = guide_status(
		    c->arena, file_schema(c->arena, p->file, p->table));

		if ((status.n == 0) != (i >= n))
			continue;
		guide_table(c, p, status, out);
		shown++;
	}
	if (n > shown)
		rmk_buf_printf(
		    out, "\nand %zu more, which `rowmark ls` lists\n", n - shown);
}

// --- the page ---------------------------------------------------------------------

static const char guide_take[] =
    "- Take a row before you work on it: `rowmark claim --next --as NAME`. NAME is "
    "yours\n"
    "  alone. It prints the row; the same command again gives the same row until it is "
    "done.\n"
    "- One row in particular: `rowmark claim ROW --as NAME`. Give it back: `rowmark "
    "release "
    "ROW`.\n"
    "  `rowmark done ROW --as NAME` finishes no row that somebody else has.\n";

static const char guide_take_plain[] =
    "- What is to be done next: `rowmark next --ready`. Begin it: `rowmark start ROW`. "
    "No\n"
    "  table here says who has a row; with a column Owner, `rowmark claim` would.\n";

static const char guide_finish[] =
    "- Finish it in the same commit as your work: `rowmark done ROW --stage`, then `git "
    "add`\n"
    "  your files and `git commit`. Alone: `rowmark done ROW`, which commits that cell "
    "only.\n"
    "- Any cell: `rowmark set ROW VALUE -c COLUMN`. Only if it still is OLD: `--expect "
    "OLD`.\n"
    "- A new row: `rowmark add COLUMN=VALUE... FILE#TABLE`. What is done, put away: "
    "`rowmark\n"
    "  archive FILE#TABLE`. The newest change, taken back: `rowmark undo`.\n";

static const char guide_look[] =
    "- Look: `rowmark ls`, `rowmark show FILE#TABLE`, `rowmark show FILE#TABLE ROW`, "
    "`rowmark\n"
    "  next --ready`, `rowmark log ROW`, `rowmark blame FILE#TABLE`.\n"
    "- ROW is the name, or a part that only one row has; LINE:9 is the row on line 9. "
    "Where "
    "two\n"
    "  fit, nothing is written and both are listed: use more of the name, or -f "
    "FILE#TABLE.\n"
    "- `--json` makes every answer one document; `rowmark help --schema COMMAND` is its "
    "shape.\n"
    "  `-n` shows what would change. `rowmark help COMMAND` says all of it.\n"
    "- Exit status: 0 done, or nothing to do; 1 something was found; 2 it could not, and "
    "why;\n"
    "  3 somebody was faster: look again, or take another row.\n"
    "- `git merge` left a conflict in a table: `rowmark merge --resolve FILE`, then `git "
    "add`.\n"
    "  After `rowmark install` git merges tables cell by cell by itself.\n"
    "- Rows are not edited by hand while others work. After an edit by hand: `rowmark "
    "check`.\n";

// Whether a row waits for others, by the first column that refers to rows.
static void
guide_waits(struct call *c, const struct picked *tables, size_t n, struct rmk_buf *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct rmk_schema *s = file_schema(
		    c->arena, tables[i].file, tables[i].table);

		for (size_t col = 0; col < s->ncols && s->nstatus; col++) {
			if (s->fields[col].type != RMK_REF)
				continue;
			rmk_buf_printf(out,
			    "- A row waits until those in its cell '%.*s' are done; "
			    "`--next` and `--ready` leave it\n  out.\n",
			    RMK_FMT(guide_label(c->arena, s, col)));
			return;
		}
	}
	rmk_buf_adds(out,
	    "- No row waits for another, whatever a column says, until it is declared "
	    "above the\n"
	    "  table: `<!-- rowmark: plan; Needs: ref plan -->` (the table is called "
	    "plan "
	    "then).\n");
}

static struct rmk_str
guide_text(struct call *c, const struct picked *tables, size_t n)
{
	struct rmk_buf b = {.arena = c->arena};
	bool owners = false;

	for (size_t i = 0; i < n; i++)
		owners |= rmk_schema_owner(file_schema(
			      c->arena, tables[i].file, tables[i].table)) != RMK_NONE;
	rmk_buf_adds(&b,
	    "## Tables of this repository\n\nWhat is planned and listed here stands in "
	    "Markdown tables. `rowmark` changes single cells of\nthem and commits that "
	    "alone, so many can work at once.\n\n");
	guide_tables(c, tables, n, &b);
	rmk_buf_printf(&b, "\n%s", owners ? guide_take : guide_take_plain);
	guide_waits(c, tables, n, &b);
	rmk_buf_printf(&b, "%s%s", guide_finish, guide_look);
	return rmk_buf_str(&b);
}

// --- in a file --------------------------------------------------------------------

static enum rmk_code
guide_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_str *body = ctx;
	struct rmk_doc *doc;

	(void)version;
	if (rmk_doc_parse(a, path, text, RMK_PARSE_ALL, &doc, err))
		return err->code;
	return rmk_region_put(a, doc, RMK_STR("guide"), *body, out, err);
}

static enum exit_status
guide_write(struct call *c, struct rmk_str path, struct rmk_str body)
{
	struct write_file write = {.make = guide_make, .ctx = &body};
	const struct rmk_source source = rmk_source_parse(c->arena, path);
	struct wanted w = {.source = &source, .named = true};
	struct rmk_commit_result result = {0};
	struct rmk_str text, message = rmk_str_printf(c->arena,
				 "Write the guide to rowmark in %.*s", RMK_FMT(path));
	struct rmk_err err;
	size_t table;

	if (!rmk_file_is_markdown(path)) {
		rmk_fail(&err, RMK_INVALID, "guide: '%.*s' is no Markdown file",
		    RMK_FMT(path));
		return complain(&err);
	}
	if (access(rmk_str_c(c->arena, path), F_OK)) {
		if (guide_make(&body, c->arena, "", path, RMK_STR(""), &text, &err))
			return complain(&err);
		return new_file_write(c, path, text, message);
	}
	if (open_file(c, c->arena, &w, RMK_PARSE_ALL, &write.file, &table, &err))
		return complain(&err);
	if (write_quietly(c, &write, 1, message, &result, &err))
		return write_failed(c, &err);
	if (!c->quiet && result.unchanged)
		out_printf("%.*s: unchanged\n", RMK_FMT(path));
	report_commit(c, &result);
	return FINE;
}

static enum exit_status
guide_run(struct call *c)
{
	struct picked *tables;
	struct rmk_err err;
	size_t n;

	if (open_tables(c, c->args, c->nargs, &tables, &n, &err))
		return complain(&err);
	struct rmk_str text = guide_text(c, tables, n);
	if (opt_on(c, "write"))
		return guide_write(c, rmk_str_of(opt_text(c, "write")), text);
	out_str(text);
	return FINE;
}

const struct cmd cmd_guide = {
    .name = "guide",
    .args = "[FILE[#TABLE]...]",
    .line = "Print how to work with the tables here, for newcomers",
    .about =
	"Prints a page of Markdown, at most 60 lines: the tables of this repository, "
	"their\n"
	"statuses and owner columns, and the commands to take a row, finish it, look, "
	"and\n"
	"read the answers.\n"
	"\n"
	"--write keeps it in FILE between '<!-- rowmark:begin guide -->' and\n"
	"'<!-- rowmark:end -->', at the end where there is no such region yet, and "
	"commits\n"
	"that. Every byte outside stays as it is. The page does not say how far the "
	"tables\n"
	"are, so it need be written again only when tables, columns or statuses "
	"change.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .run = guide_run,
};
