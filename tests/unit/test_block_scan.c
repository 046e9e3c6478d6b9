// What is a table, and what stands around it; held against cmark-gfm's full parse on real
// files and on the specification's examples.
#include "unit.h"

#include "gfm/block_scan.h"
#include "peers/full_parse.h"

#include <ftw.h>
#include <stdio.h>
#include <unistd.h>

// --- tables ------------------------------------------------------------------

static void
add_row(struct rmk_buf *out, const struct rmk_doc *doc, const struct rmk_row *row)
{
	rmk_buf_printf(out, "%u:", row->line);
	for (size_t i = 0; i < row->ncells; i++) {
		rmk_buf_addc(out, '[');
		rmk_buf_add(out, rmk_doc_cell(doc, row, i));
		rmk_buf_addc(out, ']');
	}
}

// "1:[a][b] 3:[1][2]; " a table: line and cells of the header and each body row.
static struct rmk_str
shown_tables(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < doc->ntables; i++) {
		const struct rmk_table *t = &doc->tables[i];

		if (i)
			rmk_buf_adds(&out, "; ");
		if (t->read_only)
			rmk_buf_adds(&out, "read-only ");
		add_row(&out, doc, &t->header);
		for (size_t r = 0; r < t->nrows; r++) {
			rmk_buf_addc(&out, ' ');
			add_row(&out, doc, &t->rows[r]);
		}
	}
	return rmk_buf_str(&out);
}

