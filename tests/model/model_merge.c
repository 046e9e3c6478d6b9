// Random merges, judged by the model.
//
//	model_merge [SEED [CASES [FIRST]]]
//
// Each case is five merges: x merged with base both ways and with itself gives x, byte for byte;
// and ours with theirs, and theirs with ours. Prints how many, and for each kind of failure how
// often and the smallest example. Exits 1 when anything failed.
#include "git/line_merge.h"
#include "internal.h"

#include "model.h"

#include <git2.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct kind {
	const char *what;
	unsigned long times;
	uint64_t seed; // of the smallest example
	size_t size;
	char base[MODEL_TEXT], ours[MODEL_TEXT], theirs[MODEL_TEXT], got[MODEL_TEXT * 2];
};

static struct kind kinds[64];
static size_t nkinds;
static unsigned long nmerges, ncases, nclean, nconflicts, nwanted, nneedless, nbehind_git,
    nnotes;

static void
model_fail(
    const char *what, uint64_t seed, const struct rmk_str texts[3], struct rmk_str got)
{
	size_t size = texts[0].n + texts[1].n + texts[2].n, i = 0;

	if (what[0] != '(')
		fprintf(stderr, "case %llu: %s\n", (unsigned long long)seed, what);
	while (i < nkinds && strcmp(kinds[i].what, what) != 0)
		i++;
	if (i == nkinds)
		kinds[nkinds++] = (struct kind){.what = what, .size = SIZE_MAX};
	kinds[i].times++;
	if (size >= kinds[i].size)
		return;
	kinds[i].size = size;
	kinds[i].seed = seed;
	snprintf(kinds[i].base, MODEL_TEXT, "%.*s", RMK_FMT(texts[0]));
	snprintf(kinds[i].ours, MODEL_TEXT, "%.*s", RMK_FMT(texts[1]));
	snprintf(kinds[i].theirs, MODEL_TEXT, "%.*s", RMK_FMT(texts[2]));
	snprintf(kinds[i].got, MODEL_TEXT * 2, "%.*s", RMK_FMT(got));
}

