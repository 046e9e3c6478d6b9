// What check says of a file, as it is typed.
//
// An editor that asks is answered; to any other each version is published once, when no further
// message waits. What a file says of others' rows can change with those: open ones are looked at
// again, and published where something is different.
#include "lsp/diagnostics.h"

static const struct rmk_findings none;

// Whether what is found depends on other files: as check reads those only where a table refers
// to another.
static bool
file_refers(struct lsp_file *f)
{
	for (size_t t = 0; lsp_look(f) && t < f->doc->ntables; t++)
		if (rmk_str_find(rmk_doc_str(f->doc, f->doc->tables[t].decl),
			RMK_STR("ref")) != RMK_NONE)
			return true;
	return false;
}

// What check leaves alone by its configuration is left alone here.
static bool
lsp_is_checked(struct lsp_server *s, struct lsp_file *f)
{
	if (!lsp_is_on(s, f->folder, LSP_DIAGNOSTICS))
		return false;
	return !f->folder ||
	       (!f->folder->config.ninclude && !f->folder->config.nexclude) ||
	       rmk_config_wants(&f->folder->config, f->name);
}

static void
find_across(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    struct rmk_findings *out)
{
	size_t n;
	struct lsp_file **files = lsp_spanning(s, a, f, &n);
	const struct rmk_doc **docs = RMK_NEW_N(a, const struct rmk_doc *, n);
	struct rmk_findings *lists = RMK_NEW_N(a, struct rmk_findings, n);
	struct rmk_check_opts opts = lsp_check_opts(f);

	for (size_t i = 0; i < n; i++)
		docs[i] = files[i]->doc;
	for (size_t i = 0; i < f->found.n; i++)
		*RMK_PUSH(a, lists[0].v, lists[0].n, lists[0].cap) = f->found.v[i];
	rmk_check_across(a, docs, n, &opts, lists);
	*out = lists[0];
}

struct rmk_findings
lsp_findings(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f)
{
	struct rmk_findings found;

	if (!lsp_is_checked(s, f))
		return none;
	lsp_look(f);
	found = f->found;
	if (file_refers(f) && (!f->folder || lsp_know_soon(s, f->folder, LSP_SLICE_MS)))
		find_across(s, a, f, &found);
	return found;
}

// --- as the protocol has them ---------------------------------------------------------------

static void
put_others(struct rmk_json *j, struct lsp_file *f, const struct rmk_finding *finding)
{
	rmk_json_array(j, "relatedInformation");
	for (size_t i = 0; i < finding->nothers; i++) {
		rmk_json_object(j, NULL);
		rmk_json_object(j, "location");
		rmk_json_text(j, "uri", f->uri);
		lsp_put_range(j, "range", lsp_finding_range(f, &finding->others[i]));
		rmk_json_end(j);
		rmk_json_cstr(j, "message", "here too");
		rmk_json_end(j);
	}
	rmk_json_end(j);
}

static void
lsp_put_finding(struct lsp_server *s, struct rmk_json *j, struct lsp_file *f,
    const struct rmk_finding *finding)
{
	struct rmk_buf message = {.arena = j->out->arena};

	rmk_buf_add(&message, finding->message);
	if (finding->hint.n)
		rmk_buf_printf(&message, "\n%.*s", RMK_FMT(finding->hint));
	rmk_json_object(j, NULL);
	lsp_put_range(j, "range", lsp_finding_range(f, &finding->at));
	rmk_json_number(j, "severity", finding->level == RMK_ERROR ? 1 : 2);
	rmk_json_cstr(j, "code", finding->rule->name);
	rmk_json_cstr(j, "source", "rowmark");
	rmk_json_text(j, "message", rmk_buf_str(&message));
	if (finding->nothers && s->related)
		put_others(j, f, finding);
	rmk_json_end(j);
}

void
lsp_put_findings(struct lsp_server *s, struct rmk_json *j, const char *name,
    struct lsp_file *f, const struct rmk_findings *found)
{
	rmk_json_array(j, name);
	for (size_t i = 0; i < found->n; i++)
		lsp_put_finding(s, j, f, &found->v[i]);
	rmk_json_end(j);
}

uint64_t
lsp_findings_hash(struct lsp_server *s, struct rmk_arena *a, struct lsp_file *f,
    const struct rmk_findings *found)
{
	struct rmk_buf b = {.arena = a};
	struct rmk_json j = {.out = &b};

	lsp_put_findings(s, &j, NULL, f, found);
	return rmk_str_hash(rmk_buf_str(&b)) | 1;
}

// --- published --------------------------------------------------------------------------------

static void
publish_file(struct lsp_server *s, struct lsp_file *f, const struct rmk_findings *found,
    uint64_t hash)
{
	struct rmk_json *j = rmk_rpc_notification(
	    s->rpc, "textDocument/publishDiagnostics");

	rmk_json_object(j, "params");
	rmk_json_text(j, "uri", f->uri);
	rmk_json_number(j, "version", f->version);
	lsp_put_findings(s, j, "diagnostics", f, found);
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
	f->published = hash;
	f->nshown = found->n;
}

void
lsp_publish(struct lsp_server *s)
{
	bool dirty = false;

	for (struct lsp_file *f = s->files; f && !s->pulls; f = f->next)
		dirty |= f->dirty;
	for (struct lsp_file *f = s->files; f && dirty; f = f->next) {
		struct rmk_arena a = {0};
		struct rmk_findings found;
		uint64_t hash;

		if (!f->dirty && !file_refers(f))
			continue;
		found = lsp_findings(s, &a, f);
		hash = lsp_findings_hash(s, &a, f, &found);
		if (f->version != f->published_version || hash != f->published)
			publish_file(s, f, &found, hash);
		f->published_version = f->version;
		f->dirty = false;
		rmk_arena_free(&a);
	}
}

void
lsp_publish_none(struct lsp_server *s, struct lsp_file *f)
{
	if (f->nshown)
		publish_file(s, f, &none, 0);
}

// --- asked for --------------------------------------------------------------------------------

struct rmk_str
lsp_result_id(struct rmk_arena *a, uint64_t hash)
{
	return rmk_str_printf(a, "%016llx", (unsigned long long)hash);
}

void
lsp_put_report(struct lsp_server *s, struct rmk_json *j, struct rmk_arena *a,
    struct lsp_file *f, struct rmk_str previous)
{
	struct rmk_findings found = lsp_findings(s, a, f);
	struct rmk_str id;

	f->published = lsp_findings_hash(s, a, f, &found);
	id = lsp_result_id(a, f->published);
	if (rmk_str_eq(id, previous)) {
		rmk_json_cstr(j, "kind", "unchanged");
		rmk_json_text(j, "resultId", id);
		return;
	}
	rmk_json_cstr(j, "kind", "full");
	rmk_json_text(j, "resultId", id);
	lsp_put_findings(s, j, "items", f, &found);
}

// A file that is not open has nothing here: it is in the report on the workspace.
void
lsp_diagnostic(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct rmk_str previous = rmk_json_text_of(
	    rmk_json_member(m->params, "previousResultId"));
	struct rmk_json *j = rmk_rpc_result(s->rpc, m);

	rmk_json_object(j, "result");
	if (f) {
		lsp_put_report(s, j, &m->arena, f, previous);
	} else {
		rmk_json_cstr(j, "kind", "full");
		rmk_json_array(j, "items");
		rmk_json_end(j);
	}
	rmk_json_end(j);
	rmk_rpc_send(s->rpc);
}
