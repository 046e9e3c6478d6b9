// A table from nothing, behind the end of a file.
//
//	## Papers                       heading
//
//	<!-- rowmark: papers            where a column has rules
//	Status: status = todo < done
//	-->
//
//	| Paper | Status |              columns[]
//	|---|---|
#ifndef RMK_EDIT_NEW_TABLE_H
#define RMK_EDIT_NEW_TABLE_H

#include "table/doc.h"

struct rmk_new_column {
	struct rmk_str label; // Markdown; pipes are escaped here
	struct rmk_str rules; // as a declaration has them; empty: none
};

struct rmk_new_table {
	struct rmk_str heading; // text; empty: no heading
	struct rmk_str name;    // that a declaration gives; empty: made of the heading
	const struct rmk_new_column *columns;
	size_t ncolumns;
	const struct rmk_doc
	    *like;         // not NULL: header, alignment and declaration are those
	size_t like_table; // of this table, and columns are not looked at
};

// "LIMA" or "Read or Not: Not read < Reading < Read" as a column: words divided by '<' are a
// status, words divided by commas an enum, unless they begin with a rule's name.
struct rmk_new_column rmk_new_column_parse(struct rmk_arena *a, struct rmk_str typed);

// The text of a file with the table at its end. RMK_INVALID: not the wished table would come
// of it, and why.
enum rmk_code rmk_table_append(struct rmk_arena *a, struct rmk_str path,
    struct rmk_str text, const struct rmk_new_table *table, struct rmk_str *out,
    struct rmk_err *err);

#endif
