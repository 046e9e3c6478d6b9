// A file in the middle of a merge, said before anything is counted in it.
//
//	| LoRA | Read |
//	=======            these lines are rows to GitHub, and end the table that goes on below
//	| LoRA | Doing |
#include "base/marker.h"
#include "open_table.h"
#include "out.h"

#include <string.h>

// Nearly no file has such a line, and then no row need be looked at.
static bool
may_hold_markers(struct rmk_str text)
{
	static const char marker[] = "<<<<<<<";

	return text.n && memmem(text.s, text.n, marker, sizeof marker - 1);
}

static uint32_t
marker_line(const struct rmk_doc *doc)
{
	for (size_t t = 0; t < doc->ntables; t++)
		for (size_t r = 0; r < doc->tables[t].nrows; r++)
			if (rmk_marker_is_row(
				rmk_doc_str(doc, doc->tables[t].rows[r].span)))
				return doc->tables[t].rows[r].line;
	return 0;
}

void
file_say_unmerged(struct call *c, const struct file *f)
{
	uint32_t line = may_hold_markers(f->doc->text) ? marker_line(f->doc) : 0;
	struct rmk_str path = rmk_shown(c->arena, f->path);

	if (!line || c->cmd == &cmd_completion || rmk_str_eq(c->unmerged, path))
		return;
	c->unmerged = path;
	out_warn("%.*s:%u: a conflict marker stands in the table: the merge is not "
		 "finished, and rows may be missing or there twice",
	    RMK_FMT(path), line);
}
