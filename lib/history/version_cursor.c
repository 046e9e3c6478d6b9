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
    struct rmk_arena *a, struct rmk_str path, rmk_version_cursor_text *read, void *ctx)
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

struct rmk_arena *
rmk_version_cursor_arena(struct rmk_version_cursor *t)
{
	return &t->docs[t->turn].arena;
}

static void
empty_pool(struct rmk_pool *p, size_t chunk)
{
	if (!p->empty.chunk) {
		rmk_arena_free(&p->arena);
		rmk_arena_alloc(&p->arena, chunk);
		p->empty.chunk = p->arena.chunk;
	}
	rmk_arena_reset(&p->arena, p->empty);
}

static enum rmk_code
read_text(struct rmk_version_cursor *t, struct rmk_seen *s, struct rmk_err *err)
{
	struct rmk_pool *pool = &t->texts[s->side];

	if (s->text.s)
		return RMK_OK;
	empty_pool(pool, TEXT_CHUNK);
	t->nread++;
	return t->read(t->ctx, &pool->arena, s->moment, &s->text, err);
}

enum rmk_code
rmk_version_cursor_need(
    struct rmk_version_cursor *t, struct rmk_seen *s, struct rmk_err *err)
{
	enum rmk_code code = RMK_OK;

	if (!s->doc && !(code = read_text(t, s, err)))
		code = rmk_doc_parse(rmk_version_cursor_arena(t), t->path, s->text,
		    RMK_PARSE_ALL, &s->doc, err);
	return code;
}

enum rmk_code
rmk_version_cursor_next(struct rmk_version_cursor *t, const struct rmk_seen *newer,
    struct rmk_seen *s, struct rmk_err *err)
{
	size_t used = rmk_version_cursor_arena(t)->used;
	enum rmk_code code = read_text(t, s, err);
	bool full = used >= DOCS_MOST || used / DOCS_PER_TEXT >= s->text.n;

	if (code)
		return code;
	if (newer && newer->doc && !full) {
		s->doc = rmk_doc_patch(
		    rmk_version_cursor_arena(t), newer->doc, s->text, &s->patch);
		s->patched = s->doc != NULL;
	}
	if (!s->doc && full) {
		t->turn ^= 1;
		empty_pool(&t->docs[t->turn], DOCS_CHUNK);
	}
	return rmk_version_cursor_need(t, s, err);
}
