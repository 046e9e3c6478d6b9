// rowmark add: append a row.
#include "faster.h"
#include "open_table.h"
#include "out.h"
#include "row_name.h"
#include "set_cells.h"

#include "edit/cell_value.h"
#include "edit/link_names.h"
#include "edit/new_row.h"
#include "edit/row_order.h"
#include "gfm/cells.h"
#include "table/value.h"

#include <string.h>

static const struct opt opts[] = {
    {0, "new", NULL, "write values as they are typed, new ones too", NULL},
    {0, "sorted", NULL, "in the table's order, where it is evidently sorted", NULL},
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Add a paper to the list",
	"rowmark add Paper=Gopher Link='[Link](https://arxiv.org/abs/2112.11446)'"},
    {"By its link, which names it", "rowmark add https://arxiv.org/abs/2407.21783"},
    {"By its name and more",
	"rowmark add Galactica 'What it says=Papers alone' --sorted"},
    {NULL, NULL},
};

// What the operands are: cells hold '=', a URL holds "://", a FILE looks so; what is left is
// the row's name.
struct add_words {
	const char **cells; // [ncells]
	size_t ncells;
	const char *name, *url; // NULL: none
	const char *id;         // the URL as it was typed, where it was no URL
	char *file;
};

static bool
is_url(const char *word)
{
	const char *scheme = strstr(word, "://");

	return scheme && strcspn(word, "= \t[<(") >= (size_t)(scheme - word);
}

static enum rmk_code
add_take_word(struct call *c, size_t i, struct add_words *w, struct rmk_err *err)
{
	char *word = c->args[i];
	const char **place;
	bool plain = i >= c->plain;

	struct rmk_str url = plain ? RMK_STR("") : rmk_id_url(c->arena, rmk_str_of(word));

	if (is_url(word) && w->id && !w->name) {
		w->name = w->id;
		w->id = NULL;
		w->url = word;
		return RMK_OK;
	} else if (is_url(word)) {
		place = &w->url;
	} else if (url.n && !w->url) {
		w->id = word;
		w->url = rmk_str_c(c->arena, url);
		return RMK_OK;
	} else if (!plain && strchr(word, '=')) {
		w->cells[w->ncells++] = word;
		return RMK_OK;
	} else if (!plain && (!*word || operand_is_file(c, word, OPERANDS_STDIN) ||
				 operand_is_table(c, word))) {
		// "#papers README.md" is README.md#papers.
		if (w->file && (*w->file == '#') != (*word == '#') &&
		    !strchr(*word == '#' ? w->file : word, '#')) {
			w->file = rmk_str_c(c->arena, rmk_str_printf(c->arena, "%s%s",
							  *word == '#' ? w->file : word,
							  *word == '#' ? word : w->file));
			return RMK_OK;
		}
		if (w->file)
			return rmk_fail(err, RMK_INVALID,
			    "add: two files given, '%s' and '%s'", w->file, word);
		w->file = word;
		return RMK_OK;
	} else {
		place = &w->name;
	}
	if (*place) {
		rmk_fail(err, RMK_INVALID, "add: two %s given, '%s' and '%s'",
		    place == &w->url ? "URLs" : "names", *place, word);
		return rmk_hint(err, "one row is added; other cells are COLUMN=VALUE, "
				     "files end in .md or are there");
	}
	*place = word;
	return RMK_OK;
}

static enum rmk_code
read_cell(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    const char *word, struct rmk_str *values, struct rmk_err *err)
{
	struct rmk_str value = rmk_str_of(word), label;
	size_t col;

	rmk_str_split(&value, '=', &label);
	if (!value.s)
		return rmk_fail(err, RMK_INVALID, "%s: wanted COLUMN=VALUE", word);
	if (picked_column(c, p, label, &col, err))
		return err->code;
	if (values[col].s)
		return rmk_fail(err, RMK_INVALID,
		    "%s: the column has a value already, '%.*s'", word,
		    RMK_FMT(values[col]));
	return spell_value(c, p, &schema->fields[col], value, &values[col], err);
}

