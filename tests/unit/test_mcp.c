// The Model Context Protocol: what a call becomes on the command line, and what fits into an answer.
#include "unit.h"

#include "mcp/answer.h"
#include "mcp/tools.h"
#include "rpc/json_write.h"

#include <sys/mman.h>
#include <unistd.h>

static const struct rmk_json_value *
read_json(struct rmk_arena *a, struct rmk_str text)
{
	const struct rmk_json_value *v;
	struct rmk_err err;

	if (rmk_json_read(a, text, &v, &err))
		fail_msg("%s: %.*s", err.msg, RMK_FMT(text));
	return v;
}

// --- words --------------------------------------------------------------------------

static void
test_words(void **state)
{
	static const struct {
		const char *tool;
		struct rmk_str arguments, want;
	} cases[] = {
	    {"tables", S("{}"), S("ls --json --limit=501 --")},
	    {"next", S("{}"), S("next --json --limit=5 --")},
	    {"next", S("{\"ready\":true,\"limit\":9999}"),
		S("next --json --limit=501 --ready --")},
	    {"next", S("{\"ready\":false,\"table\":null}"),
		S("next --json --limit=5 --")},
	    {"show", S("{\"row\":\"-x\",\"where\":[\"A=1\",\"--new\"]}"),
		S("show --json --limit=501 --where=A=1 --where=--new -- -x")},
	    {"set", S("{\"status\":\"Done\",\"row\":\"--json\",\"table\":\"a b.md#t\"}"),
		S("set --json --file=a b.md#t -- --json Done")},
	    {"set", S("{\"value\":\"\",\"row\":\"r\",\"column\":\"-c\"}"),
		S("set --json --column=-c -- r ")},
	    {"add", S("{\"cells\":{\"-k\":\"-v\",\"B\":\"x=y\"},\"message\":\"m\"}"),
		S("add --json  -k=-v  B=x=y --message=m --")},
	    {"claim", S("{\"as\":\"ada\",\"next\":true}"),
		S("claim --json --next --as=ada --")},
	    {"check", S("{\"since\":\"--fix\"}"), S("check --json --since=--fix --")},
	    {"log", S("{\"row\":\"r\",\"cursor\":\"1.x\"}"),
		S("log --json --limit=20 -- r")},
	    {"set", S("[]"), S("arguments are an object")},
	    {"set", S("{\"status\":\"Done\"}"),
		S("'row' is missing: its name, or LINE:N")},
	    {"set", S("{\"row\":7,\"status\":\"x\"}"), S("'row' is text")},
	    {"set", S("{\"row\":\"r\"}"), S("give 'status' or 'value'")},
	    {"set", S("{\"row\":\"r\",\"status\":\"a\",\"value\":\"b\"}"),
		S("give one of 'status' and 'value'")},
	    {"set", S("{\"row\":\"r\",\"status\":\"a\",\"fix\":true}"),
		S("'fix' is no argument of set")},
	    {"set", S("{\"row\":\"r\\u0000\",\"status\":\"a\"}"),
		S("text that holds a NUL byte")},
	    {"next", S("{\"limit\":0}"), S("'limit' is a whole number from 1")},
	    {"next", S("{\"limit\":\"5\"}"), S("'limit' is a whole number from 1")},
	    {"show", S("{\"open\":\"yes\"}"), S("'open' is true or false")},
	    {"show", S("{\"where\":[1]}"), S("'where' is a list of texts")},
	    {"add", S("{\"cells\":{}}"), S("'cells' is an object of texts")},
	    {"add", S("{\"cells\":{\"A=B\":\"x\"}}"),
		S("'A=B': a column's name that cannot be written here")},
	    {"claim", S("{\"as\":\"ada\"}"), S("give 'row' or 'next'")},
	};
	struct rmk_arena arena = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_buf got = {.arena = &arena};
		const char *const *words;
		struct rmk_err err;

		if (rmk_mcp_words(&arena, rmk_mcp_tool_find(rmk_str_of(cases[i].tool)),
			read_json(&arena, cases[i].arguments), 501, &words, &err))
			rmk_buf_adds(&got, err.msg);
		else
			for (; *words; words++)
				rmk_buf_printf(&got, "%s%s", got.n ? " " : "", *words);
		assert_text(rmk_buf_str(&got), cases[i].want, cases[i].arguments.s);
	}
	rmk_arena_free(&arena);
}

