// A check under way: what the rules share. Not installed for users of the library.
//
//	rule ──▶ c->doc, c->tables[t]   what was found out once, before the rules
//	     └─▶ check_report(c, ...)   a finding, unless the rule is off
//
// Every rule runs even when it is off: a row that a rule claims (claimed[row]) is not
// reported again by a vaguer one, and a suppression that hides nothing can be reported.
#ifndef RMK_CHECK_CHECK_CONTEXT_H
#define RMK_CHECK_CHECK_CONTEXT_H

#include "base/map.h"
#include "check/check.h"
#include "schema/row_names.h"

// One column, surveyed: its different values while they are few.
struct column {
	struct value_count *values; // [nvalues] in order of first appearance
	size_t nvalues, cap;
	uint32_t nfilled, nempty;
	bool many; // over the limit: not a column of categories
};

struct value_count {
	struct rmk_str raw;
	uint32_t count;
	uint32_t first; // row
};

struct table_info {
	const struct rmk_table *table;
	size_t index;
	// Labels, which tables may share, and what is declared; all of it: check_schema.
	struct rmk_schema *schema;
	bool inferred;
	struct column *columns; // [ncols]
	uint8_t *claimed;       // [nrows] a rule has spoken of this row
	uint8_t *blank;         // [nrows] nothing is written in it
	// Some row has more or fewer cells than ncols; is blank; does not end in a space and a pipe;
	// begins with '-' or ':'.
	bool uneven, some_blank, open, ruled;
	struct links *links; // made when first asked for (links.c)
	struct twins
	    *twins; // rows that share a key, made when first asked for (duplicate_rows.c)
	bool *off_used;              // [schema->noff] the entry hid something
	struct rmk_str address;      // made when first asked for
	struct rmk_row_names *names; // the same
};

struct rmk_checking {
	struct rmk_arena *a;
	const struct rmk_doc *doc;
	const struct rmk_check_opts *opts;
	struct table_info *tables; // [doc->ntables]
	struct rmk_map *anchors;   // of the page, made when first asked for
	uint32_t *
	    literal; // [nlines + 1] where the HTML opens that shows it as it is (literal.c)
	uint32_t
	    unclosed; // the line of HTML that opens such an element and never ends it; 0: none
	const char *unclosed_name; // "<pre"
	uint8_t *told;  // [nlines + 1] a rule has spoken of the line, which is no row
	bool has_marks; // "rowmark:" is somewhere
	bool has_fakes; // and so is a character that only looks like a pipe
	const struct rmk_rule *rule; // the one that runs
	struct rmk_findings *out;
};

// Survey the tables of a document, ready for a rule.
void check_begin(struct rmk_checking *c, struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_check_opts *opts, struct rmk_findings *out);

// The schema with what can be inferred: status columns.
const struct rmk_schema *check_schema(struct rmk_checking *c, struct table_info *t);

// Whether a column is a status, declared or inferred; or one of categories (status.c).
bool check_is_status(struct rmk_checking *c, size_t table, size_t col);
bool check_is_category(struct rmk_checking *c, size_t table, size_t col);

// Whether the cells of a column repeat so few values that it is one of categories.
bool check_repeats(const struct table_info *t, size_t col, size_t nvalues);

// Whether two different values of the file may be one (spelling_look.c).
bool check_may_differ_in_spelling(struct rmk_checking *c);

// What every finder of a rule ends with: order, and counts.
void check_settle(struct rmk_findings *out);

// A file of which no document can be made.
void check_unparsed(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_check_opts *opts, const char *rule, struct rmk_str why,
    struct rmk_findings *out);

// A finding of the rule that runs, at a place, filed under a table (or RMK_NONE). NULL
// when the rule is off there. Levels below the rule's own are set by the caller.
struct rmk_finding *check_report(
    struct rmk_checking *c, size_t table, struct rmk_range at, struct rmk_str message);

// The same for a cell, or a row (col RMK_NONE), which also names the row's key.
struct rmk_finding *check_report_cell(struct rmk_checking *c, const struct table_info *t,
    size_t row, size_t col, struct rmk_str message);

