// The page, from top to bottom: progress, burn-up, tables, findings.
#include "ops/page.h"

#include "ops/page_assets.h"

struct writer {
	const struct rmk_page *page;
	struct rmk_buf *out;
};

static void
put(struct writer *w, const char *html)
{
	rmk_buf_adds(w->out, html);
}

static void
put_text(struct writer *w, struct rmk_str text)
{
	rmk_buf_xml(w->out, text);
}

static void
put_head(struct writer *w)
{
	put(w,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n");
	rmk_buf_printf(w->out,
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	    "img-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-%s'; "
	    "script-src 'sha256-%s'\">\n<title>",
	    rmk_page_style_hash, rmk_page_script_hash);
	put_text(w, w->page->title);
	rmk_buf_printf(
	    w->out, "</title>\n<style>%s</style>\n</head>\n<body>\n", rmk_page_style);
	put(w, "<a class=\"skip\" href=\"#main\">Skip to the tables</a>\n<header>\n<h1>");
	put_text(w, w->page->title);
	put(w, "</h1>\n</header>\n<main id=\"main\">\n");
}

// --- progress ---------------------------------------------------------------------------

// The browser draws the bar: no style of its own is needed, and it is read aloud.
static void
put_bar(struct writer *w, struct rmk_str label, const struct rmk_tally *t)
{
	put(w, "<progress max=\"");
	rmk_buf_printf(w->out, "%zu\" value=\"%zu\" aria-label=\"",
	    t->total ? t->total : 1, t->by[RMK_DONE]);
	put_text(w, label);
	rmk_buf_printf(
	    w->out, ": %zu of %zu done\"></progress>", t->by[RMK_DONE], t->total);
}

static void
put_counts(struct writer *w, const struct rmk_tally *t)
{
	for (size_t i = 0; i < t->ncounts; i++) {
		put(w, i ? " · " : "");
		put_text(w, t->counts[i].text.n ? t->counts[i].text : RMK_STR("(empty)"));
		rmk_buf_printf(w->out, " %zu", t->counts[i].n);
	}
}

static void
put_part(
    struct writer *w, struct rmk_str label, const char *link, const struct rmk_tally *t)
{
	put(w, "<tr><th scope=\"row\">");
	if (link)
		rmk_buf_printf(w->out, "<a href=\"#%s\">", link);
	put_text(w, label);
	put(w, link ? "</a></th><td>" : "</th><td>");
	put_bar(w, label, t);
	rmk_buf_printf(w->out,
	    "</td><td class=\"n\">%u&nbsp;%%</td><td class=\"n\">%zu of %zu</td><td>",
	    rmk_tally_percent(t), t->by[RMK_DONE], t->total);
	put_counts(w, t);
	put(w, "</td></tr>\n");
}

// The id of the section that shows a table, or NULL.
static const char *
section_of(struct writer *w, struct rmk_str address)
{
	for (size_t i = 0; i < w->page->ntables; i++) {
		if (rmk_str_eq(w->page->tables[i].address, address))
			return rmk_str_printf(w->out->arena, "table-%zu", i + 1).s;
	}
	return NULL;
}

static void
put_progress(struct writer *w)
{
	const struct rmk_summary *s = w->page->summary;

	if (s->ntables == 0)
		return;
	put(w,
	    "<section aria-labelledby=\"progress\">\n<h2 id=\"progress\">Progress</h2>\n"
	    "<div class=\"scroll\" role=\"region\" aria-label=\"Progress\" "
	    "tabindex=\"0\">\n"
	    "<table class=\"summary\">\n<thead><tr><th scope=\"col\">Table</th>"
	    "<th scope=\"col\">Done</th><th scope=\"col\" class=\"n\">Percent</th>"
	    "<th scope=\"col\" class=\"n\">Rows</th><th "
	    "scope=\"col\">Values</th></tr></thead>\n"
	    "<tbody>\n");
	for (size_t i = 0; i < s->ntables; i++) {
		const struct rmk_part *p = &s->tables[i];

		put_part(w, p->label, section_of(w, p->label), &p->tally);
		for (size_t k = 0; k < p->nparts; k++)
			put_part(w,
			    rmk_str_printf(
				w->out->arena, "– %.*s", RMK_FMT(p->parts[k].label)),
			    NULL, &p->parts[k].tally);
	}
	put(w, "</tbody>\n");
	if (s->ntables > 1) {
		put(w, "<tfoot>\n");
		put_part(w, RMK_STR("Total"), NULL, &s->total);
		put(w, "</tfoot>\n");
	}
	put(w, "</table>\n</div>\n</section>\n");
}

static void
put_burnup(struct writer *w)
{
	const struct rmk_page *p = w->page;

	if (p->burnup.n == 0)
		return;
	put(w,
	    "<section aria-labelledby=\"burn-up\">\n<h2 id=\"burn-up\">Over time</h2>\n"
	    "<figure>\n");
	rmk_buf_add(w->out, p->burnup);
	put(w, "\n<details><summary>The chart as a table</summary>\n<table>\n<thead><tr>"
	       "<th scope=\"col\">Date</th><th scope=\"col\" class=\"n\">Done</th>"
	       "<th scope=\"col\" class=\"n\">Total</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < p->npoints; i++) {
		put(w, "<tr><th scope=\"row\">");
		put_text(w, p->points[i].date);
		rmk_buf_printf(w->out,
		    "</th><td class=\"n\">%zu</td><td class=\"n\">%zu</td></tr>\n",
		    p->points[i].done, p->points[i].total);
	}
	put(w, "</tbody>\n</table>\n</details>\n</figure>\n</section>\n");
}

// --- tables -----------------------------------------------------------------------------

static bool
is_of(const struct rmk_finding *f, const struct rmk_doc *doc)
{
	return rmk_str_eq(f->path, doc->path);
}

// Whether a finding stands in this cell of this row.
static bool
stands_in(const struct rmk_finding *f, const struct rmk_doc *doc,
    const struct rmk_row *row, size_t col)
{
	uint32_t from;

	if (!is_of(f, doc) || f->at.line != row->line || col >= row->ncells)
		return false;
	from = row->cells[col].at - row->span.at + 1;
	return f->at.from >= from && f->at.from <= from + row->cells[col].len;
}

// The mark of each finding of a cell: a link to its text below the tables.
static void
put_marks(
    struct writer *w, const struct rmk_doc *doc, const struct rmk_row *row, size_t col)
{
	for (size_t i = 0; i < w->page->nfindings; i++) {
		const struct rmk_finding *f = &w->page->findings[i];

		if (!stands_in(f, doc, row, col))
			continue;
		rmk_buf_printf(w->out,
		    " <a class=\"mark %s\" id=\"at-%zu\" href=\"#finding-%zu\" title=\"",
		    f->level == RMK_ERROR ? "error" : "warning", i + 1, i + 1);
		put_text(w, f->message);
		rmk_buf_printf(w->out,
		    "\"><span aria-hidden=\"true\">⚠</span><span class=\"sr\">finding "
		    "%zu</span></a>",
		    i + 1);
	}
}

static const char *
align_class(const struct rmk_table *t, size_t col)
{
	switch (col < t->ncols ? t->aligns[col] : RMK_ALIGN_NONE) {
	case RMK_ALIGN_RIGHT:
		return " class=\"n\"";
	case RMK_ALIGN_CENTER:
		return " class=\"c\"";
	default:
		return "";
	}
}

static enum rmk_progress
row_progress(struct writer *w, const struct rmk_page_table *pt, const struct rmk_row *row)
{
	size_t col;

	if (pt->schema->nstatus != 1)
		return RMK_UNKNOWN;
	col = pt->schema->status[0];
	return rmk_field_progress(
	    w->out->arena, &pt->schema->fields[col], rmk_doc_cell(pt->doc, row, col));
}

static void
put_row(struct writer *w, const struct rmk_page_table *pt, const struct rmk_row *row,
    bool marked)
{
	const struct rmk_table *t = &pt->doc->tables[pt->table];
	size_t n = row->ncells > t->ncols ? row->ncells : t->ncols;

	rmk_buf_printf(
	    w->out, "<tr data-p=\"%s\">", rmk_progress_name(row_progress(w, pt, row)));
	for (size_t c = 0; c < n; c++) {
		const char *tag = c == pt->schema->key ? "th" : "td";

		rmk_buf_printf(w->out, "<%s%s%s>", tag,
		    c == pt->schema->key ? " scope=\"row\"" : "",
		    c >= t->ncols ? " class=\"excess\"" : align_class(t, c));
		rmk_page_cell(w->out, rmk_doc_cell(pt->doc, row, c));
		if (marked)
			put_marks(w, pt->doc, row, c);
		rmk_buf_printf(w->out, "</%s>", tag);
	}
	put(w, "</tr>\n");
}

// Lines of this document that have findings: a row on none of them need not ask each.
static bool
has_finding(struct writer *w, const struct rmk_doc *doc, uint32_t line)
{
	for (size_t i = 0; i < w->page->nfindings; i++) {
		if (w->page->findings[i].at.line == line &&
		    is_of(&w->page->findings[i], doc))
			return true;
	}
	return false;
}

static void
put_header(struct writer *w, const struct rmk_page_table *pt)
{
	const struct rmk_table *t = &pt->doc->tables[pt->table];

	put(w, "<thead><tr>");
	for (size_t c = 0; c < t->ncols; c++) {
		rmk_buf_printf(w->out, "<th scope=\"col\"%s>", align_class(t, c));
		rmk_page_cell(w->out, rmk_doc_cell(pt->doc, &t->header, c));
		put_marks(w, pt->doc, &t->header, c);
		put(w, "</th>");
	}
	put(w, "</tr></thead>\n<tbody>\n");
}

static void
put_table(struct writer *w, size_t i)
{
	const struct rmk_page_table *pt = &w->page->tables[i];
	const struct rmk_table *t = &pt->doc->tables[pt->table];

	rmk_buf_printf(w->out,
	    "<section class=\"table\" aria-labelledby=\"table-%zu\">\n<h2 "
	    "id=\"table-%zu\">",
	    i + 1, i + 1);
	put_text(w, pt->address);
	rmk_buf_printf(w->out,
	    "</h2>\n<p class=\"tools\"><span class=\"count\" aria-live=\"polite\">%u "
	    "row%s"
	    "</span></p>\n<div class=\"scroll\" role=\"region\" aria-label=\"",
	    t->nrows, t->nrows == 1 ? "" : "s");
	put_text(w, pt->address);
	rmk_buf_printf(
	    w->out, "\" tabindex=\"0\">\n<table data-rows=\"%u\">\n", t->nrows);
	put_header(w, pt);
	for (size_t r = 0; r < t->nrows; r++)
		put_row(w, pt, &t->rows[r], has_finding(w, pt->doc, t->rows[r].line));
	put(w, "</tbody>\n</table>\n</div>\n</section>\n");
}

// --- findings ---------------------------------------------------------------------------

// Whether a mark of the finding stands in a table above, so that it can be gone back to.
static bool
is_marked(struct writer *w, const struct rmk_finding *f)
{
	for (size_t i = 0; i < w->page->ntables; i++) {
		const struct rmk_page_table *pt = &w->page->tables[i];
		const struct rmk_table *t = &pt->doc->tables[pt->table];
		uint32_t first = t->header.line;

		if (!is_of(f, pt->doc) || f->at.line < first ||
		    f->at.line > first + t->nrows + 1 || f->at.line == first + 1)
			continue;
		const struct rmk_row *row = f->at.line == first
		                                ? &t->header
		                                : &t->rows[f->at.line - first - 2];
		for (size_t c = 0; c < row->ncells; c++) {
			if (stands_in(f, pt->doc, row, c))
				return true;
		}
	}
	return false;
}

static void
put_finding(struct writer *w, size_t i)
{
	const struct rmk_finding *f = &w->page->findings[i];

	rmk_buf_printf(w->out,
	    "<li id=\"finding-%zu\"><span class=\"level %s\">%s</span> ", i + 1,
	    f->level == RMK_ERROR ? "error" : "warning", rmk_level_name(f->level));
	if (is_marked(w, f))
		rmk_buf_printf(w->out, "<a href=\"#at-%zu\">", i + 1);
	put_text(w, f->path);
	rmk_buf_printf(w->out, ":%u%s ", f->at.line, is_marked(w, f) ? "</a>" : "");
	put_text(w, f->message);
	rmk_buf_printf(w->out, " <code>%s</code></li>\n", f->rule->name);
}

static void
put_findings(struct writer *w)
{
	if (w->page->nfindings == 0)
		return;
	put(w,
	    "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>\n"
	    "<ol class=\"findings\">\n");
	for (size_t i = 0; i < w->page->nfindings; i++)
		put_finding(w, i);
	put(w, "</ol>\n</section>\n");
}

void
rmk_page_write(const struct rmk_page *page, struct rmk_buf *out)
{
	struct writer w = {page, out};

	put_head(&w);
	put_progress(&w);
	put_burnup(&w);
	for (size_t i = 0; i < page->ntables; i++)
		put_table(&w, i);
	put_findings(&w);
	put(&w, "</main>\n<footer>Made by rowmark from the Markdown files "
		"themselves.</footer>\n");
	rmk_buf_printf(out, "<script>%s</script>\n</body>\n</html>\n", rmk_page_script);
}