// --- sessions -----------------------------------------------------------------------

#define REQUEST(id, method, params)                                                      \
	"{\"jsonrpc\":\"2.0\",\"id\":" id ",\"method\":\"" method                        \
	"\",\"params\":" params "}\n"
#define INITIALIZE REQUEST("0", "initialize", "{\"protocolVersion\":\"2025-11-25\"}")
#define META                                                                             \
	"\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","         \
	"\"io.modelcontextprotocol/clientCapabilities\":{}}"

// What every command prints here.
struct canned {
	struct rmk_str out, err;
	int status;
	size_t nruns;
	uint32_t limit; // that it was run with last
};

static enum rmk_code
run_canned(struct rmk_arena *a, const struct rmk_mcp_host *host, struct rmk_mcp_run *run,
    struct rmk_err *err)
{
	struct canned *canned = host->ctx;

	(void)a, (void)err;
	run->out = canned->out;
	run->err = canned->err;
	run->status = canned->status;
	canned->nruns++;
	for (size_t i = 0; run->words[i]; i++)
		if (rmk_str_starts(rmk_str_of(run->words[i]), S("--limit=")))
			rmk_str_to_u32(rmk_str_of(run->words[i] + 8), &canned->limit);
	return RMK_OK;
}

static enum rmk_code
may_read_here(struct rmk_arena *a, const struct rmk_mcp_host *host,
    struct rmk_str address, struct rmk_err *err)
{
	(void)a, (void)host;
	return rmk_str_starts(address, S("/")) ? rmk_fail(err, RMK_REFUSED, "outside")
	                                       : RMK_OK;
}

// All that a server says to this input.
static struct rmk_str
served(struct rmk_arena *a, struct canned *canned, struct rmk_str input)
{
	struct rmk_mcp_host host = {
	    .ctx = canned, .run = run_canned, .may_read = may_read_here};
	int in = memfd_create("in", 0), out = memfd_create("out", 0), kept = dup(out);
	struct rmk_rpc rpc;
	struct rmk_err err;
	char *text;
	off_t n;

	assert_true(write(in, input.s, input.n) == (ssize_t)input.n);
	lseek(in, 0, SEEK_SET);
	rmk_rpc_open(&rpc, &rmk_rpc_mcp, in, out);
	assert_int_equal(rmk_mcp_serve(&rpc, &host, &err), RMK_OK);
	rmk_rpc_close(&rpc);
	n = lseek(kept, 0, SEEK_END);
	text = RMK_NEW_N(a, char, (size_t)n + 1);
	assert_true(pread(kept, text, (size_t)n, 0) == n);
	close(kept);
	return (struct rmk_str){text, (size_t)n};
}

// The answer to the last request, and of what kind it is.
static const struct rmk_json_value *
answered(struct rmk_arena *a, struct canned *canned, const char *input)
{
	struct rmk_str all = rmk_str_trim(served(a, canned, rmk_str_of(input))), line;

	while (all.n && rmk_str_split(&all, '\n', &line))
		;
	return read_json(a, line);
}

