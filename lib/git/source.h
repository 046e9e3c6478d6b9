// Where bytes come from: the worktree, the index, a commit, standard input.
//
//	README.md          the worktree's file
//	-                  standard input
//	:README.md         the index
//	HEAD~3:README.md   a commit
//
// Every reading command works on every source; the configuration (.rowmark.ini) is read
// from the same source as the Markdown.
#ifndef RMK_GIT_SOURCE_H
#define RMK_GIT_SOURCE_H

#include "git/repository.h"
#include "io/config.h"
#include "io/file.h"

enum rmk_place { RMK_FROM_WORKTREE, RMK_FROM_STDIN, RMK_FROM_INDEX, RMK_FROM_COMMIT };

// One file in one place.
struct rmk_source {
	enum rmk_place place;
	struct rmk_str rev;   // COMMIT: what was typed before the ':'
	struct rmk_str path;  // as typed; "-" for standard input
	struct rmk_str shown; // how messages and addresses name it ("HEAD~3:README.md")
};

// Read what was typed: an existing file comes first, so that "a:b.md" can be a file.
struct rmk_source rmk_source_parse(struct rmk_arena *a, struct rmk_str typed);

// Its bytes. repo may be NULL: then one is opened when the place needs it, and *repo set
// (the caller closes it). id is filled for the worktree, may be NULL.
enum rmk_code rmk_source_read(struct rmk_arena *a, const struct rmk_source *src,
    struct rmk_repo **repo, struct rmk_str *out, struct rmk_file_id *id,
    struct rmk_err *err);

// The configuration as it is in that place; an empty one where there is none. repo as
// above; outside a repository it is that of the current folder.
enum rmk_code rmk_source_config(struct rmk_arena *a, enum rmk_place place,
    struct rmk_str rev, struct rmk_repo **repo, struct rmk_config *out,
    struct rmk_err *err);

// All Markdown files: of the repository's worktree, index or commit (those the
// configuration includes), else, outside a repository, those below the current folder.
// Paths are relative to the current folder. repo as above; *repo stays NULL outside. config
// (may be NULL) is the configuration, its notes those on patterns that matched nothing.
enum rmk_code rmk_source_all(struct rmk_arena *a, enum rmk_place place,
    struct rmk_str rev, struct rmk_repo **repo, struct rmk_source **out, size_t *n,
    struct rmk_config *config, struct rmk_err *err);

// Of the worktree's files those that git tracks: what a commit can be of. git itself is not
// asked, so that this is quick in a large repository.
enum rmk_code rmk_source_tracked(struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_source **out, size_t *n, struct rmk_err *err);

// Of the worktree's files those below a folder, as typed. A folder outside the repository
// is walked.
enum rmk_code rmk_source_below(struct rmk_arena *a, struct rmk_str folder,
    struct rmk_repo **repo, struct rmk_source **out, size_t *n, struct rmk_err *err);

#endif
