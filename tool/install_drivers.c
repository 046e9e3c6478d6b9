// rowmark install --merge, --diff: the drivers by which git merges and shows rows.
//
// Locally the attributes stand in .gitattributes, which is to be committed, so that all
// who work on the repository ask for the drivers; the settings git reads from each
// clone's own configuration.
#include "git/drivers.h"
#include "install.h"
#include "opt.h"
#include "out.h"

#include <string.h>

typedef enum rmk_code change_drivers(struct rmk_arena *a, struct rmk_repo *repo,
    unsigned drivers, bool global, bool *changed, struct rmk_err *err);

static const char *
install_drivers_name_of(unsigned driver)
{
	return driver == RMK_DRIVER_MERGE ? "merge driver" : "diff driver";
}

// The repository is not asked for where only the user's own files are meant.
static enum rmk_code
repo_of(struct call *c, struct rmk_repo **out, struct rmk_err *err)
{
	*out = NULL;
	return opt_on(c, "global") ? RMK_OK : call_repo(c, out, err);
}

static enum exit_status
install_drivers_change(struct call *c, unsigned driver, change_drivers *act,
    const char *done, const char *not_done)
{
	struct rmk_drivers_state state;
	struct rmk_repo *repo;
	struct rmk_err err;
	bool changed, global = opt_on(c, "global");

	if (repo_of(c, &repo, &err) ||
	    act(c->arena, repo, driver, global, &changed, &err) ||
	    rmk_drivers_check(c->arena, repo, global, &state, &err))
		return complain(&err);
	if (c->quiet)
		return FINE;
	out_printf(
	    "%s: %s\n", install_drivers_name_of(driver), changed ? done : not_done);
	if (repo)
		state.file = RMK_STR(".gitattributes");
	if (changed)
		out_printf("  %.*s, git config %s %s.rowmark\n", RMK_FMT(state.file),
		    global ? "--global" : "--local",
		    driver == RMK_DRIVER_MERGE ? "merge" : "diff");
	return FINE;
}

static enum exit_status
install_drivers_check(struct call *c, const struct install_part *part)
{
	struct rmk_drivers_state state;
	struct rmk_repo *repo;
	struct rmk_err err;
	bool global = opt_on(c, "global"), attributes, settings;

	if (repo_of(c, &repo, &err) ||
	    rmk_drivers_check(c->arena, repo, global, &state, &err))
		return complain(&err);
	attributes = state.attributes & part->driver;
	settings = state.settings & part->driver;
	if (!c->quiet)
		out_printf("%s: %s\n", install_drivers_name_of(part->driver),
		    attributes && settings ? "installed"
		    : attributes           ? "not set up in this clone: rowmark install"
		    : settings ? "set up, but no file asks for it: rowmark install"
			       : "not installed");
	return attributes && settings ? FINE : FOUND;
}

static enum exit_status
install_drivers_install(struct call *c, const struct install_part *part)
{
	return install_drivers_change(
	    c, part->driver, rmk_drivers_install, "installed", "installed already");
}

static enum exit_status
install_drivers_uninstall(struct call *c, const struct install_part *part)
{
	return install_drivers_change(
	    c, part->driver, rmk_drivers_remove, "removed", "was not installed");
}

const struct install_part install_merge = {"merge", RMK_DRIVER_MERGE,
    install_drivers_install, install_drivers_uninstall, install_drivers_check};
const struct install_part install_diff = {"diff", RMK_DRIVER_DIFF,
    install_drivers_install, install_drivers_uninstall, install_drivers_check};
