// What can be done at a place, each as edits of exactly the bytes that differ.
//
//	quickfix           a finding mended as check --fix mends it
//	source.fixAll      all of them
//	refactor.rewrite   a status set, a row added or moved to another table, the table aligned or
//	                   declared
//
// Each is tried when it is offered: what the gates refuse is not.
#include "lsp/actions.h"

#include "edit/cell_value.h"
#include "edit/dates.h"
#include "edit/declare.h"
#include "edit/format.h"
#include "edit/new_row.h"
#include "gfm/cells.h"
#include "sql/view.h"
#include "summary/region.h"

#include <time.h>

// As many findings of one line are tried as a menu can show.
#define FIXES_MOST 8
#define STATUSES_MOST 12

static void
actions_add(const struct offer *o, struct actions *all, struct action action)
{
	if (!rmk_str_eq(action.text, lsp_text_str(&o->f->text)))
		*RMK_PUSH(o->a, all->v, all->n, all->cap) = action;
}

void
actions_add_rows(
    const struct offer *o, struct actions *all, struct rmk_str title, struct rmk_str text)
{
	struct rmk_buf why = {.arena = o->a};

	text = rmk_render_refresh(o->a, o->f->name, text, rmk_view_make, &why);
	actions_add(o, all,
	    (struct action){
		"refactor.rewrite", title, text, rmk_str_trim(rmk_buf_str(&why))});
}

// Whether the editor wants a kind, or one above it: "source" wants "source.fixAll" too.
static bool
is_kind_wanted(const struct offer *o, const char *kind)
{
	const struct rmk_json_value *only = rmk_json_member(
	    rmk_json_member(o->m->params, "context"), "only");

	for (size_t i = 0; i < rmk_json_nitems(only); i++) {
		struct rmk_str wanted = rmk_json_text_of(rmk_json_item(only, i));
		struct rmk_str dotted = rmk_str_printf(o->a, "%s.", kind);

		if (wanted.n == 0 ||
		    (rmk_str_starts(dotted, wanted) && dotted.s[wanted.n] == '.'))
			return true;
	}
	return rmk_json_nitems(only) == 0;
}

// --- fixes --------------------------------------------------------------------------------

// A finding is offered on all of its line: few people aim at the byte.
static bool
is_at_offer(const struct offer *o, const struct rmk_finding *finding)
{
	return finding->at.line >= o->from.line + 1 && finding->at.line <= o->to.line + 1;
}

static void
offer_fixes(const struct offer *o, struct actions *all)
{
	const struct rmk_findings *found = &o->f->found;
	struct rmk_check_opts opts = lsp_check_opts(o->f);
	size_t tried = 0;

	for (size_t i = 0; i < found->n && tried < FIXES_MOST; i++) {
		const struct rmk_finding *finding = &found->v[i];
		struct rmk_str text;
		struct rmk_err err;

		if (!(finding->nedits || finding->nsplices) || !is_at_offer(o, finding))
			continue;
		tried++;
		if (rmk_fix_one(o->a, o->f->name, lsp_text_str(&o->f->text), &opts, i,
			&text, &err) == RMK_OK)
			actions_add(o, all,
			    (struct action){"quickfix",
				rmk_str_printf(
				    o->a, "Mend: %.*s", RMK_FMT(finding->message)),
				text, {0}});
	}
}

static void
offer_fix_all(const struct offer *o, struct actions *all)
{
	struct rmk_check_opts opts = lsp_check_opts(o->f);
	struct rmk_str text;
	struct rmk_err err;
	size_t n;

	if (o->f->found.nfixable && rmk_fix(o->a, o->f->name, lsp_text_str(&o->f->text),
					&opts, &text, &n, &err) == RMK_OK)
		actions_add(o, all,
		    (struct action){"source.fixAll",
			RMK_STR("Mend all that can be mended in this file"), text, {0}});
}

// --- statuses -----------------------------------------------------------------------------

static struct rmk_str
today_here(struct lsp_server *s, struct rmk_arena *a)
{
	time_t now = (time_t)s->opts->now();
	struct tm tm;
	char text[40];

	localtime_r(&now, &tm);
	strftime(text, sizeof text, "%Y-%m-%d", &tm);
	return rmk_str_copy(a, rmk_str_of(text));
}

