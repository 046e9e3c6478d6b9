// .rowmark.ini: any bytes give a configuration, or an error that names a line.
//
// The text up to the first NUL is the file, the rest a path that it is asked about. What was
// accepted points at text, its levels are known, and asking twice gives one answer.
#include "fuzz/fuzz.h"
#include "internal.h"

#include "io/config.h"

#include <string.h>

static bool
is_level(struct rmk_str level)
{
	return rmk_str_eq(level, RMK_STR("off")) || rmk_str_eq(level, RMK_STR("warn")) ||
	       rmk_str_eq(level, RMK_STR("error"));
}

static void
check_config(const struct rmk_config *c, struct rmk_str text, struct rmk_str path)
{
	size_t nlines = 1;

	for (size_t i = 0; i < text.n; i++)
		nlines += text.s[i] == '\n';
	for (size_t i = 0; i < c->nrules; i++) {
		CHECK(is_level(c->rules[i].level));
		CHECK(c->rules[i].line >= 1 && c->rules[i].line <= nlines);
	}
	for (size_t i = 0; i < c->ninclude; i++)
		CHECK(c->include[i].text.n > 0);
	for (size_t i = 0; i < c->nexclude; i++)
		CHECK(c->exclude[i].text.n > 0);
	CHECK(rmk_config_wants(c, path) == rmk_config_wants(c, path));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rmk_str text = {(const char *)data, size}, path = RMK_STR("docs/a.md");
	size_t nul = rmk_str_chr(text, '\0');
	struct rmk_arena a = {0};
	struct rmk_config config = {0};
	struct rmk_err err = {0};

	if (nul != RMK_NONE) {
		path = rmk_str_from(text, nul + 1);
		text = rmk_str_part(text, 0, nul);
	}
	if (rmk_config_parse(&a, RMK_STR(".rowmark.ini"), text, &config, &err) == RMK_OK)
		check_config(&config, text, path);
	else
		CHECK(err.msg[0]);
	rmk_arena_free(&a);
	return 0;
}
