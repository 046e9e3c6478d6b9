// rowmark summary: how far tables are.
#include "summary/summary.h"
#include "open_table.h"
#include "opt.h"
#include "out.h"

static const struct opt opts[] = {
    OPT_FORMAT("text md json csv svg shields mermaid"),
    {0, "by", "COLUMN", "a line for each value of this column", NULL},
    {'c', "column", "COLUMN", "count this column, not those that look like a status",
	SEVERAL},
    {0, "done", "VALUE", "a value that counts as done besides", SEVERAL},
    {0, "label", "TEXT", "the title of a chart, the left side of a shield", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"How far all tables are", "rowmark summary"},
    {"A badge for the README, by shields.io",
	"rowmark summary --format shields --label papers"},
    {"The same numbers as data", "rowmark summary --json"},
    {NULL, NULL},
};

// What was left out, to be said when nothing was counted.
struct passed {
	struct rmk_err err; // of the last table without the column asked for
	size_t tables;
};

static enum rmk_code
cmd_summary_add_file(struct call *c, struct rmk_summary *s, const struct wanted *w,
    const struct rmk_summary_opts *o, struct passed *passed, struct rmk_err *err)
{
	struct file *file;
	size_t table;
	enum rmk_code code;

	if (open_file(c, c->arena, w, RMK_PARSE_ALL, &file, &table, err))
		return err->code;
	if (table == RMK_NONE && w->table.n)
		return RMK_OK;
	passed->tables += table == RMK_NONE ? file->doc->ntables : 1;
	for (size_t i = 0; o->ncolumns == 0 && i < file->doc->ntables; i++)
		if (table == RMK_NONE || table == i)
			file_say_left_out(c, c->arena, &(struct picked){file, i});
	if (table == RMK_NONE)
		code = rmk_summary_doc(s, file->doc, o, &passed->err);
	else
		code = rmk_summary_add(s, file->doc, table,
		    file_schema(c->arena, file, table), o, &passed->err);
	if (code == RMK_NOT_FOUND)
		return RMK_OK;
	*err = code ? passed->err : *err;
	return code;
}

// A file that nobody named may be unreadable: that is said, and the others counted; but the
// command has not done what it was asked for.
static enum rmk_code
cmd_summary_count(struct call *c, struct rmk_summary *s, const struct rmk_summary_opts *o,
    struct passed *passed, struct rmk_err *err)
{
	struct wanted *wanted;
	size_t n;

	if (open_wanted(c, c->args, c->nargs, &wanted, &n, err))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		if (cmd_summary_add_file(c, s, &wanted[i], o, passed, err) == RMK_OK)
			continue;
		if (wanted[i].named)
			return err->code;
		out_warn("%s", err->msg);
		c->incomplete = true;
	}
	// "#TABLE" that no file has.
	if (!passed->tables && !passed->err.code && n && wanted[0].table.n)
		return open_no_table(wanted, n, err);
	rmk_summary_finish(s);
	return RMK_OK;
}

static enum exit_status
nothing(const struct passed *passed)
{
	struct rmk_err err;

	if (passed->err.code)
		return complain(&passed->err);
	if (passed->tables == 0) {
		out_warn("no table here");
		return FINE;
	}
	rmk_fail(&err, RMK_NOT_FOUND, "no table here has a status column");
	rmk_hint(&err, "-c COLUMN counts the values of a column");
	return complain(&err);
}

static enum exit_status
cmd_summary_run(struct call *c)
{
	struct rmk_summary s = {.arena = c->arena};
	struct rmk_summary_opts o = {.by = rmk_str_of(opt_text(c, "by"))};
	struct rmk_summary_style style = {.width = out_width(),
	    .color = out_colored(),
	    .ascii = !out_is_utf8(),
	    .matrices_last = c->nargs == 0,
	    .label = rmk_str_of(opt_text(c, "label"))};
	struct rmk_buf text = {.arena = c->arena};
	struct passed passed = {0};
	struct rmk_err err;

	o.columns = opt_texts(c, "column", &o.ncolumns);
	o.done = opt_keys(c, "done", &o.ndone);
	if (cmd_summary_count(c, &s, &o, &passed, &err))
		return complain(&err);
	if (s.ntables == 0)
		return nothing(&passed);
	rmk_summary_format_of(rmk_str_of(opt_format(c)), &style.format);
	rmk_summary_write(&s, &style, &text);
	out_str(rmk_buf_str(&text));
	return FINE;
}

const struct cmd cmd_summary = {
    .name = "summary",
    .args = "[FILE[#TABLE]...]",
    .line = "Count how far tables are",
    .about =
	"Counts the values of every status column: how many rows are done, of how\n"
	"many, and how often each value is there, in the order that is declared or\n"
	"inferred. A table with several status columns (a matrix) has a line a column.\n"
	"Over several tables a total follows. Where no FILE is named, tables of one\n"
	"status column stand before such matrices in the text.\n"
	"\n"
	"A value that is in no order is counted as unknown, and a cell without one\n"
	"as empty; both belong to the total. Values that differ in case, spacing or\n"
	"emphasis are one value, and the summary says where they do.\n"
	"\n"
	"Formats: text; md, a table for a README; json; csv; svg, a chart; shields,\n"
	"the JSON that shields.io reads from an endpoint and makes a badge of; mermaid, "
	"a\n"
	"chart that GitHub draws from a code block.\n"
	"\n"
	"With -v says which columns hold words of progress but are left out, and why.\n"
	"\n"
	"Tables inside a region that rowmark-render(1) writes are left out.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .pages = true,
    .run = cmd_summary_run,
};
