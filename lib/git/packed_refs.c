// Looking through the packed refs once, when a repository is opened.
//
// git ends at a line that it does not understand; libgit2 skips what it can, and finds a ref
// or none. What git would refuse is left to git, which says why.
#include "git/packed_refs.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t
hex_digits(struct rmk_str line)
{
	size_t n = 0;

	while (n < line.n && ((line.s[n] >= '0' && line.s[n] <= '9') ||
				 (line.s[n] >= 'a' && line.s[n] <= 'f')))
		n++;
	return n;
}

// "ID NAME", or "^ID" for the one above.
static bool
packed_line_ok(struct rmk_str line)
{
	bool peeled = rmk_str_starts(line, RMK_STR("^"));
	size_t n;

	line = rmk_str_from(line, peeled);
	n = hex_digits(line);
	if (n != 40 && n != 64)
		return false;
	return peeled ? n == line.n
	              : rmk_str_starts(rmk_str_from(line, n), RMK_STR(" refs/"));
}

static enum rmk_packed_refs
packed_refs_read(struct rmk_str text)
{
	bool replaces = rmk_str_find(text, RMK_STR(" refs/replace/")) != RMK_NONE;
	struct rmk_str rest = text, line;

	if (!rmk_str_ends(text, RMK_STR("\n")))
		return RMK_PACKED_DAMAGED;
	while (rmk_str_split(&rest, '\n', &line) && (line.n || rest.n)) {
		if (!packed_line_ok(line) && !rmk_str_starts(line, RMK_STR("#")))
			return RMK_PACKED_DAMAGED;
	}
	return replaces ? RMK_PACKED_REPLACES : RMK_PACKED_PLAIN;
}

enum rmk_packed_refs
rmk_packed_refs_look(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum rmk_packed_refs found = RMK_PACKED_DAMAGED;
	struct stat st;
	void *map;

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? RMK_PACKED_PLAIN : found;
	if (fstat(fd, &st) == 0) {
		size_t size = (size_t)st.st_size;

		map = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
		if (!size)
			found = RMK_PACKED_PLAIN;
		else if (map != MAP_FAILED)
			found = packed_refs_read((struct rmk_str){map, size});
		if (size && map != MAP_FAILED)
			munmap(map, size);
	}
	close(fd);
	return found;
}
