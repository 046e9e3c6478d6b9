// A cache file, read and written whole.
//
// A file whose checksum is another one was damaged, or cut short by a full disk; nothing of it
// is believed. The code that unpacks the bytes of an entry checks them once more (see
// history/version_facts.h): the checksum is no seal.
#include "io/cache.h"
#include "io/file.h"

#include "base/buf.h"
#include "base/system.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_MOST (4 * RMK_CACHE_MOST)
#define FILES_MOST 256

static const char magic[] = "rowmark cache " RMK_CACHE_FORMAT " ";

static struct rmk_str
head(struct rmk_arena *a, struct rmk_str version)
{
	return rmk_str_printf(a, "%s%.*s\n", magic, RMK_FMT(version));
}

static size_t
entry_size(struct rmk_str key, struct rmk_str bytes)
{
	return 2 * sizeof(uint32_t) + key.n + bytes.n;
}

static void
enter(struct rmk_cache *c, struct rmk_str key, struct rmk_str bytes)
{
	size_t *at = rmk_map_put(&c->keys, key);

	if (*at == RMK_NONE) {
		*at = c->n;
		*RMK_PUSH(c->arena, c->entries, c->n, c->cap) = (struct rmk_cache_entry){
		    key, bytes};
		c->size += entry_size(key, bytes);
		return;
	}
	c->size += bytes.n;
	c->size -= c->entries[*at].bytes.n;
	c->entries[*at].bytes = bytes;
}

static bool
cache_take(struct rmk_str *s, size_t n, struct rmk_str *out)
{
	if (n > s->n)
		return false;
	*out = rmk_str_part(*s, 0, n);
	*s = rmk_str_from(*s, n);
	return true;
}

static void
read_entries(struct rmk_cache *c, struct rmk_str text)
{
	struct rmk_str lengths, key, bytes;
	uint32_t n[2];

	while (cache_take(&text, sizeof n, &lengths)) {
		memcpy(n, lengths.s, sizeof n);
		if (!cache_take(&text, n[0], &key) || !cache_take(&text, n[1], &bytes))
			return;
		enter(c, key, bytes);
	}
}

// What follows the first line, if its checksum is right.
static bool
cache_is_whole(struct rmk_str text, struct rmk_str *entries)
{
	struct rmk_str sum;
	uint64_t want;

	if (!cache_take(&text, sizeof want, &sum))
		return false;
	memcpy(&want, sum.s, sizeof want);
	*entries = text;
	return rmk_str_hash(text) == want;
}

void
rmk_cache_open(struct rmk_cache *c, struct rmk_arena *a, struct rmk_str folder,
    struct rmk_str name, struct rmk_str version)
{
	struct rmk_str text, entries, first = head(a, version);

	*c = (struct rmk_cache){
	    .arena = a, .folder = folder, .name = name, .keys = {.arena = a}};
	if (rmk_file_read(a,
		rmk_str_printf(a, "%.*s%.*s", RMK_FMT(folder), RMK_FMT(name)), &text,
		NULL, NULL))
		return;
	if (rmk_str_starts(text, first) && text.n <= RMK_CACHE_MOST / 4 * 3 &&
	    cache_is_whole(rmk_str_from(text, first.n), &entries))
		read_entries(c, entries);
}

bool
rmk_cache_get(const struct rmk_cache *c, struct rmk_str key, struct rmk_str *bytes)
{
	size_t at = rmk_map_get(&c->keys, key);

	if (at == RMK_NONE)
		return false;
	*bytes = c->entries[at].bytes;
	return true;
}

void
rmk_cache_put(struct rmk_cache *c, struct rmk_str key, struct rmk_str bytes)
{
	if (entry_size(key, bytes) > RMK_CACHE_MOST - c->size)
		return;
	enter(c, rmk_str_copy(c->arena, key), rmk_str_copy(c->arena, bytes));
	c->changed = true;
}

// --- writing --------------------------------------------------------------------

static struct rmk_str
cache_joined(struct rmk_cache *c, struct rmk_str version)
{
	struct rmk_buf b = {.arena = c->arena}, whole = {.arena = c->arena};
	uint64_t sum;

	for (size_t i = 0; i < c->n; i++) {
		const struct rmk_cache_entry *e = &c->entries[i];
		uint32_t n[2] = {(uint32_t)e->key.n, (uint32_t)e->bytes.n};
		rmk_buf_add(&b, (struct rmk_str){(const char *)n, sizeof n});
		rmk_buf_add(&b, e->key);
		rmk_buf_add(&b, e->bytes);
	}
	sum = rmk_str_hash(rmk_buf_str(&b));
	rmk_buf_add(&whole, head(c->arena, version));
	rmk_buf_add(&whole, (struct rmk_str){(const char *)&sum, sizeof sum});
	rmk_buf_add(&whole, rmk_buf_str(&b));
	return rmk_buf_str(&whole);
}

// Of all files in the folder, the oldest go until the rest fits.
static void
bound_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	char oldest[NAME_MAX + 1];
	struct dirent *e;

	for (int i = 0; dir && i < FILES_MOST; i++) {
		struct timespec least = {0};
		size_t sum = 0;
		oldest[0] = '\0';
		rewinddir(dir);
		while ((e = readdir(dir))) {
			struct stat st;
			if (fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) ||
			    !S_ISREG(st.st_mode))
				continue;
			sum += (size_t)st.st_size;
			if (oldest[0] == '\0' || st.st_mtim.tv_sec < least.tv_sec) {
				least = st.st_mtim;
				snprintf(oldest, sizeof oldest, "%s", e->d_name);
			}
		}
		if (sum <= FOLDER_MOST || unlinkat(dirfd(dir), oldest, 0))
			break;
	}
	if (dir)
		closedir(dir);
}

void
rmk_cache_close(struct rmk_cache *c, struct rmk_str version)
{
	const char *folder, *name, *temp;
	int fd;

	if (!c->changed)
		return;
	folder = rmk_str_c(c->arena, c->folder);
	name = rmk_str_c(
	    c->arena, rmk_str_printf(c->arena, "%s%.*s", folder, RMK_FMT(c->name)));
	temp = rmk_str_c(
	    c->arena, rmk_str_printf(c->arena, "%s.%ld", name, (long)getpid()));
	mkdir(folder, 0777);
	fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return;
	bool written = rmk_write_all(fd, cache_joined(c, version));
	if (close(fd) || !written || rename(temp, name))
		unlink(temp);
	else
		bound_folder(folder);
}
