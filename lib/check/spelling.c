// Values that were meant to be one and are spelled in two ways.
//
//	⚠ 31 times beside ⚠️ 37 times     U+FE0F, invisible
//	Not read 4 beside Not Read 9      case
//	NotNeeded 1 beside Not Needed 12  spacing
//
// Columns of one label in several tables of a file are one column here: its commonest
// spelling is the canonical one, unless one is declared.
#include "base/ascii.h"
#include "base/map.h"
#include "base/utf8.h"
#include "check/check_context.h"
#include "table/value.h"

#include <string.h>

// --- spellings of one value ---------------------------------------------------

struct spelling {
	struct rmk_str text;
	uint32_t count; // in the whole file
	struct spelling *next;
};

struct group {
	struct spelling *spellings;
	const struct spelling *commonest;
	const struct spelling
	    *canonical; // which is written: the commonest, or the declared one
	bool declared;
};

struct groups {
	struct rmk_map map; // label and squeezed value to index
	struct group *v;
	size_t n, cap;
};

// What is compared as a spelling: the bytes, but emphasis and the like do not count.
static struct rmk_str
spelling_of(struct rmk_arena *a, struct rmk_str raw)
{
	for (size_t i = 0; i < raw.n; i++)
		if (memchr("*_~`[<&\\", raw.s[i], 8))
			return rmk_value_text(a, raw);
	return raw;
}

// Case matters in what is code or looks like it: 'O(N)' is not 'O(n)'.
static bool
is_code(struct rmk_str raw)
{
	for (size_t i = 0; i < raw.n; i++)
		if (raw.s[i] == '`' ||
		    (raw.s[i] == '(' && i > 0 && rmk_is_letter(raw.s[i - 1])))
			return true;
	return false;
}

static bool
is_joint(int32_t c)
{
	return c == ' ' || c == '_' || c == '-';
}

// Whether what joins two words is at `at`: between letters, not digits or signs. '1-2' is
// not '12', nor 'A-' what 'A' is.
static bool
joins_words(struct rmk_str key, size_t at)
{
	size_t end = at;
	int32_t c;

	while (end < key.n && is_joint(key.s[end]))
		end++;
	while (at > 0 && is_joint(key.s[at - 1]))
		at--;
	if (at == 0 || end == key.n)
		return false;
	do
		at--;
	while (at > 0 && ((unsigned char)key.s[at] & 0xC0) == 0x80);
	rmk_utf8_decode(key, at, &c);
	if (!rmk_utf8_is_word(c) || (c >= '0' && c <= '9'))
		return false;
	rmk_utf8_decode(key, end, &c);
	return rmk_utf8_is_word(c) && (c < '0' || c > '9');
}

// The value without what nobody sees, variation selectors and full-width forms; of a status
// also without what people do not mean: case, and what joins words.
static struct rmk_str
spelling_squeeze(
    struct rmk_checking *c, struct rmk_str label, struct rmk_str raw, bool status)
{
	bool exact = !status || is_code(raw);
	struct rmk_str key = exact ? rmk_str_trim(raw) : rmk_value_key(c->a, raw);
	char *out = rmk_arena_alloc(c->a, label.n + 1 + key.n * 2 + 4);
	size_t n = label.n;

	if (n)
		memcpy(out, label.s, n);
	out[n++] = status ? '\1' : '\0';
	for (size_t i = 0; i < key.n;) {
		int32_t point;
		size_t len = rmk_utf8_decode(key, i, &point);

		if (point >= 0xFF01 && point <= 0xFF5E)
			point = exact ? point - 0xFEE0 : rmk_utf8_lower(point - 0xFEE0);
		if (point == 0xFFFD && len == 1)
			out[n++] = key.s[i];
		else if (point != 0xFE0F && point != 0xFE0E &&
			 (exact || !is_joint(point) || !joins_words(key, i)))
			n += rmk_utf8_encode(point, out + n);
		i += len;
	}
	return (struct rmk_str){out, n};
}

static struct spelling *
find_spelling(struct group *g, struct rmk_str text)
{
	for (struct spelling *s = g->spellings; s; s = s->next)
		if (rmk_str_eq(s->text, text))
			return s;
	return NULL;
}