static void
test_tables(void **state)
{
	static const struct {
		struct rmk_str text, tables;
	} cases[] = {
	    {S("|a|b|\n|-|-|\n|1|2|\n"), S("1:[a][b] 3:[1][2]")},
	    {S("a|b\n-|-\n1|2"), S("1:[a][b] 3:[1][2]")},
	    {S("a\n:-\n"), S("1:[a]")},
	    // line ends
	    {S("|a|b|\r\n|-|-|\r\n|1|2|\r\n"), S("1:[a][b] 3:[1][2]")},
	    {S("|a|b|\r|-|-|\r|1|2|\r"), S("1:[a][b] 3:[1][2]")},
	    {S("|a|b|\n|-|-|"), S("1:[a][b]")},
	    {S("|a|\n|-|\nx\r|b|\n\n|c|\n|-|\n"), S("1:[a] 3:[x] 4:[b]; 6:[c]")},
	    // rows: short, long, without pipes, with more indent than the header
	    {S("|a|b|\n|-|-|\n|1|\n|1|2|3|\nx\n  |y|\n\n|z|\n"),
		S("1:[a][b] 3:[1] 4:[1][2][3] 5:[x] 6:[y]")},
	    {S("|a|\n|-|\n|\n|b|\n"), S("1:[a]")},
	    {S("|a|\n|-|\n    |b|\n"), S("1:[a]")},
	    {S("|a|\n|-|\n---\n"), S("1:[a]")},
	    {S("|a|\n|-|\n|b|\n# h\n|c|\n"), S("1:[a] 3:[b]")},
	    // text above the header
	    {S("text\n|a|\n|-|\n|1|\n"), S("2:[a] 4:[1]")},
	    {S("[x]: y\n|a|\n|-|\n"), S("2:[a]")},
	    // containers
	    {S("> |a|\n> |-|\n> |1|\n>|2|\n|3|\n"), S("1:[a] 3:[1] 4:[2]")},
	    {S("- |a|\n  |-|\n  |1|\n   |2|\n|3|\n"), S("1:[a] 3:[1] 4:[2]")},
	    {S("1.\t|a|\n\t|-|\n\t|1|\n"), S("1:[a] 3:[1]")},
	    {S("[^1]: |a|\n    |-|\n    |1|\n\n[^1]"), S("1:[a] 3:[1]")},
	    // GitHub shows no footnote that nothing refers to.
	    {S("[^1]: |a|\n    |-|\n    |1|\n\n[^2]\n\n|b|\n|-|\n"), S("7:[b]")},
	    {S("x[^A]\n\n[^1]: |b|\n    |-|\n\n[^a]: |a|\n    |-|\n"), S("6:[a]")},
	    // what is in code or escaped refers to nothing
	    {S("`[^1]`\n\n[^1]: |a|\n    |-|\n"), S("")},
	    {S("``b`[^1]``\n\n[^1]: |a|\n    |-|\n"), S("")},
	    {S("`b\n[^1]`\n\n[^1]: |a|\n    |-|\n"), S("")},
	    {S("\\[^1]\n\n[^1]: |a|\n    |-|\n"), S("")},
	    {S("` [^1]\n\n[^1]: |a|\n    |-|\n"), S("3:[a]")},
	    {S("\\`[^1]`\n\n[^1]: |a|\n    |-|\n"), S("3:[a]")},
	    {S("|`|[^1]`|\n|-|-|\n\n[^1]: |a|\n    |-|\n"), S("1:[`][[^1]`]; 4:[a]")},
	    // Front matter is no Markdown, up to the line that ends it.
	    {S("---\n|a|\n|-|\n---\n|b|\n|-|\n"), S("5:[b]")},
	    {S("\xEF\xBB\xBF---\r\n|a|\r\n|-|\r\n...\r\n|b|\r\n|-|\r\n"), S("5:[b]")},
	    {S("+++\n|a|\n|-|\n+++\n|b|\n|-|\n"), S("5:[b]")},
	    {S("---\n|a|\n|-|\n"), S("2:[a]")},
	    {S("----\n|a|\n|-|\n---\n"), S("2:[a]")},
	    {S("> - > |a|\n>   > |-|\n>   > |1|\n"), S("1:[a] 3:[1]")},
	    // a lazy header keeps its white space: a cell of its own before the pipe
	    {S("> x\n  |a|\n> |-|\n"), S("")},
	    {S("> x\n  |a|\n> |-|-|\n> |1|\n"), S("2:[][a] 4:[1]")},
	    {S("> x\na|b\n> -|-\n"), S("2:[a][b]")},
	    // a header the hook never sees
	    {S("[a]: b\n===\n|-|\n"), S("2:[===]")},
	    // BOM, NUL and invalid UTF-8
	    {S("\xEF\xBB\xBF|a|\n|-|\n|1|\n"), S("1:[a] 3:[1]")},
	    {S("\xEF\xBB\xBF\n|a|\n|-|\n"), S("2:[a]")},
	    {S("|a|\n|-|\n|\xFF|\n|\xE2\x82|\n"), S("1:[a] 3:[\xFF] 4:[\xE2\x82]")},
	    {S("a|b\n-|-\n\xFF|2\nx\0y|3\n"), S("1:[a][b] 3:[\xFF][2] 4:[x\0y][3]")},
	    // not tables
	    {S("|a|b|\n|-|\n"), S("")},
	    {S("|a|\n\n|-|\n"), S("")},
	    {S("    |a|\n    |-|\n"), S("")},
	    {S("```\n|a|\n|-|\n```\n"), S("")},
	    {S("<div>\n|a|\n|-|\n</div>\n"), S("")},
	    {S("<!--\n|a|\n\n|-|\n-->\n"), S("")},
	    {S("|a|\n|\xE2\x80\x94|\n"), S("")},
	    {S("|a|\n|=|\n"), S("")},
	    // where nothing is open, headings and tables need no parser
	    {S("# h\n\n|a|\n|:-:|\n\n# i #\n\n|b|\n|-|\n|1|\n"),
		S("3:[a]; 8:[b] 10:[1]")},
	    {S("|a|\n|-|\n|1|\n# h\n\n|b|\n|-|\n|2|\nx\n"),
		S("1:[a] 3:[1]; 6:[b] 8:[2] 9:[x]")},
	    {S("---\n\n# h\n- |a|\n  |-|\n"), S("4:[a]")},
	    {S("- x\n\n|a|\n|-|\n\n  |b|\n  |-|\n"), S("3:[a]; 6:[b]")},
	    {S("> x\n\n|a|\n|-|\n\n[^1]: x\n\n|b|\n|-|\n\n    |c|\n    |-|\n"),
		S("3:[a]; 8:[b]")},
	    {S("    code\n\n|a|\n|-|\n\n    |b|\n"), S("3:[a]")},
	    {S("```\n\n|a|\n|-|\n\n```\n\n<!--\n\n|b|\n|-|\n\n-->\n"), S("")},
	    {S("|a|\n|-|-|\n\n|b|\n|x|\n\n|c|\n|:|\n"), S("")},
	    // a second table without a blank line is rows of the first
	    {S("|a|\n|-|\n|b|\n|-|\n"), S("1:[a] 3:[b] 4:[-]")},
	    {S("|a|\n|-|\n\n|b|\n|-|\n"), S("1:[a]; 4:[b]")},
	};
	struct rmk_arena a = {0};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_doc *doc = parse_md(&a, cases[i].text, RMK_PARSE_ALL);
		const char *what = peer_difference(&a, doc);

		assert_text(shown_tables(&a, doc), cases[i].tables, cases[i].text.s);
		if (what)
			fail_msg("differs in %s:\n%s", what, cases[i].text.s);
		if (cases[i].tables.n)
			assert_true(rmk_blocks_may_hold_table(cases[i].text));
	}
	rmk_arena_free(&a);
}

