// Findings for people: full with the line and a caret, concise one a line.
#include "base/colors.h"
#include "base/utf8.h"
#include "check/report.h"

#include <string.h>

// The part of a long line that is shown around the place, in bytes, which no character
// is wider than: with the line's number and two ellipses it fits 80 columns.
#define BEFORE 30
#define AROUND 70

// Other lines a finding is about: beyond this many they are counted.
#define MAX_OTHERS 12

const struct rmk_report_format rmk_report_formats[] = {
    {"full", rmk_report_full},
    {"concise", rmk_report_concise},
    {"json", rmk_report_json},
    {"jsonl", rmk_report_jsonl},
    {"sarif", rmk_report_sarif},
    {"github", rmk_report_github},
    {"gitlab", rmk_report_gitlab},
    {"rdjson", rmk_report_rdjson},
    {"junit", rmk_report_junit},
    {NULL, NULL},
};

uint32_t
rmk_report_utf16(struct rmk_str line, uint32_t col)
{
	return (uint32_t)rmk_utf8_utf16(rmk_str_part(line, 0, col - 1)) + 1;
}

static const char *
ink(const struct rmk_report *r, const char *escape)
{
	return r->color ? escape : "";
}

static void
add_place_of(struct rmk_buf *out, const struct rmk_finding *f)
{
	if (f->path.n && f->path.s[0] == ':') // "::error::" begins a command of GitHub's
		rmk_buf_adds(out, "./");
	rmk_buf_shown(out, f->path);
	rmk_buf_addc(out, ':');
	rmk_buf_number(out, f->at.line);
	rmk_buf_addc(out, ':');
	rmk_buf_number(out, f->at.from);
}

static void
add_plain_line(struct rmk_buf *out, const struct rmk_finding *f)
{
	add_place_of(out, f);
	rmk_buf_add(
	    out, f->level == RMK_ERROR ? RMK_STR(": error: ") : RMK_STR(": warning: "));
	rmk_buf_shown(out, f->message);
	rmk_buf_add(out, RMK_STR(" ["));
	rmk_buf_adds(out, f->rule->name);
	rmk_buf_add(out, RMK_STR("]\n"));
}

static void
report_text_add_line(
    struct rmk_buf *out, const struct rmk_report *r, const struct rmk_finding *f)
{
	if (!r->color) {
		add_plain_line(out, f);
		return;
	}
	rmk_buf_adds(out, ink(r, RMK_TERM_BOLD));
	add_place_of(out, f);
	rmk_buf_addc(out, ':');
	rmk_buf_adds(out, ink(r, RMK_TERM_PLAIN));
	rmk_buf_addc(out, ' ');
	rmk_buf_adds(out, ink(r, f->level == RMK_ERROR ? RMK_TERM_RED : RMK_TERM_YELLOW));
	rmk_buf_adds(out, rmk_level_name(f->level));
	rmk_buf_addc(out, ':');
	rmk_buf_adds(out, ink(r, RMK_TERM_PLAIN));
	rmk_buf_addc(out, ' ');
	rmk_buf_shown(out, f->message);
	rmk_buf_addc(out, ' ');
	rmk_buf_adds(out, ink(r, RMK_TERM_DIM));
	rmk_buf_addc(out, '[');
	rmk_buf_adds(out, f->rule->name);
	rmk_buf_addc(out, ']');
	rmk_buf_adds(out, ink(r, RMK_TERM_PLAIN));
	rmk_buf_addc(out, '\n');
}

void
rmk_report_concise(struct rmk_buf *out, const struct rmk_report *r)
{
	for (size_t i = 0; i < r->n; i++)
		report_text_add_line(out, r, rmk_report_at(r, i));
}

// Back to the start of the character that byte `at` is in.
static size_t
char_start(struct rmk_str text, size_t at)
{
	if (at > text.n)
		at = text.n;
	while (at > 0 && at < text.n && ((unsigned char)text.s[at] & 0xC0) == 0x80)
		at--;
	return at;
}

static size_t
shown_width(struct rmk_buf *out, struct rmk_str text, size_t from, size_t to)
{
	return rmk_utf8_width(rmk_shown(out->arena, rmk_str_part(text, from, to - from)));
}

