// The manual pages, as mdoc(7): the same tables as help.c, for man.
#include "help.h"
#include "opt.h"
#include "out.h"

#include <ctype.h>
#include <string.h>

// Text of a line: backslashes and hyphens mean themselves, and no leading dot or
// quote is a request.
static void
mdoc_print_text(struct rmk_str text)
{
	if (text.n && (text.s[0] == '.' || text.s[0] == '\''))
		out_str(RMK_STR("\\&"));
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '\\')
			out_str(RMK_STR("\\e"));
		else if (text.s[i] == '-')
			out_str(RMK_STR("\\-"));
		else
			out_str(rmk_str_part(text, i, 1));
	}
}

// Text in lines that mandoc finds short enough, escapes included.
static void
mdoc_print_filled(struct rmk_str text)
{
	while (text.n > 70) {
		size_t at = rmk_str_rchr(rmk_str_part(text, 0, 66), ' ');

		if (at == RMK_NONE)
			break;
		mdoc_print_text(rmk_str_part(text, 0, at));
		out_fill('\n', 1);
		text = rmk_str_trim(rmk_str_from(text, at));
	}
	mdoc_print_text(text);
}

// An argument of a macro: quoted, so that no word of it is taken for a macro.
static void
print_arg(struct rmk_str text)
{
	out_str(RMK_STR("\""));
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '"')
			out_str(RMK_STR("\"\""));
		else if (text.s[i] == '\\')
			out_str(RMK_STR("\\e"));
		else
			out_str(rmk_str_part(text, i, 1));
	}
	out_str(RMK_STR("\""));
}

static void
mdoc_print_opts(const struct opt *opts)
{
	for (const struct opt *o = opts; o && o->help; o++) {
		out_str(RMK_STR(".It "));
		if (o->letter)
			out_printf("Fl %c , ", o->letter);
		out_printf("Fl \\-%s", o->name);
		if (o->arg) {
			out_str(RMK_STR(" Ar "));
			print_arg(rmk_str_of(o->arg));
		}
		out_fill('\n', 1);
		mdoc_print_filled(rmk_str_of(o->help));
		if (o->oneof && *o->oneof) {
			out_str(RMK_STR(":\n"));
			mdoc_print_filled(rmk_str_of(o->oneof));
		}
		out_str(RMK_STR(".\n"));
	}
}

// A new sentence starts a new line, as mdoc wants it.
static void
print_prose(struct rmk_str text)
{
	for (size_t i = 1; i < text.n; i++) {
		if (text.s[i] != ' ' || text.s[i - 1] != '.')
			continue;
		mdoc_print_filled(rmk_str_part(text, 0, i));
		out_fill('\n', 1);
		text = rmk_str_from(text, i + 1);
		i = 0;
	}
	mdoc_print_filled(text);
	out_fill('\n', 1);
}

static void
mdoc_print_about(const char *about)
{
	struct rmk_str rest = rmk_str_of(about), line;
	bool literal = false, gap = false, any = false;

	while (rmk_str_split(&rest, '\n', &line)) {
		bool lit = rmk_str_starts(line, RMK_STR("  "));

		if (line.n == 0) {
			gap = any;
			continue;
		}
		if (literal && !lit)
			out_str(RMK_STR(".Ed\n"));
		if (lit && !literal)
			out_str(RMK_STR(".Bd -literal -offset indent\n"));
		else if (gap && lit)
			out_str(RMK_STR("\n"));
		else if (gap && !lit)
			out_str(RMK_STR(".Pp\n"));
		if (lit) {
			mdoc_print_text(rmk_str_from(line, 2));
			out_fill('\n', 1);
		} else {
			print_prose(line);
		}
		literal = lit;
		gap = false;
		any = true;
	}
	if (literal)
		out_str(RMK_STR(".Ed\n"));
}

