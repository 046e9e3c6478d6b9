// The signals that end a command, and that wait while it must not be ended.
//
//	Ctrl-C, kill, a closed terminal ──▶ held back ──▶ the file is whole, the lock is given back
//	nohup rowmark ...               ──▶ SIGHUP is ignored: it is not among them
#ifndef RMK_BASE_ENDING_SIGNALS_H
#define RMK_BASE_ENDING_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

// Those that are not ignored. One that is ignored must not be blocked: it would then stay
// pending, and end a hook that gets it passed on.
void rmk_ending_signals(sigset_t *out);

// Block them; *before is what was blocked until now. True: one of them was free.
bool rmk_ending_signals_block(sigset_t *before);

// One that has come and waits, since it is blocked; 0: none.
int rmk_ending_signals_waiting(void);

#endif
