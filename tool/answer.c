// The answer of a command to a program: see answer.h.
//
// Standard output is the process's own, and so is what is going to be on it: it is static here,
// as in out.c.
#include "answer.h"
#include "answer_changes.h"
#include "commit_message.h"
#include "out.h"
#include "write_report.h"

#include <stdio.h>
#include <string.h>

struct answer_candidate {
	struct rmk_str address, row;
	uint32_t line; // 0: a table, or a column
	struct rmk_str column;
};

struct answer_left {
	const char *what, *why;
};

struct answer_path {
	struct rmk_str path;
	bool changed;
};

static struct {
	bool on, failed;
	struct rmk_arena arena; // not the command's: a complaint has none
	struct answer_changes changes;
	struct answer_path *files;
	size_t nfiles, files_cap;
	struct answer_left *left;
	size_t nleft, left_cap;
	struct rmk_buf output; // text for people
	struct rmk_str *notes;
	size_t nnotes, notes_cap;
	struct answer_candidate *candidates;
	struct rmk_err candidates_of; // columns: of this error alone
	size_t ncandidates, candidates_cap;
	struct rmk_str owner, since, since_commit; // who has the row; s NULL: not known
	struct rmk_commit_result commit;
	struct rmk_str sync; // s NULL: there was none
	struct rmk_err err;
} answer;

bool
answer_wanted(const struct call *c)
{
	const struct opt *o = c->cmd ? c->cmd->opts : NULL;

	if (!o || !opt_has(c, "json"))
		return false;
	return opt_on(c, "json") || (opt_reads_as_json(c) && opt_format_is(c, "json"));
}

void
answer_begin(void)
{
	answer.on = true;
	out_mute(true);
}

bool
answer_is_on(void)
{
	return answer.on;
}

void
answer_forget(void)
{
	rmk_arena_free(&answer.arena);
	answer.changes = (struct answer_changes){0};
	answer.output = (struct rmk_buf){0};
	answer.files = NULL;
	answer.left = NULL;
	answer.notes = NULL;
	answer.candidates = NULL;
	answer.nfiles = answer.files_cap = answer.nleft = answer.left_cap = 0;
	answer.nnotes = answer.notes_cap = answer.ncandidates = 0;
	answer.candidates_cap = 0;
	answer.owner = answer.since = answer.since_commit = (struct rmk_str){0};
	answer.commit = (struct rmk_commit_result){0};
	answer.sync = (struct rmk_str){0};
	answer.failed = false;
}

void
answer_drop(void)
{
	answer_forget();
	answer.on = false;
	out_mute(false);
}

// --- what is noted --------------------------------------------------------------

void
answer_writes(struct call *c, const struct write *writes, size_t n)
{
	if (!answer.on)
		return;
	for (size_t i = 0; i < n; i++) {
		answer_change_of_write(&answer.arena, c, &writes[i], &answer.changes);
		answer_file(
		    writes[i].file->path, writes[i].change.kind != RMK_CHANGE_SET ||
					      !write_is_unchanged(c, &writes[i]));
	}
}

void
answer_texts(struct rmk_str path, struct rmk_str before, struct rmk_str after)
{
	if (!answer.on)
		return;
	answer_file(path, !rmk_str_eq(before, after));
	answer_changes_of_texts(&answer.arena, path, before, after, &answer.changes);
}

void
answer_file(struct rmk_str path, bool changed)
{
	if (!answer.on)
		return;
	for (size_t i = 0; i < answer.nfiles; i++) {
		if (rmk_str_eq(answer.files[i].path, path)) {
			answer.files[i].changed |= changed;
			return;
		}
	}
	*RMK_PUSH(&answer.arena, answer.files, answer.nfiles, answer.files_cap) =
	    (struct answer_path){rmk_str_copy(&answer.arena, path), changed};
}

void
answer_commit(const struct rmk_commit_result *r)
{
	answer.commit = *r;
	answer.commit.branch = rmk_str_copy(&answer.arena, r->branch);
	answer.commit.subject = rmk_str_copy(&answer.arena, r->subject);
}

void
answer_sync(struct rmk_str json, struct rmk_str (*made)[2], size_t nmade)
{
	answer.sync = rmk_str_copy(&answer.arena, json);
	for (size_t i = 0; i < nmade; i++) {
		if (rmk_str_eq(made[i][0], rmk_str_of(answer.commit.id))) {
			snprintf(answer.commit.id, sizeof answer.commit.id, "%.*s",
			    RMK_FMT(made[i][1]));
			return;
		}
	}
}

void
answer_not_done(const char *what, const char *why)
{
	if (answer.on)
		*RMK_PUSH(&answer.arena, answer.left, answer.nleft,
		    answer.left_cap) = (struct answer_left){what, why};
}

void
answer_commit_left(struct call *c)
{
	answer_not_done("commit", opt_on(c, "no-commit") ? "--no-commit"
				  : opt_on(c, "stage")   ? "--stage"
				  : commits_off(c)       ? "rowmark.commit is no"
							 : "nothing to commit");
}

void
answer_output(struct rmk_str text)
{
	answer.output.arena = &answer.arena;
	rmk_buf_add(&answer.output, text);
}

void
answer_note(const char *text)
{
	if (answer.on)
		*RMK_PUSH(&answer.arena, answer.notes, answer.nnotes,
		    answer.notes_cap) = rmk_str_copy(&answer.arena, rmk_str_of(text));
}

void
answer_error(const struct rmk_err *err)
{
	answer.failed = true;
	answer.err = *err;
}

void
answer_no_candidates(void)
{
	answer.ncandidates = 0;
}

