// rowmark: Markdown tables kept as a database. All that needs no git and no SQLite.
//
//	bytes ──▶ rmk_doc_parse ──▶ doc ──▶ rmk_schema_of ──▶ key, status columns
//	                            │
//	                            ├──▶ rmk_address_rows ──▶ a row
//	                            └──▶ rmk_edits_apply ──▶ new bytes, only that cell changed
//
// The headers below are the documents: read base/arena.h for memory, base/err.h for
// errors, table/doc.h for the shape of a table, ops/edit.h for changing one.
#ifndef RMK_ROWMARK_H
#define RMK_ROWMARK_H

#ifdef __cplusplus
extern "C" {
#endif

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
#include "table/schema.h"
#include "table/value.h"

#include "ops/change.h"
#include "ops/diff.h"
#include "ops/edit.h"
#include "ops/match.h"
#include "ops/merge.h"
#include "ops/render.h"
#include "ops/summary.h"

#ifdef __cplusplus
}
#endif

#endif
