// What the features of the language server share. Not for users of the library.
//
//	server -- files    text[version] ── looked at when asked: doc, found
//	      |      `- folder
//	      `- folders   top, repository, settings ── read again when the file of them changes
//
// A feature is one file and one or two functions of struct lsp_feature's shape, in the table of
// methods (server.c). It answers with rmk_rpc_result on the message it is handed, whose arena
// serves for all that the answer needs.
//
// Ownership: a file's document and findings live until its text changes; both are made by
// lsp_look and not kept across messages by anybody else.
#ifndef RMK_LSP_SERVER_H
#define RMK_LSP_SERVER_H

#include "check/check.h"
#include "git/repository.h"
#include "io/config.h"
#include "io/file.h"
#include "lsp/lsp.h"
#include "lsp/text.h"
#include "schema/schema.h"

// What can be switched off, by its name in the section [lsp] of .rowmark.ini and in the
// editor's initializationOptions; and whether it is on unless it is.
#define LSP_FEATURES(X)                                                                  \
	X(DIAGNOSTICS, "diagnostics", true)                                              \
	X(ACTIONS, "actions", true)                                                      \
	X(COMPLETION, "completion", true)                                                \
	X(RENAME, "rename", true)                                                        \
	X(HOVER, "hover", true)                                                          \
	X(NAVIGATION, "navigation", true)                                                \
	X(SYMBOLS, "symbols", true)                                                      \
	X(FOLDING, "folding", true)                                                      \
	X(FORMATTING, "formatting", true)                                                \
	X(LENS, "lens", true)                                                            \
	X(HINTS, "hints", false)                                                         \
	X(TOKENS, "tokens", true)

enum lsp_feature {
#define X(feature, name, on) LSP_##feature,
	LSP_FEATURES(X)
#undef X
	    LSP_NFEATURES,
	LSP_ALWAYS = LSP_NFEATURES
};

// A file of the disk. Most can be referred to by nobody, and their text is not kept.
struct lsp_known {
	struct rmk_str path;
	struct rmk_file_id id;
	struct lsp_file *f; // NULL: nothing in it is named or refers
	uint64_t published; // hash of the diagnostics it was reported with; 0: it was not
	size_t nshown;      // how many those were
	size_t before; // in a listing under way: where it is among the known, or RMK_NONE
	bool taken;    // f is of the next listing too
	bool plain;    // it can hold no table
};

struct lsp_listing {
	struct rmk_arena arena;
	struct lsp_known *v; // [n] in the order of the listing
	size_t n, nread;
};

// A repository, or a folder of the workspace that is in none.
struct lsp_folder {
	struct lsp_folder *next_folder;
	struct lsp_server *server;
	struct rmk_arena arena; // holds the folder
	struct rmk_str top;     // with a '/' at its end
	struct rmk_repo *repo;  // NULL: none
	// .rowmark.ini, as it was when it was read last.
	struct rmk_arena settings_arena;
	struct rmk_file_id settings_id;
	bool settings_known, settings_there;
	unsigned long settings_asked; // in which message: what it holds stays as long
	unsigned generation;          // grows with each reading
	struct rmk_config config;
	struct rmk_rule_setting *rules; // [nrules]
	size_t nrules;
	bool on[LSP_NFEATURES];
	// Files on the disk that others may refer to (workspace.c).
	struct lsp_listing known, next;
	bool ready;              // known is a whole listing
	bool listing;            // next is under way
	bool wanted;             // or is to be begun when no message waits
	bool stale;              // something was saved, made or removed since
	bool said;               // that not all is read yet
	int64_t listed_at;       // milliseconds of the clock that only goes forward
	unsigned long listed_in; // message
};

// A file, open in the editor or as it is on the disk.
struct lsp_file {
	struct lsp_file *next;
	struct rmk_arena home; // holds the file and its names
	struct rmk_str uri;
	struct rmk_str path;       // absolute, ends in NUL; empty: no file of the disk
	struct rmk_str name;       // from the folder's top, as messages have it
	struct lsp_folder *folder; // NULL: none is known
	struct lsp_text text;
	long long version;
	bool open;
	struct rmk_file_id id; // as it was on the disk when it was opened, saved or read
	bool told;             // that it was changed on the disk was said
	// What was found in the text.
	bool looked;
	unsigned generation; // of the settings then
	struct rmk_arena arena;
	struct rmk_doc *doc; // NULL: too complex
	struct rmk_findings found;
	struct rmk_schema **schemas; // [ntables], made when first asked for
	struct lsp_history
	    *history; // of the file's rows (row_history.c); NULL: not asked for
	// What was published of it.
	bool dirty;
	uint64_t published; // hash of the diagnostics; 0: never
	size_t nshown;      // how many those were
	long long published_version;
};

