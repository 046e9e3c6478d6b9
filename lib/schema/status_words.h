// The words people keep progress with, as real tables show them.
//
//	ladder   not read < reading < read        todo, doing, done
//	         no < partial < yes
//	         ❌ < 🚧 < ✅
//	header   status, progress, read or not, 状态 ...
//
// The words are data: status_words.tsv and header_words.tsv, from which the build makes the
// arrays below (status_words.awk). Keys are folded (rmk_value_key). A word may be on several
// ladders with different ranks: "active" is in force among proposals, and under way among
// tasks.
#ifndef RMK_SCHEMA_STATUS_WORDS_H
#define RMK_SCHEMA_STATUS_WORDS_H

#include "schema/schema.h"

// CLOSED is over without being done, WAITING is doing that is blocked or paused, NEUTRAL is
// a word of progress that says nothing of how far ("unknown").
enum rmk_word_rank {
	RMK_WORD_TODO,
	RMK_WORD_DOING,
	RMK_WORD_DONE,
	RMK_WORD_CLOSED,
	RMK_WORD_WAITING,
	RMK_WORD_NEUTRAL,
	RMK_WORD_NONE
};

#define RMK_WORD_BYTES 48
struct rmk_word {
	char key[RMK_WORD_BYTES]; // without spaces, hyphens, underscores and apostrophes
	uint8_t ladder;           // index, or RMK_LADDER_NONE
	uint8_t rank;             // enum rmk_word_rank
	bool leads;               // of its class on that ladder, or as good as that
};

// What its words need to make a status column of one without a word in the header: one of
// them, two ranks of them, or they never do.
enum rmk_ladder_needs { RMK_LADDER_ALONE, RMK_LADDER_TOGETHER, RMK_LADDER_HEADER };

struct rmk_ladder {
	char name[20];
	enum rmk_ladder_needs needs;
	uint8_t sure; // bits of the ranks for which people have no word but the offered
	char offer[3]
		  [RMK_WORD_BYTES]; // by rank, what is offered where none is seen, or ""
};

#define RMK_LADDERS_MOST 160
#define RMK_LADDER_NONE 255
#define RMK_LADDER_BOXES 0
#define RMK_LADDER_PLUS_MINUS 1
#define RMK_LADDER_MARKS 3
#define RMK_LADDER_LAST_MARKS 7 // those behind it are of words
extern const struct rmk_ladder rmk_ladders[];
extern const size_t rmk_nladders;

// All words, sorted by the bytes of their key, then by ladder.
extern const struct rmk_word rmk_words[];
extern const size_t rmk_nwords;
extern const uint16_t
    rmk_words_from[257]; // by first byte; the words of the next begin after

// The words of a folded key: they are beside each other. *n is how many.
const struct rmk_word *rmk_words_of(struct rmk_str key, size_t *n);

// Whether a key is a word of a ladder; and one that leads its rank there.
bool rmk_words_has(size_t ladder, struct rmk_str key);
bool rmk_words_leads(size_t ladder, struct rmk_str key);

// The ladder of that name ("steps.de"), or RMK_NONE.
size_t rmk_words_ladder(const char *name);

// What is offered where a ladder's rank is not seen; empty: nothing.
struct rmk_str rmk_words_offered(size_t ladder, enum rmk_word_rank rank);

// The rank of a whole cell: on the ladder if the word is on it, else on the first ladder
// that has it. Cells such as "✅ yes", "partial (no triggers)" or "❌ 2 left" are read
// too; the text counts before the emoji in front of it. ladder may be RMK_NONE.
enum rmk_word_rank rmk_words_rank(size_t ladder, struct rmk_str key);

// "40%", "3/10" and "3 of 10" are under way. Only a header shows that they are progress.
enum rmk_word_rank rmk_words_share(struct rmk_str key);

// A hyphen or dash alone: no, or no value.
bool rmk_words_is_dash(struct rmk_str key);

// An hourglass alone or in front of text: waiting to begin, or under way.
bool rmk_words_is_hourglass(struct rmk_str key);

// The emoji or mark in front of a text, or nothing; and the key behind it, or the key itself.
struct rmk_str rmk_words_mark(struct rmk_str key);
struct rmk_str rmk_words_behind_mark(struct rmk_str key);

// The word at the front of a text with a remark: "yes (since 3.1)", "partial: no triggers",
// "done #12". The text itself where it has none.
struct rmk_str rmk_words_without_remark(struct rmk_str text);

// What a header says of its column: it holds progress; it may, if the values agree; it
// holds something else, whatever its values look like.
enum rmk_header_says {
	RMK_HEADER_NOTHING,
	RMK_HEADER_STATUS,
	RMK_HEADER_MAYBE,
	RMK_HEADER_OTHER,
	// And of the key: it names rows, says what several have in common, leads elsewhere
	// or explains, numbers them, dates them.
	RMK_HEADER_NAME,
	RMK_HEADER_GROUP,
	RMK_HEADER_NOTE,
	RMK_HEADER_ID,
	RMK_HEADER_DATE,
	// And of who has a row: it is in the column; as a cell of it, it is nobody.
	RMK_HEADER_OWNER,
	RMK_HEADER_NOBODY
};

// Sorted by the bytes of their key.
struct rmk_header_word {
	char key[46];
	uint16_t says; // bits of enum rmk_header_says
};
extern const struct rmk_header_word rmk_header_words[];
extern const size_t rmk_nheader_words;

enum rmk_header_says rmk_words_header(struct rmk_str key);

// What it says of the column as a key: NAME to DATE, or NOTHING.
enum rmk_header_says rmk_words_header_names(struct rmk_str key);

// Whether it is the header of a column that says who has a row; and whether a cell of that
// column says that nobody has it.
bool rmk_words_header_owns(struct rmk_str key);
bool rmk_words_is_nobody(struct rmk_str key);

// How far a word of that rank is.
enum rmk_progress rmk_progress_of_rank(enum rmk_word_rank rank);

#endif
