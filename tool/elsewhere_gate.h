// Changes held against what other files declare.
//
//	tasks.md  <!-- rowmark: tasks; Id: key -->      rm T1       'T1' is no key of 'tasks' any more,
//	runs.md   <!-- rowmark: runs; Task: ref tasks -->            though runs.md refers to it: refused
//
// The gate of a change (check/constraint_gate.h) sees one file. Where a change may break what another
// file says, a key that goes or a reference that comes, all files are read and held to their
// declarations as they are then.
#ifndef TOOL_ELSEWHERE_GATE_H
#define TOOL_ELSEWHERE_GATE_H

#include "write.h"

// A file as it is to be.
struct elsewhere_file {
	const struct file *file;
	struct rmk_str text;
};

// RMK_REFUSED names place, row and rule of the first error that was not there before.
enum rmk_code elsewhere_gate(
    struct call *c, const struct elsewhere_file *made, size_t n, struct rmk_err *err);

// Whether a table's keys or references have to do with other files.
bool elsewhere_concerns(struct rmk_arena *a, struct file *file, size_t table);

// The gate, for files that are to be written.
enum rmk_code elsewhere_check_files(
    struct call *c, const struct write_file *files, size_t n, struct rmk_err *err);

// The same, if the writes of which the files are made need it.
enum rmk_code elsewhere_check_writes(struct call *c, const struct write *writes, size_t n,
    const struct write_file *files, size_t nfiles, struct rmk_err *err);

#endif
