// JSON as a tree of values.
//
//	{"method": "initialize", "params": {"processId": 7, "roots": ["/a", "/b"]}}
//
//	object, n = 2 -- members[0] "method" -- text "initialize"
//	              `- members[1] "params" -- object, n = 2 -- "processId" -- integer 7
//	                                                      `- "roots" -- array, n = 2 -- items[2]
//
// Look-ups take any value, NULL too, and give NULL, empty text or what the caller falls back
// to where there is no such thing, so that they can be chained:
//
//	rmk_json_text_of(rmk_json_member(rmk_json_member(params, "textDocument"), "uri"))
//
// Limits: 128 levels; integers of 64 bits and numbers that a double holds; a key once in an
// object. JSON past them is malformed. Text may hold NUL.
//
// Ownership: all of it lives in the arena, and nothing points into the JSON that was read.
#ifndef RMK_RPC_JSON_READ_H
#define RMK_RPC_JSON_READ_H

#include "base/err.h"
#include "base/str.h"

enum rmk_json_kind {
	RMK_JSON_NULL,
	RMK_JSON_BOOL,
	RMK_JSON_INTEGER,
	RMK_JSON_REAL,
	RMK_JSON_TEXT,
	RMK_JSON_ARRAY,
	RMK_JSON_OBJECT,
};

struct rmk_json_value {
	enum rmk_json_kind kind;
	size_t n; // items, members
	union {
		bool truth;
		long long integer;
		double real;
		struct rmk_str text;
		struct rmk_json_value *items;
		struct rmk_json_named *members;
	};
};

struct rmk_json_named {
	struct rmk_str name;
	struct rmk_json_value value;
};

// RMK_INVALID: it is no JSON, or past the limits.
enum rmk_code rmk_json_read(struct rmk_arena *a, struct rmk_str text,
    const struct rmk_json_value **out, struct rmk_err *err);

const struct rmk_json_value *rmk_json_member(
    const struct rmk_json_value *object, const char *name);
const struct rmk_json_value *rmk_json_item(const struct rmk_json_value *array, size_t i);
size_t rmk_json_nitems(const struct rmk_json_value *array); // 0 where it is none

struct rmk_str rmk_json_text_of(const struct rmk_json_value *v); // s NULL: no text
long long rmk_json_integer_of(const struct rmk_json_value *v, long long otherwise);
bool rmk_json_bool_of(const struct rmk_json_value *v, bool otherwise);

// The same number or the same text, as the ids of requests are compared.
bool rmk_json_is_same_id(const struct rmk_json_value *a, const struct rmk_json_value *b);

#endif
