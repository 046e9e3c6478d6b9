// Rows of named columns, as they come from elsewhere.
//
//	Paper,Year            labels[ncols]
//	LoRA,2021             v[0].cells[ncols]
//	LIMA                  v[1].cells[1].s is NULL: not given
//
// Ownership: texts live in the arena or are part of what was read.
#ifndef RMK_BASE_RECORDS_H
#define RMK_BASE_RECORDS_H

#include "base/str.h"

struct rmk_record {
	struct rmk_str *cells; // [ncols]
};

struct rmk_records {
	struct rmk_str *labels;
	size_t ncols;
	struct rmk_record *v;
	size_t n;
};

#endif
