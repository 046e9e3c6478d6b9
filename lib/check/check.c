// The check of a document: what all rules need is found out once, then each rule runs.
#include "base/buf.h"
#include "base/hash_index.h"
#include "base/utf8.h"
#include "check/check_context.h"
#include "gfm/front_matter.h"
#include "table/value.h"

#include <stdlib.h>
#include <string.h>

// A column with more different values than this is no column of categories (the widest
// status vocabulary seen in 12,000 tables has 21).
#define MAX_VALUES 32

// So many different values are looked through as quickly as they are hashed.
#define FEW_VALUES 16

struct wanted_value {
	const struct column *col;
	struct rmk_str raw;
};

static inline bool
is_value(const void *ctx, size_t item)
{
	const struct wanted_value *w = ctx;

	return rmk_str_eq(w->col->values[item].raw, w->raw);
}

// Whether two texts of n bytes, at least one, are the same: most that are not differ at an end, and
// of three bytes there is only the one between.
static inline bool
equal_bytes(const char *a, const char *b, size_t n)
{
	return a[n - 1] == b[n - 1] && a[0] == b[0] && a[n / 2] == b[n / 2] &&
	       (n <= 3 || memcmp(a, b, n) == 0);
}

static size_t
find_among_few(const struct column *col, struct rmk_str raw)
{
	for (size_t i = 0; i < col->nvalues; i++)
		if (col->values[i].raw.n == raw.n &&
		    equal_bytes(col->values[i].raw.s, raw.s, raw.n))
			return i;
	return RMK_NONE;
}

// By hash; col->nvalues where it is new and there is room for it.
static size_t
find_among_many(struct column *col, struct rmk_hash_index *index, struct rmk_str raw)
{
	uint64_t seed = rmk_hash_index_seed(index);
	struct wanted_value w = {col, raw};
	uint64_t hash = rmk_str_hash_seeded(raw, seed);

	if (index->n == 0)
		rmk_hash_index_reserve(index, MAX_VALUES);
	for (size_t i = index->n; i < col->nvalues; i++) {
		struct wanted_value old = {col, col->values[i].raw};

		rmk_hash_index_put(
		    index, rmk_str_hash_seeded(old.raw, seed), i, is_value, &old);
	}
	return col->nvalues < MAX_VALUES
	           ? rmk_hash_index_put(index, hash, col->nvalues, is_value, &w)
	           : rmk_hash_index_get(index, hash, is_value, &w);
}

// Count the value of one cell.
static void
count_value(
    struct column *col, struct rmk_hash_index *index, struct rmk_str raw, uint32_t row)
{
	size_t at = col->nvalues <= FEW_VALUES ? find_among_few(col, raw) : RMK_NONE;

	if (at == RMK_NONE && col->nvalues >= FEW_VALUES)
		at = find_among_many(col, index, raw);
	if (at == RMK_NONE && col->nvalues == MAX_VALUES) {
		col->many = true;
		return;
	}
	if (at == RMK_NONE || at == col->nvalues) {
		at = col->nvalues;
		*RMK_PUSH(index->arena, col->values, col->nvalues,
		    col->cap) = (struct value_count){raw, 0, row};
	}
	col->values[at].count++;
}

static void
survey_column(struct rmk_checking *c, struct table_info *t, uint32_t col)
{
	struct column *column = &t->columns[col];
	struct rmk_hash_index index = {.arena = c->a};

	for (uint32_t r = 0; r < t->table->nrows; r++) {
		struct rmk_str raw = rmk_doc_cell(c->doc, &t->table->rows[r], col);

		if (raw.n == 0) {
			column->nempty++;
			continue;
		}
		column->nfilled++;
		if (!column->many)
			count_value(column, &index, raw, r);
	}
}

static bool
check_is_blank(const struct rmk_row *row)
{
	for (uint32_t i = 0; i < row->ncells; i++)
		if (row->cells[i].len)
			return false;
	return true;
}

// What rules look for row by row, so that none of them need look where there is none.
static void
survey_rows(const struct rmk_doc *doc, struct table_info *t)
{
	bool uneven = false, some_blank = false, open = false, ruled = false;

	for (uint32_t r = 0; r < t->table->nrows; r++) {
		const struct rmk_row *row = &t->table->rows[r];
		const char *end = doc->text.s + row->span.at + row->span.len;
		struct rmk_str first = rmk_doc_cell(doc, row, 0);

		uneven |= row->ncells != t->table->ncols;
		open |= row->span.len < 3 || end[-1] != '|' || end[-2] != ' ';
		if (first.n) {
			ruled |= first.s[0] == '-' || first.s[0] == ':';
			continue;
		}
		t->blank[r] = check_is_blank(row);
		some_blank |= t->blank[r];
	}
	t->uneven = uneven;
	t->some_blank = some_blank;
	t->open = open;
	t->ruled = ruled;
}

