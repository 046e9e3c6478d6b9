// JSON-RPC over a pipe: how bytes become messages, and what malformed ones are answered.
#include "unit.h"

#include <unistd.h>

#define FRAME(n, text) "Content-Length: " #n "\r\n\r\n" text

// --- frames -------------------------------------------------------------------------

// The messages as "[one][two]", then "+" where a part of one is left, or what is wrong. The bytes
// come `piece` at a time.
static struct rmk_str
framed(struct rmk_arena *a, enum rmk_framing framing, struct rmk_str text, size_t piece)
{
	struct rmk_frames f = {.framing = framing};
	struct rmk_buf b = {.arena = a};
	struct rmk_err err = {0};

	for (size_t at = 0; at < text.n && !err.code; at += piece) {
		struct rmk_str message = {"", 0};

		rmk_frames_add(&f, rmk_str_part(text, at, piece));
		while (message.s && rmk_frames_next(&f, &message, &err) == RMK_OK)
			if (message.s)
				rmk_buf_printf(&b, "[%.*s]", RMK_FMT(message));
			else
				break;
	}
	rmk_buf_adds(&b, err.code ? err.msg : rmk_frames_has_part(&f) ? "+" : "");
	rmk_frames_free(&f);
	return rmk_buf_str(&b);
}

static void
test_frames(void **state)
{
	static const struct {
		enum rmk_framing framing;
		struct rmk_str text, want;
	} cases[] = {
	    {RMK_FRAMES_HEADERS, S(FRAME(2, "{}") FRAME(3, "[1]")), S("[{}][[1]]")},
	    {RMK_FRAMES_HEADERS, S("content-length:2\n\n{}"), S("[{}]")},
	    {RMK_FRAMES_HEADERS,
		S("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n" FRAME(
		    2, "{}")),
		S("[{}]")},
	    {RMK_FRAMES_HEADERS, S(FRAME(0, "") FRAME(2, "{}")), S("[][{}]")},
	    {RMK_FRAMES_HEADERS, S(FRAME(3, "{}")), S("+")},
	    {RMK_FRAMES_HEADERS, S("Content-Le"), S("+")},
	    {RMK_FRAMES_HEADERS, S("\r\n{}"), S("a message without Content-Length")},
	    {RMK_FRAMES_HEADERS, S("{}\n"), S("a header without a colon: {}")},
	    {RMK_FRAMES_HEADERS, S("Content-Length: -1\r\n\r\n"),
		S("a Content-Length that is no number")},
	    {RMK_FRAMES_HEADERS, S("Content-Length: 2\r\nContent-Length: 3\r\n\r\n"),
		S("two headers Content-Length")},
	    {RMK_FRAMES_HEADERS, S("Content-Length: 99999999999999999999\r\n\r\n"),
		S("a message of 99999999999999999999 bytes, and 134217728 are the "
		  "most")},
	    {RMK_FRAMES_HEADERS, S("Content-Length: 134217729\r\n\r\n"),
		S("a message of 134217729 bytes, and 134217728 are the most")},
	    {RMK_FRAMES_LINES, S("{}\n\r\n [1] \r\n{"), S("[{}][[1]]+")},
	};
	struct rmk_arena arena = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		for (size_t piece = 1; piece <= cases[i].text.n; piece++)
			assert_text(
			    framed(&arena, cases[i].framing, cases[i].text, piece),
			    cases[i].want, cases[i].text.s);
	rmk_arena_free(&arena);
}

static void
test_headers_without_end(void **state)
{
	static char text[5000];
	struct rmk_arena arena = {0};

	(void)state;
	memset(text, 'a', sizeof text);
	assert_text(
	    framed(&arena, RMK_FRAMES_HEADERS, (struct rmk_str){text, sizeof text}, 100),
	    S("headers of more than 4096 bytes"), "headers");
	rmk_arena_free(&arena);
}

// --- JSON ---------------------------------------------------------------------------

static void
test_json(void **state)
{
	static const struct {
		struct rmk_str text, error; // empty: it is read
	} cases[] = {
	    {S("{\"a\": [1, 2.5, true, null, \"x\\u0000y\"]}"), S("")},
	    {S("9223372036854775807"), S("")},
	    {S("\"\\ud83d\\ude00\""), S("")},
	    {S("9223372036854775808"),
		S("no JSON: too big integer near '9223372036854775808'")},
	    {S("1e999"), S("no JSON: real number overflow near '1e999'")},
	    {S("{\"a\":1,\"a\":2}"), S("no JSON: duplicate object key near '\"a\"'")},
	    {S("{} x"), S("no JSON: end of file expected near 'x'")},
	    {S("\"\xff\""), S("no JSON: unable to decode byte 0xff near '\"'")},
	    {S(""), S("no JSON: unexpected token near end of file")},
	};
	struct rmk_arena arena = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		const struct rmk_json_value *v;
		struct rmk_err err = {0};

		rmk_json_read(&arena, cases[i].text, &v, &err);
		assert_text(rmk_str_of(err.msg), cases[i].error, cases[i].text.s);
	}
	rmk_arena_free(&arena);
}

