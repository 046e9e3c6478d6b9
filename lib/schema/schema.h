// What the columns of a table mean: declared, else inferred.
//
//	<!-- rowmark: papers
//	Paper: key
//	Read or Not: status = Not read < Reading < Read, closed = Dropped
//	-->                             ranks  0          1         2              2
//	                                       to do      doing     done           closed
//
// A declaration (docs/rowmark-schema) makes certain what is inferred otherwise. A
// table may have several status columns: a compatibility matrix has one a language.
//
// Ownership: lives in the arena, points into the document's text.
// Errors: a wrong declaration is not an error but a list of problems, for check.
#ifndef RMK_SCHEMA_SCHEMA_H
#define RMK_SCHEMA_SCHEMA_H

#include "table/doc.h"

enum rmk_type {
	RMK_TEXT,
	RMK_INTEGER,
	RMK_NUMBER,
	RMK_DATE,
	RMK_LINK,
	RMK_PATH,
	RMK_FLAG,
	RMK_STATUS,
	RMK_ENUM,
	RMK_REF
};

// How far a status is. UNKNOWN is a value in no order; EMPTY is no value; CLOSED is over
// without being done (dropped, rejected, not applicable), or repeats its column's header, as
// the first row of a part does.
enum rmk_progress { RMK_TODO, RMK_DOING, RMK_DONE, RMK_UNKNOWN, RMK_EMPTY, RMK_CLOSED };
#define RMK_NPROGRESS 6

// A way in which cells write a value.
struct rmk_spelling {
	struct rmk_str raw, text; // Markdown, and what a reader sees of it
};

// One value of a status or enum column.
struct rmk_term {
	struct rmk_str text; // the spelling that is written (as a reader sees it)
	struct rmk_str raw;  // the Markdown that is written
	struct rmk_str key;  // folded
	uint32_t rank;       // status: from 0; RMK_TERM_UNRANKED: in no order
	uint32_t count;      // cells that hold it (by key)
	uint32_t spellings; // how many different texts those show (case, spacing, U+FE0F)
	// Inferred: how cells write it, in the order of the first of each. None where that
	// is raw alone.
	struct rmk_spelling *written; // [nwritten]
	size_t nwritten;
	bool closed; // over without being done; its rank is the last
	bool waits;  // doing that is blocked or paused: never offered
	// Where a declaration lists it, and where it says that it is closed: parts of the
	// document; s NULL: it does not.
	struct rmk_str listed, listed_closed;
};
#define RMK_TERM_UNRANKED UINT32_MAX

struct rmk_field {
	struct rmk_str label; // header text as a reader sees it
	struct rmk_str key;   // folded
	enum rmk_type type;
	bool declared; // named in a declaration
	bool is_key, required, unique;
	bool is_owner; // it says who has the row
	bool furthest; // merge: of two statuses the further one wins
	bool has_on;   // RMK_DATE: written when a row becomes so (edit/dates.h)
	enum rmk_progress on;
	bool has_min, has_max;
	double min, max;
	struct rmk_str pattern; // between the slashes; s == NULL: none
	struct rmk_str
	    id_prefix;  // of the ids that new rows get; s == NULL: none is declared
	bool id_random; // and no two branches make the same one
	struct rmk_str ref_table; // RMK_REF
	struct rmk_str ref_col;   // empty: that table's key
	struct rmk_term *terms;   // [nterms] RMK_STATUS and RMK_ENUM
	size_t nterms;
	uint32_t nranks; // RMK_STATUS: ranks in use
	// RMK_STATUS, inferred: how values that are no terms are read.
	size_t ladder;                  // index into rmk_ladders, or RMK_NONE
	uint8_t dash, cross, hourglass; // enum rmk_word_rank of these marks here
	const char *why;                // inferred: what it was inferred from, for -v
	// Where a declaration names it, in quotes or not, and the entry in which it does:
	// parts of the document; s NULL: none does.
	struct rmk_str named, entry;
	const char *left_out; // holds words of progress, and why it is no status; or NULL
};

struct rmk_schema_problem {
	struct rmk_span span; // in the document
	struct rmk_str msg;   // what is wrong and the nearest known word
};

struct rmk_schema {
	struct rmk_str name; // declared; empty: none
	bool declared;
	struct rmk_field *fields; // [ncols]
	size_t ncols;
	size_t key; // the column by which people name rows: never RMK_NONE when ncols > 0
	size_t number; // a column of numbers or codes beside it, or RMK_NONE
	bool key_declared, key_known;
	size_t *status; // [nstatus] columns
	size_t nstatus;
	struct rmk_str *off; // [noff] rules switched off by @off
	struct rmk_span *off_spans;
	size_t noff;
	struct rmk_schema_problem *problems;
	size_t nproblems;
};

// The schema of doc->tables[table]. Never fails: without a declaration it infers; with
// one that names no status column, status columns are inferred among the other columns.
// Terms of an inferred column (why is set) are those that occur, and those of their
// family that do not yet, with count 0.
struct rmk_schema *rmk_schema_of(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table);

// The same without a search for the key, which takes most of a schema's time: key is
// RMK_NONE when it is not declared, until it is asked for.
struct rmk_schema *rmk_schema_columns(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table);
void rmk_schema_find_key(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    struct rmk_schema *schema);

// The term that raw (a cell, or what a person typed) stands for, or NULL. Compared
// by key: case, spacing, emphasis and U+FE0F do not count.
const struct rmk_term *rmk_field_term(
    struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw);

// Whether a value is new to a status column: neither a term of it, nor the first of its
// terms' own family at its rank (as a cross is beside ticks), nor empty.
bool rmk_field_is_new(
    struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw);

// How far a cell of a status column is.
enum rmk_progress rmk_field_progress(
    struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw);
enum rmk_progress rmk_field_progress_of_key(
    const struct rmk_field *field, struct rmk_str key);

// Whether a value is doing that is blocked or paused.
bool rmk_field_waits(const struct rmk_field *field, struct rmk_str key);
enum rmk_progress rmk_term_progress(
    const struct rmk_field *field, const struct rmk_term *term);

// The first term of "doing" or "done", or NULL.
const struct rmk_term *rmk_field_first(
    const struct rmk_field *field, enum rmk_progress progress);

// The term that makes a row begun or done (progress), which nobody typed: declared, or the
// one that rows have, or the one that all ladders agree on to which every value of the column
// belongs. Else RMK_NOT_FOUND or RMK_AMBIGUOUS, with the values and candidates.
enum rmk_code rmk_field_word_for(struct rmk_arena *a, const struct rmk_field *field,
    enum rmk_progress progress, const struct rmk_term **out, struct rmk_err *err);

// The value to write in a column for what a person typed, as content (pipes not yet
// escaped): what cells of an inferred column have, as it was typed; another spelling of a known
// term in the canonical one; else the text itself. Fails with
// RMK_INVALID and the list of terms when the column is declared status or enum and
// the value is none of them. "yes" is enough for "✅ Yes", where only one term ends so.
enum rmk_code rmk_field_spell(struct rmk_arena *a, const struct rmk_field *field,
    struct rmk_str typed, struct rmk_str *out, struct rmk_err *err);

const char *rmk_type_name(enum rmk_type type);
const char *rmk_progress_name(
    enum rmk_progress progress); // todo doing done unknown empty closed

#endif
