// Owner, group and extended attributes, access lists among them: a new version of a file has those
// of the old.
#include "io/file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#ifdef __APPLE__
#include <copyfile.h>
#else
#include <sys/xattr.h>
#endif

#ifdef __APPLE__

bool
rmk_file_copy_attributes(struct rmk_arena *a, int from, int to)
{
	(void)a;
	return fcopyfile(from, to, NULL, COPYFILE_ACL | COPYFILE_XATTR) == 0;
}

#else

#define NAMES_MAX 65536 // the kernel's own limits
#define VALUE_MAX 65536

// Labels that the system itself puts on files may not be ours to set, and are then right
// already.
static bool
attribute_is_systems(const char *name)
{
	return strncmp(name, "security.", 9) == 0 || strncmp(name, "trusted.", 8) == 0;
}

static bool
attribute_copy(int from, int to, const char *name, char *value)
{
	ssize_t n = fgetxattr(from, name, value, VALUE_MAX);

	if (n >= 0 && fsetxattr(to, name, value, (size_t)n, 0) == 0)
		return true;
	return errno == ENODATA || attribute_is_systems(name);
}

bool
rmk_file_copy_attributes(struct rmk_arena *a, int from, int to)
{
	struct rmk_arena_mark mark = rmk_arena_mark(a);
	ssize_t n = flistxattr(from, NULL, 0);
	bool ok = true;

	// The list that a new file has from its folder is not the old file's.
	fremovexattr(to, "system.posix_acl_access");
	if (n <= 0)
		return n == 0 || errno == ENOTSUP;
	char *names = rmk_arena_alloc(a, NAMES_MAX),
	     *value = rmk_arena_alloc(a, VALUE_MAX);
	n = flistxattr(from, names, NAMES_MAX);
	for (ssize_t at = 0; ok && at < n; at += (ssize_t)strlen(names + at) + 1)
		ok = attribute_copy(from, to, names + at, value);
	rmk_arena_reset(a, mark);
	return ok && n >= 0;
}

#endif

bool
rmk_file_keep_owner(int fd, const struct stat *like, mode_t *mode)
{
	struct stat st;

	*mode = like->st_mode & 07777;
	if (fstat(fd, &st))
		return false;
	if ((st.st_uid == like->st_uid && st.st_gid == like->st_gid) ||
	    fchown(fd, like->st_uid, like->st_gid) == 0)
		return true;
	*mode &= 0777; // no set-id bit may pass from them to us
	return st.st_gid == like->st_gid || fchown(fd, (uid_t)-1, like->st_gid) == 0 ||
	       (*mode >> 3 & 7) == (*mode & 7);
}
