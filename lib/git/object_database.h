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

// A database of the repository's objects and those of its alternates. 0, or libgit2's error.
int rmk_odb_open(git_odb **out, struct rmk_arena *a, struct rmk_repo *repo);

// midx.c: whether a multi-pack-index is what its checksum says, or there is none.
bool rmk_midx_is_sound(const char *path);

#endif
