// The whole file: tables lifted out, the rest merged by lines, tables put back.
//
//	base           ours           theirs
//	## Papers      ## Papers      ## To read       the line merge sees one line
//	<table 1>      <table 1>      <table 1>        where a table is, the same in all
//	text           more text      text             three: it cannot conflict, and goes
//	                                               where its surroundings go
//
// A table that one side deleted and the other edited gets another line on the side that
// edited it, so that the line merge sees the conflict.
//
// Where anything is doubtful the file is merged by lines as it is, as git would.
#include "merge/merge.h"

#include "base/marker.h"
#include "merge/follow.h"
#include "merge/merge_internal.h"
#include "summary/region.h"

#include <string.h>

static void
add_conflict(struct rmk_merge_file *m, struct rmk_str where, struct rmk_str what)
{
	*RMK_PUSH(m->a, m->out->conflicts, m->out->nconflicts,
	    m->conflicts_cap) = (struct rmk_merge_note){where, what};
}

// --- as git would -------------------------------------------------------------------

static enum rmk_code
by_lines(struct rmk_merge_file *m, const char *why, struct rmk_err *err)
{
	enum rmk_code code;
	bool conflicts;

	m->out->nconflicts = m->out->nnotes = 0;
	code = m->opts->lines(
	    m->opts->ctx, m->a, m->texts, m->opts, &m->out->text, &conflicts, err);
	if (code)
		return code;
	if (why)
		rmk_merge_report(m, (struct rmk_str){0}, rmk_str_of(why));
	if (conflicts)
		add_conflict(
		    m, (struct rmk_str){0}, RMK_STR("lines changed on both sides"));
	return RMK_OK;
}

static uint32_t
marker_size(const struct rmk_merge_opts *opts)
{
	return opts->marker_size ? opts->marker_size : 7;
}

// A line that opens ('<') or closes ('>') a conflict, of this size or larger.
static bool
merge_is_marker(struct rmk_str line, char c, uint32_t size)
{
	size_t run;

	return rmk_marker_of(line, &run) == c && run >= size;
}

static bool
merge_has_markers(struct rmk_str text, char c, uint32_t size)
{
	for (size_t at = 0, next; at < text.n; at += next + 1) {
		next = rmk_str_chr(rmk_str_from(text, at), c);
		if (next == RMK_NONE)
			return false;
		if ((at + next == 0 || text.s[at + next - 1] == '\n') &&
		    merge_is_marker(rmk_str_from(text, at + next), c, size))
			return true;
	}
	return false;
}

static const char *
parse_all(struct rmk_merge_file *m)
{
	static const char *const side[] = {"the base", "ours", "theirs"};

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		enum rmk_code code;
		struct rmk_err err;

		if (rmk_str_chr(m->texts[v], RMK_MERGE_MARK) != RMK_NONE)
			return "a version holds a control character";
		if (merge_has_markers(m->texts[v], '<', marker_size(m->opts)) ||
		    merge_has_markers(m->texts[v], '>', marker_size(m->opts)))
			return "a version holds conflict markers";
		code = v ? rmk_doc_parse_beside(
			       m->a, m->docs[RMK_BASE], m->texts[v], &m->docs[v], &err)
		         : rmk_doc_parse(
			       m->a, m->path, m->texts[v], 0, &m->docs[v], &err);
		if (code)
			return rmk_str_c(
			    m->a, rmk_str_printf(m->a, "%s: %s", side[v], err.msg));
		rmk_merge_close_gaps(m->a, &m->docs[v], &m->gaps[v]);
	}
	return NULL;
}

// --- and back -----------------------------------------------------------------------

// Where a merged table came to stand.
struct place {
	size_t extracted;
	size_t at; // byte of the result
};

struct result {
	struct rmk_buf text;
	struct place *places;
	size_t nplaces, cap;
	bool inside; // between markers of the line merge
	bool nested; // a table with markers of its own is there: no one could read it
};

static bool
has_conflicts(const struct rmk_plan *p)
{
	if (p->header.fate == RMK_FATE_CONFLICT)
		return true;
	for (size_t i = 0; i < p->norder; i++) {
		if (p->rows[p->order[i]].fate == RMK_FATE_CONFLICT)
			return true;
	}
	return false;
}

