// What `install` puts into a repository, and takes out again.
//
//	part         where                                        file
//	--hook       hooks/pre-commit, pre-merge-commit           install_hook.c
//	--merge      .gitattributes, git config                   install_drivers.c
//	--diff=rows  .git/info/attributes, git config             install_drivers.c
//
// A part is one file, its only export a struct install_part; install_parts lists them. The
// option of its name chooses it; without an option the hook and the merge are meant.
#ifndef TOOL_INSTALL_H
#define TOOL_INSTALL_H

#include "cmd.h"

// In a comment of the hook. One of another format is said to be by another version.
#define HOOK_FORMAT "1"

struct install_part {
	const char *option; // "hook"
	enum exit_status (*install)(struct call *c, const struct install_part *part);
	enum exit_status (*uninstall)(struct call *c, const struct install_part *part);
	// FOUND: not, or not as this version would.
	enum exit_status (*check)(struct call *c, const struct install_part *part);
};

extern const struct install_part install_hook;
extern const struct install_part install_merge;
extern const struct install_part install_diff;

#endif
