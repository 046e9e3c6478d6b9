// Dates that come with a status, where they are declared.
//
//	<!-- rowmark: papers; Status: status = new < begun < read; Finished: date, on done -->
//
//	LIMA: begun -> read      Finished: 2026-01-02
#ifndef RMK_EDIT_DATES_H
#define RMK_EDIT_DATES_H

#include "schema/schema.h"

// The columns declared to get a date when a status goes from one raw cell to another; the
// status of a new row comes from an empty one. out has room for schema->ncols. Returns how many.
size_t rmk_dates_due(struct rmk_arena *a, const struct rmk_schema *schema, size_t status,
    struct rmk_str from, struct rmk_str to, size_t *out);

#endif
