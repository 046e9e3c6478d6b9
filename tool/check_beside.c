// Other files that regions of a checked one count: read where that was read.
#include "base/path.h"
#include "check_run.h"

#include <pthread.h>

// The file whose regions name others, and where it was read.
struct check_beside {
	struct check_run *run;
	const struct rmk_source *source;
	struct rmk_arena *a;
};

static enum rmk_code
check_open_beside(
    void *ctx, struct rmk_str path, const struct rmk_doc **out, struct rmk_err *err)
{
	struct check_beside *b = ctx;
	struct rmk_source source = *b->source;
	bool shared = source.place != RMK_FROM_WORKTREE;
	struct rmk_repo *none = NULL;
	struct rmk_doc *doc;
	struct rmk_str text;
	enum rmk_code code;

	source.path = source.shown = rmk_path_beside(b->a, source.path, path);
	if (shared)
		pthread_mutex_lock(&b->run->lock);
	code = rmk_source_read(
	    b->a, &source, shared ? &b->run->call->repo : &none, &text, NULL, err);
	if (shared)
		pthread_mutex_unlock(&b->run->lock);
	if (code || rmk_doc_parse(b->a, source.shown, text, RMK_PARSE_ALL, &doc, err))
		return err->code;
	*out = doc;
	return RMK_OK;
}

void
check_open_in(const struct rmk_check_opts *opts, struct rmk_arena *a, struct rmk_str rev)
{
	struct check_beside *b = opts->open_ctx;
	struct rmk_source *source = RMK_NEW(a, struct rmk_source);

	if (!b)
		return;
	*source = *b->source;
	source->place = RMK_FROM_COMMIT;
	source->rev = rev;
	b->source = source;
}

void
check_open_beside_of(struct check_run *run, const struct rmk_source *source,
    struct rmk_arena *a, struct rmk_check_opts *opts)
{
	struct check_beside *beside;

	if (source->place == RMK_FROM_STDIN)
		return;
	beside = RMK_NEW(a, struct check_beside);
	*beside = (struct check_beside){run, source, a};
	opts->open = check_open_beside;
	opts->open_ctx = beside;
}
