// .rowmark.ini: policy for all files of a repository.
//
//	[files]
//	include = **/*.md
//	exclude = vendor/**
//	[rules]
//	duplicate-link = off
//	[commit]
//	message = {row}: {old} -> {new}
//	[lsp]
//	lens = off
//
// It runs nothing and includes nothing. Read through inih.
#ifndef RMK_IO_CONFIG_H
#define RMK_IO_CONFIG_H

#include "base/err.h"
#include "base/str.h"

struct rmk_config_rule {
	struct rmk_str name;
	struct rmk_str level; // off, warn or error
	uint32_t line;
};

struct rmk_config_pattern {
	struct rmk_str text;
	uint32_t line;
	bool *hit; // set once it has matched a path
};

// A feature of the language server, on or off.
struct rmk_config_switch {
	struct rmk_str name;
	bool on;
};

// What a person should hear, though nothing fails by it: "unknown key ...".
struct rmk_config_note {
	uint32_t line;
	struct rmk_str text;
};

struct rmk_config {
	struct rmk_config_pattern *include; // [ninclude]; none: *.md and *.markdown
	size_t ninclude;
	struct rmk_config_pattern *exclude;
	size_t nexclude;
	struct rmk_config_rule *rules;
	size_t nrules;
	struct rmk_config_switch *lsp;
	size_t nlsp;
	struct rmk_str message; // template of the commit message; empty: the default
	uint32_t message_line;
	struct rmk_config_note *notes; // [nnotes] at most RMK_CONFIG_NOTES and one
	size_t nnotes;
};

#define RMK_CONFIG_NOTES 10
#define RMK_CONFIG_PATTERNS 1000 // each is tried on every path

// Parse the file's text; path is for messages. What an older version cannot know, sections
// and keys, is noted and passed over; RMK_INVALID is for a value that it understands and that
// is wrong, or that means something else elsewhere: with its line, and how to write it.
enum rmk_code rmk_config_parse(struct rmk_arena *a, struct rmk_str path,
    struct rmk_str text, struct rmk_config *out, struct rmk_err *err);

// Whether the configuration wants a path: included, and not excluded. Patterns are
// those of gitignore without '!'.
bool rmk_config_wants(const struct rmk_config *config, struct rmk_str path);

// When all paths have been asked for: the patterns that matched none of them, as notes.
void rmk_config_note_idle(struct rmk_arena *a, struct rmk_config *config);

#endif
