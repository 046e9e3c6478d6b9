// See child.h.
#include "child.h"

#include "base/system.h"
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

// Three pipes from the child, of which the last says by its end that the child has ended: no program
// that it started holds it. Then where the server is asked, and where it answers.
enum {
	CHILD_OUT,
	CHILD_ERR,
	CHILD_ENDED,
	NPIPES,
	CHILD_ASKER = NPIPES,
	CHILD_READER,
	NPOLLED
};

struct child {
	struct rmk_mcp_run *run;
	pid_t pid;
	struct pollfd fds[NPOLLED];
	struct rmk_buf said[2]; // of CHILD_OUT, CHILD_ERR
	bool too_much;
};

// Does not return. Whoever reads the server's messages is not kept waiting for their end.
static void
child_become(struct rmk_arena *a, const struct child *c, pid_t parent, int pipes[][2])
{
	const char *const *words = c->run->words;
	char **argv;
	int n = 0;

	setpgid(0, 0); // with its hooks, and what those started
	signals_end_group();
	if (!rmk_system_end_with(parent, SIGTERM))
		_exit(TROUBLE);
	close(c->run->rpc->in);
	close(c->run->rpc->out);
	dup2(pipes[CHILD_OUT][1], STDOUT_FILENO);
	dup2(pipes[CHILD_ERR][1], STDERR_FILENO);
	while (words[n])
		n++;
	argv = RMK_NEW_N(a, char *, (size_t)n + 2);
	argv[0] = rmk_str_c(a, RMK_STR("rowmark"));
	for (int i = 0; i < n; i++)
		argv[i + 1] = rmk_str_c(a, rmk_str_of(words[i]));
	_exit(tool_run(n + 1, argv));
}

static void
close_pipes(int pipes[][2], size_t end)
{
	for (size_t i = 0; i < NPIPES; i++)
		if (pipes[i][end] >= 0)
			close(pipes[i][end]);
}

static enum rmk_code
child_start(struct rmk_arena *a, struct child *c, struct rmk_err *err)
{
	int pipes[NPIPES][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
	pid_t parent = getpid();
	bool failed = false;

	for (size_t i = 0; i < NPIPES && !failed; i++)
		failed = rmk_system_pipe(pipes[i]) != 0;
	if (failed || (c->pid = fork()) < 0) {
		rmk_fail_errno(err, "cannot start a process");
		close_pipes(pipes, 0);
		close_pipes(pipes, 1);
		return err->code;
	}
	if (c->pid == 0)
		child_become(a, c, parent, pipes);
	close_pipes(pipes, 1);
	for (size_t i = 0; i < NPIPES; i++) {
		fcntl(pipes[i][0], F_SETFL, O_NONBLOCK);
		c->fds[i] = (struct pollfd){.fd = pipes[i][0], .events = POLLIN};
	}
	c->fds[CHILD_ASKER].events = POLLIN;
	c->fds[CHILD_READER].fd =
	    c->run->rpc->out; // that nobody reads any more is said unasked
	return RMK_OK;
}

// All that is there; at the end of it the descriptor is closed.
static void
child_read(struct child *c, size_t which)
{
	struct pollfd *from = &c->fds[which];
	struct rmk_buf *said = &c->said[which];
	char part[8192];
	ssize_t n = 1;

	while (from->fd >= 0 && n > 0) {
		n = read(from->fd, part, sizeof part);
		if (n > 0 && said->n < RMK_MESSAGE_MOST)
			rmk_buf_add(said, (struct rmk_str){part, (size_t)n});
		else if (n > 0)
			c->too_much = true;
	}
	if (n == 0) {
		close(from->fd);
		from->fd = -1;
	}
}

static void
child_end(const struct child *c)
{
	setpgid(c->pid, c->pid); // it may not have come to it yet
	kill(-c->pid, SIGTERM);
}

static void
child_is_asked_for(struct child *c)
{
	struct rmk_mcp_run *run = c->run;

	if (!run->taken_back && rmk_rpc_is_taken_back(run->rpc, run->asked)) {
		run->taken_back = true;
		child_end(c);
	}
}

static void
child_wait(struct child *c)
{
	struct pollfd *fds = c->fds;
	bool ended = false;

	while (!ended) {
		fds[CHILD_ASKER].fd = c->run->asked ? rmk_rpc_fd(c->run->rpc) : -1;
		if (poll(fds, NPOLLED, -1) < 0 && errno != EINTR)
			break;
		if (fds[CHILD_ASKER].fd >= 0 && fds[CHILD_ASKER].revents)
			child_is_asked_for(c);
		if (fds[CHILD_READER].revents) {
			fds[CHILD_READER].fd = -1;
			child_end(c);
		}
		child_read(c, CHILD_OUT);
		child_read(c, CHILD_ERR);
		ended = fds[CHILD_ENDED].revents;
	}
	for (size_t i = 0; i < NPIPES; i++)
		if (fds[i].fd >= 0)
			close(fds[i].fd);
}

enum rmk_code
child_run(struct rmk_arena *a, struct rmk_mcp_run *run, struct rmk_err *err)
{
	struct child c = {.run = run, .said = {{.arena = a}, {.arena = a}}};
	int status = 0;

	if (child_start(a, &c, err))
		return err->code;
	child_wait(&c);
	while (waitpid(c.pid, &status, 0) < 0 && errno == EINTR)
		;
	run->out = rmk_buf_str(&c.said[CHILD_OUT]);
	run->err = rmk_buf_str(&c.said[CHILD_ERR]);
	run->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (c.too_much)
		return rmk_fail(err, RMK_TOO_BIG,
		    "the command prints more than %zu bytes", RMK_MESSAGE_MOST);
	return RMK_OK;
}
