// What the files of the loadable extension share. Internal.
//
//	connection ── tables ─▶ loaded ─▶ loaded      one a virtual table
//	                        t: one reading of the file, in one of two arenas
//
// A new reading is made beside the old one and takes its place when it is whole and has
// the columns that were declared to SQLite; else the old one stays, with an error.
#ifndef RMK_SQL_EXTENSION_H
#define RMK_SQL_EXTENSION_H

#include "io/file.h"
#include "sql/vtab.h"

// A connection's tables.
struct connection {
	struct sql_catalog catalog;
	struct loaded *tables;
};

// A table and what it came from. The struct itself is sqlite3_malloc's.
struct loaded {
	struct sql_table t;
	struct connection *connection;
	struct loaded *next;
	struct rmk_arena lasting;     // of file, typed and columns
	struct rmk_arena readings[2]; // t lives in the one that `turn` names
	int turn;
	struct rmk_file_id id;
	bool racy; // it may have changed in the instant in which it was read
	struct rmk_str typed, file; // FILE#TABLE; FILE from the root
	struct rmk_str columns;     // as declared to SQLite
	bool may_write;
};

// extension_read.c: read the file anew; as sql_table's refresh, only if it changed.
enum rmk_code extension_load(struct loaded *l, struct rmk_err *err);
enum rmk_code extension_refresh(struct sql_table *t, bool to_write, struct rmk_err *err);
void extension_drop(struct loaded *l);

// extension_write.c: the edits of all tables of the connection, into the files.
enum rmk_code extension_flush(struct sql_table *t, struct rmk_err *err);

#endif
