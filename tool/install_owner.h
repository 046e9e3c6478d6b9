// Programs that write a repository's hooks themselves, each from a file of its own.
//
//	hooks/pre-commit   "call_lefthook run ..."     its text says whose it is
//	lefthook.yml       run: rowmark check --staged  where a person puts what it runs
//
// Their hooks are not written to: they would write over it the next time. What is to be
// added to their file is said.
#ifndef TOOL_INSTALL_OWNER_H
#define TOOL_INSTALL_OWNER_H

#include "cmd.h"

struct hook_owner {
	const char *name;  // "lefthook"
	const char *mark;  // what is in each hook of its
	const char *files; // where it is configured, by spaces; the first is to be edited
	const char *advice; // what to add there, whole lines
};

// Who wrote a hook with this text; NULL: nobody that is known.
const struct hook_owner *hook_owner_of(struct rmk_str text);

// The file of its, below the folder top, that has rowmark check the tables; NULL: none has.
const char *hook_owner_calls(
    struct rmk_arena *a, const struct hook_owner *owner, struct rmk_str top);

#endif
