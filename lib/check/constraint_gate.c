// Comparing the errors before and after.
//
// Lines shift and messages name lines, so an error is known by its rule, table, column and
// the value found; of each there may be as many as before.
#include "check/constraint_gate.h"
#include "base/buf.h"
#include "base/map.h"
#include "table/patch.h"

static struct rmk_str
identity(struct rmk_arena *a, const struct rmk_finding *f)
{
	return rmk_str_printf(a, "%s\x1f%.*s\x1f%.*s\x1f%.*s", f->rule->name,
	    RMK_FMT(f->table), RMK_FMT(f->label), RMK_FMT(f->found));
}

static struct rmk_findings *
constraint_gate_check_all(
    struct rmk_arena *a, const struct rmk_doc *const *docs, size_t n)
{
	struct rmk_findings *found = RMK_NEW_N(a, struct rmk_findings, n);
	// A region is brought up to date behind the change, and by it.
	const struct rmk_rule_setting regions = {RMK_STR("stale-region"), RMK_OFF, NULL};
	struct rmk_check_opts opts = {
	    .settings = &regions, .nsettings = 1, .apart = true};

	for (size_t i = 0; i < n; i++)
		rmk_check_doc(a, docs[i], &opts, &found[i]);
	rmk_check_across(a, docs, n, &opts, found);
	return found;
}

static void
count_errors(
    struct rmk_arena *a, const struct rmk_findings *found, size_t n, struct rmk_map *out)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < found[i].n; k++) {
			size_t *count = rmk_map_put(out, identity(a, &found[i].v[k]));

			*count = *count == RMK_NONE ? 1 : *count + 1;
		}
	}
}

static enum rmk_code
constraint_gate_refuse(const struct rmk_finding *f, struct rmk_err *err)
{
	rmk_fail(err, RMK_REFUSED, "%.*s:%u:%u: %s%.*s%s%.*s [%s]", RMK_FMT(f->path),
	    f->at.line, f->at.from, f->key.n ? "row '" : "",
	    RMK_FMT(f->apart.n ? f->apart : f->key), f->key.n ? "': " : "",
	    RMK_FMT(f->message), f->rule->name);
	return rmk_hint(err, "the table's declaration forbids it; nothing was written");
}

// Whether an error is one of those counted; then it is counted no more.
static bool
was_there(struct rmk_arena *a, struct rmk_map *before, const struct rmk_finding *f)
{
	size_t *left = rmk_map_put(before, identity(a, f));

	if (*left == RMK_NONE || *left == 0)
		return false;
	*left -= 1;
	return true;
}

const struct rmk_finding *
rmk_check_merged(struct rmk_arena *a, const struct rmk_doc *ours,
    const struct rmk_doc *theirs, const struct rmk_doc *merged)
{
	struct rmk_map in_ours = {.arena = a}, in_theirs = {.arena = a};
	const struct rmk_findings *found = constraint_gate_check_all(a, &merged, 1);

	if (!found->nerrors)
		return NULL;
	count_errors(a, constraint_gate_check_all(a, &ours, 1), 1, &in_ours);
	count_errors(a, constraint_gate_check_all(a, &theirs, 1), 1, &in_theirs);
	for (size_t k = 0; k < found->n; k++) {
		bool ours_has = was_there(a, &in_ours, &found->v[k]);
		bool theirs_has = was_there(a, &in_theirs, &found->v[k]);

		if (found->v[k].level == RMK_ERROR && !ours_has && !theirs_has)
			return &found->v[k];
	}
	return NULL;
}

enum rmk_code
rmk_check_gate(struct rmk_arena *a, const struct rmk_doc *const *old,
    const struct rmk_doc *const *new, size_t n, struct rmk_err *err)
{
	struct rmk_map before = {.arena = a};
	struct rmk_findings *found;
	bool declared = false;

	for (size_t i = 0; i < n; i++)
		declared |= rmk_check_spans(new[i]);
	if (!declared)
		return RMK_OK;
	count_errors(a, constraint_gate_check_all(a, old, n), n, &before);
	found = constraint_gate_check_all(a, new, n);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < found[i].n; k++) {
			const struct rmk_finding *f = &found[i].v[k];

			if (!was_there(a, &before, f) && f->level == RMK_ERROR)
				return constraint_gate_refuse(f, err);
		}
	}
	return RMK_OK;
}

// What was made of a document whose tables declare something.
static enum rmk_code
check_made(struct rmk_arena *a, const struct rmk_doc *old, struct rmk_str made,
    struct rmk_err *err)
{
	const struct rmk_doc *now;
	enum rmk_code code = rmk_doc_remake(a, old, made, &now, err);

	return code ? code : rmk_check_gate(a, &old, &now, 1, err);
}

enum rmk_code
rmk_changes_make(struct rmk_arena *a, const char *version, const struct rmk_doc *doc,
    const struct rmk_change *changes, size_t n, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};
	struct rmk_str made;
	enum rmk_code code;

	code = rmk_changes_apply(a, version, doc, changes, n, &made, err);
	// Changes of cells and rows leave declarations as they are.
	if (!code && !rmk_str_eq(made, doc->text) && rmk_check_spans(doc))
		code = check_made(&scratch, doc, made, err);
	rmk_arena_free(&scratch);
	if (!code)
		*out = made;
	return code;
}

enum rmk_code
rmk_changes_make_text(struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, const struct rmk_doc *seen, const struct rmk_change *changes,
    size_t n, struct rmk_str *out, struct rmk_err *err)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};
	enum rmk_code code = RMK_OK;
	struct rmk_doc *doc, same;

	if (seen && seen->text.s == text.s && seen->text.n == text.n) {
		same = *seen;
		same.path = path;
		doc = &same;
	} else {
		code = rmk_doc_parse(&scratch, path, text, 0, &doc, err);
	}
	if (!code)
		code = rmk_changes_make(a, version, doc, changes, n, out, err);
	rmk_arena_free(&scratch);
	return code;
}
