// What a killed command left, and how the same command goes on.
//
//	killed here ─▶ | file written | index written | branch moved |
//	                `──── taken back: as if never begun ──' `─ all was done
//
// A killed rowmark leaves the lock of the index, with notes of what it was about to do
// (git/journal.h). Whatever writes next takes that back first; the same command then does
// it all, and where its commit was made it says so.
#ifndef TOOL_RESUME_H
#define TOOL_RESUME_H

#include "write.h"

// Before a command that writes reads anything. True: the killed one was the same command
// and had done all, which has been reported.
bool resume(struct call *c);

// Whether the command writes: whatever does can show its diff instead.
bool call_writes(const struct call *c);

// Before such a command reads a file: take away what a killed one left beside it.
void call_tidy(const struct call *c, const struct rmk_source *source);

// What makes this command another than others.
struct rmk_str resume_command(struct call *c);

// A command that only reads ends, and there is such a lock: say what it means.
void resume_report(struct call *c);

#endif
