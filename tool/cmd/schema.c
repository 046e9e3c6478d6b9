// rowmark schema: what the columns of a table are.
#include "grid.h"
#include "open_table.h"
#include "out.h"
#include "write.h"

#include "edit/declare.h"
#include "schema/describe.h"

static const struct opt opts[] = {
    {0, "write", NULL, "infer: write the declaration above the table", NULL},
    OPT_DRY_RUN,
    OPT_FORMAT(GRID_FORMATS),
    OPT_END,
};

static const struct example examples[] = {
    {"See what each column is, and why", "rowmark schema show README.md#papers"},
    {"Make a declaration from the data", "rowmark schema infer README.md#papers"},
    {"Hand the schema to other tools", "rowmark schema export README.md#papers"},
    {NULL, NULL},
};

// --- show --------------------------------------------------------------------------------

static const char *
where_from(const struct rmk_schema *schema, size_t col)
{
	const struct rmk_field *f = &schema->fields[col];

	if (f->declared)
		return "declared";
	if (f->why)
		return f->why;
	return col == schema->key ? "the key, inferred" : "";
}

// The values of a status or enum column with how many cells hold each.
static struct rmk_str
values_of(struct rmk_arena *a, const struct rmk_field *f)
{
	struct rmk_buf out = {.arena = a};

	for (size_t i = 0; i < f->nterms; i++) {
		if (f->terms[i].count == 0)
			continue;
		rmk_buf_printf(&out, "%s%.*s %u", out.n ? ", " : "",
		    RMK_FMT(f->terms[i].text), f->terms[i].count);
		if (f->terms[i].spellings > 1)
			rmk_buf_printf(&out, " (%u spellings)", f->terms[i].spellings);
	}
	return rmk_buf_str(&out);
}

static void
add_fields(struct call *c, struct grid *g, const struct picked *p)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);

	for (size_t col = 0; col < schema->ncols; col++) {
		const struct rmk_field *f = &schema->fields[col];
		struct grid_cell *cells = grid_row(g);
		struct rmk_str rules = rmk_describe_field(c->arena, f);

		cells[0] = grid_text(picked_address(c->arena, p), STYLE_DIM);
		cells[1] = grid_text(
		    f->label, col == schema->key ? STYLE_BOLD : STYLE_PLAIN);
		cells[2] = grid_text(rules.n ? rules : RMK_STR("text"), STYLE_PLAIN);
		cells[3] = grid_text(values_of(c->arena, f), STYLE_PLAIN);
		cells[4] = grid_text(rmk_str_of(where_from(schema, col)), STYLE_DIM);
	}
}

static enum exit_status
cmd_schema_show(struct call *c, const struct picked *tables, size_t n)
{
	static const char *const labels[] = {
	    "Table", "Column", "Rules", "Values", "From"};
	static const char *const keys[] = {"table", "column", "rules", "values", "from"};
	struct grid g = grid_new(c->arena, "columns", labels, 5);

	g.keys = keys;
	for (size_t i = 0; i < n; i++)
		add_fields(c, &g, &tables[i]);
	grid_print(&g, opt_format(c));
	return FINE;
}

// --- infer -------------------------------------------------------------------------------

// Whether two are one file, by whatever path or in whatever version it was named.
static bool
cmd_schema_is_same_file(const struct file *a, const struct file *b)
{
	return rmk_str_eq(a->source.path, b->source.path) ||
	       (a->id.ino && a->id.ino == b->id.ino && a->id.dev == b->id.dev);
}

// Whether tables of other files are called the same. Declared so they would be one table,
// with keys in common: nobody said that, so they go without a name.
static bool
is_shared(struct call *c, const struct rmk_map *first, const struct picked *every,
    const struct picked *p)
{
	struct rmk_str name = rmk_address_name(c->arena, p->file->doc, p->table);
	size_t i = rmk_map_get(first, rmk_utf8_fold(c->arena, name));

	return i != RMK_NONE && !cmd_schema_is_same_file(every[i].file, p->file);
}

