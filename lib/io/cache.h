// What was found out, kept between runs: keys and bytes in one file.
//
//	GITDIR/rowmark/history-1a2b3c4d     "rowmark cache 3 0.1.0 README.md\n" | checksum
//	                                    | key length | bytes length | key | bytes | ...
//
// Keys name all that their bytes depend on (blobs by their hash), so an entry is never
// stale, and the file can be deleted at any time. The checksum covers all that follows it: a
// damaged file is as if it were empty, and is made again. It is written whole, beside itself, and
// renamed; a reader sees the old or the new one. What cannot be read or written is as if
// it were not there: a cache never makes a command fail.
//
// Bounds: a file never grows past RMK_CACHE_MOST, and one that takes three quarters of
// that is begun anew, so that what nobody asks for any more goes; of the files in the folder the
// oldest are deleted until all take four times that.
#ifndef RMK_IO_CACHE_H
#define RMK_IO_CACHE_H

#include "base/err.h"
#include "base/map.h"

#define RMK_CACHE_MOST ((size_t)32 << 20)
#define RMK_CACHE_FORMAT "3" // a file of another is as if it were empty

struct rmk_cache_entry {
	struct rmk_str key, bytes;
};

struct rmk_cache {
	struct rmk_arena *arena;
	struct rmk_str folder, name;
	struct rmk_map keys; // to index of entry
	struct rmk_cache_entry *entries;
	size_t n, cap;
	size_t size;  // bytes of all entries in the file's form
	bool changed; // something was put
};

// Open the file called name in a folder that need not exist. version names what entries
// mean, and what they are of, on one line: a file of another version is as if it were empty.
void rmk_cache_open(struct rmk_cache *c, struct rmk_arena *a, struct rmk_str folder,
    struct rmk_str name, struct rmk_str version);

bool rmk_cache_get(const struct rmk_cache *c, struct rmk_str key, struct rmk_str *bytes);
void rmk_cache_put(struct rmk_cache *c, struct rmk_str key, struct rmk_str bytes);

// Write what was put, when anything was.
void rmk_cache_close(struct rmk_cache *c, struct rmk_str version);

#endif
