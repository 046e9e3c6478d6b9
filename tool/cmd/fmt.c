// rowmark fmt: align tables.
//
// The only command that touches more than it was asked to, so it writes the file alone and
// leaves the commit to the reader of the diff.
#include "answer.h"
#include "open_table.h"
#include "out.h"
#include "write.h"

#include "edit/format.h"

static const struct opt opts[] = {
    {0, "check", NULL, "write nothing; exit 1 and list the files that would change",
	NULL},
    {0, "compact", NULL, "one space around cells, no padding", NULL},
    OPT_NUL,
    OPT_DRY_RUN,
    OPT_JSON,
    OPT_END,
};

static const struct example examples[] = {
    {"Ask whether the tables are aligned", "rowmark fmt --check README.md"},
    {"Align them", "rowmark fmt README.md"},
    {NULL, NULL},
};

// What to lay out in one file.
struct job {
	struct rmk_str table; // empty: all
	enum rmk_format_style style;
	const struct rmk_doc *seen; // the file that was read, and
	struct rmk_str made;        // what is made of it
};

static enum rmk_code
lay_out_doc(const struct job *job, struct rmk_arena *a, const struct rmk_doc *doc,
    struct rmk_str *out, struct rmk_err *err)
{
	size_t first = 0, n = doc->ntables;

	if (job->table.n) {
		if (rmk_address_table(a, doc, job->table, &first, err))
			return err->code;
		n = 1;
	}
	return rmk_format(a, doc, first, n, job->style, out, err);
}

static enum rmk_code
lay_out(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};
	const struct job *job = ctx;
	struct rmk_str seen = job->seen->text;
	struct rmk_doc *doc;
	enum rmk_code code;

	(void)version;
	if (seen.s == text.s && seen.n == text.n) {
		*out = job->made;
		return RMK_OK;
	}
	code = rmk_doc_parse(&scratch, path, text, 0, &doc, err);
	if (!code)
		code = lay_out_doc(job, a, doc, out, err);
	rmk_arena_free(&scratch);
	return code;
}

static enum exit_status
fmt_report(struct call *c, const struct file *f)
{
	if (!c->quiet) {
		if (opt_on(c, "null"))
			out_str(f->path);
		else
			out_shown(STYLE_PLAIN, f->path);
		out_fill(opt_on(c, "null") ? '\0' : '\n', 1);
	}
	return FOUND;
}

// Whether the file would change; if so, it is listed (--check) or added to the files that
// are written. What came from standard input goes to standard output, changed or not.
static enum exit_status
consider(struct call *c, const struct wanted *wanted, struct write_file *files, size_t *n)
{
	struct job *job = RMK_NEW(c->arena, struct job);
	struct file *file;
	struct rmk_err err;
	size_t table;

	job->table = wanted->table;
	job->style = opt_on(c, "compact") ? RMK_FORMAT_COMPACT : RMK_FORMAT_ALIGN;
	if (open_file(c, c->arena, wanted, 0, &file, &table, &err) ||
	    lay_out_doc(job, c->arena, file->doc, &job->made, &err))
		return complain(&err);
	job->seen = file->doc;
	if (file->source.place == RMK_FROM_STDIN && !opt_on(c, "check") &&
	    !opt_on(c, "dry-run")) {
		out_str(job->made);
		return FINE;
	}
	if (rmk_str_eq(job->made, file->doc->text))
		return FINE;
	files[(*n)++] = (struct write_file){file, lay_out, job};
	if (!opt_on(c, "check"))
		return FINE;
	answer_file(file->path, true);
	answer_not_done("write", "--check");
	return fmt_report(c, file);
}

static enum exit_status
fmt_run(struct call *c)
{
	enum exit_status worst = FINE;
	struct write_file *files;
	struct wanted *wanted;
	struct rmk_err err;
	size_t n, nfiles = 0;

	if (open_wanted(c, c->args, c->nargs, &wanted, &n, &err))
		return complain(&err);
	files = RMK_NEW_N(c->arena, struct write_file, n + 1);
	for (size_t i = 0; i < n; i++) {
		enum exit_status status = consider(c, &wanted[i], files, &nfiles);

		worst = status > worst ? status : worst;
	}
	if (opt_on(c, "check") || worst == TROUBLE || nfiles == 0)
		return worst;
	return write_files(c, files, nfiles, RMK_STR(""));
}

const struct cmd cmd_fmt = {
    .name = "fmt",
    .args = "[FILE[#TABLE]...]",
    .line = "Align tables",
    .about = "Pads the cells of each table to the width that their column has on a "
	     "terminal, and\n"
	     "writes the outer pipes and the missing cells of short rows. What the cells "
	     "say, the\n"
	     "alignment colons, line ends, and everything around the tables stay as they "
	     "are; the\n"
	     "result shows the same on GitHub, or the file is refused.\n"
	     "\n"
	     "This is the only command that changes more lines than it was asked to. It "
	     "writes the\n"
	     "file and commits nothing. With --check it writes nothing, lists the files "
	     "that would\n"
	     "change, and exits 1 if there are any. FILE '-' is standard input, printed "
	     "aligned: a\n"
	     "filter for an editor.",
    .examples = examples,
    .opts = opts,
    .most = SIZE_MAX,
    .run = fmt_run,
};
