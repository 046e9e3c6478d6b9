// rowmark install --merge, --diff=rows: the drivers by which git merges and shows rows.
//
// The line for the merge is in .gitattributes, which is to be committed, so that all
// who work on the repository ask for it; the settings git reads from each clone's own
// configuration. The line for the diff stays in the clone.
#include "git/drivers.h"
#include "install.h"
#include "opt.h"
#include "out.h"

#include <string.h>

typedef enum rmk_code change_drivers(struct rmk_arena *a, struct rmk_repo *repo,
    enum rmk_driver driver, bool global, bool *changed, struct rmk_err *err);

// The repository is not asked for where only the user's own files are meant.
static enum rmk_code
drivers_repo(struct call *c, struct rmk_repo **out, struct rmk_err *err)
{
	*out = NULL;
	return opt_on(c, "global") ? RMK_OK : call_repo(c, out, err);
}

// Change one driver, and see what is there before and after.
static enum rmk_code
change_driver(struct call *c, enum rmk_driver driver, change_drivers *act,
    struct rmk_drivers_state states[2], bool *changed, struct rmk_err *err)
{
	bool global = opt_on(c, "global");
	struct rmk_repo *repo;

	if (drivers_repo(c, &repo, err) ||
	    rmk_drivers_check(c->arena, repo, global, &states[0], err) ||
	    act(c->arena, repo, driver, global, changed, err) ||
	    rmk_drivers_check(c->arena, repo, global, &states[1], err))
		return err->code;
	if (repo)
		states[1].file = RMK_STR(".gitattributes");
	return RMK_OK;
}

static const char *
config_scope(const struct call *c)
{
	return opt_on(c, "global") ? "--global" : "--local";
}

// --- the merge ------------------------------------------------------------------------

// What the person asked for himself goes before: he should know where no row is merged.
static void
say_theirs(const struct rmk_drivers_state *before, const struct rmk_drivers_state *after)
{
	static const struct rmk_str ours = RMK_STR("rowmark");

	if (after->theirs.n)
		out_printf("  '%.*s' there is yours and goes before it\n",
		    RMK_FMT(after->theirs));
	else if (after->asked.n && !rmk_str_eq(after->asked, ours))
		out_printf("  merge=%.*s, set elsewhere, goes before it\n",
		    RMK_FMT(after->asked));
	else if (before->asked.n && !rmk_str_eq(before->asked, ours) &&
		 !rmk_str_eq(before->asked, RMK_STR("unspecified")))
		out_printf("  it goes before merge=%.*s, which was set elsewhere\n",
		    RMK_FMT(before->asked));
}

static void
say_shared_diff(const struct call *c, const struct rmk_drivers_state *before,
    const struct rmk_drivers_state *after)
{
	if (before->shared_diff && !after->shared_diff)
		out_printf("diff driver: removed for everyone, so that git diff is a "
			   "patch again\n");
	else if (after->shared_diff)
		out_printf(
		    "diff driver: set for all repositories, so that git diff is no "
		    "patch: rowmark install --global%s\n",
		    opt_on(c, "global") ? "" : " removes it");
}

static enum exit_status
merge_driver_install(struct call *c, const struct install_part *part)
{
	struct rmk_drivers_state states[2];
	struct rmk_err err;
	bool changed;

	(void)part;
	if (change_driver(
		c, RMK_DRIVER_MERGE, rmk_drivers_install, states, &changed, &err))
		return complain(&err);
	if (c->quiet)
		return FINE;
	out_printf("merge driver: %s\n", changed ? "installed" : "installed already");
	if (changed)
		out_printf("  %.*s, git config %s merge.rowmark\n",
		    RMK_FMT(states[1].file), config_scope(c));
	say_theirs(&states[0], &states[1]);
	say_shared_diff(c, &states[0], &states[1]);
	return FINE;
}

