// What a sync did: see sync_report.h.
#include "sync_report.h"
#include "git/process.h"
#include "out.h"

#include <ctype.h>

// --- who and when -------------------------------------------------------------------------

// "1a2b3c4 by Ada, 2026-01-02 03:04:05 +0000"; empty: no such commit.
static struct rmk_str
describe_commit(
    struct sync_run *run, struct rmk_str range, struct rmk_str grep, struct rmk_str path)
{
	struct rmk_arena *a = run->c->arena;
	const char *argv[11] = {"git", "--literal-pathspecs", "log", "-1",
	    "--format=%h by %an, %ad", "--date=iso"};
	struct rmk_run git = {.argv = argv, .quiet = true};
	size_t n = 6;

	if (grep.n)
		argv[n++] = rmk_str_printf(a, "-G%.*s", RMK_FMT(grep)).s;
	argv[n++] = rmk_str_c(a, range);
	argv[n++] = "--";
	argv[n] = path.n ? rmk_str_c(a, path) : NULL;
	if (rmk_git_run(a, run->repo, &git, NULL))
		return RMK_STR("");
	return rmk_str_trim(git.out);
}

// A pattern for lines with a cell that begins with a text, whatever characters that has: "d" is
// not in "| done |".
static struct rmk_str
pattern_of(struct rmk_arena *a, struct rmk_str text)
{
	struct rmk_buf out = {.arena = a};

	rmk_buf_adds(&out, "(^|\\|)[^|[:alnum:]]*");
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.s[i];

		if (c < 0x80 && !isalnum(c) && c != ' ')
			rmk_buf_addc(&out, '\\');
		rmk_buf_addc(&out, (char)c);
	}
	rmk_buf_adds(&out, "([^[:alnum:]]|$)");
	return rmk_buf_str(&out);
}

// The newest commit of the upstream that changed a line with the row's name; else of the file.
static struct rmk_str
describe_theirs(
    struct sync_run *run, const struct rmk_sync_result *r, const struct rmk_obstacle *o)
{
	struct rmk_arena *a = run->c->arena;
	struct rmk_str range = rmk_str_printf(
	    a, "%.*s..%.*s", RMK_FMT(r->up.head), RMK_FMT(r->tip));
	struct rmk_str row = rmk_str_from(o->where, rmk_str_chr(o->where, ' ') + 1);
	struct rmk_str found = {0};

	if (rmk_str_chr(o->where, ' ') != RMK_NONE)
		found = describe_commit(run, range, pattern_of(a, row), o->path);
	return found.n ? found : describe_commit(run, range, RMK_STR(""), o->path);
}

static struct rmk_str
describe_ours(struct sync_run *run, const struct rmk_sync_result *r)
{
	return describe_commit(run, r->replay.stopped_at, RMK_STR(""), RMK_STR(""));
}

// --- for people ---------------------------------------------------------------------------

static void
print_side(const char *side, struct rmk_str who)
{
	out_printf("    %s: ", side);
	out_shown(STYLE_DIM, who.n ? who : RMK_STR("(not known)"));
	out_fill('\n', 1);
}

// Each side alone keeps to what its tables declare; who writes the cell anew decides.
static void
print_undeclared(const struct rmk_sync_result *r)
{
	out_printf("not in step: together with what %.*s has, what is here breaks what a "
		   "table declares:\n",
	    RMK_FMT(r->up.shown));
	sync_print_obstacles(r->replay.merge.obstacles, r->replay.merge.n);
	out_printf(
	    "nothing was pushed or changed; 'rowmark undo' and 'rowmark sync', and "
	    "make the change anew\n");
}

// Of two statuses one is further on; of a row that is gone nothing is.
static bool
is_row_gone(const struct rmk_tree_merge *m)
{
	for (size_t i = 0; i < m->n; i++) {
		if (rmk_str_find(m->obstacles[i].what, RMK_STR("deleted it")) != RMK_NONE)
			return true;
	}
	return false;
}

static void
print_conflict(struct sync_run *run, const struct rmk_sync_result *r)
{
	const struct rmk_tree_merge *m = &r->replay.merge;

	if (m->n && m->obstacles[0].declared) {
		print_undeclared(r);
		return;
	}
	out_printf(
	    "not in step: what %.7s changed was changed on %.*s too; ours is here:\n",
	    r->replay.stopped_at.s, RMK_FMT(r->up.shown));
	for (size_t i = 0; i < m->n; i++) {
		sync_print_obstacles(&m->obstacles[i], 1);
		print_side("ours", describe_ours(run, r));
		print_side("theirs", describe_theirs(run, r, &m->obstacles[i]));
	}
	out_printf("nothing was pushed or changed; %s decide\n",
	    is_row_gone(m) ? "--ours or --theirs" : "--ours, --theirs or --furthest");
}

static void
print_count(size_t n, const char *verb)
{
	if (n)
		out_printf(", %zu commit%s %s", n, n == 1 ? "" : "s", verb);
}

void
sync_print(struct sync_run *run, const struct rmk_sync_result *r)
{
	if (r->replay.stopped_at.n) {
		print_conflict(run, r);
		return;
	}
	if (run->c->quiet)
		return;
	out_shown(STYLE_BOLD, r->up.shown);
	out_str(RMK_STR(": in step"));
	print_count(r->nreceived, "received");
	print_count(r->nsent, "pushed");
	print_count(r->nleft_out, "there already");
	if (r->attempts > 1)
		out_printf(", %u attempts", r->attempts);
	out_fill('\n', 1);
}

// --- for programs -------------------------------------------------------------------------

static void
json_conflict(struct sync_run *run, struct rmk_json *j, const struct rmk_sync_result *r)
{
	const struct rmk_tree_merge *m = &r->replay.merge;

	if (!r->replay.stopped_at.n) {
		rmk_json_null(j, "conflict");
		return;
	}
	rmk_json_object(j, "conflict");
	rmk_json_text(j, "commit", r->replay.stopped_at);
	rmk_json_text(j, "ours", describe_ours(run, r));
	rmk_json_array(j, "theirs");
	for (size_t i = 0; i < m->n; i++)
		rmk_json_text(j, NULL, describe_theirs(run, r, &m->obstacles[i]));
	rmk_json_end(j);
	sync_json_obstacles(j, m->obstacles, m->n);
	rmk_json_end(j);
}

void
sync_json(struct sync_run *run, struct rmk_json *j, const struct rmk_sync_result *r)
{
	rmk_json_text(j, "remote", r->up.remote);
	rmk_json_text(j, "branch", r->up.branch);
	rmk_json_bool(j, "in_step", !r->replay.stopped_at.n);
	rmk_json_text(j, "commit", r->to.n ? r->to : r->up.head);
	rmk_json_number(j, "received", (long long)r->nreceived);
	rmk_json_number(j, "pushed", (long long)r->nsent);
	rmk_json_number(j, "there_already", (long long)r->nleft_out);
	rmk_json_number(j, "attempts", r->attempts);
	json_conflict(run, j, r);
}

void
sync_print_json(struct sync_run *run, const struct rmk_sync_result *r)
{
	struct rmk_buf b = {.arena = run->c->arena};
	struct rmk_json j = {.out = &b};

	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	sync_json(run, &j, r);
	rmk_json_end(&j);
	rmk_buf_addc(&b, '\n');
	out_str(rmk_buf_str(&b));
}
