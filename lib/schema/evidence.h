// What the values of a table's columns say of being statuses, wherever they come from: the
// rows of a document, or the counts that a history keeps.
//
//	| Feature | Go | Rust | Note |     each column by itself, then those beside it:
//	| a       | +  | -    | text |     a matrix, or a legend that explains states
//	          `--------'
//
// In:  labels, and a reader that gives the values of a column, asked only where they matter.
// Out: evidence of each column: whether it is accepted, and why; in other tables of the file what
//      a matrix is in one (siblings.h).
//
// Ownership: the arena's.
#ifndef RMK_SCHEMA_EVIDENCE_H
#define RMK_SCHEMA_EVIDENCE_H

#include "schema/schema.h"
#include "schema/status_words.h"

// One spelling of a value in a column.
struct rmk_cell_spelling {
	struct rmk_str raw, text, key;
	uint32_t count;
	uint8_t rank; // enum rmk_word_rank, on whatever ladder
	bool
	    mark; // no word of it, and without a letter or digit: a legend may explain it
};

// The different spellings of a column, in the order of their first cell.
struct rmk_column {
	struct rmk_cell_spelling *spellings;
	size_t n, cap;
	size_t nfilled; // cells that are not empty to a reader
	size_t nlinks;  // cells that are one link and nothing else
	bool over;      // given up: too many kinds that are no words
};

// The values of column col, in arena a. most: so many kinds that are no words are enough to
// give up, where they are most of the cells.
struct rmk_column_reader {
	struct rmk_column (*read)(
	    void *ctx, struct rmk_arena *a, size_t col, size_t most);
	void *ctx;
};

struct rmk_evidence {
	struct rmk_column column;
	struct rmk_str key; // the label's
	enum rmk_header_says says;
	size_t ladder;
	size_t cells;   // filled, but for the header repeated in the body
	size_t kinds;   // different keys of those
	size_t ranked;  // cells that have an order, or are closed
	size_t known;   // cells that are words of progress at all
	size_t numbers; // cells that begin with a digit and are not ranked
	size_t words;   // cells that are one word of the vocabulary and nothing else
	size_t marks;   // cells without a letter or digit that are no words of progress
	unsigned ranks; // bits of the ranks seen
	bool plain;     // some ranked word is more than a dash
	bool
	    beside; // the header says a number, a note, a group: no values make it status
	bool declared; // not inferred at all
	bool accepted;
	const char *why; // it is accepted, or not, for other reasons than its own
};

// What a label says, whatever is below it.
struct rmk_evidence_header {
	enum rmk_header_says says;
	bool beside; // as in the evidence
};

// The evidence of all columns of a table. [ncols]
struct rmk_evidence *rmk_evidence_of(struct rmk_arena *a, const struct rmk_field *fields,
    size_t ncols, const struct rmk_column_reader *reader);

// Whether a spelling's rank and mark, as readers of columns fill them.
void rmk_cell_spelling_weigh(struct rmk_cell_spelling *s);

// --- its parts --------------------------------------------------------------------

// What a field's label says; the evidence of a column by itself; then rmk_evidence_join.
struct rmk_evidence_header rmk_evidence_header(const struct rmk_field *field);
struct rmk_evidence rmk_evidence_alone(struct rmk_arena *a, const struct rmk_field *field,
    struct rmk_evidence_header header, size_t col,
    const struct rmk_column_reader *reader);

// Read a column whatever its header says, as if that said `says`.
struct rmk_evidence rmk_evidence_column(struct rmk_arena *a, const struct rmk_evidence *e,
    enum rmk_header_says says, size_t col, const struct rmk_column_reader *reader);

bool rmk_evidence_is_legend(const struct rmk_evidence *e, size_t col);
bool rmk_evidence_is_icons(const struct rmk_evidence *e);
bool rmk_evidence_two_ranks(unsigned ranks);
bool rmk_ladder_is_marks(size_t ladder);

// Whether nothing but too few words of progress keeps a column from being accepted; and to
// accept it.
bool rmk_evidence_is_open(const struct rmk_evidence *e);
void rmk_evidence_accept(struct rmk_evidence *e, size_t ladder, const char *why);

// Matrices: columns that lend their evidence to each other (matrix.c).
void rmk_evidence_join(struct rmk_arena *a, struct rmk_evidence *e, size_t ncols,
    const struct rmk_column_reader *reader);

#endif
