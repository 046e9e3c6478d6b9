// A change of a whole table, made in each version of its file.
//
//	HEAD's text ──▶ doc ──▶ the table, by its id ──▶ edit() ──▶ gate ──▶ regions ──▶ text
//
// For commands that move rows or columns about, for which no list of changed cells is.
#ifndef TOOL_TABLE_JOB_H
#define TOOL_TABLE_JOB_H

#include "write.h"

struct table_job {
	struct rmk_table_id id;
	// New bytes of a version in which the table is doc->tables[table]; the same for the
	// same version.
	enum rmk_code (*edit)(void *ctx, struct rmk_arena *a, const struct rmk_doc *doc,
	    size_t table, struct rmk_str *out, struct rmk_err *err);
	void *ctx;
	struct rmk_buf why; // lines on regions of the version that was made last
	const struct write_file *more; // [nmore] other files that change with it
	size_t nmore;
	bool elsewhere; // what other files say of the table may forbid it
};

// Make it in the file of p, commit it with the message, and print `said` behind the address.
enum exit_status table_job_run(struct call *c, const struct picked *p,
    struct table_job *job, struct rmk_str message, struct rmk_str said);

// The only table that is named by the command's one operand or by -f.
enum rmk_code table_job_open(struct call *c, char *const *words, size_t n,
    struct picked *out, struct rmk_err *err);

#endif
