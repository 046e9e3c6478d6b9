// Tables extracted out of the three versions, and what is left: the skeletons.
//
// A table that one side deleted and the other edited gets another line on the side that
// edited it, so that the line merge sees the conflict. A table that cannot be merged by
// rows stays in the text, and a note says why.
#include "merge/merge_internal.h"

#include "base/map.h"
#include "diff/match_pairs.h"

void
rmk_merge_report(struct rmk_merge_file *m, struct rmk_str where, struct rmk_str what)
{
	*RMK_PUSH(m->a, m->out->notes, m->out->nnotes,
	    m->notes_cap) = (struct rmk_merge_note){where, what};
}

// --- which tables are extracted --------------------------------------------------------

static struct rmk_merge_table
extract_tables_table_of(const struct rmk_merge_file *m, enum rmk_version v, size_t t)
{
	return (struct rmk_merge_table){
	    m->docs[v], t == RMK_NONE ? NULL : &m->docs[v]->tables[t], t, &m->gaps[v]};
}

static struct rmk_str
extract_tables_name_of(struct rmk_merge_file *m, enum rmk_version v, size_t t)
{
	const struct rmk_doc *doc = m->docs[v];
	const struct rmk_table *table = &doc->tables[t];

	if (table->heading == RMK_NONE)
		return rmk_str_printf(m->a, "#%u", table->number);
	return rmk_str_printf(
	    m->a, "#%.*s", RMK_FMT(doc->headings[table->heading].anchor));
}

static size_t
lift(struct rmk_merge_file *m, struct rmk_extracted l)
{
	*RMK_PUSH(m->a, m->extracted, m->nextracted, m->extracted_cap) = l;
	return m->nextracted - 1;
}

// The first cell of a row that says which row it is; empty: none does.
static struct rmk_str
word_of_row(const struct rmk_doc *doc, const struct rmk_row *row)
{
	for (size_t i = 0; i < row->ncells; i++) {
		struct rmk_str cell = rmk_doc_str(doc, row->cells[i]);

		if (rmk_merge_identifies(cell))
			return cell;
	}
	return (struct rmk_str){0};
}

// Whether a table holds a row of another one.
static bool
holds_a_row(struct rmk_arena *a, const struct rmk_doc *of, const struct rmk_table *t,
    const struct rmk_doc *in, const struct rmk_table *u)
{
	struct rmk_arena_mark mark = rmk_arena_mark(a);
	struct rmk_map rows = {.arena = a};
	bool holds = false;

	for (size_t r = 0; r < t->nrows; r++)
		*rmk_map_put(&rows, word_of_row(of, &t->rows[r])) = r;
	for (size_t r = 0; r < u->nrows && !holds; r++) {
		struct rmk_str word = word_of_row(in, &u->rows[r]);

		holds = word.n && rmk_map_get(&rows, word) != RMK_NONE;
	}
	rmk_arena_reset(a, mark);
	return holds;
}

static struct rmk_str
split_heading_text(const struct rmk_doc *doc, size_t t)
{
	size_t h = doc->tables[t].heading;

	return h == RMK_NONE ? (struct rmk_str){0} : doc->headings[h].text;
}

// Whether a side took rows of a table under another heading, where it is the same table, and left
// others under the old one: which of the two the other side's new rows are for nobody knows.
static bool
was_split(struct rmk_merge_file *m, size_t base, enum rmk_version v, size_t t,
    const struct rmk_pairs *tables)
{
	const struct rmk_doc *b = m->docs[RMK_BASE], *side = m->docs[v];
	struct rmk_str was = split_heading_text(b, base);

	if (rmk_str_eq(was, split_heading_text(side, t)))
		return false;
	for (size_t u = 0; u < side->ntables; u++) {
		if (tables->to_old[u] == RMK_NONE &&
		    rmk_str_eq(was, split_heading_text(side, u)) &&
		    holds_a_row(m->a, b, &b->tables[base], side, &side->tables[u]))
			return true;
	}
	return false;
}

static void
extract_merged(struct rmk_merge_file *m, size_t base, size_t ours, size_t theirs)
{
	const struct rmk_merge_table v[3] = {extract_tables_table_of(m, RMK_BASE, base),
	    extract_tables_table_of(m, RMK_OURS, ours),
	    extract_tables_table_of(m, RMK_THEIRS, theirs)};
	struct rmk_plan *plan = rmk_plan_new(m->a, v);
	struct rmk_str name = extract_tables_name_of(m, RMK_OURS, ours);
	size_t at;

	if (plan->undecided) {
		rmk_merge_report(m, name, rmk_str_of(plan->undecided));
		return;
	}
	at = lift(m, (struct rmk_extracted){.plan = plan, .name = name});
	if (base != RMK_NONE)
		m->line_of[RMK_BASE][base] = at;
	m->line_of[RMK_OURS][ours] = m->line_of[RMK_THEIRS][theirs] = at;
}

