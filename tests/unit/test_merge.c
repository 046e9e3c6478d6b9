// Three versions of a file in, one out: a table of cases. Lines of a case are written
// without the header where that is the same in all: "a 1/b 2" is two rows.
#include "merging.h"

#define KV "| k | v |\n|--|--|\n"
#define KVW "| k | v | w |\n|--|--|--|\n"
#define KV2 "| k | v | x |\n|--|--|--|\n"
#define STORY " | a story that no other row will tell |"
#define C(ours, theirs) "<<<<<<< ours\n" ours "=======\n" theirs ">>>>>>> theirs\n"

static const struct {
	const char *what, *base, *ours, *theirs, *want;
	size_t conflicts;
} cases[] = {
    // rows
    {"different rows", "a 1/b 2", "a 9/b 2", "a 1/b 8", "a 9/b 8", 0},
    {"both added at the end", "a 1", "a 1/b 2", "a 1/c 3", "a 1/b 2/c 3", 0},
    {"both added at the top", "a 1", "b 2/a 1", "c 3/a 1", "b 2/c 3/a 1", 0},
    {"both added in the middle", "a 1/z 9", "a 1/b 2/z 9", "a 1/c 3/z 9",
	"a 1/b 2/c 3/z 9", 0},
    {"equal additions once", "a 1", "a 1/b 2", "a 1/b 2/c 3", "a 1/b 2/c 3", 0},
    {"the same key added twice", "a 1", "a 1/b 2", "a 1/b 3",
	HEAD "| a | 1 |\n" C("| b | 2 |\n", "| b | 3 |\n"), 1},
    {"one deleted, another added beside it", "a 1/b 2", "a 1", "a 1/b 2/c 3", "a 1/c 3",
	0},
    {"deleted, untouched", "a 1/b 2/c 3", "a 1/c 3", "a 1/b 2/c 4", "a 1/c 4", 0},
    {"deleted by both", "a 1/b 2/c 3", "a 1/c 3", "a 1/c 3/d 4", "a 1/c 3/d 4", 0},
    {"deleted by ours, edited by theirs", "a 1/b 2/c 3", "a 1/c 3", "a 1/b 9/c 3",
	HEAD "| a | 1 |\n" C("", "| b | 9 |\n") "| c | 3 |\n", 1},
    {"edited by ours, deleted by theirs", "a 1/b 2/c 3", "a 1/b 9/c 3", "a 1/c 3",
	HEAD "| a | 1 |\n" C("| b | 9 |\n", "") "| c | 3 |\n", 1},
    {"moved by theirs, edited by ours", "a 1/b 2/c 3/d 4", "a 9/b 2/c 3/d 4",
	"b 2/c 3/d 4/a 1", "b 2/c 3/d 4/a 9", 0},
    {"moved by ours, added by theirs", "a 1/b 2/c 3", "c 3/a 1/b 2", "a 1/x 0/b 2/c 3",
	"c 3/a 1/x 0/b 2", 0},
    {"renamed by ours, edited by theirs", KVW "| a" STORY "no |\n| b | c | no |\n",
	KVW "| x" STORY "no |\n| b | c | no |\n",
	KVW "| a" STORY "yes |\n| b | c | no |\n",
	KVW "| x" STORY "yes |\n| b | c | no |\n", 0},
    {"replaced by ours, edited by theirs: a status says nothing of the row",
	KV "| Buy milk | In progress |\n| b | 1 |\n",
	KV "| Call mum | In progress |\n| b | 1 |\n",
	KV "| Buy milk | Done |\n| b | 1 |\n",
	KV C("| Call mum | In progress |\n", "| Buy milk | Done |\n") "| b | 1 |\n", 1},
    {"one of many cells replaced by ours, another edited by theirs",
	"| k | o | p | v |\n|-|-|-|-|\n| Buy milk | Anna Schmidt | 2024-Q3 High | In "
	"progress |\n",
	"| k | o | p | v |\n|-|-|-|-|\n| Call mum | Anna Schmidt | 2024-Q3 High | In "
	"progress |\n",
	"| k | o | p | v |\n|-|-|-|-|\n| Buy milk | Anna Schmidt | 2024-Q3 High | Done "
	"|\n",
	"| k | o | p | v |\n|-|-|-|-|\n" C(
	    "| Call mum | Anna Schmidt | 2024-Q3 High | In progress |\n",
	    "| Buy milk | Anna Schmidt | 2024-Q3 High | Done |\n"),
	1},
    {"a number replaced by ours, edited by theirs",
	KV "| Task 12 | In progress |\n| b | 1 |\n",
	KV "| Task 13 | In progress |\n| b | 1 |\n", KV "| Task 12 | Done |\n| b | 1 |\n",
	KV C("| Task 13 | In progress |\n", "| Task 12 | Done |\n") "| b | 1 |\n", 1},
    {"renamed to a name the other side gave to a new row", KV "| a" STORY "\n| b | 1 |\n",
	KV "| x" STORY "\n| b | 1 |\n", KV "| a" STORY "\n| b | 1 |\n| x | 2 |\n",
	KV C("| x" STORY "\n", "| a" STORY "\n") "| b | 1 |\n| x | 2 |\n", 1},
    {"two columns of one name, one from each side", KV "| a | 1 |\n",
	"| k | x |\n|--|--|\n| a | 1 |\n", KV2 "| a | 1 | 2 |\n",
	"| k | x |\n|--|--|\n" C("| a | 1 |\n", "| a | 2 | 1 |\n"), 1},
    {"two columns of one name in every version",
	"| k | v | v |\n|--|--|--|\n| a | 1 | 2 |\n",
	"| k | v | v |\n|--|--|--|\n| a | 9 | 2 |\n",
	"| k | v | v |\n|--|--|--|\n| a | 1 | 8 |\n",
	"| k | v | v |\n|--|--|--|\n| a | 9 | 8 |\n", 0},
    {"a row added by both, a cell empty here", KVW "| a | 1 | x |\n",
	KVW "| a | 1 | x |\n| b | 2 | |\n", KVW "| a | 1 | x |\n| b | 2 | y |\n",
	KVW "| a | 1 | x |\n| b | 2 | y |\n", 0},
    {"one row of a list by both sides, and its header",
	"- | k | v | w |\n  |--|--|--|\n  | a | 1 | 2 |\n",
	"- | k | x | w |\n  |--|--|--|\n  | a | 9 | 2 |\n",
	"- | k | v | y |\n  |--|--|--|\n  | a | 1 | 8 |\n",
	"- | k | x | y |\n  |--|--|--|\n  | a | 9 | 8 |\n", 0},
    {"a header written anew in a list, a row by the other side",
	"- | k | v |\n  |--|--|\n  | a | 1 |\n  | b | 2 |\n",
	"- | k | v |\n  |--|--|\n  | a | 9 |\n  | b | 2 |\n",
	"- | k | w |\n  |--|--|\n  | a | 1 |\n  | b | 2 |\n",
	"- | k | w |\n  |--|--|\n  | a | 9 |\n  | b | 2 |\n", 0},
    // the table's own order
    {"sorted by key", "a 1/c 3/e 5/z 9", "a 1/c 3/e 5/m 1/z 9", "a 1/c 3/e 5/f 2/z 9",
	"a 1/c 3/e 5/f 2/m 1/z 9", 0},
    {"sorted downwards", "z 9/e 5/c 3/a 1", "z 9/f 1/e 5/c 3/a 1", "z 9/m 2/e 5/c 3/a 1",
	"z 9/m 2/f 1/e 5/c 3/a 1", 0},
    {"sorted by number", "b 1/a 2/e 3/d 4", "b 1/a 2/e 3/d 4/q 20", "b 1/a 2/e 3/d 4/r 7",
	"b 1/a 2/e 3/d 4/r 7/q 20", 0},
    {"sorted by date", "b 2024-01-01/a 2024-02-01/e 2024-03-01/d 2024-04-01",
	"b 2024-01-01/a 2024-02-01/e 2024-03-01/d 2024-04-01/q 2024-06-01",
	"b 2024-01-01/a 2024-02-01/e 2024-03-01/d 2024-04-01/r 2024-05-01",
	"b 2024-01-01/a 2024-02-01/e 2024-03-01/d 2024-04-01/r 2024-05-01/q 2024-06-01",
	0},
    {"sorted by number, in groups", "b 900/a 1,000/e 1,100/d 1,200",
	"b 900/a 1,000/e 1,100/d 1,200/q 20,000", "b 900/a 1,000/e 1,100/d 1,200/r 7,000",
	"b 900/a 1,000/e 1,100/d 1,200/r 7,000/q 20,000", 0},
    {"sorted, but for one row in ten", "a 0/b 0/d 0/c 0/e 0/f 0/g 0/h 0/i 0",
	"a 0/b 0/d 0/c 0/e 0/f 0/g 0/h 0/i 0/q 0",
	"a 0/b 0/d 0/c 0/e 0/f 0/g 0/h 0/i 0/p 0",
	"a 0/b 0/d 0/c 0/e 0/f 0/g 0/h 0/i 0/p 0/q 0", 0},
    {"sorted, but for one row in nine", "a 0/b 0/d 0/c 0/e 0/f 0/g 0/h 0",
	"a 0/b 0/d 0/c 0/e 0/f 0/g 0/h 0/q 0", "a 0/b 0/d 0/c 0/e 0/f 0/g 0/h 0/p 0",
	"a 0/b 0/d 0/c 0/e 0/f 0/g 0/h 0/q 0/p 0", 0},
    {"words are in order by chance, unless they are the key", "b aa/a bb/e cc/d dd",
	"b aa/a bb/e cc/d dd/q zz", "b aa/a bb/e cc/d dd/r yy",
	"b aa/a bb/e cc/d dd/q zz/r yy", 0},
    // cells
    {"different cells of a row", "| k | v | w |\n|-|-|-|\n| a | 1 | 2 |\n",
	"| k | v | w |\n|-|-|-|\n| a | 8 | 2 |\n",
	"| k | v | w |\n|-|-|-|\n| a | 1 | 9 |\n",
	"| k | v | w |\n|-|-|-|\n| a | 8 | 9 |\n", 0},
    {"the same cell, alike", "a 1/b 2", "a 9/b 2", "a 9/b 3", "a 9/b 3", 0},
    {"the same cell, differently", "a 1/b 2", "a 8/b 2", "a 9/b 3",
	HEAD C("| a | 8 |\n", "| a | 9 |\n") "| b | 3 |\n", 1},
    {"an empty cell filled twice", "| k | v |\n|-|-|\n| a | |\n",
	"| k | v |\n|-|-|\n| a | 1 |\n", "| k | v |\n|-|-|\n| a | 2 |\n",
	"| k | v |\n|-|-|\n" C("| a | 1 |\n", "| a | 2 |\n"), 1},
    {"the further status, declared so",
	"<!-- rowmark: t; v: status = no < doing < yes, merge furthest -->\n" HEAD
	"| a | no |\n",
	"<!-- rowmark: t; v: status = no < doing < yes, merge furthest -->\n" HEAD
	"| a | doing |\n",
	"<!-- rowmark: t; v: status = no < doing < yes, merge furthest -->\n" HEAD
	"| a | yes |\n",
	"<!-- rowmark: t; v: status = no < doing < yes, merge furthest -->\n" HEAD
	"| a | yes |\n",
	0},
    {"the further status, not declared",
	"<!-- rowmark: t; v: status = no < doing < yes -->\n" HEAD "| a | no |\n",
	"<!-- rowmark: t; v: status = no < doing < yes -->\n" HEAD "| a | doing |\n",
	"<!-- rowmark: t; v: status = no < doing < yes -->\n" HEAD "| a | yes |\n",
	"<!-- rowmark: t; v: status = no < doing < yes -->\n" HEAD C(
	    "| a | doing |\n", "| a | yes |\n"),
	1},
    // columns
    {"a column and a row", "a 1/b 2",
	"| k | v | n |\n|---|---|---|\n| a | 1 | x |\n| b | 2 | |\n", "a 1/b 2/c 3",
	"| k | v | n |\n|---|---|---|\n| a | 1 | x |\n| b | 2 | |\n| c | 3 | |\n", 0},
    {"a row and a column", "a 1/b 2", "a 1/b 2/c 3",
	"| k | v | n |\n|---|---|---|\n| a | 1 | x |\n| b | 2 | |\n",
	"| k | v | n |\n|---|---|---|\n| a | 1 | x |\n| b | 2 | |\n| c | 3 | |\n", 0},
    {"two columns", "a 1", "| k | v | n |\n|---|---|---|\n| a | 1 | x |\n",
	"| k | m | v |\n|---|---|---|\n| a | y | 1 |\n",
	"| k | m | v | n |\n|---|---|---|---|\n| a | y | 1 | x |\n", 0},
    {"two columns that hold the same", "a 1/b 2", KVW "| a | 1 | yes |\n| b | 2 | no |\n",
	"| k | v | x |\n|--|--|--|\n| a | 1 | yes |\n| b | 2 | no |\n",
	"| k | v | w | x |\n|--|--|--|--|\n| a | 1 | yes | yes |\n| b | 2 | no | no |\n",
	0},
    {"one column, added by both", "a 1/b 2", KVW "| a | 1 | yes |\n| b | 2 | |\n",
	KVW "| a | 1 | yes |\n| b | 2 | no |\n", KVW "| a | 1 | yes |\n| b | 2 | no |\n",
	0},
    {"a column deleted, a cell edited",
	"| k | v | w |\n|-|-|-|\n| a | 1 | 2 |\n| b | 3 | 4 |\n",
	"| k | w |\n|-|-|\n| a | 2 |\n| b | 4 |\n",
	"| k | v | w |\n|-|-|-|\n| a | 1 | 9 |\n| b | 3 | 4 |\n",
	"| k | w |\n|-|-|\n| a | 9 |\n| b | 4 |\n", 0},
    {"a column deleted, one of its cells edited",
	"| k | v | w |\n|-|-|-|\n| a | 1 | 2 |\n| b | 3 | 4 |\n",
	"| k | w |\n|-|-|\n| a | 2 |\n| b | 4 |\n",
	"| k | v | w |\n|-|-|-|\n| a | 8 | 2 |\n| b | 3 | 4 |\n",
	"| k | w |\n|-|-|\n" C("| a | 2 |\n", "| a | 2 | 8 |\n") "| b | 4 |\n", 1},
    {"a column renamed, a cell edited", "a 1/b 2/c 3",
	"| k | value |\n|---|---|\n| a | 1 |\n| b | 2 |\n| c | 3 |\n", "a 1/b 9/c 3",
	"| k | value |\n|---|---|\n| a | 1 |\n| b | 9 |\n| c | 3 |\n", 0},
    {"a column renamed two ways", "a 1/b 2/c 3",
	"| k | x |\n|---|---|\n| a | 1 |\n| b | 2 |\n| c | 3 |\n",
	"| k | y |\n|---|---|\n| a | 1 |\n| b | 2 |\n| c | 3 |\n",
	C("| k | x |\n", "| k | y |\n") "|---|---|\n| a | 1 |\n| b | 2 |\n| c | 3 |\n",
	1},
    {"alignment and an edit", "a 1", "| k | v |\n|---|--:|\n| a | 1 |\n", "a 2",
	"| k | v |\n|---|--:|\n| a | 2 |\n", 0},
    // layout
    {"theirs re-aligned, ours edited", "a 1/b 2", "a 9/b 2",
	"| k   | v   |\n|-----|-----|\n| a   | 1   |\n| b   | 2   |\n",
	"| k   | v   |\n|-----|-----|\n| a   | 9   |\n| b   | 2   |\n", 0},
    {"ours re-aligned, theirs edited", "a 1/b 2",
	"| k   | v   |\n|-----|-----|\n| a   | 1   |\n| b   | 2   |\n", "a 9/b 2",
	"| k   | v   |\n|-----|-----|\n| a   | 9   |\n| b   | 2   |\n", 0},
    {"ours re-aligned, theirs added", "a 1/b 2",
	"| k   | v   |\n|-----|-----|\n| a   | 1   |\n| b   | 2   |\n", "a 1/b 2/c 3",
	"| k   | v   |\n|-----|-----|\n| a   | 1   |\n| b   | 2   |\n| c   | 3   |\n", 0},
    {"theirs re-aligned, ours added", "a 1/b 2", "a 1/b 2/c 3",
	"| k   | v   |\n|-----|-----|\n| a   | 1   |\n| b   | 2   |\n",
	"| k   | v   |\n|-----|-----|\n| a   | 1   |\n| b   | 2   |\n| c   | 3   |\n", 0},
    {"no line end at the end", HEAD "| a | 1 |", HEAD "| a | 1 |\n| b | 2 |",
	HEAD "| a | 1 |\n| c | 3 |", HEAD "| a | 1 |\n| b | 2 |\n| c | 3 |", 0},
    {"CR LF", "|k|v|\r\n|-|-|\r\n|a|1|\r\n", "|k|v|\r\n|-|-|\r\n|a|1|\r\n|b|2|\r\n",
	"|k|v|\r\n|-|-|\r\n|a|1|\r\n|c|3|\r\n",
	"|k|v|\r\n|-|-|\r\n|a|1|\r\n|b|2|\r\n|c|3|\r\n", 0},
    {"ours turned to CR LF", "|k|v|\n|-|-|\n|a|1|\n", "|k|v|\r\n|-|-|\r\n|a|1|\r\n",
	"|k|v|\n|-|-|\n|a|1|\n|c|3|\n", "|k|v|\r\n|-|-|\r\n|a|1|\r\n|c|3|\r\n", 0},
    {"short and long rows", "|k|v|\n|-|-|\n|a|\n|b|2|x|\n",
	"|k|v|\n|-|-|\n|a|\n|b|3|x|\n", "|k|v|\n|-|-|\n|a|1|\n|b|2|y|\n",
	"|k|v|\n|-|-|\n|a|1|\n|b|3| y |\n", 0},
    {"in a quote", "> |k|v|\n> |-|-|\n> |a|1|\n", "> |k|v|\n> |-|-|\n> |a|1|\n> |b|2|\n",
	"> |k|v|\n> |-|-|\n> |a|1|\n> |c|3|\n",
	"> |k|v|\n> |-|-|\n> |a|1|\n> |b|2|\n> |c|3|\n", 0},
    // a conflict where one side has other columns: each line is in those of the result, and what
    // they have no place for is behind the last
    {"a cell set in a column that theirs removed, while it added another",
	"| k | s | n |\n|--|--|--|\n| a | x | na |\n| b | y | nb |\n",
	"| k | s | n |\n|--|--|--|\n| a | x | hi |\n| b | y | nb |\n",
	"| k | o | s |\n|--|--|--|\n| a | | x |\n| b | | y |\n",
	"| k | o | s |\n|--|--|--|\n" C(
	    "| a | | x | hi |\n", "| a | | x |\n") "| b | | y |\n",
	1},
    {"a cell that both set, behind a column that ours added",
	"| k | s |\n|--|--|\n| a | x |\n| b | y |\n",
	"| k | o | s |\n|--|--|--|\n| a | 1 | v |\n| b | | y |\n",
	"| k | s |\n|--|--|\n| a | w |\n| b | y |\n",
	"| k | o | s |\n|--|--|--|\n" C(
	    "| a | 1 | v |\n", "| a | | w |\n") "| b | | y |\n",
	1},
    {"escaped pipes", "a \\|1/b 2", "a \\|1\\|/b 2", "a \\|1/b \\|", "a \\|1\\|/b \\|",
	0},
    // the text around
    {"text and rows", "# H\n\n" HEAD "| a | 1 |\n\ntail\n",
	"# G\n\n" HEAD "| a | 1 |\n\ntail\n", "# H\n\n" HEAD "| a | 2 |\n\nend\n",
	"# G\n\n" HEAD "| a | 2 |\n\nend\n", 0},
    {"text conflicts, rows do not", "one\n\n" HEAD "| a | 1 |\n",
	"two\n\n" HEAD "| a | 1 |\n| b | 2 |\n",
	"three\n\n" HEAD "| a | 1 |\n| c | 3 |\n",
	C("two\n", "three\n") "\n" HEAD "| a | 1 |\n| b | 2 |\n| c | 3 |\n", 1},
    {"a table deleted, untouched", "x\n\n" HEAD "| a | 1 |\n\ny\n\nq\n", "x\n\ny\n\nq\n",
	"x\n\n" HEAD "| a | 1 |\n\ny\n\nz\n", "x\n\ny\n\nz\n", 0},
    {"a table deleted, edited", "x\n\n" HEAD "| a | 1 |\n\ny\n", "x\n\ny\n",
	"x\n\n" HEAD "| a | 2 |\n\ny\n", "x\n\n" C("", HEAD "| a | 2 |\n\n") "y\n", 1},
    {"a table moved, edited", "# A\n\n" HEAD "| a | 1 |\n\n# B\n\nend\n",
	"# A\n\n# B\n\n" HEAD "| a | 1 |\n\nend\n",
	"# A\n\n" HEAD "| a | 2 |\n\n# B\n\nend\n",
	"# A\n\n# B\n\n" HEAD "| a | 2 |\n\nend\n", 0},
    {"the same new table with different rows", "# A\n", "# A\n\n" HEAD "| a | 1 |\n",
	"# A\n\n" HEAD "| b | 2 |\n", "# A\n\n" HEAD "| a | 1 |\n| b | 2 |\n", 0},
    {"two tables", "# A\n\n" HEAD "| a | 1 |\n\n# B\n\n" HEAD "| a | 1 |\n",
	"# A\n\n" HEAD "| a | 1 |\n| b | 1 |\n\n# B\n\n" HEAD "| a | 1 |\n",
	"# A\n\n" HEAD "| a | 2 |\n\n# B\n\n" HEAD "| a | 1 |\n| c | 1 |\n",
	"# A\n\n" HEAD "| a | 2 |\n| b | 1 |\n\n# B\n\n" HEAD "| a | 1 |\n| c | 1 |\n",
	0},
    {"no tables", "a\n\nb\n", "x\n\nb\n", "a\n\ny\n", "x\n\ny\n", 0},
};

