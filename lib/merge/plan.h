// One table merged: what its columns and rows are to be, before a byte is written.
//
//	            base   ours   theirs
//	column  0    0      0      1           at[3], RMK_NONE where a version has it not
//	row     0    0      0      0   KEEP
//	        1    1      -      1   GONE        deleted by ours, untouched by theirs
//	        2    2      1      2   CONFLICT    a cell changed two ways
//	        3    -      2      -   KEEP        added by ours
//
// columns.c, rows.c and order.c decide, write_table.c makes bytes, and
// verify.c holds the bytes against the three versions.
#ifndef RMK_MERGE_PLAN_H
#define RMK_MERGE_PLAN_H

#include "base/buf.h"
#include "diff/match.h"
#include "merge/merge.h"
#include "schema/row_names.h"

static inline enum rmk_version
rmk_other_side(enum rmk_version v)
{
	return v == RMK_OURS ? RMK_THEIRS : RMK_OURS;
}

// Blank lines that were taken out of a version (blank_lines.c), in their order.
struct rmk_gap {
	uint32_t at; // byte of the row they stood before, in what is left
	struct rmk_str text;
};

struct rmk_gaps {
	struct rmk_gap *v;
	size_t n;
};

struct rmk_merge_table {
	const struct rmk_doc *doc;
	const struct rmk_table *t; // NULL: this version has no such table
	size_t index;
	const struct rmk_gaps *gaps; // of its document; NULL: none
};

struct rmk_merge_col {
	size_t at[3];
	uint8_t align;
};

// JOINED: another row of the plan holds its lines.
enum rmk_fate { RMK_FATE_KEEP, RMK_FATE_GONE, RMK_FATE_CONFLICT, RMK_FATE_JOINED };

// What few rows have.
struct rmk_merge_more {
	struct rmk_str excess; // raw bytes behind the last column
	struct rmk_str gap;    // blank lines before it
};

// Most rows hold what one version wrote; only one that mixes two has cells of its own. There may be
// very many, and each step looks at all: a row is one line of a cache.
struct rmk_merge_row {
	size_t at[3];
	struct rmk_str *cells;       // [ncols] raw; NULL: those of `from`
	struct rmk_merge_more *more; // NULL: nothing of it
	struct rmk_str why;          // CONFLICT
	enum rmk_fate fate : 4;
	enum rmk_version from : 4; // KEEP: the first of ours and theirs that it is
	bool touched;              // not the same bytes in all versions
	bool guessed[3]; // that this version's line is the row is a guess (guess.c)
	bool is[3];      // KEEP: it is what this version has, cell by cell
};

static inline struct rmk_merge_more
rmk_merge_row_more(const struct rmk_merge_row *row)
{
	return row->more ? *row->more : (struct rmk_merge_more){0};
}

struct rmk_plan {
	struct rmk_arena *a;
	struct rmk_merge_table v[3];
	struct rmk_table_match ours, theirs; // base with each
	struct rmk_table_match sides;        // ours with theirs
	struct rmk_known_keys *known;        // while they are made
	size_t key[3];                       // column that names rows, or RMK_NONE
	const struct rmk_schema *schema[3];  // of declared tables, else NULL
	struct rmk_merge_col *cols;
	size_t ncols;
	struct rmk_merge_row header;
	struct rmk_merge_row *rows;
	size_t nrows;
	bool first_column_asked,
	    first_column_names; // no text is twice in it, in any version
	bool gone_from_both;    // a column of base is in neither side
	size_t mixed;           // cells of rows that are neither side's
	size_t *owner[3];       // [v[i].t->nrows] index into rows
	bool *regrouped
	    [3]; // [rows of base] a side took it to another group; NULL: there are none
	size_t *order; // [norder] rows that are written
	size_t norder;
	enum rmk_version style; // whose padding is followed
	bool same_shape[3];     // its columns are those of the plan
	const char *undecided;  // why it cannot be merged by rows; NULL: it can
};

// v holds the three versions; v[RMK_BASE].t may be NULL.
struct rmk_plan *rmk_plan_new(struct rmk_arena *a, const struct rmk_merge_table v[3]);

// The steps of rmk_plan_new, in their order.
void rmk_plan_cols(struct rmk_plan *p);
void rmk_plan_rows(struct rmk_plan *p);
void rmk_plan_doubt_renamed(struct rmk_plan *p); // part of rmk_plan_rows
void rmk_plan_guess(struct rmk_plan *p);         // part of rmk_plan_rows
void rmk_plan_twins(struct rmk_plan *p);         // part of rmk_plan_rows
void rmk_plan_namesakes(struct rmk_plan *p);     // part of rmk_plan_rows
void rmk_plan_doubled_keys(struct rmk_plan *p);  // part of rmk_plan_rows
void rmk_plan_order(struct rmk_plan *p);
void rmk_plan_gaps(struct rmk_plan *p);

