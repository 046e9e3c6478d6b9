// What a write says to people: see write_report.h.
#include "write_report.h"
#include "answer.h"
#include "commit_message.h"
#include "git/unified_diff.h"
#include "out.h"

static bool
write_report_same_row(const struct write *a, const struct write *b)
{
	return a->file == b->file && a->line == b->line && a->line != 0;
}

static void
report_row(const struct write *w)
{
	out_shown(STYLE_DIM, w->address);
	out_str(RMK_STR("  "));
	out_shown(STYLE_BOLD, message_row(w));
	out_fill('\n', 1);
}

bool
write_is_unchanged(const struct call *c, const struct write *w)
{
	return w->change.kind == RMK_CHANGE_SET &&
	       rmk_str_eq(w->change.old, rmk_cell_raw(c->arena, w->change.value));
}

// Emphasis and strike-through are shown as they stand: who typed a word did not type them.
static struct rmk_str
report_value(struct call *c, const struct write *w, bool new)
{
	struct rmk_str shown = message_value(c->arena, w, new);
	struct rmk_str raw = new ? w->change.value : w->change.old;

	return rmk_value_is_marked(raw, shown) ? raw : shown;
}

static void
report_cell(struct call *c, const struct write *w)
{
	struct rmk_str old = report_value(c, w, false);
	struct rmk_str new = report_value(c, w, true);

	out_str(RMK_STR("  "));
	out_shown(STYLE_PLAIN, w->change.label_shown);
	out_str(RMK_STR(": "));
	if (write_is_unchanged(c, w)) {
		out_shown(STYLE_PLAIN, new);
		out_str(RMK_STR(", unchanged\n"));
		return;
	}
	out_shown(STYLE_RED, old);
	out_str(RMK_STR(" -> "));
	out_shown(STYLE_GREEN, new);
	out_fill('\n', 1);
}

static void
report_line(const struct write *w)
{
	out_shown(STYLE_DIM, w->address);
	out_str(RMK_STR("  "));
	out_str(
	    w->change.kind == RMK_CHANGE_ADD ? RMK_STR("added ") : RMK_STR("removed "));
	out_shown(STYLE_BOLD, message_row(w));
	out_fill('\n', 1);
}

void
report_changes(struct call *c, const struct write *writes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (writes[i].change.kind != RMK_CHANGE_SET) {
			report_line(&writes[i]);
			continue;
		}
		if (i == 0 || !write_report_same_row(&writes[i - 1], &writes[i]))
			report_row(&writes[i]);
		report_cell(c, &writes[i]);
	}
}

void
report_commit(struct call *c, const struct rmk_commit_result *r)
{
	answer_commit(r);
	c->committed = c->committed || r->id[0];
	if (can_commit(c) && !opt_on(c, "dry-run") && !r->id[0] && !r->unchanged)
		answer_commit_left(c);
	if (r->note.n)
		out_warn("%.*s", RMK_FMT(r->note));
	if (!r->id[0] && can_commit(c) && !c->quiet && !r->unchanged &&
	    !opt_on(c, "no-commit") && !opt_on(c, "stage") && !opt_on(c, "dry-run") &&
	    commits_off(c))
		out_str(RMK_STR("not committed: rowmark.commit is no\n"));
	if (!r->id[0] || c->quiet)
		return;
	out_str(RMK_STR("["));
	out_shown(STYLE_GREEN, r->branch);
	out_printf(" %.7s] ", r->id);
	out_shown(STYLE_PLAIN, r->subject);
	out_fill('\n', 1);
	if (out_is_terminal() && c->cmd != &cmd_undo) {
		out_styled(STYLE_DIM, RMK_STR("'rowmark undo' takes it back"));
		out_fill('\n', 1);
	}
}

void
write_say_regions(struct rmk_str lines)
{
	struct rmk_str line;

	while (lines.n && rmk_str_split(&lines, '\n', &line))
		if (line.n)
			out_warn("%.*s", RMK_FMT(line));
}

void
write_print_diff(struct rmk_str text)
{
	struct rmk_str line;

	while (rmk_str_split(&text, '\n', &line)) {
		enum style style = STYLE_PLAIN;

		if (!text.s && line.n == 0)
			break;
		if (rmk_str_starts(line, RMK_STR("diff ")) ||
		    rmk_str_starts(line, RMK_STR("index ")) ||
		    rmk_str_starts(line, RMK_STR("--- ")) ||
		    rmk_str_starts(line, RMK_STR("+++ ")))
			style = STYLE_BOLD;
		else if (rmk_str_starts(line, RMK_STR("@@")))
			style = STYLE_CYAN;
		else if (rmk_str_starts(line, RMK_STR("-")))
			style = STYLE_RED;
		else if (rmk_str_starts(line, RMK_STR("+")))
			style = STYLE_GREEN;
		out_line(style, line);
		out_fill('\n', text.s ? 1 : 0);
	}
}

enum rmk_code
write_print_patch(struct rmk_arena *a, const struct rmk_repo *repo, struct rmk_str path,
    struct rmk_str before, struct rmk_str after, struct rmk_err *err)
{
	struct rmk_str top, diff;
	struct rmk_err unused;

	if (repo && rmk_repo_path(a, repo, path, &top, &unused) == RMK_OK)
		path = top;
	if (rmk_patch_text(a, repo, path, before, after, &diff, err))
		return err->code;
	write_print_diff(diff);
	return RMK_OK;
}
