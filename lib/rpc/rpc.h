// JSON-RPC 2.0 with one peer, over a pipe or standard input and output.
//
//	         in                                         out
//	peer ──▶ frames ──▶ JSON ──▶ messages ──▶ caller ──▶ result, error, notification ──▶ peer
//	                               `- queue of what has come while the caller was busy
//
//	struct rmk_rpc rpc;
//	rmk_rpc_open(&rpc, &rmk_rpc_lsp, 0, 1);
//	while (rmk_rpc_next(&rpc, &m, &err) == RMK_OK && m) {
//		struct rmk_json *j = rmk_rpc_result(&rpc, m);   {"jsonrpc":"2.0","id":7,
//		rmk_json_null(j, "result");                     "result":null
//		rmk_rpc_send(&rpc);                             }
//		rmk_rpc_done(m);
//	}
//	rmk_rpc_close(&rpc);
//
// Before a message is handed out all that has come is read, so that a request that was cancelled
// meanwhile is never begun, and the caller can see whether more waits. A cancellation that names
// none of those that wait is handed out as any notification. What is no request is
// answered here: no JSON, no JSON-RPC, batches, which neither protocol has. After bytes in
// which no next message can be found the peer is told, and rmk_rpc_next fails.
//
// Ownership: a message owns an arena, which serves whoever answers it, until rmk_rpc_done.
// Errors: those of writing are kept, and rmk_rpc_next gives them.
// Threads: one at a time for each connection.
#ifndef RMK_RPC_RPC_H
#define RMK_RPC_RPC_H

#include "base/json.h"
#include "rpc/frames.h"
#include "rpc/json_read.h"

enum rmk_rpc_error {
	RMK_RPC_PARSE_ERROR = -32700,
	RMK_RPC_INVALID_REQUEST = -32600,
	RMK_RPC_METHOD_NOT_FOUND = -32601,
	RMK_RPC_INVALID_PARAMS = -32602,
	RMK_RPC_INTERNAL_ERROR = -32603,
	// of the language server protocol
	RMK_RPC_SERVER_NOT_INITIALIZED = -32002,
	RMK_RPC_REQUEST_CANCELLED = -32800,
	RMK_RPC_REQUEST_FAILED = -32803,
};

// In what the two protocols differ.
struct rmk_rpc_dialect {
	enum rmk_framing framing;
	const char *cancel;     // the notification that takes a request back,
	const char *cancel_id;  // and which of its params names the request
	bool answers_cancelled; // what was taken back gets RMK_RPC_REQUEST_CANCELLED
};
extern const struct rmk_rpc_dialect rmk_rpc_lsp, rmk_rpc_mcp;

struct rmk_rpc_message {
	struct rmk_arena arena;
	struct rmk_rpc_message *next;        // of the queue
	const struct rmk_json_value *id;     // NULL: a notification
	struct rmk_str method;               // s NULL: the answer to a request of ours
	const struct rmk_json_value *params; // object, array, or NULL
	const struct rmk_json_value *result; // of an answer; NULL: error
	const struct rmk_json_value *error;
};

struct rmk_rpc {
	const struct rmk_rpc_dialect *dialect;
	int in, out;
	struct rmk_frames frames;
	bool ended;            // no more bytes come
	struct rmk_err broken; // why nothing more can be read; code RMK_OK: nothing broke
	struct rmk_err failed; // the first error of writing
	struct rmk_rpc_message *first, **last; // the queue, and
	size_t nwaiting;                       // how many are in it
	struct rmk_arena arena;                // of the message that is written
	struct rmk_buf text;
	struct rmk_json json;
	long long nrequests; // of ours, whose ids are 1, 2 ...
};

// Both descriptors belong to rpc from here on.
void rmk_rpc_open(
    struct rmk_rpc *rpc, const struct rmk_rpc_dialect *dialect, int in, int out);
// Standard input and output, and nobody else gets at them: what prints to standard output, a
// hook too, prints to standard error, and what reads standard input finds it empty.
enum rmk_code rmk_rpc_open_stdio(
    struct rmk_rpc *rpc, const struct rmk_rpc_dialect *dialect, struct rmk_err *err);
void rmk_rpc_close(struct rmk_rpc *rpc);

// Wait for the next message. *out is NULL where the peer has ended, as it should.
enum rmk_code rmk_rpc_next(
    struct rmk_rpc *rpc, struct rmk_rpc_message **out, struct rmk_err *err);
// Whether another message has come already.
bool rmk_rpc_waits(struct rmk_rpc *rpc);
// What to poll until something comes; -1: nothing more is read for now.
int rmk_rpc_fd(const struct rmk_rpc *rpc);
// Whether the peer has taken back m, which was handed out and is not answered yet.
bool rmk_rpc_is_taken_back(struct rmk_rpc *rpc, const struct rmk_rpc_message *m);
void rmk_rpc_done(struct rmk_rpc_message *m);

// Begin a message; the caller writes "result", or "params", into it and sends it, before
// anything else is asked of rpc.
struct rmk_json *rmk_rpc_result(struct rmk_rpc *rpc, const struct rmk_rpc_message *m);
struct rmk_json *rmk_rpc_notification(struct rmk_rpc *rpc, const char *method);
struct rmk_json *rmk_rpc_request(struct rmk_rpc *rpc, const char *method, long long *id);
void rmk_rpc_send(struct rmk_rpc *rpc);

// An error as the answer, sent at once. m NULL: the peer's request has no id that can be read.
void rmk_rpc_error(struct rmk_rpc *rpc, const struct rmk_rpc_message *m,
    enum rmk_rpc_error code, struct rmk_str text);

#endif
