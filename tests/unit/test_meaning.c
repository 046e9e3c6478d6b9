// What columns and tables of real trackers mean: meaning.tsv, which was labelled by hand
// before any of this was run. Prints what was right and what was taken for what.
#include "unit.h"

#include <stdio.h>

#include "schema/row_progress.h"
#include "schema/schema.h"

#define MOST_CELLS 80
// In a hundred, of what is judged.
#define LEAST_RIGHT 97

static struct rmk_str
read_cases(struct rmk_arena *a)
{
	FILE *f = fopen("tests/unit/meaning.tsv", "rb");
	char *bytes = rmk_arena_alloc(a, 1 << 20);
	size_t n;

	if (!f)
		fail_msg("tests/unit/meaning.tsv: run this from the top of the tree");
	n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	return (struct rmk_str){bytes, n};
}

// A line's cells. Empty cells are written as one space.
static size_t
split_cells(struct rmk_str line, struct rmk_str cells[MOST_CELLS])
{
	size_t n = 0;

	while (n < MOST_CELLS && rmk_str_split(&line, '\t', &cells[n]))
		n++;
	return n;
}

static void
put_row(struct rmk_buf *md, const struct rmk_str *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(md, "| %.*s ", RMK_FMT(cells[i]));
	rmk_buf_adds(md, "|\n");
}

static void
put_rule(struct rmk_buf *md, size_t n)
{
	for (size_t i = 0; i < n; i++)
		rmk_buf_adds(md, "|---");
	rmk_buf_adds(md, "|\n");
}

// --- columns --------------------------------------------------------------------

static const char *const classes[] = {
    "todo", "doing", "done", "unknown", "empty", "closed"};
#define NCLASSES 6

static size_t
class_of(struct rmk_str name)
{
	for (size_t i = 0; i < NCLASSES; i++)
		if (rmk_str_eq(name, rmk_str_of(classes[i])))
			return i;
	return RMK_NONE; // '*': people would differ
}

struct value {
	size_t class;
	uint32_t n;
	struct rmk_str raw;
};

// "done 12 ✅ Done"
static struct value
value_of(struct rmk_str cell)
{
	struct value v = {0};
	struct rmk_str word;

	rmk_str_split(&cell, ' ', &word);
	v.class = class_of(word);
	rmk_str_split(&cell, ' ', &word);
	rmk_str_to_u32(word, &v.n);
	v.raw = cell;
	return v;
}

// The column as the second of a table, each value as often as it is there. A status column
// by declaration, since a column of a matrix has its siblings' evidence in life.
static struct rmk_doc *
doc_of_column(
    struct rmk_arena *a, struct rmk_str header, const struct rmk_str *cells, size_t n)
{
	struct rmk_buf md = {.arena = a};
	size_t row = 0;

	rmk_buf_printf(&md,
	    "<!-- rowmark: t; \"s%.*s\": status -->\n\n| Name | s%.*s |\n|---|---|\n",
	    RMK_FMT(header), RMK_FMT(header));
	for (size_t i = 0; i < n; i++) {
		struct value v = value_of(cells[i]);

		for (uint32_t k = 0; k < v.n; k++)
			rmk_buf_printf(&md, "| n%zu | %.*s |\n", row++, RMK_FMT(v.raw));
	}
	return parse_md(a, rmk_buf_str(&md), 0);
}

static void
judge_column(struct rmk_arena *a, const struct rmk_str *cells, size_t n,
    size_t table[NCLASSES][NCLASSES])
{
	struct rmk_doc *doc = doc_of_column(a, cells[3], cells + 4, n - 4);
	struct rmk_schema *s;

	if (doc->ntables != 1)
		fail_msg("%.*s: no table", RMK_FMT(cells[3]));
	s = rmk_schema_of(a, doc, 0);
	for (size_t i = 4; i < n; i++) {
		struct value v = value_of(cells[i]);
		enum rmk_progress got = rmk_field_progress(a, &s->fields[1], v.raw);

		if (v.class == RMK_NONE)
			continue;
		table[v.class][got]++;
		if (v.class != (size_t)got)
			printf("  %.*s, %.*s: '%.*s' is %s, read as %s\n",
			    RMK_FMT(cells[2]), RMK_FMT(cells[3]), RMK_FMT(v.raw),
			    classes[v.class], classes[got]);
	}
}

