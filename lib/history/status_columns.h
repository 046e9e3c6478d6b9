// Which columns of a version count as statuses: handed from version to version.
//
//	newest   status columns as it sees them itself, or those that were asked for
//	older    what they were called then, counted where the version sees them so itself;
//	         and others that it sees
//
// What was asked for counts in every version; what the newest version declares, in those from
// before the table had a declaration too.
//
// In:  versions, and the steps between them.
// Out: roles: for each table its columns, and the scale of each.
//
// Ownership: the arena's.
#ifndef RMK_HISTORY_STATUS_COLUMNS_H
#define RMK_HISTORY_STATUS_COLUMNS_H

#include "history/status_scale.h"
#include "history/transitions.h"

struct rmk_role {
	uint32_t col;
	struct rmk_scale *scale;
	bool
	    held; // counts although the version does not see it so: asked for, or declared
	bool counted; // in this one
};

// Of one table.
struct rmk_roles {
	bool in; // the table is one of those whose history is asked for
	struct rmk_role *v;
	size_t n;
};

// A version with what counts in it.
struct rmk_state {
	struct rmk_version version;
	struct rmk_roles *roles; // [facts->n]
};

// The roles of the newest version; and of an older one, from those of the newer.
enum rmk_code rmk_columns_first(struct rmk_scales *scales, struct rmk_state *s);
enum rmk_code rmk_columns_older(struct rmk_scales *scales, const struct rmk_state *newer,
    struct rmk_state *old, const struct rmk_step *step);

#endif
