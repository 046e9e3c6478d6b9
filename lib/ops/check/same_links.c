// Links that stand in two rows.
//
//	[Spiral Matrix](…/spiral-matrix)        one target under two labels in one table:
//	[Spiral Matrix II](…/spiral-matrix)     the second was copied and not changed
//
//	| RLHF Blog | [Link](…/paper/index.html) |   one target twice, where nearly all are
//	| Explain   | [Link](…/paper/index.html) |   different: listed twice, or copied
//
// A link that many rows share is a maintainer, a language, a family: it means nothing.
#include "base/map.h"
#include "ops/check/checking.h"
#include "ops/check/links.h"
#include "table/value.h"

#include <string.h>

// Links a column needs before it is judged, and how many of them may be one that stands
// twice: one in so many, or a single one.
#define MIN_LINKS 3
#define SHARE_LABELS 8
#define SHARE_SAME 20

struct linked {
	const struct table_info *t;
	uint32_t row;
	struct rmk_str url; // without scheme, "www." and the '/' at its end
	struct rmk_str label;
	struct rmk_span span;
	size_t twin; // index of the first with this url, in its table else in the file
};

struct link_column {
	struct linked *v;
	size_t n, cap;
};

static struct rmk_str
bare_url(struct rmk_str url)
{
	url = rmk_str_from(url, check_starts_nocase(url, "https://") ? 8 : 7);
	if (check_starts_nocase(url, "www."))
		url = rmk_str_from(url, 4);
	while (url.n && url.s[url.n - 1] == '/')
		url.n--;
	return url;
}

// The first link to a site in a cell, written as a link or bare.
static bool
first_url(struct rmk_str cell, struct written *w)
{
	size_t at = 0;

	while (check_next_link(cell, &at, w))
		if (w->closed && w->dest.n > 8 && check_starts_nocase(w->dest, "http"))
			return true;
	if (!check_starts_nocase(cell, "http") || memchr(cell.s, ' ', cell.n) ||
	    cell.n < 9)
		return false;
	*w = (struct written){.dest = cell, .label = cell};
	return true;
}

static void
gather(struct rmk_checking *c, const struct table_info *t, size_t col,
    struct link_column *out)
{
	for (uint32_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(c->doc, &t->table->rows[r], col);
		struct written w;
		struct rmk_span span;

		if (cell.n < 9 || t->claimed[r] || !first_url(cell, &w))
			continue;
		span.at = (uint32_t)(w.dest.s - c->doc->text.s);
		span.len = (uint32_t)w.dest.n;
		*RMK_PUSH(c->a, out->v, out->n, out->cap) = (struct linked){
		    t, r, bare_url(w.dest), w.label, span, RMK_NONE};
	}
}

// A name without its number in front ("907. Sum of ...") and without case.
static struct rmk_str
name_of(struct rmk_checking *c, struct rmk_str label)
{
	size_t n = 0;

	while (n < label.n && memchr("0123456789.# ", label.s[n], 13))
		n++;
	return rmk_value_key(c->a, rmk_str_from(label, n < label.n ? n : 0));
}

static bool
same_name(struct rmk_checking *c, const struct linked *a, const struct linked *b)
{
	return rmk_str_eq(a->label, b->label) ||
	       rmk_str_eq(name_of(c, a->label), name_of(c, b->label));
}

static void
report(struct rmk_checking *c, const struct linked *l, const struct linked *first)
{
	struct rmk_str url = rmk_str_at(c->doc->text, l->span);
	struct rmk_range at = check_span_place(c->doc, first->span);
	struct rmk_finding *f = check_report_cell(c, l->t, l->row, RMK_NONE,
	    check_printf(c, "the link stands on line %u too: '%.*s'", at.line,
		RMK_FMT(check_short(c, url))));

	if (f == NULL)
		return;
	f->at = check_span_place(c->doc, l->span);
	f->found = url;
	f->hint = same_name(c, l, first)
	              ? RMK_STR("is it listed twice, or copied and not changed?")
	              : RMK_STR("one of the two names has another's link");
	check_also(c, f, at);
}

// Find for each link the first of its url, and count those of two kinds.
static void
find_twins(struct rmk_checking *c, struct link_column *lc, size_t *nlabels, size_t *nsame)
{
	struct rmk_map file = {.arena = c->a}, table = {0};

	*nlabels = *nsame = 0;
	for (size_t i = 0; i < lc->n; i++) {
		struct linked *l = &lc->v[i];
		size_t *first, *near;

		if (i == 0 || l->t != l[-1].t)
			table = (struct rmk_map){.arena = c->a};
		first = rmk_map_put(&file, l->url);
		near = rmk_map_put(&table, l->url);
		l->twin = *near != RMK_NONE ? *near : *first;
		*first = *first != RMK_NONE ? *first : i;
		*near = *near != RMK_NONE ? *near : i;
		if (l->twin == RMK_NONE)
			continue;
		if (same_name(c, l, &lc->v[l->twin]))
			++*nsame;
		else
			*nlabels += l->t == lc->v[l->twin].t;
	}
}

static bool
is_rare(size_t n, size_t all, size_t share)
{
	return all >= MIN_LINKS && (n == 1 || n * share <= all);
}

static void
check_column(struct rmk_checking *c, struct link_column *lc)
{
	size_t nlabels, nsame;

	find_twins(c, lc, &nlabels, &nsame);
	for (size_t i = 0; i < lc->n; i++) {
		const struct linked *l = &lc->v[i], *first;
		bool same;

		if (l->twin == RMK_NONE)
			continue;
		first = &lc->v[l->twin];
		same = same_name(c, l, first);
		if (same ? is_rare(nsame, lc->n, SHARE_SAME)
			 : l->t == first->t && is_rare(nlabels, lc->n, SHARE_LABELS))
			report(c, l, first);
	}
}

// Columns of one label are one column, in whatever table of the file they stand.
void
check_duplicate_link(struct rmk_checking *c)
{
	struct rmk_map labels = {.arena = c->a};
	struct link_column *v = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t col = 0; col < t->table->ncols; col++) {
			size_t *at;

			if (t->columns[col].nfilled == 0)
				continue;
			at = rmk_map_put(&labels, t->schema->fields[col].key);
			if (*at == RMK_NONE) {
				*at = n;
				*RMK_PUSH(c->a, v, n, cap) = (struct link_column){0};
			}
			gather(c, t, col, &v[*at]);
		}
	}
	for (size_t i = 0; i < n; i++)
		check_column(c, &v[i]);
}
