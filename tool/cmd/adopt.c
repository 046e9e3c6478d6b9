// rowmark adopt: turn a list into a table.
#include "open_table.h"
#include "out.h"
#include "write_report.h"

#include "edit/adopt.h"

static const struct opt opts[] = {
    {0, "title", "LABEL", "the first column's header (default: Title)", NULL},
    {0, "notes", "LABEL", "the notes column's header (default: Notes)", NULL},
    {0, "status", "LABEL", "the status column's header", NULL},
    {0, "todo", "WORD", "the status of items that are not done", NULL},
    {0, "done", "WORD", "the status of items that are done", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"See what the section's list would become", "rowmark adopt -n README.md#courses"},
    {"Bring it under progress", "rowmark adopt README.md#courses"},
    {NULL, NULL},
};

struct job {
	struct rmk_str anchor;
	struct rmk_adopt_opts opts;
	struct rmk_adopted result; // of the version made last
};

static enum rmk_code
find_heading(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str name,
    size_t *out, struct rmk_err *err)
{
	struct rmk_buf all = {.arena = a};

	for (size_t i = 0; i < doc->nheadings; i++) {
		if (rmk_str_eq_nocase(doc->headings[i].anchor, name)) {
			*out = i;
			return RMK_OK;
		}
		if (doc->headings[i].anchor.n)
			rmk_buf_printf(&all, "%s%.*s", all.n ? ", " : "",
			    RMK_FMT(doc->headings[i].anchor));
	}
	rmk_fail(err, RMK_NOT_FOUND, "%.*s: no heading '%.*s'", RMK_FMT(doc->path),
	    RMK_FMT(name));
	if (all.n == 0)
		return rmk_hint(err, "the file has no headings");
	return rmk_hint(err, "there are: %.*s", RMK_FMT(rmk_buf_str(&all)));
}

static enum rmk_code
make_table(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	struct job *job = ctx;
	struct rmk_doc *doc;
	size_t heading = 0;

	(void)version;
	if (rmk_doc_parse(a, path, text, RMK_PARSE_ALL, &doc, err) ||
	    find_heading(a, doc, job->anchor, &heading, err) ||
	    rmk_adopt(a, doc, heading, &job->opts, &job->result, err))
		return err->code;
	*out = job->result.text;
	return RMK_OK;
}

// FILE#HEADING names a heading, not a table, so the file is opened without it.
static enum rmk_code
open_section(struct call *c, struct file **file, struct job *job, struct rmk_err *err)
{
	struct wanted *wanted;
	size_t n, table;

	if (open_wanted(c, c->args, 1, &wanted, &n, err))
		return err->code;
	job->anchor = wanted[0].table;
	wanted[0].table = (struct rmk_str){0};
	if (n != 1 || job->anchor.n == 0) {
		rmk_fail(err, RMK_INVALID, "%s names no section", c->args[0]);
		return rmk_hint(err, "write FILE#HEADING, for example README.md#tools");
	}
	return open_file(c, c->arena, &wanted[0], RMK_PARSE_ALL, file, &table, err);
}

static enum exit_status
cmd_adopt_run(struct call *c)
{
	struct job job = {
	    .opts = {rmk_str_of(opt_text(c, "title")), rmk_str_of(opt_text(c, "notes")),
		rmk_str_of(opt_text(c, "status")), rmk_str_of(opt_text(c, "todo")),
		rmk_str_of(opt_text(c, "done"))}};
	struct write_file write = {.make = make_table, .ctx = &job};
	struct rmk_commit_result result = {0};
	struct rmk_str made, message;
	struct rmk_err err;

	if (open_section(c, &write.file, &job, &err) ||
	    make_table(
		&job, c->arena, "", write.file->path, write.file->doc->text, &made, &err))
		return complain(&err);
	message = rmk_str_printf(
	    c->arena, "Make the list under %.*s a table", RMK_FMT(job.anchor));
	if (write_quietly(c, &write, 1, message, &result, &err))
		return write_failed(c, &err);
	if (!c->quiet && !opt_on(c, "dry-run")) {
		out_shown(STYLE_DIM, write.file->path);
		out_printf("#%.*s  a list of %zu became a table, %zu done\n",
		    RMK_FMT(job.anchor), job.result.nitems, job.result.ndone);
	}
	report_commit(c, &result);
	return FINE;
}

const struct cmd cmd_adopt = {
    .name = "adopt",
    .args = "FILE#HEADING",
    .line = "Turn a section's list into a table with a status",
    .about =
	"Makes the first list under a heading a table: one row an item, in order. The\n"
	"leading link of an item (or its whole text) is the title, what follows a dash "
	"or\n"
	"a colon behind the link is the note. A check box or a leading tick is the "
	"status,\n"
	"and an item that is struck out as a whole is done. No text is lost: only list\n"
	"markers, check boxes, those ticks and that separator go, since their place in\n"
	"the table says the same.\n"
	"\n"
	"The status column is called and filled as in the file's first table that has "
	"one;\n"
	"without such a table it is Status, with To do and Done, or their like in the\n"
	"language of the list or, where that shows none, of the file; --todo and --done\n"
	"say the words. An item that a row cannot hold (a nested list, a second\n"
	"paragraph) is refused, with its line.\n"
	"\n"
	"Try it with -n first: it prints the diff and writes nothing.\n",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = 1,
    .run = cmd_adopt_run,
};
