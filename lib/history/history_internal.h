// What the files history*.c share: one history being made, from the newest version down.
//
//	history.c         the loop: texts, facts, points
//	version_facts.c   what a version says
//	status_scale.c   which columns are statuses, and how far their values are
//	transitions.c    what became what between two versions: tables, columns, values
//	smoothing.c    losses that were taken back
#ifndef RMK_HISTORY_HISTORY_INTERNAL_H
#define RMK_HISTORY_HISTORY_INTERNAL_H

#include "history/version_cursor.h"
#include "history/version_facts.h"

// A value as it is compared: how far it is, and what it is called now.
struct rmk_scale_mark {
	rmk_text key;
	rmk_text series;
	enum rmk_progress progress;
};

// A value as it is written, and how often it stands in the version at hand.
struct rmk_scale_text {
	rmk_text text;
	struct rmk_scale *scale;
	struct rmk_scale_mark *mark;
	uint32_t n;
};

// How far the values of a column are, as the newest version sees it. Columns with the
// same label share it.
struct rmk_scale {
	rmk_text label;              // key
	rmk_text shown;              // as the newest version writes it
	struct rmk_map marks, texts; // number (4 bytes) to index
	struct rmk_scale_mark **mark;
	size_t nmarks, marks_cap;
	uint32_t *text; // [ntexts] indices into walk.values
	size_t ntexts, texts_cap;
};

// A status column of a table.
struct rmk_status_column {
	uint32_t col;
	struct rmk_scale *scale;
};

// What counts in one version.
struct rmk_status_scale {
	bool in; // the table is one of those whose history is asked for
	struct rmk_status_column *v;
	size_t n;
};

// One version at hand.
struct rmk_state {
	struct rmk_seen seen;
	struct rmk_facts *facts;
	struct rmk_status_scale *roles; // [facts->n]
};

// What all rows with one value became.
struct rmk_step_value {
	uint32_t new_table, new_col;
	rmk_text old, new;
	uint32_t n, of; // rows that went so, of those that had the old value
};

// From a version to the one before it.
struct rmk_step {
	bool same;          // the same tables with the same labels, in the same order
	uint32_t *to_new;   // [noldtables] indices into facts; RMK_NO_TEXT: none
	uint32_t **old_col; // [noldtables] of new columns, where labels differ; else NULL
	struct rmk_step_value *values; // [nvalues]
	size_t nvalues, cap;
};

struct rmk_history_walk {
	struct rmk_arena *a;              // the result's
	struct rmk_version_cursor cursor; // documents, and facts beside them
	struct rmk_arena scratch;         // emptied after each version
	const struct rmk_moment *moments;
	size_t nmoments;
	const struct rmk_history_opts *opts;
	struct rmk_store store;
	struct rmk_scale **scales; // [nscales]
	size_t nscales, scales_cap;
	struct rmk_state now; // the newer of the two versions at hand
	struct rmk_history *out;
	struct rmk_scale_text **values; // [nvalues] those of out->values
	size_t nvalues, values_cap, points_cap, marks_cap;
	size_t total, by[RMK_NPROGRESS]; // of the version counted last
	bool recount;                    // it was none: count the next one whole
	struct rmk_fact_table **kept;    // [nkept] by number
	uint32_t nkept;
	uint32_t nnumbers; // given so far, those of this run among them
	struct rmk_err *err;
};

// Parse a state's document when it is not at hand.
enum rmk_code rmk_history_need(struct rmk_history_walk *w, struct rmk_state *s);

bool rmk_history_get(struct rmk_history_walk *w, struct rmk_str key, struct rmk_str *out);
void rmk_history_put(
    struct rmk_history_walk *w, struct rmk_str key, struct rmk_str bytes);

// What became what, from state `old` to w->now.
enum rmk_code rmk_history_step(
    struct rmk_history_walk *w, struct rmk_state *old, struct rmk_step *out);

// The roles of the newest version; and of an older one, from those of w->now.
enum rmk_code rmk_history_first_scale(struct rmk_history_walk *w, struct rmk_state *s);
enum rmk_code rmk_history_scale(
    struct rmk_history_walk *w, struct rmk_state *old, const struct rmk_step *step);

// Note the renamed values of a step, before the older version is counted.
enum rmk_code rmk_history_renames(
    struct rmk_history_walk *w, struct rmk_state *old, const struct rmk_step *step);

// Note values that only changed their spelling between the two last points.
void rmk_history_spellings(struct rmk_history_walk *w, size_t moment);

void rmk_history_note(struct rmk_history_walk *w, struct rmk_history_mark mark);

// The place of a value in a scale; s is the version it is met in, which is asked how far
// the value is when no newer one has told.
enum rmk_code rmk_scale_put(struct rmk_history_walk *w, struct rmk_state *s, size_t table,
    const struct rmk_status_column *role, rmk_text text, struct rmk_scale_text **out);
struct rmk_scale_mark *rmk_scale_mark_of(
    struct rmk_history_walk *w, struct rmk_scale *scale, rmk_text key, bool *is_new);

#endif
