// What `check` does with many files: read, check, put together.
//
//	words ─▶ files[] ─▶ pool: read, parse, rules ─▶ across files ─▶ findings in order
//	                          (all cores)            keys, refs
//
// Text and document of a file are freed with it, and its findings are kept packed. Only what
// keys and references across files, --fix and report need stays until they are done.
#ifndef TOOL_CHECK_RUN_H
#define TOOL_CHECK_RUN_H

#include "check/kept.h"
#include "git/parents.h"
#include "open_table.h"

#include <pthread.h>

// A file under work, in an arena of its own, which holds this struct too.
struct check_work {
	struct rmk_arena arena;
	struct rmk_file_id id;
	struct rmk_str text;
	struct rmk_doc *doc; // NULL: could not be parsed
	struct rmk_findings found;
	struct rmk_check_base *bases; // [run->nrevs] older versions, and what is in them
	size_t nbefore;               // findings that an older version has too
	struct rmk_err err;           // code RMK_OK: it was read
	bool *used;                   // [nsettings] which settings made a difference
};

// There may be a hundred thousand of them: what is here is for as long as the command runs.
struct check_file {
	const struct wanted *wanted;
	struct check_work *work; // NULL: given back
	struct rmk_kept *kept;   // then: what was found; NULL: nothing was
	struct rmk_err *err;     // and why it could not be read, or NULL
	uint32_t nerrors, nwarnings, nfixable, nbefore;
	bool context; // read for what others refer to; its own findings are not reported
	bool missing; // gone, where all files were asked for: no trouble
};

// A tree of paths in which links lead somewhere: the index, or a commit.
struct check_tree {
	struct check_run *run;
	enum rmk_repo_side side;
	struct rmk_str rev;    // of a commit
	struct rmk_map *paths; // with their folders, made when first asked for
	bool unknown;          // they cannot be read
};

// A version that findings are compared with.
struct check_rev {
	struct rmk_str rev;
	struct check_tree tree;
	bool asked; // for renames
	struct rmk_git_rename *renames;
	size_t nrenames;
};

struct check_run {
	struct call *call;
	// What is wanted, filled by the caller.
	bool staged;          // the index
	bool whole;           // of what is staged: not only what the commit brings
	bool keep;            // all documents
	bool fix;             // documents of which something can be mended
	bool whole_files;     // no table is to be named
	bool unnamed;         // findings without the names of their rows
	bool lines_only;      // and nothing of them but what a line says
	struct rmk_str since; // a revision, or empty
	const char **rules;   // [nrules] NAME=LEVEL
	size_t nrules;
	// What is found.
	struct rmk_arena kept;    // findings of files that are given back
	struct check_file *files; // [nfiles]
	size_t nfiles;
	struct rmk_config config;
	struct rmk_rule_setting *settings; // [nsettings] one a rule that is set
	uint32_t *lines; // [nsettings] in the configuration; 0: of the command line
	size_t nsettings;
	struct rmk_str top;     // of the worktree; empty: no tree is known
	struct rmk_str below;   // the current folder from the top, "docs/" or empty
	pthread_mutex_t lock;   // of the repository, which one thread at a time may use
	struct check_tree tree; // the one that is checked; not the worktree's
	struct check_rev *revs; // [nrevs] what is old in any of them is not reported
	size_t nrevs;
	bool skip_missing; // a path that is gone is no trouble: all files were asked for
};

// The files named, or staged, or all there are; and the levels of the rules. Complains
// itself: RMK_OK or the code of the failure.
enum rmk_code check_collect(struct check_run *run, struct rmk_err *err);

// check_levels.c: the levels of rules, of .rowmark.ini and of --rule, which wins.
enum rmk_code check_collect_levels(struct check_run *run, struct rmk_err *err);

// Read and check them all, across files too.
void check_all(struct check_run *run);

// Whether a file is reported on: it was not read for references alone, and is not gone
// where all files were asked for. Its err may still say that it could not be read.
bool check_messages(const struct check_file *file);

// Why a file could not be read, or NULL.
const struct rmk_err *check_error(const struct check_file *file);

// Give back what is still open, its findings kept.
void check_settle_all(struct check_run *run);

// The memory of all files.
void check_free(struct check_run *run);

// The file's path from the top of its tree.
struct rmk_str check_tree_path(
    struct check_run *run, const struct check_file *file, struct rmk_arena *a);

// What a file's rules know of its surroundings, for a second check of other bytes.
struct rmk_check_opts check_opts_of(
    struct check_run *run, struct check_file *file, struct rmk_arena *a);

// How the regions of a file read from there reach the files they count.
void check_open_beside_of(struct check_run *run, const struct rmk_source *source,
    struct rmk_arena *a, struct rmk_check_opts *opts);

// Other files that its regions count are of this commit.
void check_open_in(
    const struct rmk_check_opts *opts, struct rmk_arena *a, struct rmk_str rev);

// check_base.c: with which versions to compare; and of a file's findings only those that
// none of them has, with the rows that one of them shows and the file does not. Then the
// same for findings across files, lists[n] of the files index[n].
enum rmk_code check_find_revs(struct check_run *run, struct rmk_err *err);
void check_compare(struct check_run *run, struct check_file *file);
void check_compare_across(
    struct check_run *run, const size_t *index, size_t n, struct rmk_findings *lists);

// Whether a path is in a tree, for rmk_check_opts (ctx: struct check_tree).
bool check_in_tree(void *ctx, struct rmk_str path);

// Mend the files in place: those of the index there, and the worktree where the same
// lines stand. TROUBLE when one could not be written. What is left is checked again.
enum exit_status check_fix_all(struct check_run *run, size_t *nfixed);

#endif
