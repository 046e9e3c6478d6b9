// Pairing by number: the step that all matching is made of.
//
//	old ids   7  3  0  9  3        0: has no id, takes no part
//	new ids   3  9  7  3
//	          ▼
//	unique    7═7  9═9             an id that is the only one of its kind on both sides
//	in order  3═3  3═3             the first with the first, the second with the second
//
// An id is a hash of what would make two things the same; `same` then looks at the
// things themselves, so that equal hashes alone join nothing.
#ifndef RMK_DIFF_MATCH_PAIRS_H
#define RMK_DIFF_MATCH_PAIRS_H

#include "diff/match.h"

struct rmk_pairs rmk_pairs_new(struct rmk_arena *a, size_t nold, size_t nnew);
void rmk_pairs_join(struct rmk_pairs *p, size_t old, size_t new_);

// Whether any of n has no partner.
bool rmk_pairs_some_left(const size_t *partner, size_t n);

// Indices, in their order.
struct rmk_left {
	size_t *v;
	size_t n;
};

// Those of n that have no partner.
struct rmk_left rmk_left_of(struct rmk_arena *a, const size_t *partner, size_t n);

struct rmk_pairing {
	struct rmk_pairs *pairs;
	const uint64_t *old_ids;                          // [nold]
	const uint64_t *new_ids;                          // [nnew]
	bool (*same)(void *ctx, size_t old, size_t new_); // NULL: ids are no hashes
	void *ctx;
	// The unpaired are among these, so that most are not looked at; NULL: among all.
	const struct rmk_left *old_left, *new_left;
};

// Join what is unpaired and the only one with its id. whole: among all on its side,
// not only the unpaired.
void rmk_pair_unique(struct rmk_arena *a, const struct rmk_pairing *by, bool whole);

// Join the unpaired of one id in their order. equal: only where both sides have as many.
// Returns whether old ones were left over while some of their kind were joined.
bool rmk_pair_in_order(struct rmk_arena *a, const struct rmk_pairing *by, bool equal);

#endif
