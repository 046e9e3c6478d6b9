// Merges in which a row may be another than it seems: a table of cases, each merged both ways.
//
// Where a wrong guess would lose, double or mix a row a person decides, and what is clean is the
// same whichever side is ours.
#include "merging.h"

#define COLLIDES_1 "7fo555i1b85hhxoo" // two texts of one hash, before hashes were seeded
#define COLLIDES_2 "7hqg3tud8juo8owc"
#define K3(rows) "| k | v | w |\n|--|--|--|\n" rows
#define STORY " a story that no other row will tell "

static const struct merging_case cases[] = {
    // what finds rows proves nothing
    {"another key of the same hash is another row", COLLIDES_1 " todo/b 1",
	COLLIDES_1 " done/b 1", "b 1/" COLLIDES_2 " todo", NULL},
    {"keys of one hash, both there", COLLIDES_1 " todo/" COLLIDES_2 " todo",
	COLLIDES_1 " done/" COLLIDES_2 " todo", COLLIDES_1 " todo/" COLLIDES_2 " doing",
	COLLIDES_1 " done/" COLLIDES_2 " doing"},
    {"keys of one hash, one added by each", "a 1", "a 1/" COLLIDES_1 " todo",
	"a 1/" COLLIDES_2 " done", "a 1/" COLLIDES_1 " todo/" COLLIDES_2 " done"},
    // renamed
    {"renamed here, deleted there", K3("| a |" STORY "| no |\n| b | c | no |\n"),
	K3("| x |" STORY "| no |\n| b | c | no |\n"), K3("| b | c | no |\n"), NULL},
    {"renamed two ways, the first column blank",
	K3("| | one |" STORY "|\n| | two | no |\n"),
	K3("| | eins |" STORY "|\n| | two | no |\n"),
	K3("| | uno |" STORY "|\n| | two | no |\n"), NULL},
    {"renamed two ways, the first column repeated",
	K3("| g | one |" STORY "|\n| g | two | no |\n"),
	K3("| g | eins |" STORY "|\n| g | two | no |\n"),
	K3("| g | uno |" STORY "|\n| g | two | no |\n"), NULL},
    {"renamed to the name of a row that the other side added", "a 1/b 2", "c 1/b 2",
	"a 1/b 2/c 3", NULL},
    {"renamed here, put last and edited there", K3("| a | x | 1 |\n| b | y | 2 |\n"),
	K3("| a2 | x | 1 |\n| b | y | 2 |\n"), K3("| b | y | 2 |\n| a | x | 9 |\n"),
	NULL},
    {"a column renamed and moved, and a cell of it edited; the row deleted there",
	K3("| a | x | 1 |\n| b | y | 2 |\n| c | z | 3 |\n"),
	"| k | w | vv |\n|--|--|--|\n| a | 1 | x |\n| b | 2 | edited |\n| c | 3 | z |\n",
	K3("| a | x | 1 |\n| c | z | 3 |\n"), NULL},
    // equal rows
    {"good twice", K3("| Y | B | bad |\n"), K3("| Y | B | good |\n"),
	K3("| Y | B | good |\n| Y | B | bad |\n"), K3("| Y | B | good |\n")},
    // added by both
    {"one name, other cells", "a 1", "a 1/b 2", "a 1/b 3", NULL},
    {"one name, and nothing else in the table", K3(""), K3("| b | 1 | x |\n"),
	K3("| b | 2 | |\n"), NULL},
    {"one group, other rows in it", K3("| G | a | 1 |\n| | b | 1 |\n"),
	K3("| G | a | 1 |\n| | b | 1 |\n| H | c | 1 |\n"),
	K3("| G | a | 1 |\n| | b | 1 |\n| H | d | 2 |\n| | e | 1 |\n"), NULL},
    {"a name that stands often in the table names no row",
	K3("| car | a | 1 |\n| car | b | 1 |\n"),
	K3("| car | a | 1 |\n| car | b | 1 |\n| bus | yellow | 1 |\n"),
	K3("| car | a | 1 |\n| car | b | 1 |\n| bus | green | 2 |\n"),
	K3("| car | a | 1 |\n| car | b | 1 |\n| bus | yellow | 1 |\n| bus | green | 2 "
	   "|\n")},
    {"a word in common that could be any row's", K3("| | a | yes |\n| | b | no |\n"),
	K3("| | | x |\n| | a | yes |\n| | b | no |\n"),
	K3("| | a | yes |\n| | b | no |\n| | z | |\n"),
	K3("| | | x |\n| | a | yes |\n| | b | no |\n| | z | |\n")},
    {"what both took from one row, each to a row of its own",
	K3("| a | x | link |\n| b | y | 2 |\n"),
	K3("| a | x | |\n| c | p | link |\n| b | y | 2 |\n"),
	K3("| a | x | |\n| d | q | link |\n| b | y | 2 |\n"), NULL},
    // found by less than the cells that it alone has
    {"a row of a group that grew, named anew there",
	K3("| G | | |\n| | yes | Doing |\n| | yes | no |\n"),
	K3("| G | | Doing |\n| | yes | Doing |\n| | yes | no |\n"),
	K3("| H | x | Doing |\n| G | | |\n| | yes | no |\n"),
	K3("| H | x | Doing |\n| G | | Doing |\n| | yes | no |\n")},
    {"the row that has more of it is it",
	"| k | n | l | w |\n|--|--|--|--|\n| row one | name | link | no |\n",
	"| k | n | l | w |\n|--|--|--|--|\n| first | yes | other | |\n"
	"| row one | name | link | no |\n| last | p | q | |\n",
	"| k | n | l | w |\n|--|--|--|--|\n| new | a | b | x |\n"
	"| second | c | d | no |\n| row one | named | link | no |\n",
	"| k | n | l | w |\n|--|--|--|--|\n| first | yes | other | |\n"
	"| new | a | b | x |\n| second | c | d | no |\n"
	"| row one | named | link | no |\n| last | p | q | |\n"},
    {"a key that a neighbour has now",
	K3("| alpha | x | yes |\n| beta | Doing | yes |\n"),
	K3("| alpha | Doing | yes |\n| gamma | other | no |\n"),
	K3("| alpha | x | yes |\n| beta | Doing | |\n"), NULL},
    {"the same, and nothing new", K3("| alpha | x | yes |\n| beta | Doing | yes |\n"),
	K3("| alpha | Doing | yes |\n"), K3("| alpha | x | yes |\n| beta | Doing | |\n"),
	NULL},
    {"a cell of a row moves on, and a row is new",
	K3("| q | long name | Doing |\n| r | other | no |\n"),
	K3("| word | x | Doing |\n| q | long name | |\n| r | other | no |\n"),
	K3("| q | long name | done |\n| r | other | no |\n"), NULL},
    {"a key here, and the rest of its row under another: which of them did theirs edit?",
	"| k | n | s | w |\n|--|--|--|--|\n| key1 | name | Done | |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| key2 | name | Done | yes |\n"
	"| key1 | other | Done | Doing |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| key1 | name | Done | Doing |\n", NULL},
    {"the same, and theirs left both rows as they were: a row put between stays there",
	"| k | n | s | w |\n|--|--|--|--|\n| first | x | Todo | Doing |\n"
	"| second | x | Doing | |\n| third | no | | yes |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| second | x | Todo | Doing |\n"
	"| third | name | | yes |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| first | x | Todo | Doing |\n"
	"| new | yes | Todo | no |\n| second | x | Doing | |\n| third | no | | yes |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| new | yes | Todo | no |\n"
	"| second | x | Todo | Doing |\n| third | name | | yes |\n"},
    {"a row put where another went, before one that both added: no row changes places",
	K3("| first | name | x |\n| second | title | Doing |\n"),
	K3("| first | name | x |\n| here | word | Doing |\n| both | q | yes |\n"),
	K3("| first | name | x |\n| both | q | yes |\n| second | title | Doing |\n"
	   "| there | p | no |\n"),
	K3("| first | name | x |\n| here | word | Doing |\n| both | q | yes |\n"
	   "| there | p | no |\n")},
    {"one that both added before a row that one renamed, another put between: the order "
     "stays",
	K3("| first | x | 1 |\n| old | title | no |\n| last | y | 2 |\n"),
	K3("| first | x | 1 |\n| both | q | yes |\n| new | title | no |\n| last | y | 2 "
	   "|\n"),
	K3("| first | x | 1 |\n| both | q | yes |\n| there | p | z |\n| old | title | no "
	   "|\n"
	   "| last | y | 2 |\n"),
	K3("| first | x | 1 |\n| both | q | yes |\n| there | p | z |\n| new | title | no "
	   "|\n"
	   "| last | y | 2 |\n")},
    {"two rows that have the word of a link in common, and no more",
	K3("| 1 | one | [Link](h/1) |\n| 2 | two | Doing |\n"),
	K3("| 1 | two | Doing |\n| 2 | new | [Link](h/2) |\n"),
	"| k | v | w | u |\n|--|--|--|--|\n| 1 | one | [Link](h/1) | x |\n"
	"| 2 | two | Doing | |\n",
	NULL},
    {"a row that both added, to two tables, behind a blank line here",
	"# A\n\n" K3("| a | x | 1 |\n| b | y | 2 |\n"),
	"# A\n\n" K3("| a | x | 1 |\n") "\n# B\n\n" K3(
	    "| b | y | 2 |\n") "\n| c | both added | 3 |\n",
	"# A\n\n" K3("| a | x | 1 |\n| b | y | 2 |\n| c | both added | 3 |\n"), NULL},
    // columns
    {"another column in the place of one in which theirs wrote",
	K3("| a | one | yes |\n| b | two | no |\n| c | three | yes |\n"),
	"| k | v | other | u |\n|--|--|--|--|\n| a | one | no | x |\n| b | two | yes | "
	"|\n"
	"| c | three | no | y |\n",
	K3("| a | one | yes |\n| b | two | no |\n| c | three | yes |\n| d | four | yes "
	   "|\n"),
	NULL},
    {"a table without rows under another heading, and rows there",
	"# A\n\ntext\n\n" HEAD "\n# Z\n", "# B\n\nother\n\n" HEAD "| a | 1 |\n\n# Z\n",
	"# A\n\ntext\n\n" HEAD "| b | 2 |\n\n# Z\n", NULL},
    {"a column that both renamed, a cell of it emptied here and written there",
	K3("| | a | Title |\n| | b | other |\n"),
	"| k | v | col |\n|--|--|--|\n| | a | |\n| | b | other |\n",
	"| k | v | col |\n|--|--|--|\n| | a | Name |\n| | b | other |\n| | c | new |\n",
	NULL},
    {"a column renamed, its only row edited and another added", K3("| | one | yes |\n"),
	"| k | n | v | w |\n|--|--|--|--|\n| | Doing | one | yes |\n",
	"| k | name | w |\n|--|--|--|\n| | two | yes |\n| | one | yes |\n", NULL},
    {"two additions of one name, each with a cell of its own", K3("| a | 1 | z |\n"),
	K3("| a | 1 | z |\n| b | 2 | |\n"), K3("| a | 1 | z |\n| b | | x |\n"),
	K3("| a | 1 | z |\n| b | 2 | x |\n")},
    {"two additions, each with a cell of its own, and no name",
	"| k | v | w | u |\n|--|--|--|--|\n| | a | yes | p |\n| | b | no | q |\n",
	"| k | v | w | u |\n|--|--|--|--|\n| | name | x | |\n| | a | yes | p |\n"
	"| | b | no | q |\n",
	"| k | v | w | u |\n|--|--|--|--|\n| | a | yes | p |\n| | b | no | q |\n"
	"| | | x | link |\n",
	NULL},
    {"one name, other keys", "| Key | Name | Link | Year |\n|--|--|--|--|\n",
	"| Key | Name | Link | Year |\n|--|--|--|--|\n| q0 | yes | it | Doing |\n",
	"| Key | Name | Link | Year |\n|--|--|--|--|\n| q0 | Title | x | x |\n", NULL},
    {"sides that name their rows by other columns", "| Key | Name | Link |\n|--|--|--|\n",
	"| Key | Name | Link |\n|--|--|--|\n| Title | | [Link](h/q2) |\n",
	"| Key | Name | Link |\n|--|--|--|\n| G6 | no | [Link](h/q5) |\n| G1 | yes | q "
	"|\n",
	"| Key | Name | Link |\n|--|--|--|\n| Title | | [Link](h/q2) |\n"
	"| G6 | no | [Link](h/q5) |\n| G1 | yes | q |\n"},
    // groups
    {"a row that both added, each to another group", K3("| G | a | 1 |\n| H | c | 1 |\n"),
	K3("| G | a | 1 |\n| | one" STORY "| 1 |\n| H | c | 1 |\n"),
	K3("| G | a | 1 |\n| H | c | 1 |\n| | one" STORY "| 1 |\n"), NULL},
    {"a row taken to another group there, one of it moved here",
	K3("| G | a | |\n| | b | x |\n| H | c | y |\n| I | d | z |\n| | e | w |\n| J | f "
	   "| v |\n"),
	K3("| G | a | |\n| | e | w |\n| | b | x |\n| H | c | y |\n| I | d | z |\n| J | "
	   "ff | v |\n"),
	K3("| G | a | |\n| H | c | y |\n| I | d | z |\n| | e | w |\n| J | f | v |\n| | b "
	   "| x |\n"),
	K3("| G | a | |\n| | e | w |\n| H | c | y |\n| I | d | z |\n| J | ff | v |\n| | "
	   "b | x |\n")},
    {"two rows changed names here, and one of them was edited there",
	"| k | n | s | w |\n|--|--|--|--|\n| one | name | yes | no |\n| two | title | | "
	"no "
	"|\n",
	"| k | n | s | w |\n|--|--|--|--|\n| one | name | yes | no |\n| two | title | | "
	"|\n",
	"| k | n | s | w |\n|--|--|--|--|\n| two | name | yes | no |\n| one | word | no "
	"| "
	"x |\n",
	NULL},
    {"the same, and the other side left both: a row put first stays there",
	"| k | n | s | w |\n|--|--|--|--|\n| one | | name | Doing |\n| two | title | no "
	"| yes |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| new | word | x | no |\n| one | | name | "
	"Doing |\n| two | title | no | yes |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| two | | name | Doing |\n| one | title | no "
	"| yes |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| new | word | x | no |\n| two | | name | "
	"Doing |\n| one | title | no | yes |\n"},
    {"a cell that it alone has says more than its place beside a row that both added",
	"| k | n | s | l | w |\n|--|--|--|--|--|\n| K0 | | | Title q0 | no |\n"
	"| K0 | q1 | | Title q2 | yes |\n",
	"| k | n | s | l | w |\n|--|--|--|--|--|\n| K0 | q1 | | q5 | yes |\n"
	"| K0 | | | Title q0 | no |\n| K0 | q3 | Doing | link q4 | Doing |\n",
	"| k | n | s | l | w |\n|--|--|--|--|--|\n| K0 | q3 | Doing | link q4 | Doing |\n"
	"| K0 | | | Title q0 | no |\n| K0 | q1 | | link q8 | yes |\n",
	NULL},
    {"a row numbered anew is not the row that both put before it, for one word",
	K3("| 1 | | |\n| 2 | no | yes |\n| 3 | name | x |\n| 4 | q1 | no |\n| 5 | x | "
	   "|\n"),
	K3("| 1 | | |\n| 2 | no | yes |\n| 3 | both | no |\n| 4 | name | x |\n| 5 | "
	   "q1 | no |\n| 6 | x | |\n"),
	K3("| 1 | | |\n| 2 | no | yes |\n| 3 | both | no |\n| 4 | name | x |\n| 5 | "
	   "q1 | Doing |\n| 6 | x | |\n"),
	NULL},
    {"a word of the second column names a row, and two cells say it is another: the "
     "order stays",
	"| k | n | s | w |\n|--|--|--|--|\n| g | name | Doing | x |\n| g | Doing | link "
	"| yes |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| g | Doing | other | no |\n| g | name | "
	"Doing | x |\n| g | word | link | yes |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| g | name | Doing | x |\n| g | Doing | link "
	"| yes |\n| h | new | last | |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| g | Doing | other | no |\n| g | name | "
	"Doing | x |\n| g | word | link | yes |\n| h | new | last | |\n"},
    {"one that ours put before a row that both added, and then renamed one: the order "
     "stays",
	K3("| first | x | 1 |\n| old | title | yes |\n"),
	K3("| first | x | 1 |\n| here | word | Doing |\n| both | q | yes |\n| new | "
	   "title "
	   "| yes |\n"),
	K3("| first | x | 1 |\n| both | q | yes |\n| there | p | yes |\n| old | title | "
	   "yes |\n"),
	K3("| first | x | 1 |\n| here | word | Doing |\n| both | q | yes |\n| there | p "
	   "| "
	   "yes |\n| new | title | yes |\n")},
    {"a row put where another went, which the other side took to another group",
	K3("| G | a | |\n| H | b | x |\n| | name | Doing |\n"),
	K3("| G | a | |\n| H | b | x |\n| | other | Doing |\n"),
	K3("| G | a | |\n| | name | Doing |\n| H | b | x |\n"), NULL},
    // blank lines
    {"a blank line here, a row below edited there", "a 1/b 2/c 3",
	HEAD "| a | 1 |\n\n| b | 2 |\n| c | 3 |\n", "a 1/b 2/c 9",
	HEAD "| a | 1 |\n\n| b | 2 |\n| c | 9 |\n"},
    {"a blank line here, a row below deleted there", "a 1/b 2/c 3",
	HEAD "| a | 1 |\n\n| b | 2 |\n| c | 3 |\n", "a 1/b 2",
	HEAD "| a | 1 |\n\n| b | 2 |\n"},
    {"a blank line here, the row behind it deleted there", "a 1/b 2/c 3",
	HEAD "| a | 1 |\n\n| b | 2 |\n| c | 3 |\n", "a 1/c 3",
	HEAD "| a | 1 |\n\n| c | 3 |\n"},
    {"other numbers of blank lines at the end, and a row", HEAD "| a | 1 |\n\ntext\n\n",
	HEAD "| a | 1 |\n\ntext\n\n\n\n", HEAD "| a | 1 |\n| b | 2 |\n\ntext\n",
	HEAD "| a | 1 |\n| b | 2 |\n\ntext\n"},
    {"blank lines at the end here, a row there", "a 1", HEAD "| a | 1 |\n\n\n", "a 1/b 2",
	HEAD "| a | 1 |\n| b | 2 |\n\n\n"},
    {"a blank line at the end gone here, a row there", HEAD "| a | 1 |\n\n\n", "a 1",
	HEAD "| a | 1 |\n| b | 2 |\n\n\n", "a 1/b 2"},

    // rows and tables that move
    {"rows go to a new table here, a column of theirs goes there",
	"# A\n\n" K3("| a | x | 1 |\n| b | y | 2 |\n"),
	"# A\n\n" K3("| a | x | 1 |\n") "\n# B\n\n" K3("| b | y | 2 |\n"),
	"# A\n\n| k | v |\n|--|--|\n| a | x |\n| b | y |\n", NULL},
    {"a table that both added, in two places", "# A\n\ntext\n\n# C\n\ntext too\n",
	"# B\n\n" HEAD "| a | 1 |\n\n# A\n\ntext\n\n# C\n\ntext too\n",
	"# A\n\ntext\n\n# C\n\ntext too\n\n# B\n\n" HEAD "| a | 1 |\n", NULL},
    {"both took a row from another table, one edited it",
	"# A\n\n" K3("| a | x | 1 |\n") "\n# B\n\n" K3("| b | y | 2 |\n"),
	"# A\n\n" K3("| a | x | 1 |\n| b | y | 2 |\n"),
	"# A\n\n" K3("| a | x | 1 |\n| b | | 2 |\n| c | y | 2 |\n"), NULL},
    {"both moved a row to the end, one on to a new table, the other edited it: git would "
     "keep both",
	"| k | n | s | w |\n|--|--|--|--|\n| 1 | q0 | Doing | |\n| 2 | link1 | link2 | "
	"|\n"
	"\nkept\n",
	"| k | n | s | w |\n|--|--|--|--|\n| 1 | q3 | link4 | Doing |\n| 2 | link1 | "
	"link2 "
	"| |\n\n| k | n | s | w |\n|--|--|--|--|\n| 3 | q0 | Doing | |\nkept\n",
	"| k | n | s | w |\n|--|--|--|--|\n| 1 | q3 | link4 | Doing |\n| 2 | link1 | "
	"link2 "
	"| |\n| 3 | q0 | q5 | |\n\nkept\n",
	NULL},
    {"a row that no key names, the same only in the columns that are left",
	"| k | n | w | old |\n|--|--|--|--|\n| g | x | | one |\n| g | y | | two |\n"
	"| h | x | | three |\n",
	"| k | n | w | fresh |\n|--|--|--|--|\n| g | x | | four |\n| g | y | | five |\n"
	"| h | x | | six |\n",
	"| k | n | w | old |\n|--|--|--|--|\n| g | x | | one |\n| g | y | done | two |\n"
	"| h | x | | three |\n",
	NULL},
    {"both moved a row, one of them before a blank line: the other way round it would "
     "have "
     "other rows",
	"| k | n | s | w |\n|--|--|--|--|\n|  |  | Todo | link |\n| a | q9 | yes |\n| b "
	"| q10 | x |\n| a | q12 | Doing |\n| b | q14 | Doing |\n",
	"| k | n | s | w |\n|--|--|--|--|\n|  |  | Todo | link |\n| a | q9 | yes |\n| a "
	"| q12 | Doing |\n| b | q14 | Doing |\n| b | q10 | x |\n",
	"| k | n | s | w |\n|--|--|--|--|\n|  |  | Todo | link |\n| b | q10 | x |\n\n| a "
	"| q9 | yes |\n| a | q12 | Doing |\n| b | q14 | Doing |\n",
	NULL},
    {"both took a row to a new table, one took a number out of it, among rows like it",
	"# A\n\n" K3("| a | x | 1 |\n| b | name | 2 |\n"),
	"# A\n\n" K3("| a | x | 1 |\n") "\n# B\n\n" K3(
	    "| b | name | |\n| b | word | 4 |\n| c | name | 5 |\n"),
	"# A\n\n" K3("| a | x | 1 |\n") "\n# B\n\n" K3(
	    "| b | name | 2 |\n| b | word | 4 |\n| c | name | 5 |\n"),
	NULL},
    {"one side split a table and took a column from the part that kept its heading: "
     "where do the "
     "other's new rows go?",
	"# A\n\n" K3("| alpha | x | 1 |\n| beta | y | 2 |\n| gamma | z | 3 |\n"),
	"# A\n\n| k | w |\n|--|--|\n| alpha | 1 |\n| beta | 2 |\n\n# B\n\n" K3(
	    "| gamma | z | 3 |\n"),
	"# A\n\n" K3("| new | word | 4 |\n| alpha | x | 1 |\n| beta | y | 2 |\n| gamma | "
		     "z | 3 |\n"),
	NULL},
    {"a column renamed and moved, a cell of it edited",
	K3("| 1 | alpha | x |\n| 2 | beta | yes |\n| 3 | gamma | x |\n| 4 | delta | no "
	   "|\n"),
	"| k | w | title |\n|--|--|--|\n| 1 | x | alpha |\n| 2 | yes | beta |\n| 3 | x | "
	"gamma "
	"|\n| 4 | | delta |\n",
	K3("| 1 | alpha | x |\n| 2 | beta | yes |\n| 3 | other | x |\n| 4 | delta | no "
	   "|\n"),
	"| k | w | title |\n|--|--|--|\n| 1 | x | alpha |\n| 2 | yes | beta |\n| 3 | x | "
	"other "
	"|\n| 4 | | delta |\n"},
    {"both took a row to a new table, one took a cell out of it",
	"# A\n\n" K3("| a | x | 1 |\n| b | name | 2 |\n"),
	"# A\n\n" K3("| a | x | 1 |\n") "\n# B\n\n" K3("| b | | 2 |\n| c | name | 3 |\n"),
	"# A\n\n" K3("| a | x | 1 |\n") "\n# B\n\n" K3("| b | name | 2 |\n"), NULL},
    {"both renamed a column, and one side gave a name to the only row",
	"| k | v |\n|--|--|\n| | gamma |\n", "| k | other |\n|--|--|\n| | gamma |\n",
	"| k | other |\n|--|--|\n| named | gamma |\n",
	"| k | other |\n|--|--|\n| named | gamma |\n"},
    {"of two rows that went, a new one in their place is that of which it says more",
	K3("| a | same | no |\n| b | same | again |\n| c | other | again |\n"),
	K3("| b | same | again |\n| c | other | again |\n"),
	K3("| new | same | again |\n| c | other | again |\n"),
	K3("| new | same | again |\n| c | other | again |\n")},
    {"a key that is found, while the other cells are those of a row that went",
	K3("| alpha | gamma | zeta |\n| g | no | x1 |\n"), K3("| g | gamma | x1 |\n"),
	K3("| | gamma | x1 |\n| alpha | gamma | zeta |\n"), NULL},
    {"a key that a row took from another, which went, beside a new column",
	"one Todo/two eps", "| n | k | v |\n|--|--|--|\n| new | two | Todo |\n",
	"two eps/two Todo", NULL},
    {"a column renamed and its only cell emptied, the row deleted here", "a alpha", HEAD,
	"| k | other |\n|--|--|\n| a | |\n", NULL},
    {"one side emptied the key, the other made a number of the cell beside it",
	K3("| beta | Todo | |\n"), K3("| | Todo | |\n"), K3("| beta | 1 | |\n"),
	K3("| | 1 | |\n")},
    {"one side renamed a column and wrote in the row, the other wrote in a new column",
	"| k | v | w | u |\n|--|--|--|--|\n| 1 | long name | no | |\n",
	"| k | other | w | u |\n|--|--|--|--|\n| 1 | long name | yes | |\n",
	"| k | v | w | new | u |\n|--|--|--|--|--|\n| 1 | long name | no | no | |\n",
	NULL},
    {"a row that both added, each with a cell of its own, not in one place",
	"| k | v | s | l | w |\n|--|--|--|--|--|\n| K2 | q0 | Todo | Doing | x |\n"
	"| K0 | x | | q1 | yes |\n| K1 | q2 | | q3 | |\n",
	"| k | v | s | l | w |\n|--|--|--|--|--|\n| K0 | | Done | q4 | |\n"
	"| K2 | q0 | Todo | Doing | x |\n| K0 | x | | q1 | yes |\n| K1 | q2 | | q3 | |\n",
	"| k | v | s | l | w |\n|--|--|--|--|--|\n| K2 | q0 | Todo | Doing | x |\n"
	"| K0 | x | | q1 | yes |\n| K0 | Doing | | q4 | |\n| K0 | q2 | | q3 | |\n",
	NULL},
    {"a word that names rows is another row's now, whose other cells say so: a row put "
     "before it stays there",
	"| k | n | s | l |\n|--|--|--|--|\n| | q0 | Done | x |\n| | yes | Todo | aq1b "
	"|\n| | [q2](h/) | Doing | yes |\n"
	"| | Title q3 | | Title q4 |\n| | The q5 | Todo | yes |\n| | The q6 | Todo | "
	"Doing |\n"
	"| | x | Todo | q7 |\n",
	"| k | n | s | l |\n|--|--|--|--|\n| | q0 | Done | x |\n| | q9 | Todo | aq1b "
	"|\n| | [q2](h/) | Doing | yes |\n"
	"| | Title q3 | | Title q4 |\n| | The q5 | Todo | yes |\n| | yes | Doing | "
	"[Link](h/10) |\n| | The q6 | Todo | Doing |\n"
	"| | x | Todo | q7 |\n",
	"| k | n | s | l |\n|--|--|--|--|\n| | q0 | Done | x |\n| | no | | aq11 |\n| | "
	"yes | Todo | aq1b |\n| | [q2](h/) | Doing | yes |\n"
	"| | Title q3 | | Title q4 |\n| | The q5 | Todo | yes |\n| | The q6 | Todo | "
	"Doing |\n"
	"| | x | Todo | q7 |\n",
	"| k | n | s | l |\n|--|--|--|--|\n| | q0 | Done | x |\n| | no | | aq11 |\n| | "
	"q9 | Todo | aq1b |\n| | [q2](h/) | Doing | yes |\n"
	"| | Title q3 | | Title q4 |\n| | The q5 | Todo | yes |\n| | yes | Doing | "
	"[Link](h/10) |\n| | The q6 | Todo | Doing |\n"
	"| | x | Todo | q7 |\n"},
    {"a row that both renamed, to the name of a row of another table, beside a renamed "
     "column",
	"# A\n\n" K3("| other | x | 1 |\n") "\n# B\n\n" K3("| a | long name | |\n"),
	"# A\n\n" K3("| other | x | 1 |\n") "\n# B\n\n| k | col | w |\n|--|--|--|\n"
					    "| other | long name | |\n",
	"# A\n\n" K3("| other | x | 1 |\n") "\n# B\n\n| k | col | w |\n|--|--|--|\n"
					    "| third | long name | |\n",
	NULL},
    {"two rows made equal, one by each side", "one no/one gamma",
	HEAD "| one | no |\n| one | |\n", HEAD "| one | |\n| one | gamma |\n", NULL},
    {"two rows of one short key made equal, one by each side", "a no/a gamma",
	HEAD "| a | no |\n| a | |\n", HEAD "| a | |\n| a | gamma |\n", NULL},
    {"what both sides wrote in a row makes it equal to another, which nobody touched",
	"| k | n | s | w |\n|--|--|--|--|\n| | aq0b | Doing | x |\n| | q1 | | |\n| | "
	"Title q2 | Todo | yes |\n| | yes | Todo | no |\n| | q3 | | x |\n| | Doing | "
	"Todo | Doing |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| | aq0b | Doing | x |\n| | q1 | | |\n| | "
	"Title q2 | Todo | yes |\n| | Doing | Todo | no |\n| | q3 | | x |\n| | Doing | "
	"Doing | x |\n| | Doing | Todo | Doing |\n",
	"| k | n | s | w |\n|--|--|--|--|\n| | aq0b | Doing | x |\n| | q1 | | |\n| | "
	"Title q2 | Todo | yes |\n| | yes | Todo | Doing |\n| | q3 | | x |\n| | Doing | "
	"Doing | x |\n| | Doing | Todo | Doing |\n",
	NULL},
    {"a row moves behind a group here, one is added before it there",
	K3("| G | a | 1 |\n| | b | 1 |\n| | c | 1 |\n"),
	K3("| G | a | 1 |\n| | c | 1 |\n| | b | 1 |\n| H | d | 1 |\n"),
	K3("| G | a | 1 |\n| | b | 1 |\n| | c | 1 |\n| I | e | 1 |\n"),
	K3("| G | a | 1 |\n| | c | 1 |\n| | b | 1 |\n| I | e | 1 |\n| H | d | 1 |\n")},
};

static void
test_doubt(void **state)
{
	(void)state;
	merging_both_ways(cases, NELEM(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_doubt)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
