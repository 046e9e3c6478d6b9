// rowmark report: one static page of all tables.
//
// Files are read and checked as `check` does it, with its settings and across files; what
// is found is marked on the page.
#include "history_run.h"
#include "opt.h"
#include "out.h"
#include "page_links.h"
#include "save.h"

#include "io/file.h"
#include "table/value.h"

#include <errno.h>
#include <string.h>

static const struct opt opts[] = {
    {'o', "output", "OUT.html", "the file to write; '-' is standard output", NULL},
    {0, "title", "TEXT", "the page's title (default: that of the only file)", NULL},
    {0, "no-history", NULL, "leave out the chart of progress over time", NULL},
    OPT_VERSIONS,
    {0, "no-cache", NULL, "neither use nor keep what was found out of versions", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"A page of all tables, to open in a browser", "rowmark report -o report.html"},
    {"Of one table, with a title of its own",
	"rowmark report README.md#papers --title Papers -o papers.html"},
    {NULL, NULL},
};

// What the page shows, gathered file by file.
struct gathered {
	struct rmk_summary summary;
	struct rmk_page_file *files;
	struct rmk_page_table *tables;
	size_t nfiles, ntables, tables_cap, nfindings;
};

// --- tables and findings ----------------------------------------------------------------

static void
report_add_table(struct call *c, struct gathered *g, const struct rmk_doc *doc, size_t i)
{
	const struct rmk_schema *schema = rmk_schema_of(c->arena, doc, i);
	struct rmk_summary_opts count = {0};

	*RMK_PUSH(
	    c->arena, g->tables, g->ntables, g->tables_cap) = (struct rmk_page_table){
	    g->nfiles, i, schema, rmk_address_of(c->arena, doc, i)};
	rmk_summary_add(&g->summary, doc, i, schema, &count, NULL);
}

// Of a file of which one table was asked for, only what is found in that table.
static void
report_narrow(struct rmk_page_file *f, const struct rmk_table *t)
{
	const struct rmk_finding *end = f->findings + f->nfindings;
	uint32_t last = t->nrows ? t->rows[t->nrows - 1].line : t->delim.line;

	while (f->findings < end && f->findings->at.line < t->header.line)
		f->findings++;
	while (f->findings < end && end[-1].at.line > last)
		end--;
	f->nfindings = (size_t)(end - f->findings);
}

static enum rmk_code
add_doc(struct call *c, struct gathered *g, const struct check_file *f,
    struct rmk_page_file *shown, struct rmk_err *err)
{
	size_t one = RMK_NONE;

	const struct rmk_doc *doc = f->work->doc;

	if (f->wanted->table.n) {
		if (rmk_address_table(c->arena, doc, f->wanted->table, &one, err))
			return err->code;
		report_add_table(c, g, doc, one);
		report_narrow(shown, &doc->tables[one]);
		return RMK_OK;
	}
	for (size_t i = 0; i < doc->ntables; i++)
		report_add_table(c, g, doc, i);
	return RMK_OK;
}

// #TABLE without a file is looked for in all: those without it are left out.
static enum rmk_code
report_add_file(struct check_run *report_run, struct gathered *g,
    const struct check_file *f, struct rmk_err *err)
{
	struct rmk_page_file *shown = &g->files[g->nfiles];

	*shown = (struct rmk_page_file){f->work->doc, f->work->found.v, f->work->found.n,
	    page_base(report_run, f, opt_text(report_run->call, "output"))};
	if (f->work->doc && add_doc(report_run->call, g, f, shown, err))
		return err->code == RMK_NOT_FOUND && !f->wanted->named ? RMK_OK
		                                                       : err->code;
	g->nfindings += shown->nfindings;
	g->nfiles++;
	return RMK_OK;
}

