// What a row is called in messages: by its key, and told apart from others of its name.
//
//	| Write | [a](https://a) |   picked_row_name ──▶ "Write (https://a)"
//	| Write | [b](https://b) |   picked_namesake ──▶ the second of two called "Write"
#ifndef TOOL_ROW_NAME_H
#define TOOL_ROW_NAME_H

#include "open_table.h"
#include "schema/row_names.h"

struct rmk_str picked_row_name(struct rmk_arena *a, const struct picked *p, size_t row);

// Which of the rows of its name it is.
struct rmk_namesake picked_namesake(
    struct rmk_arena *a, const struct picked *p, size_t row);

#endif
