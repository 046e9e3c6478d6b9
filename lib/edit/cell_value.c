// The value that is written into a cell: see cell_value.h.
#include "edit/cell_value.h"

#include "base/utf8.h"
#include "edit/edit.h"
#include "gfm/cells.h"
#include "schema/cell_word.h"
#include "schema/status_words.h"
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

// So many letters may differ that one word was likely meant for the other: none of two short ones,
// one where one of them has four.
static unsigned
slips_of(size_t letters, size_t theirs)
{
	size_t least = letters < theirs ? letters : theirs;
	size_t most = letters < theirs ? theirs : letters;

	if (least < 3 || most < 4)
		return 0;
	if (least == 4 && most == 4)
		return 2; // two letters that changed places
	return least < 4 || most < 6 ? 1 : 2;
}

// The known value that was likely meant: a letter or two away. Numbers differ on purpose,
// and so do words that are statuses themselves, unless they are the same word ("notread").
static const struct rmk_term *
mistyped(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str value)
{
	struct rmk_str key = rmk_value_key(a, value);
	size_t letters = count_letters(key), n, ntheirs;
	const struct rmk_word *word = rmk_words_of(key, &n);

	if (has_digit(key))
		return NULL;
	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];
		unsigned most = slips_of(letters, count_letters(t->key));

		if (n ? rmk_words_of(t->key, &ntheirs) == word
		      : most && rmk_str_distance(t->key, key, most + 1) <= most)
			return t;
	}
	return NULL;
}

static void
note_new(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str value,
    struct rmk_buf *notes)
{
	struct rmk_buf known = {.arena = a};

	for (size_t i = 0; i < field->nterms; i++) {
		if (field->terms[i].count)
			rmk_buf_printf(&known, "%s%.*s", known.n ? ", " : "",
			    RMK_FMT(field->terms[i].text));
	}
	if (known.n && notes)
		rmk_buf_printf(notes, "'%.*s' is new in '%.*s', which holds %.*s\n",
		    RMK_FMT(value), RMK_FMT(field->label), RMK_FMT(rmk_buf_str(&known)));
}

// The column's own value for what was typed as a class of progress ("done" where it says "✅ Yes"),
// or as the mark that one value alone begins with.
static const struct rmk_term *
meant_by(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str typed)
{
	static const struct {
		const char *word;
		enum rmk_progress progress;
	} classes[] = {{"done", RMK_DONE}, {"doing", RMK_DOING}, {"todo", RMK_TODO},
	    {"to do", RMK_TODO}};
	struct rmk_str key = rmk_value_key(a, typed);
	const struct rmk_term *found = NULL;
	struct rmk_err unused;

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (rmk_str_eq(key, rmk_str_of(classes[i].word)))
			return rmk_field_word_for(a, field, classes[i].progress, &found,
				   &unused) == RMK_OK
			           ? found
			           : NULL;
	}
	for (size_t i = 0; i < field->nterms && key.n && !rmk_utf8_has_word(key); i++) {
		const struct rmk_term *t = &field->terms[i];

		if (t->count == 0 || !rmk_str_starts(t->key, key))
			continue;
		if (found)
			return NULL;
		found = t;
	}
	return found;
}

static const struct rmk_field *
words_around(
    struct rmk_arena *a, const struct rmk_field *field, const struct rmk_cell_wish *wish)
{
	return wish->doc ? rmk_file_words(a, wish->doc, wish->table, field, wish->words)
	                 : NULL;
}

static void
note_of_file(struct rmk_buf *notes, const struct rmk_term *term)
{
	if (notes)
		rmk_buf_printf(notes, "'%.*s' is a word of the file's other tables\n",
		    RMK_FMT(term->text));
}

// What was typed, as the file's other tables have it.
static bool
spell_as_file(struct rmk_arena *a, const struct rmk_field *field,
    const struct rmk_cell_wish *wish, struct rmk_buf *notes, struct rmk_str *out)
{
	const struct rmk_field *file = words_around(a, field, wish);
	const struct rmk_term *term;
	struct rmk_str found;
	struct rmk_err unused;

	if (!file || rmk_field_spell(a, file, wish->typed, &found, &unused))
		return false;
	term = rmk_field_term(a, file, rmk_cell_raw(a, found));
	if (!term)
		return false;
	*out = found;
	note_of_file(notes, term);
	return true;
}

// The word for a progress: one that rows of the table have, else the one that rows of the file's
// other tables have, else one that people have no other for.
static enum rmk_code
word_of_file(struct rmk_arena *a, const struct rmk_field *field,
    const struct rmk_cell_wish *wish, struct rmk_buf *notes, const struct rmk_term **out,
    struct rmk_err *err)
{
	enum rmk_code code = rmk_field_word_for(a, field, wish->progress, out, err);
	bool own = code ? code != RMK_NOT_FOUND : (*out)->count > 0;
	const struct rmk_field *file = own ? NULL : words_around(a, field, wish);
	const struct rmk_term *term;
	struct rmk_err unused;

	if (file && !rmk_field_word_for(a, file, wish->progress, &term, &unused) &&
	    term->count) {
		*out = term;
		note_of_file(notes, term);
		return RMK_OK;
	}
	return code;
}

enum rmk_code
rmk_cell_spell(struct rmk_arena *a, const struct rmk_field *field,
    const struct rmk_cell_wish *wish, struct rmk_buf *notes, struct rmk_str *out,
    struct rmk_err *err)
{
	bool as_typed = wish->as_typed && !(field->declared && !field->why);
	const struct rmk_term *near;

