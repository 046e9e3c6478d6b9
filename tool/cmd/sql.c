// rowmark sql: ask and change tables in SQL.
//
// Statements run on documents in memory. What they changed comes back as edits, which go
// through the gate and, in one commit, into the files.
#include "answer.h"
#include "clock.h"
#include "edit/dates.h"
#include "elsewhere_gate.h"
#include "faster.h"
#include "grid.h"
#include "out.h"
#include "resume.h"
#include "sql_session.h"
#include "write_report.h"

#include "check/constraint_gate.h"
#include "edit/replay.h"
#include "sql/view.h"
#include "summary/region.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static const struct opt opts[] = {
    {'p', "param", "NAME=VALUE", "a value for :NAME (or for the first '?': 1=VALUE)",
	SEVERAL},
    {0, "timeout", "MS", "stop a run that takes longer, in milliseconds", NULL},
    OPT_FORMAT(GRID_FORMATS),
    OPT_WRITE_OR_READ,
    OPT_END,
};

static const struct example examples[] = {
    {"Count papers by status",
	"rowmark sql 'SELECT \"Read or Not\", count(*) FROM papers GROUP BY 1'"},
    {"Find by a value that needs no quoting",
	"rowmark sql 'SELECT Paper FROM papers WHERE Link_url LIKE :url' -p "
	"url=%arxiv.org%"},
    {"See what an UPDATE would change", "rowmark sql -n \"UPDATE papers SET \\\"Read or "
					"Not\\\" = 'Reading' WHERE Paper = 'LoRA'\""},
    {NULL, NULL},
};

static volatile sig_atomic_t interrupted;

static void
interrupt(int sig)
{
	(void)sig;
	interrupted = 1;
}

static bool
was_interrupted(void *ctx)
{
	(void)ctx;
	return interrupted;
}

void
session_watch(void)
{
	interrupted = 0;
	signal(SIGINT, interrupt);
}

// --- a session ------------------------------------------------------------------------------

static enum rmk_code
read_params(struct session *s, struct rmk_err *err)
{
	const char **given;

	s->nparams = opt_all(s->call, "param", &given);
	s->params = RMK_NEW_N(s->call->arena, struct rmk_sql_param, s->nparams);
	for (size_t i = 0; i < s->nparams; i++) {
		struct rmk_str value = rmk_str_of(given[i]);

		rmk_str_split(&value, '=', &s->params[i].name);
		if (!value.s)
			return rmk_fail(
			    err, RMK_INVALID, "-p %s: wanted NAME=VALUE", given[i]);
		s->params[i].value = value;
	}
	return RMK_OK;
}

// The files of tables, each once; the tables of a file stand together, or it was named more
// than once.
static void
note_files(struct session *s, const struct picked *tables, size_t n)
{
	s->files = RMK_NEW_N(&s->arena, struct file *, n);
	for (size_t i = 0; i < n; i++) {
		size_t f = s->nfiles;

		while (f > 0 && s->files[f - 1] != tables[i].file)
			f--;
		if (f == 0)
			s->files[s->nfiles++] = tables[i].file;
	}
}

// A statement may do without any table, but not without one that was named.
static enum rmk_code
open_session_tables(
    struct session *s, struct picked **tables, size_t *n, struct rmk_err *err)
{
	const char **narrow;
	enum rmk_code code = open_tables_in(
	    s->call, &s->arena, s->words, s->nwords, tables, n, err);

	if (code != RMK_NOT_FOUND || s->nwords || opt_all(s->call, "file", &narrow))
		return code;
	*tables = NULL;
	*n = 0;
	return RMK_OK;
}

enum rmk_code
session_open(struct session *s, struct rmk_err *err)
{
	struct rmk_sql_opts o = {
	    .stop = was_interrupted, .day = rmk_dates_day(&s->arena, clock_now())};
	struct rmk_sql_pick *picks;
	struct picked *tables;

	s->nfiles = 0;
	if (opt_number(s->call, "timeout", 0, &o.timeout_ms, err) ||
	    read_params(s, err) || open_session_tables(s, &tables, &o.npicks, err))
		return err->code;
	// A statement would be asked of less than all, and say nothing of it.
	if (s->call->incomplete)
		return rmk_fail(err, RMK_IO, "not all files could be read");
	note_files(s, tables, o.npicks);
	o.picks = picks = RMK_NEW_N(&s->arena, struct rmk_sql_pick, o.npicks);
	for (size_t i = 0; i < o.npicks; i++)
		picks[i] = (struct rmk_sql_pick){tables[i].file->doc, tables[i].table};
	return rmk_sql_open(&s->arena, NULL, 0, &o, &s->sql, err);
}

