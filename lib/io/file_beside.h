// The temporary file beside the one that is replaced: one name, which everybody knows.
//
//	.README.md.rowmark-new     held by flock while its writer lives
//
// Who is killed leaves it, and nobody holds it then: whoever writes next takes it away.
#ifndef RMK_IO_FILE_BESIDE_H
#define RMK_IO_FILE_BESIDE_H

#include "io/file.h"

// Make it in a folder, and hold it; signals that end us wait then, until *before is what is blocked
// again (*held: one of them was free before). Another writer is waited for, 10 s. -1: errno says
// why, EEXIST that one still holds it.
int rmk_beside_create(struct rmk_arena *a, int folder, struct rmk_str name, mode_t mode,
    struct rmk_str *temp, sigset_t *before, bool *held);

// Make the one of a new version: parked, where park says so and can be followed. Its folder and
// name go to f.
int rmk_beside_make(
    struct rmk_arena *a, struct rmk_file_new *f, const struct rmk_file_park *park);

// Take away what a dead one left. False: it is held, or cannot be removed.
bool rmk_beside_remove(int folder, const char *temp);
// The same of the one beside a path, which itself need not be there.
void rmk_beside_tidy(struct rmk_arena *a, struct rmk_str path);

// The folder of a path, opened; the rest is *name.
int rmk_beside_folder(struct rmk_arena *a, struct rmk_str path, struct rmk_str *name);

// Its name.
struct rmk_str rmk_beside_name(struct rmk_arena *a, struct rmk_str name);

#endif
