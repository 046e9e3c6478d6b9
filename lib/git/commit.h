// A commit of only our change.
//
//	            HEAD's blob ──▶ make() ──▶ new blob ──▶ tree ──▶ commit ──▶ branch
//	rewrite     staged blob ──▶ make() ──▶ new blob ──▶ index
//	            worktree ─────▶ make() ──▶ temporary file ──▶ rename
//
// Whatever else is changed or staged, in this file or others, is neither committed nor
// lost: the same change is made to the three versions, each for itself. Nothing is
// written before all three could be made. docs/trust.md gives the order of the steps and
// what is there after a kill at each of them.
#ifndef RMK_GIT_COMMIT_H
#define RMK_GIT_COMMIT_H

#include "git/repository.h"

#include <limits.h>
#include <signal.h>

// Makes the new text of one version of a file. Called for each version, and again from
// the start when HEAD moved under us. It must give the same answer for the same text.
// `version` is "HEAD", "the index", "the worktree", or one of those that should hold the
// change already (edit/change.h).
struct rmk_rewrite {
	struct rmk_str path; // relative to the top
	enum rmk_code (*make)(void *ctx, struct rmk_arena *a, const char *version,
	    struct rmk_str path, struct rmk_str text, struct rmk_str *out,
	    struct rmk_err *err);
	void *ctx;
	struct rmk_str seen; // the bytes that the change was decided on; s NULL: any
	struct rmk_str seen_beside; // of HEAD's; with RMK_WRITE_STAGE, of the index's
};

enum rmk_depth {
	RMK_WRITE_FILE,  // --no-commit: the worktree's file only
	RMK_WRITE_STAGE, // --stage: file and index
	RMK_WRITE_COMMIT
};

// The lock of the index while only it is on the disk: a signal handler of the caller's may
// take it away and end the process. In all other steps signals are held back.
struct rmk_commit_trace {
	char path[PATH_MAX];
	int fd; // -1: none
	volatile sig_atomic_t there;
};

// From a signal handler.
void rmk_commit_trace_remove(struct rmk_commit_trace *trace);

// From one commit to another that is there already, all in hex. The files that rewrites name are
// made by them; what else differs git carries along, and refuses where it is edited.
struct rmk_move {
	struct rmk_str from; // where the branch is: RMK_STALE when it is not
	struct rmk_str to;
	struct rmk_str
	    others; // the tree of `from` with what git carries along; empty: nothing
	struct rmk_str
	    scratch; // a folder of the caller's, for a copy of the index in a dry run
	const char *action; // for the reflog: "sync"
};

struct rmk_commit_opts {
	enum rmk_depth depth;
	struct rmk_str command; // by which the same command is known again; may be empty
	struct rmk_str message;
	struct rmk_str author; // "Name <mail>"; s NULL: as git takes it
	struct rmk_str date;   // as git commit --date takes it; s NULL: as git takes it
	bool no_verify;        // skip pre-commit and commit-msg
	bool dry_run;          // refuse what would be refused, and write nothing
	bool keep_lock;        // when a file is not as it was seen: see rmk_commit_make
	unsigned wait_ms;      // for another's lock; 0 means 10000
	const struct rmk_move
	    *move; // to a commit that is there already; NULL: one is made
	// Called with the commit's id in hex when all is ready and nothing is in place; what it
	// fails with ends it, and nothing was changed. NULL: nobody asks.
	enum rmk_code (*before)(
	    void *ctx, struct rmk_arena *a, struct rmk_str commit, struct rmk_err *err);
	void *before_ctx;
	// NULL: a signal while versions are read leaves the lock to the next rowmark.
	struct rmk_commit_trace *trace;
};

struct rmk_commit_result {
	char id[65];           // hexadecimal; empty: no commit was made
	struct rmk_str branch; // "main", or "detached HEAD"
	struct rmk_str subject;
	struct rmk_str note; // something the user should know; may be empty
	bool unchanged;      // every version was as wished already; or a dry run
};

// Make the change in files (n of them, one commit). On failure nothing is changed
// anywhere.
//
// RMK_STALE where a file of the worktree (in a bare repository, of HEAD) is not as it was
// seen: what was wished may not be what is wished now. With keep_lock the lock of the
// index stays with the repository then, so that its owner can read again and nobody comes
// between; the next rmk_commit_make takes it, and gives it back, or rmk_repo_close does.
enum rmk_code rmk_commit_make(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_rewrite *files, size_t n, const struct rmk_commit_opts *opts,
    struct rmk_commit_result *out, struct rmk_err *err);

// Give back a lock that was kept. Without one nothing happens.
void rmk_commit_unlock(struct rmk_repo *repo);

// Whether a rowmark was killed in the middle of a commit here.
bool rmk_repo_interrupted(const struct rmk_repo *repo);

// Take away what those who could not remove it left in git's folder, and what a killed merge left
// there under this name (rmk_file_park). Where another holds the lock it stays.
#define RMK_MERGE_PARK "merge"
void rmk_repo_tidy(struct rmk_arena *a, struct rmk_repo *repo);

// What came of the work of a killed one.
struct rmk_recovered {
	bool found;             // there was one
	bool finished;          // it had done all; else nothing is left of what it did
	struct rmk_str command; // rmk_commit_opts.command
	char id[65];            // finished: its commit, where one was made
};

// Take back what a killed one had begun: files and index become what they were, unless
// somebody has written them since. Where all was done it stays done, and only the lock goes.
// Called before all else by what is about to commit, since what it reads changes by it.
void rmk_commit_recover(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_recovered *out);

#endif
