// What a new row holds that nobody typed: see new_row.h.
#include "edit/new_row.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "gfm/cells.h"
#include "schema/address.h"
#include "table/inline_references.h"
#include "table/value.h"

#include <sys/random.h>
#include <unistd.h>

// --- the next number --------------------------------------------------------------

// The text before the digits at the end of a key, and the digits' place.
static bool
split_id(struct rmk_str text, size_t *digits, uint32_t *number)
{
	size_t at = text.n;

	while (at > 0 && rmk_is_digit(text.s[at - 1]))
		at--;
	*digits = at;
	return rmk_str_to_u32(rmk_str_from(text, at), number) && *number < UINT32_MAX;
}

// --- a declared id ------------------------------------------------------------------

#define ID_LETTERS 6

// Letters that are not taken for one another.
static struct rmk_str
new_row_random(struct rmk_arena *a, struct rmk_str prefix)
{
	static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz";
	unsigned char bytes[ID_LETTERS];
	struct rmk_buf b = {.arena = a};

	if (getentropy(bytes, sizeof bytes))
		return RMK_STR("");
	rmk_buf_add(&b, prefix);
	for (size_t i = 0; i < sizeof bytes; i++)
		rmk_buf_addc(&b, letters[bytes[i] % (sizeof letters - 1)]);
	return rmk_buf_str(&b);
}

static bool
new_row_has(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col,
    struct rmk_str id)
{
	const struct rmk_table *t = &doc->tables[table];

	for (size_t r = 0; r < t->nrows; r++)
		if (rmk_str_eq(rmk_value_key(a, rmk_doc_cell(doc, &t->rows[r], col)), id))
			return true;
	return false;
}

static bool
new_row_declared(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col,
    const struct rmk_field *field, struct rmk_str *out)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str prefix = field->id_prefix.s ? field->id_prefix : RMK_STR("");
	uint32_t most = 0, number;
	size_t digits, width = 0;

	for (int tries = 0; field->id_random && tries < 1000; tries++) {
		*out = new_row_random(a, prefix);
		if (out->n && !new_row_has(a, doc, table, col, rmk_utf8_fold(a, *out)))
			return true;
	}
	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str text = rmk_value_text(
		    a, rmk_doc_cell(doc, &t->rows[r], col));

		if (!split_id(text, &digits, &number) ||
		    !rmk_str_eq(rmk_str_part(text, 0, digits), prefix))
			continue;
		most = number > most ? number : most;
		width = text.s[digits] == '0' ? text.n - digits : width;
	}
	*out = rmk_str_printf(a, "%.*s%0*u", RMK_FMT(prefix), (int)width, most + 1);
	return !field->id_random;
}

bool
rmk_next_id(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col,
    struct rmk_str *out)
{
	const struct rmk_table *t = &doc->tables[table];
	const struct rmk_field *field = &rmk_schema_columns(a, doc, table)->fields[col];
	struct rmk_str best = {0};
	uint32_t most = 0;
	size_t width = 0;

	if (field->id_random || field->id_prefix.s)
		return new_row_declared(a, doc, table, col, field, out);
	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str text = rmk_value_text(
		    a, rmk_doc_cell(doc, &t->rows[r], col));
		size_t digits;
		uint32_t number;

		if (text.n == 0)
			continue;
		if (!split_id(text, &digits, &number) ||
		    (best.s && !rmk_str_eq(best, rmk_str_part(text, 0, digits))))
			return false;
		best = rmk_str_part(text, 0, digits);
		best.s = best.s ? best.s : "";
		most = number > most ? number : most;
		width = text.s[digits] == '0' ? text.n - digits : width;
	}
	if (!best.s)
		return false;
	*out = rmk_str_printf(a, "%.*s%0*u", RMK_FMT(best), (int)width, most + 1);
	return true;
}

bool
rmk_is_id_like(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col,
    struct rmk_str text)
{
	struct rmk_str next;
	size_t digits, prefix;
	uint32_t number;

	return rmk_next_id(a, doc, table, col, &next) &&
	       split_id(next, &prefix, &number) && prefix > 0 &&
	       split_id(text, &digits, &number) &&
	       rmk_str_eq(rmk_str_part(next, 0, prefix), rmk_str_part(text, 0, digits));
}

// --- a link -----------------------------------------------------------------------

// The link that a cell begins with: one in a remark behind a word is none of a column of links.
static bool
leading_link(struct rmk_arena *a, struct rmk_str raw, struct rmk_link *out)
{
	struct rmk_link *links;
	size_t n = rmk_value_links(a, raw, &links);

	if (n == 0 || links[0].image || links[0].reference || links[0].raw.s != raw.s)
		return false;
	*out = links[0];
	return true;
}

