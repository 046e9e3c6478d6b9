// A bar on standard error for what takes longer than half a second on a terminal, and a
// clean stop at Ctrl-C.
//
//	Reading versions  ████████▍░░░░░░░  1,290 of 2,463
//
// While a progress is begun, an interrupt only sets a flag: progress_tick then says stop,
// the command unwinds, and progress_end ends the process as the signal would have.
#ifndef TOOL_PROGRESS_H
#define TOOL_PROGRESS_H

#include "cmd.h"

struct progress {
	const char *what;       // "Reading versions"
	long long begun, shown; // milliseconds
	bool terminal, drawn;
};

void progress_begin(struct progress *p, const char *what);
// done of `of`; of 0: not known. False: stop.
bool progress_tick(struct progress *p, size_t done, size_t of);
// Take the bar away. Does not return after an interrupt.
void progress_end(struct progress *p);

#endif
