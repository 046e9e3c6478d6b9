// Which language a list is in, by its script and by the commonest words of each language; and
// what the columns of a table are called there.
//
//	- Leche de almendras             es: de, comprar, los; á
//	- Comprar pan para los niños     ──▶  "Título", "Notas", "Estado", ladder steps.es
//
// Ownership: what it gives is constant.
#ifndef RMK_EDIT_LIST_LANGUAGE_H
#define RMK_EDIT_LIST_LANGUAGE_H

#include "base/arena.h"
#include "base/str.h"

#define RMK_LIST_ENGLISH (&rmk_list_languages[0])

struct rmk_list_language {
	const char *title, *notes, *status; // headers
	const char *ladder;                 // of the vocabulary (schema/status_words.h)
	int script;                         // of its own, or that of some; 0: Latin
	const char *words; // common ones that few other languages have, and letters
};
extern const struct rmk_list_language rmk_list_languages[];

// The language of texts, or NULL where less than `least` words or letters show it, or others
// show another nearly as well.
const struct rmk_list_language *rmk_list_language(
    struct rmk_arena *a, const struct rmk_str *texts, size_t n, size_t least);

#endif
