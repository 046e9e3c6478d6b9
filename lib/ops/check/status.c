// Values that were meant to be one and are spelled two ways, and values left out.
//
//	⚠ 31 times beside ⚠️ 37 times     U+FE0F, invisible
//	Not read 4 beside Not Read 9      case
//	NotNeeded 1 beside Not Needed 12  spacing
//	Unkown 1 beside Unknown 27        one letter: status-typo
//
// Only columns of categories are looked at: those inferred or declared as a status, and
// those whose values are few and repeat. Columns of one label in several tables of a file
// are one column here.
#include "base/map.h"
#include "base/utf8.h"
#include "ops/check/checking.h"
#include "table/value.h"

#include <string.h>

// Rows a column needs, and how often its values repeat, before it counts as categories.
#define MIN_FILLED 4
#define MIN_REPEAT 2

static bool
is_status(const struct table_info *t, size_t col)
{
	for (size_t i = 0; i < t->schema->nstatus; i++)
		if (t->schema->status[i] == col)
			return true;
	return false;
}

static bool
is_category(const struct table_info *t, size_t col)
{
	const struct column *column = &t->columns[col];

	if (column->many || column->nvalues == 0)
		return false;
	if (is_status(t, col) || t->schema->fields[col].type == RMK_ENUM)
		return true;
	return col != t->schema->key && column->nfilled >= MIN_FILLED &&
	       column->nvalues * MIN_REPEAT <= column->nfilled;
}

// --- spellings of one value ---------------------------------------------------

struct spelling {
	struct rmk_str text;
	uint32_t count; // in the whole file
	struct spelling *next;
};