// The blank lines that stood before the row at this byte; empty: none.
struct rmk_str rmk_gap_before(const struct rmk_gaps *gaps, uint32_t at);

// A row that is row base of base, row ours of ours and row theirs of theirs; RMK_NONE: it is not
// there.
void rmk_plan_add_row(struct rmk_plan *p, size_t base, size_t ours, size_t theirs);

// Whether a row that both sides added is one: one has all that the other says, or they have one
// name.
bool rmk_plan_one_addition(struct rmk_plan *p, const struct rmk_merge_row *row);

// Whether it makes a difference if the row is gone from version v or was edited there: the
// other side deleted it, wrote in it or took it to another group.
bool rmk_plan_disputed(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v);

// Whether a guess makes a difference: the other side did not leave the row as it was.
bool rmk_plan_is_guess(const struct rmk_plan *p, const struct rmk_merge_row *row);

// What few rows have, of this one, to be filled.
struct rmk_merge_more *rmk_plan_more(const struct rmk_plan *p, struct rmk_merge_row *row);

// A person must decide about the row.
void rmk_plan_conflict(struct rmk_merge_row *row, struct rmk_str why);

// Whether a row is one line of base and of version v, byte for byte, and all columns are the same:
// known without a look at its cells. False does not say that it differs.
static inline bool
rmk_plan_is_line(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v)
{
	const struct rmk_pairs *lines = v == RMK_OURS ? &p->ours.lines : &p->theirs.lines;

	return row != &p->header && row->at[RMK_BASE] != RMK_NONE &&
	       row->at[v] != RMK_NONE && lines->to_new[row->at[RMK_BASE]] == row->at[v];
}

// Whether version v changed a cell of a row of base, in the columns both have or in one that it
// may have renamed.
bool rmk_plan_edited(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v);

// Whether a row that version v left alone, but for a new column in which it wrote, may be one that is
// new on the other side: there a column went and one came, by which it might be known.
bool rmk_plan_may_be_new(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v);

// Whether a column was renamed in which fewer than half of the rows kept what they said, and the other side wrote in it: it
// may be another one.
bool rmk_plan_doubt_columns(const struct rmk_plan *p);

// Whether a column that is new on both sides may be one of base that both renamed.
bool rmk_plan_may_be_renamed(const struct rmk_plan *p, const struct rmk_merge_col *col);

// The line of a row, or of the header, in a version; NULL where it has none. A cell and
// the bytes behind the last column, trimmed; empty where there are none.
const struct rmk_row *rmk_plan_line(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v);
struct rmk_str rmk_plan_cell(const struct rmk_plan *p, const struct rmk_merge_row *row,
    enum rmk_version v, size_t col);
struct rmk_str rmk_plan_excess(
    const struct rmk_plan *p, const struct rmk_merge_row *row, enum rmk_version v);

// Whether column at of version v is one of the result.
bool rmk_plan_has_column(const struct rmk_plan *p, enum rmk_version v, size_t at);

struct rmk_str rmk_excess_of(
    const struct rmk_doc *doc, const struct rmk_row *line, size_t ncols);

// The merged value of a KEEP.
struct rmk_str rmk_plan_value(
    const struct rmk_plan *p, const struct rmk_merge_row *row, size_t col);

// What a row is called in messages, as the first version that has it calls it. names: of the three
// versions, empty at first.
struct rmk_str rmk_plan_name(const struct rmk_plan *p, const struct rmk_merge_row *row,
    struct rmk_row_names names[3]);

// What to write where a person must decide.
enum rmk_resolve { RMK_WRITE_MARKERS, RMK_TAKE_OURS, RMK_TAKE_THEIRS };

// The table's lines, the last without its end.
void rmk_plan_write(struct rmk_buf *out, const struct rmk_plan *p,
    const struct rmk_merge_opts *opts, enum rmk_resolve resolve);

// Which rows of base without a name each side took to another group (regrouped), as the plan's rows
// are one now.
void rmk_plan_regrouped(struct rmk_plan *p); // part of rmk_plan_guess

// Whether every row whose first cell is empty is in the group in which a side has it.
bool rmk_plan_keeps_groups(const struct rmk_plan *p);

// Whether the plan loses, doubles or mixes rows; and whether a table of the parsed
// result is what the plan says. NULL: all is well; else what is wrong.
const char *rmk_plan_check(const struct rmk_plan *p);
const char *rmk_plan_check_result(const struct rmk_plan *p, const struct rmk_doc *doc,
    const struct rmk_table *t, enum rmk_resolve resolve);

// The value of a cell that both sides have; col RMK_NONE: of the header. False when a person
// must decide.
bool rmk_policy_decide(const struct rmk_plan *p, size_t col, bool in_base,
    struct rmk_str base, struct rmk_str ours, struct rmk_str theirs, struct rmk_str *out);

#endif
