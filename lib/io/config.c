// .rowmark.ini through inih, and the patterns that say which files count.
//
// inih calls back without a line number, so the lines are counted where they are handed
// to it. It cuts long lines silently: a line that does not fit is refused instead.
#include "io/config.h"

#include "base/buf.h"
#include "io/glob.h"

#include <ini.h>
#include <string.h>

struct reader {
	struct rmk_arena *a;
	struct rmk_str path, rest;
	uint32_t line;
	struct rmk_config *config;
	size_t rules_cap, include_cap, exclude_cap, lsp_cap, notes_cap;
	enum rmk_code code;
	struct rmk_err *err;
};

static const struct {
	const char *section;
	const char *keys[3]; // none: any
} known[] = {
    {"files", {"include", "exclude"}},
    {"rules", {0}},
    {"commit", {"message"}},
    {"lsp", {0}},
};
#define NKNOWN (sizeof known / sizeof *known)

// fgets for inih, over the text.
static char *
config_next_line(char *to, int size, void *stream)
{
	struct reader *r = stream;
	struct rmk_str line;

	if (r->code || !r->rest.n || !rmk_str_split(&r->rest, '\n', &line))
		return NULL;
	r->line++;
	if (line.n + 2 > (size_t)size) {
		r->code = rmk_fail(r->err, RMK_TOO_BIG,
		    "%.*s:%u: a line of %zu bytes; at most %d fit", RMK_FMT(r->path),
		    r->line, line.n, size - 2);
		return NULL;
	}
	if (memchr(line.s, 0, line.n)) {
		r->code = rmk_fail(r->err, RMK_INVALID, "%.*s:%u: a NUL byte",
		    RMK_FMT(r->path), r->line);
		return NULL;
	}
	memcpy(to, line.s, line.n);
	memcpy(to + line.n, "\n", 2);
	return to;
}

// The candidate nearest to word, or NULL when none is near.
static const char *
nearest_setting(const char *word, const char *const *from, size_t n)
{
	const char *best = NULL;
	unsigned least = 3;

	for (size_t i = 0; i < n && from[i]; i++) {
		unsigned d = rmk_str_distance(
		    rmk_str_of(word), rmk_str_of(from[i]), least);
		if (d < least) {
			best = from[i];
			least = d;
		}
	}
	return best;
}

static void
config_note(struct rmk_arena *a, struct rmk_config *config, size_t *cap, uint32_t line,
    struct rmk_str text)
{
	if (config->nnotes > RMK_CONFIG_NOTES)
		return;
	if (config->nnotes == RMK_CONFIG_NOTES)
		text = RMK_STR("more of the kind");
	*RMK_PUSH(a, config->notes, config->nnotes, *cap) = (struct rmk_config_note){
	    line, text};
}

// The words that may stand there: "include, exclude".
static struct rmk_str
list_of(struct rmk_arena *a, const char *const *from, size_t n)
{
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i < n && from[i]; i++)
		rmk_buf_printf(&b, "%s%s", i ? ", " : "", from[i]);
	return rmk_buf_str(&b);
}

static void
config_unknown(struct reader *r, const char *what, const char *word,
    const char *const *from, size_t n)
{
	const char *near;

	if (r->config->nnotes > RMK_CONFIG_NOTES)
		return;
	near = nearest_setting(word, from, n);
	config_note(r->a, r->config, &r->notes_cap, r->line,
	    rmk_str_printf(r->a, "unknown %s '%s', passed over; there %s %.*s%s%s%s",
		what, word, n > 1 && from[1] ? "are" : "is",
		RMK_FMT(list_of(r->a, from, n)), near ? "; did you mean '" : "",
		near ? near : "", near ? "'?" : ""));
}

