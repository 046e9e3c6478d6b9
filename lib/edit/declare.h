// A declaration made from the data of a table, and where it is written.
//
//	                                  <!-- rowmark: papers
//	| Paper | Read or Not |     ──▶   Read or Not: status = Not read < Reading < Read
//	                                  -->
//
//	                                  | Paper | Read or Not |
//
// Ownership: lives in the arena.
#ifndef RMK_EDIT_DECLARE_H
#define RMK_EDIT_DECLARE_H

#include "edit/edit.h"

// What can be inferred, as a declaration; empty: nothing can. named: with the name of the table,
// by which others can refer to it.
struct rmk_str rmk_declaration_infer(
    struct rmk_arena *a, const struct rmk_doc *doc, size_t table, bool named);

// The edit that writes it above the table.
struct rmk_edit rmk_declaration_insert(struct rmk_arena *a, const struct rmk_doc *doc,
    size_t table, struct rmk_str declaration);

#endif
