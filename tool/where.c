// Rows chosen by what they hold: see where.h.
#include "where.h"
#include "answer.h"
#include "base/map.h"
#include "gfm/cells.h"
#include "schema/row_progress.h"
#include "table/inline_references.h"
#include "table/value.h"

#include <string.h>

struct where_test {
	size_t col;
	char op;    // '=', '!', '~'
	bool links; // '~': the part is one of a link
	struct rmk_str key,
	    also; // also: the column's value of that word ("🟡 Partial"), or empty
};

struct rmk_str *
picked_column_names(struct rmk_arena *a, const struct rmk_schema *schema)
{
	struct rmk_str *names = RMK_NEW_N(a, struct rmk_str, schema->ncols + 1);
	size_t *of = RMK_NEW_N(a, size_t, schema->ncols + 1); // at the first of a name
	size_t *nth = RMK_NEW_N(a, size_t, schema->ncols + 1);
	struct rmk_map firsts = {.arena = a};

	for (size_t i = 0; i < schema->ncols; i++) {
		size_t *first = rmk_map_put(&firsts, schema->fields[i].key);

		if (*first == RMK_NONE)
			*first = i;
		nth[i] = ++of[*first];
	}
	for (size_t i = 0; i < schema->ncols; i++) {
		struct rmk_str label = schema->fields[i].label;
		bool alone = of[rmk_map_get(&firsts, schema->fields[i].key)] == 1;

		names[i] = alone ? label
		                 : rmk_str_printf(a, "%.*s:%zu", RMK_FMT(label), nth[i]);
	}
	return names;
}

// Of an unknown name all columns, of one that fits several those.
void
picked_columns_meant(struct call *c, const struct picked *p, struct rmk_str typed,
    const struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct rmk_str key = rmk_utf8_fold(c->arena, rmk_str_trim(typed));
	struct rmk_str *all = picked_column_names(c->arena, schema);
	struct rmk_str *names = RMK_NEW_N(c->arena, struct rmk_str, schema->ncols + 1);
	bool status = key.n == 0 || rmk_str_eq(key, RMK_STR("status"));
	size_t n = 0;

	for (size_t i = 0; i < schema->ncols; i++) {
		bool fits = status && schema->nstatus
		                ? schema->fields[i].type == RMK_STATUS
		                : rmk_str_find(schema->fields[i].key, key) != RMK_NONE;

		if (err->code != RMK_AMBIGUOUS || fits)
			names[n++] = all[i];
	}
	answer_columns(err, picked_address(c->arena, p), names, n);
}

enum rmk_code
picked_column(struct call *c, const struct picked *p, struct rmk_str name, size_t *out,
    struct rmk_err *err)
{
	if (rmk_address_column_typed(c->arena, p->file->doc, p->table,
		file_schema(c->arena, p->file, p->table), rmk_str_trim(name), out,
		err) == RMK_OK)
		return RMK_OK;
	picked_columns_meant(c, p, name, err);
	return err->code;
}

// As for rows, a part of a link counts where no cell of the column has it in its text.
static bool
where_in_text(struct rmk_arena *a, const struct picked *p, const struct where_test *test)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	bool found = false;

	for (size_t r = 0; r < t->nrows && !found; r++)
		found = rmk_str_find(rmk_value_key(a, rmk_doc_cell_linked(a, doc,
							  &t->rows[r], test->col)),
			    test->key) != RMK_NONE;
	return found;
}

// The column's own value for a word that is no value as a whole, as `set` would write it.
static struct rmk_str
where_value(struct rmk_arena *a, const struct picked *p, const struct where_test *test)
{
	const struct rmk_field *field =
	    &file_schema(a, p->file, p->table)->fields[test->col];
	struct rmk_str spelled, key;

	if (!field->nterms || !test->key.n || rmk_field_term(a, field, test->key) ||
	    rmk_field_spell(a, field, test->key, &spelled, NULL))
		return RMK_STR("");
	key = rmk_value_key(a, rmk_cell_raw(a, spelled));
	return rmk_str_find(key, test->key) != RMK_NONE ? key : RMK_STR("");
}

