// The indexes of packs, which libgit2 believes: an offset outside the pack leads it out of its memory,
// and so does a multi-pack-index with more objects than it has room for.
//
//	pack-X.idx         fan-out, names, crc, offsets ──▶ pack-X.pack
//	multi-pack-index   packs, fan-out, names, (pack, offset) ──▶ each of them
//
// So the offsets are held against the sizes of the packs first: a few instructions for each
// object, where a checksum would cost hundreds. A wrong one inside its pack is no place where an object
// begins, which libgit2 sees; or it is another object's, which a process that reads histories, and checks
// no hashes, would take for the right one: so no two may be the same.
#include "git/checksum.h"
#include "git/object_database.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FANOUT ((size_t)256 * 4)
#define LARGE 0x80000000u // an offset that stands in the table of those of 64 bits

// Among more objects a hit is no longer looked for: it would take longer than most commands.
#define MOST_COMPARED ((size_t)1 << 16)

// Offsets of 64 bits.
struct large_offsets {
	const char *v;
	size_t n;
};

// The size of the pack of an index; where it is gone libgit2 leaves the index alone.
static uint64_t
size_of_pack(struct rmk_arena *a, struct rmk_str index)
{
	struct rmk_str path = rmk_str_printf(
	    a, "%.*s.pack", RMK_FMT(rmk_str_part(index, 0, index.n - 4)));
	struct stat st;

	return stat(path.s, &st) == 0 ? (uint64_t)st.st_size : UINT64_MAX;
}

// An empty text where there is none, or none that can be read.
static struct rmk_str
map_index(struct rmk_str path)
{
	int fd = open(path.s, O_RDONLY | O_CLOEXEC);
	void *map = MAP_FAILED;
	struct stat st;

	if (fd < 0)
		return (struct rmk_str){0};
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	return map == MAP_FAILED ? (struct rmk_str){0}
	                         : (struct rmk_str){map, (size_t)st.st_size};
}

static bool
offset_fits(uint32_t offset, const struct large_offsets *large, uint64_t size)
{
	if (!(offset & LARGE))
		return offset < size;
	offset &= ~LARGE;
	return offset < large->n && rmk_be64(large->v + (size_t)offset * 8) < size;
}

// The places of objects that were seen; NULL: too many.
struct places {
	uint64_t *v; // [1 << bits] one more than the place; 0: free
	unsigned bits;
};

static struct places
new_places(struct rmk_arena *a, size_t n)
{
	struct places out = {.bits = 4};

	while (((size_t)1 << out.bits) < 2 * n)
		out.bits++;
	if (n <= MOST_COMPARED)
		out.v = RMK_NEW_N(a, uint64_t, (size_t)1 << out.bits);
	return out;
}

static bool
is_first_there(struct places *places, uint64_t place)
{
	size_t mask = ((size_t)1 << places->bits) - 1;
	size_t i = (size_t)((place * 0x9E3779B97F4A7C15u) >> (64 - places->bits));

	for (; places->v[i]; i = (i + 1) & mask) {
		if (places->v[i] == place + 1)
			return false;
	}
	places->v[i] = place + 1;
	return true;
}

// An index of a pack of this size: of the second form, or of the first, in which offset and name
// alternate.
static bool
index_fits(struct rmk_arena *a, struct rmk_str index, uint64_t size)
{
	static const char mark[8] = {'\377', 't', 'O', 'c', 0, 0, 0, 2};
	bool second = index.n >= sizeof mark && !memcmp(index.s, mark, sizeof mark);
	size_t head = (second ? sizeof mark : 0) + FANOUT, step = second ? 4 : 24, n;
	struct large_offsets large = {0};
	struct places places;
	const char *offsets;

	if (index.n < head + 2 * (size_t)RMK_SUM)
		return false;
	n = rmk_be32(index.s + head - 4);
	if (n > (index.n - head - 2 * (size_t)RMK_SUM) / (second ? 28 : 24))
		return false;
	offsets = index.s + head + (second ? n * 24 : 0);
	if (second) {
		large.v = offsets + n * 4;
		large.n = (size_t)(index.s + index.n - 2 * (size_t)RMK_SUM - large.v) / 8;
	}
	places = new_places(a, n);
	for (size_t i = 0; i < n; i++) {
		uint32_t offset = rmk_be32(offsets + i * step);

		if (!offset_fits(offset, &large, size) ||
		    (places.v && !is_first_there(&places, offset)))
			return false;
	}
	return true;
}

