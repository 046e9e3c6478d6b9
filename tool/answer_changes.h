// What was changed, as the answer of a command lists it (answer.h).
//
//	{"change": "set", "address": "README.md#papers", "file": "README.md", "line": 9,
//	 "row": "LIMA", "column": "Status", "old": "Not read", "new": "Reading", "changed": true}
//	{"change": "add", ..., "row": "QLoRA", "cells": [{"column": "Paper", "value": "QLoRA"}]}
#ifndef TOOL_ANSWER_CHANGES_H
#define TOOL_ANSWER_CHANGES_H

#include "write.h"

struct answer_change {
	const char *change; // set, add, remove, move; add-column, ...; add-table, ...
	struct rmk_str address, file;
	uint32_t line;      // 0: none
	struct rmk_str row; // s NULL: none, as in all that follow
	struct rmk_str column, old, new_;
	bool changed;
	struct rmk_str *cells; // [2 * ncells] of a row that came or went: column, value
	size_t ncells;
};

struct answer_changes {
	struct answer_change *v;
	size_t n, cap;
};

void answer_change_of_write(struct rmk_arena *a, struct call *c, const struct write *w,
    struct answer_changes *out);
void answer_changes_of_texts(struct rmk_arena *a, struct rmk_str path,
    struct rmk_str before, struct rmk_str after, struct answer_changes *out);

// As the member "changes".
void answer_json_changes(struct rmk_json *j, const struct answer_changes *changes);

#endif
