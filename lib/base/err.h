// Errors are values on the caller's stack.
//
//	struct rmk_err err;
//	if (rmk_doc_parse(&arena, path, text, 0, &doc, &err))
//		printf("%s\n", err.msg);     // README.md: ...: what is wrong
//		if (err.hint[0]) ...         // what to do next
//
// A failing call fills err, returns its code and leaves its out-arguments alone.
// The code that knows the fact words the message, in one line that ends the call:
//
//	return rmk_fail(err, RMK_NOT_FOUND, "no column '%.*s'", RMK_FMT(name));
//
// Everyone above passes it up untouched.
#ifndef RMK_BASE_ERR_H
#define RMK_BASE_ERR_H

#include "base/arena.h"

// One row an error: its code and what it is called in JSON.
#define RMK_CODES(X)                                                                     \
	X(OK, "ok")                                                                      \
	X(NOT_FOUND, "not-found")     /* no such file, table, row ... */                 \
	X(AMBIGUOUS, "ambiguous")     /* more than one fits */                           \
	X(EXISTS, "exists")           /* there already */                                \
	X(INVALID, "invalid")         /* malformed input or value */                     \
	X(READ_ONLY, "read-only")     /* this table cannot be written */                 \
	X(TOO_BIG, "too-big")         /* past a stated limit */                          \
	X(TOO_COMPLEX, "too-complex") /* a guard against hostile input */                \
	X(REFUSED, "refused")         /* it would break a promise */                     \
	X(STALE, "stale")             /* changed since it was read */                    \
	X(FASTER, "faster")           /* somebody was faster: not as was expected */     \
	X(LOCKED, "locked")           /* somebody else holds the lock */                 \
	X(CONFLICT, "conflict")       /* unmerged, or merge trouble */                   \
	X(NO_REPO, "no-repository")                                                      \
	X(GIT, "git")   /* git or libgit2 said no */                                     \
	X(HOOK, "hook") /* a hook said no */                                             \
	X(IO, "io")     /* the system said no */

enum rmk_code {
#define X(code, name) RMK_##code,
	RMK_CODES(X)
#undef X
};

struct rmk_err {
	enum rmk_code code;
	char msg[1000]; // one line: where, what, what was wanted
	char hint[500]; // one line: what to do next; may be empty
};

const char *rmk_code_name(enum rmk_code code);

// Fill err (NULL is allowed) and return code. A message that is too long is cut at
// a character. Hostile names are shown as by
// rmk_utf8_shown.
enum rmk_code rmk_fail(struct rmk_err *err, enum rmk_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// Add what to do next; returns err->code, so it can end a call too.
enum rmk_code rmk_hint(struct rmk_err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

// RMK_IO with the text of errno: "README.md: cannot read: No such file or directory".
enum rmk_code rmk_fail_errno(struct rmk_err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
