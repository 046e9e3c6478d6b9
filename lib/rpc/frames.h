// Bytes of a pipe as whole messages.
//
//	Content-Length: 17\r\n          RMK_FRAMES_HEADERS, of the language server protocol
//	\r\n
//	{"jsonrpc":"2.0"}Content-Len...
//
//	{"jsonrpc":"2.0"}\n             RMK_FRAMES_LINES, of the model context protocol
//
// Bytes come in any pieces. Headers but Content-Length are passed over, and so are empty lines
// between messages of a line each.
//
// Errors: RMK_INVALID where no length can be read, RMK_TOO_BIG for a message of more than
// RMK_MESSAGE_MOST. Where the next message begins is not known then, so the caller has to end.
#ifndef RMK_RPC_FRAMES_H
#define RMK_RPC_FRAMES_H

#include "base/err.h"
#include "base/str.h"

// The largest file that an editor may open is smaller, also where each byte of it is escaped.
#define RMK_MESSAGE_MOST ((size_t)128 << 20)

enum rmk_framing {
	RMK_FRAMES_HEADERS,
	RMK_FRAMES_LINES,
};

struct rmk_frames {
	enum rmk_framing framing;
	struct rmk_arena arena;
	char *s; // bytes not handed out yet: from `at`, to `n`
	size_t at, n, cap;
	size_t scanned; // of a line: bytes from `at` that have no line end
};

void rmk_frames_add(struct rmk_frames *f, struct rmk_str bytes);

// The next message; out->s is NULL where more bytes are wanted. It points into the bytes that
// were added, and is true until more are.
enum rmk_code rmk_frames_next(
    struct rmk_frames *f, struct rmk_str *out, struct rmk_err *err);

// Whether a part of a message is there.
bool rmk_frames_has_part(const struct rmk_frames *f);

void rmk_frames_free(struct rmk_frames *f);

#endif
