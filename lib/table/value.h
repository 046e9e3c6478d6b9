// What a cell says to a reader, without its Markdown.
//
//	[**LoRA**](https://arxiv.org/…) &amp; `x`<br>more
//	text   LoRA & x more
//	key    lora & x more            for comparing: folded
//	links  {LoRA, https://arxiv.org/…}
//
// Links stand by their label, images by their alternative text (a picture alone that has
// none by its badge's or file's name), entities as their
// character, emphasis, strike-through and code marks are gone, <br> is a space,
// other tags are gone, backslash escapes are undone. The mark of a footnote behind other
// text is gone; GitHub's shortcodes of status emoji (:x:) are the emoji. Emphasis is read leniently: this
// is for matching and showing, not for rendering.
//
// Ownership: results live in the arena or are part of raw.
#ifndef RMK_TABLE_VALUE_H
#define RMK_TABLE_VALUE_H

#include "base/str.h"

struct rmk_link {
	struct rmk_str label; // text as a reader sees it
	// As written, without <> and the backslash of '\|', for which it is a copy; empty: [x]() or
	// a reference.
	struct rmk_str url;
	struct rmk_str raw; // the whole link, part of the cell's bytes
	bool image;
	bool bare;      // a URL standing as text, or <url>
	bool reference; // [label][ref]; url then holds ref
};

// The text of raw cell bytes ('\|' included).
struct rmk_str rmk_value_text(struct rmk_arena *a, struct rmk_str raw);

// Whether raw is its text with emphasis, strike-through, code marks or tags around it.
bool rmk_value_is_marked(struct rmk_str raw, struct rmk_str text);
// The same with a line end for each <br> inside.
struct rmk_str rmk_value_lines(struct rmk_arena *a, struct rmk_str raw);

// The text, folded for comparing (rmk_utf8_fold). Equal keys are equal values.
struct rmk_str rmk_value_key(struct rmk_arena *a, struct rmk_str raw);

// The links and images of a cell, in order; nested [![alt](src)](href) gives both.
size_t rmk_value_links(struct rmk_arena *a, struct rmk_str raw, struct rmk_link **out);

// A flag: [x], yes, y, true, 1, ✓ ✔ ✅ ☑ are 1; [ ], no, n, false, 0, ✗ ✘ ❌ ☐ and ""
// are 0; anything else is -1.
int rmk_value_flag(struct rmk_arena *a, struct rmk_str raw);

// ISO 8601: 2023, 2023-05, 2023-05-22, 2023-05-22T10:00...; a day that there is.
bool rmk_value_is_date(struct rmk_str text);

#endif
