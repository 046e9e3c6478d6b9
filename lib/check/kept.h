// Findings without their file: what a report needs, copied out, so that text and document of a
// file are freed with it.
//
//	findings ──▶ rmk_findings_pack ──▶ kept: about 150 bytes a finding
//	                                     │
//	report ◀── rmk_kept_at ◀── cursor ◀──┘  unpacked one after another
//
// Of a fix only the text on lines is kept (suggestions), and how many edits and splices it has.
#ifndef RMK_CHECK_KEPT_H
#define RMK_CHECK_KEPT_H

#include "check/check.h"

// What was found in one file.
struct rmk_kept {
	struct rmk_str path;
	struct rmk_str bytes; // packed
	size_t n;             // findings
};

// Pack findings; the bytes live in the arena, and nothing of them elsewhere but the path.
struct rmk_kept rmk_findings_pack(
    struct rmk_arena *a, struct rmk_str path, const struct rmk_findings *f);

// Leave of each finding what its line says (report.h: concise), so that no more is packed.
void rmk_findings_leave_lines(struct rmk_findings *f);

// A place in the findings of several files, counted through.
struct rmk_kept_cursor {
	const struct rmk_kept *const *files; // [nfiles] each with a finding at least
	size_t nfiles;
	struct rmk_arena scratch; // of the one finding that is unpacked
	size_t file, first;       // the file, and the number of its first finding
	size_t next;              // the number of the one that comes next
	size_t at;                // where that stands in the file's bytes
	struct rmk_finding finding;
};

// The finding of that number (ctx: struct rmk_kept_cursor), true until the next call. Quick from
// one to the next, and within a file.
const struct rmk_finding *rmk_kept_at(void *ctx, size_t i);

#endif
