// The language server: any bytes on its input end in answers, or in words that say why not.
//
//	"\x01..."  one message a line of input, each put behind its header
//	else       the bytes as they are
//
// What it writes is whole messages of JSON.
#include "fuzz/fuzz.h"
#include "internal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int64_t
fuzz_now(void)
{
	return 1767409445;
}

// A file without a name that holds the text, read from its beginning.
static int
file_of(struct rmk_str text)
{
	int fd = memfd_create("lsp", MFD_CLOEXEC);

	CHECK(fd >= 0 && rmk_write_all(fd, text) && lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

static struct rmk_str
framed(struct rmk_arena *a, struct rmk_str rest)
{
	struct rmk_buf b = {.arena = a};
	struct rmk_str line;

	while (rmk_str_split(&rest, '\n', &line))
		rmk_buf_printf(
		    &b, "Content-Length: %zu\r\n\r\n%.*s", line.n, RMK_FMT(line));
	return rmk_buf_str(&b);
}

static void
check_output(struct rmk_arena *a, int fd)
{
	struct rmk_frames frames = {.framing = RMK_FRAMES_HEADERS};
	const struct rmk_json_value *v;
	struct rmk_str message = {"", 0};
	struct rmk_err err;
	char bytes[4096];
	ssize_t n;

	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	while ((n = read(fd, bytes, sizeof bytes)) > 0)
		rmk_frames_add(&frames, (struct rmk_str){bytes, (size_t)n});
	while (message.s) {
		CHECK(rmk_frames_next(&frames, &message, &err) == RMK_OK);
		if (message.s)
			CHECK(rmk_json_read(a, message, &v, &err) == RMK_OK);
	}
	CHECK(!rmk_frames_has_part(&frames));
	rmk_frames_free(&frames);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct rmk_lsp_opts opts = {.now = fuzz_now};
	struct rmk_str text = {(const char *)data, size};
	struct rmk_arena a = {0};
	struct rmk_rpc rpc;
	struct rmk_err err = {0};
	bool clean;
	int out = file_of(RMK_STR("")), kept = dup(out);

	if (rmk_str_starts(text, RMK_STR("\x01")))
		text = framed(&a, rmk_str_from(text, 1));
	rmk_rpc_open(&rpc, &rmk_rpc_lsp, file_of(text), out);
	if (rmk_lsp_run(&rpc, &opts, &clean, &err))
		CHECK(err.msg[0]);
	rmk_rpc_close(&rpc);
	check_output(&a, kept);
	close(kept);
	rmk_arena_free(&a);
	return 0;
}
