// Who made a commit and what it says, as git log shows it: people by .mailmap, words in UTF-8.
//
// Both are rare, so git is asked, once for all, and only where there is a map or a commit
// names an encoding. What an earlier walk kept is what the commits hold: a map may change.
#include "git/engine.h"
#include "git/log.h"
#include "git/without_git.h"

#include "base/buf.h"
#include "base/map.h"

#include <unistd.h>

static bool
log_has_mailmap(struct rmk_repo *repo)
{
	struct rmk_str value,
	    path = rmk_str_printf(repo->a, "%.*s.mailmap", RMK_FMT(repo->top));
	bool wanted = true;

	if (rmk_setting_bool(repo, "log.mailmap", &wanted, NULL) == RMK_OK && !wanted)
		return false;
	if (repo->top.n && access(path.s, F_OK) == 0)
		return true;
	if (rmk_repo_config(repo->a, repo, "mailmap.file", &value) == RMK_OK ||
	    rmk_repo_config(repo->a, repo, "mailmap.blob", &value) == RMK_OK)
		return true;
	return !repo->top.n && rmk_repo_read(repo->a, repo, RMK_STR("HEAD"),
				   RMK_STR(".mailmap"), &value, NULL) == RMK_OK;
}

static bool
log_any_encoded(const struct rmk_revisions *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->v[i].encoded)
			return true;
	}
	return false;
}

// One record of git's: as many lines as the format has.
static void
log_take_shown(struct rmk_revision *v, struct rmk_str record)
{
	struct rmk_str id, *to[] = {&v->author.name, &v->author.mail, &v->committer.name,
			       &v->committer.mail};

	rmk_str_split(&record, '\n', &id);
	for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
		if (!rmk_str_split(&record, '\n', to[i]))
			return;
	}
	if (v->encoded)
		v->subject = rmk_str_part(record, 0, rmk_str_chr(record, '\n'));
}

// The records of all commits, each under its id.
static struct rmk_str *
log_records(struct rmk_arena *a, struct rmk_str text, struct rmk_map *by_id)
{
	struct rmk_str *records = NULL, record;
	size_t n = 0, cap = 0;

	while (text.n && rmk_str_split(&text, '\0', &record)) {
		*rmk_map_put(
		    by_id, rmk_str_part(record, 0, rmk_str_chr(record, '\n'))) = n;
		*RMK_PUSH(a, records, n, cap) = record;
	}
	return records;
}

bool
rmk_git_log_show(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_revisions *r)
{
	bool mapped = r->n && log_has_mailmap(repo);
	const char *const argv[] = {"git", "log", "--no-walk=unsorted", "--stdin", "-z",
	    "--encoding=UTF-8",
	    mapped ? "--format=%H%n%aN%n%aE%n%cN%n%cE%n%B"
		   : "--format=%H%n%an%n%ae%n%cn%n%ce%n%B",
	    NULL};
	struct rmk_run run = {.argv = argv, .quiet = true};
	struct rmk_buf ids = {.arena = a};
	struct rmk_map by_id = {.arena = a};

	if (!r->n || (!mapped && !log_any_encoded(r)))
		return true;
	for (size_t i = 0; i < r->n; i++)
		rmk_buf_printf(&ids, "%s\n", rmk_oid_hex(a, &r->v[i].commit, RMK_NONE).s);
	run.in = rmk_buf_str(&ids);
	if (rmk_git_run(a, repo, &run, NULL))
		return run.missing && rmk_libgit2_log_show(a, repo, mapped, r);
	struct rmk_str *records = log_records(a, run.out, &by_id);
	for (size_t i = 0; i < r->n; i++) {
		size_t at = rmk_map_get(
		    &by_id, rmk_oid_hex(a, &r->v[i].commit, RMK_NONE));
		if (at != RMK_NONE)
			log_take_shown(&r->v[i], records[at]);
	}
	return true;
}
