// The last changes of a row: see row_history.h.
#include "lsp/row_history.h"

#include "base/map.h"
#include "git/log.h"
#include "git/tree_files.h"
#include "history/date.h"
#include "history/log.h"
#include "schema/address.h"

#define CHANGES_MOST 3
// Between two looks at what has come meanwhile.
#define VERSIONS_A_LOOK 64

struct lsp_history {
	struct rmk_arena arena; // holds it all
	struct rmk_str head;    // the commit it is of
	struct rmk_revisions revisions;
	struct rmk_moment *moments; // [revisions.n]
	struct rmk_map rows;        // "table\nrow" to the index of
	struct rmk_str *changes;    // [nchanges]
	size_t nchanges, cap;
};

void
lsp_history_free(struct lsp_file *f)
{
	struct rmk_arena arena;

	if (!f->history)
		return;
	arena = f->history->arena;
	rmk_arena_free(&arena);
	f->history = NULL;
}

// --- the versions of the file -----------------------------------------------------------

static struct rmk_moment *
moments_of(struct rmk_arena *a, const struct rmk_revisions *r)
{
	struct rmk_moment *moments = RMK_NEW_N(a, struct rmk_moment, r->n);

	for (size_t i = 0; i < r->n; i++)
		moments[i] = (struct rmk_moment){
		    .id = rmk_oid_hex(a, &r->v[i].commit, RMK_NONE),
		    .blob = rmk_oid_hex(a, &r->v[i].blob, RMK_NONE),
		    .gone = r->v[i].gone,
		    .time = r->v[i].author.time,
		    .zone = r->v[i].author.zone,
		    .author = r->v[i].author.name,
		    .subject = r->v[i].subject,
		    .order = i,
		    .joined = r->v[i].parent == i + 1};
	return moments;
}

// Where the walk fails, as in a file that no commit has, that is kept too.
static void
walk_history(struct lsp_file *f, struct rmk_str head)
{
	struct rmk_repo *repo = f->folder->repo;
	struct rmk_git_log_opts walk = {.paths = &f->name, .npaths = 1};
	struct rmk_arena arena = {0};
	struct lsp_history *h = RMK_NEW(&arena, struct lsp_history);
	struct rmk_err err;

	h->head = rmk_str_copy(&arena, head);
	if (rmk_git_log(&arena, repo, &walk, &h->revisions, &err))
		h->revisions = (struct rmk_revisions){0};
	rmk_git_log_show(&arena, repo, &h->revisions);
	h->moments = moments_of(&arena, &h->revisions);
	h->arena = arena;
	h->rows.arena = &h->arena;
	f->history = h;
}

// NULL: the file is in no repository, or that has no commit.
static struct lsp_history *
file_history(struct rmk_arena *a, struct lsp_file *f)
{
	struct rmk_repo *repo = f->folder ? f->folder->repo : NULL;
	struct rmk_str head;
	struct rmk_err err;

	if (!repo || rmk_commit_id(a, repo, RMK_STR("HEAD"), &head, &err))
		return NULL;
	if (f->history &&
	    (!rmk_str_eq(f->history->head, head) || rmk_repo_replaces(repo)))
		lsp_history_free(f);
	if (!f->history)
		walk_history(f, head);
	return f->history;
}

// --- the changes of a row ---------------------------------------------------------------

static void
put_entry(struct rmk_buf *out, const struct rmk_moment *m, const struct rmk_log_entry *e)
{
	static const char *const kinds[] = {"", "added", "removed", "moved"};

	rmk_buf_printf(out,
	    "- %.*s %.*s: ", RMK_FMT(rmk_date(out->arena, m->time, m->zone)),
	    RMK_FMT(m->author));
	if (e->kind == RMK_LOG_SET)
		rmk_buf_printf(out, "%.*s: %.*s -> %.*s\n", RMK_FMT(e->column),
		    RMK_FMT(e->old.n ? e->old : RMK_STR("(empty)")),
		    RMK_FMT(e->new_.n ? e->new_ : RMK_STR("(empty)")));
	else
		rmk_buf_printf(out, "%s\n", kinds[e->kind]);
}

struct history_reader {
	struct rmk_repo *repo;
	const struct rmk_revisions *revisions;
	struct rmk_rpc *rpc;
	const struct rmk_rpc_message *m;
	bool taken_back;
};

static enum rmk_code
read_revision(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	struct history_reader *r = ctx;

	return rmk_git_log_read(a, r->repo, &r->revisions->v[moment], text, err);
}

static bool
is_still_wanted(void *ctx, size_t done, size_t of)
{
	struct history_reader *r = ctx;

	(void)of;
	if (done % VERSIONS_A_LOOK == 0)
		r->taken_back = rmk_rpc_is_taken_back(r->rpc, r->m);
	return !r->taken_back;
}

static struct rmk_str
read_changes(struct rmk_arena *a, const struct lsp_history *h, struct rmk_log_opts *opts)
{
	struct rmk_buf text = {.arena = a};
	struct rmk_log log;
	struct rmk_err err;

	if (rmk_log_of(a, h->moments, h->revisions.n, opts, &log, &err))
		return RMK_STR("");
	for (size_t i = 0; i < log.n && i < CHANGES_MOST; i++)
		put_entry(&text, &h->moments[log.v[i].moment], &log.v[i]);
	return rmk_buf_str(&text);
}

bool
lsp_row_changes(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f,
    const struct lsp_place *p, struct rmk_str *out)
{
	struct rmk_arena *a = &m->arena;
	struct lsp_history *h = file_history(a, f);
	struct history_reader reader = {.rpc = s->rpc, .m = m};
	struct rmk_log_opts opts = {.path = f->name,
	    .limit = CHANGES_MOST,
	    .read = read_revision,
	    .tick = is_still_wanted,
	    .ctx = &reader};
	struct rmk_str row;
	size_t at;

	*out = RMK_STR("");
	if (!h || h->revisions.n == 0)
		return true;
	reader.repo = f->folder->repo;
	reader.revisions = &h->revisions;
	opts.table = rmk_address_name(a, f->doc, p->table);
	opts.row = rmk_address_row(a, f->doc, p->table, lsp_schema(f, p->table), p->row);
	row = rmk_str_printf(a, "%.*s\n%.*s", RMK_FMT(opts.table), RMK_FMT(opts.row));
	at = rmk_map_get(&h->rows, row);
	if (at == RMK_NONE) {
		*out = read_changes(a, h, &opts);
		if (reader.taken_back)
			return false;
		at = h->nchanges;
		*rmk_map_put(&h->rows, rmk_str_copy(&h->arena, row)) = at;
		*RMK_PUSH(&h->arena, h->changes, h->nchanges, h->cap) = rmk_str_copy(
		    &h->arena, *out);
	}
	*out = h->changes[at];
	return true;
}
