// A plan for one table, step by step.
#include "merge/plan.h"

#include "base/map.h"
#include "diff/match_pairs.h"
#include "table/value.h"

// Whose layout counts: ours, unless ours left the delimiter row alone and theirs did not,
// as a formatter does.
static enum rmk_version
choose_style(const struct rmk_plan *p)
{
	struct rmk_str line[3];

	if (!p->v[RMK_BASE].t)
		return RMK_OURS;
	for (int v = RMK_BASE; v <= RMK_THEIRS; v++)
		line[v] = rmk_doc_str(p->v[v].doc, p->v[v].t->delim.span);
	return rmk_str_eq(line[RMK_OURS], line[RMK_BASE]) &&
	               !rmk_str_eq(line[RMK_THEIRS], line[RMK_BASE])
	           ? RMK_THEIRS
	           : RMK_OURS;
}

static bool
has_news(const struct rmk_table_match *m)
{
	return rmk_pairs_some_left(m->rows.to_old, m->rows.nnew) ||
	       rmk_pairs_some_left(m->cols.to_old, m->cols.nnew);
}

// Two sides that name their rows by different columns have no name in common.
static size_t
sides_key(const struct rmk_plan *p)
{
	return p->ours.old_key == p->theirs.old_key ? p->ours.new_key : RMK_NO_KEY;
}

static void
match_with_base(struct rmk_plan *p, size_t key, bool sound)
{
	const struct rmk_merge_table *b = &p->v[RMK_BASE], *o = &p->v[RMK_OURS];
	const struct rmk_merge_table *t = &p->v[RMK_THEIRS];

	p->ours = rmk_match_for_merge(
	    p->a, b->doc, b->index, o->doc, o->index, key, sound, p->known);
	p->theirs = rmk_match_for_merge(
	    p->a, b->doc, b->index, t->doc, t->index, key, sound, p->known);
}

// Both sides have one key, and it names the rows of all three versions, or of none.
static bool
agree_on_key(const struct rmk_plan *p)
{
	return p->ours.old_key == p->theirs.old_key &&
	       p->ours.key_sound == p->theirs.key_sound;
}

// What names the rows in one side only names none: the key is one that is sound in all three, or
// the first of the two, not trusted. The sides are asked alike, so that it does not matter which
// of them is ours.
static void
match_with_one_key(struct rmk_plan *p)
{
	const size_t o = p->ours.old_key, t = p->theirs.old_key;
	const size_t keys[2] = {o < t ? o : t, o < t ? t : o};

	for (size_t i = 0; i < 2; i++) {
		if (keys[i] == RMK_NONE)
			continue;
		match_with_base(p, keys[i], true);
		if (agree_on_key(p) && p->ours.key_sound)
			return;
	}
	match_with_base(p, keys[0], false);
}

// The column by which people name the rows of base, if it names each once in all three versions;
// else one that does.
static void
match_sides_with_base(struct rmk_plan *p)
{
	const struct rmk_merge_table *b = &p->v[RMK_BASE];

	match_with_base(p, rmk_schema_of(p->a, b->doc, b->index)->key, true);
	if (agree_on_key(p) && p->ours.key_sound)
		return;
	match_with_base(p, RMK_NONE, true);
	if (!agree_on_key(p))
		match_with_one_key(p);
}

// The key of a table that both sides added, as a column of ours: where they name rows by different
// columns, none.
static size_t
key_of_added(const struct rmk_plan *p)
{
	const struct rmk_merge_table *o = &p->v[RMK_OURS], *t = &p->v[RMK_THEIRS];
	size_t ours = rmk_schema_of(p->a, o->doc, o->index)->key;
	size_t theirs = rmk_schema_of(p->a, t->doc, t->index)->key;

	if (ours == RMK_NONE || theirs == RMK_NONE ||
	    !rmk_str_eq(rmk_value_key(p->a, rmk_doc_cell(o->doc, &o->t->header, ours)),
		rmk_value_key(p->a, rmk_doc_cell(t->doc, &t->t->header, theirs))))
		return RMK_NO_KEY;
	return ours;
}

