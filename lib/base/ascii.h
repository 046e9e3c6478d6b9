// Kinds of ASCII characters, whatever the locale is: Markdown and HTML ask for none.
//
//	digit   0-9              space   ' ' \t \n \v \f \r
//	letter  A-Z a-z          blank   ' ' \t
#ifndef RMK_BASE_ASCII_H
#define RMK_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool
rmk_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline char
rmk_lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static inline bool
rmk_is_letter(char c)
{
	return rmk_lower(c) >= 'a' && rmk_lower(c) <= 'z';
}

static inline bool
rmk_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool
rmk_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

// A to Z as a to z in each of eight bytes.
static inline uint64_t
rmk_lower_word(uint64_t word)
{
	uint64_t low = word & 0x7F7F7F7F7F7F7F7Fu;
	uint64_t from_a = low + 0x3F3F3F3F3F3F3F3Fu;   // the top bit from 'A' on
	uint64_t behind_z = low + 0x2525252525252525u; // the top bit behind 'Z'

	return word | ((from_a & ~behind_z & ~word & 0x8080808080808080u) >> 2);
}

#endif
