// What the words of a begin marker ask for: see region_words.h.
#include "summary/region_words.h"

struct words_reader {
	struct rmk_arena *a;
	const struct rmk_doc *doc;
	const struct rmk_region *region;
	struct rmk_err *err;
};

static enum rmk_code
fail_at(const struct words_reader *j, const char *what, struct rmk_str word,
    const char *wanted)
{
	return rmk_fail(j->err, RMK_INVALID, "%.*s:%u: %s '%.*s', wanted %s",
	    RMK_FMT(j->doc->path), j->region->begin, what, RMK_FMT(word), wanted);
}

// Take a word off the front: up to a space that is in no double quotes.
static bool
next_word(struct rmk_arena *a, struct rmk_str *rest, struct rmk_str *word)
{
	struct rmk_buf b = {.arena = a};
	bool quoted = false;
	size_t i;

	*rest = rmk_str_trim(*rest);
	if (rest->n == 0)
		return false;
	for (i = 0; i < rest->n; i++) {
		char c = rest->s[i];
		if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == ' ' || c == '\t'))
			break;
		else
			rmk_buf_addc(&b, c);
	}
	*rest = rmk_str_from(*rest, i);
	*word = rmk_buf_str(&b);
	return true;
}

static enum rmk_code
read_format(
    const struct words_reader *j, struct rmk_region_words *w, struct rmk_str value)
{
	enum rmk_summary_format f;

	if (!rmk_summary_format_of(value, &f) ||
	    (f != RMK_SUMMARY_MD && f != RMK_SUMMARY_TEXT && f != RMK_SUMMARY_MERMAID))
		return fail_at(j, "unknown format", value, "md, text or mermaid");
	w->style.format = f;
	return RMK_OK;
}

static enum rmk_code
read_word(const struct words_reader *j, struct rmk_region_words *w, struct rmk_str word)
{
	size_t eq = rmk_str_chr(word, '=');
	struct rmk_str name = rmk_str_part(word, 0, eq == RMK_NONE ? word.n : eq);
	struct rmk_str value = rmk_str_from(word, eq == RMK_NONE ? word.n : eq + 1);
	bool summary = w->kind == RMK_REGION_SUMMARY;
	struct rmk_str *column;

	if (eq == RMK_NONE) {
		*RMK_PUSH(j->a, w->tables, w->ntables, w->cap) = word;
	} else if (rmk_str_eq(name, RMK_STR("by")) && w->kind != RMK_REGION_NEXT) {
		w->opts.by = value;
	} else if (rmk_str_eq(name, RMK_STR("format")) && summary) {
		return read_format(j, w, value);
	} else if (rmk_str_eq(name, RMK_STR("label")) && summary) {
		w->style.label = value;
	} else if (rmk_str_eq(name, RMK_STR("column")) && summary) {
		column = RMK_NEW(j->a, struct rmk_str);
		*column = value;
		w->opts.columns = column;
		w->opts.ncolumns = 1;
	} else if (rmk_str_eq(name, RMK_STR("n")) && w->kind == RMK_REGION_NEXT) {
		if (!rmk_str_to_u32(value, &w->n) || w->n == 0 || w->n > 1000)
			return fail_at(j, "n is", value, "a number from 1 to 1000");
	} else {
		return fail_at(j, "unknown word", word,
		    summary ? "by=, column=, format=, label= or the address of a table"
		    : w->kind == RMK_REGION_NEXT ? "n= or the address of a table"
						 : "by= or the address of a table");
	}
	return RMK_OK;
}

// All that is left, in double quotes or not: SQL has quotes of its own.
static enum rmk_code
read_sql_words(
    const struct words_reader *j, struct rmk_region_words *w, struct rmk_str rest)
{
	rest = rmk_str_trim(rest);
	if (rest.n >= 2 && rest.s[0] == '"' && rest.s[rest.n - 1] == '"')
		rest = rmk_str_trim(rmk_str_part(rest, 1, rest.n - 2));
	w->statement = rest;
	return rest.n ? RMK_OK : fail_at(j, "behind sql stands", rest, "\"SELECT ...\"");
}

static bool
read_kind(struct rmk_str word, enum rmk_region_kind *out)
{
	static const char *const names[] = {"summary", "next", "board", "sql", "guide"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		*out = (enum rmk_region_kind)i;
		if (rmk_str_eq(word, rmk_str_of(names[i])))
			return true;
	}
	return false;
}

enum rmk_code
rmk_region_words_read(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_region *region, struct rmk_region_words *out, struct rmk_err *err)
{
	const struct words_reader j = {a, doc, region, err};
	struct rmk_str rest = region->words, word;
	enum rmk_code code;

	*out = (struct rmk_region_words){
	    .n = 5, .style = {.format = RMK_SUMMARY_MD, .local = true}};
	if (!next_word(a, &rest, &word))
		word = (struct rmk_str){0};
	if (!read_kind(word, &out->kind))
		return fail_at(
		    &j, "unknown kind of region", word, "summary, next, board or sql");
	if (out->kind == RMK_REGION_GUIDE)
		return RMK_OK;
	if (out->kind == RMK_REGION_SQL)
		return read_sql_words(&j, out, rest);
	while (next_word(a, &rest, &word)) {
		if ((code = read_word(&j, out, word)))
			return code;
	}
	return RMK_OK;
}
