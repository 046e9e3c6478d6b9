// What a sync did, for people and programs.
//
//	origin/main: in step, 1 commit received, 1 commit pushed
#ifndef TOOL_SYNC_REPORT_H
#define TOOL_SYNC_REPORT_H

#include "sync/sync.h"
#include "sync_run.h"

void sync_print(struct sync_run *run, const struct rmk_sync_result *r);
// The members of the answer of `sync --json`, in an object that is open.
void sync_json(struct sync_run *run, struct rmk_json *j, const struct rmk_sync_result *r);
void sync_print_json(struct sync_run *run, const struct rmk_sync_result *r);

#endif
