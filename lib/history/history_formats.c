// The formats of a history, by name.
#include "history/history_formats.h"

static const struct {
	const char *name;
	enum rmk_history_format format;
} formats[] = {
    {"text", RMK_HISTORY_TEXT},
    {"csv", RMK_HISTORY_CSV},
    {"json", RMK_HISTORY_JSON},
    {"svg", RMK_HISTORY_SVG},
    {"mermaid", RMK_HISTORY_MERMAID},
};

bool
rmk_history_format_of(struct rmk_str name, enum rmk_history_format *out)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (rmk_str_eq(name, rmk_str_of(formats[i].name))) {
			*out = formats[i].format;
			return true;
		}
	}
	return false;
}

void
rmk_history_write(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out)
{
	switch (style->format) {
	case RMK_HISTORY_TEXT:
		rmk_history_write_text(a, h, style, out);
		break;
	case RMK_HISTORY_CSV:
		rmk_history_write_csv(a, h, out);
		break;
	case RMK_HISTORY_JSON:
		rmk_history_write_json(a, h, style, out);
		break;
	case RMK_HISTORY_SVG:
		rmk_history_write_svg(a, h, style, out);
		break;
	case RMK_HISTORY_MERMAID:
		rmk_history_write_mermaid(a, h, style, out);
		break;
	}
}
