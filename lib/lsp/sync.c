// What is open, kept as it is typed.
#include "lsp/server.h"

// The protocol's integers have 32 bits.
static long long
text_version(const struct rmk_json_value *document, long long otherwise)
{
	long long n = rmk_json_integer_of(
	    rmk_json_member(document, "version"), otherwise);

	return n < INT32_MIN || n > INT32_MAX ? otherwise : n;
}

// It is not held any more, nor anything said of it.
static void
let_go(struct lsp_server *s, struct lsp_file *f)
{
	struct lsp_file **at = &s->files;

	while (*at != f)
		at = &(*at)->next;
	*at = f->next;
	lsp_publish_none(s, f);
	lsp_file_free(f);
	lsp_workspace_stale(s);
}

static void
let_go_too_big(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	lsp_say(s, rmk_str_printf(&m->arena,
		       "%.*s is larger than %zu bytes, and is left alone until it is "
		       "opened again",
		       RMK_FMT(f->name), RMK_MAX_FILE));
	let_go(s, f);
}

void
lsp_did_open(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	const struct rmk_json_value *item = rmk_json_member(m->params, "textDocument");
	struct rmk_str uri = rmk_json_text_of(rmk_json_member(item, "uri"));
	struct rmk_str text = rmk_json_text_of(rmk_json_member(item, "text"));
	struct rmk_file_id none = {0};

	if (!uri.s)
		return;
	if (!f) {
		f = lsp_file_new(s, uri);
		f->next = s->files;
		s->files = f;
	}
	f->open = f->dirty = true;
	f->version = text_version(item, 0);
	f->id = none;
	if (text.n > RMK_MAX_FILE) {
		let_go_too_big(s, m, f);
		return;
	}
	lsp_text_splice(&f->text, 0, f->text.n, text);
	lsp_file_changed(f);
}

// Without a range the text is all of the new one. False: it would be too large.
static bool
apply_change(struct lsp_file *f, const struct rmk_json_value *change)
{
	const struct rmk_json_value *range = rmk_json_member(change, "range");
	struct rmk_str text = rmk_json_text_of(rmk_json_member(change, "text"));
	size_t at = 0, end = f->text.n;

	if (!text.s)
		return true;
	if (range && range->kind == RMK_JSON_OBJECT) {
		at = lsp_text_at(
		    &f->text, lsp_position_of(rmk_json_member(range, "start")));
		end = lsp_text_at(
		    &f->text, lsp_position_of(rmk_json_member(range, "end")));
	}
	if (f->text.n - (at < end ? end - at : at - end) + text.n > RMK_MAX_FILE)
		return false;
	lsp_text_splice(&f->text, at < end ? at : end, at < end ? end : at, text);
	return true;
}

// A change of an older version than the one that is there came too late, and is not made.
void
lsp_did_change(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	const struct rmk_json_value *changes = rmk_json_member(
	    m->params, "contentChanges");
	long long version = text_version(
	    rmk_json_member(m->params, "textDocument"), f->version);

	if (version < f->version)
		return;
	for (size_t i = 0; i < rmk_json_nitems(changes); i++)
		if (!apply_change(f, rmk_json_item(changes, i))) {
			let_go_too_big(s, m, f);
			return;
		}
	f->version = version;
	f->dirty = true;
	lsp_file_changed(f);
}

void
lsp_ask_to_refresh(struct lsp_server *s)
{
	long long id;

	if (!s->pulls || !s->refreshes)
		return;
	rmk_rpc_request(s->rpc, "workspace/diagnostic/refresh", &id);
	rmk_rpc_send(s->rpc);
}

// Links lead to files, and references to rows of others.
void
lsp_judge_anew(struct lsp_server *s)
{
	for (struct lsp_file *f = s->files; f; f = f->next) {
		lsp_file_changed(f);
		f->dirty = true;
	}
	lsp_ask_to_refresh(s);
}

static void
disk_changed(struct lsp_server *s)
{
	lsp_workspace_stale(s);
	lsp_judge_anew(s);
}

static void
note_disk(struct lsp_file *f)
{
	struct rmk_arena a = {0};
	struct rmk_str text;
	struct rmk_err err;

	if (f->path.n)
		rmk_file_read(&a, f->path, &text, &f->id, &err);
	rmk_arena_free(&a);
}

void
lsp_did_save(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	(void)m;
	note_disk(f);
	f->told = false;
	disk_changed(s);
}

void
lsp_did_close(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	(void)m;
	let_go(s, f);
}

void
lsp_text_as_known(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	rmk_json_text(rmk_rpc_result(s->rpc, m), "result", lsp_text_str(&f->text));
	rmk_rpc_send(s->rpc);
}

// --- the disk -----------------------------------------------------------------------------

// What is typed counts until it is saved or thrown away, which is said once.
static void
say_changed(struct lsp_server *s, struct lsp_file *f)
{
	struct rmk_arena a = {0};
	struct rmk_file_id id;
	struct rmk_str text;
	struct rmk_err err;

	if (!f->told && !rmk_file_is_same(f->path, &f->id) &&
	    rmk_file_read(&a, f->path, &text, &id, &err) == RMK_OK) {
		if (rmk_str_starts(text, RMK_STR("\xef\xbb\xbf")))
			text = rmk_str_from(text, 3);
		f->told = !rmk_str_eq(text, lsp_text_str(&f->text));
		f->id = id;
		if (f->told)
			lsp_say(s, rmk_str_printf(&a,
				       "%.*s was changed on the disk; what is open here "
				       "counts until it is saved or read again",
				       RMK_FMT(f->name)));
	}
	rmk_arena_free(&a);
}

void
lsp_did_change_watched(
    struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	const struct rmk_json_value *changes = rmk_json_member(m->params, "changes");

	for (size_t i = 0; i < rmk_json_nitems(changes); i++) {
		struct rmk_str uri = rmk_json_text_of(
		    rmk_json_member(rmk_json_item(changes, i), "uri"));

		f = uri.s ? lsp_file_open(s, uri) : NULL;
		if (f && f->path.n)
			say_changed(s, f);
	}
	disk_changed(s);
}
