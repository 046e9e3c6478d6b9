// A whole file in, a whole file out.
//
//	read ──▶ bytes, and what the file was (id: device, inode, size, times)
//	prepare ──▶ .README.md.rowmark-new beside it, fsync
//	commit ──▶ the two names are exchanged, the old file looked at once more, removed
//
// After a kill at any moment the file is the old one or the new one, whole; the next that writes
// takes away what is left beside it (rmk_file_tidy).
//
// A replacement keeps mode and, where permitted, owner; it is refused (RMK_STALE) when
// the file changed since it was read, and because the names are exchanged, not
// overwritten, what somebody saved in the last instant is put back, not lost. A symlinked
// file is written through to its target only when that lies beneath `root`. Where the
// kernel has openat2, nothing outside root can be reached, whatever the tree holds.
#ifndef RMK_IO_FILE_H
#define RMK_IO_FILE_H

#include "base/err.h"
#include "base/str.h"

#include <signal.h>
#include <sys/stat.h>
#include <time.h>

// What a file was when it was read.
struct rmk_file_id {
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime, ctime;
	mode_t mode;
};

// Read a regular file of at most RMK_MAX_FILE. id may be NULL. A folder, a FIFO or a
// device is RMK_INVALID.
enum rmk_code rmk_file_read(struct rmk_arena *a, struct rmk_str path, struct rmk_str *out,
    struct rmk_file_id *id, struct rmk_err *err);

// Whether a file, its path ended by a NUL, is still the one that was read, times and all.
bool rmk_file_is_same(struct rmk_str path, const struct rmk_file_id *id);

// Whether a path ends as the names of Markdown files do.
bool rmk_file_is_markdown(struct rmk_str path);

// Standard input, to its end.
enum rmk_code rmk_file_read_stdin(
    struct rmk_arena *a, struct rmk_str *out, struct rmk_err *err);

// A replacement in two steps, so that a commit can stand between them.
struct rmk_file_new {
	struct rmk_str path; // the file that is replaced (a symlink's target), as shown
	struct rmk_str name; // the same, and
	struct rmk_str temp; // the temporary file, in the folder tempfd
	struct rmk_file_id old; // what is replaced
	struct rmk_file_id now; // the new one; putting it into place changes its ctime
	int dirfd, tempfd;
	sigset_t before; // what was blocked
	bool waits;      // signals that end us do, as long as the file is there
	int held[2]; // the new file and the old one, while others must leave both; -1: no
	bool kept;   // after rmk_file_swap: the old version is the temporary file now
	bool left;   // the temporary file could not be removed, when all was done
};

// Write the new bytes to a temporary file and fsync it. root: empty, or the folder that
// must not be left; then path is relative to it, else to the current folder. old: what
// the file was when it was read, or NULL to skip that comparison. Nothing of path
// changes.
enum rmk_code rmk_file_prepare(struct rmk_arena *a, struct rmk_str root,
    struct rmk_str path, const struct rmk_file_id *old, struct rmk_str text,
    struct rmk_file_new *out, struct rmk_err *err);
// Put it into place, or give it up. Both free what prepare took.
enum rmk_code rmk_file_commit(struct rmk_file_new *f, struct rmk_err *err);
void rmk_file_abandon(struct rmk_file_new *f);

// A whole new file, or another in its place; it appears when all of it is there. fresh: only
// where none is. mode: as for open, and the umask takes from it.
enum rmk_code rmk_file_save(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    mode_t mode, bool fresh, struct rmk_err *err);
// The same of what `write` writes; where it gives false, errno says why.
enum rmk_code rmk_file_save_by(struct rmk_arena *a, struct rmk_str path, mode_t mode,
    bool fresh, bool (*write)(void *ctx, int fd), void *ctx, struct rmk_err *err);

// Take away what a writer of the file that was killed left beside it: for whoever would write it
// and finds nothing to do.
void rmk_file_tidy(struct rmk_arena *a, struct rmk_str path);

// The same in smaller steps, for those who may have to take it back. park: where the
// temporary file is to be, `folder` and `name` in it, if that is no other file system; NULL: beside
// the file. Under a lock of the caller, what is there already is written over, and on another file
// system it is ".NAME.rowmark" beside the file.
struct rmk_file_park {
	struct rmk_str folder, name;
	bool locked; // nobody else can park there
};
enum rmk_code rmk_file_prepare_parked(struct rmk_arena *a, struct rmk_str root,
    struct rmk_str path, const struct rmk_file_park *park, const struct rmk_file_id *old,
    struct rmk_str text, struct rmk_file_new *out, struct rmk_err *err);
// Put it into place; then either the old version back (false: the file was changed since,
// or the file system cannot), or give up what is not wanted any more (rmk_file_abandon).
enum rmk_code rmk_file_swap(struct rmk_file_new *f, struct rmk_err *err);
bool rmk_file_swap_back(struct rmk_file_new *f);

// Write all of text, however many calls it takes. False: errno says why.
bool rmk_write_all(int fd, struct rmk_str text);

// Give one open file the extended attributes and access lists of another. False: errno says
// why.
bool rmk_file_copy_attributes(struct rmk_arena *a, int from, int to);

// Give a new file, which nobody else can open yet, the owner and group of the one it will
// replace, as far as the system lets us; `mode` is what it may then have. False: its group is
// another one, whose members would get rights that not everybody had.
bool rmk_file_keep_owner(int fd, const struct stat *like, mode_t *mode);

#endif
