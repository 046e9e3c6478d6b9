// What a killed command left, and how the same command finds it.
//
//	killed here ─▶ | file written | index written | branch moved |
//	again: the worktree's row is as it was wished; HEAD's tells what is still to do
//
// A killed rowmark leaves the lock of the index, which tells it from any other trouble
// (rmk_repo_interrupted). Only then is HEAD looked at for what the file no longer says.
#ifndef TOOL_AGAIN_H
#define TOOL_AGAIN_H

#include "write.h"

// Whether there is such a lock.
bool resume_is(struct call *c);

// A SET whose value stands in the file already: its old value is HEAD's.
void resume_cell(struct call *c, struct write *w);

// The tables in which to look for a row that is to be removed: those of the worktree, or
// as HEAD or the commit before it has them, where the row's name fits better there. In the
// worktree it may be gone, and another one fit.
size_t resume_tables(struct call *c, const struct picked *now, size_t n,
    struct rmk_str row, const struct picked **out);

// For statements, which cannot be told to be the same: where a file differs from HEAD, say
// so and refuse, once; the lock is given back.
enum rmk_code resume_refuse(
    struct call *c, struct file *const *files, size_t n, struct rmk_err *err);

// The command ends and the lock is still there: say what it means.
void resume_report(struct call *c);

#endif
