// Declarations that are wrong themselves: unknown words, no table below, rules switched
// off that had nothing to say.
#include "ops/check/checking.h"

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

		for (size_t k = 0; k < schema->nproblems; k++)
			if (is_missing_label(&schema->problems[k]) == labels)
				check_report(c, i,
				    check_span_place(c->doc, schema->problems[k].span),
				    schema->problems[k].msg);
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
		if (f)
			f->found = schema->off[i];
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
	for (size_t i = 0; i < doc->nblocks; i++) {
		const struct rmk_block *b = &doc->blocks[i];

		if (line >= b->line && line < b->line + b->nlines)
			return b->kind == RMK_BLOCK_HTML ||
			       b->kind == RMK_BLOCK_PARAGRAPH;
	}
	return true; // a link definition stands in no block
}

static void
find_orphans(struct rmk_checking *c, struct rmk_str open)
{
	struct rmk_str text = c->doc->text;
	size_t from = 0, at;

	while ((at = rmk_str_find(rmk_str_from(text, from), open)) != RMK_NONE) {
		struct rmk_place place;
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
	find_orphans(c, RMK_STR("<!-- rowmark: "));
	find_orphans(c, RMK_STR("<!--rowmark: "));
	find_orphans(c, RMK_STR("[//]: # (rowmark: "));
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
