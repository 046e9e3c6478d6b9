// rowmark and SQLite: documents as SQL tables.
//
//	docs ──▶ rmk_sql_open ──▶ sql ──▶ rmk_sql_run     rows out
//	                           └────▶ rmk_sql_edits   edits, for rmk_edits_apply
//
// Threads: a connection belongs to one thread at a time.
#ifndef RMK_ROWMARK_SQL_H
#define RMK_ROWMARK_SQL_H

#include "rowmark.h"

#include "sql/json_object.h"
#include "sql/sql.h"

#endif