// Whether any cell of a table of base is another one in version v.
static bool
is_edited(struct rmk_merge_file *m, enum rmk_version v, size_t base, size_t t)
{
	struct rmk_table_match match = rmk_match_table(
	    m->a, m->docs[RMK_BASE], base, m->docs[v], t);
	const struct rmk_table *was = &m->docs[RMK_BASE]->tables[base];
	const struct rmk_table *is = &m->docs[v]->tables[t];

	if (was->ncols != is->ncols || was->nrows != is->nrows)
		return true;
	for (size_t r = 0; r <= was->nrows; r++) {
		const struct rmk_row *rw = r < was->nrows ? &was->rows[r] : &was->header;
		const struct rmk_row *ri = r < is->nrows ? &is->rows[r] : &is->header;

		if (r < was->nrows && match.rows.to_new[r] != r)
			return true;
		for (size_t c = 0; c < rw->ncells || c < ri->ncells; c++) {
			if (!rmk_str_eq(rmk_doc_cell(m->docs[RMK_BASE], rw, c),
				rmk_doc_cell(m->docs[v], ri, c)))
				return true;
		}
	}
	return false;
}

// One side deleted it. Untouched by the other, it has the line of base and goes.
static void
extract_deleted(struct rmk_merge_file *m, size_t base, enum rmk_version v, size_t t)
{
	struct rmk_extracted l = {.only = extract_tables_table_of(m, RMK_BASE, base),
	    .name = extract_tables_name_of(m, v, t)};

	m->line_of[RMK_BASE][base] = m->line_of[v][t] = lift(m, l);
	if (is_edited(m, v, base, t)) {
		m->extracted[m->line_of[v][t]].deleted_by = rmk_other_side(v);
		l.only = extract_tables_table_of(m, v, t);
		m->line_of[v][t] = lift(m, l);
	}
}

static void
extract_tables(struct rmk_merge_file *m)
{
	struct rmk_pairs ours = rmk_match_tables(
	    m->a, m->docs[RMK_BASE], m->docs[RMK_OURS]);
	struct rmk_pairs theirs = rmk_match_tables(
	    m->a, m->docs[RMK_BASE], m->docs[RMK_THEIRS]);
	struct rmk_pairs sides = {0};

	for (int v = RMK_BASE; v <= RMK_THEIRS; v++) {
		m->line_of[v] = RMK_NEW_N(m->a, size_t, m->docs[v]->ntables);
		for (size_t t = 0; t < m->docs[v]->ntables; t++)
			m->line_of[v][t] = RMK_NONE;
	}
	for (size_t b = 0; b < ours.nold; b++) {
		size_t o = ours.to_new[b], t = theirs.to_new[b];

		if (o != RMK_NONE && t != RMK_NONE &&
		    (was_split(m, b, RMK_OURS, o, &ours) ||
			was_split(m, b, RMK_THEIRS, t, &theirs)))
			rmk_merge_report(m, extract_tables_name_of(m, RMK_BASE, b),
			    RMK_STR("one side split it"));
		else if (o != RMK_NONE && t != RMK_NONE)
			extract_merged(m, b, o, t);
		else if (o != RMK_NONE)
			extract_deleted(m, b, RMK_OURS, o);
		else if (t != RMK_NONE)
			extract_deleted(m, b, RMK_THEIRS, t);
	}
	if (rmk_pairs_some_left(ours.to_old, ours.nnew) &&
	    rmk_pairs_some_left(theirs.to_old, theirs.nnew))
		sides = rmk_match_tables(m->a, m->docs[RMK_OURS], m->docs[RMK_THEIRS]);
	for (size_t o = 0; o < sides.nold; o++) {
		size_t t = sides.to_new[o];

		if (ours.to_old[o] == RMK_NONE && t != RMK_NONE &&
		    theirs.to_old[t] == RMK_NONE)
			extract_merged(m, RMK_NONE, o, t);
	}
}

// --- the skeletons ------------------------------------------------------------------

struct rmk_span
rmk_merge_span(const struct rmk_table *t)
{
	const struct rmk_row *last = t->nrows ? &t->rows[t->nrows - 1] : &t->delim;

	return (struct rmk_span){
	    t->header.span.at, last->span.at + last->span.len - t->header.span.at};
}

static struct rmk_str
skeleton(struct rmk_merge_file *m, enum rmk_version v)
{
	struct rmk_buf out = {.arena = m->a};
	const struct rmk_doc *doc = m->docs[v];
	uint32_t at = 0;

	for (size_t t = 0; t < doc->ntables; t++) {
		struct rmk_span span = rmk_merge_span(&doc->tables[t]);

		if (m->line_of[v][t] == RMK_NONE)
			continue;
		rmk_gaps_write(
		    &out, doc, &m->gaps[v], (struct rmk_span){at, span.at - at});
		rmk_buf_printf(
		    &out, "%c%zu%c", RMK_MERGE_MARK, m->line_of[v][t], RMK_MERGE_MARK);
		at = span.at + span.len;
	}
	rmk_gaps_write(
	    &out, doc, &m->gaps[v], (struct rmk_span){at, (uint32_t)doc->text.n - at});
	return rmk_buf_str(&out);
}

void
rmk_merge_extract(struct rmk_merge_file *m)
{
	extract_tables(m);
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		m->skeletons[v] = skeleton(m, (enum rmk_version)v);
}
