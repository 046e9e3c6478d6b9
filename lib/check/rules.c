// The table of rules: what each means, why, and an example either way.
//
// The listing of `check --rules`, the manual and the help in SARIF are printed from here,
// and every example is run as a test: the bad one has the fault, the good one has not.
// Rules run in this order; one that knows a row better comes before one that knows it less.
#include "check/check_context.h"

#include <string.h>

#define T2 "| a | b |\n|---|---|\n"
#define STATUS "| Paper | Status |\n|---|---|\n"

const struct rmk_rule rmk_rules[] = {
    {"conflict-marker", "structure", RMK_ERROR, false,
	"A merge left its markers in or beside a table.",
	"'<<<<<<<' and '=======' become rows, '>>>>>>>' a quote in a quote; both sides "
	"are shown.",
	T2 "| 1 | 2 |\n<<<<<<< HEAD\n| 3 | 4 |\n=======\n| 3 | 5 |\n>>>>>>> topic\n",
	T2 "| 1 | 2 |\n| 3 | 5 |\n", check_conflict_marker},
    {"encoding-error", "structure", RMK_ERROR, false,
	"A row holds bytes that are not UTF-8, or the whole file is UTF-16.",
	"They are shown as something else, and some parsers end the table at such a "
	"line.",
	T2 "| caf\xE9 | 2 |\n", T2 "| café | 2 |\n", check_encoding_error},
    {"too-complex", "structure", RMK_ERROR, false,
	"The file goes past a guard against hostile input, so that nothing is known of "
	"it.",
	"Reading it could take more time or memory than the file is worth.", NULL, NULL,
	NULL},
    {"wrapped-row", "structure", RMK_ERROR, false,
	"A row goes on in the next line, which is shown as a row of its own.",
	"A row is one line; a line break inside a cell is <br>.",
	"| a | b | c |\n|---|---|---|\n| 1 | two\nlines | 3 |\n",
	"| a | b | c |\n|---|---|---|\n| 1 | two<br>lines | 3 |\n", check_wrapped_row},
    {"not-a-table", "structure", RMK_ERROR, false,
	"Header and delimiter row do not make a table: all of it is shown as text.",
	"A table needs as many cells in the delimiter row as in the header, nothing but "
	"'|', "
	"'-' and ':' in it, and both as a block of their own: a blank line above, no "
	"indent of "
	"four, not inside HTML.",
	"| a | b |\n|---|---|---|\n| 1 | 2 |\n", T2 "| 1 | 2 |\n", check_not_a_table},
    {"indented-table", "structure", RMK_ERROR, false,
	"A table is indented by four or more and shown as code.",
	"Four spaces or a tab make a block of code, unless a list item goes on there.",
	"Text\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n",
	"Text\n\n" T2 "| 1 | 2 |\n", check_indented_table},
    {"split-table", "structure", RMK_ERROR, false,
	"Rows are cut off from their table and shown as text.",
	"A blank line, a comment, an indent of four or a row that starts like another "
	"block "
	"ends a table.",
	T2 "| 1 | 2 |\n\n| 3 | 4 |\n", T2 "| 1 | 2 |\n| 3 | 4 |\n", check_split_table},
    {"hidden-row", "structure", RMK_ERROR, false,
	"Rows that were in a table are still there, but shown as text, code or HTML.",
	"Seen only beside an older version (--staged, --since): a comment, a fence, an "
	"indent or a header that is gone takes every row below or in it with it.",
	NULL, NULL, NULL},
    {"no-delimiter", "structure", RMK_ERROR, false,
	"Rows stand under each other without a delimiter row: they are shown as text.",
	"Only the delimiter row makes a table.", "| a | b |\n| 1 | 2 |\n| 3 | 4 |\n",
	T2 "| 1 | 2 |\n| 3 | 4 |\n", check_no_delimiter},
    {"absorbed-table", "structure", RMK_WARN, false,
	"A second table directly under the first is shown as rows of it, dashes "
	"included.",
	"A table goes on until a blank line.",
	T2 "| 1 | 2 |\n| c | d |\n|---|---|\n| 3 | 4 |\n",
	T2 "| 1 | 2 |\n\n| c | d |\n|---|---|\n| 3 | 4 |\n", check_absorbed_table},
    {"absorbed-text", "structure", RMK_WARN, true,
	"Text directly under a table is shown as a row of it.",
	"A table goes on until a blank line; a row needs no pipe.",
	T2 "| 1 | 2 |\nA note on the table.\n", T2 "| 1 | 2 |\n\nA note on the table.\n",
	check_absorbed_text},
    {"unescaped-pipe", "structure", RMK_ERROR, true,
	"A pipe inside a code span splits the cell, and what is too much is not shown.",
	"Cells are divided before code spans are read: a pipe is written \\| even in "
	"code.",
	T2 "| or | `a | b` |\n", T2 "| or | `a \\| b` |\n", check_unescaped_pipe},
    {"rows-joined", "structure", RMK_ERROR, false,
	"Two or more rows stand on one line: only the first is shown.",
	"Cells beyond the header's are dropped silently.", T2 "| 1 | 2 | | 3 | 4 |\n",
	T2 "| 1 | 2 |\n| 3 | 4 |\n", check_rows_joined},
    {"fullwidth-pipe", "structure", RMK_WARN, false,
	"A character that only looks like a pipe stands where one was meant.",
	"'｜' (full-width), '│' (a drawn line) and the like divide no cells: they are "
	"shown as text.",
	T2 "| 1 | 2｜\n", T2 "| 1 | 2 |\n", check_fullwidth_pipe},
    {"extra-cell", "structure", RMK_ERROR, false,
	"A row has more cells than the table: what is too much is not shown.",
	"Cells beyond the header's are dropped silently.", T2 "| 1 | 2 | lost |\n",
	T2 "| 1 | 2 |\n", check_extra_cell},
    {"empty-extra-cell", "structure", RMK_WARN, false,
	"A row has more cells than the table, all of them empty.",
	"Nothing is lost yet; what is written there will be.",
	T2 "| 1 | 2 | |\n| 3 | 4 |\n", T2 "| 1 | 2 |\n| 3 | 4 |\n",
	check_empty_extra_cell},
    {"blank-row", "structure", RMK_WARN, false, "A row has nothing in it.",
	"An empty row is shown. Several that divide a table into parts are left alone.",
	T2 "|   |\n| 1 | 2 |\n", T2 "| 1 | 2 |\n", check_blank_row},
    {"missing-cell", "structure", RMK_WARN, true, "A row has fewer cells than the table.",
	"GitHub fills it up on the right, so that a cell left out in the middle moves "
	"all "
	"behind it.",
	T2 "| 1 | 2 |\n| 3 |\n| 4 | 5 |\n", T2 "| 1 | 2 |\n| 3 | |\n| 4 | 5 |\n",
	check_missing_cell},
    {"blank-label", "structure", RMK_WARN, false, "A column with cells has no label.",
	"Nobody can name it. A blank corner over the names of rows is left alone.",
	"| a | b | |\n|---|---|---|\n| 1 | 2 | 3 |\n",
	"| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n", check_blank_label},
    {"duplicate-label", "structure", RMK_WARN, false, "Two columns have the same label.",
	"Commands and people find a column by its label. Lists side by side are left "
	"alone.",
	"| a | b | a |\n|---|---|---|\n| 1 | 2 | 3 |\n",
	"| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n", check_duplicate_label},
    {"mixed-line-ends", "structure", RMK_WARN, true,
	"The lines of one table end in different ways.",
	"Tools that split at one kind of end see one long line, or a stray CR in a cell.",
	"| a | b |\n|---|---|\n| 1 | 2 |\r\n| 3 | 4 |\n", T2 "| 1 | 2 |\n| 3 | 4 |\n",
	check_mixed_line_ends},

    {"broken-link", "content", RMK_WARN, false,
	"A link has no target, or one that cannot work.",
	"A space in the target or a missing ')' makes it text; without https:// it leads "
	"to a "
	"file.",
	T2 "| 1 | [site](https:// example.org) |\n",
	T2 "| 1 | [site](https://example.org) |\n", check_broken_link},
    {"missing-path", "content", RMK_WARN, false,
	"A relative link leads to no file of the repository.",
	"GitHub answers it with 404. Told only where the tree is known.", NULL, NULL,
	check_missing_path},
    {"missing-anchor", "content", RMK_WARN, false,
	"A link leads to a heading that is not on this page.",
	"It stays at the top of the page. Anchors are made of the headings' text.",
	"# Papers\n\n" T2 "| 1 | [up](#paper) |\n",
	"# Papers\n\n" T2 "| 1 | [up](#papers) |\n", check_missing_anchor},
    {"duplicate-row", "content", RMK_WARN, false, "Two rows are the same in every cell.",
	"It is counted twice.",
	STATUS "| LIMA | Read |\n| LoRA | Read |\n| LIMA | Read |\n",
	STATUS "| LIMA | Read |\n| LoRA | Read |\n", check_duplicate_row},
    {"duplicate-key", "content", RMK_WARN, false,
	"What names a row names another row too, with other cells.",
	"One of them is out of date, or they want different names. Blank and repeated "
	"keys that "
	"group rows are left alone.",
	STATUS
	"| LIMA | Read |\n| LoRA | Read |\n| QLoRA | Read |\n| LIMA | Not read |\n",
	STATUS "| LIMA | Read |\n| LoRA | Read |\n| QLoRA | Read |\n",
	check_duplicate_key},
    {"duplicate-link", "content", RMK_WARN, false,
	"Two rows have the same link, in a column whose links are otherwise different.",
	"One was copied and not changed, or the thing is listed twice.",
	"| a | Link |\n|---|---|\n| 1 | [x](https://example.org/1) |\n"
	"| 2 | [x](https://example.org/2) |\n| 3 | [x](https://example.org/1) |\n",
	"| a | Link |\n|---|---|\n| 1 | [x](https://example.org/1) |\n"
	"| 2 | [x](https://example.org/2) |\n| 3 | [x](https://example.org/3) |\n",
	check_duplicate_link},
    {"status-spelling", "content", RMK_WARN, true, "One status is spelled in two ways.",
	"It is counted as two. Case, spaces and U+FE0F make the difference, which is "
	"hard or "
	"impossible to see. In columns of other values only what cannot be seen counts.",
	STATUS "| A | Not read |\n| B | Not Read |\n| C | Not read |\n| D | Read |\n| E "
	       "| Read |\n",
	STATUS "| A | Not read |\n| B | Not read |\n| C | Not read |\n| D | Read |\n| E "
	       "| Read |\n",
	check_status_spelling},
    {"status-typo", "content", RMK_WARN, false,
	"A status is one letter off one that stands much more often.",
	"It is counted as a value of its own.",
	STATUS "| A | Unknown |\n| B | Unknown |\n| C | Unknown |\n| D | Unknown |\n"
	       "| E | Unkown |\n| F | Read |\n| G | Read |\n",
	STATUS "| A | Unknown |\n| B | Unknown |\n| C | Unknown |\n| D | Unknown |\n"
	       "| E | Unknown |\n| F | Read |\n| G | Read |\n",
	check_status_typo},
    {"empty-status", "content", RMK_WARN, false,
	"A status is empty where nearly all others are filled in.",
	"It is counted as neither done nor to do.",
	STATUS
	"| A | Yes |\n| B | No |\n| C | Yes |\n| D | No |\n| E | Yes |\n| F | No |\n"
	"| G | Yes |\n| H | No |\n| I | Yes |\n| J | Yes |\n| K | Yes |\n| L | |\n| M | "
	"No |\n",
	STATUS "| A | Yes |\n| B | No |\n", check_empty_status},

    {"schema-error", "declared", RMK_ERROR, false, "A declaration cannot be understood.",
	"What it promises is not checked.",
	"<!-- rowmark: papers\na: colour\n-->\n" T2 "| 1 | 2 |\n",
	"<!-- rowmark: papers\na: integer\n-->\n" T2 "| 1 | 2 |\n", check_schema_error},
    {"missing-label", "declared", RMK_ERROR, false,
	"A declaration names a column that the header lacks.",
	"The column was renamed or removed, and its rules are not checked.",
	"<!-- rowmark: papers\nc: integer\n-->\n" T2 "| 1 | 2 |\n",
	"<!-- rowmark: papers\na: integer\n-->\n" T2 "| 1 | 2 |\n", check_missing_label},
    {"missing-table", "declared", RMK_ERROR, false,
	"A declaration has no table directly below it.",
	"The table is gone, or broken so that GitHub shows none.",
	"<!-- rowmark: papers; a: key -->\n\nText.\n\n" T2 "| 1 | 2 |\n",
	"<!-- rowmark: papers; a: key -->\n\n" T2 "| 1 | 2 |\n", check_missing_table},
    {"primary-key", "declared", RMK_ERROR, false,
	"A key that is declared is empty, or stands in two rows.",
	"'key' promises that it is unique and not empty.",
	"<!-- rowmark: papers; a: key -->\n" T2 "| 1 | 2 |\n| 1 | 3 |\n",
	"<!-- rowmark: papers; a: key -->\n" T2 "| 1 | 2 |\n| 2 | 3 |\n",
	check_primary_key},
    {"unique-error", "declared", RMK_ERROR, false,
	"A value stands twice in a column that is declared unique.",
	"'unique' promises that all filled cells are different.",
	"<!-- rowmark: papers; b: unique -->\n" T2 "| 1 | x |\n| 2 | x |\n",
	"<!-- rowmark: papers; b: unique -->\n" T2 "| 1 | x |\n| 2 | y |\n",
	check_unique_error},
    {"constraint-required", "declared", RMK_ERROR, false, "A required cell is empty.",
	"'required' promises that it is filled in.",
	"<!-- rowmark: papers; b: required -->\n" T2 "| 1 | |\n",
	"<!-- rowmark: papers; b: required -->\n" T2 "| 1 | x |\n",
	check_constraint_required},
    {"constraint-enum", "declared", RMK_ERROR, false,
	"A value is none of those declared for the column.",
	"'status' and 'enum' list all there are.",
	"<!-- rowmark: papers; b: status = Not read < Read -->\n" T2 "| 1 | Redd |\n",
	"<!-- rowmark: papers; b: status = Not read < Read -->\n" T2 "| 1 | Read |\n",
	check_constraint_enum},
    {"type-error", "declared", RMK_ERROR, false, "A value is not of the declared type.",
	"integer, number, date, link, path and flag say what a cell holds.",
	"<!-- rowmark: papers; b: integer -->\n" T2 "| 1 | two |\n",
	"<!-- rowmark: papers; b: integer -->\n" T2 "| 1 | 2 |\n", check_type_error},
    {"constraint-range", "declared", RMK_ERROR, false, "A number is outside its range.",
	"'min' and 'max' bound it.",
	"<!-- rowmark: papers; b: integer, min 1, max 5 -->\n" T2 "| 1 | 7 |\n",
	"<!-- rowmark: papers; b: integer, min 1, max 5 -->\n" T2 "| 1 | 5 |\n",
	check_constraint_range},
    {"constraint-pattern", "declared", RMK_ERROR, false,
	"A value does not match the declared pattern.",
	"'pattern' is a regular expression.",
	"<!-- rowmark: papers; b: pattern /^[A-Z]+$/ -->\n" T2 "| 1 | x |\n",
	"<!-- rowmark: papers; b: pattern /^[A-Z]+$/ -->\n" T2 "| 1 | X |\n",
	check_constraint_pattern},
    {"foreign-key", "declared", RMK_ERROR, false,
	"A value is no key of the table it refers to.",
	"'ref' promises a row of that name, in any of the files that are checked.",
	"<!-- rowmark: papers; a: key -->\n" T2 "| 1 | x |\n\n"
	"<!-- rowmark: runs; b: ref papers -->\n" T2 "| x | 2 |\n",
	"<!-- rowmark: papers; a: key -->\n" T2 "| 1 | x |\n\n"
	"<!-- rowmark: runs; b: ref papers -->\n" T2 "| x | 1 |\n",
	NULL},
    {"reference-cycle", "declared", RMK_WARN, false,
	"Rows of a table with a status refer to each other in a ring.",
	"Each waits for the next, so none is ever ready: 'rowmark next --ready' leaves "
	"all "
	"out.",
	"<!-- rowmark: tasks; a: key; b: ref tasks -->\n| a | Status | b "
	"|\n|---|---|---|\n"
	"| x | Todo | y |\n| y | Todo | x |\n",
	"<!-- rowmark: tasks; a: key; b: ref tasks -->\n| a | Status | b "
	"|\n|---|---|---|\n"
	"| x | Todo | y |\n| y | Todo | |\n",
	NULL},
    {"stale-region", "declared", RMK_ERROR, false,
	"A region that rowmark writes does not say what the tables say.",
	"Readers see old numbers. 'rowmark render' writes it anew.",
	T2 "| 1 | 2 |\n\n<!-- rowmark:begin summary -->\nold\n<!-- rowmark:end -->\n",
	T2 "| 1 | 2 |\n", check_stale_region},
    {"unused-disable", "declared", RMK_WARN, false,
	"A rule is switched off that finds nothing.",
	"The fault was mended, and the next one like it would not be seen.",
	"<!-- rowmark: papers; @off: missing-cell -->\n" T2 "| 1 | 2 |\n",
	"<!-- rowmark: papers; @off: missing-cell -->\n" T2 "| 1 | 2 |\n| 3 |\n",
	check_unused_disable},
};

