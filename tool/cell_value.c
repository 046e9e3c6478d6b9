// The value that a command writes into a cell: see set_cells.h.
#include "opt.h"
#include "out.h"
#include "schema/cell_word.h"
#include "schema/status_words.h"
#include "set_cells.h"
#include "table/value.h"

// --- what was typed -------------------------------------------------------------

static bool
has_digit(struct rmk_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] >= '0' && s.s[i] <= '9')
			return true;
	return false;
}

static size_t
count_letters(struct rmk_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += (s.s[i] & 0xC0) != 0x80; // not the middle of a letter
	return n;
}

// The known value that was likely meant: a letter or two away. Numbers differ on purpose,
// and so do words that are statuses themselves.
static const struct rmk_term *
mistyped(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str value)
{
	struct rmk_str key = rmk_value_key(a, value);
	size_t n, letters = count_letters(key);

	rmk_words_of(key, &n);
	if (n || letters < 4 || has_digit(key))
		return NULL;
	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];
		size_t theirs = count_letters(t->key);
		unsigned most = letters < 6 && theirs < 6 ? 2 : 3; // below this

		if (letters == 4 && theirs == 4)
			most = 3; // two letters that changed places
		if (theirs >= 4 && rmk_str_distance(t->key, key, most) < most)
			return t;
	}
	return NULL;
}

static void
note_new(const struct call *c, const struct rmk_field *field, struct rmk_str value)
{
	struct rmk_buf known = {.arena = c->arena};

	if (c->quiet)
		return;
	for (size_t i = 0; i < field->nterms; i++) {
		if (field->terms[i].count)
			rmk_buf_printf(&known, "%s%.*s", known.n ? ", " : "",
			    RMK_FMT(field->terms[i].text));
	}
	if (known.n)
		out_warn("note: '%.*s' is new in '%.*s', which holds %.*s",
		    RMK_FMT(value), RMK_FMT(field->label), RMK_FMT(rmk_buf_str(&known)));
}

enum rmk_code
spell_value(struct call *c, const struct rmk_field *field, struct rmk_str typed,
    struct rmk_str *out, struct rmk_err *err)
{
	bool as_typed = opt_on(c, "new") && !(field->declared && !field->why);
	const struct rmk_term *near;

	*out = typed;
	if ((!as_typed && rmk_field_spell(c->arena, field, typed, out, err)) ||
	    rmk_edit_value_ok(*out, err))
		return err->code;
	if (as_typed || field->type != RMK_STATUS ||
	    !rmk_field_is_new(c->arena, field, *out))
		return RMK_OK;
	near = mistyped(c->arena, field, *out);
	if (near) {
		rmk_fail(err, RMK_INVALID, "'%.*s' is no value of column '%.*s'",
		    RMK_FMT(typed), RMK_FMT(field->label));
		return rmk_hint(err, "did you mean '%.*s'? --new writes it as typed",
		    RMK_FMT(near->text));
	}
	note_new(c, field, *out);
	return RMK_OK;
}

// The address of the table before a message that does not know it.
static enum rmk_code
name_table(struct call *c, const struct target *t, struct rmk_err *err)
{
	struct rmk_err told = *err;

	rmk_fail(err, told.code, "%.*s: %s", RMK_FMT(picked_address(c->arena, &t->table)),
	    told.msg);
	return rmk_hint(err, "%s", told.hint);
}

// --- what the cell holds ----------------------------------------------------------

// The links and the note that go with the old word.
static void
note_lost(struct call *c, struct rmk_str raw)
{
	struct rmk_cell_word old = rmk_cell_word_of(c->arena, raw);
	struct rmk_buf lost = {.arena = c->arena};

	if (old.note.n)
		rmk_buf_add(&lost, old.note);
	for (size_t i = 0; i < old.nurls; i++)
		rmk_buf_printf(&lost, "%s%.*s", lost.n ? ", " : "", RMK_FMT(old.urls[i]));
	if (lost.n && !c->quiet)
		out_warn("note: %.*s goes with the old value; --keep-note keeps it",
		    RMK_FMT(rmk_buf_str(&lost)));
}

static enum rmk_code
keep_note(struct call *c, struct rmk_str raw, struct rmk_str *value, struct rmk_err *err)
{
	if (rmk_cell_word_of(c->arena, raw).word.n == 0 ||
	    rmk_cell_word_replace(c->arena, raw, *value, value))
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED,
	    "'%.*s': the word cannot be told from what is around it", RMK_FMT(raw));
	return rmk_hint(err, "write the whole cell: rowmark set ROW VALUE --new");
}

static bool
holds_already(struct call *c, const struct rmk_field *field, const struct assignment *w,
    struct rmk_str raw)
{
	if (w->value.s)
		return !opt_on(c, "new") && rmk_cell_word_is(c->arena, raw, w->value);
	return rmk_field_progress(c->arena, field, raw) == w->progress;
}

enum rmk_code
cell_value(struct call *c, const struct assignment *w, const struct target *t,
    struct rmk_str *out, struct rmk_err *err)
{
	const struct rmk_doc *doc = t->table.file->doc;
	const struct rmk_schema *schema = file_schema(
	    c->arena, t->table.file, t->table.table);
	const struct rmk_field *field = &schema->fields[t->col];
	const struct rmk_term *term;
	struct rmk_str raw = rmk_doc_cell(
	    doc, &doc->tables[t->table.table].rows[t->row], t->col);

	if (field->type == RMK_STATUS && holds_already(c, field, w, raw)) {
		*out = rmk_cell_content(c->arena, raw);
		return RMK_OK;
	}
	if (w->value.s) {
		if (spell_value(c, field, w->value, out, err))
			return err->code;
	} else {
		if (rmk_field_word_for(c->arena, field, w->progress, &term, err))
			return name_table(c, t, err);
		*out = rmk_cell_content(c->arena, term->raw);
	}
	if (field->type != RMK_STATUS ||
	    rmk_str_eq(rmk_cell_content(c->arena, raw), *out))
		return RMK_OK;
	if (opt_on(c, "keep-note"))
		return keep_note(c, raw, out, err);
	note_lost(c, raw);
	return RMK_OK;
}
