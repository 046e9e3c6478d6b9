// Who changed which cell, and who last changed each row's status.
//
//	moment 0   | LoRA | Read     |      log     m0  LoRA  Read or Not: Reading -> Read
//	moment 1   | LoRA | Reading  |              m1  LoRA  Read or Not: Not read -> Reading
//	moment 2   | LoRA | Not read |              m2  LoRA  added
//	                                    blame   LoRA  Read  m0
//
// Versions are compared pair by pair, newest first (diff/diff.h). A row that left one
// table for another in the same commit has moved: it is neither removed nor added. Other files
// of a commit are looked at where rows came or went that this file does not account for.
//
// Units: moments are indices into the list handed in.
// Ownership: everything lives in the arena.
#ifndef RMK_HISTORY_LOG_H
#define RMK_HISTORY_LOG_H

#include "history/history.h"
#include "schema/row_names.h"

enum rmk_log_kind { RMK_LOG_SET, RMK_LOG_ADDED, RMK_LOG_REMOVED, RMK_LOG_MOVED };

struct rmk_log_entry {
	enum rmk_log_kind kind;
	size_t moment;
	struct rmk_str table;     // the name behind the '#', in the newer version
	struct rmk_str row;       // its key
	struct rmk_str column;    // SET
	struct rmk_str old, new_; // SET: as a reader sees them; MOVED: the tables
	bool markup;              // SET: a reader sees no change; old and new_ are raw
	struct rmk_str other;     // MOVED: the other file; empty: it is this one
	bool away;                // MOVED: out of this table
};

// A row of a version of a file: where one came from.
struct rmk_log_place {
	struct rmk_str path; // empty: nowhere else
	size_t moment; // the version of `path` is that before the commit of this moment
	size_t table, row;
};

struct rmk_log_opts {
	struct rmk_str path;
	struct rmk_str table; // behind the '#'; empty: all
	struct rmk_str row;   // what a person typed for a row; empty: all rows
	const struct rmk_log_place
	    *at;      // not NULL: this row of the newest version, whatever row says
	size_t limit; // 0: no limit
	// The other files of a commit; may be NULL.
	enum rmk_code (*beside)(void *ctx, struct rmk_arena *a, size_t moment,
	    struct rmk_beside **out, size_t *n, struct rmk_err *err);
	enum rmk_code (*read)(void *ctx, struct rmk_arena *a, size_t moment,
	    struct rmk_str *text, struct rmk_err *err);
	bool (*tick)(void *ctx, size_t done, size_t of); // false stops; may be NULL
	void *ctx;
};

struct rmk_log {
	struct rmk_log_entry *v; // [n] newest first
	size_t n;
	struct rmk_log_place from; // the row that was asked for goes on in another file
	struct rmk_str gone_to;    // the file to which it went; empty: none
};

// The changes of one file. With a row: it is looked for in the newest version that has
// one that matches, so a row that is gone can be asked for. RMK_NOT_FOUND: no version
// has such a table or row; RMK_AMBIGUOUS lists the candidates.
enum rmk_code rmk_log_of(struct rmk_arena *a, const struct rmk_moment *moments, size_t n,
    const struct rmk_log_opts *opts, struct rmk_log *out, struct rmk_err *err);

// A row of the newest version.
struct rmk_blame_row {
	size_t table;
	struct rmk_str address; // of the table
	struct rmk_str name;
	struct rmk_namesake namesake;
	struct rmk_str status; // what it says now; of a matrix the cell changed last
	struct rmk_str column;
	uint32_t line;
	size_t moment; // that set it so; RMK_NONE: older than the history reaches
	const struct rmk_moment *when; // the same; NULL: it is older
	bool born;                     // the row came with it
	// The commit brought the row from another table as it is: who set it so, the versions
	// before that commit say. from.path empty: those of the same file.
	bool came;
	struct rmk_log_place from;
};

struct rmk_blame {
	struct rmk_blame_row *v; // [n] in the order of the file
	size_t n;
};

// Who last changed the status of each row; of a column where one is named. A status that
// all rows exchanged for another spelling was not changed by that. places (NULL: all rows): rows
// of the newest version, those of one table together; then the result has them in their order.
enum rmk_code rmk_blame_of(struct rmk_arena *a, const struct rmk_moment *moments,
    size_t n, const struct rmk_log_opts *opts, struct rmk_str column,
    const struct rmk_log_place *places, size_t nplaces, struct rmk_blame *out,
    struct rmk_err *err);

#endif
