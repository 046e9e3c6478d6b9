// How a rule says what it found.
#include "base/buf.h"
#include "base/utf8.h"
#include "check/check_context.h"
#include "gfm/cells.h"
#include "schema/address.h"
#include "table/value.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// What is quoted in a message is cut to this many terminal columns: a line of a report
// should fit on a screen.
#define MAX_QUOTED 48

struct rmk_str
check_printf(struct rmk_checking *c, const char *fmt, ...)
{
	va_list args;
	char small[512];
	int n;
	char *s;

	va_start(args, fmt);
	n = vsnprintf(small, sizeof small, fmt, args);
	va_end(args);
	if (n < 0)
		return (struct rmk_str){"", 0};
	s = rmk_arena_alloc(c->a, (size_t)n + 1);
	if ((size_t)n < sizeof small) {
		memcpy(s, small, (size_t)n + 1);
		return (struct rmk_str){s, (size_t)n};
	}
	va_start(args, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, args);
	va_end(args);
	return (struct rmk_str){s, (size_t)n};
}

// How many bytes at the front are printable ASCII.
static size_t
shown_as_it_is(struct rmk_str text)
{
	size_t n = 0;

	while (n < text.n && text.s[n] >= 0x20 && text.s[n] < 0x7F)
		n++;
	return n;
}

struct rmk_str
check_short(struct rmk_checking *c, struct rmk_str text)
{
	struct rmk_buf out = {.arena = c->a};
	struct rmk_str clipped;

	text = rmk_str_trim(text);
	if (text.n <= MAX_QUOTED && shown_as_it_is(text) == text.n)
		return text;
	clipped = rmk_utf8_clip(text, MAX_QUOTED);
	for (size_t i = 0; i < clipped.n;) {
		int32_t point;
		size_t n = shown_as_it_is(rmk_str_from(clipped, i));

		if (n) {
			rmk_buf_add(&out, rmk_str_part(clipped, i, n));
			i += n;
			continue;
		}
		n = rmk_utf8_decode(clipped, i, &point);
		if (point < 0x20 || point == 0x7F)
			rmk_buf_addc(&out, ' ');
		else if (point == 0xFFFD && n == 1)
			rmk_buf_printf(&out, "\\x%02X", (unsigned char)clipped.s[i]);
		else
			rmk_buf_add(&out, rmk_str_part(clipped, i, n));
		i += n;
	}
	if (clipped.n < text.n)
		rmk_buf_adds(&out, "…");
	return rmk_buf_str(&out);
}

bool
check_is_emphasis(struct rmk_str raw)
{
	return raw.n > 2 && (raw.s[0] == '*' || raw.s[0] == '_') &&
	       raw.s[raw.n - 1] == raw.s[0];
}

bool
check_has_word(struct rmk_str text)
{
	for (size_t i = 0; i < text.n;) {
		int32_t point;

		i += rmk_utf8_decode(text, i, &point);
		if (rmk_utf8_is_word(point))
			return true;
	}
	return false;
}

struct rmk_range
check_line_place(const struct rmk_doc *doc, uint32_t line)
{
	struct rmk_str text = rmk_doc_line(doc, line);
	uint32_t from = 0;

	while (from < text.n && (text.s[from] == ' ' || text.s[from] == '\t'))
		from++;
	while (text.n > from && (text.s[text.n - 1] == ' ' || text.s[text.n - 1] == '\t'))
		text.n--;
	return (struct rmk_range){line, from + 1, (uint32_t)text.n + 1};
}

struct rmk_range
check_span_place(const struct rmk_doc *doc, struct rmk_span span)
{
	uint32_t line = rmk_doc_line_of(doc, span.at);
	uint32_t from = rmk_doc_col_of(doc, span.at);

	return (struct rmk_range){line, from, from + span.len};
}

// The level the settings give the rule that runs; a setting of "off" is marked as used.
static enum rmk_level
level_of(const struct rmk_checking *c)
{
	enum rmk_level level = c->rule->level;
	const struct rmk_rule_setting *last = NULL;

	for (size_t i = 0; i < c->opts->nsettings; i++) {
		const struct rmk_rule_setting *s = &c->opts->settings[i];

		if (rmk_str_eq(s->name, rmk_str_of(c->rule->name)))
			last = s;
	}
	if (last == NULL || last->level == RMK_LEVEL_DEFAULT)
		return level;
	if (last->used)
		*last->used = true;
	return last->level;
}

// Whether the table's declaration switches the rule off; the entry counts as used.
static bool
is_off(struct rmk_checking *c, size_t table)
{
	struct table_info *t = &c->tables[table];

	for (size_t i = 0; i < t->schema->noff; i++) {
		if (rmk_str_eq(t->schema->off[i], rmk_str_of(c->rule->name))) {
			t->off_used[i] = true;
			return true;
		}
	}
	return false;
}

