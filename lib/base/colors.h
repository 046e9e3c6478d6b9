// Colors, all in one place; only the page has its own, the variables at the top of page.css.
//
//	           terminal   charts
//	done       green      blue        a blue and an amber that people who see no red or
//	doing      yellow     amber       green can distinguish, and a gray
//	to do      plain      gray
//	error      red        (none)
//
// Terminals: 16 colors, so that each shows them as its owner set them. Charts: one set for
// light grounds and one for dark, in GitHub's own colors.
#ifndef RMK_BASE_COLORS_H
#define RMK_BASE_COLORS_H

#define RMK_TERM_PLAIN "\033[0m"
#define RMK_TERM_BOLD "\033[1m"
#define RMK_TERM_DIM "\033[2m"
#define RMK_TERM_RED "\033[31m"
#define RMK_TERM_BOLD_RED "\033[1;31m"
#define RMK_TERM_GREEN "\033[32m"
#define RMK_TERM_YELLOW "\033[33m"
#define RMK_TERM_CYAN "\033[36m"

#define RMK_LIGHT_TEXT "#1f2328"
#define RMK_LIGHT_NOTE "#59636e"
#define RMK_LIGHT_GROUND "#fff"
#define RMK_LIGHT_GRID "#d1d9e0"
#define RMK_LIGHT_DONE "#0969da"
#define RMK_LIGHT_DOING "#d4a72c"
#define RMK_LIGHT_TODO "#afb8c1"
#define RMK_LIGHT_REST "#eaeef2"
#define RMK_LIGHT_SCOPE "#818b98"
#define RMK_LIGHT_MARK "#9a6700"

#define RMK_DARK_TEXT "#f0f6fc"
#define RMK_DARK_NOTE "#9198a1"
#define RMK_DARK_GROUND "#0d1117"
#define RMK_DARK_GRID "#3d444d"
#define RMK_DARK_DONE "#4493f8"
#define RMK_DARK_DOING "#d29922"
#define RMK_DARK_TODO "#656c76"
#define RMK_DARK_REST "#21262d"
#define RMK_DARK_SCOPE RMK_DARK_NOTE
#define RMK_DARK_MARK RMK_DARK_DOING

#endif
