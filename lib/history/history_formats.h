// The writers of a history, one a format. None knows another; history_formats.c chooses.
//
//	history_text.c  history_data.c  history_svg.c  history_mermaid.c
//	                       `-- words.h --´
//
// In:  a history, which they do not change.
// Out: bytes.
#ifndef RMK_HISTORY_HISTORY_FORMATS_H
#define RMK_HISTORY_HISTORY_FORMATS_H

#include "history/history.h"

void rmk_history_write_text(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out);
void rmk_history_write_csv(
    struct rmk_arena *a, const struct rmk_history *h, struct rmk_buf *out);
void rmk_history_write_json(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out);
void rmk_history_write_svg(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out);
void rmk_history_write_mermaid(struct rmk_arena *a, const struct rmk_history *h,
    const struct rmk_history_style *style, struct rmk_buf *out);

#endif
