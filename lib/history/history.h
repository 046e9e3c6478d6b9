// What the versions of a file tell: total and done by date.
//
//	versions   v0 ── v1 ── v2 ── v3            newest first, as git log has them
//	text       |     |     |     |
//	facts      which values stand how often in which column of which table
//	state      what counts as status, and how far each value is: handed from the newest
//	           version down to the oldest, so that all are measured with one yardstick
//	points     p0 .. p3                        oldest first
//
// The yardstick of values is the newest version's schema; which columns count each version says
// itself, so that a point counts the cells that a summary of its version counts. A column that was renamed, a table that
// moved to another heading, and a value that all its rows exchanged for another one ("Yes"
// for "✅ Yes") are followed back and marked: a renamed vocabulary is not progress. A loss
// that the next versions take back is marked and not shown as a fall. What was done or closed when
// it went to a table that is not counted, as archived rows do, is counted on.
//
// Texts come from a callback, and facts can be kept by another, so that nothing here
// knows of git or disks, and a version whose facts are kept is not read.
//
// Units: times are seconds since 1970, zones minutes east of UTC.
// Ownership: everything lives in the arena.
#ifndef RMK_HISTORY_HISTORY_H
#define RMK_HISTORY_HISTORY_H

#include "history/date.h"
#include "summary/summary.h"

// One version of one file.
struct rmk_moment {
	struct rmk_str id;   // of the commit, hexadecimal
	struct rmk_str blob; // names the text: equal blobs, equal texts
	bool gone;           // the file is not there
	bool joined;         // the next moment in the list is the one this was made from
	int64_t time;
	int zone;
	size_t order; // among the commits of several files: 0 is the newest
	struct rmk_str author, subject;
};

// Another Markdown file that the commit of a moment changed. s NULL: it was not there.
struct rmk_beside {
	struct rmk_str path, old, new_; // path; its text before, and in the commit
};

// Where what was found out is kept between runs, by a key that names what it depends on.
// Both NULL: nowhere. What get gives must live as long as the call.
struct rmk_keep {
	bool (*get)(void *ctx, struct rmk_str key, struct rmk_str *bytes);
	void (*put)(void *ctx, struct rmk_str key, struct rmk_str bytes);
	void *ctx;
};

struct rmk_history_opts {
	struct rmk_str path;
	struct rmk_str table; // behind the '#'; empty: all tables of the file
	struct rmk_summary_opts count;
	enum rmk_code (*read)(void *ctx, struct rmk_arena *a, size_t moment,
	    struct rmk_str *text, struct rmk_err *err);
	bool (*tick)(void *ctx, size_t done, size_t of); // false stops; may be NULL
	// The other files of a commit, asked where rows are gone; and whether one of them is counted
	// besides. Both NULL: rows that go are gone.
	enum rmk_code (*beside)(void *ctx, struct rmk_arena *a, size_t moment,
	    struct rmk_beside **out, size_t *n, struct rmk_err *err);
	bool (*counted)(void *ctx, struct rmk_str path);
	void *ctx;
	struct rmk_keep keep;
};

enum rmk_mark {
	RMK_MARK_RENAMED, // a value of all its rows became another one
	RMK_MARK_SPELLED, // a value is written in another way
	RMK_MARK_LOST,    // much was lost that came back
	RMK_MARK_BACK     // here
};

struct rmk_history_mark {
	enum rmk_mark kind;
	size_t point;
	struct rmk_str label;     // RENAMED, SPELLED: the column
	struct rmk_str old, new_; // RENAMED, SPELLED: the values
	size_t n;                 // rows
};

// How often a value stood in a column.
struct rmk_history_count {
	uint32_t value; // index into values
	uint32_t n;
};

struct rmk_history_value {
	struct rmk_str label;  // the column, as the newest version calls it
	struct rmk_str text;   // as a reader sees it
	struct rmk_str series; // the value it is joined to: what it is called now
	enum rmk_progress progress;
};

struct rmk_history_point {
	const struct rmk_moment *moment;
	int64_t time; // of the moment, or of one before it that has a later one
	size_t total;
	size_t by[RMK_NPROGRESS];
	size_t shown_total, shown_done; // what a chart shows: losses taken back are held
	bool held;
	struct rmk_history_count *counts; // [ncounts]
	size_t ncounts;
};

struct rmk_history {
	struct rmk_history_point *points; // [n] oldest first
	size_t n;
	struct rmk_history_value *values; // [nvalues]
	size_t nvalues;
	struct rmk_history_mark *marks; // [nmarks] in the order of their points
	size_t nmarks;
	size_t parsed; // versions whose text was read
};

// The history of one file from its moments (newest first). RMK_NOT_FOUND: no such table
// in the newest version; RMK_REFUSED: tick said stop. Versions that cannot be parsed
// (too complex) count as the version beside them.
enum rmk_code rmk_history_of(struct rmk_arena *a, const struct rmk_moment *moments,
    size_t n, const struct rmk_history_opts *opts, struct rmk_history *out,
    struct rmk_err *err);

// Several histories as one: at each moment the sum of what each was then. Its points
// have no counts.
struct rmk_history rmk_history_sum(
    struct rmk_arena *a, const struct rmk_history *h, size_t n);

// What can be done at all at a point: the total without what is closed.
size_t rmk_history_open(const struct rmk_history_point *p);

enum rmk_history_format {
	RMK_HISTORY_TEXT,
	RMK_HISTORY_CSV,
	RMK_HISTORY_JSON,
	RMK_HISTORY_SVG,
	RMK_HISTORY_MERMAID
};

struct rmk_history_style {
	enum rmk_history_format format;
	size_t width; // TEXT: columns of the terminal; 0: 80
	bool ascii, color;
	struct rmk_str label; // the title
	struct rmk_str cut;   // the history is cut at this commit; empty: whole
	size_t limit;         // TEXT: so many of the last changes
	bool bare; // SVG: without style and ground, for a page that has its own
};
bool rmk_history_format_of(struct rmk_str name, enum rmk_history_format *out);
void rmk_history_write(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out);

#endif
