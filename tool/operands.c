// Operands as people type them: see operands.h.
#include "operands.h"

#include <string.h>
#include <unistd.h>

// --- what a word looks like -----------------------------------------------------

enum likeness { NO_FILE, THERE, NAMED_SO };

// The path of a word: all of it, before "#TABLE", behind "REV:".
static struct rmk_str
operand_path(struct call *c, const char *word)
{
	struct rmk_address address = rmk_address_parse(rmk_str_of(word));

	return rmk_source_parse(c->arena, address.file).path;
}

static enum likeness
file_likeness(struct call *c, const char *word, unsigned flags)
{
	struct rmk_str path = operand_path(c, word);

	if (strcmp(word, "-") == 0)
		return flags & OPERANDS_STDIN ? NAMED_SO : NO_FILE;
	if (strstr(word, "://") || path.n == 0)
		return NO_FILE;
	if (rmk_file_is_markdown(path) || rmk_file_is_markdown(rmk_str_of(word)))
		return NAMED_SO;
	return access(word, F_OK) == 0 || access(rmk_str_c(c->arena, path), F_OK) == 0
	           ? THERE
	           : NO_FILE;
}

// Whether what is there under a name is to be read for tables.
static bool
holds_table(struct call *c, const char *typed)
{
	char *word = rmk_str_c(c->arena, rmk_str_of(typed));
	struct picked *tables;
	struct rmk_err unused;
	size_t n;

	return open_tables(c, &word, 1, &tables, &n, &unused) == RMK_OK;
}

bool
operand_is_file(struct call *c, const char *word, unsigned flags)
{
	enum likeness like = file_likeness(c, word, flags);

	return like == NAMED_SO || (like == THERE && holds_table(c, word));
}

// --- which it is ----------------------------------------------------------------

struct reading {
	struct call *c;
	bool *is_file;         // [nargs]
	bool *is_bare;         // [nargs] it is there, and holds no table
	size_t nfiles, nleast; // nleast: words that are no files there must be
	struct picked *tables; // [ntables] of all that are files, where they were read
	size_t ntables;
};

static size_t
ntexts(const struct reading *r)
{
	return r->c->nargs - r->nfiles;
}

static char **
files_but(const struct reading *r, size_t but, size_t *n)
{
	char **files = RMK_NEW_N(r->c->arena, char *, r->c->nargs + 1);

	*n = 0;
	for (size_t i = 0; i < r->c->nargs; i++) {
		if (r->is_file[i] && i != but)
			files[(*n)++] = r->c->args[i];
	}
	return files;
}

// Whether a row of these tables is called so, not in part.
static bool
is_row_name(struct call *c, const char *word, const struct picked *tables, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct file *f = tables[i].file;
		enum rmk_match level = rmk_address_rows(c->arena, f->doc, tables[i].table,
		    file_schema(c->arena, f, tables[i].table), rmk_str_of(word))
		                           .level;

		if (level == RMK_MATCH_EXACT || level == RMK_MATCH_FOLDED)
			return true;
	}
	return false;
}

bool
operand_is_table(struct call *c, const char *typed)
{
	char *word = rmk_str_c(c->arena, rmk_str_of(typed));
	struct picked *tables;
	struct rmk_err unused;
	uint32_t number;
	size_t n;

	return word[0] == '#' && word[1] && !opt_all(c, "file", NULL) &&
	       !rmk_str_to_u32(rmk_str_of(word + 1), &number) &&
	       open_tables(c, &word, 1, &tables, &n, &unused) == RMK_OK && n == 1 &&
	       open_tables(c, NULL, 0, &tables, &n, &unused) == RMK_OK &&
	       !is_row_name(c, word, tables, n);
}

// Words that look like files and must be rows, since without them there would be none.
static void
take_missing_rows(struct reading *r, size_t before)
{
	for (size_t i = 0; i < before && ntexts(r) < r->nleast; i++) {
		struct picked *tables;
		struct rmk_err unused;
		size_t n;
		char **others = files_but(r, i, &n);

		if (r->is_file[i] &&
		    !open_tables(r->c, others, n, &tables, &n, &unused) &&
		    is_row_name(r->c, r->c->args[i], tables, n)) {
			r->is_file[i] = false;
			r->nfiles--;
		}
	}
}