// Of two spellings the commoner is the canonical one; of equal ones the first.
static void
add_spelling(struct rmk_checking *c, struct group *g, struct rmk_str text, uint32_t count)
{
	struct spelling *s = find_spelling(g, text), **last = &g->spellings;

	if (s == NULL) {
		while (*last)
			last = &(*last)->next;
		*last = s = RMK_NEW(c->a, struct spelling);
		s->text = text;
	}
	s->count += count;
	g->commonest = g->spellings;
	for (s = g->spellings; s; s = s->next)
		if (s->count > g->commonest->count)
			g->commonest = s;
	if (!g->declared)
		g->canonical = g->commonest;
}

// A column whose values are words of a list, declared or inferred.
static bool
holds_words(struct rmk_checking *c, const struct table_info *t, size_t col)
{
	return check_is_status(c, t->index, col) ||
	       t->schema->fields[col].type == RMK_ENUM;
}

static void
add_column(
    struct rmk_checking *c, struct groups *all, const struct table_info *t, size_t col)
{
	struct rmk_str label = t->schema->fields[col].key;
	bool status = holds_words(c, t, col);

	for (size_t i = 0; i < t->columns[col].nvalues; i++) {
		const struct value_count *v = &t->columns[col].values[i];
		size_t *at = rmk_map_put(
		    &all->map, spelling_squeeze(c, label, v->raw, status));

		if (*at == RMK_NONE) {
			*at = all->n;
			*RMK_PUSH(c->a, all->v, all->n, all->cap) = (struct group){0};
		}
		add_spelling(c, &all->v[*at], spelling_of(c->a, v->raw), v->count);
	}
}

// The same spellings within one column of one table.
struct local {
	struct group *group;
	struct rmk_str text;
	uint32_t count, first;
};

static size_t
local_spellings(struct rmk_checking *c, struct groups *all, const struct table_info *t,
    size_t col, struct local **out)
{
	const struct column *column = &t->columns[col];
	struct local *v = RMK_NEW_N(c->a, struct local, column->nvalues);
	bool status = holds_words(c, t, col);
	size_t n = 0;

	for (size_t i = 0; i < column->nvalues; i++) {
		const struct value_count *value = &column->values[i];
		struct rmk_str text = spelling_of(c->a, value->raw);
		size_t at = rmk_map_get(&all->map,
		    spelling_squeeze(c, t->schema->fields[col].key, value->raw, status));
		size_t k = 0;

		while (
		    k < n && (v[k].group != &all->v[at] || !rmk_str_eq(v[k].text, text)))
			k++;
		if (k == n)
			v[n++] = (struct local){&all->v[at], text, 0, value->first};
		v[k].count += value->count;
	}
	*out = v;
	return n;
}

// The commonest spelling of a group in this table, which the others stand out against; the
// canonical one where they are equal. Which of them is right is another question.
static const struct local *
local_main(const struct local *v, size_t n, const struct group *g)
{
	const struct local *best = NULL;

	for (size_t i = 0; i < n; i++) {
		if (v[i].group != g)
			continue;
		if (best == NULL || v[i].count > best->count ||
		    (v[i].count == best->count &&
			rmk_str_eq(v[i].text, g->commonest->text)))
			best = &v[i];
	}
	return best;
}

// --- the fix ------------------------------------------------------------------

// Of two spellings that are as common neither is known to be meant.
static bool
is_tie(const struct group *g)
{
	const struct spelling *s = g->spellings;

	while (s && (s == g->canonical || s->count != g->canonical->count))
		s = s->next;
	return s && !g->declared;
}

static void
fix_spelling(struct rmk_checking *c, struct rmk_finding *f, const struct table_info *t,
    size_t col, struct rmk_str from, struct rmk_str to)
{
	if (f == NULL || rmk_str_eq(from, to))
		return;
	for (uint32_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(c->doc, &t->table->rows[r], col), value;

		if (raw.n && rmk_str_eq(spelling_of(c->a, raw), from) &&
		    check_respell(c, raw, from, to, &value))
			check_fix_cell(c, f, t->index, r, col, value);
	}
}

// --- status-spelling ----------------------------------------------------------

// What differs, where it cannot be seen.
static const char *
spelling_invisible(struct rmk_str a, struct rmk_str b)
{
	static const struct rmk_str selector = {"\xEF\xB8\x8F", 3};

	if ((rmk_str_find(a, selector) == RMK_NONE) !=
	    (rmk_str_find(b, selector) == RMK_NONE))
		return " (they differ in U+FE0F, which cannot be seen)";
	if (rmk_str_find(a, RMK_STR("  ")) != RMK_NONE ||
	    rmk_str_find(b, RMK_STR("  ")) != RMK_NONE)
		return " (they differ in spaces)";
	if (rmk_str_find(a, RMK_STR("\xC2\xA0")) != RMK_NONE ||
	    rmk_str_find(b, RMK_STR("\xC2\xA0")) != RMK_NONE)
		return " (one has a no-break space)";
	return "";
}

