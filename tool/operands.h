// Operands as people type them: rows, a value and files, in any order.
//
//	set LIMA LoRA Read README.md     rows LIMA, LoRA; value Read; file README.md
//	done README.md lima              file README.md; row lima
//	done -- README.md                row README.md
//
// A word is a FILE when its path (before "#TABLE", behind "REV:") ends as the names of
// Markdown files do, or is there and holds a table; behind "--" none is. Where the table has a
// row of that name too, it is the row if another file is named, or if without it no row would
// be; else both readings are said, and nothing is done. "#papers" alone is that table where
// one file has it and no row is called so; but as the last of the words it is the value where rows
// alone stand before it.
#ifndef TOOL_OPERANDS_H
#define TOOL_OPERANDS_H

#include "open_table.h"

enum {
	OPERANDS_VALUE = 1,   // behind the rows there is a VALUE
	OPERANDS_ROWLESS = 2, // there need be no row
	OPERANDS_STDIN = 4    // "-" is standard input
};

struct operands {
	const char **rows; // [nrows]
	size_t nrows;
	const char *value; // NULL: none
	char **files;      // [nfiles]
	size_t nfiles;
	struct picked *tables; // [ntables] of these files, where they were read already
	size_t ntables;
};

enum rmk_code operands_read(
    struct call *c, unsigned flags, struct operands *out, struct rmk_err *err);

// At most one ROW and one FILE: of commands that read.
enum rmk_code operands_row_file(
    struct call *c, struct operands *out, struct rmk_err *err);

// The tables to look in: see open_tables.
enum rmk_code operands_tables(struct call *c, struct operands *o, struct picked **out,
    size_t *n, struct rmk_err *err);

// A row was not found: it may have been meant as something else.
enum rmk_code operands_explain(
    struct call *c, const struct operands *o, struct rmk_err *err);

// Whether a word is "#TABLE" of the only file that has it.
bool operand_is_table(struct call *c, const char *word);

// Whether a word is a FILE by its name or by what is there, whatever the tables hold.
bool operand_is_file(struct call *c, const char *word, unsigned flags);

#endif
