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
// s NULL: no value for this look.
static struct rmk_str
rough_text(struct rmk_arena *a, struct rmk_str raw)
{
	char *out = rmk_arena_alloc(a, raw.n);
	size_t n = 0;

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

// The values of all columns of one label.
struct label_values {
	bool spelled;         // one of them is not spelled plainly
	struct rmk_map raws;  // as they are written
	struct rmk_map rough; // their rough texts
};

// All labels of a file, and which of them the columns of a table have: tables that share their
// labels are often one below the other.
struct spelled_labels {
	struct rmk_map map; // of keys, to an index of v
	struct label_values *v;
	size_t n, cap;
	const struct rmk_schema *schema;
	size_t *columns; // [schema->ncols]
};

static const size_t *
labels_of_columns(struct spelled_labels *labels, const struct rmk_schema *schema)
{
	struct rmk_arena *a = labels->map.arena;

	if (labels->schema == schema)
		return labels->columns;
	labels->schema = schema;
	labels->columns = rmk_arena_alloc(a, schema->ncols * sizeof *labels->columns);
	for (size_t col = 0; col < schema->ncols; col++) {
		size_t *at = rmk_map_put(&labels->map, schema->fields[col].key);

		if (*at == RMK_NONE) {
			*at = labels->n;
			*RMK_PUSH(a, labels->v, labels->n, labels->cap) =
			    (struct label_values){.raws.arena = a, .rough.arena = a};
		}
		labels->columns[col] = *at;
	}
	return labels->columns;
}

static void
find_spelled_columns(struct spelled_labels *labels, const struct table_info *t)
{
	const size_t *at = labels_of_columns(labels, t->schema);

	for (size_t col = 0; col < t->table->ncols; col++) {
		const struct column *column = &t->columns[col];
		struct label_values *v = &labels->v[at[col]];

		for (size_t k = 0; !v->spelled && !column->many && k < column->nvalues;
		     k++)
			v->spelled = !is_spelled_plainly(column->values[k].raw);
	}
}

// Whether another value has the same rough text as one that may be new.
static bool
meets_another(struct label_values *v, struct rmk_str raw)
{
	size_t *at = raw.n <= MAX_VALUE ? rmk_map_put(&v->raws, raw) : NULL;
	struct rmk_str rough;

	if (!at || *at != RMK_NONE)
		return false;
	*at = 0;
	rough = rough_text(v->raws.arena, raw);
	if (!rough.s)
		return false;
	at = rmk_map_put(&v->rough, rough);
	if (*at != RMK_NONE)
		return true;
	*at = 0;
	return false;
}

static bool
table_meets(struct spelled_labels *labels, const struct table_info *t)
{
	const size_t *at = labels_of_columns(labels, t->schema);

	for (size_t col = 0; col < t->table->ncols; col++) {
		const struct column *column = &t->columns[col];
		struct label_values *v = &labels->v[at[col]];

		for (size_t i = 0; v->spelled && !column->many && i < column->nvalues;
		     i++)
			if (meets_another(v, column->values[i].raw))
				return true;
	}
	return false;
}

// Whether two different values of the file may be one: nearly no file has such a pair, and
// all of them can do without a closer look.
bool
check_may_differ_in_spelling(struct rmk_checking *c)
{
	struct spelled_labels labels = {.map = {.arena = c->a}};

	for (size_t i = 0; i < c->doc->ntables; i++)
		if (c->doc->tables[i].decl.len)
			return true;
	for (size_t i = 0; i < c->doc->ntables; i++)
		find_spelled_columns(&labels, &c->tables[i]);
	for (size_t i = 0; i < c->doc->ntables; i++)
		if (table_meets(&labels, &c->tables[i]))
			return true;
	return false;
}