static void
add_source(struct rmk_buf *out, const struct rmk_report *r, const struct rmk_finding *f)
{
	size_t from = f->at.from - 1,
	       to = f->at.to > f->at.from ? f->at.to - 1 : f->at.from;
	size_t start = from > BEFORE ? char_start(f->source, from - BEFORE) : 0;
	size_t end = char_start(f->source, start + AROUND), carets;

	if (from > f->source.n)
		from = f->source.n;
	rmk_buf_printf(out, "%s%5u |%s %s", ink(r, RMK_TERM_DIM), f->at.line,
	    ink(r, RMK_TERM_PLAIN), start ? "…" : "");
	rmk_buf_shown(out, rmk_str_part(f->source, start, end - start));
	rmk_buf_printf(out, "%s\n%s      |%s ", end < f->source.n ? "…" : "",
	    ink(r, RMK_TERM_DIM), ink(r, RMK_TERM_PLAIN));
	rmk_buf_fill(out, ' ', shown_width(out, f->source, start, from) + (start > 0));
	carets = shown_width(out, f->source, from, to < end ? to : end);
	rmk_buf_adds(out, ink(r, f->level == RMK_ERROR ? RMK_TERM_RED : RMK_TERM_YELLOW));
	rmk_buf_fill(out, '^', carets ? carets : 1);
	rmk_buf_printf(out, "%s\n", ink(r, RMK_TERM_PLAIN));
}

static void
add_notes(struct rmk_buf *out, const struct rmk_report *r, const struct rmk_finding *f)
{
	if (f->hint.n) {
		rmk_buf_printf(
		    out, "%s      =%s ", ink(r, RMK_TERM_DIM), ink(r, RMK_TERM_PLAIN));
		rmk_buf_shown(out, f->hint);
		rmk_buf_adds(out, f->nedits || f->nsplices ? " (--fix does it)\n" : "\n");
	}
	if (f->nothers == 0)
		return;
	rmk_buf_printf(out, "%s      =%s also line%s", ink(r, RMK_TERM_DIM),
	    ink(r, RMK_TERM_PLAIN), f->nothers > 1 ? "s" : "");
	for (size_t i = 0; i < f->nothers && i < MAX_OTHERS; i++)
		rmk_buf_printf(out, "%s %u", i ? "," : "", f->others[i].line);
	if (f->nothers > MAX_OTHERS)
		rmk_buf_printf(out, " and %zu more", f->nothers - MAX_OTHERS);
	rmk_buf_addc(out, '\n');
}

void
rmk_report_full(struct rmk_buf *out, const struct rmk_report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		report_text_add_line(out, r, rmk_report_at(r, i));
		add_source(out, r, rmk_report_at(r, i));
		add_notes(out, r, rmk_report_at(r, i));
		rmk_buf_addc(out, '\n');
	}
}

// --- the rules ----------------------------------------------------------------

static void
add_example(struct rmk_buf *out, const char *name, const char *text)
{
	struct rmk_str rest = rmk_str_of(text), line;

	rmk_buf_printf(out, "  %s\n", name);
	while (rmk_str_split(&rest, '\n', &line)) {
		if (line.n == 0 && rest.s == NULL)
			break;
		rmk_buf_adds(out, line.n ? "    " : "");
		rmk_buf_shown(out, line);
		rmk_buf_addc(out, '\n');
	}
}

void
rmk_report_rules(struct rmk_buf *out, bool color)
{
	const struct rmk_report r = {.color = color};

	for (size_t i = 0; i < rmk_nrules; i++) {
		const struct rmk_rule *rule = &rmk_rules[i];

		rmk_buf_printf(out, "%s%s%s  %s, %s%s\n  %s\n  %s\n",
		    ink(&r, RMK_TERM_BOLD), rule->name, ink(&r, RMK_TERM_PLAIN),
		    rule->family, rmk_level_name(rule->level),
		    rule->fixable ? ", --fix can mend it" : "", rule->brief, rule->why);
		if (rule->bad) {
			add_example(out, "bad", rule->bad);
			if (strcmp(rule->bad, rule->good))
				add_example(out, "good", rule->good);
		}
		rmk_buf_addc(out, '\n');
	}
}
