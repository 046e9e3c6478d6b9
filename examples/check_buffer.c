// What is wrong with Markdown that never was a file: check_buffer <TEXT
//
// An editor or a web form checks what is being typed so. Exit status 1: errors.
#include <rowmark.h>

#include <stdio.h>
#include <string.h>

int
main(void)
{
	static char text[1 << 20];
	size_t n = fread(text, 1, sizeof text, stdin);
	struct rmk_db *db = rmk_open_text("buffer", text, n);
	struct rmk_result *found = NULL;
	int errors = 0;

	if (rmk_check(db, NULL, &found))
		fprintf(stderr, "%s\n", rmk_error(db));
	for (size_t i = 0; i < rmk_result_rows(found); i++) {
		const char *level = rmk_result_value(found, i, 0, NULL);

		printf("buffer:%s:%s: %s: %s [%s]\n", rmk_result_value(found, i, 2, NULL),
		    rmk_result_value(found, i, 3, NULL), level,
		    rmk_result_value(found, i, 5, NULL),
		    rmk_result_value(found, i, 1, NULL));
		errors |= strcmp(level, "error") == 0;
	}
	rmk_free(found);
	rmk_close(db);
	return errors;
}
