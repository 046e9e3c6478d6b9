// The message of a commit: see commit_message.h.
#include "commit_message.h"
#include "base/ascii.h"
#include "base/map.h"
#include "base/utf8.h"
#include "io/config.h"
#include "out.h"
#include "write_report.h"

#include <string.h>

struct rmk_str
message_value(struct rmk_arena *a, const struct write *w, bool new)
{
	struct rmk_str old_text = rmk_value_text(a, w->change.old);
	struct rmk_str new_text = rmk_value_text(a, w->change.value);
	struct rmk_str text = new ? new_text : old_text;

	// "Link -> Link" would say nothing.
	if (rmk_str_eq(old_text, new_text) &&
	    !rmk_str_eq(w->change.old, rmk_cell_raw(a, w->change.value)))
		text = new ? w->change.value : w->change.old;
	return text.n ? text : RMK_STR("(empty)");
}

// A command that adds a row puts the new row's key in `shown`.
struct rmk_str
message_row(const struct write *w)
{
	struct rmk_str shown = w->shown.n ? w->shown : w->change.row.shown;

	return shown.n ? shown : RMK_STR("a row");
}

// A paragraph is no part of a subject.
#define SUBJECT_VALUE 60 // columns

static struct rmk_str
short_value(struct rmk_arena *a, struct rmk_str value)
{
	struct rmk_str front = rmk_utf8_clip(value, SUBJECT_VALUE);

	return front.n == value.n
	           ? value
	           : rmk_str_printf(a, "%.*s...", RMK_FMT(rmk_str_trim(front)));
}

#define PLACEHOLDERS "{row} {column} {old} {new} {table} {file}"

static struct rmk_str
commit_message_value_of(struct rmk_arena *a, const struct write *w, struct rmk_str name)
{
	if (rmk_str_eq(name, RMK_STR("row")))
		return message_row(w);
	if (rmk_str_eq(name, RMK_STR("column")))
		return w->change.label_shown;
	if (rmk_str_eq(name, RMK_STR("old")))
		return short_value(a, message_value(a, w, false));
	if (rmk_str_eq(name, RMK_STR("new")))
		return short_value(a, message_value(a, w, true));
	if (rmk_str_eq(name, RMK_STR("table")))
		return w->address;
	if (rmk_str_eq(name, RMK_STR("file")))
		return w->file->path;
	return (struct rmk_str){0};
}

// What is in braces at the front of text, where it may be meant as a name.
static bool
placeholder_at(struct rmk_str text, struct rmk_str *name)
{
	size_t n = 1;

	while (n < text.n && (rmk_is_letter(text.s[n]) || rmk_is_digit(text.s[n]) ||
				 memchr(" _-", text.s[n], 3)))
		n++;
	*name = rmk_str_part(text, 1, n - 1);
	return n > 1 && n < text.n && text.s[n] == '}';
}

// A template whose placeholders are all known, and that git can keep: what is wrong in it
// would stand in every commit.
static enum rmk_code
check_template(const struct rmk_config *config, struct rmk_err *err)
{
	struct rmk_str rest = config->message, name;
	size_t open;

	if (rmk_utf8_invalid(rest) != RMK_NONE) {
		rmk_fail(err, RMK_INVALID, ".rowmark.ini:%u: message: it is not UTF-8",
		    config->message_line);
		return rmk_hint(err, "save the file as UTF-8");
	}
	while ((open = rmk_str_chr(rest, '{')) != RMK_NONE) {
		rest = rmk_str_from(rest, open);
		if (placeholder_at(rest, &name) &&
		    rmk_str_find(RMK_STR(PLACEHOLDERS),
			rmk_str_part(rest, 0, name.n + 2)) == RMK_NONE) {
			rmk_fail(err, RMK_INVALID,
			    ".rowmark.ini:%u: message: '{%.*s}' is no placeholder",
			    config->message_line, RMK_FMT(name));
			return rmk_hint(err, "there are " PLACEHOLDERS);
		}
		rest = rmk_str_from(rest, 1);
	}
	return RMK_OK;
}

// A NUL in a value would be the end of the message, and nothing in it shall steer a terminal.
static void
expand(struct rmk_buf *b, const struct write *w, struct rmk_str template)
{
	struct rmk_str name;
	size_t open;

	while ((open = rmk_str_chr(template, '{')) != RMK_NONE) {
		struct rmk_str rest = rmk_str_from(template, open), value = {0};

		rmk_buf_add(b, rmk_str_part(template, 0, open));
		if (placeholder_at(rest, &name))
			value = commit_message_value_of(b->arena, w, name);
		if (value.s)
			rmk_buf_add(b, rmk_shown(b->arena, value));
		else
			rmk_buf_addc(b, '{');
		template = rmk_str_from(rest, value.s ? name.n + 2 : 1);
	}
	rmk_buf_add(b, template);
}