// The cell with its new status, and the dates that are declared to come with it.
static size_t
status_edits(const struct offer *o, const struct lsp_place *p, struct rmk_str content,
    struct rmk_edit *edits)
{
	const struct rmk_schema *schema = lsp_schema(o->f, p->table);
	const struct rmk_row *row = &o->f->doc->tables[p->table].rows[p->row];
	size_t *dates = RMK_NEW_N(o->a, size_t, schema->ncols), n = 1;
	size_t ndates = rmk_dates_due(
	    o->a, schema, p->col, p->raw, rmk_cell_raw(o->a, content), dates);

	edits[0] = (struct rmk_edit){.kind = RMK_EDIT_CELL,
	    .table = p->table,
	    .row = p->row,
	    .col = p->col,
	    .value = content};
	for (size_t i = 0; i < ndates; i++)
		if (rmk_doc_cell(o->f->doc, row, dates[i]).n == 0)
			edits[n++] = (struct rmk_edit){.kind = RMK_EDIT_CELL,
			    .table = p->table,
			    .row = p->row,
			    .col = dates[i],
			    .value = today_here(o->s, o->a)};
	return n;
}

static void
offer_status(const struct offer *o, const struct lsp_place *p, const char *title,
    const struct rmk_term *term, struct actions *all)
{
	const struct rmk_schema *schema = lsp_schema(o->f, p->table);
	const struct rmk_field *field = &schema->fields[p->col];
	struct rmk_edit *edits = RMK_NEW_N(o->a, struct rmk_edit, schema->ncols + 1);
	struct rmk_cell_wish wish = {.typed = term->text};
	struct rmk_str content, text;
	struct rmk_err err;

	if (rmk_cell_value(o->a, field, p->raw, &wish, NULL, &content, &err) ||
	    rmk_edits_apply(
		o->a, o->f->doc, edits, status_edits(o, p, content, edits), &text, &err))
		return;
	actions_add_rows(
	    o, all, rmk_str_printf(o->a, "%s: %.*s", title, RMK_FMT(term->text)), text);
}

static const struct rmk_term *
offer_word(const struct offer *o, const struct lsp_place *p, const char *title,
    enum rmk_progress progress, struct actions *all)
{
	const struct rmk_field *field = &lsp_schema(o->f, p->table)->fields[p->col];
	const struct rmk_term *term;
	struct rmk_err err;

	if (rmk_field_word_for(o->a, field, progress, &term, &err))
		return NULL;
	offer_status(o, p, title, term, all);
	return term;
}

static void
offer_statuses(const struct offer *o, struct lsp_place p, struct actions *all)
{
	const struct rmk_schema *schema = lsp_schema(o->f, p.table);
	const struct rmk_row *row = &o->f->doc->tables[p.table].rows[p.row];
	const struct rmk_term *done, *doing;
	const struct rmk_field *field;

	// In any other cell of the row the one status column is meant.
	if (p.col >= schema->ncols || schema->fields[p.col].type != RMK_STATUS) {
		if (schema->nstatus != 1)
			return;
		p.col = schema->status[0];
		p.raw = rmk_doc_cell(o->f->doc, row, p.col);
	}
	field = &schema->fields[p.col];
	doing = offer_word(o, &p, "Mark as doing", RMK_DOING, all);
	done = offer_word(o, &p, "Mark as done", RMK_DONE, all);
	for (size_t i = 0; i < field->nterms && i < STATUSES_MOST; i++)
		if (&field->terms[i] != done && &field->terms[i] != doing)
			offer_status(o, &p, "Mark as", &field->terms[i], all);
}

// --- the table ----------------------------------------------------------------------------

// A row behind the one at hand: numbers go on, a status is the first one, all else is empty.
static void
offer_row(const struct offer *o, const struct lsp_place *p, struct actions *all)
{
	const struct rmk_doc *doc = o->f->doc;
	const struct rmk_schema *schema = lsp_schema(o->f, p->table);
	struct rmk_str *values = RMK_NEW_N(o->a, struct rmk_str, schema->ncols), text;
	const size_t numbers[] = {schema->key, schema->number};
	struct rmk_edit edit = {.kind = RMK_EDIT_INSERT,
	    .table = p->table,
	    .row = p->row < LSP_HEADER ? p->row + 1 : doc->tables[p->table].nrows,
	    .values = values};
	struct rmk_err err;

	for (size_t i = 0; i < 2; i++)
		if (numbers[i] != RMK_NONE)
			rmk_next_id(o->a, doc, p->table, numbers[i], &values[numbers[i]]);
	for (size_t col = 0; col < schema->ncols; col++)
		if (!values[col].s)
			values[col] = rmk_cell_first(schema, col);
	if (rmk_edits_apply(o->a, doc, &edit, 1, &text, &err) == RMK_OK)
		actions_add_rows(o, all, RMK_STR("Add a row"), text);
}

