// What check says of the files of the workspace that are not open, where the editor asks for it.
//
// It asks again and again. A file is read when it has changed, and left out where the editor has what
// there is to say; what takes longer than somebody who types would wait is looked at the next time.
#include "lsp/diagnostics.h"

#include "base/map.h"

#define LOOK_MS 200

struct workspace_report {
	struct lsp_server *s;
	struct rmk_json *j;
	struct rmk_arena *a;
	const struct rmk_json_value *previous; // what the editor has: [{"uri", "value"}]
	struct rmk_map by_uri;                 // to the index in previous
	bool *known;                           // of each: the file is there
	int64_t until;
	bool unlisted, unfinished;
};

static void
read_previous(struct workspace_report *r, const struct rmk_rpc_message *m)
{
	r->previous = rmk_json_member(m->params, "previousResultIds");
	r->known = RMK_NEW_N(r->a, bool, rmk_json_nitems(r->previous) + 1);
	for (size_t i = 0; i < rmk_json_nitems(r->previous); i++) {
		struct rmk_str uri = rmk_json_text_of(
		    rmk_json_member(rmk_json_item(r->previous, i), "uri"));

		if (uri.n)
			*rmk_map_put(&r->by_uri, uri) = i;
		else
			r->known[i] = true;
	}
}

static struct rmk_str
previous_of(struct workspace_report *r, struct rmk_str uri)
{
	size_t at = rmk_map_get(&r->by_uri, uri);

	if (at == RMK_NONE)
		return RMK_STR("");
	r->known[at] = true;
	return rmk_json_text_of(rmk_json_member(rmk_json_item(r->previous, at), "value"));
}

static void
put_open(struct workspace_report *r, struct lsp_file *f)
{
	rmk_json_object(r->j, NULL);
	rmk_json_text(r->j, "uri", f->uri);
	rmk_json_number(r->j, "version", f->version);
	lsp_put_report(r->s, r->j, r->a, f, previous_of(r, f->uri));
	rmk_json_end(r->j);
}

// Of a file that is not there any more there are no findings.
static void
put_closed_file(struct workspace_report *r, struct rmk_str uri, struct lsp_file *f,
    const struct rmk_findings *found, uint64_t hash)
{
	rmk_json_object(r->j, NULL);
	rmk_json_text(r->j, "uri", uri);
	rmk_json_null(r->j, "version");
	rmk_json_cstr(r->j, "kind", "full");
	if (f)
		rmk_json_text(r->j, "resultId", lsp_result_id(r->a, hash));
	lsp_put_findings(r->s, r->j, "items", f, found);
	rmk_json_end(r->j);
}

// Whether the editor has what there is to say of a file.
static bool
is_up_to_date(
    struct workspace_report *r, const struct lsp_known *k, struct rmk_str previous)
{
	return previous.n ? rmk_str_eq(previous, lsp_result_id(r->a, k->published))
	                  : k->nshown == 0;
}

static void
put_known(struct workspace_report *r, struct lsp_folder *folder, struct lsp_known *k)
{
	struct rmk_arena a = {0};
	struct rmk_str uri = lsp_uri_of(&a, k->path), previous = previous_of(r, uri);
	struct rmk_findings found;
	struct lsp_file *f = k->f;

	if (!f && k->published && is_up_to_date(r, k, previous)) {
		rmk_arena_free(&a);
		return;
	}
	r->unfinished |= lsp_milliseconds() >= r->until;
	if (!r->unfinished && (f || (f = lsp_file_read(r->s, folder, k->path)))) {
		found = lsp_findings(r->s, &a, f);
		k->published = lsp_findings_hash(r->s, &a, f, &found);
		k->nshown = found.n;
		if (!is_up_to_date(r, k, previous))
			put_closed_file(r, uri, f, &found, k->published);
	}
	if (f && f != k->f)
		lsp_file_free(f);
	rmk_arena_free(&a);
}

static void
put_folder(struct workspace_report *r, struct lsp_folder *folder)
{
	if (!lsp_know_soon(r->s, folder, LSP_SLICE_MS))
		r->unlisted = true; // when it is, the editor is asked to ask again
	for (size_t i = 0; i < folder->known.n; i++)
		if (!lsp_file_open_path(r->s, folder->known.v[i].path))
			put_known(r, folder, &folder->known.v[i]);
}

static void
put_gone(struct workspace_report *r)
{
	static const struct rmk_findings nothing;

	for (size_t i = 0; i < rmk_json_nitems(r->previous); i++)
		if (!r->known[i])
			put_closed_file(r,
			    rmk_json_text_of(
				rmk_json_member(rmk_json_item(r->previous, i), "uri")),
			    NULL, &nothing, 0);
}

void
lsp_workspace_diagnostic(
    struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct workspace_report r = {
	    .s = s, .a = &m->arena, .by_uri = {.arena = &m->arena}};

	read_previous(&r, m);
	lsp_know_roots(s);
	r.until = lsp_milliseconds() + LOOK_MS;
	r.j = rmk_rpc_result(s->rpc, m);
	rmk_json_object(r.j, "result");
	rmk_json_array(r.j, "items");
	for (f = s->files; f; f = f->next)
		put_open(&r, f);
	for (struct lsp_folder *folder = s->folders; folder; folder = folder->next_folder)
		put_folder(&r, folder);
	if (!r.unlisted && !r.unfinished)
		put_gone(&r);
	rmk_json_end(r.j);
	rmk_json_end(r.j);
	rmk_rpc_send(s->rpc);
	if (r.unfinished)
		lsp_ask_to_refresh(s);
}
