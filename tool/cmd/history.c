// rowmark history: progress over time.
//
#include "history_run.h"
#include "opt.h"
#include "out.h"
#include "save.h"

#define CHANGES_SHOWN 10

static const struct opt opts[] = {
    OPT_FORMAT("text csv json svg mermaid"),
    {'c', "column", "COLUMN", "count this column, not those that look like a status",
	SEVERAL},
    {0, "done", "VALUE", "a value that counts as done besides", SEVERAL},
    {0, "label", "TEXT", "the title of a chart", NULL},
    {'o', "output", "FILE", "write to FILE", NULL},
    OPT_VERSIONS,
    {0, "no-cache", NULL, "neither use nor keep what was found out before", NULL},
    OPT_LIMIT,
    OPT_END,
};

static const struct example examples[] = {
    {"How far it got, and when", "rowmark history README.md"},
    {"A chart for the README", "rowmark history README.md --format svg"},
    {NULL, NULL},
};

// What is counted is asked for as summary is.
static enum rmk_code
cmd_history_report(struct call *c, struct versions_list *list, struct progress *progress,
    struct rmk_history *out, struct rmk_err *err)
{
	struct rmk_summary_opts count = {0};

	count.columns = opt_texts(c, "column", &count.ncolumns);
	count.done = opt_keys(c, "done", &count.ndone);
	return burnup_of(c, list, &count, progress, out, err);
}

static struct rmk_str
cmd_history_title(struct call *c, const struct versions_list *list)
{
	const struct versions *f = &list->files[0];
	const char *given = opt_text(c, "label");

	if (given)
		return rmk_str_of(given);
	if (list->nfiles > 1)
		return rmk_str_printf(c->arena, "%zu files", list->nfiles);
	return f->table.n ? rmk_str_printf(c->arena, "%.*s#%.*s", RMK_FMT(f->shown),
				RMK_FMT(f->table))
	                  : f->shown;
}

static enum exit_status
cmd_history_run(struct call *c)
{
	struct rmk_buf text = {.arena = c->arena};
	struct rmk_history_style style = {
	    .width = out_width(), .color = out_colored(), .ascii = !out_is_utf8()};
	struct versions_list list;
	struct rmk_history history;
	struct progress progress;
	struct rmk_err err;
	enum rmk_code code;
	uint32_t limit;

	if (opt_number(c, "limit", CHANGES_SHOWN, &limit, &err))
		return complain(&err);
	progress_begin(&progress, "Reading versions");
	code = versions_open(c, c->args, c->nargs, &progress,
	    opt_on(c, "no-cache") ? 0 : VERSIONS_CACHED, &list, &err);
	if (!code)
		code = cmd_history_report(c, &list, &progress, &history, &err);
	progress_end(&progress);
	if (code)
		return complain(&err);
	style.limit = limit;
	style.label = cmd_history_title(c, &list);
	style.cut = list.cut;
	rmk_history_format_of(rmk_str_of(opt_format(c)), &style.format);
	rmk_history_write(c->arena, &history, &style, &text);
	if (opt_text(c, "output") &&
	    save_file(c->arena, rmk_str_of(opt_text(c, "output")), rmk_buf_str(&text),
		0666, &err))
		return complain(&err);
	if (!opt_text(c, "output"))
		out_str(rmk_buf_str(&text));
	versions_report_cut(&list);
	return FINE;
}

const struct cmd cmd_history = {
    .name = "history",
    .args = "[FILE[#TABLE]...]",
    .line = "Tell progress over time",
    .about =
	"Reads every version of the files along the first parents of HEAD (with --full\n"
	"along all) and says how many rows there were and how many were done, by date.\n"
	"Renamed files, renamed columns, and tables that moved are followed. Several\n"
	"files are summed up.\n"
	"\n"
	"Of each version those columns count that a summary of it counts; where the\n"
	"newest declares a status, that counts before it was declared too. Values are\n"
	"measured as the newest version reads them. When all rows with one value\n"
	"changed to another on one day (Yes to ✅ Yes), that is the same status under a\n"
	"new name: it is told, and shows as no progress. Rows that were lost and came\n"
	"back soon are told too, and a chart does not show the fall.\n"
	"\n"
	"Dates are those of authors; --date-order takes those of committers, which tell\n"
	"when a change landed, but are all one day where a history was imported.\n"
	"\n"
	"Formats: text; csv and json, every version; svg, a burn-up chart; mermaid, a\n"
	"chart that GitHub draws from a code block.\n"
	"\n"
	"What was found out of a version is kept in the git folder under rowmark/, "
	"which\n"
	"can be deleted at any time.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .pages = true,
    .run = cmd_history_run,
};
