// Three versions of a text merged, as a result. See rowmark.h.
#include "merge/merge.h"

#include "api/api.h"
#include "git/line_merge.h"
#include "sql/view.h"

static enum rmk_code
merge_buffers(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	static const char *const names[] = {"where", "what", NULL};
	const struct rmk_merge_opts opts = {
	    .lines = rmk_git_merge_lines, .view = rmk_view_make};
	struct rmk_str texts[3];
	struct rmk_merge merged;

	(void)db;
	for (int i = 0; i < 3; i++)
		texts[i] = args->texts[i]
		               ? (struct rmk_str){args->texts[i], args->sizes[i]}
		               : RMK_STR("");
	if (rmk_merge_texts(
		&r->arena, rmk_str_of(args->path), texts, &opts, &merged, &r->err))
		return r->err.code;
	r->text = api_copy(&r->arena, merged.text);
	api_columns(r, names);
	for (size_t i = 0; i < merged.nconflicts; i++) {
		struct api_row *row = api_add_row(r);

		api_put(r, row, 0, merged.conflicts[i].where);
		api_put(r, row, 1, merged.conflicts[i].what);
	}
	for (size_t i = 0; i < merged.nnotes; i++)
		rmk_buf_printf(&r->notes, "%.*s%s%.*s\n", RMK_FMT(merged.notes[i].where),
		    merged.notes[i].where.n ? ": " : "", RMK_FMT(merged.notes[i].what));
	return RMK_OK;
}

int
rmk_merge(const char *path, const char *base, size_t nbase, const char *ours,
    size_t nours, const char *theirs, size_t ntheirs, struct rmk_result **result)
{
	const struct api_args args = {.path = path ? path : "text",
	    .texts = {base, ours, theirs},
	    .sizes = {nbase, nours, ntheirs}};

	return api_run_alone(result, merge_buffers, &args);
}
