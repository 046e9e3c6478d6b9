// rowmark check: say where tables are broken, and mend what can be mended.
//
// Exit status: 1 for an error (with --strict for a warning too), 2 when a file could not be
// read or written, whatever was found elsewhere.
#include "check/report.h"
#include "check_run.h"
#include "opt.h"
#include "out.h"
#include "save.h"

#include <stdlib.h>
#include <string.h>

static const struct opt opts[] = {
    OPT_FORMAT("full concise json jsonl sarif github gitlab rdjson junit"),
    {0, "staged", NULL, "check what is staged: only what the commit will bring", NULL},
    {0, "whole", NULL, "with --staged: what its parents have as well", NULL},
    {0, "since", "REV", "only what is new since HEAD and REV parted", NULL},
    {0, "fix", NULL, "make the fixes that lose nothing", NULL},
    OPT_DRY_RUN,
    {0, "rule", "NAME=LEVEL", "set a rule to off, warn or error", SEVERAL},
    {0, "strict", NULL, "exit 1 for warnings too", NULL},
    {0, "rules", NULL, "list all rules", NULL},
    {'o', "output", "FILE", "write the report to FILE", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"Check all Markdown files of the repository", "rowmark check"},
    {"Check what is about to be committed", "rowmark check --staged"},
    {"Only what is new since a commit", "rowmark check --since HEAD"},
    {"Mend what can be mended without losing anything", "rowmark check --fix README.md"},
    {NULL, NULL},
};

// The format asked for; else annotations in GitHub Actions, carets on a terminal, and one
// line a finding for everything that reads lines.
static const char *
format_of(const struct call *c)
{
	const char *actions = getenv("GITHUB_ACTIONS");

	if (opt_text(c, "format") || opt_on(c, "json"))
		return opt_format(c);
	if (actions && strcmp(actions, "true") == 0)
		return "github";
	return out_is_terminal() ? "full" : "concise";
}

// --- the findings of all files ------------------------------------------------

struct all {
	const struct rmk_kept **kept; // [nfiles] of the files with findings
	struct rmk_str *paths; // [npaths] of all files; NULL: no format asks for them
	size_t npaths, nfiles, cap;
	size_t n, nerrors, nwarnings, nfixable;
	size_t nbefore; // not listed: they are not new
};

static void
add_kept(
    struct call *c, struct all *all, struct rmk_str path, const struct rmk_kept *kept)
{
	if (all->paths)
		all->paths[all->npaths] = path;
	all->npaths++;
	if (!kept)
		return;
	*RMK_PUSH(c->arena, all->kept, all->nfiles, all->cap) = kept;
	all->n += kept->n;
}

// A setting of .rowmark.ini that switched nothing off; reported only when all files were
// asked for, since in others it may.
static void
add_unused(struct check_run *run, struct all *all, const bool *used)
{
	struct call *c = run->call;
	struct rmk_findings found = {0};
	size_t n = run->nsettings;
	uint32_t *lines = RMK_NEW_N(c->arena, uint32_t, n);
	struct rmk_rule_setting *idle = RMK_NEW_N(c->arena, struct rmk_rule_setting, n);
	struct rmk_kept *kept;
	size_t nidle = 0;

	if (c->nargs || run->staged || run->since.n)
		return;
	for (size_t i = 0; i < n; i++) {
		if (run->settings[i].level != RMK_OFF || used[i] || !run->lines[i])
			continue;
		idle[nidle] = run->settings[i];
		lines[nidle++] = run->lines[i];
	}
	rmk_check_unused(c->arena, RMK_STR(".rowmark.ini"), idle, lines, nidle, &found);
	if (!found.n)
		return;
	kept = RMK_NEW(c->arena, struct rmk_kept);
	*kept = rmk_findings_pack(c->arena, RMK_STR(".rowmark.ini"), &found);
	add_kept(c, all, kept->path, kept);
	all->nerrors += found.nerrors;
	all->nwarnings += found.nwarnings;
}

// Files that could not be read are complained about here, in their order.
static enum exit_status
cmd_check_gather(struct check_run *run, struct all *all)
{
	enum exit_status status = FINE;

	if (strcmp(format_of(run->call), "junit") == 0)
		all->paths = RMK_NEW_N(run->call->arena, struct rmk_str, run->nfiles + 1);
	for (size_t i = 0; i < run->nfiles; i++) {
		struct check_file *f = &run->files[i];

		if (!check_messages(f))
			continue;
		if (check_error(f)) {
			status = complain(check_error(f));
			continue;
		}
		add_kept(run->call, all, f->wanted->source->shown, f->kept);
		all->nerrors += f->nerrors;
		all->nwarnings += f->nwarnings;
		all->nfixable += f->nfixable;
		all->nbefore += f->nbefore;
	}
	return status;
}

