// Reading a file whole, and replacing one so that no moment shows half of it.
//
// A replacement is exchanged with the old file (rmk_system_exchange_alone), not renamed over it:
// between the last look at a file and a rename lies an instant in which an editor can
// save, and a rename would lose what it saved. After an exchange the old file is still
// there, under the temporary name, and can be looked at and put back.
#include "io/file.h"

#include "base/buf.h"
#include "base/system.h"
#include "io/file_beside.h"
#include "table/doc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static struct rmk_file_id
id_of(const struct stat *st)
{
	return (struct rmk_file_id){
	    .dev = st->st_dev,
	    .ino = st->st_ino,
	    .size = st->st_size,
	    .mtime = st->st_mtim,
	    .ctime = st->st_ctim,
	    .mode = st->st_mode,
	};
}

static bool
same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

// Renaming a file changes its ctime, so after an exchange that does not count.
static bool
same_file(const struct rmk_file_id *a, const struct stat *st, bool with_ctime)
{
	return a->dev == st->st_dev && a->ino == st->st_ino && a->size == st->st_size &&
	       same_time(a->mtime, st->st_mtim) &&
	       (!with_ctime || same_time(a->ctime, st->st_ctim));
}

// --- reading --------------------------------------------------------------------

// To the end of fd; the size is a guess, since the file may grow while it is read.
static enum rmk_code
read_fd(struct rmk_arena *a, int fd, size_t guess, bool regular, const char *shown,
    struct rmk_str *out, struct rmk_err *err)
{
	size_t cap = guess + 1, n = 0;
	char *s = rmk_arena_alloc(a, cap);

	for (;;) {
		size_t asked = cap - n;
		ssize_t got = read(fd, s + n, asked);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return rmk_fail_errno(err, "%s: cannot read", shown);
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > RMK_MAX_FILE)
			return rmk_fail(err, RMK_TOO_BIG, "%s: larger than %zu bytes",
			    shown, RMK_MAX_FILE);
		if (regular && (size_t)got < asked)
			break; // less than asked for: its end, without asking again
		if (n == cap) {
			s = rmk_arena_grow(a, s, cap, cap * 2 + 4096);
			cap = cap * 2 + 4096;
		}
	}
	*out = (struct rmk_str){s, n};
	return RMK_OK;
}

enum rmk_code
rmk_file_read(struct rmk_arena *a, struct rmk_str path, struct rmk_str *out,
    struct rmk_file_id *id, struct rmk_err *err)
{
	char *name = rmk_str_c(a, path);
	enum rmk_code code;
	struct stat st;

	if (memchr(path.s, 0, path.n))
		return rmk_fail(err, RMK_INVALID, "%s: a NUL byte in a path", name);
	int fd = open(
	    name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); // no FIFO waits
	if (fd < 0) {
		code = errno == ENOENT || errno == ENOTDIR ? RMK_NOT_FOUND : RMK_IO;
		rmk_fail_errno(err, "%s: cannot open", name);
		if (err)
			err->code = code;
		return code;
	}
	if (fstat(fd, &st))
		code = rmk_fail_errno(err, "%s: cannot stat", name);
	else if (S_ISDIR(st.st_mode))
		code = rmk_fail(err, RMK_INVALID, "%s: is a folder, not a file", name);
	else if (!S_ISREG(st.st_mode))
		code = rmk_fail(err, RMK_INVALID, "%s: not a regular file", name);
	else if (st.st_size > (off_t)RMK_MAX_FILE)
		code = rmk_fail(
		    err, RMK_TOO_BIG, "%s: larger than %zu bytes", name, RMK_MAX_FILE);
	else
		code = read_fd(a, fd, (size_t)st.st_size, true, name, out, err);
	close(fd);
	if (code == RMK_OK && id)
		*id = id_of(&st);
	return code;
}

bool
rmk_file_is_same(struct rmk_str path, const struct rmk_file_id *id)
{
	struct stat st;

	return stat(path.s, &st) == 0 && same_file(id, &st, true);
}

