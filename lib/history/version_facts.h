// What one version says, as far as history needs it.
//
//	facts ── tables[n] ──▶ | papers, heading, labels | 13 rows |
//	                       | cols[]: values {text, n} or many  |
//
// In:  a document, or the text that follows a neighbour's (table/bodies.h), and the
//      neighbour's facts.
// Out: tables and columns, which never change. What says the same as in the neighbour is the
//      same pointer, which makes most of the work of history a comparison of pointers.
//
// Ownership: tables live in the arena of the store; the lists of a version in its own.
#ifndef RMK_HISTORY_VERSION_FACTS_H
#define RMK_HISTORY_VERSION_FACTS_H

#include "history/value_counts.h"
#include "table/bodies.h"

struct rmk_fact_table {
	rmk_text ident; // name or heading, and labels: where it is found again
	uint32_t ncols, nrows;
	const struct rmk_fact_column **cols; // [ncols]
	uint32_t number;                     // in the store
};

struct rmk_facts {
	const struct rmk_fact_table **tables; // [n]; regions are left out
	uint32_t *at;                         // [n] index in the document
	rmk_text *own; // [n] its status columns by this version alone, packed
	uint32_t n;
	// Of the columns of all tables, one after another: how many different values one with
	// too many has at least. NULL: not known.
	uint32_t *least;
	uint32_t *first; // [n + 1] where those of each table begin
};

// All tables that were met, by number.
struct rmk_fact_store {
	struct rmk_texts texts;
	const struct rmk_fact_table **v; // [n]
	size_t n, cap;
};

// A text with what is known of it.
struct rmk_said {
	struct rmk_str text;
	const struct rmk_bodies *bodies;
	const struct rmk_facts *facts;
};

// The facts of a document, in arena a. near: the neighbour, or NULL.
struct rmk_facts *rmk_facts_of(struct rmk_fact_store *s, struct rmk_arena *a,
    struct rmk_arena *scratch, const struct rmk_doc *doc, const struct rmk_bodies *bodies,
    const struct rmk_said *near);

// The facts of a text that differs from its neighbour in the rows of one table, and its
// bodies; NULL: it has to be parsed.
struct rmk_facts *rmk_facts_follow(struct rmk_fact_store *s, struct rmk_arena *a,
    struct rmk_arena *scratch, const struct rmk_said *near, struct rmk_str text,
    struct rmk_bodies *bodies);

// Facts of n tables, to be filled; and the same facts in another arena.
struct rmk_facts *rmk_facts_new(struct rmk_arena *a, uint32_t n);
struct rmk_facts *rmk_facts_copy(struct rmk_arena *a, const struct rmk_facts *f);

// The place among the facts of a table of the document; RMK_NO_TEXT: it is in a region.
uint32_t rmk_facts_place(const struct rmk_facts *f, size_t table);

// A table of its own in the store, to be filled.
struct rmk_fact_table *rmk_fact_table_new(struct rmk_fact_store *s, uint32_t ncols);

#endif
