// The levels of rules for check: see check_run.h.
#include "check_run.h"
#include "opt.h"
#include "out.h"

static enum rmk_code
no_rule(struct rmk_str name, const char *where, struct rmk_err *err)
{
	const char *near = rmk_rule_nearest(name);

	rmk_fail(err, RMK_INVALID, "%s: no rule '%.*s'", where, RMK_FMT(name));
	if (near)
		return rmk_hint(err, "did you mean '%s'? check --rules lists them", near);
	return rmk_hint(err, "rowmark check --rules lists them");
}

// One setting a rule: the last wins.
static void
put_rule_setting(
    struct check_run *run, struct rmk_str name, enum rmk_level level, uint32_t line)
{
	size_t i = 0;

	while (i < run->nsettings && !rmk_str_eq(run->settings[i].name, name))
		i++;
	run->settings[i] = (struct rmk_rule_setting){name, level, NULL};
	run->lines[i] = line;
	if (i == run->nsettings)
		run->nsettings++;
}

// A rule that a newer rowmark may know is passed over with a word.
static void
use_config_rules(struct check_run *run)
{
	size_t unknown = 0;

	for (size_t i = 0; i < run->config.nrules; i++) {
		const struct rmk_config_rule *r = &run->config.rules[i];
		const char *near;

		if (rmk_rule_find(r->name)) {
			put_rule_setting(
			    run, r->name, rmk_level_parse(r->level), r->line);
			continue;
		}
		if (unknown++ >= RMK_CONFIG_NOTES)
			continue;
		near = rmk_rule_nearest(r->name);
		out_warn(".rowmark.ini:%u: no rule '%.*s', passed over%s%s%s", r->line,
		    RMK_FMT(r->name), near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "; check --rules lists them");
	}
	if (unknown > RMK_CONFIG_NOTES)
		out_warn(".rowmark.ini: %zu more rules that are not known",
		    unknown - RMK_CONFIG_NOTES);
}

static enum rmk_code
use_rule_option(struct check_run *run, struct rmk_str word, struct rmk_err *err)
{
	size_t at = rmk_str_chr(word, '=');
	struct rmk_str name = rmk_str_part(word, 0, at), level;

	if (at == RMK_NONE) {
		rmk_fail(
		    err, RMK_INVALID, "--rule %.*s: a level is wanted", RMK_FMT(word));
		return rmk_hint(err, "--rule NAME=off, =warn or =error");
	}
	level = rmk_str_from(word, at + 1);
	if (!rmk_rule_find(name))
		return no_rule(name, "--rule", err);
	if (rmk_level_parse(level) == RMK_LEVEL_DEFAULT)
		return rmk_fail(err, RMK_INVALID,
		    "--rule: %.*s = '%.*s': off, warn or error is wanted", RMK_FMT(name),
		    RMK_FMT(level));
	put_rule_setting(run, name, rmk_level_parse(level), 0);
	return RMK_OK;
}

// Those of .rowmark.ini, then --rule NAME=LEVEL, which wins.
enum rmk_code
check_collect_levels(struct check_run *run, struct rmk_err *err)
{
	run->settings = RMK_NEW_N(run->call->arena, struct rmk_rule_setting, rmk_nrules);
	run->lines = RMK_NEW_N(run->call->arena, uint32_t, rmk_nrules);
	use_config_rules(run);
	for (size_t i = 0; i < run->nrules; i++)
		if (use_rule_option(run, rmk_str_of(run->rules[i]), err))
			return err->code;
	return RMK_OK;
}
