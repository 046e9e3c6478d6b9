// Kinds of ASCII characters, whatever the locale is: Markdown and HTML ask for none.
//
//	digit   0-9              space   ' ' \t \n \v \f \r
//	letter  A-Z a-z          blank   ' ' \t
#ifndef RMK_BASE_ASCII_H
#define RMK_BASE_ASCII_H

#include <stdbool.h>

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

#endif
