// The folder of a sync or a land: see scratch.h.
#include "sync/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SCRATCH_PAUSE_MS 20

static void
remove_files(int fd)
{
	int again = dup(fd);
	DIR *folder = again < 0 ? NULL : fdopendir(again);
	struct dirent *entry;

	if (!folder)
		return;
	rewinddir(folder);
	while ((entry = readdir(folder)) != NULL) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			unlinkat(fd, entry->d_name, 0);
	}
	closedir(folder);
}

static enum rmk_code
wait_for_turn(int fd, unsigned wait_ms, struct rmk_err *err)
{
	const struct timespec pause = {0, SCRATCH_PAUSE_MS * 1000000L};

	for (unsigned waited = 0; flock(fd, LOCK_EX | LOCK_NB);
	     waited += SCRATCH_PAUSE_MS) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return RMK_OK; // a file system without such locks
		if (waited > wait_ms) {
			rmk_fail(err, RMK_LOCKED,
			    "another sync or land of this clone has been going on for %u "
			    "s",
			    wait_ms / 1000);
			return rmk_hint(err, "try again when it has ended");
		}
		nanosleep(&pause, NULL);
	}
	return RMK_OK;
}

enum rmk_code
rmk_scratch_take(struct rmk_arena *a, const struct rmk_repo *repo, unsigned wait_ms,
    struct rmk_scratch *out, struct rmk_err *err)
{
	struct rmk_str path = rmk_str_printf(
	    a, "%.*srowmark-sync/", RMK_FMT(rmk_repo_gitdir(repo)));
	int fd;

	if (mkdir(path.s, 0777) && errno != EEXIST)
		return rmk_fail_errno(err, "%s: cannot be made", path.s);
	fd = open(path.s, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return rmk_fail_errno(err, "%s: cannot be opened", path.s);
	if (wait_for_turn(fd, wait_ms, err)) {
		close(fd);
		return err->code;
	}
	remove_files(fd);
	*out = (struct rmk_scratch){path, fd};
	return RMK_OK;
}

void
rmk_scratch_release(struct rmk_scratch *scratch)
{
	if (scratch->fd < 0)
		return;
	remove_files(scratch->fd);
	close(scratch->fd);
	scratch->fd = -1;
}
