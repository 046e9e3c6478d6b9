// A command of the tool, and what it is handed.
//
//	rowmark -q set lima reading README.md#papers --no-commit
//	        ^^ ^^^ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ^^^^^^^^^^^
//	        |  cmd            args               opts        all in struct call
//
// A command is one file, cmd/NAME.c; its only export is `const struct cmd cmd_NAME`.
// cmds.def lists it, one line: CMD(NAME). The option table parses, prints the help
// (`CMD -h`), and makes the manual page and the completions, so none can fall behind.
//
// A command prints through out.h and grid.h alone, opens files through open_table.h and
// changes them through write.h. Whatever it takes from call->arena is freed by main.
#ifndef TOOL_CMD_H
#define TOOL_CMD_H

#include "git/source.h"
#include "internal.h"

// FOUND is what `diff` and `grep` mean by 1: a finding, a difference, a conflict.
// FASTER: somebody else was, or what was expected is not so.
enum exit_status { FINE = 0, FOUND = 1, TROUBLE = 2, FASTER = 3 };

// One option. A table of them ends with OPT_END.
struct opt {
	char letter;       // -c; 0: none
	const char *name;  // --column
	const char *arg;   // "COLUMN"; NULL: a switch
	const char *help;  // half a line, no full stop
	const char *oneof; // "text csv json": what arg may be; NULL: anything; SEVERAL
};

// Of an option whose every value counts. One of a list may be given again, and the last
// counts; any other with two values is refused, since one of them would be lost.
#define SEVERAL ""

// Groups that many commands share. The first format is the default.
// clang-format off
#define OPT_FORMAT(formats)                                                              \
	{0, "format", "FORMAT", "how to print", formats},                                \
	{0, "json", NULL, "short for --format json", NULL}
#define OPT_LIMIT   {'n', "limit", "N", "at most N of them", NULL}
#define OPT_NUL     {'z', "null", NULL, "end paths in lists with NUL", NULL}
#define OPT_DRY_RUN {'n', "dry-run", NULL, "print the diff, write nothing", NULL}
#define OPT_JSON    {0, "json", NULL, "print what was done as a JSON document", NULL}
// Of a command that prints what it reads, too: its --json is in OPT_FORMAT.
#define OPT_WRITE_OR_READ                                                                \
	OPT_DRY_RUN,                                                                     \
	{0, "no-commit", NULL, "write the file only", NULL},                             \
	{0, "stage", NULL, "write file and index, do not commit", NULL},                 \
	{'m', "message", "MESSAGE", "the commit's message; each a paragraph", SEVERAL},     \
	{0, "author", "AUTHOR", "the commit's author, \"Name <mail>\"", NULL},           \
	{0, "date", "DATE", "the author's date, as git takes it", NULL},                 \
	{0, "no-verify", NULL, "skip the hooks pre-commit and commit-msg", NULL},        \
	{0, "sync", NULL, "then do what 'rowmark sync' does", NULL}
#define OPT_WRITE   OPT_WRITE_OR_READ, OPT_JSON
#define OPT_END     {0, NULL, NULL, NULL, NULL}
// clang-format on

// A command line of the manual, run as a test: all of a command's, in order, in one
// fresh repository that holds examples/reading-list (tests/cli/examples.bats). The
// table ends with {NULL, NULL}.
struct example {
	const char *says; // "Say that a paper is being read"
	const char *run;  // "rowmark set lora reading"
};

struct call;

struct cmd {
	const char *name;
	const char *args;  // "ROW VALUE [FILE[#TABLE]]"; "" for none
	const char *line;  // one line: what it does, no full stop
	const char *about; // the manual: paragraphs, an empty line between; a line that
			   // starts with two spaces is shown as it is
	void (*more)(
	    struct rmk_buf *out); // the same, made; only in the manual page; may be NULL
	const struct example *examples;
	const struct opt *opts; // besides those that every command takes
	size_t least, most;     // operands; most SIZE_MAX: any number
	bool pages;             // long output goes to a pager on a terminal
	int trouble;            // exit status for TROUBLE; 0: TROUBLE itself
	enum exit_status (*run)(struct call *c);
};