// For each of the tables, whether its name is shared with one of another file.
static bool *
find_shared(struct call *c, const struct picked *tables, size_t n)
{
	bool *shared = RMK_NEW_N(c->arena, bool, n);
	struct rmk_map first = {.arena = c->arena}, last = {.arena = c->arena};
	const struct picked *every = tables;
	struct rmk_repo *repo;
	struct picked *all;
	struct rmk_err unused;
	size_t nevery = n, nall;

	// Outside of a repository nothing says what belongs together.
	if (!call_repo(c, &repo, &unused) &&
	    !open_tables(c, NULL, 0, &all, &nall, &unused)) {
		every = all;
		nevery = nall;
	}
	for (size_t i = 0; i < nevery; i++) {
		struct rmk_str name = rmk_utf8_fold(c->arena,
		    rmk_address_name(c->arena, every[i].file->doc, every[i].table));
		size_t *slot = rmk_map_put(&first, name);

		*slot = *slot == RMK_NONE ? i : *slot;
		*rmk_map_put(&last, name) = i;
	}
	for (size_t i = 0; i < n; i++)
		shared[i] = is_shared(c, &first, every, &tables[i]) ||
		            is_shared(c, &last, every, &tables[i]);
	return shared;
}

// Which tables of a file to declare: those the words picked, by what they are called.
struct assignment {
	struct rmk_str name;
	bool named; // the declaration names it too
};

struct job {
	struct assignment *v;
	size_t n, cap;
};

static enum rmk_code
declare(void *ctx, struct rmk_arena *a, const char *version, struct rmk_str path,
    struct rmk_str text, struct rmk_str *out, struct rmk_err *err)
{
	const struct job *job = ctx;
	struct rmk_edit *edits = RMK_NEW_N(a, struct rmk_edit, job->n);
	struct rmk_doc *doc;
	size_t table, n = 0;

	(void)version;
	if (rmk_doc_parse(a, path, text, 0, &doc, err))
		return err->code;
	for (size_t i = 0; i < job->n; i++) {
		if (rmk_address_table(a, doc, job->v[i].name, &table, err))
			return err->code;
		struct rmk_str said = rmk_declaration_infer(
		    a, doc, table, job->v[i].named);
		if (doc->tables[table].decl.len == 0 && said.n)
			edits[n++] = rmk_declaration_insert(a, doc, table, said);
	}
	return rmk_edits_apply(a, doc, edits, n, out, err);
}

static struct rmk_str
declaration_of(struct call *c, const struct picked *p, bool named)
{
	const struct rmk_doc *doc = p->file->doc;
	struct rmk_span there = doc->tables[p->table].decl;

	return there.len ? rmk_doc_str(doc, there)
	                 : rmk_declaration_infer(c->arena, doc, p->table, named);
}

// As text they can be pasted; in the other formats there is a row a table.
static enum exit_status
print_declarations(
    struct call *c, const struct picked *tables, const bool *shared, size_t n)
{
	static const char *const keys[] = {"table", "declaration"};
	struct grid g = grid_new(c->arena, "declarations", keys, 2);

	for (size_t i = 0; i < n; i++) {
		struct rmk_str text = declaration_of(c, &tables[i], !shared[i]);
		struct grid_cell *cells;

		if (text.n == 0)
			continue;
		if (opt_format_is(c, "text")) {
			out_str(text);
			out_str(i + 1 < n ? RMK_STR("\n\n") : RMK_STR("\n"));
			continue;
		}
		cells = grid_row(&g);
		cells[0] = grid_text(picked_address(c->arena, &tables[i]), STYLE_PLAIN);
		cells[1] = grid_text(text, STYLE_PLAIN);
	}
	if (!opt_format_is(c, "text"))
		grid_print(&g, opt_format(c));
	return FINE;
}

static size_t
held_values(const struct rmk_field *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->nterms; i++)
		n += f->terms[i].count > 0;
	return n;
}