static void
commit_message_add_line(struct rmk_buf *b, const struct write *w, struct rmk_str template)
{
	switch (w->change.kind) {
	case RMK_CHANGE_SET:
		expand(b, w, template);
		break;
	case RMK_CHANGE_ADD:
		expand(b, w, RMK_STR("Add {row}"));
		break;
	case RMK_CHANGE_REMOVE:
		expand(b, w, RMK_STR("Remove {row}"));
		break;
	}
}

// --- several changes --------------------------------------------------------------

static bool
of_one_kind(const struct write *writes, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		if (writes[i].change.kind != writes[0].change.kind)
			return false;
	}
	return true;
}

// Whether each sets the same column to the same value.
static bool
to_one_value(struct rmk_arena *a, const struct write *writes, size_t n)
{
	struct rmk_str value = message_value(a, &writes[0], true);

	for (size_t i = 1; i < n; i++) {
		if (!rmk_str_eq(
			writes[i].change.label_shown, writes[0].change.label_shown) ||
		    !rmk_str_eq(message_value(a, &writes[i], true), value))
			return false;
	}
	return true;
}

// What tells the row of one write from that of another: its place, and of a new one its name.
static struct rmk_str
message_row_id(struct rmk_arena *a, const struct write *w)
{
	return w->change.kind == RMK_CHANGE_ADD
	           ? rmk_str_printf(a, "+%.*s", RMK_FMT(message_row(w)))
	           : rmk_str_printf(
			 a, "%p %zu %zu", (const void *)w->file, w->table, w->row);
}

// "LIMA, LoRA and 3 more": the rows in turn, each once, as far as a subject has room.
static struct rmk_str
row_list(struct rmk_arena *a, const struct write *writes, size_t n)
{
	struct rmk_map rows = {.arena = a};
	struct rmk_buf b = {.arena = a};
	size_t named = 0;

	for (size_t i = 0; i < n; i++)
		*rmk_map_put(&rows, message_row_id(a, &writes[i])) = i;
	for (; named < rows.n; named++) {
		const struct write *w = &writes[rows.entries[named].value];
		struct rmk_str row = short_value(a, rmk_shown(a, message_row(w)));

		if (named &&
		    rmk_utf8_width(rmk_buf_str(&b)) + rmk_utf8_width(row) > SUBJECT_VALUE)
			break;
		rmk_buf_printf(&b, "%s%.*s", named ? ", " : "", RMK_FMT(row));
	}
	if (named < rows.n)
		rmk_buf_printf(&b, " and %zu more", rows.n - named);
	return rmk_buf_str(&b);
}

static struct rmk_str
subject_of_several(struct rmk_arena *a, const struct write *writes, size_t n)
{
	struct rmk_str rows = row_list(a, writes, n);

	if (!of_one_kind(writes, n))
		return rmk_str_printf(a, "%.*s: %zu changes", RMK_FMT(rows), n);
	if (writes[0].change.kind == RMK_CHANGE_ADD)
		return rmk_str_printf(a, "Add %.*s", RMK_FMT(rows));
	if (writes[0].change.kind == RMK_CHANGE_REMOVE)
		return rmk_str_printf(a, "Remove %.*s", RMK_FMT(rows));
	if (!to_one_value(a, writes, n))
		return rmk_str_printf(a, "%.*s: %zu changes", RMK_FMT(rows), n);
	return rmk_str_printf(a, "%.*s: %.*s", RMK_FMT(rows),
	    RMK_FMT(rmk_shown(a, short_value(a, message_value(a, &writes[0], true)))));
}

// What holds its value already is no part of what the commit does, unless that is all.
static const struct write *
changed_of(struct call *c, const struct write *writes, size_t *n)
{
	struct write *changed = RMK_NEW_N(c->arena, struct write, *n + 1);
	size_t count = 0;

	for (size_t i = 0; i < *n; i++) {
		if (!writes[i].besides && !write_is_unchanged(c, &writes[i]))
			changed[count++] = writes[i];
	}
	if (count == 0)
		return writes;
	*n = count;
	return changed;
}

enum rmk_code
message_of(struct call *c, const struct write *writes, size_t n, struct rmk_str *out,
    struct rmk_err *err)
{
	struct rmk_buf b = {.arena = c->arena};
	struct rmk_str template = RMK_STR("{row}: {old} -> {new}");
	struct rmk_config config = {0};

	if (call_config(c, &config, err) || check_template(&config, err))
		return err->code;
	if (config.message.n)
		template = config.message;
	writes = changed_of(c, writes, &n);
	if (n != 1)
		rmk_buf_printf(&b, "%.*s\n\n",
		    RMK_FMT(n ? subject_of_several(c->arena, writes, n)
			      : RMK_STR("0 changes")));
	for (size_t i = 0; i < n; i++) {
		commit_message_add_line(&b, &writes[i], template);
		if (n != 1)
			rmk_buf_addc(&b, '\n');
	}
	*out = rmk_buf_str(&b);
	return RMK_OK;
}
