// Input made to hang or crash a parser: each case of a megabyte ends within two seconds
// and 200 MB, with an answer or a clear refusal. Limits are tested on both sides.
#include "unit.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE ((size_t)1 << 20)
#define MOST_SECONDS 2
#define MOST_MEGABYTES 200

// One document: head once, then body again and again up to half of the size or all of it,
// then tail likewise.
struct input {
	const char *name;
	const char *head;
	size_t heads;
	const char *body, *tail;
	const char *refusal; // a part of the message; NULL: it is parsed
};

static void
fill(struct rmk_buf *out, const char *piece, size_t size)
{
	while (piece && out->n < size)
		rmk_buf_adds(out, piece);
}

static struct rmk_str
make(struct rmk_arena *a, const struct input *in)
{
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < in->heads; i++)
		rmk_buf_adds(&out, in->head);
	fill(&out, in->body, in->tail ? SIZE / 2 : SIZE);
	if (in->tail)
		rmk_buf_addc(&out, '\n');
	fill(&out, in->tail, SIZE);
	return rmk_buf_str(&out);
}

// --- a parse in a process of its own -----------------------------------------

struct outcome {
	bool ended; // not killed
	char msg[200];
	double seconds; // of the processor, so that a busy machine does not count
	long megabytes;
};

static struct outcome
parse_in_child(struct rmk_str text)
{
	struct outcome o = {0};
	struct rusage usage;
	int ends[2], status;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct rmk_arena a = {0};
		struct rmk_doc *doc;
		struct rmk_err err = {0};
		ssize_t n;

		setrlimit(RLIMIT_CPU, &(struct rlimit){30, 30});
		rmk_doc_parse(&a, S("h.md"), text, RMK_PARSE_ALL, &doc, &err);
		n = write(ends[1], err.msg, strnlen(err.msg, sizeof o.msg - 1));
		_exit(n < 0);
	}
	close(ends[1]);
	(void)!read(ends[0], o.msg, sizeof o.msg - 1);
	close(ends[0]);
	assert_int_equal(wait4(child, &status, 0, &usage), child);
	o.ended = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	o.seconds = (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec +
	            (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	o.megabytes = usage.ru_maxrss >> 10;
	return o;
}

static void
test_hostile(void **state)
{
	static const struct input cases[] = {
	    // a wide table over short rows
	    {"wide header", NULL, 0, "|a", "|-", "pipes on a line"},
	    {"short rows", "|a|a|a|a|a|a|a|a|\n|-|-|-|-|-|-|-|-|\n", 1, "|a\n", NULL,
		"cells missing"},
	    {"short fed rows", "|a|a|a|a|a|a|a|a|\n|-|-|-|-|-|-|-|-|\n", 1, "a\n", NULL,
		"cells missing"},
	    // container markers and blank lines
	    {"markers", NULL, 0, "+ ", "\n", "more than 64 containers begin"},
	    {"numbers", NULL, 0, "1) ", "\n", "more than 64 containers begin"},
	    {"quotes", NULL, 0, ">", "\n", "more than 64 containers begin"},
	    {"footnotes", NULL, 0, "[^a]:", "\n", "more than 64 containers begin"},
	    {"deep, then blank", "- ", 60, "a", "\n", "lines in deep containers"},
	    // delimiter rows that do not match
	    {"mismatched", NULL, 0, "|-|-|\n|a|\n", NULL, "lines like delimiter rows"},
	    {"mismatched, bare", NULL, 0, "a\n|-|-|\n", NULL,
		"lines like delimiter rows"},
	    // pipes
	    {"pipes", NULL, 0, "|", NULL, NULL},
	    {"pipes in a row", "|a|\n|-|\n", 1, "|", NULL, "over 65535 cells in a row"},
	    {"pipes in a fed row", "|a|\n|-|\nx", 1, "|", NULL, "pipes on a line"},
	    {"escaped pipes", "|a|\n|-|\nx", 1, "\\|", NULL, "pipes on a line"},
	    {"pipes everywhere", NULL, 0, "|\n|a|\n|-|\n|b|\n", NULL, NULL},
	    // what is cheap, whatever its size
	    {"one word", NULL, 0, "a", NULL, NULL},
	    {"blank lines", NULL, 0, "\n", NULL, NULL},
	    {"carriage returns", NULL, 0, "\r", NULL, NULL},
	    {"white space", NULL, 0, " ", NULL, NULL},
	    {"tabs in quotes", "> ", 60, "\t", NULL, NULL},
	    {"a thematic break", NULL, 0, "- ", NULL, NULL},
	    {"invalid bytes", NULL, 0, "\xFF", NULL, NULL},
	    {"open links", "# ", 1, "[a](", NULL, NULL},
	    {"open brackets", "[a]: ", 1, "[", NULL, NULL},
	    {"open emphasis", "# ", 1, "*a_", NULL, NULL},
	    {"definitions", NULL, 0, "[a]: b \"c\n", NULL, NULL},
	    {"open comments", NULL, 0, "<!--\n", NULL, NULL},
	    {"tables", NULL, 0, "|a|\n|-|\n\n", NULL, NULL},
	    {"headings", NULL, 0, "#\n", NULL, NULL},
	    {"comments in one", "<!-- rowmark: ", 1, "<!--", "-->\n|a|\n|-|\n\n", NULL},
	};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct outcome o = parse_in_child(make(&a, &cases[i]));
		const char *want = cases[i].refusal;

		rmk_arena_free(&a);
		if (!o.ended)
			fail_msg("%s: killed", cases[i].name);
		if (want ? !strstr(o.msg, want) : o.msg[0] != '\0')
			fail_msg("%s: [%s], wanted [%s]", cases[i].name, o.msg,
			    want ? want : "");
		if (getenv("ROWMARK_SAN"))
			continue; // the sanitizers' own time and memory
		if (o.seconds > MOST_SECONDS || o.megabytes > MOST_MEGABYTES)
			fail_msg(
			    "%s: %.1f s, %ld MB", cases[i].name, o.seconds, o.megabytes);
	}
}

