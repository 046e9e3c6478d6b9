// What every unit test includes: cmocka, the library, and comparing text.
#ifndef RMK_TESTS_UNIT_H
#define RMK_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rowmark.h"

#define NELEM(v) (sizeof(v) / sizeof *(v))

// Text that may hold NUL, as a literal.
#define S(literal) RMK_STR(literal)

// Compare whole, and show both when they differ.
static inline void
assert_text(struct rmk_str got, struct rmk_str want, const char *what)
{
	if (!rmk_str_eq(got, want))
		fail_msg("%s\n  got:  [%.*s]\n  want: [%.*s]", what, RMK_FMT(got),
		    RMK_FMT(want));
}

#endif
