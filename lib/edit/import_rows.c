// Records and rows of one key: see import_rows.h.
#include "edit/import_rows.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "edit/import.h"
#include "edit/import_text.h"
#include "gfm/cells.h"
#include "table/inline_references.h"
#include "table/value.h"

// So many rows of one key are held against a record that none of them shows whole.
#define NAMESAKES 64

struct rmk_str
rmk_import_shown(const struct rmk_import_rows *rows, struct rmk_str raw, size_t col)
{
	struct rmk_str url = rows->urls[col] ? rmk_cell_url(rows->arena, raw)
	                                     : RMK_STR("");
	struct rmk_str seen = rmk_references_inline(rows->arena, rows->doc, raw);

	return rmk_import_norm(
	    rows->arena, url.n ? url : rmk_value_text(rows->arena, seen));
}

struct rmk_str
rmk_import_cell_of(const struct rmk_import_rows *rows, struct rmk_str text)
{
	return rmk_cell_raw(
	    rows->arena, rmk_import_content(rows->arena, text, rows->markdown));
}

bool
rmk_import_is_same(const struct rmk_import_rows *rows, struct rmk_str raw, size_t col,
    struct rmk_str text)
{
	struct rmk_str shown = rmk_import_shown(rows, raw, col), cell;
	struct rmk_link *links;

	if (!rows->markdown)
		return rmk_str_eq(shown, rmk_import_norm(rows->arena, text));
	cell = rmk_import_cell_of(rows, text);
	return rmk_str_eq(raw, cell) ||
	       (rmk_str_eq(shown, rmk_import_shown(rows, cell, col)) &&
		   rmk_value_links(rows->arena, cell, &links) == 0);
}

static struct rmk_str
import_raw(const struct rmk_import_rows *rows, size_t row, size_t col)
{
	return rmk_doc_cell(rows->doc, &rows->doc->tables[rows->table].rows[row], col);
}

// What a record holds in the column that names rows.
static struct rmk_str
import_key(const struct rmk_import_rows *rows, size_t record)
{
	const struct rmk_record *r = &rows->records->v[record];
	struct rmk_str key = {0};

	for (size_t i = 0; i < rows->records->ncols; i++) {
		if (rows->cols[i] == rows->key)
			key = r->cells[i];
	}
	if (!rows->markdown)
		return rmk_import_norm(rows->arena, key);
	return rmk_import_shown(
	    rows, rmk_import_cell_of(rows, rmk_str_trim(key)), rows->key);
}

// What all cells of a row show, each asked once.
static const struct rmk_str *
shown_of_row(const struct rmk_import_rows *rows, size_t row)
{
	size_t ncols = rows->doc->tables[rows->table].ncols;

	if (rows->shown[row])
		return rows->shown[row];
	rows->shown[row] = RMK_NEW_N(rows->arena, struct rmk_str, ncols + 1);
	for (size_t col = 0; col < ncols; col++)
		rows->shown[row][col] = rmk_import_shown(
		    rows, import_raw(rows, row, col), col);
	return rows->shown[row];
}

// --- all of a row -------------------------------------------------------------------

static void
add_text(struct rmk_buf *out, struct rmk_str text)
{
	rmk_buf_printf(out, "%zu ", text.n);
	rmk_buf_add(out, text);
}

// What a row shows in the columns of the records, with their lengths.
static struct rmk_str
import_whole_row(const struct rmk_import_rows *rows, size_t row)
{
	struct rmk_buf out = {.arena = rows->arena};
	const struct rmk_str *shown = shown_of_row(rows, row);

	for (size_t i = 0; i < rows->records->ncols; i++) {
		if (rows->cols[i] != RMK_NONE)
			add_text(&out, shown[rows->cols[i]]);
	}
	return rmk_buf_str(&out);
}

// Empty: the record lacks a column.
static struct rmk_str
import_whole_record(const struct rmk_import_rows *rows, size_t record)
{
	const struct rmk_record *r = &rows->records->v[record];
	struct rmk_buf out = {.arena = rows->arena};

	for (size_t i = 0; i < rows->records->ncols; i++) {
		if (rows->cols[i] == RMK_NONE)
			continue;
		if (!r->cells[i].s)
			return RMK_STR("");
		add_text(&out, rmk_import_norm(rows->arena, r->cells[i]));
	}
	return rmk_buf_str(&out);
}

