// Starting a program, feeding it and reading it.
//
// The child gets no signal blocked: a commit blocks them while it holds a lock, and the
// person's Ctrl-C must still end a hook that hangs.
#include "git/process.h"

#include "base/buf.h"
#include "base/ending_signals.h"
#include "base/system.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static size_t
name_length(const char *entry)
{
	return strcspn(entry, "=");
}

static bool
is_set_by(const char *entry, const char *const *env)
{
	size_t n = name_length(entry);

	for (; env && *env; env++) {
		if (name_length(*env) == n && strncmp(*env, entry, n) == 0)
			return true;
	}
	return false;
}

static char **
merged_env(struct rmk_arena *a, const char *const *env)
{
	size_t n = 0, m = 0;

	while (environ[n])
		n++;
	while (env && env[m])
		m++;
	char **all = RMK_NEW_N(a, char *, n + m + 1);
	n = 0;
	for (char **e = environ; *e; e++) {
		if (!is_set_by(*e, env))
			all[n++] = *e;
	}
	for (; env && *env; env++) {
		if (strchr(*env, '='))
			all[n++] = rmk_str_c(a, rmk_str_of(*env));
	}
	return all;
}

// Text as a file to read from: a pipe would block when the child does not read.
static int
as_file(struct rmk_str text)
{
	if (!text.n)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	int fd = rmk_system_memory_file();

	if (fd >= 0 && !rmk_write_all(fd, text)) {
		close(fd);
		return -1;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static int
process_start(const struct rmk_run *run, char **env, int in, int out, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, usual;
	int e;

	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGXFSZ); // ignored by us
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &usual);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, 0);
	posix_spawn_file_actions_adddup2(&files, run->show ? 2 : out, 1);
	if (run->both)
		posix_spawn_file_actions_adddup2(&files, out, 2);
	if (run->quiet)
		posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	if (run->cwd && *run->cwd)
		posix_spawn_file_actions_addchdir_np(&files, run->cwd);
	e = posix_spawnp(
	    pid, run->argv[0], &files, &attr, (char **)(uintptr_t)run->argv, env);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	return e;
}

// A signal that is held back while a commit is made, and would end us, ends the child: a
// hook may run for long. We wait for it all the same. POSIX has no way to wait for a blocked signal
// and for bytes at once, so that it is looked for from time to time.
#define LOOK_MS 20

// Nothing is passed on to 0, and not twice.
static void
pass_on(pid_t *to)
{
	int signal = *to ? rmk_ending_signals_waiting() : 0;

	if (signal) {
		kill(*to, signal);
		*to = 0;
	}
}

// Until fd can be read.
static void
pass_on_until(pid_t *to, int fd)
{
	struct pollfd readable = {.fd = fd, .events = POLLIN};

	while (*to && poll(&readable, 1, LOOK_MS) == 0)
		pass_on(to);
}

// All that comes; 0, or the error that ended it.
static int
drain(struct rmk_arena *a, int fd, pid_t *to, struct rmk_str *all)
{
	struct rmk_buf out = {.arena = a};
	char part[4096];
	ssize_t n;

	pass_on_until(to, fd);
	while ((n = read(fd, part, sizeof part)) > 0 || (n < 0 && errno == EINTR)) {
		if (n > 0)
			rmk_buf_add(&out, (struct rmk_str){part, (size_t)n});
		pass_on_until(to, fd);
	}
	*all = rmk_buf_str(&out);
	return n < 0 ? errno : 0;
}

// Who has closed its output has mostly ended.
static int
process_wait(pid_t pid, pid_t *to, int *status)
{
	unsigned ms = 1;

	for (;;) {
		pid_t got = waitpid(pid, status, *to ? WNOHANG : 0);

		if (got > 0)
			return 0;
		if (got < 0 && errno != EINTR)
			return errno;
		pass_on(to);
		if (*to) {
			poll(NULL, 0, (int)ms);
			ms = ms < LOOK_MS ? ms * 2 : ms;
		}
	}
}

static enum rmk_code
process_fail(const struct rmk_run *run, int e, struct rmk_err *err)
{
	rmk_fail(err, RMK_GIT, "cannot run %s: %s", run->argv[0], strerror(e));
	if (e == ENOENT)
		rmk_hint(err, "install %s, or put it on PATH", run->argv[0]);
	return RMK_GIT;
}

// A signal that came before the child was there has not reached it: passed on later, it would end
// a hook's shell and leave what that has started.
static enum rmk_code
refuse_late_start(const struct rmk_run *run, struct rmk_err *err)
{
	int signal = run->lasts ? rmk_ending_signals_waiting() : 0;

	return signal
	           ? rmk_fail(err, RMK_GIT, "%s %s was not started: signal %d came first",
			 run->argv[0], run->argv[1], signal)
	           : RMK_OK;
}

enum rmk_code
rmk_run(struct rmk_arena *a, struct rmk_run *run, struct rmk_err *err)
{
	if (refuse_late_start(run, err))
		return RMK_GIT;
	int in = as_file(run->in), pipefd[2] = {-1, -1}, e = 0, status = 0, waited;
	pid_t pid;

	if (in < 0 || rmk_system_pipe(pipefd))
		e = errno;
	else
		e = process_start(run, merged_env(a, run->env), in, pipefd[1], &pid);
	if (pipefd[1] >= 0)
		close(pipefd[1]);
	if (in >= 0)
		close(in);
	run->missing = e == ENOENT;
	if (!e) {
		pid_t to = run->lasts ? pid : 0;

		pass_on(&to);
		e = drain(a, pipefd[0], &to, &run->out);
		close(pipefd[0]); // who still writes there ends
		waited = process_wait(pid, &to, &status);
		e = e ? e : waited;
	} else if (pipefd[0] >= 0) {
		close(pipefd[0]);
	}
	if (e)
		return process_fail(run, e, err);
	if (!WIFEXITED(status))
		return rmk_fail(err, RMK_GIT, "%s %s was ended by signal %d",
		    run->argv[0], run->argv[1], WTERMSIG(status));
	run->status = WEXITSTATUS(status);
	return RMK_OK;
}

// --- a program that answers as long as it is asked ------------------------------

// One socket is its standard input and output: a write to a program that has ended is an
// error there, and no signal.
enum rmk_code
rmk_talk_start(
    struct rmk_arena *a, struct rmk_run *run, struct rmk_talk *out, struct rmk_err *err)
{
	int ends[2], e = 0;
	struct rmk_talk talk = {0};

	if (rmk_system_stream_pair(ends))
		return rmk_fail_errno(err, "cannot run %s", run->argv[0]);
	e = process_start(run, merged_env(a, run->env), ends[1], ends[1], &talk.pid);
	close(ends[1]);
	if (!e && !(talk.from = fdopen(ends[0], "r")))
		e = errno;
	if (e) {
		run->missing = e == ENOENT;
		close(ends[0]);
		return process_fail(run, e, err);
	}
	*out = talk;
	return RMK_OK;
}

bool
rmk_talk_say(struct rmk_talk *talk, struct rmk_str text)
{
	while (text.n) {
		ssize_t n = send(fileno(talk->from), text.s, text.n, MSG_NOSIGNAL);

		if (n < 0 && errno != EINTR)
			return false;
		text = rmk_str_from(text, n > 0 ? (size_t)n : 0);
	}
	return true;
}

void
rmk_talk_end(struct rmk_talk *talk)
{
	if (!talk->from)
		return;
	fclose(talk->from);
	while (waitpid(talk->pid, NULL, 0) < 0 && errno == EINTR)
		;
	*talk = (struct rmk_talk){0};
}