static void
offer_layout(const struct offer *o, const struct lsp_place *p, struct actions *all)
{
	const struct rmk_doc *doc = o->f->doc;
	struct rmk_str said, text;
	struct rmk_edit edit;
	struct rmk_err err;

	if (rmk_format(o->a, doc, p->table, 1, RMK_FORMAT_ALIGN, &text, &err) == RMK_OK)
		actions_add(o, all,
		    (struct action){
			"refactor.rewrite", RMK_STR("Align this table"), text, {0}});
	if (doc->tables[p->table].decl.len)
		return;
	said = rmk_declaration_infer(o->a, doc, p->table, true);
	edit = rmk_declaration_insert(o->a, doc, p->table, said);
	if (said.n && rmk_edits_apply(o->a, doc, &edit, 1, &text, &err) == RMK_OK)
		actions_add(o, all,
		    (struct action){
			"refactor.rewrite", RMK_STR("Declare this table"), text, {0}});
}

// --- the answer -----------------------------------------------------------------------------

// A command that comes back when the action was taken, and is said then.
static void
put_word(struct rmk_json *j, struct rmk_str why)
{
	rmk_json_object(j, "command");
	rmk_json_cstr(j, "title", "Say what stays as it is");
	rmk_json_cstr(j, "command", LSP_SAY);
	rmk_json_array(j, "arguments");
	rmk_json_text(j, NULL, why);
	rmk_json_end(j);
	rmk_json_end(j);
}

void
lsp_execute_command(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	struct rmk_str command = rmk_json_text_of(rmk_json_member(m->params, "command"));
	struct rmk_str text = rmk_json_text_of(
	    rmk_json_item(rmk_json_member(m->params, "arguments"), 0));

	(void)f;
	if (!rmk_str_eq(command, RMK_STR(LSP_SAY)) || !text.n) {
		rmk_rpc_error(
		    s->rpc, m, RMK_RPC_INVALID_PARAMS, RMK_STR("no such command"));
		return;
	}
	lsp_say(s, text);
	lsp_answer_null(s, m);
}

static void
put_action(const struct offer *o, const struct action *action)
{
	struct rmk_json *j = o->j;

	rmk_json_object(j, NULL);
	rmk_json_text(j, "title", action->title);
	rmk_json_cstr(j, "kind", action->kind);
	lsp_put_change_begin(o->s, j, "edit");
	lsp_put_change_file(o->s, j, o->f, action->text);
	lsp_put_change_end(j);
	if (action->why.n)
		put_word(j, action->why);
	rmk_json_end(j);
}

static void
gather_actions(const struct offer *o, struct actions *all)
{
	struct lsp_place p;

	lsp_look(o->f);
	if (is_kind_wanted(o, "quickfix"))
		offer_fixes(o, all);
	if (is_kind_wanted(o, "source.fixAll"))
		offer_fix_all(o, all);
	p = lsp_place_at(o->f, lsp_text_at(&o->f->text, o->from));
	if (p.table == RMK_NONE || !is_kind_wanted(o, "refactor.rewrite"))
		return;
	if (p.row < LSP_HEADER) {
		offer_statuses(o, p, all);
		offer_moves(o, &p, all);
	}
	if (!p.declares)
		offer_row(o, &p, all);
	offer_layout(o, &p, all);
}

void
lsp_code_action(struct lsp_server *s, struct rmk_rpc_message *m, struct lsp_file *f)
{
	const struct rmk_json_value *range = rmk_json_member(m->params, "range");
	struct offer o = {.s = s, .m = m, .f = f, .a = &m->arena};
	struct actions all = {0};

	o.from = lsp_position_of(rmk_json_member(range, "start"));
	o.to = lsp_position_of(rmk_json_member(range, "end"));
	if (s->literals)
		gather_actions(&o, &all);
	o.j = rmk_rpc_result(s->rpc, m);
	rmk_json_array(o.j, "result");
	for (size_t i = 0; i < all.n; i++)
		put_action(&o, &all.v[i]);
	rmk_json_end(o.j);
	rmk_rpc_send(s->rpc);
}
