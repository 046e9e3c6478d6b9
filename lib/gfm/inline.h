// What each byte of a cell is: text a reader sees, or a mark.
//
//	raw    * * [ L o R A ] ( u ) * *   & l t ;   < b r >
//	what   x x x . . . . x x x x x x x E x x x x S x x x     . text, x dropped
//
// On request it also notes whether each byte is code, strong, emphasis or struck.
//
// One pass over the bytes, without recursion. Hostile cells cannot make it slow:
// looking ahead for the end of a code span, link or tag that is not there may cost
// INLINE_LOOKAHEAD times the cell in sum, then such a start is plain text; of open
// brackets the innermost INLINE_BRACKETS count, of open emphasis the innermost
// INLINE_OPENERS.
#ifndef RMK_GFM_INLINE_H
#define RMK_GFM_INLINE_H

#include "base/str.h"

#define INLINE_LOOKAHEAD 8
#define INLINE_BRACKETS 32
#define INLINE_OPENERS 32

// What a byte is. Of an entity or emoji shortcode only the first byte is marked,
// the rest is dropped.
enum inline_what {
	INLINE_TEXT,
	INLINE_DROP,
	INLINE_SPACE, // <br>
	INLINE_ENTITY,
	INLINE_EMOJI
};

// How a byte of text is shown, as bits.
enum inline_style { INLINE_CODE = 1, INLINE_EM = 2, INLINE_STRONG = 4, INLINE_DEL = 8 };

// A link, by spans of the cell.
struct inline_link {
	struct rmk_span label, url, raw;
	bool image, bare, reference;
};

struct inline_cell {
	struct rmk_str raw;
	uint8_t *what;             // [raw.n] enum inline_what
	uint8_t *style;            // [raw.n] enum inline_style; NULL: not asked for
	struct inline_link *links; // [nlinks] by where they begin
	size_t nlinks;
};

struct inline_cell rmk_inline_scan(struct rmk_arena *a, struct rmk_str raw);
struct inline_cell rmk_inline_scan_styled(struct rmk_arena *a, struct rmk_str raw);

// The characters of the entity, in UTF-8, that starts at byte at: how many bytes they are.
// *len is how long it is in the cell; 0: it is none. It shows as one byte more than it is
// written with at the most ("&nGt;").
#define RMK_ENTITY_BYTES 6
size_t rmk_inline_entity(
    struct rmk_str raw, size_t at, size_t *len, char out[RMK_ENTITY_BYTES]);

// The emoji of the shortcode that starts there.
const char *rmk_inline_emoji(struct rmk_str raw, size_t at, size_t *len);

#endif