static void
test_aligns_and_places(void **state)
{
	struct rmk_str text = S("> | a |b | c | d |\n>  |---|:--|:-:| --: |\n>   |1|\n");
	static const uint8_t aligns[] = {
	    RMK_ALIGN_NONE, RMK_ALIGN_LEFT, RMK_ALIGN_CENTER, RMK_ALIGN_RIGHT};
	struct rmk_arena a = {0};
	struct rmk_doc *doc = parse_md(&a, text, 0);
	const struct rmk_table *t = doc->tables;
	(void)state;

	assert_int_equal(doc->ntables, 1);
	assert_int_equal(t->ncols, 4);
	assert_memory_equal(t->aligns, aligns, sizeof aligns);
	assert_int_equal(t->header.at, 2);
	assert_int_equal(t->delim.at, t->delim.span.at + 3);
	assert_int_equal(t->delim.line, 2);
	assert_text(rmk_doc_cell(doc, &t->delim, 3), S("--:"), "delimiter cell");
	assert_int_equal(t->rows[0].at, t->rows[0].span.at + 4);
	assert_text(rmk_doc_str(doc, t->rows[0].span), S(">   |1|"), "row");
	rmk_arena_free(&a);
}

static void
test_possible(void **state)
{
	static const struct {
		struct rmk_str text;
		bool possible;
	} cases[] = {
	    {S("a\n:--\n"), true},
	    {S("a\r-|-\rb"), true},
	    {S("a\r\n> |-|\r\n"), true},
	    {S("|-|\v\f\t "), true},
	    {S("-"), true},
	    {S("| a |\n| b |\n"), false},
	    {S("|::|\n"), false},
	    {S("- a\n"), false},
	    {S("|\xE2\x80\x94|\n"), false},
	    {S(""), false},
	    {S("\n\n"), false},
	    {S("--- x"), false},
	};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++)
		if (rmk_blocks_may_hold_table(cases[i].text) != cases[i].possible)
			fail_msg("[%s]", cases[i].text.s);
}

// --- blocks ------------------------------------------------------------------

// "p1-2 q3" a block: kind, lines, and @item where it is in one.
static struct rmk_str
shown_blocks(struct rmk_arena *a, const struct rmk_doc *doc)
{
	static const char kinds[] = {[RMK_BLOCK_PARAGRAPH] = 'p',
	    [RMK_BLOCK_HEADING] = 'h',
	    [RMK_BLOCK_CODE] = 'c',
	    [RMK_BLOCK_FENCE] = 'f',
	    [RMK_BLOCK_HTML] = 'x',
	    [RMK_BLOCK_BREAK] = 'b',
	    [RMK_BLOCK_TABLE] = 't'};
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < doc->nblocks; i++) {
		const struct rmk_block *b = &doc->blocks[i];

		if (b->kind == RMK_BLOCK_HEADING)
			assert_int_equal(doc->headings[b->part].line, b->line);
		if (b->kind == RMK_BLOCK_TABLE)
			assert_int_equal(doc->tables[b->part].header.line, b->line);
		if (i)
			rmk_buf_addc(&out, ' ');
		rmk_buf_printf(
		    &out, "%c%u-%u", kinds[b->kind], b->line, b->line + b->nlines - 1);
		if (b->item)
			rmk_buf_printf(&out, "@%zu/%u", b->item, b->containers);
	}
	return rmk_buf_str(&out);
}

