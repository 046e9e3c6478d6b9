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
#include "check/links.h"
#include "table/value.h"

#include <string.h>

// Links a column needs before it is judged, and how many of them may be one that is
// twice: one in so many, or a single one.
#define MIN_LINKS 3
#define SHARE_LABELS 8
#define SHARE_SAME 20

struct linked {
	const struct cell_link *link;
	uint32_t table;
	uint32_t at, len; // of the url without scheme, "www." and the '/' at its end
	uint32_t twin;    // + 1: the first with this url, in its table else in the file
	uint32_t others;  // that have this one as their twin
	uint32_t near;    // of the first with its url: the one in the table last seen
	bool local;       // it leads to a file, not to a site
};

struct link_column {
	struct linked *v;
	size_t n, cap;
};

// A link to a site, or to a file of the tree; not one to a place on the page, nor an image.
static bool
is_comparable(const struct rmk_checking *c, const struct cell_link *link)
{
	struct rmk_str url = rmk_str_at(c->doc->text, link->dest);

	if (link->label.at > 1 && link->form == LINK_PLAIN &&
	    c->doc->text.s[link->label.at - 2] == '!')
		return false;
	if (link->plain)
		return true;
	if (!link->closed || link->form != LINK_PLAIN || url.n < 4)
		return false;
	return check_is_http(url) ||
	       (!memchr(url.s, ':', url.n) && !memchr(url.s, '#', url.n) &&
		   memchr(url.s, '.', url.n));
}

// A link far behind the start of its cell is a word in a sentence, which others may use too.
#define MAX_BEFORE 24

static bool
is_in_prose(const struct table_info *t, const struct cell_link *link)
{
	const struct rmk_row *row = &t->table->rows[link->row];

	return link->dest.at - row->cells[link->col].at > link->label.len + MAX_BEFORE;
}

static void
add_linked(struct rmk_checking *c, struct link_column *out, uint32_t table,
    const struct cell_link *link)
{
	struct rmk_str url = rmk_str_at(c->doc->text, link->dest);
	uint32_t skip = !check_is_http(url) ? 0 : url.s[4] == ':' ? 7 : 8;

	if (skip && rmk_str_starts(rmk_str_from(url, skip), RMK_STR("www.")))
		skip += 4;
	while (url.n > skip && url.s[url.n - 1] == '/')
		url.n--;
	*RMK_PUSH(c->a, out->v, out->n, out->cap) = (struct linked){.link = link,
	    .table = table,
	    .at = link->dest.at + skip,
	    .len = (uint32_t)url.n - skip,
	    .local = skip == 0};
}

// The first link of each cell, under its column's label.
static void
duplicate_links_gather(struct rmk_checking *c, struct table_info *t,
    struct link_column *columns, const size_t *column_of)
{
	const struct links *links = check_links(c, t);
	uint32_t row = UINT32_MAX, col = UINT32_MAX;

	for (size_t i = 0; i < links->n; i++) {
		const struct cell_link *link = &links->v[i];

		if ((link->row == row && link->col == col) || t->claimed[link->row] ||
		    !is_comparable(c, link))
			continue;
		row = link->row;
		col = link->col;
		if (is_in_prose(t, link))
			continue;
		add_linked(c, &columns[column_of[col]], (uint32_t)t->index, link);
	}
}

// --- which are the same -------------------------------------------------------

// Links by url, compared where they are in the text.
struct links_by_url {
	const char *text;
	struct linked *v;
	const struct linked *wanted;
	struct rmk_hash_index index;
};

static inline bool
same_url(const void *ctx, size_t item)
{
	const struct links_by_url *u = ctx;
	const struct linked *l = &u->v[item];

	return l->len == u->wanted->len &&
	       memcmp(u->text + l->at, u->text + u->wanted->at, l->len) == 0;
}

// The link of the same url that came before: the last one in its table, else the first.
static void
pair_link(struct links_by_url *u, uint32_t i)
{
	struct linked *l = &u->v[i], *first;
	struct rmk_str url = {u->text + l->at, l->len};

	u->wanted = l;
	first = &u->v[rmk_hash_index_put(&u->index,
	    rmk_str_hash_seeded(url, rmk_hash_index_seed(&u->index)), i, same_url, u)];
	if (first == l) {
		l->near = i;
		return;
	}
	if (u->v[first->near].table == l->table) {
		l->twin = first->near + 1;
	} else {
		l->twin = (uint32_t)(first - u->v) + 1;
		first->near = i;
	}
	u->v[l->twin - 1].others++;
}

// A name without its number in front ("907. Sum of ...") and without case.
static struct rmk_str
duplicate_links_name_of(struct rmk_checking *c, const struct linked *l)
{
	struct rmk_str label = rmk_str_at(c->doc->text, l->link->label);
	size_t n = 0;

	while (n < label.n && memchr("0123456789.# ", label.s[n], 13))
		n++;
	return rmk_value_key(c->a, rmk_str_from(label, n < label.n ? n : 0));
}

static bool
duplicate_links_same_name(
    struct rmk_checking *c, const struct linked *a, const struct linked *b)
{
	return rmk_str_eq(rmk_str_at(c->doc->text, a->link->label),
		   rmk_str_at(c->doc->text, b->link->label)) ||
	       rmk_str_eq(duplicate_links_name_of(c, a), duplicate_links_name_of(c, b));
}

