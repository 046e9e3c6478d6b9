// The bar and the interrupt: see progress.h.
#include "progress.h"
#include "out.h"
#include "summary/chart.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define AFTER_MS 500
#define EVERY_MS 50
#define COLUMNS 20

// Signals reach no argument, so the flag is the process's.
static volatile sig_atomic_t interrupted;

static void
on_interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

static long long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
progress_begin(struct progress *p, const char *what)
{
	struct sigaction action = {.sa_handler = on_interrupt};

	*p = (struct progress){
	    .what = what, .begun = now_ms(), .terminal = isatty(STDERR_FILENO)};
	sigaction(SIGINT, &action, NULL);
}

static void
draw(struct progress *p, size_t done, size_t of)
{
	struct rmk_arena arena = {0};
	struct rmk_buf b = {.arena = &arena};

	rmk_buf_printf(&b, "\r%s  ", p->what);
	if (of) {
		rmk_chart_bar(&b, done, of, COLUMNS, !out_is_utf8());
		rmk_buf_printf(&b, "  %zu of %zu", done, of);
	} else {
		rmk_buf_printf(&b, "%zu", done);
	}
	rmk_buf_adds(&b, "\033[K");
	fwrite(b.s, 1, b.n, stderr);
	fflush(stderr);
	rmk_arena_free(&arena);
	p->drawn = true;
}

bool
progress_tick(struct progress *p, size_t done, size_t of)
{
	long long now;

	if (interrupted)
		return false;
	if (!p->terminal)
		return true;
	now = now_ms();
	if (now - p->begun > AFTER_MS && now - p->shown > EVERY_MS) {
		draw(p, done, of);
		p->shown = now;
	}
	return true;
}

void
progress_end(struct progress *p)
{
	if (p->drawn)
		fputs("\r\033[K", stderr);
	p->drawn = false;
	signal(SIGINT, SIG_DFL);
	if (interrupted)
		raise(SIGINT);
}
