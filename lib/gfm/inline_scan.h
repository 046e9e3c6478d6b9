// Scanners of inline Markdown: each reads from one place and says where it ended.
//
//	see [LoRA](https://arxiv.org/… "a title") and <br>
//	          ▲at                            ▲end ▲at ▲end
//	           └─ url ─────────┘
//
// A scanner returns the byte behind what it read, or `at` itself where what is
// there is something else; *cost is then how many bytes it looked at.
#ifndef RMK_GFM_INLINE_SCAN_H
#define RMK_GFM_INLINE_SCAN_H

#include "base/str.h"

bool rmk_inline_is_punct(char c); // ASCII punctuation
bool rmk_inline_is_word(char c);  // ASCII letter, digit or '_', or beyond ASCII

// (url "title")  and  [reference]
size_t rmk_inline_target(struct rmk_str s, size_t at, struct rmk_span *url, size_t *cost);
size_t rmk_inline_reference(
    struct rmk_str s, size_t at, struct rmk_span *ref, size_t *cost);

// <https://...> or <who@where>
size_t rmk_inline_autolink(struct rmk_str s, size_t at, size_t *cost);

// https://... or www... standing as text. It stops at once where it is none.
size_t rmk_inline_url(struct rmk_str s, size_t at);

// A tag or comment; name is "br", "/a" and the like, empty for a comment.
size_t rmk_inline_tag(struct rmk_str s, size_t at, struct rmk_str *name, size_t *cost);

// The value of an attribute of the tag that is s[at, end); len 0: none.
struct rmk_span rmk_inline_attribute(
    struct rmk_str s, size_t at, size_t end, const char *name);

// What a run of emphasis marks s[at, end) may do, by what is around it.
enum { INLINE_OPENS = 1, INLINE_CLOSES = 2 };
unsigned rmk_inline_flanks(struct rmk_str s, size_t at, size_t end);

#endif
