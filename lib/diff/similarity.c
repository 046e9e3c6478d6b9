// How likely two rows are the same one: their cells, their keys, a link.
//
// The key counts most. Where it was replaced, little of the rest does: somebody takes
// "Buy milk | In progress" out and puts "Call mum | In progress" in, and a merge that took the
// one for the other would mark the wrong one done.
#include "base/ascii.h"
#include "diff/match_rows.h"

#include "table/value.h"

#include <string.h>

// Bytes the unchanged cells must hold to tell one row from another.
#define TELLING 8
// Bytes of them where the key was replaced, or of one of them where more was. A status, a name
// or a kind is shorter, and says of one entry what it said of the entry that stood there before;
// a sentence, a link, or all of a longer row is of one entry alone.
#define TELLING_ALONE 32

// --- cells ----------------------------------------------------------------------

// The cell of the old row's partner column; both rows may be short.
static bool
same_cell(const struct rmk_match_rows *m, const struct rmk_row *ro, size_t co,
    const struct rmk_row *rn, size_t cn)
{
	return rmk_str_eq(
	    rmk_doc_cell(m->old.doc, ro, co), rmk_doc_cell(m->new_.doc, rn, cn));
}

// The cells behind the last column.
static bool
same_excess(
    const struct rmk_match_rows *m, const struct rmk_row *ro, const struct rmk_row *rn)
{
	size_t no = m->old.t->ncols, nn = m->new_.t->ncols;

	for (size_t i = 0; no + i < ro->ncells || nn + i < rn->ncells; i++) {
		if (!same_cell(m, ro, no + i, rn, nn + i))
			return false;
	}
	return true;
}

// The cells of both that lie in common columns, and those behind the last column, are
// the same; the column `but` aside. A short row's missing cells are empty, and only
// cells that are written are looked at, so that a wide table of short rows costs little.
bool
rmk_match_same_cells(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;
	const struct rmk_row *ro = &m->old.t->rows[old], *rn = &m->new_.t->rows[new_];

	for (size_t c = 0; c < ro->ncells && c < m->old.t->ncols; c++) {
		size_t cn = m->m.cols.to_new[c];

		if (cn != RMK_NONE && c != m->but && !same_cell(m, ro, c, rn, cn))
			return false;
	}
	for (size_t c = 0; c < rn->ncells && c < m->new_.t->ncols; c++) {
		size_t co = m->m.cols.to_old[c];

		if (co != RMK_NONE && co != m->but && co >= ro->ncells &&
		    rn->cells[c].len > 0)
			return false;
	}
	return same_excess(m, ro, rn);
}

// The bytes in cells both rows have in common (the column `but` aside), and in all.
static size_t
common_bytes(const struct rmk_match_rows *m, size_t old, size_t new_, size_t *total)
{
	const struct rmk_row *ro = &m->old.t->rows[old], *rn = &m->new_.t->rows[new_];
	size_t common = 0, in_old = 0, in_new = 0;

	for (size_t c = 0; c < ro->ncells; c++)
		in_old += ro->cells[c].len;
	for (size_t c = 0; c < rn->ncells; c++)
		in_new += rn->cells[c].len;
	for (size_t c = 0; c < m->old.t->ncols && c < ro->ncells; c++) {
		size_t cn = m->m.cols.to_new[c];
		struct rmk_str cell = rmk_doc_cell(m->old.doc, ro, c);

		if (cn != RMK_NONE && c != m->but &&
		    rmk_str_eq(cell, rmk_doc_cell(m->new_.doc, rn, cn)))
			common += cell.n;
	}
	*total = in_old > in_new ? in_old : in_new;
	return common;
}

bool
rmk_match_half(void *ctx, size_t old, size_t new_)
{
	size_t total, common = common_bytes(ctx, old, new_, &total);

	return common * 2 >= total;
}

// --- keys -----------------------------------------------------------------------

bool
rmk_match_same_digits(struct rmk_str x, struct rmk_str y)
{
	for (size_t i = 0, j = 0;; i++, j++) {
		while (i < x.n && !rmk_is_digit(x.s[i]))
			i++;
		while (j < y.n && !rmk_is_digit(y.s[j]))
			j++;
		if (i == x.n || j == y.n)
			return i == x.n && j == y.n;
		if (x.s[i] != y.s[j])
			return false;
	}
}

enum likeness { KEYS_DIFFER, KEYS_ARE_ALIKE, KEYS_TELL };

