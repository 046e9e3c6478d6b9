// rowmark help: the commands, or the manual page of one.
#include "help.h"
#include "opt.h"
#include "out.h"
#include "schemas.h"

#include <string.h>

static const struct opt opts[] = {
    {0, "mdoc", NULL, "the page's source, for man", NULL},
    {0, "examples", NULL, "the examples' command lines alone", NULL},
    {0, "schema", NULL, "the JSON Schema of what it prints with --json", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"The options of a command in short", "rowmark version -h"},
    {NULL, NULL},
};

static enum exit_status
no_such_command(const char *name)
{
	const char *near = cmd_nearest(name);
	struct rmk_err err;

	rmk_fail(&err, RMK_NOT_FOUND, "help: no command '%s'", name);
	if (near)
		rmk_hint(&err, "did you mean '%s'?", near);
	return complain(&err);
}

static void
print_examples(const struct cmd *cmd)
{
	for (const struct example *e = cmd ? cmd->examples : NULL; e && e->run; e++)
		out_printf("%s\n", e->run);
}

static enum exit_status
print_schema(const struct cmd *cmd)
{
	struct rmk_err err;

	if (cmd)
		return schema_print(cmd, &err) ? complain(&err) : FINE;
	rmk_fail(&err, RMK_INVALID, "help: --schema needs a COMMAND");
	return complain(&err);
}

static enum exit_status
cmd_help_run(struct call *c)
{
	const char *name = c->nargs ? c->args[0] : NULL;
	const struct cmd *cmd = name ? cmd_find(name) : NULL;

	// As manual pages are called: rowmark-schema.
	if (name && !cmd && strncmp(name, "rowmark-", 8) == 0)
		cmd = cmd_find(name + 8);
	if (name && !cmd && strcmp(name, "rowmark") != 0)
		return no_such_command(name);
	if (opt_on(c, "mdoc") && cmd)
		help_mdoc(c->arena, cmd);
	else if (opt_on(c, "mdoc"))
		help_mdoc_tool(c->arena);
	else if (opt_on(c, "schema"))
		return print_schema(cmd);
	else if (opt_on(c, "examples"))
		print_examples(cmd);
	else if (cmd)
		help_text(c->arena, cmd);
	else
		help_commands();
	return FINE;
}

const struct cmd cmd_help = {
    .name = "help",
    .args = "[COMMAND]",
    .line = "Show what the commands do",
    .about =
	"Without a COMMAND, lists them all. With one, shows its manual page.\n"
	"\n"
	"Commands that write print, with --json, one document: what was changed, the "
	"commit,\n"
	"and what was not done; or {\"error\": ...}, which all commands print whose "
	"--json\n"
	"came to nothing. --schema prints the shape, which is only ever added to.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 1,
    .pages = true,
    .run = cmd_help_run,
};
