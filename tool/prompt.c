// The prompt of `rowmark sql`, with the line editing and history of libedit.
//
//	rowmark> .tables
//	rowmark> SELECT count(*)
//	     ...> FROM papers;
//
// A statement ends with ';'. The history is kept in the user's state folder.
#include "cmd_sql.h"
#include "out.h"

#include <editline/readline.h>
#include <errno.h>
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

static void
print_list(struct session *s, bool schemas)
{
	struct rmk_str *names, *created;
	size_t n = rmk_sql_tables(&s->arena, s->sql, &names, &created);

	for (size_t i = 0; i < n; i++) {
		out_shown(STYLE_PLAIN, schemas ? created[i] : names[i]);
		out_fill('\n', 1);
	}
}

// A line that starts with a dot. False ends the prompt.
static bool
dot_command(struct session *s, struct rmk_str line)
{
	if (rmk_str_eq(line, RMK_STR(".quit")) || rmk_str_eq(line, RMK_STR(".exit")))
		return false;
	if (rmk_str_eq(line, RMK_STR(".tables")))
		print_list(s, false);
	else if (rmk_str_eq(line, RMK_STR(".schema")))
		print_list(s, true);
	else
		out_str(RMK_STR(".tables  .schema  .quit  (Ctrl-D ends it too)\n"));
	return true;
}

// The files may have changed, by a statement or by somebody else: each statement reads
// them anew once something was written.
static bool
reopen(struct session *s)
{
	struct rmk_err err;

	if (!s->wrote)
		return true;
	session_close(s);
	s->wrote = false;
	if (session_open(s, &err) == RMK_OK)
		return true;
	complain(&err);
	return false;
}

// Read lines until a ';' ends the statement. False at the end of input.
static bool
read_statement(struct rmk_arena *a, struct rmk_str *out)
{
	struct rmk_buf text = {.arena = a};

	for (;;) {
		char *line = readline(text.n ? "     ...> " : "rowmark> ");
		struct rmk_str trimmed = rmk_str_trim(rmk_str_of(line));

		if (!line)
			return false;
		rmk_buf_add(&text, rmk_str_of(line));
		rmk_buf_addc(&text, '\n');
		if (trimmed.n)
			add_history(line);
		*out = rmk_str_trim(rmk_buf_str(&text));
		free(line);
		if (out->n && (out->s[0] == '.' || rmk_str_ends(*out, RMK_STR(";"))))
			return true;
		if (out->n == 0)
			text.n = 0;
	}
}

enum exit_status
prompt_run(struct session *s)
{
	struct rmk_arena lines = {0};
	struct rmk_str path = history_path(&lines), text;
	struct rmk_err err;
	bool going = true;

	if (session_open(s, &err))
		return complain(&err);
	using_history();
	stifle_history(HISTORY_LINES);
	if (path.n)
		read_history(path.s);
	while (going && read_statement(&lines, &text)) {
		going = reopen(s);
		if (going && text.s[0] == '.')
			going = dot_command(s, text);
		else if (going)
			session_run(s, text);
		out_flush();
	}
	if (path.n && write_history(path.s) == 0)
		chmod(path.s, 0600);
	out_str(RMK_STR("\n"));
	session_close(s);
	rmk_arena_free(&lines);
	return FINE;
}
