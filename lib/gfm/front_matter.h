// Front matter: settings in YAML or TOML at the start of a file, which are no Markdown.
//
//	---                     on the first line, and nothing else on it
//	title: A list
//	---                     or '...'; TOML is between two lines of '+++'
//
// GitHub shows it as a table of its own; what looks like Markdown in it is none.
#ifndef RMK_GFM_FRONT_MATTER_H
#define RMK_GFM_FRONT_MATTER_H

#include "base/str.h"

// How many bytes of text are front matter, with the end of its last line. 0: there is none.
size_t rmk_front_matter(struct rmk_str text);

#endif