static void
test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_merge m = merging(&a, merging_file(&a, cases[i].base),
		    merging_file(&a, cases[i].ours), merging_file(&a, cases[i].theirs),
		    RMK_STYLE_MERGE);

		for (size_t n = 0; n < m.nnotes; n++)
			fail_msg("%s: by lines: %.*s", cases[i].what,
			    RMK_FMT(m.notes[n].what));
		assert_text(m.text, merging_file(&a, cases[i].want), cases[i].what);
		if (m.nconflicts != cases[i].conflicts)
			fail_msg("%s: %zu conflicts", cases[i].what, m.nconflicts);
		rmk_arena_free(&a);
	}
}

// What cannot be merged by rows is merged by lines, whole or that table alone, and says so.
static const struct {
	const char *base, *ours, *theirs, *note;
} doubtful[] = {
    {HEAD "| a | 1 |\n\n<<<<<<< x\n", HEAD "| a | 2 |\n\n<<<<<<< x\n",
	HEAD "| a | 1 |\n\n<<<<<<< x\n\nend\n", "a version holds conflict markers"},
    {HEAD "| a | 1 |\n\n\x01\n", HEAD "| a | 2 |\n\n\x01\n",
	HEAD "| a | 1 |\n\n\x01\n\nend\n", "a version holds a control character"},
    {HEAD "| x | 1 |\n| a | 1 |\n| a | 1 |\n| y | 1 |\n",
	HEAD "| x | 2 |\n| a | 1 |\n| y | 2 |\n",
	HEAD "| x | 1 |\n| a | 1 |\n| a | 1 |\n| y | 1 |\n| z | 1 |\n",
	"it has equal rows that cannot be told apart"},
    {"| k | v |\n|-|-|\n| a | b |\n", "| k |\n|-|\n| a |\n", "| v |\n|-|\n| b |\n",
	"no column would be left"},
    {KVW "| a | one | red |\n| b | two | blue |\n| c | three | green |\n",
	"| k | x | w |\n|--|--|--|\n| a | one | red |\n| b | two | blue |\n| c | three | "
	"green |\n",
	"| k | v | x |\n|--|--|--|\n| a | one | red |\n| b | two | blue |\n| c | three | "
	"green |\n",
	"both sides have a new column of one name"},
};

