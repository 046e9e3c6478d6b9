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

// "<<<<<<< ours" and its kin, as git writes them, which GitHub shows as a row. Of the base's
// marker only the form with a label: seven pipes alone are a row of empty cells.
static inline bool
rmk_marker_is_row(struct rmk_str line)
{
	size_t run;
	char c = rmk_marker_of(line, &run);

	if (c == '<' || c == '>') // more where conflict-marker-size asks for it
		return run == 7 || (run > 7 && rmk_str_chr(line, '|') == RMK_NONE);
	if (run != 7 || c != '|')
		return run == 7 && c;
	return line.n > 8 && rmk_str_chr(rmk_str_from(line, 7), '|') == RMK_NONE;
}

#endif
