// The versions of files, from the commits of a repository.
//
//	commit   c4 ── c3 ── c2 ── c1         newest first, along first parents
//	blob     B     B     A     A
//	versions v[0] = {c3, B, parent 1}     the commits that changed the file
//	         v[1] = {c1, A, parent NONE}
//
// No git process is started, and what does not differ is not read: equal trees are
// skipped, and of a merge only the parent with the same blob is followed. Renames are
// followed. In a shallow clone the walk ends at its edge, and the result says so.
//
// Units: times are seconds since 1970, zones minutes east of UTC.
// Ownership: everything lives in the arena.
#ifndef RMK_GIT_LOG_H
#define RMK_GIT_LOG_H

#include "git/object_id.h"
#include "git/repository.h"

struct rmk_stamp {
	struct rmk_str name, mail;
	int64_t time;
	int zone;
};

struct rmk_revision {
	struct rmk_oid commit;
	struct rmk_oid blob; // none: the commit deleted the file
	bool gone;
	size_t file;         // index of the path that was asked for
	struct rmk_str path; // what it was called then
	struct rmk_stamp author, committer;
	struct rmk_str subject; // first line of the message
	size_t parent;          // the version it was made from; RMK_NONE: none is known
	bool merge;             // the commit has several parents
	bool encoded;           // its message is in another encoding, which it names
};

struct rmk_revisions {
	struct rmk_revision *v; // [n] newest first
	size_t n;
	size_t ncommits; // that were looked at
	bool cut;        // the history ends at the edge of a shallow clone
	struct rmk_oid cut_at;
	struct rmk_oid start; // the commit the walk began at
};

struct rmk_git_log_opts {
	struct rmk_str rev;          // where to start; empty: HEAD
	const struct rmk_str *paths; // [npaths] relative to the top
	size_t npaths;
	bool full;                         // all parents, not only the first
	bool (*tick)(void *ctx, size_t n); // after n commits; false stops. May be NULL
	void *ctx;
	// What an earlier walk of the same one path found, along first parents: where the
	// walk meets its start, it goes on with that. May be NULL.
	const struct rmk_revisions *known;
};

// For a program that reads histories and then ends: what is read was checked when git wrote it,
// and is read once, so checking it again and keeping it would double the time. Settings of
// libgit2 are the whole process's and stay, so this is the program's to call, after a
// repository was opened, and nobody else's.
void rmk_git_log_tune(void);

// RMK_NOT_FOUND: no commit (yet), or none that ever had one of the paths; RMK_REFUSED:
// tick said stop.
enum rmk_code rmk_git_log(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_git_log_opts *opts, struct rmk_revisions *out, struct rmk_err *err);

// Take people by .mailmap, and words in UTF-8, as git log shows them. False: some stay as the
// commits hold them, since git does not say, and without git the encoding is not known.
bool rmk_git_log_show(
    struct rmk_arena *a, struct rmk_repo *repo, struct rmk_revisions *r);

// Whether objects stand for others here (git replace, grafts): then what was found today may
// not hold tomorrow, and is not to be kept.
bool rmk_repo_replaces(struct rmk_repo *repo);

// Revisions as bytes, for keeping, and back: a commit never changes, nor what is behind
// it. False: the bytes are malformed, or of a walk that was cut.
struct rmk_str rmk_log_cache_write(struct rmk_arena *a, const struct rmk_revisions *r);
bool rmk_log_cache_read(struct rmk_arena *a, struct rmk_str path, struct rmk_str bytes,
    struct rmk_revisions *out);

// The bytes of a version. Gone: empty text.
enum rmk_code rmk_git_log_read(struct rmk_arena *a, struct rmk_repo *repo,
    const struct rmk_revision *v, struct rmk_str *out, struct rmk_err *err);

// The folder for what can be made again: "GITDIR/rowmark/", shared by all worktrees.
struct rmk_str rmk_repo_cache(struct rmk_arena *a, const struct rmk_repo *repo);

#endif