// --- how it is said -----------------------------------------------------------

static const char *
many(size_t n)
{
	return n == 1 ? "" : "s";
}

static void
add_summary(struct rmk_buf *out, const struct all *all, size_t nfixed)
{
	if (nfixed)
		rmk_buf_printf(out, "%zu finding%s mended\n", nfixed, many(nfixed));
	if (all->n == 0) {
		rmk_buf_printf(
		    out, "%zu file%s, nothing found\n", all->npaths, many(all->npaths));
		return;
	}
	rmk_buf_printf(out, "%zu error%s and %zu warning%s in %zu of %zu file%s",
	    all->nerrors, many(all->nerrors), all->nwarnings, many(all->nwarnings),
	    all->nfiles, all->npaths, many(all->npaths));
	if (all->nfixable)
		rmk_buf_printf(out, "; --fix can mend %zu", all->nfixable);
	rmk_buf_addc(out, '\n');
}

static void
add_report(struct rmk_buf *out, const struct all *all, const char *format, size_t nfixed)
{
	struct rmk_kept_cursor cursor = {.files = all->kept, .nfiles = all->nfiles};
	struct rmk_report report = {.n = all->n,
	    .paths = all->paths,
	    .npaths = all->npaths,
	    .color = out_colored() && out->sink,
	    .at = rmk_kept_at,
	    .ctx = &cursor};

	for (size_t i = 0; rmk_report_formats[i].name; i++)
		if (strcmp(rmk_report_formats[i].name, format) == 0)
			rmk_report_formats[i].write(out, &report);
	if (strcmp(format, "full") == 0)
		add_summary(out, all, nfixed);
	rmk_buf_flush(out);
	rmk_arena_free(&cursor.scratch);
}

// git names the index to its hooks: there, between a command and its answer, what is in order and
// what was not in order before is nothing to be said with each commit.
static bool
is_idle_hook(const struct call *c, const struct all *all)
{
	return all->n == 0 && opt_on(c, "staged") && getenv("GIT_INDEX_FILE") &&
	       !opt_text(c, "format") && !opt_on(c, "json");
}

// A file is written whole; what goes to standard output is handed on as it is made.
static enum exit_status
cmd_check_report(struct call *c, const struct all *all, size_t nfixed)
{
	const char *path = opt_text(c, "output");
	struct rmk_buf out = {.arena = c->arena, .sink = path ? NULL : out_sink};
	struct rmk_err err;

	if (path || !is_idle_hook(c, all))
		add_report(&out, all, format_of(c), nfixed);
	if (path && save_file(c->arena, rmk_str_of(path), rmk_buf_str(&out), 0666, &err))
		return complain(&err);
	if (all->nbefore && !is_idle_hook(c, all))
		out_warn("%zu finding%s not new and not listed%s", all->nbefore,
		    all->nbefore == 1 ? " is" : "s are",
		    opt_text(c, "since") ? "" : "; --whole lists them");
	return FINE;
}

static void
list_rules(struct call *c)
{
	struct rmk_buf out = {.arena = c->arena};

	if (opt_on(c, "json") || opt_format_is(c, "json"))
		rmk_report_rules_json(&out);
	else
		rmk_report_rules(&out, out_colored());
	out_str(rmk_buf_str(&out));
}

static void
cmd_check_add_rules(struct rmk_buf *out)
{
	rmk_buf_adds(out, "The rules are:\n\n");
	rmk_report_rules(out, false);
}

// --- the command --------------------------------------------------------------

static enum exit_status
worse(enum exit_status a, enum exit_status b)
{
	return a > b ? a : b;
}

static enum exit_status
cmd_check_run(struct call *c)
{
	struct check_run run = {.call = c,
	    .whole_files = true,
	    .staged = opt_on(c, "staged"),
	    .whole = opt_on(c, "whole"),
	    .fix = opt_on(c, "fix"),
	    .since = rmk_str_of(opt_text(c, "since"))};
	enum exit_status status = FINE, told;
	struct all all = {0};
	struct rmk_err err;
	size_t nfixed = 0;
	bool *used;

	if (opt_on(c, "rules")) {
		list_rules(c);
		return FINE;
	}
	run.lines_only = strcmp(format_of(c), "concise") == 0;
	run.unnamed = run.lines_only || strcmp(format_of(c), "full") == 0;
	run.nrules = opt_all(c, "rule", &run.rules);
	if (check_collect(&run, &err))
		return complain(&err);
	used = RMK_NEW_N(c->arena, bool, run.nsettings);
	for (size_t i = 0; i < run.nsettings; i++)
		run.settings[i].used = &used[i];
	check_all(&run);
	if (opt_on(c, "fix"))
		status = check_fix_all(&run, &nfixed);
	check_settle_all(&run);
	status = worse(status, cmd_check_gather(&run, &all));
	add_unused(&run, &all, used);
	if (all.nerrors || (all.nwarnings && opt_on(c, "strict")))
		status = worse(status, FOUND);
	// What --fix prints to standard output is the mended text, or a diff.
	told = FINE;
	if (!c->quiet && (!opt_on(c, "dry-run") || opt_format_is(c, "json")))
		told = cmd_check_report(c, &all, nfixed);
	check_free(&run);
	return worse(status, told);
}