struct group {
	struct spelling *spellings;
	const struct spelling *canonical;
	bool settled; // by a schema, not by counting
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

// The value without what people do not see or do not mean: case, spaces, hyphens,
// variation selectors, full-width forms.
static struct rmk_str
squeeze(struct rmk_checking *c, struct rmk_str label, struct rmk_str raw)
{
	struct rmk_str key = rmk_value_key(c->a, raw);
	char *out = rmk_arena_alloc(c->a, label.n + 1 + key.n * 2 + 4);
	size_t n = label.n;

	if (n)
		memcpy(out, label.s, n);
	out[n++] = '\0';
	for (size_t i = 0; i < key.n;) {
		int32_t point;
		size_t len = rmk_utf8_decode(key, i, &point);

		if (point >= 0xFF01 && point <= 0xFF5E)
			point = rmk_utf8_lower(point - 0xFEE0);
		if (point == 0xFFFD && len == 1)
			out[n++] = key.s[i];
		else if (point != ' ' && point != '_' && point != 0xFE0F &&
			 point != 0xFE0E && (point != '-' || key.n == 1))
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
	g->canonical = g->spellings;
	for (s = g->spellings; s; s = s->next)
		if (s->count > g->canonical->count)
			g->canonical = s;
}

static void
add_column(
    struct rmk_checking *c, struct groups *all, const struct table_info *t, size_t col)
{
	struct rmk_str label = t->schema->fields[col].key;

	for (size_t i = 0; i < t->columns[col].nvalues; i++) {
		const struct value_count *v = &t->columns[col].values[i];
		size_t *at = rmk_map_put(&all->map, squeeze(c, label, v->raw));

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
	size_t n = 0;

	for (size_t i = 0; i < column->nvalues; i++) {
		const struct value_count *value = &column->values[i];
		struct rmk_str text = spelling_of(c->a, value->raw);
		size_t at = rmk_map_get(
		    &all->map, squeeze(c, t->schema->fields[col].key, value->raw));
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

// The spelling of a group that the others are held against: the one a schema settled, where
// it stands here; else the commonest, the canonical one where they are equal.
static const struct local *
local_main(const struct local *v, size_t n, const struct group *g)
{
	const struct local *best = NULL;

	for (size_t i = 0; i < n; i++) {
		if (v[i].group != g)
			continue;
		if (g->settled && rmk_str_eq(v[i].text, g->canonical->text))
			return &v[i];
		if (best == NULL || v[i].count > best->count ||
		    (v[i].count == best->count &&
			rmk_str_eq(v[i].text, g->canonical->text)))
			best = &v[i];
	}
	return best;
}

// --- the fix ------------------------------------------------------------------

// The raw cell with its text exchanged, emphasis and links kept; false when the text does
// not stand in it as it is.
static bool
respell(struct rmk_checking *c, struct rmk_str raw, struct rmk_str from,
    struct rmk_str to, struct rmk_str *out)
{
	size_t at = rmk_str_find(raw, from);

	if (at == RMK_NONE || memchr(to.s, '|', to.n) || memchr(raw.s, '|', raw.n))
		return false;
	*out = check_printf(c, "%.*s%.*s%.*s", RMK_FMT(rmk_str_part(raw, 0, at)),
	    RMK_FMT(to), RMK_FMT(rmk_str_from(raw, at + from.n)));
	return true;
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
		    respell(c, raw, from, to, &value))
			check_fix_cell(c, f, t->index, r, col, value);
	}
}

// --- status-spelling ----------------------------------------------------------

// What differs, where it cannot be seen.
static const char *
invisible(struct rmk_str a, struct rmk_str b)
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
rows(uint32_t n)
{
	return n == 1 ? "row" : "rows";
}

static struct rmk_finding *
report_spelling(struct rmk_checking *c, const struct table_info *t, size_t col,
    const struct local *odd, struct rmk_str main, uint32_t main_count)
{
	struct rmk_finding *f = check_report_cell(c, t, odd->first, col,
	    check_printf(c, "'%.*s' in %u %s, '%.*s' in %u: one value, two spellings%s",
		RMK_FMT(check_short(c, odd->text)), odd->count, rows(odd->count),
		RMK_FMT(check_short(c, main)), main_count, invisible(odd->text, main)));

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
		else if (!rmk_str_eq(v[i].text, g->canonical->text) && v[i].count &&
			 first &&
			 (i + 1 == n || local_main(v + i + 1, n - i - 1, g) == NULL))
			f = report_spelling(
			    c, t, col, &v[i], g->canonical->text, g->canonical->count);
		else
			continue;
		fix_spelling(c, f, t, col, v[i].text, g->canonical->text);
		// The table's own majority gives way to the file's, with the first finding.
		if (main != &v[i] && f && f->nedits == 0)
			fix_spelling(c, f, t, col, main->text, g->canonical->text);
	}
}

// A declared value is canonical as it is declared, however often others stand; an inferred
// one as the schema spells it, so that what check mends and what set writes agree. Where
// tables of one file differ the first decides.
static void
declare_canonical(
    struct rmk_checking *c, struct groups *all, const struct table_info *t, size_t col)
{
	const struct rmk_field *field = &t->schema->fields[col];

	if (!field->declared && field->type != RMK_STATUS)
		return;
	for (size_t i = 0; i < field->nterms; i++) {
		size_t at = rmk_map_get(
		    &all->map, squeeze(c, field->key, field->terms[i].text));

		if (at == RMK_NONE || (all->v[at].settled && !field->declared))
			continue;
		if (!field->declared && !find_spelling(&all->v[at], field->terms[i].text))
			continue;
		all->v[at].settled = true;
		if (!find_spelling(&all->v[at], field->terms[i].text))
			add_spelling(c, &all->v[at], field->terms[i].text, 0);
		all->v[at].canonical = find_spelling(&all->v[at], field->terms[i].text);
	}
}

void
check_status_spelling(struct rmk_checking *c)
{
	struct groups all = {.map = {.arena = c->a}};

	for (size_t i = 0; i < c->doc->ntables; i++)
		for (size_t col = 0; col < c->tables[i].table->ncols; col++)
			if (is_category(&c->tables[i], col))
				add_column(c, &all, &c->tables[i], col);
	for (size_t i = 0; i < c->doc->ntables; i++)
		for (size_t col = 0; col < c->tables[i].table->ncols; col++)
			declare_canonical(c, &all, &c->tables[i], col);
	for (size_t i = 0; i < c->doc->ntables; i++)
		for (size_t col = 0; col < c->tables[i].table->ncols; col++)
			if (is_category(&c->tables[i], col))
				check_spellings(c, &all, &c->tables[i], col);
}

// --- status-typo --------------------------------------------------------------

// Short words one letter apart are too often both words.
#define MIN_WORD 5

// A word that stands this many times as often is what was meant.
#define MUCH_COMMONER 4

static bool
is_word(struct rmk_str text)
{
	if (text.n < MIN_WORD)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (!((text.s[i] | 0x20) >= 'a' && (text.s[i] | 0x20) <= 'z') &&
		    text.s[i] != ' ' && text.s[i] != '-')
			return false;
	return true;
}

// A letter left out, put in, exchanged or swapped; not a plural.
static bool
is_misspelled(struct rmk_str odd, struct rmk_str common)
{
	if (!is_word(odd) || !is_word(common) || rmk_str_distance(odd, common, 1) != 1)
		return false;
	return odd.n == common.n ||
	       (odd.n > common.n
		       ? odd.s[odd.n - 1] != 's' || rmk_str_ends(common, RMK_STR("s"))
		       : common.s[common.n - 1] != 's' ||
			     rmk_str_ends(odd, RMK_STR("s")));
}

static void
check_typos(struct rmk_checking *c, const struct table_info *t, size_t col)
{
	const struct column *column = &t->columns[col];

	for (size_t i = 0; i < column->nvalues; i++) {
		const struct value_count *odd = &column->values[i];

		for (size_t k = 0; k < column->nvalues; k++) {
			const struct value_count *common = &column->values[k];
			struct rmk_finding *f;

			if (common->count < MUCH_COMMONER * odd->count ||
			    common->count < 4 ||
			    !is_misspelled(rmk_value_key(c->a, odd->raw),
				rmk_value_key(c->a, common->raw)))
				continue;
			f = check_report_cell(c, t, odd->first, col,
			    check_printf(c,
				"'%.*s' in %u %s is one letter from '%.*s' in %u",
				RMK_FMT(check_short(c, odd->raw)), odd->count,
				rows(odd->count), RMK_FMT(check_short(c, common->raw)),
				common->count));
			if (f) {
				f->found = odd->raw;
				f->wanted = common->raw;
				f->hint = RMK_STR("correct it, or declare both values");
			}
			break;
		}
	}
}

void
check_status_typo(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t col = 0; col < t->table->ncols; col++)
			if (is_category(t, col) && !t->schema->fields[col].declared)
				check_typos(c, t, col);
	}
}

