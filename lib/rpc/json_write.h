// Values that were read, written again.
//
//	text ──▶ rmk_json_read ──▶ value ──▶ rmk_json_put ──▶ text, on one line
#ifndef RMK_RPC_JSON_WRITE_H
#define RMK_RPC_JSON_WRITE_H

#include "base/json.h"
#include "rpc/json_read.h"

// Of at most as many levels as rmk_json takes.
void rmk_json_put(
    struct rmk_json *j, const char *name, const struct rmk_json_value *value);

#endif
