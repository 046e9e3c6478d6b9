// The parser against its peer: the same tables, whatever the document.
//
// Bytes choose pieces of a small grammar of all that matters to tables: rows, delimiter
// rows, containers, indentation, tabs, fences, lazy lines, line ends of each kind, NUL,
// invalid UTF-8. In a second grammar each byte is a line, half of it the prefix and half
// the row, so that most documents have tables. One input holds several documents. Each of
// them is parsed by rowmark and, as a whole and with both phases, by cmark-gfm; then
// compared.
#include "peers/full_parse.h"

#include "internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE(literal)                                                                   \
	{                                                                                \
		literal, sizeof(literal) - 1                                             \
	}

static const struct rmk_str pieces[] = {
    // lines
    PIECE("| a | b |\n"),
    PIECE("|---|---|\n"),
    PIECE("| 1 | 2 |\n"),
    PIECE("a | b\n"),
    PIECE("- | -\n"),
    PIECE("--|--\n"),
    PIECE(":-|-:\n"),
    PIECE("|:-:|:-|\n"),
    PIECE("| a |\n"),
    PIECE("|-|\n"),
    PIECE("|:-\n"),
    PIECE(":--\n"),
    PIECE("x\n"),
    PIECE("1 | 2\n"),
    PIECE("| 1 | 2 | 3 |\n"),
    PIECE("||\n"),
    PIECE("|\n"),
    PIECE("| |\n"),
    PIECE("---\n"),
    PIECE("===\n"),
    PIECE("# h\n"),
    PIECE("```\n"),
    PIECE("~~~\n"),
    PIECE("<div>\n"),
    PIECE("<!-- c -->\n"),
    PIECE("<!--\n"),
    PIECE("-->\n"),
    PIECE("[a]: b\n"),
    PIECE("[^1]: t\n"),
    PIECE("x[^1]\n"),
    PIECE("[^2]: | a | b |\n    |---|---|\n"),
    PIECE("`[^2]`\n"),
    PIECE("+++\n"),
    PIECE("...\n"),
    PIECE("* * *\n"),
    PIECE("| a\\|b | `c|d` |\n"),
    PIECE("|a|b|c|\n"),
    PIECE("|-|-|-|\n"),
    // line ends
    PIECE("\n"),
    PIECE("\n"),
    PIECE("\n"),
    PIECE("\n"),
    PIECE("\r\n"),
    PIECE("\r\n"),
    PIECE("\r"),
    PIECE("\n\n"),
    PIECE("\r\r"),
    PIECE("\n\r"),
    // containers and indentation
    PIECE("> "),
    PIECE("> "),
    PIECE(">"),
    PIECE(" > "),
    PIECE("- "),
    PIECE("- "),
    PIECE("* "),
    PIECE("1. "),
    PIECE("2) "),
    PIECE("-\t"),
    PIECE("[^1]: "),
    PIECE(" "),
    PIECE("  "),
    PIECE("  "),
    PIECE("   "),
    PIECE("    "),
    PIECE("    "),
    PIECE("\t"),
    PIECE("\t"),
    PIECE(" \t"),
    PIECE("- [ ] "),
    PIECE(">\t"),
    // parts of rows
    PIECE("|"),
    PIECE("|"),
    PIECE("|"),
    PIECE("||"),
    PIECE("\\|"),
    PIECE("\\"),
    PIECE("-"),
    PIECE("--"),
    PIECE("---"),
    PIECE(":"),
    PIECE(":-"),
    PIECE("-:"),
    PIECE("|-"),
    PIECE("-|"),
    PIECE("| "),
    PIECE(" |"),
    PIECE("a"),
    PIECE("b"),
    PIECE("1"),
    PIECE("`"),
    PIECE("*"),
    PIECE("<"),
    PIECE("["),
    PIECE("]"),
    PIECE("!"),
    PIECE("=="),
    PIECE("#"),
    PIECE("+"),
    PIECE("_"),
    PIECE("<b>"),
    PIECE("</b>"),
    PIECE("<p"),
    PIECE("&amp;"),
    // odd bytes
    PIECE("\0"),
    PIECE("\x80"),
    PIECE("\xC3"),
    PIECE("\xE2\x82"),
    PIECE("\xF0\x9F\x9A"),
    PIECE("\xFF"),
    PIECE("\xED\xA0\x80"),
    PIECE("\xC3\xA9"),
    PIECE("\xF0\x9F\x9A\xA7"),
    PIECE("\v"),
    PIECE("\f"),
    PIECE("\x01"),
    PIECE("\xEF\xBB\xBF"),
    PIECE("\xC2\xA0"),
    PIECE("\xEF\xBF\xBD"),
    PIECE("\x1B"),
};
#define NPIECES (sizeof pieces / sizeof *pieces)