static void
test_json_look_ups(void **state)
{
	struct rmk_arena arena = {0};
	const struct rmk_json_value *v, *list;
	struct rmk_err err;

	(void)state;
	assert_int_equal(
	    rmk_json_read(&arena, S("{\"list\":[7,\"x\\u0000y\",false]}"), &v, &err),
	    RMK_OK);
	list = rmk_json_member(v, "list");
	assert_int_equal(rmk_json_nitems(list), 3);
	assert_int_equal(rmk_json_integer_of(rmk_json_item(list, 0), -1), 7);
	assert_text(rmk_json_text_of(rmk_json_item(list, 1)), S("x\0y"), "text");
	assert_false(rmk_json_bool_of(rmk_json_item(list, 2), true));
	// What is not there, or of another kind.
	assert_null(rmk_json_item(list, 3));
	assert_null(rmk_json_member(rmk_json_member(v, "no"), "no"));
	assert_null(rmk_json_text_of(list).s);
	assert_int_equal(rmk_json_integer_of(rmk_json_item(list, 1), -1), -1);
	assert_true(rmk_json_bool_of(NULL, true));
	rmk_arena_free(&arena);
}

// Half of a character that UTF-16 has and UTF-8 has not.
static void
test_json_halves(void **state)
{
	static const struct {
		struct rmk_str json, want;
	} cases[] = {
	    {S("\"a\\ud83d\""), S("a\xef\xbf\xbd")},
	    {S("\"\\udc00b\\uD83D\\n\""), S("\xef\xbf\xbd"
					    "b\xef\xbf\xbd\n")},
	    {S("\"\\ud83d\\ude00\\ude00\""), S("\xf0\x9f\x98\x80\xef\xbf\xbd")},
	    {S("\"\\\\ud83d\""), S("\\ud83d")},
	};
	struct rmk_arena arena = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		const struct rmk_json_value *v;
		struct rmk_err err;

		assert_int_equal(rmk_json_read(&arena, cases[i].json, &v, &err), RMK_OK);
		assert_text(rmk_json_text_of(v), cases[i].want, cases[i].json.s);
	}
	rmk_arena_free(&arena);
}

static void
test_json_depth(void **state)
{
	struct rmk_arena arena = {0};
	const struct rmk_json_value *v;
	struct rmk_err err;

	(void)state;
	for (size_t depth = 127; depth <= 100000; depth += depth < 130 ? 1 : 99870) {
		struct rmk_buf b = {.arena = &arena};

		rmk_buf_fill(&b, '[', depth);
		rmk_buf_fill(&b, ']', depth);
		assert_int_equal(rmk_json_read(&arena, rmk_buf_str(&b), &v, &err),
		    depth <= 128 ? RMK_OK : RMK_INVALID);
	}
	rmk_arena_free(&arena);
}

// --- a connection -------------------------------------------------------------------

// What comes back from one that answers each request with its method, asks "again?" after
// a notification and notes what it was answered. The input is there from the beginning.
static struct rmk_str
session(struct rmk_arena *a, const struct rmk_rpc_dialect *dialect, struct rmk_str input)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_rpc_message *m;
	struct rmk_err err = {0};
	struct rmk_rpc rpc;
	int in[2], back[2];
	char bytes[4096];
	long long id;
	ssize_t n;

	assert_int_equal(pipe(in) | pipe(back), 0);
	assert_true(rmk_write_all(in[1], input));
	close(in[1]);
	rmk_rpc_open(&rpc, dialect, in[0], back[1]);
	while (rmk_rpc_next(&rpc, &m, &err) == RMK_OK && m) {
		if (m->method.s && m->id)
			rmk_json_text(rmk_rpc_result(&rpc, m), "result", m->method);
		else if (m->method.s)
			rmk_rpc_request(&rpc, "again?", &id);
		else
			rmk_json_number(rmk_rpc_notification(&rpc, "noted"), "params",
			    rmk_json_integer_of(m->result, -1));
		rmk_rpc_send(&rpc);
		rmk_rpc_done(m);
	}
	rmk_rpc_close(&rpc);
	while ((n = read(back[0], bytes, sizeof bytes)) > 0)
		rmk_buf_add(&out, (struct rmk_str){bytes, (size_t)n});
	close(back[0]);
	rmk_buf_adds(&out, err.msg);
	return rmk_buf_str(&out);
}