// Statuses that are left to be inferred, and why.
static void
note_left_out(struct call *c, const struct picked *p)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	const struct rmk_schema *made = rmk_describe_infer(
	    c->arena, p->file->doc, p->table, schema);

	const struct rmk_field *left = NULL;

	for (size_t col = 0; col < schema->ncols && !schema->declared; col++) {
		const struct rmk_field *f = &schema->fields[col];

		if (f->type != RMK_STATUS || made->fields[col].type == RMK_STATUS)
			continue;
		if (!left || held_values(f) < held_values(left))
			left = f;
		for (size_t i = 0; i < f->nterms; i++) {
			if (f->terms[i].rank != RMK_TERM_UNRANKED || !f->terms[i].count)
				continue;
			out_warn(
			    "note: %.*s: the status is not declared: '%.*s' in '%.*s' "
			    "is in no order that is known",
			    RMK_FMT(picked_address(c->arena, p)),
			    RMK_FMT(f->terms[i].text), RMK_FMT(f->label));
			return;
		}
	}
	if (left)
		out_warn("note: %.*s: the status is not declared: '%.*s' holds %s, which "
			 "makes no order",
		    RMK_FMT(picked_address(c->arena, p)), RMK_FMT(left->label),
		    held_values(left) == 1 ? "one value alone"
					   : "values of one rank alone");
}

// Where no status is seen but a column is near: what to paste.
static void
note_draft(struct call *c, const struct picked *p)
{
	const struct rmk_schema *schema = file_schema(c->arena, p->file, p->table);
	struct rmk_str draft = rmk_describe_draft(
	    c->arena, p->file->doc, p->table, schema);

	if (draft.n && !schema->declared)
		out_warn(
		    "note: %.*s: no status column is seen; to have one, put its values "
		    "in order: %.*s",
		    RMK_FMT(picked_address(c->arena, p)), RMK_FMT(draft));
}

static void
report_declared(struct call *c, const struct picked *tables, const bool *shared, size_t n)
{
	size_t declared = 0;

	for (size_t i = 0; i < n; i++) {
		if (tables[i].file->doc->tables[tables[i].table].decl.len ||
		    declaration_of(c, &tables[i], !shared[i]).n == 0)
			continue;
		out_shown(STYLE_DIM, picked_address(c->arena, &tables[i]));
		out_str(RMK_STR("  declared\n"));
		declared++;
	}
	if (declared)
		out_str(RMK_STR("Not committed: 'git diff' shows it.\n"));
	else
		out_str(RMK_STR("Nothing to declare.\n"));
}

static enum exit_status
infer(struct call *c, const struct picked *tables, size_t n)
{
	struct write_file *files = RMK_NEW_N(c->arena, struct write_file, n + 1);
	const bool *shared = find_shared(c, tables, n);
	enum exit_status status;
	size_t nfiles = 0;

	for (size_t i = 0; i < n && !c->quiet; i++) {
		note_left_out(c, &tables[i]);
		note_draft(c, &tables[i]);
	}
	if (!opt_on(c, "write"))
		return print_declarations(c, tables, shared, n);
	for (size_t i = 0; i < n; i++) {
		struct job *job;

		if (nfiles == 0 || files[nfiles - 1].file != tables[i].file)
			files[nfiles++] = (struct write_file){
			    tables[i].file, declare, RMK_NEW(c->arena, struct job)};
		job = files[nfiles - 1].ctx;
		*RMK_PUSH(c->arena, job->v, job->n, job->cap) = (struct assignment){
		    rmk_address_name(c->arena, tables[i].file->doc, tables[i].table),
		    !shared[i]};
	}
	status = write_files(c, files, nfiles, RMK_STR(""));
	if (status == FINE && !c->quiet && !opt_format_is(c, "json"))
		report_declared(c, tables, shared, n);
	return status;
}

// --- export ------------------------------------------------------------------------------

// Tables that references may name.
struct known {
	struct call *call;
	const struct picked *tables;
	size_t n;
};

// The key of the table that a reference names, for references that name no column.
static struct rmk_str
cmd_schema_key_of(void *ctx, struct rmk_str table)
{
	struct known *known = ctx;

	for (size_t i = 0; i < known->n; i++) {
		const struct picked *p = &known->tables[i];
		const struct rmk_schema *schema = file_schema(
		    known->call->arena, p->file, p->table);

		if (rmk_str_eq(table,
			rmk_address_name(known->call->arena, p->file->doc, p->table)))
			return schema->fields[schema->key].label;
	}
	return (struct rmk_str){0};
}