void
answer_candidate(struct rmk_str address, uint32_t line, struct rmk_str row)
{
	struct rmk_arena *a = &answer.arena;

	*RMK_PUSH(a, answer.candidates, answer.ncandidates, answer.candidates_cap) =
	    (struct answer_candidate){.address = rmk_str_copy(a, address),
		.row = rmk_str_copy(a, row),
		.line = line};
}

void
answer_columns(const struct rmk_err *err, struct rmk_str address,
    const struct rmk_str *names, size_t n)
{
	struct rmk_arena *a = &answer.arena;

	answer.candidates_of = *err;
	answer.ncandidates = 0;
	for (size_t i = 0; i < n; i++)
		*RMK_PUSH(a, answer.candidates, answer.ncandidates,
		    answer.candidates_cap) = (struct answer_candidate){
		    .address = rmk_str_copy(a, address),
		    .column = rmk_str_copy(a, names[i])};
}

// A column that was missed in one table is no candidate where the row was found in another.
static bool
answer_is_candidate(const struct answer_candidate *k)
{
	return !k->column.s || strcmp(answer.candidates_of.msg, answer.err.msg) == 0;
}

void
answer_owner(struct rmk_str owner, struct rmk_str since, struct rmk_str commit)
{
	struct rmk_arena *a = &answer.arena;

	answer.owner = rmk_str_copy(a, owner);
	if (since.s) {
		answer.since = rmk_str_copy(a, since);
		answer.since_commit = rmk_str_copy(a, commit);
	}
}

// --- the document ---------------------------------------------------------------

static void
answer_json_owner(struct rmk_json *j)
{
	if (!answer.owner.s)
		return;
	rmk_json_object(j, "owner");
	rmk_json_text(j, "name", answer.owner);
	if (answer.since.s) {
		rmk_json_text(j, "since", answer.since);
		rmk_json_text(j, "commit", answer.since_commit);
	} else {
		rmk_json_null(j, "since");
		rmk_json_null(j, "commit");
	}
	rmk_json_end(j);
}

static void
answer_json_error(struct rmk_json *j)
{
	const struct rmk_err *err = &answer.err;

	rmk_json_object(j, "error");
	rmk_json_cstr(j, "code", rmk_code_name(err->code));
	rmk_json_cstr(j, "message", err->msg);
	rmk_json_cstr(j, "hint", err->hint[0] ? err->hint : NULL);
	rmk_json_array(j, "candidates");
	for (size_t i = 0; i < answer.ncandidates; i++) {
		const struct answer_candidate *k = &answer.candidates[i];

		if (!answer_is_candidate(k))
			continue;
		rmk_json_object(j, NULL);
		rmk_json_text(j, "address", k->address);
		if (k->column.s)
			rmk_json_text(j, "column", k->column);
		if (k->line) {
			rmk_json_number(j, "line", k->line);
			rmk_json_text(j, "row", k->row);
		}
		rmk_json_end(j);
	}
	rmk_json_end(j);
	answer_json_owner(j);
	rmk_json_end(j);
}

static void
answer_json_commit(struct rmk_json *j)
{
	if (!answer.commit.id[0]) {
		rmk_json_null(j, "commit");
		return;
	}
	rmk_json_object(j, "commit");
	rmk_json_cstr(j, "id", answer.commit.id);
	rmk_json_text(j, "branch", answer.commit.branch);
	rmk_json_text(j, "subject", answer.commit.subject);
	rmk_json_end(j);
}

static void
answer_json_done(struct rmk_json *j, const struct call *c)
{
	rmk_json_cstr(j, "command", c->cmd->name);
	answer_json_changes(j, &answer.changes);
	rmk_json_array(j, "files");
	for (size_t i = 0; i < answer.nfiles; i++) {
		rmk_json_object(j, NULL);
		rmk_json_text(j, "path", answer.files[i].path);
		rmk_json_bool(j, "changed", answer.files[i].changed);
		rmk_json_end(j);
	}
	rmk_json_end(j);
	answer_json_commit(j);
	if (answer.sync.s)
		rmk_json_raw(j, "sync", answer.sync);
	rmk_json_array(j, "not_done");
	for (size_t i = 0; i < answer.nleft; i++) {
		rmk_json_object(j, NULL);
		rmk_json_cstr(j, "what", answer.left[i].what);
		rmk_json_cstr(j, "why", answer.left[i].why);
		rmk_json_end(j);
	}
	rmk_json_end(j);
	rmk_json_array(j, "notes");
	for (size_t i = 0; i < answer.nnotes; i++)
		rmk_json_text(j, NULL, answer.notes[i]);
	rmk_json_end(j);
}

// What a command says that changes no table (install): its lines.
static void
answer_json_output(struct rmk_json *j)
{
	struct rmk_str rest = rmk_str_trim(rmk_buf_str(&answer.output)), line;

	rmk_json_array(j, "output");
	while (rest.n && rmk_str_split(&rest, '\n', &line))
		rmk_json_text(j, NULL, line);
	rmk_json_end(j);
}

// Where a command that reads has printed its own document, no second one follows it.
void
answer_end(struct call *c)
{
	struct rmk_buf b = {.arena = &answer.arena};
	struct rmk_json j = {.out = &b};
	bool wanted = !c || answer.on || answer_wanted(c);

	out_mute(false);
	if ((answer.on || answer.failed) && wanted && (answer.on || !out_has_printed())) {
		rmk_json_object(&j, NULL);
		rmk_json_number(&j, "version", 1);
		if (answer.failed)
			answer_json_error(&j);
		else
			answer_json_done(&j, c);
		if (!answer.failed && !can_commit(c))
			answer_json_output(&j);
		rmk_json_end(&j);
		rmk_buf_addc(&b, '\n');
		out_str(rmk_buf_str(&b));
	}
	answer_forget();
}