static void
print_confusion(size_t table[NCLASSES][NCLASSES], size_t columns)
{
	size_t right = 0, all = 0;

	printf("values of %zu columns, as labelled (down) and as read (across):\n%8s",
	    columns, "");
	for (size_t i = 0; i < NCLASSES; i++)
		printf("%9s", classes[i]);
	printf("\n");
	for (size_t i = 0; i < NCLASSES; i++) {
		printf("%8s", classes[i]);
		for (size_t k = 0; k < NCLASSES; k++) {
			printf("%9zu", table[i][k]);
			all += table[i][k];
			right += i == k ? table[i][k] : 0;
		}
		printf("\n");
	}
	printf("right: %zu of %zu (%.1f %%)\n", right, all,
	    100.0 * (double)right / (double)all);
	assert_true(columns >= 150 && right * 100 >= all * LEAST_RIGHT);
}

static void
test_columns(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str rest = read_cases(&a), line, cells[MOST_CELLS];
	size_t table[NCLASSES][NCLASSES] = {{0}}, columns = 0;

	(void)state;
	while (rmk_str_split(&rest, '\n', &line)) {
		size_t n = split_cells(line, cells);

		if (!rmk_str_eq(cells[0], S("column")))
			continue;
		judge_column(&a, cells, n, table);
		columns++;
	}
	print_confusion(table, columns);
	rmk_arena_free(&a);
}

// --- tables ---------------------------------------------------------------------

// One table of the file: its lines up to the next.
struct table_case {
	struct rmk_str from, key;
	struct rmk_str status[MOST_CELLS];
	size_t nstatus;
	bool judged;                                              // the status columns
	struct rmk_str start[MOST_CELLS], done[MOST_CELLS], next; // as labelled
	size_t nstart, ndone;
	struct rmk_buf md;
};

static struct rmk_str
shown(struct rmk_arena *a, struct rmk_str cell)
{
	return rmk_value_key(a, cell);
}

static bool
same_statuses(struct rmk_arena *a, const struct table_case *t, const struct rmk_schema *s)
{
	if (s->nstatus != t->nstatus)
		return false;
	for (size_t i = 0; i < s->nstatus; i++)
		if (!rmk_str_eq(s->fields[s->status[i]].key, shown(a, t->status[i])))
			return false;
	return true;
}

static struct rmk_str
labels_of(struct rmk_arena *a, const struct rmk_schema *s)
{
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i < s->nstatus; i++)
		rmk_buf_printf(
		    &b, "%s%.*s", i ? ", " : "", RMK_FMT(s->fields[s->status[i]].label));
	return rmk_buf_str(&b);
}

static void
judge_table(
    struct rmk_arena *a, const struct table_case *t, size_t right[2], size_t all[2])
{
	struct rmk_doc *doc = parse_md(a, rmk_buf_str((struct rmk_buf *)&t->md), 0);
	struct rmk_schema *s;
	bool key, statuses;

	if (doc->ntables != 1)
		fail_msg("%.*s: %zu tables", RMK_FMT(t->from), doc->ntables);
	s = rmk_schema_of(a, doc, 0);
	key = rmk_str_eq(t->key, S("?")) ||
	      rmk_str_eq(s->fields[s->key].key, shown(a, t->key));
	statuses = same_statuses(a, t, s);
	all[0] += !rmk_str_eq(t->key, S("?"));
	right[0] += key && !rmk_str_eq(t->key, S("?"));
	if (!key)
		printf("  %.*s: the key is '%.*s', read as '%.*s'\n", RMK_FMT(t->from),
		    RMK_FMT(t->key), RMK_FMT(s->fields[s->key].label));
	if (!t->judged)
		return;
	all[1]++;
	right[1] += statuses;
	if (!statuses)
		printf("  %.*s: %zu status columns, read as %zu: %.*s\n",
		    RMK_FMT(t->from), t->nstatus, s->nstatus, RMK_FMT(labels_of(a, s)));
}

