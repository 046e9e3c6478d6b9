// Reading one version after another: see version_cursor.h.
#include "history/version_cursor.h"

// What a pool keeps when it is emptied: memory that is touched already costs no fault.
#define TEXT_CHUNK ((size_t)512 << 10)
#define DOCS_CHUNK ((size_t)8 << 20)
// When a run of patched documents is ended: so many bytes for each of the text. A parse of
// the next one then costs less than the faults of memory that was never touched.
#define DOCS_PER_TEXT 64
#define DOCS_MOST (DOCS_CHUNK / 8 * 7)

struct rmk_version_cursor
rmk_version_cursor_new(
    struct rmk_arena *a, struct rmk_str path, rmk_version_cursor_read *read, void *ctx)
{
	struct rmk_version_cursor t = {.path = path, .read = read, .ctx = ctx};

	for (int i = 0; i < 2; i++) {
		t.docs[i].arena.oom = t.texts[i].arena.oom = a->oom;
		t.docs[i].arena.ctx = t.texts[i].arena.ctx = a->ctx;
	}
	return t;
}

void
rmk_version_cursor_free(struct rmk_version_cursor *t)
{
	for (int i = 0; i < 2; i++) {
		rmk_arena_free(&t->docs[i].arena);
		rmk_arena_free(&t->texts[i].arena);
	}
}

static struct rmk_arena *
trail_arena(struct rmk_version_cursor *t)
{
	return &t->docs[t->turn].arena;
}

void
rmk_pool_empty(struct rmk_pool *p, size_t chunk)
{
	if (!p->empty.chunk) {
		rmk_arena_free(&p->arena);
		rmk_arena_alloc(&p->arena, chunk);
		p->empty.chunk = p->arena.chunk;
	}
	rmk_arena_reset(&p->arena, p->empty);
}

enum rmk_code
rmk_version_cursor_text(
    struct rmk_version_cursor *t, struct rmk_seen *s, struct rmk_err *err)
{
	struct rmk_pool *pool = &t->texts[s->side];

	if (s->text.s)
		return RMK_OK;
	rmk_pool_empty(pool, TEXT_CHUNK);
	t->nread++;
	return t->read(t->ctx, &pool->arena, s->moment, &s->text, err);
}

// Whether a run of patched documents should end. The next one is parsed in the other arena.
static bool
trail_is_full(struct rmk_version_cursor *t, struct rmk_str text)
{
	size_t used = trail_arena(t)->used;

	return used >= DOCS_MOST || used / DOCS_PER_TEXT >= text.n;
}

static void
trail_turn(struct rmk_version_cursor *t)
{
	t->turn ^= 1;
	rmk_pool_empty(&t->docs[t->turn], DOCS_CHUNK);
}

static enum rmk_code
trail_parse(struct rmk_version_cursor *t, struct rmk_str text, struct rmk_doc **doc,
    struct rmk_err *err)
{
	return rmk_doc_parse(trail_arena(t), t->path, text, RMK_PARSE_ALL, doc, err);
}

enum rmk_code
rmk_version_cursor_next(struct rmk_version_cursor *t, const struct rmk_seen *newer,
    struct rmk_seen *s, struct rmk_err *err)
{
	enum rmk_code code = rmk_version_cursor_text(t, s, err);
	bool full;

	if (code)
		return code;
	full = trail_is_full(t, s->text);
	if (newer && newer->doc && !full) {
		s->doc = rmk_doc_patch(trail_arena(t), newer->doc, s->text, &s->patch);
		s->patched = s->doc != NULL;
	}
	if (!s->doc && full)
		trail_turn(t);
	return s->doc ? RMK_OK : trail_parse(t, s->text, &s->doc, err);
}

enum rmk_code
rmk_version_cursor_doc(
    struct rmk_version_cursor *t, struct rmk_seen *s, struct rmk_err *err)
{
	enum rmk_code code = s->doc ? RMK_OK : rmk_version_cursor_text(t, s, err);
	struct rmk_patch patch;
	struct rmk_str text;

	if (code || s->doc)
		return code;
	if (trail_is_full(t, s->text)) {
		trail_turn(t);
		t->last = NULL;
	}
	text = rmk_str_copy(trail_arena(t), s->text);
	if (t->last)
		s->doc = rmk_doc_patch(trail_arena(t), t->last, text, &patch);
	if (!s->doc && (code = trail_parse(t, text, &s->doc, err)))
		return code;
	t->last = s->doc;
	return RMK_OK;
}