// What is a file and a row of it too.
static enum rmk_code
take_twofold(struct reading *r, struct rmk_err *err)
{
	struct call *c = r->c;
	bool narrowed = opt_all(c, "file", NULL) > 0;
	struct rmk_err unused;
	size_t n, nfiles = r->nfiles;
	char **files = files_but(r, RMK_NONE, &n);

	for (size_t i = 0; i < n; i++) {
		if (strcmp(files[i], "-") == 0)
			return RMK_OK; // it can be read once
	}
	if (open_tables(c, files, n, &r->tables, &r->ntables, &unused)) {
		r->tables = NULL; // said when they are opened for work
		return RMK_OK;
	}
	for (size_t i = 0; i < c->nargs; i++) {
		if (!r->is_file[i] || !is_row_name(c, c->args[i], r->tables, r->ntables))
			continue;
		if (!narrowed && nfiles == 1) {
			rmk_fail(err, RMK_AMBIGUOUS,
			    "%s: '%s' is a file, and a row in it", c->cmd->name,
			    c->args[i]);
			return rmk_hint(err,
			    "-f %s names the file; behind -- it is the row", c->args[i]);
		}
		r->is_file[i] = false;
		r->nfiles--;
	}
	if (r->nfiles < nfiles)
		r->tables = NULL;
	return RMK_OK;
}

static bool
selects(const struct call *c)
{
	return opt_has(c, "where") && opt_on(c, "where");
}

// The last word is the value where those before it are rows: `set LIMA LoRA '#papers'`.
static bool
is_value_behind_rows(struct call *c, size_t i, bool value)
{
	struct picked *tables;
	struct rmk_err unused;
	size_t n;

	return value && i + 1 == c->nargs && !selects(c) &&
	       !open_tables(c, NULL, 0, &tables, &n, &unused) &&
	       is_row_name(c, c->args[i - 1], tables, n);
}

// "#papers" is that table where one file alone has it and no row is called so. A number is
// what rows are called, #306.
static void
take_table_name(struct reading *r, bool value)
{
	struct call *c = r->c;
	size_t before = c->plain < c->nargs ? c->plain : c->nargs;

	if (r->nfiles)
		return;
	for (size_t i = 0; i < before && ntexts(r) > r->nleast; i++) {
		if (operand_is_table(c, c->args[i]) &&
		    !is_value_behind_rows(c, i, value)) {
			r->is_file[i] = true;
			r->nfiles++;
			return;
		}
	}
}

// A word that is empty is more likely a variable that is not set than a row or a value.
static enum likeness
operand_likeness(struct call *c, size_t i, unsigned flags)
{
	if (!*c->args[i])
		return !(flags & OPERANDS_VALUE) || i >= 2 ? NAMED_SO : NO_FILE;
	return file_likeness(c, c->args[i], flags);
}

// Rows may be called Makefile or docs too. What is there and holds no table is not meant where
// a row is called so, nor where a value would be missing.
static void
take_bare(struct reading *r, bool value)
{
	struct call *c = r->c;

	for (size_t i = 0; i < c->nargs; i++) {
		bool missing = value && i + 1 == c->nargs && ntexts(r) < r->nleast;
		struct picked *tables;
		struct rmk_err unused;
		size_t n;
		char **others = files_but(r, i, &n);

		if (!r->is_bare[i] ||
		    (!missing && (open_tables(c, others, n, &tables, &n, &unused) ||
				     !is_row_name(c, c->args[i], tables, n))))
			continue;
		r->is_file[i] = false;
		r->nfiles--;
	}
}

static enum rmk_code
operands_missing(const struct reading *r, unsigned flags, struct rmk_err *err)
{
	const struct call *c = r->c;
	size_t nrows = flags & OPERANDS_VALUE ? r->nleast - 1 : r->nleast;
	const char *what = ntexts(r) < nrows ? "ROW" : "VALUE";

	for (size_t i = 0; i < c->nargs; i++) {
		if (!r->is_file[i])
			continue;
		rmk_fail(err, RMK_INVALID, "%s: %s is missing: '%s' names a file",
		    c->cmd->name, what, c->args[i]);
		return rmk_hint(err, "words behind -- name no files");
	}
	rmk_fail(err, RMK_INVALID, "%s: %s is missing", c->cmd->name, what);
	return rmk_hint(err, "usage: rowmark %s %s", c->cmd->name, c->cmd->args);
}

static enum rmk_code
operands_classify(struct reading *r, unsigned flags, struct rmk_err *err)
{
	struct call *c = r->c;
	bool value = flags & OPERANDS_VALUE;
	bool row = !(flags & OPERANDS_ROWLESS) && !selects(c);

	r->is_file = RMK_NEW_N(c->arena, bool, c->nargs + 1);
	r->nleast = (size_t)value + (size_t)row;
	r->is_bare = RMK_NEW_N(c->arena, bool, c->nargs + 1);
	for (size_t i = 0; i < c->nargs && i < c->plain; i++) {
		enum likeness like = operand_likeness(c, i, flags);

		r->is_file[i] = like != NO_FILE;
		r->is_bare[i] = like == THERE && !holds_table(c, c->args[i]);
		r->nfiles += r->is_file[i];
	}
	take_bare(r, value);
	take_table_name(r, value);
	// The last word may be the value, which no table can tell from a file.
	if (ntexts(r) < r->nleast)
		take_missing_rows(r, value && c->nargs ? c->nargs - 1 : c->nargs);
	else if (r->nfiles && take_twofold(r, err))
		return err->code;
	return ntexts(r) < r->nleast ? operands_missing(r, flags, err) : RMK_OK;
}

