// The corpus of real Markdown beside the project, where it is there.
//
//	../shared/corpus/*.md ──▶ corpus_read("papers.md")      s NULL: not there, "skipped"
//
// ROWMARK_CORPUS names its folder, else it is ../shared/corpus. Tests say "skipped" where
// there is none.
#ifndef RMK_TESTS_CORPUS_H
#define RMK_TESTS_CORPUS_H

#include "unit.h"

#include <stdio.h>

// The bytes of a file of the corpus; s is NULL when it is not there.
static inline struct rmk_str
corpus_read(struct rmk_arena *a, struct rmk_str name)
{
	const char *top = getenv("ROWMARK_CORPUS");
	struct rmk_str path = rmk_str_printf(
	    a, "%s/%.*s", top ? top : "../shared/corpus", RMK_FMT(name));
	struct rmk_buf out = {.arena = a};
	FILE *f = fopen(path.s, "rb");
	char part[65536];
	size_t n;

	if (!f)
		return (struct rmk_str){0};
	while ((n = fread(part, 1, sizeof part, f)))
		rmk_buf_add(&out, (struct rmk_str){part, n});
	fclose(f);
	return rmk_buf_str(&out);
}

// The Markdown files that its manifest lists, by their names in the corpus; 0 without one.
static inline size_t
corpus_files(struct rmk_arena *a, struct rmk_str **out)
{
	struct rmk_str rest = corpus_read(a, S("markdown.tsv")), line;
	struct rmk_str *names = NULL;
	size_t n = 0, cap = 0;

	rmk_str_split(&rest, '\n', &line); // the header
	while (rmk_str_split(&rest, '\n', &line)) {
		size_t tab = rmk_str_rchr(line, '\t');

		if (tab != RMK_NONE)
			*RMK_PUSH(a, names, n, cap) = rmk_str_trim(
			    rmk_str_from(line, tab + 1));
	}
	*out = names;
	return n;
}

// A small generator of random numbers, the same on every run.
static inline uint32_t
random_below(uint64_t *state, uint32_t limit)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return limit ? (uint32_t)(*state >> 33) % limit : 0;
}

#endif
