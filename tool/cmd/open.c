// rowmark open: the link of a row, in the browser.
#include "git/process.h"
#include "operands.h"
#include "opt.h"
#include "out.h"
#include "table/inline_references.h"

#include <stdlib.h>

static const struct opt opts[] = {
    {'n', "limit", "N", "of several links the Nth", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"Read a paper", "BROWSER=echo rowmark open lora"},
    {NULL, NULL},
};

struct urls {
	struct rmk_str *v;
	size_t n, cap;
	size_t named; // those of the cell that names the row, which come first
};

// What a browser is handed: an address of the web, and nothing that could be an option.
static bool
is_web(struct rmk_str url)
{
	return rmk_str_starts(url, RMK_STR("https://")) ||
	       rmk_str_starts(url, RMK_STR("http://"));
}

// An image is shown, and not opened, where there is a link.
static void
collect_cell(struct call *c, struct rmk_str cell, bool images, struct urls *out)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(c->arena, cell, &links);

	for (size_t i = 0; i < n; i++) {
		bool known = links[i].reference || !is_web(links[i].url) ||
		             links[i].image != images;

		for (size_t k = 0; k < out->n && !known; k++)
			known = rmk_str_eq(out->v[k], links[i].url);
		if (!known)
			*RMK_PUSH(c->arena, out->v, out->n, out->cap) = links[i].url;
	}
}

static void
collect_urls(struct call *c, const struct picked *p, size_t row, struct urls *out)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	size_t key = file_schema(c->arena, p->file, p->table)->key;

	for (int images = 0; images < 2 && out->n == 0; images++) {
		collect_cell(c, rmk_doc_cell_linked(c->arena, doc, &t->rows[row], key),
		    images, out);
		out->named = out->n;
		for (size_t col = 0; col < t->ncols; col++)
			collect_cell(c,
			    rmk_doc_cell_linked(c->arena, doc, &t->rows[row], col),
			    images, out);
	}
}

// $BROWSER may hold arguments, so the shell splits it; the address is its own word.
static enum rmk_code
browse(struct call *c, struct rmk_str url, struct rmk_err *err)
{
	const char *browser = getenv("BROWSER");
	const char *address = rmk_str_c(c->arena, url);
	const char *argv[] = {"xdg-open", address, NULL};
	const char *by_shell[] = {"sh", "-c", "$BROWSER \"$1\"", "sh", address, NULL};
	bool chosen = browser && *browser;
	struct rmk_run run = {.argv = chosen ? by_shell : argv};

	if (rmk_run(c->arena, &run, err) == RMK_OK && run.status == 0) {
		out_str(run.out);
		return RMK_OK;
	}
	rmk_fail(err, RMK_IO, "%s cannot open %.*s", chosen ? browser : "xdg-open",
	    RMK_FMT(url));
	return rmk_hint(err, "BROWSER names the program that opens links");
}

static enum rmk_code
open_one(struct call *c, const struct urls *urls, struct rmk_err *err)
{
	uint32_t nth;

	if (opt_number(c, "limit", 1, &nth, err))
		return err->code;
	if (nth > urls->n)
		return rmk_fail(
		    err, RMK_NOT_FOUND, "--limit: the row has %zu links", urls->n);
	if (urls->n == 1 || opt_on(c, "limit"))
		return browse(c, urls->v[nth - 1], err);
	if (urls->named == 1) {
		if (!c->quiet)
			out_warn("note: the row has %zu links; -n 2 opens the second",
			    urls->n);
		return browse(c, urls->v[0], err);
	}
	for (size_t i = 0; i < urls->n; i++) {
		out_printf("%zu  ", i + 1);
		out_shown(STYLE_CYAN, urls->v[i]);
		out_fill('\n', 1);
	}
	if (!c->quiet)
		out_warn("note: several links, none is opened; -n 2 opens the second");
	return RMK_OK;
}

static enum exit_status
cmd_open_run(struct call *c)
{
	struct urls urls = {0};
	struct operands o;
	struct picked *tables, p;
	struct rmk_err err;
	size_t n, row;

	if (operands_row_file(c, &o, &err))
		return complain(&err);
	if (o.nrows == 0) {
		rmk_fail(&err, RMK_INVALID, "open: ROW is missing");
		return complain(&err);
	}
	if (operands_tables(c, &o, &tables, &n, &err))
		return complain(&err);
	if (open_row(c, tables, n, rmk_str_of(o.rows[0]), &p, &row, &err)) {
		operands_explain(c, &o, &err);
		return complain(&err);
	}
	collect_urls(c, &p, row, &urls);
	if (urls.n == 0) {
		rmk_fail(&err, RMK_NOT_FOUND, "%.*s:%u: the row has no link to the web",
		    RMK_FMT(p.file->path), p.file->doc->tables[p.table].rows[row].line);
		return complain(&err);
	}
	if (open_one(c, &urls, &err))
		return complain(&err);
	return urls.n == 1 || urls.named == 1 || opt_on(c, "limit") ? FINE : FOUND;
}

const struct cmd cmd_open = {
    .name = "open",
    .args = "ROW [FILE[#TABLE]]",
    .line = "Open a row's link",
    .about =
	"Opens the link of the row that matches with $BROWSER, else with xdg-open.\n"
	"Of several it is the one of the cell that names the row; else they are listed\n"
	"with their numbers, and none is opened (exit status 1). -n N opens the Nth.\n"
	"Only addresses of the web (http, https) are opened.\n",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = SIZE_MAX,
    .run = cmd_open_run,
};
