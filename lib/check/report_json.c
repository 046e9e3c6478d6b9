// Findings as JSON: our own, line by line, and the forms of GitLab and reviewdog.
#include "base/json.h"
#include "base/map.h"
#include "check/report.h"

// --- our own ------------------------------------------------------------------

static void
report_json_add_text(struct rmk_json *j, const char *name, struct rmk_str text)
{
	if (text.n)
		rmk_json_text(j, name, text);
}

static void
add_place(struct rmk_json *j, struct rmk_range at)
{
	rmk_json_number(j, "line", at.line);
	rmk_json_number(j, "column", at.from);
	rmk_json_number(j, "endColumn", at.to);
}

static void
report_json_add_fix(struct rmk_json *j, const struct rmk_finding *f)
{
	rmk_json_bool(j, "fixable", f->nedits || f->nsplices);
	if (f->nsuggestions == 0)
		return;
	rmk_json_array(j, "fix");
	for (size_t i = 0; i < f->nsuggestions; i++) {
		rmk_json_object(j, NULL);
		add_place(j, f->suggestions[i].at);
		rmk_json_text(j, "text", f->suggestions[i].text);
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

static void
add_finding(struct rmk_json *j, const struct rmk_finding *f)
{
	rmk_json_object(j, NULL);
	rmk_json_text(j, "path", f->path);
	add_place(j, f->at);
	rmk_json_cstr(j, "level", rmk_level_name(f->level));
	rmk_json_cstr(j, "rule", f->rule->name);
	rmk_json_text(j, "message", f->message);
	report_json_add_text(j, "table", f->table);
	report_json_add_text(j, "row", f->key);
	report_json_add_text(j, "label", f->label);
	report_json_add_text(j, "found", f->found);
	report_json_add_text(j, "wanted", f->wanted);
	report_json_add_text(j, "hint", f->hint);
	report_json_add_fix(j, f);
	if (f->nothers) {
		rmk_json_array(j, "also");
		for (size_t i = 0; i < f->nothers; i++) {
			rmk_json_object(j, NULL);
			add_place(j, f->others[i]);
			rmk_json_end(j);
		}
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

void
rmk_report_json(struct rmk_buf *out, const struct rmk_report *r)
{
	struct rmk_json j = {.out = out};
	long long errors = 0, fixable = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct rmk_finding *f = rmk_report_at(r, i);

		errors += f->level == RMK_ERROR;
		fixable += f->nedits || f->nsplices;
	}
	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_number(&j, "files", (long long)r->npaths);
	rmk_json_number(&j, "errors", errors);
	rmk_json_number(&j, "warnings", (long long)r->n - errors);
	rmk_json_number(&j, "fixable", fixable);
	rmk_json_array(&j, "findings");
	for (size_t i = 0; i < r->n; i++)
		add_finding(&j, rmk_report_at(r, i));
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_buf_addc(out, '\n');
}

void
rmk_report_jsonl(struct rmk_buf *out, const struct rmk_report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct rmk_json j = {.out = out};

		add_finding(&j, rmk_report_at(r, i));
		rmk_buf_addc(out, '\n');
	}
}

void
rmk_report_rules_json(struct rmk_buf *out)
{
	struct rmk_json j = {.out = out};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_array(&j, "rules");
	for (size_t i = 0; i < rmk_nrules; i++) {
		const struct rmk_rule *rule = &rmk_rules[i];

		rmk_json_object(&j, NULL);
		rmk_json_cstr(&j, "name", rule->name);
		rmk_json_cstr(&j, "family", rule->family);
		rmk_json_cstr(&j, "level", rmk_level_name(rule->level));
		rmk_json_bool(&j, "fixable", rule->fixable);
		rmk_json_cstr(&j, "meaning", rule->brief);
		rmk_json_cstr(&j, "why", rule->why);
		rmk_json_cstr(&j, "bad", rule->bad);
		rmk_json_cstr(&j, "good", rule->good);
		rmk_json_end(&j);
	}
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_buf_addc(out, '\n');
}

// --- a fingerprint ------------------------------------------------------------

struct rmk_str
rmk_report_fingerprint(
    struct rmk_buf *out, const struct rmk_finding *f, struct rmk_map *seen)
{
	struct rmk_str what = rmk_str_printf(out->arena, "%.*s\n%.*s\n%.*s\n%s\n%.*s",
	    RMK_FMT(f->path), RMK_FMT(f->table), RMK_FMT(f->key), f->rule->name,
	    RMK_FMT(f->key.n ? f->label : f->source));
	size_t *count = rmk_map_put(seen, what);

	*count = *count == RMK_NONE ? 0 : *count + 1;
	what = rmk_str_printf(out->arena, "%.*s\n%zu", RMK_FMT(what), *count);
	return rmk_str_printf(out->arena, "%016llx%016llx",
	    (unsigned long long)rmk_str_hash(what),
	    (unsigned long long)rmk_str_hash(
		rmk_str_printf(out->arena, "rowmark\n%.*s", RMK_FMT(what))));
}

// --- GitLab Code Quality ------------------------------------------------------

void
rmk_report_gitlab(struct rmk_buf *out, const struct rmk_report *r)
{
	struct rmk_json j = {.out = out};
	struct rmk_map seen = {.arena = out->arena};

	rmk_json_array(&j, NULL);
	for (size_t i = 0; i < r->n; i++) {
		const struct rmk_finding *f = rmk_report_at(r, i);

		rmk_json_object(&j, NULL);
		rmk_json_text(&j, "description", f->message);
		rmk_json_cstr(&j, "check_name", f->rule->name);
		rmk_json_text(&j, "fingerprint", rmk_report_fingerprint(out, f, &seen));
		rmk_json_cstr(&j, "severity", f->level == RMK_ERROR ? "major" : "minor");
		rmk_json_object(&j, "location");
		rmk_json_text(&j, "path", f->path);
		rmk_json_object(&j, "lines");
		rmk_json_number(&j, "begin", f->at.line);
		rmk_json_end(&j);
		rmk_json_end(&j);
		rmk_json_end(&j);
	}
	rmk_json_end(&j);
	rmk_buf_addc(out, '\n');
}

// --- reviewdog ----------------------------------------------------------------

static void
add_range(struct rmk_json *j, struct rmk_range at)
{
	rmk_json_object(j, "range");
	rmk_json_object(j, "start");
	rmk_json_number(j, "line", at.line);
	rmk_json_number(j, "column", at.from);
	rmk_json_end(j);
	rmk_json_object(j, "end");
	rmk_json_number(j, "line", at.line);
	rmk_json_number(j, "column", at.to);
	rmk_json_end(j);
	rmk_json_end(j);
}

static void
add_diagnostic(struct rmk_json *j, const struct rmk_finding *f)
{
	rmk_json_object(j, NULL);
	// A comment in a review is all its reader has: what to do is in it.
	rmk_json_text(j, "message",
	    f->hint.n ? rmk_str_printf(j->out->arena, "%.*s\n%.*s", RMK_FMT(f->message),
			    RMK_FMT(f->hint))
		      : f->message);
	rmk_json_object(j, "location");
	rmk_json_text(j, "path", f->path);
	add_range(j, f->at);
	rmk_json_end(j);
	rmk_json_cstr(j, "severity", f->level == RMK_ERROR ? "ERROR" : "WARNING");
	rmk_json_object(j, "code");
	rmk_json_cstr(j, "value", f->rule->name);
	rmk_json_end(j);
	if (f->nsuggestions) {
		rmk_json_array(j, "suggestions");
		for (size_t i = 0; i < f->nsuggestions; i++) {
			rmk_json_object(j, NULL);
			add_range(j, f->suggestions[i].at);
			rmk_json_text(j, "text", f->suggestions[i].text);
			rmk_json_end(j);
		}
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

void
rmk_report_rdjson(struct rmk_buf *out, const struct rmk_report *r)
{
	struct rmk_json j = {.out = out};

	rmk_json_object(&j, NULL);
	rmk_json_object(&j, "source");
	rmk_json_cstr(&j, "name", "rowmark");
	rmk_json_end(&j);
	rmk_json_array(&j, "diagnostics");
	for (size_t i = 0; i < r->n; i++)
		add_diagnostic(&j, rmk_report_at(r, i));
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_buf_addc(out, '\n');
}
