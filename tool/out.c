// What the tool prints: see out.h.
//
// Standard output and standard error are the process's own, so their state is static
// here and nowhere else.
#include "out.h"
#include "answer.h"

#include "base/colors.h"
#include "git/process.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
	bool terminal, colored, err_colored;
	bool pages;
	pid_t pager; // 0: none
	size_t width;
	bool styled; // a style is on
	bool muted, printed;
	struct rmk_str lines; // for the next complaint
} out;

static const char *const style_codes[] = {
    [STYLE_PLAIN] = RMK_TERM_PLAIN,
    [STYLE_BOLD] = RMK_TERM_BOLD,
    [STYLE_DIM] = RMK_TERM_DIM,
    [STYLE_RED] = RMK_TERM_RED,
    [STYLE_GREEN] = RMK_TERM_GREEN,
    [STYLE_YELLOW] = RMK_TERM_YELLOW,
    [STYLE_CYAN] = RMK_TERM_CYAN,
};

static bool
env_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

// no-color.org and bixense.com/clicolors: the option, then NO_COLOR, then
// CLICOLOR_FORCE, then the terminal.
static bool
want_color(const char *when, int fd)
{
	const char *force = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");

	if (when && strcmp(when, "always") == 0)
		return true;
	if ((when && strcmp(when, "never") == 0) || env_set("NO_COLOR"))
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return isatty(fd) && term && strcmp(term, "dumb") != 0;
}

static size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint32_t n;

	if (columns && rmk_str_to_u32(rmk_str_of(columns), &n) && n > 0)
		return n;
	if (!out.terminal)
		return 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

void
out_open(const char *when, bool pages)
{
	out.terminal = isatty(STDOUT_FILENO);
	out.colored = want_color(when, STDOUT_FILENO);
	out.err_colored = want_color(when, STDERR_FILENO);
	out.width = terminal_width();
	out.pages = pages && out.terminal;
}

// --- the pager ------------------------------------------------------------------

// Whether the first word of a command is a program that is there: a small system may do
// without less, and output must not be lost. What needs a shell to be read, a shell reads.
static bool
can_start(const char *command)
{
	struct rmk_str path = rmk_str_of(getenv("PATH")), dir;
	size_t n = strcspn(command, " ");
	char file[4096];

	if (strcspn(command, "|&;<>()$`\\\"'\t\n*?[#~=%") < n)
		return true;
	if (memchr(command, '/', n))
		path = RMK_STR("");
	while (rmk_str_split(&path, ':', &dir)) {
		snprintf(file, sizeof file, "%.*s%s%.*s", RMK_FMT(dir), dir.n ? "/" : "",
		    (int)n, command);
		if (access(file, X_OK) == 0)
			return true;
	}
	return false;
}

