// The prompt of `rowmark sql`, with the line editing and history of libedit.
//
//	rowmark> .tables
//	rowmark> SELECT count(*)
//	     ...> FROM papers;
//
// A statement ends with ';', and is a transaction of its own: the files are read anew for
// each, since an editor or a commit may have changed them in between. The history is kept
// in the user's state folder. Ctrl-C stops a query, or drops the lines typed so far.
#include "base/ascii.h"
#include "out.h"
#include "sql_session.h"

#include <editline/readline.h>
#include <errno.h>
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// As many lines as a shell keeps by default.
#define HISTORY_LINES 500

// $XDG_STATE_HOME/rowmark/sql_history, or ~/.local/state/...; empty when there is neither.
static struct rmk_str
history_path(struct rmk_arena *a)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	struct rmk_str folder;

	if (state && *state)
		folder = rmk_str_printf(a, "%s/rowmark", state);
	else if (home && *home)
		folder = rmk_str_printf(a, "%s/.local/state/rowmark", home);
	else
		return (struct rmk_str){0};
	for (size_t i = 1; i <= folder.n; i++) {
		if (i == folder.n || folder.s[i] == '/')
			mkdir(rmk_str_c(a, rmk_str_part(folder, 0, i)), 0700);
	}
	return rmk_str_printf(a, "%.*s/sql_history", RMK_FMT(folder));
}

// All tables, or the one of that name.
static void
print_list(struct session *s, struct rmk_str name, bool schemas)
{
	struct rmk_str *names, *created;
	size_t n = rmk_sql_tables(&s->arena, s->sql, &names, &created), shown = 0;

	for (size_t i = 0; i < n; i++) {
		if (name.n && !rmk_str_eq_nocase(name, names[i]))
			continue;
		out_shown(STYLE_PLAIN, schemas ? created[i] : names[i]);
		out_fill('\n', 1);
		shown++;
	}
	if (!shown && name.n)
		out_printf("no table %.*s; .tables lists them\n", RMK_FMT(name));
}

// A line that starts with a dot. False ends the prompt.
static bool
dot_command(struct session *s, struct rmk_str line)
{
	struct rmk_str word;

	rmk_str_split(&line, ' ', &word);
	if (rmk_str_eq(word, RMK_STR(".quit")) || rmk_str_eq(word, RMK_STR(".exit")))
		return false;
	if (rmk_str_eq(word, RMK_STR(".tables")))
		print_list(s, (struct rmk_str){0}, false);
	else if (rmk_str_eq(word, RMK_STR(".schema")))
		print_list(s, rmk_str_trim(line), true);
	else
		out_str(
		    RMK_STR(".tables  .schema [TABLE]  .quit  (Ctrl-D ends it too)\n"));
	return true;
}

bool
prompt_is_write(struct rmk_str text)
{
	static const char *const words[] = {"update", "insert", "delete", "replace"};
	size_t n = 0;

	text = rmk_str_trim(text);
	while (n < text.n && !rmk_is_space(text.s[n]))
		n++;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (rmk_str_eq_nocase(rmk_str_part(text, 0, n), rmk_str_of(words[i])))
			return true;
	}
	return false;
}

enum exit_status
prompt_word(struct session *s, struct rmk_str text)
{
	dot_command(s, rmk_str_trim(text));
	return FINE;
}

// --- reading -----------------------------------------------------------------------------

static sigjmp_buf dropped;

// libedit drops every letter that the locale has not, which is all but ASCII where there is
// no locale of UTF-8: then the terminal alone edits the lines.
static bool edited;

static void
choose_editing(void)
{
	if (!setlocale(LC_CTYPE, "") || MB_CUR_MAX == 1)
		setlocale(LC_CTYPE, "C.UTF-8");
	edited = MB_CUR_MAX > 1;
}

// A terminal gives a line at a time, and none that is longer.
static char *
plain_line(const char *prompt)
{
	static char line[4097];
	ssize_t n;

	out_printf("%s", prompt);
	out_flush();
	do
		n = read(STDIN_FILENO, line, sizeof line - 1);
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		return NULL;
	line[line[n - 1] == '\n' ? n - 1 : n] = '\0';
	return strdup(line);
}

static void
drop_line(int sig)
{
	(void)sig;
	siglongjmp(dropped, 1);
}

// A line, to be freed; NULL at the end of input, and with *drop at Ctrl-C. libedit knows no
// way out of its reading but to jump; it begins anew with the next line.
static char *
ask_line(const char *prompt, bool *drop)
{
	char *line;

	*drop = sigsetjmp(dropped, 1) != 0;
	session_watch();
	if (*drop) {
		out_printf("^C\n");
		out_flush();
		return NULL;
	}
	signal(SIGINT, drop_line);
	line = edited ? readline(prompt) : plain_line(prompt);
	session_watch();
	return line;
}

// Read lines until they are a statement, or a dot command. False at the end of input.
static bool
read_statement(struct rmk_arena *a, struct rmk_str *out)
{
	struct rmk_buf text = {.arena = a};
	bool drop;
	char *line;

	while ((line = ask_line(text.n ? "     ...> " : "rowmark> ", &drop)) || drop) {
		if (drop) {
			text.n = 0;
			continue;
		}
		if (edited && rmk_str_trim(rmk_str_of(line)).n)
			add_history(line);
		rmk_buf_adds(&text, line);
		rmk_buf_addc(&text, '\n');
		free(line);
		*out = rmk_str_trim(rmk_buf_str(&text));
		if (out->n && (out->s[0] == '.' || rmk_sql_is_complete(a, *out)))
			return true;
		if (out->n == 0)
			text.n = 0;
	}
	return false;
}

// --- the loop ----------------------------------------------------------------------------

// False ends the prompt.
static bool
answer_once(struct session *s, struct rmk_str text)
{
	struct rmk_err err;
	bool going = true;

	s->call->stale = false;
	if (session_open(s, &err))
		complain(&err);
	else if (text.s[0] == '.')
		going = dot_command(s, text);
	else
		session_run(s, text);
	session_close(s);
	return going;
}

// One statement, in a session of its own; once more where the files changed meanwhile.
static bool
answer(struct session *s, struct rmk_str text)
{
	struct call *c = s->call;
	bool going;

	c->reruns = 0;
	do
		going = answer_once(s, text);
	while (c->stale && c->reruns++ < RERUNS);
	rmk_commit_unlock(c->repo);
	out_flush();
	return going;
}

// What was asked may be private.
static void
save_history(const char *path)
{
	mode_t mask = umask(077);

	if (write_history(path) == 0)
		chmod(path, 0600);
	umask(mask);
}

// Nothing goes to a pager, which would read the keys meant for the prompt. Numbers stay as they
// are.
enum exit_status
prompt_run(struct session *s)
{
	struct rmk_arena lines = {0};
	struct rmk_str path = {0}, text;

	out_open(opt_text(s->call, "color"), false);
	choose_editing();
	if (edited) {
		path = history_path(&lines);
		using_history();
		stifle_history(HISTORY_LINES);
	}
	if (path.n)
		read_history(path.s);
	while (read_statement(&lines, &text) && answer(s, text))
		;
	if (path.n)
		save_history(path.s);
	out_str(RMK_STR("\n"));
	rmk_arena_free(&lines);
	return FINE;
}
