// A model of merging: rows are sets of facts, and what a person may expect of three versions
// follows from the facts alone.
//
//	base ──┬──▶ ours   ──┐             every row and column has an id that no file shows,
//	       └──▶ theirs ──┴──▶ expect   so what became of it is known without comparing text
//
//	a fact       (row, column) holds a cell; an empty cell is no fact
//	expect       each fact merged by itself: changed by one side, that side's; by both
//	             alike, that; by both differently, or changed here and gone there: a conflict
//	judge        the text that came out, read by a scanner of its own, against the facts
//
// In a strong case every row keeps a cell that no other row has, so that a person can tell it from
// all others. In a weak case rows may be equal; then only what holds of every reading is asked.
//
// This shares no code with what it judges: it prints and reads Markdown by itself.
#ifndef RMK_TESTS_MODEL_H
#define RMK_TESTS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEL_KINDS 16   // columns of a case, by id
#define MODEL_ROWS 16    // of a table
#define MODEL_TABLES 5   // of a version
#define MODEL_IDS 80     // rows of a case, by id
#define MODEL_TOKENS 256 // of a case
#define MODEL_VALUE 24   // bytes of a cell
#define MODEL_LINE 480   // bytes of a row, as facts
#define MODEL_TEXT 24576

// What stands in the first column.
enum model_keys { KEYS_UNIQUE, KEYS_GROUPED, KEYS_REPEATED, KEYS_BLANK, KEYS_NUMBERED };

struct model_row {
	int id;
	bool after_blank; // an empty line stands before it
	char cell[MODEL_KINDS][MODEL_VALUE];
};

struct model_table {
	int id;
	enum model_keys keys;
	char heading[MODEL_VALUE], intro[MODEL_VALUE];
	int cols[MODEL_KINDS], ncols;
	char label[MODEL_KINDS][MODEL_VALUE];
	struct model_row rows[MODEL_ROWS];
	int nrows, style;
};

struct model_version {
	char title[MODEL_VALUE], front[MODEL_VALUE], back[MODEL_VALUE];
	bool tail; // text follows the last table
	int end_blanks;
	struct model_table tables[MODEL_TABLES];
	int ntables;
};

struct model_case {
	uint64_t rng;
	struct model_version base, ours, theirs;
	int next_row, next_table, next_kind, next_token;
	char side;                 // whose change is made: 's' both, 'o', 't'
	bool shared[MODEL_TOKENS]; // by rows that both sides added and made two of
	bool weak;                 // rows need no cell of their own
	bool reshaped;             // tables were split or joined
	bool moved;                // rows or tables changed places
	bool lines;                // empty lines stand between rows
	bool columns;              // columns came, went or were renamed
};

// --- generate.c: three versions -------------------------------------------------------------

void model_generate(struct model_case *c, uint64_t seed);
unsigned model_below(struct model_case *c, unsigned n);

// --- base.c: one version, and rows that are new ----------------------------------------------

void model_base(struct model_case *c, struct model_version *v);
void model_table_new(struct model_case *c, struct model_table *t, int nrows);
void model_row_fill(
    struct model_case *c, const struct model_table *t, struct model_row *r);
void model_token(struct model_case *c, char out[MODEL_VALUE]);
void model_word(struct model_case *c, int kind, char out[MODEL_VALUE]);
bool model_is_token(const char *cell);

// --- text.c: a version as Markdown, and Markdown as facts --------------------------------------

size_t model_print(const struct model_version *v, char out[MODEL_TEXT]);

struct model_seen_row {
	int table; // by its heading; -1: none is known
	int line;
	char facts[MODEL_LINE];
};

struct model_seen_header {
	int table, ncols;
	int cols[MODEL_KINDS];
	char label[MODEL_KINDS][MODEL_VALUE]; // in the order of cols
};

struct model_seen {
	struct model_seen_row rows[MODEL_IDS * 2];
	int nrows;
	struct model_seen_header headers[MODEL_TABLES * 3];
	int nheaders;
	bool too_many;
	bool unknown; // a label or heading that no version has
};

// Markers of conflicts are resolved: 'o' to ours, 't' to theirs.
void model_read(const struct model_case *c, const char *text, size_t n, char side,
    struct model_seen *out);

// A row of a version as facts: "kind:cell;" in the order of kinds.
void model_facts(
    const struct model_table *t, const struct model_row *r, char out[MODEL_LINE]);

// --- expect.c -------------------------------------------------------------------------------

enum model_fate { FATE_NONE, FATE_GONE, FATE_KEPT, FATE_CONFLICT };

struct model_expect {
	enum model_fate fate[MODEL_IDS];
	const char *why[MODEL_IDS]; // of a conflict
	char facts[MODEL_IDS][MODEL_LINE];
	const struct model_row *row[3][MODEL_IDS]; // base, ours, theirs; NULL: not in it
	const struct model_table *table[3][MODEL_IDS]; // of that row
	int nconflicts;
	const char *first_why;
};

void model_expect(const struct model_case *c, struct model_expect *out);

// --- judge_tokens.c ---------------------------------------------------------------------------

// Of words that stand once in each version: whether one is doubled, revived or lost.
const char *model_judge_tokens(const struct model_case *c, const char *text, size_t n);

// --- judge.c ----------------------------------------------------------------------------------

// What is wrong with a clean result, or with one that holds conflicts; NULL: nothing.
const char *model_judge_clean(
    const struct model_case *c, const struct model_expect *e, const char *text, size_t n);
const char *model_judge_conflict(
    const struct model_case *c, const struct model_expect *e, const char *text, size_t n);
const char *model_judge_weak(const struct model_case *c, const char *text, size_t n);

// Whether merges of ours and theirs, and of theirs and ours, hold the same rows.
const char *model_judge_mirror(const struct model_case *c, const struct model_expect *e,
    const char *there, size_t nthere, const char *back, size_t nback, bool clean);

#endif
