// A version as Markdown, and Markdown as facts.
#include "model.h"

#include <stdio.h>
#include <string.h>

// --- printing -------------------------------------------------------------------------------

struct page {
	char *text;
	size_t n;
};

static void
page_add(struct page *p, const char *s)
{
	size_t n = strlen(s);

	if (p->n + n < MODEL_TEXT) {
		memcpy(p->text + p->n, s, n);
		p->n += n;
	}
}

static void
page_cell(struct page *p, int style, const char *cell, bool last)
{
	static const char *const before[] = {"| ", "|", "| ", "|  "};
	static const char *const after[] = {" ", "", "   ", "\t"};

	page_add(p, before[style]);
	page_add(p, cell);
	page_add(p, after[style]);
	if (last)
		page_add(p, "|\n");
}

static void
page_table(struct page *p, const struct model_table *t)
{
	page_add(p, "## ");
	page_add(p, t->heading);
	page_add(p, "\n\n");
	page_add(p, t->intro);
	page_add(p, "\n\n");
	for (int i = 0; i < t->ncols; i++)
		page_cell(p, t->style, t->label[t->cols[i]], i == t->ncols - 1);
	for (int i = 0; i < t->ncols; i++)
		page_cell(p, t->style, "---", i == t->ncols - 1);
	for (int r = 0; r < t->nrows; r++) {
		if (t->rows[r].after_blank)
			page_add(p, "\n");
		for (int i = 0; i < t->ncols; i++)
			page_cell(
			    p, t->style, t->rows[r].cell[t->cols[i]], i == t->ncols - 1);
	}
}

size_t
model_print(const struct model_version *v, char out[MODEL_TEXT])
{
	struct page p = {.text = out};

	page_add(&p, "# ");
	page_add(&p, v->title);
	page_add(&p, "\n\nkept\n\nkept too\n\n");
	page_add(&p, v->front);
	page_add(&p, "\n\nkept\n\nkept too\n\n");
	for (int t = 0; t < v->ntables; t++) {
		if (t)
			page_add(&p, "\n");
		page_table(&p, &v->tables[t]);
	}
	if (v->tail) {
		page_add(&p, "\n## After\n\nkept\n\nkept too\n\n");
		page_add(&p, v->back);
		page_add(&p, "\n");
	}
	for (int i = 0; i < v->end_blanks; i++)
		page_add(&p, "\n");
	out[p.n] = '\0';
	return p.n;
}

// --- facts ------------------------------------------------------------------------------------

static void
facts_write(char cells[MODEL_KINDS][MODEL_VALUE], char out[MODEL_LINE])
{
	size_t n = 0;

	out[0] = '\0';
	for (int k = 0; k < MODEL_KINDS; k++) {
		if (cells[k][0])
			n += (size_t)snprintf(
			    out + n, MODEL_LINE - n, "%d:%s;", k, cells[k]);
	}
}

void
model_facts(const struct model_table *t, const struct model_row *r, char out[MODEL_LINE])
{
	char cells[MODEL_KINDS][MODEL_VALUE];

	memset(cells, 0, sizeof cells);
	for (int i = 0; i < t->ncols; i++)
		memcpy(cells[t->cols[i]], r->cell[t->cols[i]], MODEL_VALUE);
	facts_write(cells, out);
}

// --- reading ----------------------------------------------------------------------------------

struct reader {
	const struct model_case *c;
	struct model_seen *out;
	int table;
	int cols[MODEL_KINDS], ncols; // of the last header; -1: unknown
};

static const struct model_version *
version_at(const struct model_case *c, int v)
{
	return v == 0 ? &c->base : v == 1 ? &c->ours : &c->theirs;
}

static int
kind_of(const struct model_case *c, const char *label)
{
	for (int v = 0; v < 3; v++) {
		const struct model_version *x = version_at(c, v);

		for (int t = 0; t < x->ntables; t++) {
			for (int i = 0; i < x->tables[t].ncols; i++) {
				int k = x->tables[t].cols[i];

				if (strcmp(x->tables[t].label[k], label) == 0)
					return k;
			}
		}
	}
	return -1;
}

static int
table_of(const struct model_case *c, const char *heading)
{
	for (int v = 0; v < 3; v++) {
		const struct model_version *x = version_at(c, v);

		for (int t = 0; t < x->ntables; t++) {
			if (strcmp(x->tables[t].heading, heading) == 0)
				return x->tables[t].id;
		}
	}
	return -1;
}

