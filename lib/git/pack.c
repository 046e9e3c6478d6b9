// The backend: see pack.h.
//
// An object that is a delta is read from its base on:
//
//	read    e ─▶ d ─▶ c ─▶ b        until one that is kept, or whole
//	build   b ── c ── d ── e        each is kept when the next is built
//
// A walk goes from one version to the next, and packs chain versions in that order, so the
// last objects read are nearly always where the next chain ends.
#include "git/pack.h"
#include "git/pack_entry.h"

#include <dirent.h>
#include <git2/sys/odb_backend.h>
#include <libdeflate.h>
#include <string.h>

#define FIRST_ASKED 100 // libgit2's own are asked after: 1 and 2

struct object {
	unsigned type;
	uint8_t *data; // of libgit2's allocator
	size_t size;
};

struct backend {
	git_odb_backend parent; // first: libgit2 knows this part only
	struct rmk_pack *packs; // [npacks]
	size_t npacks, cap;
	size_t last; // the pack where the last object was
	struct libdeflate_decompressor *inflater;
	struct object bases[RMK_PACK_BASES];   // a ring: the oldest at next
	const uint8_t *places[RMK_PACK_BASES]; // in the mapped packs; NULL: none
	size_t next, bytes;
	uint8_t *delta; // [delta_cap] for one at a time
	size_t delta_cap;
};

// --- bases that are kept ----------------------------------------------------------

static bool
pack_take_base(
    struct backend *b, const struct rmk_pack *pack, size_t offset, struct object *out)
{
	const uint8_t *at = pack->data + offset;
	size_t i = 0;

	while (i < RMK_PACK_BASES && b->places[i] != at)
		i++;
	if (i == RMK_PACK_BASES)
		return false;
	*out = b->bases[i];
	b->bytes -= out->size;
	b->bases[i] = (struct object){0};
	b->places[i] = NULL;
	return true;
}

static void
drop_base(struct backend *b, size_t i)
{
	b->bytes -= b->bases[i].size;
	git_odb_backend_data_free(&b->parent, b->bases[i].data);
	b->bases[i] = (struct object){0};
	b->places[i] = NULL;
}

// The oldest ones go when there are too many, or too many bytes of them.
static void
keep_base(struct backend *b, const struct rmk_pack *pack, size_t offset, struct object o)
{
	size_t i = b->next++ % RMK_PACK_BASES;

	drop_base(b, i);
	b->places[i] = pack->data + offset;
	b->bases[i] = o;
	b->bytes += o.size;
	for (i = b->next; b->bytes > RMK_PACK_BASES_BYTES; i++)
		drop_base(b, i % RMK_PACK_BASES);
}

// --- objects -----------------------------------------------------------------------

static void *
allocate(struct backend *b, size_t size)
{
	return git_odb_backend_data_alloc(&b->parent, size + 1); // none is of size 0
}

static bool
inflate(struct backend *b, const struct rmk_pack *pack, const struct rmk_pack_entry *e,
    uint8_t *to)
{
	return libdeflate_zlib_decompress(b->inflater, pack->data + e->stream,
		   pack->size - e->stream, to, e->size, NULL) == LIBDEFLATE_SUCCESS;
}

static bool
read_whole(struct backend *b, const struct rmk_pack *pack, const struct rmk_pack_entry *e,
    struct object *out)
{
	*out = (struct object){e->type, allocate(b, e->size), e->size};
	if (out->data && inflate(b, pack, e, out->data))
		return true;
	git_odb_backend_data_free(&b->parent, out->data);
	return false;
}

static bool
read_delta(struct backend *b, const struct rmk_pack *pack, const struct rmk_pack_entry *e,
    struct rmk_str *out)
{
	if (e->size > b->delta_cap) {
		git_odb_backend_data_free(&b->parent, b->delta);
		b->delta = allocate(b, 2 * e->size);
		b->delta_cap = b->delta ? 2 * e->size : 0;
	}
	*out = (struct rmk_str){(const char *)b->delta, e->size};
	return b->delta && inflate(b, pack, e, b->delta);
}

static bool
build(struct backend *b, const struct rmk_pack *pack, const struct rmk_pack_entry *e,
    const struct object *base, struct object *out)
{
	struct rmk_str delta;
	size_t size;

	if (!read_delta(b, pack, e, &delta) || !rmk_delta_open(&delta, base->size, &size))
		return false;
	*out = (struct object){base->type, allocate(b, size), size};
	if (out->data && rmk_delta_apply(delta, base->data, base->size, out->data, size))
		return true;
	git_odb_backend_data_free(&b->parent, out->data);
	return false;
}

