// rowmark report: one static page of all tables.
#include "open.h"
#include "opt.h"
#include "out.h"

#include "ops/page.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct opt opts[] = {
    {'o', "output", "OUT.html", "the file to write; '-' is standard output", NULL},
    {0, "title", "TEXT", "the page's title (default: Progress)", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"A page of all tables, to open in a browser", "rowmark report -o report.html"},
    {NULL, NULL},
};

// What the page shows, gathered file by file.
struct gathered {
	struct rmk_summary summary;
	struct rmk_page_table *tables;
	size_t ntables, tables_cap;
	struct rmk_finding *findings;
	size_t nfindings, findings_cap;
};

static void
add_findings(struct call *c, const struct rmk_doc *doc, struct gathered *g)
{
	struct rmk_check_opts rules = {0};
	struct rmk_findings found = {0};

	rmk_check(c->arena, doc, &rules, &found);
	for (size_t i = 0; i < found.n; i++)
		*RMK_PUSH(
		    c->arena, g->findings, g->nfindings, g->findings_cap) = found.v[i];
}

static enum rmk_code
add_file(
    struct call *c, const struct wanted *wanted, struct gathered *g, struct rmk_err *err)
{
	struct rmk_summary_opts count = {0};
	struct file *file;
	size_t table;

	if (open_file(c, c->arena, wanted, RMK_PARSE_ALL, &file, &table, err))
		return err->code;
	if (table == RMK_NONE && wanted->table.n)
		return RMK_OK;
	for (size_t i = 0; i < file->doc->ntables; i++) {
		struct picked p = {file, i};

		if (table != RMK_NONE && table != i)
			continue;
		*RMK_PUSH(c->arena, g->tables, g->ntables,
		    g->tables_cap) = (struct rmk_page_table){file->doc, i,
		    file_schema(c->arena, file, i), picked_address(c->arena, &p)};
		rmk_summary_add(&g->summary, file->doc, i, file_schema(c->arena, file, i),
		    &count, err);
	}
	add_findings(c, file->doc, g);
	return RMK_OK;
}

// A file that nobody named may be unreadable: it is told, and the others shown.
static enum rmk_code
gather(struct call *c, struct gathered *g, struct rmk_err *err)
{
	struct wanted *wanted;
	size_t n;

	if (open_wanted(c, c->args, c->nargs, &wanted, &n, err))
		return err->code;
	g->summary.arena = c->arena;
	for (size_t i = 0; i < n; i++) {
		if (add_file(c, &wanted[i], g, err) == RMK_OK)
			continue;
		if (wanted[i].named)
			return err->code;
		out_warn("%s", err->msg);
	}
	rmk_summary_finish(&g->summary);
	return RMK_OK;
}

// Beside the old page and over it when it is whole, so that no half page is ever seen.
static enum rmk_code
write_page(
    struct rmk_arena *a, const char *path, struct rmk_str html, struct rmk_err *err)
{
	char *temp = rmk_str_c(a, rmk_str_printf(a, "%s.%ld.tmp", path, (long)getpid()));
	FILE *f = fopen(temp, "wxb");
	bool ok;

	if (!f)
		return rmk_fail_errno(err, "%s: cannot write", path);
	ok = fwrite(html.s, 1, html.n, f) == html.n;
	ok = fclose(f) == 0 && ok;
	if (ok && rename(temp, path) == 0)
		return RMK_OK;
	rmk_fail_errno(err, "%s: cannot write", path);
	unlink(temp);
	return err->code;
}

static enum exit_status
run(struct call *c)
{
	const char *path = opt_text(c, "output"), *title = opt_text(c, "title");
	struct rmk_buf html = {.arena = c->arena};
	struct gathered g = {0};
	struct rmk_page page;
	struct rmk_err err;

	if (!path) {
		rmk_fail(&err, RMK_INVALID, "report: no file to write was named");
		rmk_hint(&err, "-o report.html; '-o -' prints the page");
		return complain(&err);
	}
	if (gather(c, &g, &err))
		return complain(&err);
	page = (struct rmk_page){.title = title ? rmk_str_of(title) : RMK_STR("Progress"),
	    .summary = &g.summary,
	    .tables = g.tables,
	    .ntables = g.ntables,
	    .findings = g.findings,
	    .nfindings = g.nfindings};
	rmk_page_write(&page, &html);
	if (strcmp(path, "-") == 0) {
		out_str(rmk_buf_str(&html));
		return FINE;
	}
	if (write_page(c->arena, path, rmk_buf_str(&html), &err))
		return complain(&err);
	if (!c->quiet)
		out_printf(
		    "%s: %zu tables, %zu findings\n", path, g.ntables, g.nfindings);
	return FINE;
}

const struct cmd cmd_report = {
    .name = "report",
    .args = "[FILE[#TABLE]...]",
    .line = "Make one static page of all tables",
    .about = "Writes one HTML file: progress at the top, every table with filtering and "
	     "sorting, what\n"
	     "check finds marked in place. The page needs nothing from elsewhere: no "
	     "script, style,\n"
	     "font or picture is loaded, its Content-Security-Policy forbids it, and it "
	     "works from\n"
	     "disk. Without script it is complete. The same input gives the same bytes.\n"
	     "\n"
	     "Links that start with http, https or mailto, and relative ones, are alive; "
	     "others are\n"
	     "shown as text.",
    .examples = examples,
    .opts = opts,
    .most = SIZE_MAX,
    .run = run,
};
