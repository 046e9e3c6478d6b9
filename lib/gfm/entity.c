// HTML's names of characters.
//
// entities.def is made from the list in Python's standard library (make-entities beside it).
// Names and characters are in arrays, not behind pointers: a program that starts has nothing
// to relocate then, and reads only the pages it needs.
#include "gfm/entity.h"

#include <stdlib.h>

struct entity {
	char name[RMK_ENTITY_MAX + 1];
	char text[7];
};

#define ENTITY(name, text) {name, text},
static const struct entity entities[] = {
#include "gfm/entities.def"
};
#undef ENTITY

static int
entity_compare(const void *name, const void *entity)
{
	return rmk_str_cmp(*(const struct rmk_str *)name,
	    rmk_str_of(((const struct entity *)entity)->name));
}

struct rmk_str
rmk_entity_find(struct rmk_str name)
{
	const struct entity *found = bsearch(&name, entities,
	    sizeof entities / sizeof *entities, sizeof *entities, entity_compare);

	return found ? rmk_str_of(found->text) : (struct rmk_str){0};
}
