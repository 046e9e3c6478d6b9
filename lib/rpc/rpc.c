// One connection: what comes is queued, what goes is written at once.
#include "rpc/rpc.h"

#include "io/file.h"
#include "rpc/message.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#define PIECE ((size_t)64 << 10)
// A peer that does not wait for answers is not read further ahead than this.
#define WAITING_MOST 1000

const struct rmk_rpc_dialect rmk_rpc_lsp = {RMK_FRAMES_HEADERS, "$/cancelRequest", "id",
				 true},
			     rmk_rpc_mcp = {RMK_FRAMES_LINES, "notifications/cancelled",
				 "requestId", false};

void
rmk_rpc_open(struct rmk_rpc *rpc, const struct rmk_rpc_dialect *dialect, int in, int out)
{
	*rpc = (struct rmk_rpc){.dialect = dialect, .in = in, .out = out};
	rpc->frames.framing = dialect->framing;
	rpc->last = &rpc->first;
}

enum rmk_code
rmk_rpc_open_stdio(
    struct rmk_rpc *rpc, const struct rmk_rpc_dialect *dialect, struct rmk_err *err)
{
	int in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (in < 0 || out < 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		return rmk_fail_errno(err, "standard input and output");
	close(null);
	rmk_rpc_open(rpc, dialect, in, out);
	return RMK_OK;
}

void
rmk_rpc_close(struct rmk_rpc *rpc)
{
	struct rmk_rpc_message *next;

	for (struct rmk_rpc_message *m = rpc->first; m; m = next) {
		next = m->next;
		rmk_rpc_done(m);
	}
	rmk_frames_free(&rpc->frames);
	rmk_arena_free(&rpc->arena);
	close(rpc->in);
	close(rpc->out);
}

// --- what comes ---------------------------------------------------------------------

static struct rmk_rpc_message *
unqueue(struct rmk_rpc *rpc, struct rmk_rpc_message **at)
{
	struct rmk_rpc_message *m = *at;

	*at = m->next;
	if (!*at)
		rpc->last = at;
	rpc->nwaiting--;
	return m;
}

// The id of the request that a notification takes back; NULL: it takes none back.
static const struct rmk_json_value *
cancelled_id(const struct rmk_rpc *rpc, const struct rmk_rpc_message *m)
{
	bool cancels = !m->id && rmk_str_eq(m->method, rmk_str_of(rpc->dialect->cancel));

	return cancels ? rmk_json_member(m->params, rpc->dialect->cancel_id) : NULL;
}

// Take the request out of the queue that a notification takes back. False: none waits.
static bool
cancel_waiting(struct rmk_rpc *rpc, const struct rmk_rpc_message *cancel)
{
	const struct rmk_json_value *id = cancelled_id(rpc, cancel);
	struct rmk_rpc_message **at = &rpc->first, *m;

	while (*at && !((*at)->method.s && rmk_json_is_same_id((*at)->id, id)))
		at = &(*at)->next;
	if (!*at)
		return false;
	m = unqueue(rpc, at);
	if (rpc->dialect->answers_cancelled)
		rmk_rpc_error(rpc, m, RMK_RPC_REQUEST_CANCELLED, RMK_STR("cancelled"));
	rmk_rpc_done(m);
	return true;
}

static void
queue_message(struct rmk_rpc *rpc, struct rmk_str text)
{
	struct rmk_rpc_message *m;
	enum rmk_rpc_error code;
	struct rmk_err err;

	m = rmk_rpc_message_read(text, &code, &err);
	if (err.code) {
		rmk_rpc_error(rpc, m, code, rmk_str_of(err.msg));
		rmk_rpc_done(m);
	} else if (cancel_waiting(rpc, m)) {
		rmk_rpc_done(m);
	} else {
		*rpc->last = m;
		rpc->last = &m->next;
		rpc->nwaiting++;
	}
}

static void
queue_frames(struct rmk_rpc *rpc)
{
	struct rmk_str text = {0};

	while (!rpc->broken.code && rpc->nwaiting < WAITING_MOST) {
		if (rmk_frames_next(&rpc->frames, &text, &rpc->broken))
			rmk_rpc_error(
			    rpc, NULL, RMK_RPC_PARSE_ERROR, rmk_str_of(rpc->broken.msg));
		else if (text.s)
			queue_message(rpc, text);
		else
			return;
	}
}

static void
read_piece(struct rmk_rpc *rpc)
{
	char bytes[PIECE];
	ssize_t n;

	do
		n = read(rpc->in, bytes, sizeof bytes);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		rmk_fail_errno(&rpc->broken, "cannot read a message");
	else if (n > 0)
		rmk_frames_add(&rpc->frames, (struct rmk_str){bytes, (size_t)n});
	else
		rpc->ended = true;
	if (rpc->ended && rmk_frames_has_part(&rpc->frames))
		rmk_fail(&rpc->broken, RMK_INVALID, "the input ends inside a message");
}

static bool
reads_more(const struct rmk_rpc *rpc)
{
	return !rpc->ended && !rpc->broken.code && rpc->nwaiting < WAITING_MOST;
}

static bool
piece_is_there(const struct rmk_rpc *rpc)
{
	struct pollfd in = {.fd = rpc->in, .events = POLLIN};

	return poll(&in, 1, 0) > 0;
}

static void
read_what_is_there(struct rmk_rpc *rpc)
{
	queue_frames(rpc);
	while (reads_more(rpc) && piece_is_there(rpc)) {
		read_piece(rpc);
		queue_frames(rpc);
	}
}

bool
rmk_rpc_waits(struct rmk_rpc *rpc)
{
	read_what_is_there(rpc);
	return rpc->first != NULL;
}

int
rmk_rpc_fd(const struct rmk_rpc *rpc)
{
	return reads_more(rpc) ? rpc->in : -1;
}

bool
rmk_rpc_is_taken_back(struct rmk_rpc *rpc, const struct rmk_rpc_message *m)
{
	struct rmk_rpc_message **at = &rpc->first;

	read_what_is_there(rpc);
	while (*at && !rmk_json_is_same_id(cancelled_id(rpc, *at), m->id))
		at = &(*at)->next;
	if (!*at)
		return false;
	rmk_rpc_done(unqueue(rpc, at));
	return true;
}

enum rmk_code
rmk_rpc_next(struct rmk_rpc *rpc, struct rmk_rpc_message **out, struct rmk_err *err)
{
	read_what_is_there(rpc);
	while (!rpc->first && reads_more(rpc)) {
		read_piece(rpc);
		read_what_is_there(rpc);
	}
	*out = NULL;
	if (rpc->failed.code) {
		*err = rpc->failed;
		return err->code;
	}
	if (rpc->first) {
		*out = unqueue(rpc, &rpc->first);
		return RMK_OK;
	}
	if (rpc->broken.code)
		*err = rpc->broken;
	return rpc->broken.code;
}

// --- what goes ----------------------------------------------------------------------

static struct rmk_json *
begin_message(struct rmk_rpc *rpc)
{
	rpc->text = (struct rmk_buf){.arena = &rpc->arena};
	rpc->json = (struct rmk_json){.out = &rpc->text};
	rmk_json_object(&rpc->json, NULL);
	rmk_json_cstr(&rpc->json, "jsonrpc", "2.0");
	return &rpc->json;
}

struct rmk_json *
rmk_rpc_result(struct rmk_rpc *rpc, const struct rmk_rpc_message *m)
{
	struct rmk_json *j = begin_message(rpc);
	const struct rmk_json_value *id = m ? m->id : NULL;

	if (id && id->kind == RMK_JSON_TEXT)
		rmk_json_text(j, "id", id->text);
	else if (id && id->kind == RMK_JSON_INTEGER)
		rmk_json_number(j, "id", id->integer);
	else
		rmk_json_null(j, "id");
	return j;
}

struct rmk_json *
rmk_rpc_notification(struct rmk_rpc *rpc, const char *method)
{
	struct rmk_json *j = begin_message(rpc);

	rmk_json_cstr(j, "method", method);
	return j;
}

struct rmk_json *
rmk_rpc_request(struct rmk_rpc *rpc, const char *method, long long *id)
{
	struct rmk_json *j = rmk_rpc_notification(rpc, method);

	*id = ++rpc->nrequests;
	rmk_json_number(j, "id", *id);
	return j;
}

void
rmk_rpc_send(struct rmk_rpc *rpc)
{
	char header[64];
	struct rmk_str text;
	bool ok;

	rmk_json_end(&rpc->json);
	if (rpc->dialect->framing == RMK_FRAMES_LINES)
		rmk_buf_addc(&rpc->text, '\n');
	text = rmk_buf_str(&rpc->text);
	snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", text.n);
	ok = rpc->failed.code || rpc->dialect->framing == RMK_FRAMES_LINES ||
	     rmk_write_all(rpc->out, rmk_str_of(header));
	ok = rpc->failed.code || (ok && rmk_write_all(rpc->out, text));
	if (!ok)
		rmk_fail_errno(&rpc->failed, "cannot write a message");
	rmk_arena_free(&rpc->arena);
}

void
rmk_rpc_error(struct rmk_rpc *rpc, const struct rmk_rpc_message *m,
    enum rmk_rpc_error code, struct rmk_str text)
{
	struct rmk_json *j = rmk_rpc_result(rpc, m);

	rmk_json_object(j, "error");
	rmk_json_number(j, "code", code);
	rmk_json_text(j, "message", text);
	rmk_json_end(j);
	rmk_rpc_send(rpc);
}
