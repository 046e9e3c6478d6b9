// See ending_signals.h.
#include "base/ending_signals.h"

#include <stddef.h>

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};
#define NENDING (sizeof ending / sizeof *ending)

void
rmk_ending_signals(sigset_t *out)
{
	sigemptyset(out);
	for (size_t i = 0; i < NENDING; i++) {
		struct sigaction now;

		if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
			sigaddset(out, ending[i]);
	}
}

bool
rmk_ending_signals_block(sigset_t *before)
{
	sigset_t set;
	bool free = false;

	rmk_ending_signals(&set);
	pthread_sigmask(SIG_BLOCK, &set, before);
	for (size_t i = 0; i < NENDING; i++)
		free |= sigismember(&set, ending[i]) && !sigismember(before, ending[i]);
	return free;
}
