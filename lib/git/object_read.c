// Reading commits and trees by hand.
#include "git/object_read.h"

#include <stdlib.h>
#include <string.h>

#define YEAR_1 INT64_C(-62135596800)    // 0001-01-01
#define YEAR_9999 INT64_C(253402214400) // 9999-12-31

// Take "word REST\n" off the front.
static bool
take_line(struct rmk_str *text, struct rmk_str word, struct rmk_str *rest)
{
	size_t end = rmk_str_chr(*text, '\n');

	if (end == RMK_NONE || !rmk_str_starts(*text, word))
		return false;
	*rest = rmk_str_part(*text, word.n, end - word.n);
	*text = rmk_str_from(*text, end + 1);
	return true;
}

static bool
is_shallow(const struct rmk_walk *w, const struct rmk_oid *id)
{
	for (size_t i = 0; i < w->nshallow; i++) {
		if (rmk_oid_eq(&w->shallow[i], id))
			return true;
	}
	return false;
}

// A commit gives its time in as many digits as its writer liked. Years of four digits are
// what calendars show and charts can span: beyond them, the nearest.
static int64_t
read_time(const char *digits, char **end)
{
	int64_t time = strtoll(digits, end, 10);

	return time < YEAR_1 ? YEAR_1 : time > YEAR_9999 ? YEAR_9999 : time;
}

// "Name <mail> 1700000000 +0100"
static struct rmk_stamp
read_stamp(struct rmk_arena *a, struct rmk_str line)
{
	struct rmk_stamp s = {0};
	size_t open = rmk_str_chr(line, '<'), close = rmk_str_rchr(line, '>');
	char tail[64], *end;
	long zone;

	if (open == RMK_NONE || close == RMK_NONE || close < open)
		return s;
	s.name = rmk_str_copy(a, rmk_str_trim(rmk_str_part(line, 0, open)));
	s.mail = rmk_str_copy(a, rmk_str_part(line, open + 1, close - open - 1));
	line = rmk_str_trim(rmk_str_from(line, close + 1));
	if (line.n >= sizeof tail)
		return s;
	memcpy(tail, line.s, line.n);
	tail[line.n] = '\0';
	s.time = read_time(tail, &end);
	zone = strtol(end, NULL, 10);
	if (zone > -2400 && zone < 2400)
		s.zone = (int)(zone / 100 * 60 + zone % 100);
	return s;
}

static bool
parse_commit(struct rmk_str text, struct rmk_commit_raw *c)
{
	struct rmk_str line;
	size_t body, last;

	if (!take_line(&text, RMK_STR("tree "), &line) || !rmk_oid_parse(line, &c->tree))
		return false;
	while (take_line(&text, RMK_STR("parent "), &line)) {
		if (c->nparents == RMK_PARENTS_READ)
			continue;
		if (!rmk_oid_parse(line, &c->parents[c->nparents++]))
			return false;
	}
	if (!take_line(&text, RMK_STR("author "), &c->author) ||
	    !take_line(&text, RMK_STR("committer "), &c->committer))
		return false;
	body = rmk_str_starts(text, RMK_STR("\n")) ? 1
	                                           : rmk_str_find(text, RMK_STR("\n\n"));
	if (body != RMK_NONE)
		c->message = rmk_str_from(text, body == 1 ? 1 : body + 2);
	c->encoded = rmk_str_find(rmk_str_part(text, 0, body == RMK_NONE ? text.n : body),
			 RMK_STR("encoding ")) != RMK_NONE;
	last = rmk_str_rchr(c->committer, '>');
	if (last != RMK_NONE && last + 2 < c->committer.n)
		c->time = read_time(c->committer.s + last + 2, NULL);
	return true;
}

static enum rmk_code
walk_open(struct rmk_walk *w, const struct rmk_oid *id, enum rmk_kind kind,
    struct rmk_object *out, struct rmk_err *err)
{
	struct rmk_err why = {0};
	enum rmk_code code = rmk_object_open(w->repo, id, kind, out, &why);

	return code ? rmk_fail(err, RMK_GIT, "%s %.*s cannot be read: %s",
			  rmk_kind_names[kind], RMK_FMT(rmk_oid_hex(w->a, id, RMK_NONE)),
			  code == RMK_NOT_FOUND ? "it is missing" : why.msg)
	            : RMK_OK;
}