// How a line begins, and how the next one does that stays in the same containers.
static const struct {
	struct rmk_str first, next;
} prefixes[8] = {
    {PIECE(""), PIECE("")},
    {PIECE("> "), PIECE("> ")},
    {PIECE("- "), PIECE("  ")},
    {PIECE("1.\t"), PIECE("\t")},
    {PIECE("[^1]: "), PIECE("    ")},
    {PIECE(" > - "), PIECE(" >   ")},
    {PIECE("-   > "), PIECE("    > ")},
    {PIECE("  "), PIECE("  ")},
};
static const struct rmk_str rows[16] = {
    PIECE("| a | b |"),
    PIECE("|---|:-:|"),
    PIECE("| 1 | 2 |"),
    PIECE("-|-"),
    PIECE("|a\\|b|`c|d`"),
    PIECE("|\\|\0|\xC3\xA9|\xC3"),
    PIECE("| 1 |"),
    PIECE(""),
    PIECE("1 | 2 | 3"),
    PIECE("x[^1]"),
    PIECE("||\t|"),
    PIECE("  | a | b"),
    PIECE("```"),
    PIECE("<!-- c"),
    PIECE("---"),
    PIECE("- | a |"),
};
static const struct rmk_str ends[4] = {
    PIECE("\n"), PIECE("\n"), PIECE("\r\n"), PIECE("\r")};

// A byte from here on ends a document; a document has no more pieces than this.
#define END_OF_DOCUMENT 0xFC
#define MOST_PIECES 60

static uint64_t documents, tables, unread;

static void
print_counts(void)
{
	fprintf(stderr,
	    "documents: %" PRIu64 " (with %" PRIu64 " tables; %" PRIu64 " too complex)\n",
	    documents, tables, unread);
}

static void
check(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_doc *doc;
	struct rmk_err err;
	const char *what;

	documents++;
	if (rmk_doc_parse(a, RMK_STR("fuzz"), text, documents % 4 ? 0 : RMK_PARSE_ALL,
		&doc, &err)) {
		unread++;
		return;
	}
	tables += doc->ntables;
	what = peer_difference(a, doc);
	if (!what)
		return;
	fprintf(stderr, "DIFFERS in %s:\n", what);
	fwrite(text.s, 1, text.n, stderr);
	fprintf(stderr, "\n--- end\n");
	abort();
}

// A copy of its own, so that reading behind its end is seen.
static void
check_copy(struct rmk_str text)
{
	struct rmk_arena a = {0};
	char *copy = malloc(text.n ? text.n : 1);

	if (text.n)
		memcpy(copy, text.s, text.n);
	check(&a, (struct rmk_str){copy, text.n});
	free(copy);
	rmk_arena_free(&a);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return atexit(print_counts);
}

static void
add_piece(struct rmk_buf *text, uint8_t byte)
{
	rmk_buf_add(text, pieces[byte % NPIECES]);
}

// A line: its row, and whether it stays where the line before was.
static void
add_line(struct rmk_buf *text, uint8_t byte, struct rmk_str end, unsigned *in)
{
	unsigned prefix = byte >> 4;

	if (prefix < 8) {
		rmk_buf_add(text, prefixes[prefix].first);
		*in = prefix;
	} else if (prefix < 15) {
		rmk_buf_add(text, prefixes[*in].next);
	}
	rmk_buf_add(text, rows[byte & 15]);
	rmk_buf_add(text, end);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rmk_arena a = {0};
	struct rmk_buf text = {.arena = &a};
	unsigned in = 0;
	size_t n = 0;

	for (size_t i = 1; i < size; i++) {
		bool ends_here = data[i] >= END_OF_DOCUMENT;

		if (!ends_here && (data[0] & 1))
			add_line(&text, data[i], ends[data[0] >> 1 & 3], &in);
		else if (!ends_here)
			add_piece(&text, data[i]);
		if (ends_here || ++n == MOST_PIECES || i + 1 == size) {
			check_copy(rmk_buf_str(&text));
			text.n = n = 0;
		}
	}
	rmk_arena_free(&a);
	return 0;
}