void
session_close(struct session *s)
{
	rmk_sql_close(s->sql);
	rmk_arena_free(&s->arena);
	s->sql = NULL;
}

// --- answers --------------------------------------------------------------------------------

struct answer {
	bool writes; // it is meant to change rows
	struct call *call;
	struct rmk_arena *arena;
	struct grid grid;
	struct grid *before; // [nbefore] of the statements before
	size_t nbefore, cap;
	bool open;
};

// Answers are printed when all is written: a run that comes too late is repeated.
static void
close_answer(struct answer *a)
{
	if (a->open)
		*RMK_PUSH(a->arena, a->before, a->nbefore, a->cap) = a->grid;
	a->open = false;
}

static void
print_answers(struct answer *a)
{
	if (a->nbefore)
		answer_drop();
	for (size_t i = 0; i < a->nbefore; i++)
		grid_print(&a->before[i], opt_format(a->call));
}

static enum rmk_code
on_columns(void *ctx, const struct rmk_str *names, size_t n, struct rmk_err *err)
{
	struct answer *a = ctx;
	const char **labels = RMK_NEW_N(a->arena, const char *, n);

	(void)err;
	close_answer(a);
	for (size_t i = 0; i < n; i++)
		labels[i] = rmk_str_c(a->arena, names[i]);
	a->grid = grid_new(a->arena, "rows", labels, n);
	a->grid.aligns = RMK_NEW_N(a->arena, uint8_t, n);
	a->open = true;
	return RMK_OK;
}

// JSON has no word for infinity; a number too big for any reader comes nearest.
static struct rmk_str
json_number(struct rmk_str text)
{
	if (rmk_str_eq(text, RMK_STR("Inf")))
		return RMK_STR("9e999");
	return rmk_str_eq(text, RMK_STR("-Inf")) ? RMK_STR("-9e999") : text;
}

static enum rmk_code
on_row(void *ctx, const struct rmk_sql_value *values, size_t n, struct rmk_err *err)
{
	struct answer *a = ctx;
	struct grid_cell *cells = grid_row(&a->grid);

	(void)err;
	for (size_t i = 0; i < n; i++) {
		cells[i] = grid_text(rmk_str_copy(a->arena, values[i].text), STYLE_PLAIN);
		if (values[i].kind == RMK_SQL_NUMBER) {
			cells[i].json = json_number(cells[i].text);
			a->grid.aligns[i] = RMK_ALIGN_RIGHT;
		} else if (values[i].kind == RMK_SQL_NULL) {
			cells[i].json = RMK_STR("null");
		}
	}
	return RMK_OK;
}

// --- writes ---------------------------------------------------------------------------------

struct edits {
	const struct rmk_doc *doc;
	struct rmk_edit *v;
	size_t n;
	struct rmk_arena *arena; // of the session
	struct rmk_str made; // of the document's own bytes: most versions are just these
	struct rmk_buf why;  // on regions of the version that was made last
};

static enum rmk_code
replay(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	struct edits *e = ctx;
	bool own = rmk_str_eq(text, e->doc->text);
	struct rmk_arena *arena = own ? e->arena : a;
	struct rmk_str made;

	if (own && e->made.s) {
		*out = e->made;
		return RMK_OK;
	}
	if (rmk_edits_replay(arena, version, e->doc, e->v, e->n, text, &made, err))
		return err->code;
	e->why = (struct rmk_buf){.arena = e->arena};
	*out = rmk_str_eq(made, text)
	           ? made
	           : rmk_render_refresh(arena, path, made, rmk_view_make, &e->why);
	if (own)
		e->made = *out;
	return RMK_OK;
}

// "README.md#papers  9 rows changed, 1 added": what the edits of one table come to.
struct tally {
	size_t changed, added, removed;
};

static struct tally
cmd_sql_count_table(const struct edits *e, size_t table)
{
	struct tally t = {0};
	size_t last = RMK_NONE;

	for (size_t i = 0; i < e->n; i++) {
		if (e->v[i].table != table)
			continue;
		t.added += e->v[i].kind == RMK_EDIT_INSERT;
		t.removed += e->v[i].kind == RMK_EDIT_DELETE;
		t.changed += e->v[i].kind == RMK_EDIT_CELL && e->v[i].row != last;
		if (e->v[i].kind == RMK_EDIT_CELL)
			last = e->v[i].row;
	}
	return t;
}

