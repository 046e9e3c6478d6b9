// Revisions as bytes.
//
// Fixed fields first, then the texts with their lengths; most commits of a file are by the
// same few people, but naming them once would save less than it costs to explain.
#include "git/log.h"

#include "base/buf.h"

#include <string.h>

struct fixed {
	struct rmk_oid commit, blob;
	uint32_t parent; // UINT32_MAX: none
	uint8_t gone, merge, encoded;
	int16_t zone[2]; // author, committer
	int64_t time[2];
};

static void
pack_text(struct rmk_buf *b, struct rmk_str text)
{
	uint32_t n = (uint32_t)text.n;

	rmk_buf_add(b, (struct rmk_str){(const char *)&n, sizeof n});
	rmk_buf_add(b, text);
}

static bool
log_cache_take(struct rmk_str *s, void *to, size_t n)
{
	if (n > s->n)
		return false;
	memcpy(to, s->s, n);
	*s = rmk_str_from(*s, n);
	return true;
}

static bool
take_text(struct rmk_str *s, struct rmk_str *out)
{
	uint32_t n;

	if (!log_cache_take(s, &n, sizeof n) || n > s->n)
		return false;
	*out = rmk_str_part(*s, 0, n);
	*s = rmk_str_from(*s, n);
	return true;
}

struct rmk_str
rmk_log_cache_write(struct rmk_arena *a, const struct rmk_revisions *r)
{
	struct rmk_buf b = {.arena = a};

	rmk_buf_add(&b, (struct rmk_str){(const char *)&r->start, sizeof r->start});
	for (size_t i = 0; i < r->n; i++) {
		const struct rmk_revision *v = &r->v[i];
		struct fixed f;
		memset(&f, 0, sizeof f); // the padding too
		f.commit = v->commit;
		f.blob = v->blob;
		f.parent = v->parent == RMK_NONE ? UINT32_MAX : (uint32_t)v->parent;
		f.gone = v->gone;
		f.merge = v->merge;
		f.encoded = v->encoded;
		f.zone[0] = (int16_t)v->author.zone;
		f.zone[1] = (int16_t)v->committer.zone;
		f.time[0] = v->author.time;
		f.time[1] = v->committer.time;
		rmk_buf_add(&b, (struct rmk_str){(const char *)&f, sizeof f});
		pack_text(&b, v->path);
		pack_text(&b, v->author.name);
		pack_text(&b, v->author.mail);
		pack_text(&b, v->committer.name);
		pack_text(&b, v->committer.mail);
		pack_text(&b, v->subject);
	}
	return rmk_buf_str(&b);
}

static bool
take_revision(struct rmk_str *s, struct rmk_revision *v)
{
	struct fixed f;

	if (!log_cache_take(s, &f, sizeof f))
		return false;
	*v = (struct rmk_revision){.commit = f.commit, .blob = f.blob};
	v->parent = f.parent == UINT32_MAX ? RMK_NONE : f.parent;
	v->gone = f.gone;
	v->merge = f.merge;
	v->encoded = f.encoded;
	v->author.zone = f.zone[0];
	v->committer.zone = f.zone[1];
	v->author.time = f.time[0];
	v->committer.time = f.time[1];
	return take_text(s, &v->path) && take_text(s, &v->author.name) &&
	       take_text(s, &v->author.mail) && take_text(s, &v->committer.name) &&
	       take_text(s, &v->committer.mail) && take_text(s, &v->subject);
}

bool
rmk_log_cache_read(struct rmk_arena *a, struct rmk_str path, struct rmk_str bytes,
    struct rmk_revisions *out)
{
	struct rmk_revisions r = {0};
	size_t cap = 0;

	if (!log_cache_take(&bytes, &r.start, sizeof r.start))
		return false;
	while (bytes.n) {
		if (!take_revision(&bytes, RMK_PUSH(a, r.v, r.n, cap)))
			return false;
	}
	for (size_t i = 0; i < r.n; i++) {
		if (r.v[i].parent != RMK_NONE &&
		    (r.v[i].parent <= i || r.v[i].parent >= r.n))
			return false;
	}
	if (r.n && !rmk_str_eq(r.v[0].path, path))
		return false;
	*out = r;
	return true;
}
