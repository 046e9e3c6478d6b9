// How the difference of two documents is printed: as text, in Markdown, as JSON.
//
//	README.md#papers
//	  ~ LIMA   Read or Not: Not read -> Reading
//	  + QLoRA  Link: [Link](...); Read or Not: Not read
//	  - GPT-2
//	  > LoRA   (moved to old.md#done)
//
// A view is opened once, given the files that differ, all at once, and closed.
#ifndef TOOL_DIFF_VIEW_H
#define TOOL_DIFF_VIEW_H

#include "cmd.h"
#include "diff/moved_rows.h"

enum diff_format { DIFF_TEXT, DIFF_MD, DIFF_JSON, DIFF_NONE };

struct diff_view {
	struct rmk_arena *arena;
	enum diff_format format;
	struct rmk_buf json_text;
	struct rmk_json json;
	size_t told; // tables
};

void diff_view_open(struct diff_view *v, struct rmk_arena *a, enum diff_format format);

// A file that differs. Hidden: it is looked at for rows that went there or came from there.
struct diff_file {
	struct rmk_str path;
	struct rmk_diff diff;
	bool hidden, narrowed;
	size_t old_table, new_table; // narrowed: only this table is shown
};

// The difference of two texts; table: the one to be shown, empty for all.
enum rmk_code diff_file_of(struct rmk_arena *a, struct rmk_str path,
    struct rmk_str old_text, struct rmk_str new_text, struct rmk_str table,
    struct diff_file *out, struct rmk_err *err);
void diff_view_files(struct diff_view *v, const struct diff_file *files, size_t n);
void diff_view_close(struct diff_view *v);

// A file in lines that git's own diff can compare: the text as it is, each table a line a
// cell, named by its row. Conflicts that git left stand where they stood.
enum rmk_code diff_lines(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    struct rmk_str *out, struct rmk_err *err);

// The text around the tables, each table one line: what git's diff is to show of it.
struct rmk_str diff_around(struct rmk_arena *a, const struct rmk_doc *doc);

// Print a file so: for git, as its textconv.
enum rmk_code diff_print_lines(struct call *c, struct rmk_err *err);

// A file as git hands it to an external diff ("/dev/null": none), and the text around its tables.
enum rmk_code diff_read_outside(struct rmk_arena *a, struct rmk_str path,
    const char *file, struct rmk_str *text, struct rmk_str *around, struct rmk_err *err);

#endif
