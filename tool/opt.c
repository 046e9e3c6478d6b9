// Words to a call: see opt.h.
//
// One loop, one table: the command's own options and the common ones are looked up in
// the same way, so that `rowmark -q ls` and `rowmark ls -q` are the same.
#include "opt.h"

#include <assert.h>
#include <string.h>

// clang-format off
const struct opt opt_common[] = {
	{'f', "file", "FILE[#TABLE]", "only this file or table", SEVERAL},
	{'C', "directory", "DIR", "run as if started in DIR", SEVERAL},
	{0, "git-dir", "DIR", "the repository, as for git", NULL},
	{0, "work-tree", "DIR", "its worktree, as for git", NULL},
	{'q', "quiet", NULL, "print less, or nothing", NULL},
	{'v', "verbose", NULL, "say what is done", NULL},
	{0, "color", "WHEN", "colours", "auto always never"},
	{0, "no-pager", NULL, "print without a pager", NULL},
	{'h', "help", NULL, "this help", NULL},
	OPT_END,
};
// clang-format on

static const struct opt *
find_in(const struct opt *opts, const char *name, size_t len, char letter)
{
	for (; opts && opts->help; opts++) {
		if (letter && opts->letter == letter)
			return opts;
		if (!letter && strlen(opts->name) == len &&
		    memcmp(opts->name, name, len) == 0)
			return opts;
	}
	return NULL;
}

// The command's own options come first: -n and -m mean different things to different
// commands.
static const struct opt *
opt_find(const struct call *c, const char *name, size_t len, char letter)
{
	const struct opt *o = NULL;

	if (c->cmd)
		o = find_in(c->cmd->opts, name, len, letter);
	return o ? o : find_in(opt_common, name, len, letter);
}

const char *
nearest(const char *word, const char *const *words, size_t n)
{
	struct rmk_str w = rmk_str_of(word);
	unsigned most = w.n > 5 ? 3 : w.n > 2 ? 2 : 1;
	const char *best = NULL;

	for (size_t i = 0; i < n; i++) {
		struct rmk_str known = rmk_str_of(words[i]);
		unsigned d = rmk_str_distance(w, known, most);

		if (d <= most && (!best || d < most)) {
			best = words[i];
			most = d;
		} else if (!best && w.n > 1 && rmk_str_starts(known, w)) {
			best = words[i];
		}
	}
	return best;
}

// Names of all options of a call, for the nearest one.
static const char *
nearest_opt(const struct call *c, const char *name)
{
	const char *names[64];
	size_t n = 0;

	for (const struct opt *o = c->cmd ? c->cmd->opts : NULL; o && o->help; o++)
		names[n++] = o->name;
	for (const struct opt *o = opt_common; o->help; o++)
		names[n++] = o->name;
	assert(n < sizeof names / sizeof *names);
	return nearest(name, names, n);
}

static enum rmk_code
opt_unknown(const struct call *c, const char *name, size_t len, struct rmk_err *err)
{
	const char *word = rmk_str_c(c->arena, (struct rmk_str){name, len});
	const char *near = len > 1 ? nearest_opt(c, word) : NULL;
	const char *cmd = c->cmd ? c->cmd->name : "";
	const char *dashes = len > 1 ? "--" : "-";

	rmk_fail(err, RMK_INVALID, "%s%sunknown option '%s%s'", cmd, *cmd ? ": " : "",
	    dashes, word);
	if (near)
		return rmk_hint(err, "did you mean '--%s'?", near);
	return rmk_hint(err, "'rowmark %s%s-h' lists the options%s", cmd, *cmd ? " " : "",
	    c->cmd && c->cmd->most && len == 1 ? "; after -- no word is one" : "");
}

// An option whose value is one of a list: "text csv json".
static enum rmk_code
check_oneof(
    const struct call *c, const struct opt *o, const char *value, struct rmk_err *err)
{
	struct rmk_str rest = rmk_str_of(o->oneof), word;
	const char *words[32], *near;
	size_t n = 0;

	while (rmk_str_split(&rest, ' ', &word) && n < 32) {
		if (rmk_str_eq(word, rmk_str_of(value)))
			return RMK_OK;
		words[n++] = rmk_str_c(c->arena, word);
	}
	near = nearest(value, words, n);
	rmk_fail(err, RMK_INVALID, "--%s: '%s' is none of: %s", o->name, value, o->oneof);
	return near ? rmk_hint(err, "did you mean '%s'?", near) : err->code;
}

