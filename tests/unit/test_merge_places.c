// Where rows stand in a clean merge: in the order, the group and the table in which the sides have
// them, each case merged both ways.
#include "merging.h"

#define K3(rows) "| k | v | w |\n|--|--|--|\n" rows
#define K2(rows) "| Task | Status |\n|--|--|\n" rows
#define H4 "| k | n | l | y |\n|--|--|--|--|\n"
#define K4(rows) H4 rows
#define H5 "|Key|Name|Status|Link|Note|\n|-|-|-|-|-|\n"
#define H6 "| k | n | s | l | m | y |\n|--|--|--|--|--|--|\n"
#define K6(rows) H6 rows

static const struct merging_case cases[] = {
    // the order of rows
    {"a row edited, and one that is more like what it was added: they are not one",
	K4("| | Doing | Title zero | Doing |\n| | [one](h/) | two | x |\n"
	   "| | yes | five | no |\n| | no | [Link](h/7) | Doing |\n"),
	K4("| | Doing | Title zero | no |\n| | [one](h/) | two | x |\n"
	   "| | yes | five | no |\n| | Doing | [Link](h/8) | Doing |\n"
	   "| | no | [Link](h/7) | Doing |\n"),
	K4("| | yes | [Link](h/10) | |\n| | Doing | Title zero | Doing |\n"
	   "| | [one](h/) | nine | x |\n| | yes | five | no |\n"
	   "| | no | [Link](h/7) | Doing |\n"),
	K4("| | yes | [Link](h/10) | |\n| | Doing | Title zero | no |\n"
	   "| | [one](h/) | nine | x |\n| | yes | five | no |\n"
	   "| | Doing | [Link](h/8) | Doing |\n| | no | [Link](h/7) | Doing |\n")},
    {"two rows became one of both here, a row was put between them there",
	K3("| K2 | alpha | Doing |\n| K1 | The beta of it | x |\n"),
	K3("| K1 | alpha | Doing |\n"),
	K3("| K2 | alpha | Doing |\n| K0 | [gamma](h/) | |\n"
	   "| K1 | The beta of it | x |\n"),
	NULL},
    {"a cell went down to a new row here, a row was put above there: no row changes "
     "places",
	K3("| first | no | Doing |\n| second | Title | |\n"),
	K3("| first | no | Doing |\n| third | Title | |\n| second | | |\n"),
	K3("| first | no | Doing |\n| fourth | other | no |\n| second | Title | |\n"),
	K3("| first | no | Doing |\n| third | Title | |\n| fourth | other | no |\n"
	   "| second | | |\n")},
    // the rows themselves
    {"new rows of one repeated key that do not contradict each other: one or two?",
	K4(""), K4("| K0 | one | Doing | yes |\n| K1 | Title | Done | |\n"),
	K4("| K1 | | Done | [two](h/) |\n| K1 | three | Todo | Doing |\n"), NULL},
    {"columns changed places here, one that was empty in a row went there",
	"| k | n | l | m |\n|--|--|--|--|\n| K1 | yes | zero | |\n| K2 | Title | yes "
	"| x "
	"|\n",
	"| k | n | m | l |\n|--|--|--|--|\n| K1 | yes | | zero |\n| K2 | Title | x | "
	"yes "
	"|\n",
	"| k | n | l |\n|--|--|--|\n| K1 | yes | zero |\n| K2 | Title | yes |\n",
	"| k | n | l |\n|--|--|--|\n| K1 | yes | zero |\n| K2 | Title | yes |\n"},
    {"a column gave way to another that says the same in few rows, a new row says "
     "something "
     "in it there",
	K4("| 1 | a one | no | x |\n| 2 | a two | yes | y |\n| 3 | a three | Doing | "
	   "z "
	   "|\n"),
	"| k | n | z | y |\n|--|--|--|--|\n| 1 | a one | Doing | x |\n| 2 | a two | "
	"yes "
	"| y |\n"
	"| 3 | a three | | z |\n",
	K4("| 1 | a one | no | x |\n| 2 | a two | yes | y |\n| 8 | a four | yes | |\n"
	   "| 3 | a three | Doing | z |\n"),
	NULL},
    {"two rows changed names there, and one of them went to another table on both "
     "sides",
	"# A\n\n" K4("| K0 | Title zero | [Link](h/1) | yes |\n| K1 | Title two | no | x "
		     "|\n") "\n# B\n\n" K4(""),
	"# A\n\n" K4("| K0 | Title zero | [Link](h/1) | yes |\n") "\n# B\n\n" K4(
	    "| K1 | Title two | no | x |\n"),
	"# A\n\n" K4("| K1 | Title zero | [Link](h/1) | yes |\n") "\n# B\n\n" K4(
	    "| K0 | Title two | no | x |\n") "\nend\n",
	NULL},
    {"a row went up into another table here, whose heading theirs renamed",
	"# A\n\n" K3("| a | one | x |\n") "\n# B\n\n" K3("| b | two | y |\n"),
	"# A\n\n" K3("") "\n# B\n\n" K3("| a | one | x |\n| b | two | y |\n"),
	"# A\n\n" K3("| a | one | x |\n") "\n# C\n\n" K3(
	    "| b | two | y |\n| c | three | z |\n"),
	"# A\n\n" K3("") "\n# C\n\n" K3(
	    "| a | one | x |\n| b | two | y |\n| c | three | z |\n")},
    // groups
    {"a row goes up in its group here, another leads the group there",
	K6("| G7 | Title zero | Doing | no | no | x |\n| | one | Todo | two | | no "
	   "|\n"
	   "| | three | Todo | | Doing | |\n| | six | Doing | yes | x | Doing |\n"),
	K6("| G7 | Title zero | Doing | no | no | x |\n"
	   "| | six | Doing | yes | x | Doing |\n| | one | Todo | two | | no |\n"
	   "| | three | Todo | | Doing | |\n"),
	K6("| G9 | Title eight | Doing | | yes | |\n| G7 | one | Todo | two | | no "
	   "|\n"
	   "| | three | Todo | | Doing | |\n| | six | Doing | yes | x | Doing |\n"),
	NULL},
    // tables
    {"a row that both took to another table, where it changes places with one of "
     "that "
     "key",
	"# A\n\n" K3("| K1 | zero | Doing |\n") "\n# B\n\n" K3(
	    "| K1 | one | Todo |\n| K1 | two | no |\n"),
	"# A\n\n" K3("") "\n# B\n\n" K3(
	    "| K1 | zero | Doing |\n| K1 | one | Todo |\n| K1 | two | no |\n"),
	"# A\n\n" K3("| K1 | one | Todo |\n") "\n# B\n\n" K3(
	    "| K1 | zero | Doing |\n| K1 | two | no |\n"),
	NULL},
    {"a cell went down to a new row here, its row to another table there",
	"# A\n\n" K3("| a | one | x |\n| b | two | y |\n") "\n# B\n",
	"# A\n\n" K3("| a | one | x |\n| b | | y |\n| c | two | |\n") "\n# B\n",
	"# A\n\n" K3("| a | one | x |\n") "\n# B\n\n" K3("| b | two | y |\n"),
	"# A\n\n" K3("| a | one | x |\n| c | two | |\n") "\n# B\n\n" K3("| b | | y |\n")},
    {"a table gave all its rows and its heading for others here, and has a new row "
     "there",
	"# A\n\n" K3("| 1 | one | x |\n") "\nend\n",
	"# A\n\n" K3("| 2 | two | x |\n| 1 | one | x |\n") "\nend\n",
	"# B\n\n" K3("| K1 | three | no |\n| K0 | four | |\n") "\nend\n", NULL},
    {"rows without a name: a part of the table got a heading here, a row came there",
	"# A\n\n" K4("| | one | | no |\n| | two of it | | yes |\n") "\nend\n",
	"# A\n\n| k | n | l |\n|--|--|--|\n| | one | |\n\n# B\n\n" K4(
	    "| | two of it | | yes |\n") "\nend\n",
	"# A\n\n" K4("| | one | | no |\n| | [three](h/) | Doing | Doing |\n"
		     "| | two of it | | yes |\n") "\nend\n",
	NULL},
    {"an empty table put elsewhere and renamed here, put there and filled there",
	"## Table 0\n"
	"\n"
	"intro 0\n"
	"\n" H6 "| q0 | yes | Done |  | yes | Doing |\n"
	"\n"
	"## Table 1\n"
	"\n"
	"intro 1\n"
	"\n" H4 "|  | [Lq1](h/) | x | Doing |\n"
	"|  | aq2b | Doing | x |\n"
	"\n"
	"## Table 2\n"
	"\n"
	"intro 2\n"
	"\n" H6 "\n"
	"## After\n",
	"## Table 0\n"
	"\n"
	"intro 0\n"
	"\n" H6 "| q0 | yes | Done |  | yes | Doing |\n"
	"\n"
	"## Renamed\n"
	"\n"
	"intro 2\n"
	"\n" H6 "\n"
	"## Table 1\n"
	"\n"
	"intro 1\n"
	"\n" H4 "|  | [Lq1](h/) | x | Doing |\n"
	"|  | aq2b | Doing | x |\n"
	"\n"
	"## After\n",
	"## Table 0\n"
	"\n"
	"intro 0\n"
	"\n" H6 "\n"
	"## Table 2\n"
	"\n"
	"intro 2\n"
	"\n" H6 "| The q3 of it |  | Done | Title q4 | yes | x |\n"
	"| q0 | yes | Done |  | yes | Doing |\n"
	"\n"
	"## Table 1\n"
	"\n"
	"intro 1\n"
	"\n" H4 "|  | Title q5 | yes | Doing |\n"
	"|  | [Lq1](h/) | x | Doing |\n"
	"|  | aq2b | Doing | x |\n"
	"\n"
	"## After\n",
	NULL},
    {"the first row of a group went, and each side gave its name to another row",
	K3("| G8 | a | one |\n| | Title b | [two](h/) |\n| | c3b | [Link](h/5) |\n"
	   "| | The d of it | yes |\n"),
	K3("| G8 | Title b | [two](h/) |\n| | q9 | The e of it |\n"
	   "| | c3b | [Link](h/5) |\n| | The d of it | yes |\n"),
	K3("| G8 | c3b | [Link](h/5) |\n| | Title b | [two](h/) |\n"
	   "| | The d of it | yes |\n"),
	NULL},
    {"two tables became one, a row of the second got another name on each side",
	"## A\n\n" H5 "|K2|Doing||aq0b||\n|K1|x|Todo|aq1b|x|\n|K2|aq2b|Todo|x|yes|\n|K2|"
	"The q3 of it||yes|no|\n\n## B\n\n" H5
	"|K1|Title q15||Doing|no|\n|K2|The q16 of it|Todo|x|yes|\n|K2|Title "
	"q17|Todo||Doing|\n|K2|x|Done|The q18 of it|no|\n|K1|no|Doing|The q19 of "
	"it|Doing|\n|K1|Title q20|Done|aq21b|Doing|\n",
	"## A\n\n" H5
	"|K2|Doing||aq0b||\n|K1|x|Todo|aq1b|x|\n|K2|aq2b|Todo|x|yes|\n|K2|The q3 of "
	"it||yes|no|\n|K1|Title q15||Doing|no|\n|K2|The q16 of "
	"it|Todo|x|yes|\n|K2|Title "
	"q17|Todo||Doing|\n|K0|x|Done|The q18 of it|no|\n|K1|no|Doing|The q19 of "
	"it|Doing|\n|K1|Title q20|Done|aq21b|Doing|\n",
	"## A\n\n" H5 "|K0|q23|Todo|[Lq24](h/"
	")|no|\n|K2|Doing||aq0b||\n|K1|x|Todo|aq1b|x|\n|K2|aq2b|Todo|x|yes|\n|K2|The "
	"q3 "
	"of it||yes|no|\n|K1|Title q15||Doing|no|\n|K2|The q16 of "
	"it|Todo|x|yes|\n|K2|Title q17|Todo||Doing|\n|K2|aq22b|Done|The q18 of "
	"it|no|\n|K1|no|Doing|The q19 of it|Doing|\n|K1|Title "
	"q20|Done|aq21b|Doing|\n",
	NULL},
    {"a row became what another was, which both sides renamed",
	K3("| | no | Doing |\n| | The q of it | Todo |\n| | no | Todo |\n"),
	K3("| | [L](h/) | Doing |\n| | a2b | Todo |\n| | no | Doing |\n"),
	K3("| | [L](h/) | Doing |\n| | The q of it | Todo |\n| | no | Todo |\n"), NULL},
    {"columns of an empty table change places here, a row comes there; rows of "
     "another table "
     "go to a new one",
	"## A\n\n" H4 "| K0 | aq0b | Done | Doing |\n| K1 | The q1 | Doing | |\n| K0 "
	"| q2 | Todo | x "
	"|\n\n## B\n\n" H4 "\nend\n",
	"## A\n\n" H4 "| K0 | aq0b | Done | x |\n\n## Part\n\n" H4
	"| K1 | The q1 | Doing | |\n| K1 | q7 | Todo | |\n| K0 | q2 | Todo | x "
	"|\n\n## B\n\n| k | n | y | l |\n|--|--|--|--|\n\nend\n",
	"## A\n\n" H4
	"| K0 | aq0b | Done | Doing |\n| K1 | The q1 | Doing | |\n| K1 | q7 | Todo | "
	"|\n| K0 | q2 | Todo | x |\n\n## B\n\n" H4 "| K0 | The q9 | Done | x |\n\nend\n",
	NULL},
    {"two empty tables change places here, with their headings, beside a table that both "
     "added; a row "
     "comes into the first there",
	"## A\n\n" H4 "\n## B\n\n" H4 "\nend\n",
	"## B\n\n" H4 "\n## A\n\n" H4 "\n## C\n\n" H5 "||aq0b||||\n\nend\n",
	"## A\n\n" H4 "|  | aq1b | Todo | x |\n\n## B\n\n" H4 "\n## C\n\n" H5
	"||aq0b||||\n\nend\n",
	NULL},
    {"both took a row to the same new table, one took another one there that it had "
     "changed",
	"# P\n\n" K2("| a | todo |\n| b | todo |\n| d | done |\n"),
	"# P\n\n" K2("| a | todo |\n| b | seen |\n") "\n## Old\n\n" K2("| d | done |\n"),
	"# P\n\n" K2("| b | todo |\n") "\n## Old\n\n" K2("| a | done |\n| d | done |\n"),
	"# P\n\n" K2("| b | seen |\n") "\n## Old\n\n" K2("| a | done |\n| d | done |\n")},
    {"both took a row to the same new table, one of them changed it",
	"# P\n\n" K2("| b | todo |\n| d | done |\n"),
	"# P\n\n" K2("| b | todo |\n") "\n## Old\n\n" K2("| d | done |\n"),
	"# P\n\n" K2("| b | todo |\n") "\n## Old\n\n" K2("| d | dropped |\n"), NULL},
    {"both took a row elsewhere, one here and one there",
	"# P\n\n" K2("| b | todo |\n| d | done |\n") "\n## A\n\n" K2(
	    "| x | y |\n") "\n## B\n\n" K2("| z | w |\n"),
	"# P\n\n" K2("| b | todo |\n") "\n## A\n\n" K2(
	    "| x | y |\n| d | done |\n") "\n## B\n\n" K2("| z | w |\n"),
	"# P\n\n" K2("| b | todo |\n") "\n## A\n\n" K2("| x | y |\n") "\n## B\n\n" K2(
	    "| z | w |\n| d | done |\n"),
	NULL},
    {"a column moves there, one is added here",
	"| k | s | n |\n|--|--|--|\n| a | 1 | x |\n| b | 2 | y |\n",
	"| k | s | n | o |\n|--|--|--|--|\n| a | 1 | x |  |\n| b | 2 | y |  |\n",
	"| k | n | s |\n|--|--|--|\n| a | x | 1 |\n| b | y | 2 |\n",
	"| k | n | s | o |\n|--|--|--|--|\n| a | x | 1 |  |\n| b | y | 2 |  |\n"},
    {"a row went, another came with its first cell, and the row was edited",
	"## A\n\n" H5 "|K1|q3||no|yes|\n\n## B\n\n" H5
	"|K2|q15|Doing|The q16|x|\n|K0|yes|Doing|[Lq18](h/)|no|\n|K1|aq19b|Done||yes|\n",
	"## A\n\n" H5 "|K1|q3||no|yes|\n\n## B\n\n" H5
	"|K2|q15|Doing|The q16|x|\n|K0|yes|Doing|[Lq18](h/)|yes|\n|K1|aq19b|Done||yes|\n",
	"## A\n\n" H5 "|K1|q3||no|yes|\n|K0|[Lq20](h/)|Doing|aq21b|no|\n\n## B\n\n" H5
	"|K2|q15|Doing|The q16|x|\n|K1|aq19b|Done||yes|\n",
	NULL},
    {"a row went, one of the same first cell came in its place, and the row was edited "
     "in a new column",
	"## A\n\n" K3("| K2 | Title q0 | x |\n| K2 | Title q1 | yes |\n| K0 | aq3b | x "
		      "|\n") "\n## B\n\n" K3("| K2 | [Lq8](h/) | x |\n"),
	"## A\n\n" K3("| K2 | Title q0 | x |\n| K2 | Title q1 | yes |\n| K0 | aq3b | x "
		      "|\n") "\n## B\n\n"
			     "| k | new | v | w |\n|--|--|--|--|\n| K2 | Doing | "
			     "[Lq8](h/) | x |\n",
	"## A\n\n" K3("| K2 | Title q0 | x |\n| K0 | aq3b | x |\n") "\n## B\n\n" K3(
	    "| K2 | Title q1 | yes |\n"),
	NULL},
    {"a row became, cell by cell, what another was that both sides renamed; a row of "
     "another table went",
	"## A\n\n" K3("| q | x | 1 |\n| r | y | 2 |\n") "\n## B\n\n" K3(
	    "| K1 | x | Doing |\n| K0 | The q8 of it | no |\n| K1 |  | Doing |\n| K0 | x "
	    "| yes |\n"),
	"## A\n\n" K3("| q | x | 1 |\n") "\n## B\n\n" K3(
	    "| K1 |  | Doing |\n| K0 | The q8 of it | no |\n| K0 |  | Doing |\n| K0 | x "
	    "| yes |\n"),
	"## A\n\n" K3("| q | x | 1 |\n") "\n## B\n\n" K3(
	    "| K1 | x | Doing |\n| K0 | The q8 of it | no |\n| K0 |  | Doing |\n| K0 | x "
	    "| yes |\n"),
	NULL},
    {"both renamed a row and added one under its old name: no link stands twice",
	K3("|  | Doing | [Lq0](h/) |\n|  | aq1b | Doing |\n|  | q2 | yes |\n"),
	K3("|  | The q7 of it | [Lq0](h/) |\n|  | aq1b | Doing |\n|  | q2 | The q8 of it "
	   "|\n"
	   "|  | Doing | The q3 of it |\n|  | The q5 of it | Title q6 |\n"),
	K3("|  | aq4b | [Lq0](h/) |\n|  | q13 | yes |\n|  | aq1b | q9 |\n|  | aq10b | "
	   "The q11 of it |\n"
	   "|  | q2 | yes |\n|  | Doing | The q3 of it |\n"),
	NULL},
    {"a row went with its table's key alone, which here names two rows, of which one "
     "was edited",
	"## A\n\n" K3("| K1 | aq0b | Doing |\n| K2 | aq1b | yes |\n") "\n## B\n\n" K3(
	    "| K1 | The q4 | x |\n"),
	"## A\n\n" K3("| K1 | aq0b | Doing |\n| K2 | q5 | yes |\n| K2 | aq1b | no "
		      "|\n") "\n## B\n\n" K3("| K1 | The q4 | x |\n"),
	"## A\n\n" K3("| K1 | aq0b | Doing |\n") "\n## B\n\n" K3(
	    "| K0 | The q4 | x |\n| K2 | Title q6 | yes |\n"),
	NULL},
};

static void
test_places(void **state)
{
	(void)state;
	merging_both_ways(cases, NELEM(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_places)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
