// The shapes of the JSON documents that commands print: see schemas.h.
#include "schemas.h"
#include "out.h"
#include "write.h"

#include <string.h>

static const char *
schema_text(const char *name)
{
	for (const struct answer_schema *s = answer_schemas; s->name; s++)
		if (strcmp(s->name, name) == 0)
			return s->text;
	return NULL;
}

static bool
has_json(const struct cmd *cmd)
{
	for (const struct opt *o = cmd->opts; o && o->help; o++)
		if (strcmp(o->name, "json") == 0)
			return true;
	return false;
}

// sql prints what it reads, or what it has written.
static bool
schema_writes(const struct cmd *cmd)
{
	const struct call c = {.cmd = cmd};

	return has_json(cmd) && (can_commit(&c) || !opt_reads_as_json(&c));
}

enum rmk_code
schema_print(const struct cmd *cmd, struct rmk_err *err)
{
	const char *own = schema_text(cmd->name);
	const char *parts[3] = {0};
	size_t n = 0;

	if (own)
		parts[n++] = own;
	if (schema_writes(cmd))
		parts[n++] = schema_text("write");
	if (n == 0) {
		rmk_fail(
		    err, RMK_NOT_FOUND, "help: no schema is kept for '%s'", cmd->name);
		return rmk_hint(err, has_json(cmd) ? "its --json has no fixed shape yet"
						   : "it has no --json");
	}
	parts[n++] = schema_text("error");
	out_printf("{\n\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
		   "\"title\": \"rowmark %s --json\",\n\"oneOf\": [\n",
	    cmd->name);
	for (size_t i = 0; i < n; i++)
		out_printf("%s%s", i ? ",\n" : "", parts[i]);
	out_str(RMK_STR("]\n}\n"));
	return RMK_OK;
}
