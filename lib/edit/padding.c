// The white space around a cell: kept, or taken from the padding.
//
// Two ways to write a cell, and a rule between them. In an aligned column the padding is
// what `fit` computes from the width of the column; elsewhere a cell keeps its own. A cell
// of an aligned column whose padding is not the computed one was laid out by hand, and
// keeps its own too. That makes every write reversible but for one case, see below.
#include "edit/padding.h"

#include "base/utf8.h"
#include "gfm/cells.h"

// How many rows, or columns, on either side are asked whether a column is aligned: enough to
// outvote a few that are laid out by hand, few enough that a batch of edits stays linear.
#define NEIGHBOURS 8

struct pads {
	size_t left, right;
};

struct rmk_frame
rmk_frame_of(const struct rmk_doc *doc, const struct rmk_row *row, size_t col)
{
	uint32_t end = row->span.at + row->span.len;
	struct rmk_span cell = row->cells[col];
	struct rmk_span all = rmk_cell_between(doc->text, row->at, end, cell);
	uint32_t cell_end = cell.at + cell.len;

	return (struct rmk_frame){
	    .left = rmk_doc_str(doc, (struct rmk_span){all.at, cell.at - all.at}),
	    .text = rmk_doc_str(doc, cell),
	    .right = rmk_doc_str(
		doc, (struct rmk_span){cell_end, all.at + all.len - cell_end}),
	    .start = all.at == row->at,
	    .open = all.at + all.len >= end,
	};
}

// The padding of text in an aligned column. What does not fit gets the least.
static struct pads
padding_fit(const struct rmk_layout *l, struct rmk_str text)
{
	size_t least = l->before + l->after, width = rmk_utf8_width(text) + least;
	size_t spare = l->width > width ? l->width - width : 0;

	if (text.n == 0)
		return (struct pads){0, l->width > least ? l->width : least};
	switch (l->how) {
	case RMK_ALIGN_RIGHT:
		return (struct pads){l->before + spare, l->after};
	case RMK_ALIGN_CENTER:
		return (struct pads){l->before + spare / 2, l->after + spare - spare / 2};
	default:
		return (struct pads){l->before, l->after + spare};
	}
}