static void
test_eras(void **state)
{
	static const struct {
		const char *input;
		long long error; // 0: there is a result
		const char *has; // a member of it
	} cases[] = {
	    {INITIALIZE, 0, "serverInfo"},
	    {REQUEST("1", "initialize", "{\"protocolVersion\":\"1999\"}"), 0,
		"instructions"},
	    {REQUEST("1", "ping", "{}"), 0, NULL},
	    {REQUEST("1", "tools/list", "{}"), -32602, NULL},
	    {INITIALIZE REQUEST("1", "tools/list", "{}"), 0, "tools"},
	    {INITIALIZE REQUEST("1", "tools/list", "{\"cursor\":\"x\"}"), -32602, NULL},
	    {INITIALIZE REQUEST("1", "server/discover", "{}"), -32601, NULL},
	    {INITIALIZE REQUEST("1", "tools/call", "{\"name\":\"x\"}"), -32602, NULL},
	    {INITIALIZE REQUEST("1", "tools/call", "{}"), -32602, NULL},
	    {INITIALIZE REQUEST("1", "resources/list", "{}"), -32601, NULL},
	    {REQUEST("1", "server/discover", "{" META "}"), 0, "supportedVersions"},
	    {REQUEST("1", "server/discover", "{" META "}"), 0, "ttlMs"},
	    {REQUEST("1", "server/discover", "{}"), -32602, NULL},
	    {REQUEST("1", "tools/list", "{" META "}"), 0, "cacheScope"},
	    {REQUEST("1", "tools/list", "{" META "}"), 0, "resultType"},
	    {REQUEST("1", "ping", "{" META "}"), -32601, NULL},
	    {REQUEST("1", "initialize", "{" META "}"), -32601, NULL},
	    {REQUEST("1", "tools/list",
		 "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"1900\"}}"),
		-32022, NULL},
	    {REQUEST("1", "tools/list",
		 "{\"_meta\":{\"io.modelcontextprotocol/"
		 "protocolVersion\":\"2026-07-28\"}}"),
		-32602, NULL},
	};
	struct canned canned = {.out = S("{\"version\":1,\"tables\":[]}")};
	struct rmk_arena arena = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		const struct rmk_json_value *v = answered(
		    &arena, &canned, cases[i].input);
		const struct rmk_json_value *result = rmk_json_member(v, "result");
		long long code = rmk_json_integer_of(
		    rmk_json_member(rmk_json_member(v, "error"), "code"), 0);

		if (code != cases[i].error || !result != !!cases[i].error ||
		    (cases[i].has && !rmk_json_member(result, cases[i].has)))
			fail_msg("%s: error %lld", cases[i].input, code);
	}
	rmk_arena_free(&arena);
}

static void
test_notifications_are_not_answered(void **state)
{
	struct canned canned = {.out = S("{}")};
	struct rmk_arena arena = {0};
	struct rmk_str said;

	(void)state;
	said = served(&arena, &canned,
	    S("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"
	      "{\"jsonrpc\":\"2.0\",\"method\":\"tools/"
	      "call\",\"params\":{\"name\":\"set\"}}\n"
	      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n"));
	assert_text(said, S(""), "neither a notification nor an answer");
	assert_int_equal(canned.nruns, 0);
	said = served(&arena, &canned,
	    S(REQUEST("1", "tools/call",
		"{" META
		",\"name\":\"tables\"}") "{\"jsonrpc\":"
					 "\"2.0\",\"method\":\"notifications/"
					 "cancelled\",\"params\":{\"requestId\":1}}"
					 "\n"));
	assert_text(said, S(""), "a request that was taken back before it began");
	rmk_arena_free(&arena);
}

static void
test_subscriptions(void **state)
{
	struct canned canned = {.out = S("{}")};
	struct rmk_arena arena = {0};
	struct rmk_buf many = {.arena = &arena};

	(void)state;
	assert_text(
	    served(&arena, &canned,
		S(REQUEST("\"a\"", "subscriptions/listen",
		    "{" META
		    ",\"notifications\":{\"toolsListChanged\":true,\"x\":true}}"))),
	    S("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/"
	      "acknowledged\","
	      "\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\"a\"},"
	      "\"notifications\":{\"toolsListChanged\":true}}}\n"),
	    "what is honoured is said");
	for (int i = 0; i < 9; i++)
		rmk_buf_printf(&many, REQUEST("%d", "subscriptions/listen", "{%s,%s}"), i,
		    META, "\"notifications\":{\"toolsListChanged\":true}");
	assert_true(rmk_str_find(served(&arena, &canned, rmk_buf_str(&many)),
			S("too many subscriptions")) != RMK_NONE);
	rmk_arena_free(&arena);
}

// --- what is listed -------------------------------------------------------------------

static struct rmk_str
listed(struct rmk_arena *a, size_t n, size_t bytes)
{
	struct rmk_buf doc = {.arena = a}, word = {.arena = a};
	struct canned canned = {0};

	rmk_buf_fill(&word, 'w', bytes - 2);
	rmk_buf_adds(&doc, "{\"tables\":[{\"values\":[");
	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&doc, "%s\"%02zu%.*s\"", i ? "," : "", i,
		    RMK_FMT(rmk_buf_str(&word)));
	rmk_buf_adds(&doc, "]}]}");
	canned.out = rmk_buf_str(&doc);
	return served(a, &canned, S(REQUEST("1", "tools/list", "{" META "}")));
}

static void
test_list_is_small(void **state)
{
	static const struct {
		size_t n, bytes;
		bool as_enum;
	} cases[] = {{0, 2, false}, {1, 2, true}, {50, 15, true}, {51, 2, false},
	    {50, 16, false}, {3, 400, false}};
	struct rmk_arena arena = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str said = listed(&arena, cases[i].n, cases[i].bytes);
		bool as_enum = rmk_str_find(said, S("\"enum\"")) != RMK_NONE;

		if (said.n > 8192 || as_enum != cases[i].as_enum)
			fail_msg("%zu statuses of %zu: %zu bytes", cases[i].n,
			    cases[i].bytes, said.n);
	}
	rmk_arena_free(&arena);
}