// Labels alone: what a table without a declaration needs, until a rule asks what its columns
// mean. Most tables are clean, and are never asked.
static struct rmk_schema *
labels_only(struct rmk_checking *c, const struct rmk_table *table)
{
	struct rmk_schema *schema = RMK_NEW(c->a, struct rmk_schema);

	schema->ncols = table->ncols;
	schema->key = RMK_NONE;
	schema->fields = RMK_NEW_N(c->a, struct rmk_field, table->ncols);
	for (size_t i = 0; i < table->ncols; i++) {
		struct rmk_str raw = rmk_doc_cell(c->doc, &table->header, i);

		schema->fields[i].label = rmk_value_text(c->a, raw);
		schema->fields[i].key = rmk_utf8_fold(c->a, schema->fields[i].label);
	}
	return schema;
}

// Tables of a file are often of one kind: the labels of one are those of the table above it where
// their headers are the same bytes.
static struct rmk_schema *
labels_of(struct rmk_checking *c, size_t index)
{
	const struct rmk_table *table = &c->doc->tables[index];

	if (index && !table[-1].decl.len && table[-1].ncols == table->ncols &&
	    rmk_str_eq(rmk_row_written(c->doc, &table[-1].header),
		rmk_row_written(c->doc, &table->header)))
		return c->tables[index - 1].schema;
	return labels_only(c, table);
}

const struct rmk_schema *
check_schema(struct rmk_checking *c, struct table_info *t)
{
	if (!t->inferred)
		t->schema = rmk_schema_columns(c->a, c->doc, t->index);
	t->inferred = true;
	return t->schema;
}

static void
survey_table(struct rmk_checking *c, size_t index)
{
	struct table_info *t = &c->tables[index];

	t->table = &c->doc->tables[index];
	t->index = index;
	if (t->table->decl.len)
		check_schema(c, t);
	else
		t->schema = labels_of(c, index);
	t->columns = RMK_NEW_N(c->a, struct column, t->table->ncols);
	t->claimed = RMK_NEW_N(c->a, uint8_t, t->table->nrows);
	t->blank = RMK_NEW_N(c->a, uint8_t, t->table->nrows);
	t->off_used = RMK_NEW_N(c->a, bool, t->schema->noff);
	survey_rows(c->doc, t);
	for (uint32_t col = 0; col < t->table->ncols; col++)
		survey_column(c, t, col);
}

static int
compare_findings(const void *x, const void *y)
{
	const struct rmk_finding *a = x, *b = y;

	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	if (a->at.from != b->at.from)
		return a->at.from < b->at.from ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return rmk_str_cmp(a->message, b->message);
}

// Rules look at rows in their order: what one of them found alone is sorted.
static bool
is_sorted(const struct rmk_findings *f)
{
	for (size_t i = 1; i < f->n; i++)
		if (compare_findings(&f->v[i - 1], &f->v[i]) > 0)
			return false;
	return true;
}

void
check_settle(struct rmk_findings *out)
{
	out->nerrors = out->nwarnings = out->nfixable = 0;
	if (!is_sorted(out))
		qsort(out->v, out->n, sizeof *out->v, compare_findings);
	for (size_t i = 0; i < out->n; i++) {
		out->nerrors += out->v[i].level == RMK_ERROR;
		out->nwarnings += out->v[i].level == RMK_WARN;
		out->nfixable += out->v[i].nedits || out->v[i].nsplices;
	}
}

static bool
has_marks(struct rmk_str text)
{
	return rmk_str_find(text, RMK_STR("rowmark:")) != RMK_NONE;
}

void
check_begin(struct rmk_checking *c, struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_check_opts *opts, struct rmk_findings *out)
{
	*c = (struct rmk_checking){.a = a, .doc = doc, .opts = opts, .out = out};
	c->has_marks = has_marks(doc->text);
	c->has_fakes = check_holds_fakes(doc->text);
	c->told = RMK_NEW_N(a, uint8_t, doc->nlines + 1);
	c->tables = RMK_NEW_N(a, struct table_info, doc->ntables);
	for (size_t i = 0; i < doc->ntables; i++)
		survey_table(c, i);
}

