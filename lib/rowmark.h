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
// shape of a table, ops/edit.h for changing one.
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

#include "table/address.h"
#include "table/cells.h"
#include "table/doc.h"
#include "table/outline.h"
#include "table/patch.h"
#include "table/schema.h"
#include "table/value.h"

#include "ops/adopt.h"
#include "ops/change.h"
#include "ops/chart.h"
#include "ops/check/check.h"
#include "ops/check/gate.h"
#include "ops/check/report.h"
#include "ops/describe.h"
#include "ops/diff.h"
#include "ops/draft.h"
#include "ops/edit.h"
#include "ops/format.h"
#include "ops/history.h"
#include "ops/log.h"
#include "ops/match.h"
#include "ops/merge.h"
#include "ops/order.h"
#include "ops/page.h"
#include "ops/render.h"
#include "ops/replay.h"
#include "ops/summary.h"

#include "world/cache.h"
#include "world/config.h"
#include "world/file.h"
#include "world/pool.h"

#endif
