// Messages are cut from a buffer that is let go when all of a large one was handed out.
#include "rpc/frames.h"

#define HEADER_MOST ((size_t)4 << 10)
#define KEPT_MOST ((size_t)256 << 10)

void
rmk_frames_free(struct rmk_frames *f)
{
	rmk_arena_free(&f->arena);
	f->s = NULL;
	f->at = f->n = f->cap = 0;
}

void
rmk_frames_add(struct rmk_frames *f, struct rmk_str bytes)
{
	if (f->at == f->n && f->cap > KEPT_MOST)
		rmk_frames_free(f);
	if (f->at && f->n - f->at + bytes.n <= f->cap) {
		memmove(f->s, f->s + f->at, f->n - f->at);
		f->n -= f->at;
		f->at = 0;
	}
	if (f->n + bytes.n > f->cap) {
		size_t cap = (f->n + bytes.n) * 2;

		f->s = rmk_arena_grow(&f->arena, f->s, f->cap, cap);
		f->cap = cap;
	}
	if (bytes.n)
		memcpy(f->s + f->n, bytes.s, bytes.n);
	f->n += bytes.n;
}

static struct rmk_str
frames_rest(const struct rmk_frames *f)
{
	return (struct rmk_str){f->s ? f->s + f->at : "", f->n - f->at};
}

bool
rmk_frames_has_part(const struct rmk_frames *f)
{
	return f->at < f->n;
}

// "Content-Length: 17", digits and nothing else.
static enum rmk_code
header_field(struct rmk_str line, size_t *length, struct rmk_err *err)
{
	size_t colon = rmk_str_chr(line, ':');
	struct rmk_str value = rmk_str_trim(rmk_str_from(line, colon + 1));
	uint32_t n;

	if (colon == RMK_NONE)
		return rmk_fail(err, RMK_INVALID, "a header without a colon: %.*s",
		    RMK_FMT(rmk_str_part(line, 0, 80)));
	if (!rmk_str_eq_nocase(rmk_str_part(line, 0, colon), RMK_STR("Content-Length")))
		return RMK_OK;
	if (*length != RMK_NONE)
		return rmk_fail(err, RMK_INVALID, "two headers Content-Length");
	if (value.n == 0 || !rmk_str_has_only(value, "0123456789"))
		return rmk_fail(err, RMK_INVALID, "a Content-Length that is no number");
	if (!rmk_str_to_u32(value, &n) || n > RMK_MESSAGE_MOST)
		return rmk_fail(err, RMK_TOO_BIG,
		    "a message of %.*s bytes, and %zu are the most",
		    RMK_FMT(rmk_str_part(value, 0, 40)), RMK_MESSAGE_MOST);
	*length = n;
	return RMK_OK;
}

// How many bytes the headers take, their empty line too; 0 where it has not come yet.
static enum rmk_code
header_read(struct rmk_str rest, size_t *taken, size_t *length, struct rmk_err *err)
{
	struct rmk_str from = rest, line;

	*taken = 0;
	*length = RMK_NONE;
	while (rmk_str_chr(from, '\n') != RMK_NONE) {
		rmk_str_split(&from, '\n', &line);
		line = rmk_str_trim(line);
		if (line.n == 0 && *length == RMK_NONE)
			return rmk_fail(
			    err, RMK_INVALID, "a message without Content-Length");
		if (line.n == 0) {
			*taken = (size_t)(from.s - rest.s);
			return RMK_OK;
		}
		if (header_field(line, length, err))
			return err->code;
	}
	return rest.n > HEADER_MOST ? rmk_fail(err, RMK_TOO_BIG,
					  "headers of more than %zu bytes", HEADER_MOST)
	                            : RMK_OK;
}

static enum rmk_code
next_with_headers(struct rmk_frames *f, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_str rest = frames_rest(f);
	size_t taken, length;

	if (header_read(rest, &taken, &length, err))
		return err->code;
	if (taken == 0 || rest.n - taken < length)
		return RMK_OK;
	*out = rmk_str_part(rest, taken, length);
	f->at += taken + length;
	return RMK_OK;
}

static enum rmk_code
next_line(struct rmk_frames *f, struct rmk_str *out, struct rmk_err *err)
{
	while (!out->s) {
		struct rmk_str rest = frames_rest(f);
		size_t end = rmk_str_chr(rmk_str_from(rest, f->scanned), '\n');

		if (rest.n > RMK_MESSAGE_MOST && end == RMK_NONE)
			return rmk_fail(err, RMK_TOO_BIG,
			    "a message of more than %zu bytes", RMK_MESSAGE_MOST);
		if (end == RMK_NONE) {
			f->scanned = rest.n;
			return RMK_OK;
		}
		end += f->scanned;
		f->scanned = 0;
		f->at += end + 1;
		rest = rmk_str_trim(rmk_str_part(rest, 0, end));
		if (rest.n)
			*out = rest;
	}
	return RMK_OK;
}

enum rmk_code
rmk_frames_next(struct rmk_frames *f, struct rmk_str *out, struct rmk_err *err)
{
	*out = (struct rmk_str){0};
	return f->framing == RMK_FRAMES_LINES ? next_line(f, out, err)
	                                      : next_with_headers(f, out, err);
}
