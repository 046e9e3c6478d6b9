// Whether two values say the same word, whatever marks stand around it.
//
//	Yes    ✅ Yes    **yes**            alike
//	Done   ![Done](https://...)        alike: an image says its text
#ifndef RMK_DIFF_SAME_WORD_H
#define RMK_DIFF_SAME_WORD_H

#include "base/str.h"

// Texts as a reader sees them. Values without a letter or digit are alike to none.
bool rmk_same_word(struct rmk_arena *scratch, struct rmk_str a, struct rmk_str b);

#endif
