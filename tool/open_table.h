// FILE#TABLE and ROW, from words to documents.
//
//	README.md#papers ─▶ wanted {source, "papers"} ─▶ file {doc} ─▶ picked {file, table}
//	(nothing)        ─▶ one for every Markdown file of the repository
//
// Places: what is typed may name one itself (-, :PATH, REV:PATH); what does not is read
// from c->from. -f FILE[#TABLE], as often as it is given, narrows every command.
//
// Ownership: everything lives in the arena handed in. Where files are read one after
// another, hand each its own.
#ifndef TOOL_OPEN_H
#define TOOL_OPEN_H

#include "cmd.h"
#include "io/config.h"

struct wanted {
	const struct rmk_source *source;
	struct rmk_str table; // behind the '#'; empty: all tables
	bool named;           // the file was named, not found by looking for all
};

struct file {
	struct rmk_source source;
	struct rmk_file_id id; // of the worktree's file
	struct rmk_str path;   // as shown
	struct rmk_doc *doc;
	struct rmk_schema **schemas;        // [ntables], made when first asked for
	struct rmk_address_index **indexes; // the same; NULL: rows are looked through
	struct rmk_row_names **names;       // [ntables], made when first asked for
	struct rmk_file_words *words;       // [ntables], the same
	bool *picked;                       // [ntables] among the tables that are wanted
	struct rmk_doc
	    *beside; // HEAD's or the index's version, where a value was looked for there
};

// A table of a file.
struct picked {
	struct file *file;
	size_t table;
};

// The files named by words (FILE or FILE#TABLE) and by -f, else all there are. "#TABLE"
// looks in all files.
enum rmk_code open_wanted(struct call *c, char *const *words, size_t n,
    struct wanted **out, size_t *nout, struct rmk_err *err);

// Refuse a table among them: of commands that take whole files.
enum rmk_code open_whole_files(
    const struct call *c, const struct wanted *wanted, size_t n, struct rmk_err *err);

// Read and parse one. flags as for rmk_doc_parse. *table is the index of the table
// asked for, or RMK_NONE: all, or (where the file was not named) none in this file.
enum rmk_code open_file(struct call *c, struct rmk_arena *a, const struct wanted *wanted,
    unsigned flags, struct file **out, size_t *table, struct rmk_err *err);

// Whether both are one file, however it was typed (a.md, ./a.md, /tmp/a.md).
bool file_same(const struct file *one, const struct file *two);

const struct rmk_schema *file_schema(
    struct rmk_arena *a, struct file *file, size_t table);

// That a merge is not finished in it, on standard error.
void file_say_unmerged(struct call *c, const struct file *file);

// With -v: the columns that hold words of progress and are no statuses, and why, a line each.
void file_say_left_out(struct call *c, struct rmk_arena *a, const struct picked *p);

// Both at once: every table that is wanted, in c->arena. A file that cannot be read
// ends it, unless nobody named it: then it is complained about and left out.
enum rmk_code open_tables(struct call *c, char *const *words, size_t n,
    struct picked **out, size_t *nout, struct rmk_err *err);

// The same, and what is read lives in an arena of its own.
enum rmk_code open_tables_in(struct call *c, struct rmk_arena *a, char *const *words,
    size_t n, struct picked **out, size_t *nout, struct rmk_err *err);

// open_tables for these rows, to be written. Who wants a commit can mean only what git tracks:
// where that has all the rows, by their whole names, nothing else is read. rows NULL: all is.
enum rmk_code open_tables_of(struct call *c, char *const *words, size_t n,
    const struct rmk_str *rows, size_t nrows, struct picked **out, size_t *nout,
    struct rmk_err *err);

// So many rows are going to be asked for that open_row should make an index for each table.
void open_for_many(struct call *c, const struct picked *tables, size_t n);

// Nothing was found: say where was looked.
enum rmk_code open_no_table(const struct wanted *wanted, size_t n, struct rmk_err *err);

// open_tables for commands that need exactly one: RMK_AMBIGUOUS lists the tables.
enum rmk_code open_table(struct call *c, char *const *words, size_t n, struct picked *out,
    struct rmk_err *err);
// The same of tables that were opened. Of several it is the only one that is no archive.
enum rmk_code open_only(struct call *c, const struct picked *all, size_t nall,
    struct picked *out, struct rmk_err *err);

// Whether it is what 'archive' makes: under a heading that begins with "Archived".
#define ARCHIVED_HEADING "Archived"
bool picked_is_archive(struct rmk_arena *a, const struct picked *p);

// The one row that matches in these tables, at the best level of matching that any
// of them has. RMK_NOT_FOUND; RMK_AMBIGUOUS lists the candidates with their addresses.
enum rmk_code open_row(struct call *c, const struct picked *tables, size_t n,
    struct rmk_str row, struct picked *out, size_t *index, struct rmk_err *err);

// A part of a row's name or of its link names the row too; before it is written, a guess is called
// one: the same words may name another row where this one is gone or not there yet. links: a part
// of a link is a guess too.
void open_row_note_guess(
    struct call *c, struct rmk_str typed, const struct picked *p, size_t row, bool links);

// The path of a folder in the repository with a '/' behind it, "" for the top; it may be
// gone from the disk.
enum rmk_code open_folder_path(
    struct call *c, struct rmk_str folder, struct rmk_str *out, struct rmk_err *err);

// .rowmark.ini of the place that is read (c->from); without one, an empty one.
enum rmk_code call_config(struct call *c, struct rmk_config *out, struct rmk_err *err);

struct rmk_str picked_address(struct rmk_arena *a, const struct picked *p);

#endif
