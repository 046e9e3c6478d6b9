// The one table, or the whole files, that a command needs: see open_table.h.
#include "answer.h"
#include "open_table.h"
#include "out.h"
#include "table/value.h"

bool
picked_is_archive(struct rmk_arena *a, const struct picked *p)
{
	const struct rmk_doc *doc = p->file->doc;
	size_t heading = doc->tables[p->table].heading;

	return heading != RMK_NONE &&
	       rmk_str_starts(rmk_value_text(a, doc->headings[heading].text),
		   RMK_STR(ARCHIVED_HEADING));
}

// What is archived is not meant where it is not named.
static bool
open_one_is_no_archive(
    struct rmk_arena *a, const struct picked *all, size_t n, struct picked *out)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		if (picked_is_archive(a, &all[i]))
			continue;
		*out = all[i];
		found++;
	}
	return found == 1;
}

enum rmk_code
open_table(
    struct call *c, char *const *words, size_t n, struct picked *out, struct rmk_err *err)
{
	struct picked *all;
	size_t nall;

	if (open_tables(c, words, n, &all, &nall, err))
		return err->code;
	return open_only(c, all, nall, out, err);
}

enum rmk_code
open_only(struct call *c, const struct picked *all, size_t nall, struct picked *out,
    struct rmk_err *err)
{
	struct rmk_buf list = {.arena = c->arena};

	if (nall == 1 || open_one_is_no_archive(c->arena, all, nall, out)) {
		*out = nall == 1 ? all[0] : *out;
		return RMK_OK;
	}
	for (size_t i = 0; i < nall; i++)
		rmk_buf_printf(
		    &list, "  %.*s\n", RMK_FMT(picked_address(c->arena, &all[i])));
	complain_with(rmk_buf_str(&list));
	for (size_t i = 0; i < nall; i++)
		answer_candidate(picked_address(c->arena, &all[i]), 0, RMK_STR(""));
	rmk_fail(err, RMK_AMBIGUOUS, "which table? There are %zu:", nall);
	return rmk_hint(err, "name one with -f FILE#TABLE");
}

enum rmk_code
open_whole_files(
    const struct call *c, const struct wanted *wanted, size_t n, struct rmk_err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (wanted[i].table.n == 0)
			continue;
		rmk_fail(err, RMK_INVALID,
		    "%s: takes whole files, and '#%.*s' is a table", c->cmd->name,
		    RMK_FMT(wanted[i].table));
		return rmk_hint(err, "usage: rowmark %s %s", c->cmd->name, c->cmd->args);
	}
	return RMK_OK;
}
