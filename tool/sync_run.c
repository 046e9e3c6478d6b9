// What `sync` and `land` have in common: see sync_run.h.
#include "sync_run.h"
#include "out.h"
#include "own_program.h"
#include "sql/view.h"
#include "sync/commit_object.h"

#define SYNC_WAIT_MS 60000

enum rmk_code
sync_begin(struct call *c, struct sync_run *out, struct rmk_err *err)
{
	struct rmk_recovered unused;
	const char *program = own_program(c->arena);

	*out = (struct sync_run){.c = c, .scratch.fd = -1};
	if (call_repo(c, &out->repo, err))
		return err->code;
	rmk_commit_recover(c->arena, out->repo, &unused);
	rmk_repo_tidy(c->arena, out->repo);
	out->merging = (struct rmk_merging){.scratch = &out->scratch,
	    .program = program ? program : "rowmark",
	    .view = rmk_view_make};
	if (rmk_commit_wants_signature(c->arena, out->repo, &out->merging.sign, err))
		return err->code;
	return rmk_scratch_take(c->arena, out->repo, SYNC_WAIT_MS, &out->scratch, err);
}

void
sync_end(struct sync_run *run)
{
	rmk_scratch_release(&run->scratch);
}

void
sync_print_obstacles(const struct rmk_obstacle *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out_str(RMK_STR("  "));
		out_shown(STYLE_BOLD, v[i].path);
		out_shown(STYLE_BOLD, v[i].where);
		out_str(RMK_STR(": "));
		out_shown(STYLE_PLAIN, v[i].what);
		out_fill('\n', 1);
	}
}

void
sync_json_obstacles(struct rmk_json *j, const struct rmk_obstacle *v, size_t n)
{
	rmk_json_array(j, "obstacles");
	for (size_t i = 0; i < n; i++) {
		rmk_json_object(j, NULL);
		rmk_json_text(j, "path", v[i].path);
		rmk_json_text(j, "where", v[i].where);
		rmk_json_text(j, "what", v[i].what);
		rmk_json_end(j);
	}
	rmk_json_end(j);
}
