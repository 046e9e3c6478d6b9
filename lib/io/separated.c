// CSV through libcsv, TSV by its tabs: see separated.h.
#include "io/separated.h"

#include "base/buf.h"

#include <csv.h>

struct separated {
	struct rmk_arena *arena;
	struct rmk_records *out;
	struct rmk_str *fields; // of the record that is read
	size_t n, cap;
	size_t records_cap, number; // of the record, from 1: the labels
	enum rmk_code code;
	struct rmk_err *err;
};

static void
separated_field(struct separated *s, struct rmk_str field)
{
	*RMK_PUSH(s->arena, s->fields, s->n, s->cap) = rmk_str_copy(s->arena, field);
}

static void
separated_end(struct separated *s)
{
	struct rmk_records *out = s->out;

	s->number++;
	if (s->code)
		return;
	if (s->number == 1) {
		out->labels = s->fields;
		out->ncols = s->n;
	} else if (s->n > out->ncols) {
		s->code = rmk_fail(s->err, RMK_INVALID,
		    "record %zu has %zu fields, and there are %zu columns", s->number,
		    s->n, out->ncols);
	} else {
		while (s->n < out->ncols)
			*RMK_PUSH(s->arena, s->fields, s->n, s->cap) = (struct rmk_str){
			    0};
		*RMK_PUSH(s->arena, out->v, out->n, s->records_cap) = (struct rmk_record){
		    s->fields};
	}
	s->fields = NULL;
	s->n = s->cap = 0;
}

static void
on_field(void *data, size_t n, void *ctx)
{
	separated_field(ctx, (struct rmk_str){n ? data : "", n});
}

static void
on_record(int end, void *ctx)
{
	(void)end;
	separated_end(ctx);
}

// A quote that is not where RFC 4180 has it could mean anything.
static enum rmk_code
separated_bad_quote(const struct separated *s, struct rmk_err *err)
{
	rmk_fail(err, RMK_INVALID, "record %zu: its quotes do not pair", s->number + 1);
	return rmk_hint(
	    err, "a field with a quote in it is written \"with \"\"two\"\" of them\"");
}

static enum rmk_code
read_csv(struct separated *s, struct rmk_str text, char separator)
{
	struct csv_parser parser;
	size_t done;
	bool bad;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI))
		return rmk_fail(s->err, RMK_IO, "libcsv does not start");
	csv_set_delim(&parser, (unsigned char)separator);
	done = csv_parse(&parser, text.s, text.n, on_field, on_record, s);
	bad = done != text.n || csv_fini(&parser, on_field, on_record, s);
	csv_free(&parser);
	if (s->code)
		return s->code;
	return bad ? separated_bad_quote(s, s->err) : RMK_OK;
}

static enum rmk_code
read_tsv(struct separated *s, struct rmk_str text)
{
	struct rmk_str line, field;

	while (text.n && rmk_str_split(&text, '\n', &line)) {
		if (rmk_str_ends(line, RMK_STR("\r")))
			line.n--;
		// An empty line is a record only where there is one column.
		if (line.n == 0 && s->number && s->out->ncols > 1)
			continue;
		do {
			rmk_str_split(&line, '\t', &field);
			separated_field(s, field);
		} while (line.s);
		separated_end(s);
	}
	return s->code;
}

enum rmk_code
rmk_separated_read(struct rmk_arena *a, struct rmk_str text, char separator,
    struct rmk_records *out, struct rmk_err *err)
{
	struct rmk_records records = {0};
	struct separated s = {.arena = a, .out = &records, .err = err};
	struct rmk_str first = text;

	first.n = rmk_str_chr(text, '\n') < text.n ? rmk_str_chr(text, '\n') : text.n;
	if (separator == ',' && rmk_str_chr(first, ',') == RMK_NONE &&
	    rmk_str_chr(first, ';') != RMK_NONE)
		separator = ';';
	if (separator == '\t' ? read_tsv(&s, text) : read_csv(&s, text, separator))
		return err->code;
	if (records.ncols == 0)
		return rmk_fail(err, RMK_INVALID, "it is empty");
	*out = records;
	return RMK_OK;
}
