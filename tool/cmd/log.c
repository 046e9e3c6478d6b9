// rowmark log: every change of a cell.
#include "history/log.h"
#include "grid.h"
#include "operands.h"
#include "opt.h"
#include "out.h"
#include "versions.h"

static const struct opt opts[] = {
    OPT_FORMAT("text json"),
    OPT_VERSIONS,
    OPT_LIMIT,
    OPT_END,
};

static const struct example examples[] = {
    {"What happened to one row", "rowmark log lima"},
    {"The last five changes of a table", "rowmark log README.md#papers -n 5"},
    {NULL, NULL},
};

// The changes of one file.
struct logged {
	const struct versions *file;
	struct rmk_log log;
};

struct log_all {
	struct call *c;
	struct progress *progress;
	struct rmk_str row;
	uint32_t limit;
	struct logged *v; // [n]
	size_t n, cap;
};

static enum rmk_code
log_file(struct log_all *all, const struct versions_list *list, const struct versions *f,
    const struct rmk_log_place *at, struct rmk_err *err)
{
	struct versions_job j = versions_begin(list, f, all->progress);
	struct rmk_log_opts o = {.path = f->shown,
	    .table = f->table,
	    .row = all->row,
	    .at = at,
	    .limit = all->limit,
	    .read = versions_text,
	    .beside = versions_beside,
	    .tick = versions_tick,
	    .ctx = &j};
	struct rmk_log log;
	enum rmk_code code = rmk_log_of(all->c->arena, f->moments, f->n, &o, &log, err);

	if (!code)
		*RMK_PUSH(all->c->arena, all->v, all->n, all->cap) = (struct logged){
		    f, log};
	return code;
}

// A row that came from another file goes on there, with the versions before that commit.
static enum rmk_code
log_go_on(struct log_all *all, const struct versions_list *list, struct rmk_err *err)
{
	const struct logged *last = &all->v[all->n - 1];

	while (last->log.from.path.n) {
		struct versions_list *older = RMK_NEW(
		    all->c->arena, struct versions_list);
		struct rmk_log_place *at = RMK_NEW(all->c->arena, struct rmk_log_place);

		*at = last->log.from;
		if (versions_before(all->c, list, &last->file->moments[at->moment],
			at->path, all->progress, older, err) ||
		    log_file(all, older, &older->files[0], at, err))
			return err->code;
		last = &all->v[all->n - 1];
	}
	return RMK_OK;
}

// What is told where a row came to is not told again where it came from.
static void
log_drop_twice(struct log_all *all, const struct versions_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct rmk_log *log = &all->v[i].log;
		bool told = false;
		size_t n = 0;

		for (size_t k = 0; k < all->n && log->gone_to.n; k++)
			told |= rmk_str_eq(log->gone_to, all->v[k].file->path);
		if (told)
			continue;
		for (size_t e = 0; e < log->n; e++) {
			bool shown = false;

			for (size_t k = 0; k < list->nfiles && log->v[e].away; k++)
				shown |= rmk_str_eq(log->v[e].other, list->files[k].path);
			if (!shown || !log->v[e].other.n || all->row.n)
				log->v[n++] = log->v[e];
		}
		log->n = n;
		all->v[kept++] = all->v[i];
	}
	all->n = kept;
}

// With a ROW, files that never had it are passed over, unless none has it.
static enum rmk_code
log_files(struct log_all *all, const struct versions_list *list, struct rmk_err *err)
{
	enum rmk_code missing = RMK_OK;

	for (size_t i = 0; i < list->nfiles; i++) {
		enum rmk_code code = log_file(all, list, &list->files[i], NULL, err);

		if (code == RMK_NOT_FOUND && list->nfiles > 1) {
			missing = code;
			continue;
		}
		if (code || log_go_on(all, list, err))
			return err->code;
	}
	log_drop_twice(all, list);
	return all->n ? RMK_OK : missing;
}

// --- printing -------------------------------------------------------------------

// The file whose next entry is of the newest commit.
static size_t
newest(const struct logged *v, const size_t *at, size_t n)
{
	size_t best = RMK_NONE, least = 0;

	for (size_t i = 0; i < n; i++) {
		size_t order;
		if (at[i] == v[i].log.n)
			continue;
		order = v[i].file->moments[v[i].log.v[at[i]].moment].order;
		if (best == RMK_NONE || order < least) {
			best = i;
			least = order;
		}
	}
	return best;
}

