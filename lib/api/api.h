// What the calls of rowmark.h have in common.
//
//	rmk_set(db, ...) ──▶ api_run ──▶ set_in_db(db, result, ...)    or, where memory runs out:
//	                        ▲───────────── longjmp ──────┘        the result NULL, an error
//
// Each call makes its result in an arena that the result owns. Memory of the db itself lives
// in the db's arena; when memory ran out in a call, nothing is known of the db any more, and
// all later calls fail.
//
// A file of the db is read once. Changes are kept by key (edit/change.h) beside the text, and
// the text is what it was with these changes made:
//
//	files[]  path ─ seen (bytes of the file) ─ changes[] ─ text, doc (what reads see)
#ifndef RMK_API_API_H
#define RMK_API_API_H

#include "rowmark.h"

#include "base/buf.h"
#include "edit/change.h"
#include "git/repository.h"
#include "io/file.h"

#include <setjmp.h>

struct api_cell {
	struct rmk_str text, raw;   // NUL behind each
	enum rmk_progress progress; // in a status column
};

struct api_row {
	struct api_cell *cells; // [ncols]
	struct rmk_str key;
	size_t line;
};

struct rmk_result {
	struct rmk_arena arena; // holds the result itself
	const char **columns;   // [ncols]
	bool *is_status;        // [ncols], of rmk_rows; else NULL
	size_t ncols;
	struct api_row *rows; // [nrows]
	size_t nrows, cap;
	struct rmk_str text;
	struct rmk_buf notes;
	char commit[65];
	struct rmk_err err;
};

// A change that waits for a commit, and how messages name it.
struct api_pending {
	struct rmk_change change;
	struct rmk_str shown;  // the row
	struct rmk_str expect; // rmk_set_if: as it was typed; s NULL: nothing is expected
	bool besides; // a date that comes with a status: the message does not name it
};

struct api_file {
	struct api_file *next;
	struct rmk_str path;   // as it was given
	struct rmk_str real;   // from the current folder
	bool is_text, is_file; // of rmk_open_text; a file of the worktree
	struct rmk_file_id id;
	struct rmk_str seen;  // its bytes when it was read
	struct rmk_arena now; // of doc, which each change makes anew
	struct rmk_doc *doc;  // with the changes made
	struct api_pending *pending;
	size_t npending, cap;
};

struct rmk_db {
	struct rmk_arena arena; // holds the db itself
	sigjmp_buf escape;      // of the call under way
	bool broken;            // memory ran out in an earlier call
	struct rmk_str folder;  // "" or with a '/' at the end
	struct rmk_repo *repo;  // NULL: not asked for yet
	struct api_file *files;
	struct rmk_arena file_arena; // what rmk_discard forgets
	struct rmk_str author, date;
	bool is_text, no_verify, stage, as_typed, keep_note;
	struct rmk_err err;
};

// What a call was given; which members count is the call's affair.
struct api_args {
	const char *path, *table, *row, *column, *value, *expected, *other;
	const char *const *columns, *const *values;
	const char *texts[3];
	size_t n, sizes[3];
	enum rmk_progress progress;
};

typedef enum rmk_code api_call(
    struct rmk_db *db, struct rmk_result *r, const struct api_args *args);

// Run a call on a db, or on none (merging needs none: has_db false). 0, or the code.
int api_run(struct rmk_db *db, struct rmk_result **out, api_call *call,
    const struct api_args *args);
int api_run_alone(struct rmk_result **out, api_call *call, const struct api_args *args);

// A copy of a change that needs no document.
struct rmk_change api_change_copy(struct rmk_arena *a, const struct rmk_change *change);

// What the file is to hold from now on.
enum rmk_code api_file_replace(
    struct rmk_db *db, struct api_file *f, struct rmk_str text, struct rmk_err *err);

// The file of a path, read when it is first asked for.
enum rmk_code api_file_open(
    struct rmk_db *db, const char *path, struct api_file **out, struct rmk_err *err);

// The repository around the db's folder, opened when it is first asked for.
enum rmk_code api_repo(struct rmk_db *db, struct rmk_repo **out, struct rmk_err *err);

// The table of a file by name; NULL: the only one.
enum rmk_code api_table(struct rmk_arena *a, const struct rmk_doc *doc, const char *name,
    size_t *out, struct rmk_err *err);

// --- making results -----------------------------------------------------------------

// The columns of an answer; names end with NULL.
void api_columns(struct rmk_result *r, const char *const *names);
struct api_row *api_add_row(struct rmk_result *r);
void api_put(struct rmk_result *r, struct api_row *row, size_t col, struct rmk_str text);
void api_put_number(struct rmk_result *r, struct api_row *row, size_t col, size_t number);

// A copy with a NUL behind it.
struct rmk_str api_copy(struct rmk_arena *a, struct rmk_str text);

#endif