static void
merge_put_text(struct rmk_merge_file *m, struct result *r, struct rmk_str text)
{
	rmk_buf_add(&r->text, text);
	while (text.n) {
		size_t nl = rmk_str_chr(text, '\n');

		if (merge_is_marker(text, '<', marker_size(m->opts)))
			r->inside = true;
		else if (merge_is_marker(text, '>', marker_size(m->opts)))
			r->inside = false;
		if (nl == RMK_NONE)
			break;
		text = rmk_str_from(text, nl + 1);
	}
}

static void
merge_put_table(
    struct rmk_merge_file *m, struct result *r, size_t which, enum rmk_resolve resolve)
{
	const struct rmk_extracted *l = &m->extracted[which];

	*RMK_PUSH(m->a, r->places, r->nplaces, r->cap) = (struct place){which, r->text.n};
	r->nested |= r->inside && l->plan && has_conflicts(l->plan);
	if (l->plan)
		rmk_plan_write(&r->text, l->plan, m->opts, resolve);
	else
		rmk_gaps_write(
		    &r->text, l->only.doc, l->only.gaps, rmk_merge_span(l->only.t));
}

// For what the sides made of base, so that it is not copied while it grows.
static void
make_room(const struct rmk_merge_file *m, struct rmk_buf *text)
{
	size_t base = m->texts[RMK_BASE].n, ours = m->texts[RMK_OURS].n;
	size_t theirs = m->texts[RMK_THEIRS].n;

	text->cap = 4096 + (ours > base ? ours - base : 0) +
	            (theirs > base ? theirs - base : 0) + base;
	text->s = rmk_arena_alloc(m->a, text->cap);
}

// A skeleton with its tables put back. False when a mark is not one of ours.
static bool
merge_fill(struct rmk_merge_file *m, struct rmk_str skel, enum rmk_resolve resolve,
    struct result *r)
{
	*r = (struct result){.text = {.arena = m->a}};
	make_room(m, &r->text);
	for (size_t at = 0; at < skel.n;) {
		struct rmk_str rest = rmk_str_from(skel, at);
		size_t open = rmk_str_chr(rest, RMK_MERGE_MARK), len;
		uint32_t which;

		if (open == RMK_NONE) {
			merge_put_text(m, r, rest);
			return true;
		}
		merge_put_text(m, r, rmk_str_part(rest, 0, open));
		rest = rmk_str_from(rest, open + 1);
		len = rmk_str_chr(rest, RMK_MERGE_MARK);
		if (len == RMK_NONE ||
		    !rmk_str_to_u32(rmk_str_part(rest, 0, len), &which) ||
		    which >= m->nextracted)
			return false;
		merge_put_table(m, r, which, resolve);
		at += open + 1 + len + 1;
	}
	return true;
}

// --- held against the three versions ------------------------------------------------

static const char *
merge_check_tables(
    struct rmk_merge_file *m, const struct result *r, enum rmk_resolve resolve)
{
	struct rmk_str text = rmk_buf_str(&r->text);
	struct rmk_doc *doc;
	struct rmk_err err;
	size_t t = 0;

	if (rmk_doc_parse_beside(m->a, m->docs[RMK_BASE], text, &doc, &err))
		return "the result cannot be read";
	m->checked = doc;
	for (size_t i = 0; i < r->nplaces; i++) {
		const struct rmk_plan *plan = m->extracted[r->places[i].extracted].plan;
		const char *wrong;

		while (
		    t < doc->ntables && doc->tables[t].header.span.at < r->places[i].at)
			t++;
		if (t == doc->ntables || doc->tables[t].header.span.at != r->places[i].at)
			return "a table of the result is none";
		if (!plan)
			continue;
		wrong = rmk_plan_check_result(plan, doc, &doc->tables[t], resolve);
		if (wrong)
			return wrong;
	}
	return NULL;
}

// Every merged table is in the result; and once, but between markers, where both
// sides may show it.
static bool
all_there(const struct rmk_merge_file *m, const struct result *r, bool once)
{
	unsigned char *times = rmk_arena_zero(m->a, m->nextracted, 1);

	for (size_t i = 0; i < r->nplaces; i++) {
		if (times[r->places[i].extracted] && once)
			return false;
		times[r->places[i].extracted] = 1;
	}
	for (size_t i = 0; i < m->nextracted; i++) {
		if (m->extracted[i].plan && !times[i])
			return false;
	}
	return true;
}

static const char *
merge_check(struct rmk_merge_file *m, struct rmk_str skel, enum rmk_resolve resolve,
    struct result *r)
{
	if (!merge_fill(m, skel, resolve, r) || !all_there(m, r, true))
		return "a table would be lost or doubled";
	return merge_check_tables(m, r, resolve);
}

