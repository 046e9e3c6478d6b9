// Which columns a version itself takes for statuses, by what its facts say.
//
//	facts of a table   Go: + 54, - 5   Name: many   ──▶  evidence ──▶ own: Go
//	its declaration    which fields it names        ──▘
//
// In:  facts, and what the table's declaration says. A table that is its neighbour's is not
//      looked at again.
// Out: own of the facts: the columns packed, kept as a text, so that equal lists are equal
//      numbers.
//
// It is what the schema of the version's document says, but for a column with too many
// values to be counted, which is a status only by its header; and one with 200 remarks above its
// words of progress, which a document reads no further (schema/spellings.c).
//
// A matrix in one table is one in those alike (schema/siblings.h), so tables are looked at
// together: once for all versions of which the same is seen.
//
// Ownership: what is remembered lives in the arena of the store.
#ifndef RMK_HISTORY_OWN_COLUMNS_H
#define RMK_HISTORY_OWN_COLUMNS_H

#include "history/version_facts.h"
#include "schema/evidence.h"

// What the tables of one identity have in common.
struct rmk_own_ident {
	struct rmk_field *fields; // [ncols] keys, and which are declared; NULL: not known
	struct rmk_evidence_header *headers; // [ncols]
	// Columns as they were last, and their evidence by itself: most stay from version to version.
	const struct rmk_fact_column **cols;
	struct rmk_evidence *alone;
	uint32_t *status; // [nstatus] declared
	uint32_t nstatus;
};

struct rmk_own_memo {
	struct rmk_fact_store *store;
	struct rmk_own_ident *idents; // [nidents] by text
	size_t nidents;
	const struct rmk_evidence **tables; // [ntables] by number; NULL: not known
	size_t ntables;
	uint8_t *ranks; // [nranks] by text: rank and mark of a value; 0: not known
	size_t nranks;
	struct rmk_map sets; // of what decides about a version, to the place in decided
	rmk_text *decided;   // own of all its tables
	size_t ndecided, decided_cap;
};

struct rmk_own_memo rmk_own_memo_new(struct rmk_fact_store *store);

// The identity of a table; its fields are NULL where nothing is known of it yet.
struct rmk_own_ident *rmk_own_ident_of(
    struct rmk_own_memo *m, const struct rmk_fact_table *t);

// Whether there is a declaration to ask the document about; and its answer, a byte a
// column: 0, or how it is named.
enum { RMK_OWN_FIELD = 1, RMK_OWN_STATUS = 2 };
bool rmk_own_is_declared(const struct rmk_own_memo *m, const struct rmk_fact_table *t);
void rmk_own_ident_set(
    struct rmk_own_memo *m, const struct rmk_fact_table *t, struct rmk_str declared);

// Fill f->own. The identities of all tables are known.
void rmk_own_fill(struct rmk_own_memo *m, struct rmk_arena *scratch, struct rmk_facts *f);

// The columns of a table's packed list. [*n], in arena a.
uint32_t *rmk_own_columns(const struct rmk_own_memo *m, struct rmk_arena *a,
    const struct rmk_fact_table *t, rmk_text own, size_t *n);

#endif
