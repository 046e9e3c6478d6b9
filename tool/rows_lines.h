// What `rows` prints of one repository: a JSON object a line.
//
//	{"type": "table", ...}    rows_put_files: each table, and its rows behind it
//	{"type": "row", ...}
//	{"type": "change", ...}   rows_put_history: what was committed, newest first
#ifndef TOOL_ROWS_LINES_H
#define TOOL_ROWS_LINES_H

#include "base/json.h"
#include "cmd.h"

struct rows_of {
	struct call *c;
	struct rmk_arena *a; // of one file
	struct rmk_str name; // of the repository
	struct rmk_buf out;
};

// A line of that type; rows_end ends it.
struct rmk_json rows_begin(struct rows_of *r, const char *type);
void rows_end(struct rmk_json *j);

// Of all files. A file that cannot be read is said, and the others are whole.
enum rmk_code rows_put_files(struct rows_of *r, struct rmk_err *err);

// Of all files, or with --since of the commits after it.
enum rmk_code rows_put_history(struct rows_of *r, struct rmk_err *err);

#endif