struct lsp_server {
	struct rmk_rpc *rpc;
	const struct rmk_lsp_opts *opts;
	struct rmk_arena arena; // of what was said on initialize
	struct lsp_file *files;
	struct lsp_folder *folders; // all that are known
	struct rmk_str *roots; // [nroots] of the workspace, each with a '/' at its end
	size_t nroots;
	int on[LSP_NFEATURES]; // as the editor wants it: 0, 1, or -1: it does not say
	bool initialized, shut_down, ended;
	struct rmk_arena words_arena; // what is to be said when the message is answered
	struct rmk_str *words;        // [nwords]
	size_t nwords, words_cap;
	unsigned long message; // the number of the one that is answered, from 1
	// What the editor can do.
	bool utf8, pulls, refreshes, watches, versions, hierarchy, literals, markdown,
	    related;
};

typedef void lsp_answer(
    struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f);

// What one table of a file, which was looked at, has to say in an array.
typedef void lsp_put_table(struct rmk_json *j, struct lsp_file *f, size_t table);

// --- files.c: what is open ------------------------------------------------------------

struct rmk_str lsp_uri_path(struct rmk_arena *a, struct rmk_str uri); // empty: no file
struct rmk_str lsp_uri_of(struct rmk_arena *a, struct rmk_str path);
struct lsp_file *lsp_file_new(struct lsp_server *s, struct rmk_str uri);
struct lsp_file *lsp_file_read(struct lsp_server *s, struct lsp_folder *folder,
    struct rmk_str path); // from the disk; NULL: it cannot be read
bool lsp_file_load(
    struct lsp_file *f); // its text, from the disk again; false: it is not there
void lsp_file_free(struct lsp_file *f);
void lsp_history_free(struct lsp_file *f);                                // row_history.c
struct lsp_file *lsp_file_open(struct lsp_server *s, struct rmk_str uri); // or NULL
struct lsp_file *lsp_file_open_path(struct lsp_server *s, struct rmk_str path);
void lsp_file_changed(struct lsp_file *f); // forget what was found

// Parse and check, if that is not done. False: no document can be made of it, or it has no
// table and nothing like one.
bool lsp_look(struct lsp_file *f);
const struct rmk_schema *lsp_schema(struct lsp_file *f, size_t table);

// --- folder.c: repositories and settings ------------------------------------------------

struct lsp_folder *lsp_folder_of(struct lsp_server *s, struct rmk_str path);
void lsp_know_roots(struct lsp_server *s); // make folders of the workspace's roots
// Forget those that are of no root and hold no open file.
void lsp_forget_folders(struct lsp_server *s);
void lsp_folder_free(struct lsp_folder *folder);
// Read the settings again where their file has changed.
void lsp_settings(struct lsp_folder *folder);
bool lsp_is_on(struct lsp_server *s, struct lsp_folder *folder, enum lsp_feature feature);
struct rmk_check_opts lsp_check_opts(struct lsp_file *f);

// --- workspace.c: files that others refer to ------------------------------------------------

// The files of a folder, open ones as they are typed, in which a table has a name or refers to
// one; first the file itself. They are true until the next message. Where it takes long to read all,
// those that are read: who needs all asks for lsp_know_closed before.
struct lsp_file **lsp_spanning(
    struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f, size_t *n);
void lsp_workspace_stale(struct lsp_server *s);
// Bring folder->known up to date: all Markdown files of the folder as they are on the disk.
void lsp_know_closed(struct lsp_server *s, struct lsp_folder *folder);
// The same for who need not have it now, and waits so long: false where not all is known yet; then,
// and where what is known grows old, lsp_read_more goes on with it. That gives false when there is
// nothing to do.
#define LSP_SLICE_MS 30 // of reading, before a message is looked for
#define LSP_WAIT_MS 500 // that a person waits for an answer
bool lsp_know_soon(struct lsp_server *s, struct lsp_folder *folder, int ms);
// What is known: all, or what is read of it so far, which is said once.
struct lsp_known *lsp_known_files(
    struct lsp_server *s, struct lsp_folder *folder, size_t *n);
