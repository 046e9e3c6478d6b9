// A file of records: see import_read.h.
#include "import_read.h"
#include "io/separated.h"
#include "opt.h"
#include "out.h"

#include <string.h>

static const char *
import_end_of(const char *word)
{
	const char *dot = strrchr(word, '.');

	return dot ? dot + 1 : "";
}

bool
import_is_file(const char *word)
{
	const char *const ends[] = {
	    "csv", "tsv", "tab", "jsonl", "ndjson", "bib", "json"};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		if (rmk_str_eq_nocase(
			rmk_str_of(import_end_of(word)), rmk_str_of(ends[i])))
			return true;
	}
	return strcmp(word, "-") == 0;
}

static enum rmk_code
import_format(
    const struct call *c, const char *word, const char **out, struct rmk_err *err)
{
	struct rmk_str end = rmk_str_of(import_end_of(word));

	*out = opt_text(c, "format");
	if (*out)
		return RMK_OK;
	if (rmk_str_eq_nocase(end, RMK_STR("bib"))) {
		rmk_fail(err, RMK_INVALID, "%s: BibTeX is not read", word);
		return rmk_hint(err, "export it as CSV, as JabRef and Zotero do");
	}
	if (rmk_str_eq_nocase(end, RMK_STR("json"))) {
		rmk_fail(err, RMK_INVALID, "%s: JSON is read one object a line", word);
		return rmk_hint(err,
		    "jq -c '.rows? // . | .[]' %s | rowmark import - --format jsonl",
		    word);
	}
	if (strcmp(word, "-") == 0) {
		rmk_fail(err, RMK_INVALID, "import: what is in standard input?");
		return rmk_hint(err, "say --format csv, tsv or jsonl");
	}
	*out = rmk_str_eq_nocase(end, RMK_STR("csv")) ? "csv"
	       : rmk_str_eq_nocase(end, RMK_STR("tsv")) ||
	               rmk_str_eq_nocase(end, RMK_STR("tab"))
	           ? "tsv"
	           : "jsonl";
	return RMK_OK;
}

// --- JSON lines -----------------------------------------------------------------------

struct json_lines {
	struct rmk_arena *arena;
	struct rmk_records *out;
	struct rmk_map labels; // to the column
	size_t labels_cap, records_cap;
};

// Members that no line before had make a column more.
static void
import_take_member(struct json_lines *j, struct rmk_record *r, size_t *cap,
    size_t *ncells, const struct rmk_member *m)
{
	size_t *col = rmk_map_put(&j->labels, m->name);

	if (*col == RMK_NONE) {
		*col = j->out->ncols;
		*RMK_PUSH(
		    j->arena, j->out->labels, j->out->ncols, j->labels_cap) = m->name;
	}
	while (*ncells <= *col)
		*RMK_PUSH(j->arena, r->cells, *ncells, *cap) = (struct rmk_str){0};
	if (!m->is_null)
		r->cells[*col] = m->value;
}

static enum rmk_code
import_json_lines(struct json_lines *j, struct rmk_sql_json *parser, struct rmk_str text,
    struct rmk_err *err)
{
	size_t number = 0, *ncells = NULL, n = 0, cap = 0;
	struct rmk_str line;

	while (text.n && rmk_str_split(&text, '\n', &line)) {
		struct rmk_record r = {0};
		struct rmk_member *members;
		size_t nmembers, count = 0, cells_cap = 0;
		struct rmk_err why;

		number++;
		if (rmk_str_trim(line).n == 0)
			continue;
		if (rmk_sql_json_members(
			j->arena, parser, line, &members, &nmembers, &why))
			return rmk_fail(err, why.code, "line %zu: %s", number, why.msg);
		for (size_t i = 0; i < nmembers; i++)
			import_take_member(j, &r, &cells_cap, &count, &members[i]);
		*RMK_PUSH(j->arena, j->out->v, j->out->n, j->records_cap) = r;
		*RMK_PUSH(j->arena, ncells, n, cap) = count;
	}
	for (size_t i = 0; i < n; i++) {
		struct rmk_str *cells = RMK_NEW_N(
		    j->arena, struct rmk_str, j->out->ncols + 1);

		for (size_t k = 0; k < ncells[i]; k++)
			cells[k] = j->out->v[i].cells[k];
		j->out->v[i].cells = cells;
	}
	return j->out->n ? RMK_OK : rmk_fail(err, RMK_INVALID, "it is empty");
}

static enum rmk_code
import_json(
    struct call *c, struct rmk_str text, struct rmk_records *out, struct rmk_err *err)
{
	struct json_lines j = {
	    .arena = c->arena, .out = out, .labels = {.arena = c->arena}};
	struct rmk_sql_json *parser;
	enum rmk_code code;

	if (rmk_sql_json_open(&parser, err))
		return err->code;
	code = import_json_lines(&j, parser, text, err);
	rmk_sql_json_close(parser);
	return code;
}

enum rmk_code
import_read(
    struct call *c, const char *word, struct rmk_records *out, struct rmk_err *err)
{
	struct rmk_str bytes, text, path = rmk_str_of(word);
	const char *format;
	struct rmk_err why = {0};
	enum rmk_code code;

	*out = (struct rmk_records){0};
	if (import_format(c, word, &format, err))
		return err->code;
	if (strcmp(word, "-") == 0 ? call_stdin(c, &bytes, err)
				   : rmk_file_read(c->arena, path, &bytes, NULL, err))
		return err->code;
	code = rmk_text_decode(
	    c->arena, bytes, rmk_str_of(opt_text(c, "encoding")), &text, &why);
	if (!code)
		code = strcmp(format, "jsonl") == 0
		           ? import_json(c, text, out, &why)
		           : rmk_separated_read(c->arena, text,
				 strcmp(format, "csv") == 0 ? ',' : '\t', out, &why);
	if (!code)
		return RMK_OK;
	rmk_fail(err, why.code, "%s: %s",
	    strcmp(word, "-") == 0 ? "standard input" : word, why.msg);
	return rmk_hint(err, "%s", why.hint);
}