// Whether the option was given with another value, which would be lost.
static enum rmk_code
check_given_once(
    const struct call *c, const struct opt *o, const char *value, struct rmk_err *err)
{
	if (!o->arg || o->oneof)
		return RMK_OK;
	for (size_t i = 0; i < c->ngiven; i++) {
		if (c->given[i].opt != o || strcmp(c->given[i].value, value) == 0)
			continue;
		rmk_fail(err, RMK_INVALID, "--%s: given twice, '%s' and '%s'", o->name,
		    c->given[i].value, value);
		return rmk_hint(err, "it takes one value; give the command twice");
	}
	return RMK_OK;
}

static void
give(struct call *c, const struct opt *o, const char *value)
{
	struct given *g = &c->given[c->ngiven++];

	g->opt = o;
	g->value = value;
	c->quiet |= o->letter == 'q';
	c->verbose |= o->letter == 'v';
}

// The words still to read, and how far they are read.
struct words {
	int n, i;
	char **v;
};

// The value of o: joined (not NULL), or the next word.
static enum rmk_code
opt_take(struct call *c, struct words *w, const struct opt *o, const char *joined,
    struct rmk_err *err)
{
	if (!o->arg && joined)
		return rmk_fail(err, RMK_INVALID, "--%s takes no value", o->name);
	if (o->arg && !joined) {
		if (w->i >= w->n)
			return rmk_fail(
			    err, RMK_INVALID, "--%s wants a value: %s", o->name, o->arg);
		joined = w->v[w->i++];
	}
	if ((o->oneof && *o->oneof && check_oneof(c, o, joined, err)) ||
	    check_given_once(c, o, joined, err))
		return err->code;
	give(c, o, joined);
	return RMK_OK;
}

static enum rmk_code
parse_long(struct call *c, struct words *w, const char *word, struct rmk_err *err)
{
	size_t len = strcspn(word, "=");
	const struct opt *o = opt_find(c, word, len, 0);

	if (!o)
		return opt_unknown(c, word, len, err);
	return opt_take(c, w, o, word[len] ? word + len + 1 : NULL, err);
}

static enum rmk_code
parse_short(struct call *c, struct words *w, const char *word, struct rmk_err *err)
{
	for (; *word; word++) {
		const struct opt *o = opt_find(c, NULL, 0, *word);
		bool joined = o && o->arg && word[1];

		if (!o)
			return opt_unknown(c, word, 1, err);
		if (opt_take(c, w, o, joined ? word + 1 : NULL, err))
			return err->code;
		if (joined)
			break;
	}
	return RMK_OK;
}

// A long or short option, not an operand. "-" is standard input, and a status; "- item" is a
// text, since no option is a blank.
static bool
is_option(const char *word)
{
	return word[0] == '-' && word[1] && word[1] != ' ';
}

enum rmk_code
opt_parse(struct call *c, int argc, char **argv, int *used, struct rmk_err *err)
{
	struct words w = {argc, 0, argv};
	size_t letters = 0;
	bool ended = false;

	c->plain = SIZE_MAX;
	for (int i = 0; i < argc; i++)
		letters += strlen(argv[i]) + 1;
	c->given = rmk_arena_grow(c->arena, c->given, c->ngiven * sizeof *c->given,
	    (c->ngiven + letters) * sizeof *c->given);
	if (c->cmd)
		c->args = RMK_NEW_N(c->arena, char *, (size_t)argc + 1);

	while (w.i < w.n) {
		char *word = w.v[w.i];

		if (ended || !is_option(word)) {
			if (!c->cmd)
				break;
			c->args[c->nargs++] = word;
			w.i++;
			continue;
		}
		w.i++;
		if (strcmp(word, "--") == 0) {
			ended = true;
			c->plain = c->nargs;
		} else if (word[1] == '-' ? parse_long(c, &w, word + 2, err)
					  : parse_short(c, &w, word + 1, err))
			return err->code;
	}
	*used = w.i;
	return RMK_OK;
}

// The operand of number n, as the usage names it.
static struct rmk_str
opt_operand_name(const struct cmd *cmd, size_t n)
{
	struct rmk_str rest = rmk_str_of(cmd->args), word = RMK_STR("");

	for (size_t i = 0; i <= n; i++)
		rmk_str_split(&rest, ' ', &word);
	while (rmk_str_ends(word, RMK_STR(".")))
		word.n--;
	return word;
}

