// Reading versions: see versions.h.
#include "history/versions.h"

// Facts of a version are small.
#define SIDE_CHUNK ((size_t)32 << 10)

static const struct rmk_str facts_key = RMK_STR("facts");

// --- keeping --------------------------------------------------------------------

bool
rmk_versions_get(struct rmk_versions *v, struct rmk_str key, struct rmk_str *out)
{
	const struct rmk_keep *k = &v->opts->keep;

	return k->get && k->get(k->ctx, key, out);
}

void
rmk_versions_put(struct rmk_versions *v, struct rmk_str key, struct rmk_str bytes)
{
	const struct rmk_keep *k = &v->opts->keep;

	if (k->put)
		k->put(k->ctx, key, bytes);
}

void
rmk_versions_open(struct rmk_versions *v, struct rmk_arena *a, struct rmk_arena *scratch,
    const struct rmk_moment *moments, const struct rmk_history_opts *opts,
    struct rmk_err *err)
{
	struct rmk_str bytes;

	*v = (struct rmk_versions){.a = a,
	    .scratch = scratch,
	    .moments = moments,
	    .opts = opts,
	    .cursor = rmk_version_cursor_new(a, opts->path, opts->read, opts->ctx),
	    .err = err};
	for (int i = 0; i < 2; i++) {
		v->sides[i].arena.oom = a->oom;
		v->sides[i].arena.ctx = a->ctx;
	}
	v->kept = rmk_versions_get(v, facts_key, &bytes) ? rmk_kept_facts_unpack(a, bytes)
	                                                 : rmk_kept_facts_new(a);
	v->nkept = v->kept.n;
	v->own = rmk_own_memo_new(&v->kept.store);
}

void
rmk_versions_keep(struct rmk_versions *v)
{
	if (v->opts->keep.put && v->kept.n > v->nkept)
		rmk_versions_put(v, facts_key, rmk_kept_facts_pack(v->scratch, &v->kept));
}

void
rmk_versions_free(struct rmk_versions *v)
{
	rmk_texts_free(&v->kept.store.texts);
	rmk_version_cursor_free(&v->cursor);
	for (int i = 0; i < 2; i++)
		rmk_arena_free(&v->sides[i].arena);
}

struct rmk_texts *
rmk_versions_texts(struct rmk_versions *v)
{
	return &v->kept.store.texts;
}

// --- reading --------------------------------------------------------------------

// Whether facts that were kept are of this document.
static bool
facts_fit(const struct rmk_facts *f, const struct rmk_doc *doc)
{
	for (uint32_t i = 0; f && i < f->n; i++) {
		if (f->at[i] >= doc->ntables ||
		    f->tables[i]->ncols != doc->tables[f->at[i]].ncols)
			return false;
	}
	return true;
}

enum rmk_code
rmk_versions_doc(struct rmk_versions *v, struct rmk_version *s)
{
	enum rmk_code code;

	if (s->seen.doc)
		return RMK_OK;
	code = rmk_version_cursor_doc(&v->cursor, &s->seen, v->err);
	if (code || facts_fit(s->facts, s->seen.doc))
		return code;
	rmk_fail(v->err, RMK_INVALID, "%.*s: what is kept of its history is damaged",
	    RMK_FMT(v->opts->path));
	return rmk_hint(v->err, "delete the folder rowmark in the git folder");
}

static enum rmk_code
read_parsed(struct rmk_versions *v, struct rmk_arena *a, const struct rmk_said *near,
    struct rmk_version *out)
{
	enum rmk_code code = rmk_versions_doc(v, out);

	if (code)
		return code;
	out->bodies = rmk_bodies_of(a, out->seen.doc);
	out->facts = rmk_facts_of(
	    &v->kept.store, a, v->scratch, out->seen.doc, &out->bodies, near);
	return RMK_OK;
}

static enum rmk_code
read_text(struct rmk_versions *v, struct rmk_arena *a, const struct rmk_version *newer,
    struct rmk_version *out)
{
	struct rmk_said said, *near = NULL;
	enum rmk_code code = rmk_version_cursor_text(&v->cursor, &out->seen, v->err);

	if (code)
		return code;
	if (newer && newer->read) {
		said = (struct rmk_said){newer->seen.text, &newer->bodies, newer->facts};
		near = &said;
		out->facts = rmk_facts_follow(
		    &v->kept.store, a, v->scratch, near, out->seen.text, &out->bodies);
	}
	if (!out->facts && (code = read_parsed(v, a, near, out)))
		return code;
	out->read = true;
	return rmk_versions_own(v, out);
}

enum rmk_code
rmk_versions_read(
    struct rmk_versions *v, const struct rmk_version *newer, struct rmk_version *out)
{
	struct rmk_pool *pool = &v->sides[out->seen.side];
	struct rmk_str blob = v->moments[out->seen.moment].blob;
	enum rmk_code code;

	rmk_pool_empty(pool, SIDE_CHUNK);
	out->facts = rmk_kept_facts_get(&v->kept, &pool->arena, blob);
	if (out->facts)
		return RMK_OK;
	code = read_text(v, &pool->arena, newer, out);
	if (code == RMK_TOO_COMPLEX && newer) {
		out->facts = rmk_facts_copy(&pool->arena, newer->facts);
		return RMK_OK;
	}
	if (!code)
		rmk_kept_facts_put(&v->kept, blob, out->facts);
	return code;
}