struct rmk_str check_printf(struct rmk_checking *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

// Whether a text has a letter or digit at all.
bool check_has_word(struct rmk_str text);

// Whether a cell is emphasis as a whole: '**Core**', as headings of sections are.
bool check_is_emphasis(struct rmk_str raw);

// A raw cell with its text exchanged for another spelling, emphasis and links kept; false
// where the two may mean different things, or a reader would see something else.
bool check_respell(struct rmk_checking *c, struct rmk_str raw, struct rmk_str from,
    struct rmk_str to, struct rmk_str *out);

// What was found, shortened for a message.
struct rmk_str check_short(struct rmk_checking *c, struct rmk_str text);

// Places on a line.
struct rmk_range check_line_place(const struct rmk_doc *doc, uint32_t line);
struct rmk_range check_span_place(const struct rmk_doc *doc, struct rmk_span span);

// A row from its content on, and whether a pipe ends it.
struct rmk_str check_row_text(const struct rmk_doc *doc, const struct rmk_row *row);
bool check_is_closed(struct rmk_str row);

// Whether HTML shows a line as it is written, or hides it, so that no table is meant there; and
// what was opened above it and never ends ("<pre"), which takes the line along, or NULL.
bool check_is_literal(struct rmk_checking *c, uint32_t line);
const char *check_unclosed(struct rmk_checking *c, uint32_t line, uint32_t *opened);

// The block a line belongs to, or NULL.
const struct rmk_block *check_block_at(const struct rmk_doc *doc, uint32_t line);

// Another place that a finding is about.
void check_also(struct rmk_checking *c, struct rmk_finding *f, struct rmk_range at);

void check_fix_cell(struct rmk_checking *c, struct rmk_finding *f, size_t table,
    size_t row, size_t col, struct rmk_str value);
void check_fix_splice(struct rmk_checking *c, struct rmk_finding *f, struct rmk_span span,
    struct rmk_str text);

// Characters that cannot be seen, or look like a pipe or a dash (characters.c).
enum character_kind { CHARACTER_INVISIBLE = 1, CHARACTER_PIPE = 2, CHARACTER_DASH = 4 };
unsigned check_character(int32_t code); // enum character_kind, or 0
// The first of some kinds, or RMK_NONE; and the name of one in the document:
// "U+00A0 no-break space, column 14".
size_t check_find_character(struct rmk_str text, unsigned kinds);
// Whether a character of kind CHARACTER_PIPE stands in a text, asked once a file.
bool check_holds_fakes(struct rmk_str text);
// Whether a block holds a pipe, or what looks like one: prose has nothing that was meant as rows.
bool check_block_has_pipes(const struct rmk_checking *c, const struct rmk_block *b);
struct rmk_str check_character_name(struct rmk_checking *c, uint32_t at);
bool check_shows_nothing(struct rmk_str text);

// Lines of Markdown seen as rows (row_lines.c).
enum delimiter_kind {
	DELIM_NONE,
	DELIM_VALID,
	DELIM_NEARLY // meant as one: '—', '=', '+', text among dashes ...
};
struct row_shape {
	size_t at;    // where the content starts, behind indent, '>' and list markers
	size_t pipes; // not escaped
	size_t cells; // as the row scanner counts them
	bool leads, closes; // a pipe at either end
};
struct row_shape check_row_shape(struct rmk_str line);
// '| a | b | |---|---| | 1 | 2 |': a table whose line ends were lost.
bool check_is_collapsed(struct rmk_str line, struct row_shape shape);

// strict, which may be NULL: how many cells are as they should be.
enum delimiter_kind check_delimiter(
    struct rmk_str line, struct row_shape shape, size_t *strict);

// A line as its author saw it: characters that look like a pipe are counted as pipes.
struct row_line {
	struct rmk_str text;
	struct row_shape shape;
	enum delimiter_kind delim;
	size_t indent; // of the content, in columns of the line
	size_t strict; // cells of a delimiter row that are as they should be
	size_t fake; // where the first character is that only looks like a pipe; RMK_NONE
};
struct row_line check_read_line(struct rmk_checking *c, uint32_t number);
// '|' alone, which ends a table.
bool check_is_lone_pipe(const struct row_line *line);

// Where pipes stand inside code spans of a row, without those that are escaped: at most room of
// them. Takes more than linear time.
size_t check_code_pipes(struct rmk_str row, size_t *out, size_t room);

// The rules, in the order they run.
void check_conflict_marker(struct rmk_checking *c);
void check_encoding_error(struct rmk_checking *c);
void check_not_a_table(struct rmk_checking *c);
void check_indented_table(struct rmk_checking *c);
void check_no_delimiter(struct rmk_checking *c);
void check_split_table(struct rmk_checking *c);
void check_wrapped_row(struct rmk_checking *c);
void check_absorbed_table(struct rmk_checking *c);
void check_absorbed_text(struct rmk_checking *c);
void check_rows_joined(struct rmk_checking *c);
void check_unescaped_pipe(struct rmk_checking *c);
void check_fullwidth_pipe(struct rmk_checking *c);
void check_extra_cell(struct rmk_checking *c);
void check_empty_extra_cell(struct rmk_checking *c);
void check_blank_row(struct rmk_checking *c);
void check_missing_cell(struct rmk_checking *c);
void check_blank_label(struct rmk_checking *c);
void check_duplicate_label(struct rmk_checking *c);
void check_mixed_line_ends(struct rmk_checking *c);
void check_broken_link(struct rmk_checking *c);
void check_missing_path(struct rmk_checking *c);
void check_missing_anchor(struct rmk_checking *c);
void check_duplicate_link(struct rmk_checking *c);
void check_duplicate_row(struct rmk_checking *c);
void check_duplicate_key(struct rmk_checking *c);
void check_status_spelling(struct rmk_checking *c);
void check_status_typo(struct rmk_checking *c);
void check_empty_status(struct rmk_checking *c);
void check_schema_error(struct rmk_checking *c);
void check_missing_label(struct rmk_checking *c);
void check_missing_table(struct rmk_checking *c);
void check_constraint_enum(struct rmk_checking *c);
void check_constraint_required(struct rmk_checking *c);
void check_unique_error(struct rmk_checking *c);
void check_primary_key(struct rmk_checking *c);
void check_type_error(struct rmk_checking *c);
void check_constraint_pattern(struct rmk_checking *c);
void check_constraint_range(struct rmk_checking *c);
void check_foreign_key(struct rmk_checking *c);
void check_unused_disable(struct rmk_checking *c);
void check_stale_region(struct rmk_checking *c);

#endif
