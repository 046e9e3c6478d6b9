// A branch and its upstream in step: see sync.h.
#include "sync/sync.h"

#include "git/process.h"
#include "git/tree_files.h"
#include "sync/carry.h"
#include "sync/commit_object.h"
#include "sync/merged_gate.h"
#include "sync/replay_rows.h"
#include "sync/rewrite_hooks.h"
#include "sync/rows_only.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#define SYNC_TRIES 100
// Pauses after a push that came too late: at first, and at most.
#define PAUSE_MS 5
#define MOST_PAUSE_MS 160
// A shallow clone is deepened by so many commits, and by more each time.
#define DEEPEN 64
#define MOST_DEEPEN (1u << 20)

struct step {
	struct rmk_arena *a;
	struct rmk_repo *repo;
	const struct rmk_merging *m;
	const struct rmk_sync *sync;
	struct rmk_sync_result *r;
	struct rmk_str looked_at;       // the commit for which fork and rows are known
	struct rmk_str fork;            // what the upstream has had of it
	struct rmk_str base;            // a commit that the branch and the upstream have
	struct rmk_str *commits;        // [n] of the branch, not upstream
	struct rmk_branch_commit *rows; // [n] the same; NULL: they may be of any files
	size_t n;
};

// --- what came, and what is to go ---------------------------------------------------------

// In a shallow clone what both sides come from may lie beyond the cut.
static enum rmk_code
compare_both(struct step *s, struct rmk_between *out, struct rmk_err *err)
{
	const struct rmk_upstream *up = &s->r->up;

	for (unsigned more = DEEPEN;; more *= 2) {
		if (rmk_commits_between(s->a, s->repo, s->r->tip, up->head, out, err))
			return err->code;
		if (out->base.n)
			return RMK_OK;
		if (more > MOST_DEEPEN || !rmk_upstream_is_cut(s->a, s->repo)) {
			rmk_fail(err, RMK_REFUSED,
			    "%.*s and this branch have no commit in common",
			    RMK_FMT(up->shown));
			return rmk_hint(err, "is it the right remote? 'git log --all "
					     "--graph' shows both");
		}
		if (rmk_upstream_fetch(s->a, s->repo, up, more, s->sync->loud, err))
			return err->code;
	}
}

// The newest commit that the upstream has ever had, as far as its reflog knows, and that is in
// this branch; it is asked once, since what is tried again starts from the same branch.
static enum rmk_code
find_fork(struct step *s, struct rmk_err *err)
{
	const struct rmk_upstream *up = &s->r->up;
	const char *const argv[] = {"git", "merge-base", "--fork-point",
	    rmk_str_c(s->a, up->tracking), rmk_str_c(s->a, up->head), NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};

	if (rmk_git_run(s->a, s->repo, &run, err) && run.status != 1)
		return err->code;
	s->fork = rmk_str_trim(run.out);
	return RMK_OK;
}

// It must still be upstream: else commits were taken away there, which a push of ours would bring
// back.
static enum rmk_code
refuse_rewritten(struct step *s, struct rmk_err *err)
{
	const struct rmk_upstream *up = &s->r->up;
	bool still = true;

	if (s->fork.n && !rmk_str_eq(s->fork, s->base) &&
	    rmk_commit_is_in(s->a, s->repo, s->fork, s->r->tip, &still, err))
		return err->code;
	if (still)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED,
	    "%.*s was rewritten: it no longer has %.10s, which is in this branch",
	    RMK_FMT(up->shown), s->fork.s);
	return rmk_hint(err,
	    "'git rebase --onto %.*s %.10s' takes your commits over; or, if it should "
	    "not "
	    "have been rewritten, bring it back there",
	    RMK_FMT(up->shown), s->fork.s);
}

static enum rmk_code
refuse_commit(const struct rmk_branch_commit *c, struct rmk_err *err)
{
	rmk_fail(err, RMK_REFUSED,
	    "%.7s (%.*s) changes more than rows, and is not pushed yet", c->id.s,
	    RMK_FMT(c->subject));
	return rmk_hint(err, "--all takes it along; or push it yourself first");
}

static enum rmk_code
check_commits(struct step *s, struct rmk_err *err)
{
	s->rows = NULL;
	if (s->sync->all)
		return RMK_OK;
	s->rows = RMK_NEW_N(s->a, struct rmk_branch_commit, s->n);
	for (size_t i = 0; i < s->n; i++) {
		struct rmk_branch_commit *c;
		size_t n;

		if (rmk_branch_commits(s->a, s->repo, s->commits[i], 1, &c, &n, err))
			return err->code;
		if (!rmk_commit_is_of_rows(s->a, s->repo, c))
			return refuse_commit(c, err);
		s->rows[i] = *c;
	}
	return RMK_OK;
}

// What is the same in each attempt, as long as nobody commits here.
static enum rmk_code
look_at_ours(struct step *s, const struct rmk_between *both, struct rmk_err *err)
{
	bool known = rmk_str_eq(s->looked_at, s->r->up.head) && s->n == both->nto;

	s->commits = both->to;
	s->n = both->nto;
	if (s->n == 0 || known)
		return RMK_OK;
	if (find_fork(s, err) || (!s->sync->receive_only && check_commits(s, err)))
		return err->code;
	if (s->rows && !rmk_replay_rows_may(s->a, s->repo, s->rows, s->n))
		s->rows = NULL;
	s->looked_at = s->r->up.head;
	return RMK_OK;
}

