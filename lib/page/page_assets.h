// The page's own style and script, and the sha256 of each as a CSP wants it. Internal.
//
//	page.css, page.js ──▶ make-assets, when the library is built ──▶ these
#ifndef RMK_PAGE_PAGE_ASSETS_H
#define RMK_PAGE_PAGE_ASSETS_H

extern const char rmk_page_style[], rmk_page_script[];
extern const char rmk_page_style_hash[], rmk_page_script_hash[];

#endif
