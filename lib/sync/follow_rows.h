// Two commits as they are to be merged, where one took rows to another file that the other edited.
//
//	base ── ours       c goes from a.md to old.md       ours'     has the edit in old.md
//	  `──── theirs     edits c in a.md            ──▶   theirs'   has c as base has it
//
// A merge driver sees one file alone; here the whole of both commits is seen. ours' and theirs' are
// children of ours and theirs, so that they come from the same base; no branch ever has them.
#ifndef RMK_SYNC_FOLLOW_ROWS_H
#define RMK_SYNC_FOLLOW_ROWS_H

#include "git/repository.h"
#include "merge/follow.h"

struct rmk_followed {
	struct rmk_str ours, theirs; // to be merged; as given where nothing followed
	bool any;                    // something did
	const struct rmk_follow_file *files;
	const struct rmk_left_row *left; // [nleft] rows whose edits did not follow
	size_t nleft;
};

enum rmk_code rmk_follow_rows(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str ours, struct rmk_str theirs, struct rmk_followed *out,
    struct rmk_err *err);

#endif
