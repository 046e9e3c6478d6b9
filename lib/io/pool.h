// Work on all cores, its results taken in order.
//
//	work(0)  work(1)  work(2)  work(3)      on threads, in any order
//	   └────────┴────────┴────────┴──▶ done(0), done(1), done(2) ...
//	                                   on the caller's thread, in this order
//
// So output is the same every time. Threads run ahead of done by a bounded number of
// items, so that memory does not grow with the number of files.
//
// Ownership: ctx is shared by all threads; what work(i) writes must be its own.
#ifndef RMK_IO_POOL_H
#define RMK_IO_POOL_H

#include "base/arena.h"

// threads 0: as many as there are cores. done may be NULL. With one thread, or where none
// can be started, all of it runs on the caller's.
void rmk_pool_run(size_t n, unsigned threads, void (*work)(void *ctx, size_t i),
    void (*done)(void *ctx, size_t i), void *ctx);

#endif
