// Three versions of a file, merged by row and cell.
//
//	base ──┬──▶ ours   ──┐
//	       └──▶ theirs ──┴──▶ text, conflicts, notes
//
//	tables      rows by key and content, cells by column (match.h)
//	the rest    by lines, with the caller's line merge; a table is one line to it
//
// Different rows never conflict, nor do different cells of one row. What a person must
// decide is put between ordinary markers around that row alone, both lines whole:
//
//	| LoRA | Read        |
//	<<<<<<< ours
//	| LIMA | Reading     |
//	=======
//	| LIMA | Read        |
//	>>>>>>> theirs
//
// Padding and style stay those of ours, unless ours left them alone and theirs did not.
//
// Every result is held against the three versions before it is handed out: each of its
// rows came from a side, and each row of a side is in it, unless the other side deleted
// it. Where that fails, or a version cannot be understood, the file is merged by lines
// as git does it, and a note says why.
//
// Ownership: everything lives in the arena, or points into the three texts.
#ifndef RMK_MERGE_MERGE_H
#define RMK_MERGE_MERGE_H

#include "base/err.h"
#include "base/str.h"
#include "summary/region.h"

// The three versions, and their places in every array of three.
enum rmk_version { RMK_BASE, RMK_OURS, RMK_THEIRS };

// merge.conflictStyle
enum rmk_conflict_style { RMK_STYLE_MERGE, RMK_STYLE_DIFF3, RMK_STYLE_ZDIFF3 };

struct rmk_merge_opts {
	uint32_t marker_size; // 0: 7
	enum rmk_conflict_style style;
	struct rmk_str labels[3]; // behind the markers: base, ours, theirs
	// Merge three texts by lines; *conflicts says whether markers were written.
	enum rmk_code (*lines)(void *ctx, struct rmk_arena *a,
	    const struct rmk_str texts[3], const struct rmk_merge_opts *opts,
	    struct rmk_str *out, bool *conflicts, struct rmk_err *err);
	void *ctx;
	rmk_region_view *view; // of regions of SQL; NULL: they are text like any other
};

// Something a person must decide, or should know.
struct rmk_merge_note {
	struct rmk_str where; // "#papers LIMA"; empty: the file
	struct rmk_str what;  // "Read or Not: ours has Reading, theirs has Read"
};

struct rmk_merge {
	struct rmk_str text;
	struct rmk_merge_note *conflicts; // [nconflicts]; none: the merge is clean
	size_t nconflicts;
	struct rmk_merge_note *notes; // [nnotes] what was merged by lines, and why
	size_t nnotes;
};

// texts are base, ours and theirs; path is for messages. Fails only when the line merge
// does.
enum rmk_code rmk_merge_texts(struct rmk_arena *a, struct rmk_str path,
    const struct rmk_str texts[3], const struct rmk_merge_opts *opts,
    struct rmk_merge *out, struct rmk_err *err);

#endif
