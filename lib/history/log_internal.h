// What the files log*.c share: one walk over pairs of versions.
//
//	log.c        all rows: the difference of each pair
//	row_log.c    one row, followed from the newest version that has it to its birth
//	log_moves.c  rows of a pair that left one table for another
//	blame.c      all rows of the newest version, each to its last change of status
#ifndef RMK_HISTORY_LOG_INTERNAL_H
#define RMK_HISTORY_LOG_INTERNAL_H

#include "diff/moved_rows.h"
#include "history/log.h"
#include "history/version_cursor.h"

struct rmk_log_walk {
	struct rmk_arena *a;
	struct rmk_arena scratch; // emptied after each pair
	const struct rmk_log_opts *opts;
	const struct rmk_moment *moments;
	size_t nmoments;
	struct rmk_version_cursor cursor;
	struct rmk_seen now; // the newer of a pair
	size_t table;        // index in it of the table asked for; RMK_NONE: all
	bool over;           // nothing older is wanted
	struct rmk_log out;
	size_t cap;
	struct rmk_err *err;
};

// Visit each pair, newest first; old->doc is empty below the oldest version and where the
// file was gone. w->now is the newer one.
enum rmk_code rmk_log_pairs(struct rmk_log_walk *w,
    enum rmk_code (*visit)(struct rmk_log_walk *w, struct rmk_seen *old, void *ctx),
    void *ctx);

// Add an entry; NULL when there are as many as wanted.
struct rmk_log_entry *rmk_log_add(struct rmk_log_walk *w, enum rmk_log_kind kind,
    const struct rmk_doc *doc, size_t table, struct rmk_str row);

// A cell as a reader sees it, in the result's arena; and both sides of a change.
struct rmk_str rmk_log_text(struct rmk_log_walk *w, struct rmk_str raw);
void rmk_log_change(struct rmk_log_walk *w, struct rmk_log_entry *e, struct rmk_str old,
    struct rmk_str new_);

enum rmk_code rmk_log_row(struct rmk_log_walk *w);

// The differences of a pair and of the files beside it, and the rows that moved between them.
// File 0 is the one at hand; the paths of the others are in besides[file - 1].
struct rmk_log_moves {
	const struct rmk_diff **files; // [nfiles]
	size_t nfiles;
	struct rmk_beside *besides;
	struct rmk_moved_row *v; // [n]
	size_t n;
};
enum rmk_code rmk_log_moves_of(
    struct rmk_log_walk *w, const struct rmk_diff *d, struct rmk_log_moves *out);
// The same of a pair whose difference is not known; where only one table of the file differs and
// no other file does, nothing is compared.
enum rmk_code rmk_log_moves_into(
    struct rmk_log_walk *w, const struct rmk_seen *old, struct rmk_log_moves *out);

// Entries of a row that came from elsewhere: its cells that differ, and the move.
void rmk_log_add_move(struct rmk_log_walk *w, const struct rmk_log_moves *moves,
    const struct rmk_moved_row *m, struct rmk_str row);
// The entry of a row that went elsewhere.
void rmk_log_add_leave(struct rmk_log_walk *w, const struct rmk_log_moves *moves,
    const struct rmk_moved_row *m, struct rmk_str row);

// The older table that a table of w->now was, or RMK_NONE.
size_t rmk_log_old_table(
    struct rmk_log_walk *w, const struct rmk_seen *old, size_t table);

// Begin and end a walk.
enum rmk_code rmk_log_begin(struct rmk_log_walk *w, struct rmk_arena *a,
    const struct rmk_moment *moments, size_t n, const struct rmk_log_opts *opts,
    struct rmk_err *err);
void rmk_log_end(struct rmk_log_walk *w);

#endif