const struct cmd cmd_check = {
    .name = "check",
    .args = "[FILE...]",
    .line = "Say what is broken in tables",
    .about =
	"GitHub hides what is wrong with a table: it drops cells that are too many, "
	"shows a\n"
	"table as text when its delimiter row does not fit, ends it at a blank "
	"line, and\n"
	"says nothing. check says it, with the line and the reason, before it is "
	"pushed.\n"
	"\n"
	"Without a FILE, checks all Markdown files of the repository, or, with "
	"--staged,\n"
	"those that are staged. FILE may be a folder (with --staged: what is staged "
	"below\n"
	"it), '-' for standard input, ':PATH' for the index, and 'REV:PATH' for a "
	"commit.\n"
	"Keys and references are held against all files of the same place, whichever "
	"are\n"
	"checked.\n"
	"\n"
	"A finding of level error is certain: data that is lost or not shown, or a "
	"declared\n"
	"rule that is broken. All that is judged by likelihood is a warning. The "
	"exit status\n"
	"is 0 without errors, 1 with errors (with --strict for warnings too), and 2 "
	"when a\n"
	"file could not be read.\n"
	"\n"
	"Rows that fell out of a table, and whole tables shown as text or code, are "
	"errors "
	"where\n"
	"it is certain that they were meant as such: lines with a pipe at either end and "
	"as many\n"
	"cells; under an indent of four only when nothing but the table is there, "
	"and "
	"neither\n"
	"the text above nor the page itself is about how tables are written. Else they "
	"are\n"
	"warnings. No table is meant in front matter, nor where HTML shows its text as "
	"it "
	"is\n"
	"(<pre>, <textarea>, <script>, <style>, <xmp>, comments). A cell that shows "
	"nothing, "
	"as a\n"
	"comment behind the last pipe, loses nothing.\n"
	"\n"
	"With --fix, what can be mended without losing a byte that someone wrote is "
	"mended:\n"
	"a missing cell added, a pipe inside code escaped, line ends made alike, a "
	"missing "
	"blank\n"
	"line put in. An extra cell is never removed. No fix changes what a cell means: "
	"a "
	"value is\n"
	"spelled as it is elsewhere only in a status column, and only where the two "
	"differ in "
	"the\n"
	"case of plain words, in U+FE0F, or in how many blanks stand between words; "
	"never "
	"where a\n"
	"digit, a sign, code, an identifier or a list's mark is concerned, nor where "
	"both "
	"spellings\n"
	"are as common. With --staged the index is mended, and the worktree where the "
	"same "
	"lines\n"
	"stand there; nothing is committed. -n prints the diff instead, or, with "
	"--json,\n"
	"what there is to mend.\n"
	"\n"
	"With --staged, only what the commit will bring is reported: a finding is left "
	"out\n"
	"when a parent's version of the file has it, that is the same rule, the same "
	"words,\n"
	"and the same row by key or by text, wherever it is. In a merge it is new "
	"only\n"
	"when no parent has it; in a first commit and in a new file everything is new; "
	"a\n"
	"renamed file is compared with what it was. Rows that a parent shows in a table "
	"and\n"
	"that are still there, but shown as text, code or HTML, are a finding "
	"(hidden-row).\n"
	"What is left out is counted in one line. --whole reports all of a staged file.\n"
	"\n"
	"--since REV does the same with the version where REV and HEAD part (git\n"
	"merge-base), for a branch in CI: --since origin/main. Where a shallow clone "
	"does\n"
	"not reach that far, files are judged whole, and a line says so.\n"
	"\n"
	"A rule is switched off for one table by '@off: RULE' in its declaration, "
	"for the\n"
	"repository by 'RULE = off' under [rules] in .rowmark.ini, and for one run "
	"by --rule\n"
	"RULE=off. What is switched off and finds nothing is a finding itself.\n"
	"\n"
	"Formats: full shows the line and a caret, and is the default on a "
	"terminal; concise\n"
	"is one line a finding; github, the default in GitHub Actions, makes "
	"annotations; the\n"
	"others are for the tools of their name. check --rules lists all rules.\n",
    .more = cmd_check_add_rules,
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .pages = true,
    .run = cmd_check_run,
};