bool
rmk_file_is_markdown(struct rmk_str path)
{
	const char *const ends[] = {".md", ".markdown", ".mdx", ".mkd", ".mdown"};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		if (rmk_str_ends(path, rmk_str_of(ends[i])))
			return true;
	}
	return false;
}

enum rmk_code
rmk_file_read_stdin(struct rmk_arena *a, struct rmk_str *out, struct rmk_err *err)
{
	return read_fd(a, STDIN_FILENO, 65536, false, "standard input", out, err);
}

// --- replacing ------------------------------------------------------------------

// Where the file really is: its folder in f->dirfd and its name. A symbolic link is
// followed first, and the result opened through no further one.
static enum rmk_code
file_find(struct rmk_arena *a, struct rmk_str root, struct rmk_str path,
    struct rmk_file_new *f, struct rmk_err *err)
{
	char *top = realpath(root.n ? rmk_str_c(a, root) : "/", NULL), *real = NULL;
	struct rmk_str full = root.n && !rmk_str_starts(path, RMK_STR("/"))
	                          ? rmk_str_printf(
					a, "%.*s/%.*s", RMK_FMT(root), RMK_FMT(path))
	                          : path;
	enum rmk_code code = RMK_OK;

	f->path = path;
	if (top)
		real = realpath(rmk_str_c(a, full), NULL);
	if (!real) {
		code = rmk_fail_errno(err, "%.*s: cannot open", RMK_FMT(path));
		goto out;
	}
	struct rmk_str at = rmk_str_copy(a, rmk_str_of(real)), above = rmk_str_of(top);
	bool slash = rmk_str_ends(above, RMK_STR("/"));
	if (!rmk_str_starts(at, above) ||
	    (!slash && at.n > above.n && at.s[above.n] != '/')) {
		code = rmk_fail(err, RMK_REFUSED, "%.*s: leads out of %s, to %s",
		    RMK_FMT(path), top, real);
		goto out;
	}
	struct rmk_str rest = rmk_str_from(at, above.n + !slash);
	size_t cut = rmk_str_rchr(rest, '/');
	f->name = rmk_str_copy(a, cut == RMK_NONE ? rest : rmk_str_from(rest, cut + 1));
	char *folder = rmk_str_c(a, rmk_str_part(rest, 0, cut == RMK_NONE ? 0 : cut));
	int rootfd = open(top, RMK_O_FOLDER);
	f->dirfd = rootfd < 0 ? -1 : rmk_system_open_beneath(rootfd, folder);
	if (f->dirfd < 0)
		code = rmk_fail_errno(err, "%.*s: cannot open its folder", RMK_FMT(path));
	if (rootfd >= 0)
		close(rootfd);
out:
	free(top);
	free(real);
	return code;
}

static enum rmk_code
stale(const struct rmk_file_new *f, struct rmk_err *err)
{
	rmk_fail(
	    err, RMK_STALE, "%.*s: changed while it was being edited", RMK_FMT(f->path));
	rmk_hint(err, "run the command again");
	return RMK_STALE;
}

bool
rmk_write_all(int fd, struct rmk_str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.s, text.n);

		if (n < 0 && errno != EINTR)
			return false;
		text = rmk_str_from(text, n > 0 ? (size_t)n : 0);
	}
	return true;
}

// The names kept in a rmk_file_new end in NUL.
static const char *
c(struct rmk_str name)
{
	return name.s;
}

// Write all of text to fd, with the mode and attributes of the file it will replace.
static int
file_fill(struct rmk_arena *a, int fd, int old, mode_t mode, struct rmk_str text,
    struct rmk_file_id *id)
{
	struct stat st;

	if (!rmk_write_all(fd, text))
		return -1;
	if (fchmod(fd, mode) || !rmk_file_copy_attributes(a, old, fd) || fsync(fd) ||
	    fstat(fd, &st))
		return -1;
	*id = id_of(&st);
	return 0;
}