bool lsp_read_more(struct lsp_server *s);
void lsp_listings_free(struct lsp_folder *folder);
int64_t lsp_milliseconds(void); // of the clock that only goes forward

// --- put.c: places and edits in JSON ----------------------------------------------------

void lsp_put_position(struct rmk_json *j, const char *name, struct lsp_position p);
void lsp_put_range(struct rmk_json *j, const char *name, struct lsp_range r);
void lsp_put_span(
    struct rmk_json *j, const char *name, struct lsp_file *f, size_t at, size_t len);
// Where a finding is.
struct lsp_range lsp_finding_range(struct lsp_file *f, const struct rmk_range *at);
// An array of edits that make `to` of the file's text: one for each stretch of lines that
// differ, and of each line where both have as many.
void lsp_put_edits(
    struct rmk_json *j, const char *name, struct lsp_file *f, struct rmk_str to);
// A WorkspaceEdit is begun, has files added, and is ended.
void lsp_put_change_begin(struct lsp_server *s, struct rmk_json *j, const char *name);
void lsp_put_change_file(
    struct lsp_server *s, struct rmk_json *j, struct lsp_file *f, struct rmk_str to);
void lsp_put_change_end(struct rmk_json *j);

// --- place.c: what is at a position ---------------------------------------------------------

#define LSP_HEADER (RMK_NONE - 1) // as a row: the header

struct lsp_place {
	size_t at;            // byte of the text
	size_t table;         // RMK_NONE: in no table
	size_t row, col;      // row: RMK_NONE on the delimiter row
	struct rmk_span cell; // its bytes, trimmed
	struct rmk_str raw;
	bool declares; // in the declaration of the table
};

struct lsp_position lsp_position_of(const struct rmk_json_value *v);
struct lsp_place lsp_place_at(struct lsp_file *f, size_t at);
// Of a request: its params.position.
struct lsp_place lsp_place_of(struct lsp_file *f, const struct rmk_rpc_message *m);

// --- features ----------------------------------------------------------------------------

lsp_answer lsp_initialize, lsp_initialized, lsp_shutdown, lsp_exit;   // lifecycle.c
lsp_answer lsp_did_open, lsp_did_change, lsp_did_save, lsp_did_close; // sync.c
lsp_answer lsp_did_change_watched, lsp_did_change_folders;
lsp_answer lsp_text_as_known;        // for tests: the text as the server has it
lsp_answer lsp_diagnostic;           // diagnostics.c
lsp_answer lsp_workspace_diagnostic; // workspace_diagnostics.c
lsp_answer lsp_code_action, lsp_execute_command;                   // actions.c
lsp_answer lsp_completion;                                         // completion.c
lsp_answer lsp_prepare_rename, lsp_rename;                         // rename.c
lsp_answer lsp_hover;                                              // hover.c
lsp_answer lsp_definition, lsp_references;                         // navigation.c
lsp_answer lsp_document_symbol, lsp_workspace_symbol, lsp_folding; // symbols.c
lsp_answer lsp_formatting, lsp_range_formatting;                   // formatting.c
lsp_answer lsp_code_lens, lsp_inlay_hint;                          // lens.c
lsp_answer lsp_semantic_tokens;                                    // tokens.c

// Other files, or the disk, say something else: look at open ones again.
void lsp_judge_anew(struct lsp_server *s);
// Where the editor asks for diagnostics: that it asks again.
void lsp_ask_to_refresh(struct lsp_server *s);
// Publish what has changed, where the editor does not ask for it.
void lsp_publish(struct lsp_server *s);
void lsp_publish_none(struct lsp_server *s, struct lsp_file *f);

// The one command: what its argument says is shown to the person.
#define LSP_SAY "rowmark.say"

// A word to the person, when the message is answered.
void lsp_say(struct lsp_server *s, struct rmk_str text);
void lsp_answer_null(struct lsp_server *s, const struct rmk_rpc_message *m);
// An array of what each table of the file has to say.
void lsp_answer_tables(struct lsp_server *s, const struct rmk_rpc_message *m,
    struct lsp_file *f, lsp_put_table *put);

#endif
