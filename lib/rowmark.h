// rowmark: Markdown tables kept as a database, with git as the log.
//
//	folder ──▶ rmk_open ──▶ db ──▶ rmk_rows, rmk_check ... ──▶ result: rows of named columns
//	                         ├──▶ rmk_set, rmk_add, rmk_rm     kept in the db ...
//	                         └──▶ rmk_commit                   ... until here: one commit
//
// A whole program: set one status and commit it.
//
//	#include <rowmark.h>
//	#include <stdio.h>
//
//	int main(void)
//	{
//		struct rmk_db *db = rmk_open(".");
//		struct rmk_result *result = NULL;
//		int failed = rmk_set(db, "README.md", "papers", "LoRA", NULL, "Read", NULL) ||
//			rmk_commit(db, NULL, &result);
//
//		printf("%s\n", failed ? rmk_error(db) : rmk_result_commit(result));
//		rmk_free(result);
//		rmk_close(db);
//		return failed;
//	}
//
//	cc program.c $(pkg-config --cflags --libs rowmark)
//
// Success: every call that can fail returns 0, or else a number that is not 0. What was wrong
// is in the result (rmk_result_message), and the last error of a db in rmk_error. Nothing
// is changed by a call that fails.
//
// Text in: C strings are UTF-8; texts of files come with their length. Text out: a pointer and
// a length, and a 0 behind it; it lives as long as its result.
//
// Memory: rmk_free frees a result, rmk_close a db; both take NULL. A result is independent of
// its db. Where a result is asked for, `result` may also be NULL. When memory runs out the
// result is NULL and the call has failed; that db can only be closed then, and some of what the
// call had begun with is not given back.
//
// NULL: each function takes NULL for everything, and answers what "nothing" answers.
//
// Threads: the library has no state of its own. A db belongs to one thread at a time; several
// may be in use at once, and results may be read by several threads.
//
// Words: a PATH is relative to the db's folder, or absolute; REV:PATH is the file in a commit,
// :PATH in the index. A TABLE is a declared name, the anchor of the heading above, or a number
// from 1; NULL is the only table of the file. A ROW is its key, or a part of it that fits one
// row, or LINE:N. A COLUMN is its header; NULL or "status" is the one status column.
//
// How far a status is: todo, doing, done; closed is over without being done (dropped, not
// applicable); unknown is a word in no order, empty no word. Not done is all but done.
//
// Compatibility: of two versions with one number before the first dot (0), programs compiled
// against the older one run with the newer one. Functions, and columns of results, are only
// ever added. C99 and C++11, and no other header is needed.
#ifndef ROWMARK_H
#define ROWMARK_H

#include <stddef.h>

#if defined(__GNUC__)
#define RMK_FACE __attribute__((visibility("default")))
#else
#define RMK_FACE
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct rmk_db;
struct rmk_result;

RMK_FACE const char *rmk_version(void); // "0.1.0"

// --- a database ----------------------------------------------------------------

// The Markdown files of a folder; NULL: the current one. A repository is looked for when one is
// needed. NULL only when memory runs out.
RMK_FACE struct rmk_db *rmk_open(const char *folder);

// One text of n bytes that is no file, as an editor or a web form has it. It is copied, and is
// what every PATH of this db is, NULL too; `path` names it in messages. It cannot be committed.
RMK_FACE struct rmk_db *rmk_open_text(const char *path, const char *text, size_t n);

RMK_FACE void rmk_close(struct rmk_db *db);

// What went wrong in the last call: "README.md#papers: no row 'Lora2'"; "" where it succeeded.
// It stays until the next call.
RMK_FACE const char *rmk_error(const struct rmk_db *db);

// For the calls that follow; value NULL: not set. Fails for a name that is not one of these.
//
//	author     "Name <mail>", else as git takes it
//	date       as git commit --date takes it
//	no-verify  "1": skip the hooks pre-commit and commit-msg
//	stage      "1": rmk_commit writes file and index, and makes no commit
//	new        "1": rmk_set and rmk_add write values as typed, also those that look like slips
//	keep-note  "1": rmk_set keeps a link or note around the old word
RMK_FACE int rmk_option(struct rmk_db *db, const char *name, const char *value);

// --- reading -------------------------------------------------------------------

// The tables of a file: table, address, line, rows, key, status (columns, by "\n").
RMK_FACE int rmk_tables(struct rmk_db *db, const char *path, struct rmk_result **result);

// The rows of a table, its columns by their headers. Of each cell there is the text as a
// reader sees it, its Markdown, and how far it is; of each row its key and its line.
RMK_FACE int rmk_rows(
    struct rmk_db *db, const char *path, const char *table, struct rmk_result **result);

// The bytes of a file, with what was set and not yet committed: rmk_result_text.
RMK_FACE int rmk_bytes(struct rmk_db *db, const char *path, struct rmk_result **result);

// What is wrong with the tables of a file: level ("error", "warning"), rule, line, column,
// end_column, message, hint, table, row, label. Success does not say that there is nothing.
RMK_FACE int rmk_check(struct rmk_db *db, const char *path, struct rmk_result **result);

// How far the status columns of a file are: table, column, total, todo, doing, done, closed,
// unknown, empty, percent. One row for each column.
RMK_FACE int rmk_summary(struct rmk_db *db, const char *path, struct rmk_result **result);

// What changed from one version of a file to another: table, change ("added", "removed",
// "changed", "moved"), row, column, old, new. One row for each row that came or went, and for
// each cell that changed.
RMK_FACE int rmk_diff(struct rmk_db *db, const char *old_path, const char *new_path,
    struct rmk_result **result);