// Whether the same words were met before. Only words can repeat; without any, every file
// is there once.
static bool
is_repeated(const struct check_run *report_run, size_t at)
{
	const struct wanted *w = report_run->files[at].wanted;

	for (size_t i = 0; w->named && i < at; i++) {
		const struct wanted *before = report_run->files[i].wanted;

		if (rmk_str_eq(before->source->shown, w->source->shown) &&
		    (before->table.n == 0 || rmk_str_eq(before->table, w->table)))
			return true;
	}
	return false;
}

// A page without a table would be written over a whole one: nothing is left out.
static enum rmk_code
report_gather(struct check_run *report_run, struct gathered *g, struct rmk_err *err)
{
	struct call *c = report_run->call;

	g->summary.arena = c->arena;
	g->files = RMK_NEW_N(c->arena, struct rmk_page_file, report_run->nfiles + 1);
	for (size_t i = 0; i < report_run->nfiles; i++) {
		struct check_file *f = &report_run->files[i];

		if (!check_messages(f) || is_repeated(report_run, i))
			continue;
		*err = f->work->err;
		if (err->code || report_add_file(report_run, g, f, err))
			return err->code;
	}
	rmk_summary_finish(&g->summary);
	return RMK_OK;
}

// --- over time --------------------------------------------------------------------------

// A point a day, the last, where something changed.
static void
add_points(struct call *c, struct rmk_page *page, const struct rmk_history *h)
{
	struct rmk_page_point *points = RMK_NEW_N(
	    c->arena, struct rmk_page_point, h->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct rmk_history_point *p = &h->points[i];
		struct rmk_page_point point = {
		    rmk_date(c->arena, p->time, p->moment->zone), p->shown_total,
		    p->shown_done};

		if (n && points[n - 1].total == point.total &&
		    points[n - 1].done == point.done)
			continue;
		n -= n && rmk_str_eq(points[n - 1].date, point.date);
		points[n++] = point;
	}
	page->points = points;
	page->npoints = n;
}

static enum rmk_code
read_history(struct call *c, struct versions_list *list, struct rmk_history *history,
    struct rmk_err *err)
{
	struct rmk_summary_opts count = {0};
	struct progress progress;
	enum rmk_code code;

	progress_begin(&progress, "Reading versions");
	code = versions_open(c, c->args, c->nargs, &progress,
	    opt_on(c, "no-cache") ? 0 : VERSIONS_CACHED, list, err);
	if (!code)
		code = burnup_of(c, list, &count, &progress, history, err);
	progress_end(&progress);
	return code;
}

// Not everything has a history: no repository, no commit of a file, standard input. The
// page is whole without it then; but what cannot be read is not left out.
static enum rmk_code
add_history(struct call *c, struct rmk_page *page, struct rmk_err *err)
{
	struct rmk_history_style style = {
	    .format = RMK_HISTORY_SVG, .label = page->title, .bare = true};
	struct rmk_buf svg = {.arena = c->arena};
	struct versions_list list;
	struct rmk_history history;
	enum rmk_code code;

	if (opt_on(c, "no-history"))
		return RMK_OK;
	code = read_history(c, &list, &history, err);
	if (code == RMK_NO_REPO || code == RMK_NOT_FOUND || code == RMK_INVALID) {
		out_verbose(c, "no history: %s", err->msg);
		return RMK_OK;
	}
	if (code)
		return code;
	add_points(c, page, &history);
	if (page->npoints < 2)
		return RMK_OK; // of one day there is nothing to draw
	rmk_history_write(c->arena, &history, &style, &svg);
	page->burnup = rmk_buf_str(&svg);
	page->cut = list.cut;
	versions_report_cut(&list);
	return RMK_OK;
}

// --- the page ---------------------------------------------------------------------------

