// Reading git's index and changing entries of it, by its own format (gitformat-index).
//
// Every length is checked against what is there: the file is ours only as long as
// nobody else broke it.
#include "git/index.h"

#include "base/buf.h"
#include "base/system.h"
#include "git/checksum.h"
#include "io/file.h"

#include <fcntl.h>
#include <string.h>

#define HEADER 12
#define FIXED 62 // stat, id and flags of an entry
#define STAT 40
#define FLAG_EXTENDED 0x4000u
#define FLAG2_SKIP 0x4000u
#define FLAG2_INTENT 0x2000u

static void
index_store(char *p, uint64_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (char)(uint8_t)(v >> (24 - 8 * i));
}

static enum rmk_code
damaged(const struct rmk_index *x, const char *what, struct rmk_err *err)
{
	rmk_fail(err, RMK_GIT, "%.*s: the index is damaged: %s", RMK_FMT(x->shown), what);
	rmk_hint(err, "move it away and run 'git reset' to make it anew from HEAD");
	return RMK_GIT;
}

enum rmk_code
rmk_index_check(
    struct rmk_str shown, struct rmk_str bytes, size_t id_size, struct rmk_err *err)
{
	struct rmk_index x = {.shown = shown};

	return !bytes.n || rmk_format_index_sealed(bytes, id_size)
	           ? RMK_OK
	           : damaged(&x, "its checksum is wrong", err);
}

// --- entries --------------------------------------------------------------------

// Version 4: how many bytes to drop from the path before, as git's varint.
static bool
varint(struct rmk_str *s, size_t *out)
{
	size_t v = 0;

	for (size_t i = 0; i < s->n && i < 8; i++) {
		uint8_t b = (uint8_t)s->s[i];
		v = (i ? (v + 1) << 7 : 0) | (b & 127);
		if (!(b & 128)) {
			*s = rmk_str_from(*s, i + 1);
			*out = v;
			return true;
		}
	}
	return false;
}

// The path of an entry whose name starts at `at`, and where the next entry starts.
static bool
entry_path(struct rmk_index_cursor *c, size_t at, size_t name, unsigned length)
{
	struct rmk_str rest = rmk_str_from(c->index->bytes, name);
	size_t drop;

	if (c->index->version < 4) {
		size_t n = length < 0xfff ? length : rmk_str_chr(rest, '\0');
		if (n >= rest.n || rest.s[n])
			return false;
		c->path = rmk_str_part(rest, 0, n);
		c->at = at + ((name - at + n + 8) & ~(size_t)7);
		return true;
	}
	if (!varint(&rest, &drop) || drop > c->path.n)
		return false;
	size_t keep = c->path.n - drop, add = rmk_str_chr(rest, '\0');
	if (add == RMK_NONE || keep + add > sizeof c->buf)
		return false;
	memcpy(c->buf + keep, rest.s, add);
	c->path = (struct rmk_str){c->buf, keep + add};
	c->at = (size_t)(rest.s - c->index->bytes.s) + add + 1;
	return true;
}

bool
rmk_index_next(struct rmk_index_cursor *c, struct rmk_index_entry *out)
{
	size_t at = c->done ? c->at : HEADER, name = at + FIXED;
	const char *p = c->index->bytes.s + at;

	if (c->done >= c->index->n || name + 2 + RMK_OID > c->index->bytes.n)
		return false;
	unsigned flags = rmk_be32(p + FIXED - 2) >> 16, more = 0;
	if (flags & FLAG_EXTENDED) {
		more = rmk_be32(p + FIXED) >> 16;
		name += 2;
	}
	if (!entry_path(c, at, name, flags & 0xfff))
		return false;
	c->done++;
	*out = (struct rmk_index_entry){
	    .path = c->path,
	    .at = at,
	    .oid = (const uint8_t *)p + STAT,
	    .mode = rmk_be32(p + 24),
	    .stage = flags >> 12 & 3,
	    .intent = more & FLAG2_INTENT,
	    .skip = more & FLAG2_SKIP,
	};
	return true;
}

bool
rmk_index_find(
    const struct rmk_index *index, struct rmk_str path, struct rmk_index_entry *out)
{
	struct rmk_index_cursor c = {.index = index};
	struct rmk_index_entry e;

	while (rmk_index_next(&c, &e)) {
		if (e.path.n == path.n && memcmp(e.path.s, path.s, path.n) == 0) {
			*out = e;
			out->path = path;
			return true;
		}
	}
	return false;
}

// --- the file -------------------------------------------------------------------

// Extensions are a name of four letters, a length and as many bytes.
static bool
extension(struct rmk_str bytes, size_t *at, struct rmk_str *name, struct rmk_span *whole)
{
	size_t end = bytes.n - RMK_OID;

	if (*at + 8 > end || rmk_be32(bytes.s + *at + 4) > end - *at - 8)
		return false;
	*name = rmk_str_part(bytes, *at, 4);
	*whole = (struct rmk_span){(uint32_t)*at, 8 + rmk_be32(bytes.s + *at + 4)};
	*at += whole->len;
	return true;
}