static enum rmk_code
read_commit(struct rmk_walk *w, const struct rmk_oid *id, struct rmk_commit_raw *out,
    struct rmk_err *err)
{
	enum rmk_code code;

	*out = (struct rmk_commit_raw){.id = *id, .parent = RMK_NO_PLACE};
	code = walk_open(w, id, RMK_KIND_COMMIT, &out->object, err);
	if (code)
		return code;
	if (!parse_commit(out->object.text, out)) {
		rmk_commit_close(out);
		return rmk_fail(err, RMK_GIT, "commit %.*s is malformed",
		    RMK_FMT(rmk_oid_hex(w->a, id, RMK_NONE)));
	}
	return RMK_OK;
}

// A line of info/grafts gives a commit other parents: "COMMIT PARENT PARENT ...".
static void
walk_graft(const struct rmk_walk *w, struct rmk_commit_raw *c)
{
	struct rmk_str rest = w->grafts, line, word;
	struct rmk_oid id;

	while (rmk_str_split(&rest, '\n', &line)) {
		if (!rmk_str_split(&line, ' ', &word) ||
		    !rmk_oid_parse(rmk_str_trim(word), &id) || !rmk_oid_eq(&id, &c->id))
			continue;
		c->nparents = 0;
		while (
		    c->nparents < RMK_PARENTS_READ && rmk_str_split(&line, ' ', &word)) {
			if (rmk_oid_parse(rmk_str_trim(word), &id))
				c->parents[c->nparents++] = id;
		}
	}
}

enum rmk_code
rmk_walk_commit(struct rmk_walk *w, const struct rmk_oid *id, struct rmk_commit_raw *out,
    struct rmk_err *err)
{
	enum rmk_code code = read_commit(w, id, out, err);

	if (code)
		return code;
	w->out->ncommits++;
	walk_graft(w, out);
	if (out->nparents && is_shallow(w, id)) {
		out->nparents = 0;
		w->out->cut = true;
		w->out->cut_at = *id;
	}
	return RMK_OK;
}

enum rmk_code
rmk_walk_link(struct rmk_walk *w, const struct rmk_oid *id, uint32_t place,
    struct rmk_commit_raw *out, struct rmk_err *err)
{
	struct rmk_graph_commit known, parent;

	if (!w->graph)
		w->graph = rmk_graph_of(w->a, w->repo);
	if (place == RMK_NO_PLACE)
		place = rmk_graph_find(w->graph, id);
	if (!rmk_graph_commit(w->graph, place, &known))
		return rmk_walk_commit(w, id, out, err);
	*out = (struct rmk_commit_raw){
	    .id = *id, .tree = known.tree, .parent = known.parent};
	if (known.parent != RMK_NO_PLACE) {
		rmk_graph_commit(w->graph, known.parent, &parent);
		out->nparents = known.merge ? 2 : 1;
		out->parents[0] = parent.id;
	}
	w->out->ncommits++;
	return RMK_OK;
}

enum rmk_code
rmk_walk_fill(struct rmk_walk *w, struct rmk_commit_raw *c, struct rmk_err *err)
{
	struct rmk_oid id = c->id;
	uint32_t parent = c->parent;
	enum rmk_code code = c->object.kind ? RMK_OK : read_commit(w, &id, c, err);

	c->parent = parent;
	return code;
}

void
rmk_commit_close(struct rmk_commit_raw *c)
{
	rmk_object_close(&c->object);
}

// An entry is "MODE NAME\0" and an id.
static void
scan_tree(struct rmk_str tree, size_t id_size, rmk_visit_entry *visit, void *ctx)
{
	const char *s = tree.s, *end = s + tree.n;

	while (s < end) {
		const char *name = memchr(s, ' ', (size_t)(end - s));
		const char *nul = name ? memchr(name, '\0', (size_t)(end - name)) : NULL;
		struct rmk_oid entry;
		if (!nul || end - nul < 1 + (ptrdiff_t)id_size)
			break;
		entry = rmk_oid_of(nul + 1, id_size);
		if (!visit(ctx, (struct rmk_str){name + 1, (size_t)(nul - name - 1)},
			*s == '4', s[0] == '1' && s[1] == '0', &entry))
			break;
		s = nul + 1 + id_size;
	}
}

