// What a commit is about to do, noted in the lock of the index, for the process that finds us dead.
//
//	rowmark                  the mark by which the lock is known as ours
//	by COMMAND               who: the same command again is recognised by it
//	park FOLDER NAME         a temporary file that may be there
//	swap FILE TEMP           a file and the one it is exchanged with
//	log SIZE LINE FILE       a reflog, before a line is added
//	carry TREE TREE          other files, which git takes from one tree to another
//	ref LOCK ID              the branch's lock, and the commit it is to move to
//	last N file|index|ref    which of the steps says that all is done
//
// A killed commit is taken back by the next rowmark, as if it had never begun; but where
// its last step was done only its traces are removed.
#ifndef RMK_GIT_JOURNAL_H
#define RMK_GIT_JOURNAL_H

#include "git/commit.h"
#include "git/commit_internal.h"

// Write down what comes next; RMK_IO when that cannot be.
enum rmk_code rmk_journal_command(
    struct rmk_lock *lock, struct rmk_str command, struct rmk_err *err);
enum rmk_code rmk_journal_park(
    struct rmk_lock *lock, struct rmk_str path, struct rmk_err *err);
enum rmk_code rmk_journal_swap(struct rmk_lock *lock, struct rmk_str file,
    struct rmk_str temp, const struct rmk_file_id *now, struct rmk_err *err);
enum rmk_code rmk_journal_log(struct rmk_lock *lock, struct rmk_str file, size_t size,
    size_t line, struct rmk_err *err);
enum rmk_code rmk_journal_carry(struct rmk_lock *lock, struct rmk_str from,
    struct rmk_str others, struct rmk_err *err);
enum rmk_code rmk_journal_ref(struct rmk_lock *lock, struct rmk_str ref_lock,
    struct rmk_str id, struct rmk_err *err);
enum rmk_code rmk_journal_last(
    struct rmk_lock *lock, const char *step, size_t nfiles, struct rmk_err *err);

// Take back, or finish, the commit noted in the lock of a dead process.
void rmk_journal_replay(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_lock *lock,
    struct rmk_recovered *out);

#endif