static enum rmk_code
read_test(struct call *c, const struct picked *p, const char *text,
    struct where_test *out, struct rmk_err *err)
{
	struct rmk_str t = rmk_str_of(text);
	size_t at = 0;

	while (at < t.n && t.s[at] != '=' && t.s[at] != '~')
		at++;
	if (at == t.n)
		return rmk_fail(err, RMK_INVALID,
		    "--where: '%s': wanted COLUMN=VALUE, COLUMN!=VALUE or COLUMN~PART",
		    text);
	out->op = t.s[at];
	out->key = rmk_value_key(c->arena, rmk_str_from(t, at + 1));
	if (out->op == '=' && t.s[at - 1] == '!') {
		out->op = '!';
		at--;
	}
	if (picked_column(c, p, rmk_str_part(t, 0, at), &out->col, err))
		return err->code;
	if (out->op == '~')
		out->links = !where_in_text(c->arena, p, out);
	else
		out->also = where_value(c->arena, p, out);
	return RMK_OK;
}

// --- how far a row is -------------------------------------------------------------

enum rmk_progress
picked_progress(struct rmk_arena *a, const struct picked *p, size_t row)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_schema *schema = file_schema(a, p->file, p->table);
	const struct rmk_row *r = &doc->tables[p->table].rows[row];
	enum rmk_progress is;

	if (schema->nstatus == 0)
		return RMK_UNKNOWN;
	if (schema->nstatus > 1)
		return rmk_row_progress(a, doc, p->table, schema, row).progress;
	is = rmk_field_progress(a, &schema->fields[schema->status[0]],
	    rmk_doc_cell(doc, r, schema->status[0]));
	return is == RMK_EMPTY ? RMK_TODO : is;
}

// How far a row is in one of several status columns: an empty cell of it is to do.
static enum rmk_progress
column_progress(struct rmk_arena *a, const struct picked *p, size_t row, size_t col)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_schema *schema = file_schema(a, p->file, p->table);
	enum rmk_progress is = rmk_field_progress(a, &schema->fields[col],
	    rmk_doc_cell(doc, &doc->tables[p->table].rows[row], col));

	return is == RMK_EMPTY ? RMK_TODO : is;
}

// The column that --open and --status ask for.
static enum rmk_code
read_status_column(
    struct call *c, const struct picked *p, struct where *w, struct rmk_err *err)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	const char *name = opt_has(c, "status") ? opt_text(c, "column") : NULL;

	w->status = RMK_NONE;
	if (!name)
		return RMK_OK;
	if (!w->classes) {
		rmk_fail(err, RMK_INVALID,
		    "--column says whose status --open or --status "
		    "means, and neither is given");
		return rmk_hint(err, "--columns chooses what is shown, --where the rows");
	}
	if (picked_column(c, p, rmk_str_of(name), &w->status, err))
		return err->code;
	if (schema->fields[w->status].type == RMK_STATUS)
		return RMK_OK;
	return rmk_fail(err, RMK_NOT_FOUND, "%.*s: '%.*s' is no status column",
	    RMK_FMT(picked_address(c->arena, p)),
	    RMK_FMT(schema->fields[w->status].label));
}

static enum rmk_code
read_classes(struct call *c, const struct picked *p, unsigned *out, struct rmk_err *err)
{
	const char **names;
	size_t n = opt_has(c, "status") ? opt_all(c, "status", &names) : 0;
	bool open = opt_has(c, "open") && opt_on(c, "open");
	const enum rmk_progress all[] = {RMK_TODO, RMK_DOING, RMK_DONE, RMK_CLOSED};

	*out = open ? 1u << RMK_TODO | 1u << RMK_DOING | 1u << RMK_UNKNOWN : 0;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
			if (strcmp(names[i], rmk_progress_name(all[k])) == 0)
				*out |= 1u << all[k];
		}
	}
	if (*out == 0 || file_schema(c->arena, p->file, p->table)->nstatus)
		return RMK_OK;
	rmk_fail(err, RMK_NOT_FOUND, "%.*s: has no status column",
	    RMK_FMT(picked_address(c->arena, p)));
	return rmk_hint(err, "'rowmark help schema' shows how to declare one");
}

