// Write a new file whole: see save.h.
#include "save.h"

#include "io/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

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
	ok = rmk_write_all(fd, text);
	ok = close(fd) == 0 && ok;
	if (ok && (special || rename(temp.s, whole.s) == 0))
		return RMK_OK;
	rmk_fail_errno(err, "%.*s: cannot write", RMK_FMT(path));
	if (!special)
		unlink(temp.s);
	return RMK_IO;
}