// Ours is held against theirs only where both have what base has not.
static void
match_versions(struct rmk_plan *p)
{
	const struct rmk_merge_table *o = &p->v[RMK_OURS], *t = &p->v[RMK_THEIRS];
	bool base = p->v[RMK_BASE].t;

	if (base) {
		match_sides_with_base(p);
		p->key[RMK_BASE] = p->ours.old_key;
		p->key[RMK_OURS] = p->ours.new_key;
		p->key[RMK_THEIRS] = p->theirs.new_key;
		if (p->ours.unsure || p->theirs.unsure)
			p->undecided = "it has equal rows that cannot be told apart";
		if (!has_news(&p->ours) || !has_news(&p->theirs))
			return;
	}
	p->sides = rmk_match_for_merge(p->a, o->doc, o->index, t->doc, t->index,
	    base ? sides_key(p) : key_of_added(p),
	    !base || (p->ours.key_sound && p->theirs.key_sound), p->known);
	if (!base) {
		p->key[RMK_OURS] = p->sides.old_key;
		p->key[RMK_THEIRS] = p->sides.new_key;
	}
	if (p->sides.unsure)
		p->undecided = "it has equal rows that cannot be told apart";
}

// What is known of the keys is needed no longer than until all are matched.
static void
match_with_memory(struct rmk_plan *p)
{
	struct rmk_arena scratch = {.oom = p->a->oom, .ctx = p->a->ctx};
	struct rmk_known_keys known = {.index = {.arena = &scratch}};

	p->known = &known;
	match_versions(p);
	p->known = NULL;
	rmk_arena_free(&scratch);
}

static bool
has_label(const struct rmk_plan *p, enum rmk_version v, struct rmk_str key)
{
	size_t n = 0;

	for (size_t c = 0; c < p->v[v].t->ncols; c++)
		n += rmk_str_eq(key, rmk_value_key(p->a, rmk_doc_cell(p->v[v].doc,
							     &p->v[v].t->header, c)));
	return n > 1;
}

// Two columns of one label, though no side has two.
static bool
doubles_label(const struct rmk_plan *p)
{
	struct rmk_map seen = {.arena = p->a};

	for (size_t c = 0; c < p->ncols; c++) {
		struct rmk_str key = rmk_value_key(
		    p->a, rmk_plan_value(p, &p->header, c));
		size_t *at = rmk_map_put(&seen, key);

		if (*at != RMK_NONE && key.n && !has_label(p, RMK_OURS, key) &&
		    !has_label(p, RMK_THEIRS, key))
			return true;
		*at = c;
	}
	return false;
}

// Whether a version has a column that neither base nor the other side has.
static bool
has_new_column(const struct rmk_plan *p, enum rmk_version v)
{
	for (size_t c = 0; c < p->ncols; c++) {
		if (p->cols[c].at[RMK_BASE] == RMK_NONE &&
		    p->cols[c].at[rmk_other_side(v)] == RMK_NONE)
			return true;
	}
	return false;
}

static bool
renamed_column(const struct rmk_plan *p, enum rmk_version v, size_t base, size_t is)
{
	return !rmk_str_eq(rmk_value_key(p->a, rmk_doc_cell(p->v[RMK_BASE].doc,
						   &p->v[RMK_BASE].t->header, base)),
	    rmk_value_key(p->a, rmk_doc_cell(p->v[v].doc, &p->v[v].t->header, is)));
}

