// rowmark start: a row's status, without spelling it.
#include "opt.h"
#include "set_cells.h"

static const struct opt opts[] = {
    OPT_PROGRESS,
    OPT_END,
};

static const struct example examples[] = {
    {"Begin a paper, found by a part of its link", "rowmark start 2106.09685"},
    {NULL, NULL},
};

static enum exit_status
start_run(struct call *c)
{
	return set_progress(c, RMK_DOING);
}

const struct cmd cmd_start = {
    .name = "start",
    .args = "ROW... [FILE[#TABLE]]",
    .line = "Set rows to \"doing\", and commit that",
    .about =
	"Sets the status of each row to the column's word for begun, as 'rowmark set' "
	"does:\n"
	"\"Reading\", \"In progress\", \"🚧\", or what the table declares. A row that is\n"
	"begun already stays as it is.\n"
	"\n"
	"No word is made up, as with 'rowmark done'; one that means waiting "
	"(\"Blocked\")\n"
	"is not written. Several rows make one commit, or none is made; --where chooses\n"
	"those that hold a value.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .run = start_run,
};