// What a command makes of a table of its own, as check does of its rules.
static void
print_more(const struct cmd *cmd)
{
	struct rmk_arena a = {0};
	struct rmk_buf text = {.arena = &a};

	if (cmd->more) {
		cmd->more(&text);
		rmk_buf_addc(&text, '\0');
		out_str(RMK_STR(".Pp\n"));
		mdoc_print_about(rmk_buf_str(&text).s);
	}
	rmk_arena_free(&a);
}

static void
print_head(struct rmk_arena *a, const char *name, const char *line)
{
	char *title = rmk_str_c(a, rmk_str_of(name));

	for (char *p = title; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	out_printf(
	    ".Dd " RMK_RELEASED "\n.Dt %s 1\n.Os\n.Sh NAME\n.Nm %s\n.Nd ", title, name);
	mdoc_print_text(rmk_str_of(line));
	out_str(RMK_STR("\n.Sh SYNOPSIS\n"));
}

static void
print_tail(int trouble)
{
	out_printf(".Sh EXIT STATUS\n"
		   "0 fine, 1 something was found, %d trouble, 3 somebody was faster.\n",
	    trouble ? trouble : TROUBLE);
}

void
help_mdoc(struct rmk_arena *a, const struct cmd *cmd)
{
	print_head(
	    a, rmk_str_c(a, rmk_str_printf(a, "rowmark-%s", cmd->name)), cmd->line);
	out_printf(".Nm rowmark %s\n.Op Ar OPTION ...\n", cmd->name);
	if (*cmd->args) {
		out_str(RMK_STR(".Ar "));
		print_arg(rmk_str_of(cmd->args));
		out_fill('\n', 1);
	}
	out_str(RMK_STR(".Sh DESCRIPTION\n"));
	mdoc_print_about(cmd->about);
	print_more(cmd);
	out_str(RMK_STR(".Pp\nThe options are:\n.Bl -tag -width Ds\n"));
	mdoc_print_opts(cmd->opts);
	mdoc_print_opts(opt_common);
	out_str(RMK_STR(".El\n"));
	print_tail(cmd->trouble);
	if (cmd->examples)
		out_str(RMK_STR(".Sh EXAMPLES\n"));
	for (const struct example *e = cmd->examples; e && e->run; e++) {
		mdoc_print_text(rmk_str_of(e->says));
		out_str(RMK_STR(":\n.Bd -literal -offset indent\n"));
		mdoc_print_text(rmk_str_of(e->run));
		out_str(RMK_STR("\n.Ed\n"));
	}
	out_str(RMK_STR(".Sh SEE ALSO\n.Xr rowmark 1 ,\n.Xr rowmark-schema 5\n"));
}

void
help_mdoc_tool(struct rmk_arena *a)
{
	print_head(a, "rowmark", cmd_overview.line);
	out_str(RMK_STR(".Nm rowmark\n.Op Ar OPTION ...\n.Ar COMMAND ...\n"
			".Sh DESCRIPTION\n"));
	mdoc_print_about(cmd_overview.about);
	for (const struct cmd_entry *e = cmds; e->heading || e->cmd; e++) {
		if (e->heading && e[1].cmd) {
			out_str(RMK_STR(".Ss "));
			mdoc_print_text(rmk_str_of(e->heading));
			out_str(RMK_STR("\n.Bl -tag -width completion\n"));
		}
		if (!e->cmd)
			continue;
		out_printf(".It Ic %s\n", e->cmd->name);
		mdoc_print_text(rmk_str_of(e->cmd->line));
		out_str(RMK_STR(".\n"));
		if (!e[1].cmd)
			out_str(RMK_STR(".El\n"));
	}
	out_str(RMK_STR(".Ss Options of every command\n.Bl -tag -width Ds\n"));
	mdoc_print_opts(opt_common);
	out_str(RMK_STR(".El\n"));
	print_tail(TROUBLE);
	out_str(RMK_STR(
	    ".Sh SEE ALSO\n.Xr git 1 ,\n.Xr librowmark 3 ,\n.Xr rowmark-schema 5\n"));
}
