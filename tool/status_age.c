// Since when rows have their status: see status_age.h.
#include "status_age.h"
#include "blame_run.h"
#include "row_name.h"

#define AGE_UNKNOWN INT64_MAX

static struct rmk_str
status_age_id(struct rmk_arena *a, struct rmk_str address, struct rmk_namesake name)
{
	return rmk_str_printf(a, "%.*s\x1f%.*s\x1f%zu\x1f%zu", RMK_FMT(address),
	    RMK_FMT(name.text), name.nth, name.of);
}

static enum rmk_code
status_ages_of(struct call *c, struct progress *progress,
    const struct versions_list *list, const struct versions *f, struct status_ages *out,
    struct rmk_err *err)
{
	struct rmk_blame b;

	if (blame_run(c, list, f, RMK_STR(""), progress, &b, err))
		return err->code == RMK_NOT_FOUND ? RMK_OK : err->code;
	for (size_t i = 0; i < b.n; i++) {
		const struct rmk_blame_row *row = &b.v[i];
		size_t *at = rmk_map_put(
		    &out->rows, status_age_id(c->arena, row->address, row->namesake));

		*at = out->n;
		*RMK_PUSH(c->arena, out->times, out->n,
		    out->cap) = row->when ? row->when->time : AGE_UNKNOWN;
	}
	return RMK_OK;
}

enum rmk_code
status_ages_read(struct call *c, char *const *words, size_t n, struct status_ages *out,
    struct rmk_err *err)
{
	struct versions_list list;
	struct progress progress;
	enum rmk_code code;

	*out = (struct status_ages){.rows = {.arena = c->arena}};
	progress_begin(&progress, "Reading versions");
	code = versions_open(c, words, n, &progress, 0, &list, err);
	for (size_t i = 0; !code && i < list.nfiles; i++)
		code = status_ages_of(c, &progress, &list, &list.files[i], out, err);
	progress_end(&progress);
	return code;
}

bool
status_age(struct rmk_arena *a, const struct status_ages *ages, const struct picked *p,
    size_t row, int64_t *time)
{
	size_t at = rmk_map_get(&ages->rows,
	    status_age_id(a, picked_address(a, p), picked_namesake(a, p, row)));

	if (at == RMK_NONE || ages->times[at] == AGE_UNKNOWN)
		return false;
	*time = ages->times[at];
	return true;
}
