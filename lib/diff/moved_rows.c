// Rows that left one table for another: see moved_rows.h.
#include "diff/moved_rows.h"

#include "base/map.h"
#include "table/value.h"

#define TWICE (RMK_NONE - 1)

struct moved_place {
	size_t file, table, row;
	size_t pair; // which of the file's pairs of tables
	bool joined;
};

// The rows that went, or that came.
struct moved_side {
	struct moved_place *v;
	size_t n, cap;
};

struct moved_search {
	struct rmk_arena *a;
	const struct rmk_diff *const *files;
	size_t nfiles;
	struct rmk_map keys;   // "side, file, table" to its key column
	struct rmk_map differ; // the same to whether all names in that column differ
	struct rmk_map told;   // "file, pair, label, text" of what went: its number
	struct moved_side gone, came;
	struct rmk_moved_row *v;
	size_t n, cap;
};

static const struct rmk_doc *
moved_doc(const struct moved_search *s, const struct moved_place *p, bool old)
{
	return old ? s->files[p->file]->old : s->files[p->file]->new_;
}

static void
moved_gather(struct moved_search *s)
{
	for (size_t f = 0; f < s->nfiles; f++) {
		for (size_t i = 0; i < s->files[f]->n; i++) {
			const struct rmk_table_diff *t = &s->files[f]->tables[i];

			for (size_t r = 0; r < t->nrows; r++) {
				bool went = t->rows[r].kind == RMK_DIFF_REMOVED;
				struct moved_side *side = went ? &s->gone : &s->came;

				if (t->rows[r].kind == RMK_DIFF_CHANGED)
					continue;
				*RMK_PUSH(s->a, side->v, side->n,
				    side->cap) = (struct moved_place){f,
				    went ? t->old_table : t->new_table,
				    went ? t->rows[r].old_row : t->rows[r].new_row, i,
				    false};
			}
		}
	}
}

// What went and came in one table has not left it.
static void
moved_join(struct moved_search *s, struct moved_place *gone, struct moved_place *came)
{
	if (gone->file == came->file && gone->pair == came->pair)
		return;
	gone->joined = came->joined = true;
	*RMK_PUSH(s->a, s->v, s->n, s->cap) = (struct rmk_moved_row){
	    gone->file, gone->table, gone->row, came->file, came->table, came->row, NULL};
}

// --- by their bytes -----------------------------------------------------------------

static struct rmk_str
moved_bytes(const struct moved_search *s, const struct moved_place *p, bool old)
{
	const struct rmk_doc *doc = moved_doc(s, p, old);
	const struct rmk_row *row = &doc->tables[p->table].rows[p->row];

	return rmk_str_trim(
	    rmk_str_from(rmk_doc_str(doc, row->span), row->at - row->span.at));
}

// Equal ones in their order.
static void
moved_by_bytes(struct moved_search *s)
{
	size_t *next = RMK_NEW_N(s->a, size_t, s->gone.n + 1);
	struct rmk_map first = {.arena = s->a};

	for (size_t i = s->gone.n; i-- > 0;) {
		size_t *at = rmk_map_put(&first, moved_bytes(s, &s->gone.v[i], true));

		next[i] = *at;
		*at = i;
	}
	for (size_t i = 0; i < s->came.n; i++) {
		struct rmk_str bytes = moved_bytes(s, &s->came.v[i], false);
		size_t at = rmk_map_get(&first, bytes);

		if (at == RMK_NONE)
			continue;
		moved_join(s, &s->gone.v[at], &s->came.v[i]);
		*rmk_map_put(&first, bytes) = next[at];
	}
}

// --- by their names -----------------------------------------------------------------

static size_t
moved_key(struct moved_search *s, const struct moved_place *p, bool old)
{
	size_t *key = rmk_map_put(
	    &s->keys, rmk_str_printf(s->a, "%d %zu %zu", old, p->file, p->table));

	if (*key == RMK_NONE)
		*key = rmk_schema_of(s->a, moved_doc(s, p, old), p->table)->key;
	return *key;
}

static struct rmk_str
moved_name(struct moved_search *s, const struct moved_place *p, bool old)
{
	const struct rmk_doc *doc = moved_doc(s, p, old);

	return rmk_value_key(s->a,
	    rmk_doc_cell(doc, &doc->tables[p->table].rows[p->row], moved_key(s, p, old)));
}