static void
print_entry(const struct versions *f, const struct rmk_log_entry *e, bool named)
{
	const struct rmk_moment *m = &f->moments[e->moment];
	struct rmk_arena arena = {0};

	out_styled(STYLE_DIM, rmk_date(&arena, m->time, m->zone));
	out_str(RMK_STR("  "));
	out_styled(STYLE_YELLOW, rmk_str_part(m->id, 0, 7));
	out_str(RMK_STR("  "));
	out_fit(STYLE_PLAIN, m->author, 16, false);
	out_str(RMK_STR("  "));
	if (!named) {
		out_shown(STYLE_DIM, f->shown);
		out_str(RMK_STR("#"));
		out_shown(STYLE_DIM, e->table);
		out_str(RMK_STR("  "));
	}
	out_shown(STYLE_BOLD, e->row);
	switch (e->kind) {
	case RMK_LOG_ADDED:
		out_str(RMK_STR("  added\n"));
		break;
	case RMK_LOG_REMOVED:
		out_str(RMK_STR("  removed\n"));
		break;
	case RMK_LOG_SET:
	case RMK_LOG_MOVED:
		out_str(RMK_STR("  "));
		out_shown(
		    STYLE_PLAIN, e->kind == RMK_LOG_SET ? e->column : RMK_STR("moved"));
		out_str(RMK_STR(": "));
		out_shown(STYLE_RED, e->old.n ? e->old : RMK_STR("(empty)"));
		out_str(RMK_STR(" -> "));
		out_shown(STYLE_GREEN, e->new_.n ? e->new_ : RMK_STR("(empty)"));
		out_str(RMK_STR("\n"));
		break;
	}
	rmk_arena_free(&arena);
}

static void
json_entry(struct rmk_json *j, const struct versions *f, const struct rmk_log_entry *e)
{
	static const char *const kinds[] = {"set", "added", "removed", "moved"};
	const struct rmk_moment *m = &f->moments[e->moment];

	rmk_json_object(j, NULL);
	rmk_json_cstr(j, "kind", kinds[e->kind]);
	rmk_json_text(j, "date", rmk_date(j->out->arena, m->time, m->zone));
	rmk_json_number(j, "time", m->time);
	rmk_json_text(j, "commit", m->id);
	rmk_json_text(j, "author", m->author);
	rmk_json_text(j, "subject", m->subject);
	rmk_json_text(j, "file", f->shown);
	rmk_json_text(j, "table", e->table);
	rmk_json_text(j, "row", e->row);
	if (e->kind == RMK_LOG_SET)
		rmk_json_text(j, "column", e->column);
	if (e->kind == RMK_LOG_SET || e->kind == RMK_LOG_MOVED) {
		rmk_json_text(j, "old", e->old);
		rmk_json_text(j, "new", e->new_);
	}
	if (e->markup)
		rmk_json_bool(j, "markup", true);
	rmk_json_end(j);
}

static void
print_all(struct call *c, const struct logged *v, size_t n, bool named, uint32_t limit)
{
	struct rmk_buf b = {.arena = c->arena};
	struct rmk_json j = {.out = &b};
	size_t *at = RMK_NEW_N(c->arena, size_t, n + 1), i;
	bool json = opt_format_is(c, "json");

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_array(&j, "changes");
	for (uint32_t k = 0; k < limit && (i = newest(v, at, n)) != RMK_NONE; k++) {
		const struct rmk_log_entry *e = &v[i].log.v[at[i]++];
		if (json)
			json_entry(&j, v[i].file, e);
		else
			print_entry(v[i].file, e, named && n == 1);
	}
	rmk_json_end(&j);
	rmk_json_end(&j);
	if (json) {
		rmk_buf_addc(&b, '\n');
		out_str(rmk_buf_str(&b));
	}
}

static enum exit_status
cmd_log_run(struct call *c)
{
	struct log_all all = {.c = c};
	struct versions_list list;
	struct progress progress;
	struct operands o;
	struct rmk_err err;
	enum rmk_code code;
	uint32_t limit;

	if (opt_number(c, "limit", UINT32_MAX, &limit, &err) ||
	    operands_row_file(c, &o, &err))
		return complain(&err);
	progress_begin(&progress, "Reading versions");
	code = versions_open(c, o.files, o.nfiles, &progress, 0, &list, &err);
	all.progress = &progress;
	all.row = rmk_str_of(o.nrows ? o.rows[0] : NULL);
	all.limit = limit == UINT32_MAX ? 0 : limit;
	if (!code)
		code = log_files(&all, &list, &err);
	progress_end(&progress);
	if (code)
		return complain(&err);
	print_all(c, all.v, all.n, o.nrows > 0, limit);
	versions_report_cut(&list);
	return FINE;
}

const struct cmd cmd_log = {
    .name = "log",
    .args = "[ROW] [FILE[#TABLE]]",
    .line = "List every change of a cell",
    .about =
	"Lists changes, newest first: when, in which commit, by whom, which cell, what\n"
	"it held and what it holds; and when rows were added, removed, or moved to\n"
	"another table. With a ROW only its own, back to its birth; a row that is gone\n"
	"is looked for in the versions that had it. Where only the markup of a cell\n"
	"changed (a link leads elsewhere), the cell is shown as it is written.\n"
	"\n"
	"Rows are followed by their key, and where that changed by what else they hold, "
	"or\n"
	"where one went and one came in the same place by a name like its name; through\n"
	"renamed files, renamed columns, and tables that moved to another heading; and "
	"to\n"
	"another table or file, where one commit took it there ('mv', 'archive', or by\n"
	"hand).\n"
	"\n"
	"The history along the first parents of HEAD is read; with --full all of it.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = SIZE_MAX,
    .pages = true,
    .run = cmd_log_run,
};
