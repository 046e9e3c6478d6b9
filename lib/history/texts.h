// Texts by number: each is kept once, so that equal texts are equal numbers.
//
//	"Done" 0   "done" 1   "todo" 2      key of 0: 1, the folded text
//
// Ownership: texts are copied into the arena, cells into one of their own: rmk_texts_free.
#ifndef RMK_HISTORY_TEXTS_H
#define RMK_HISTORY_TEXTS_H

#include "base/buf.h"
#include "base/map.h"

typedef uint32_t rmk_text;
#define RMK_NO_TEXT UINT32_MAX

struct rmk_text_entry {
	struct rmk_str text;
	rmk_text key; // of the folded text; RMK_NO_TEXT: not asked for yet
};

// What cells say, remembered by their bytes: most cells of a version stood in the one before.
// Forgotten all at once when there are too many.
struct rmk_raw {
	struct rmk_str raw, text;
};

struct rmk_raws {
	struct rmk_arena arena;
	struct rmk_raw *v; // [n]
	size_t n, cap;
	struct rmk_hash_index index; // of v
};

struct rmk_texts {
	struct rmk_arena *arena;
	struct rmk_map numbers;
	struct rmk_text_entry *v; // [n]
	size_t n, cap;
	struct rmk_raws raws;
};

struct rmk_texts rmk_texts_new(struct rmk_arena *a);
void rmk_texts_free(struct rmk_texts *t); // what is not in its arena

rmk_text rmk_text_put(struct rmk_texts *t, struct rmk_str text);
rmk_text rmk_text_key(struct rmk_texts *t, rmk_text text); // of the folded text
struct rmk_str rmk_text_get(const struct rmk_texts *t, rmk_text text);

// What a cell's bytes say. Good until rmk_texts_ready, which forgets what cells say when there
// would be too many with so many more.
struct rmk_str rmk_text_of_cell(struct rmk_texts *t, struct rmk_str raw);
void rmk_texts_ready(struct rmk_texts *t, size_t ncells);

#endif
