// The order that a table is evidently in, and where a new row belongs in it.
//
//	| 2023-05 | LIMA |      sorted by its first column, upwards:
//	| 2023-07 | RLHF |      a row of 2023-06 belongs before RLHF
//
// A table is evidently sorted when the keys of at least RMK_ORDER_LEAST rows, read as
// numbers, dates or text (case folded), do not go the other way, and are not all equal.
// Groups of rows without a value in the column are passed over.
#ifndef RMK_EDIT_ROW_ORDER_H
#define RMK_EDIT_ROW_ORDER_H

#include "schema/schema.h"

// Fewer rows in order prove nothing: three stand sorted by chance one time in three.
#define RMK_ORDER_LEAST 4

enum rmk_order_kind { RMK_ORDER_TEXT, RMK_ORDER_NUMBER, RMK_ORDER_DATE };

struct rmk_order {
	size_t col; // RMK_NONE: in no order
	enum rmk_order_kind kind;
	bool descending;
};

// Whether the rows are sorted by this column, though one row in so many is wrong:
// hand-kept lists are seldom perfect. RMK_NONE: none may.
bool rmk_order_by(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_table *t, size_t col, size_t one_wrong_in, struct rmk_order *out);

// The order of all rows, by the key column, else by the first that has one from the left;
// status columns are not asked.
struct rmk_order rmk_order_of(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, const struct rmk_schema *schema);

// The number that a text is to people: digits, in groups of three or not, one dot, a sign, a
// '#' before or a '.' behind. False: it is none.
bool rmk_order_number(struct rmk_str text, double *out);

// Compare two raw cells in an order: below 0, 0, above 0.
int rmk_order_compare(struct rmk_arena *a, const struct rmk_order *order,
    struct rmk_str one, struct rmk_str two);

// The row before which a row of these contents belongs; nrows is the end.
size_t rmk_order_place(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, const struct rmk_str *contents);

#endif
