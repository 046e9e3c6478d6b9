// Bars and sparklines for the terminal.
#include "summary/chart.h"

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

void
rmk_chart_spark(struct rmk_buf *out, const size_t *values, size_t n, bool ascii)
{
	static const char *const block[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	static const char plain[] = "__..--##";
	size_t least = n ? values[0] : 0, most = least;

	for (size_t i = 1; i < n; i++) {
		least = values[i] < least ? values[i] : least;
		most = values[i] > most ? values[i] : most;
	}
	for (size_t i = 0; i < n; i++) {
		size_t step = most > least ? (values[i] - least) * 7 / (most - least) : 0;
		if (ascii)
			rmk_buf_addc(out, plain[step]);
		else
			rmk_buf_adds(out, block[step]);
	}
}
