// rowmark blame: who last changed the status of each row.
#include "blame_run.h"
#include "clock.h"
#include "grid.h"
#include "operands.h"
#include "opt.h"
#include "out.h"

#define DAY 86400
#define SHOWN_FILES 10

static const struct opt opts[] = {
    OPT_FORMAT("text json"),
    {'c', "column", "COLUMN", "look at this column, not at the status", NULL},
    OPT_VERSIONS,
    OPT_LIMIT,
    OPT_END,
};

static const struct example examples[] = {
    {"Since when each row is as it is", "rowmark blame README.md"},
    {"Who set one row so", "rowmark blame lima"},
    {NULL, NULL},
};

static long long
days_since(const struct rmk_moment *m)
{
	int64_t gone = clock_now() - m->time;

	return gone > 0 ? gone / DAY : 0;
}

// --- printing -------------------------------------------------------------------

static void
cmd_blame_add_row(
    struct call *c, struct grid *g, const struct rmk_blame_row *row, bool tables)
{
	struct grid_cell *cells = grid_row(g);
	const struct rmk_moment *m = row->when;
	size_t i = 0;

	if (tables)
		cells[i++] = grid_text(row->address, STYLE_DIM);
	cells[i++] = grid_text(row->name, STYLE_BOLD);
	cells[i++] = grid_text(row->status, STYLE_PLAIN);
	if (!m) {
		cells[i] = grid_text(RMK_STR("before the cut"), STYLE_DIM);
		return;
	}
	cells[i++] = grid_text(rmk_date(c->arena, m->time, m->zone), STYLE_PLAIN);
	cells[i++] = grid_number(c->arena, days_since(m), STYLE_PLAIN);
	cells[i++] = grid_text(rmk_str_part(m->id, 0, 7), STYLE_YELLOW);
	cells[i++] = grid_text(m->author, STYLE_PLAIN);
	cells[i] = grid_text(row->born ? RMK_STR("when added") : RMK_STR(""), STYLE_DIM);
}

static void
cmd_blame_print_text(struct call *c, const struct rmk_blame *b, uint32_t limit)
{
	const char *const labels[] = {
	    "TABLE", "ROW", "STATUS", "SINCE", "DAYS", "COMMIT", "AUTHOR", ""};
	bool tables = b->n && b->v[0].table != b->v[b->n - 1].table;
	struct grid g = grid_new(c->arena, "rows", labels + !tables, (size_t)8 - !tables);

	g.aligns[tables ? 4 : 3] = RMK_ALIGN_RIGHT;
	for (size_t i = 0; i < b->n && i < limit; i++)
		cmd_blame_add_row(c, &g, &b->v[i], tables);
	grid_print(&g, "text");
}

static void
cmd_blame_json_row(struct rmk_json *j, const struct rmk_blame_row *row)
{
	rmk_json_object(j, NULL);
	rmk_json_text(j, "table", row->address);
	rmk_json_text(j, "row", row->name);
	rmk_json_number(j, "line", row->line);
	rmk_json_text(j, "column", row->column);
	rmk_json_text(j, "status", row->status);
	if (!row->when) {
		rmk_json_null(j, "commit");
	} else {
		const struct rmk_moment *m = row->when;
		rmk_json_text(j, "commit", m->id);
		rmk_json_text(j, "date", rmk_date(j->out->arena, m->time, m->zone));
		rmk_json_number(j, "time", m->time);
		rmk_json_number(j, "days", days_since(m));
		rmk_json_text(j, "author", m->author);
		rmk_json_text(j, "subject", m->subject);
		rmk_json_bool(j, "added", row->born);
	}
	rmk_json_end(j);
}

static void
cmd_blame_print_json(struct call *c, const struct rmk_blame *b, uint32_t limit)
{
	struct rmk_buf buf = {.arena = c->arena};
	struct rmk_json j = {.out = &buf};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_array(&j, "rows");
	for (size_t i = 0; i < b->n && i < limit; i++)
		cmd_blame_json_row(&j, &b->v[i]);
	rmk_json_end(&j);
	rmk_json_end(&j);
	rmk_buf_addc(&buf, '\n');
	out_str(rmk_buf_str(&buf));
}

// --- one row --------------------------------------------------------------------

// How well a row's name is what was typed; RMK_MATCH_NONE: not at all.
static enum rmk_match
blame_match(struct rmk_arena *a, const struct rmk_blame_row *row, struct rmk_str typed)
{
	struct rmk_str name = rmk_utf8_fold(a, row->name), key = rmk_utf8_fold(a, typed);
	struct rmk_str line = RMK_STR("LINE:");
	uint32_t n;

	if (rmk_str_eq(row->name, typed) ||
	    (rmk_str_starts(typed, line) &&
		rmk_str_to_u32(rmk_str_from(typed, line.n), &n) && n == row->line))
		return RMK_MATCH_EXACT;
	if (rmk_str_eq(name, key))
		return RMK_MATCH_FOLDED;
	return key.n && rmk_str_find(name, key) != RMK_NONE ? RMK_MATCH_PART
	                                                    : RMK_MATCH_NONE;
}