enum rmk_code
rmk_index_parse(struct rmk_str shown, struct rmk_str bytes, struct rmk_index *out,
    struct rmk_err *err)
{
	struct rmk_index x = {.shown = shown, .bytes = bytes};
	struct rmk_index_cursor c = {.index = &x};
	struct rmk_index_entry e;
	struct rmk_span whole;
	struct rmk_str name;

	if (bytes.n < HEADER + RMK_OID || memcmp(bytes.s, "DIRC", 4))
		return damaged(&x, "no header", err);
	x.version = rmk_be32(bytes.s + 4);
	x.n = rmk_be32(bytes.s + 8);
	if (x.version < 2 || x.version > 4)
		return rmk_fail(err, RMK_GIT,
		    "%.*s: version %u of the index is not known", RMK_FMT(shown),
		    x.version);
	if (!rmk_format_index_sealed(bytes, RMK_OID))
		return damaged(&x, "its checksum is wrong", err);
	while (rmk_index_next(&c, &e))
		;
	if (c.done < x.n)
		return damaged(&x, "it ends in the middle of an entry", err);
	x.entries_end = x.n ? c.at : HEADER;
	for (size_t at = x.entries_end; at + RMK_OID < bytes.n;) {
		if (!extension(bytes, &at, &name, &whole))
			return damaged(&x, "it ends in the middle of an extension", err);
		if (rmk_str_eq(name, RMK_STR("TREE")))
			x.tree = whole;
		x.by_git = x.by_git || rmk_str_eq(name, RMK_STR("link"));
	}
	*out = x;
	return RMK_OK;
}

enum rmk_code
rmk_index_read(
    struct rmk_arena *a, struct rmk_str path, struct rmk_index *out, struct rmk_err *err)
{
	struct rmk_str bytes;
	struct rmk_err why = {0};
	enum rmk_code code = rmk_file_read(a, path, &bytes, NULL, &why);

	if (code == RMK_OK)
		return rmk_index_parse(path, bytes, out, err);
	if (code == RMK_NOT_FOUND)
		*out = (struct rmk_index){.shown = path};
	else if (err)
		*err = why;
	return code == RMK_NOT_FOUND ? RMK_OK : code;
}

// --- cached trees ---------------------------------------------------------------

// One node: name NUL entries SPACE subtrees LF [id, when entries >= 0], then its subtrees.
struct node {
	struct rmk_str name;
	bool valid;
	uint32_t subtrees;
	struct rmk_str head; // name and counts as written
	const uint8_t *oid;
};

static bool
node_next(struct rmk_str *rest, struct node *out)
{
	size_t nul = rmk_str_chr(*rest, '\0'), lf, space;

	if (nul == RMK_NONE)
		return false;
	struct rmk_str after = rmk_str_from(*rest, nul + 1);
	lf = rmk_str_chr(after, '\n');
	space = rmk_str_chr(after, ' ');
	if (lf == RMK_NONE || space == RMK_NONE || space > lf)
		return false;
	struct rmk_str count = rmk_str_part(after, space + 1, lf - space - 1);
	out->name = rmk_str_part(*rest, 0, nul);
	out->valid = after.s[0] != '-';
	out->head = rmk_str_part(*rest, 0, nul + 1 + lf + 1);
	if (!rmk_str_to_u32(count, &out->subtrees))
		return false;
	*rest = rmk_str_from(*rest, out->head.n);
	out->oid = (const uint8_t *)rest->s;
	if (out->valid && rest->n < RMK_OID)
		return false;
	*rest = rmk_str_from(*rest, out->valid ? RMK_OID : 0);
	return true;
}

const uint8_t *
rmk_index_root(const struct rmk_index *index)
{
	struct rmk_str rest = rmk_str_from(rmk_str_at(index->bytes, index->tree), 8);
	struct node root;

	return index->tree.len && node_next(&rest, &root) && root.valid ? root.oid : NULL;
}

struct trees {
	struct rmk_arena *a;
	struct rmk_buf out;
	struct rmk_str rest;
	const struct rmk_index_change *changes;
	size_t n;
	const struct rmk_index_tree *trees;
	size_t ntrees;
};

static bool
holds_change(const struct trees *t, struct rmk_str folder)
{
	for (size_t i = 0; i < t->n; i++) {
		struct rmk_str path = t->changes[i].path;
		if (!folder.n || (rmk_str_starts(path, folder) && path.n > folder.n &&
				     path.s[folder.n] == '/'))
			return true;
	}
	return false;
}

static const uint8_t *
tree_now(const struct trees *t, struct rmk_str folder, const uint8_t *old)
{
	for (size_t i = 0; i < t->ntrees; i++) {
		if (rmk_str_eq(t->trees[i].folder, folder) &&
		    memcmp(t->trees[i].old, old, RMK_OID) == 0)
			return t->trees[i].now;
	}
	return NULL;
}

static void
write_node(struct trees *t, struct rmk_str folder, const struct node *node)
{
	const uint8_t *oid = node->valid ? node->oid : NULL;

	if (oid && holds_change(t, folder))
		oid = tree_now(t, folder, oid);
	if (node->valid && !oid) {
		rmk_buf_add(&t->out, node->name);
		rmk_buf_addc(&t->out, '\0');
		rmk_buf_printf(&t->out, "-1 %u\n", node->subtrees);
	} else {
		rmk_buf_add(&t->out, node->head);
	}
	if (oid)
		rmk_buf_add(&t->out, (struct rmk_str){(const char *)oid, RMK_OID});
}

