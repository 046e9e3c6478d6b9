// Paths as they are written in files: see path.h.
#include "base/path.h"

#include "base/buf.h"

struct rmk_str
rmk_path_beside(struct rmk_arena *a, struct rmk_str from, struct rmk_str other)
{
	size_t slash = rmk_str_rchr(from, '/');
	struct rmk_buf out = {.arena = a};
	struct rmk_str rest, part;

	rest = slash == RMK_NONE
	           ? other
	           : rmk_str_printf(a, "%.*s/%.*s", (int)slash, from.s, RMK_FMT(other));
	while (rmk_str_split(&rest, '/', &part)) {
		size_t up = rmk_str_rchr(rmk_buf_str(&out), '/');
		if (rmk_str_eq(part, RMK_STR(".")))
			continue;
		if (rmk_str_eq(part, RMK_STR("..")) && out.n) {
			out.n = up == RMK_NONE ? 0 : up;
			continue;
		}
		if (out.n || part.n == 0)
			rmk_buf_addc(&out, '/');
		rmk_buf_add(&out, part);
	}
	return rmk_buf_str(&out);
}
