// Help as text: what `CMD -h` and `help CMD` print.
#include "help.h"
#include "opt.h"
#include "out.h"

#include <string.h>

#define FLAG_COLUMN 28 // from the indent
#define LINE_WIDTH 79

// Words of a paragraph filled to lines, each indented; the first line is at `at`
// already.
static void
tool_help_print_filled(struct rmk_str text, size_t at, size_t indent)
{
	bool first = true;
	struct rmk_str word;

	while (rmk_str_split(&text, ' ', &word)) {
		size_t w = rmk_utf8_width(word);

		if (word.n == 0)
			continue;
		if (!first && at + 1 + w > LINE_WIDTH) {
			out_fill('\n', 1);
			at = 0;
			first = true;
		}
		if (at < indent)
			out_fill(' ', indent - at);
		else if (!first)
			out_fill(' ', 1);
		at = (at < indent ? indent : at + !first) + w;
		out_str(word);
		first = false;
	}
	out_fill('\n', 1);
}

static size_t
print_flag(const struct opt *o, size_t indent)
{
	size_t n = indent;

	out_fill(' ', indent);
	if (o->letter) {
		char letter[] = {'-', o->letter};

		out_styled(STYLE_BOLD, (struct rmk_str){letter, 2});
		out_str(RMK_STR(", "));
	} else {
		out_str(RMK_STR("    "));
	}
	out_style(STYLE_BOLD);
	out_printf("--%s", o->name);
	out_style(STYLE_PLAIN);
	n += 4 + 2 + strlen(o->name);
	if (o->arg) {
		out_printf(" %s", o->arg);
		n += 1 + strlen(o->arg);
	}
	return n;
}

static void
tool_help_print_opts(struct rmk_arena *a, const struct opt *opts, size_t indent)
{
	for (const struct opt *o = opts; o && o->help; o++) {
		size_t n = print_flag(o, indent), column = FLAG_COLUMN + indent;

		if (n + 2 > column) {
			out_fill('\n', 1);
			n = 0;
		}
		tool_help_print_filled(
		    rmk_str_printf(a, "%s%s%s", o->help,
			o->oneof && *o->oneof ? ": " : "", o->oneof ? o->oneof : ""),
		    n, column);
	}
}

static void
print_heading(const char *text)
{
	out_styled(STYLE_BOLD, rmk_str_of(text));
	out_fill('\n', 1);
}

static void
print_usage(const struct cmd *cmd)
{
	const char *options = " [OPTION]...";

	if (cmd == &cmd_overview)
		out_printf("rowmark%s COMMAND ...\n", options);
	else
		out_printf("rowmark %s%s%s%s\n", cmd->name, options,
		    *cmd->args ? " " : "", cmd->args);
}

enum exit_status
help_short(const struct call *c)
{
	const struct cmd *cmd = c->cmd;

	if (cmd == &cmd_overview) {
		help_commands();
		return FINE;
	}
	out_str(RMK_STR("usage: "));
	print_usage(cmd);
	out_printf("%s.\n\n", cmd->line);
	tool_help_print_opts(c->arena, cmd->opts, 2);
	tool_help_print_opts(c->arena, opt_common, 2);
	out_printf("\n'rowmark help %s' says more.\n", cmd->name);
	return FINE;
}

void
help_commands(void)
{
	out_str(RMK_STR("usage: "));
	print_usage(&cmd_overview);
	out_printf("%s.\n\n", cmd_overview.line);
	const char *group = "";

	// What a group is for stands beside its first command: all of it is one screen.
	for (const struct cmd_entry *e = cmds; e->heading || e->cmd; e++) {
		if (!e->cmd) {
			group = e->heading;
			continue;
		}
		out_fit(STYLE_DIM, rmk_str_of(group), 10, false);
		out_fit(STYLE_BOLD, rmk_str_of(e->cmd->name), 12, false);
		out_printf("%s\n", e->cmd->line);
		group = "";
	}
	out_str(RMK_STR("\nA command's options: rowmark COMMAND -h; its manual page: "
			"rowmark help COMMAND\n"));
}

// Paragraphs are filled; lines that start with two spaces are shown as they are.
static void
tool_help_print_about(struct rmk_arena *a, const char *about)
{
	struct rmk_str rest = rmk_str_trim(rmk_str_of(about)), line;
	struct rmk_buf par = {.arena = a};

	while (rmk_str_split(&rest, '\n', &line)) {
		bool literal = rmk_str_starts(line, RMK_STR("  "));

		if (par.n && (literal || line.n == 0)) {
			tool_help_print_filled(rmk_buf_str(&par), 0, 4);
			par.n = 0;
		}
		if (literal)
			out_printf("    %.*s\n", RMK_FMT(line));
		else if (line.n == 0)
			out_fill('\n', 1);
		else
			rmk_buf_printf(&par, "%s%.*s", par.n ? " " : "", RMK_FMT(line));
	}
	if (par.n)
		tool_help_print_filled(rmk_buf_str(&par), 0, 4);
}

void
help_text(struct rmk_arena *a, const struct cmd *cmd)
{
	print_heading("NAME");
	out_printf("    rowmark-%s - %s\n\n", cmd->name, cmd->line);
	print_heading("SYNOPSIS");
	out_str(RMK_STR("    "));
	print_usage(cmd);
	out_fill('\n', 1);
	print_heading("DESCRIPTION");
	tool_help_print_about(a, cmd->about);
	if (cmd->more) {
		struct rmk_buf text = {.arena = a};

		cmd->more(&text);
		rmk_buf_addc(&text, '\0');
		out_fill('\n', 1);
		tool_help_print_about(a, rmk_buf_str(&text).s);
	}
	out_fill('\n', 1);
	print_heading("OPTIONS");
	tool_help_print_opts(a, cmd->opts, 4);
	tool_help_print_opts(a, opt_common, 4);
	if (cmd->examples) {
		out_fill('\n', 1);
		print_heading("EXAMPLES");
	}
	for (const struct example *e = cmd->examples; e && e->run; e++) {
		out_printf("    %s:\n        ", e->says);
		out_styled(STYLE_BOLD, rmk_str_of(e->run));
		out_fill('\n', 1);
	}
	out_fill('\n', 1);
	print_heading("EXIT STATUS");
	out_printf(
	    "    0 fine, 1 something was found, %d trouble, 3 somebody was faster.\n",
	    cmd->trouble ? cmd->trouble : TROUBLE);
}