static struct rmk_str
say_tally(struct rmk_arena *a, struct tally t)
{
	struct rmk_buf out = {.arena = a};

	if (t.changed)
		rmk_buf_printf(
		    &out, "%zu row%s changed", t.changed, t.changed == 1 ? "" : "s");
	if (t.added)
		rmk_buf_printf(&out, "%s%zu added", out.n ? ", " : "", t.added);
	if (t.removed)
		rmk_buf_printf(&out, "%s%zu removed", out.n ? ", " : "", t.removed);
	return rmk_buf_str(&out);
}

// The commit's subject: what the edits of the first changed table come to.
static struct rmk_str
cmd_sql_subject_of(struct session *s, const struct edits *e)
{
	struct rmk_str said = {0};
	size_t t = 0;

	while (said.n == 0 && t < e->doc->ntables)
		said = say_tally(&s->arena, cmd_sql_count_table(e, t++));
	return rmk_str_printf(&s->arena, "%.*s: %.*s",
	    RMK_FMT(rmk_address_name(&s->arena, e->doc, t - 1)), RMK_FMT(said));
}

static void
cmd_sql_report(struct session *s, const struct edits *e)
{
	for (size_t t = 0; t < e->doc->ntables; t++) {
		struct rmk_str said = say_tally(&s->arena, cmd_sql_count_table(e, t));

		if (said.n == 0)
			continue;
		out_shown(STYLE_DIM, rmk_address_of(&s->arena, e->doc, t));
		out_printf("  %.*s\n", RMK_FMT(said));
	}
}

// The files' documents as the edits make them, against the declarations of all of them.
static enum rmk_code
check_declared(
    struct session *s, const struct write_file *writes, size_t n, struct rmk_err *err)
{
	const struct rmk_doc **old = RMK_NEW_N(
	    &s->arena, const struct rmk_doc *, s->nfiles);
	const struct rmk_doc **new = RMK_NEW_N(
	    &s->arena, const struct rmk_doc *, s->nfiles);
	struct elsewhere_file *made = RMK_NEW_N(&s->arena, struct elsewhere_file, n);
	bool declared = false, elsewhere = false;

	for (size_t i = 0; i < s->nfiles; i++) {
		declared = declared || rmk_check_spans(s->files[i]->doc);
		for (size_t t = 0; t < s->files[i]->doc->ntables && s->nwords; t++)
			elsewhere |= elsewhere_concerns(&s->arena, s->files[i], t);
	}
	for (size_t i = 0, k = 0; i < s->nfiles; i++) {
		old[i] = new[i] = s->files[i]->doc;
		if (k == n || writes[k].file != s->files[i])
			continue;
		struct edits *e = writes[k].ctx;
		struct rmk_str *text = &made[k].text;

		made[k++].file = s->files[i];
		if (replay(e, &s->arena, "the worktree", old[i]->path, old[i]->text, text,
			err) ||
		    (declared && rmk_doc_remake(&s->arena, old[i], *text, &new[i], err)))
			return err->code;
	}
	if (declared && rmk_check_gate(&s->arena, old, new, s->nfiles, err))
		return err->code;
	return elsewhere ? elsewhere_gate(s->call, made, n, err) : RMK_OK;
}

// That nothing is left to change is fine, unless there was when it was read.
static enum exit_status
no_edits(struct session *s)
{
	struct rmk_err err;

	if (!s->call->reruns || !s->nfiles)
		return FINE;
	rmk_fail(&err, RMK_FASTER, "no row matches any more");
	faster(s->call, s->files[0], &err, "");
	return complain(&err);
}