// The one file's own title, the first heading of level 1.
static struct rmk_str
title_of(struct call *c, const struct gathered *g)
{
	const char *given = opt_text(c, "title");
	const struct rmk_doc *doc = g->nfiles == 1 ? g->files[0].doc : NULL;

	if (given)
		return rmk_str_of(given);
	for (size_t i = 0; doc && i < doc->nheadings; i++) {
		struct rmk_str text = rmk_value_text(c->arena, doc->headings[i].text);

		if (doc->headings[i].level == 1 && text.n)
			return text;
	}
	return RMK_STR("Progress");
}

// A page on its way to a file: what is made of it is written at once.
struct page_output {
	struct rmk_arena *arena;
	const struct rmk_page *page;
	int fd;
	int failed; // errno of the first write that was
};

static void
report_sink(void *ctx, struct rmk_str text)
{
	struct page_output *o = ctx;

	if (!o->failed && !rmk_write_all(o->fd, text))
		o->failed = errno;
}

static bool
report_write(void *ctx, int fd)
{
	struct page_output *o = ctx;
	struct rmk_buf html = {.arena = o->arena, .sink = report_sink, .ctx = o};

	o->fd = fd;
	rmk_page_write(o->page, &html);
	rmk_buf_flush(&html);
	errno = o->failed;
	return !o->failed;
}

static enum exit_status
write_page(struct call *c, const struct gathered *g)
{
	const char *path = opt_text(c, "output");
	struct rmk_buf html = {.arena = c->arena, .sink = out_sink};
	struct rmk_page page = {.title = title_of(c, g),
	    .summary = &g->summary,
	    .files = g->files,
	    .nfiles = g->nfiles,
	    .tables = g->tables,
	    .ntables = g->ntables};
	struct page_output to_file = {.arena = c->arena, .page = &page};
	struct rmk_err err;

	if (add_history(c, &page, &err))
		return complain(&err);
	if (strcmp(path, "-") == 0) {
		rmk_page_write(&page, &html);
		rmk_buf_flush(&html);
		return FINE;
	}
	if (save_file_by(c->arena, rmk_str_of(path), 0666, report_write, &to_file, &err))
		return complain(&err);
	if (!c->quiet)
		out_printf("%s: %zu table%s, %zu finding%s\n", path, g->ntables,
		    g->ntables == 1 ? "" : "s", g->nfindings,
		    g->nfindings == 1 ? "" : "s");
	return FINE;
}

static enum exit_status
report_run(struct call *c)
{
	struct check_run report_run = {.call = c, .keep = true};
	struct gathered g = {0};
	enum exit_status status;
	struct rmk_err err;

	if (!opt_text(c, "output")) {
		rmk_fail(&err, RMK_INVALID, "report: no file to write was named");
		rmk_hint(&err, "-o report.html; '-o -' prints the page");
		return complain(&err);
	}
	if (check_collect(&report_run, &err))
		return complain(&err);
	check_all(&report_run);
	status = report_gather(&report_run, &g, &err) ? complain(&err)
	                                              : write_page(c, &g);
	check_free(&report_run);
	return status;
}

const struct cmd cmd_report = {
    .name = "report",
    .args = "[FILE[#TABLE]...]",
    .line = "Make one static page of all tables",
    .about =
	"Writes one HTML file: progress at the top, every table with filtering and "
	"sorting,\n"
	"those with a status first, from right to left where the header is, and what "
	"check\n"
	"finds marked in place. The page needs nothing from elsewhere: no\n"
	"script, style, font or picture is loaded, its Content-Security-Policy forbids "
	"it,\n"
	"and it works from disk. Without script it is complete. The same input gives "
	"the\n"
	"same bytes.\n"
	"\n"
	"Links that start with http, https or mailto are alive. Relative ones lead to "
	"the\n"
	"files they name, seen from the folder of the page. Others are shown as text, "
	"and\n"
	"so are pictures, by their description.\n"
	"\n"
	"Tables that rowmark render wrote are left out, since they say again what the "
	"page\n"
	"says. FILE may be a folder, as for check.\n",
    .examples = examples,
    .opts = opts,
    .most = SIZE_MAX,
    .run = report_run,
};