static void
take_line(struct table_case *t, const struct rmk_str *cells, size_t n)
{
	if (rmk_str_eq(cells[0], S("key"))) {
		t->key = cells[1];
	} else if (rmk_str_eq(cells[0], S("status"))) {
		t->judged = n < 2 || !rmk_str_eq(cells[1], S("?"));
		t->nstatus = t->judged ? n - 1 : 0;
		memcpy(t->status, cells + 1, (n - 1) * sizeof *cells);
	} else if (rmk_str_eq(cells[0], S("start"))) {
		t->nstart = n - 1;
		memcpy(t->start, cells + 1, (n - 1) * sizeof *cells);
	} else if (rmk_str_eq(cells[0], S("done"))) {
		t->ndone = n - 1;
		memcpy(t->done, cells + 1, (n - 1) * sizeof *cells);
	} else if (rmk_str_eq(cells[0], S("next"))) {
		t->next = cells[1];
	} else if (rmk_str_eq(cells[0], S("head"))) {
		put_row(&t->md, cells + 1, n - 1);
		put_rule(&t->md, n - 1);
	} else if (rmk_str_eq(cells[0], S("row"))) {
		put_row(&t->md, cells + 1, n - 1);
	}
}

// The next table of the file; false: there is none.
static bool
read_table(struct rmk_arena *a, struct rmk_str *rest, struct table_case *t)
{
	struct rmk_str line, cells[MOST_CELLS], ahead;

	*t = (struct table_case){.md = {.arena = a}};
	for (ahead = *rest; rmk_str_split(&ahead, '\n', &line); *rest = ahead) {
		size_t n = split_cells(line, cells);
		bool begins = n > 0 && rmk_str_eq(cells[0], S("table"));

		if (begins && t->from.n)
			return true;
		if (begins)
			t->from = cells[2];
		else if (n > 0 && t->from.n)
			take_line(t, cells, n);
	}
	return t->from.n > 0;
}

static void
test_tables(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str rest = read_cases(&a);
	struct table_case t;
	size_t right[2] = {0}, all[2] = {0};

	(void)state;
	while (read_table(&a, &rest, &t))
		judge_table(&a, &t, right, all);
	printf("key: right %zu of %zu; status columns: right %zu of %zu\n", right[0],
	    all[0], right[1], all[1]);
	assert_true(all[0] >= 80);
	assert_true(right[0] * 100 >= all[0] * LEAST_RIGHT);
	assert_true(right[1] * 100 >= all[1] * LEAST_RIGHT);
	rmk_arena_free(&a);
}

// --- what is written ------------------------------------------------------------

enum outcome { OUT_RIGHT, OUT_REFUSED, OUT_WRONG, OUT_COUNT };
enum verb { VERB_START, VERB_DONE, VERB_NEXT, VERB_COUNT };

static const char *const verbs[] = {"start", "done", "next"};

static bool
is_among(struct rmk_str value, const struct rmk_str *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rmk_str_eq(value, values[i]))
			return true;
	return false;
}

