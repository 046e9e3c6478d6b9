// rowmark done: a row's status, without spelling it.
#include "opt.h"
#include "set_cells.h"

static const struct opt opts[] = {
    {'c', "column", "COLUMN", "the column to write (default: the status column)", NULL},
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
	"Sets the row's status to the first value that means \"done\", as 'rowmark set'\n"
	"does: \"Read\", \"Done\", \"✅\", or what the table declares.\n",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = 2,
    .run = done_run,
};
