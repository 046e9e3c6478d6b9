// A first look at the values of a file: whether two of them may be one, spelled in two ways. Nearly
// no file has such a pair, and all of them can do without a closer look (spelling.c).
#include "base/ascii.h"
#include "base/map.h"
#include "check/check_context.h"

#include <string.h>

// Longer values are no categories that are spelled in two ways.
#define MAX_VALUE 64

// The same for whatever may be one value: case, spaces, marks of emphasis, variation
// selectors and letters outside ASCII do not count, full-width forms do as plain ones.
// Empty: no value for this look.
static struct rmk_str
rough_text(struct rmk_arena *a, struct rmk_str label, struct rmk_str raw)
{
	char *out = rmk_arena_alloc(a, label.n + 1 + MAX_VALUE);
	size_t n = label.n;

	if (raw.n > MAX_VALUE)
		return (struct rmk_str){0};
	if (n)
		memcpy(out, label.s, n);
	out[n++] = '\0';
	for (size_t i = 0; i < raw.n; i++) {
		unsigned char ch = (unsigned char)raw.s[i];

		if ((ch == '[' && raw.n > 3) || ch == '<')
			return (struct rmk_str){0};
		if (ch == 0xEF && i + 2 < raw.n && (unsigned char)raw.s[i + 1] == 0xB8) {
			i += 2;
			continue;
		}
		if (ch == 0xEF && i + 2 < raw.n &&
		    ((unsigned char)raw.s[i + 1] & 0xFE) == 0xBC) {
			ch = (unsigned char)(((unsigned char)raw.s[i + 1] & 1) * 0x40 +
					     ((unsigned char)raw.s[i + 2] & 0x3F) + 0x20);
			i += 2;
		} else if (ch >= 0xC2 && ch <= 0xDF) {
			i++;
			continue;
		}
		if (ch < 0x80 && memchr(" -_*`~\t", ch, 7) && raw.n > 1)
			continue;
		out[n++] = rmk_lower((char)ch);
	}
	return (struct rmk_str){out, n};
}

// Values by their rough text, each the first of it.
struct rough_values {
	struct rmk_map map; // to an index of raws
	struct rmk_str *raws;
	size_t n, cap;
};

// Whether another value has the same rough text.
static bool
meets_another(struct rough_values *v, struct rmk_str rough, struct rmk_str raw)
{
	size_t *at = rmk_map_put(&v->map, rough);

	if (*at != RMK_NONE)
		return !rmk_str_eq(v->raws[*at], raw);
	*at = v->n;
	*RMK_PUSH(v->map.arena, v->raws, v->n, v->cap) = raw;
	return false;
}

// A value of small letters, digits and dots is spelled as it looks: two of them are never one.
static bool
is_spelled_plainly(struct rmk_str raw)
{
	for (size_t i = 0; i < raw.n; i++)
		if (!((raw.s[i] >= 'a' && raw.s[i] <= 'z') || rmk_is_digit(raw.s[i]) ||
			raw.s[i] == '.' || raw.s[i] == ':' || raw.s[i] == '/'))
			return false;
	return true;
}

// The labels of columns with a value that is not.
static void
find_spelled_columns(struct rmk_checking *c, struct rmk_map *labels)
{
	for (size_t i = 0; i < c->doc->ntables; i++)
		for (size_t col = 0; col < c->tables[i].table->ncols; col++) {
			const struct column *column = &c->tables[i].columns[col];
			size_t k = 0;

			while (!column->many && k < column->nvalues &&
			       is_spelled_plainly(column->values[k].raw))
				k++;
			if (!column->many && k < column->nvalues)
				*rmk_map_put(
				    labels, c->tables[i].schema->fields[col].key) = 0;
		}
}

static bool
column_meets(struct rough_values *v, const struct table_info *t, size_t col)
{
	const struct column *column = &t->columns[col];

	for (size_t i = 0; !column->many && i < column->nvalues; i++) {
		struct rmk_str raw = column->values[i].raw;
		struct rmk_str rough = rough_text(
		    v->map.arena, t->schema->fields[col].key, raw);

		if (rough.n && meets_another(v, rough, raw))
			return true;
	}
	return false;
}

// Whether two different values of the file may be one: nearly no file has such a pair, and
// all of them can do without a closer look.
bool
check_may_differ_in_spelling(struct rmk_checking *c)
{
	struct rough_values values = {.map = {.arena = c->a}};
	struct rmk_map labels = {.arena = c->a};

	for (size_t i = 0; i < c->doc->ntables; i++)
		if (c->doc->tables[i].decl.len)
			return true;
	find_spelled_columns(c, &labels);
	for (size_t i = 0; i < c->doc->ntables; i++)
		for (size_t col = 0; col < c->tables[i].table->ncols; col++)
			if (rmk_map_get(&labels, c->tables[i].schema->fields[col].key) !=
				RMK_NONE &&
			    column_meets(&values, &c->tables[i], col))
				return true;
	return false;
}
