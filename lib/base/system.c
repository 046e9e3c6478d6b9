// See system.h.
#include "base/system.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#if defined __linux__ && !defined RMK_PORTABLE
#define LINUX_WAY
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#if __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#endif
#endif
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

// --- folders ----------------------------------------------------------------------

static int
open_folder_by_folder(int root, char *path)
{
	int fd = openat(root, ".", RMK_O_FOLDER);

	for (char *part = path, *next; fd >= 0 && *part; part = next) {
		int sub;

		next = part + strcspn(part, "/");
		if (*next)
			*next++ = '\0';
		if (strcmp(part, "..") == 0) {
			close(fd);
			errno = EXDEV;
			return -1;
		}
		sub = openat(fd, part, RMK_O_FOLDER | O_NOFOLLOW);
		close(fd);
		fd = sub;
	}
	return fd;
}

int
rmk_system_open_beneath(int root, char *path)
{
#if defined LINUX_WAY && defined SYS_openat2 && defined RESOLVE_BENEATH
	struct open_how how = {.flags = RMK_O_FOLDER,
	    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
	int fd = (int)syscall(SYS_openat2, root, *path ? path : ".", &how, sizeof how);

	if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
		return fd;
#endif
	return open_folder_by_folder(root, path);
}

bool
rmk_system_same_mount(int a, int b)
{
#if defined LINUX_WAY && defined STATX_MNT_ID
	struct statx x, y;

	return statx(a, "", AT_EMPTY_PATH, STATX_MNT_ID, &x) == 0 &&
	       statx(b, "", AT_EMPTY_PATH, STATX_MNT_ID, &y) == 0 &&
	       (x.stx_mask & y.stx_mask & STATX_MNT_ID) && x.stx_mnt_id == y.stx_mnt_id &&
	       x.stx_dev_major == y.stx_dev_major && x.stx_dev_minor == y.stx_dev_minor;
#else
	struct stat x, y;

	return fstat(a, &x) == 0 && fstat(b, &y) == 0 && x.st_dev == y.st_dev;
#endif
}

// --- renaming ---------------------------------------------------------------------

#ifdef LINUX_WAY
#define RENAME_FLAGS
enum { NOREPLACE = 1, EXCHANGE = 2 }; // as the kernel has them; not every libc names them

static int
rename_with(int afd, const char *a, int bfd, const char *b, unsigned flags)
{
	return (int)syscall(SYS_renameat2, afd, a, bfd, b, flags);
}
#elif defined RENAME_SWAP && !defined RMK_PORTABLE // macOS
#define RENAME_FLAGS
enum { NOREPLACE = RENAME_EXCL, EXCHANGE = RENAME_SWAP };
#define rename_with renameatx_np
#endif

#ifdef RENAME_FLAGS
static int
rename_flagged(int afd, const char *a, int bfd, const char *b, unsigned flags)
{
	if (rename_with(afd, a, bfd, b, flags) == 0)
		return 0;
	return errno == EINVAL || errno == ENOSYS || errno == EPERM || errno == ENOTSUP
	           ? 1
	           : -1;
}
#endif

int
rmk_system_exchange(int afd, const char *a, int bfd, const char *b)
{
#ifdef RENAME_FLAGS
	return rename_flagged(afd, a, bfd, b, EXCHANGE);
#else
	(void)afd, (void)a, (void)bfd, (void)b;
	return 1;
#endif
}

static bool
parked_name(char *out, size_t n, const char *a)
{
	return (size_t)snprintf(out, n, "%s-old", a) < n;
}

int
rmk_system_exchange_alone(int afd, const char *a, int bfd, const char *b)
{
	char old[PATH_MAX];
	int e = rmk_system_exchange(afd, a, bfd, b), why;

	if (e <= 0 || !parked_name(old, sizeof old, a))
		return e;
	unlinkat(afd, old, 0); // nobody's: a is ours
	if (linkat(bfd, b, afd, old, 0))
		return 1;
	if (renameat(afd, a, bfd, b)) {
		why = errno;
		unlinkat(afd, old, 0);
		errno = why;
		return -1;
	}
	return renameat(afd, old, afd, a);
}

void
rmk_system_exchange_settle(int afd, const char *a)
{
	char old[PATH_MAX];
	struct stat st;

	if (!parked_name(old, sizeof old, a) ||
	    fstatat(afd, old, &st, AT_SYMLINK_NOFOLLOW))
		return;
	if (fstatat(afd, a, &st, AT_SYMLINK_NOFOLLOW) == 0)
		unlinkat(afd, old, 0);
	else
		renameat(afd, old, afd, a);
}

int
rmk_system_rename_fresh(int folder, const char *from, const char *to)
{
#ifdef RENAME_FLAGS
	int e = rename_flagged(folder, from, folder, to, NOREPLACE);

	if (e <= 0)
		return e;
#endif
	if (linkat(folder, from, folder, to, 0) == 0)
		return unlinkat(folder, from, 0);
	return errno == EEXIST ? -1 : renameat(folder, from, folder, to);
}

// --- files without a name -----------------------------------------------------------

int
rmk_system_create_unnamed(const char *folder, int *fd)
{
	*fd = -1;
#if defined LINUX_WAY && defined O_TMPFILE
	*fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
	if (*fd >= 0)
		return 0;
	return errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL ? 1 : -1;
#else
	(void)folder;
	return 1;
#endif
}

int
rmk_system_name_unnamed(int fd, const char *to)
{
#ifdef LINUX_WAY
	char from[32];

	snprintf(from, sizeof from, "/proc/self/fd/%d", fd);
	if (linkat(AT_FDCWD, from, AT_FDCWD, to, AT_SYMLINK_FOLLOW) == 0)
		return 0;
	return errno == EEXIST || errno == ENOSPC || errno == EACCES ? -1 : 1;
#else
	(void)fd, (void)to;
	return 1;
#endif
}

#ifndef LINUX_WAY
// Between the call that opened it and this one another thread may start a program, which has it too
// then: that is what Linux' flags are for.
static int
close_when_started(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC);
}
#endif