// Forms of patterns that other programs know and this one does not.
static void
check_pattern(struct reader *r, struct rmk_str word)
{
	const char *wrong = NULL, *right = NULL;

	if (word.s[0] == '!') {
		wrong = "'!' means nothing here";
		right = "what is to be left out stands under 'exclude ='";
	} else if (rmk_str_starts(word, RMK_STR("./")) ||
		   rmk_str_starts(word, RMK_STR("../"))) {
		wrong = "a pattern counts from the top of the repository";
		right = "write it without './': r.md, or /r.md for the one at the top";
	} else if (rmk_str_chr(word, ',') != RMK_NONE &&
		   rmk_str_find(word, RMK_STR("[,]")) == RMK_NONE) {
		wrong = "a comma does not part patterns";
		right = "a space does; a comma in a name is written [,]";
	} else if (rmk_str_chr(word, '{') != RMK_NONE &&
		   rmk_str_find(word, RMK_STR("[{]")) == RMK_NONE) {
		wrong = "braces mean nothing here";
		right = "write each pattern: r.md s.md; a brace in a name is written [{]";
	} else if (word.s[0] == '"' || word.s[0] == '\'') {
		wrong = "quotes mean nothing here";
		right = "write it without; a space in a name is written '?'";
	}
	if (!wrong)
		return;
	r->code = rmk_fail(r->err, RMK_INVALID, "%.*s:%u: %.*s: %s", RMK_FMT(r->path),
	    r->line, RMK_FMT(word), wrong);
	rmk_hint(r->err, "%s", right);
}

static void
add_patterns(struct reader *r, struct rmk_config_pattern **v, size_t *n, size_t *cap,
    const char *value)
{
	struct rmk_str rest = rmk_str_copy(r->a, rmk_str_of(value)), word;

	while (!r->code && rmk_str_split(&rest, ' ', &word)) {
		word = rmk_str_trim(word);
		if (!word.n)
			continue;
		check_pattern(r, word);
		if (!r->code && *n == RMK_CONFIG_PATTERNS)
			r->code = rmk_fail(r->err, RMK_TOO_BIG,
			    "%.*s:%u: more than %d patterns", RMK_FMT(r->path), r->line,
			    RMK_CONFIG_PATTERNS);
		if (!r->code)
			*RMK_PUSH(r->a, *v, *n, *cap) = (struct rmk_config_pattern){
			    word, r->line, RMK_NEW(r->a, bool)};
	}
}

static void
add_rule(struct reader *r, const char *name, const char *value)
{
	struct rmk_config *config = r->config;

	if (strcmp(value, "off") && strcmp(value, "warn") && strcmp(value, "error")) {
		r->code = rmk_fail(r->err, RMK_INVALID,
		    "%.*s:%u: %s = %s: off, warn or error is wanted", RMK_FMT(r->path),
		    r->line, name, value);
		return;
	}
	*RMK_PUSH(
	    r->a, config->rules, config->nrules, r->rules_cap) = (struct rmk_config_rule){
	    .name = rmk_str_copy(r->a, rmk_str_of(name)),
	    .level = rmk_str_copy(r->a, rmk_str_of(value)),
	    .line = r->line,
	};
}

static void
add_switch(struct reader *r, const char *name, const char *value)
{
	bool on = strcmp(value, "on") == 0;

	if (!on && strcmp(value, "off")) {
		r->code = rmk_fail(r->err, RMK_INVALID,
		    "%.*s:%u: %s = %s: on or off is wanted", RMK_FMT(r->path), r->line,
		    name, value);
		return;
	}
	*RMK_PUSH(r->a, r->config->lsp, r->config->nlsp, r->lsp_cap) =
	    (struct rmk_config_switch){rmk_str_copy(r->a, rmk_str_of(name)), on};
}

static void
entry(struct reader *r, const char *section, const char *name, const char *value)
{
	struct rmk_config *config = r->config;
	const char *sections[NKNOWN];
	size_t i;

	for (i = 0; i < NKNOWN && strcmp(section, known[i].section); i++)
		;
	if (i == NKNOWN) {
		for (i = 0; i < NKNOWN; i++)
			sections[i] = known[i].section;
		config_unknown(r, "section", section, sections, NKNOWN);
	} else if (strcmp(section, "rules") == 0) {
		add_rule(r, name, value);
	} else if (strcmp(section, "lsp") == 0) {
		add_switch(r, name, value);
	} else if (strcmp(name, "include") == 0 && i == 0) {
		add_patterns(
		    r, &config->include, &config->ninclude, &r->include_cap, value);
	} else if (strcmp(name, "exclude") == 0 && i == 0) {
		add_patterns(
		    r, &config->exclude, &config->nexclude, &r->exclude_cap, value);
	} else if (strcmp(name, "message") == 0 && i == 2) {
		config->message = rmk_str_copy(r->a, rmk_str_of(value));
		config->message_line = r->line;
	} else {
		config_unknown(r, "key", name, known[i].keys, 3);
	}
}

