// Whether the person wants no commits: git's setting, never a file that travels with a clone.
#include "write.h"

// A setting without a value is a yes, as git has it.
bool
commits_off(struct call *c)
{
	static const char *const no[] = {"no", "off", "false", "0"};
	struct rmk_repo *repo;
	struct rmk_str value;
	struct rmk_err unused;

	if (call_repo(c, &repo, &unused) ||
	    rmk_repo_config(c->arena, repo, "rowmark.commit", &value) || !value.s)
		return false;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		if (rmk_str_eq_nocase(value, rmk_str_of(no[i])))
			return true;
	}
	return false;
}
