// Rows and columns, printed in every format.
//
//	labels   Paper  Read or Not          text   aligned, cut to the terminal (cells, then
//	                                            columns, which is said)
//	         LoRA   Read                 md     a Markdown table
//	         QLoRA  Not read             csv tsv json jsonl html
//
// A cell is its text as a reader sees it; in Markdown it is as it is written, and in
// HTML a link stays a link.
// json: {"version":1, ..., "rows":[{"Paper":"LoRA", ...}]}; jsonl: a row a line.
#ifndef TOOL_GRID_H
#define TOOL_GRID_H

#include "cmd.h"
#include "out.h"

struct grid_cell {
	struct rmk_str text; // as a reader sees it
	struct rmk_str raw;  // as it is written in Markdown; s NULL: made from text
	struct rmk_str url;  // where it leads, when it is one link
	struct rmk_str json; // a JSON value to print bare (numbers); s NULL: the text
	enum style style;    // text on a terminal only
};

struct grid {
	struct rmk_arena *arena;
	struct rmk_str *labels;  // [ncols] for people
	const char *const *keys; // [ncols] names in JSON; NULL: the labels
	uint8_t *aligns;         // [ncols] enum rmk_align
	bool *urls;              // [ncols] csv, tsv, json: the url instead of the text
	size_t ncols;
	struct grid_cell *cells; // [nrows * ncols], or rows are made as they are printed:
	void (*make)(void *ctx, struct rmk_arena *a, size_t row, struct grid_cell *cells);
	void *ctx;
	size_t nrows;
	size_t cap;       // of cells
	const char *name; // of the array of rows in JSON
	bool no_header;   // text, csv, tsv: leave the labels out
};

struct grid grid_new(
    struct rmk_arena *a, const char *name, const char *const *labels, size_t ncols);

// A row more: ncols empty cells to fill. True until the next.
struct grid_cell *grid_row(struct grid *g);
// The cells of a row; those that are made live in scratch, which is emptied, until the next.
const struct grid_cell *grid_cells(
    const struct grid *g, struct rmk_arena *scratch, size_t row);
struct grid_cell grid_text(struct rmk_str text, enum style style);
struct grid_cell grid_number(struct rmk_arena *a, long long value, enum style style);

// The formats are "text md csv tsv json jsonl html".
#define GRID_FORMATS "text md csv tsv json jsonl html"
void grid_print(const struct grid *g, const char *format);

// The labels as keys of JSON, each another one.
struct rmk_str *grid_keys(const struct grid *g);
// The rows as an array inside a JSON document of the caller's.
void grid_json(struct rmk_json *j, const struct grid *g);

// The formats for programs.
void grid_print_separated(const struct grid *g, bool csv);
void grid_print_html(const struct grid *g);
void grid_print_json(const struct grid *g);
void grid_print_jsonl(const struct grid *g);

#endif
