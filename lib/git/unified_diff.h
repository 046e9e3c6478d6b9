// A unified diff of two texts, as git prints it.
//
//	--- a/README.md
//	+++ b/README.md
//	@@ -8,3 +8,3 @@
//	-| LIMA | Not read |
//	+| LIMA | Reading |
//
// Ownership: the text lives in the arena. The repository, which may be NULL, says how long the names
// of objects are.
#ifndef RMK_GIT_UNIFIED_DIFF_H
#define RMK_GIT_UNIFIED_DIFF_H

#include "base/err.h"
#include "base/str.h"
#include "git/repository.h"

// Equal texts give empty text; one whose s is NULL is of a file that is not there. RMK_GIT when
// libgit2 cannot.
enum rmk_code rmk_patch_text(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str path, struct rmk_str before, struct rmk_str after, struct rmk_str *out,
    struct rmk_err *err);

#endif
