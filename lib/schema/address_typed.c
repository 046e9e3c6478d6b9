// The column that a person means by what he typed: see address.h.
#include "base/buf.h"
#include "base/utf8.h"
#include "schema/address.h"
#include "table/value.h"

// "NAME:2": the name, and the number from 1.
static bool
split_number(struct rmk_str typed, struct rmk_str *name, uint32_t *number)
{
	size_t colon = rmk_str_rchr(typed, ':');

	if (colon == RMK_NONE || colon == 0)
		return false;
	*name = rmk_str_part(typed, 0, colon);
	return rmk_str_to_u32(rmk_str_from(typed, colon + 1), number) && *number > 0;
}

static bool
find_numbered(struct rmk_arena *a, const struct rmk_schema *schema, struct rmk_str typed,
    size_t *out)
{
	struct rmk_str name, key;
	uint32_t number, n = 0;

	if (!split_number(typed, &name, &number))
		return false;
	key = rmk_value_key(a, name);
	for (size_t i = 0; i < schema->ncols; i++) {
		if (rmk_str_eq(schema->fields[i].key, key) && ++n == number) {
			*out = i;
			return true;
		}
	}
	return false;
}

// How many headers hold the text; *found is the first.
static size_t
count_parts(struct rmk_arena *a, const struct rmk_schema *schema, struct rmk_str typed,
    size_t *found, struct rmk_buf *labels)
{
	struct rmk_str key = rmk_utf8_fold(a, rmk_str_trim(typed));
	size_t n = 0;

	for (size_t i = 0; key.n && i < schema->ncols; i++) {
		if (rmk_str_find(schema->fields[i].key, key) == RMK_NONE)
			continue;
		rmk_buf_printf(
		    labels, "%s'%.*s'", n ? ", " : "", RMK_FMT(schema->fields[i].label));
		if (n++ == 0)
			*found = i;
	}
	return n;
}

enum rmk_code
rmk_address_column_typed(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, struct rmk_str typed, size_t *out,
    struct rmk_err *err)
{
	enum rmk_code code = rmk_address_column(a, doc, table, schema, typed, out, err);
	struct rmk_buf labels = {.arena = a};
	size_t found = 0, n;

	if (code == RMK_OK || find_numbered(a, schema, typed, out))
		return RMK_OK;
	if (code == RMK_AMBIGUOUS && (!err || !err->hint[0]))
		return rmk_hint(err, "the second of them is '%.*s:2'", RMK_FMT(typed));
	// No status column is no column with the word in its name.
	if (code != RMK_NOT_FOUND ||
	    rmk_str_eq(rmk_utf8_fold(a, typed), RMK_STR("status")))
		return code;
	n = count_parts(a, schema, typed, &found, &labels);
	if (n == 0)
		return code;
	*out = found;
	if (n == 1)
		return RMK_OK;
	rmk_fail(err, RMK_AMBIGUOUS, "%.*s: '%.*s' is a part of %zu columns' names",
	    RMK_FMT(rmk_address_of(a, doc, table)), RMK_FMT(typed), n);
	return rmk_hint(err, "name one of %.*s", RMK_FMT(rmk_buf_str(&labels)));
}
