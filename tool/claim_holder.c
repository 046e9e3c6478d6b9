// Who has a row, here and in the other worktrees: see claim.h.
//
//	HEAD             parse |     |   the commit where the two part: nobody has it
//	topic's commit   parse | bob |   bob has taken it there since: he has it
//
// What another worktree has had since before the two parted is older than what is said here.
#include "claim.h"
#include "git/line_merge.h"
#include "git/worktrees.h"
#include "schema/owner.h"

struct claim_others {
	struct rmk_worktree *v;
	struct rmk_str
	    *bases; // [n] where its branch and HEAD part; s NULL: not asked yet
	size_t n;
	struct claim_version *versions; // [nversions] documents that were read
	size_t nversions, cap;
};

// A file in a commit; doc NULL: it is not there.
struct claim_version {
	const struct file *file;
	struct rmk_str rev;
	struct rmk_doc *doc;
};

static enum rmk_code
claim_look_around(struct claim *k, struct rmk_repo *repo, struct rmk_err *err)
{
	struct claim_others *others = RMK_NEW(k->c->arena, struct claim_others);

	if (k->others)
		return RMK_OK;
	if (rmk_git_worktrees(k->c->arena, repo, &others->v, &others->n, err))
		return err->code;
	others->bases = RMK_NEW_N(k->c->arena, struct rmk_str, others->n + 1);
	k->others = others;
	return RMK_OK;
}

static const struct rmk_doc *
version_of(
    struct claim *k, struct rmk_repo *repo, const struct file *file, struct rmk_str rev)
{
	struct claim_others *o = k->others;
	struct rmk_arena *a = k->c->arena;
	struct claim_version v = {.file = file, .rev = rev};
	struct rmk_str path, text;
	struct rmk_err unused;

	for (size_t i = 0; i < o->nversions; i++)
		if (o->versions[i].file == file && rmk_str_eq(o->versions[i].rev, rev))
			return o->versions[i].doc;
	if (rmk_repo_path(a, repo, file->source.path, &path, &unused) ||
	    rmk_repo_read(a, repo, rev, path, &text, &unused) ||
	    rmk_doc_parse(a, path, text, 0, &v.doc, &unused))
		v.doc = NULL;
	*RMK_PUSH(a, o->versions, o->nversions, o->cap) = v;
	return v.doc;
}

// The owner that a commit has for a row; false where it lacks file, table or row.
static bool
owner_in(struct claim *k, struct rmk_repo *repo, struct rmk_str rev,
    const struct write *w, struct rmk_str *out)
{
	const struct rmk_doc *doc = version_of(k, repo, w->file, rev);
	struct rmk_err unused;

	return doc && rmk_change_cell(
			  k->c->arena, "HEAD", doc, &w->change, out, &unused) == RMK_OK;
}

static bool
is_another(struct claim *k, struct rmk_str owner)
{
	return !rmk_owner_is_nobody(k->c->arena, owner) &&
	       !(k->as.s && rmk_owner_is(k->c->arena, owner, k->as));
}

// Where the branch of a worktree and HEAD part; empty: nowhere.
static struct rmk_str
parting_of(struct claim *k, struct rmk_repo *repo, size_t other)
{
	struct rmk_str *base = &k->others->bases[other];
	struct rmk_err unused;

	if (!base->s && rmk_git_merge_base(k->c->arena, repo, RMK_STR("HEAD"),
			    k->others->v[other].head, base, &unused))
		*base = RMK_STR("");
	return *base;
}

// Whether a worktree has given the row to somebody since its branch and HEAD parted.
static bool
took_it(struct claim *k, struct rmk_repo *repo, size_t other, const struct write *w,
    struct rmk_str here, struct rmk_str *owner)
{
	struct rmk_str base, before;

	if (!owner_in(k, repo, k->others->v[other].head, w, owner) ||
	    !is_another(k, *owner) || rmk_str_eq(*owner, here))
		return false;
	base = parting_of(k, repo, other);
	return base.n == 0 || !owner_in(k, repo, base, w, &before) ||
	       !rmk_str_eq(before, *owner);
}

static enum rmk_code
find_elsewhere_held(struct claim *k, const struct picked_row *row, struct rmk_str here,
    struct claim_holder *out, struct rmk_err *err)
{
	struct rmk_arena *a = k->c->arena;
	struct write w = write_cell(
	    a, &row->table, row->row, claim_owner_column(k->c, row), k->as);
	struct rmk_repo *repo;
	struct rmk_str owner;

	if (call_repo(k->c, &repo, NULL))
		return RMK_OK;
	if (claim_look_around(k, repo, err))
		return err->code;
	write_name_cells(a, &w, 1);
	if (owner_in(k, repo, RMK_STR("HEAD"), &w, &owner) && is_another(k, owner) &&
	    !rmk_str_eq(owner, here)) {
		*out = (struct claim_holder){owner,
		    owner_since(
			&k->owners, &row->table, row->row, RMK_STR("HEAD"), owner),
		    RMK_STR("in HEAD")};
		return RMK_OK;
	}
	for (size_t i = 0; i < k->others->n; i++) {
		const struct rmk_worktree *other = &k->others->v[i];

		if (!took_it(k, repo, i, &w, here, &owner))
			continue;
		*out = (struct claim_holder){owner,
		    owner_since(&k->owners, &row->table, row->row, other->head, owner),
		    rmk_str_printf(a, "in the worktree %.*s%s%.*s", RMK_FMT(other->path),
			other->branch.n ? ", branch " : "", RMK_FMT(other->branch))};
		return RMK_OK;
	}
	return RMK_OK;
}

enum rmk_code
claim_find_holder(struct claim *k, const struct picked_row *row, struct claim_holder *out,
    struct rmk_err *err)
{
	struct rmk_str here = claim_owner_cell(k->c, row);

	*out = (struct claim_holder){0};
	if (is_another(k, here)) {
		*out = (struct claim_holder){here,
		    owner_since(&k->owners, &row->table, row->row, RMK_STR("HEAD"), here),
		    RMK_STR("")};
		return RMK_OK;
	}
	return find_elsewhere_held(k, row, here, out, err);
}
