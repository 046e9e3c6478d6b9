// The servers' protocols: any bytes may come, in any order, and what is answered is well-formed.
//
// The first byte chooses a framing of JSON-RPC, whose server answers each request with its own
// params, or the tools' server. The rest is the input itself, or chooses from pieces of messages.
// Commands are not run: what they print is a part of the input.
#include "fuzz/fuzz.h"
#include "internal.h"

#include "rpc/json_write.h"

#include <sys/mman.h>
#include <unistd.h>

#define META                                                                             \
	"\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","         \
	"\"io.modelcontextprotocol/clientCapabilities\":{}}"
#define REQUEST(method)                                                                  \
	"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" method "\",\"params\":{"

static const char *const pieces[] = {"{", "}", "}}\n", "}}}\n", "\n", "[", "]", ",", ":",
    "\"", "\\u0000", "\\ud800", "null", "true", "1", "-1", "1e999",
    "99999999999999999999", "\"jsonrpc\":\"2.0\",", "\"id\":", "\"id\":1,",
    "\"id\":\"a\",", "\"method\":", "\"params\":{", (META), (META ","),
    REQUEST("initialize") "\"protocolVersion\":\"2025-11-25\"}}\n", REQUEST("ping"),
    REQUEST("tools/list"), REQUEST("tools/call"), REQUEST("server/discover"),
    REQUEST("subscriptions/listen"), "\"notifications\":{\"toolsListChanged\":true}",
    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/"
    "cancelled\",\"params\":{\"requestId\":1}}\n",
    "\"name\":\"set\",", "\"name\":\"show\",", "\"name\":\"add\",", "\"name\":\"claim\",",
    "\"name\":\"log\",", "\"arguments\":{", "\"row\":\"x\"", "\"status\":\"Done\"",
    "\"cells\":{\"A\":\"b\"}", "\"where\":[\"A=b\"]", "\"limit\":7",
    "\"cursor\":\"1.0123456789abcdef\"", "\"table\":\"../x.md\"", "\"next\":true",
    "\"as\":\"ada\"", "\"cursor\":", "Content-Length: ", "Content-Length: 40\r\n\r\n",
    "\r\n", "\r\n\r\n", "17", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}   "};
#define NPIECES (sizeof pieces / sizeof *pieces)

static const char *const printed[] = {"", "nonsense", "{}", "[]",
    "{\"version\":1,\"error\":7}", "{\"version\":1,\"error\":{\"candidates\":[{},{}]}}",
    "{\"version\":1,\"rows\":[{\"A\":\"b\"},{\"A\":\"c\"}],\"lines\":[5,6]}",
    "{\"version\":1,\"rows\":{},\"lines\":7}",
    "{\"tables\":[{\"values\":[\"x\",7,\"y\"]},8]}"};
#define NPRINTED (sizeof printed / sizeof *printed)

struct input {
	const uint8_t *data;
	size_t size, nruns;
};

static enum rmk_code
fuzz_mcp_command(struct rmk_arena *a, const struct rmk_mcp_host *host,
    struct rmk_mcp_run *run, struct rmk_err *err)
{
	struct input *in = host->ctx;
	uint8_t byte = in->size ? in->data[in->nruns++ % in->size] : 0;

	(void)a;
	CHECK(run->words[0] && strcmp(run->words[1], "--json") == 0);
	if (byte == 255)
		return rmk_fail(err, RMK_IO, "no process");
	run->status = byte % 5;
	run->out = rmk_str_of(printed[byte % NPRINTED]);
	run->err = byte & 64 ? (struct rmk_str){(const char *)in->data, in->size}
	                     : RMK_STR("");
	return RMK_OK;
}

static enum rmk_code
fuzz_mcp_may_read(struct rmk_arena *a, const struct rmk_mcp_host *host,
    struct rmk_str address, struct rmk_err *err)
{
	(void)a, (void)host;
	return rmk_str_starts(address, RMK_STR("."))
	           ? rmk_fail(err, RMK_REFUSED, "outside")
	           : RMK_OK;
}

static void
echo(struct rmk_rpc *rpc)
{
	struct rmk_rpc_message *m;
	struct rmk_err err;

	while (rmk_rpc_next(rpc, &m, &err) == RMK_OK && m) {
		if (m->id && m->method.s && !rmk_rpc_is_taken_back(rpc, m)) {
			rmk_json_text(rmk_rpc_result(rpc, m), "result", m->method);
			rmk_rpc_send(rpc);
		}
		rmk_rpc_done(m);
	}
}

// Each message that was said is JSON, and answers to calls are no larger than they may be.
static void
check_said(int out, const struct rmk_rpc_dialect *dialect, size_t ids)
{
	off_t n = lseek(out, 0, SEEK_END);
	struct rmk_frames frames = {.framing = dialect->framing};
	struct rmk_arena a = {0};
	char *text = RMK_NEW_N(&a, char, (size_t)n + 1);
	struct rmk_str message = {"", 0};
	struct rmk_err err;

	CHECK(pread(out, text, (size_t)n, 0) == n);
	rmk_frames_add(&frames, (struct rmk_str){text, (size_t)n});
	while (message.s) {
		const struct rmk_json_value *v;

		CHECK(rmk_frames_next(&frames, &message, &err) == RMK_OK);
		if (!message.s)
			break;
		CHECK(rmk_json_read(&a, message, &v, &err) == RMK_OK);
		CHECK(rmk_json_member(v, "jsonrpc"));
		CHECK(message.n <= RMK_MCP_ANSWER_MOST + ids);
	}
	CHECK(!rmk_frames_has_part(&frames));
	rmk_frames_free(&frames);
	rmk_arena_free(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rmk_rpc_dialect *const dialects[] = {
	    &rmk_rpc_mcp, &rmk_rpc_mcp, &rmk_rpc_lsp};
	struct rmk_arena a = {0};
	struct rmk_buf made = {.arena = &a};
	struct input input = {data, size, 0};
	struct rmk_mcp_host host = {
	    .ctx = &input, .run = fuzz_mcp_command, .may_read = fuzz_mcp_may_read};
	int in = memfd_create("in", 0), out = memfd_create("out", 0), kept = dup(out);
	const struct rmk_rpc_dialect *dialect;
	struct rmk_rpc rpc;
	struct rmk_err err;

	dialect = dialects[size ? data[0] % 3 : 0];
	host.read_only = size && data[0] & 64;
	for (size_t i = 1; i < size; i++) {
		if (data[0] & 128)
			rmk_buf_addc(&made, (char)data[i]);
		else
			rmk_buf_adds(&made, pieces[data[i] % NPIECES]);
	}
	CHECK(made.n == 0 || write(in, made.s, made.n) == (ssize_t)made.n);
	lseek(in, 0, SEEK_SET);
	rmk_rpc_open(&rpc, dialect, in, out);
	if (dialect == &rmk_rpc_mcp)
		rmk_mcp_serve(&rpc, &host, &err);
	else
		echo(&rpc);
	rmk_rpc_close(&rpc);
	check_said(kept, dialect, 2 * made.n);
	close(kept);
	rmk_arena_free(&a);
	return 0;
}
