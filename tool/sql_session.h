// One session of `rowmark sql`: files, connection, parameters.
//
//	FILE...  ──▶ documents ──▶ tables of SQLite ──▶ statements ──▶ rows, or edits ──▶ write.h
//	-p a=1   ──▶ :a
#ifndef TOOL_CMD_SQL_H
#define TOOL_CMD_SQL_H

#include "open_table.h"
#include "write.h"

#include "sql/sql.h"

struct session {
	struct call *call;
	char *const *words; // FILE operands
	size_t nwords;
	struct rmk_arena arena; // of all that a session reads; freed by session_close
	struct file **files;    // [nfiles]
	size_t nfiles;
	struct rmk_sql *sql;
	struct rmk_sql_param *params;
	size_t nparams;
};

enum rmk_code session_open(struct session *s, struct rmk_err *err);
void session_close(struct session *s);

// From here on Ctrl-C stops what runs.
void session_watch(void);

// Run statements, print their answers, write what they changed.
enum exit_status session_run(struct session *s, struct rmk_str text);

// A line that starts with a dot, as the prompt takes it: .tables, .schema [TABLE].
enum exit_status prompt_word(struct session *s, struct rmk_str text);

// Whether a statement begins as those do that change rows.
bool prompt_is_write(struct rmk_str text);

// The prompt.
enum exit_status prompt_run(struct session *s);

#endif