// Text between markers cannot be parsed; but each side's choice can. checked: what was looked at
// first.
static const char *
merge_check_all(struct rmk_merge_file *m, struct rmk_str merged, bool text_conflicts,
    struct result *checked)
{
	struct result other;
	const char *wrong;

	if (!text_conflicts) {
		wrong = merge_check(m, merged, RMK_TAKE_OURS, checked);
		if (!wrong && m->out->nconflicts)
			wrong = merge_check(m, merged, RMK_TAKE_THEIRS, &other);
		return wrong;
	}
	wrong = merge_check(m, m->skeletons[RMK_OURS], RMK_TAKE_OURS, checked);
	return wrong ? wrong
	             : merge_check(m, m->skeletons[RMK_THEIRS], RMK_TAKE_THEIRS, &other);
}

// Whether what was checked is what is written: no markers, and no blank lines to put back.
static bool
is_checked_text(const struct rmk_merge_file *m, bool text_conflicts)
{
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		if (m->gaps[v].n)
			return false;
	}
	return !text_conflicts && m->out->nconflicts == 0;
}

// --- all of it ----------------------------------------------------------------------

static void
list_conflicts(struct rmk_merge_file *m)
{
	for (size_t i = 0; i < m->nextracted; i++) {
		const struct rmk_plan *p = m->extracted[i].plan;
		struct rmk_row_names names[3] = {0};

		if (p && p->header.fate == RMK_FATE_CONFLICT)
			add_conflict(m, m->extracted[i].name, p->header.why);
		for (size_t r = 0; p && r < p->norder; r++) {
			const struct rmk_merge_row *row = &p->rows[p->order[r]];

			if (row->fate == RMK_FATE_CONFLICT)
				add_conflict(m,
				    rmk_str_printf(m->a, "%.*s %.*s",
					RMK_FMT(m->extracted[i].name),
					RMK_FMT(rmk_plan_name(p, row, names))),
				    row->why);
		}
	}
}

static bool
has_tables(const struct rmk_merge_file *m)
{
	return m->docs[RMK_BASE]->ntables + m->docs[RMK_OURS]->ntables +
	           m->docs[RMK_THEIRS]->ntables >
	       0;
}

// Tables lifted out, lines merged, tables put back. *why is set where that will not do.
static enum rmk_code
by_rows(struct rmk_merge_file *m, const char **why, struct rmk_err *err)
{
	struct rmk_str merged;
	struct result r;
	bool conflicts;
	enum rmk_code code;

	rmk_merge_extract(m);
	code = m->opts->lines(
	    m->opts->ctx, m->a, m->skeletons, m->opts, &merged, &conflicts, err);
	if (code)
		return code;
	m->rows_moved = rmk_merge_rows_moved(m, conflicts);
	if (m->rows_moved) {
		*why = "one side took a row to another table, the other changed it";
		return RMK_OK;
	}
	list_conflicts(m);
	*why = merge_check_all(m, merged, conflicts, &r);
	if (*why)
		return RMK_OK;
	if (!is_checked_text(m, conflicts) &&
	    (!merge_fill(m, merged, RMK_WRITE_MARKERS, &r) ||
		!all_there(m, &r, !conflicts)))
		*why = "a table would be lost";
	else if (r.nested)
		*why = "the text around a table conflicts as well as its rows";
	if (conflicts)
		add_conflict(m, (struct rmk_str){0},
		    RMK_STR("lines around the tables changed on both sides"));
	m->out->text = rmk_buf_str(&r.text);
	return RMK_OK;
}

// What git itself decides without looking inside.
static const struct rmk_str *
trivial(const struct rmk_str texts[3])
{
	if (rmk_str_eq(texts[RMK_OURS], texts[RMK_THEIRS]) ||
	    rmk_str_eq(texts[RMK_BASE], texts[RMK_THEIRS]))
		return &texts[RMK_OURS];
	return rmk_str_eq(texts[RMK_BASE], texts[RMK_OURS]) ? &texts[RMK_THEIRS] : NULL;
}

// Everything in which the sides differ is a conflict.
static enum rmk_code
by_hand(struct rmk_merge_file *m, const char *why, struct rmk_err *err)
{
	m->texts[RMK_BASE] = (struct rmk_str){"", 0};
	return by_lines(m, why, err);
}