struct rmk_finding *
check_report(
    struct rmk_checking *c, size_t table, struct rmk_range at, struct rmk_str message)
{
	enum rmk_level level = level_of(c);
	struct rmk_finding *f;

	if (level == RMK_OFF || (table != RMK_NONE && is_off(c, table)))
		return NULL;
	f = RMK_PUSH(c->a, c->out->v, c->out->n, c->out->cap);
	*f = (struct rmk_finding){
	    .rule = c->rule, .level = level, .path = c->doc->path, .at = at};
	f->message = message;
	f->source = rmk_doc_line(c->doc, at.line);
	if (table != RMK_NONE) {
		struct table_info *t = &c->tables[table];

		if (t->address.s == NULL)
			t->address = rmk_address_of(c->a, c->doc, table);
		f->table = t->address;
	}
	return f;
}

static struct rmk_row_names *
check_row_names(struct rmk_checking *c, struct table_info *t)
{
	if (!t->names) {
		t->names = RMK_NEW(c->a, struct rmk_row_names);
		*t->names = rmk_row_names_of(c->a, c->doc, t->index, t->schema->key);
	}
	return t->names;
}

static void
name_row(
    struct rmk_checking *c, const struct table_info *t, size_t row, struct rmk_finding *f)
{
	check_schema(c, &c->tables[t->index]);
	rmk_schema_find_key(c->a, c->doc, t->index, t->schema);
	f->key = rmk_address_row(c->a, c->doc, t->index, t->schema, row);
	if (c->opts->apart)
		f->apart = rmk_row_name_apart(
		    check_row_names(c, &c->tables[t->index]), row);
}

struct rmk_finding *
check_report_cell(struct rmk_checking *c, const struct table_info *t, size_t row,
    size_t col, struct rmk_str message)
{
	const struct rmk_row *r = &t->table->rows[row];
	struct rmk_range at = check_line_place(c->doc, r->line);
	struct rmk_finding *f;

	if (col < r->ncells) {
		at.from = r->cells[col].at - r->span.at + 1;
		at.to = at.from + r->cells[col].len;
	} else if (col != RMK_NONE)
		at.from = at.to;
	f = check_report(c, t->index, at, message);
	if (f == NULL)
		return NULL;
	if (!c->opts->unnamed)
		name_row(c, t, row, f);
	if (col < t->table->ncols)
		f->label = t->schema->fields[col].label;
	return f;
}

// Room for one more of size bytes where n are there: grown by doubling, the room being
// used up whenever n is a power of two.
static void *
more(struct rmk_arena *a, void *v, size_t n, size_t size)
{
	if ((n & (n - 1)) != 0)
		return v;
	return rmk_arena_grow(a, v, n * size, (n ? 2 * n : 1) * size);
}

void
check_also(struct rmk_checking *c, struct rmk_finding *f, struct rmk_range at)
{
	if (f == NULL)
		return;
	f->others = more(c->a, f->others, f->nothers, sizeof at);
	f->others[f->nothers++] = at;
}

// Beyond this many, the parts of a fix are not listed one by one.
#define MAX_SUGGESTIONS 64

static void
suggest(struct rmk_checking *c, struct rmk_finding *f, struct rmk_span span,
    struct rmk_str text)
{
	struct rmk_range at = check_span_place(c->doc, span);

	if (f->nsuggestions == MAX_SUGGESTIONS)
		return;
	if (f->suggestions == NULL)
		f->suggestions = RMK_NEW_N(c->a, struct rmk_suggestion, MAX_SUGGESTIONS);
	f->suggestions[f->nsuggestions++] = (struct rmk_suggestion){
	    at, rmk_doc_line(c->doc, at.line), text};
}

void
check_fix_cell(struct rmk_checking *c, struct rmk_finding *f, size_t table, size_t row,
    size_t col, struct rmk_str value)
{
	struct rmk_edit edit = {.kind = RMK_EDIT_CELL,
	    .table = table,
	    .row = row,
	    .col = col,
	    .value = value};
	const struct rmk_row *r = &c->doc->tables[table].rows[row];

	if (f == NULL || c->doc->tables[table].read_only)
		return;
	f->edits = more(c->a, f->edits, f->nedits, sizeof edit);
	f->edits[f->nedits++] = edit;
	if (col < r->ncells && r->cells[col].len)
		suggest(c, f, r->cells[col], rmk_cell_raw(c->a, value));
}

void
check_fix_splice(struct rmk_checking *c, struct rmk_finding *f, struct rmk_span span,
    struct rmk_str text)
{
	struct rmk_splice splice = {span, text};

	if (f == NULL)
		return;
	f->splices = more(c->a, f->splices, f->nsplices, sizeof splice);
	f->splices[f->nsplices++] = splice;
	if (memchr(text.s, '\n', text.n) == NULL || span.len == 0)
		suggest(c, f, span, text);
}
