// rowmark alone: what it is.
#include "help.h"

static enum exit_status
run(struct call *c)
{
	(void)c;
	help_commands();
	return FINE;
}

const struct cmd cmd_overview = {
    .name = "",
    .args = "",
    .line = "Markdown tables kept as a database, with git as the log",
    .about = "rowmark reads and changes the tables of Markdown files. A change touches\n"
	     "the bytes of the cells it was asked for, and is committed.\n",
    .most = 0,
    .run = run,
};
