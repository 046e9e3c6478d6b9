// Help, made from the commands' own tables.
//
//	CMD -h              usage and options
//	help CMD            the manual page, as text
//	help --mdoc CMD     the manual page, for man
//
#ifndef TOOL_HELP_H
#define TOOL_HELP_H

#include "cmd.h"

enum exit_status help_short(const struct call *c);
void help_commands(void); // all of them, a line each
void help_text(struct rmk_arena *a, const struct cmd *cmd);
void help_mdoc(struct rmk_arena *a, const struct cmd *cmd);
void help_mdoc_tool(struct rmk_arena *a); // rowmark(1) itself

#endif