static struct rmk_map
moved_names(struct moved_search *s, struct moved_side *side, bool old)
{
	struct rmk_map names = {.arena = s->a};

	for (size_t i = 0; i < side->n; i++) {
		struct rmk_str name;
		size_t *at;

		if (side->v[i].joined)
			continue;
		name = moved_name(s, &side->v[i], old);
		at = rmk_map_put(&names, name);
		*at = *at == RMK_NONE && name.n ? i : TWICE;
	}
	return names;
}

// A column's name, as it is compared.
static struct rmk_str
moved_label(struct moved_search *s, const struct rmk_doc *doc, size_t table, size_t col)
{
	return rmk_value_key(s->a, rmk_doc_cell(doc, &doc->tables[table].header, col));
}

// Whether two columns of one name, but for the key, say the same in both.
static bool
moved_shares_cell(struct moved_search *s, const struct moved_place *gone,
    const struct moved_place *came)
{
	const struct rmk_doc *old = moved_doc(s, gone, true),
			     *new_ = moved_doc(s, came, false);
	const struct rmk_table *to = &old->tables[gone->table],
			       *tn = &new_->tables[came->table];
	size_t key = moved_key(s, gone, true);

	for (size_t c = 0; c < to->ncols; c++) {
		struct rmk_str was = rmk_doc_cell(old, &to->rows[gone->row], c);

		for (size_t k = 0; k < tn->ncols && c != key && was.n; k++)
			if (rmk_str_eq(
				was, rmk_doc_cell(new_, &tn->rows[came->row], k)) &&
			    rmk_str_eq(moved_label(s, old, gone->table, c),
				moved_label(s, new_, came->table, k)))
				return true;
	}
	return false;
}

static bool
moved_look_at_names(
    struct moved_search *s, const struct rmk_doc *doc, size_t table, size_t key)
{
	struct rmk_map seen = {.arena = s->a};
	const struct rmk_table *t = &doc->tables[table];

	for (size_t r = 0; r < t->nrows; r++) {
		size_t *at = rmk_map_put(
		    &seen, rmk_value_key(s->a, rmk_doc_cell(doc, &t->rows[r], key)));

		if (*at != RMK_NONE)
			return false;
		*at = r;
	}
	return true;
}

// Whether all names in the table of a place differ.
static bool
moved_names_differ(struct moved_search *s, const struct moved_place *p, bool old)
{
	size_t *differ = rmk_map_put(
	    &s->differ, rmk_str_printf(s->a, "%d %zu %zu", old, p->file, p->table));

	if (*differ == RMK_NONE)
		*differ = moved_look_at_names(
		    s, moved_doc(s, p, old), p->table, moved_key(s, p, old));
	return *differ;
}

// Whether a name says which row it is: a number is often a place, and in a table in which several
// rows have one name it is no name.
static bool
moved_names_row(struct moved_search *s, struct rmk_str name,
    const struct moved_place *gone, const struct moved_place *came)
{
	return !rmk_str_is_digits(name, 0, name.n) && moved_names_differ(s, gone, true) &&
	       moved_names_differ(s, came, false);
}

// Texts that are so long tell rows apart; a status seldom is.
#define TELLING 8

static size_t *
moved_telling(struct moved_search *s, const struct moved_place *p, bool old, size_t col)
{
	const struct rmk_doc *doc = moved_doc(s, p, old);
	struct rmk_str text = rmk_doc_cell(doc, &doc->tables[p->table].rows[p->row], col);

	if (text.n < TELLING || col == moved_key(s, p, old))
		return NULL;
	return rmk_map_put(
	    &s->told, rmk_str_printf(s->a, "%zu %zu %.*s\n%.*s", p->file, p->pair,
			  RMK_FMT(moved_label(s, doc, p->table, col)), RMK_FMT(text)));
}

static void
moved_note_telling(struct moved_search *s)
{
	for (size_t i = 0; i < s->gone.n; i++) {
		const struct moved_place *p = &s->gone.v[i];
		size_t ncols = moved_doc(s, p, true)->tables[p->table].ncols;

		for (size_t c = 0; c < ncols && !p->joined; c++) {
			size_t *at = moved_telling(s, p, true, c);

			if (at)
				*at = i;
		}
	}
}

