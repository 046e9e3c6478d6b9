// Bars for the terminal.
#include "ops/chart.h"

#define EIGHTHS 8

void
rmk_chart_bar(struct rmk_buf *out, size_t part, size_t whole, size_t columns, bool ascii)
{
	static const char *const eighth[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	size_t steps = columns * (ascii ? 1 : EIGHTHS), filled, full, used;

	filled = whole ? (size_t)((double)part * (double)steps / (double)whole) : 0;
	if (filled == 0 && part > 0)
		filled = 1;
	if (filled >= steps && part < whole)
		filled = steps - 1;
	full = ascii ? filled : filled / EIGHTHS;
	for (size_t i = 0; i < full; i++)
		rmk_buf_adds(out, ascii ? "#" : "█");
	used = full;
	if (!ascii && filled % EIGHTHS) {
		rmk_buf_adds(out, eighth[filled % EIGHTHS]);
		used++;
	}
	for (; used < columns; used++)
		rmk_buf_adds(out, ascii ? "." : "░");
}