// A DOI alone is a link where there is a column of links, and else a name.
static struct add_words
add_id_or_name(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    const struct add_words *words)
{
	struct add_words w = *words;

	if (w.id && !w.name &&
	    rmk_link_column(c->arena, p->file->doc, p->table, schema) == RMK_NONE) {
		w.name = w.id;
		w.url = NULL;
	}
	return w;
}

// A name of the form of the ids beside the names is the id: "T-7".
static enum rmk_code
add_take_id(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    struct add_words *w, struct rmk_str *values, struct rmk_err *err)
{
	const struct rmk_doc *doc = p->file->doc;
	const struct rmk_table *t = &doc->tables[p->table];
	size_t col = schema->number;
	struct rmk_str id = rmk_str_of(w->name);

	if (!w->name || col == RMK_NONE || col == schema->key || values[col].s ||
	    !rmk_is_id_like(c->arena, doc, p->table, col, id))
		return RMK_OK;
	for (size_t r = 0; r < t->nrows; r++) {
		struct rmk_str cell = rmk_doc_cell(doc, &t->rows[r], col);

		if (rmk_str_eq(rmk_value_key(c->arena, cell),
			rmk_value_key(c->arena, rmk_cell_raw(c->arena, id)))) {
			rmk_fail(err, RMK_FASTER, "%.*s:%u: there is a row '%s' already",
			    RMK_FMT(p->file->path), t->rows[r].line, w->name);
			return faster(c, p->file, err, "'rowmark set' changes it");
		}
	}
	values[col] = id;
	w->name = NULL;
	return RMK_OK;
}

// Where the key is an id that is counted up, a name that is none is the first text beside it.
static void
add_name_beside_id(struct call *c, const struct picked *p,
    const struct rmk_schema *schema, struct add_words *w, struct rmk_str *values)
{
	const struct rmk_field *key = &schema->fields[schema->key];

	if (!w->name || (!key->id_prefix.s && !key->id_random) ||
	    rmk_is_id_like(
		c->arena, p->file->doc, p->table, schema->key, rmk_str_of(w->name)) ||
	    (key->id_prefix.n && rmk_str_starts(rmk_str_of(w->name), key->id_prefix)))
		return;
	for (size_t col = 0; col < schema->ncols; col++) {
		if (col == schema->key || values[col].s ||
		    schema->fields[col].type != RMK_TEXT)
			continue;
		values[col] = rmk_str_of(w->name);
		w->name = NULL;
		return;
	}
}

// The name goes into the key column, or names the link that is there; where none is
// given, it is what the address says.
static enum rmk_code
fill_name_and_link(struct call *c, const struct picked *p,
    const struct rmk_schema *schema, const struct add_words *w, struct rmk_str *values,
    struct rmk_err *err)
{
	const struct rmk_doc *doc = p->file->doc;
	struct rmk_str url = rmk_str_of(w->url), name = rmk_str_of(w->name), known;
	size_t key = schema->key, link = RMK_NONE;

	if (url.n)
		link = rmk_link_column(c->arena, doc, p->table, schema);
	if (url.n && (link == RMK_NONE || values[link].s)) {
		rmk_fail(err, RMK_INVALID, "%.*s: no column for '%s'",
		    RMK_FMT(picked_address(c->arena, p)), w->url);
		return rmk_hint(err, "say which: COLUMN=%s", w->url);
	}
	for (size_t i = 0; i < schema->ncols && w->name; i++) {
		if (rmk_str_eq_nocase(schema->fields[i].label, name)) {
			rmk_fail(err, RMK_INVALID, "add: '%s' is a column", w->name);
			return rmk_hint(err,
			    "%s=VALUE is its cell, %.*s=%s the row's name", w->name,
			    RMK_FMT(schema->fields[key].label), w->name);
		}
	}
	if (w->name && values[key].s)
		return rmk_fail(err, RMK_INVALID, "add: two names given, '%s' and '%.*s'",
		    w->name, RMK_FMT(values[key]));
	if (!name.n && !values[key].s &&
	    !rmk_next_id(c->arena, doc, p->table, key, &known))
		name = rmk_url_name(url);
	if (url.n && link != key)
		values[link] = rmk_link_like(c->arena, doc, p->table, link, key, url,
		    name.n ? name : rmk_value_text(c->arena, values[key]));
	if (url.n && link == key)
		values[key] = rmk_link_like(c->arena, doc, p->table, key, key, url, name);
	else if (name.n)
		values[key] = name;
	return values[key].s ? rmk_edit_value_ok(values[key], err) : RMK_OK;
}