// A column that is gone from both sides, of which one has a new one: it may have been renamed
// there. Or it is gone from one, and the other renamed it.
static const char *
column_conflict(const struct rmk_plan *p)
{
	if (!p->v[RMK_BASE].t &&
	    (has_new_column(p, RMK_OURS) || has_new_column(p, RMK_THEIRS)))
		return "both sides added it, with different columns";
	for (size_t b = 0; p->v[RMK_BASE].t && b < p->v[RMK_BASE].t->ncols; b++) {
		size_t o = p->ours.cols.to_new[b], t = p->theirs.cols.to_new[b];

		if (o == RMK_NONE && t == RMK_NONE &&
		    (has_new_column(p, RMK_OURS) || has_new_column(p, RMK_THEIRS)))
			return "a column is gone from both sides, or one renamed it";
		if ((o == RMK_NONE) != (t == RMK_NONE) &&
		    (o == RMK_NONE ? renamed_column(p, RMK_THEIRS, b, t)
				   : renamed_column(p, RMK_OURS, b, o)))
			return "one side removed a column, the other renamed it";
	}
	return NULL;
}

static struct rmk_str
heading_in(const struct rmk_plan *p, enum rmk_version v)
{
	size_t h = p->v[v].t->heading;

	return h == RMK_NONE ? (struct rmk_str){0} : p->v[v].doc->headings[h].text;
}

// Whether version v has a row that is certainly one of base, and whether it has a new one.
static void
look_for_rows(const struct rmk_plan *p, enum rmk_version v, bool *of_base, bool *new_)
{
	*of_base = *new_ = false;
	for (size_t r = 0; r < p->v[v].t->nrows && !(*of_base && *new_); r++) {
		const struct rmk_merge_row *row = &p->rows[p->owner[v][r]];

		*new_ |= row->at[RMK_BASE] == RMK_NONE;
		*of_base |= row->at[RMK_BASE] != RMK_NONE && !row->guessed[v];
	}
}

// Nothing says that a table without rows of base is the same under another heading.
static bool
renamed_when_empty(const struct rmk_plan *p)
{
	bool of_base[3], new_[3];

	if (!p->v[RMK_BASE].t)
		return false;
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++)
		look_for_rows(p, (enum rmk_version)v, &of_base[v], &new_[v]);
	for (int v = RMK_OURS; v <= RMK_THEIRS; v++) {
		if (!of_base[v] && new_[rmk_other_side((enum rmk_version)v)] &&
		    !rmk_str_eq(
			heading_in(p, RMK_BASE), heading_in(p, (enum rmk_version)v)))
			return true;
	}
	return false;
}

static const char *
header_conflict(const struct rmk_plan *p)
{
	if (p->ncols == 0)
		return "no column would be left";
	if (p->header.fate == RMK_FATE_CONFLICT &&
	    !(p->same_shape[RMK_OURS] && p->same_shape[RMK_THEIRS]))
		return "both sides changed its header row";
	if (p->header.fate == RMK_FATE_KEEP && doubles_label(p))
		return "both sides have a new column of one name";
	if (rmk_plan_doubt_columns(p))
		return "one side renamed a column or put another in its place, the other "
		       "wrote "
		       "in it";
	if (renamed_when_empty(p))
		return "a table without rows of before has another heading on one side, "
		       "and new rows on the other";
	return column_conflict(p);
}

struct rmk_plan *
rmk_plan_new(struct rmk_arena *a, const struct rmk_merge_table v[3])
{
	struct rmk_plan *p = RMK_NEW(a, struct rmk_plan);

	p->a = a;
	for (int i = RMK_BASE; i <= RMK_THEIRS; i++) {
		p->v[i] = v[i];
		if (!v[i].t)
			continue;
		if (v[i].t->read_only)
			p->undecided = v[i].t->read_only;
		if (v[i].t->decl.len)
			p->schema[i] = rmk_schema_of(a, v[i].doc, v[i].index);
	}
	if (!p->undecided)
		match_with_memory(p);
	if (p->undecided)
		return p;
	rmk_plan_cols(p);
	p->style = choose_style(p);
	rmk_plan_rows(p);
	if (!p->undecided)
		p->undecided = header_conflict(p);
	if (p->undecided)
		return p;
	rmk_plan_order(p);
	rmk_plan_gaps(p);
	p->undecided = rmk_plan_check(p);
	return p;
}