// What git itself would start: GIT_PAGER, core.pager, PAGER, or its own default.
static const char *
git_pager(struct rmk_arena *a)
{
	const char *const argv[] = {"git", "var", "GIT_PAGER", NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_err unused;

	if (getenv("GIT_PAGER"))
		return getenv("GIT_PAGER");
	if (rmk_run(a, &run, &unused) == RMK_OK && run.status == 0)
		return rmk_str_c(a, rmk_str_trim(run.out));
	return getenv("PAGER") ? getenv("PAGER") : "less";
}

// NULL: none is wanted, or there.
static const char *
pager_command(struct rmk_arena *a)
{
	const char *command = git_pager(a);

	if (!*command || strcmp(command, "cat") == 0 || !can_start(command))
		return NULL;
	return command;
}

static void
run_pager(const char *command, const int fds[2])
{
	dup2(fds[0], STDIN_FILENO);
	close(fds[0]);
	close(fds[1]);
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

// Ctrl-C is meant for the pager too, which goes on: to end before it does would leave two
// to read the same keys.
static void
end_with_pager(int sig)
{
	close(STDOUT_FILENO);
	while (waitpid(out.pager, NULL, 0) < 0 && errno == EINTR)
		;
	signal(sig, SIG_DFL);
	raise(sig);
}

// A write to a pager that is gone fails, and that is all. (What is merely ignored would be so
// in programs that are started, too.)
static void
stay_alive(int sig)
{
	(void)sig;
}

static void
start_pager(void)
{
	struct rmk_arena arena = {0};
	const char *command = pager_command(&arena);
	pid_t pid = 0;
	int fds[2];

	out.pages = false;
	if (command && pipe(fds) == 0) {
		pid = fork();
		if (pid == 0)
			run_pager(command, fds);
		if (pid > 0) {
			dup2(fds[1], STDOUT_FILENO);
			out.pager = pid;
			signal(SIGPIPE, stay_alive);
			signal(SIGINT, end_with_pager);
			signal(SIGQUIT, end_with_pager);
		}
		close(fds[0]);
		close(fds[1]);
	}
	rmk_arena_free(&arena);
}

void
out_flush(void)
{
	fflush(stdout);
}

// Who quits the pager has seen enough: that is no error.
enum exit_status
out_close(void)
{
	bool bad, quit;

	out_style(STYLE_PLAIN);
	errno = 0;
	bad = fflush(stdout) != 0 || ferror(stdout);
	quit = out.pager > 0 && (errno == EPIPE || errno == 0);
	if (out.pager > 0) {
		close(STDOUT_FILENO);
		while (waitpid(out.pager, NULL, 0) < 0 && errno == EINTR)
			;
		out.pager = 0;
	}
	if (!bad || quit)
		return FINE;
	fprintf(stderr, "rowmark: cannot write standard output: %s\n", strerror(errno));
	return TROUBLE;
}

size_t
out_width(void)
{
	return out.width;
}

bool
out_is_terminal(void)
{
	return out.terminal;
}

// The locale itself is not switched on: numbers and messages stay as they are.
bool
out_is_utf8(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strcasestr(value, "utf-8") || strcasestr(value, "utf8");
	}
	return false;
}

bool
out_colored(void)
{
	return out.colored;
}

// --- text -----------------------------------------------------------------------

void
out_mute(bool mute)
{
	out.muted = mute;
}

bool
out_has_printed(void)
{
	return out.printed;
}

void
out_str(struct rmk_str text)
{
	if (out.muted) {
		answer_output(text);
		return;
	}
	out.printed = true;
	if (out.pages)
		start_pager();
	if (text.n)
		fwrite(text.s, 1, text.n, stdout);
}

void
out_sink(void *ctx, struct rmk_str text)
{
	(void)ctx;
	out_str(text);
}

void
out_printf(const char *fmt, ...)
{
	va_list args;
	char *text = NULL;
	int n;

	va_start(args, fmt);
	n = vasprintf(&text, fmt, args);
	va_end(args);
	if (n >= 0)
		out_str((struct rmk_str){text, (size_t)n});
	free(text);
}

void
out_fill(char c, size_t times)
{
	while (times-- > 0)
		out_str((struct rmk_str){&c, 1});
}

void
out_style(enum style style)
{
	if (!out.colored || (style == STYLE_PLAIN && !out.styled))
		return;
	out_printf("%s", style_codes[style]);
	out.styled = style != STYLE_PLAIN;
}

void
out_styled(enum style style, struct rmk_str text)
{
	out_style(style);
	out_str(text);
	out_style(STYLE_PLAIN);
}

static void
put_shown(struct rmk_str text)
{
	struct rmk_arena arena = {0};

	out_str(rmk_shown(&arena, text));
	rmk_arena_free(&arena);
}

void
out_shown(enum style style, struct rmk_str text)
{
	out_style(style);
	put_shown(text);
	out_style(STYLE_PLAIN);
}

void
out_line(enum style style, struct rmk_str line)
{
	if (out.terminal)
		out_shown(style, line);
	else
		out_styled(style, line);
}

void
out_fit(enum style style, struct rmk_str text, size_t columns, bool right)
{
	struct rmk_arena arena = {0};
	size_t width;
	bool cut;

	text = rmk_shown(&arena, text);
	width = rmk_utf8_width(text);
	cut = width > columns;
	if (cut) {
		text = rmk_utf8_clip(text, columns ? columns - 1 : 0);
		width = rmk_utf8_width(text) + (columns ? 1 : 0);
	}
	if (right)
		out_fill(' ', columns - width);
	out_style(style);
	out_str(text);
	if (cut && columns)
		out_str(RMK_STR("…"));
	out_style(STYLE_PLAIN);
	if (!right)
		out_fill(' ', columns - width);
	rmk_arena_free(&arena);
}

enum style
out_progress_style(enum rmk_progress progress)
{
	switch (progress) {
	case RMK_DONE:
		return STYLE_GREEN;
	case RMK_DOING:
		return STYLE_YELLOW;
	case RMK_TODO:
	case RMK_UNKNOWN:
	case RMK_EMPTY:
	case RMK_CLOSED:
		break;
	}
	return STYLE_PLAIN;
}

// --- standard error -------------------------------------------------------------

static void
out_say(const char *style, const char *word, const char *text)
{
	bool colored = out.err_colored && *style;

	fprintf(stderr, "%s%s%s: %s\n", colored ? style : "", word,
	    colored ? RMK_TERM_PLAIN : "", text);
}

struct rmk_str
out_ask(struct rmk_arena *a, struct rmk_str lines, struct rmk_str question)
{
	char line[64];

	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return (struct rmk_str){0};
	fprintf(stderr, "%.*s%.*s ", RMK_FMT(lines), RMK_FMT(question));
	fflush(stderr);
	if (!fgets(line, sizeof line, stdin))
		return (struct rmk_str){0};
	return rmk_str_copy(a, rmk_str_trim(rmk_str_of(line)));
}

void
complain_no_memory(size_t size)
{
	fprintf(stderr, "rowmark: out of memory: %zu bytes more were wanted\n", size);
}

void
complain_with(struct rmk_str lines)
{
	out.lines = lines;
	answer_no_candidates();
}

enum exit_status
complain(const struct rmk_err *err)
{
	fflush(stdout);
	answer_error(err);
	out_say(RMK_TERM_BOLD_RED, "rowmark", err->msg);
	fprintf(stderr, "%.*s", RMK_FMT(out.lines));
	out.lines = (struct rmk_str){0};
	if (err->hint[0])
		out_say(RMK_TERM_CYAN, "hint", err->hint);
	return err->code == RMK_FASTER ? FASTER : TROUBLE;
}

// A line of ours on standard error; nothing in it can steer a terminal.
static struct rmk_err
say_line(const char *style, const char *fmt, va_list args)
{
	char text[1000];
	struct rmk_err shown;

	vsnprintf(text, sizeof text, fmt, args);
	fflush(stdout);
	rmk_fail(&shown, RMK_INVALID, "%s", text);
	out_say(style, "rowmark", shown.msg);
	return shown;
}

void
out_warn(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	answer_note(say_line(RMK_TERM_YELLOW, fmt, args).msg);
	va_end(args);
}

void
out_verbose(const struct call *c, const char *fmt, ...)
{
	va_list args;

	if (!c->verbose)
		return;
	va_start(args, fmt);
	say_line(RMK_TERM_DIM, fmt, args);
	va_end(args);
}
