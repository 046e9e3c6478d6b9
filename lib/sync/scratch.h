// A folder in git's own, for what a sync or a land needs while it lasts.
//
//	.git/rowmark-sync/      locked (flock): those of one clone take turns
//	    attributes          which files are merged by rows
//	    .merge_file_1a2b3c  git's, of a merge that was killed: removed by the next
#ifndef RMK_SYNC_SCRATCH_H
#define RMK_SYNC_SCRATCH_H

#include "git/repository.h"

struct rmk_scratch {
	struct rmk_str path; // ends in '/'
	int fd;
};

// RMK_LOCKED when another one lasts longer than wait_ms.
enum rmk_code rmk_scratch_take(struct rmk_arena *a, const struct rmk_repo *repo,
    unsigned wait_ms, struct rmk_scratch *out, struct rmk_err *err);
void rmk_scratch_release(struct rmk_scratch *scratch);

#endif
