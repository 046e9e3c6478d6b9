// Tables that would stand twice, or again.
//
//	base      ours         theirs
//	## B      ## A <1>     ## B         both added A, each in its own place, and not alike: to
//	          ## B         ## A <2>     a merge of lines these are two
//
//	## B      ## C         ## B <1>   ours renamed it, so it must not be there as B
//
// A table is known by the headings above it and by its header row; one under a heading that base
// has not, by the headings alone. Several may be alike, so they are counted.
#include "merge/merge_internal.h"

#include "base/map.h"

struct merge_alike {
	size_t times[4]; // base, ours, theirs, result
};

struct merge_tables {
	struct rmk_arena *a;
	struct rmk_map at;
	struct merge_alike *v;
	size_t n, cap;
};

static struct rmk_str
name_of_table(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t,
    bool with_labels)
{
	struct rmk_buf out = {.arena = a};
	int below = 7;

	for (size_t h = t->heading; h != RMK_NONE; h = h ? h - 1 : RMK_NONE) {
		if (doc->headings[h].level >= below)
			continue;
		below = doc->headings[h].level;
		rmk_buf_add(&out, doc->headings[h].text);
		rmk_buf_addc(&out, '\n');
	}
	for (size_t c = 0; with_labels && c < t->ncols; c++) {
		rmk_buf_addc(&out, '\n');
		rmk_buf_add(&out, rmk_doc_cell(doc, &t->header, c));
	}
	return rmk_buf_str(&out);
}

static void
count_name(struct merge_tables *all, struct rmk_str name, int version)
{
	size_t *at = rmk_map_put(&all->at, name);

	if (*at == RMK_NONE) {
		*at = all->n;
		*RMK_PUSH(all->a, all->v, all->n, all->cap) = (struct merge_alike){0};
	}
	all->v[*at].times[version]++;
}

static void
count_alike(struct merge_tables *all, const struct rmk_doc *doc, int version, bool labels)
{
	for (size_t t = 0; t < doc->ntables; t++) {
		if (labels || doc->tables[t].heading != RMK_NONE)
			count_name(all,
			    name_of_table(all->a, doc, &doc->tables[t], labels), version);
	}
}

static bool
is_doubled(const struct merge_alike *is)
{
	size_t b = is->times[RMK_BASE], o = is->times[RMK_OURS],
	       t = is->times[RMK_THEIRS];
	size_t most = o > t ? o : t;

	if (b && o + t > b + most)
		most = o + t - b;
	return is->times[3] > most && most > 0;
}

// Base has it once, and one side has it no longer, or with another heading or header row.
static bool
is_revived(const struct merge_alike *is)
{
	return is->times[RMK_BASE] == 1 && is->times[3] &&
	       is->times[RMK_OURS] + is->times[RMK_THEIRS] <= 1;
}

static const char *
wrong_by_name(struct rmk_merge_file *m, const struct rmk_doc *result, bool labels)
{
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct merge_tables all = {.a = m->a, .at = {.arena = m->a}};
	const char *wrong = NULL;

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		count_alike(&all, m->docs[v], v, labels);
	count_alike(&all, result, 3, labels);
	for (size_t i = 0; i < all.n; i++) {
		if ((labels || all.v[i].times[RMK_BASE] == 0) && is_doubled(&all.v[i]))
			wrong = "a table would stand twice";
		else if (labels && is_revived(&all.v[i]))
			wrong =
			    "a table that one side took away or renamed would be back";
	}
	rmk_arena_reset(m->a, mark);
	return wrong;
}

const char *
rmk_merge_wrong_tables(struct rmk_merge_file *m, const struct rmk_doc *result)
{
	const char *wrong = wrong_by_name(m, result, true);

	return wrong ? wrong : wrong_by_name(m, result, false);
}
