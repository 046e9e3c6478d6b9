// Texts by number, and what cells say.
#include "history/texts.h"

#include "base/utf8.h"
#include "table/value.h"

#include <string.h>

struct rmk_texts
rmk_texts_new(struct rmk_arena *a)
{
	return (struct rmk_texts){.arena = a, .numbers = {.arena = a}};
}

void
rmk_texts_free(struct rmk_texts *t)
{
	rmk_arena_free(&t->raws.arena);
}

rmk_text
rmk_text_put(struct rmk_texts *t, struct rmk_str text)
{
	size_t at = rmk_map_get(&t->numbers, text);

	if (at == RMK_NONE) {
		struct rmk_str copy = rmk_str_copy(t->arena, text);
		at = t->n;
		*rmk_map_put(&t->numbers, copy) = at;
		*RMK_PUSH(t->arena, t->v, t->n, t->cap) = (struct rmk_text_entry){
		    copy, RMK_NO_TEXT};
	}
	return (rmk_text)at;
}

rmk_text
rmk_text_key(struct rmk_texts *t, rmk_text text)
{
	if (t->v[text].key == RMK_NO_TEXT) {
		rmk_text key = rmk_text_put(t, rmk_utf8_fold(t->arena, t->v[text].text));
		t->v[text].key = key;
	}
	return t->v[text].key;
}

struct rmk_str
rmk_text_get(const struct rmk_texts *t, rmk_text text)
{
	return t->v[text].text;
}

// --- what cells say -------------------------------------------------------------

#define RAWS_MOST ((size_t)1 << 15)

struct wanted_raw {
	const struct rmk_raws *raws;
	struct rmk_str raw;
};

static inline bool
is_raw(const void *ctx, size_t item)
{
	const struct wanted_raw *w = ctx;

	return rmk_str_eq(w->raws->v[item].raw, w->raw);
}

void
rmk_texts_ready(struct rmk_texts *t, size_t ncells)
{
	struct rmk_raws *r = &t->raws;

	if (r->index.arena && r->n + ncells <= RAWS_MOST)
		return;
	rmk_arena_free(&r->arena);
	*r = (struct rmk_raws){.arena = {.oom = t->arena->oom, .ctx = t->arena->ctx}};
	r->index.arena = &r->arena;
}

struct rmk_str
rmk_text_of_cell(struct rmk_texts *t, struct rmk_str raw)
{
	struct rmk_raws *r = &t->raws;
	struct wanted_raw w = {r, raw};
	uint64_t hash = rmk_str_hash_seeded(raw, rmk_hash_index_seed(&r->index));
	size_t at = r->n < RAWS_MOST
	                ? rmk_hash_index_put(&r->index, hash, r->n, is_raw, &w)
	                : rmk_hash_index_get(&r->index, hash, is_raw, &w);

	if (at == RMK_NONE)
		return rmk_value_text(&r->arena, raw);
	if (at == r->n) {
		raw = rmk_str_copy(&r->arena, raw);
		*RMK_PUSH(&r->arena, r->v, r->n, r->cap) = (struct rmk_raw){
		    raw, rmk_value_text(&r->arena, raw)};
	}
	return r->v[at].text;
}
