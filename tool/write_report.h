// What a write says to people.
//
//	README.md#papers  LIMA
//	  Read or Not: Not read -> Reading
//	[main 1a2b3c4] LIMA: Not read -> Reading
#ifndef TOOL_REPORT_H
#define TOOL_REPORT_H

#include "write.h"

// The cell holds the value already.
bool write_is_unchanged(const struct call *c, const struct write *w);

void report_changes(struct call *c, const struct write *writes, size_t n);
void report_commit(struct call *c, const struct rmk_commit_result *r);

#endif
