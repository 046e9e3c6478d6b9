// The file of packed refs, as far as libgit2 and git take it differently.
//
//	# pack-refs with: peeled fully-peeled sorted
//	775ffc0... refs/heads/main
//	^8f1cae1...                       the commit behind a tag
#ifndef RMK_GIT_PACKED_REFS_H
#define RMK_GIT_PACKED_REFS_H

#include "base/str.h"

enum rmk_packed_refs {
	RMK_PACKED_PLAIN,    // none, or all its lines are as git writes them
	RMK_PACKED_REPLACES, // the same, and it holds refs that replace objects
	RMK_PACKED_DAMAGED   // it cannot be read, or git would refuse it
};

enum rmk_packed_refs rmk_packed_refs_look(const char *path);

#endif
