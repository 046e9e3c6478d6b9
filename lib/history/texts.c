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

// Their length and ends are hash enough. The bytes that differ may be the highest ones, which
// a product carries nowhere: so they are folded down before each.
size_t
rmk_text_hash(struct rmk_str text)
{
	uint64_t front = 0, back = 0;
	size_t n = text.n < sizeof front ? text.n : sizeof front;

	if (n) {
		memcpy(&front, text.s, n);
		memcpy(&back, text.s + text.n - n, n);
	}
	front = (front + text.n) * UINT64_C(0x9E3779B97F4A7C15);
	front ^= (back ^ back >> 32) * UINT64_C(0xC2B2AE3D27D4EB4F);
	front = (front ^ front >> 32) * UINT64_C(0x9E3779B97F4A7C15);
	return (size_t)(front ^ front >> 32);
}

void
rmk_texts_ready(struct rmk_texts *t, size_t ncells)
{
	struct rmk_raws *r = &t->raws;

	if (r->slots && r->n + ncells <= RAWS_MOST)
		return;
	rmk_arena_free(&r->arena);
	*r = (struct rmk_raws){.arena = {.oom = t->arena->oom, .ctx = t->arena->ctx}};
	r->slots = RMK_NEW_N(&r->arena, uint32_t, 2 * RAWS_MOST);
	r->mask = 2 * RAWS_MOST - 1;
}

struct rmk_str
rmk_text_of_cell(struct rmk_texts *t, struct rmk_str raw)
{
	struct rmk_raws *r = &t->raws;
	size_t i = rmk_text_hash(raw) & r->mask;
	struct rmk_raw *v;

	while (r->slots[i] && !rmk_str_eq(r->v[r->slots[i] - 1].raw, raw))
		i = (i + 1) & r->mask;
	if (!r->slots[i] && r->n >= RAWS_MOST)
		return rmk_value_text(&r->arena, raw);
	if (!r->slots[i]) {
		v = RMK_PUSH(&r->arena, r->v, r->n, r->cap);
		v->raw = rmk_str_copy(&r->arena, raw);
		v->text = rmk_value_text(&r->arena, v->raw);
		r->slots[i] = (uint32_t)r->n;
	}
	return r->v[r->slots[i] - 1].text;
}
