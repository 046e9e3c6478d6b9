// FILE#TABLE to the versions of it: what log, blame and history begin with.
//
//	README.md#papers ──▶ git log of README.md ──▶ versions, newest first ──▶ their texts
//	                 ◀─▶ the cache of the file
#ifndef TOOL_VERSIONS_H
#define TOOL_VERSIONS_H

#include "git/log.h"
#include "history/log.h"
#include "io/cache.h"
#include "open_table.h"
#include "progress.h"

#define OPT_VERSIONS                                                                     \
	{0, "full", NULL, "follow all parents of merges, not only the first", NULL},     \
	{                                                                                \
		0, "date-order", NULL, "date by the committer, not by the author", NULL  \
	}

// The versions of one file, newest first.
struct versions {
	struct rmk_str path;        // from the top
	struct rmk_str shown;       // as it was typed
	struct rmk_str table;       // behind the '#'; empty: all
	struct rmk_revision **v;    // [n]
	struct rmk_moment *moments; // [n] the same
	size_t n;
	struct rmk_cache cache; // open when asked for
	bool cached;
};

struct versions_list {
	struct rmk_repo *repo;
	struct versions *files; // [nfiles] that have any
	size_t nfiles;
	struct rmk_str cut; // the commit where a shallow clone ends; empty: whole
	bool by_committer;
};

enum {
	VERSIONS_CACHED =
	    1, // open the cache of each file, and take the walk of a single one
	       // from it
	VERSIONS_BY_COMMITTER = 2, // dates are of committers, not those that authors gave
};

// Files that nobody named and no commit has are left out; a named one is an error. how: bits of
// the above; --date-order asks for the second too.
enum rmk_code versions_open(struct call *c, char *const *words, size_t n,
    struct progress *progress, unsigned how, struct versions_list *out,
    struct rmk_err *err);

// Write the caches that were opened.
void versions_close(struct versions_list *list);

// One file being read: ctx of the two callbacks that the library asks with.
struct versions_job {
	struct rmk_repo *repo;
	const struct versions *file;
	struct progress *progress;
	const struct versions_list *list;
};
struct versions_job versions_begin(const struct versions_list *list,
    const struct versions *file, struct progress *progress);
enum rmk_code versions_text(void *job, struct rmk_arena *a, size_t moment,
    struct rmk_str *text, struct rmk_err *err);
bool versions_tick(void *job, size_t done, size_t of);
// The other Markdown files of a commit: rmk_log_opts.beside.
enum rmk_code versions_beside(void *job, struct rmk_arena *a, size_t moment,
    struct rmk_beside **out, size_t *n, struct rmk_err *err);

// The versions of a path before a commit, to which the history of a row goes on. Their order is
// behind that of the commit.
enum rmk_code versions_before(struct call *c, const struct versions_list *list,
    const struct rmk_moment *commit, struct rmk_str path, struct progress *progress,
    struct versions_list *out, struct rmk_err *err);

// "history is cut at ...", when it is.
void versions_report_cut(const struct versions_list *list);

#endif
