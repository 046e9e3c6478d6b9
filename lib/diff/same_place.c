// A row that came where one went, under a name that is like its name.
//
//	| LoRA   | Read |        | LoRA    | Read |
//	| Canvas | Todo |  ───▶  | Canvas2 | Todo |     the rows around are the same: it was renamed
//	| LIMA   | Read |        | LIMA    | Read |
//
// A merge does not ask here: a person reads a difference, and nobody reads what a merge takes
// for granted.
#include "diff/match_rows.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "table/value.h"

// Names that are longer are compared as they are.
#define NAME_MOST 128
#define WORDS_MOST 32

struct same_place_words {
	struct rmk_str v[WORDS_MOST];
	size_t n;
	bool digits; // some have
};

static struct same_place_words
same_place_split(struct rmk_str text)
{
	struct same_place_words w = {0};
	size_t begin = RMK_NONE, n;

	for (size_t at = 0; at <= text.n; at += n) {
		int32_t c = ' ';

		n = at < text.n ? rmk_utf8_decode(text, at, &c) : 1;
		w.digits |= c >= '0' && c <= '9';
		if (rmk_utf8_is_word(c) && c != 0xFE0F) {
			begin = begin == RMK_NONE ? at : begin;
			continue;
		}
		if (begin != RMK_NONE && w.n < WORDS_MOST)
			w.v[w.n++] = rmk_str_part(text, begin, at - begin);
		begin = RMK_NONE;
	}
	return w;
}

// More than half of the words of the one that has more are in the other.
static bool
same_place_words_shared(
    const struct same_place_words *x, const struct same_place_words *y)
{
	const struct same_place_words *more = x->n > y->n ? x : y,
				      *less = more == x ? y : x;
	size_t shared = 0;

	for (size_t i = 0; i < more->n; i++) {
		bool has = false;

		for (size_t k = 0; k < less->n; k++)
			has |= rmk_str_eq(more->v[i], less->v[k]);
		shared += has;
	}
	return shared * 2 > more->n;
}

// "Canvas" and "Canvas2", "Canvas hosting" and "Hosting, canvas"; not "LoRA" and "QLoRA", nor "Task 12"
// and "Task 13".
static bool
same_place_names_alike(struct rmk_str x, struct rmk_str y)
{
	struct rmk_str less = x.n < y.n ? x : y, more = x.n < y.n ? y : x;
	struct same_place_words wx, wy;
	unsigned most = (unsigned)(more.n / 6);

	if (less.n == 0 || more.n >= NAME_MOST)
		return false;
	wx = same_place_split(x);
	wy = same_place_split(y);
	if (wx.digits && wy.digits && !rmk_match_same_digits(x, y))
		return false;
	return same_place_words_shared(&wx, &wy) || rmk_str_distance(x, y, most) <= most;
}

// Of the cells beside the name that either has, in columns of both, half are the same.
static bool
same_place_half(const struct rmk_match_rows *m, size_t old, size_t new_)
{
	const struct rmk_row *ro = &m->old.t->rows[old], *rn = &m->new_.t->rows[new_];
	size_t same = 0, all = 0;

	for (size_t c = 0; c < m->old.t->ncols; c++) {
		size_t cn = m->m.cols.to_new[c];
		struct rmk_str was = rmk_doc_cell(m->old.doc, ro, c), is;

		if (cn == RMK_NONE || c == m->old.key)
			continue;
		is = rmk_doc_cell(m->new_.doc, rn, cn);
		all += was.n || is.n;
		same += (was.n || is.n) && rmk_str_eq(was, is);
	}
	return same * 2 >= all;
}

static bool
same_place_renamed(const struct rmk_match_rows *m, size_t old, size_t new_)
{
	struct rmk_arena_mark mark = rmk_arena_mark(m->a);
	struct rmk_str was = rmk_value_key(
	    m->a, rmk_doc_cell(m->old.doc, &m->old.t->rows[old], m->old.key));
	struct rmk_str is = rmk_value_key(
	    m->a, rmk_doc_cell(m->new_.doc, &m->new_.t->rows[new_], m->new_.key));
	bool alike = same_place_names_alike(was, is);

	rmk_arena_reset(m->a, mark);
	return alike && same_place_half(m, old, new_);
}

// Whether the rows on both sides of two are the same, or there are none.
static bool
same_place_is(const struct rmk_pairs *p, size_t old, size_t new_)
{
	bool begin = old == 0 || new_ == 0 ? old == new_ : p->to_new[old - 1] == new_ - 1;
	bool end = old + 1 == p->nold || new_ + 1 == p->nnew
	               ? old + 1 == p->nold && new_ + 1 == p->nnew
	               : p->to_new[old + 1] == new_ + 1;

	return begin && end;
}

void
rmk_match_in_place(struct rmk_match_rows *m)
{
	struct rmk_pairs *p = &m->m.rows;

	for (size_t i = 0; i < m->old.left.n; i++) {
		size_t old = m->old.left.v[i], new_;

		if (p->to_new[old] != RMK_NONE)
			continue;
		new_ = old && p->to_new[old - 1] != RMK_NONE ? p->to_new[old - 1] + 1 : 0;
		if (new_ < p->nnew && p->to_old[new_] == RMK_NONE &&
		    same_place_is(p, old, new_) && same_place_renamed(m, old, new_))
			rmk_pairs_join(p, old, new_);
	}
}
