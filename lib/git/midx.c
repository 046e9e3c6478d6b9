// The multi-pack-index, which libgit2 believes whatever is in it: one flipped byte leads it out of the
// file. It ends in a checksum of itself, so that is asked first.
#include "git/checksum.h"
#include "git/object_database.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool
rmk_midx_is_sound(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	void *map = MAP_FAILED;
	struct stat st;
	bool sound;

	if (fd < 0)
		return true;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > RMK_SUM)
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return false;
	sound = rmk_format_sealed((struct rmk_str){map, (size_t)st.st_size});
	munmap(map, (size_t)st.st_size);
	return sound;
}
