// rowmark set: one cell, or a batch of them, in place and in one commit.
#include "opt.h"
#include "out.h"
#include "set_cells.h"

static const struct opt opts[] = {
    {'c', "column", "COLUMN", "the column to write (default: the status column)",
	SEVERAL},
    OPT_WHERE,
    {0, "expect", "OLD", "refuse unless the cell holds OLD", NULL},
    {0, "new", NULL, "write VALUE as it is typed, even if it is new", NULL},
    {0, "keep-note", NULL, "keep a link or note around the old word", NULL},
    {0, "batch", NULL, "read lines ROW<TAB>VALUE, or JSON lines", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Say that a paper is being read", "rowmark set lora reading"},
    {"See first what would change", "rowmark set lora read -n"},
    {"Write another column",
	"rowmark set lora 'Few trained weights' -c 'Why it matters'"},
    {"Only if nobody was faster", "rowmark set lora Read --expect Reading"},
    {"Several rows, in one commit", "rowmark set GPT-3 BERT Reading"},
    {"Many at once, in one commit",
	"printf 'GPT-3\\tRead\\nBERT\\tReading\\n' | rowmark set --batch"},
    {NULL, NULL},
};

static enum exit_status
usage(const char *what)
{
	struct rmk_err err;

	rmk_fail(&err, RMK_INVALID, "set: %s", what);
	rmk_hint(&err, "usage: rowmark set ROW VALUE [FILE[#TABLE]], or "
		       "rowmark set --batch [FILE[#TABLE]]");
	return complain(&err);
}

static enum exit_status
run_batch(struct call *c)
{
	const char *column = opt_text(c, "column"), *expect = opt_text(c, "expect");
	struct rmk_str text;
	struct assignment *assignments;
	struct rmk_err err;
	size_t n;

	if (c->nargs > 1)
		return usage("too many arguments");
	if (opt_all(c, "column", NULL) > 1)
		return usage("--batch takes one -c; a JSON line may name its column");
	if (call_stdin(c, &text, &err) || batch_read(c, text, &assignments, &n, &err))
		return complain(&err);
	for (size_t i = 0; i < n; i++) {
		if (column && !assignments[i].column.s)
			assignments[i].column = rmk_str_of(column);
		if (expect && !assignments[i].expect.s)
			assignments[i].expect = rmk_str_of(expect);
	}
	return set_cells(c, c->args, c->nargs, assignments, n);
}

static enum exit_status
set_run(struct call *c)
{
	const char *expect = opt_text(c, "expect");
	struct assignment w = {0};
	struct operands o;
	struct rmk_err err;

	if (opt_on(c, "batch"))
		return run_batch(c);
	if (operands_read(c, OPERANDS_VALUE, &o, &err))
		return complain(&err);
	w.value = rmk_str_of(o.value);
	if (expect)
		w.expect = rmk_str_of(expect);
	return set_rows(c, &o, w);
}

const struct cmd cmd_set = {
    .name = "set",
    .args = "ROW... VALUE [FILE[#TABLE]]",
    .line = "Rewrite a cell of rows in place, and commit it",
    .about =
	"Finds the rows, writes VALUE in their status column, or in COLUMN, and commits\n"
	"that change alone: all of them, or none. Only the bytes of the cells change. "
	"Whatever else is changed\n"
	"or staged, in this file or in others, is neither committed nor lost.\n"
	"\n"
	"ROW is matched with the key column, then with links: in full, then without\n"
	"regard to case and spacing, then as a part. Where several rows fit, a question "
	"on\n"
	"a terminal asks which; elsewhere they are listed and nothing is written. LINE:N "
	"is\n"
	"the row on line N.\n"
	"\n"
	"A word is a FILE when it ends in .md or is an existing file; behind -- none "
	"is.\n"
	"All others are rows, the last one is VALUE. A row that is called as a file is\n"
	"the row if the table has it and another file is named with -f or beside it.\n"
	"--where COLUMN=VALUE (!=, ~ for a part) chooses rows in place of names. COLUMN\n"
	"may be a part of a column's name; a second one of a name is NAME:2. With -c "
	"given\n"
	"several times, each row is set in each of the columns. COLUMN=VALUE in place "
	"of\n"
	"VALUE, once or several times, says which cell gets what.\n"
	"\n"
	"VALUE is matched with the values of the column without regard to case. What a\n"
	"cell of the column has is written as it is typed, any other spelling as most\n"
	"cells have it. A column whose values are declared takes no others, and they "
	"are\n"
	"written as declared. When the value is there already, in whatever markup or "
	"with a note\n"
	"behind it, nothing is written. When it changes, it is said which link or note\n"
	"goes with the old word; --keep-note replaces the word alone. A value that is a\n"
	"letter or two from a known one is refused as a slip; --new takes it as typed.\n"
	"\n"
	"With --batch, standard input holds one change a line, and all of them make one\n"
	"commit, or none is made:\n"
	"\n"
	"  ROW<TAB>VALUE\n"
	"  {\"row\": \"LoRA\", \"value\": \"Read\", \"expect\": \"Reading\"}\n"
	"\n"
	"A JSON line may also name \"column\" and \"table\" (FILE#TABLE).\n"
	"\n"
	"The commit's message is MESSAGE, else the template of .rowmark.ini, else\n"
	"\"ROW: OLD -> NEW\". Hooks run and commits are signed as with 'git commit'.\n"
	"Who wants no commit each time says 'git config rowmark.commit no': all "
	"commands\n"
	"then write the file alone, and say so.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .run = set_run,
};