// Find for each link the first of its url, and count those of two kinds.
static void
duplicate_links_find_twins(
    struct rmk_checking *c, struct link_column *lc, size_t *nlabels, size_t *nsame)
{
	struct links_by_url urls = {c->doc->text.s, lc->v, NULL, {.arena = c->a}};

	rmk_hash_index_reserve(&urls.index, lc->n);
	for (uint32_t i = 0; i < lc->n; i++)
		pair_link(&urls, i);
	*nlabels = *nsame = 0;
	for (size_t i = 0; i < lc->n; i++) {
		const struct linked *l = &lc->v[i], *twin;

		if (l->twin == 0)
			continue;
		twin = &lc->v[l->twin - 1];
		if (duplicate_links_same_name(c, l, twin))
			++*nsame;
		else
			*nlabels += l->table == twin->table;
	}
}

// Small columns are judged closely: a label that is beside others of its own is the name
// of what it leads to ('MIT' beside 'Apache'), and no word for any link ('Link', 'PDF').
#define SMALL_COLUMN 64

static bool
duplicate_links_is_name(
    struct rmk_checking *c, const struct link_column *lc, const struct linked *l)
{
	struct rmk_str label = rmk_str_at(c->doc->text, l->link->label);
	size_t alike = 0;

	if (lc->n > SMALL_COLUMN || l->link->col == 0 || l->link->form == LINK_BARE)
		return false;
	for (size_t i = 0; i < lc->n; i++)
		alike += rmk_str_eq(
		    rmk_str_at(c->doc->text, lc->v[i].link->label), label);
	return alike == 2 && lc->n > 2;
}

// A label that most links have is a word for any ('Link', 'PDF'): two of one target then are a
// row listed twice, though it be more than one.
#define FEW 3
#define SHARE_FEW 5

static bool
duplicate_links_any_word(
    struct rmk_checking *c, const struct link_column *lc, const struct linked *l)
{
	struct rmk_str label = rmk_str_at(c->doc->text, l->link->label);
	size_t alike = 0;

	for (size_t i = 0; i < lc->n; i++)
		alike += rmk_str_eq(
		    rmk_str_at(c->doc->text, lc->v[i].link->label), label);
	return l->link->form != LINK_BARE && alike * 2 > lc->n;
}

// --- the rule -----------------------------------------------------------------

static void
duplicate_links_report(
    struct rmk_checking *c, const struct linked *l, const struct linked *first)
{
	struct rmk_range at = check_span_place(c->doc, first->link->dest);
	struct rmk_str url = rmk_str_at(c->doc->text, l->link->dest);
	struct rmk_finding *f = check_report_cell(c, &c->tables[l->table], l->link->row,
	    l->link->col,
	    check_printf(c, "the link stands on line %u too: '%.*s'", at.line,
		RMK_FMT(check_short(c, url))));

	if (f == NULL)
		return;
	f->at = check_span_place(c->doc, l->link->dest);
	f->found = url;
	f->hint = duplicate_links_same_name(c, l, first)
	              ? RMK_STR("is it listed twice, or copied and not changed?")
	              : RMK_STR("one of the two names has another's link");
	check_also(c, f, at);
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

	if (lc->n < 2)
		return;
	duplicate_links_find_twins(c, lc, &nlabels, &nsame);
	for (size_t i = 0; (nlabels || nsame) && i < lc->n; i++) {
		const struct linked *l = &lc->v[i], *first;
		bool told;

		if (l->twin == 0)
			continue;
		first = &lc->v[l->twin - 1];
		if (duplicate_links_same_name(c, l, first))
			told = !l->local &&
			       (is_rare(nsame, lc->n, SHARE_SAME)
				       ? !duplicate_links_is_name(c, lc, l)
				       : nsame <= FEW && nsame * SHARE_FEW <= lc->n &&
					     duplicate_links_any_word(c, lc, l));
		else
			told = l->table == first->table &&
			       is_rare(nlabels, lc->n, SHARE_LABELS) &&
			       (!l->local || lc->n >= SHARE_LABELS);
		if (told && first->others == 1)
			duplicate_links_report(c, l, first);
	}
}

// Columns of one label are one column, in whatever table of the file they stand.
void
check_duplicate_link(struct rmk_checking *c)
{
	struct rmk_map labels = {.arena = c->a};
	struct link_column *columns = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < c->doc->ntables; i++) {
		struct table_info *t = &c->tables[i];
		size_t *column_of;

		if (check_links(c, t)->n == 0)
			continue;
		column_of = RMK_NEW_N(c->a, size_t, t->table->ncols);
		for (size_t col = 0; col < t->table->ncols; col++) {
			size_t *at = rmk_map_put(&labels, t->schema->fields[col].key);

			if (*at == RMK_NONE) {
				*at = n;
				*RMK_PUSH(c->a, columns, n, cap) = (struct link_column){
				    0};
			}
			column_of[col] = *at;
		}
		duplicate_links_gather(c, t, columns, column_of);
	}
	for (size_t i = 0; i < n; i++)
		check_column(c, &columns[i]);
}