void
rmk_check_doc(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_check_opts *opts, struct rmk_findings *out)
{
	struct rmk_checking c;

	check_begin(&c, a, doc, opts, out);
	for (size_t i = 0; i < rmk_nrules; i++) {
		c.rule = &rmk_rules[i];
		if (c.rule->run)
			c.rule->run(&c);
	}
	check_settle(out);
}

void
check_unparsed(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_check_opts *opts, const char *rule, struct rmk_str why,
    struct rmk_findings *out)
{
	struct rmk_doc doc = {.path = path, .text = text, .nlines = 1};
	struct rmk_span first = {0, 0};
	struct rmk_checking c;

	doc.lines = &first;
	check_begin(&c, a, &doc, opts, out);
	c.rule = rmk_rule_find(rmk_str_of(rule));
	check_report(&c, RMK_NONE, (struct rmk_range){1, 1, 1}, rmk_str_copy(a, why));
	check_settle(out);
}

// Whether a pipe and then dashes stand in a line: '| a | b | |---|---| | 1 | 2 |'.
static bool
holds_dashes(struct rmk_str line)
{
	size_t at;

	while ((at = rmk_str_chr(line, '|')) != RMK_NONE) {
		line = rmk_str_from(line, at + 1);
		while (line.n && (line.s[0] == ' ' || line.s[0] == ':'))
			line = rmk_str_from(line, 1);
		if (rmk_str_starts(line, RMK_STR("--")) ||
		    rmk_str_starts(line, RMK_STR("—")))
			return true;
	}
	return false;
}

// A line without a pipe at its start that may have been meant as a delimiter row: '—|—'.
static bool
is_ruled(struct rmk_str line)
{
	while (line.n && line.s[0] == '>')
		line = rmk_str_trim(rmk_str_from(line, 1));
	return line.n > 2 && (memchr("-=:_", line.s[0], 4) || line.s[0] == '\xE2') &&
	       memchr(line.s, '|', line.n) &&
	       check_delimiter(line, check_row_shape(line), NULL) != DELIM_NONE;
}

// Whether a text without a valid delimiter row holds lines that look like rows: two
// lines with a pipe of some kind at their start, one under the other or one blank apart; or
// one that is nearly a delimiter row, or holds one.
static bool
looks_like_rows(struct rmk_str text)
{
	struct rmk_str line;
	unsigned near = 0;

	if (!memchr(text.s, '|', text.n) && rmk_str_find(text, RMK_STR("｜")) == RMK_NONE)
		return false;
	text = rmk_str_from(text, rmk_front_matter(text));
	while (rmk_str_split(&text, '\n', &line)) {
		size_t i = 0;

		while (i < line.n && memchr(" \t>", line.s[i], 3))
			i++;
		if (i < line.n &&
		    (line.s[i] == '|' || line.s[i] == '+' ||
			rmk_str_starts(rmk_str_from(line, i), RMK_STR("｜")))) {
			if (near)
				return true;
			near = 3;
		}
		if (is_ruled(rmk_str_trim(line)) || holds_dashes(line))
			return true;
		near -= near > 0;
	}
	return false;
}

void
rmk_check_text(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    const struct rmk_check_opts *opts, struct rmk_doc **doc, struct rmk_findings *out)
{
	struct rmk_doc *parsed = NULL;
	struct rmk_err err;
	enum rmk_code code;

	if (doc)
		*doc = NULL;
	if (rmk_str_starts(text, RMK_STR("\xFF\xFE")) ||
	    rmk_str_starts(text, RMK_STR("\xFE\xFF"))) {
		check_unparsed(a, path, text, opts, "encoding-error",
		    RMK_STR("the file is UTF-16: GitHub shows no table of it"), out);
		return;
	}
	code = rmk_doc_parse(a, path, text, 0, &parsed, &err);
	if (code == RMK_OK && !parsed->parsed &&
	    (looks_like_rows(text) || has_marks(text)))
		code = rmk_doc_parse(a, path, text, RMK_PARSE_ALL, &parsed, &err);
	if (code == RMK_OK) {
		if (doc)
			*doc = parsed;
		if (parsed->parsed)
			rmk_check_doc(a, parsed, opts, out);
		return;
	}
	check_unparsed(a, path, text, opts, "too-complex", rmk_str_of(err.msg), out);
}