// The next cell of a line that is behind a pipe; false at the line's end.
static bool
cell_next(const char **at, const char *end, char out[MODEL_VALUE])
{
	const char *s = *at, *e;
	size_t n;

	if (s >= end || (e = memchr(s, '|', (size_t)(end - s))) == NULL)
		return false;
	*at = e + 1;
	while (s < e && (*s == ' ' || *s == '\t'))
		s++;
	while (e > s && (e[-1] == ' ' || e[-1] == '\t'))
		e--;
	n = (size_t)(e - s) < MODEL_VALUE - 1 ? (size_t)(e - s) : MODEL_VALUE - 1;
	memcpy(out, s, n);
	out[n] = '\0';
	return true;
}

static bool
is_delimiter(const char *s, const char *end)
{
	if (s >= end || *s != '|' || memchr(s, '-', (size_t)(end - s)) == NULL)
		return false;
	for (; s < end && *s != '\n'; s++) {
		if (strchr("|-: \t", *s) == NULL)
			return false;
	}
	return true;
}

static void
read_header(struct reader *r, const char *s, const char *end)
{
	struct model_seen_header *h = &r->out->headers[r->out->nheaders];
	char cell[MODEL_VALUE];

	r->ncols = 0;
	for (s++; cell_next(&s, end, cell) && r->ncols < MODEL_KINDS;) {
		memcpy(h->label[r->ncols], cell, MODEL_VALUE);
		r->cols[r->ncols] = kind_of(r->c, cell);
		if (r->cols[r->ncols++] < 0)
			r->out->unknown = true;
	}
	h->table = r->table;
	h->ncols = r->ncols;
	memcpy(h->cols, r->cols, sizeof h->cols);
	if (r->out->nheaders + 1 < MODEL_TABLES * 3)
		r->out->nheaders++;
	else
		r->out->too_many = true;
}

static void
read_row(struct reader *r, const char *s, const char *end, int line)
{
	char cells[MODEL_KINDS][MODEL_VALUE], cell[MODEL_VALUE];
	struct model_seen_row *row = &r->out->rows[r->out->nrows];

	if (r->out->nrows == MODEL_IDS * 2) {
		r->out->too_many = true;
		return;
	}
	memset(cells, 0, sizeof cells);
	s++;
	for (int i = 0; cell_next(&s, end, cell); i++) {
		if (i >= r->ncols || r->cols[i] < 0)
			r->out->unknown |= cell[0] != '\0';
		else
			memcpy(cells[r->cols[i]], cell, MODEL_VALUE);
	}
	facts_write(cells, row->facts);
	row->table = r->table;
	row->line = line;
	r->out->nrows++;
}

static bool
starts(const char *s, const char *end, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(end - s) >= n && memcmp(s, with, n) == 0;
}

static const char *
line_end(const char *s, const char *end)
{
	const char *e = s < end ? memchr(s, '\n', (size_t)(end - s)) : NULL;

	return e ? e : end;
}

static void
read_line(struct reader *r, const char *s, const char *e, const char *next,
    const char *end, int line)
{
	char heading[MODEL_VALUE];

	if (starts(s, e, "## ")) {
		snprintf(heading, sizeof heading, "%.*s", (int)(e - s - 3), s + 3);
		r->table = table_of(r->c, heading);
	} else if (s < e && *s == '|' && !is_delimiter(s, e)) {
		if (is_delimiter(next, line_end(next, end)))
			read_header(r, s, e);
		else
			read_row(r, s, e, line);
	}
}

// What is left of a text with conflicts, one side taken.
static size_t
resolve(const char *text, size_t n, char side, char out[MODEL_TEXT])
{
	const char *end = text + n;
	char in = 0;
	size_t at = 0;

	for (const char *s = text, *e; s < end; s = e) {
		e = line_end(s, end);
		e = e < end ? e + 1 : e;
		if (starts(s, e, "<<<<<<< "))
			in = 'o';
		else if (in && starts(s, e, "=======\n"))
			in = 't';
		else if (in && starts(s, e, ">>>>>>> "))
			in = 0;
		else if ((in == 0 || in == side) && at + (size_t)(e - s) < MODEL_TEXT) {
			memcpy(out + at, s, (size_t)(e - s));
			at += (size_t)(e - s);
		}
	}
	return at;
}

void
model_read(const struct model_case *c, const char *text, size_t n, char side,
    struct model_seen *out)
{
	static char resolved[MODEL_TEXT];
	struct reader r = {.c = c, .out = out, .table = -1};
	const char *end;
	int line = 0;

	out->nrows = out->nheaders = 0;
	out->too_many = out->unknown = false;
	n = resolve(text, n, side, resolved);
	end = resolved + n;
	for (const char *s = resolved, *e, *next; s < end; s = next) {
		e = line_end(s, end);
		next = e < end ? e + 1 : e;
		read_line(&r, s, e, next, end, line++);
	}
}
