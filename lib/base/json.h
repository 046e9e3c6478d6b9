// A JSON writer that cannot forget a comma.
//
//	struct rmk_json j = {.out = &buf};
//	rmk_json_object(&j, NULL);
//	rmk_json_number(&j, "version", 1);
//	rmk_json_array(&j, "rows");
//	rmk_json_text(&j, NULL, name);
//	rmk_json_end(&j);                        {"version":1,"rows":["LoRA"]}
//	rmk_json_end(&j);
//
// name is the key inside an object, NULL inside an array or at the top. Output is on
// one line. Depth is limited to 63 levels, which no document of ours nears.
#ifndef RMK_BASE_JSON_H
#define RMK_BASE_JSON_H

#include "base/buf.h"

struct rmk_json {
	struct rmk_buf *out;
	unsigned depth;
	uint64_t is_array; // one bit a level
	uint64_t has_item;
};

void rmk_json_object(struct rmk_json *j, const char *name);
void rmk_json_array(struct rmk_json *j, const char *name);
void rmk_json_end(struct rmk_json *j); // of the innermost object or array
void rmk_json_text(struct rmk_json *j, const char *name, struct rmk_str text);
void rmk_json_cstr(struct rmk_json *j, const char *name, const char *text); // NULL: null
void rmk_json_number(struct rmk_json *j, const char *name, long long value);
void rmk_json_real(struct rmk_json *j, const char *name, double value); // NaN: null
void rmk_json_bool(struct rmk_json *j, const char *name, bool value);
void rmk_json_null(struct rmk_json *j, const char *name);
void rmk_json_raw(struct rmk_json *j, const char *name, struct rmk_str json); // as it is

#endif