// An option as it was given.
struct given {
	const struct opt *opt;
	const char *value; // NULL for a switch
};

#define RERUNS 20

// One call of the tool.
struct call {
	const struct cmd *cmd;
	struct rmk_arena *arena;
	struct rmk_repo *repo; // opened when first needed (call_repo); closed by main
	char **args;           // [nargs] operands
	size_t nargs;
	size_t plain;        // operands from here on stood behind "--"
	struct given *given; // [ngiven] in the order of the command line
	size_t ngiven;
	bool quiet, verbose;
	bool notes_said, idle_said; // of the configuration, once
	enum rmk_place from;        // where files are read that name no place themselves;
	struct rmk_str rev;         // a command may set it (RMK_FROM_INDEX for --staged)
	bool tracked; // of the worktree's files only those that git tracks are looked for
	bool bare;    // the repository has no files: from is HEAD's commit
	// The files changed between reading and writing: main runs the command again, and
	// the lock of the index is ours meanwhile.
	bool stale;
	bool committed; // a commit was made
	struct rmk_str
	    unmerged; // the file of which it was said last that its merge is not finished
	// Where a commit is pushed before it is seen here (sync_first); NULL: nowhere.
	struct rmk_upstream *pushes;
	bool claims;          // the lock on claims is held, to the end of the process
	unsigned reruns;      // so often it was, at most RERUNS
	struct rmk_str noted; // the note on a value that was said last
	bool incomplete;      // what could not be read was left out, and said
	struct rmk_str stdin_text; // read for the first run; s NULL: not yet
	// A row as it was given to an editor, what came back, and in which file (cmd/edit.c):
	// asked for once. s NULL: not yet.
	struct rmk_str card_was, card_is, card_file;
};

// Whether the command takes an option, given or not.
bool opt_has(const struct call *c, const char *name);

// Options by name; a name that is not in the command's table is a defect and aborts.
bool opt_on(const struct call *c, const char *name);
const char *opt_text(const struct call *c, const char *name); // the last; NULL: none
size_t opt_all(const struct call *c, const char *name, const char ***out);
// The same as text, and folded for comparing.
const struct rmk_str *opt_texts(const struct call *c, const char *name, size_t *n);
const struct rmk_str *opt_keys(const struct call *c, const char *name, size_t *n);

// A count from 1: fallback when it is not given.
enum rmk_code opt_number(const struct call *c, const char *name, uint32_t fallback,
    uint32_t *out, struct rmk_err *err);

// The format asked for, one of those in the table of options.
const char *opt_format(const struct call *c);
// Whether JSON is one of the formats in which the command prints what it has read.
bool opt_reads_as_json(const struct call *c);
bool opt_format_is(const struct call *c, const char *format);

// Standard input to its end, however often it is asked for.
enum rmk_code call_stdin(struct call *c, struct rmk_str *out, struct rmk_err *err);

// The repository around the current folder. RMK_NO_REPO when there is none.
enum rmk_code call_repo(struct call *c, struct rmk_repo **out, struct rmk_err *err);

// A command line, the program's name first, from its words to its exit status.
int tool_run(int argc, char **argv);

// All commands, in the order of `rowmark help`, and their headings.
struct cmd_entry {
	const char *heading; // NULL: a command
	const struct cmd *cmd;
};
extern const struct cmd_entry cmds[];         // ends with {NULL, NULL}
const struct cmd *cmd_find(const char *name); // NULL: none
const char *cmd_nearest(const char *name);    // for did-you-mean; NULL: none is near
extern const struct cmd cmd_overview;         // `rowmark` alone

#define CMD_GROUP(heading)
#define CMD(name) extern const struct cmd cmd_##name;
#include "cmds.def"
#undef CMD
#undef CMD_GROUP

#endif
