// Addresses and what they say of themselves: see link_names.h.
#include "edit/link_names.h"

#include "base/ascii.h"
#include "table/inline_references.h"
#include "table/value.h"

static bool
behind_host(struct rmk_str url, const char *host, struct rmk_str *rest)
{
	size_t at = rmk_str_find(url, RMK_STR("://"));
	struct rmk_str h = rmk_str_of(host);

	if (at == RMK_NONE)
		return false;
	url = rmk_str_from(url, at + 3);
	if (rmk_str_starts(url, RMK_STR("www.")))
		url = rmk_str_from(url, 4);
	*rest = rmk_str_from(url, h.n);
	return rmk_str_starts(url, h);
}

struct rmk_str
rmk_url_name(struct rmk_str url)
{
	static const char *const arxiv[] = {
	    "arxiv.org/abs/", "arxiv.org/pdf/", "arxiv.org/html/"};
	struct rmk_str rest;
	size_t end;

	url.n = rmk_str_chr(url, '?') < url.n ? rmk_str_chr(url, '?') : url.n;
	url.n = rmk_str_chr(url, '#') < url.n ? rmk_str_chr(url, '#') : url.n;
	for (size_t i = 0; i < sizeof arxiv / sizeof *arxiv; i++) {
		if (behind_host(url, arxiv[i], &rest))
			return rmk_str_ends(rest, RMK_STR(".pdf"))
			           ? rmk_str_part(rest, 0, rest.n - 4)
			           : rest;
	}
	if (behind_host(url, "doi.org/", &rest) || behind_host(url, "dx.doi.org/", &rest))
		return rest;
	if (!behind_host(url, "github.com/", &rest))
		return RMK_STR("");
	end = rmk_str_chr(rest, '/');
	if (end == RMK_NONE || end + 1 == rest.n)
		return RMK_STR("");
	end = rmk_str_chr(rmk_str_from(rest, end + 1), '/') == RMK_NONE
	          ? rest.n
	          : end + 1 + rmk_str_chr(rmk_str_from(rest, end + 1), '/');
	rest = rmk_str_part(rest, 0, end);
	return rmk_str_ends(rest, RMK_STR(".git")) ? rmk_str_part(rest, 0, rest.n - 4)
	                                           : rest;
}

static bool
begins_with_word(struct rmk_str word, const char *with, struct rmk_str *rest)
{
	struct rmk_str w = rmk_str_of(with);

	*rest = rmk_str_trim(rmk_str_from(word, w.n < word.n ? w.n : word.n));
	return rmk_str_eq_nocase(rmk_str_part(word, 0, w.n), w);
}

// "10.", four to nine digits, "/", and more.
static bool
is_doi(struct rmk_str word)
{
	size_t n = 3;

	if (!rmk_str_starts(word, RMK_STR("10.")))
		return false;
	while (n < word.n && rmk_is_digit(word.s[n]))
		n++;
	return n >= 7 && n <= 12 && n + 1 < word.n && word.s[n] == '/' &&
	       rmk_str_chr(word, ' ') == RMK_NONE;
}

// "2301.00001", "2301.00001v2", "hep-th/9901001".
static bool
is_arxiv_id(struct rmk_str word)
{
	size_t mark = rmk_str_chr(word, '.');
	bool digits = word.n > 6;

	if (mark == RMK_NONE)
		mark = rmk_str_chr(word, '/');
	else
		for (size_t i = 0; i < mark; i++)
			digits &= rmk_is_digit(word.s[i]);
	return digits && mark != RMK_NONE && mark > 1 && mark + 1 < word.n &&
	       rmk_is_digit(word.s[mark + 1]) && rmk_str_chr(word, ' ') == RMK_NONE;
}

struct rmk_str
rmk_id_url(struct rmk_arena *a, struct rmk_str word)
{
	struct rmk_str rest;

	if (begins_with_word(word, "arxiv:", &rest) && is_arxiv_id(rest))
		return rmk_str_printf(a, "https://arxiv.org/abs/%.*s", RMK_FMT(rest));
	if (!begins_with_word(word, "doi:", &rest))
		rest = word;
	return is_doi(rest) ? rmk_str_printf(a, "https://doi.org/%.*s", RMK_FMT(rest))
	                    : RMK_STR("");
}

// "2401.04088" of "2401.04088v2".
static struct rmk_str
without_version(struct rmk_str id)
{
	size_t n = id.n;

	while (n && rmk_is_digit(id.s[n - 1]))
		n--;
	return n > 1 && n < id.n && id.s[n - 1] == 'v' && rmk_is_digit(id.s[n - 2])
	           ? rmk_str_part(id, 0, n - 1)
	           : id;
}

// What two addresses of one thing have in common.
static struct rmk_str
url_key(struct rmk_str url)
{
	struct rmk_str id = rmk_url_name(url);
	size_t scheme = rmk_str_find(url, RMK_STR("://"));

	if (id.n && rmk_str_find(url, RMK_STR("github.com/")) == RMK_NONE)
		return without_version(id);
	url = scheme == RMK_NONE ? url : rmk_str_from(url, scheme + 3);
	if (rmk_str_starts(url, RMK_STR("www.")))
		url = rmk_str_from(url, 4);
	while (rmk_str_ends(url, RMK_STR("/")))
		url.n--;
	return url;
}

size_t
rmk_link_row(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table, struct rmk_str url)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str key = url_key(url);

	for (size_t r = 0; r < t->nrows && key.n; r++) {
		for (size_t col = 0; col < t->ncols; col++) {
			struct rmk_arena_mark mark = rmk_arena_mark(a);
			struct rmk_link *links;
			size_t n = rmk_value_links(
			    a, rmk_doc_cell_linked(a, doc, &t->rows[r], col), &links);
			bool same = false;

			for (size_t i = 0; i < n && !same; i++)
				same = !links[i].image &&
				       rmk_str_eq(url_key(links[i].url), key);
			rmk_arena_reset(a, mark);
			if (same)
				return r;
		}
	}
	return RMK_NONE;
}
