// The drivers by which git speaks in rows: what tells git to use them.
//
//	.gitattributes    *.md merge=rowmark diff=rowmark     which files
//	git config        merge.rowmark.driver                 what is run for them
//	                  diff.rowmark.textconv
//
// With global set, the lines go to git's own attributes file of the user
// (core.attributesFile) and the configuration to the user's. Lines and settings that are
// not ours stay untouched; a file of attributes that holds nothing else is removed with
// the last of ours.
#ifndef RMK_GIT_DRIVERS_H
#define RMK_GIT_DRIVERS_H

#include "git/repository.h"

// Bits.
enum rmk_driver { RMK_DRIVER_MERGE = 1, RMK_DRIVER_DIFF = 2 };

// Install or remove drivers. repo may be NULL with global. *changed: whether there was
// anything to do.
RMK_API enum rmk_code rmk_drivers_install(struct rmk_arena *a, struct rmk_repo *repo,
    unsigned drivers, bool global, bool *changed, struct rmk_err *err);
RMK_API enum rmk_code rmk_drivers_remove(struct rmk_arena *a, struct rmk_repo *repo,
    unsigned drivers, bool global, bool *changed, struct rmk_err *err);

// What is installed, in either place: bits of drivers whose attribute and whose setting
// is there.
struct rmk_drivers_state {
	unsigned attributes, settings;
	struct rmk_str file; // the file of attributes that was looked at
};
RMK_API enum rmk_code rmk_drivers_check(struct rmk_arena *a, struct rmk_repo *repo,
    bool global, struct rmk_drivers_state *out, struct rmk_err *err);

#endif
