// One attempt at a commit: what is known of each file, and the steps that share it.
//
//	lock ─▶ plan ─▶ objects ─▶ hooks ─▶ lock the branch ─▶ file ─▶ index ─▶ branch
//	git_lock  git_plan  git_object  git_hooks  git_ref     git_work  git_stage  git_ref
//
// An attempt that finds the world changed under it fails with RMK_STALE, having undone
// what it did; the next one starts from the new HEAD.
#ifndef RMK_GIT_COMMIT_INTERNAL_H
#define RMK_GIT_COMMIT_INTERNAL_H

#include "edit/change.h"
#include "git/commit.h"
#include "git/engine.h"
#include "git/index_by_git.h"
#include "io/file.h"

// A lock of ours. The file says whose it is, and is locked (flock) as long as we live:
// what a killed process leaves behind is known as such and taken over.
#define RMK_LOCK_MARK "rowmark\n"
// In the common folder: beside it a lock of a branch is made, for in its own git would see a branch.
#define RMK_REF_PARK "branch.lock"

struct rmk_lock {
	struct rmk_str path;
	int fd;         // -1: not held
	bool inherited; // from a process that was killed
};

// One version of a file, before and after.
struct rmk_file_version {
	struct rmk_oid id, new_id;
	uint32_t mode; // 0: there is none
	struct rmk_str text, new_text;
	bool changed;
};

struct rmk_job_file {
	const struct rmk_rewrite *rewrite;
	struct rmk_str path; // ends in NUL
	struct rmk_file_version head, index, work;
	size_t entry_at;       // of its stat data in the index
	struct rmk_str entry;  // its path there; a sparse folder's when it stands for it
	struct rmk_file_id id; // the worktree's file: the one that was read, then ours
	struct rmk_err unread; // why the worktree's file cannot be read; code OK: it can
	bool skip, assume;     // flags of the entry, where git is the engine
	bool converted;        // git changes its bytes on the way in
	bool text_set, text_auto; // by attributes: it is text, or where it looks like it
	struct rmk_file_new new;
	bool prepared;             // new holds a temporary file
	bool written;              // the worktree has the new text
	struct rmk_file_new first; // of the first swap: kept, the old version is parked
	bool swapped;
	struct rmk_str before,
	    wrote; // what stood there, and what we put there; s NULL: not yet
};

struct rmk_job {
	struct rmk_arena *a;
	struct rmk_repo *repo;
	const struct rmk_commit_opts *opts;
	struct rmk_commit_result *result;
	struct rmk_job_file *files;
	size_t n;
	struct rmk_lock lock; // the index's
	sigset_t usual;       // the signals that were held back before
	struct rmk_str hooks; // their folder; s NULL: not yet known
	struct rmk_index index;

	// HEAD
	struct rmk_str ref;        // "refs/heads/main"; "HEAD" when detached
	bool unborn;               // no commit yet
	struct rmk_oid head, tree; // commit and its tree; none when unborn

	// The commit to be
	struct rmk_str author, committer; // "Name <mail> 1700000000 +0000"
	struct rmk_str message;
	struct rmk_oid new_tree, new_head;
	int shared;        // core.sharedRepository (rmk_setting_shared)
	bool commits;      // HEAD's version changes
	bool hook_changed; // a hook put more into the tree than our change

	// The index to be
	struct rmk_str new_index; // empty: git makes it
	int index_fd;             // of the file beside it; -1: none
	bool stages;              // that file exists
	bool unseen;              // a file is not as the caller saw it
	bool staged;              // it has been put in place
	bool parked;              // the old index is that file now
	size_t nparked;           // names of temporary files that were used
	bool copied;              // of the index, for git to read other files into
	bool carried;             // git has written them, and that copy
	struct rmk_str ref_lock;  // the lock of the branch that we hold; empty: none
};

// lock.c: RMK_LOCKED when somebody else holds it for longer than wait_ms.
enum rmk_code rmk_lock_take(struct rmk_arena *a, struct rmk_str path, unsigned wait_ms,
    struct rmk_lock *out, struct rmk_err *err);
// The lock of a process that is no more becomes ours. False: there is none.
bool rmk_lock_inherit(struct rmk_arena *a, struct rmk_str path, struct rmk_lock *out);
void rmk_lock_release(struct rmk_lock *lock);
// Make a file appear under its name at once and whole; RMK_EXISTS when there is one.
// fd: the open file, with an flock on it, or NULL to close it. Where a file must have another name
// first that is the one beside temp (io/file_beside.h), in the same file system.
enum rmk_code rmk_publish(struct rmk_arena *a, struct rmk_str temp, struct rmk_str path,
    struct rmk_str text, int *fd, struct rmk_err *err);
// Somebody asked us to end; signals are held back until the attempt is undone or through.
bool rmk_interrupted(void);
void rmk_pause(unsigned *ms); // sleep so long, and longer the next time

