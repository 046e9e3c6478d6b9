// What stays in git's folder when a file could not be removed, or a merge was killed.
//
//	index.rowmark   rowmark-file-0, -1 ...   next-index-rowmark.lock
//	.merge.rowmark-new   .index.lock.rowmark-new   .branch.lock.rowmark-new
//
// Whoever writes next takes it away, even if there is nothing else to do. Those of the first line
// are used under the lock of the index, so they are removed under it; the others are held while
// they are used.
#include "git/journal.h"
#include "io/file_beside.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void
remove_under_lock(
    struct rmk_arena *a, struct rmk_repo *repo, DIR *folder, bool really, bool *any)
{
	struct rmk_str index = rmk_str_printf(a, "%.*s.rowmark", RMK_FMT(repo->index));
	struct rmk_str hooks = rmk_hooks_index(a, repo->index);
	struct dirent *entry;

	rewinddir(folder);
	while ((entry = readdir(folder)) != NULL) {
		if (strncmp(entry->d_name, "rowmark-file-", 13) != 0)
			continue;
		*any = true;
		if (really)
			unlinkat(dirfd(folder), entry->d_name, 0);
	}
	*any |= access(index.s, F_OK) == 0 || access(hooks.s, F_OK) == 0;
	if (really) {
		unlink(index.s);
		unlink(hooks.s);
	}
}

void
rmk_repo_tidy(struct rmk_arena *a, struct rmk_repo *repo)
{
	DIR *folder = opendir(rmk_str_c(a, repo->gitdir));
	struct rmk_str path = rmk_str_printf(a, "%.*s.lock", RMK_FMT(repo->index));
	struct rmk_recovered unused;
	struct rmk_lock lock;
	bool any = false;

	if (!folder)
		return;
	rmk_beside_remove(
	    dirfd(folder), rmk_str_c(a, rmk_beside_name(a, RMK_STR(RMK_MERGE_PARK))));
	rmk_beside_tidy(a, path);
	rmk_beside_tidy(a, rmk_str_printf(a, "%.*s" RMK_REF_PARK, RMK_FMT(repo->common)));
	remove_under_lock(a, repo, folder, false, &any);
	if (any && rmk_lock_take(a, path, 0, &lock, NULL) == RMK_OK) {
		if (lock.inherited)
			rmk_journal_replay(a, repo, &lock, &unused);
		remove_under_lock(a, repo, folder, true, &any);
		rmk_lock_release(&lock);
	}
	closedir(folder);
}
