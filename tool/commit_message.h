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

// The old or the new value, or a row's name, as messages and reports show it: never empty.
// A value is shown as a reader sees it, and in Markdown where only that distinguishes old from new.
struct rmk_str message_value(struct rmk_arena *a, const struct write *w, bool new);
struct rmk_str message_row(const struct write *w);

#endif
