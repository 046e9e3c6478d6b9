// rowmark done: a row's status, without spelling it.
#include "opt.h"
#include "set_cells.h"

static const struct opt opts[] = {
    {'c', "column", "COLUMN", "the column to write (default: the status column)", NULL},
    {0, "keep-note", NULL, "keep a link or note around the old word", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Finish it", "rowmark done 2106.09685"},
    {NULL, NULL},
};

static enum exit_status
done_run(struct call *c)
{
	return set_progress(c, RMK_DONE);
}

const struct cmd cmd_done = {
    .name = "done",
    .args = "ROW [FILE[#TABLE]]",
    .line = "Set a row to \"done\", and commit it",
    .about =
	"Sets the row's status to the column's word for done, as 'rowmark set' does:\n"
	"\"Read\", \"Done\", \"✅\", or what the table declares. A row that is done "
	"already,\n"
	"in whatever markup or with a note (\"[Done](link)\", \"Done (v1.2)\"), stays as "
	"it\n"
	"is.\n"
	"\n"
	"No word is made up. It is one that is declared or that other rows have; one "
	"that\n"
	"no row has yet only where all values of the column belong to one known ladder\n"
	"(\"Not read\", \"Reading\", \"Read\"). Else nothing is written, and the values "
	"are\n"
	"listed: 'rowmark set ROW VALUE' says which.\n",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = 2,
    .run = done_run,
};
