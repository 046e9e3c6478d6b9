// Who may finish a row: as `claim` decides it, under the same lock.
#include "finish_as.h"
#include "claim.h"
#include "opt.h"
#include "schema/owner.h"

static enum rmk_code
finish_one(struct claim *k, const struct picked_row *row, struct rmk_err *err)
{
	struct rmk_str here;
	struct claim_holder holder;

	if (claim_owner_column(k->c, row) == RMK_NONE)
		return claim_no_owner_column(k->c, &row->table, err);
	here = claim_owner_cell(k->c, row);
	if (claim_check_merged(&row->table, 1, err) ||
	    claim_find_holder(k, row, &holder, err))
		return err->code;
	if (holder.owner.n)
		return claim_is_taken(k->c, row, &holder, err);
	if (rmk_owner_is(k->c->arena, here, k->as))
		return RMK_OK;
	if (claim_write(k, row, k->as, RMK_UNKNOWN, err))
		return err->code;
	k->writes[k->nwrites - 1].besides = true;
	return RMK_OK;
}

enum rmk_code
finish_as(struct call *c, struct write **writes, size_t *n, struct rmk_err *err)
{
	struct write *all;
	struct claim k;

	if (!opt_has(c, "as") || !opt_on(c, "as"))
		return RMK_OK;
	if (claim_begin(c, &k, err))
		return err->code;
	for (size_t i = 0; i < *n; i++) {
		const struct write *w = &(*writes)[i];
		const struct picked_row row = {{w->file, w->table}, w->row};

		if (finish_one(&k, &row, err))
			return err->code;
	}
	all = RMK_NEW_N(c->arena, struct write, *n + k.nwrites + 1);
	for (size_t i = 0; i < *n + k.nwrites; i++)
		all[i] = i < *n ? (*writes)[i] : k.writes[i - *n];
	*writes = all;
	*n += k.nwrites;
	return RMK_OK;
}
