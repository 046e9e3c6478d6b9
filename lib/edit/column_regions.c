// Regions that are drawn by a column which gets another name.
//
//	<!-- rowmark:begin summary README.md#papers by=Area -->   Area of papers is Field now:
//	<!-- rowmark:begin summary README.md#papers by=Field -->
//
// Where a region counts another table too that has a column of the old name, or tables of other
// files, it stays as it is: it is still drawn by that.
#include "edit/columns_internal.h"

#include "base/path.h"
#include "schema/address.h"
#include "table/region.h"
#include "table/value.h"

#include <string.h>

// The next word of a begin marker, with the quotes that are in it. False: there is none.
static bool
region_word(struct rmk_str *rest, struct rmk_str *word)
{
	bool quoted = false;
	size_t n = 0;

	*rest = rmk_str_trim(*rest);
	for (; n < rest->n && (quoted || !strchr(" \t", rest->s[n])); n++)
		quoted ^= rest->s[n] == '"';
	*word = rmk_str_part(*rest, 0, n);
	*rest = rmk_str_from(*rest, n);
	return n > 0;
}

static struct rmk_str
region_unquoted(struct rmk_str word)
{
	return word.n > 1 && word.s[0] == '"' && word.s[word.n - 1] == '"'
	           ? rmk_str_part(word, 1, word.n - 2)
	           : word;
}

// Whether a path in a region is the file of the column's table.
static bool
region_names_file(
    struct rmk_arena *a, const struct rmk_column_named *named, struct rmk_str path)
{
	struct rmk_str own = named->path.n ? named->path : named->doc->path;

	if (!named->from.n)
		return path.n == 0 ||
		       rmk_str_eq(
			   path, rmk_str_from(own, rmk_str_rchr(own, '/') == RMK_NONE
						       ? 0
						       : rmk_str_rchr(own, '/') + 1));
	return path.n && rmk_str_eq(rmk_path_beside(a, named->from, path),
			     rmk_path_beside(a, RMK_STR(""), own));
}

static bool
region_has_column(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table, struct rmk_str key)
{
	const struct rmk_table *t = &doc->tables[table];

	for (size_t c = 0; c < t->ncols; c++)
		if (rmk_str_eq(rmk_value_key(a, rmk_doc_cell(doc, &t->header, c)), key))
			return true;
	return false;
}

// Tables that an address names; false: of another file, or one that is not there.
static bool
region_counts(struct rmk_arena *a, const struct rmk_column_named *named,
    struct rmk_str address, bool *counted)
{
	struct rmk_address at = rmk_address_parse(address);
	struct rmk_err unused;
	size_t table;

	if (!region_names_file(a, named, at.file))
		return false;
	if (at.table.n == 0)
		memset(counted, true, named->doc->ntables * sizeof *counted);
	else if (rmk_address_table(a, named->doc, at.table, &table, &unused))
		return false;
	else
		counted[table] = true;
	return true;
}

// Whether a region is drawn by columns of this table and of no other.
static bool
region_is_drawn(
    struct rmk_arena *a, const struct rmk_column_named *named, struct rmk_str words)
{
	const size_t n = named->doc->ntables;
	bool *counted = RMK_NEW_N(a, bool, n + 1), any = false;
	struct rmk_str word;

	if (!region_word(&words, &word) || (!rmk_str_eq(word, RMK_STR("summary")) &&
					       !rmk_str_eq(word, RMK_STR("board"))))
		return false;
	while (region_word(&words, &word)) {
		if (rmk_str_chr(word, '=') != RMK_NONE)
			continue;
		any = true;
		if (!region_counts(a, named, region_unquoted(word), counted))
			return false;
	}
	if (!any && !region_counts(a, named, RMK_STR(""), counted))
		return false;
	for (size_t t = 0; t < n; t++)
		if (counted[t] && t != named->table &&
		    region_has_column(a, named->doc, t, named->old))
			return false;
	return counted[named->table];
}

static void
region_rename(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_column_named *named, struct rmk_str words,
    struct rmk_column_edits *out)
{
	const bool space = rmk_str_chr(named->label, ' ') != RMK_NONE;
	struct rmk_str word, value;

	while (region_word(&words, &word)) {
		if (!rmk_str_starts(word, RMK_STR("by=")) &&
		    !rmk_str_starts(word, RMK_STR("column=")))
			continue;
		value = region_unquoted(rmk_str_from(word, rmk_str_chr(word, '=') + 1));
		if (rmk_str_eq(rmk_value_key(a, value), named->old))
			rmk_column_text(a, doc, value,
			    space && value.s[-1] != '"'
				? rmk_str_printf(a, "\"%.*s\"", RMK_FMT(named->label))
				: named->label,
			    out);
	}
}

void
rmk_column_regions(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_column_named *named, struct rmk_column_edits *out)
{
	struct rmk_regions regions = rmk_regions_of(a, doc);

	for (size_t i = 0; i < regions.n; i++)
		if (rmk_str_chr(named->label, '"') == RMK_NONE &&
		    region_is_drawn(a, named, regions.v[i].words))
			region_rename(a, doc, named, regions.v[i].words, out);
}
