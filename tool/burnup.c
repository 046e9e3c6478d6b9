// The history of files: see burnup.h.
#include "burnup.h"
#include "out.h"

static bool
get(void *ctx, struct rmk_str key, struct rmk_str *bytes)
{
	return rmk_cache_get(ctx, key, bytes);
}

static void
put(void *ctx, struct rmk_str key, struct rmk_str bytes)
{
	rmk_cache_put(ctx, key, bytes);
}

// What entries mean changes with the program.
static const struct rmk_str cache_version = RMK_STR(RMK_VERSION " 1");

static enum rmk_code
tell_file(struct call *c, struct versions_job *j, const struct rmk_summary_opts *count,
    bool cached, struct rmk_history *out, struct rmk_err *err)
{
	struct rmk_arena *a = c->arena;
	struct rmk_cache cache = {0};
	struct rmk_history_opts o = {.path = j->file->path,
	    .table = j->file->table,
	    .count = *count,
	    .read = versions_text,
	    .tick = versions_tick,
	    .ctx = j};
	enum rmk_code code;

	if (cached) {
		rmk_cache_open(&cache, a, rmk_repo_cache(a, j->repo),
		    rmk_str_printf(a, "history-%016llx",
			(unsigned long long)rmk_str_hash(j->file->path)),
		    cache_version);
		o.keep = (struct rmk_keep){get, put, &cache};
	}
	code = rmk_history_of(a, j->file->moments, j->file->n, &o, out, err);
	if (!code && o.keep.put)
		rmk_cache_close(&cache, cache_version);
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

enum rmk_code
burnup_of(struct call *c, const struct versions_list *list,
    const struct rmk_summary_opts *count, bool cached, struct progress *progress,
    struct rmk_history *out, struct rmk_err *err)
{
	struct rmk_history *all = RMK_NEW_N(c->arena, struct rmk_history, list->nfiles);
	size_t n = 0;

	for (size_t i = 0; i < list->nfiles; i++) {
		struct versions_job j = {list->repo, &list->files[i], progress};
		if (tell_file(c, &j, count, cached, &all[n], err))
			return err->code;
		out_verbose(c, "%.*s: %zu versions, %zu of them read",
		    RMK_FMT(list->files[i].shown), list->files[i].n, all[n].parsed);
		n += has_rows(&all[n]);
	}
	if (n == 0)
		return rmk_fail(
		    err, RMK_NOT_FOUND, "no table here ever had a status column");
	*out = n == 1 ? all[0] : rmk_history_sum(c->arena, all, n);
	return RMK_OK;
}