size_t
rmk_link_column(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema)
{
	const struct rmk_table *t = &doc->tables[table];
	size_t best = RMK_NONE, most = 0;

	for (size_t col = 0; col < schema->ncols; col++) {
		struct rmk_link link;
		size_t n = 0;

		if (schema->fields[col].type == RMK_LINK)
			return col;
		for (size_t r = 0; r < t->nrows; r++)
			n += leading_link(a, rmk_doc_cell(doc, &t->rows[r], col), &link);
		if (n > most) {
			most = n;
			best = col;
		}
	}
	for (size_t col = 0; best == RMK_NONE && col < schema->ncols; col++) {
		struct rmk_str key = schema->fields[col].key;

		if (rmk_str_eq(key, RMK_STR("link")) || rmk_str_eq(key, RMK_STR("url")))
			return col;
	}
	return best;
}

// How the cells of a column that are a link and nothing else write it.
struct link_ways {
	size_t links, bare, angled; // all; a URL as text; a URL in <>
	size_t named;               // labelled with their own row's name
	size_t shared;              // with the label that most have
	struct rmk_str label;
};

static struct link_ways
ways_of_links(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col, size_t key)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_map labels = {.arena = a};
	struct link_ways ways = {0};

	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(doc, &t->rows[r], col);
		struct rmk_link link;
		size_t *n;

		if (!leading_link(a, raw, &link) || link.raw.n != raw.n)
			continue;
		ways.links++;
		ways.angled += link.bare && raw.s[0] == '<';
		ways.bare += link.bare;
		if (link.bare)
			continue;
		ways.named += rmk_str_eq(rmk_value_key(a, link.label),
		    rmk_value_key(a, rmk_doc_cell(doc, &t->rows[r], key)));
		n = rmk_map_put(&labels, link.label);
		*n = *n == RMK_NONE ? 1 : *n + 1;
		if (*n > ways.shared) {
			ways.shared = *n;
			ways.label = link.label;
		}
	}
	return ways;
}

// A label is a new row's too where two rows have it, and nearly all. One that a single row has,
// or that says what its own row is about, is no other's.
static bool
is_shared_label(const struct link_ways *ways)
{
	return ways->shared >= 2 && ways->shared * 4 >= ways->links * 3;
}

struct rmk_str
rmk_link_like(struct rmk_arena *a, const struct rmk_doc *doc, size_t table, size_t col,
    size_t key, struct rmk_str url, struct rmk_str name)
{
	struct link_ways ways = ways_of_links(a, doc, table, col, key);
	struct rmk_str label = {0};

	if (col == key)
		label = name;
	else if (is_shared_label(&ways))
		label = ways.label;
	else if (ways.named >= 2 && ways.named >= ways.bare)
		label = name;
	if (label.n == 0)
		return ways.angled * 2 > ways.bare
		           ? rmk_str_printf(a, "<%.*s>", RMK_FMT(url))
		           : url;
	return rmk_str_chr(url, ')') == RMK_NONE
	           ? rmk_str_printf(a, "[%.*s](%.*s)", RMK_FMT(label), RMK_FMT(url))
	           : rmk_str_printf(a, "[%.*s](<%.*s>)", RMK_FMT(label), RMK_FMT(url));
}

// --- the key ------------------------------------------------------------------------

enum rmk_code
rmk_new_key_check(struct rmk_arena *a, const struct rmk_doc *doc, size_t table,
    const struct rmk_schema *schema, struct rmk_str value, struct rmk_err *err)
{
	const struct rmk_table *t = &doc->tables[table];
	struct rmk_str key = rmk_value_key(a, rmk_cell_raw(a, value));
	struct rmk_str label = schema->fields[schema->key].label;

	if (key.n == 0) {
		rmk_fail(err, RMK_INVALID,
		    "%.*s: a new row needs its key, the column '%.*s'",
		    RMK_FMT(rmk_address_of(a, doc, table)), RMK_FMT(label));
		return rmk_hint(err, "give %.*s=VALUE", RMK_FMT(label));
	}
	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(doc, &t->rows[r], schema->key);

		cell = rmk_references_inline(a, doc, cell);
		if (rmk_str_eq(rmk_value_key(a, cell), key))
			return rmk_fail(err, RMK_FASTER,
			    "%.*s:%u: there is a row '%.*s' already", RMK_FMT(doc->path),
			    t->rows[r].line, RMK_FMT(value));
	}
	return RMK_OK;
}
