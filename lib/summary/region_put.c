// A region whose body somebody else made, put into a file: see region.h.
#include "summary/region.h"

static const struct rmk_region *
region_of_words(const struct rmk_regions *r, struct rmk_str words)
{
	for (size_t i = 0; i < r->n; i++)
		if (rmk_str_eq(rmk_str_trim(r->v[i].words), words))
			return &r->v[i];
	return NULL;
}

// Nothing but the region may mean anything else than before.
static enum rmk_code
check_put(struct rmk_arena *a, const struct rmk_doc *doc, size_t nregions,
    struct rmk_str text, struct rmk_err *err)
{
	struct rmk_doc *new_;

	if (rmk_doc_parse(a, doc->path, text, RMK_PARSE_ALL, &new_, err))
		return err->code;
	const struct rmk_regions r = rmk_regions_of(a, new_);
	if (r.code == RMK_OK && r.n == nregions && new_->ntables == doc->ntables)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%.*s: the region would change what stands around it",
	    RMK_FMT(doc->path));
	return rmk_hint(err, "a block that is not closed may stand above its place");
}

enum rmk_code
rmk_region_put(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str words,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_regions r = rmk_regions_of(a, doc);
	const struct rmk_region *old = region_of_words(&r, words);
	struct rmk_str eol = rmk_doc_line_end(doc, 1), line, before = doc->text,
		       after = {0};
	struct rmk_buf body = {.arena = a}, b = {.arena = a};

	if (r.code) {
		*err = r.err;
		return r.code;
	}
	if (eol.n == 0)
		eol = RMK_STR("\n");
	rmk_buf_add(&body, eol);
	for (struct rmk_str rest = rmk_str_trim(text); rest.n;) {
		rmk_str_split(&rest, '\n', &line);
		rmk_buf_add(&body, line);
		rmk_buf_add(&body, eol);
	}
	rmk_buf_add(&body, eol);
	if (old) {
		before = rmk_str_part(doc->text, 0, old->body.at);
		after = rmk_str_from(doc->text, old->mark.at + old->mark.len);
	}
	rmk_buf_add(&b, before);
	if (!old) {
		if (b.n && b.s[b.n - 1] != '\n')
			rmk_buf_add(&b, eol);
		if (b.n)
			rmk_buf_add(&b, eol);
		rmk_buf_printf(
		    &b, "<!-- rowmark:begin %.*s -->%.*s", RMK_FMT(words), RMK_FMT(eol));
	}
	rmk_buf_add(&b, rmk_buf_str(&body));
	rmk_buf_printf(&b, "<!-- rowmark:end %.*s -->",
	    RMK_FMT(rmk_region_checksum(a, rmk_buf_str(&body))));
	if (!old)
		rmk_buf_add(&b, eol);
	rmk_buf_add(&b, after);
	if (check_put(a, doc, r.n + (old == NULL), rmk_buf_str(&b), err))
		return err->code;
	*out = rmk_buf_str(&b);
	return RMK_OK;
}
