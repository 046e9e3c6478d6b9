// Where a value stands that gets another name, and what the files become.
//
//	papers: Status = .. < Reading   the column itself, its declaration     rename_find
//	notes:  ref papers              the columns that refer to it
//	                                each version of each file              rename_make
#ifndef TOOL_RENAME_PLACES_H
#define TOOL_RENAME_PLACES_H

#include "edit/rename.h"
#include "open_table.h"

// A column in which the value stands: its own, or one that refers to it.
struct rename_column {
	struct picked table;
	size_t col;
	bool refers;
	struct rmk_table_id id;
	uint32_t nth;             // of the columns with its name
	struct rmk_renamed found; // in what was read
};

struct rename_job {
	struct rmk_rename rename;
	struct rename_column *columns; // [n] of one file
	size_t n, cap;
};

struct rename_words {
	struct rmk_str column;
	struct rmk_rename rename;
	char *file; // NULL: all
};

struct rename_columns {
	struct rename_column *v;
	size_t n, cap;
};

// All columns in which the value stands. RMK_NOT_FOUND says what the columns hold.
enum rmk_code rename_find(struct call *c, struct rename_words *w,
    struct rename_columns *out, struct rmk_err *err);

// A version of a file with the new name (write_file.make); ctx: a rename_job.
enum rmk_code rename_make(void *ctx, struct rmk_arena *a, const char *version,
    struct rmk_str path, struct rmk_str text, struct rmk_str *out, struct rmk_err *err);

#endif