static void
test_blocks(void **state)
{
	static const struct {
		struct rmk_str text, blocks;
	} cases[] = {
	    {S("a\nb\n\n# h\nc\n***\nd\n"), S("p1-2 h4-4 p5-5 b6-6 p7-7")},
	    {S("a\n===\n\n    code\n\n    more\n\nb"), S("h1-2 c4-6 p8-8")},
	    {S("```\na\n\n```\n\nb\n"), S("f1-4 p6-6")},
	    {S("```\na\n\n\n"), S("f1-2")},
	    {S("> ```\n> a\nb\n"), S("f1-2@1/1 p3-3")},
	    {S("> ```\n> a\n>\n> >\n"), S("f1-2@1/1")},
	    {S("<!-- a -->\nb\n\n<!--\n\n-->\n<div>\nc\n\n<pre>\n"),
		S("x1-1 p2-2 x4-6 x7-8 x10-10")},
	    // tables, and the paragraph above a header
	    {S("x\ny\n|a|\n|-|\n|1|\n|2|\n\nz\n"), S("p1-2 t3-6 p8-8")},
	    {S("|a|\n|-|\nz\n# h"), S("t1-3 h4-4")},
	    // rows that are not fed do not shift what follows
	    {S("|a|\n|-|\n|1|\n|2|\n|3|\n\np\n\n|a|\n|-|\n|1|\n\nq\n"),
		S("t1-5 p7-7 t9-11 p13-13")},
	    {S("# a\n\n|a|\n|-|\n\n\n## b\n|b|\n|-|\n\np\n\n# c #\n# d\n"),
		S("h1-1 t3-4 h7-7 t8-9 p11-11 h13-13 h14-14")},
	    // what is not fed stands behind what was
	    {S("- x\n\n# a\nb\n\n# c\n\n|d|\n|-|\ne\n\n|f|\n|-|\n"),
		S("p1-1@1/2 h3-3 p4-4 h6-6 t8-10 t12-13")},
	    {S("a\nb\n\nc\n- d\n\ne\n\nf\n===\n\ng\n"),
		S("p1-2 p4-4 p5-5@1/2 p7-7 h9-10 p12-12")},
	    // definitions of links are no blocks
	    {S("[a]: b\n\nc\n\n[d]: e"), S("p3-3")},
	    // containers
	    {S("- a\n- b\n\n  c\n> d\nlazy\n"), S("p1-1@1/2 p2-2@2/2 p4-4@2/2 p5-6@3/1")},
	    {S("- a\n  - b\n  - c\n\n  d\n"), S("p1-1@1/2 p2-2@2/2 p3-3@3/2 p5-5@1/2")},
	    {S("> - a\n>\n>   |t|\n>   |-|\n> b\n"), S("p1-1@2/3 t3-4@2/3 p5-5@1/1")},
	    {S("> - a\n>\n>   |t|\n>   |-|\n>\n> b\n"), S("p1-1@2/3 t3-4@2/3 p6-6@1/1")},
	    {S("[^1]: a\n\n    b\n\nc"), S("p1-1@1/4 p3-3@1/4 p5-5")},
	};
	struct rmk_arena a = {0};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_doc *doc = parse_md(&a, cases[i].text, RMK_PARSE_ALL);

		assert_text(shown_blocks(&a, doc), cases[i].blocks, cases[i].text.s);
	}
	rmk_arena_free(&a);
}

// The tree is taken apart every so many lines: an item keeps its number throughout.
static void
test_long_list(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf text = {.arena = &a};
	struct rmk_doc *doc;
	(void)state;

	rmk_buf_adds(&text, "- first\n");
	for (int i = 0; i < 1000; i++)
		rmk_buf_adds(&text, "  - inner\n\n  outer\n\n");
	rmk_buf_adds(&text, "- second\n");
	doc = parse_md(&a, rmk_buf_str(&text), RMK_PARSE_ALL);
	assert_int_equal(doc->nblocks, 2002);
	for (size_t i = 0; i < 1000; i++) {
		assert_int_equal(doc->blocks[2 + 2 * i].item, doc->blocks[0].item);
		assert_int_equal(doc->blocks[1 + 2 * i].line, 2 + 4 * i);
		assert_true(doc->blocks[1 + 2 * i].item > doc->blocks[0].item);
	}
	assert_int_equal(doc->blocks[2001].line, 4002);
	assert_true(doc->blocks[2001].item != doc->blocks[0].item);
	rmk_arena_free(&a);
}

// --- the peer ----------------------------------------------------------------