// --- of many packs ----------------------------------------------------------------------------

// A part of a multi-pack-index, to its end; empty: it has none.
static struct rmk_str
midx_chunk(struct rmk_str index, const char *name)
{
	size_t chunks = (unsigned char)index.s[6];

	for (size_t i = 0; i < chunks; i++) {
		const char *entry = index.s + 12 + 12 * i;
		uint64_t at = rmk_be64(entry + 4);

		if (memcmp(entry, name, 4) == 0)
			return at < index.n ? rmk_str_from(index, (size_t)at)
			                    : (struct rmk_str){0};
	}
	return (struct rmk_str){0};
}

// The sizes of the packs it names. False: it does not name so many.
static bool
midx_sizes(struct rmk_arena *a, struct rmk_str folder, struct rmk_str names,
    uint64_t *sizes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t end = rmk_str_chr(names, '\0');
		struct rmk_str name = rmk_str_part(names, 0, end);

		if (end == RMK_NONE || !rmk_str_ends(name, RMK_STR(".idx")))
			return false;
		sizes[i] = size_of_pack(
		    a, rmk_str_printf(a, "%.*s%.*s", RMK_FMT(folder), RMK_FMT(name)));
		names = rmk_str_from(names, end + 1);
	}
	return true;
}

static bool
midx_fits(struct rmk_arena *a, struct rmk_str folder, struct rmk_str index)
{
	struct rmk_str fanout, offsets, far;
	struct large_offsets large;
	struct places places;
	uint64_t *sizes;
	size_t n, npacks;

	if (index.n < 12 + RMK_SUM || memcmp(index.s, "MIDX\1\1", 6) != 0)
		return true; // libgit2 leaves it alone
	index.n -= RMK_SUM;
	if (index.n < 12 + 12 * ((size_t)(unsigned char)index.s[6] + 1))
		return false;
	fanout = midx_chunk(index, "OIDF");
	offsets = midx_chunk(index, "OOFF");
	far = midx_chunk(index, "LOFF");
	large = (struct large_offsets){far.s, far.n / 8};
	npacks = rmk_be32(index.s + 8);
	if (fanout.n < FANOUT || npacks > index.n)
		return false;
	n = rmk_be32(fanout.s + FANOUT - 4);
	sizes = RMK_NEW_N(a, uint64_t, npacks);
	if (n > offsets.n / 8 ||
	    !midx_sizes(a, folder, midx_chunk(index, "PNAM"), sizes, npacks))
		return false;
	places = new_places(a, n);
	for (size_t i = 0; i < n; i++) {
		uint64_t place = rmk_be64(offsets.s + i * 8);
		size_t pack = (size_t)(place >> 32);

		if (pack >= npacks ||
		    !offset_fits((uint32_t)place, &large, sizes[pack]) ||
		    (places.v && !is_first_there(&places, place)))
			return false;
	}
	return true;
}

static bool
is_index_sound(struct rmk_arena *a, struct rmk_str folder, struct rmk_str name)
{
	struct rmk_arena_mark mark = rmk_arena_mark(a);
	struct rmk_str path = rmk_str_printf(
	    a, "%.*s%.*s", RMK_FMT(folder), RMK_FMT(name));
	struct rmk_str index = map_index(path);
	bool sound;

	if (index.n == 0)
		return true;
	if (rmk_str_ends(name, RMK_STR(".idx")))
		sound = index_fits(a, index, size_of_pack(a, path));
	else
		sound = midx_fits(a, folder, index);
	munmap((void *)index.s, index.n);
	rmk_arena_reset(a, mark);
	return sound;
}

bool
rmk_packs_are_sound(struct rmk_arena *a, struct rmk_str objects)
{
	struct rmk_str folder = rmk_str_printf(a, "%.*spack/", RMK_FMT(objects));
	DIR *dir = opendir(folder.s);
	struct dirent *entry;
	bool sound = true;

	while (dir && sound && (entry = readdir(dir))) {
		struct rmk_str name = rmk_str_of(entry->d_name);

		if (rmk_str_ends(name, RMK_STR(".idx")) ||
		    rmk_str_eq(name, RMK_STR("multi-pack-index")))
			sound = is_index_sound(a, folder, name);
	}
	if (dir)
		closedir(dir);
	return sound;
}