static struct rmk_merge
model_merge(struct rmk_arena *a, const struct rmk_str texts[3])
{
	struct rmk_merge_opts opts = {
	    .labels = {RMK_STR("base"), RMK_STR("ours"), RMK_STR("theirs")},
	    .lines = rmk_git_merge_lines};
	struct rmk_merge m;
	struct rmk_err err;

	if (rmk_merge_texts(a, RMK_STR("a.md"), texts, &opts, &m, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		exit(2);
	}
	nmerges++;
	return m;
}

static struct rmk_str
print_version(struct rmk_arena *a, const struct model_version *v)
{
	char *text = rmk_arena_alloc(a, MODEL_TEXT);

	return (struct rmk_str){text, model_print(v, text)};
}

// Text around that differs, so that nothing is settled by whole files being equal.
static struct rmk_str
retitled(struct rmk_arena *a, const struct model_version *v, bool title, bool front)
{
	static struct model_version w;

	w = *v;
	if (title)
		strcpy(w.title, "retitled");
	if (front)
		strcpy(w.front, "refronted");
	return print_version(a, &w);
}

static void
must_give(struct rmk_arena *a, const char *what, uint64_t seed,
    const struct rmk_str texts[3], struct rmk_str want)
{
	struct rmk_merge m = model_merge(a, texts);

	if (m.nconflicts || !rmk_str_eq(m.text, want))
		model_fail(what, seed, texts, m.text);
}

static void
identities(struct rmk_arena *a, const struct model_case *c, uint64_t seed)
{
	bool plain = seed % 8 == 0;
	static struct model_version o;
	struct rmk_str base = print_version(a, &c->base), x, y, both;

	o = c->ours;
	strcpy(o.front, c->base.front);
	x = retitled(a, &o, !plain, false);
	y = retitled(a, &c->base, false, !plain);
	both = retitled(a, &o, !plain, !plain);
	must_give(a, "m(b,x,b) is not x", seed, (struct rmk_str[]){base, x, y}, both);
	must_give(a, "m(b,b,x) is not x", seed, (struct rmk_str[]){base, y, x}, both);
	must_give(a, "m(b,x,x) is not x", seed,
	    (struct rmk_str[]){base, x, retitled(a, &o, false, !plain)}, both);
}

// Whether it is what git does: then what it left to a person is git's.
static bool
is_gits(struct rmk_arena *a, const struct rmk_str texts[3], struct rmk_str got)
{
	struct rmk_merge_opts opts = {
	    .labels = {RMK_STR("base"), RMK_STR("ours"), RMK_STR("theirs")}};
	struct rmk_str out;
	struct rmk_err err;
	bool conflicts;

	return rmk_git_merge_lines(NULL, a, texts, &opts, &out, &conflicts, &err) ==
	           RMK_OK &&
	       rmk_str_eq(out, got);
}

// Whether git's merge of lines is clean, and right.
static bool
git_is_right(struct rmk_arena *a, const struct model_case *c,
    const struct model_expect *e, const struct rmk_str texts[3])
{
	struct rmk_merge_opts opts = {.marker_size = 7};
	struct rmk_str out;
	struct rmk_err err;
	bool conflicts;

	return rmk_git_merge_lines(NULL, a, texts, &opts, &out, &conflicts, &err) ==
	           RMK_OK &&
	       !conflicts && model_judge_clean(c, e, out.s, out.n) == NULL;
}

static void
judge(struct rmk_arena *a, const struct model_case *c, const struct model_expect *e,
    uint64_t seed)
{
	struct rmk_str b = print_version(a, &c->base), o = print_version(a, &c->ours),
		       t = print_version(a, &c->theirs);
	struct rmk_str texts[3] = {b, o, t}, mirrored[3] = {b, t, o};
	struct rmk_merge there = model_merge(a, texts), back = model_merge(a, mirrored);
	bool clean = there.nconflicts == 0;
	const char *why;

	nclean += clean;
	nconflicts += !clean;
	nnotes += there.nnotes > 0;
	nwanted += !c->weak && e->nconflicts > 0;
	why = clean ? model_judge_clean(c, e, there.text.s, there.text.n)
	      : is_gits(a, texts, there.text)
	          ? NULL
	          : model_judge_conflict(c, e, there.text.s, there.text.n);
	if (why)
		model_fail(why, seed, texts, there.text);
	if (clean != (back.nconflicts == 0))
		why = "mirror: clean one way alone";
	else
		why = model_judge_mirror(
		    c, e, there.text.s, there.text.n, back.text.s, back.text.n, clean);
	if (why)
		model_fail(why, seed, texts,
		    rmk_str_printf(a, "%.*s\n====== the other way round\n%.*s",
			RMK_FMT(there.text), RMK_FMT(back.text)));
	if (!clean && !c->weak && e->nconflicts == 0) {
		nneedless++;
		if (git_is_right(a, c, e, texts)) {
			nbehind_git++;
			model_fail(
			    "(counted) a conflict, though git merges it, and rightly",
			    seed, texts, there.text);
		} else
			model_fail("(counted) a conflict that nobody needs", seed, texts,
			    there.text);
	}
}

// A long run that is interrupted says what it has seen.
static volatile sig_atomic_t interrupted;

static void
on_signal(int sig)
{
	(void)sig;
	interrupted = 1;
}

int
main(int argc, char **argv)
{
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
	uint64_t cases = argc > 2 ? strtoull(argv[2], NULL, 0) : 10000;
	uint64_t first = argc > 3 ? strtoull(argv[3], NULL, 0) : 0;
	static struct model_case c;
	static struct model_expect e;
	struct rmk_arena a = {0};
	struct rmk_arena_mark empty;
	bool failed = false;

	git_libgit2_init();
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	rmk_arena_alloc(&a, 1); // a first chunk, which a reset then keeps
	empty = rmk_arena_mark(&a);
	for (uint64_t i = first; i < first + cases && !interrupted; i++) {
		uint64_t s = seed * 1000000007 + i;

		model_generate(&c, s);
		model_expect(&c, &e);
		identities(&a, &c, i);
		judge(&a, &c, &e, i);
		ncases++;
		rmk_arena_reset(&a, empty);
	}
	for (size_t k = 0; k < nkinds; k++) {
		printf("%8lu  %s (case %llu)\n", kinds[k].times, kinds[k].what,
		    (unsigned long long)kinds[k].seed);
		failed |= kinds[k].what[0] != '(';
		if (getenv("MODEL_SHOW") && strstr(kinds[k].what, getenv("MODEL_SHOW")))
			printf("--- base\n%s--- ours\n%s--- theirs\n%s--- got\n%s\n",
			    kinds[k].base, kinds[k].ours, kinds[k].theirs, kinds[k].got);
	}
	printf(
	    "merges %lu, cases %lu of seed %llu: clean %lu, conflicts %lu (wanted %lu, "
	    "needless %lu, git right %lu), by lines %lu\n",
	    nmerges, ncases, (unsigned long long)seed, nclean, nconflicts, nwanted,
	    nneedless, nbehind_git, nnotes);
	rmk_arena_free(&a);
	return failed;
}
