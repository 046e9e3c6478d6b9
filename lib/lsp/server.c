// Messages to the functions that answer them.
#include "lsp/server.h"

#include <string.h>

// A request without a text document, or of one that is not open, gets f NULL where that is
// allowed and is answered with null where it is not.
static const struct lsp_method {
	const char *name;
	lsp_answer *answer;
	enum lsp_feature feature;
	bool of_file;
} methods[] = {
    {"initialize", lsp_initialize, LSP_ALWAYS, false},
    {"initialized", lsp_initialized, LSP_ALWAYS, false},
    {"shutdown", lsp_shutdown, LSP_ALWAYS, false},
    {"exit", lsp_exit, LSP_ALWAYS, false},
    {"textDocument/didOpen", lsp_did_open, LSP_ALWAYS, false},
    {"textDocument/didChange", lsp_did_change, LSP_ALWAYS, true},
    {"textDocument/didSave", lsp_did_save, LSP_ALWAYS, true},
    {"textDocument/didClose", lsp_did_close, LSP_ALWAYS, true},
    {"workspace/didChangeWatchedFiles", lsp_did_change_watched, LSP_ALWAYS, false},
    {"workspace/didChangeWorkspaceFolders", lsp_did_change_folders, LSP_ALWAYS, false},
    {"textDocument/diagnostic", lsp_diagnostic, LSP_ALWAYS, false},
    {"workspace/diagnostic", lsp_workspace_diagnostic, LSP_ALWAYS, false},
    {"textDocument/codeAction", lsp_code_action, LSP_ACTIONS, true},
    {"workspace/executeCommand", lsp_execute_command, LSP_ACTIONS, false},
    {"textDocument/completion", lsp_completion, LSP_COMPLETION, true},
    {"textDocument/prepareRename", lsp_prepare_rename, LSP_RENAME, true},
    {"textDocument/rename", lsp_rename, LSP_RENAME, true},
    {"textDocument/hover", lsp_hover, LSP_HOVER, true},
    {"textDocument/definition", lsp_definition, LSP_NAVIGATION, true},
    {"textDocument/references", lsp_references, LSP_NAVIGATION, true},
    {"textDocument/documentSymbol", lsp_document_symbol, LSP_SYMBOLS, true},
    {"workspace/symbol", lsp_workspace_symbol, LSP_SYMBOLS, false},
    {"textDocument/foldingRange", lsp_folding, LSP_FOLDING, true},
    {"textDocument/formatting", lsp_formatting, LSP_FORMATTING, true},
    {"textDocument/rangeFormatting", lsp_range_formatting, LSP_FORMATTING, true},
    {"textDocument/codeLens", lsp_code_lens, LSP_LENS, true},
    {"textDocument/inlayHint", lsp_inlay_hint, LSP_HINTS, true},
    {"textDocument/semanticTokens/full", lsp_semantic_tokens, LSP_TOKENS, true},
    {"rowmark/text", lsp_text_as_known, LSP_ALWAYS, true},
};

void
lsp_answer_null(struct lsp_server *s, const struct rmk_rpc_message *m)
{
	if (!m->id)
		return;
	rmk_json_null(rmk_rpc_result(s->rpc, m), "result");
	rmk_rpc_send(s->rpc);
}

void
lsp_answer_tables(struct lsp_server *s, const struct rmk_rpc_message *m,
    struct lsp_file *f, lsp_put_table *put)
{
	size_t n = lsp_look(f) ? f->doc->ntables : 0;
	struct rmk_json *j = rmk_rpc_result(s->rpc, m);

	rmk_json_array(j, "result");
	for (size_t t = 0; t < n; t++)
		put(j, f, t);
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}

void
lsp_say(struct lsp_server *s, struct rmk_str text)
{
	*RMK_PUSH(&s->words_arena, s->words, s->nwords, s->words_cap) = rmk_str_copy(
	    &s->words_arena, text);
}

static void
send_word(struct lsp_server *s, struct rmk_str text)
{
	struct rmk_json *j = rmk_rpc_notification(s->rpc, "window/showMessage");

	rmk_json_object(j, "params");
	rmk_json_number(j, "type", 2); // a warning
	rmk_json_text(j, "message", text);
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}

