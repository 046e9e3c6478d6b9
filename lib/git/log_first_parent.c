// The walk along first parents, for all files at once.
//
//	README.md, docs/a.md, docs/b.md     top ── README.md          a node a folder or file
//	                                      `── docs ── a.md, b.md
//
// Every node keeps the id it had in the commit at hand. Going to the parent, a folder
// whose id is the same is left alone with all below it; so a commit costs its own object
// (none where the commit-graph has it) and the trees on the way to a change.
#include "git/object_read.h"

#include "base/map.h"

#include <string.h>

struct node {
	struct rmk_str name;
	struct rmk_oid id;   // in the commit at hand; none: not there
	struct rmk_oid next; // in its parent
	struct node *child, *sibling;
	bool is_file;
	size_t file;         // index of the path asked for
	struct rmk_str path; // files: the whole path
	size_t last;         // files: the version that has no parent yet, or RMK_NONE
};

// A file that had another name in the parent.
struct renamed {
	struct rmk_str from;
	size_t file, last;
};

struct first {
	struct rmk_walk *w;
	struct node top;
	struct rmk_commit_raw at; // the commit at hand
	struct rmk_oid older;     // the tree of its parent
	bool has_older;
	struct rmk_map seen;     // commits, where objects stand for others
	struct renamed *renamed; // [nrenamed] met in this step
	size_t nrenamed, cap;
};

static struct node *
add_node(struct rmk_arena *a, struct node *folder, struct rmk_str name)
{
	struct node *n = RMK_NEW(a, struct node);

	n->name = name;
	n->sibling = folder->child;
	folder->child = n;
	return n;
}

static struct node *
folder_of(struct rmk_arena *a, struct node *in, struct rmk_str name)
{
	for (struct node *n = in->child; n; n = n->sibling) {
		if (!n->is_file && rmk_str_eq(n->name, name))
			return n;
	}
	return add_node(a, in, name);
}

// A path may be followed twice (two files that once were one): each has its own node.
static void
log_first_parent_add_file(struct first *f, struct rmk_str path, size_t file, size_t last)
{
	struct node *folder = &f->top, *n;
	struct rmk_str rest = path, name;

	while (rmk_str_split(&rest, '/', &name) && rest.s)
		folder = folder_of(f->w->a, folder, name);
	n = add_node(f->w->a, folder, name);
	n->is_file = true;
	n->file = file;
	n->path = path;
	n->last = last;
}

// What is looked for in a folder.
struct wanted {
	struct node *child;
	size_t missing;
};

static bool
note_entry(
    void *ctx, struct rmk_str name, bool is_tree, bool is_file, const struct rmk_oid *id)
{
	struct wanted *w = ctx;

	for (struct node *n = w->child; n; n = n->sibling) {
		if (rmk_str_eq(n->name, name) && (n->is_file ? is_file : is_tree)) {
			n->next = *id;
			w->missing--;
		}
	}
	return w->missing > 0;
}

static enum rmk_code
read_folder(struct first *f, struct node *folder, struct rmk_err *err)
{
	struct wanted wanted = {.child = folder->child};

	for (struct node *n = folder->child; n; n = n->sibling) {
		n->next = (struct rmk_oid){0};
		wanted.missing++;
	}
	return rmk_oid_is_none(&folder->next)
	           ? RMK_OK
	           : rmk_walk_tree(f->w, &folder->next, note_entry, &wanted, err);
}

// Take the ids of a folder as they are, at the start and after a rename.
static enum rmk_code
log_first_parent_settle(struct first *f, struct node *folder, struct rmk_err *err)
{
	enum rmk_code code = read_folder(f, folder, err);

	folder->id = folder->next;
	for (struct node *n = folder->child; n && !code; n = n->sibling) {
		n->id = n->next;
		if (!n->is_file)
			code = log_first_parent_settle(f, n, err);
	}
	return code;
}

// The file differs between the commit at hand and its parent: the commit made a version.
static enum rmk_code
step_file(struct first *f, struct node *n, struct rmk_err *err)
{
	struct rmk_revisions *out = f->w->out;
	struct rmk_revision *v;
	struct rmk_str from;
	enum rmk_code code = rmk_walk_fill(f->w, &f->at, err);

	if (code)
		return code;
	v = rmk_walk_emit(f->w, &f->at, n->file, n->path);
	v->blob = n->id;
	v->gone = rmk_oid_is_none(&n->id);
	if (n->last != RMK_NONE)
		out->v[n->last].parent = out->n - 1;
	n->last = out->n - 1;
	n->id = n->next;
	if (f->has_older && rmk_oid_is_none(&n->id) && !v->gone &&
	    rmk_walk_renamed(f->w, &f->older, &f->at.tree, n->path, &from)) {
		*RMK_PUSH(f->w->a, f->renamed, f->nrenamed, f->cap) = (struct renamed){
		    from, n->file, n->last};
		n->name = (struct rmk_str){0};
	}
	return RMK_OK;
}

