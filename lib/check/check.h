// What is wrong with the tables of a document, and what the rules are.
//
//	doc ──▶ rmk_check_doc ──▶ findings ──▶ rmk_report_*  text for people and machines
//	 ▲                        │
//	 └────── rmk_fix ◀────────┘        the lossless ones mended, checked again
//
//	README.md:14:3: error: 5 cells, the table has 4: 'Yes' is not shown [extra-cell]
//	path      line col level message                                    rule
//
// One function a rule, all of one signature, driven by one table (rules.c) from which the
// listing, the manual and the help in SARIF are printed too. Level error is for what is
// certain: lost or invisible data, a declared rule broken. All that is judged by
// likelihood is a warning.
//
// Units: lines and columns count from 1, columns count bytes, the end is exclusive.
// Ownership: findings live in the arena and point into it, into the document's text, or
// into static text; they name no document but by its path, so several can be joined.
// Errors: checking cannot fail. A file that could not be parsed is a finding too.
#ifndef RMK_CHECK_CHECK_H
#define RMK_CHECK_CHECK_H

#include "edit/edit.h"
#include "schema/schema.h"
#include "summary/region.h"

enum rmk_level { RMK_LEVEL_DEFAULT, RMK_OFF, RMK_WARN, RMK_ERROR };

struct
    rmk_checking; // a check under way; its shape is for the rules alone (check_context.h)

// One row of the table of rules.
struct rmk_rule {
	const char *name;
	const char *family;     // structure, content or declared
	enum rmk_level level;   // unless configured
	bool fixable;           // some of its findings can be mended without loss
	const char *brief;      // what it means, one sentence
	const char *why;        // why GitHub does so, or why it matters
	const char *bad, *good; // Markdown that has the fault, and that has not
	void (*run)(struct rmk_checking *c); // NULL: found elsewhere
};

extern const struct rmk_rule rmk_rules[];
extern const size_t rmk_nrules;

// By name, or NULL; and the nearest name for a wrong one, or NULL.
const struct rmk_rule *rmk_rule_find(struct rmk_str name);
const char *rmk_rule_nearest(struct rmk_str name);
const char *rmk_level_name(enum rmk_level level); // "warning", "error"
// off, warn or error (warning is understood too). RMK_LEVEL_DEFAULT when none of them.
enum rmk_level rmk_level_parse(struct rmk_str text);

struct rmk_range {
	uint32_t line;
	uint32_t from, to; // columns; to == from: a point
};

struct rmk_finding {
	const struct rmk_rule *rule;
	enum rmk_level level; // RMK_WARN or RMK_ERROR
	struct rmk_str path;
	struct rmk_range at;
	struct rmk_str source;        // the line at.line, without its end
	struct rmk_str message;       // what is wrong, one line
	struct rmk_str found, wanted; // may be empty
	struct rmk_str hint;          // what to do; may be empty
	struct rmk_str table, key; // the table's address and the row's key; may be empty
	struct rmk_str
	    apart; // the key told apart from equal ones of the table; may be empty
	struct rmk_str label;     // the column's label; may be empty
	struct rmk_range *others; // [nothers] the other places it is about
	size_t nothers;
	struct rmk_edit *edits; // [nedits] a fix of cells, for rmk_edits_apply
	size_t nedits;
	struct rmk_splice *splices; // [nsplices] a fix of layout, for rmk_fix
	size_t nsplices;
	struct rmk_suggestion *suggestions; // [nsuggestions] the fix as text on lines
	size_t nsuggestions;
};

// A part of a fix as editors take it: what is at a place becomes text.
struct rmk_suggestion {
	struct rmk_range at;
	struct rmk_str source; // the line, for columns that count characters
	struct rmk_str text;
};

// Bytes put in place of a span. A fix of layout adds or replaces only bytes that are no
// content: a backslash before a pipe, a pipe for an empty cell, a blank line, a line end.
struct rmk_splice {
	struct rmk_span span;
	struct rmk_str text;
};

struct rmk_findings {
	struct rmk_finding *v;
	size_t n, cap;
	size_t nerrors, nwarnings, nfixable;
};

// A level set from outside: .rowmark.ini or --rule.
struct rmk_rule_setting {
	struct rmk_str name;
	enum rmk_level level;
	bool *used; // set when it made a difference; may be NULL
};

struct rmk_check_opts {
	const struct rmk_rule_setting *settings; // later ones win
	size_t nsettings;
	// Whether a path (from the top of the tree, '/'-separated) exists as a file or folder
	// in the tree the document is from. NULL: not known, missing-path is silent.
	bool (*exists)(void *ctx, struct rmk_str path);
	void *ctx;
	// Makes regions of SQL (summary/region.h); NULL: they are not looked at.
	rmk_region_view *view;
	// Opens the other files that regions count; NULL: such regions are not looked at.
	rmk_region_open *open;
	void *open_ctx;
	struct rmk_str tree_path; // the document's path from the top of that tree
	bool
	    apart; // tell rows of one name apart, for findings that are compared or said in words
	bool
	    unnamed; // no key is asked for: to know it, a table's columns must be understood
};

// All findings of one document, in order of line. Tables of other documents are not
// known here: see rmk_check_across.
void rmk_check_doc(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_check_opts *opts, struct rmk_findings *out);

// Parse and check: a file whose parse fails gives one finding (too-complex). doc may be
// NULL; *doc is NULL after a failed parse. The document is parsed in full only when
// something in it looks like a table.
void rmk_check_text(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_check_opts *opts, struct rmk_doc **doc, struct rmk_findings *out);

// Whether a document takes part in rules that span files: it declares a table by name,
// or refers to one.
bool rmk_check_spans(const struct rmk_doc *doc);

// foreign-key and primary-key over several documents; findings are added to out, [n],
// one list a document, which is sorted anew.
void rmk_check_across(struct rmk_arena *a, const struct rmk_doc *const *docs, size_t n,
    const struct rmk_check_opts *opts, struct rmk_findings *out);

// An older version of a document, and what was found in it. doc NULL: the file was not there,
// or could not be parsed.
struct rmk_check_base {
	const struct rmk_doc *doc;
	struct rmk_findings found;
};

// Keep only the findings that no base has, wherever they stand: the same rule, the same
// words, and the same row by key or by text. Returns how many were dropped.
size_t rmk_check_since(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_check_base *bases, size_t nbases, struct rmk_findings *f);

// Add a finding (hidden-row) for rows that a base shows in a table and the document holds,
// but as text, code or HTML.
void rmk_check_hidden(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_check_base *bases, size_t nbases, const struct rmk_check_opts *opts,
    struct rmk_findings *f);

// The settings that made no difference, as findings (unused-disable) of the file they
// stand in.
void rmk_check_unused(struct rmk_arena *a, struct rmk_str path,
    const struct rmk_rule_setting *settings, const uint32_t *lines, size_t n,
    struct rmk_findings *out);

// Mend what can be mended without loss, over and over until nothing more can be. Cells
// are written through the gate (edit/edit.h); layout is changed by adding bytes that are
// no content, and kept only when every cell's text is still there, the finding is gone
// and no error came. *nfixed counts findings. Refused (RMK_REFUSED) on conflict markers.
enum rmk_code rmk_fix(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_check_opts *opts, struct rmk_str *out, size_t *nfixed,
    struct rmk_err *err);

// The same for one finding of the text, at this index of those that rmk_check_text gives:
// RMK_REFUSED where it cannot be mended without loss.
enum rmk_code rmk_fix_one(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_check_opts *opts, size_t at, struct rmk_str *out,
    struct rmk_err *err);

#endif
