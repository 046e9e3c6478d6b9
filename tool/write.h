// From wished changes to files, index and commit: the one way in which commands write.
//
//	changes ─▶ rmk_rewrite a file ─┬─▶ -n: the diff
//	                               ├─▶ --no-commit: the file
//	                               ├─▶ --stage: file and index
//	                               └─▶ a commit
//
// A command that writes has OPT_WRITE in its table. Several files make one commit, all
// or nothing.
#ifndef TOOL_WRITE_H
#define TOOL_WRITE_H

#include "git/commit.h"
#include "open_table.h"

// Whether the command commits at all: then it has OPT_WRITE in its table. One that does
// not (fmt) writes the file only.
bool can_commit(const struct call *c);

// Whether the person wants no commits: git's setting rowmark.commit is no.
bool commits_off(struct call *c);

// Refuse standard input among the files of a command that writes only in place, before it
// is read. words as for open_tables.
enum rmk_code write_no_stdin(
    const struct call *c, char *const *words, size_t n, struct rmk_err *err);

// One change of one file, and how the report names it.
struct write {
	struct file *file;
	struct rmk_str address; // README.md#papers
	uint32_t line;          // of the row; 0: none yet
	size_t table, row, col; // SET: where the cell is in the file's document
	struct rmk_str shown;   // the row, where change.row does not name it (a new one)
	bool besides;           // comes with another: the message does not name it
	struct rmk_change change;
};

// A change of a cell: what `set` does. old is taken from the document; value is content.
// Table and row are named for other versions by write_name_cells, of all writes at once,
// since that reads whole columns. A removal is what `rm` does.
struct write write_cell(struct rmk_arena *a, const struct picked *p, size_t row,
    size_t col, struct rmk_str value);
struct write write_removal(struct rmk_arena *a, const struct picked *p, size_t row);
void write_name_cells(struct rmk_arena *a, struct write *writes, size_t n);

// Make the changes and report them. The message of the commit is -m, else the configured template, else "{row}: {old} ->
// {new}"; ADD and REMOVE say "Add {row}", "Remove {row}"; several changes make a subject
// that counts them and a body that lists them.
enum exit_status write_changes(struct call *c, struct write *writes, size_t n);
// The same with this message where none is given with -m.
enum exit_status write_changes_as(
    struct call *c, struct write *writes, size_t n, struct rmk_str message);

// The same for a command that makes a file's new bytes in another way (fmt, render,
// check --fix). `make` gets the bytes of each version and must give the same answer for
// the same bytes. message is used without -m.
struct write_file {
	struct file *file;
	enum rmk_code (*make)(void *ctx, struct rmk_arena *a, const char *version,
	    struct rmk_str path, struct rmk_str text, struct rmk_str *out,
	    struct rmk_err *err);
	void *ctx;
};
enum exit_status write_files(
    struct call *c, const struct write_file *files, size_t n, struct rmk_str message);

// A write that failed: say so, unless the command is run again for it (call.stale).
enum exit_status write_failed(struct call *c, const struct rmk_err *err);

// Everything but the reports: for a command that says itself what changed, when it has,
// before report_commit (write_report.h) reports the commit.
enum rmk_code write_quietly(struct call *c, const struct write_file *files, size_t n,
    struct rmk_str message, struct rmk_commit_result *result, struct rmk_err *err);

// Lines of rmk_render_refresh on regions that are not up to date.
void write_say_regions(struct rmk_str lines);

// A diff, coloured for people.
void write_print_diff(struct rmk_str text);
// That of a file, named from the top as git apply wants it, however its path was typed. repo NULL:
// as it was typed.
enum rmk_code write_print_patch(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str path, struct rmk_str before, struct rmk_str after,
    struct rmk_err *err);

#endif
