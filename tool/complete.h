// What could stand where the cursor is: see complete.c.
//
//	set README.md#papers LoRA Read=▮   ──▶   Read=Read     2 rows
//	                                         Read=Reading  1 row
#ifndef TOOL_COMPLETE_H
#define TOOL_COMPLETE_H

#include "cmd.h"

// Print candidates for the last of the words (which may be empty), one a line, a tab and a
// few words of help behind it. The words before it are those of the command line, without
// the program's name. Nothing is printed when something is wrong: a shell shows no errors.
void complete_words(struct call *c, char *const *words, size_t n);

#endif
