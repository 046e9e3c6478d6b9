// The words people keep progress with, as real tables show them.
//
//	family   not read < reading < read        todo, doing, done
//	         no < partial < yes
//	         ❌ < 🚧 < ✅
//	header   status, progress, read or not, 状态 ...
//
// Keys are folded (rmk_value_key). A word may stand in several families with different
// ranks: "active" is in force among proposals, and under way among tasks.
#ifndef RMK_SCHEMA_STATUS_WORDS_H
#define RMK_SCHEMA_STATUS_WORDS_H

#include "base/str.h"

// NEUTRAL is a word of progress that stands in no order ("unknown", "n/a", "rejected").
enum rmk_word_rank {
	RMK_WORD_TODO,
	RMK_WORD_DOING,
	RMK_WORD_DONE,
	RMK_WORD_NEUTRAL,
	RMK_WORD_NONE
};

struct rmk_word {
	const char *key;
	const char *text; // its own spelling
	uint8_t family;   // index; RMK_FAMILIES: of none
	uint8_t rank;     // enum rmk_word_rank
	bool offered; // the one of its family and rank that is offered where none is seen
};

struct rmk_family {
	const char *name;
	// One value alone tells that a column is of this family. Of the others two ranks
	// must be seen: "testing" in every row is no status.
	bool alone;
};

#define RMK_FAMILIES 36
#define RMK_FAMILY_BOXES 0
#define RMK_FAMILY_PLUS_MINUS 4 // the last of those that are marks, not words
extern const struct rmk_family rmk_families[RMK_FAMILIES];

// All words, sorted by the bytes of their key, then by family.
extern const struct rmk_word rmk_words[];
extern const size_t rmk_nwords;

// The words of a key: they stand together. *n is how many.
const struct rmk_word *rmk_words_of(struct rmk_str key, size_t *n);

// What is offered where a family's rank is not seen, or NULL.
const struct rmk_word *rmk_words_offered(size_t family, enum rmk_word_rank rank);

// The rank of a whole cell: in the family if the word is in it, else in the first family
// that has it. Cells such as "✅ yes", "partial (no triggers)" or "❌ 2 left" are read
// too; the text counts before the emoji in front of it. family may be RMK_NONE.
enum rmk_word_rank rmk_words_rank(size_t family, struct rmk_str key);

// "40%" is under way. Only a header tells that a percentage is progress.
enum rmk_word_rank rmk_words_percentage(struct rmk_str key);

// A hyphen or dash alone: no, or no value.
bool rmk_words_is_dash(struct rmk_str key);

// The key behind an emoji or mark and a space, or the key itself.
struct rmk_str rmk_words_behind_mark(struct rmk_str key);

// What a header says of its column: it holds progress; it may, if the values agree; it
// holds something else, whatever its values look like.
enum rmk_header_says {
	RMK_HEADER_NOTHING,
	RMK_HEADER_STATUS,
	RMK_HEADER_MAYBE,
	RMK_HEADER_OTHER
};
enum rmk_header_says rmk_words_header(struct rmk_str key);

#endif
