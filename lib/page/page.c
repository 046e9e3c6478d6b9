// The page from top to bottom: head, progress, burn-up, tables, findings.
#include "page/page.h"

#include "page/page_assets.h"
#include "page/page_internal.h"

void
page_put(struct page_writer *w, const char *html)
{
	rmk_buf_adds(w->out, html);
}

void
page_text(struct page_writer *w, struct rmk_str text)
{
	rmk_buf_xml(w->out, text);
}

void
page_many(struct page_writer *w, size_t n, const char *word)
{
	rmk_buf_printf(w->out, "%zu %s%s", n, word, n == 1 ? "" : "s");
}

static void
put_head(struct page_writer *w)
{
	page_put(w,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n");
	rmk_buf_printf(w->out,
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	    "base-uri 'none'; form-action 'none'; style-src 'sha256-%s'; "
	    "script-src 'sha256-%s'\">\n<title>",
	    rmk_page_style_hash, rmk_page_script_hash);
	page_text(w, w->page->title);
	rmk_buf_printf(
	    w->out, "</title>\n<style>%s</style>\n</head>\n<body>\n", rmk_page_style);
	page_put(w, "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n"
		    "<main id=\"main\" tabindex=\"-1\">\n<h1>");
	page_text(w, w->page->title);
	page_put(w, "</h1>\n");
}

// --- progress ---------------------------------------------------------------------------

// A share of the bar's width, in hundredths of a percent: no floating point, so that the
// bytes are the same everywhere.
static void
put_share(struct page_writer *w, const struct rmk_tally *t, size_t from, size_t n,
    const char *class)
{
	size_t open = rmk_tally_open(t), all = open ? open : 1, x = from * 10000 / all;
	size_t width = (from + n) * 10000 / all - x;

	if (n)
		rmk_buf_printf(w->out,
		    "<rect class=\"%s\" x=\"%zu.%02zu\" width=\"%zu.%02zu\" "
		    "height=\"10\"/>",
		    class, x / 100, x % 100, width / 100, width % 100);
}

static void
put_bar(struct page_writer *w, struct rmk_str label, const struct rmk_tally *t)
{
	page_put(w, "<svg class=\"bar\" viewBox=\"0 0 100 10\" "
		    "preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
	page_text(w, label);
	rmk_buf_printf(
	    w->out, ": %zu of %zu done\">", t->by[RMK_DONE], rmk_tally_open(t));
	put_share(w, t, 0, t->by[RMK_DONE], "done");
	put_share(w, t, t->by[RMK_DONE], t->by[RMK_DOING], "doing");
	page_put(w, "</svg>");
}

static void
put_counts(struct page_writer *w, const struct rmk_tally *t)
{
	for (size_t i = 0; i < t->ncounts; i++) {
		const struct rmk_count *c = &t->counts[i];

		if (c->n == 0)
			continue;
		rmk_buf_printf(w->out, "<span class=\"v %s\">",
		    rmk_progress_name(c->text.n ? c->progress : RMK_EMPTY));
		page_text(w, c->text.n ? c->text : RMK_STR("(empty)"));
		rmk_buf_printf(w->out, " <b>%zu</b></span> ", c->n);
	}
}

static void
put_part(
    struct page_writer *w, struct rmk_str label, size_t section, const struct rmk_part *p)
{
	const struct rmk_tally *t = &p->tally;

	page_put(w, p->kind == RMK_PART_TABLE ? "<tr><th scope=\"row\">"
					      : "<tr class=\"part\"><th scope=\"row\">");
	if (section == RMK_NONE) {
		page_text(w, label);
	} else {
		rmk_buf_printf(w->out, "<a href=\"#table-%zu\">", section + 1);
		page_text(w, page_table_title(w, &w->page->tables[section]));
		page_put(w, "</a> <span class=\"dim\">");
		page_text(w, label);
		page_put(w, "</span>");
	}
	page_put(w, "</th><td><div class=\"share\">");
	put_bar(w, label, t);
	rmk_buf_printf(w->out, "<span><b>%u&nbsp;%%</b> %zu of %zu</span></div></td><td>",
	    rmk_tally_percent(t), t->by[RMK_DONE], rmk_tally_open(t));
	put_counts(w, t);
	page_put(w, "</td></tr>\n");
}

// Which tables the summary counts, by their address.
static struct rmk_map
map_sections(struct page_writer *w)
{
	struct rmk_map map = {.arena = w->out->arena};

	for (size_t i = 0; i < w->page->ntables; i++)
		*rmk_map_put(&map, w->page->tables[i].address) = i;
	return map;
}

// What there is in all, to be seen first.
static void
put_total(struct page_writer *w)
{
	const struct rmk_tally *t = &w->page->summary->total;

	rmk_buf_printf(w->out,
	    "<p class=\"total\"><strong>%u&nbsp;%%</strong> <span>%zu of %zu done</span>"
	    "</p>\n",
	    rmk_tally_percent(t), t->by[RMK_DONE], rmk_tally_open(t));
	put_bar(w, RMK_STR("In all"), t);
}

// Tables with a line a column follow those of one line.
static void
put_part_lines(struct page_writer *w, const struct rmk_map *sections, bool many)
{
	const struct rmk_summary *s = w->page->summary;

	for (size_t i = 0; i < s->ntables; i++) {
		const struct rmk_part *p = &s->tables[i];

		if ((p->nparts > 0) != many)
			continue;
		put_part(w, p->label, rmk_map_get(sections, p->label), p);
		for (size_t k = 0; k < p->nparts; k++)
			put_part(w, p->parts[k].label, RMK_NONE, &p->parts[k]);
	}
}

static void
put_parts(struct page_writer *w, const struct rmk_map *sections)
{
	page_put(w,
	    "<div class=\"scroll\" role=\"region\" aria-label=\"Progress by table\" "
	    "tabindex=\"0\">\n<table class=\"progress\">\n<thead><tr>"
	    "<th scope=\"col\">Table</th><th scope=\"col\">Done</th>"
	    "<th scope=\"col\" class=\"wide\">Values</th></tr></thead>\n<tbody>\n");
	put_part_lines(w, sections, false);
	put_part_lines(w, sections, true);
	page_put(w, "</tbody>\n</table>\n</div>\n");
}

// Of one table with one status column the total says all.
static void
put_progress(struct page_writer *w, const struct rmk_map *sections)
{
	const struct rmk_summary *s = w->page->summary;

	if (s->ntables == 0)
		return;
	put_total(w);
	if (s->ntables == 1 && s->tables[0].nparts == 0) {
		page_put(w, "\n<p>");
		put_counts(w, &s->tables[0].tally);
		page_put(w, "</p>\n");
	} else {
		page_put(w, "\n");
		put_parts(w, sections);
	}
}

// Tables that the summary does not lead to, and the findings.
static void
put_contents(struct page_writer *w, const struct rmk_map *sections)
{
	const struct rmk_summary *s = w->page->summary;
	bool *told = RMK_NEW_N(w->out->arena, bool, w->page->ntables + 1);
	size_t left = w->page->ntables;

	for (size_t i = 0; i < s->ntables; i++) {
		size_t at = rmk_map_get(sections, s->tables[i].label);

		if (at != RMK_NONE && !told[at]) {
			told[at] = true;
			left--;
		}
	}
	if (left == 0 || w->page->ntables == 1)
		return;
	page_put(w, s->ntables ? "<nav aria-label=\"Tables without a status\">\n"
				 "<p class=\"dim\">Tables without a status</p>\n<ul>\n"
			       : "<nav aria-label=\"Tables\">\n<ul>\n");
	for (size_t i = 0; i < w->page->ntables; i++) {
		if (told[i])
			continue;
		rmk_buf_printf(w->out, "<li><a href=\"#table-%zu\">", i + 1);
		page_text(w, w->page->tables[i].address);
		page_put(w, "</a></li>\n");
	}
	page_put(w, "</ul>\n</nav>\n");
}

static void
put_burnup(struct page_writer *w)
{
	const struct rmk_page *p = w->page;

	if (p->burnup.n == 0)
		return;
	page_put(w, "<h2>Over time</h2>\n<figure>\n<div class=\"scroll chart\" "
		    "role=\"region\" aria-label=\"Chart over time\" tabindex=\"0\">\n");
	rmk_buf_add(w->out, p->burnup);
	page_put(w, "</div>\n");
	page_put(w, "<figcaption>\n<details>\n<summary>The chart as a table</summary>\n"
		    "<table class=\"points\">\n<thead><tr><th scope=\"col\">Date</th>"
		    "<th scope=\"col\" class=\"n\">Done</th>"
		    "<th scope=\"col\" class=\"n\">Total</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < p->npoints; i++) {
		page_put(w, "<tr><th scope=\"row\">");
		page_text(w, p->points[i].date);
		rmk_buf_printf(w->out,
		    "</th><td class=\"n\">%zu</td><td class=\"n\">%zu</td></tr>\n",
		    p->points[i].done, p->points[i].total);
	}
	page_put(w, "</tbody>\n</table>\n</details>\n</figcaption>\n</figure>\n");
}

// --- the whole --------------------------------------------------------------------------

static void
number_findings(struct page_writer *w)
{
	const struct rmk_page *p = w->page;

	w->first = RMK_NEW_N(w->out->arena, size_t, p->nfiles + 1);
	for (size_t i = 0; i < p->nfiles; i++) {
		w->first[i] = w->nfindings;
		w->nfindings += p->files[i].nfindings;
	}
	w->marked = RMK_NEW_N(w->out->arena, bool, w->nfindings + 1);
}

static void
put_facts(struct page_writer *w)
{
	size_t rows = 0;

	for (size_t i = 0; i < w->page->ntables; i++) {
		const struct rmk_page_table *t = &w->page->tables[i];

		rows += w->page->files[t->file].doc->tables[t->table].nrows;
	}
	page_put(w, "<p class=\"dim\">");
	page_many(w, w->page->ntables, "table");
	page_put(w, " · ");
	page_many(w, rows, "row");
	if (w->nfindings) {
		page_put(w, " · <a href=\"#findings\">");
		page_many(w, w->nfindings, "finding");
		page_put(w, "</a>");
	}
	page_put(w, "</p>\n");
}

// What the page is opened for comes first: tables of one status, then of several, then of
// none.
static void
put_tables(struct page_writer *w)
{
	static const size_t from[] = {1, 2, 0}, to[] = {1, SIZE_MAX, 0};

	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < w->page->ntables; i++) {
			size_t n = w->page->tables[i].schema->nstatus;

			if (n >= from[k] && n <= to[k])
				page_table(w, i);
		}
}

void
rmk_page_write(const struct rmk_page *page, struct rmk_buf *out)
{
	struct page_writer w = {.page = page, .out = out};
	struct rmk_map sections = map_sections(&w);

	number_findings(&w);
	put_head(&w);
	put_facts(&w);
	put_progress(&w, &sections);
	put_contents(&w, &sections);
	put_burnup(&w);
	put_tables(&w);
	page_findings(&w);
	page_put(&w, "</main>\n<footer>Made by rowmark from the Markdown files "
		     "themselves.</footer>\n");
	rmk_buf_printf(out, "<script>%s</script>\n</body>\n</html>\n", rmk_page_script);
}