// The object at an offset, which the caller keeps or frees.
static bool
read_at(struct backend *b, const struct rmk_pack *pack, size_t offset, struct object *out)
{
	struct rmk_pack_entry chain[RMK_PACK_CHAIN + 1];
	struct object next;
	size_t n = 0;

	while (!pack_take_base(b, pack, offset, out)) {
		if (n > RMK_PACK_CHAIN || !rmk_pack_entry(pack, offset, &chain[n]))
			return false;
		if (chain[n].base == 0) {
			if (!read_whole(b, pack, &chain[n], out))
				return false;
			break;
		}
		offset = chain[n++].base;
	}
	while (n > 0) {
		bool built = build(b, pack, &chain[--n], out, &next);
		keep_base(b, pack, chain[n].base, *out);
		if (!built)
			return false;
		*out = next;
	}
	return true;
}

static struct rmk_pack *
pack_find(struct backend *b, const git_oid *id, size_t *offset)
{
	for (size_t i = 0; i < b->npacks; i++) {
		size_t at = (b->last + i) % b->npacks;
		*offset = rmk_pack_find(&b->packs[at], id->id);
		if (*offset) {
			b->last = at;
			return &b->packs[at];
		}
	}
	return NULL;
}

static int
pack_read_object(void **data, size_t *size, git_object_t *type, git_odb_backend *parent,
    const git_oid *id)
{
	struct backend *b = (struct backend *)parent;
	struct object o;
	size_t offset;
	struct rmk_pack *pack = pack_find(b, id, &offset);

	if (!pack || !read_at(b, pack, offset, &o))
		return GIT_PASSTHROUGH;
	*type = (git_object_t)o.type;
	*size = o.size;
	*data = allocate(b, o.size);
	if (*data)
		memcpy(*data, o.data, o.size);
	keep_base(b, pack, offset, o);
	return *data ? 0 : -1;
}

bool
rmk_pack_look(git_odb *odb, const git_oid *id, struct rmk_str *out)
{
	git_odb_backend *first;
	struct backend *b;
	struct rmk_pack *pack;
	struct object o;
	size_t offset;

	if (git_odb_get_backend(&first, odb, 0) < 0 || first->read != pack_read_object)
		return false;
	b = (struct backend *)first;
	pack = pack_find(b, id, &offset);
	if (!pack || !read_at(b, pack, offset, &o))
		return false;
	keep_base(b, pack, offset, o);
	*out = (struct rmk_str){(const char *)o.data, o.size};
	return o.size <= RMK_PACK_BASES_BYTES;
}

// --- the backend -------------------------------------------------------------------

static void
free_backend(git_odb_backend *parent)
{
	struct backend *b = (struct backend *)parent;

	for (size_t i = 0; i < RMK_PACK_BASES; i++)
		drop_base(b, i);
	for (size_t i = 0; i < b->npacks; i++)
		rmk_pack_close(&b->packs[i]);
	libdeflate_free_decompressor(b->inflater);
	git_odb_backend_data_free(parent, b->delta);
}

static void
open_packs(struct backend *b, struct rmk_arena *a, const char *objects)
{
	struct rmk_str folder = rmk_str_printf(a, "%spack/", objects);
	DIR *dir = opendir(rmk_str_c(a, folder));
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		struct rmk_str name = rmk_str_of(entry->d_name);
		struct rmk_pack pack;
		if (!rmk_str_ends(name, RMK_STR(".idx")))
			continue;
		name = rmk_str_printf(a, "%.*s%.*s", RMK_FMT(folder), RMK_FMT(name));
		if (rmk_pack_open(&pack, a, name))
			*RMK_PUSH(a, b->packs, b->npacks, b->cap) = pack;
	}
	if (dir)
		closedir(dir);
}

int
rmk_pack_add(git_odb *odb, struct rmk_arena *a, const char *objects)
{
	struct backend *b = RMK_NEW(a, struct backend);
	int e = -1;

	b->inflater = libdeflate_alloc_decompressor();
	if (b->inflater &&
	    git_odb_init_backend(&b->parent, GIT_ODB_BACKEND_VERSION) == 0) {
		b->parent.read = pack_read_object;
		b->parent.free = free_backend;
		open_packs(b, a, objects);
		e = git_odb_add_backend(odb, &b->parent, FIRST_ASKED);
	}
	if (e < 0)
		free_backend(&b->parent);
	return e;
}

int
rmk_pack_odb(git_odb **out, struct rmk_arena *a, struct rmk_repo *repo)
{
	git_buf objects = {0};
	int e = git_repository_item_path(
	    &objects, repo->git, GIT_REPOSITORY_ITEM_OBJECTS);

	*out = NULL;
	if (e == 0)
		e = git_odb_open(out, objects.ptr);
	if (e == 0 && (e = rmk_pack_add(*out, a, objects.ptr)) < 0) {
		git_odb_free(*out);
		*out = NULL;
	}
	git_buf_dispose(&objects);
	return e;
}
