// What columns mean, as text for comparing at a glance.
//
//	"| K | Status |\n|---|---|\n| a | Done |\n"   ->   "Status: status = done(Done)1/1\n"
#ifndef RMK_TESTS_SHOWN_SCHEMA_H
#define RMK_TESTS_SHOWN_SCHEMA_H

#include "unit.h"

#include "schema/describe.h"
#include "schema/owner.h"

static inline struct rmk_doc *
parse(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_doc *doc = NULL;
	struct rmk_err err;

	if (rmk_doc_parse(a, S("t.md"), text, 0, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
}

// A field as text: "type why rank:term*count/spellings ..." for comparing at a glance.
static inline void
show_field(struct rmk_buf *out, const struct rmk_field *f)
{
	rmk_buf_printf(out, "%.*s: %s", RMK_FMT(f->label), rmk_type_name(f->type));
	for (size_t i = 0; i < f->nterms; i++) {
		const struct rmk_term *t = &f->terms[i];

		rmk_buf_printf(out, "%s%s(%.*s)%u/%u", i ? " " : " = ",
		    rmk_progress_name(rmk_term_progress(f, t)), RMK_FMT(t->raw), t->count,
		    t->spellings);
	}
	rmk_buf_adds(out, f->is_key ? ", key" : "");
	rmk_buf_adds(out, f->required ? ", required" : "");
	rmk_buf_adds(out, f->unique ? ", unique" : "");
	rmk_buf_adds(out, f->is_owner ? ", owner" : "");
	rmk_buf_adds(out, f->furthest ? ", furthest" : "");
	if (f->has_min)
		rmk_buf_printf(out, ", min %g", f->min);
	if (f->has_max)
		rmk_buf_printf(out, ", max %g", f->max);
	if (f->pattern.s)
		rmk_buf_printf(out, ", /%.*s/", RMK_FMT(f->pattern));
	if (f->ref_table.n)
		rmk_buf_printf(
		    out, " %.*s.%.*s", RMK_FMT(f->ref_table), RMK_FMT(f->ref_col));
	rmk_buf_addc(out, '\n');
}

// The columns that are more than text, a line each, then the problems.
static inline struct rmk_str
show(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	struct rmk_schema *s = rmk_schema_of(a, doc, table);
	struct rmk_buf out = {.arena = a};

	if (s->name.n)
		rmk_buf_printf(&out, "#%.*s\n", RMK_FMT(s->name));
	for (size_t i = 0; i < s->ncols; i++)
		if (s->fields[i].type != RMK_TEXT || s->fields[i].is_key ||
		    s->fields[i].required || s->fields[i].pattern.s)
			show_field(&out, &s->fields[i]);
	for (size_t i = 0; i < s->noff; i++)
		rmk_buf_printf(&out, "off %.*s\n", RMK_FMT(s->off[i]));
	for (size_t i = 0; i < s->nproblems; i++)
		rmk_buf_printf(&out, "! %.*s: %.*s\n",
		    RMK_FMT(rmk_doc_str(doc, s->problems[i].span)),
		    RMK_FMT(s->problems[i].msg));
	return rmk_buf_str(&out);
}

#endif
