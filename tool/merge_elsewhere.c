// Where a row is that one side of a merge took to another file: see merge_elsewhere.h.
#include "merge_elsewhere.h"
#include "git/repository.h"
#include "io/file.h"
#include "open_table.h"
#include "out.h"
#include "table/value.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

#define MOST_ELSEWHERE 20

// What is merged into HEAD: git names it in its environment, or where a commit is picked.
static struct rmk_str
merge_other_head(struct rmk_arena *a, struct rmk_repo *repo)
{
	static const char *const names[] = {
	    "MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD"};
	struct rmk_str mark = RMK_STR("GITHEAD_");
	struct rmk_err unused;

	for (char **e = environ; *e; e++) {
		struct rmk_str line = rmk_str_of(*e);
		size_t end = rmk_str_chr(line, '=');

		if (rmk_str_starts(line, mark) && end != RMK_NONE)
			return rmk_str_part(line, mark.n, end - mark.n);
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (rmk_repo_check_rev(a, repo, rmk_str_of(names[i]), &unused) == RMK_OK)
			return rmk_str_of(names[i]);
	return RMK_STR("");
}

// The line of the only row that is called so in a document; 0: none, or several.
static uint32_t
merge_line_of(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str key)
{
	uint32_t line = 0;

	for (size_t t = 0; t < doc->ntables; t++) {
		size_t col = rmk_schema_of(a, doc, t)->key;

		for (size_t r = 0; r < doc->tables[t].nrows; r++) {
			const struct rmk_row *row = &doc->tables[t].rows[r];

			if (!rmk_str_eq(
				rmk_value_key(a, rmk_doc_cell(doc, row, col)), key))
				continue;
			if (line)
				return 0;
			line = row->line;
		}
	}
	return line;
}

static bool
merge_wants(void *ctx, struct rmk_str path)
{
	return rmk_file_is_markdown(path) &&
	       !rmk_str_eq(path, *(const struct rmk_str *)ctx);
}

static enum rmk_code
merge_read_doc(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_str rev,
    struct rmk_str path, struct rmk_doc **out)
{
	struct rmk_err err;
	struct rmk_str text;

	return rmk_repo_read(a, repo, rev, path, &text, &err) ||
	               rmk_doc_parse(a, path, text, 0, out, &err)
	           ? err.code
	           : RMK_OK;
}

// Rows of these names that a commit has elsewhere, and not in the file itself.
static void
merge_look_in(struct call *c, struct rmk_repo *repo, struct rmk_str rev,
    struct rmk_str path, const struct rmk_str *names, size_t n)
{
	struct rmk_str *paths;
	struct rmk_err unused;
	struct rmk_doc *own, *doc;
	size_t npaths;

	if (rev.n == 0 || merge_read_doc(c->arena, repo, rev, path, &own) ||
	    rmk_repo_list(c->arena, repo, RMK_SIDE_COMMIT, rev, merge_wants, &path,
		&paths, &npaths, &unused))
		return;
	for (size_t i = 0; i < npaths; i++) {
		struct rmk_arena_mark mark = rmk_arena_mark(c->arena);

		if (merge_read_doc(c->arena, repo, rev, paths[i], &doc)) {
			rmk_arena_reset(c->arena, mark);
			continue;
		}
		for (size_t k = 0; k < n; k++) {
			struct rmk_str key = rmk_value_key(
			    c->arena, rmk_cell_raw(c->arena, names[k]));
			uint32_t line = merge_line_of(c->arena, doc, key);

			if (line && !merge_line_of(c->arena, own, key))
				out_warn(
				    "%.*s: a row '%.*s' is in %.*s, line %u, of %.*s",
				    RMK_FMT(path), RMK_FMT(names[k]), RMK_FMT(paths[i]),
				    line, RMK_FMT(rmk_str_part(rev, 0, 16)));
		}
		rmk_arena_reset(c->arena, mark);
	}
}

void
merge_say_elsewhere(struct call *c, struct rmk_str path, const struct rmk_merge *m)
{
	struct rmk_str names[MOST_ELSEWHERE];
	struct rmk_repo *repo;
	struct rmk_err unused;
	size_t n = 0;

	for (size_t i = 0; i < m->nconflicts && n < MOST_ELSEWHERE; i++) {
		size_t space = rmk_str_chr(m->conflicts[i].where, ' ');

		if (space != RMK_NONE &&
		    rmk_str_find(m->conflicts[i].what, RMK_STR("deleted it")) != RMK_NONE)
			names[n++] = rmk_str_from(m->conflicts[i].where, space + 1);
	}
	if (n == 0 || c->quiet || call_repo(c, &repo, &unused))
		return;
	merge_look_in(c, repo, RMK_STR("HEAD"), path, names, n);
	merge_look_in(c, repo, merge_other_head(c->arena, repo), path, names, n);
}
