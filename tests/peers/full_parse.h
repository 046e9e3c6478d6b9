// The peer: what cmark-gfm's own full parse says of a document's tables.
//
//	text ──▶ cmark-gfm, both phases ──▶ tables: columns, rows of cells, where they begin
//
// It knows nothing of rowmark's parser: the whole text goes to cmark-gfm at once, with
// both phases and its own UTF-8 validation, as GitHub runs it. Used by tests, the fuzzer
// and the bench.
#ifndef PEERS_FULL_PARSE_H
#define PEERS_FULL_PARSE_H

#include "table/doc.h"

struct peer_row {
	uint32_t line;      // right for body rows only
	const char **cells; // [ncells] content; those a short row lacks are not counted
	size_t ncells;
};

struct peer_table {
	uint32_t last_line;
	size_t ncols;
	const uint8_t *aligns; // [ncols] 0, 'l', 'c', 'r'
	struct peer_row *rows; // [nrows], the header first
	size_t nrows;
};

struct peer_doc {
	struct peer_table *tables; // in the order of their last lines
	size_t ntables;
	void *root;
};

// Only the parse, for the bench: the cells it found.
size_t peer_count_cells(struct rmk_str text);

struct peer_doc peer_parse(struct rmk_arena *a, struct rmk_str text);
void peer_free(struct peer_doc *peer);

// Parse the document's text with the peer and compare: the same tables, columns,
// alignments, rows and contents, and the same headings. Returns what differs, or NULL. (A table in a footnote
// that nothing refers to is not shown, so the peer may lack it.)
const char *peer_difference(struct rmk_arena *a, const struct rmk_doc *doc);

#endif
