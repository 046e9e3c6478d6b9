// Regions that rowmark writes are no text to merge: they say what the tables say.
//
//	<!-- rowmark:begin summary -->
//	2 of 13 read                       ours: 3 of 13, theirs: 3 of 13, both: 4 of 13
//	<!-- rowmark:end 5f3a9c01 -->
//
// Two branches that each change a status change the same line of the region, and no line
// of either is right afterwards. So for the merge every version is given the body of one
// side, and a clean result is written anew. A body that was edited by hand, or that speaks
// of other files, is text like any other.
#include "merge/merge_internal.h"

#include "base/map.h"
#include "summary/region.h"

struct bodies {
	struct rmk_str text;
	struct rmk_regions r;
	struct rmk_map by_words; // index into r.v; RMK_SEVERAL: words that stand twice
};

static bool
is_ours_to_write(const struct rmk_region *region)
{
	return region->state == RMK_REGION_FRESH || region->state == RMK_REGION_STALE;
}

// False when there is none, or the markers are broken.
static bool
find_bodies(struct rmk_arena *a, struct rmk_str path, rmk_region_view *view,
    struct rmk_str text, struct bodies *b)
{
	struct rmk_render_opts opts = {.view = view};
	struct rmk_doc *doc;
	struct rmk_str out;

	*b = (struct bodies){.text = text, .by_words = {.arena = a}};
	if (rmk_str_chr(text, '<') == RMK_NONE || // there is no comment
	    rmk_str_find(text, RMK_STR("rowmark:begin")) == RMK_NONE ||
	    rmk_doc_parse(a, path, text, RMK_PARSE_ALL, &doc, NULL) ||
	    rmk_render(a, doc, &opts, &out, &b->r, NULL)) {
		b->r.n = 0;
		return false;
	}
	for (size_t i = 0; i < b->r.n; i++) {
		size_t *at = rmk_map_put(&b->by_words, b->r.v[i].words);

		*at = *at == RMK_NONE && is_ours_to_write(&b->r.v[i]) ? i : RMK_SEVERAL;
	}
	return true;
}

static const struct rmk_region *
region_called(const struct bodies *b, struct rmk_str words)
{
	size_t at = rmk_map_get(&b->by_words, words);

	return at >= RMK_SEVERAL ? NULL : &b->r.v[at];
}

// From behind the begin line to the end of the end marker.
static struct rmk_str
whole(const struct bodies *b, const struct rmk_region *r)
{
	return rmk_str_part(b->text, r->body.at, r->mark.at + r->mark.len - r->body.at);
}

static struct rmk_str
with_bodies_of(struct rmk_arena *a, const struct bodies *to, const struct bodies *from[2])
{
	struct rmk_buf out = {.arena = a};
	size_t at = 0;

	for (size_t i = 0; i < to->r.n; i++) {
		const struct rmk_region *r = &to->r.v[i], *source;

		if (!region_called(to, r->words))
			continue;
		source = region_called(from[0], r->words);
		rmk_buf_add(&out, rmk_str_part(to->text, at, r->body.at - at));
		at = r->mark.at + r->mark.len;
		if (source)
			rmk_buf_add(&out, whole(from[0], source));
		else if ((source = region_called(from[1], r->words)))
			rmk_buf_add(&out, whole(from[1], source));
		else
			rmk_buf_add(&out, whole(to, r));
	}
	rmk_buf_add(&out, rmk_str_from(to->text, at));
	return rmk_buf_str(&out);
}

bool
rmk_merge_level(struct rmk_arena *a, struct rmk_str path, rmk_region_view *view,
    struct rmk_str texts[3])
{
	struct bodies b[3];
	const struct bodies *from[2] = {&b[RMK_OURS], &b[RMK_THEIRS]};
	bool any = false;

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		any |= find_bodies(a, path, view, texts[v], &b[v]);
	for (int v = RMK_BASE; any && v <= RMK_THEIRS; v++)
		texts[v] = with_bodies_of(a, &b[v], from);
	return any;
}
