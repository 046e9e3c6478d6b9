// Write one cell of a file and commit that alone: set_cell FILE TABLE ROW COLUMN VALUE
//
// What else is changed or staged, in this file or in others, is neither committed nor lost.
#include <rowmark.h>

#include <stdio.h>

int
main(int argc, char **argv)
{
	struct rmk_db *db = rmk_open(NULL);
	struct rmk_result *made = NULL;
	int failed = 2;

	if (argc == 6)
		failed = rmk_set(db, argv[1], argv[2], argv[3], argv[4], argv[5], NULL) ||
		         rmk_commit(db, NULL, &made);
	if (failed)
		fprintf(stderr, "%s\n",
		    argc == 6 ? rmk_error(db)
			      : "usage: set_cell FILE TABLE ROW COLUMN VALUE");
	else
		printf("%s\n", rmk_result_commit(made));
	rmk_free(made);
	rmk_close(db);
	return failed;
}
