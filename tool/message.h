// The message of a commit, from the changes in it.
//
//	[commit] message = {row}: {old} -> {new}       LIMA: Not read -> Reading
//
// A template may name {row} {column} {old} {new} {table} {file}.
#ifndef TOOL_MESSAGE_H
#define TOOL_MESSAGE_H

#include "write.h"

enum rmk_code message_of(struct call *c, const struct write *writes, size_t n,
    struct rmk_str *out, struct rmk_err *err);

// A value, or a row's name, as messages and reports show it: never empty.
struct rmk_str message_value(struct rmk_arena *a, struct rmk_str raw);
struct rmk_str message_row(const struct write *w);

#endif
