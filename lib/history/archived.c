// Rows that were over when they went to another table: see archived.h.
#include "history/archived.h"

#include "base/map.h"
#include "diff/moved_rows.h"
#include "schema/address.h"
#include "schema/row_progress.h"
#include "table/value.h"

struct archived {
	struct rmk_arena *a;
	struct rmk_arena scratch; // of one pair
	const struct rmk_moment *moments;
	const struct rmk_history_opts *opts;
	struct rmk_map
	    rows; // by name: its progress where it is counted though it is gone
	size_t by[RMK_NPROGRESS]; // of those
	struct rmk_map unmoved;   // ids of commits that moved no row
	size_t nkept;             // of those, that were kept
	struct rmk_err *err;
};

// The files of a commit: 0 is the one that is counted.
struct archived_files {
	const struct rmk_diff **v;
	struct rmk_beside *besides;
	size_t n;
};

static enum rmk_code
archived_doc(struct archived *r, size_t moment, struct rmk_doc **out)
{
	struct rmk_str text = RMK_STR("");

	if (!r->moments[moment].gone &&
	    r->opts->read(r->opts->ctx, &r->scratch, moment, &text, r->err))
		return r->err->code;
	return rmk_doc_parse(&r->scratch, r->opts->path, text, 0, out, r->err);
}

static enum rmk_code
archived_read(struct archived *r, size_t moment, struct archived_files *out)
{
	struct rmk_arena *a = &r->scratch;
	struct rmk_diff *d = RMK_NEW(a, struct rmk_diff);
	struct rmk_doc *old, *new_;
	size_t n = 0;

	*out = (struct archived_files){0};
	if (r->opts->beside(r->opts->ctx, a, moment, &out->besides, &n, r->err))
		return r->err->code;
	// Where all tables of the file are counted, a row goes only to another file.
	if (n == 0 && r->opts->table.n == 0)
		return RMK_OK;
	if (archived_doc(r, moment + 1, &old) || archived_doc(r, moment, &new_))
		return r->err->code;
	*d = rmk_diff_docs(a, old, new_);
	out->v = RMK_NEW_N(a, const struct rmk_diff *, n + 1);
	out->v[0] = d;
	for (out->n = 1; out->n <= n; out->n++) {
		const struct rmk_beside *b = &out->besides[out->n - 1];
		struct rmk_err unused;

		d = RMK_NEW(a, struct rmk_diff);
		if (rmk_doc_parse(a, b->path, b->old, 0, &old, &unused) == RMK_OK &&
		    rmk_doc_parse(a, b->path, b->new_, 0, &new_, &unused) == RMK_OK)
			*d = rmk_diff_docs(a, old, new_);
		out->v[out->n] = d;
	}
	return RMK_OK;
}

// Whether rows of a table are counted by this history, or by another one beside it.
static bool
archived_is_counted(struct archived *r, const struct archived_files *files, size_t file,
    const struct rmk_doc *doc, size_t table)
{
	struct rmk_err unused;
	size_t is;

	if (file)
		return r->opts->counted &&
		       r->opts->counted(r->opts->ctx, files->besides[file - 1].path);
	return r->opts->table.n == 0 || (rmk_address_table(&r->scratch, doc,
					     r->opts->table, &is, &unused) == RMK_OK &&
					    is == table);
}

static bool
archived_progress(struct archived *r, const struct rmk_doc *doc, size_t table, size_t row,
    enum rmk_progress *out)
{
	const struct rmk_schema *schema = rmk_schema_of(&r->scratch, doc, table);

	if (schema->nstatus != 1)
		return false;
	*out = rmk_field_progress(&r->scratch, &schema->fields[schema->status[0]],
	    rmk_doc_cell(doc, &doc->tables[table].rows[row], schema->status[0]));
	return *out == RMK_DONE || *out == RMK_CLOSED;
}

static struct rmk_str
archived_name(struct archived *r, const struct rmk_doc *doc, size_t table, size_t row)
{
	const struct rmk_schema *schema = rmk_schema_of(&r->scratch, doc, table);

	return rmk_str_copy(
	    r->a, rmk_value_key(&r->scratch,
		      rmk_doc_cell(doc, &doc->tables[table].rows[row], schema->key)));
}

// Went: it is counted on. Came back: it is not any more, since it is where it was.
static void
archived_take(
    struct archived *r, const struct archived_files *files, const struct rmk_moved_row *m)
{
	const struct rmk_doc *old = files->v[m->old_file]->old,
			     *new_ = files->v[m->new_file]->new_;
	bool was = archived_is_counted(r, files, m->old_file, old, m->old_table);
	bool is = archived_is_counted(r, files, m->new_file, new_, m->new_table);
	enum rmk_progress progress;
	size_t *known;

