// rowmark archive: what is done goes out of the way.
#include "clock.h"
#include "edit/new_table.h"
#include "move_rows.h"
#include "new_file.h"
#include "operands.h"
#include "out.h"
#include "referrers.h"
#include "row_name.h"
#include "schema/reference.h"
#include "schema/row_progress.h"
#include "status_age.h"

static const struct opt opts[] = {
    {0, "older", "TIME", "only what has been so for longer: 30d, 2w, 2026-05-01", NULL},
    {0, "to", "FILE#TABLE", "the table they go to", NULL},
    OPT_MOVE,
    OPT_WRITE,
    OPT_END,
};

static const struct example examples[] = {
    {"Put what is read under a heading of its own", "rowmark archive README.md#papers"},
    {NULL, NULL},
};

static struct rmk_str
archive_heading_text(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	size_t heading = doc->tables[table].heading;

	return heading == RMK_NONE ? RMK_STR("")
	                           : rmk_value_text(a, doc->headings[heading].text);
}

static struct rmk_str
archive_labels(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_table *t)
{
	struct rmk_buf out = {.arena = a};

	for (size_t c = 0; c < t->ncols; c++)
		rmk_buf_printf(&out, "%.*s\n",
		    RMK_FMT(rmk_value_key(a, rmk_doc_cell(doc, &t->header, c))));
	return rmk_buf_str(&out);
}

// Tables of other columns need archives of their own: from 1, where they stand under headings of
// one text.
static size_t
archive_number(struct rmk_arena *a, const struct picked *p)
{
	const struct rmk_doc *doc = p->file->doc;
	struct rmk_str heading = archive_heading_text(a, doc, p->table);
	struct rmk_map kinds = {.arena = a}; // labels to the number
	size_t number = 1;

	for (size_t t = 0; t <= p->table; t++) {
		if (!rmk_str_eq(archive_heading_text(a, doc, t), heading))
			continue;
		size_t *kind = rmk_map_put(
		    &kinds, archive_labels(a, doc, &doc->tables[t]));

		if (*kind == RMK_NONE)
			*kind = kinds.n;
		number = *kind;
	}
	return number;
}

// "Archived papers", for the table under "Papers"; "Archived papers 2" for the second one there.
static struct rmk_str
archive_heading(struct rmk_arena *a, const struct picked *p)
{
	const struct rmk_doc *doc = p->file->doc;
	struct rmk_str of = archive_heading_text(a, doc, p->table), text;
	size_t number = archive_number(a, p);
	char *s;

	text = rmk_str_printf(a, ARCHIVED_HEADING "%s%.*s", of.n ? " " : "", RMK_FMT(of));
	s = (char *)text.s + sizeof ARCHIVED_HEADING;
	if (of.n && s[0] >= 'A' && s[0] <= 'Z' && !(s[1] >= 'A' && s[1] <= 'Z'))
		s[0] = (char)(s[0] + 32);
	return number == 1 ? text : rmk_str_printf(a, "%.*s %zu", RMK_FMT(text), number);
}

// "archived-papers", for the table declared as "papers": what refers to that finds it.
static struct rmk_str
archive_name(struct rmk_arena *a, const struct picked *p)
{
	struct rmk_str name = file_schema(a, p->file, p->table)->name;

	return name.n ? rmk_str_printf(a, RMK_ARCHIVE_OF "%.*s", RMK_FMT(name)) : name;
}

// The table under the heading, or a copy of the file to which it was added.
static enum rmk_code
archive_of(struct call *c, const struct picked *p, const struct move *m,
    struct picked *out, struct rmk_err *err)
{
	const struct rmk_doc *doc = p->file->doc;
	struct rmk_new_table table = {
	    .heading = m->heading, .name = m->name, .like = doc, .like_table = p->table};
	struct file *file = RMK_NEW(c->arena, struct file);
	struct rmk_str made;

