// rowmark done: a row's status, without spelling it.
#include "opt.h"
#include "set_cells.h"

static const struct opt opts[] = {
    {0, "as", "NAME", "only what NAME has, or nobody, which becomes NAME's", NULL},
    OPT_PROGRESS,
    OPT_END,
};

static const struct example examples[] = {
    {"Finish it", "rowmark done 2106.09685"},
    {"Several, in one commit", "rowmark done GPT-3 BERT"},
    {NULL, NULL},
};

static enum exit_status
done_run(struct call *c)
{
	return set_progress(c, RMK_DONE);
}

const struct cmd cmd_done = {
    .name = "done",
    .args = "ROW... [FILE[#TABLE]]",
    .line = "Set rows to \"done\", and commit that",
    .about =
	"Sets the status of each row to the column's word for done, as 'rowmark set' "
	"does:\n"
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
	"listed: 'rowmark set ROW VALUE' says which.\n"
	"\n"
	"With --as, a row that somebody else has is not finished: the exit status is 3,\n"
	"and it is said who has it since when. One that nobody has becomes NAME's in "
	"the\n"
	"same commit. See 'rowmark claim'.\n"
	"\n"
	"Several rows make one commit, or none is made; --where chooses those that hold\n"
	"a value. Operands are read as for 'rowmark set'.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .run = done_run,
};
