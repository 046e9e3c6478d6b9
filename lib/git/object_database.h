// The objects of a repository, read by libgit2 where it reads them safely.
//
//	id ──▶ objects/1a/2b3c…      here: inflated inside the size it states
//	   ──▶ objects/pack/*.pack   libgit2
//	   ──▶ alternates            the same two again
//
// libgit2 trusts a loose object's header: one that says fewer bytes than follow overflows
// its buffer, and one that is cut short makes it inflate for ever. A repository unpacked
// from an archive may hold either. So loose objects are read here, inside the size they
// state and to their end; packs, and all that is written, are left to libgit2.
#ifndef RMK_GIT_OBJECT_DATABASE_H
#define RMK_GIT_OBJECT_DATABASE_H

#include "git/git_internal.h"

// A database of the repository's objects and those of its alternates. 0, RMK_ODB_DAMAGED where
// libgit2 must not read an index of packs, or libgit2's error.
#define RMK_ODB_DAMAGED 1
int rmk_odb_open(git_odb **out, struct rmk_arena *a, struct rmk_repo *repo);

// pack_indexes.c: whether all offsets in the indexes of a folder of objects lie in their packs.
bool rmk_packs_are_sound(struct rmk_arena *a, struct rmk_str objects);

#endif
