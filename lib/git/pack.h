// The packs of a repository, for walks that read ten thousand small objects.
//
//	git_odb_read ─▶ this backend ── not found ──▶ libgit2's own: loose, alternates ...
//	                │
//	                ├─ pack-X.idx   fanout | ids, sorted | sums | offsets | two checksums
//	                └─ pack-X.pack  "PACK" 2 n | header, zlib | header, base, zlib | ...
//
// libgit2 makes a stream of zlib's for every object and inflates most bases twice: 10,000
// instructions for a tree of which 28 bytes are its own. Here libdeflate inflates each part
// once, into the bases that the next object will want.
//
// It only ever answers with an object that is whole (zlib's checksum tells) and of the
// size its header says. What it has no answer to, it does not find, and libgit2 looks on,
// and words the error: another form of index, a delta whose base is named by id, a chain
// of more than RMK_PACK_CHAIN, an object of more than RMK_PACK_OBJECT, damage.
//
// Form: gitformat-pack(5). Inner side of the door to libgit2, and the door to libdeflate.
#ifndef RMK_GIT_PACK_H
#define RMK_GIT_PACK_H

#include "git/git_internal.h"

#define RMK_PACK_CHAIN 256 // git makes chains of 50, of 250 when told
#define RMK_PACK_BASES 64  // kept for the objects that follow
#define RMK_PACK_BASES_BYTES ((size_t)16 << 20)

// Put the backend into a database, for packs in the folder objects, which ends in '/'.
// Arena a outlives the database.
int rmk_pack_add(git_odb *odb, struct rmk_arena *a, const char *objects);

// The objects of a repository with that backend in front, for one thread, until
// git_odb_free; arena a outlives it. < 0: an error of libgit2's.
int rmk_pack_odb(git_odb **out, struct rmk_arena *a, struct rmk_repo *repo);

// The bytes of an object, where they are kept: until the next one is read. What is looked at
// once and ten thousand times need not be copied. False: ask the database.
bool rmk_pack_look(git_odb *odb, const git_oid *id, struct rmk_str *out);

#endif