// A tree in a tree: depth is bounded by the length of a path.
static bool
copy_trees(struct trees *t, struct rmk_str above, unsigned depth)
{
	struct node node;

	if (depth > 2048 || !node_next(&t->rest, &node))
		return false;
	struct rmk_str folder = above.n ? rmk_str_printf(t->a, "%.*s/%.*s",
					      RMK_FMT(above), RMK_FMT(node.name))
	                                : node.name;
	write_node(t, folder, &node);
	for (uint32_t i = 0; i < node.subtrees; i++) {
		if (!copy_trees(t, folder, depth + 1))
			return false;
	}
	return true;
}

// The extension again; one that cannot be read is left out, as git would make it anew.
static struct rmk_str
tree_extension(struct trees *t, struct rmk_str whole)
{
	t->out = (struct rmk_buf){.arena = t->a};
	t->rest = rmk_str_from(whole, 8);
	rmk_buf_add(&t->out, rmk_str_part(whole, 0, 8));
	if (!copy_trees(t, (struct rmk_str){"", 0}, 0))
		return (struct rmk_str){"", 0};
	index_store(t->out.s + 4, t->out.n - 8);
	return rmk_buf_str(&t->out);
}

// --- changing -------------------------------------------------------------------

static enum rmk_code
patch_entries(const struct rmk_index *x, const struct rmk_index_change *changes, size_t n,
    char *to, struct rmk_err *err)
{
	struct rmk_index_entry e;

	for (size_t i = 0; i < n; i++) {
		if (!rmk_index_find(x, changes[i].path, &e) || e.stage)
			return rmk_fail(err, RMK_CONFLICT, "%.*s: not in the index",
			    RMK_FMT(changes[i].path));
		memset(to + e.at, 0, 24);
		memset(to + e.at + 28, 0, 12); // the mode between the two stays
		memcpy(to + e.at + STAT, changes[i].oid, RMK_OID);
	}
	return RMK_OK;
}

enum rmk_code
rmk_index_patch(struct rmk_arena *a, const struct rmk_index *x,
    const struct rmk_index_change *changes, size_t n, const struct rmk_index_tree *trees,
    size_t ntrees, struct rmk_str *out, struct rmk_err *err)
{
	struct trees t = {
	    .a = a, .changes = changes, .n = n, .trees = trees, .ntrees = ntrees};
	struct rmk_str old = rmk_str_at(x->bytes, x->tree),
		       new = old.n ? tree_extension(&t, old) : old, name;
	struct rmk_span whole;
	char *to = rmk_arena_alloc(a, x->bytes.n + new.n);
	size_t end = x->entries_end;
	enum rmk_code code;

	memcpy(to, x->bytes.s, end);
	code = patch_entries(x, changes, n, to, err);
	if (code)
		return code;
	for (size_t at = end; at + RMK_OID < x->bytes.n;) {
		if (!extension(x->bytes, &at, &name, &whole))
			return damaged(x, "it ends in the middle of an extension", err);
		struct rmk_str part = rmk_str_at(x->bytes, whole);
		if (rmk_str_eq(name, RMK_STR("TREE")))
			part = new;
		else if (rmk_str_eq(name, RMK_STR("EOIE")) && new.n != old.n)
			continue; // it holds the lengths of the others; git can do without
		if (part.n)
			memcpy(to + end, part.s, part.n);
		end += part.n;
	}
	memset(to + end, 0, RMK_OID);
	*out = (struct rmk_str){to, end + RMK_OID};
	return RMK_OK;
}

void
rmk_index_set_stat(char *bytes, size_t at, const struct stat *st)
{
	char *p = bytes + at;

	index_store(p, (uint64_t)st->st_ctim.tv_sec);
	index_store(p + 4, (uint64_t)st->st_ctim.tv_nsec);
	index_store(p + 8, (uint64_t)st->st_mtim.tv_sec);
	index_store(p + 12, (uint64_t)st->st_mtim.tv_nsec);
	index_store(p + 16, st->st_dev);
	index_store(p + 20, st->st_ino);
	index_store(p + 28, st->st_uid);
	index_store(p + 32, st->st_gid);
	index_store(p + 36, (uint64_t)st->st_size);
}

void
rmk_index_seal(char *bytes, size_t n)
{
	rmk_format_sum(
	    (struct rmk_str){bytes, n - RMK_OID}, (uint8_t *)bytes + n - RMK_OID);
}

bool
rmk_index_keep_time(struct rmk_arena *a, struct rmk_str path, struct rmk_str old)
{
	struct stat st;

	if (stat(rmk_str_c(a, old), &st))
		return true; // there is none
	const struct timespec times[] = {st.st_atim, st.st_mtim};
	return utimensat(AT_FDCWD, rmk_str_c(a, path), times, AT_SYMLINK_NOFOLLOW) == 0;
}