static enum exit_status
merge_driver_uninstall(struct call *c, const struct install_part *part)
{
	struct rmk_drivers_state states[2];
	struct rmk_err err;
	bool changed;

	(void)part;
	if (change_driver(
		c, RMK_DRIVER_MERGE, rmk_drivers_remove, states, &changed, &err))
		return complain(&err);
	if (c->quiet)
		return FINE;
	out_printf("merge driver: %s\n", changed ? "removed" : "was not installed");
	if (changed)
		out_printf("  %.*s, git config %s merge.rowmark\n",
		    RMK_FMT(states[1].file), config_scope(c));
	return FINE;
}

static const char *
merge_words(const struct rmk_drivers_state *state)
{
	bool asked = state->attributes & RMK_DRIVER_MERGE;

	if (asked && (state->settings & RMK_DRIVER_MERGE))
		return "installed";
	if (state->other & RMK_DRIVER_MERGE)
		return "installed by another version: rowmark install";
	if (asked)
		return "not set up in this clone: rowmark install";
	return state->settings & RMK_DRIVER_MERGE
	           ? "set up, but no file asks for it: rowmark install"
	           : "not installed";
}

static enum exit_status
merge_driver_check(struct call *c, const struct install_part *part)
{
	struct rmk_drivers_state state;
	struct rmk_repo *repo;
	struct rmk_err err;

	(void)part;
	if (drivers_repo(c, &repo, &err) ||
	    rmk_drivers_check(c->arena, repo, opt_on(c, "global"), &state, &err))
		return complain(&err);
	if (!c->quiet) {
		out_printf("merge driver: %s\n", merge_words(&state));
		if (state.attributes & RMK_DRIVER_MERGE)
			say_theirs(&state, &state);
		if (state.shared_diff)
			out_printf("diff driver: set for everyone by another version, so "
				   "that git diff is no patch: rowmark install%s\n",
			    opt_on(c, "global") ? " --global" : "");
	}
	return (state.attributes & state.settings & RMK_DRIVER_MERGE) &&
	               !state.shared_diff
	           ? FINE
	           : FOUND;
}

// --- the diff -------------------------------------------------------------------------

static enum exit_status
diff_driver_install(struct call *c, const struct install_part *part)
{
	struct rmk_drivers_state states[2];
	struct rmk_err err;
	bool changed;

	(void)part;
	if (change_driver(
		c, RMK_DRIVER_DIFF, rmk_drivers_install, states, &changed, &err))
		return complain(&err);
	if (c->quiet)
		return FINE;
	out_printf("diff driver: %s\n", changed ? "installed" : "installed already");
	if (changed)
		out_printf("  info/attributes of this clone, git config --local "
			   "diff.rowmark\n  git diff is for reading now; a patch is made "
			   "by git diff --no-textconv\n");
	return FINE;
}

static enum exit_status
diff_driver_uninstall(struct call *c, const struct install_part *part)
{
	struct rmk_drivers_state states[2];
	struct rmk_err err;
	bool changed;

	(void)part;
	if (change_driver(c, RMK_DRIVER_DIFF, rmk_drivers_remove, states, &changed, &err))
		return complain(&err);
	if (!c->quiet)
		out_printf(
		    "diff driver: %s\n", changed ? "removed" : "was not installed");
	return FINE;
}

static enum exit_status
diff_driver_check(struct call *c, const struct install_part *part)
{
	struct rmk_drivers_state state;
	struct rmk_repo *repo;
	struct rmk_err err;
	bool asked, set;

	(void)part;
	if (drivers_repo(c, &repo, &err) ||
	    rmk_drivers_check(c->arena, repo, opt_on(c, "global"), &state, &err))
		return complain(&err);
	asked = state.attributes & RMK_DRIVER_DIFF;
	set = state.settings & RMK_DRIVER_DIFF;
	if (!c->quiet)
		out_printf("diff driver: %s\n",
		    asked && set ? "installed: git diff shows rows in this clone"
		    : asked
			? "not as this version sets it up: rowmark install --diff=rows"
			: "not installed");
	return asked && set ? FINE : FOUND;
}

const struct install_part install_merge = {
    "merge", merge_driver_install, merge_driver_uninstall, merge_driver_check};
const struct install_part install_diff = {
    "diff", diff_driver_install, diff_driver_uninstall, diff_driver_check};
