// How far a file is at revisions, oldest last: progress FILE REV...
//
//	HEAD~1  papers  2 of 13  15 %
#include <rowmark.h>

#include <stdio.h>

static int
print_progress(struct rmk_db *db, const char *rev, const char *file)
{
	struct rmk_result *sum = NULL;
	char path[4096];
	int failed;

	snprintf(path, sizeof path, "%s:%s", rev, file);
	failed = rmk_summary(db, path, &sum);
	if (failed)
		fprintf(stderr, "%s\n", rmk_error(db));
	for (size_t i = 0; i < rmk_result_rows(sum); i++)
		printf("%s  %s  %s of %s  %s %%\n", rev,
		    rmk_result_value(sum, i, 0, NULL),
		    rmk_result_value(sum, i, rmk_result_find(sum, "done"), NULL),
		    rmk_result_value(sum, i, rmk_result_find(sum, "total"), NULL),
		    rmk_result_value(sum, i, rmk_result_find(sum, "percent"), NULL));
	rmk_free(sum);
	return failed;
}

int
main(int argc, char **argv)
{
	struct rmk_db *db = rmk_open(NULL);
	int failed = 0;

	for (int i = 2; i < argc; i++)
		failed |= print_progress(db, argv[i], argv[1]);
	rmk_close(db);
	return failed;
}
