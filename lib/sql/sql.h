// Documents as SQL tables, through SQLite in memory. The Markdown stays the only store.
//
//	README.md#papers ──▶ SELECT * FROM papers
//	                     papers(Paper, Link, "Read or Not",
//	                            hidden: Paper_raw, Paper_url, Paper_label, ...
//	                                    _file, _table, _line, _row, _status)
//	INSERT, UPDATE, DELETE ──▶ draft rows ──▶ rmk_sql_edits ──▶ the gate
//
// A table goes by its name (that behind '#' in its address) where no other table has it,
// and always by its whole address, quoted: "README.md#papers". Columns go by their label
// as a reader sees it. Text is what a reader sees; X_raw is the Markdown, X_url and
// X_label are those of the cell's first link. Writing X or X_raw writes Markdown; writing
// the text that a cell shows already keeps the cell as it is. Types are those declared:
// integers and numbers compare as such, flags are 0 and 1; an empty cell of a typed
// column is NULL (of a flag 0), of a text column ''.
//
// All statements of one call are one transaction; nothing here writes a file: the edits
// are handed out, and the caller takes them through the gate.
//
// Safety: no ATTACH, PRAGMA, extension, or file is reachable from a statement.
//
// Ownership: a connection holds memory of SQLite's: close it. Documents must outlive it.
#ifndef RMK_SQL_SQL_H
#define RMK_SQL_SQL_H

#include "edit/edit.h"

struct rmk_sql; // opaque

// A table of a document.
struct rmk_sql_pick {
	const struct rmk_doc *doc;
	size_t table;
};

struct rmk_sql_opts {
	unsigned timeout_ms; // of one run; 0: none
	// Reads only, and nothing that time or chance decides; within a budget of steps of
	// SQLite's machine, the same on every machine, and of memory. 0: no budget.
	bool view;
	size_t steps;
	bool (*stop)(void *ctx); // asked now and then; true interrupts. NULL: never
	void *ctx;
	const struct rmk_sql_pick *picks; // [npicks] the tables there are; NULL: all of
	size_t npicks;                    // the documents
	struct rmk_str day; // written where a date is declared to come with a status
};

enum rmk_code rmk_sql_open(struct rmk_arena *a, const struct rmk_doc *const *docs,
    size_t n, const struct rmk_sql_opts *opts, struct rmk_sql **out, struct rmk_err *err);
void rmk_sql_close(struct rmk_sql *sql); // NULL is allowed

enum rmk_sql_kind { RMK_SQL_NULL, RMK_SQL_NUMBER, RMK_SQL_TEXT };

struct rmk_sql_value {
	enum rmk_sql_kind kind;
	struct rmk_str text; // TEXT, a NUMBER as SQLite prints it; NULL: empty
};

// Where answers go. A statement with columns calls columns once, then row for each row;
// what they return other than RMK_OK stops the run and is its code. Values are good until
// the call returns.
struct rmk_sql_sink {
	enum rmk_code (*columns)( // may be NULL
	    void *ctx, const struct rmk_str *names, size_t n, struct rmk_err *err);
	enum rmk_code (*row)(
	    void *ctx, const struct rmk_sql_value *values, size_t n, struct rmk_err *err);
	void *ctx;
};

// A bound parameter: name without its ':', '@' or '$'; a number (from 1) binds by place.
struct rmk_sql_param {
	struct rmk_str name;
	struct rmk_str value;
};

// Run the statements in text, all or nothing. On failure every change of this run is taken
// back. RMK_INVALID carries SQLite's message; RMK_REFUSED says what is not allowed.
enum rmk_code rmk_sql_run(struct rmk_arena *a, struct rmk_sql *sql, struct rmk_str text,
    const struct rmk_sql_param *params, size_t nparams, const struct rmk_sql_sink *sink,
    struct rmk_err *err);

// What the runs so far made of a document: edits against it.
size_t rmk_sql_edits(struct rmk_arena *a, struct rmk_sql *sql, const struct rmk_doc *doc,
    struct rmk_edit **out);

// Whether text is a whole statement: it ends in a ';' that is in no string or comment.
bool rmk_sql_is_complete(struct rmk_arena *a, struct rmk_str text);

// The tables in order: each one's shortest name and its CREATE TABLE statement, for people.
size_t rmk_sql_tables(struct rmk_arena *a, const struct rmk_sql *sql,
    struct rmk_str **names, struct rmk_str **schemas);

#endif