enum rmk_code
opt_check_operands(const struct call *c, struct rmk_err *err)
{
	const struct cmd *cmd = c->cmd;

	if (c->nargs < cmd->least)
		rmk_fail(err, RMK_INVALID, "%s: %.*s is missing", cmd->name,
		    RMK_FMT(opt_operand_name(cmd, c->nargs)));
	else if (c->nargs > cmd->most)
		rmk_fail(err, RMK_INVALID, "%s: '%s' is one argument too many", cmd->name,
		    c->args[cmd->most]);
	else
		return RMK_OK;
	return rmk_hint(
	    err, "usage: rowmark %s%s%s", cmd->name, *cmd->args ? " " : "", cmd->args);
}

// --- what commands ask ----------------------------------------------------------

bool
opt_has(const struct call *c, const char *name)
{
	return find_in(c->cmd->opts, name, strlen(name), 0) ||
	       find_in(opt_common, name, strlen(name), 0);
}

size_t
opt_all(const struct call *c, const char *name, const char ***out)
{
	const char **v = RMK_NEW_N(c->arena, const char *, c->ngiven + 1);
	size_t n = 0;

	assert(opt_has(c, name));
	for (size_t i = 0; i < c->ngiven; i++) {
		if (strcmp(c->given[i].opt->name, name) == 0)
			v[n++] = c->given[i].value;
	}
	if (out)
		*out = v;
	return n;
}

bool
opt_on(const struct call *c, const char *name)
{
	return opt_all(c, name, NULL) > 0;
}

const char *
opt_text(const struct call *c, const char *name)
{
	const char **v;
	size_t n = opt_all(c, name, &v);

	return n ? v[n - 1] : NULL;
}

enum rmk_code
opt_number(const struct call *c, const char *name, uint32_t fallback, uint32_t *out,
    struct rmk_err *err)
{
	const char *text = opt_text(c, name);

	*out = fallback;
	if (!text)
		return RMK_OK;
	if (!rmk_str_to_u32(rmk_str_of(text), out) || *out == 0) {
		*out = fallback;
		return rmk_fail(err, RMK_INVALID,
		    "--%s: '%s' is not a whole number from 1", name, text);
	}
	return RMK_OK;
}

// --json and --format are one choice: the later on the command line wins.
const char *
opt_format(const struct call *c)
{
	const struct opt *format = find_in(c->cmd->opts, "format", 6, 0);
	const char *chosen = NULL;
	struct rmk_str rest, first;

	assert(format);
	for (size_t i = 0; i < c->ngiven; i++) {
		if (c->given[i].opt == format)
			chosen = c->given[i].value;
		else if (strcmp(c->given[i].opt->name, "json") == 0)
			chosen = "json";
	}
	if (chosen)
		return chosen;
	rest = rmk_str_of(format->oneof);
	rmk_str_split(&rest, ' ', &first);
	return rmk_str_c(c->arena, first);
}

bool
opt_reads_as_json(const struct call *c)
{
	const struct opt *format = find_in(c->cmd->opts, "format", 6, 0);
	struct rmk_str rest = rmk_str_of(format && format->oneof ? format->oneof : "");
	struct rmk_str word;

	while (rest.n && rmk_str_split(&rest, ' ', &word))
		if (rmk_str_eq(word, RMK_STR("json")))
			return true;
	return false;
}

bool
opt_format_is(const struct call *c, const char *format)
{
	return strcmp(opt_format(c), format) == 0;
}

const struct rmk_str *
opt_texts(const struct call *c, const char *name, size_t *n)
{
	const char **given;
	struct rmk_str *texts;

	*n = opt_all(c, name, &given);
	texts = RMK_NEW_N(c->arena, struct rmk_str, *n + 1);
	for (size_t i = 0; i < *n; i++)
		texts[i] = rmk_str_of(given[i]);
	return texts;
}

const struct rmk_str *
opt_keys(const struct call *c, const char *name, size_t *n)
{
	const struct rmk_str *texts = opt_texts(c, name, n);
	struct rmk_str *keys = RMK_NEW_N(c->arena, struct rmk_str, *n + 1);

	for (size_t i = 0; i < *n; i++)
		keys[i] = rmk_value_key(c->arena, texts[i]);
	return keys;
}
