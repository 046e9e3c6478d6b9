// What generate.c makes three versions of: random changes, each in the file of what it changes.
//
//	base ──▶ change_rows.c, ...: a row, a column, a table, text ──▶ ours, theirs
#ifndef RMK_TESTS_MODEL_CHANGES_H
#define RMK_TESTS_MODEL_CHANGES_H

#include "model.h"

static inline int
model_pick(struct model_case *c, int n)
{
	return (int)model_below(c, (unsigned)n);
}

// --- change_rows.c --------------------------------------------------------------------------

void model_change_row(struct model_case *c, struct model_table *t);

// The row of base with this id, or NULL.
const struct model_row *model_row_of_base(const struct model_case *c, int id);

// Whether a row can still be told from others: a cell that no other row has, and had it in base.
bool model_row_is_known(
    const struct model_case *c, const struct model_table *t, const struct model_row *r);

void model_row_insert(struct model_table *t, int at, const struct model_row *row);
struct model_row model_row_cut(struct model_table *t, int at);

// --- change_tables.c ------------------------------------------------------------------------

void model_change_columns(struct model_case *c, struct model_table *t);
void model_change_tables(struct model_case *c, struct model_version *v, int at);

// --- strangers.c ----------------------------------------------------------------------------

void model_part_strangers(struct model_case *c);
void model_join_twins(struct model_case *c);

#endif