	for (size_t t = 0; t < doc->ntables; t++) {
		size_t h = doc->tables[t].heading;

		if (h != RMK_NONE &&
		    rmk_str_eq(
			rmk_value_text(c->arena, doc->headings[h].text), m->heading)) {
			*out = (struct picked){p->file, t};
			return RMK_OK;
		}
	}
	*file = *p->file;
	if (rmk_table_append(c->arena, doc->path, doc->text, &table, &made, err) ||
	    rmk_doc_parse(c->arena, doc->path, made, RMK_PARSE_ALL, &file->doc, err))
		return err->code;
	file->schemas = RMK_NEW_N(c->arena, struct rmk_schema *, file->doc->ntables + 1);
	*out = (struct picked){file, file->doc->ntables - 1};
	return RMK_OK;
}

struct moves {
	struct move *v;
	size_t n, cap;
	int64_t before; // only what has been so since before this time
	struct status_ages ages;
};

// Whether a row has been over for long enough; of one that no commit says, that is not known.
static bool
archive_is_due(
    struct call *c, const struct moves *moves, const struct picked *p, size_t row)
{
	int64_t since;

	return moves->before == INT64_MAX ||
	       (status_age(c->arena, &moves->ages, p, row, &since) &&
		   since < moves->before);
}

static enum rmk_code
archive_ages(struct call *c, struct moves *out, struct rmk_err *err)
{
	int64_t older;

	out->before = INT64_MAX;
	if (opt_seconds(c, "older", &older, err))
		return err->code;
	if (older == 0)
		return RMK_OK;
	out->before = clock_now() - older;
	return status_ages_read(c, c->args, c->nargs, &out->ages, err);
}

static enum rmk_code
archive_table(struct call *c, const struct picked *p, const struct picked *to,
    struct moves *out, struct rmk_err *err)
{
	struct move m = {.like = *p};
	size_t nrows = p->file->doc->tables[p->table].nrows;
	bool opened = to != NULL;

	if (to && p->file == to->file && p->table == to->table)
		return RMK_OK;
	for (size_t r = 0; r < nrows; r++) {
		enum rmk_progress is = picked_progress(c->arena, p, r);

		if ((is != RMK_DONE && is != RMK_CLOSED) ||
		    rmk_row_repeats_header(c->arena, p->file->doc, p->table,
			file_schema(c->arena, p->file, p->table), r) ||
		    !archive_is_due(c, out, p, r))
			continue;
		if (!opened) {
			m.heading = archive_heading(c->arena, p);
			m.name = archive_name(c->arena, p);
			if (archive_of(c, p, &m, &m.to, err))
				return err->code;
		}
		opened = true;
		if (to)
			m.to = *to;
		m.from = (struct picked_row){*p, r};
		*RMK_PUSH(c->arena, out->v, out->n, out->cap) = m;
	}
	return RMK_OK;
}

// Rows to which others refer that would not find them in the target stay; so do those to which
// they refer in turn.
static enum rmk_code
archive_leave(struct call *c, struct moves *moves, size_t *left, struct rmk_err *err)
{
	struct referrer *r;
	size_t n, kept;

	*left = 0;
	do {
		bool *stays = RMK_NEW_N(c->arena, bool, moves->n + 1);

		if (referrers_find(c, moves->v, moves->n, &r, &n, err))
			return err->code;
		for (size_t i = 0; i < n; i++) {
			const struct picked_row *row = &moves->v[r[i].move].from;

			if (!stays[r[i].move])
				out_warn("%.*s: '%.*s' stays: %.*s",
				    RMK_FMT(picked_address(c->arena, &row->table)),
				    RMK_FMT(
					picked_row_name(c->arena, &row->table, row->row)),
				    RMK_FMT(referrer_words(c->arena, &r[i])));
			*left += !stays[r[i].move];
			stays[r[i].move] = true;
		}
		kept = 0;
		for (size_t i = 0; i < moves->n; i++)
			if (!stays[i])
				moves->v[kept++] = moves->v[i];
		moves->n = kept;
	} while (n);
	return RMK_OK;
}

static enum rmk_code
archive_target(struct call *c, const struct picked *tables, size_t n, struct picked *out,
    struct rmk_err *err)
{
	char *word = rmk_str_c(c->arena, rmk_str_of(opt_text(c, "to")));
	struct call plain = *c;

