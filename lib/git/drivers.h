// The drivers by which git merges, and on request shows, tables by rows.
//
//	merge   .gitattributes          *.md merge=rowmark      which files
//	        git config              merge.rowmark.driver    what is run for them
//	diff    .git/info/attributes    *.md diff=rowmark       this clone alone, since
//	        git config              diff.rowmark.textconv   its git diff is no patch
//
// With global set, the line of the merge goes to git's own attributes file of the user
// (core.attributesFile) and the configuration to the user's. Lines and settings that are
// not ours stay untouched, and so does what they mean: ours are put first, since in a file
// of attributes the last line wins. A file that holds nothing else is removed with the last
// of ours.
//
// What is configured is a line for the shell that does without rowmark where it cannot run:
// then git merges by lines and shows the file as it is.
#ifndef RMK_GIT_DRIVERS_H
#define RMK_GIT_DRIVERS_H

#include "git/repository.h"

// In the driver's name. One of another format is said to be by another version.
#define RMK_DRIVERS_FORMAT "1"

// Bits.
enum rmk_driver { RMK_DRIVER_MERGE = 1, RMK_DRIVER_DIFF = 2 };

// Install or remove a driver. repo may be NULL with global, which the diff driver, being of
// one clone, has not (RMK_INVALID). *changed: whether there was anything to do. Installing
// the merge driver also takes away the lines and settings by which an older version made
// git diff show rows to everyone.
enum rmk_code rmk_drivers_install(struct rmk_arena *a, struct rmk_repo *repo,
    enum rmk_driver driver, bool global, bool *changed, struct rmk_err *err);
// Removes it from wherever any version has put it.
enum rmk_code rmk_drivers_remove(struct rmk_arena *a, struct rmk_repo *repo,
    enum rmk_driver driver, bool global, bool *changed, struct rmk_err *err);

// What is installed: bits of drivers.
struct rmk_drivers_state {
	unsigned attributes; // a line asks for it
	unsigned settings;   // git knows what to run, as this version writes it
	unsigned other;      // git knows what to run, as another version wrote it
	bool shared_diff;    // git diff shows rows by an older install, for everyone
	struct rmk_str file; // the file of attributes with the line of the merge
	struct rmk_str
	    theirs; // the first line in it that says how to merge, and is not ours
	struct rmk_str
	    asked; // what "x.md" is merged with: "rowmark", "union", "unset" ...
};
enum rmk_code rmk_drivers_check(struct rmk_arena *a, struct rmk_repo *repo, bool global,
    struct rmk_drivers_state *out, struct rmk_err *err);

// The merge driver for one run of git, installed nowhere: words behind "git", and two variables.
// Attributes of the repository go before it. folder: where a file of attributes is written;
// program: rowmark itself; options: more words for `rowmark merge`.
struct rmk_driver_once {
	const char *settings[4], *env[2];
};
enum rmk_code rmk_driver_once(struct rmk_arena *a, const struct rmk_repo *repo,
    struct rmk_str folder, const char *program, const char *options,
    struct rmk_driver_once *out, struct rmk_err *err);

#endif
