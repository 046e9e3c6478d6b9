// CSV and TSV as records.
//
//	Paper,"Why, and how"        RFC 4180, read by libcsv: quotes, CR LF, blank lines
//	Paper	Why                 tabs, which no quotes hide
//
// The first record has the labels. A record with fewer fields than labels has the others not
// given; one with more is RMK_INVALID, as are quotes that do not close.
#ifndef RMK_IO_SEPARATED_H
#define RMK_IO_SEPARATED_H

#include "base/err.h"
#include "base/records.h"

// separator: ',' (or ';' where the first line has no comma but that) or a tab.
enum rmk_code rmk_separated_read(struct rmk_arena *a, struct rmk_str text, char separator,
    struct rmk_records *out, struct rmk_err *err);

// Bytes in some encoding as UTF-8 without a BOM. name: what iconv(1) calls it; empty: UTF-8, or
// UTF-16 or UTF-32 where a BOM says so. RMK_INVALID: they are not in it.
enum rmk_code rmk_text_decode(struct rmk_arena *a, struct rmk_str bytes,
    struct rmk_str name, struct rmk_str *out, struct rmk_err *err);

#endif