int
rmk_system_memory_file(void)
{
#ifdef LINUX_WAY
	return (int)syscall(SYS_memfd_create, "rowmark", 1u); // closed when started
#else
	const char *folder = getenv("TMPDIR");
	char name[PATH_MAX];
	int fd;

	snprintf(
	    name, sizeof name, "%s/rowmark.XXXXXX", folder && *folder ? folder : "/tmp");
	fd = mkstemp(name);
	if (fd >= 0)
		unlink(name);
	if (fd >= 0)
		close_when_started(fd);
	return fd;
#endif
}

// --- processes --------------------------------------------------------------------

int
rmk_system_pipe(int ends[2])
{
#ifdef LINUX_WAY
	return pipe2(ends, O_CLOEXEC);
#else
	if (pipe(ends))
		return -1;
	close_when_started(ends[0]);
	close_when_started(ends[1]);
	return 0;
#endif
}

int
rmk_system_stream_pair(int ends[2])
{
#ifdef LINUX_WAY
	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
#else
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return -1;
	for (int i = 0; i < 2; i++) {
		close_when_started(ends[i]);
#ifdef SO_NOSIGPIPE
		setsockopt(ends[i], SOL_SOCKET, SO_NOSIGPIPE, &(int){1}, sizeof(int));
#endif
	}
	return 0;
#endif
}

size_t
rmk_system_program(char *path, size_t n)
{
#if defined LINUX_WAY
	ssize_t got = readlink("/proc/self/exe", path, n);

	return got > 0 ? (size_t)got : 0;
#elif defined __APPLE__
	uint32_t size = (uint32_t)n;

	return _NSGetExecutablePath(path, &size) == 0 ? strlen(path) : 0;
#else
	(void)path, (void)n;
	return 0;
#endif
}

#ifndef LINUX_WAY
// Of the process, as what Linux keeps is.
static pid_t ends_with;
static int ends_by;
#endif

// It may have ended before it was asked for.
bool
rmk_system_end_with(pid_t parent, int signal)
{
#ifdef LINUX_WAY
	prctl(PR_SET_PDEATHSIG, signal);
#else
	ends_with = parent;
	ends_by = signal;
#endif
	return getppid() == parent;
}

void
rmk_system_look_for_parent(void)
{
#ifndef LINUX_WAY
	if (ends_with && getppid() != ends_with) {
		ends_with = 0;
		raise(ends_by);
	}
#endif
}

void
rmk_system_keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_TRIM_THRESHOLD, 256 << 20);
	mallopt(M_MMAP_THRESHOLD, 16 << 20); // at most half a heap of glibc
#endif
}

// Only whole pages can be asked for.
void
rmk_system_large_pages(void *p, size_t n)
{
#if defined LINUX_WAY && defined MADV_HUGEPAGE
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t from = ((uintptr_t)p + page - 1) & ~(page - 1);
	uintptr_t to = ((uintptr_t)p + n) & ~(page - 1);

	if (from < to)
		madvise((void *)from, to - from, MADV_HUGEPAGE);
#else
	(void)p;
	(void)n;
#endif
}
