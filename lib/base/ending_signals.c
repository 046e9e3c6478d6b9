// See ending_signals.h.
#include "base/ending_signals.h"

#include "base/system.h"

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

int
rmk_ending_signals_waiting(void)
{
	sigset_t waiting, set;

	rmk_system_look_for_parent();
	rmk_ending_signals(&set);
	if (sigpending(&waiting))
		return 0;
	for (size_t i = 0; i < NENDING; i++) {
		if (sigismember(&set, ending[i]) && sigismember(&waiting, ending[i]))
			return ending[i];
	}
	return 0;
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
