// The versions of a file, newest first, each read once for ever: the bottom of a history.
//
//	            ┌─ kept ──────────────────────────────┐
//	moment ─────┤                                     ├──▶ version: facts
//	            └─ text ─▶ rows that differ, or parse ┘
//
//	version, table ──▶ status columns, values, how far one is      kept, or asked of its schema
//
// In:  moments, a callback that gives texts, and one that keeps what was found out.
// Out: facts of a version, and answers of its schema. A version whose facts are kept is not
//      read, and its document is not made before it is asked for.
//
// Ownership: two versions live at a time, on different sides; columns and texts as long as the
// reader's arena.
#ifndef RMK_HISTORY_VERSIONS_H
#define RMK_HISTORY_VERSIONS_H

#include "history/facts_cache.h"
#include "history/history.h"
#include "history/own_columns.h"
#include "history/version_cursor.h"

struct rmk_version {
	struct rmk_seen seen; // moment and side: of the two at hand each has its own
	struct rmk_facts *facts;
	struct rmk_bodies bodies; // of its text; read: they are known
	bool read;
	const struct rmk_schema *schema; // of the table that was asked for last
	uint32_t schema_of;              // its place in the document
};

struct rmk_versions {
	struct rmk_arena *a;       // of what stays
	struct rmk_arena *scratch; // the caller's: emptied after each version
	const struct rmk_moment *moments;
	const struct rmk_history_opts *opts;
	struct rmk_version_cursor cursor;
	struct rmk_pool sides[2]; // facts of the versions at hand
	struct rmk_kept_facts kept;
	struct rmk_own_memo own;
	size_t nkept; // versions that were kept before
	struct rmk_err *err;
};

void rmk_versions_open(struct rmk_versions *v, struct rmk_arena *a,
    struct rmk_arena *scratch, const struct rmk_moment *moments,
    const struct rmk_history_opts *opts, struct rmk_err *err);

// Keep what was found out, and free what is not in its arena.
void rmk_versions_keep(struct rmk_versions *v);
void rmk_versions_free(struct rmk_versions *v);

struct rmk_texts *rmk_versions_texts(struct rmk_versions *v);

// The facts of out->seen.moment; newer: the version before it, or NULL. A text that is too
// complex to parse says what its neighbour says.
enum rmk_code rmk_versions_read(
    struct rmk_versions *v, const struct rmk_version *newer, struct rmk_version *out);

// Its document, in s->seen.doc.
enum rmk_code rmk_versions_doc(struct rmk_versions *v, struct rmk_version *s);

// What is kept by a key, or false; and to keep it.
bool rmk_versions_get(struct rmk_versions *v, struct rmk_str key, struct rmk_str *out);
void rmk_versions_put(struct rmk_versions *v, struct rmk_str key, struct rmk_str bytes);

// --- what its schema says: tables by their place among the facts ------------------

// The place of the table that a name stands for; an error when there is none.
enum rmk_code rmk_versions_table(
    struct rmk_versions *v, struct rmk_version *s, struct rmk_str name, uint32_t *out);

// Fill own of its facts, when they were read and not kept.
enum rmk_code rmk_versions_own(struct rmk_versions *v, struct rmk_version *s);

// The columns that count: those asked for, else those that are statuses by this version alone.
// [*n], in scratch.
enum rmk_code rmk_versions_columns(struct rmk_versions *v, struct rmk_version *s,
    uint32_t table, uint32_t **cols, size_t *n);

// Whether its declaration says that the column is a status.
enum rmk_code rmk_versions_declares(struct rmk_versions *v, struct rmk_version *s,
    uint32_t table, uint32_t col, bool *out);

// How far a value of a column is. key: folded, not empty.
enum rmk_code rmk_versions_progress(struct rmk_versions *v, struct rmk_version *s,
    uint32_t table, uint32_t col, struct rmk_str key, enum rmk_progress *out);

// Every value that the schema knows of a column, though no cell may hold it. [*n], in scratch.
struct rmk_version_term {
	struct rmk_str key, text;
	enum rmk_progress progress;
};
enum rmk_code rmk_versions_terms(struct rmk_versions *v, struct rmk_version *s,
    uint32_t table, uint32_t col, struct rmk_version_term **terms, size_t *n);

#endif