static enum exit_status
write_edits(struct session *s, struct answer *answer)
{
	struct write_file *writes = RMK_NEW_N(&s->arena, struct write_file, s->nfiles);
	struct rmk_commit_result result = {0};
	struct call *c = s->call;
	struct rmk_err err;
	size_t n = 0;

	for (size_t i = 0; i < s->nfiles; i++) {
		struct edits *e = RMK_NEW(&s->arena, struct edits);

		e->doc = s->files[i]->doc;
		e->arena = &s->arena;
		e->n = rmk_sql_edits(&s->arena, s->sql, e->doc, &e->v);
		if (e->n)
			writes[n++] = (struct write_file){s->files[i], replay, e};
	}
	if (n && (check_declared(s, writes, n, &err) ||
		     write_quietly(c, writes, n, cmd_sql_subject_of(s, writes[0].ctx),
			 &result, &err))) {
		if (!c->stale || c->reruns == RERUNS)
			print_answers(answer);
		return write_failed(c, &err);
	}
	print_answers(answer);
	if (n == 0) {
		if (!c->quiet && answer->writes)
			out_str(RMK_STR("unchanged\n"));
		return no_edits(s);
	}
	for (size_t i = 0; i < n && !c->quiet && !opt_on(c, "dry-run"); i++)
		cmd_sql_report(s, writes[i].ctx);
	report_commit(c, &result);
	for (size_t i = 0; i < n; i++)
		write_say_regions(rmk_buf_str(&((struct edits *)writes[i].ctx)->why));
	return FINE;
}

enum exit_status
session_run(struct session *s, struct rmk_str text)
{
	struct answer answer = {
	    .call = s->call, .arena = &s->arena, .writes = prompt_is_write(text)};
	struct rmk_sql_sink sink = {on_columns, on_row, &answer};
	struct rmk_err err;

	if (rmk_sql_run(&s->arena, s->sql, text, s->params, s->nparams, &sink, &err)) {
		print_answers(&answer);
		if (strstr(err.msg, "near \"-\": syntax error") && !*err.hint)
			rmk_hint(&err, "a name that holds '-' is in double quotes: FROM "
				       "\"reading-list\"");
		return complain(&err);
	}
	close_answer(&answer);
	return write_edits(s, &answer);
}

// --- the command ------------------------------------------------------------------------------

static enum rmk_code
statement(struct call *c, struct rmk_str *out, struct rmk_err *err)
{
	if (c->nargs && strcmp(c->args[0], "-") != 0) {
		*out = rmk_str_of(c->args[0]);
		return RMK_OK;
	}
	return call_stdin(c, out, err);
}

static enum exit_status
cmd_sql_run(struct call *c)
{
	struct session s = {
	    .call = c, .words = c->args + 1, .nwords = c->nargs ? c->nargs - 1 : 0};
	enum exit_status status;
	struct rmk_str text;
	struct rmk_err err;

	// For programs that read the answer it is not said in words what was written.
	c->quiet = c->quiet || !opt_format_is(c, "text");
	session_watch();
	if (c->nargs == 0 && isatty(STDIN_FILENO))
		return prompt_run(&s);
	if (statement(c, &text, &err) || session_open(&s, &err))
		status = complain(&err);
	else if (rmk_str_starts(rmk_str_trim(text), RMK_STR(".")))
		status = prompt_word(&s, text);
	else
		status = session_run(&s, text);
	session_close(&s);
	return status;
}

const struct cmd cmd_sql = {
    .name = "sql",
    .args = "['STATEMENT' [FILE...]]",
    .line = "Ask and change tables in SQL",
    .about =
	"Every table is a table of SQL, called by its name (the part behind '#' of its "
	"address),\n"
	"or by its whole address in double quotes where two share a name. Columns are "
	"called as\n"
	"their headers; text is what a reader sees. Hidden columns: X_raw is the "
	"Markdown of X,\n"
	"X_url and X_label belong to its first link; _file, _table, _line, _row, and "
	"_status\n"
	"(todo, doing or done).\n"
	"\n"
	"INSERT appends a row in the table's own style, UPDATE rewrites cells, DELETE "
	"removes\n"
	"lines. All statements of one call are one transaction and one commit: all "
	"happen, or\n"
	"none. What is written is Markdown; declared columns take only what they allow.\n"
	"\n"
	"The statement '-' is read from standard input. Without one, on a terminal, "
	"there is a\n"
	"prompt: .tables lists the tables, .schema their columns, Ctrl-D ends it. Both\n"
	"are statements too.\n"
	"\n"
	"Statements reach nothing but the tables: no file, no other database, no "
	"extension.\n"
	"Ctrl-C and --timeout stop one that runs too long, and nothing is written.",
    .examples = examples,
    .opts = opts,
    .most = SIZE_MAX,
    .pages = true,
    .run = cmd_sql_run,
};
