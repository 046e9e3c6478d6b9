// rowmark: Markdown tables kept as a database. All that needs no git and no SQLite.
//
//	bytes ──▶ rmk_doc_parse ──▶ doc ──▶ rmk_schema_of ──▶ key, status columns
//	                            │
//	                            ├──▶ rmk_address_rows ──▶ a row
//	                            └──▶ rmk_edits_apply ──▶ new bytes, only that cell changed
//
// A whole program: print the rows of a file that are not done.
//
//	#include <rowmark.h>
//
//	struct rmk_arena arena = {0};
//	struct rmk_str path = rmk_str_of("README.md"), text;
//	struct rmk_err err;
//	struct rmk_doc *doc;
//
//	if (rmk_file_read(&arena, path, &text, NULL, &err) ||
//	    rmk_doc_parse(&arena, path, text, 0, &doc, &err))
//		errx(2, "%s", err.msg);
//	for (size_t t = 0; t < doc->ntables; t++) {
//		struct rmk_schema *schema = rmk_schema_of(&arena, doc, t);
//		...                            rmk_field_progress(...) of each row's cell
//	}
//	rmk_arena_free(&arena);
//
//	cc program.c $(pkg-config --cflags --libs rowmark)
//
// The rest of it, and three more, stand in examples/. The headers below are the
// documents: read base/arena.h for memory, base/err.h for errors, table/doc.h for the
// shape of a table, edit/edit.h for changing one.
//
// Threads: the library has no state of its own, and what libgit2 shares is locked. Calls
// on different arenas may run at the same time; a document and a schema never change, so
// threads may share them and read them, each with an arena of its own for what it asks.
//
// Of two versions with one number before the first dot (0), programs compiled against the
// older one run with the newer one.
#ifndef RMK_ROWMARK_H
#define RMK_ROWMARK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/map.h"
#include "base/str.h"
#include "base/utf8.h"
#include "check/check.h"
#include "check/constraint_gate.h"
#include "check/report.h"
#include "diff/diff.h"
#include "diff/match.h"
#include "edit/adopt.h"
#include "edit/change.h"
#include "edit/draft.h"
#include "edit/edit.h"
#include "edit/format.h"
#include "edit/replay.h"
#include "edit/row_order.h"
#include "gfm/block.h"
#include "gfm/cells.h"
#include "history/history.h"
#include "history/log.h"
#include "io/cache.h"
#include "io/config.h"
#include "io/file.h"
#include "io/pool.h"
#include "merge/merge.h"
#include "page/page.h"
#include "schema/address.h"
#include "schema/describe.h"
#include "schema/schema.h"
#include "summary/chart.h"
#include "summary/region.h"
#include "summary/summary.h"
#include "table/doc.h"
#include "table/patch.h"
#include "table/value.h"

#endif
