// A text in the person's editor: see editor.h.
#include "editor.h"
#include "git/process.h"

#include <stdlib.h>
#include <unistd.h>

static enum rmk_code
editor_file(
    struct call *c, struct rmk_str text, struct rmk_str *path, struct rmk_err *err)
{
	const char *folder = getenv("TMPDIR");
	struct rmk_str name = rmk_str_printf(
	    c->arena, "%s/rowmark-XXXXXX.md", folder && *folder ? folder : "/tmp");
	int fd = mkstemps((char *)name.s, 3);

	if (fd < 0)
		return rmk_fail_errno(err, "%.*s: cannot be made", RMK_FMT(name));
	*path = name;

	bool written = rmk_write_all(fd, text);
	if (close(fd) || !written)
		return rmk_fail_errno(err, "%.*s: cannot be written", RMK_FMT(name));
	return RMK_OK;
}

// The editor has the terminal, whatever our own input and output are.
static enum rmk_code
editor_start(struct call *c, struct rmk_str path, struct rmk_err *err)
{
	const char *var[] = {"git", "var", "GIT_EDITOR", NULL};
	struct rmk_run asked = {.argv = var};
	struct rmk_str editor, script;

	if (rmk_run(c->arena, &asked, err))
		return err->code;
	editor = rmk_str_trim(asked.out);
	if (asked.status || editor.n == 0) {
		rmk_fail(err, RMK_GIT, "no editor is known");
		return rmk_hint(err, "EDITOR names the one to use");
	}
	script = rmk_str_printf(c->arena,
	    "(: </dev/tty) 2>/dev/null && exec </dev/tty >/dev/tty; %.*s \"$1\"",
	    RMK_FMT(editor));

	const char *argv[] = {"sh", "-c", rmk_str_c(c->arena, script), "sh",
	    rmk_str_c(c->arena, path), NULL};
	struct rmk_run run = {.argv = argv, .show = true, .lasts = true};

	if (rmk_run(c->arena, &run, err))
		return err->code;
	return run.status == 0
	           ? RMK_OK
	           : rmk_fail(err, RMK_IO, "the editor '%.*s' did not succeed",
			 RMK_FMT(editor));
}

enum rmk_code
editor_run(struct call *c, struct rmk_str text, struct rmk_str *out, struct rmk_str *path,
    struct rmk_err *err)
{
	*path = (struct rmk_str){0};
	if (editor_file(c, text, path, err) || editor_start(c, *path, err))
		return err->code;
	return rmk_file_read(c->arena, *path, out, NULL, err);
}