// commit_versions.c: read HEAD, the index and the files, and make the new versions in memory.
enum rmk_code rmk_job_plan(struct rmk_job *job, struct rmk_err *err);
// The worktree's version alone, again.
enum rmk_code rmk_plan_work(
    struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err);
enum rmk_code rmk_plan_make(struct rmk_job *job, struct rmk_job_file *f,
    const char *version, struct rmk_file_version *v, struct rmk_err *err);

// commit_move.c: with opts->move. The branch is where it should be; what is otherwise made with a
// commit; the files that git carries along, before versions are read; the index with them.
enum rmk_code rmk_move_check(struct rmk_job *job, struct rmk_err *err);
enum rmk_code rmk_move_target(struct rmk_job *job, struct rmk_err *err);
enum rmk_code rmk_move_others(struct rmk_job *job, struct rmk_err *err);
enum rmk_code rmk_move_index(struct rmk_job *job, struct rmk_err *err);
// Files that git was carrying from one tree to another go back; edited ones stay.
void rmk_move_restore(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str from,
    struct rmk_str others);

// attributes.c: refuse what git stores in another form; say whether it converts line ends.
enum rmk_code rmk_attr_check(
    struct rmk_job *job, struct rmk_job_file *f, struct rmk_err *err);
// core.safecrlf: refuse, or note, line ends that git would not give back.
enum rmk_code rmk_attr_line_ends(struct rmk_job *job, struct rmk_err *err);
// Whether git would store the worktree's new bytes as this blob.
bool rmk_attr_same(
    struct rmk_job *job, struct rmk_job_file *f, const struct rmk_oid *blob);

// git on an index that nobody else knows: no hook hears of it.
#define NO_HOOKS "git", "-c", "core.hooksPath=/dev/null"

// hooks.c
// Whether the person is in the top folder, where GIT_WORK_TREE is "." to a hook.
bool rmk_git_at_top(const struct rmk_repo *repo);
bool rmk_hook_exists(struct rmk_job *job, const char *name);
enum rmk_code rmk_hook_run(struct rmk_job *job, const char *name, const char *index_file,
    const char *const *args, struct rmk_err *err);
struct rmk_str rmk_hooks_index(struct rmk_arena *a, struct rmk_str index); // its path
// pre-commit, prepare-commit-msg and commit-msg, in an index of HEAD and our change.
// Takes in what they changed: new_tree, message, the files' new versions.
// Without a git program nobody can run them: refused.
enum rmk_code rmk_hooks_any(struct rmk_job *job, bool *any, struct rmk_err *err);
enum rmk_code rmk_hooks_before(struct rmk_job *job, struct rmk_err *err);
void rmk_hooks_after(struct rmk_job *job);

// commit_objects.c: blobs, the tree, the message cleaned, the commit signed if asked for.
enum rmk_code rmk_job_blobs(struct rmk_job *job, struct rmk_err *err);
enum rmk_code rmk_job_tree(struct rmk_job *job, struct rmk_err *err);
enum rmk_code rmk_message_clean(struct rmk_job *job, struct rmk_err *err);
enum rmk_code rmk_job_commit(struct rmk_job *job, struct rmk_err *err);

// identity.c: author and committer, as git takes them.
enum rmk_code rmk_job_idents(struct rmk_job *job, struct rmk_err *err);
// "Name <mail> time zone" in three.
void rmk_ident_split(struct rmk_str ident, struct rmk_str *name, struct rmk_str *mail,
    struct rmk_str *date);
// The three variables for a program that we run.
void rmk_ident_env(
    struct rmk_arena *a, const char **env, const char *who, struct rmk_str ident);

// branch.c
enum rmk_code rmk_job_head(struct rmk_job *job, struct rmk_err *err);
// Lock the branch, and see that it has not moved; move it; give the lock up.
enum rmk_code rmk_ref_lock(struct rmk_job *job, struct rmk_err *err);
enum rmk_code rmk_ref_move(struct rmk_job *job, struct rmk_err *err);
void rmk_ref_unlock(struct rmk_job *job);

// commit_index.c: the new index, in a file beside it; put into place at the end.
enum rmk_code rmk_stage_prepare(struct rmk_job *job, struct rmk_err *err);
enum rmk_code rmk_stage_finish(struct rmk_job *job, struct rmk_err *err);
void rmk_stage_undo(struct rmk_job *job, struct rmk_err *err);
void rmk_stage_drop(struct rmk_job *job); // always to be called

// commit_worktree.c: the files of the worktree.
enum rmk_code rmk_work_prepare(struct rmk_job *job, struct rmk_err *err);
enum rmk_code rmk_work_finish(struct rmk_job *job, struct rmk_err *err);
size_t rmk_work_count(const struct rmk_job *job); // files that are put, or to be
void rmk_work_drop(struct rmk_job *job);          // always to be called
// Before hooks run the files are written, as they would be for git commit; put back when
// a hook refuses; read again when all agreed.
enum rmk_code rmk_work_reread(struct rmk_job *job, struct rmk_err *err);
void rmk_work_undo(struct rmk_job *job, struct rmk_err *err);

#endif
