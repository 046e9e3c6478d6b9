// The row that `claim --next` takes: see claim.h.
//
//	mine already, not done     the same again: a program that was interrupted goes on;
//	                           but not what it has set to blocked
//	free, to do, and ready     in the order of the file
//	expired                    with --expires: a row whose owner has had it for too long
//
// A row that is begun and has no owner is somebody's who did not write it down: by name only.
#include "claim.h"
#include "faster.h"
#include "operands.h"
#include "schema/owner.h"
#include "schema/row_progress.h"

// How many rows are left to do, and what is in the way of taking them.
struct claim_count {
	size_t open, taken, waiting;
};

struct claim_search {
	struct claim *k;
	struct picked *tables; // [n] with an owner and a status
	size_t n;
	struct claim_count count;
};

static enum rmk_code
open_claimable(struct claim *k, struct claim_search *out, struct rmk_err *err)
{
	struct call *c = k->c;
	struct picked *all;
	struct operands o;
	size_t n;

	if (operands_read(c, OPERANDS_ROWLESS, &o, err) ||
	    write_no_stdin(c, o.files, o.nfiles, err))
		return err->code;
	if (o.nrows) {
		rmk_fail(err, RMK_INVALID, "claim: --next and '%s' exclude each other",
		    o.rows[0]);
		return rmk_hint(err, "without --next the row is claimed by name");
	}
	if (operands_tables(c, &o, &all, &n, err))
		return err->code;
	*out = (struct claim_search){
	    .k = k, .tables = RMK_NEW_N(c->arena, struct picked, n + 1)};
	for (size_t i = 0; i < n; i++) {
		const struct rmk_schema *s = file_schema(
		    c->arena, all[i].file, all[i].table);

		if (s->nstatus && rmk_schema_owner(s) != RMK_NONE)
			out->tables[out->n++] = all[i];
	}
	if (out->n)
		return claim_check_merged(out->tables, out->n, err);
	rmk_fail(err, RMK_NOT_FOUND, "no table has both a status and an owner column");
	return rmk_hint(err,
	    "'rowmark ls' lists the tables; a column called Owner says who "
	    "has a row, or one declared 'owner'");
}

// Rows at a turn (row_progress.h), or at any.
static bool
is_at(struct call *c, const struct picked_row *row, size_t turn)
{
	const struct picked *p = &row->table;
	struct rmk_row_progress is = rmk_row_progress(c->arena, p->file->doc, p->table,
	    file_schema(c->arena, p->file, p->table), row->row);
	size_t at = rmk_row_turn(&is);

	return turn == RMK_NONE ? at != RMK_NONE || is.vague : at == turn;
}

static enum rmk_code
is_mine(
    struct claim_search *s, const struct picked_row *row, bool *out, struct rmk_err *err)
{
	struct call *c = s->k->c;

	(void)err;
	*out = is_at(c, row, RMK_NONE) && !is_at(c, row, 2) &&
	       rmk_owner_is(c->arena, claim_owner_cell(c, row), s->k->as);
	return RMK_OK;
}

static enum rmk_code
is_free(
    struct claim_search *s, const struct picked_row *row, bool *out, struct rmk_err *err)
{
	struct call *c = s->k->c;
	struct claim_holder holder;
	bool ready;

	*out = false;
	if (!is_at(c, row, RMK_NONE))
		return RMK_OK;
	s->count.open++;
	if (!rmk_owner_is_nobody(c->arena, claim_owner_cell(c, row))) {
		s->count.taken++;
		return RMK_OK;
	}
	if (!is_at(c, row, 1))
		return RMK_OK;
	if (ready_row(&s->k->ready, &row->table, row->row, &ready, err))
		return err->code;
	s->count.waiting += !ready;
	if (!ready)
		return RMK_OK;
	if (claim_find_holder(s->k, row, &holder, err))
		return err->code;
	s->count.taken += holder.owner.n > 0;
	*out = holder.owner.n == 0;
	return RMK_OK;
}

static enum rmk_code
is_expired(
    struct claim_search *s, const struct picked_row *row, bool *out, struct rmk_err *err)
{
	struct claim_holder holder;

	*out = false;
	if (!is_at(s->k->c, row, RMK_NONE))
		return RMK_OK;
	if (claim_find_holder(s->k, row, &holder, err))
		return err->code;
	*out = holder.owner.n && claim_is_expired(s->k, &holder);
	return RMK_OK;
}

static enum rmk_code
first_that_fits(struct claim_search *s,
    enum rmk_code (*fits)(struct claim_search *s, const struct picked_row *row, bool *out,
	struct rmk_err *err),
    struct picked_row *out, bool *found, struct rmk_err *err)
{
	*found = false;
	for (size_t i = 0; i < s->n; i++) {
		const struct picked *p = &s->tables[i];

		for (size_t r = 0; r < p->file->doc->tables[p->table].nrows; r++) {
			const struct picked_row row = {*p, r};

			if (fits(s, &row, found, err))
				return err->code;
			*out = row;
			if (*found)
				return RMK_OK;
		}
	}
	return RMK_OK;
}

static enum rmk_code
nothing_free(struct claim_search *s, struct rmk_err *err)
{
	const struct claim_count *n = &s->count;

	rmk_fail(err, RMK_FASTER,
	    "no row is free: of %zu that are not done %zu %s taken, %zu %s for others",
	    n->open, n->taken, n->taken == 1 ? "is" : "are", n->waiting,
	    n->waiting == 1 ? "waits" : "wait");
	return rmk_hint(
	    err, "--expires 2h takes one whose owner has had it for two hours");
}

enum rmk_code
claim_next(struct claim *k, struct picked_row *out, bool *done, struct rmk_err *err)
{
	struct claim_search s = {.k = k};
	bool found;

	*done = false;
	if (open_claimable(k, &s, err) || first_that_fits(&s, is_mine, out, &found, err))
		return err->code;
	if (!found && first_that_fits(&s, is_free, out, &found, err))
		return err->code;
	if (!found && k->expires && first_that_fits(&s, is_expired, out, &found, err))
		return err->code;
	*done = !found && s.count.open == 0;
	return found || *done ? RMK_OK : nothing_free(&s, err);
}