// A new version would have one of them alone, and writing into the file would show half of
// it to the reader.
static enum rmk_code
several_names(const struct rmk_file_new *f, const struct stat *st, struct rmk_err *err)
{
	rmk_fail(err, RMK_REFUSED,
	    "%.*s: has %lu names (hard links); a new version would have one",
	    RMK_FMT(f->path), (unsigned long)st->st_nlink);
	return rmk_hint(err, "part them first: cp %.*s copy && mv copy %.*s",
	    RMK_FMT(f->path), RMK_FMT(f->path));
}

static enum rmk_code
others_group(const struct rmk_file_new *f, const struct stat *st, struct rmk_err *err)
{
	rmk_fail(err, RMK_REFUSED,
	    "%.*s: belongs to group %u, which you are not in; a new version would be "
	    "open to "
	    "yours instead",
	    RMK_FMT(f->path), (unsigned)st->st_gid);
	return rmk_hint(err, "its owner can give it to a group that you are in: chgrp");
}

static void
close_all(struct rmk_file_new *f)
{
	for (int i = 0; i < 2; i++) {
		if (f->held[i] >= 0)
			close(f->held[i]);
		f->held[i] = -1;
	}
	if (f->tempfd != f->dirfd)
		close(f->tempfd);
	close(f->dirfd);
	f->dirfd = f->tempfd = -1;
	if (f->waits)
		pthread_sigmask(SIG_SETMASK, &f->before, NULL);
	f->waits = false;
}

static enum rmk_code
cannot_write(const struct rmk_file_new *f, struct rmk_err *err)
{
	if (errno != EEXIST)
		return rmk_fail_errno(
		    err, "%.*s: cannot write a new version beside it", RMK_FMT(f->path));
	rmk_fail(err, RMK_LOCKED, "%.*s: another process has been writing it for 10 s",
	    RMK_FMT(f->path));
	rmk_hint(err, "if no rowmark is running, remove %s beside it", c(f->temp));
	return RMK_LOCKED;
}