enum rmk_code
operands_read(struct call *c, unsigned flags, struct operands *out, struct rmk_err *err)
{
	struct reading r = {.c = c};
	struct operands o = {.rows = RMK_NEW_N(c->arena, const char *, c->nargs + 1)};

	if (operands_classify(&r, flags, err))
		return err->code;
	for (size_t i = 0; i < c->nargs; i++) {
		if (!r.is_file[i])
			o.rows[o.nrows++] = c->args[i];
	}
	o.files = files_but(&r, RMK_NONE, &o.nfiles);
	o.tables = r.tables;
	o.ntables = r.ntables;
	if (flags & OPERANDS_VALUE)
		o.value = o.rows[--o.nrows];
	if (o.nrows && selects(c)) {
		rmk_fail(err, RMK_INVALID,
		    "%s: rows are named, '%s', and selected with --where", c->cmd->name,
		    o.rows[0]);
		return rmk_hint(err, "one of the two says which");
	}
	*out = o;
	return RMK_OK;
}

// --- saying what was meant --------------------------------------------------------

// "two rows given, 'lima' and 'notes'"
static struct rmk_str
rows_given(struct rmk_arena *a, const struct operands *o)
{
	static const char *const numbers[] = {"no", "one", "two", "three", "four"};
	struct rmk_buf b = {.arena = a};

	if (o->nrows < sizeof numbers / sizeof *numbers)
		rmk_buf_printf(&b, "%s rows given", numbers[o->nrows]);
	else
		rmk_buf_printf(&b, "%zu rows given", o->nrows);
	for (size_t i = 0; i < o->nrows && i < 4; i++)
		rmk_buf_printf(&b, "%s'%s'",
		    i == 0              ? ", "
		    : i + 1 == o->nrows ? " and "
					: ", ",
		    o->rows[i]);
	return rmk_buf_str(&b);
}

// What is there under the name of the row that nobody has.
static enum rmk_code
explain_one(struct call *c, const char *row, struct rmk_err *err)
{
	char *word = rmk_str_c(c->arena, rmk_str_of(row));
	struct picked *unused;
	size_t n;

	if (row[0] == '#' && row[1])
		return rmk_hint(err, "-f '%s' names a table", row);
	if (file_likeness(c, row, 0) == THERE)
		open_tables(c, &word, 1, &unused, &n, err);
	return err->code;
}

enum rmk_code
operands_explain(struct call *c, const struct operands *o, struct rmk_err *err)
{
	if (err->code != RMK_NOT_FOUND ||
	    rmk_str_starts(rmk_str_of(err->hint), RMK_STR("did you mean")))
		return err->code;
	if (o->nrows > 1 && o->value && operand_is_table(c, o->value))
		return rmk_hint(err, "'%s' is the value here; -f '%s' names the table",
		    o->value, o->value);
	if (o->nrows == 1)
		return explain_one(c, o->rows[0], err);
	if (o->nrows > 1)
		rmk_hint(err, "%.*s; files end in .md or are there",
		    RMK_FMT(rows_given(c->arena, o)));
	return err->code;
}

enum rmk_code
operands_tables(struct call *c, struct operands *o, struct picked **out, size_t *n,
    struct rmk_err *err)
{
	struct rmk_str *rows = RMK_NEW_N(c->arena, struct rmk_str, o->nrows + 1);

	for (size_t i = 0; i < o->nrows; i++)
		rows[i] = rmk_str_of(o->rows[i]);
	if (!o->tables || opt_all(c, "file", NULL))
		return open_tables_of(c, o->files, o->nfiles, o->nrows ? rows : NULL,
		    o->nrows, out, n, err);
	*out = o->tables;
	*n = o->ntables;
	return RMK_OK;
}

enum rmk_code
operands_row_file(struct call *c, struct operands *out, struct rmk_err *err)
{
	struct operands o;

	if (operands_read(c, OPERANDS_ROWLESS | OPERANDS_STDIN, &o, err))
		return err->code;
	if (o.nrows <= 1 && o.nfiles <= 1) {
		*out = o;
		return RMK_OK;
	}
	if (o.nrows > 1)
		rmk_fail(err, RMK_INVALID, "%s: %.*s", c->cmd->name,
		    RMK_FMT(rows_given(c->arena, &o)));
	else
		rmk_fail(err, RMK_INVALID, "%s: two files given, '%s' and '%s'",
		    c->cmd->name, o.files[0], o.files[1]);
	return rmk_hint(
	    err, "one row and one FILE at most; files end in .md or are there");
}
