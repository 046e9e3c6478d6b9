// The handler of signals while a commit is made: see signals.h.
#include "signals.h"

#include <signal.h>

static struct rmk_commit_trace trace;
static volatile sig_atomic_t ends_group;

// It was installed so that the signal, raised again, ends the process as if nobody had
// caught it.
static void
tidy_and_end(int sig)
{
	rmk_commit_trace_remove(&trace);
	if (ends_group)
		kill(0, sig);
	raise(sig);
}

void
signals_end_group(void)
{
	ends_group = 1;
}

struct rmk_commit_trace *
signals_watch(void)
{
	static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};
	struct sigaction action = {
	    .sa_handler = tidy_and_end, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER)};
	struct sigaction before;

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
		if (sigaction(ending[i], NULL, &before) == 0 &&
		    before.sa_handler != SIG_IGN)
			sigaction(ending[i], &action, NULL);
	}
	return &trace;
}
