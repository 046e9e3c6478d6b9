// The index file, read and changed in place of its bytes.
//
//	"DIRC" version n | entry entry entry ... | extensions | SHA-1 of all before
//	                         `- ctime mtime dev ino mode uid gid size  id  flags  path
//	                            \________ 40 bytes of stat _________/  20
//
// A commit changes the stat and the id of an entry and nothing else, so those 60 bytes
// are written over and the checksum is computed again.
//
// libgit2 reads and writes an index too, but of the extensions it keeps TREE, REUC and NAME
// alone. Written by it, an index loses UNTR (the untracked cache), FSMN (the file system
// monitor), EOIE and IEOT (where reading threads begin); git keeps them. An index with sdir
// (sparse folders) or link (split) it does not read. This writer is for that alone: all bytes
// but those 60 stay, and of TREE only what the change made stale goes.
//
// A split index keeps most entries in another file; it is read and written by git
// (process.h), and here only recognised.
//
// Ownership: all points into the arena handed to rmk_index_read.
#ifndef RMK_GIT_INDEX_H
#define RMK_GIT_INDEX_H

#include "base/err.h"
#include "base/str.h"
#include "git/object_id.h"

#include <sys/stat.h>

#define RMK_OID 20 // bytes of an object's name

struct rmk_index {
	struct rmk_str bytes; // empty: there is no index
	struct rmk_str shown; // for messages
	uint32_t version;     // 2, 3 or 4
	uint32_t n;
	size_t entries_end; // where the extensions start
	struct rmk_span
	    tree;    // the extension of cached trees, header included; len 0: none
	bool by_git; // split, or not for us: git reads and writes it
};

struct rmk_index_entry {
	struct rmk_str path; // good until the next one is read
	size_t at;           // of its stat data
	const uint8_t *oid;
	uint32_t mode;
	unsigned stage; // 0; 1 to 3: unmerged
	bool intent;    // git add -N
	bool skip;      // skip-worktree
};

// A file that is not there is an empty index. RMK_GIT when it is damaged.
enum rmk_code rmk_index_read(
    struct rmk_arena *a, struct rmk_str path, struct rmk_index *out, struct rmk_err *err);

// Of an index that git will read: whether it is whole, which git itself does not look at.
enum rmk_code rmk_index_check(
    struct rmk_str shown, struct rmk_str bytes, size_t id_size, struct rmk_err *err);

enum rmk_code rmk_index_parse(struct rmk_str shown, struct rmk_str bytes,
    struct rmk_index *out, struct rmk_err *err);

// The entries in order: at the start at = 0; false at the end.
struct rmk_index_cursor {
	const struct rmk_index *index;
	size_t at;
	uint32_t done;
	struct rmk_str path;
	char buf[4096]; // version 4 writes a path as how it differs from the one before
};
bool rmk_index_next(struct rmk_index_cursor *c, struct rmk_index_entry *out);

// The entry of a path: stage 0 if there is one, else the first. False: none.
bool rmk_index_find(
    const struct rmk_index *index, struct rmk_str path, struct rmk_index_entry *out);

// The tree the index stands for as a whole, if the index knows; else NULL.
const uint8_t *rmk_index_root(const struct rmk_index *index);

// One entry's new content; and what became of the trees above it.
struct rmk_index_change {
	struct rmk_str path;
	uint8_t oid[RMK_OID_MAX]; // the first RMK_OID of them in an index of ours
};
struct rmk_index_tree {
	struct rmk_str folder; // "" or "docs/api"
	uint8_t old[RMK_OID], now[RMK_OID];
};

// The bytes of an index in which these entries changed, stat data zeroed: git then looks
// at the file itself. A cached tree that was `old` becomes `now`; any other above a
// change is forgotten. The checksum is not made: rmk_index_seal does, when all is done.
// Entries stay where they are: rmk_index_entry.at still holds.
enum rmk_code rmk_index_patch(struct rmk_arena *a, const struct rmk_index *index,
    const struct rmk_index_change *changes, size_t n, const struct rmk_index_tree *trees,
    size_t ntrees, struct rmk_str *out, struct rmk_err *err);
void rmk_index_set_stat(char *bytes, size_t at, const struct stat *st);
void rmk_index_seal(char *bytes, size_t n);

// A new index keeps the old one's time. git takes an entry whose file is no older than the
// index for unsure and looks into the file, for it may have changed within the same tick
// of the clock; a younger index would make git sure of what nobody looked at.
bool rmk_index_keep_time(struct rmk_arena *a, struct rmk_str path, struct rmk_str old);

#endif