// The new version under a name of its own. One beside the file is held until all is done, and so
// is the old version, which gets that name.
static enum rmk_code
file_write_new(struct rmk_arena *a, struct rmk_file_new *f,
    const struct rmk_file_park *park, const struct stat *st, struct rmk_str text,
    struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;
	int was = openat(
	    f->dirfd, c(f->name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool held = !park || !park->locked;
	mode_t mode;
	int fd = was < 0 ? -1 : rmk_beside_make(a, f, park);

	if (fd >= 0 && !rmk_file_keep_owner(fd, st, &mode))
		code = others_group(f, st, err);
	else if (fd < 0 || file_fill(a, fd, was, mode, text, &f->now))
		code = cannot_write(f, err);
	if (code && fd >= 0)
		unlinkat(f->tempfd, c(f->temp), 0);
	f->held[0] = fd;
	f->held[1] = was;
	if (held) {
		flock(was,
		    LOCK_EX | LOCK_NB); // an editor may have it: then nobody is asked
		return code;
	}
	if (was >= 0)
		close(was);
	if (fd >= 0 && close(fd) && !code)
		code = rmk_fail_errno(err, "%.*s: cannot write", RMK_FMT(f->path));
	f->held[0] = f->held[1] = -1;
	return code;
}

enum rmk_code
rmk_file_prepare_parked(struct rmk_arena *a, struct rmk_str root, struct rmk_str path,
    const struct rmk_file_park *park, const struct rmk_file_id *old, struct rmk_str text,
    struct rmk_file_new *out, struct rmk_err *err)
{
	struct rmk_file_new f = {.dirfd = -1, .held = {-1, -1}};
	enum rmk_code code = file_find(a, root, path, &f, err);
	struct stat st;

	if (code)
		return code;
	f.name = (struct rmk_str){rmk_str_c(a, f.name), f.name.n};
	f.tempfd = f.dirfd;
	if (fstatat(f.dirfd, c(f.name), &st, AT_SYMLINK_NOFOLLOW)) {
		code = rmk_fail_errno(err, "%.*s: cannot stat", RMK_FMT(path));
	} else if (!S_ISREG(st.st_mode)) {
		code = rmk_fail(
		    err, RMK_INVALID, "%.*s: not a regular file", RMK_FMT(path));
	} else if (st.st_nlink > 1) {
		code = several_names(&f, &st, err);
	} else if (old && !same_file(old, &st, true)) {
		code = stale(&f, err);
	} else {
		f.old = id_of(&st);
		code = file_write_new(a, &f, park, &st, text, err);
	}
	if (code)
		close_all(&f);
	else
		*out = f;
	return code;
}

enum rmk_code
rmk_file_prepare(struct rmk_arena *a, struct rmk_str root, struct rmk_str path,
    const struct rmk_file_id *old, struct rmk_str text, struct rmk_file_new *out,
    struct rmk_err *err)
{
	return rmk_file_prepare_parked(a, root, path, NULL, old, text, out, err);
}

void
rmk_file_abandon(struct rmk_file_new *f)
{
	f->left = unlinkat(f->tempfd, c(f->temp), 0) && errno != ENOENT;
	close_all(f);
}

// Beside a file others wait for the temporary name, so that it may not be free for a moment.
static int
exchange(const struct rmk_file_new *f)
{
	if (f->held[0] >= 0)
		return rmk_system_exchange(f->tempfd, c(f->temp), f->dirfd, c(f->name));
	return rmk_system_exchange_alone(f->tempfd, c(f->temp), f->dirfd, c(f->name));
}

// What was saved in the last instant could not be put back: it must not be removed, nor stay
// under the temporary name, which the next command takes.
static enum rmk_code
keep_both(struct rmk_file_new *f, struct rmk_err *err)
{
	char name[NAME_MAX + 1];

	snprintf(name, sizeof name, "%.200s.saved-%ld", c(f->name), (long)getpid());
	if (renameat(f->tempfd, c(f->temp), f->dirfd, name) == 0)
		rmk_hint(err, "what was saved meanwhile is now in %s beside it", name);
	else
		rmk_hint(err,
		    "what was saved meanwhile is now in %s in git's folder: take it "
		    "from there before anything else",
		    c(f->temp));
	close_all(f);
	return RMK_STALE;
}

enum rmk_code
rmk_file_swap(struct rmk_file_new *f, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;
	struct stat st;
	int swapped;

	f->kept = false;
	if (fstatat(f->dirfd, c(f->name), &st, AT_SYMLINK_NOFOLLOW) ||
	    !same_file(&f->old, &st, true)) {
		code = stale(f, err);
	} else if ((swapped = exchange(f)) == 0) {
		if (fstatat(f->tempfd, c(f->temp), &st, AT_SYMLINK_NOFOLLOW) ||
		    !same_file(&f->old, &st, false)) {
			code = stale(f, err);
			if (exchange(f))
				return keep_both(f, err);
		}
		f->kept = code == RMK_OK;
	} else if (swapped < 0 || renameat(f->tempfd, c(f->temp), f->dirfd, c(f->name))) {
		code = rmk_fail_errno(
		    err, "%.*s: cannot put the new version in place", RMK_FMT(f->path));
	}
	if (code)
		rmk_file_abandon(f);
	return code;
}

bool
rmk_file_swap_back(struct rmk_file_new *f)
{
	struct stat st;

	return f->kept && fstatat(f->dirfd, c(f->name), &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       same_file(&f->now, &st, false) && exchange(f) == 0;
}

enum rmk_code
rmk_file_commit(struct rmk_file_new *f, struct rmk_err *err)
{
	enum rmk_code code = rmk_file_swap(f, err);

	if (!code)
		rmk_file_abandon(f); // what is at the temporary name now is not wanted
	return code;
}
