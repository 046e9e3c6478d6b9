// Results: made by calls, read by accessors that take anything. See rowmark.h.
#include "api/api.h"

#include <string.h>

// --- making -------------------------------------------------------------------------

struct rmk_str
api_copy(struct rmk_arena *a, struct rmk_str text)
{
	return (struct rmk_str){rmk_str_c(a, text), text.n};
}

void
api_columns(struct rmk_result *r, const char *const *names)
{
	while (names[r->ncols])
		r->ncols++;
	r->columns = RMK_NEW_N(&r->arena, const char *, r->ncols + 1);
	memcpy(r->columns, names, r->ncols * sizeof *names);
}

struct api_row *
api_add_row(struct rmk_result *r)
{
	struct api_row *row = RMK_PUSH(&r->arena, r->rows, r->nrows, r->cap);

	*row = (struct api_row){
	    .cells = RMK_NEW_N(&r->arena, struct api_cell, r->ncols),
	    .key = RMK_STR(""),
	};
	for (size_t i = 0; i < r->ncols; i++)
		row->cells[i].text = row->cells[i].raw = RMK_STR("");
	return row;
}

void
api_put(struct rmk_result *r, struct api_row *row, size_t col, struct rmk_str text)
{
	row->cells[col].text = row->cells[col].raw = api_copy(&r->arena, text);
}

void
api_put_number(struct rmk_result *r, struct api_row *row, size_t col, size_t number)
{
	api_put(r, row, col, rmk_str_printf(&r->arena, "%zu", number));
}

// --- reading ------------------------------------------------------------------------

static const char *
api_give(struct rmk_str text, size_t *n)
{
	if (n)
		*n = text.n;
	return text.s;
}

static const struct api_cell *
cell_of(const struct rmk_result *r, size_t row, size_t col)
{
	return r && row < r->nrows && col < r->ncols ? &r->rows[row].cells[col] : NULL;
}

size_t
rmk_result_rows(const struct rmk_result *r)
{
	return r ? r->nrows : 0;
}

size_t
rmk_result_columns(const struct rmk_result *r)
{
	return r ? r->ncols : 0;
}

const char *
rmk_result_column(const struct rmk_result *r, size_t column)
{
	return r && column < r->ncols ? r->columns[column] : NULL;
}

size_t
rmk_result_find(const struct rmk_result *r, const char *column)
{
	for (size_t i = 0; r && column && i < r->ncols; i++)
		if (strcmp(r->columns[i], column) == 0)
			return i;
	return RMK_NONE;
}

const char *
rmk_result_value(const struct rmk_result *r, size_t row, size_t column, size_t *n)
{
	const struct api_cell *c = cell_of(r, row, column);

	return api_give(c ? c->text : (struct rmk_str){0}, n);
}

const char *
rmk_result_raw(const struct rmk_result *r, size_t row, size_t column, size_t *n)
{
	const struct api_cell *c = cell_of(r, row, column);

	return api_give(c ? c->raw : (struct rmk_str){0}, n);
}

const char *
rmk_result_progress(const struct rmk_result *r, size_t row, size_t column)
{
	const struct api_cell *c = cell_of(r, row, column);

	return c && rmk_result_is_status(r, column) ? rmk_progress_name(c->progress) : "";
}

int
rmk_result_is_status(const struct rmk_result *r, size_t column)
{
	return r && r->is_status && column < r->ncols && r->is_status[column];
}

const char *
rmk_result_key(const struct rmk_result *r, size_t row, size_t *n)
{
	return api_give(r && row < r->nrows ? r->rows[row].key : (struct rmk_str){0}, n);
}

size_t
rmk_result_line(const struct rmk_result *r, size_t row)
{
	return r && row < r->nrows ? r->rows[row].line : 0;
}

const char *
rmk_result_text(const struct rmk_result *r, size_t *n)
{
	return api_give(r ? r->text : (struct rmk_str){0}, n);
}

const char *
rmk_result_commit(const struct rmk_result *r)
{
	return r ? r->commit : "";
}

const char *
rmk_result_code(const struct rmk_result *r)
{
	return r ? rmk_code_name(r->err.code) : "no-memory";
}

const char *
rmk_result_message(const struct rmk_result *r)
{
	return r ? r->err.msg : "memory ran out";
}

const char *
rmk_result_hint(const struct rmk_result *r)
{
	return r ? r->err.hint : "";
}

const char *
rmk_result_notes(const struct rmk_result *r)
{
	return r && r->notes.s ? r->notes.s : "";
}

void
rmk_free(struct rmk_result *r)
{
	struct rmk_arena arena;

	if (!r)
		return;
	arena = r->arena;
	rmk_arena_free(&arena);
}