static void
put_resource(struct call *c, const struct picked *p, struct rmk_json *j,
    const struct rmk_describe_known *known)
{
	rmk_json_object(j, NULL);
	rmk_json_text(j, "name", rmk_address_name(c->arena, p->file->doc, p->table));
	rmk_json_text(j, "path", p->file->path);
	rmk_json_cstr(j, "format", "markdown");
	rmk_describe_frictionless(
	    c->arena, file_schema(c->arena, p->file, p->table), known, j, "schema");
	rmk_json_end(j);
}

// One table: its schema. Several: a data package whose resources are the tables.
static enum exit_status
export_tables(struct call *c, const struct picked *tables, size_t n)
{
	struct rmk_buf out = {.arena = c->arena};
	struct rmk_json j = {.out = &out};
	struct known all = {c, tables, n};
	struct rmk_describe_known known = {cmd_schema_key_of, &all};
	struct picked *every;
	struct rmk_err err;
	size_t nevery;

	// A reference may lead to a table that is not asked for.
	if (!open_tables(c, NULL, 0, &every, &nevery, &err))
		all = (struct known){c, every, nevery};
	if (n == 1) {
		rmk_describe_frictionless(c->arena,
		    file_schema(c->arena, tables[0].file, tables[0].table), &known, &j,
		    NULL);
	} else {
		rmk_json_object(&j, NULL);
		rmk_json_array(&j, "resources");
		for (size_t i = 0; i < n; i++)
			put_resource(c, &tables[i], &j, &known);
		rmk_json_end(&j);
		rmk_json_end(&j);
	}
	rmk_buf_addc(&out, '\n');
	out_str(rmk_buf_str(&out));
	return FINE;
}

static enum exit_status
cmd_schema_run(struct call *c)
{
	static const struct {
		const char *name;
		enum exit_status (*run)(
		    struct call *c, const struct picked *tables, size_t n);
	} verbs[] = {
	    {"show", cmd_schema_show}, {"infer", infer}, {"export", export_tables}};
	struct picked *tables;
	struct rmk_err err;
	size_t n;

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (!rmk_str_eq(rmk_str_of(c->args[0]), rmk_str_of(verbs[i].name)))
			continue;
		if (open_tables(c, c->args + 1, c->nargs - 1, &tables, &n, &err))
			return complain(&err);
		return verbs[i].run(c, tables, n);
	}
	rmk_fail(&err, RMK_INVALID, "schema: no verb '%s'", c->args[0]);
	rmk_hint(&err, "schema show, schema infer, or schema export");
	return complain(&err);
}

const struct cmd cmd_schema = {
    .name = "schema",
    .args = "show|infer|export [FILE[#TABLE]...]",
    .line = "Say what a table's columns are",
    .about =
	"show lists the columns: their rules, the values of status columns with their "
	"counts,\n"
	"and where the knowledge comes from, a declaration or the data.\n"
	"\n"
	"infer prints a declaration made from the data: the key, the status values in "
	"order\n"
	"with the spellings seen, links, integers, numbers, dates. It says only what "
	"holds "
	"for\n"
	"every cell there is: a status with a value in no known order is left out, with "
	"a\n"
	"note. Tables of two files that are called the same get no name, which would "
	"make "
	"them\n"
	"one. With --write it is put above the table (where there is none yet), in the "
	"file\n"
	"alone.\n"
	"\n"
	"export prints a Frictionless Table Schema; for several tables, a data package.\n"
	"\n"
	"A declaration is a comment above its table. The status column in order, and "
	"what is\n"
	"over without being done:\n"
	"\n"
	"    <!-- rowmark: papers\n"
	"    Paper: key\n"
	"    Read or Not: status = Not read < Reading < Read, closed = Dropped\n"
	"    -->\n"
	"\n"
	"All of it is in rowmark-schema(5).",
    .examples = examples,
    .opts = opts,
    .least = 1,
    .most = SIZE_MAX,
    .pages = true,
    .run = cmd_schema_run,
};
