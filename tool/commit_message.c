// The message of a commit: see commit_message.h.
#include "commit_message.h"
#include "io/config.h"
#include "out.h"

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

static struct rmk_str
commit_message_value_of(struct rmk_arena *a, const struct write *w, struct rmk_str name)
{
	if (rmk_str_eq(name, RMK_STR("row")))
		return message_row(w);
	if (rmk_str_eq(name, RMK_STR("column")))
		return w->change.label_shown;
	if (rmk_str_eq(name, RMK_STR("old")))
		return message_value(a, w, false);
	if (rmk_str_eq(name, RMK_STR("new")))
		return message_value(a, w, true);
	if (rmk_str_eq(name, RMK_STR("table")))
		return w->address;
	if (rmk_str_eq(name, RMK_STR("file")))
		return w->file->path;
	return (struct rmk_str){0};
}

// What stands in braces and is no name of ours is kept as it is. A NUL in a value would be
// the end of the message, and nothing in it shall steer a terminal.
static void
expand(struct rmk_buf *b, const struct write *w, struct rmk_str template)
{
	size_t open, close;

	while ((open = rmk_str_chr(template, '{')) != RMK_NONE) {
		struct rmk_str rest = rmk_str_from(template, open), value = {0};

		rmk_buf_add(b, rmk_str_part(template, 0, open));
		close = rmk_str_chr(rest, '}');
		if (close != RMK_NONE)
			value = commit_message_value_of(
			    b->arena, w, rmk_str_part(rest, 1, close - 1));
		if (value.s)
			rmk_buf_add(b, rmk_shown(b->arena, value));
		else
			rmk_buf_addc(b, '{');
		template = rmk_str_from(rest, value.s ? close + 1 : 1);
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

// Whether all changes are of one table, which then names them.
static bool
one_table(const struct write *writes, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		if (!rmk_str_eq(writes[i].address, writes[0].address))
			return false;
	}
	return true;
}

enum rmk_code
message_of(struct call *c, const struct write *writes, size_t n, struct rmk_str *out,
    struct rmk_err *err)
{
	struct rmk_buf b = {.arena = c->arena};
	struct rmk_str template = RMK_STR("{row}: {old} -> {new}");
	struct rmk_config config = {0};

	if (call_config(c, &config, err))
		return err->code;
	if (config.message.n)
		template = config.message;
	if (n != 1) {
		rmk_buf_printf(&b, "%zu changes", n);
		if (n && one_table(writes, n))
			rmk_buf_printf(&b, " in %.*s", RMK_FMT(writes[0].address));
		rmk_buf_adds(&b, "\n\n");
	}
	for (size_t i = 0; i < n; i++) {
		commit_message_add_line(&b, &writes[i], template);
		if (n != 1)
			rmk_buf_addc(&b, '\n');
	}
	*out = rmk_buf_str(&b);
	return RMK_OK;
}
