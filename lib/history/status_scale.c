// Scales, their marks and texts: see status_scale.h.
#include "history/status_scale.h"

static struct rmk_str
number_key(const rmk_text *text)
{
	return (struct rmk_str){(const char *)text, sizeof *text};
}

struct rmk_scale *
rmk_scale_of(struct rmk_scales *s, rmk_text label)
{
	rmk_text key = rmk_text_key(rmk_versions_texts(s->versions), label);
	size_t at = rmk_map_get(&s->labels, number_key(&key));
	struct rmk_scale *scale;

	if (at != RMK_NONE)
		return s->v[at];
	scale = RMK_NEW(s->a, struct rmk_scale);
	*scale = (struct rmk_scale){.label = key,
	    .shown = label,
	    .marks = {.arena = s->a},
	    .texts = {.arena = s->a}};
	*rmk_map_put(&s->labels, number_key(&scale->label)) = s->n;
	*RMK_PUSH(s->a, s->v, s->n, s->cap) = scale;
	return scale;
}

struct rmk_scale_mark *
rmk_scale_mark_of(
    struct rmk_scales *s, struct rmk_scale *scale, rmk_text key, bool *is_new)
{
	size_t at = rmk_map_get(&scale->marks, number_key(&key));
	struct rmk_scale_mark *mark;

	*is_new = at == RMK_NONE;
	if (!*is_new)
		return scale->mark[at];
	mark = RMK_NEW(s->a, struct rmk_scale_mark);
	mark->key = key;
	*rmk_map_put(&scale->marks, number_key(&mark->key)) = scale->nmarks;
	*RMK_PUSH(s->a, scale->mark, scale->nmarks, scale->marks_cap) = mark;
	return mark;
}

static bool
counts_as_done(const struct rmk_scales *s, struct rmk_str key)
{
	const struct rmk_summary_opts *o = &s->versions->opts->count;

	for (size_t i = 0; i < o->ndone; i++) {
		if (rmk_str_eq(o->done[i], key))
			return true;
	}
	return false;
}

enum rmk_code
rmk_scale_put(struct rmk_scales *s, struct rmk_scale *scale, struct rmk_version *version,
    uint32_t table, uint32_t col, rmk_text text, struct rmk_scale_text **out)
{
	struct rmk_texts *texts = rmk_versions_texts(s->versions);
	size_t at = rmk_map_get(&scale->texts, number_key(&text));
	enum rmk_code code = RMK_OK;
	struct rmk_scale_text *t;
	struct rmk_str key;
	bool is_new;

	if (at != RMK_NONE) {
		*out = s->texts[at];
		return RMK_OK;
	}
	t = RMK_NEW(s->a, struct rmk_scale_text);
	t->text = text;
	t->scale = scale;
	t->mark = rmk_scale_mark_of(s, scale, rmk_text_key(texts, text), &is_new);
	key = rmk_text_get(texts, t->mark->key);
	if (is_new) {
		t->mark->series = text;
		t->mark->progress = counts_as_done(s, key) ? RMK_DONE : RMK_EMPTY;
	}
	if (is_new && key.n && t->mark->progress != RMK_DONE)
		code = rmk_versions_progress(
		    s->versions, version, table, col, key, &t->mark->progress);
	*rmk_map_put(&scale->texts, number_key(&t->text)) = s->ntexts;
	*RMK_PUSH(s->a, s->texts, s->ntexts, s->texts_cap) = t;
	*out = t;
	return code;
}

enum rmk_code
rmk_scale_enter(struct rmk_scales *s, struct rmk_scale *scale,
    struct rmk_version *version, uint32_t table, uint32_t col)
{
	struct rmk_texts *texts = rmk_versions_texts(s->versions);
	struct rmk_version_term *terms;
	enum rmk_code code;
	size_t n;

	if ((code = rmk_versions_terms(s->versions, version, table, col, &terms, &n)))
		return code;
	for (size_t i = 0; i < n; i++) {
		struct rmk_scale_mark *mark;
		bool is_new;
		mark = rmk_scale_mark_of(
		    s, scale, rmk_text_put(texts, terms[i].key), &is_new);
		if (!is_new)
			continue;
		mark->series = rmk_text_put(texts, terms[i].text);
		mark->progress = counts_as_done(s, terms[i].key) ? RMK_DONE
		                                                 : terms[i].progress;
	}
	return RMK_OK;
}

bool
rmk_scale_stands(const struct rmk_scales *s, const struct rmk_scale *scale, rmk_text key)
{
	for (size_t i = 0; i < s->ntexts; i++) {
		const struct rmk_scale_text *t = s->texts[i];
		if (t->scale == scale && t->mark->key == key && t->n)
			return true;
	}
	return false;
}
