// JSON in: the members of one object, read by SQLite's own parser.
//
//	{"row": "LIMA", "value": "Read"}  ──▶  {"row", "LIMA"}, {"value", "Read"}
//
// Ownership: names and values live in the arena.
#ifndef RMK_SQL_JSON_OBJECT_H
#define RMK_SQL_JSON_OBJECT_H

#include "base/err.h"
#include "base/str.h"

struct rmk_sql_json; // opaque: a parser for many texts

struct rmk_member {
	struct rmk_str name;
	struct rmk_str value; // text, or a number or boolean as it is written
	bool is_null;
};

enum rmk_code rmk_sql_json_open(struct rmk_sql_json **out, struct rmk_err *err);
void rmk_sql_json_close(struct rmk_sql_json *parser);

// RMK_INVALID when text is no JSON object, or when a member is an object or array.
enum rmk_code rmk_sql_json_members(struct rmk_arena *a, struct rmk_sql_json *parser,
    struct rmk_str text, struct rmk_member **out, size_t *n, struct rmk_err *err);

#endif
