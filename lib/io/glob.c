// Patterns of paths: see glob.h.
#include "io/glob.h"

#include <ctype.h>
#include <string.h>

// "[:digit:]" at i: its length, and whether ch is of that class; 0: there is none.
static size_t
glob_class(struct rmk_str p, size_t i, unsigned char ch, bool *in)
{
	static const struct {
		const char *name;
		int (*holds)(int ch);
	} classes[] = {{"[:alpha:]", isalpha}, {"[:digit:]", isdigit},
	    {"[:alnum:]", isalnum}, {"[:lower:]", islower}, {"[:upper:]", isupper},
	    {"[:space:]", isspace}, {"[:blank:]", isblank}, {"[:punct:]", ispunct},
	    {"[:xdigit:]", isxdigit}, {"[:cntrl:]", iscntrl}, {"[:graph:]", isgraph},
	    {"[:print:]", isprint}};

	for (size_t k = 0; k < sizeof classes / sizeof *classes; k++) {
		struct rmk_str name = rmk_str_of(classes[k].name);

		if (rmk_str_starts(rmk_str_from(p, i), name)) {
			*in = *in || (ch < 0x80 && classes[k].holds(ch));
			return name.n;
		}
	}
	return 0;
}

// The character at i, escaped or not: its length.
static size_t
glob_char(struct rmk_str p, size_t i, unsigned char *out)
{
	bool escaped = p.s[i] == '\\' && i + 1 < p.n;

	*out = (unsigned char)p.s[i + escaped];
	return 1 + escaped;
}

// What stands at i within brackets, a class, a range or a character: its length.
static size_t
bracket_item(struct rmk_str p, size_t i, unsigned char ch, bool *in)
{
	size_t n = glob_class(p, i, ch, in);
	unsigned char low, high;

	if (n)
		return n;
	n = glob_char(p, i, &low);
	high = low;
	if (i + n + 1 < p.n && p.s[i + n] == '-' && p.s[i + n + 1] != ']')
		n += 1 + glob_char(p, i + n + 1, &high);
	*in = *in || (low <= ch && ch <= high);
	return n;
}

// A bracket expression at p->s[0] == '[': whether ch is in it; p moves behind it. A '['
// without its ']' stands for itself.
static bool
in_brackets(struct rmk_str *p, char ch)
{
	size_t i = 1;
	bool no = p->n > 1 && (p->s[1] == '!' || p->s[1] == '^'), in = false;

	i += no;
	for (size_t first = i; i < p->n && (p->s[i] != ']' || i == first);)
		i += bracket_item(*p, i, (unsigned char)ch, &in);
	if (i >= p->n) {
		*p = rmk_str_from(*p, 1);
		return ch == '[';
	}
	*p = rmk_str_from(*p, i + 1);
	return in != no && ch != '/';
}

// One step of a pattern against one character, neither a '*'.
static bool
glob_step(struct rmk_str *p, char ch)
{
	if (p->s[0] == '[')
		return in_brackets(p, ch);
	if (p->s[0] == '\\' && p->n > 1)
		*p = rmk_str_from(*p, 1);
	else if (p->s[0] == '?' && ch != '/') {
		*p = rmk_str_from(*p, 1);
		return true;
	}
	bool same = p->s[0] == ch;
	*p = rmk_str_from(*p, 1);
	return same;
}

// A "**" that is a whole part of the path; every other is a '*'.
static bool
is_deep(const char *pattern, struct rmk_str p)
{
	return rmk_str_starts(p, RMK_STR("**")) && (p.n == 2 || p.s[2] == '/') &&
	       (p.s == pattern || p.s[-1] == '/');
}

// A star gives back what it took, the last one first; a '**' outranks the single stars behind it,
// so two places to go back to are enough, and the time is at most length times length times length.
bool
rmk_glob_matches(struct rmk_str p, struct rmk_str t)
{
	struct rmk_str star_p = {0}, star_t = {0}, deep_p = {0}, deep_t = {0};
	const char *pattern = p.s;

	for (;;) {
		if (is_deep(pattern, p)) {
			if (p.n == 2)
				return true;
			p = deep_p = rmk_str_from(p, 3); // also no folder at all
			deep_t = t;
			star_p.s = NULL;
		} else if (p.n && p.s[0] == '*') {
			p = star_p = rmk_str_from(p, 1);
			star_t = t;
		} else if (!p.n && !t.n) {
			return true;
		} else if (p.n && t.n && glob_step(&p, t.s[0])) {
			t = rmk_str_from(t, 1);
		} else if (star_p.s && star_t.n && star_t.s[0] != '/') {
			star_t = t = rmk_str_from(star_t, 1);
			p = star_p;
		} else if (deep_p.s && rmk_str_chr(deep_t, '/') != RMK_NONE) {
			deep_t = t = rmk_str_from(deep_t, rmk_str_chr(deep_t, '/') + 1);
			p = deep_p;
			star_p.s = NULL;
		} else {
			return false;
		}
	}
}
