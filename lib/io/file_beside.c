// See file_beside.h. Who makes the file holds it a moment later only, so whoever finds it in
// between takes it for a dead one's: the maker looks whether it is still there.
#include "io/file_beside.h"

#include "base/ending_signals.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAITS 1000 // of 10 ms

// A name has at most 255 bytes; of long ones those that begin alike are told apart.
struct rmk_str
rmk_beside_name(struct rmk_arena *a, struct rmk_str name)
{
	if (name.n <= 200)
		return rmk_str_printf(a, ".%.*s.rowmark-new", RMK_FMT(name));
	return rmk_str_printf(a, ".%.*s.%08x.rowmark-new",
	    RMK_FMT(rmk_str_part(name, 0, 200)), (unsigned)rmk_str_hash_seeded(name, 0));
}

static bool
beside_is_at(int folder, const char *name, int fd)
{
	struct stat held, there;

	return fstat(fd, &held) == 0 &&
	       fstatat(folder, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(held.st_mode) && held.st_ino == there.st_ino &&
	       held.st_dev == there.st_dev;
}

bool
rmk_beside_remove(int folder, const char *temp)
{
	int fd = openat(folder, temp, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool gone;

	if (fd < 0)
		return errno == ENOENT;
	gone = flock(fd, LOCK_EX | LOCK_NB) == 0 && beside_is_at(folder, temp, fd) &&
	       unlinkat(folder, temp, 0) == 0;
	close(fd);
	return gone;
}

int
rmk_beside_create(struct rmk_arena *a, int folder, struct rmk_str name, mode_t mode,
    struct rmk_str *temp, sigset_t *before, bool *held)
{
	const struct timespec pause = {0, 10000000};
	const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	int why = EEXIST;

	*temp = rmk_beside_name(a, name);
	for (int waits = 0; waits < WAITS; waits++) {
		int fd;

		// They would leave the file.
		*held = rmk_ending_signals_block(before);
		fd = openat(folder, rmk_str_c(a, *temp), flags, mode);
		why = errno;
		// Where nothing can be held, nobody takes it away either.
		if (fd >= 0 &&
		    (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) &&
		    beside_is_at(folder, temp->s, fd))
			return fd;
		pthread_sigmask(SIG_SETMASK, before, NULL);
		if (fd >= 0)
			close(fd);
		else if (why != EEXIST)
			break;
		else if (!rmk_beside_remove(folder, temp->s))
			nanosleep(&pause, NULL);
	}
	errno = why;
	return -1;
}

// --- the new version of a file ------------------------------------------------------------

// The folder of the new version: where it is to be parked, if a file can be renamed from there.
static bool
go_to_park(struct rmk_arena *a, struct rmk_file_new *f, const struct rmk_file_park *park)
{
	int folder = park ? open(rmk_str_c(a, park->folder), RMK_O_FOLDER) : -1;

	if (folder >= 0 && rmk_system_same_mount(folder, f->dirfd)) {
		f->tempfd = folder;
		return true;
	}
	if (folder >= 0)
		close(folder);
	return false;
}

// Where a known name may be left from one that was killed: nobody else has the lock.
static int
create_parked(
    struct rmk_arena *a, struct rmk_file_new *f, const struct rmk_file_park *park)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;

	if (go_to_park(a, f, park))
		f->temp = (struct rmk_str){rmk_str_c(a, park->name), park->name.n};
	else
		f->temp = rmk_str_printf(
		    a, ".%.*s.rowmark", RMK_FMT(rmk_str_part(f->name, 0, 200)));
	unlinkat(f->tempfd, f->temp.s, 0);
	return openat(f->tempfd, f->temp.s, flags, 0600);
}

static int
create_held(struct rmk_arena *a, struct rmk_file_new *f, const struct rmk_file_park *park)
{
	struct rmk_str name = go_to_park(a, f, park) ? park->name : f->name;
	bool held;
	int fd = rmk_beside_create(a, f->tempfd, name, 0600, &f->temp, &f->before, &held);

	// Of several files the first gives the signals back.
	f->waits = fd >= 0 && held;
	return fd;
}

int
rmk_beside_make(
    struct rmk_arena *a, struct rmk_file_new *f, const struct rmk_file_park *park)
{
	return park && park->locked ? create_parked(a, f, park) : create_held(a, f, park);
}

// --- by itself ----------------------------------------------------------------------------

int
rmk_beside_folder(struct rmk_arena *a, struct rmk_str path, struct rmk_str *name)
{
	size_t cut = rmk_str_rchr(path, '/');
	struct rmk_str folder = cut == RMK_NONE ? RMK_STR(".")
	                                        : rmk_str_part(path, 0, cut + 1);

	*name = cut == RMK_NONE ? path : rmk_str_from(path, cut + 1);
	return open(rmk_str_c(a, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

void
rmk_beside_tidy(struct rmk_arena *a, struct rmk_str path)
{
	struct rmk_str name;
	int folder = rmk_beside_folder(a, path, &name);

	if (folder < 0)
		return;
	rmk_beside_remove(folder, rmk_str_c(a, rmk_beside_name(a, name)));
	close(folder);
}

void
rmk_file_tidy(struct rmk_arena *a, struct rmk_str path)
{
	char *real = realpath(rmk_str_c(a, path), NULL);

	if (real)
		rmk_beside_tidy(a, rmk_str_of(real));
	free(real);
}

enum rmk_code
rmk_file_save_by(struct rmk_arena *a, struct rmk_str path, mode_t mode, bool fresh,
    bool (*write)(void *ctx, int fd), void *ctx, struct rmk_err *err)
{
	struct rmk_str name, temp;
	int folder = rmk_beside_folder(a, path, &name), fd = -1;
	sigset_t before;
	bool ok = false, held;

	if (folder >= 0)
		fd = rmk_beside_create(a, folder, name, mode, &temp, &before, &held);
	if (fd >= 0) {
		const char *from = rmk_str_c(a, temp), *to = rmk_str_c(a, name);

		ok = write(ctx, fd) && (fresh ? rmk_system_rename_fresh(folder, from, to)
					      : renameat(folder, from, folder, to)) == 0;
		if (!ok) {
			rmk_fail_errno(err, "%.*s: cannot write", RMK_FMT(path));
			unlinkat(folder, from, 0);
		}
		close(fd);
		pthread_sigmask(SIG_SETMASK, &before, NULL);
	} else {
		rmk_fail_errno(err, "%.*s: cannot write", RMK_FMT(path));
	}
	if (folder >= 0)
		close(folder);
	return ok ? RMK_OK : RMK_IO;
}

static bool
beside_write(void *ctx, int fd)
{
	const struct rmk_str *text = ctx;

	return rmk_write_all(fd, *text);
}

enum rmk_code
rmk_file_save(struct rmk_arena *a, struct rmk_str path, struct rmk_str text, mode_t mode,
    bool fresh, struct rmk_err *err)
{
	return rmk_file_save_by(a, path, mode, fresh, beside_write, &text, err);
}