static void
test_doubtful(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(doubtful); i++) {
		struct rmk_arena a = {0};
		struct rmk_str base = rmk_str_of(doubtful[i].base);
		struct rmk_str ours = rmk_str_of(doubtful[i].ours);
		struct rmk_str theirs = rmk_str_of(doubtful[i].theirs);
		struct rmk_merge m = merging(&a, base, ours, theirs, RMK_STYLE_MERGE);
		const struct rmk_str texts[3] = {base, ours, theirs};
		struct rmk_merge_opts opts = {
		    .labels = {RMK_STR("base"), RMK_STR("ours"), RMK_STR("theirs")}};
		struct rmk_str lines;
		struct rmk_err err;
		bool conflicts;

		assert_int_equal(m.nnotes, 1);
		assert_text(
		    m.notes[0].what, rmk_str_of(doubtful[i].note), doubtful[i].base);
		assert_int_equal(
		    rmk_git_merge_lines(NULL, &a, texts, &opts, &lines, &conflicts, &err),
		    RMK_OK);
		assert_text(m.text, lines, doubtful[i].note);
		rmk_arena_free(&a);
	}
}

// A merge of lines that goes wrong, the first time it is asked: what is around the tables.
struct bad_lines {
	int asked;
	int copies;         // of ours, for the result
	enum rmk_code code; // or it fails
};

