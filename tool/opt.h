// The command line: words to a call.
//
//	set -qm "Read it" README.md LoRA Read=Yes
//	 ▼   ▼▼                ▼     ▼     ▼
//	cmd  given: q, m="…"   args[0] [1] [2]
//
// Options stand anywhere; "--" ends them; short ones bundle (-qv) and take their value
// joined or apart (-n5, -n 5), long ones with '=' or apart. An
// option given twice is described beside SEVERAL (cmd.h).
#ifndef TOOL_OPT_H
#define TOOL_OPT_H

#include "cmd.h"

extern const struct opt opt_common[]; // what every command takes

// Parse words behind the command's name into c->args and c->given; c->cmd NULL takes
// the common options up to the first operand only, and *used says how many words that
// were. RMK_INVALID names the nearest option.
enum rmk_code opt_parse(
    struct call *c, int argc, char **argv, int *used, struct rmk_err *err);

// The number of operands must fit the command.
enum rmk_code opt_check_operands(const struct call *c, struct rmk_err *err);

// The nearest of a list of words, or NULL when none is near.
const char *nearest(const char *word, const char *const *words, size_t n);

#endif
