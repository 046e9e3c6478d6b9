// A sync that comes with another command: see sync_after.h.
#include "sync_after.h"
#include "answer.h"
#include "opt.h"
#include "out.h"
#include "sync_report.h"

#include <unistd.h>

// Of git's own settings, never of a file that travels with a clone: a foreign repository must not
// make a command push.
static bool
sync_is_auto(struct call *c)
{
	struct rmk_repo *repo;
	struct rmk_str value;
	struct rmk_err unused;

	return call_repo(c, &repo, &unused) == RMK_OK &&
	       rmk_repo_config(c->arena, repo, "rowmark.sync", &value) == RMK_OK &&
	       value.s && rmk_str_eq_nocase(value, RMK_STR("auto"));
}

static bool
commits_nothing(struct call *c)
{
	return opt_on(c, "dry-run") || opt_on(c, "no-commit") || opt_on(c, "stage") ||
	       commits_off(c);
}

static enum rmk_code
sync_now(struct call *c, struct sync_run *run, struct rmk_sync_result *result,
    struct rmk_err *err)
{
	struct rmk_sync sync = {.loud = isatty(2) && !c->quiet};
	enum rmk_code code = sync_begin(c, run, err);

	if (code)
		return code;
	run->merging.swapped = true;
	code = rmk_sync_run(c->arena, run->repo, &run->merging, &sync, result, err);
	sync_end(run);
	return code;
}

static enum exit_status
not_synced(struct call *c, const struct rmk_err *err)
{
	if (opt_on(c, "sync"))
		return complain(err);
	if (err->code == RMK_NOT_FOUND) // no upstream: there is nothing to keep in step
		return FINE;
	out_warn("not synced: %s", err->msg);
	return FINE;
}

static void
sync_answer(struct sync_run *run, const struct rmk_sync_result *r)
{
	struct rmk_buf b = {.arena = run->c->arena};
	struct rmk_json j = {.out = &b};

	rmk_json_object(&j, NULL);
	sync_json(run, &j, r);
	rmk_json_end(&j);
	answer_sync(rmk_buf_str(&b), r->replay.made,
	    r->replay.stopped_at.n ? 0 : r->replay.nmade);
}

enum exit_status
sync_after(struct call *c, enum exit_status status)
{
	struct rmk_sync_result result;
	struct sync_run run;
	struct rmk_err err;

	if (status != FINE || !can_commit(c) || c->pushes || commits_nothing(c) ||
	    !(opt_on(c, "sync") || (c->committed && sync_is_auto(c))))
		return status;
	if (sync_now(c, &run, &result, &err))
		return not_synced(c, &err);
	if (answer_is_on())
		sync_answer(&run, &result);
	else
		sync_print(&run, &result);
	return result.replay.stopped_at.n ? FOUND : FINE;
}

static enum rmk_code
row_in_dispute(const struct rmk_sync_result *r, struct rmk_err *err)
{
	const struct rmk_obstacle *o = &r->replay.merge.obstacles[0];

	rmk_fail(err, RMK_CONFLICT, "%.*s%.*s: %.*s", RMK_FMT(o->path), RMK_FMT(o->where),
	    RMK_FMT(o->what));
	return rmk_hint(err, "'rowmark sync' says who and when, and what decides it");
}

enum rmk_code
sync_first(struct call *c, struct rmk_err *err)
{
	struct rmk_sync_result result;
	struct sync_run run;

	c->pushes = NULL;
	if (commits_nothing(c) || !(opt_on(c, "sync") || sync_is_auto(c)))
		return RMK_OK;
	if (c->reruns)
		rmk_sync_back_off(c->reruns);
	if (sync_now(c, &run, &result, err))
		return err->code == RMK_NOT_FOUND && !opt_on(c, "sync") ? RMK_OK
		                                                        : err->code;
	if (result.replay.stopped_at.n)
		return row_in_dispute(&result, err);
	c->pushes = RMK_NEW(c->arena, struct rmk_upstream);
	*c->pushes = result.up;
	return RMK_OK;
}

enum rmk_code
sync_push(void *call, struct rmk_arena *a, struct rmk_str commit, struct rmk_err *err)
{
	struct call *c = call;

	return rmk_upstream_push(a, c->repo, c->pushes, commit, c->pushes->branch, err);
}