// --- limits ------------------------------------------------------------------

static const char *
refusal(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_doc *doc;
	struct rmk_err err = {0};

	if (rmk_doc_parse(a, S("h.md"), text, RMK_PARSE_ALL, &doc, &err))
		return rmk_str_c(a, rmk_str_of(err.msg));
	return "";
}

static struct rmk_str
times(struct rmk_arena *a, const char *piece, size_t n, const char *end)
{
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < n; i++)
		rmk_buf_adds(&out, piece);
	rmk_buf_adds(&out, end);
	return rmk_buf_str(&out);
}

// A list of n levels made by indentation, two of depth each.
static struct rmk_str
staircase(struct rmk_arena *a, size_t n)
{
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < n; i++) {
		rmk_buf_fill(&out, ' ', 2 * i);
		rmk_buf_adds(&out, "-\n");
	}
	return rmk_buf_str(&out);
}

static struct rmk_str
wide_table(struct rmk_arena *a, size_t ncols)
{
	struct rmk_str head = times(a, "|a", ncols, "\n");
	struct rmk_str delim = times(a, "|-", ncols, "\n");

	return rmk_str_printf(a, "%.*s%.*sx\n", RMK_FMT(head), RMK_FMT(delim));
}

static void
test_limits(void **state)
{
	struct rmk_arena a = {0};
	const struct {
		struct rmk_str text;
		const char *refusal;
	} cases[] = {
	    {times(&a, ">", 64, "a\n"), ""},
	    {times(&a, ">", 65, "a\n"), "h.md: too complex to read safely (line 1: more "
					"than 64 containers begin on "
					"it)"},
	    {times(&a, "- ", 62, "a\n"), ""},
	    {times(&a, "- ", 65, "a\n"), "h.md: too complex to read safely (line 1: more "
					 "than 64 containers begin on "
					 "it)"},
	    {times(&a, "- ", 500, "\n"), ""}, // a thematic break
	    {times(&a, "+ ", 65, "\n"), "h.md: too complex to read safely (line 1: more "
					"than 64 containers begin on "
					"it)"},
	    {rmk_str_printf(&a, "```\n%.*s```\n", RMK_FMT(times(&a, "+ ", 99, "\n"))),
		""},
	    {rmk_str_printf(&a, "```\n```\n%.*s", RMK_FMT(times(&a, "+ ", 99, "\n"))),
		"h.md: too complex to read safely (line 3: more than 64 containers begin "
		"on "
		"it)"},
	    {rmk_str_printf(&a, "> ```\n%.*s", RMK_FMT(times(&a, "+ ", 99, "\n"))),
		"h.md: too complex to read safely (line 2: more than 64 containers begin "
		"on "
		"it)"},
	    {staircase(&a, 64), ""},
	    {staircase(&a, 65),
		"h.md: too complex to read safely (line 65: containers nested "
		"more than 128 deep)"},
	    {wide_table(&a, 8000), ""},
	    {wide_table(&a, 20000),
		"h.md: too complex to read safely (line 2: too many rows "
		"of many cells)"},
	    {wide_table(&a, 70000),
		"h.md: too complex to read safely (line 2: 70000 pipes on "
		"a line)"},
	    {rmk_str_printf(
		 &a, "|a|b|c|\n|-|-|-|\n%.*s", RMK_FMT(times(&a, "|x\n", 262144, ""))),
		""},
	    {rmk_str_printf(&a, "|a|b|c|\n|-|-|-|\n%.*s",
		 RMK_FMT(times(&a, "|x\n", 262144, "|x|y|\n"))),
		"h.md: too complex to read safely (line 262147: over 524288 cells "
		"missing in a table)"},
	    {times(&a, "|", 65536, ""), ""},
	    {rmk_str_printf(
		 &a, "a\n-\n\n|a|\n|-|\n%.*s\n", RMK_FMT(times(&a, "|", 65536, ""))),
		""},
	    {rmk_str_printf(
		 &a, "a\n-\n\n|a|\n|-|\n%.*s\n", RMK_FMT(times(&a, "|", 65537, ""))),
		"h.md: too complex to read safely (line 6: over 65535 cells in a row)"},
	};
	(void)state;

	for (size_t i = 0; i < NELEM(cases); i++)
		assert_string_equal(refusal(&a, cases[i].text), cases[i].refusal);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_hostile),
	    cmocka_unit_test(test_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
