// Losses that the next versions take back: marked, and not shown as a fall.
//
//	done    ████████        ██████      by[]
//	        ████████████████████████    shown_done: held over the loss
//	                ▲ LOST  ▲ BACK
//
// In:  points, oldest first, with their counts.
// Out: shown_total, shown_done and held of each, times that never run back, and marks.
#ifndef RMK_HISTORY_SMOOTHING_H
#define RMK_HISTORY_SMOOTHING_H

#include "history/history.h"

// rmk_history_of and rmk_history_sum end with it.
void rmk_history_smooth(struct rmk_arena *a, struct rmk_history *h);

#endif