// The rows of all files that the name fits best.
static void
blame_keep_row(struct rmk_arena *a, const struct rmk_blame *all, struct rmk_str typed,
    enum rmk_match *best, struct rmk_blame *out, size_t *cap)
{
	for (size_t i = 0; i < all->n; i++) {
		enum rmk_match is = blame_match(a, &all->v[i], typed);

		if (is == RMK_MATCH_NONE || (*best != RMK_MATCH_NONE && is > *best))
			continue;
		if (is != *best)
			out->n = 0;
		*best = is;
		*RMK_PUSH(a, out->v, out->n, *cap) = all->v[i];
	}
}

static enum rmk_code
blame_row(struct call *c, struct progress *progress, const struct versions_list *list,
    struct rmk_str typed, struct rmk_blame *out, struct rmk_err *err)
{
	enum rmk_match best = RMK_MATCH_NONE;
	struct rmk_blame found = {0}, all;
	size_t cap = 0;

	for (size_t i = 0; i < list->nfiles; i++) {
		enum rmk_code code = blame_run(c, list, &list->files[i],
		    rmk_str_of(opt_text(c, "column")), progress, &all, err);

		// A file without the column has no such row.
		if (code && (code != RMK_NOT_FOUND || list->nfiles == 1))
			return code;
		if (!code)
			blame_keep_row(c->arena, &all, typed, &best, &found, &cap);
	}
	*out = found;
	if (found.n)
		return RMK_OK;
	rmk_fail(err, RMK_NOT_FOUND, "no row '%.*s' in %zu file%s", RMK_FMT(typed),
	    list->nfiles, list->nfiles == 1 ? "" : "s");
	return rmk_hint(err, "'rowmark log ROW' finds rows that are gone, too");
}

static enum rmk_code
blame_which_file(
    const struct versions_list *list, struct rmk_arena *a, struct rmk_err *err)
{
	struct rmk_buf names = {.arena = a};

	for (size_t i = 0; i < list->nfiles && i < SHOWN_FILES; i++)
		rmk_buf_printf(
		    &names, "%s%.*s", i ? ", " : "", RMK_FMT(list->files[i].shown));
	rmk_fail(
	    err, RMK_AMBIGUOUS, "blame: %zu files fit; name one, or a row", list->nfiles);
	return rmk_hint(err, "there are %.*s%s", RMK_FMT(rmk_buf_str(&names)),
	    list->nfiles > SHOWN_FILES ? ", ..." : "");
}

static enum rmk_code
blame(struct call *c, struct progress *progress, struct versions_list *list,
    struct rmk_blame *out, struct rmk_err *err)
{
	struct operands o;

	if (operands_row_file(c, &o, err) ||
	    versions_open(c, o.files, o.nfiles, progress, 0, list, err))
		return err->code;
	if (o.nrows)
		return blame_row(c, progress, list, rmk_str_of(o.rows[0]), out, err);
	if (list->nfiles > 1)
		return blame_which_file(list, c->arena, err);
	return blame_run(c, list, &list->files[0], rmk_str_of(opt_text(c, "column")),
	    progress, out, err);
}

static enum exit_status
cmd_blame_run(struct call *c)
{
	struct versions_list list;
	struct progress progress;
	struct rmk_blame b;
	struct rmk_err err;
	enum rmk_code code;
	uint32_t limit;

	if (opt_number(c, "limit", UINT32_MAX, &limit, &err))
		return complain(&err);
	progress_begin(&progress, "Reading versions");
	code = blame(c, &progress, &list, &b, &err);
	progress_end(&progress);
	if (code)
		return complain(&err);
	if (opt_format_is(c, "json"))
		cmd_blame_print_json(c, &b, limit);
	else
		cmd_blame_print_text(c, &b, limit);
	versions_report_cut(&list);
	return FINE;
}

const struct cmd cmd_blame = {
    .name = "blame",
    .args = "[ROW] [FILE[#TABLE]]",
    .line = "Say who last changed each row's status",
    .about =
	"Prints each row of the newest committed version with its status, since when it\n"
	"is so, for how many days, and the commit and author that set it. In a "
	"table\n"
	"with several status columns the cell that changed last is told. With a ROW "
	"only\n"
	"that one is printed, in whatever file it is.\n"
	"\n"
	"A change of other columns, and a status that all rows exchanged for another\n"
	"spelling at once, do not count; nor does a move to another table or file.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 2,
    .pages = true,
    .run = cmd_blame_run,
};
