// How far values are, as the newest version sees it: the yardstick of a history.
//
//	scale "Status"   marks   todo 0   doing 1   done 2        a mark a folded value
//	                 texts   "Done" ─▶ done   "done" ─▶ done  a text as it is written
//
// Columns with the same label share a scale. What no newer version knows, a value that nobody
// writes any more, is asked of the schema of the version it is met in, and then holds for all
// that are older still.
//
// In:  values as versions hold them.
// Out: marks, and one list of all texts, whose counts the history keeps (n).
//
// Ownership: the arena's.
#ifndef RMK_HISTORY_STATUS_SCALE_H
#define RMK_HISTORY_STATUS_SCALE_H

#include "history/versions.h"

// A value as it is compared: how far it is, and what it is called now.
struct rmk_scale_mark {
	rmk_text key;
	rmk_text series;
	enum rmk_progress progress;
};

// A value as it is written, and how often it is in the version at hand.
struct rmk_scale_text {
	rmk_text text;
	struct rmk_scale *scale;
	struct rmk_scale_mark *mark;
	uint32_t n;
};

struct rmk_scale {
	rmk_text label;              // key
	rmk_text shown;              // as the newest version writes it
	struct rmk_map marks, texts; // number (4 bytes) to index
	struct rmk_scale_mark **mark;
	size_t nmarks, marks_cap;
};

struct rmk_scales {
	struct rmk_arena *a;
	struct rmk_versions *versions;
	struct rmk_scale **v; // [n]
	size_t n, cap;
	struct rmk_map labels; // of each, to its place
	struct rmk_scale_text *
	    *texts; // [ntexts] of all scales, in the order they were met
	size_t ntexts, texts_cap;
};

// The scale of a label, made when there is none.
struct rmk_scale *rmk_scale_of(struct rmk_scales *s, rmk_text label);

struct rmk_scale_mark *rmk_scale_mark_of(
    struct rmk_scales *s, struct rmk_scale *scale, rmk_text key, bool *is_new);

// The place of a value; version, table and column: where it is met.
enum rmk_code rmk_scale_put(struct rmk_scales *s, struct rmk_scale *scale,
    struct rmk_version *version, uint32_t table, uint32_t col, rmk_text text,
    struct rmk_scale_text **out);

// Enter every value that the version's schema knows of a column.
enum rmk_code rmk_scale_enter(struct rmk_scales *s, struct rmk_scale *scale,
    struct rmk_version *version, uint32_t table, uint32_t col);

// Whether a value is in the version at hand, in any column of the scale.
bool rmk_scale_stands(
    const struct rmk_scales *s, const struct rmk_scale *scale, rmk_text key);

#endif
