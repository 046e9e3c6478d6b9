// Declarations that are wrong themselves: unknown words, no table below, rules switched
// off that had nothing to say.
#include "check/check_context.h"
#include "summary/region.h"

#include <string.h>

// --- schema-error, missing-label ----------------------------------------------

// A problem that is a column's name which the header lacks; value words it so.
static bool
is_missing_label(const struct rmk_schema_problem *problem)
{
	return rmk_str_starts(problem->msg, RMK_STR("no column"));
}

static void
report_problems(struct rmk_checking *c, bool labels)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct rmk_schema *schema = c->tables[i].schema;

		for (size_t k = 0; k < schema->nproblems; k++) {
			struct rmk_finding *f;

			if (is_missing_label(&schema->problems[k]) != labels)
				continue;
			f = check_report(c, i,
			    check_span_place(c->doc, schema->problems[k].span),
			    schema->problems[k].msg);
			if (f)
				f->hint = labels ? RMK_STR("a column is named as in the "
							   "header row")
				                 : RMK_STR("man rowmark-schema lists the "
							   "rules of a declaration");
		}
	}
}

static void
check_off_names(struct rmk_checking *c, size_t table)
{
	const struct rmk_schema *schema = c->tables[table].schema;

	for (size_t i = 0; i < schema->noff; i++) {
		const char *near;
		struct rmk_finding *f;

		if (rmk_rule_find(schema->off[i]))
			continue;
		near = rmk_rule_nearest(schema->off[i]);
		f = check_report(c, table, check_span_place(c->doc, schema->off_spans[i]),
		    check_printf(c, "no rule '%.*s'%s%s%s", RMK_FMT(schema->off[i]),
			near ? ", did you mean '" : "", near ? near : "",
			near ? "'?" : ""));
		if (f) {
			f->found = schema->off[i];
			f->hint = RMK_STR("rowmark check --rules lists them");
		}
	}
}

void
check_schema_error(struct rmk_checking *c)
{
	report_problems(c, false);
	for (size_t i = 0; i < c->doc->ntables; i++)
		check_off_names(c, i);
}

void
check_missing_label(struct rmk_checking *c)
{
	report_problems(c, true);
}

// --- missing-table ------------------------------------------------------------

static bool
is_decl(const struct rmk_doc *doc, size_t at)
{
	for (size_t i = 0; i < doc->ntables; i++) {
		struct rmk_span decl = doc->tables[i].decl;

		if (decl.len && at >= decl.at && at < (size_t)decl.at + decl.len)
			return true;
	}
	return false;
}

// Whether a comment can stand there: not in code of any kind.
static bool
is_comment_place(const struct rmk_doc *doc, uint32_t line)
{
	const struct rmk_block *b = check_block_at(doc, line);

	// A link definition is in no block.
	return b == NULL || b->kind == RMK_BLOCK_HTML || b->kind == RMK_BLOCK_PARAGRAPH;
}

static void
find_orphans(struct rmk_checking *c, struct rmk_str open)
{
	struct rmk_str text = c->doc->text;
	size_t from = 0, at;

	while ((at = rmk_str_find(rmk_str_from(text, from), open)) != RMK_NONE) {
		struct rmk_range place;
		struct rmk_finding *f;
		struct rmk_str line;

		at += from;
		from = at + open.n;
		place = check_line_place(c->doc, rmk_doc_line_of(c->doc, (uint32_t)at));
		line = rmk_str_trim(rmk_doc_line(c->doc, place.line));
		if (!rmk_str_starts(line, rmk_str_part(open, 0, 2)) ||
		    is_decl(c->doc, at) || !is_comment_place(c->doc, place.line))
			continue;
		f = check_report(c, RMK_NONE, place,
		    RMK_STR("a declaration with no table directly below it"));
		if (f)
			f->hint = RMK_STR(
			    "it stands above its table, at most blank lines between");
	}
}

void
check_missing_table(struct rmk_checking *c)
{
	if (!c->has_marks)
		return;
	find_orphans(c, RMK_STR("<!-- rowmark: "));
	find_orphans(c, RMK_STR("<!--rowmark: "));
	find_orphans(c, RMK_STR("[//]: # (rowmark: "));
}

