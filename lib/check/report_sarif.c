// Findings as SARIF 2.1.0, for GitHub code scanning and other viewers.
#include "base/ascii.h"
#include "base/json.h"
#include "base/map.h"
#include "check/report.h"

#include <string.h>

#define SCHEMA                                                                           \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"            \
	"sarif-schema-2.1.0.json"

static void
add_message(struct rmk_json *j, const char *name, struct rmk_str text)
{
	rmk_json_object(j, name);
	rmk_json_text(j, "text", text);
	rmk_json_end(j);
}

// Help of a rule in Markdown: why, and the two examples.
static void
add_help(struct rmk_json *j, const struct rmk_rule *rule)
{
	struct rmk_buf help = {.arena = j->out->arena};

	rmk_buf_printf(&help, "%s\n", rule->why);
	if (rule->bad)
		rmk_buf_printf(&help,
		    "\nBad:\n\n```markdown\n%s```\n\nGood:\n\n```markdown\n%s```\n",
		    rule->bad, rule->good);
	rmk_json_object(j, "help");
	rmk_json_text(j, "text", rmk_str_of(rule->why));
	rmk_json_text(j, "markdown", rmk_buf_str(&help));
	rmk_json_end(j);
}

static void
report_sarif_add_rules(struct rmk_json *j)
{
	rmk_json_array(j, "rules");
	for (size_t i = 0; i < rmk_nrules; i++) {
		const struct rmk_rule *rule = &rmk_rules[i];

		rmk_json_object(j, NULL);
		rmk_json_cstr(j, "id", rule->name);
		add_message(j, "shortDescription", rmk_str_of(rule->brief));
		add_message(j, "fullDescription",
		    rmk_str_printf(j->out->arena, "%s %s", rule->brief, rule->why));
		add_help(j, rule);
		rmk_json_object(j, "defaultConfiguration");
		rmk_json_cstr(j, "level", rmk_level_name(rule->level));
		rmk_json_end(j);
		rmk_json_object(j, "properties");
		rmk_json_array(j, "tags");
		rmk_json_cstr(j, NULL, "markdown");
		rmk_json_cstr(j, NULL, rule->family);
		rmk_json_end(j);
		rmk_json_end(j);
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

// A path as a relative URI: bytes that are not unreserved are %XX.
static struct rmk_str
uri_of(struct rmk_buf *out, struct rmk_str path)
{
	struct rmk_buf uri = {.arena = out->arena};

	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.s[i];

		if (rmk_is_letter(path.s[i]) || rmk_is_digit(path.s[i]) ||
		    (c && strchr("-._~/", c)))
			rmk_buf_addc(&uri, path.s[i]);
		else
			rmk_buf_printf(&uri, "%%%02X", c);
	}
	return rmk_buf_str(&uri);
}

static void
add_artifact(struct rmk_json *j, struct rmk_str path)
{
	rmk_json_object(j, "artifactLocation");
	rmk_json_text(j, "uri", uri_of(j->out, path));
	rmk_json_end(j);
}

static void
add_region(struct rmk_json *j, const char *name, struct rmk_range at, struct rmk_str line)
{
	rmk_json_object(j, name);
	rmk_json_number(j, "startLine", at.line);
	rmk_json_number(j, "startColumn", rmk_report_utf16(line, at.from));
	rmk_json_number(j, "endLine", at.line);
	rmk_json_number(j, "endColumn", rmk_report_utf16(line, at.to));
	rmk_json_end(j);
}

static void
report_sarif_add_fix(struct rmk_json *j, const struct rmk_finding *f)
{
	if (f->nsuggestions == 0)
		return;
	rmk_json_array(j, "fixes");
	rmk_json_object(j, NULL);
	add_message(j, "description", f->hint.n ? f->hint : rmk_str_of(f->rule->brief));
	rmk_json_array(j, "artifactChanges");
	rmk_json_object(j, NULL);
	add_artifact(j, f->path);
	rmk_json_array(j, "replacements");
	for (size_t i = 0; i < f->nsuggestions; i++) {
		rmk_json_object(j, NULL);
		add_region(
		    j, "deletedRegion", f->suggestions[i].at, f->suggestions[i].source);
		add_message(j, "insertedContent", f->suggestions[i].text);
		rmk_json_end(j);
	}
	for (int ends = 0; ends < 5; ends++)
		rmk_json_end(j);
}

static size_t
rule_index(const struct rmk_rule *rule)
{
	return (size_t)(rule - rmk_rules);
}

static void
add_result(struct rmk_json *j, const struct rmk_finding *f, struct rmk_map *seen)
{
	rmk_json_object(j, NULL);
	rmk_json_cstr(j, "ruleId", f->rule->name);
	rmk_json_number(j, "ruleIndex", (long long)rule_index(f->rule));
	rmk_json_cstr(j, "level", rmk_level_name(f->level));
	add_message(j, "message", f->message);
	rmk_json_array(j, "locations");
	rmk_json_object(j, NULL);
	rmk_json_object(j, "physicalLocation");
	add_artifact(j, f->path);
	add_region(j, "region", f->at, f->source);
	for (int ends = 0; ends < 3; ends++)
		rmk_json_end(j);
	rmk_json_object(j, "partialFingerprints");
	rmk_json_text(j, "rowmark/v1", rmk_report_fingerprint(j->out, f, seen));
	rmk_json_end(j);
	report_sarif_add_fix(j, f);
	rmk_json_end(j);
}

// The driver has no informationUri, which the format does not require: it would be the
// address of rowmark's home, and rowmark has no public one.
void
rmk_report_sarif(struct rmk_buf *out, const struct rmk_report *r)
{
	struct rmk_json j = {.out = out};
	struct rmk_map seen = {.arena = out->arena};

	rmk_json_object(&j, NULL);
	rmk_json_cstr(&j, "$schema", SCHEMA);
	rmk_json_cstr(&j, "version", "2.1.0");
	rmk_json_array(&j, "runs");
	rmk_json_object(&j, NULL);
	rmk_json_object(&j, "tool");
	rmk_json_object(&j, "driver");
	rmk_json_cstr(&j, "name", "rowmark");
	rmk_json_cstr(&j, "semanticVersion", RMK_VERSION);
	report_sarif_add_rules(&j);
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_json_cstr(&j, "columnKind", "utf16CodeUnits");
	rmk_json_array(&j, "results");
	for (size_t i = 0; i < r->n; i++)
		add_result(&j, rmk_report_at(r, i), &seen);
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_buf_addc(out, '\n');
}
