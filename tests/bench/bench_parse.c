// Parsing to the full model, against cmark-gfm's own full parse of the same bytes.
//
// Two files of 12 MB are made: one of long cells, as reading lists have them, one of
// narrow cells, as compatibility matrices do. cmark-gfm parses with its table extension
// through both its phases, and its cells are counted; rowmark fills its model, every cell
// of it. Time is the processor's, so that a busy machine counts little; best of a few runs.
#include "peers/full_parse.h"

#include "gfm/block_scan.h"
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MEGABYTES 12
#define RUNS 5

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
add_long_row(struct rmk_buf *text, unsigned i)
{
	rmk_buf_printf(text,
	    "| [Paper %u](https://example.org/abs/%u) | What the paper of number %u "
	    "says, in "
	    "two or three sentences that go on for a while, with **emphasis** and "
	    "`code`, "
	    "so that the row is as long as rows of reading lists are. | Nobody %u | %s "
	    "|\n",
	    i, i * 7919, i, i % 97, i % 3 ? "Not read" : "Read");
}

static void
add_narrow_row(struct rmk_buf *text, unsigned i)
{
	rmk_buf_printf(text, "| fn%u | yes | no | - | yes | n/a | 3 | x |\n", i % 10000);
}

static struct rmk_str
make_file(struct rmk_arena *a, const char *head, void (*add)(struct rmk_buf *, unsigned))
{
	struct rmk_buf text = {.arena = a};

	rmk_buf_adds(&text, head);
	for (unsigned i = 0; text.n < (size_t)MEGABYTES << 20; i++)
		add(&text, i);
	return rmk_buf_str(&text);
}

// --- one parse in a process of its own ---------------------------------------

struct result {
	double seconds;
	size_t cells;
	size_t model; // bytes of the arena
	long peak_kb; // above what the process had before
};

static long
peak_kb(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

static void
ours(struct rmk_str text, struct result *r)
{
	struct rmk_arena a = {0};
	struct rmk_doc *doc;

	if (rmk_doc_parse(&a, RMK_STR("bench"), text, 0, &doc, NULL))
		abort();
	for (size_t i = 0; i < doc->ntables; i++) {
		const struct rmk_table *t = &doc->tables[i];

		r->cells += t->header.ncells;
		for (size_t k = 0; k < t->nrows; k++)
			r->cells += t->rows[k].ncells;
	}
	r->model = a.used;
}

static void
theirs(struct rmk_str text, struct result *r)
{
	r->cells = peer_count_cells(text);
}

// A child, so that peak memory is this parse's and nothing is warm.
static struct result
run(struct rmk_str text, void (*parse)(struct rmk_str, struct result *))
{
	struct result r = {0};
	int ends[2], status;
	pid_t child;

	if (pipe(ends) || (child = fork()) < 0)
		abort();
	if (child == 0) {
		long before = peak_kb();
		double start = now();

		parse(text, &r);
		r.seconds = now() - start;
		r.peak_kb = peak_kb() - before;
		_exit(write(ends[1], &r, sizeof r) != sizeof r);
	}
	close(ends[1]);
	if (read(ends[0], &r, sizeof r) != sizeof r)
		abort();
	close(ends[0]);
	waitpid(child, &status, 0);
	return r;
}

static void
keep_best(struct result *best, struct result r)
{
	if (best->seconds == 0 || r.seconds < best->seconds)
		*best = r;
}

static int
compare(const char *name, struct rmk_str text, double wanted)
{
	struct result a = {0}, b = {0};
	double mb = (double)text.n / (1 << 20), ratio;

	for (int i = 0; i < RUNS; i++) {
		keep_best(&a, run(text, ours));
		if (i < 2)
			keep_best(&b, run(text, theirs));
	}
	if (a.cells != b.cells) {
		printf("parse %s: rowmark has %zu cells, cmark-gfm %zu\n", name, a.cells,
		    b.cells);
		return 1;
	}
	ratio = b.seconds / a.seconds;
	printf("parse %s: %.1f times as fast as cmark-gfm (wanted: %.0f)%s\n", name,
	    ratio, wanted, ratio < wanted ? "  TOO SLOW" : "");
	printf(
	    "  %.1f MB, %zu cells: rowmark %.0f MB/s, %.1f bytes of model a cell, peak "
	    "%ld MB; cmark-gfm %.0f MB/s, peak %ld MB\n",
	    mb, a.cells, mb / a.seconds, (double)a.model / (double)a.cells,
	    a.peak_kb >> 10, mb / b.seconds, b.peak_kb >> 10);
	return ratio < wanted;
}

// A file that can hold no table costs a scan.
static int
scan(struct rmk_arena *a)
{
	struct rmk_buf text = {.arena = a};
	double best = 0;

	while (text.n < (size_t)MEGABYTES << 20)
		rmk_buf_adds(&text,
		    "A line of prose as READMEs have them, | with a pipe.\n"
		    "- an item\n\n");
	for (int i = 0; i < RUNS; i++) {
		double start = now(), seconds;

		if (rmk_blocks_may_hold_table(rmk_buf_str(&text)))
			abort();
		seconds = now() - start;
		if (best == 0 || seconds < best)
			best = seconds;
	}
	printf("scan of a file without tables: %.1f GB/s (wanted: 1)\n",
	    (double)text.n / best / 1e9);
	return (double)text.n / best < 1e9;
}

int
main(void)
{
	struct rmk_arena a = {0};
	int failed;

	failed = compare("long cells",
	    make_file(&a, "| Paper | Abstract | By | Read or Not |\n|---|---|---|---|\n",
		add_long_row),
	    4);
	failed |= compare("narrow cells",
	    make_file(&a,
		"| a | b | c | d | e | f | g | h |\n|---|---|---|---|---|---|---|---|\n",
		add_narrow_row),
	    40);
	failed |= scan(&a);
	rmk_arena_free(&a);
	return failed;
}
