// initialize to exit: what the editor can do, and what it is told of us.
#include "lsp/server.h"

#include <stdio.h>
#include <string.h>

static const char *const feature_names[] = {
#define X(feature, name, on) name,
    LSP_FEATURES(X)
#undef X
};

// --- what the editor says -------------------------------------------------------------

// A member of a member ...: "textDocument.rename".
static const struct rmk_json_value *
deep_member(const struct rmk_json_value *v, const char *path)
{
	struct rmk_str rest = rmk_str_of(path), name;
	char key[64];

	while (rmk_str_split(&rest, '.', &name)) {
		snprintf(key, sizeof key, "%.*s", RMK_FMT(name));
		v = rmk_json_member(v, key);
	}
	return v;
}

static bool
array_has(const struct rmk_json_value *array, const char *text)
{
	for (size_t i = 0; i < rmk_json_nitems(array); i++)
		if (rmk_str_eq(
			rmk_json_text_of(rmk_json_item(array, i)), rmk_str_of(text)))
			return true;
	return false;
}

static void
read_capabilities(struct lsp_server *s, const struct rmk_json_value *can)
{
	const struct rmk_json_value *text = rmk_json_member(can, "textDocument");

	s->utf8 = array_has(deep_member(can, "general.positionEncodings"), "utf-8");
	s->pulls = deep_member(text, "diagnostic") != NULL;
	s->refreshes = rmk_json_bool_of(
	    deep_member(can, "workspace.diagnostics.refreshSupport"), false);
	s->watches = rmk_json_bool_of(
	    deep_member(can, "workspace.didChangeWatchedFiles.dynamicRegistration"),
	    false);
	s->versions = rmk_json_bool_of(
	    deep_member(can, "workspace.workspaceEdit.documentChanges"), false);
	s->hierarchy = rmk_json_bool_of(
	    deep_member(text, "documentSymbol.hierarchicalDocumentSymbolSupport"), false);
	s->literals = deep_member(text, "codeAction.codeActionLiteralSupport") != NULL;
	s->markdown = array_has(deep_member(text, "hover.contentFormat"), "markdown");
	s->related = rmk_json_bool_of(
	    deep_member(text, "publishDiagnostics.relatedInformation"), false);
}

// {"hover": false, "hints": true}
static void
read_switches(struct lsp_server *s, const struct rmk_json_value *options)
{
	for (size_t i = 0; i < LSP_NFEATURES; i++) {
		const struct rmk_json_value *v = rmk_json_member(
		    options, feature_names[i]);

		if (v && v->kind == RMK_JSON_BOOL)
			s->on[i] = v->truth;
	}
}

static void
add_root(struct lsp_server *s, struct rmk_str path)
{
	struct rmk_str *roots = RMK_NEW_N(&s->arena, struct rmk_str, s->nroots + 1);

	if (!path.n)
		return;
	if (s->nroots)
		memcpy(roots, s->roots, s->nroots * sizeof *roots);
	roots[s->nroots++] = rmk_str_printf(&s->arena, "%.*s%s", RMK_FMT(path),
	    rmk_str_ends(path, RMK_STR("/")) ? "" : "/");
	s->roots = roots;
}

static void
add_roots(struct lsp_server *s, const struct rmk_json_value *folders)
{
	for (size_t i = 0; i < rmk_json_nitems(folders); i++)
		add_root(
		    s, lsp_uri_path(&s->arena, rmk_json_text_of(rmk_json_member(
						   rmk_json_item(folders, i), "uri"))));
}

static void
read_roots(struct lsp_server *s, const struct rmk_json_value *params)
{
	const struct rmk_json_value *folders = rmk_json_member(
	    params, "workspaceFolders");
	struct rmk_str uri = rmk_json_text_of(rmk_json_member(params, "rootUri"));

	add_roots(s, folders);
	if (!s->nroots && uri.s)
		add_root(s, lsp_uri_path(&s->arena, uri));
	else if (!s->nroots)
		add_root(s, rmk_str_copy(&s->arena,
				rmk_json_text_of(rmk_json_member(params, "rootPath"))));
}

static void
remove_roots(struct lsp_server *s, const struct rmk_json_value *folders)
{
	struct rmk_arena a = {0};

	for (size_t i = 0; i < rmk_json_nitems(folders); i++) {
		struct rmk_str path = lsp_uri_path(&a,
		    rmk_json_text_of(rmk_json_member(rmk_json_item(folders, i), "uri")));
		size_t n = 0;

		while (path.n && path.s[path.n - 1] == '/')
			path.n--;
		for (size_t k = 0; k < s->nroots; k++)
			if (!rmk_str_eq(
				rmk_str_part(s->roots[k], 0, s->roots[k].n - 1), path))
				s->roots[n++] = s->roots[k];
		s->nroots = n;
	}
	rmk_arena_free(&a);
	lsp_forget_folders(s);
}

void
lsp_did_change_folders(
    struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	const struct rmk_json_value *event = rmk_json_member(m->params, "event");

	(void)f;
	remove_roots(s, rmk_json_member(event, "removed"));
	add_roots(s, rmk_json_member(event, "added"));
	lsp_workspace_stale(s);
}

// --- what the editor is told ----------------------------------------------------------

static void
put_sync(struct rmk_json *j)
{
	rmk_json_object(j, "textDocumentSync");
	rmk_json_bool(j, "openClose", true);
	rmk_json_number(j, "change", 2); // incremental
	rmk_json_bool(j, "save", true);
	rmk_json_end(j);
}

static void
put_texts(struct rmk_json *j, const char *name, const char *const *texts, size_t n)
{
	rmk_json_array(j, name);
	for (size_t i = 0; i < n; i++)
		rmk_json_cstr(j, NULL, texts[i]);
	rmk_json_end(j);
}

