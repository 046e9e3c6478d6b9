// Write a new file whole: see save.h.
#include "save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
write_bytes(int fd, struct rmk_str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.s, text.n);

		if (n < 0 && errno != EINTR)
			return false;
		text = rmk_str_from(text, n > 0 ? (size_t)n : 0);
	}
	return true;
}

// A device, a pipe or a link is written through, not replaced.
static bool
is_special(struct rmk_str path)
{
	struct stat st;

	return lstat(path.s, &st) == 0 && !S_ISREG(st.st_mode);
}

enum rmk_code
save_file(struct rmk_arena *a, struct rmk_str path, struct rmk_str text, mode_t mode,
    struct rmk_err *err)
{
	struct rmk_str whole = rmk_str_printf(a, "%.*s", RMK_FMT(path));
	struct rmk_str temp = rmk_str_printf(
	    a, "%.*s.%ld", RMK_FMT(path), (long)getpid());
	bool special = is_special(whole), ok;
	int fd = special ? open(whole.s, O_WRONLY | O_TRUNC | O_CLOEXEC)
	                 : open(temp.s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	if (fd < 0)
		return rmk_fail_errno(err, "%.*s: cannot write", RMK_FMT(path));
	ok = write_bytes(fd, text);
	ok = close(fd) == 0 && ok;
	if (ok && (special || rename(temp.s, whole.s) == 0))
		return RMK_OK;
	rmk_fail_errno(err, "%.*s: cannot write", RMK_FMT(path));
	if (!special)
		unlink(temp.s);
	return RMK_IO;
}
