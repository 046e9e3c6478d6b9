// Facts as bytes, for keeping, and back.
//
//	counts | texts: length, bytes | tables | versions: id, tables
//
// A table is packed as what differs from an earlier one: mostly one column of it. A number is
// the place of what it names, so that unpacking looks nothing up.
//
// In:  a store of facts, and which tables each version has.
// Out: bytes; and from bytes a store in which all numbers are as they were.
#ifndef RMK_HISTORY_FACTS_CACHE_H
#define RMK_HISTORY_FACTS_CACHE_H

#include "history/version_facts.h"

// What versions say, by what names their text.
struct rmk_kept_version {
	struct rmk_str blob;
	struct rmk_str
	    places; // packed, of each table: index in the document, number, own
};

struct rmk_kept_facts {
	struct rmk_fact_store store;
	struct rmk_map blobs;       // to index of version
	struct rmk_kept_version *v; // [n]
	size_t n, cap;
};

struct rmk_kept_facts rmk_kept_facts_new(struct rmk_arena *a);

// Add what a version says, or find it: NULL when it is not there, or malformed.
void rmk_kept_facts_put(
    struct rmk_kept_facts *k, struct rmk_str blob, const struct rmk_facts *f);
struct rmk_facts *rmk_kept_facts_get(
    const struct rmk_kept_facts *k, struct rmk_arena *a, struct rmk_str blob);

// The bytes, and what was packed; nothing of it when they are malformed. They live as long as
// the facts.
struct rmk_str rmk_kept_facts_pack(struct rmk_arena *a, const struct rmk_kept_facts *k);
struct rmk_kept_facts rmk_kept_facts_unpack(struct rmk_arena *a, struct rmk_str bytes);

// Numbers and texts as bytes, and back; false when the bytes end too soon.
void rmk_pack_number(struct rmk_buf *b, uint32_t n);
void rmk_pack_text(struct rmk_buf *b, struct rmk_str text);
bool rmk_take_number(struct rmk_str *s, uint32_t *out);
bool rmk_take_text(struct rmk_str *s, struct rmk_str *out);

#endif
