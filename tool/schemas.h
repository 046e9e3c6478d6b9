// The shapes of the JSON documents that commands print, as JSON Schemas.
//
//	schemas/next.json, write.json, error.json ──▶ make-schemas ──▶ answer_schemas
//	rowmark help --schema next                     next.json, or error.json
//
// A command that writes without a file of its own has write.json (answer.h). What is there is
// never changed, only added to.
#ifndef TOOL_SCHEMAS_H
#define TOOL_SCHEMAS_H

#include "cmd.h"

struct answer_schema {
	const char *name, *text;
};
extern const struct answer_schema answer_schemas[]; // ends with {NULL, NULL}

// Print the schema of what a command prints with --json. RMK_NOT_FOUND: none is kept.
enum rmk_code schema_print(const struct cmd *cmd, struct rmk_err *err);

#endif