static bool
is_spaces(struct rmk_str text, size_t n)
{
	if (text.n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (text.s[i] != ' ')
			return false;
	return true;
}

static bool
has_pads(const struct rmk_frame *frame, struct pads pads)
{
	return is_spaces(frame->left, pads.left) && is_spaces(frame->right, pads.right);
}

// --- is the column aligned? ---------------------------------------------------

// What the cells of a column say: how many are padded to its width, by the way they are;
// how many are not, though they would have the room. A cell that fills its room says
// nothing.
struct votes {
	size_t how[RMK_ALIGN_RIGHT + 1]; // NONE: an empty cell, padded
	size_t loose;
};

static void
padding_vote(struct votes *votes, struct rmk_layout l, const struct rmk_frame *frame)
{
	bool padded = false;

	if (frame->open || l.before + l.after + rmk_utf8_width(frame->text) >= l.width)
		return;
	if (frame->text.n == 0) {
		padded = has_pads(frame, padding_fit(&l, frame->text));
		votes->how[RMK_ALIGN_NONE] += padded;
	} else {
		for (l.how = RMK_ALIGN_LEFT; l.how <= RMK_ALIGN_RIGHT; l.how++) {
			bool yes = has_pads(frame, padding_fit(&l, frame->text));

			votes->how[l.how] += yes;
			padded |= yes;
		}
	}
	votes->loose += !padded;
}

// Settle from the votes; a tie goes to the declared alignment. False: no cell spoke.
static bool
padding_settle(struct rmk_layout *l, const struct votes *votes)
{
	size_t most = votes->how[l->how];

	for (int how = RMK_ALIGN_LEFT; how <= RMK_ALIGN_RIGHT; how++) {
		if (votes->how[how] > most) {
			most = votes->how[how];
			l->how = (enum rmk_align)how;
		}
	}
	l->aligned = most + votes->how[RMK_ALIGN_NONE] > votes->loose;
	return most + votes->how[RMK_ALIGN_NONE] + votes->loose > 0;
}

// What the header says of a column: its width and how close its text is to the pipes.
static struct rmk_layout
header_layout(const struct rmk_doc *doc, const struct rmk_table *table, size_t col)
{
	struct rmk_frame head = rmk_frame_of(doc, &table->header, col);
	enum rmk_align align = (enum rmk_align)table->aligns[col];

	return (struct rmk_layout){
	    .how = align == RMK_ALIGN_NONE ? RMK_ALIGN_LEFT : align,
	    .width = head.left.n + rmk_utf8_width(head.text) + head.right.n,
	    .before = head.left.n > 0 || (head.text.n == 0 && !head.start),
	    .after = head.right.n > 0 || (head.text.n == 0 && !head.open),
	    .blank = RMK_NONE,
	};
}

// The cells of a column around a row; the nearest empty one shows how those look.
static void
ask_column(const struct rmk_doc *doc, const struct rmk_table *table, size_t row,
    size_t col, bool except, struct rmk_layout *l, struct votes *votes)
{
	size_t from = row > NEIGHBOURS ? row - NEIGHBOURS : 0;
	size_t nearest = RMK_NONE;

	for (size_t r = from; r < table->nrows && r <= row + NEIGHBOURS; r++) {
		size_t distance = r < row ? row - r : r - row;
		struct rmk_frame frame;

		if ((except && r == row) || col >= table->rows[r].ncells)
			continue;
		frame = rmk_frame_of(doc, &table->rows[r], col);
		padding_vote(votes, *l, &frame);
		if (frame.text.n == 0 && !frame.open && distance < nearest) {
			nearest = distance;
			l->blank = frame.right.n;
		}
	}
}

// The other cells of the row: asked where the column itself has nothing to say.
static void
ask_row(const struct rmk_doc *doc, const struct rmk_table *table,
    const struct rmk_row *row, size_t except, struct votes *votes)
{
	size_t col = except > NEIGHBOURS ? except - NEIGHBOURS : 0;

	for (; col < row->ncells && col < table->ncols && col <= except + NEIGHBOURS;
	     col++) {
		struct rmk_layout l = header_layout(doc, table, col);
		struct rmk_frame frame = rmk_frame_of(doc, row, col);

		if (col != except)
			padding_vote(votes, l, &frame);
	}
}

// A table without rows: aligned when every column of its delimiter row is as wide as the
// header's.
static bool
is_aligned_delim(const struct rmk_doc *doc, const struct rmk_table *table)
{
	for (size_t col = 0; col < table->ncols; col++) {
		struct rmk_frame delim = rmk_frame_of(doc, &table->delim, col);

		if (header_layout(doc, table, col).width !=
		    delim.left.n + delim.text.n + delim.right.n)
			return false;
	}
	return true;
}

// A new cell of a column that is not aligned is as close to its pipes as the cells of
// the row beside it.
static void
padding_follow(struct rmk_layout *l, const struct rmk_frame *beside)
{
	if (beside->text.n == 0)
		return;
	if (!beside->start)
		l->before = beside->left.n > 0;
	if (!beside->open)
		l->after = beside->right.n > 0;
}

struct rmk_layout
rmk_layout_of(const struct rmk_doc *doc, const struct rmk_table *table, size_t row,
    size_t col, bool except)
{
	struct rmk_layout l = header_layout(doc, table, col);
	struct votes votes = {0}, others = {0};

	if (table->nrows == 0) {
		l.aligned = is_aligned_delim(doc, table);
	} else {
		const struct rmk_row *near =
		    &table->rows[except || row == 0 ? row : row - 1];
		size_t beside = col < near->ncells ? col : near->ncells - 1;

		ask_column(doc, table, row, col, except, &l, &votes);
		if (!padding_settle(&l, &votes)) {
			ask_row(doc, table, near, col, &others);
			l.aligned = others.how[RMK_ALIGN_NONE] +
			                others.how[RMK_ALIGN_LEFT] +
			                others.how[RMK_ALIGN_CENTER] +
			                others.how[RMK_ALIGN_RIGHT] >
			            others.loose;
		}
		if (!l.aligned) {
			struct rmk_frame frame = rmk_frame_of(doc, near, beside);

			padding_follow(&l, &frame);
		}
	}
	if (l.blank == RMK_NONE)
		l.blank = l.before || l.after;
	return l;
}

// --- writing ------------------------------------------------------------------

// A backslash at the end would escape the pipe.
static bool
wants_space(struct rmk_str raw, size_t right, bool open)
{
	return raw.n && raw.s[raw.n - 1] == '\\' && right == 0 && !open;
}

static void
padding_put(struct rmk_buf *out, struct pads pads, struct rmk_str raw, bool open)
{
	rmk_buf_fill(out, ' ', pads.left);
	rmk_buf_add(out, raw);
	rmk_buf_fill(out, ' ', pads.right + wants_space(raw, pads.right, open));
}

// The white space a cell is left with when its text goes: its own, or where that is the
// single spaces that an empty cell is given with its first text, what its neighbours have.
static size_t
blank_of(const struct rmk_layout *l, const struct rmk_frame *frame)
{
	if (is_spaces(frame->left, 1) && is_spaces(frame->right, 1))
		return l->blank;
	return frame->left.n + frame->right.n;
}

void
rmk_pad_replace(struct rmk_buf *out, const struct rmk_layout *l,
    const struct rmk_frame *frame, struct rmk_str raw)
{
	struct pads was = padding_fit(l, frame->text), is = padding_fit(l, raw);
	bool aligned = l->aligned && !frame->open;

	if (aligned && has_pads(frame, was)) {
		padding_put(out, is, raw, frame->open);
	} else if (aligned && has_pads(frame, is)) {
		// Laid out by hand, yet just as this text should be. Kept, it would be
		// taken for an aligned cell, and the old text would come back with other
		// padding; so the two paddings change places.
		padding_put(out, was, raw, frame->open);
	} else if (frame->text.n == 0) {
		padding_put(
		    out, (struct pads){!frame->start, !frame->open}, raw, frame->open);
	} else if (raw.n == 0) {
		rmk_buf_fill(out, ' ', blank_of(l, frame));
	} else {
		rmk_buf_add(out, frame->left);
		rmk_buf_add(out, raw);
		rmk_buf_fill(out, ' ', wants_space(raw, frame->right.n, frame->open));
		rmk_buf_add(out, frame->right);
	}
}

void
rmk_pad_fresh(struct rmk_buf *out, const struct rmk_layout *l, struct rmk_str raw,
    bool start, bool open)
{
	struct pads pads = padding_fit(l, raw);

	if (!l->aligned)
		pads = raw.n ? (struct pads){l->before, l->after}
		             : (struct pads){0, l->blank};
	if (start)
		pads.left = 0;
	if (open)
		pads.right = 0;
	padding_put(out, pads, raw, open);
}
