// What reaches people: nothing in arbitrary bytes steers a terminal, begins a line or turns
// text around, by whichever printer of the library it goes.
//
// Up to the first NUL the input is a path, the rest a file. Both go through rmk_shown, through
// an error and through every format of findings.
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "check/report.h"
#include "internal.h"

#include <string.h>

// No control but the ends of lines that the printer made, no C1, no mark that turns text
// around, and valid UTF-8.
static bool
is_harmless(struct rmk_str text, bool lines)
{
	for (size_t i = 0; i < text.n;) {
		int32_t c;
		size_t n = rmk_utf8_decode(text, i, &c);

		if ((n == 1 && c == 0xFFFD) || (c < 0x20 && !(lines && c == '\n')) ||
		    (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
		    (c >= 0x2066 && c <= 0x2069))
			return false;
		i += n;
	}
	return true;
}

static void
check_shown(struct rmk_str text)
{
	struct rmk_arena a = {0};
	struct rmk_str shown = rmk_shown(&a, text);
	struct rmk_err err;

	CHECK(is_harmless(shown, false));
	CHECK(rmk_str_eq(rmk_shown(&a, shown), shown));
	CHECK(!is_harmless(text, false) || rmk_str_eq(shown, text));
	rmk_fail(&err, RMK_INVALID, "%.*s", RMK_FMT(text));
	CHECK(is_harmless(rmk_str_of(err.msg), false));
	rmk_arena_free(&a);
}

// A line that GitHub would obey is one of ours.
static bool
is_our_command(struct rmk_str line)
{
	return rmk_str_starts(line, RMK_STR("::error title=")) ||
	       rmk_str_starts(line, RMK_STR("::warning title=")) ||
	       rmk_str_starts(line, RMK_STR("::group::")) ||
	       rmk_str_eq(line, RMK_STR("::endgroup::"));
}

static void
check_report_format(const struct rmk_report_format *format, struct rmk_report *report)
{
	struct rmk_arena a = {0};
	struct rmk_buf out = {.arena = &a};
	struct rmk_str rest, line;

	format->write(&out, report);
	rest = rmk_buf_str(&out);
	CHECK(is_harmless(rest, true));
	while (rmk_str_split(&rest, '\n', &line))
		CHECK(!rmk_str_starts(line, RMK_STR("::")) ||
		      (strcmp(format->name, "github") == 0 && is_our_command(line)));
	rmk_arena_free(&a);
}

static void
check_reports(struct rmk_str path, struct rmk_str text)
{
	struct rmk_arena a = {0};
	struct rmk_findings found = {0};
	struct rmk_check_opts opts = {0};
	struct rmk_report report = {0};

	rmk_check_text(&a, path, text, &opts, NULL, &found);
	report = (struct rmk_report){
	    .v = found.v, .n = found.n, .paths = &path, .npaths = 1};
	for (size_t i = 0; rmk_report_formats[i].name; i++)
		check_report_format(&rmk_report_formats[i], &report);
	rmk_arena_free(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rmk_str text = {(const char *)data, size}, path = RMK_STR("a.md");
	size_t nul = rmk_str_chr(text, '\0');

	check_shown(text);
	if (nul != RMK_NONE) {
		path = rmk_str_part(text, 0, nul);
		text = rmk_str_from(text, nul + 1);
	}
	check_reports(path, text);
	return 0;
}