static int
on_entry(void *user, const char *section, const char *name, const char *value)
{
	struct reader *r = user;

	if (!r->code)
		entry(r, section, name, value);
	return r->code == RMK_OK;
}

enum rmk_code
rmk_config_parse(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    struct rmk_config *out, struct rmk_err *err)
{
	struct rmk_config config = {0};
	struct reader r = {
	    .a = a, .path = path, .rest = text, .config = &config, .err = err};
	size_t cr = rmk_str_chr(text, '\r');
	int bad;

	if (cr != RMK_NONE && (cr + 1 == text.n || text.s[cr + 1] != '\n')) {
		rmk_fail(err, RMK_INVALID,
		    "%.*s: a line ends in CR alone, and nothing behind it would count",
		    RMK_FMT(path));
		rmk_hint(err, "lines end in LF, or in CR LF");
		return RMK_INVALID;
	}
	bad = ini_parse_stream(config_next_line, &r, on_entry, &r);

	if (r.code)
		return r.code;
	if (bad > 0)
		return rmk_fail(err, RMK_INVALID,
		    "%.*s:%d: neither [section] nor key = value", RMK_FMT(path), bad);
	if (bad < 0)
		return rmk_fail(err, RMK_IO, "%.*s: cannot read", RMK_FMT(path));
	*out = config;
	return RMK_OK;
}

// --- patterns -------------------------------------------------------------------

// As in .gitignore: a pattern without a '/' names a file or folder anywhere; a folder
// stands for all in it.
static bool
pattern_hits(struct rmk_str pattern, struct rmk_str path)
{
	bool folder_only = rmk_str_ends(pattern, RMK_STR("/"));

	if (folder_only)
		pattern.n--;
	bool anywhere = rmk_str_chr(pattern, '/') == RMK_NONE;
	if (rmk_str_starts(pattern, RMK_STR("/")))
		pattern = rmk_str_from(pattern, 1);
	for (size_t i = 0, from = 0; i <= path.n; i++) {
		if (i < path.n && path.s[i] != '/')
			continue;
		bool whole = i == path.n;
		struct rmk_str front = rmk_str_part(
		    path, anywhere ? from : 0, anywhere ? i - from : i);
		if (!(whole && folder_only) && rmk_glob_matches(pattern, front))
			return true;
		from = i + 1;
	}
	return false;
}

// All that match are marked: a pattern that matches nothing is a slip of the pen.
static bool
any_hits(const struct rmk_config_pattern *patterns, size_t n, struct rmk_str path)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if ((any && *patterns[i].hit) || !pattern_hits(patterns[i].text, path))
			continue;
		*patterns[i].hit = true;
		any = true;
	}
	return any;
}

// Whether there is a ".m" in it: of most files of a large repository there is none.
static bool
may_be_usual(struct rmk_str path)
{
	for (size_t i = 0; i + 1 < path.n; i++) {
		if (path.s[i] == '.' && (path.s[i + 1] | 0x20) == 'm')
			return true;
	}
	return false;
}

bool
rmk_config_wants(const struct rmk_config *config, struct rmk_str path)
{
	static const struct rmk_str usual[] = {
	    {"*.[mM][dD]", 10},
	    {"*.markdown", 10},
	};
	bool in = config->ninclude
	              ? any_hits(config->include, config->ninclude, path)
	              : may_be_usual(path) && (pattern_hits(usual[0], path) ||
						  pattern_hits(usual[1], path));

	return in && !any_hits(config->exclude, config->nexclude, path);
}

static void
note_idle(struct rmk_arena *a, struct rmk_config *config, size_t *cap, const char *what,
    const struct rmk_config_pattern *patterns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!*patterns[i].hit)
			config_note(a, config, cap, patterns[i].line,
			    rmk_str_printf(a, "%s = %.*s matches no file", what,
				RMK_FMT(patterns[i].text)));
}

void
rmk_config_note_idle(struct rmk_arena *a, struct rmk_config *config)
{
	size_t cap = 0;

	config->notes = NULL;
	config->nnotes = 0;
	note_idle(a, config, &cap, "include", config->include, config->ninclude);
	note_idle(a, config, &cap, "exclude", config->exclude, config->nexclude);
}
