// Where relative links of a file lead when they stand on a page in another folder.
//
//	docs/list.md holds [notes](notes.md); the page is out/report.html
//	../docs/notes.md
#ifndef TOOL_PAGE_LINKS_H
#define TOOL_PAGE_LINKS_H

#include "check_run.h"
#include "page/page.h"

// page: the path of the page as typed; "-": it is in the current folder.
struct rmk_page_base page_base(
    struct check_run *run, const struct check_file *file, const char *page);

#endif