#define ANSWER(id, what) "{\"jsonrpc\":\"2.0\",\"id\":" id "," what "}\n"
#define RESULT(id, method) ANSWER(id, "\"result\":\"" method "\"")
#define ERROR(id, code, message)                                                         \
	ANSWER(id, "\"error\":{\"code\":" code ",\"message\":\"" message "\"}")
#define REQUEST(id, method)                                                              \
	"{\"jsonrpc\":\"2.0\",\"id\":" id ",\"method\":\"" method "\"}\n"

static void
test_sessions(void **state)
{
	static const struct {
		struct rmk_str input, want;
	} cases[] = {
	    {S(REQUEST("7", "a") REQUEST("\"x\"", "b") REQUEST("null", "c")),
		S(RESULT("7", "a") RESULT("\"x\"", "b") RESULT("null", "c"))},
	    {S("{\"jsonrpc\":\"2.0\",\"method\":\"hello\",\"params\":null}\n"),
		S("{\"jsonrpc\":\"2.0\",\"method\":\"again?\",\"id\":1}\n")},
	    {S("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":5}\n"),
		S("{\"jsonrpc\":\"2.0\",\"method\":\"noted\",\"params\":5}\n")},
	    {S("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}\n"),
		S("{\"jsonrpc\":\"2.0\",\"method\":\"noted\",\"params\":-1}\n")},
	    // What is malformed is answered, and the next message is read.
	    {S("{nonsense}\n" REQUEST("1", "a")),
		S(ERROR("null", "-32700",
		    "no JSON: string or '}' expected near 'nonsense'") RESULT("1", "a"))},
	    {S("[]\n"), S(ERROR("null", "-32600", "batches are not known here"))},
	    {S("5\n"), S(ERROR("null", "-32600", "a message is an object"))},
	    {S("{\"id\":1,\"method\":\"a\"}\n"),
		S(ERROR("1", "-32600", "\\\"jsonrpc\\\" is \\\"2.0\\\""))},
	    {S("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"a\"}\n"),
		S(ERROR("null", "-32600", "\\\"id\\\" is text or an integer"))},
	    {S("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"a\"}\n"),
		S(ERROR("null", "-32600", "\\\"id\\\" is text or an integer"))},
	    {S("{\"jsonrpc\":\"2.0\",\"id\":1}\n"),
		S(ERROR("1", "-32600", "\\\"method\\\" is missing"))},
	    {S("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}\n"),
		S(ERROR("1", "-32600", "\\\"method\\\" is text"))},
	    {S("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":7}\n"),
		S(ERROR("1", "-32600", "\\\"params\\\" are an object or an array"))},
	    {S(REQUEST("1", "a") "{\"jsonrpc\""),
		S(RESULT("1", "a") "the input ends inside a message")},
	    // Nothing is said of what was taken back; an id that nobody has is the caller's.
	    {S(REQUEST("1", "a") REQUEST("2", "b") REQUEST(
		 "3", "c") "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
			   "\"params\":{\"requestId\":3}}\n"
			   "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
			   "\"params\":{\"requestId\":\"2\"}}\n" REQUEST("4", "d")),
		S(RESULT("1", "a")
			RESULT("2", "b") "{\"jsonrpc\":\"2.0\",\"method\":\"again?\","
					 "\"id\":1}\n" RESULT("4", "d"))},
	};
	struct rmk_arena arena = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_text(session(&arena, &rmk_rpc_mcp, cases[i].input), cases[i].want,
		    cases[i].input.s);
	rmk_arena_free(&arena);
}

static void
test_sessions_with_headers(void **state)
{
	static const char cancelled[] = FRAME(
	    39, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}  ")
	    FRAME(62, "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\","
		      "\"params\":{\"id\":1}}");
	struct rmk_arena arena = {0};

	(void)state;
	assert_text(session(&arena, &rmk_rpc_lsp, rmk_str_of(cancelled)),
	    S(FRAME(70, "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32800,"
			"\"message\":\"cancelled\"}}")),
	    "a request that is taken back is answered as such");
	assert_text(session(&arena, &rmk_rpc_lsp, S("x\n")),
	    S(FRAME(91,
		"{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,"
		"\"message\":\"a header without a colon: x\"}}") "a header without a "
								 "colon: x"),
	    "where no next message can be found both are told");
	rmk_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_frames),
	    cmocka_unit_test(test_headers_without_end),
	    cmocka_unit_test(test_json),
	    cmocka_unit_test(test_json_look_ups),
	    cmocka_unit_test(test_json_halves),
	    cmocka_unit_test(test_json_depth),
	    cmocka_unit_test(test_sessions),
	    cmocka_unit_test(test_sessions_with_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
