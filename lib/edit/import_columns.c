// Which column of the table a label from elsewhere is: see import.h.
#include "edit/import.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "schema/describe.h"
#include "table/value.h"

struct rmk_str
rmk_cell_url(struct rmk_arena *a, struct rmk_str raw)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(a, raw, &links), of = 0;

	// A badge is a link whose label is an image.
	of = n == 2 && links[0].image;
	if (n == 0 || n > 2 || (n == 2 && !links[1 - of].image) || links[of].reference ||
	    links[of].image || links[of].raw.n != raw.n)
		return RMK_STR("");
	return links[of].url;
}

bool
rmk_column_is_urls(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, size_t col, const size_t *rows, size_t n)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str label = {0};
	size_t nlinks = 0;

	if (schema->fields[col].type == RMK_LINK || col == schema->key)
		return schema->fields[col].type == RMK_LINK;
	for (size_t i = 0; i < (rows ? n : t->nrows); i++) {
		size_t r = rows ? rows[i] : i;
		struct rmk_str raw = rmk_doc_cell(doc, &t->rows[r], col), text;

		text = rmk_value_text(a, raw);
		if (text.n == 0)
			continue;
		if (rmk_cell_url(a, raw).n == 0 ||
		    (nlinks > 0 && !rmk_str_eq(text, label)))
			return false;
		label = text;
		nlinks++;
	}
	return nlinks > 0;
}

// The nth column with a name.
static size_t
import_named(
    struct rmk_arena *a, const struct rmk_schema *schema, struct rmk_str name, size_t nth)
{
	struct rmk_str key = rmk_utf8_fold(a, name);

	for (size_t col = 0; col < schema->ncols; col++) {
		if (rmk_str_eq(schema->fields[col].key, key) && nth-- == 0)
			return col;
	}
	return RMK_NONE;
}

// "column-3" as "column_3".
static struct rmk_str
import_underscore(struct rmk_arena *a, struct rmk_str name)
{
	size_t at = name.n;

	while (at && rmk_is_digit(name.s[at - 1]))
		at--;
	return at == 0 || at == name.n || name.s[at - 1] != '-'
	           ? name
	           : rmk_str_printf(a, "%.*s_%.*s",
			 RMK_FMT(rmk_str_part(name, 0, at - 1)),
			 RMK_FMT(rmk_str_from(name, at)));
}

// Names as other formats have them, where no two are the same: "X_2", "column_3" of a schema,
// "X-2", "column-3" of JSON.
static size_t
import_described(
    struct rmk_arena *a, const struct rmk_schema *schema, struct rmk_str name)
{
	struct rmk_map taken = {.arena = a};
	struct rmk_str key = rmk_utf8_fold(a, import_underscore(a, name));

	for (size_t col = 0; col < schema->ncols; col++) {
		struct rmk_str known = rmk_describe_name(
		    a, &taken, schema->fields[col].label, col);

		if (rmk_str_eq(rmk_utf8_fold(a, known), key))
			return col;
	}
	return RMK_NONE;
}

static enum rmk_code
import_no_column(struct rmk_arena *a, const struct rmk_schema *schema,
    struct rmk_str label, struct rmk_err *err)
{
	struct rmk_buf names = {.arena = a};

	for (size_t i = 0; i < schema->ncols; i++)
		rmk_buf_printf(
		    &names, "%s'%.*s'", i ? ", " : "", RMK_FMT(schema->fields[i].label));
	rmk_fail(err, RMK_NOT_FOUND, "the table has no column '%.*s', only %.*s",
	    RMK_FMT(label), RMK_FMT(rmk_buf_str(&names)));
	return rmk_hint(err,
	    "--map '%.*s=COLUMN' says which it is, --map '%.*s=' leaves it out, "
	    "'rowmark column add' makes one",
	    RMK_FMT(label), RMK_FMT(label));
}

// What --map says of a label. False: nothing.
static bool
import_mapped(struct rmk_arena *a, struct rmk_str label, const struct rmk_str *maps,
    size_t nmaps, struct rmk_str *to)
{
	struct rmk_str key = rmk_utf8_fold(a, label);

	for (size_t i = 0; i < nmaps; i++) {
		size_t equals = rmk_str_rchr(maps[i], '=');

		if (equals != RMK_NONE &&
		    rmk_str_eq(rmk_utf8_fold(a, rmk_str_part(maps[i], 0, equals)), key)) {
			*to = rmk_str_from(maps[i], equals + 1);
			return true;
		}
	}
	return false;
}

static enum rmk_code
import_column(struct rmk_arena *a, const struct rmk_schema *schema,
    const struct rmk_records *records, size_t i, const struct rmk_str *maps, size_t nmaps,
    size_t *out, struct rmk_err *err)
{
	struct rmk_str label = records->labels[i], name = label;
	size_t nth = 0;

	*out = RMK_NONE;
	if (import_mapped(a, label, maps, nmaps, &name) && name.n == 0)
		return RMK_OK;
	for (size_t k = 0; k < i && name.s == label.s; k++)
		nth += rmk_str_eq(
		    rmk_utf8_fold(a, records->labels[k]), rmk_utf8_fold(a, label));
	*out = import_named(a, schema, name, nth);
	if (*out == RMK_NONE)
		*out = import_described(a, schema, name);
	return *out == RMK_NONE ? import_no_column(a, schema, name, err) : RMK_OK;
}

enum rmk_code
rmk_import_columns(struct rmk_arena *a, const struct rmk_schema *schema,
    const struct rmk_records *records, const struct rmk_str *maps, size_t nmaps,
    size_t **out, struct rmk_err *err)
{
	size_t *cols = RMK_NEW_N(a, size_t, records->ncols + 1);
	bool has_key = false;

	for (size_t i = 0; i < records->ncols; i++) {
		if (import_column(a, schema, records, i, maps, nmaps, &cols[i], err))
			return err->code;
		for (size_t k = 0; k < i; k++) {
			if (cols[i] != RMK_NONE && cols[k] == cols[i])
				return rmk_fail(err, RMK_INVALID,
				    "'%.*s' and '%.*s' are one column, '%.*s'",
				    RMK_FMT(records->labels[k]),
				    RMK_FMT(records->labels[i]),
				    RMK_FMT(schema->fields[cols[i]].label));
		}
		has_key |= cols[i] == schema->key;
	}
	if (!has_key)
		return rmk_fail(err, RMK_INVALID,
		    "no column is '%.*s', by which rows are known",
		    RMK_FMT(schema->fields[schema->key].label));
	*out = cols;
	return RMK_OK;
}