// --- answers --------------------------------------------------------------------------

// A table of n rows whose cells take so many bytes, each a quote.
static struct rmk_str
rows_of(struct rmk_arena *a, size_t n, size_t bytes)
{
	struct rmk_buf b = {.arena = a};

	rmk_buf_adds(&b, "{\"version\":1,\"lines\":[");
	for (size_t i = 0; i < n; i++)
		rmk_buf_printf(&b, "%s%zu", i ? "," : "", i);
	rmk_buf_adds(&b, "],\"rows\":[");
	for (size_t i = 0; i < n; i++) {
		rmk_buf_printf(&b, "%s{\"K\":\"%zu\",\"T\":\"", i ? "," : "", i);
		for (size_t k = 0; k < bytes; k++)
			rmk_buf_adds(&b, "\\\"");
		rmk_buf_adds(&b, "\"}");
	}
	rmk_buf_adds(&b, "]}");
	return rmk_buf_str(&b);
}

static struct rmk_str
page_request(struct rmk_arena *a, struct rmk_str cursor)
{
	struct rmk_buf b = {.arena = a};

	rmk_buf_adds(&b, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
			 "\"params\":{" META ",\"name\":\"show\",\"arguments\":{");
	if (cursor.s)
		rmk_buf_printf(&b, "\"cursor\":\"%.*s\"", RMK_FMT(cursor));
	rmk_buf_adds(&b, "}}}\n");
	return rmk_buf_str(&b);
}

static void
test_pages(void **state)
{
	static const struct {
		size_t n, bytes;
	} cases[] = {{0, 0}, {1, 0}, {499, 0}, {500, 0}, {1300, 1}, {100, 300}, {7, 2000},
	    {3, 30000}};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena arena = {0};
		struct canned canned = {
		    .out = rows_of(&arena, cases[i].n, cases[i].bytes)};
		struct rmk_str cursor = {0};
		long long rows = 0;

		do {
			struct rmk_str said = served(
			    &arena, &canned, page_request(&arena, cursor));
			const struct rmk_json_value *doc = rmk_json_member(
			    rmk_json_member(read_json(&arena, said), "result"),
			    "structuredContent");
			const struct rmk_json_value *lines = rmk_json_member(
			    doc, "lines");

			assert_true(said.n <= RMK_MCP_ANSWER_MOST);
			assert_int_equal(rmk_json_nitems(lines),
			    rmk_json_nitems(rmk_json_member(doc, "rows")));
			for (size_t k = 0; k < rmk_json_nitems(lines); k++)
				assert_int_equal(
				    rmk_json_integer_of(rmk_json_item(lines, k), -1),
				    rows++);
			cursor = rmk_json_text_of(rmk_json_member(doc, "next_cursor"));
		} while (cursor.s);
		assert_int_equal(rows, cases[i].n);
		rmk_arena_free(&arena);
	}
}

