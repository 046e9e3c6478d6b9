// The history of files: see history_run.h.
#include "history_run.h"
#include "out.h"

static bool
get(void *ctx, struct rmk_str key, struct rmk_str *bytes)
{
	return rmk_cache_get(ctx, key, bytes);
}

static void
history_run_put(void *ctx, struct rmk_str key, struct rmk_str bytes)
{
	rmk_cache_put(ctx, key, bytes);
}

static bool
history_run_counted(void *ctx, struct rmk_str path)
{
	const struct versions_list *list = ((const struct versions_job *)ctx)->list;

	for (size_t i = 0; i < list->nfiles; i++)
		if (rmk_str_eq(list->files[i].path, path))
			return true;
	return false;
}

static enum rmk_code
tell_file(struct call *c, const struct versions_list *list, struct versions *f,
    struct progress *progress, const struct rmk_summary_opts *count,
    struct rmk_history *out, struct rmk_err *err)
{
	struct versions_job j = versions_begin(list, f, progress);
	struct rmk_history_opts o = {.path = f->path,
	    .table = f->table,
	    .count = *count,
	    .read = versions_text,
	    .beside = versions_beside,
	    .counted = history_run_counted,
	    .tick = versions_tick,
	    .ctx = &j};
	enum rmk_code code;

	if (f->cached)
		o.keep = (struct rmk_keep){get, history_run_put, &f->cache};
	code = rmk_history_of(c->arena, f->moments, f->n, &o, out, err);
	return code;
}

static bool
has_rows(const struct rmk_history *h)
{
	for (size_t i = 0; i < h->n; i++) {
		if (h->points[i].total)
			return true;
	}
	return false;
}

static enum rmk_code
fail_without(const struct rmk_summary_opts *count, struct rmk_err *err)
{
	if (count->ncolumns)
		return rmk_fail(err, RMK_NOT_FOUND,
		    "no row here ever had a column '%.*s'", RMK_FMT(count->columns[0]));
	rmk_fail(err, RMK_NOT_FOUND, "no table here ever had a status column");
	return rmk_hint(err, "-c COLUMN counts the values of a column");
}

enum rmk_code
burnup_of(struct call *c, struct versions_list *list,
    const struct rmk_summary_opts *count, struct progress *progress,
    struct rmk_history *out, struct rmk_err *err)
{
	struct rmk_history *all = RMK_NEW_N(c->arena, struct rmk_history, list->nfiles);
	size_t n = 0;

	for (size_t i = 0; i < list->nfiles; i++) {
		struct versions *f = &list->files[i];
		if (tell_file(c, list, f, progress, count, &all[n], err))
			return err->code;
		out_verbose(c, "%.*s: %zu versions, %zu of them read", RMK_FMT(f->shown),
		    f->n, all[n].parsed);
		n += has_rows(&all[n]);
	}
	if (n == 0)
		return fail_without(count, err);
	versions_close(list);
	*out = n == 1 ? all[0] : rmk_history_sum(c->arena, all, n);
	return RMK_OK;
}