static size_t files, tables, cells, differences;

static struct rmk_str
read_all(struct rmk_arena *a, FILE *f)
{
	struct rmk_buf out = {.arena = a};
	char part[65536];
	size_t n;

	while ((n = fread(part, 1, sizeof part, f)) > 0)
		rmk_buf_add(&out, (struct rmk_str){part, n});
	return rmk_buf_str(&out);
}

static void
compare(struct rmk_arena *a, const char *name, struct rmk_str text)
{
	struct rmk_doc *doc = parse_md(a, text, 0);
	const char *what = peer_difference(a, doc);

	files++;
	tables += doc->ntables;
	for (size_t i = 0; i < doc->ntables; i++)
		for (size_t r = 0; r < doc->tables[i].nrows; r++)
			cells += doc->tables[i].rows[r].ncells;
	if (what) {
		print_error("%s differs in %s\n", name, what);
		differences++;
	}
}

static int
compare_file(const char *path, const struct stat *st, int type, struct FTW *at)
{
	struct rmk_arena a = {0};
	FILE *f;
	(void)st;
	(void)at;

	if (type != FTW_F)
		return 0;
	f = fopen(path, "rb");
	assert_non_null(f);
	compare(&a, path, read_all(&a, f));
	fclose(f);
	rmk_arena_free(&a);
	return 0;
}

static void
test_corpus(void **state)
{
	const char *corpus = getenv("ROWMARK_CORPUS");
	char folder[4096];
	(void)state;

	snprintf(
	    folder, sizeof folder, "%s/markdown", corpus ? corpus : "../shared/corpus");
	if (access(folder, R_OK) != 0) {
		print_message("the corpus is skipped: no %s\n", folder);
		return;
	}
	files = tables = cells = differences = 0;
	assert_int_equal(nftw(folder, compare_file, 16, FTW_PHYS), 0);
	print_message(
	    "corpus: %zu files, %zu tables, %zu cells of body rows, %zu differ\n", files,
	    tables, cells, differences);
	assert_true(files > 100 && tables > 900);
	assert_int_equal(differences, 0);
}

// An example's Markdown: between the fence and a line ".", an arrow standing for a tab.
static struct rmk_str
example(struct rmk_arena *a, struct rmk_str *rest)
{
	static const char fence[] = "\n```````````````````````````````` example";
	struct rmk_buf out = {.arena = a};
	size_t at = rmk_str_find(*rest, rmk_str_of(fence));
	struct rmk_str text;

	if (at == RMK_NONE)
		return (struct rmk_str){NULL, 0};
	*rest = rmk_str_from(*rest, at + sizeof fence - 1);
	*rest = rmk_str_from(*rest, rmk_str_chr(*rest, '\n'));
	text = rmk_str_part(*rest, 1, rmk_str_find(*rest, S("\n.\n")));
	for (size_t i = 0; i < text.n;) {
		bool arrow = rmk_str_starts(rmk_str_from(text, i), S("\xE2\x86\x92"));

		rmk_buf_addc(&out, arrow ? '\t' : text.s[i]);
		i += arrow ? 3 : 1;
	}
	return out.n ? rmk_buf_str(&out) : S("");
}

static void
test_specification(void **state)
{
	FILE *f = popen("gzip -dc /usr/share/doc/cmark-gfm/spec.txt.gz 2>/dev/null", "r");
	struct rmk_arena a = {0};
	struct rmk_str rest, text;
	(void)state;

	assert_non_null(f);
	rest = read_all(&a, f);
	pclose(f);
	if (rest.n == 0) {
		print_message("the specification is skipped: not installed\n");
		rmk_arena_free(&a);
		return;
	}
	files = tables = cells = differences = 0;
	while ((text = example(&a, &rest)).s)
		compare(&a, rmk_str_c(&a, text), text);
	print_message("specification: %zu examples, %zu tables, %zu differ\n", files,
	    tables, differences);
	assert_true(files > 650 && tables >= 7);
	assert_int_equal(differences, 0);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_tables),
	    cmocka_unit_test(test_aligns_and_places),
	    cmocka_unit_test(test_possible),
	    cmocka_unit_test(test_blocks),
	    cmocka_unit_test(test_long_list),
	    cmocka_unit_test(test_corpus),
	    cmocka_unit_test(test_specification),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