	if (was && !is && m->old_file == 0 &&
	    (archived_progress(r, new_, m->new_table, m->new_row, &progress) ||
		archived_progress(r, old, m->old_table, m->old_row, &progress))) {
		known = rmk_map_put(
		    &r->rows, archived_name(r, old, m->old_table, m->old_row));
		r->by[progress] += *known == RMK_NONE;
		*known = progress;
	} else if (!was && is && m->new_file == 0) {
		known = rmk_map_put(
		    &r->rows, archived_name(r, new_, m->new_table, m->new_row));
		if (*known != RMK_NONE)
			r->by[*known]--;
		*known = RMK_NONE;
	}
}

// --- what is kept -----------------------------------------------------------------

// The files of a commit, and the text before it where the moment was made from the next one in the
// list, are always the same: so is it that no row moved.
static struct rmk_str
unmoved_key(const struct archived *r)
{
	return rmk_str_printf(r->a, "unmoved %.*s", RMK_FMT(r->opts->table));
}

static void
unmoved_load(struct archived *r)
{
	const struct rmk_keep *k = &r->opts->keep;
	struct rmk_str bytes, id;

	if (!k->get || !k->get(k->ctx, unmoved_key(r), &bytes))
		return;
	while (rmk_str_split(&bytes, '\n', &id))
		*rmk_map_put(&r->unmoved, id) = 0;
	r->nkept = r->unmoved.n;
}

static void
unmoved_save(struct archived *r)
{
	const struct rmk_keep *k = &r->opts->keep;
	struct rmk_buf b = {.arena = r->a};

	if (!k->put || r->unmoved.n == r->nkept)
		return;
	for (size_t i = 0; i < r->unmoved.n; i++) {
		if (i)
			rmk_buf_addc(&b, '\n');
		rmk_buf_add(&b, r->unmoved.entries[i].key);
	}
	k->put(k->ctx, unmoved_key(r), rmk_buf_str(&b));
}

// --- points -------------------------------------------------------------------------

static enum rmk_code
archived_pair(struct archived *r, size_t moment)
{
	const struct rmk_moment *m = &r->moments[moment];
	struct archived_files files;
	struct rmk_moved_row *moves;
	size_t n;

	if (m->joined && rmk_map_get(&r->unmoved, m->id) != RMK_NONE)
		return RMK_OK;
	if (archived_read(r, moment, &files))
		return r->err->code;
	n = files.n ? rmk_moved_rows(&r->scratch, files.v, files.n, &moves) : 0;
	if (m->joined && n == 0)
		*rmk_map_put(&r->unmoved, m->id) = 0;
	for (size_t i = 0; i < n; i++)
		archived_take(r, &files, &moves[i]);
	return RMK_OK;
}

static size_t
archived_over(const struct rmk_history_point *p)
{
	return p->by[RMK_DONE] + p->by[RMK_CLOSED];
}

enum rmk_code
rmk_history_archived(struct rmk_arena *a, const struct rmk_moment *moments,
    const struct rmk_history_opts *opts, struct rmk_history *h, struct rmk_err *err)
{
	struct archived r = {.a = a,
	    .scratch = {.oom = a->oom, .ctx = a->ctx},
	    .moments = moments,
	    .opts = opts,
	    .rows = {.arena = a},
	    .unmoved = {.arena = a},
	    .err = err};
	enum rmk_code code = RMK_OK;
	size_t over = 0, total = 0;

	if (opts->beside)
		unmoved_load(&r);
	for (size_t i = 0; i < h->n && opts->beside && !code; i++) {
		struct rmk_history_point *p = &h->points[i];
		bool fell = archived_over(p) < over || p->total < total;
		bool rose = archived_over(p) > over &&
		            r.by[RMK_DONE] + r.by[RMK_CLOSED] > 0;

		if (i && (fell || rose))
			code = archived_pair(&r, (size_t)(p->moment - moments));
		// What cannot be understood moves no row.
		code = code == RMK_TOO_COMPLEX ? RMK_OK : code;
		rmk_arena_free(&r.scratch);
		r.scratch = (struct rmk_arena){.oom = a->oom, .ctx = a->ctx};
		over = archived_over(p);
		total = p->total;
		for (size_t k = 0; k < RMK_NPROGRESS; k++) {
			p->by[k] += r.by[k];
			p->total += r.by[k];
		}
	}
	unmoved_save(&r);
	return code;
}