// Records that a row of several with one key shows whole take it before others do; of equal rows the
// last record takes the last.
static void
take_whole_rows(struct rmk_import_rows *rows)
{
	size_t nrows = rows->doc->tables[rows->table].nrows;
	size_t *before = RMK_NEW_N(rows->arena, size_t, nrows + 1);
	struct rmk_map lasts = {.arena = rows->arena};

	for (size_t i = 0; i < rows->firsts.n; i++) {
		size_t row = rows->firsts.entries[i].value;

		if (rows->next[row] == RMK_NONE)
			continue;
		for (; row != RMK_NONE; row = rows->next[row]) {
			size_t *last = rmk_map_put(&lasts, import_whole_row(rows, row));

			before[row] = *last;
			*last = row;
		}
	}
	for (size_t i = rows->records->n; lasts.n && i-- > 0;) {
		struct rmk_str whole = import_whole_record(rows, i);
		size_t row = whole.n ? rmk_map_get(&lasts, whole) : RMK_NONE;

		if (row == RMK_NONE)
			continue;
		rows->row_of[i] = row;
		rows->taken[row] = true;
		*rmk_map_put(&lasts, whole) = before[row];
	}
}

void
rmk_import_rows_find(struct rmk_import_rows *rows)
{
	size_t nrows = rows->doc->tables[rows->table].nrows;

	rows->firsts = (struct rmk_map){.arena = rows->arena};
	rows->next = RMK_NEW_N(rows->arena, size_t, nrows + 1);
	rows->taken = RMK_NEW_N(rows->arena, bool, nrows + 1);
	rows->shown = RMK_NEW_N(rows->arena, struct rmk_str *, nrows + 1);
	rows->row_of = RMK_NEW_N(rows->arena, size_t, rows->records->n + 1);
	for (size_t r = nrows; r-- > 0;) {
		size_t *first = rmk_map_put(
		    &rows->firsts, rmk_utf8_fold(rows->arena,
				       rmk_import_shown(rows,
					   import_raw(rows, r, rows->key), rows->key)));

		rows->next[r] = *first;
		*first = r;
	}
	for (size_t i = 0; i < rows->records->n; i++)
		rows->row_of[i] = RMK_NONE;
	if (!rows->markdown)
		take_whole_rows(rows);
}

// --- the most of it -----------------------------------------------------------------

// How many cells of a row show what a record holds; a key that is written so is worth all others.
static size_t
import_common(
    const struct rmk_import_rows *rows, size_t record, size_t row, struct rmk_str key)
{
	const struct rmk_record *r = &rows->records->v[record];
	const struct rmk_str *shown = shown_of_row(rows, row);
	size_t n = rmk_str_eq(shown[rows->key], key) ? rows->records->ncols : 0;

	for (size_t i = 0; i < rows->records->ncols; i++) {
		size_t col = rows->cols[i];

		if (col == RMK_NONE || !r->cells[i].s || col == rows->key)
			continue;
		n += rows->markdown ? rmk_import_is_same(rows, import_raw(rows, row, col),
					  col, rmk_str_trim(r->cells[i]))
		                    : rmk_str_eq(shown[col],
					  rmk_import_norm(rows->arena, r->cells[i]));
	}
	return n;
}

// The next row of a key that nobody took, which *at, where a row is kept, is to be from now on.
static size_t
import_left(const struct rmk_import_rows *rows, size_t *at)
{
	while (*at != RMK_NONE && rows->taken[*at])
		*at = rows->next[*at];
	return *at;
}

size_t
rmk_import_rows_take(struct rmk_import_rows *rows, size_t record, bool *alike)
{
	struct rmk_str key = import_key(rows, record);
	struct rmk_str folded = rmk_utf8_fold(rows->arena, key);
	size_t best = RMK_NONE, most = 0, n = 0;
	size_t *at;

	*alike = false;
	if (rows->row_of[record] != RMK_NONE)
		return rows->row_of[record];
	if (rmk_map_get(&rows->firsts, folded) == RMK_NONE)
		return RMK_NONE;
	at = rmk_map_put(&rows->firsts, folded);
	for (size_t row; (row = import_left(rows, at)) != RMK_NONE && n < NAMESAKES;
	     n++) {
		size_t common;

		at = &rows->next[row];
		if (best == RMK_NONE && import_left(rows, at) == RMK_NONE) {
			best = row;
			break;
		}
		common = import_common(rows, record, row, key);
		if (best == RMK_NONE || common > most) {
			best = row;
			*alike = false;
		} else if (common == most) {
			*alike = true;
		}
		most = common > most ? common : most;
	}
	if (best != RMK_NONE)
		rows->taken[best] = true;
	return best;
}