static enum rmk_code
look_at_both(struct step *s, struct rmk_err *err)
{
	struct rmk_sync_result *r = s->r;
	struct rmk_between both;

	if (rmk_upstream_find(
		s->a, s->repo, s->sync->remote, s->sync->branch, &r->up, err) ||
	    rmk_upstream_is_there(s->a, s->repo, &r->up, err) ||
	    rmk_upstream_fetch(s->a, s->repo, &r->up, 0, s->sync->loud, err) ||
	    rmk_commit_id(s->a, s->repo, r->up.tracking, &r->tip, err))
		return err->code;
	s->n = r->nreceived = 0;
	s->base = r->tip;
	if (rmk_str_eq(r->up.head, r->tip))
		return RMK_OK;
	if (compare_both(s, &both, err) || look_at_ours(s, &both, err))
		return err->code;
	r->nreceived = both.nfrom;
	s->base = both.base;
	return s->n ? refuse_rewritten(s, err) : RMK_OK;
}

// --- one attempt --------------------------------------------------------------------------

// What both sides make together must break no rule that neither breaks alone.
static enum rmk_code
hold_to_declarations(struct step *s, struct rmk_err *err)
{
	struct rmk_replay *made = &s->r->replay;
	struct rmk_tree_merge *merge = &made->merge;

	if (rmk_merged_gate(s->a, s->repo, s->r->tip, s->r->up.head, made->tip,
		&merge->obstacles, &merge->n, err))
		return err->code;
	if (merge->n)
		made->stopped_at = s->commits[s->n - 1];
	return RMK_OK;
}

static enum rmk_code
make_anew(struct step *s, struct rmk_err *err)
{
	struct rmk_sync_result *r = s->r;

	r->replay = (struct rmk_replay){.tip = r->tip};
	if (s->n == 0 || rmk_str_eq(s->base, r->tip)) {
		r->replay.tip = s->n ? r->up.head : r->tip;
		return RMK_OK;
	}
	if (rmk_hook_pre_rebase(s->a, s->repo, r->up.shown, err))
		return err->code;
	if (rmk_replay_commits(
		s->a, s->repo, s->m, s->commits, s->rows, s->n, r->tip, &r->replay, err))
		return err->code;
	return r->replay.stopped_at.n ? RMK_OK : hold_to_declarations(s, err);
}

static struct rmk_carry
carry_of(struct step *s, bool dry_run)
{
	return (struct rmk_carry){.ref = s->r->up.ref,
	    .from = s->r->up.head,
	    .to = s->r->replay.tip,
	    .action = "sync",
	    .message = s->r->up.shown,
	    .here = true,
	    .dry_run = dry_run};
}

static enum rmk_code
push_and_move(struct step *s, struct rmk_err *err)
{
	struct rmk_sync_result *r = s->r;
	struct rmk_carry look = carry_of(s, true), go = carry_of(s, false);
	struct rmk_str branch = s->sync->to
	                            ? rmk_str_printf(s->a, "refs/heads/%s", s->sync->to)
	                            : r->up.branch;
	bool moves = !rmk_str_eq(go.from, go.to) && !s->sync->to;
	bool sends = s->sync->to ? s->n > 0 : !rmk_str_eq(go.to, r->tip);

	if ((moves && rmk_carry_branch(s->a, s->repo, s->m, &look, err)) ||
	    (sends && rmk_upstream_push(s->a, s->repo, &r->up, go.to, branch, err)) ||
	    (moves && rmk_carry_branch(s->a, s->repo, s->m, &go, err)))
		return err->code;
	r->to = moves ? go.to : go.from;
	r->nleft_out = r->replay.nleft_out;
	r->nsent = sends ? s->n - r->nleft_out : 0;
	if (moves)
		rmk_hook_post_rewrite(s->a, s->repo, &r->replay);
	return RMK_OK;
}

static enum rmk_code
sync_once(struct step *s, struct rmk_err *err)
{
	if (look_at_both(s, err) || make_anew(s, err))
		return err->code;
	if (s->r->replay.stopped_at.n)
		return RMK_OK;
	return push_and_move(s, err);
}

// --- again, until it is through ------------------------------------------------------------

void
rmk_sync_back_off(unsigned attempt)
{
	unsigned most = attempt < 6 ? (unsigned)PAUSE_MS << attempt : MOST_PAUSE_MS;
	uint32_t r = 0;

	if (getentropy(&r, sizeof r))
		r = (uint32_t)getpid();
	unsigned ms = 1 + r % (most < MOST_PAUSE_MS ? most : MOST_PAUSE_MS);
	const struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000L};
	nanosleep(&t, NULL);
}

enum rmk_code
rmk_sync_run(struct rmk_arena *a, struct rmk_repo *repo, const struct rmk_merging *m,
    const struct rmk_sync *sync, struct rmk_sync_result *out, struct rmk_err *err)
{
	struct rmk_sync_result r = {0};
	struct step s = {.a = a, .repo = repo, .m = m, .sync = sync, .r = &r};
	unsigned tries = sync->tries ? sync->tries : SYNC_TRIES;
	enum rmk_code code = RMK_FASTER;

	while (code == RMK_FASTER || code == RMK_STALE) {
		if (r.attempts == tries) {
			rmk_hint(err, "%u pushes were too late; run it again", tries);
			return code;
		}
		if (r.attempts)
			rmk_sync_back_off(r.attempts);
		r.attempts++;
		if (sync->tick && !sync->tick(sync->ctx, r.attempts))
			return rmk_fail(err, RMK_REFUSED, "interrupted");
		code = sync_once(&s, err);
	}
	if (code == RMK_OK)
		*out = r;
	return code;
}