// Bring a folder from its ids in the commit at hand to those in the parent.
static enum rmk_code
step_folder(struct first *f, struct node *folder, struct rmk_err *err)
{
	enum rmk_code code = read_folder(f, folder, err);

	folder->id = folder->next;
	for (struct node *n = folder->child; n && !code; n = n->sibling) {
		if (rmk_oid_eq(&n->id, &n->next))
			continue;
		code = n->is_file ? step_file(f, n, err) : step_folder(f, n, err);
	}
	return code;
}

// A file met under another name goes on under that one only: what stood under its new
// name before was another file.
static enum rmk_code
follow_renamed(struct first *f, struct rmk_err *err)
{
	if (f->nrenamed == 0)
		return RMK_OK;
	for (size_t i = 0; i < f->nrenamed; i++) {
		const struct renamed *r = &f->renamed[i];
		log_first_parent_add_file(f, r->from, r->file, r->last);
	}
	f->nrenamed = 0;
	f->top.next = f->older;
	return log_first_parent_settle(f, &f->top, err);
}

// A commit that stands for another may have it as its parent: as git does, the walk ends where
// it has been.
static bool
leads_round(struct first *f)
{
	struct rmk_str id, parent;

	if (!f->w->repo->replaces)
		return false;
	f->seen.arena = f->w->a;
	id = rmk_oid_hex(f->w->a, &f->at.id, RMK_NONE);
	parent = rmk_oid_hex(f->w->a, &f->at.parents[0], RMK_NONE);
	*rmk_map_put(&f->seen, id) = 0;
	return rmk_map_get(&f->seen, parent) != RMK_NONE;
}

static enum rmk_code
log_first_parent_step(struct first *f, struct rmk_commit_raw *parent, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	f->has_older = f->at.nparents > 0 && !leads_round(f);
	f->older = (struct rmk_oid){0};
	if (f->has_older) {
		code = rmk_walk_link(f->w, &f->at.parents[0], f->at.parent, parent, err);
		if (code)
			return code;
		f->older = parent->tree;
	}
	f->top.next = f->older;
	if (!rmk_oid_eq(&f->top.id, &f->top.next))
		code = step_folder(f, &f->top, err);
	return code ? code : follow_renamed(f, err);
}

// What an earlier walk found from the commit at hand on; NULL: nothing is known.
static const struct rmk_revisions *
known_from_here(const struct first *f)
{
	const struct rmk_revisions *known = f->w->opts->known;

	return known && !f->w->nshallow && f->w->opts->npaths == 1 &&
	               rmk_oid_eq(&f->at.id, &known->start)
	           ? known
	           : NULL;
}

// What is known follows, if the file still has the name it began with there.
static bool
join_known(struct first *f)
{
	struct rmk_revisions *out = f->w->out;
	size_t first = out->n;
	const struct rmk_revisions *known;

	if (first && !rmk_str_eq(out->v[first - 1].path, f->w->opts->paths[0]))
		return false;
	if (!(known = known_from_here(f)))
		return false;
	for (size_t i = 0; i < known->n; i++) {
		struct rmk_revision *v = RMK_PUSH(f->w->a, out->v, out->n, f->w->cap);
		*v = known->v[i];
		v->parent = v->parent == RMK_NONE ? RMK_NONE : v->parent + first;
	}
	if (first && known->n)
		out->v[first - 1].parent = first;
	return true;
}

static enum rmk_code
log_first_parent_walk(struct first *f, struct rmk_err *err)
{
	const struct rmk_git_log_opts *opts = f->w->opts;
	struct rmk_commit_raw parent;
	enum rmk_code code;

	f->top.next = f->at.tree;
	if ((code = log_first_parent_settle(f, &f->top, err)))
		return code;
	while (!join_known(f)) {
		parent = (struct rmk_commit_raw){0};
		code = log_first_parent_step(f, &parent, err);
		rmk_commit_close(&f->at);
		f->at = parent;
		if (code || !f->has_older)
			return code;
		if (opts->tick && !opts->tick(opts->ctx, f->w->out->ncommits))
			return rmk_fail(err, RMK_REFUSED, "stopped");
	}
	return RMK_OK;
}

enum rmk_code
rmk_walk_first(struct rmk_walk *w, const struct rmk_oid *start, struct rmk_err *err)
{
	struct first f = {.w = w};
	enum rmk_code code;

	for (size_t i = 0; i < w->opts->npaths; i++)
		log_first_parent_add_file(&f, w->opts->paths[i], i, RMK_NONE);
	f.at.id = *start;
	if (join_known(&f))
		return RMK_OK;
	if ((code = rmk_walk_link(w, start, RMK_NO_PLACE, &f.at, err)))
		return code;
	code = log_first_parent_walk(&f, err);
	rmk_commit_close(&f.at);
	return code;
}