static const struct rmk_json_value *
result_of(struct rmk_arena *a, struct canned *canned, struct rmk_str cursor)
{
	struct rmk_str said = served(a, canned, page_request(a, cursor));

	assert_true(said.n <= RMK_MCP_ANSWER_MOST);
	return rmk_json_member(read_json(a, said), "result");
}

static void
test_cursors(void **state)
{
	struct rmk_arena arena = {0};
	struct canned canned = {.out = rows_of(&arena, 400, 100)};
	const struct rmk_json_value *result;
	struct rmk_str cursor;

	(void)state;
	cursor = rmk_json_text_of(rmk_json_member(
	    rmk_json_member(
		result_of(&arena, &canned, (struct rmk_str){0}), "structuredContent"),
	    "next_cursor"));
	// One more than an answer may hold, so that it is known whether there are more.
	assert_int_equal(canned.limit, 501);
	result = result_of(&arena, &canned, cursor);
	assert_int_equal(canned.limit, 501 + strtoul(cursor.s, NULL, 10));
	assert_false(rmk_json_bool_of(rmk_json_member(result, "isError"), true));
	canned.out = rows_of(&arena, 400, 101);
	result = result_of(&arena, &canned, cursor);
	assert_true(rmk_json_bool_of(rmk_json_member(result, "isError"), false));
	canned.out = rows_of(&arena, 2, 100);
	result = result_of(&arena, &canned, cursor);
	assert_true(rmk_json_bool_of(rmk_json_member(result, "isError"), false));
	rmk_arena_free(&arena);
}

static void
test_errors(void **state)
{
	struct rmk_arena arena = {0};
	struct rmk_buf many = {.arena = &arena};
	struct canned cases[] = {
	    {.out = S(""), .err = S("Segmentation fault"), .status = 139},
	    {.out = S("no JSON"), .status = 2},
	    {.out = S(
		 "{\"version\":1,\"error\":{\"code\":\"refused\",\"message\":\"m\"}}"),
		.err = S("rowmark: m\nhint: do it\n"),
		.status = 2},
	    {.out = S("{\"version\":1,\"rows\":[]}"),
		.err = S("rowmark: b.md: cannot open\n"),
		.status = 2},
	    {.status = 2},
	};

	(void)state;
	rmk_buf_adds(
	    &many, "{\"version\":1,\"error\":{\"code\":\"ambiguous\",\"candidates\":[");
	for (int i = 0; i < 500; i++) {
		rmk_buf_adds(&many, i ? ",{\"address\":\"" : "{\"address\":\"");
		rmk_buf_fill(&many, 'a', 3000);
		rmk_buf_adds(&many, "\"}");
	}
	rmk_buf_adds(&many, "]}}");
	cases[4].out = cases[4].err = rmk_buf_str(&many);
	for (size_t i = 0; i < NELEM(cases); i++) {
		const struct rmk_json_value *r = result_of(
		    &arena, &cases[i], (struct rmk_str){0});
		struct rmk_str text = rmk_json_text_of(rmk_json_member(
		    rmk_json_item(rmk_json_member(r, "content"), 0), "text"));

		assert_true(rmk_json_bool_of(rmk_json_member(r, "isError"), false));
		assert_int_equal(
		    rmk_json_integer_of(
			rmk_json_member(
			    rmk_json_member(r, "structuredContent"), "version"),
			0),
		    1);
		if (i < 4 && cases[i].err.n &&
		    rmk_str_find(text, rmk_str_trim(cases[i].err)) == RMK_NONE)
			fail_msg("%zu: %.*s", i, RMK_FMT(text));
	}
	rmk_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_eras),
	    cmocka_unit_test(test_notifications_are_not_answered),
	    cmocka_unit_test(test_subscriptions),
	    cmocka_unit_test(test_list_is_small),
	    cmocka_unit_test(test_pages),
	    cmocka_unit_test(test_cursors),
	    cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
