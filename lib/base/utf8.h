// UTF-8: what is valid, how wide it shows, what counts as the same word.
//
//	bytes      41  CC 81  F0 9F 9A A7   EF B8 8F
//	decoded    A   ´      🚧             VS16
//	graphemes  Á          🚧️
//	width      1          2              (terminal columns)
//
// Width and folding come from utf8proc.
#ifndef RMK_BASE_UTF8_H
#define RMK_BASE_UTF8_H

#include "base/str.h"

#define RMK_SHOWN_MAX 8 // bytes, a NUL included

// Where the first invalid sequence starts, or RMK_NONE. Overlong forms, surrogates
// and code points over U+10FFFF are invalid. NUL is valid.
size_t rmk_utf8_invalid(struct rmk_str text);

// The length of the sequence at byte `at` and its code point; an invalid byte is 1
// long and U+FFFD.
size_t rmk_utf8_decode(struct rmk_str text, size_t at, int32_t *codepoint);
size_t rmk_utf8_encode(int32_t codepoint, char out[4]);

// The length in bytes of the grapheme at byte `at`.
size_t rmk_utf8_grapheme(struct rmk_str text, size_t at);

// Terminal columns of the text: graphemes, wide characters and emoji counted as
// terminals draw them; control characters count 0.
size_t rmk_utf8_width(struct rmk_str text);

// The longest front of text that fits in width columns, whole graphemes only.
struct rmk_str rmk_utf8_clip(struct rmk_str text, size_t width);

// How the character at byte `at` is printed for people, in out: itself, or, where it could
// steer a terminal or turn the text around, an escape: \x1b for controls and bytes that are
// no UTF-8, \u202e for U+202A to U+202E and U+2066 to U+2069. (The marks U+200E and U+200F,
// which Arabic and Hebrew need, pass.) A tab is a space. *len: how many bytes it took.
// Returns how many are in out.
size_t rmk_utf8_shown(
    struct rmk_str text, size_t at, char out[RMK_SHOWN_MAX], size_t *len);

// Whether the text runs from right to left: so does its first letter that runs either way.
bool rmk_utf8_is_rtl(struct rmk_str text);

// UTF-16 code units, for the formats that count so.
size_t rmk_utf8_utf16(struct rmk_str text);

// The text as it is compared: NFC, case folded, variation selectors (U+FE0E, U+FE0F)
// and zero-width joiners at the edges gone, runs of white space (NBSP too) one
// space, trimmed. The same text is returned where nothing changes.
struct rmk_str rmk_utf8_fold(struct rmk_arena *a, struct rmk_str text);

// What GitHub's anchors keep: letters, marks, digits, '_' and its like.
bool rmk_utf8_is_word(int32_t codepoint);
// Whether a text has any: marks, emoji and the like are none.
bool rmk_utf8_has_word(struct rmk_str text);
int32_t rmk_utf8_lower(int32_t codepoint);

#endif