// Numbers that nobody types: of the key column, or of one beside it.
static void
fill_numbers(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    struct rmk_str *values)
{
	for (size_t col = 0; col < schema->ncols; col++) {
		const struct rmk_field *f = &schema->fields[col];
		bool numbered = col == schema->key || col == schema->number ||
		                f->id_random || f->id_prefix.s;

		if (numbered && !values[col].s)
			rmk_next_id(c->arena, p->file->doc, p->table, col, &values[col]);
	}
}

// A key that is there already is refused, and one that is missing too.
static enum rmk_code
check_key(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    struct rmk_str value, struct rmk_err *err)
{
	enum rmk_code code = rmk_new_key_check(
	    c->arena, p->file->doc, p->table, schema, value, err);

	return code == RMK_FASTER ? faster(c, p->file, err, "'rowmark set' changes it")
	                          : code;
}

// The same link in two rows is perhaps a row twice.
static void
add_note_link(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    const struct rmk_str *values)
{
	const struct rmk_doc *doc = p->file->doc;
	size_t col = rmk_link_column(c->arena, doc, p->table, schema), row;
	struct rmk_link *links;

	if (c->quiet || col == RMK_NONE ||
	    rmk_value_links(c->arena, rmk_cell_raw(c->arena, values[col]), &links) == 0)
		return;
	row = rmk_link_row(c->arena, doc, p->table, links[0].url);
	if (row != RMK_NONE)
		out_warn("note: '%.*s' (line %u) has this link already",
		    RMK_FMT(picked_row_name(c->arena, p, row)),
		    doc->tables[p->table].rows[row].line);
}

// Where the new row belongs: at the end, or in the order that the table has.
static void
add_find_place(struct call *c, const struct picked *p, const struct rmk_schema *schema,
    struct rmk_change *change)
{
	const struct rmk_doc *doc = p->file->doc;
	size_t before;

	if (!opt_on(c, "sorted"))
		return;
	before = rmk_order_place(c->arena, doc, p->table, schema, change->values);
	if (before == doc->tables[p->table].nrows)
		return;
	change->first = before == 0;
	if (before > 0)
		change->row = rmk_row_identify(
		    c->arena, doc, p->table, schema, before - 1);
}

// The table; where none is named, the one that has all the columns that are.
static enum rmk_code
add_open(
    struct call *c, const struct add_words *w, struct picked *out, struct rmk_err *err)
{
	char *file = w->file;
	struct picked *all, *fitting;
	struct rmk_err unused;
	size_t n, fit = 0, col;

	if (write_no_stdin(c, &file, file != NULL, err) ||
	    open_tables(c, &file, file != NULL, &all, &n, err))
		return err->code;
	fitting = RMK_NEW_N(c->arena, struct picked, n + 1);
	for (size_t i = 0; i < n && w->ncells; i++) {
		bool fits = true;

		for (size_t k = 0; k < w->ncells && fits; k++) {
			struct rmk_str value = rmk_str_of(w->cells[k]), label;

			rmk_str_split(&value, '=', &label);
			fits = picked_column(c, &all[i], label, &col, &unused) == RMK_OK;
		}
		if (fits)
			fitting[fit++] = all[i];
	}
	return open_only(c, fit ? fitting : all, fit ? fit : n, out, err);
}

