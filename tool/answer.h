// The answer of a command to a program: one JSON document on standard output (--json).
//
//	changes, files  ◀── write.c        what every command that writes goes through
//	commit          ◀── write_report.c
//	notes           ◀── out_warn                                  ──▶ {"version": 1, ...}
//	error           ◀── complain
//
// So a command that writes answers by itself as soon as --json is in its table of options. What
// it prints for people is dropped meanwhile; words on standard error stay. Commands that read
// print documents of their own, and have from here the one that says what went wrong.
//
// The shapes are schemas/*.json; they are only ever added to.
#ifndef TOOL_ANSWER_H
#define TOOL_ANSWER_H

#include "git/commit.h"
#include "write.h"

// Whether JSON is asked for.
bool answer_wanted(const struct call *c);

// Answer from here on, and drop what is printed for people. Said again it changes nothing.
void answer_begin(void);
bool answer_is_on(void);

// The command is run again from the start: what was noted so far is not so.
void answer_forget(void);
// Rows that were asked for are the answer, not what was changed besides: they are printed.
void answer_drop(void);

// What was asked for, of cells and rows that are named; what holds its value already is there
// too, and said to be unchanged.
void answer_writes(struct call *c, const struct write *writes, size_t n);

// The same for commands that make a file's text: what differs, by table, row and cell.
void answer_texts(struct rmk_str path, struct rmk_str before, struct rmk_str after);

void answer_file(struct rmk_str path, bool changed);
void answer_commit(const struct rmk_commit_result *r);

// What the sync after it did, as a JSON object; made: the commits that are others now, old and new.
void answer_sync(struct rmk_str json, struct rmk_str (*made)[2], size_t nmade);

// A part of what the command does that was left: "commit", since "--no-commit".
void answer_not_done(const char *what, const char *why);
void answer_commit_left(
    struct call *c); // the commit, since an option or a setting says so

// For out.c: text that is dropped, a line on standard error, and what a complaint says besides its words.
void answer_output(struct rmk_str text);
void answer_note(const char *text);
void answer_error(const struct rmk_err *err);
void answer_no_candidates(void);
void answer_candidate(struct rmk_str address, uint32_t line, struct rmk_str row);
// The columns of which one could have been meant, where this error is what is complained of.
void answer_columns(const struct rmk_err *err, struct rmk_str address,
    const struct rmk_str *names, size_t n);
// Who has the row that was asked for, since when and by which commit; since.s NULL: by none.
void answer_owner(struct rmk_str owner, struct rmk_str since, struct rmk_str commit);

// Print the document. c NULL: the command line was not understood.
void answer_end(struct call *c);

#endif