enum rmk_code
rmk_walk_tree(struct rmk_walk *w, const struct rmk_oid *id, rmk_visit_entry *visit,
    void *ctx, struct rmk_err *err)
{
	struct rmk_object object;

	if (walk_open(w, id, RMK_KIND_TREE, &object, err))
		return RMK_GIT;
	scan_tree(object.text, w->repo->id_size, visit, ctx);
	rmk_object_close(&object);
	return RMK_OK;
}

struct rmk_revision *
rmk_walk_emit(
    struct rmk_walk *w, const struct rmk_commit_raw *c, size_t file, struct rmk_str path)
{
	struct rmk_revisions *out = w->out;
	struct rmk_revision *v = RMK_PUSH(w->a, out->v, out->n, w->cap);
	size_t line = rmk_str_chr(c->message, '\n');

	*v = (struct rmk_revision){.commit = c->id, .file = file, .path = path};
	v->author = read_stamp(w->a, c->author);
	v->committer = read_stamp(w->a, c->committer);
	v->subject = rmk_str_copy(
	    w->a, rmk_str_part(c->message, 0, line == RMK_NONE ? c->message.n : line));
	v->parent = RMK_NONE;
	v->merge = c->nparents > 1;
	v->encoded = c->encoded;
	return v;
}

// --- renames --------------------------------------------------------------------

static int
tree_of(struct rmk_walk *w, const struct rmk_oid *id, git_tree **out)
{
	git_oid oid = rmk_libgit2_oid(id);

	return git_tree_lookup(out, w->repo->git, &oid);
}

static bool
find_source(
    git_diff *diff, struct rmk_str path, struct rmk_arena *a, struct rmk_str *from)
{
	size_t n = git_diff_num_deltas(diff);

	for (size_t i = 0; i < n; i++) {
		const git_diff_delta *d = git_diff_get_delta(diff, i);
		if (d->status == GIT_DELTA_RENAMED &&
		    rmk_str_eq(rmk_str_of(d->new_file.path), path)) {
			*from = rmk_str_copy(a, rmk_str_of(d->old_file.path));
			return true;
		}
	}
	return false;
}

// "R100" NUL FROM NUL TO NUL, of each file that got another name.
static bool
renamed_by_git(struct rmk_walk *w, const struct rmk_oid *parent_tree,
    const struct rmk_oid *tree, struct rmk_str path, struct rmk_str *from)
{
	const char *const argv[] = {"git", "diff-tree", "-r", "-M", "-z", "--name-status",
	    "--diff-filter=R", rmk_oid_hex(w->a, parent_tree, RMK_NONE).s,
	    rmk_oid_hex(w->a, tree, RMK_NONE).s, NULL};
	struct rmk_run run = {.argv = argv};
	struct rmk_str score, old, new;

	if (rmk_git_run(w->a, w->repo, &run, NULL))
		return false;
	while (rmk_str_split(&run.out, '\0', &score) &&
	       rmk_str_split(&run.out, '\0', &old) &&
	       rmk_str_split(&run.out, '\0', &new)) {
		*from = old;
		if (rmk_str_eq(new, path))
			return true;
	}
	return false;
}

bool
rmk_walk_renamed(struct rmk_walk *w, const struct rmk_oid *parent_tree,
    const struct rmk_oid *tree, struct rmk_str path, struct rmk_str *from)
{
	git_diff_find_options how;
	git_tree *old = NULL, *new = NULL;
	git_diff *diff = NULL;
	bool found = false;

	if (w->repo->engine == &rmk_engine_git)
		return renamed_by_git(w, parent_tree, tree, path, from);
	git_diff_find_options_init(&how, GIT_DIFF_FIND_OPTIONS_VERSION);
	how.flags = GIT_DIFF_FIND_RENAMES;
	if (tree_of(w, parent_tree, &old) == 0 && tree_of(w, tree, &new) == 0 &&
	    git_diff_tree_to_tree(&diff, w->repo->git, old, new, NULL) == 0 &&
	    git_diff_find_similar(diff, &how) == 0)
		found = find_source(diff, path, w->a, from);
	git_diff_free(diff);
	git_tree_free(new);
	git_tree_free(old);
	return found;
}
