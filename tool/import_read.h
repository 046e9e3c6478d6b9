// A file of records: CSV, TSV or JSON lines, by its name or by --format.
//
//	list.csv  ──▶ bytes ──▶ UTF-8 ──▶ records
//	-             standard input
#ifndef TOOL_IMPORT_READ_H
#define TOOL_IMPORT_READ_H

#include "base/records.h"
#include "cmd.h"

#define IMPORT_FORMATS "csv tsv jsonl"

// Whether a word names such a file by its end; "-" too.
bool import_is_file(const char *word);

// word "-" is standard input, and needs --format. RMK_INVALID names the file and the record.
enum rmk_code import_read(
    struct call *c, const char *word, struct rmk_records *out, struct rmk_err *err);

#endif
