// What fuzzers say their invariants with: one that does not hold ends the run, in words.
//
//	CHECK(doc->ntables <= lines);   ──▶  "fuzz_doc.c:42: fails: doc->ntables <= lines", abort
#ifndef RMK_TESTS_FUZZ_H
#define RMK_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition)                                                                 \
	do {                                                                             \
		if (!(condition)) {                                                      \
			fprintf(stderr, "%s:%d: fails: %s\n", __FILE__, __LINE__,        \
			    #condition);                                                 \
			abort();                                                         \
		}                                                                        \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
