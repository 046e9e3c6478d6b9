// What is new: findings that no older version has, wherever they stand.
//
//	parent: LIMA: extra-cell, "3 cells, the table has 2"      the same: not this commit's
//	now:    LIMA: extra-cell, "3 cells, the table has 2"
//	        LoRA: extra-cell, "3 cells, the table has 2"      new
//
// A finding is the same by its rule, its words and its table, and by its row's key or the
// text of its line; one that is about several rows is so whichever comes first, as long as they are
// not more. Lines are not compared: a blank line between two old rows breaks the second, and no
// line of the table has changed.
#include "base/buf.h"
#include "base/map.h"
#include "check/check_context.h"
#include "diff/match.h"
#include "schema/address.h"

// Findings of one version, to be found again by their names. Equal ones form a list, since
// three of a kind are one more than two.
struct known {
	struct rmk_arena *a;
	const struct rmk_finding *v; // [n]
	struct rmk_map by_key, by_text, by_words;
	size_t *next_key, *next_text,
	    *next_words; // [n] the next of the same name, or RMK_NONE
	bool *used;      // [n] it is one of the newer version's
};

// The text without the numbers behind a word.
static struct rmk_str
without_numbers(struct rmk_arena *a, struct rmk_str text, struct rmk_str word)
{
	struct rmk_buf out = {.arena = a};
	size_t at;

	while ((at = rmk_str_find(text, word)) != RMK_NONE) {
		at += word.n;
		rmk_buf_add(&out, rmk_str_part(text, 0, at));
		while (at < text.n && text.s[at] >= '0' && text.s[at] <= '9')
			at++;
		text = rmk_str_from(text, at);
		if (rmk_str_starts(text, RMK_STR(" rows")))
			text = rmk_str_from(text, sizeof " rows" - 1);
		else if (rmk_str_starts(text, RMK_STR(" row")))
			text = rmk_str_from(text, sizeof " row" - 1);
	}
	rmk_buf_add(&out, text);
	return rmk_buf_str(&out);
}

// A message without the numbers of lines in it, which change when lines are put in above, and
// without how many rows it is about: the finding says that too.
static struct rmk_str
finding_words(struct rmk_arena *a, const struct rmk_finding *f)
{
	return without_numbers(
	    a, without_numbers(a, f->message, RMK_STR("line ")), RMK_STR("' in "));
}

static struct rmk_str
finding_name(struct rmk_arena *a, const struct rmk_finding *f, struct rmk_str table,
    struct rmk_str row)
{
	return rmk_str_printf(a, "%s\n%.*s\n%.*s\n%.*s", f->rule->name, RMK_FMT(table),
	    RMK_FMT(rmk_str_trim(row)), RMK_FMT(finding_words(a, f)));
}

static struct rmk_str
finding_row(const struct rmk_finding *f)
{
	return f->apart.n ? f->apart : f->key;
}

static void
known_put(struct rmk_map *map, size_t *next, struct rmk_str name, size_t i)
{
	size_t *first = rmk_map_put(map, name);

	next[i] = *first;
	*first = i;
}

static void
known_fill(struct known *k, struct rmk_arena *a, const struct rmk_findings *found)
{
	*k = (struct known){.a = a, .v = found->v};
	k->by_key.arena = k->by_text.arena = k->by_words.arena = a;
	k->next_key = RMK_NEW_N(a, size_t, found->n);
	k->next_text = RMK_NEW_N(a, size_t, found->n);
	k->next_words = RMK_NEW_N(a, size_t, found->n);
	k->used = RMK_NEW_N(a, bool, found->n);
	for (size_t i = found->n; i-- > 0;) {
		const struct rmk_finding *f = &found->v[i];

		if (f->key.n)
			known_put(&k->by_key, k->next_key,
			    finding_name(a, f, f->table, finding_row(f)), i);
		known_put(&k->by_text, k->next_text,
		    finding_name(a, f, f->table, f->source), i);
		if (f->nothers)
			known_put(&k->by_words, k->next_words,
			    finding_name(a, f, f->table, RMK_STR("")), i);
	}
}

// Take one that is not yet another's, and says no more of other lines than this one may.
static bool
known_take(struct known *k, struct rmk_map *map, const size_t *next, struct rmk_str name,
    const struct rmk_finding *f)
{
	size_t i = rmk_map_get(map, name);

	while (i != RMK_NONE && k->used[i])
		i = next[i];
	if (i == RMK_NONE || f->nothers > k->v[i].nothers)
		return false;
	k->used[i] = true;
	*rmk_map_put(map, name) = i; // those before it are all used
	return true;
}

static bool
finding_is_known(struct known *k, const struct rmk_finding *f, struct rmk_str table)
{
	if (f->key.n && known_take(k, &k->by_key, k->next_key,
			    finding_name(k->a, f, table, finding_row(f)), f))
		return true;
	return known_take(k, &k->by_text, k->next_text,
		   finding_name(k->a, f, table, f->source), f) ||
	       known_take(k, &k->by_words, k->next_words,
		   finding_name(k->a, f, table, RMK_STR("")), f);
}

// What the tables of a document were called in an older one: address to address.
struct renamed {
	struct rmk_map index; // of the new addresses
	struct rmk_str *old;  // [ntables]
};

static void
find_names(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_doc *old,
    struct renamed *out)
{
	struct rmk_pairs tables = {0};

	*out = (struct renamed){.index.arena = a};
	if (!doc || !doc->parsed || !old->parsed)
		return;
	tables = rmk_match_tables(a, old, doc);
	out->old = RMK_NEW_N(a, struct rmk_str, doc->ntables);
	for (size_t t = 0; t < doc->ntables; t++) {
		struct rmk_str name = rmk_address_of(a, doc, t);

		*rmk_map_put(&out->index, name) = t;
		out->old[t] = tables.to_old[t] == RMK_NONE
		                  ? name
		                  : rmk_address_of(a, old, tables.to_old[t]);
	}
}

static struct rmk_str
old_name(const struct renamed *names, struct rmk_str table)
{
	size_t t = rmk_map_get(&names->index, table);

	return t == RMK_NONE ? table : names->old[t];
}

static void
mark_known(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_check_base *base, const struct rmk_findings *f, bool *known)
{
	struct known k;
	struct renamed names;

	known_fill(&k, a, &base->found);
	find_names(a, doc, base->doc, &names);
	for (size_t i = 0; i < f->n; i++)
		if (finding_is_known(&k, &f->v[i], old_name(&names, f->v[i].table)))
			known[i] = true;
}

size_t
rmk_check_since(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_check_base *bases, size_t nbases, struct rmk_findings *f)
{
	bool *known = RMK_NEW_N(a, bool, f->n);
	size_t kept = 0, n = f->n;

	for (size_t i = 0; i < nbases; i++)
		if (bases[i].doc && bases[i].found.n)
			mark_known(a, doc, &bases[i], f, known);
	for (size_t i = 0; i < n; i++)
		if (!known[i])
			f->v[kept++] = f->v[i];
	f->n = kept;
	check_settle(f);
	return n - kept;
}
