// The lock on the index, and files that appear whole.
//
// git's lock is a file: the process that creates index.lock may write the index. A process that
// is killed leaves it, and git then asks the person to remove it. Ours says "rowmark"
// and is held by flock as well, which dies with its process. So the next rowmark that
// finds one without its flock knows that nobody is behind it, and goes on with it.
//
// The file must never be seen without its mark: it is written while it has no name, or
// another (io/file_beside.h), and linked to its own, which fails where there is one, as O_EXCL does.
#include "git/commit_internal.h"
#include "git/process.h"

#include "base/ending_signals.h"
#include "base/system.h"
#include "io/file_beside.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int
lock_create(const char *path)
{
	return open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

// What is written before the file has a name.
static bool
fill_unnamed(int f, struct rmk_str text, bool locked)
{
	// No flock here: no mark, and nobody takes it over.
	if (locked && flock(f, LOCK_EX | LOCK_NB))
		text.n = 0;
	return rmk_write_all(f, text);
}

// A file without a name, which vanishes with its process, gets one by a link. 1: not here.
static int
publish_unnamed(
    struct rmk_arena *a, const char *to, struct rmk_str text, bool locked, int *fd)
{
	size_t cut = rmk_str_rchr(rmk_str_of(to), '/');
	struct rmk_str folder = cut == RMK_NONE
	                            ? RMK_STR(".")
	                            : rmk_str_part(rmk_str_of(to), 0, cut + 1);
	int e = rmk_system_create_unnamed(rmk_str_c(a, folder), fd);

	if (e)
		return e;
	if (!fill_unnamed(*fd, text, locked))
		return -1;
	e = rmk_system_name_unnamed(*fd, to);
	if (e == 1) {
		close(*fd);
		*fd = -1;
	}
	return e;
}

static int
link_filled(int folder, const char *from, const char *to, int fd, struct rmk_str text,
    bool locked)
{
	int e = -1, why;

	if (fill_unnamed(fd, text, locked)) {
		e = linkat(folder, from, AT_FDCWD, to, 0);
		if (e && (errno == EPERM || errno == ENOSYS || errno == EOPNOTSUPP ||
			     errno == EMLINK))
			e = 1;
	}
	why = errno;
	unlinkat(folder, from, 0);
	errno = why;
	return e;
}

// The same by way of the name beside temp, which the next one knows and takes away. Where `to` is
// there already it is not made: many may wait.
static int
publish_linked(struct rmk_arena *a, struct rmk_str temp, const char *to,
    struct rmk_str text, bool locked, int *fd)
{
	struct rmk_str name, made;
	sigset_t before;
	struct stat st;
	int folder, e = -1, why;
	bool held;

	*fd = -1;
	if (lstat(to, &st) == 0) {
		errno = EEXIST;
		return -1;
	}
	folder = rmk_beside_folder(a, temp, &name);
	if (folder < 0)
		return -1;
	*fd = rmk_beside_create(a, folder, name, 0666, &made, &before, &held);
	why = errno;
	if (*fd >= 0) {
		e = link_filled(folder, made.s, to, *fd, text, locked);
		why = errno;
		pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	close(folder);
	errno = why;
	return e;
}

// A file system without links: git's own way, mark and all.
static int
publish_created(const char *to, struct rmk_str text, bool locked, int *fd)
{
	close(*fd);
	*fd = lock_create(to);
	if (*fd < 0)
		return -1;
	if ((locked && flock(*fd, LOCK_EX | LOCK_NB)) || !rmk_write_all(*fd, text)) {
		unlink(to);
		return -1;
	}
	return 0;
}

enum rmk_code
rmk_publish(struct rmk_arena *a, struct rmk_str temp, struct rmk_str path,
    struct rmk_str text, int *fd, struct rmk_err *err)
{
	char *to = rmk_str_c(a, path);
	enum rmk_code code = RMK_OK;
	int f, e = publish_unnamed(a, to, text, fd != NULL, &f);

	if (e == 1)
		e = publish_linked(a, temp, to, text, fd != NULL, &f);
	if (e == 1)
		e = publish_created(to, text, fd != NULL, &f);
	if (e)
		code = errno == EEXIST ? rmk_fail(err, RMK_EXISTS, "%s: exists", to)
		                       : rmk_fail_errno(err, "%s: cannot create", to);
	if (fd && code == RMK_OK)
		*fd = f;
	else if (f >= 0)
		close(f);
	return code;
}

void
rmk_pause(unsigned *ms)
{
	struct timespec t = {0, 0};
	long half = (long)*ms * 500000; // of it, in nanoseconds
	uint32_t r = 0;

	// Not all at the same time again: between half of it and all.
	if (getentropy(&r, sizeof r))
		r = 0;
	t.tv_nsec = half + (long)r % half;
	nanosleep(&t, NULL);
	if (*ms < 30)
		*ms = *ms * 3 / 2 + 1;
}

static bool
leads_to(const char *path, int fd)
{
	struct stat held, there;

	return fstat(fd, &held) == 0 && lstat(path, &there) == 0 &&
	       held.st_ino == there.st_ino && held.st_dev == there.st_dev;
}

// A lock with our mark that nobody holds. True: fd is locked, and the lock is ours.
static bool
is_of_the_dead(const char *path, int fd)
{
	char mark[sizeof RMK_LOCK_MARK - 1];

	return fd >= 0 && pread(fd, mark, sizeof mark, 0) == (ssize_t)sizeof mark &&
	       memcmp(mark, RMK_LOCK_MARK, sizeof mark) == 0 &&
	       flock(fd, LOCK_EX | LOCK_NB) == 0 && leads_to(path, fd);
}

// Who was killed while its file had both names has left both.
static void
drop_other_name(struct rmk_arena *a, struct rmk_str path, int fd)
{
	struct rmk_str name;
	int folder = rmk_beside_folder(a, path, &name);
	struct stat held, there;

	if (folder < 0)
		return;
	name = rmk_beside_name(a, name);
	if (fstat(fd, &held) == 0 &&
	    fstatat(folder, name.s, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
	    held.st_ino == there.st_ino && held.st_dev == there.st_dev)
		unlinkat(folder, name.s, 0);
	close(folder);
}

bool
rmk_lock_inherit(struct rmk_arena *a, struct rmk_str path, struct rmk_lock *out)
{
	char *name = rmk_str_c(a, path);
	int fd = open(name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

	if (is_of_the_dead(name, fd)) {
		drop_other_name(a, path, fd);
		*out = (struct rmk_lock){
		    .path = {name, path.n}, .fd = fd, .inherited = true};
		return true;
	}
	if (fd >= 0)
		close(fd);
	return false;
}

static bool
passed(const struct timespec *since, unsigned ms)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - since->tv_sec) * 1000 +
	           (now.tv_nsec - since->tv_nsec) / 1000000 >=
	       (long)ms;
}

bool
rmk_interrupted(void)
{
	return rmk_ending_signals_waiting() != 0;
}

// As rmk_lock_release; only what a signal handler may call.
void
rmk_commit_trace_remove(struct rmk_commit_trace *trace)
{
	if (trace->there && leads_to(trace->path, trace->fd))
		unlink(trace->path);
}

// Whether the lock is the file it was: another one's is another file, and who is at work writes notes
// into its own.
static bool
stands_still(const char *path, struct stat *last)
{
	struct stat was = *last;

	return lstat(path, last) == 0 && was.st_ino == last->st_ino &&
	       was.st_mtim.tv_sec == last->st_mtim.tv_sec &&
	       was.st_mtim.tv_nsec == last->st_mtim.tv_nsec;
}

// Many at once may have it one after the other, for longer than one would be waited for.
#define MOST_WAITS 6

enum rmk_code
rmk_lock_take(struct rmk_arena *a, struct rmk_str path, unsigned wait_ms,
    struct rmk_lock *out, struct rmk_err *err)
{
	char *name = rmk_str_c(a, path);
	struct timespec start, still;
	struct stat holder = {0};
	unsigned ms = 1;

	clock_gettime(CLOCK_MONOTONIC, &start);
	still = start;
	*out = (struct rmk_lock){.path = {name, path.n}, .fd = -1};
	for (;;) {
		enum rmk_code code = rmk_publish(
		    a, path, path, RMK_STR(RMK_LOCK_MARK), &out->fd, err);
		if (code != RMK_EXISTS)
			return code;
		if (rmk_lock_inherit(a, path, out))
			return RMK_OK;
		if (!stands_still(name, &holder))
			clock_gettime(CLOCK_MONOTONIC, &still);
		if (rmk_interrupted() || passed(&still, wait_ms) ||
		    passed(&start, MOST_WAITS * wait_ms)) {
			rmk_fail(err, RMK_LOCKED,
			    "%s: another process has been holding this lock for %u s",
			    name, wait_ms / 1000);
			rmk_hint(err,
			    "if no git is running in this repository, remove that file");
			return RMK_LOCKED;
		}
		rmk_pause(&ms);
	}
}

void
rmk_lock_release(struct rmk_lock *lock)
{
	if (lock->fd < 0)
		return;
	// A person may have removed it, and git made its own since.
	if (leads_to(lock->path.s, lock->fd))
		unlink(lock->path.s);
	close(lock->fd);
	lock->fd = -1;
}

bool
rmk_repo_interrupted(const struct rmk_repo *repo)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%.*s.lock", RMK_FMT(repo->index));
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	bool dead = is_of_the_dead(path, fd);
	if (fd >= 0)
		close(fd);
	return dead;
}
