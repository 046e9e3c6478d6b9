// Names of pictures: an alternative text, a badge's message, a file's name.
#include "table/picture.h"

#include <string.h>

static size_t
find_nocase(struct rmk_str text, const char *part)
{
	struct rmk_str wanted = rmk_str_of(part);

	for (size_t i = 0; i + wanted.n <= text.n; i++)
		if (rmk_str_eq_nocase(rmk_str_part(text, i, wanted.n), wanted))
			return i;
	return RMK_NONE;
}

// "LABEL-MESSAGE-COLOR" or "MESSAGE-COLOR" as shields.io reads it: "--" is a dash, '_' a
// space.
static struct rmk_str
picture_message(struct rmk_arena *a, struct rmk_str name)
{
	char *s = rmk_arena_alloc(a, name.n + 1);
	size_t n = 0, dash[2] = {RMK_NONE, RMK_NONE};

	for (size_t i = 0; i < name.n; i++) {
		if (name.s[i] == '-' && i + 1 < name.n && name.s[i + 1] == '-') {
			s[n++] = '-';
			i++;
		} else if (name.s[i] == '-') {
			dash[0] = dash[1];
			dash[1] = n;
			s[n++] = '\0';
		} else {
			s[n++] = name.s[i] == '_' ? ' ' : name.s[i];
		}
	}
	if (dash[1] == RMK_NONE)
		return (struct rmk_str){s, n};
	n = dash[0] == RMK_NONE ? 0 : dash[0] + 1;
	return rmk_str_trim((struct rmk_str){s + n, dash[1] - n});
}

static struct rmk_str
name_of_url(struct rmk_arena *a, struct rmk_str url)
{
	size_t end = 0, badge, slash, dot;

	while (end < url.n && !strchr("?# \t", url.s[end]))
		end++;
	url = rmk_str_part(url, 0, end);
	badge = rmk_str_find(url, RMK_STR("shields.io/badge/"));
	if (badge != RMK_NONE)
		return picture_message(a, rmk_str_from(url, badge + 17));
	slash = rmk_str_rchr(url, '/');
	if (slash != RMK_NONE)
		url = rmk_str_from(url, slash + 1);
	dot = rmk_str_rchr(url, '.');
	return dot == RMK_NONE ? url : rmk_str_part(url, 0, dot);
}

// The value of an attribute of a tag, without its quotes; s == NULL: it has none.
static struct rmk_str
picture_attribute(struct rmk_str tag, const char *name)
{
	size_t at = find_nocase(tag, name), end;
	struct rmk_str rest;

	if (at == RMK_NONE || at == 0 || !strchr(" \t\"'", tag.s[at - 1]))
		return (struct rmk_str){0};
	rest = rmk_str_trim(rmk_str_from(tag, at + strlen(name)));
	if (!rmk_str_starts(rest, RMK_STR("=")))
		return (struct rmk_str){0};
	rest = rmk_str_trim(rmk_str_from(rest, 1));
	if (rest.n == 0 || (rest.s[0] != '"' && rest.s[0] != '\'')) {
		for (end = 0; end < rest.n && !strchr(" \t>", rest.s[end]);)
			end++;
		return rmk_str_part(rest, 0, end);
	}
	end = rmk_str_chr(rmk_str_from(rest, 1), rest.s[0]);
	return end == RMK_NONE ? (struct rmk_str){0} : rmk_str_part(rest, 1, end);
}

// The tag that begins at `at`, up to its '>'.
static struct rmk_str
tag_at(struct rmk_str raw, size_t at)
{
	size_t end = rmk_str_chr(rmk_str_from(raw, at), '>');

	return end == RMK_NONE ? (struct rmk_str){0} : rmk_str_part(raw, at, end + 1);
}

static struct rmk_str
name_of_tag(struct rmk_arena *a, struct rmk_str raw)
{
	size_t img = find_nocase(raw, "<img"), box = find_nocase(raw, "<input");
	struct rmk_str tag, alt;

	if (img != RMK_NONE) {
		tag = tag_at(raw, img);
		alt = rmk_str_trim(picture_attribute(tag, "alt"));
		return alt.n ? alt : name_of_url(a, picture_attribute(tag, "src"));
	}
	tag = box == RMK_NONE ? (struct rmk_str){0} : tag_at(raw, box);
	if (find_nocase(tag, "checkbox") == RMK_NONE)
		return (struct rmk_str){0};
	return find_nocase(tag, " checked") == RMK_NONE ? RMK_STR("[ ]") : RMK_STR("[x]");
}

struct rmk_str
rmk_picture_name(struct rmk_arena *a, struct rmk_str raw)
{
	size_t at = rmk_str_find(raw, RMK_STR("![]")), end;
	struct rmk_str rest;
	char close;

	if (at == RMK_NONE)
		return name_of_tag(a, raw);
	rest = rmk_str_from(raw, at + 3);
	if (rest.n == 0 || (rest.s[0] != '(' && rest.s[0] != '['))
		return (struct rmk_str){0};
	close = rest.s[0] == '(' ? ')' : ']';
	end = rmk_str_chr(rest, close);
	if (end == RMK_NONE)
		return (struct rmk_str){0};
	rest = rmk_str_trim(rmk_str_part(rest, 1, end - 1));
	return close == ']' ? rest : name_of_url(a, rest);
}
