// The lock on the index, and files that appear whole.
//
// git's lock is a file: whoever creates index.lock may write the index. A process that
// is killed leaves it, and git then asks the person to remove it. Ours says "rowmark"
// and is held by flock as well, which dies with its process. So the next rowmark that
// finds one without its flock knows that nobody is behind it, and goes on with it.
//
// The file must never be seen without its mark: it is written under another name and
// linked to its own, which fails where there is one, as O_EXCL does.
#include "git/commit_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MARK "rowmark\n"
#define NOTE_MAX (PATH_MAX + 100) // the mark, a path and an id

static int
lock_create(const char *path)
{
	return open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

enum rmk_code
rmk_publish(struct rmk_arena *a, struct rmk_str temp, struct rmk_str path,
    struct rmk_str text, int *fd, struct rmk_err *err)
{
	char *to = rmk_str_c(a, path), *from = NULL;
	enum rmk_code code = RMK_OK;
	uint32_t r = 0;
	int f;

	if (getrandom(&r, sizeof r, 0) == sizeof r)
		from = rmk_str_c(a, rmk_str_printf(a, "%.*s.%08x", RMK_FMT(temp), r));
	f = from ? lock_create(from) : -1;
	if (f < 0)
		return rmk_fail_errno(err, "%s: cannot create", to);
	if (fd &&
	    flock(f, LOCK_EX | LOCK_NB)) // no flock here: no mark, nobody takes over
		text.n = 0;
	if (!rmk_write_all(f, text))
		code = rmk_fail_errno(err, "%s: cannot write", to);
	else if (link(from, to) == 0)
		code = RMK_OK;
	else if (errno == EEXIST)
		code = rmk_fail(err, RMK_EXISTS, "%s: exists", to);
	else if (errno == EPERM || errno == ENOSYS || errno == EOPNOTSUPP ||
		 errno == EMLINK) {
		// A file system without hard links: git's own way, mark and all.
		close(f);
		f = lock_create(to);
		if (f < 0)
			code = errno == EEXIST
			           ? rmk_fail(err, RMK_EXISTS, "%s: exists", to)
			           : rmk_fail_errno(err, "%s: cannot create", to);
		else if ((fd && flock(f, LOCK_EX | LOCK_NB)) || !rmk_write_all(f, text)) {
			code = rmk_fail_errno(err, "%s: cannot write", to);
			unlink(to);
		}
	} else {
		code = rmk_fail_errno(err, "%s: cannot create", to);
	}
	unlink(from);
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
	if (getrandom(&r, sizeof r, GRND_NONBLOCK) < 0)
		r = 0;
	t.tv_nsec = half + (long)r % half;
	nanosleep(&t, NULL);
	if (*ms < 30)
		*ms = *ms * 3 / 2 + 1;
}

// What a dead process was about to do: "ref PATH ID", the lock of a ref, and the commit
// the ref was to move to.
struct note {
	const char *lock;
	const char *id;
};

// False when it had not come so far.
static bool
read_note(struct rmk_arena *a, int fd, struct note *out)
{
	char text[NOTE_MAX];
	ssize_t n = pread(fd, text, sizeof text, 0);
	struct rmk_str rest = {text, n > 0 ? (size_t)n : 0}, line;

	rmk_str_split(&rest, '\n', &line);
	if (!rest.s || !rmk_str_split(&rest, '\n', &line) ||
	    !rmk_str_starts(line, RMK_STR("ref ")))
		return false;
	size_t cut = rmk_str_rchr(line, ' ');
	struct rmk_str id = rmk_str_from(line, cut + 1),
		       lock = rmk_str_part(line, 4, cut - 4);
	*out = (struct note){.lock = rmk_str_c(a, lock), .id = rmk_str_c(a, id)};
	return id.n == GIT_OID_HEXSZ && rmk_str_ends(lock, RMK_STR(".lock"));
}

static bool
file_holds(const char *path, const char *id)
{
	char held[GIT_OID_HEXSZ + 1] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? 0 : read(fd, held, sizeof held - 1);

	if (fd >= 0)
		close(fd);
	return n == GIT_OID_HEXSZ && strcmp(held, id) == 0;
}

// The dead one's lock on the ref holds the id of a commit that only it could have made,
// and goes; so do the indices it was preparing. What it had put in place stays: the same
// command again finds it, and goes on from there.
static void
clean_up_for_the_dead(struct rmk_arena *a, int fd, const char *index_lock)
{
	struct rmk_str index = rmk_str_part(
	    rmk_str_of(index_lock), 0, strlen(index_lock) - strlen(".lock"));
	struct note note;

	if (read_note(a, fd, &note) && file_holds(note.lock, note.id))
		unlink(note.lock);
	unlink(rmk_hooks_index(a, index).s);
	unlink(rmk_str_printf(a, "%.*s.rowmark", RMK_FMT(index)).s);
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
	char mark[sizeof MARK - 1];

	return fd >= 0 && pread(fd, mark, sizeof mark, 0) == (ssize_t)sizeof mark &&
	       memcmp(mark, MARK, sizeof mark) == 0 &&
	       flock(fd, LOCK_EX | LOCK_NB) == 0 && leads_to(path, fd);
}

// The lock of a process that is no more becomes ours. The name must still lead to the
// file that we hold, or somebody else was faster.
static bool
take_over(struct rmk_arena *a, const char *path, struct rmk_lock *out)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

	if (is_of_the_dead(path, fd)) {
		clean_up_for_the_dead(a, fd, path);
		if (ftruncate(fd, (off_t)strlen(MARK)) == 0) {
			out->fd = fd;
			out->inherited = true;
			return true;
		}
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
	sigset_t waiting;

	return sigpending(&waiting) == 0 &&
	       (sigismember(&waiting, SIGINT) || sigismember(&waiting, SIGTERM) ||
		   sigismember(&waiting, SIGHUP));
}

enum rmk_code
rmk_lock_take(struct rmk_arena *a, struct rmk_str path, unsigned wait_ms,
    struct rmk_lock *out, struct rmk_err *err)
{
	char *name = rmk_str_c(a, path);
	struct timespec start;
	unsigned ms = 1;

	clock_gettime(CLOCK_MONOTONIC, &start);
	*out = (struct rmk_lock){.path = {name, path.n}, .fd = -1};
	for (;;) {
		enum rmk_code code = rmk_publish(
		    a, path, path, RMK_STR(MARK), &out->fd, err);
		if (code != RMK_EXISTS)
			return code;
		if (take_over(a, name, out))
			return RMK_OK;
		if (rmk_interrupted() || passed(&start, wait_ms)) {
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

enum rmk_code
rmk_lock_note(struct rmk_lock *lock, struct rmk_str ref_lock, struct rmk_str id,
    struct rmk_err *err)
{
	char note[NOTE_MAX];
	int n = snprintf(
	    note, sizeof note, MARK "ref %.*s %.*s\n", RMK_FMT(ref_lock), RMK_FMT(id));

	if (n < 0 || (size_t)n >= sizeof note)
		return rmk_fail(
		    err, RMK_TOO_BIG, "%.*s: the path is too long", RMK_FMT(ref_lock));
	if (ftruncate(lock->fd, (off_t)strlen(MARK)) ||
	    pwrite(lock->fd, note, (size_t)n, 0) != n)
		return rmk_fail_errno(err, "%s: cannot write", lock->path.s);
	return RMK_OK;
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