// --- writing -------------------------------------------------------------------

// Change one cell: the value is matched with the column's values without regard to case, and
// written as the column spells it. Rows and cells of the result: table, row, column, old, new,
// line. What is read afterwards shows it; files change with rmk_commit or rmk_save.
RMK_FACE int rmk_set(struct rmk_db *db, const char *path, const char *table,
    const char *row, const char *column, const char *value, struct rmk_result **result);

// The same, if the cell holds `expected` (NULL: whatever it holds), also at the moment of the commit; else both fail with
// the code "faster".
RMK_FACE int rmk_set_if(struct rmk_db *db, const char *path, const char *table,
    const char *row, const char *column, const char *expected, const char *value,
    struct rmk_result **result);

// The row begins, or is done: the column's own word for it. NULL: the one status column.
RMK_FACE int rmk_start(struct rmk_db *db, const char *path, const char *table,
    const char *row, const char *column, struct rmk_result **result);
RMK_FACE int rmk_done(struct rmk_db *db, const char *path, const char *table,
    const char *row, const char *column, struct rmk_result **result);

// Append a row: values of n columns. Others stay empty, a status gets its first value.
RMK_FACE int rmk_add(struct rmk_db *db, const char *path, const char *table,
    const char *const *columns, const char *const *values, size_t n,
    struct rmk_result **result);

RMK_FACE int rmk_rm(struct rmk_db *db, const char *path, const char *table,
    const char *row, struct rmk_result **result);

// All that was set, added and removed since the last time, in one commit: in HEAD, the index
// and the files, and nothing else. message NULL: it says the changes. Where a file was changed
// meanwhile the changes are made in what it is now, by key. Without anything to do it succeeds,
// and rmk_result_commit is "". After a failure the changes are still kept, until rmk_discard.
RMK_FACE int rmk_commit(
    struct rmk_db *db, const char *message, struct rmk_result **result);

// The same in the files alone. Of a text: rmk_bytes has it, and there is nothing to save.
RMK_FACE int rmk_save(struct rmk_db *db, struct rmk_result **result);

// Forget what was not committed, and read files anew.
RMK_FACE void rmk_discard(struct rmk_db *db);

// --- merging -------------------------------------------------------------------

// Three versions of a text, merged by row and cell: rmk_result_text is the merged text. Its
// rows are the conflicts, which stand between markers in the text: where, what. None: the
// merge is clean. path names the file in messages.
RMK_FACE int rmk_merge(const char *path, const char *base, size_t nbase, const char *ours,
    size_t nours, const char *theirs, size_t ntheirs, struct rmk_result **result);

// --- results -------------------------------------------------------------------

// Rows and columns, counted from 0. What is not there is 0, "" or NULL as is said.
RMK_FACE size_t rmk_result_rows(const struct rmk_result *result);
RMK_FACE size_t rmk_result_columns(const struct rmk_result *result);
RMK_FACE const char *rmk_result_column(const struct rmk_result *result, size_t column);

// The column of that name; two of one name: the first. (size_t)-1 when there is none.
RMK_FACE size_t rmk_result_find(const struct rmk_result *result, const char *column);

// A cell as a reader sees it; and its Markdown. n may be NULL. NULL, and 0 bytes, when there is
// none.
RMK_FACE const char *rmk_result_value(
    const struct rmk_result *result, size_t row, size_t column, size_t *n);
RMK_FACE const char *rmk_result_raw(
    const struct rmk_result *result, size_t row, size_t column, size_t *n);

// Of rmk_rows: whether a column is a status (1), also where there is no row.
RMK_FACE int rmk_result_is_status(const struct rmk_result *result, size_t column);

// Of rmk_rows: "todo", "doing", "done", "closed", "unknown", "empty"; "" in a column that is
// no status. The row's key, and its line in the file from 1.
RMK_FACE const char *rmk_result_progress(
    const struct rmk_result *result, size_t row, size_t column);
RMK_FACE const char *rmk_result_key(
    const struct rmk_result *result, size_t row, size_t *n);
RMK_FACE size_t rmk_result_line(const struct rmk_result *result, size_t row);

RMK_FACE const char *rmk_result_text(const struct rmk_result *result, size_t *n);

// The commit's id; "" when none was made.
RMK_FACE const char *rmk_result_commit(const struct rmk_result *result);

// Why a call failed, in one word; "ok" when it did not. What is wrong, and what to do next
// (--new and --stage in a hint are the options "new" and "stage" here).
//
//	not-found ambiguous exists invalid     what was given: nothing fits, several do ...
//	faster                                 not as was expected: rmk_discard, and ask anew
//	conflict                               HEAD or the index holds something else there
//	stale                                  the file changed each time we came to write it
//	locked                                 somebody holds git's lock: later
//	refused read-only too-big too-complex  it would break a promise, or passes a limit
//	no-repository git hook io              what git, a hook or the system said
//	no-memory                              also of a result that is NULL
RMK_FACE const char *rmk_result_code(const struct rmk_result *result);
RMK_FACE const char *rmk_result_message(const struct rmk_result *result);
RMK_FACE const char *rmk_result_hint(const struct rmk_result *result);

// What should be known of a call that succeeded, one a line; "" when there is nothing.
RMK_FACE const char *rmk_result_notes(const struct rmk_result *result);

RMK_FACE void rmk_free(struct rmk_result *result);

#ifdef __cplusplus
}
#endif

#endif