// --- stale-region -------------------------------------------------------------

static const char *
region_state(const struct rmk_region *region)
{
	if (region->state == RMK_REGION_STALE)
		return "the region does not say what the tables say any more; "
		       "'rowmark render' does it anew";
	if (region->state == RMK_REGION_EDITED)
		return "the region was changed by hand since it was written; "
		       "'rowmark render --force' does it anew";
	return NULL; // fresh, or of files that are not at hand here
}

// Markers that do not pair: the message is "PATH:LINE: what is wrong".
static void
report_broken(struct rmk_checking *c, struct rmk_str msg)
{
	struct rmk_finding *f;
	uint32_t line = 1;
	size_t n;

	if (rmk_str_starts(msg, c->doc->path)) {
		struct rmk_str rest = rmk_str_from(msg, c->doc->path.n + 1);

		n = rmk_str_find(rest, RMK_STR(": "));
		if (n != RMK_NONE && rmk_str_to_u32(rmk_str_part(rest, 0, n), &line))
			msg = rmk_str_from(rest, n + 2);
	}
	if (line == 0 || line > c->doc->nlines)
		line = 1;
	f = check_report(c, RMK_NONE, check_line_place(c->doc, line), msg);
	if (f)
		f->hint = RMK_STR("mend the region's marks, or remove them; then run "
				  "rowmark render");
}

void
check_stale_region(struct rmk_checking *c)
{
	const struct rmk_render_opts opts = {
	    .view = c->opts->view, .open = c->opts->open, .ctx = c->opts->open_ctx};
	struct rmk_regions regions;
	struct rmk_str text;
	struct rmk_err err;

	if (!c->has_marks ||
	    rmk_str_find(c->doc->text, RMK_STR("rowmark:begin")) == RMK_NONE)
		return;
	regions = rmk_regions_of(c->a, c->doc);
	if (regions.code == RMK_OK && regions.n == 0)
		return;
	if (rmk_render(c->a, c->doc, &opts, &text, &regions, &err)) {
		report_broken(c, rmk_str_copy(c->a, rmk_str_of(err.msg)));
		return;
	}
	for (size_t i = 0; i < regions.n; i++) {
		const char *state = region_state(&regions.v[i]);

		if (regions.v[i].state == RMK_REGION_REFUSED) {
			report_broken(c, regions.v[i].why);
			continue;
		}
		if (state == NULL)
			continue;
		check_report(c, RMK_NONE, check_line_place(c->doc, regions.v[i].begin),
		    rmk_str_of(state));
	}
}

// --- unused-disable -----------------------------------------------------------

void
check_unused_disable(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t k = 0; k < t->schema->noff; k++) {
			struct rmk_finding *f;

			if (t->off_used[k] || !rmk_rule_find(t->schema->off[k]))
				continue;
			f = check_report(c, i,
			    check_span_place(c->doc, t->schema->off_spans[k]),
			    check_printf(c,
				"'%.*s' is switched off, and finds nothing here",
				RMK_FMT(t->schema->off[k])));
			if (f)
				f->hint = RMK_STR("take it out of @off");
		}
	}
}

void
rmk_check_unused(struct rmk_arena *a, struct rmk_str path,
    const struct rmk_rule_setting *settings, const uint32_t *lines, size_t n,
    struct rmk_findings *out)
{
	const struct rmk_rule *rule = rmk_rule_find(RMK_STR("unused-disable"));

	for (size_t i = 0; i < n; i++)
		*RMK_PUSH(a, out->v, out->n, out->cap) = (struct rmk_finding){
		    .rule = rule,
		    .level = rule->level,
		    .path = path,
		    .at = {lines[i], 1, 1},
		    .source = rmk_str_printf(a, "%.*s = off", RMK_FMT(settings[i].name)),
		    .message = rmk_str_printf(a,
			"'%.*s' is switched off, and finds nothing",
			RMK_FMT(settings[i].name)),
		    .hint = RMK_STR("take it out of .rowmark.ini"),
		};
	check_settle(out);
}