// What start or done writes, against the values that it may write.
static enum outcome
judge_write(struct rmk_arena *a, const struct table_case *t,
    const struct rmk_field *field, enum verb verb)
{
	enum rmk_progress progress = verb == VERB_DONE ? RMK_DONE : RMK_DOING;
	const struct rmk_str *may = verb == VERB_DONE ? t->done : t->start;
	size_t n = verb == VERB_DONE ? t->ndone : t->nstart;
	const struct rmk_term *term;
	struct rmk_err err;
	bool refused = rmk_field_word_for(a, field, progress, &term, &err);
	bool refuse = rmk_str_eq(may[0], S("!"));

	if (refused ? refuse : is_among(term->raw, may, n))
		return OUT_RIGHT;
	printf("  %.*s: %s: %s%.*s, wanted: %.*s\n", RMK_FMT(t->from), verbs[verb],
	    refused ? "refused: " : "writes ",
	    RMK_FMT(refused ? rmk_str_of(err.msg) : term->raw), RMK_FMT(may[0]));
	return refused ? OUT_REFUSED : OUT_WRONG;
}

// The row that is offered first, from 1; 0: none.
static size_t
first_offered(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_schema *s)
{
	for (size_t turn = 0; turn < RMK_ROW_TURNS; turn++)
		for (size_t r = 0; r < doc->tables[0].nrows; r++) {
			struct rmk_row_progress is = rmk_row_progress(a, doc, 0, s, r);

			if (rmk_row_turn(&is) == turn)
				return r + 1;
		}
	return 0;
}

static enum outcome
judge_next(struct rmk_arena *a, const struct table_case *t, const struct rmk_doc *doc,
    const struct rmk_schema *s)
{
	uint32_t wanted = 0;
	size_t got = first_offered(a, doc, s);

	rmk_str_to_u32(t->next, &wanted); // "-": 0
	if (got == wanted)
		return OUT_RIGHT;
	printf("  %.*s: next: row %zu, wanted: %u\n", RMK_FMT(t->from), got, wanted);
	return OUT_WRONG;
}

static void
judge_commands(
    struct rmk_arena *a, const struct table_case *t, size_t count[VERB_COUNT][OUT_COUNT])
{
	struct rmk_doc *doc = parse_md(a, rmk_buf_str((struct rmk_buf *)&t->md), 0);
	struct rmk_schema *s = rmk_schema_of(a, doc, 0);
	const struct rmk_field *field;

	if (s->nstatus != 1)
		return; // the column is named with the command
	field = &s->fields[s->status[0]];
	if (t->nstart && !rmk_str_eq(t->start[0], S("?")))
		count[VERB_START][judge_write(a, t, field, VERB_START)]++;
	if (t->ndone && !rmk_str_eq(t->done[0], S("?")))
		count[VERB_DONE][judge_write(a, t, field, VERB_DONE)]++;
	if (t->next.n && !rmk_str_eq(t->next, S("?")))
		count[VERB_NEXT][judge_next(a, t, doc, s)]++;
}

static void
test_commands(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str rest = read_cases(&a);
	struct table_case t;
	size_t count[VERB_COUNT][OUT_COUNT] = {{0}}, right = 0, all = 0;

	(void)state;
	while (read_table(&a, &rest, &t))
		judge_commands(&a, &t, count);
	for (size_t v = 0; v < VERB_COUNT; v++) {
		printf("%s: %zu right, %zu refused though it could be written, %zu "
		       "wrong\n",
		    verbs[v], count[v][OUT_RIGHT], count[v][OUT_REFUSED],
		    count[v][OUT_WRONG]);
		right += count[v][OUT_RIGHT];
		all += count[v][OUT_RIGHT] + count[v][OUT_REFUSED] + count[v][OUT_WRONG];
	}
	assert_int_equal(count[VERB_START][OUT_WRONG] + count[VERB_DONE][OUT_WRONG], 0);
	assert_true(right * 100 >= all * LEAST_RIGHT);
	rmk_arena_free(&a);
}

// --- growth ---------------------------------------------------------------------

