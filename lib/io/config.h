// .rowmark.ini: policy for all files of a repository.
//
//	[files]
//	include = **/*.md
//	exclude = vendor/**
//	[rules]
//	duplicate-link = off
//	[commit]
//	message = {row}: {old} -> {new}
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

struct rmk_config {
	struct rmk_str *include; // [ninclude] patterns; none: *.md and *.markdown
	size_t ninclude;
	struct rmk_str *exclude;
	size_t nexclude;
	struct rmk_config_rule *rules;
	size_t nrules;
	struct rmk_str message; // template of the commit message; empty: the default
};

// Parse the file's text; path is for messages. RMK_INVALID names line and nearest word.
RMK_API enum rmk_code rmk_config_parse(struct rmk_arena *a, struct rmk_str path,
    struct rmk_str text, struct rmk_config *out, struct rmk_err *err);

// Whether the configuration wants a path: included, and not excluded. Patterns are
// those of gitignore without '!'.
RMK_API bool rmk_config_wants(const struct rmk_config *config, struct rmk_str path);

#endif