	plain.ngiven = 0;
	enum rmk_code code = open_table(&plain, &word, 1, out, err);
	c->repo = plain.repo;
	if (code)
		return new_file_hint(c, opt_text(c, "to"), &tables[0], err);
	for (size_t i = 0; i < n; i++) {
		if (file_same(tables[i].file, out->file))
			out->file = tables[i].file;
	}
	if (n == 1 && tables[0].file == out->file && tables[0].table == out->table)
		return rmk_fail(err, RMK_INVALID,
		    "archive: %s is the table they come from", opt_text(c, "to"));
	return RMK_OK;
}

// What is over, and may go.
static enum rmk_code
archive_find(struct call *c, struct moves *out, size_t *left, struct rmk_err *err)
{
	const char *to = opt_text(c, "to");
	struct picked *tables, target;
	size_t n;

	if (open_tables(c, c->args, c->nargs, &tables, &n, err) ||
	    archive_ages(c, out, err) ||
	    (to && archive_target(c, tables, n, &target, err)))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		if (!picked_is_archive(c->arena, &tables[i]) &&
		    archive_table(c, &tables[i], to ? &target : NULL, out, err))
			return err->code;
	}
	return archive_leave(c, out, left, err);
}

// "README.md#papers"; of several tables how many they are.
static struct rmk_str
archive_whence(struct call *c, const struct moves *moves)
{
	const struct picked *first = &moves->v[0].from.table;
	size_t tables = 1;
	bool files = false;

	for (size_t i = 1; i < moves->n; i++) { // they stand table by table
		const struct picked *p = &moves->v[i].from.table;
		const struct picked *last = &moves->v[i - 1].from.table;

		tables += p->file != last->file || p->table != last->table;
		files |= p->file != first->file;
	}
	if (tables == 1)
		return picked_address(c->arena, first);
	return files ? rmk_str_printf(c->arena, "%zu tables", tables)
	             : rmk_str_printf(c->arena, "%zu tables of %.*s", tables,
			   RMK_FMT(first->file->path));
}

static enum exit_status
archive_run(struct call *c)
{
	struct moves moves = {0};
	struct rmk_err err;
	size_t left = 0;

	if (archive_find(c, &moves, &left, &err))
		return complain(&err);
	if (moves.n == 0) {
		if (!c->quiet && !left)
			out_str(
			    opt_on(c, "older")
				? RMK_STR("Nothing has been done or closed so long.\n")
				: RMK_STR("Nothing is done or closed.\n"));
		return FINE;
	}
	return move_rows(c, moves.v, moves.n,
	    rmk_str_printf(c->arena, "Archive %zu row%s of %.*s", moves.n,
		moves.n == 1 ? "" : "s", RMK_FMT(archive_whence(c, &moves))));
}

const struct cmd cmd_archive = {
    .name = "archive",
    .args = "[FILE[#TABLE]]",
    .line = "Move what is done or closed out of the way",
    .about =
	"Moves the rows that are done or closed to a table under a heading of their own\n"
	"at the end of the file (\"Archived papers\" for \"Papers\"), which is made with "
	"the\n"
	"same columns where it is not there, or to FILE#TABLE. A second table under "
	"that\n"
	"heading, of other columns, has its own (\"Archived papers 2\"). All of it is "
	"one\n"
	"commit.\n"
	"Cells keep their bytes, as with 'rowmark mv', and --keep and --drop are its\n"
	"options for cells that have no column there. --older 30d leaves what became so "
	"in\n"
	"the last 30 days, as 'rowmark blame' says it, and what no commit says; TIME is "
	"a\n"
	"number of s, m, h, d or w (\"30 days\" too), or a day such as 2026-05-01.\n"
	"\n"
	"The table for a declared one called tasks is declared as archived-tasks: where\n"
	"another row refers to an archived one ('ref tasks'), it finds it there. In a\n"
	"table of another name it would not: then such a row stays, and is named.\n"
	"\n"
	"A merge with a branch that edited such a row is a conflict on that row: what "
	"the\n"
	"edit was is shown between the markers.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 1,
    .run = archive_run,
};
