// rowmark release: a row is nobody's again.
#include "claim.h"
#include "opt.h"
#include "out.h"
#include "schema/owner.h"

static const struct opt opts[] = {
    {0, "as", "NAME", "only what NAME has", NULL},
    OPT_WHERE,
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"A table of work, with a column for who has it",
	"rowmark new PLAN.md Task 'Status: Todo < Doing < Done' Owner -q && "
	"rowmark add Parser PLAN.md -q"},
    {"Take a row, and give it back",
	"rowmark claim Parser --as ada -q && rowmark release Parser"},
    {NULL, NULL},
};

// As the column says nobody elsewhere, else nothing.
static struct rmk_str
word_for_nobody(struct call *c, const struct picked_row *row)
{
	const struct rmk_doc *doc = row->table.file->doc;
	const struct rmk_table *t = &doc->tables[row->table.table];
	size_t col = claim_owner_column(c, row);

	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(doc, &t->rows[r], col);

		if (raw.n && rmk_owner_is_nobody(c->arena, raw))
			return raw;
	}
	return RMK_STR("");
}

static enum rmk_code
release_one(struct claim *k, const struct picked_row *row, struct rmk_err *err)
{
	struct call *c = k->c;
	struct rmk_str here = claim_owner_cell(c, row);
	enum rmk_progress is = picked_progress(c->arena, &row->table, row->row);
	struct claim_holder holder;

	if (rmk_owner_is_nobody(c->arena, here))
		return claim_write(k, row, here, RMK_UNKNOWN, err);
	if (is == RMK_DONE || is == RMK_CLOSED) {
		rmk_fail(err, RMK_REFUSED, "'%.*s' is %s: who did it stays",
		    RMK_FMT(claim_row_name(c, row)), rmk_progress_name(is));
		return rmk_hint(err, "'rowmark set ROW VALUE -c COLUMN' writes any cell");
	}
	if (k->as.s && !rmk_owner_is(c->arena, here, k->as)) {
		if (claim_find_holder(k, row, &holder, err))
			return err->code;
		return claim_is_taken(c, row, &holder, err);
	}
	return claim_write(k, row, word_for_nobody(c, row),
	    is == RMK_DOING ? RMK_TODO : RMK_UNKNOWN, err);
}

static enum exit_status
release_run(struct call *c)
{
	struct claim k;
	struct rmk_err err;

	if (claim_begin(c, &k, &err))
		return complain(&err);
	return claim_each(&k, "Release", release_one);
}

const struct cmd cmd_release = {
    .name = "release",
    .args = "ROW... [FILE[#TABLE]]",
    .line = "Give back rows that were claimed, and commit that",
    .about =
	"Empties the owner cell of each row, or writes the word that the column has for\n"
	"nobody, and sets a row that is begun back to its first status, in one commit.\n"
	"A row that nobody has stays as it is. One that is done keeps who did it, and "
	"is\n"
	"refused.\n"
	"\n"
	"With --as, a row that somebody else has is not given back: the exit status is "
	"3,\n"
	"and it is said who has it since when. See 'rowmark claim'.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .run = release_run,
};
