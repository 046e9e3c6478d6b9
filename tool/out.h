// What the tool prints: colours, widths, the pager, complaints.
//
//	out_str, out_shown, ... ──▶ buffer ──▶ pager, or standard output
//	complain, out_warn      ──────────────▶ standard error: "rowmark: ...", "hint: ..."
//
// Standard output is buffered and written at the end, or through a pager. Colours are
// on when it is a terminal: --color, then NO_COLOR, then CLICOLOR_FORCE decide.
#ifndef TOOL_OUT_H
#define TOOL_OUT_H

#include "cmd.h"

enum style {
	STYLE_PLAIN,
	STYLE_BOLD,
	STYLE_DIM,
	STYLE_RED,
	STYLE_GREEN,
	STYLE_YELLOW,
	STYLE_CYAN
};

// when: "auto", "always", "never" or NULL for auto. pages: a pager may be started, at
// the first byte printed to a terminal.
void out_open(const char *when, bool pages);

// Drop what is printed, where a program is answered instead; and whether anything was printed.
void out_mute(bool mute);
bool out_has_printed(void);

// Print what is buffered, before a prompt asks for more.
void out_flush(void);

// Flush, wait for the pager. TROUBLE when the output could not be written.
enum exit_status out_close(void);

// Columns of the terminal (or COLUMNS); 0 when standard output is not a terminal: do
// not cut anything then.
size_t out_width(void);
bool out_is_terminal(void);
bool out_colored(void);
bool out_is_utf8(void); // by LC_ALL, LC_CTYPE or LANG

void out_str(struct rmk_str text);
void out_sink(
    void *ctx, struct rmk_str text); // the same, of a buffer // bytes as they are
void out_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void out_style(enum style style); // until the next; STYLE_PLAIN ends it
void out_styled(enum style style, struct rmk_str text);
// A line of a file, without its end: as it is for a program, and on a terminal shown.
void out_line(enum style style, struct rmk_str line);
void out_fill(char c, size_t times);

// Text of a document for people: what could steer a terminal is escaped (rmk_shown).
void out_shown(enum style style, struct rmk_str text);

// The same cut to so many columns with an ellipsis, and filled up with spaces: on the
// right, or on the left when right is set. Text as wide as columns is not cut.
void out_fit(enum style style, struct rmk_str text, size_t columns, bool right);

// How far a row is: green done, yellow doing, plain to do.
enum style out_progress_style(enum rmk_progress progress);

// "rowmark: MESSAGE", then "hint: ..."; on standard error. Returns TROUBLE, or FASTER for
// RMK_FASTER.
enum exit_status complain(const struct rmk_err *err);
// Whole lines to stand between the two, the next time: a list of candidates. What is of a
// file in them went through rmk_shown.
void complain_with(struct rmk_str lines);
// A question on a terminal: the lines, then the question, whose answer is read from standard
// input. Empty: nobody is there to be asked, or nothing was answered.
struct rmk_str out_ask(
    struct rmk_arena *a, struct rmk_str lines, struct rmk_str question);
void complain_no_memory(size_t size); // bytes that were wanted
// The same for what is no failure.
void out_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
// With -v only: what is done, on standard error.
void out_verbose(const struct call *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
