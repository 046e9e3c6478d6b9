// A whole file in, a whole file out.
//
//	read ──▶ bytes, and what the file was (id: device, inode, size, times)
//	replace ──▶ .README.md.XXXXXX beside it ── fsync ── rename ──▶ README.md
//
// After a kill at any moment the file is the old one or the new one, whole.
//
// A replacement keeps mode and, where permitted, owner; it is refused (RMK_STALE) when
// the file changed since it was read. A symlinked file is written through to its target
// only when that lies beneath `root`. Where the kernel has openat2, nothing outside root
// can be reached, whatever the tree holds.
#ifndef RMK_WORLD_FILE_H
#define RMK_WORLD_FILE_H

#include "base/err.h"
#include "base/str.h"

#include <sys/types.h>
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
RMK_API enum rmk_code rmk_file_read(struct rmk_arena *a, struct rmk_str path,
    struct rmk_str *out, struct rmk_file_id *id, struct rmk_err *err);

// Standard input, to its end.
RMK_API enum rmk_code rmk_file_read_stdin(
    struct rmk_arena *a, struct rmk_str *out, struct rmk_err *err);

// A replacement in two steps, so that a commit can stand between them.
struct rmk_file_new {
	struct rmk_str path; // the file that is replaced (a symlink's target)
	struct rmk_str temp; // the temporary file beside it
	struct rmk_file_id old;
	int dirfd;
};

// Write the new bytes to a temporary file and fsync it. root: empty, or the folder that
// must not be left. Nothing of path changes.
RMK_API enum rmk_code rmk_file_prepare(struct rmk_arena *a, struct rmk_str root,
    struct rmk_str path, const struct rmk_file_id *old, struct rmk_str text,
    struct rmk_file_new *out, struct rmk_err *err);
// Rename it into place, or give it up. Both free what prepare took.
RMK_API enum rmk_code rmk_file_commit(struct rmk_file_new *f, struct rmk_err *err);
RMK_API void rmk_file_abandon(struct rmk_file_new *f);

#endif
