// Running git itself, for what only git does: hooks, signing, attributes.
//
//	struct rmk_run run = {.argv = argv, .cwd = top};
//	rmk_run(a, &run, err)  ──▶  run.status, run.out
//
// Errors: RMK_GIT when the program cannot be started or dies by a signal. An exit status
// other than 0 is not an error here: the caller knows what it means.
#ifndef RMK_GIT_PROCESS_H
#define RMK_GIT_PROCESS_H

#include "base/err.h"
#include "base/str.h"

#include <signal.h>
#include <stdio.h>
#include <sys/types.h>

struct rmk_run {
	const char *const *argv; // ends in NULL; argv[0] is looked up on PATH
	const char *const *env;  // "NAME=value" to set, "NAME" to unset; NULL: none
	const char *cwd;         // NULL or "": the current folder
	struct rmk_str in;       // standard input; empty: /dev/null
	bool show;               // standard output goes to standard error, not to `out`
	bool quiet;              // standard error is dropped
	bool both;               // standard error goes to `out` too
	bool lasts;         // it may run for long: a signal that is held back ends it
	int status;         // exit status
	bool missing;       // there is no such program
	struct rmk_str out; // standard output, in the arena
};

enum rmk_code rmk_run(struct rmk_arena *a, struct rmk_run *run, struct rmk_err *err);

// A program that is asked several times: its answers are read from `from`.
struct rmk_talk {
	FILE *from; // NULL: it does not run
	pid_t pid;
};

enum rmk_code rmk_talk_start(
    struct rmk_arena *a, struct rmk_run *run, struct rmk_talk *out, struct rmk_err *err);
bool rmk_talk_say(struct rmk_talk *talk, struct rmk_str text); // false: it has ended
void rmk_talk_end(struct rmk_talk *talk);

// Run `git ARG...` in the top folder (in the git folder when bare); the list of
// arguments ends in NULL. Fails with RMK_GIT when git exits with anything but 0; what
// git said went to standard error unless quiet.
struct rmk_repo;
enum rmk_code rmk_git_run(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_run *run, struct rmk_err *err);
// The same with another folder for a worktree, where git leaves its temporary files.
enum rmk_code rmk_git_run_in(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str folder, struct rmk_run *run, struct rmk_err *err);

#endif
