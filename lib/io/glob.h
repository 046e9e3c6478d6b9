// Patterns of paths, as .gitignore has them.
//
//	*       within one folder         [a-z]   one of these, [!a-z] none of them, [[:digit:]]
//	?       one byte, not '/'         \x      the character itself
//	**/     any folders, also none    /**     all that is in a folder
#ifndef RMK_IO_GLOB_H
#define RMK_IO_GLOB_H

#include "base/str.h"

#include <stdbool.h>

// The pattern against the whole text. A '[' without its ']' stands for itself.
bool rmk_glob_matches(struct rmk_str pattern, struct rmk_str text);

#endif