// --- empty-status -------------------------------------------------------------

// A blank among this many filled cells was forgotten; more of them mean something.
#define FILLED_PER_BLANK 12

static bool
is_forgotten(const struct table_info *t, size_t col)
{
	const struct column *column = &t->columns[col];

	if (column->nempty == 0 || column->nempty * FILLED_PER_BLANK > column->nfilled)
		return false;
	return is_status(t, col) || (is_category(t, col) && column->nvalues <= 6);
}

// A row that has nothing else heads others, or is itself to be filled in.
static bool
is_filled(const struct rmk_row *row, uint32_t ncols)
{
	uint32_t filled = 0;

	for (uint32_t i = 0; i < row->ncells; i++)
		filled += row->cells[i].len > 0;
	return filled > 1 || (filled == 1 && ncols == 2);
}

void
check_empty_status(struct rmk_checking *c)
{
	for (size_t i = 0; i < c->doc->ntables; i++) {
		const struct table_info *t = &c->tables[i];

		for (size_t col = 0; col < t->table->ncols; col++) {
			if (!is_forgotten(t, col))
				continue;
			for (uint32_t r = 0; r < t->table->nrows; r++) {
				const struct rmk_row *row = &t->table->rows[r];

				if (rmk_doc_cell(c->doc, row, col).n ||
				    row->ncells <= col ||
				    !is_filled(row, t->table->ncols))
					continue;
				check_report_cell(c, t, r, col,
				    check_printf(c,
					"'%.*s' is empty here, and filled in %u of %u "
					"rows",
					RMK_FMT(
					    check_short(c, t->schema->fields[col].label)),
					t->columns[col].nfilled, t->table->nrows));
			}
		}
	}
}
