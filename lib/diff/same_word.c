// Values by their letters and digits alone: see same_word.h.
#include "diff/same_word.h"

#include "base/buf.h"
#include "base/utf8.h"

static struct rmk_str
letters(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_str key = rmk_utf8_fold(a, text);
	struct rmk_buf b = {.arena = a};
	size_t n;

	for (size_t at = 0; at < key.n; at += n) {
		int32_t c;
		n = rmk_utf8_decode(key, at, &c);
		if (rmk_utf8_is_word(c) && c != 0xFE0F)
			rmk_buf_add(&b, rmk_str_part(key, at, n));
	}
	return rmk_buf_str(&b);
}

bool
rmk_same_word(struct rmk_arena *scratch, struct rmk_str a, struct rmk_str b)
{
	struct rmk_str x = letters(scratch, a);

	return x.n && rmk_str_eq(x, letters(scratch, b));
}