static void
send_words(struct lsp_server *s)
{
	for (size_t i = 0; i < s->nwords; i++)
		send_word(s, s->words[i]);
	rmk_arena_free(&s->words_arena);
	s->words = NULL;
	s->nwords = s->words_cap = 0;
}

static const struct lsp_method *
method_find(struct rmk_str name)
{
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (rmk_str_eq(name, rmk_str_of(methods[i].name)))
			return &methods[i];
	return NULL;
}

// Before initialize everything but exit is out of order, and after shutdown as well.
static bool
is_in_order(const struct lsp_server *s, const struct lsp_method *method)
{
	bool begins = method && method->answer == lsp_initialize;

	return (method && method->answer == lsp_exit) ||
	       (s->initialized ? !begins && !s->shut_down : begins);
}

static void
refuse_message(struct lsp_server *s, const struct rmk_rpc_message *m)
{
	if (!m->id)
		return;
	if (!s->initialized)
		rmk_rpc_error(s->rpc, m, RMK_RPC_SERVER_NOT_INITIALIZED,
		    RMK_STR("the first request is initialize"));
	else
		rmk_rpc_error(s->rpc, m, RMK_RPC_INVALID_REQUEST,
		    s->shut_down ? RMK_STR("nothing but exit follows shutdown")
				 : RMK_STR("initialize comes once"));
}

static void
answer_method(
    struct lsp_server *s, struct rmk_rpc_message *m, const struct lsp_method *method)
{
	struct rmk_str uri = rmk_json_text_of(
	    rmk_json_member(rmk_json_member(m->params, "textDocument"), "uri"));
	struct lsp_file *f = uri.s ? lsp_file_open(s, uri) : NULL;

	if (method->of_file && !f)
		lsp_answer_null(s, m);
	else if (method->feature != LSP_ALWAYS &&
		 !lsp_is_on(s, f ? f->folder : s->folders, method->feature))
		lsp_answer_null(s, m);
	else
		method->answer(s, m, f);
}

// Notifications that begin with "$/" may be passed over; requests are answered.
static void
answer_message(struct lsp_server *s, struct rmk_rpc_message *m)
{
	const struct lsp_method *method = method_find(m->method);

	s->message++;
	if (!m->method.s)
		return; // what we asked for was answered, and needs nothing more
	if (!is_in_order(s, method))
		refuse_message(s, m);
	else if (method)
		answer_method(s, m, method);
	else if (m->id)
		rmk_rpc_error(s->rpc, m, RMK_RPC_METHOD_NOT_FOUND,
		    rmk_str_printf(&m->arena, "no method %.*s", RMK_FMT(m->method)));
}

static void
server_free(struct lsp_server *s)
{
	while (s->files) {
		struct lsp_file *f = s->files;

		s->files = f->next;
		lsp_file_free(f);
	}
	while (s->folders) {
		struct lsp_folder *folder = s->folders;

		s->folders = folder->next_folder;
		lsp_folder_free(folder);
	}
	rmk_arena_free(&s->words_arena);
	rmk_arena_free(&s->arena);
}

enum rmk_code
rmk_lsp_run(struct rmk_rpc *rpc, const struct rmk_lsp_opts *opts, bool *clean,
    struct rmk_err *err)
{
	struct lsp_server s = {.rpc = rpc, .opts = opts};
	struct rmk_rpc_message *m;
	enum rmk_code code = RMK_OK;

	memset(s.on, -1, sizeof s.on);
	while (!s.ended && (code = rmk_rpc_next(rpc, &m, err)) == RMK_OK && m) {
		answer_message(&s, m);
		rmk_rpc_done(m);
		// Where more was typed meanwhile, only the last text is looked at.
		if (!s.ended && !rmk_rpc_waits(rpc))
			lsp_publish(&s);
		while (!s.ended && !rmk_rpc_waits(rpc) && lsp_read_more(&s))
			lsp_publish(&s);
		send_words(&s);
	}
	*clean = s.shut_down || !s.initialized;
	server_free(&s);
	return code;
}