const size_t rmk_nrules = sizeof rmk_rules / sizeof *rmk_rules;

const struct rmk_rule *
rmk_rule_find(struct rmk_str name)
{
	for (size_t i = 0; i < rmk_nrules; i++)
		if (rmk_str_eq(name, rmk_str_of(rmk_rules[i].name)))
			return &rmk_rules[i];
	return NULL;
}

const char *
rmk_rule_nearest(struct rmk_str name)
{
	const char *best = NULL;
	unsigned least = 5;

	for (size_t i = 0; i < rmk_nrules; i++) {
		unsigned d = rmk_str_distance(name, rmk_str_of(rmk_rules[i].name), 4);

		if (d < least) {
			least = d;
			best = rmk_rules[i].name;
		}
	}
	return best;
}

const char *
rmk_level_name(enum rmk_level level)
{
	static const char *const names[] = {"default", "off", "warning", "error"};

	return names[level];
}

enum rmk_level
rmk_level_parse(struct rmk_str text)
{
	static const struct {
		const char *word;
		enum rmk_level level;
	} words[] = {{"off", RMK_OFF}, {"warn", RMK_WARN}, {"warning", RMK_WARN},
	    {"error", RMK_ERROR}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (rmk_str_eq_nocase(text, rmk_str_of(words[i].word)))
			return words[i].level;
	return RMK_LEVEL_DEFAULT;
}