// Whether a row that came says what one says that went from the same table: then that one has
// another name now, and none came from elsewhere.
static bool
moved_was_there(struct moved_search *s, const struct moved_place *came)
{
	size_t ncols = moved_doc(s, came, false)->tables[came->table].ncols;

	for (size_t c = 0; c < ncols; c++) {
		size_t *at = moved_telling(s, came, false, c);

		if (at && *at != RMK_NONE)
			return true;
	}
	return false;
}

static void
moved_by_name(struct moved_search *s)
{
	struct rmk_map gone = moved_names(s, &s->gone, true);
	struct rmk_map came = moved_names(s, &s->came, false);

	moved_note_telling(s);
	for (size_t i = 0; i < came.n; i++) {
		struct rmk_str name = came.entries[i].key;
		size_t from = rmk_map_get(&gone, name), to = came.entries[i].value;
		struct moved_place *old, *new_;

		if (from >= TWICE || to >= TWICE)
			continue;
		old = &s->gone.v[from];
		new_ = &s->came.v[to];
		if (!moved_was_there(s, new_) && (moved_names_row(s, name, old, new_) ||
						     moved_shares_cell(s, old, new_)))
			moved_join(s, old, new_);
	}
}

static void
moved_match_columns(struct moved_search *s)
{
	struct rmk_map known = {.arena = s->a};

	for (size_t i = 0; i < s->n; i++) {
		struct rmk_moved_row *m = &s->v[i];
		size_t *at = rmk_map_put(
		    &known, rmk_str_printf(s->a, "%zu %zu %zu %zu", m->old_file,
				m->old_table, m->new_file, m->new_table));
		struct rmk_pairs *cols;

		if (*at != RMK_NONE) {
			m->cols = s->v[*at].cols;
			continue;
		}
		*at = i;
		cols = RMK_NEW(s->a, struct rmk_pairs);
		*cols = rmk_match_table(s->a, s->files[m->old_file]->old, m->old_table,
		    s->files[m->new_file]->new_, m->new_table)
		            .cols;
		m->cols = cols;
	}
}

size_t
rmk_moved_rows(struct rmk_arena *a, const struct rmk_diff *const *files, size_t n,
    struct rmk_moved_row **out)
{
	struct moved_search s = {.a = a,
	    .files = files,
	    .nfiles = n,
	    .keys = {.arena = a},
	    .differ = {.arena = a},
	    .told = {.arena = a}};

	moved_gather(&s);
	if (s.gone.n && s.came.n) {
		moved_by_bytes(&s);
		moved_by_name(&s);
		moved_match_columns(&s);
	}
	*out = s.v;
	return s.n;
}

// --- asked for ----------------------------------------------------------------------

const struct rmk_moved_row *
rmk_moved_to(
    const struct rmk_moved_row *v, size_t n, size_t file, size_t table, size_t row)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].new_file == file && v[i].new_table == table &&
		    v[i].new_row == row)
			return &v[i];
	return NULL;
}

const struct rmk_moved_row *
rmk_moved_from(
    const struct rmk_moved_row *v, size_t n, size_t file, size_t table, size_t row)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].old_file == file && v[i].old_table == table &&
		    v[i].old_row == row)
			return &v[i];
	return NULL;
}

size_t
rmk_moved_cells(struct rmk_arena *a, const struct rmk_diff *const *files,
    const struct rmk_moved_row *move, struct rmk_cell_diff **out)
{
	const struct rmk_doc *old = files[move->old_file]->old,
			     *new_ = files[move->new_file]->new_;
	const struct rmk_table *to = &old->tables[move->old_table],
			       *tn = &new_->tables[move->new_table];
	const struct rmk_pairs *cols = move->cols;
	struct rmk_cell_diff *v = NULL;
	size_t n = 0, cap = 0;

	for (size_t c = 0; c < tn->ncols + to->ncols; c++) {
		size_t is = c < tn->ncols ? c : RMK_NONE;
		size_t was = is == RMK_NONE ? c - tn->ncols : cols->to_old[c];
		struct rmk_cell_diff cell = {was, is, {0}, {0}};

		if (is == RMK_NONE && cols->to_new[was] != RMK_NONE)
			continue;
		if (was != RMK_NONE)
			cell.old = rmk_doc_cell(old, &to->rows[move->old_row], was);
		if (is != RMK_NONE)
			cell.new_ = rmk_doc_cell(new_, &tn->rows[move->new_row], is);
		if (!rmk_str_eq(cell.old, cell.new_))
			*RMK_PUSH(a, v, n, cap) = cell;
	}
	*out = v;
	return n;
}
