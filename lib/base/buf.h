// Bytes that grow, in an arena.
//
//	struct rmk_buf out = {.arena = &arena};
//	rmk_buf_printf(&out, "%zu rows\n", n);
//	... rmk_buf_str(&out) ...
//
// With a sink the bytes are handed on whenever there are some, so that memory does not grow with
// what is written; rmk_buf_flush hands on the rest.
//
// Ownership: the bytes live in the arena. rmk_buf_str stays true until the next
// append.
#ifndef RMK_BASE_BUF_H
#define RMK_BASE_BUF_H

#include "base/str.h"

struct rmk_buf {
	struct rmk_arena *arena;
	char *s;
	size_t n;
	size_t cap;
	void (*sink)(void *ctx, struct rmk_str text); // NULL: all of it stays
	void *ctx;                                    // of the sink
};

void rmk_buf_flush(struct rmk_buf *b); // nothing without a sink
void rmk_buf_add(struct rmk_buf *b, struct rmk_str text);
void rmk_buf_adds(struct rmk_buf *b, const char *cstring);
void rmk_buf_addc(struct rmk_buf *b, char c);
void rmk_buf_fill(struct rmk_buf *b, char c, size_t times);
void rmk_buf_number(struct rmk_buf *b, long long n); // decimal
void rmk_buf_printf(struct rmk_buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
struct rmk_str rmk_buf_str(const struct rmk_buf *b);

// Escaped for where the text is going. JSON: with its quotes; invalid UTF-8 becomes
// U+FFFD. XML: & < > " ' as entities, characters XML forbids as U+FFFD; for HTML too.
// CSV (RFC 4180): quoted when it must be. Mermaid, without quotes: what its grammar would
// read as something else becomes its entities.
void rmk_buf_json(struct rmk_buf *b, struct rmk_str text);
void rmk_buf_xml(struct rmk_buf *b, struct rmk_str text);
void rmk_buf_csv(struct rmk_buf *b, struct rmk_str text);
void rmk_buf_mermaid(struct rmk_buf *b, struct rmk_str text);

// Text of files, names, authors and messages as it is printed for people: nothing in it can
// begin a line, steer a terminal or turn the text around (rmk_utf8_shown). All that prints
// for people goes through here.
void rmk_buf_shown(struct rmk_buf *b, struct rmk_str text);
// The same as text; text itself where it is plain ASCII.
struct rmk_str rmk_shown(struct rmk_arena *a, struct rmk_str text);

#endif