static enum rmk_code
merge_parsed(struct rmk_merge_file *m, struct rmk_err *err)
{
	const char *why = NULL;
	enum rmk_code code = by_rows(m, &why, err);

	if (!code && !why && m->out->nconflicts == 0)
		why = rmk_merge_facts(m, m->out->text, !rmk_merge_is_plain(m));
	if (code || !why)
		return code;
	code = by_lines(m, why, err);
	if (code || m->out->nconflicts || !rmk_merge_facts(m, m->out->text, true))
		return code;
	return by_hand(m, why, err); // not even lines can be trusted
}

// Whether the other way round gives the same rows too.
static enum rmk_code
is_mirrored(struct rmk_merge_file *m, bool *same, struct rmk_err *err)
{
	struct rmk_merge out = {0};
	struct rmk_merge_file back = {.a = m->a,
	    .path = m->path,
	    .opts = m->opts,
	    .out = &out,
	    .texts = {m->texts[RMK_BASE], m->texts[RMK_THEIRS], m->texts[RMK_OURS]},
	    .docs = {m->docs[RMK_BASE], m->docs[RMK_THEIRS], m->docs[RMK_OURS]},
	    .gaps = {m->gaps[RMK_BASE], m->gaps[RMK_THEIRS], m->gaps[RMK_OURS]}};
	enum rmk_code code = merge_parsed(&back, err);

	*same = !code && out.nconflicts == 0 &&
	        rmk_merge_same_rows(m, m->out->text, out.text);
	return code;
}

static enum rmk_code
merge_all(struct rmk_merge_file *m, struct rmk_err *err)
{
	const char *why = parse_all(m);
	enum rmk_code code;
	bool same;

	if (why)
		return by_lines(m, why, err);
	if (!has_tables(m))
		return by_lines(m, NULL, err);
	code = merge_parsed(m, err);
	if (code || m->out->nconflicts || rmk_merge_is_plain(m))
		return code;
	code = is_mirrored(m, &same, err);
	if (code || same)
		return code;
	return by_hand(m, "the other way round it would have other rows", err);
}

// Edits follow the rows that moved, where the merge is clean then.
static enum rmk_code
merge_followed(
    struct rmk_merge_file *m, const struct rmk_str texts[3], struct rmk_err *err)
{
	struct rmk_merge out = {0};
	struct rmk_merge_file again = {
	    .a = m->a, .path = m->path, .opts = m->opts, .out = &out};
	struct rmk_follow_file file = {.path = m->path};
	struct rmk_left_row *left;
	size_t nleft;
	enum rmk_code code;

	memcpy(file.texts, texts, sizeof file.texts);
	if (!rmk_merge_follow(m->a, &file, 1, &left, &nleft))
		return RMK_OK;
	memcpy(again.texts, file.texts, sizeof again.texts);
	code = merge_all(&again, err);
	if (!code && out.nconflicts == 0 && !rmk_merge_facts(m, out.text, true))
		*m->out = out;
	return code;
}

static struct rmk_str
with_end(struct rmk_arena *a, struct rmk_str text, struct rmk_str end)
{
	struct rmk_buf out = {.arena = a};

	if (end.n == 0)
		return text;
	rmk_buf_add(&out, text);
	rmk_buf_add(&out, end);
	return rmk_buf_str(&out);
}

enum rmk_code
rmk_merge_texts(struct rmk_arena *a, struct rmk_str path, const struct rmk_str texts[3],
    const struct rmk_merge_opts *opts, struct rmk_merge *out, struct rmk_err *err)
{
	struct rmk_merge_file m = {.a = a, .path = path, .opts = opts, .out = out};
	const struct rmk_str *changed_alone = trivial(texts);
	struct rmk_str end, levelled[3];
	enum rmk_code code;
	bool regions;

	*out = (struct rmk_merge){0};
	if (changed_alone) {
		out->text = *changed_alone;
		return RMK_OK;
	}
	memcpy(m.texts, texts, sizeof m.texts);
	end = rmk_merge_cut_end(m.texts);
	regions = rmk_merge_level(a, path, opts->view, m.texts);
	memcpy(levelled, m.texts, sizeof levelled);
	code = merge_all(&m, err);
	if (!code && m.rows_moved && out->nconflicts)
		code = merge_followed(&m, levelled, err);
	if (!code)
		out->text = with_end(a, out->text, end);
	if (!code && regions && out->nconflicts == 0)
		out->text = rmk_render_refresh(a, path, out->text, opts->view, NULL);
	return code;
}