static enum exit_status
add_run(struct call *c)
{
	struct add_words words = {
	    .cells = RMK_NEW_N(c->arena, const char *, c->nargs + 1)};
	const struct rmk_schema *schema;
	struct write w = {0};
	struct rmk_str *values;
	struct picked p;
	struct rmk_err err;

	for (size_t i = 0; i < c->nargs; i++) {
		if (add_take_word(c, i, &words, &err))
			return complain(&err);
	}
	if (words.ncells == 0 && !words.name && !words.url) {
		rmk_fail(
		    &err, RMK_INVALID, "add: no COLUMN=VALUE, only '%s'", c->args[0]);
		rmk_hint(&err, "usage: rowmark add %s", c->cmd->args);
		return complain(&err);
	}
	if (add_open(c, &words, &p, &err))
		return complain(&err);
	schema = file_schema(c->arena, p.file, p.table);
	values = RMK_NEW_N(c->arena, struct rmk_str, schema->ncols);
	for (size_t i = 0; i < words.ncells; i++) {
		if (read_cell(c, &p, schema, words.cells[i], values, &err)) {
			if (err.code == RMK_NOT_FOUND && !*err.hint)
				rmk_hint(&err, "a name that holds '=' is %.*s='%s'",
				    RMK_FMT(schema->fields[schema->key].label),
				    words.cells[i]);
			return complain(&err);
		}
	}
	words = add_id_or_name(c, &p, schema, &words);
	add_name_beside_id(c, &p, schema, &words, values);
	if (add_take_id(c, &p, schema, &words, values, &err) ||
	    fill_name_and_link(c, &p, schema, &words, values, &err))
		return complain(&err);
	fill_numbers(c, &p, schema, values);
	for (size_t col = 0; col < schema->ncols; col++)
		if (!values[col].s)
			values[col] = rmk_cell_first(schema, col);
	new_row_dates(c, schema, values);
	if (check_key(c, &p, schema, values[schema->key], &err))
		return complain(&err);
	add_note_link(c, &p, schema, values);
	w.file = p.file;
	w.table = p.table;
	w.address = picked_address(c->arena, &p);
	w.change.kind = RMK_CHANGE_ADD;
	w.change.table = rmk_table_identify(c->arena, p.file->doc, p.table, schema);
	w.shown = rmk_value_text(c->arena, rmk_cell_raw(c->arena, values[schema->key]));
	w.change.values = values;
	add_find_place(c, &p, schema, &w.change);
	return write_changes(c, &w, 1);
}

const struct cmd cmd_add = {
    .name = "add",
    .args = "NAME|URL|COLUMN=VALUE... [FILE[#TABLE]]",
    .line = "Append a row",
    .about =
	"Adds one line to a table, in the style of its neighbours: their outer "
	"pipes, their\n"
	"padding, the columns aligned where the table is and the values fit. No "
	"other line\n"
	"changes, and the change is committed.\n"
	"\n"
	"NAME goes into the column that names the rows, URL into the column of links "
	"as the\n"
	"other rows have theirs. Without a NAME a link to arXiv, a DOI or GitHub "
	"gives its id\n"
	"as one; nothing is asked of the network. A DOI alone, and an id as "
	"arXiv:2301.00001,\n"
	"are links too; one that a row has already is noted. A column of numbers, or of "
	"ids as T-7,\n"
	"gets the next one.\n"
	"\n"
	"Columns that are not named stay empty; a status column gets its first "
	"value. A key\n"
	"that is there already is refused. Values are Markdown and may hold links; "
	"a '|' is\n"
	"escaped.\n"
	"\n"
	"With --sorted the row goes where it belongs if the table is evidently "
	"sorted (by its\n"
	"key, by a date or by a number), else to the end.",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = SIZE_MAX,
    .run = add_run,
};