// Whether it is the same name, spelled a little differently; a long one in which next to
// nothing is different is enough. One that is said more fully is another: GPT-4 Turbo is
// not GPT-4.
static enum likeness
compare_keys(const struct rmk_match_rows *m, size_t old, size_t new_)
{
	const struct rmk_match_side *o = &m->old, *n = &m->new_;
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct rmk_str ko = rmk_value_key(
	    m->a, rmk_doc_cell(o->doc, &o->t->rows[old], o->key));
	struct rmk_str kn = rmk_value_key(
	    m->a, rmk_doc_cell(n->doc, &n->t->rows[new_], n->key));
	unsigned most = ko.n < 32 ? (unsigned)(ko.n / 4) : 8, differ = most + 1;

	if (ko.n < 256 && kn.n < 256 && rmk_match_same_digits(ko, kn))
		differ = rmk_str_distance(ko, kn, most);
	rmk_arena_reset(m->a, mark);
	if (differ > most)
		return KEYS_DIFFER;
	return ko.n >= TELLING_ALONE && differ <= ko.n / 16 ? KEYS_TELL : KEYS_ARE_ALIKE;
}

// A row without a key says nothing against another.
static bool
lacks_key(const struct rmk_match_side *s, size_t row)
{
	return rmk_doc_cell(s->doc, &s->t->rows[row], s->key).n == 0;
}

static bool
shares_telling_cell(const struct rmk_match_rows *m, size_t old, size_t new_)
{
	const struct rmk_row *ro = &m->old.t->rows[old], *rn = &m->new_.t->rows[new_];

	for (size_t c = 0; c < m->old.t->ncols && c < ro->ncells; c++) {
		size_t cn = m->m.cols.to_new[c];

		if (cn != RMK_NONE && c != m->old.key &&
		    ro->cells[c].len >= TELLING_ALONE && same_cell(m, ro, c, rn, cn))
			return true;
	}
	return false;
}

bool
rmk_match_but_one(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;
	size_t total, common = common_bytes(m, old, new_, &total);

	if (common < TELLING || !rmk_match_same_cells(m, old, new_))
		return false;
	return m->but != m->old.key || compare_keys(m, old, new_) != KEYS_DIFFER ||
	       (m->doubting ? shares_telling_cell(m, old, new_)
			    : common >= TELLING_ALONE);
}

// Another key is another row, unless it is the same one spelled a little differently, or
// there is none, or keys name no rows and what is left decides.
bool
rmk_match_similar(struct rmk_match_rows *m, size_t old, size_t new_)
{
	enum likeness keys = compare_keys(m, old, new_);

	if (keys == KEYS_TELL)
		return true;
	if (!rmk_match_half(m, old, new_))
		return false;
	return keys == KEYS_ARE_ALIKE ||
	       (!m->m.key_sound &&
		   (lacks_key(&m->old, old) || lacks_key(&m->new_, new_) ||
		       shares_telling_cell(m, old, new_)));
}

// --- links ----------------------------------------------------------------------

// The first link of a row as it is written.
struct rmk_str
rmk_match_first_link(struct rmk_str line)
{
	size_t at = rmk_str_find(line, RMK_STR("://")), end = at;

	if (at == RMK_NONE)
		return (struct rmk_str){0};
	while (at > 0 && !strchr(" \t|([<\"'", line.s[at - 1]))
		at--;
	while (end < line.n && !strchr(" \t|)]>\"'", line.s[end]))
		end++;
	return rmk_str_part(line, at, end - at);
}

static struct rmk_str
row_link(const struct rmk_match_side *s, size_t row)
{
	return rmk_match_first_link(rmk_doc_str(s->doc, s->t->rows[row].span));
}

static size_t
link_col(const struct rmk_match_side *s, size_t row)
{
	const struct rmk_row *r = &s->t->rows[row];
	size_t c = 0;

	while (c < r->ncells &&
	       rmk_str_find(rmk_doc_str(s->doc, r->cells[c]), RMK_STR("://")) == RMK_NONE)
		c++;
	return c < s->t->ncols ? c : RMK_NONE;
}

// In another column it may stand for something else.
bool
rmk_match_link(void *ctx, size_t old, size_t new_)
{
	struct rmk_match_rows *m = ctx;
	size_t co = link_col(&m->old, old), cn = link_col(&m->new_, new_);

	if (!rmk_str_eq(row_link(&m->old, old), row_link(&m->new_, new_)))
		return false;
	return (co != RMK_NONE && cn != RMK_NONE && m->m.cols.to_new[co] == cn) ||
	       compare_keys(m, old, new_) != KEYS_DIFFER;
}