// A cell as a later row might have it: the same value behind another link, or with a
// remark of its own; now and then a word that no list has.
static void
put_grown(struct rmk_buf *md, struct rmk_str raw, bool status, size_t n)
{
	bool plain = raw.n > 1 && rmk_str_chr(raw, '[') == RMK_NONE;

	if (!status && rmk_str_is_digits(raw, 0, raw.n))
		rmk_buf_printf(md, "| %zu ", n);
	else if (!status && plain)
		rmk_buf_printf(md, "| %.*s %zu ", RMK_FMT(raw), n % 7 ? n : n / 2);
	else if (status && plain && n % 11 == 3)
		rmk_buf_printf(md, "| [%.*s](https://example.org/%zu) ", RMK_FMT(raw), n);
	else if (status && plain && n % 11 == 5)
		rmk_buf_printf(md, "| %.*s (since %zu) ", RMK_FMT(raw), n);
	else if (status && plain && n % 11 == 7)
		rmk_buf_printf(md, "| only on %zu ", n);
	else
		rmk_buf_printf(md, "| %.*s ", RMK_FMT(raw));
}

static struct rmk_str
grow(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_schema *s,
    size_t rows)
{
	const struct rmk_table *t = &doc->tables[0];
	struct rmk_buf md = {.arena = a};

	for (size_t c = 0; c < t->ncols; c++)
		rmk_buf_printf(&md, "| %.*s ", RMK_FMT(rmk_doc_cell(doc, &t->header, c)));
	rmk_buf_adds(&md, "|\n");
	put_rule(&md, t->ncols);
	for (size_t r = 0; r < rows; r++) {
		for (size_t c = 0; c < t->ncols; c++) {
			struct rmk_str raw = rmk_doc_cell(doc, &t->rows[r % t->nrows], c);

			if (r < t->nrows)
				rmk_buf_printf(&md, "| %.*s ", RMK_FMT(raw));
			else
				put_grown(&md, raw, s->fields[c].type == RMK_STATUS, r);
		}
		rmk_buf_adds(&md, "|\n");
	}
	return rmk_buf_str(&md);
}

static bool
same_reading(struct rmk_arena *a, const struct rmk_schema *s, struct rmk_str md)
{
	const struct rmk_schema *g = rmk_schema_of(a, parse_md(a, md, 0), 0);
	bool same = g->key == s->key && g->nstatus == s->nstatus;

	for (size_t i = 0; same && i < s->nstatus; i++)
		same = g->status[i] == s->status[i];
	if (!same)
		printf("  key %.*s, then %.*s; status %.*s, then %.*s\n",
		    RMK_FMT(s->fields[s->key].label), RMK_FMT(g->fields[g->key].label),
		    RMK_FMT(labels_of(a, s)), RMK_FMT(labels_of(a, g)));
	return same;
}

// Whether the key and status columns of a table stay what they are up to 5,000 rows.
static bool
stays(const struct table_case *t)
{
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse_md(&a, rmk_buf_str((struct rmk_buf *)&t->md), 0);
	const struct rmk_schema *s = rmk_schema_of(&a, doc, 0);
	bool same = true;

	for (size_t rows = doc->tables[0].nrows + 1; same && rows <= 5000;
	     rows = rows * 4 > 5000 && rows < 5000 ? 5000 : rows * 4) {
		same = same_reading(&a, s, grow(&a, doc, s, rows));
		if (!same)
			printf("  %.*s: another reading at %zu rows\n", RMK_FMT(t->from),
			    rows);
	}
	rmk_arena_free(&a);
	return same;
}

static void
test_growth(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str rest = read_cases(&a);
	struct table_case t;
	size_t grown = 0, stayed = 0, matrices = 0;

	(void)state;
	while (read_table(&a, &rest, &t)) {
		if (t.nstatus == 0)
			continue;
		grown++;
		matrices += t.nstatus > 1;
		stayed += stays(&t);
	}
	printf("growth to 5,000 rows: %zu of %zu tables are read as before, %zu matrices "
	       "among "
	       "them\n",
	    stayed, grown, matrices);
	assert_int_equal(stayed, grown);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_columns),
	    cmocka_unit_test(test_tables),
	    cmocka_unit_test(test_commands),
	    cmocka_unit_test(test_growth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
