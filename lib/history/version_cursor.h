// Reading one version after another, newest first, with two alive at a time.
//
//	seen (newer)   doc ──▶ patch ──▶ doc   seen (older)
//	               text   the rows that     text
//	                      differ
//
// A document that was patched (table/patch.h) shares parts with its neighbour, so a run
// of them lives in one arena; when that has grown, the next one is parsed anew in another
// and the first is emptied one turn later.
#ifndef RMK_HISTORY_VERSION_CURSOR_H
#define RMK_HISTORY_VERSION_CURSOR_H

#include "table/patch.h"

// Gives the text of a version, in arena a.
typedef enum rmk_code rmk_version_cursor_read(void *ctx, struct rmk_arena *a,
    size_t moment, struct rmk_str *text, struct rmk_err *err);

// An arena that is emptied often, and keeps its first chunk.
struct rmk_pool {
	struct rmk_arena arena;
	struct rmk_arena_mark empty;
};

struct rmk_version_cursor {
	struct rmk_str path;
	rmk_version_cursor_read *read;
	void *ctx;
	const struct rmk_doc
	    *last; // what rmk_version_cursor_doc made last; NULL: nothing yet
	struct rmk_pool docs[2];  // in turns
	struct rmk_pool texts[2]; // of either side
	unsigned turn;
	size_t nread; // versions whose text was read
};

struct rmk_seen {
	size_t moment;
	unsigned side;       // 0 or 1: of the two at hand each has its own
	struct rmk_str text; // s NULL: not read
	struct rmk_doc *doc; // NULL: not parsed
	bool patched;        // doc differs from the newer one in patch alone
	struct rmk_patch patch;
};

struct rmk_version_cursor rmk_version_cursor_new(
    struct rmk_arena *a, struct rmk_str path, rmk_version_cursor_read *read, void *ctx);
void rmk_version_cursor_free(struct rmk_version_cursor *t);

// Empty a pool, which keeps its first chunk.
void rmk_pool_empty(struct rmk_pool *p, size_t chunk);

// Read and parse version s->moment, from its newer neighbour where one is at hand.
enum rmk_code rmk_version_cursor_next(struct rmk_version_cursor *t,
    const struct rmk_seen *newer, struct rmk_seen *s, struct rmk_err *err);

// The text of a version alone; and its document when it turns out to be needed, from the one
// made last where that can be. Such documents have texts of their own. Two live at a time.
enum rmk_code rmk_version_cursor_text(
    struct rmk_version_cursor *t, struct rmk_seen *s, struct rmk_err *err);
enum rmk_code rmk_version_cursor_doc(
    struct rmk_version_cursor *t, struct rmk_seen *s, struct rmk_err *err);

#endif
