// A folder of a test's own, which is its home too: git knows one person, and no settings but
// the test's.
//
//	folder_enter("/tmp/rowmark-x-XXXXXX")  ...the test...  folder_leave
#ifndef RMK_TESTS_FOLDER_H
#define RMK_TESTS_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// Made from a template ("/tmp/rowmark-x-XXXXXX"), and entered. Not 0: it could not be.
static inline int
folder_enter(char *dir)
{
	static const char *const people[] = {"AUTHOR", "COMMITTER"};
	char name[40];

	for (size_t i = 0; i < 2; i++) {
		snprintf(name, sizeof name, "GIT_%s_NAME", people[i]);
		setenv(name, "Ada", 1);
		snprintf(name, sizeof name, "GIT_%s_EMAIL", people[i]);
		setenv(name, "ada@example.org", 1);
		snprintf(name, sizeof name, "GIT_%s_DATE", people[i]);
		setenv(name, "@1767323045 +0000", 1);
	}
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("GIT_DIR");
	unsetenv("GIT_INDEX_FILE");
	return !mkdtemp(dir) || chdir(dir) || setenv("HOME", dir, 1);
}

static inline int
folder_leave(const char *dir)
{
	char cmd[100];

	snprintf(cmd, sizeof cmd, "rm -rf '%s'", dir);
	return chdir("/tmp") || system(cmd);
}

#endif