static enum rmk_code
merge_badly(void *ctx, struct rmk_arena *a, const struct rmk_str texts[3],
    const struct rmk_merge_opts *opts, struct rmk_str *out, bool *conflicts,
    struct rmk_err *err)
{
	struct bad_lines *bad = ctx;
	struct rmk_buf b = {.arena = a};

	if (bad->asked++)
		return rmk_git_merge_lines(NULL, a, texts, opts, out, conflicts, err);
	if (bad->code)
		return rmk_fail(err, bad->code, "no lines");
	for (int i = 0; i < bad->copies; i++)
		rmk_buf_add(&b, texts[RMK_OURS]);
	*out = rmk_buf_str(&b);
	*conflicts = false;
	return RMK_OK;
}

static void
test_bad_lines(void **state)
{
	static const struct {
		int copies;
		enum rmk_code code;
		const char *note;
	} bads[] = {
	    {1, RMK_OK, NULL},
	    {0, RMK_OK, "a table would be lost or doubled"},
	    {2, RMK_OK, "a table would be lost or doubled"},
	    {0, RMK_GIT, NULL},
	};
	const struct rmk_str texts[3] = {S("x\n\n" HEAD "| a | 1 |\n| b | 2 |\n"),
	    S("x\n\n" HEAD "| a | 9 |\n| b | 2 |\n"),
	    S("x\n\n" HEAD "| a | 1 |\n| b | 2 |\n| c | 3 |\n")};
	(void)state;

	for (size_t i = 0; i < NELEM(bads); i++) {
		struct bad_lines bad = {.copies = bads[i].copies, .code = bads[i].code};
		struct rmk_merge_opts opts = {
		    .labels = {S("base"), S("ours"), S("theirs")},
		    .lines = merge_badly,
		    .ctx = &bad};
		struct rmk_arena a = {0};
		struct rmk_merge m;
		struct rmk_err err;

		assert_int_equal(
		    rmk_merge_texts(&a, S("a.md"), texts, &opts, &m, &err), bads[i].code);
		if (bads[i].code == RMK_OK) {
			assert_text(m.nnotes ? m.notes[0].what : S("none"),
			    rmk_str_of(bads[i].note ? bads[i].note : "none"), "the note");
			assert_true(rmk_str_find(m.text, S("| a | 9 |")) != RMK_NONE);
			assert_true(rmk_str_find(m.text, S("| c | 3 |")) != RMK_NONE);
		}
		rmk_arena_free(&a);
	}
}

// Base and one side are equal, or the sides are: no look inside is needed.
static void
test_trivial(void **state)
{
	struct rmk_str x = S(HEAD "| a | 1 |\n<<<<<<< z\n"), y = S("y\n");
	struct rmk_arena a = {0};

	(void)state;
	assert_text(merging(&a, x, y, x, RMK_STYLE_MERGE).text, y, "theirs untouched");
	assert_text(merging(&a, x, x, y, RMK_STYLE_MERGE).text, y, "ours untouched");
	assert_text(merging(&a, x, y, y, RMK_STYLE_MERGE).text, y, "both alike");
	assert_int_equal(merging(&a, x, x, y, RMK_STYLE_MERGE).nnotes, 0);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cases),
	    cmocka_unit_test(test_doubtful),
	    cmocka_unit_test(test_bad_lines),
	    cmocka_unit_test(test_trivial),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