	*out = wish->typed;
	if ((!as_typed && rmk_field_spell(a, field, wish->typed, out, err)) ||
	    rmk_edit_value_ok(*out, err))
		return err->code;
	if (as_typed || field->type != RMK_STATUS || !rmk_field_is_new(a, field, *out))
		return RMK_OK;
	if (spell_as_file(a, field, wish, notes, out))
		return RMK_OK;
	near = mistyped(a, field, *out);
	if (!near)
		near = meant_by(a, field, *out);
	if (near && !rmk_utf8_has_word(*out)) {
		*out = rmk_cell_content(a, near->raw);
		return RMK_OK;
	}
	if (near) {
		rmk_fail(err, RMK_INVALID, "'%.*s' is no value of column '%.*s'",
		    RMK_FMT(wish->typed), RMK_FMT(field->label));
		return rmk_hint(err, "did you mean '%.*s'? --new writes it as typed",
		    RMK_FMT(near->text));
	}
	note_new(a, field, *out, notes);
	return RMK_OK;
}

// --- what the cell holds ----------------------------------------------------------

// The links and the note that go with the old word.
static void
note_lost(struct rmk_arena *a, struct rmk_str raw, struct rmk_buf *notes)
{
	struct rmk_cell_word old = rmk_cell_word_of(a, raw);
	struct rmk_buf lost = {.arena = a};

	if (old.note.n)
		rmk_buf_add(&lost, old.note);
	for (size_t i = 0; i < old.nurls; i++)
		rmk_buf_printf(&lost, "%s%.*s", lost.n ? ", " : "", RMK_FMT(old.urls[i]));
	if (lost.n && notes)
		rmk_buf_printf(notes,
		    "%.*s goes with the old value; --keep-note keeps it\n",
		    RMK_FMT(rmk_buf_str(&lost)));
}

// The links of a cell that is no status, as far as the new text has them no more.
static void
note_lost_links(
    struct rmk_arena *a, struct rmk_str raw, struct rmk_str now, struct rmk_buf *notes)
{
	struct rmk_buf lost = {.arena = a};
	struct rmk_link *links;
	size_t n = notes ? rmk_value_links(a, raw, &links) : 0;

	// Where a reader sees the same in both, the report shows the links themselves.
	if (n && rmk_str_eq(rmk_value_text(a, raw), rmk_value_text(a, now)))
		return;
	for (size_t i = 0; i < n; i++)
		if (rmk_str_find(now, links[i].url) == RMK_NONE)
			rmk_buf_printf(
			    &lost, "%s%.*s", lost.n ? ", " : "", RMK_FMT(links[i].url));
	if (lost.n)
		rmk_buf_printf(
		    notes, "%.*s goes with the old value\n", RMK_FMT(rmk_buf_str(&lost)));
}

static enum rmk_code
keep_note(
    struct rmk_arena *a, struct rmk_str raw, struct rmk_str *value, struct rmk_err *err)
{
	if (rmk_cell_word_of(a, raw).word.n == 0 ||
	    rmk_cell_word_replace(a, raw, *value, value))
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED,
	    "'%.*s': the word cannot be told from what is around it", RMK_FMT(raw));
	return rmk_hint(err, "write the whole cell: rowmark set ROW VALUE --new");
}

// Whether the cell says so already: just what was typed, unless a declaration has no such value;
// a status in whatever markup.
static bool
holds_already(struct rmk_arena *a, const struct rmk_field *field,
    const struct rmk_cell_wish *wish, struct rmk_str raw)
{
	bool status = field->type == RMK_STATUS;

	if (!wish->typed.s)
		return status && rmk_field_progress(a, field, raw) == wish->progress;
	if (rmk_str_eq(rmk_cell_content(a, raw), wish->typed))
		return !field->declared || field->why || rmk_field_term(a, field, raw);
	return status && !wish->as_typed && rmk_cell_word_is(a, raw, wish->typed);
}

enum rmk_code
rmk_cell_value(struct rmk_arena *a, const struct rmk_field *field, struct rmk_str raw,
    const struct rmk_cell_wish *wish, struct rmk_buf *notes, struct rmk_str *out,
    struct rmk_err *err)
{
	const struct rmk_term *term;

	if (holds_already(a, field, wish, raw)) {
		*out = rmk_cell_content(a, raw);
		return RMK_OK;
	}
	if (wish->typed.s) {
		if (rmk_cell_spell(a, field, wish, notes, out, err))
			return err->code;
	} else {
		if (word_of_file(a, field, wish, notes, &term, err))
			return err->code;
		*out = rmk_cell_content(a, term->raw);
	}
	if (rmk_str_eq(rmk_cell_content(a, raw), *out))
		return RMK_OK;
	if (field->type != RMK_STATUS) {
		note_lost_links(a, raw, *out, notes);
		return RMK_OK;
	}
	if (wish->keep_note)
		return keep_note(a, raw, out, err);
	note_lost(a, raw, notes);
	return RMK_OK;
}

// --- a new row --------------------------------------------------------------------

// A declared value, or one that the column holds: a word that nobody here has used is no
// guess to write silently.
struct rmk_str
rmk_cell_first(const struct rmk_schema *schema, size_t col)
{
	const struct rmk_field *field = &schema->fields[col];

	if (schema->nstatus != 1 || schema->status[0] != col)
		return RMK_STR("");
	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];

		if (rmk_term_progress(field, t) == RMK_TODO &&
		    (field->declared || t->count))
			return t->raw;
	}
	return RMK_STR("");
}
