// What is wrong with Markdown that never was a file: check_buffer <TEXT
//
// An editor or a web form checks what is being typed so. Exit status 1: errors.
#include <rowmark.h>

#include <err.h>
#include <stdio.h>

int
main(void)
{
	struct rmk_check_opts opts = {0};
	struct rmk_arena arena = {0};
	struct rmk_findings found = {0};
	struct rmk_buf out = {.arena = &arena};
	struct rmk_str text, name = RMK_STR("buffer");
	struct rmk_err e;
	int status;

	if (rmk_file_read_stdin(&arena, &text, &e))
		errx(2, "%s", e.msg);
	rmk_check_text(&arena, name, text, &opts, NULL, &found);
	rmk_report_concise(
	    &out, &(struct rmk_report){
		      .v = found.v, .n = found.n, .paths = &name, .npaths = 1});
	fwrite(out.s, 1, out.n, stdout);
	status = found.nerrors > 0;
	rmk_arena_free(&arena);
	return status;
}
