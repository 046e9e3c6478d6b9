// What every unit test includes: cmocka, the library, and comparing text.
//
//	assert_text(got, S("| LoRA | Read |"), "row 7")   both are printed where they differ
#ifndef RMK_TESTS_UNIT_H
#define RMK_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "internal.h"

#define NELEM(v) (sizeof(v) / sizeof *(v))

// Text that may hold NUL, as a literal.
#define S(literal) RMK_STR(literal)

// Compare whole, and show both from a little before the first difference.
static inline void
assert_text(struct rmk_str got, struct rmk_str want, const char *what)
{
	size_t same = 0, from;

	while (same < got.n && same < want.n && got.s[same] == want.s[same])
		same++;
	from = same > 200 ? same - 40 : 0;
	if (!rmk_str_eq(got, want))
		fail_msg("%s (byte %zu)\n  got:  [%.*s]\n  want: [%.*s]", what, same,
		    RMK_FMT(rmk_str_part(got, from, 400)),
		    RMK_FMT(rmk_str_part(want, from, 400)));
}

// A document that must parse, as t.md.
static inline struct rmk_doc *
parse_md(struct rmk_arena *a, struct rmk_str text, unsigned flags)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_doc_parse(a, S("t.md"), text, flags, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
}

#endif