static const char *
spelling_rows(uint32_t n)
{
	return n == 1 ? "row" : "rows";
}

static struct rmk_finding *
report_spelling(struct rmk_checking *c, const struct table_info *t, size_t col,
    const struct local *odd, struct rmk_str main, uint32_t main_count)
{
	struct rmk_finding *f = check_report_cell(c, t, odd->first, col,
	    check_printf(c, "'%.*s' in %u %s, '%.*s' in %u: one value, two spellings%s",
		RMK_FMT(check_short(c, odd->text)), odd->count, spelling_rows(odd->count),
		RMK_FMT(check_short(c, main)), main_count,
		spelling_invisible(odd->text, main)));

	if (f == NULL)
		return NULL;
	f->found = odd->text;
	f->wanted = odd->group->canonical->text;
	f->hint = check_printf(c, "write '%.*s' in all rows",
	    RMK_FMT(check_short(c, odd->group->canonical->text)));
	for (uint32_t r = odd->first + 1; r < t->table->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(c->doc, &t->table->rows[r], col);

		if (raw.n && rmk_str_eq(spelling_of(c->a, raw), odd->text))
			check_also(
			    c, f, check_span_place(c->doc, t->table->rows[r].cells[col]));
	}
	return f;
}

static void
check_spellings(
    struct rmk_checking *c, struct groups *all, const struct table_info *t, size_t col)
{
	struct local *v;
	size_t n = local_spellings(c, all, t, col, &v);

	for (size_t i = 0; i < n; i++) {
		struct group *g = v[i].group;
		const struct local *main = local_main(v, n, g);
		struct rmk_finding *f;
		bool first = true;

		if (g->spellings->next == NULL)
			continue;
		for (size_t k = 0; k < i; k++)
			first = first && v[k].group != g;
		if (main != &v[i])
			f = report_spelling(c, t, col, &v[i], main->text, main->count);
		else if (!rmk_str_eq(v[i].text, g->commonest->text) && v[i].count &&
			 first &&
			 (i + 1 == n || local_main(v + i + 1, n - i - 1, g) == NULL))
			f = report_spelling(
			    c, t, col, &v[i], g->commonest->text, g->commonest->count);
		else
			continue;
		if (is_tie(g) || !check_is_status(c, t->index, col))
			continue;
		fix_spelling(c, f, t, col, v[i].text, g->canonical->text);
		// The table's own majority gives way to the file's, with the first finding.
		if (main != &v[i] && f && f->nedits == 0)
			fix_spelling(c, f, t, col, main->text, g->canonical->text);
	}
}

// A declared value is canonical as it is declared, however often others stand. Where tables of
// one file differ the first decides.
static void
declare_canonical(
    struct rmk_checking *c, struct groups *all, const struct table_info *t, size_t col)
{
	const struct rmk_field *field = &t->schema->fields[col];

	if (!field->declared || field->why)
		return;
	for (size_t i = 0; i < field->nterms; i++) {
		size_t at = rmk_map_get(&all->map,
		    spelling_squeeze(c, field->key, field->terms[i].text, true));

		if (at == RMK_NONE || all->v[at].declared)
			continue;
		all->v[at].declared = true;
		if (!find_spelling(&all->v[at], field->terms[i].text))
			add_spelling(c, &all->v[at], field->terms[i].text, 0);
		all->v[at].canonical = find_spelling(&all->v[at], field->terms[i].text);
		// It is also the one that the others stand out against.
		all->v[at].commonest = all->v[at].canonical;
	}
}

void
check_status_spelling(struct rmk_checking *c)
{
	struct groups all = {.map = {.arena = c->a}};

	if (!check_may_differ_in_spelling(c))
		return;
	for (size_t i = 0; i < c->doc->ntables; i++)
		for (size_t col = 0; col < c->tables[i].table->ncols; col++)
			if (check_is_category(c, i, col))
				add_column(c, &all, &c->tables[i], col);
	for (size_t i = 0; i < c->doc->ntables; i++)
		for (size_t col = 0; col < c->tables[i].table->ncols; col++)
			declare_canonical(c, &all, &c->tables[i], col);
	for (size_t i = 0; i < c->doc->ntables; i++)
		for (size_t col = 0; col < c->tables[i].table->ncols; col++)
			if (check_is_category(c, i, col))
				check_spellings(c, &all, &c->tables[i], col);
}
