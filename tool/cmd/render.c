// rowmark render: write the marked regions of files anew.
//
// A region may name tables of other files. What is committed is rendered from HEAD's
// version of those, so that a commit never counts what is not committed yet.
#include "answer.h"
#include "base/path.h"
#include "open_table.h"
#include "opt.h"
#include "out.h"
#include "sql/view.h"
#include "summary/region.h"
#include "write.h"

#include <string.h>

static const struct opt opts[] = {
    {0, "check", NULL, "write nothing; exit 1 when a region is not up to date", NULL},
    {0, "force", NULL, "write over regions that were edited by hand", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Bring all regions up to date", "rowmark render"},
    {"Only tell, for CI", "rowmark render --check"},
    {NULL, NULL},
};

// One version of one file being rendered.
struct job {
	struct call *c;
	struct rmk_arena *a;
	struct rmk_str path; // of the file, as that version names it
	enum rmk_place place;
};

static enum rmk_code
open_beside(
    void *ctx, struct rmk_str path, const struct rmk_doc **out, struct rmk_err *err)
{
	struct job *j = ctx;
	struct rmk_source src = {
	    .place = j->place, .path = rmk_path_beside(j->a, j->path, path)};
	struct rmk_str text;
	struct rmk_doc *doc;

	src.rev = RMK_STR("HEAD");
	src.shown = src.path;
	if (rmk_source_read(j->a, &src, &j->c->repo, &text, NULL, err) ||
	    rmk_doc_parse(j->a, src.shown, text, RMK_PARSE_ALL, &doc, err))
		return err->code;
	*out = doc;
	return RMK_OK;
}

static enum rmk_code
render(struct job *j, struct rmk_str text, struct rmk_str *out, struct rmk_regions *r,
    struct rmk_err *err)
{
	struct rmk_render_opts o = {.open = open_beside,
	    .ctx = j,
	    .view = rmk_view_make,
	    .force = opt_on(j->c, "force")};
	struct rmk_doc *doc;

	if (rmk_doc_parse(j->a, j->path, text, RMK_PARSE_ALL, &doc, err) ||
	    rmk_render(j->a, doc, &o, out, r, err))
		return err->code;
	return RMK_OK;
}

// A file that is to be written.
struct target {
	struct call *c;
	struct rmk_str worktree; // its path from the current folder
};

static enum rmk_code
render_make(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	struct target *t = ctx;
	struct job j = {t->c, a, path, RMK_FROM_WORKTREE};
	struct rmk_regions regions;

	if (strcmp(version, "HEAD") == 0)
		j.place = RMK_FROM_COMMIT;
	else if (strcmp(version, "the index") == 0)
		j.place = RMK_FROM_INDEX;
	else
		j.path = t->worktree;
	return render(&j, text, out, &regions, err);
}

// What is where, for --check and for what is kept. True: something to be printed.
static bool
render_report(struct call *c, const struct file *f, const struct rmk_regions *r)
{
	bool check = opt_on(c, "check"), force = opt_on(c, "force"), any = false;

	for (size_t i = 0; i < r->n; i++) {
		bool edited = r->v[i].state == RMK_REGION_EDITED && !force;

		if (r->v[i].state == RMK_REGION_REFUSED) {
			out_warn("%.*s; the region stays as it is", RMK_FMT(r->v[i].why));
			any = true;
			continue;
		}
		if (!edited && (!check || r->v[i].state != RMK_REGION_STALE))
			continue;
		any = true;
		if (c->quiet)
			continue;
		out_shown(STYLE_PLAIN, f->path);
		out_printf(":%u: ", r->v[i].begin);
		out_str(edited
			    ? RMK_STR("edited by hand, kept (--force writes over it)\n")
			    : RMK_STR("not up to date\n"));
	}
	return any;
}

struct renders {
	struct write_file *v;
	size_t n, cap;
	bool told;
};

static enum rmk_code
render_look_at(
    struct call *c, const struct wanted *w, struct renders *list, struct rmk_err *err)
{
	struct rmk_regions regions;
	struct rmk_str out;
	struct file *f;
	size_t table;
	struct job j;

	if (open_file(c, c->arena, w, RMK_PARSE_ALL, &f, &table, err))
		return err->code;
	j = (struct job){c, c->arena, f->source.path, f->source.place};
	if (render(&j, f->doc->text, &out, &regions, err))
		return err->code;
	list->told |= render_report(c, f, &regions);
	if (opt_on(c, "check")) {
		answer_file(f->path, !rmk_str_eq(out, f->doc->text));
		answer_not_done("write", "--check");
	}
	if (!rmk_str_eq(out, f->doc->text)) {
		struct target *t = RMK_NEW(c->arena, struct target);
		*t = (struct target){c, f->source.path};
		*RMK_PUSH(c->arena, list->v, list->n, list->cap) = (struct write_file){
		    f, render_make, t};
	}
	return RMK_OK;
}

static enum exit_status
render_run(struct call *c)
{
	enum exit_status status;
	struct renders list = {0};
	struct wanted *wanted;
	struct rmk_str message;
	struct rmk_err err;
	size_t n;

	if (open_wanted(c, c->args, c->nargs, &wanted, &n, &err) ||
	    open_whole_files(c, wanted, n, &err))
		return complain(&err);
	for (size_t i = 0; i < n; i++) {
		if (render_look_at(c, &wanted[i], &list, &err))
			return complain(&err);
	}
	status = list.told ? FOUND : FINE;
	if (opt_on(c, "check") || list.n == 0)
		return status;
	message = list.n == 1 ? rmk_str_printf(c->arena, "Render %.*s",
				    RMK_FMT(list.v[0].file->path))
	                      : rmk_str_printf(c->arena, "Render %zu files", list.n);
	if (write_files(c, list.v, list.n, message) != FINE)
		return TROUBLE;
	return status;
}

const struct cmd cmd_render = {
    .name = "render",
    .args = "[FILE...]",
    .line = "Write marked regions anew",
    .about =
	"Rewrites what is between these two comments in a Markdown file:\n"
	"\n"
	"  <!-- rowmark:begin summary by=Area format=md -->\n"
	"  <!-- rowmark:end -->\n"
	"\n"
	"Views of the tables of the same file are regions too:\n"
	"\n"
	"  <!-- rowmark:begin next n=5 -->               the next rows\n"
	"  <!-- rowmark:begin board by=Status -->        a column for each value\n"
	"  <!-- rowmark:begin sql \"SELECT ...\" -->      what 'rowmark sql' would say\n"
	"\n"
	"SQL there only reads, and within a budget: 2 million steps of SQLite, 1,000 "
	"rows.\n"
	"Several rows need ORDER BY; what time or chance decides (a date of today,\n"
	"a random number)\n"
	"is refused. A view that is refused stays as it is, and it is said why; the "
	"exit\n"
	"status is 1.\n"
	"\n"
	"After summary may stand the addresses of the tables to count "
	"(README.md#papers,\n"
	"#papers, docs/list.md; without one, all tables of the file), by=COLUMN,\n"
	"column=COLUMN, label=TEXT and format=md, text or mermaid. Words that hold\n"
	"spaces are written in double quotes.\n"
	"\n"
	"Nothing outside the regions changes. Markers that are unpaired, nested or\n"
	"unknown are an error, and nothing is written. The end marker holds a checksum:\n"
	"a region that was edited by hand is told and kept, unless --force is given.\n"
	"\n"
	"Commands that change a table bring the regions of the same file up to date in\n"
	"the same commit, so this command is needed only at first, after an edit by\n"
	"hand, and for a region that counts tables of other files: 'rowmark check' says\n"
	"where one is behind. With --check nothing is written; the exit status is 1 when "
	"a region is\n"
	"not up to date.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .run = render_run,
};
