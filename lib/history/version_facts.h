// What one version says, as far as history needs it.
//
//	facts ── tables[n] ──▶ | papers, heading, labels | 13 rows |
//	                       | column: values[] {text, n}        |
//	                       `- many: too varied to be a status
//
// Facts depend on the text of a version alone, so they can be kept by its blob. Tables
// are shared: equal ones are the same pointer in all versions, which makes most of the
// work of history a comparison of pointers.
#ifndef RMK_HISTORY_VERSION_FACTS_H
#define RMK_HISTORY_VERSION_FACTS_H

#include "base/map.h"
#include "history/history.h"
#include "table/patch.h"

// A text of the store, by number; its key is a text too.
typedef uint32_t rmk_text;

struct rmk_fact_value {
	rmk_text text;
	uint32_t n;
};

struct rmk_fact_column {
	rmk_text label;
	bool many;
	struct rmk_fact_value *values; // [nvalues], unless many
	uint32_t nvalues;
};

struct rmk_fact_table {
	rmk_text ident; // name or heading, and labels: where it is found again
	uint32_t ncols, nrows;
	struct rmk_fact_column *cols;
	struct rmk_str packed; // the bytes it is kept as
	uint32_t number;       // under which it is kept; RMK_NO_TEXT: it is not yet
};

struct rmk_facts {
	struct rmk_fact_table **tables; // [n]; regions are left out
	uint32_t *at;                   // [n] index in the document
	// [n] of each table's columns: how many different values one with too many has at
	// least. NULL: not known.
	uint32_t **least;
	uint32_t n;
};

// What facts are made of, each once.
struct rmk_store_text {
	struct rmk_str text;
	rmk_text key; // of the folded text; RMK_NO_TEXT: not asked for yet
};
#define RMK_NO_TEXT UINT32_MAX

// What cells say, remembered by their bytes: most cells of a version stood in the one
// before. Forgotten all at once when there are too many.
struct rmk_raw {
	struct rmk_str raw, text;
};

struct rmk_raws {
	struct rmk_arena arena;
	struct rmk_raw *v; // [n]
	size_t n, cap;
	uint32_t *slots; // index from 1; 0: free
	size_t mask;
};

struct rmk_store {
	struct rmk_arena *arena;
	struct rmk_raws raws;
	struct rmk_map numbers; // text to number
	struct rmk_store_text *texts;
	size_t ntexts, texts_cap;
	struct rmk_map packs; // packed bytes to index
	struct rmk_fact_table **tables;
	size_t ntables, tables_cap;
};

struct rmk_store rmk_store_new(struct rmk_arena *a);
void rmk_store_free(struct rmk_store *s); // what is not in its arena
rmk_text rmk_store_put(struct rmk_store *s, struct rmk_str text);
rmk_text rmk_store_key(struct rmk_store *s, rmk_text text); // of the folded text
struct rmk_str rmk_store_get(const struct rmk_store *s, rmk_text text);

// The neighbour of a document, and its facts.
struct rmk_beside {
	const struct rmk_doc *doc;
	const struct rmk_facts *facts;
	const struct rmk_patch *patch; // what differs; NULL: not known
};

// The facts of a document, in arena a. near: its neighbour; NULL: none is at hand.
struct rmk_facts *rmk_facts_of(struct rmk_store *s, struct rmk_arena *a,
    struct rmk_arena *scratch, const struct rmk_doc *doc, const struct rmk_beside *near);

// Numbers and texts as bytes, and back; false when the bytes end too soon.
void rmk_pack_number(struct rmk_buf *b, uint32_t n);
void rmk_pack_text(struct rmk_buf *b, struct rmk_str text);
bool rmk_take_number(struct rmk_str *s, uint32_t *out);
bool rmk_take_text(struct rmk_str *s, struct rmk_str *out);

// A table from its bytes, which no other has and which must live as long as the store.
// Unpacking checks all it reads: NULL when it is malformed.
struct rmk_fact_table *rmk_fact_unpack(struct rmk_store *s, struct rmk_str bytes);

#endif