enum rmk_code
where_read(struct call *c, const struct picked *p, struct where *out, struct rmk_err *err)
{
	const char **texts;
	struct where w = {.n = opt_all(c, "where", &texts)};

	w.v = RMK_NEW_N(c->arena, struct where_test, w.n + 1);
	for (size_t i = 0; i < w.n; i++) {
		if (read_test(c, p, texts[i], &w.v[i], err))
			return err->code;
	}
	if (read_classes(c, p, &w.classes, err) || read_status_column(c, p, &w, err))
		return err->code;
	*out = w;
	return RMK_OK;
}

static bool
test_holds(struct rmk_arena *a, const struct where_test *test, struct rmk_str raw)
{
	struct rmk_str key = rmk_value_key(a, raw);
	struct rmk_link *links;
	bool is = rmk_str_eq(key, test->key) ||
	          (test->also.n && rmk_str_eq(key, test->also));

	if (test->op != '~')
		return is == (test->op == '=');
	if (!test->links)
		return rmk_str_find(key, test->key) != RMK_NONE;
	for (size_t n = rmk_value_links(a, raw, &links); n-- > 0;)
		if (rmk_str_find(rmk_utf8_fold(a, links[n].url), test->key) != RMK_NONE)
			return true;
	return false;
}

bool
where_holds(
    struct rmk_arena *a, const struct where *w, const struct picked *p, size_t row)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_row *r = &doc->tables[p->table].rows[row];

	for (size_t i = 0; i < w->n; i++) {
		if (!test_holds(a, &w->v[i], rmk_doc_cell_linked(a, doc, r, w->v[i].col)))
			return false;
	}
	return w->classes == 0 ||
	       w->classes &
	           1u << (w->status == RMK_NONE ? picked_progress(a, p, row)
						: column_progress(a, p, row, w->status));
}

static enum rmk_code
none_selected(struct call *c, size_t ntables, struct rmk_err *err)
{
	struct rmk_buf tests = {.arena = c->arena};
	const char **texts;
	size_t n = opt_all(c, "where", &texts);

	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&tests, "%s%s", i ? " and " : "", texts[i]);
	rmk_fail(err, RMK_NOT_FOUND, "no row with %.*s in %zu table%s",
	    RMK_FMT(rmk_buf_str(&tests)), ntables, ntables == 1 ? "" : "s");
	return rmk_hint(err, "'rowmark show --where' lists the rows that a test chooses");
}

enum rmk_code
where_select(struct call *c, const struct picked *tables, size_t n,
    struct picked_row **out, size_t *nout, struct rmk_err *err)
{
	struct picked_row *rows = NULL;
	size_t count = 0, cap = 0, able = 0;

	for (size_t i = 0; i < n; i++) {
		const struct rmk_table *t = &tables[i].file->doc->tables[tables[i].table];
		struct where w;
		enum rmk_code code = where_read(c, &tables[i], &w, err);

		if (code == RMK_NOT_FOUND && n > 1)
			continue;
		if (code)
			return code;
		able++;
		for (size_t r = 0; r < t->nrows; r++) {
			if (where_holds(c->arena, &w, &tables[i], r))
				*RMK_PUSH(c->arena, rows, count,
				    cap) = (struct picked_row){tables[i], r};
		}
	}
	if (count == 0)
		return able ? none_selected(c, able, err) : err->code;
	*out = rows;
	*nout = count;
	return RMK_OK;
}
