// The lines that git writes around a conflict.
//
//	<<<<<<< ours        '<', 7
//	||||||| base        '|', 7      with merge.conflictStyle diff3
//	=======             '=', 7
//	>>>>>>> theirs      '>', 7
//
// How many of a kind make a marker is for the caller to say: git writes 7, more inside the
// base of a merge, and as many as the attribute conflict-marker-size asks for.
#ifndef RMK_BASE_MARKER_H
#define RMK_BASE_MARKER_H

#include "base/str.h"

// The character a line starts with when it is one of the four and a space or the end of the
// line follows its run; else 0. *run: how many of it stand there.
static inline char
rmk_marker_of(struct rmk_str line, size_t *run)
{
	char c = line.n ? line.s[0] : '\0', next;

	*run = 0;
	while (*run < line.n && line.s[*run] == c)
		++*run;
	next = *run < line.n ? line.s[*run] : '\n';
	if (c != '<' && c != '|' && c != '=' && c != '>')
		return '\0';
	return next == ' ' || next == '\r' || next == '\n' ? c : '\0';
}

#endif
