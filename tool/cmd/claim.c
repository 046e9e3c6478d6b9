// rowmark claim: a row for one worker alone.
#include "claim.h"
#include "opt.h"
#include "out.h"
#include "schema/owner.h"
#include "schema/row_progress.h"
#include "sync_after.h"
#include "table/value.h"

static const struct opt opts[] = {
    {0, "as", "NAME", "who takes them", NULL},
    {0, "next", NULL, "take the first row that is to do, ready and nobody's", NULL},
    {0, "expires", "TIME", "take what others have had for longer: 90s, 30m, 2h, 7d",
	NULL},
    OPT_WHERE,
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"A table of work, with a column for who has it",
	"rowmark new PLAN.md Task 'Status: Todo < Doing < Done' Owner -q && "
	"rowmark add Parser PLAN.md -q && rowmark add Printer PLAN.md -q"},
    {"Take a row", "rowmark claim Parser --as ada"},
    {"Somebody else's", "rowmark claim Parser --as bob"},
    {"The next one that nobody has", "rowmark claim --next --as bob"},
    {NULL, NULL},
};

// By its name a row is taken that others come before; it is said.
static enum rmk_code
claim_note_waits(struct claim *k, const struct picked_row *row, struct rmk_err *err)
{
	bool ready;

	if (ready_row(&k->ready, &row->table, row->row, &ready, err))
		return err->code;
	if (!ready)
		out_warn("note: '%.*s' refers to rows that are not done",
		    RMK_FMT(claim_row_name(k->c, row)));
	return RMK_OK;
}

// What is done is taken by nobody, but asking again for one's own does no harm.
static enum rmk_code
claim_one(struct claim *k, const struct picked_row *row, struct rmk_err *err)
{
	struct call *c = k->c;
	struct rmk_str here = claim_owner_cell(c, row);
	bool mine = rmk_owner_is(c->arena, here, k->as);
	enum rmk_progress is = picked_progress(c->arena, &row->table, row->row);
	struct claim_holder holder;

	if (!mine && (is == RMK_DONE || is == RMK_CLOSED)) {
		rmk_fail(err, RMK_REFUSED, "%.*s:%u: '%.*s' is %s",
		    RMK_FMT(row->table.file->path),
		    row->table.file->doc->tables[row->table.table].rows[row->row].line,
		    RMK_FMT(claim_row_name(c, row)), rmk_progress_name(is));
		return rmk_hint(err, "'rowmark set ROW VALUE' makes it work to do again");
	}
	if (claim_find_holder(k, row, &holder, err))
		return err->code;
	if (holder.owner.n && !claim_is_expired(k, &holder))
		return claim_is_taken(c, row, &holder, err);
	if (holder.owner.n && !c->quiet)
		out_warn("note: '%.*s' had it %.*s",
		    RMK_FMT(rmk_value_text(c->arena, holder.owner)),
		    RMK_FMT(owner_since_text(c->arena, &holder.since)));
	if (!mine && claim_note_waits(k, row, err))
		return err->code;
	return claim_write(k, row, mine ? rmk_value_text(c->arena, here) : k->as,
	    is == RMK_TODO ? RMK_DOING : RMK_UNKNOWN, err);
}

static enum exit_status
claim_run_next(struct claim *k)
{
	struct picked_row row;
	struct rmk_err err;
	bool done;

	if (claim_next(k, &row, &done, &err))
		return complain(&err);
	if (done) {
		if (!k->c->quiet)
			out_str(RMK_STR("Everything is done.\n"));
		return FINE;
	}
	return claim_one(k, &row, &err) ? complain(&err) : claim_end(k, "Claim", &row, 1);
}

static enum exit_status
claim_run(struct call *c)
{
	struct claim k;
	struct rmk_err err;

	if (!opt_on(c, "as")) {
		rmk_fail(&err, RMK_INVALID, "claim: --as NAME is missing");
		rmk_hint(&err, "usage: rowmark claim ROW --as NAME, or "
			       "rowmark claim --next --as NAME");
		return complain(&err);
	}
	if (sync_first(c, &err) || claim_begin(c, &k, &err))
		return complain(&err);
	return opt_on(c, "next") ? claim_run_next(&k)
	                         : claim_each(&k, "Claim", claim_one);
}

const struct cmd cmd_claim = {
    .name = "claim",
    .args = "ROW... [FILE[#TABLE]]",
    .line = "Take rows for one worker alone, and commit that",
    .about =
	"Writes NAME in the owner column of each row and begins it, in one commit, or\n"
	"writes nothing. Of many that claim one row at once one gets it; all others are\n"
	"told who has it since when, and exit with 3. Claiming again what one has is\n"
	"fine, and makes no commit.\n"
	"\n"
	"The owner column is the one declared 'owner', or the only one with a header\n"
	"such as Owner, Assignee or 认领人. An empty cell, a dash and words such as\n"
	"unassigned mean nobody. The status becomes the column's word for begun where\n"
	"the row is to do; where no such word is known the owner alone is written, and "
	"it\n"
	"is said.\n"
	"\n"
	"--next takes a row that NAME has, neither finished nor blocked, so that the "
	"same\n"
	"command again gives the same row; else the first that is to do, that nobody "
	"has, and\n"
	"that is ready (see 'rowmark next --ready'). Where others have all that is "
	"left,\n"
	"the exit status is 3; where everything is done it says so, and is 0. A row "
	"that\n"
	"is begun without an owner is taken by its name only.\n"
	"\n"
	"With --expires others' rows can be taken once the commit that set the owner is\n"
	"older than TIME.\n"
	"\n"
	"What another worktree of the repository has claimed and committed on its own\n"
	"branch counts, before any merge. Clones of their own see it when it is "
	"pulled.\n"
	"\n"
	"With --sync a row has one owner over all clones: what others pushed is taken\n"
	"first, the commit is pushed, and branch, index and file here move only when it\n"
	"was taken. Who is too late is told who has the row, and has nothing to take\n"
	"back. Where the remote cannot be reached nothing is claimed.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .run = claim_run,
};
