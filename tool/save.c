// Write a new file whole: see save.h.
#include "save.h"

#include "io/file.h"

#include <fcntl.h>
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
save_file_by(struct rmk_arena *a, struct rmk_str path, mode_t mode,
    bool (*write)(void *ctx, int fd), void *ctx, struct rmk_err *err)
{
	struct rmk_str whole = rmk_str_printf(a, "%.*s", RMK_FMT(path));
	bool ok;
	int fd;

	if (!is_special(whole))
		return rmk_file_save_by(a, path, mode, false, write, ctx, err);
	fd = open(whole.s, O_WRONLY | O_TRUNC | O_CLOEXEC);
	ok = fd >= 0 && write(ctx, fd);
	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	return ok ? RMK_OK : rmk_fail_errno(err, "%.*s: cannot write", RMK_FMT(path));
}

static bool
save_text(void *ctx, int fd)
{
	const struct rmk_str *text = ctx;

	return rmk_write_all(fd, *text);
}

enum rmk_code
save_file(struct rmk_arena *a, struct rmk_str path, struct rmk_str text, mode_t mode,
    struct rmk_err *err)
{
	return save_file_by(a, path, mode, save_text, &text, err);
}
