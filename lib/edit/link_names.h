// Addresses of papers and repositories, and what they are called.
//
//	https://arxiv.org/abs/2305.11206   ─▶  2305.11206
//	10.1145/3442188, doi:10.1145/...   ─▶  https://doi.org/10.1145/3442188
//	https://www.x.org/a/               ─▶  the row that links to http://x.org/a
#ifndef RMK_EDIT_LINK_NAMES_H
#define RMK_EDIT_LINK_NAMES_H

#include "table/doc.h"

// What an address says of itself: an arXiv id, a DOI, OWNER/NAME of GitHub. Empty: nothing.
struct rmk_str rmk_url_name(struct rmk_str url);

// The address of what people write without one: "10.1145/3442188", "doi:10.1145/3442188",
// "arXiv:2301.00001". Empty: it is none of these.
struct rmk_str rmk_id_url(struct rmk_arena *a, struct rmk_str word);

// The first row with a link to where url leads: compared without scheme, "www.", a '/' at the
// end, and by what the address says of itself but the version. RMK_NONE: none has.
size_t rmk_link_row(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table, struct rmk_str url);

#endif
