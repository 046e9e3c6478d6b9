// Dates that come with a status, where they are declared.
//
//	<!-- rowmark: papers; Status: status = new < begun < read; Finished: date, on done -->
//
//	LIMA: begun -> read      Finished: 2026-01-02
#ifndef RMK_EDIT_DATES_H
#define RMK_EDIT_DATES_H

#include "edit/draft.h"
#include "schema/schema.h"

// The columns declared to get a date when a status goes from one raw cell to another; the
// status of a new row comes from an empty one. out has room for schema->ncols. Returns how many.
size_t rmk_dates_due(struct rmk_arena *a, const struct rmk_schema *schema, size_t status,
    struct rmk_str from, struct rmk_str to, size_t *out);

// The day of a time, as it is here: 2026-01-02.
struct rmk_str rmk_dates_day(struct rmk_arena *a, int64_t time);

// Fill the cells of a new row, content, in the dates that come with its status.
void rmk_dates_of_new(struct rmk_arena *a, const struct rmk_schema *schema,
    struct rmk_str *values, struct rmk_str day);

// Write the dates that are due in the changed and new rows of a draft, into cells that are empty
// and that nobody changed.
void rmk_dates_fill(struct rmk_arena *a, struct rmk_draft *d, struct rmk_str day);

#endif
