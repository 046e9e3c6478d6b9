// What rows are called in messages: by their key, and told apart where another row of the table
// has the same.
//
//	| Write | [a](https://a) |      "Write (https://a)"
//	| Write | [b](https://b) |      "Write (https://b)"
//	| Read  |                |      "Read"
//	|       |                |      "line 7"
//
// By a number or code beside the key, else by the first link, else by the line; by the line, too,
// where the number or link is the same.
//
// Ownership: names live in the arena that they are asked for in; the index in its own.
#ifndef RMK_SCHEMA_ROW_NAMES_H
#define RMK_SCHEMA_ROW_NAMES_H

#include "base/map.h"
#include "schema/schema.h"

struct rmk_row_names {
	struct rmk_arena *a;
	const struct rmk_doc *doc;   // NULL: no table, and no names
	size_t table, key;           // key: the column, or RMK_NONE
	bool unique;                 // keys are known to be all different
	bool read, read_apart;       // the maps are filled
	struct rmk_map names, apart; // how many rows are called so
	size_t *nth;                 // [nrows] of its name, where the names are read
	const struct rmk_schema *schema;
};

// key RMK_NONE: rows have no name but their line.
struct rmk_row_names rmk_row_names_of(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t key);

struct rmk_str rmk_row_name(struct rmk_row_names *names, size_t row);

// The same but by no line, which is another once a row above comes or goes; empty where no other
// row is called so, or nothing but the line tells it apart.
struct rmk_str rmk_row_name_apart(struct rmk_row_names *names, size_t row);

// Which of the rows that are called so a row is, so that it is found in another version.
struct rmk_namesake {
	struct rmk_str text; // empty: it has no name
	size_t nth, of;      // from 0
};
bool rmk_namesake_eq(const struct rmk_namesake *a, const struct rmk_namesake *b);
struct rmk_namesake rmk_row_namesake(struct rmk_row_names *names, size_t row);

#endif