static void
put_diagnostics_and_actions(struct lsp_server *s, struct rmk_json *j)
{
	static const char *const kinds[] = {
	    "quickfix", "source.fixAll", "refactor.rewrite"};

	if (s->pulls && lsp_is_on(s, NULL, LSP_DIAGNOSTICS)) {
		rmk_json_object(j, "diagnosticProvider");
		rmk_json_cstr(j, "identifier", "rowmark");
		rmk_json_bool(j, "interFileDependencies", true);
		rmk_json_bool(j, "workspaceDiagnostics", true);
		rmk_json_end(j);
	}
	if (lsp_is_on(s, NULL, LSP_ACTIONS)) {
		rmk_json_object(j, "codeActionProvider");
		put_texts(j, "codeActionKinds", kinds, 3);
		rmk_json_end(j);
		rmk_json_object(j, "executeCommandProvider");
		put_texts(j, "commands", (const char *const[]){LSP_SAY}, 1);
		rmk_json_end(j);
	}
}

static void
put_typing(struct lsp_server *s, struct rmk_json *j)
{
	static const char *const triggers[] = {"|", ":", ",", "=", "<"};

	if (lsp_is_on(s, NULL, LSP_COMPLETION)) {
		rmk_json_object(j, "completionProvider");
		put_texts(j, "triggerCharacters", triggers, 5);
		rmk_json_end(j);
	}
	if (lsp_is_on(s, NULL, LSP_RENAME)) {
		rmk_json_object(j, "renameProvider");
		rmk_json_bool(j, "prepareProvider", true);
		rmk_json_end(j);
	}
	if (lsp_is_on(s, NULL, LSP_TOKENS)) {
		static const char *const types[] = {"enumMember"};
		static const char *const modifiers[] = {
		    "todo", "doing", "done", "unknown", "empty", "closed"};

		rmk_json_object(j, "semanticTokensProvider");
		rmk_json_object(j, "legend");
		put_texts(j, "tokenTypes", types, 1);
		put_texts(j, "tokenModifiers", modifiers, RMK_NPROGRESS);
		rmk_json_end(j);
		rmk_json_bool(j, "full", true);
		rmk_json_end(j);
	}
}

static void
put_plain_providers(struct lsp_server *s, struct rmk_json *j)
{
	static const struct {
		enum lsp_feature feature;
		const char *name;
	} providers[] = {
	    {LSP_HOVER, "hoverProvider"},
	    {LSP_NAVIGATION, "definitionProvider"},
	    {LSP_NAVIGATION, "referencesProvider"},
	    {LSP_SYMBOLS, "documentSymbolProvider"},
	    {LSP_SYMBOLS, "workspaceSymbolProvider"},
	    {LSP_FOLDING, "foldingRangeProvider"},
	    {LSP_FORMATTING, "documentFormattingProvider"},
	    {LSP_FORMATTING, "documentRangeFormattingProvider"},
	    {LSP_HINTS, "inlayHintProvider"},
	};

	for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
		if (lsp_is_on(s, NULL, providers[i].feature))
			rmk_json_bool(j, providers[i].name, true);
	if (lsp_is_on(s, NULL, LSP_LENS)) {
		rmk_json_object(j, "codeLensProvider");
		rmk_json_end(j);
	}
}

static void
put_folders(struct rmk_json *j)
{
	rmk_json_object(j, "workspace");
	rmk_json_object(j, "workspaceFolders");
	rmk_json_bool(j, "supported", true);
	rmk_json_bool(j, "changeNotifications", true);
	rmk_json_end(j);
	rmk_json_end(j);
}

void
lsp_initialize(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct rmk_json *j;

	(void)f;
	read_capabilities(s, rmk_json_member(m->params, "capabilities"));
	read_switches(s, rmk_json_member(m->params, "initializationOptions"));
	read_roots(s, m->params);
	s->initialized = true;
	j = rmk_rpc_result(s->rpc, m);
	rmk_json_object(j, "result");
	rmk_json_object(j, "capabilities");
	rmk_json_cstr(j, "positionEncoding", s->utf8 ? "utf-8" : "utf-16");
	put_sync(j);
	put_diagnostics_and_actions(s, j);
	put_typing(s, j);
	put_plain_providers(s, j);
	put_folders(j);
	rmk_json_end(j);
	rmk_json_object(j, "serverInfo");
	rmk_json_cstr(j, "name", "rowmark");
	rmk_json_cstr(j, "version", RMK_VERSION);
	rmk_json_end(j);
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}

// Ask to hear of files that change on the disk.
void
lsp_initialized(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	static const char *const globs[] = {
	    "**/*.md", "**/*.markdown", "**/.rowmark.ini"};
	struct rmk_json *j;
	long long id;

	(void)m;
	(void)f;
	if (!s->watches)
		return;
	j = rmk_rpc_request(s->rpc, "client/registerCapability", &id);
	rmk_json_object(j, "params");
	rmk_json_array(j, "registrations");
	rmk_json_object(j, NULL);
	rmk_json_cstr(j, "id", "files");
	rmk_json_cstr(j, "method", "workspace/didChangeWatchedFiles");
	rmk_json_object(j, "registerOptions");
	rmk_json_array(j, "watchers");
	for (size_t i = 0; i < sizeof globs / sizeof *globs; i++) {
		rmk_json_object(j, NULL);
		rmk_json_cstr(j, "globPattern", globs[i]);
		rmk_json_end(j);
	}
	for (int i = 0; i < 5; i++)
		rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}

void
lsp_shutdown(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	(void)f;
	s->shut_down = true;
	lsp_answer_null(s, m);
}

void
lsp_exit(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	(void)m;
	(void)f;
	s->ended = true;
}
