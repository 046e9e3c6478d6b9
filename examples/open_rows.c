// The rows of a Markdown file that are not done: open_rows [FILE]
//
//	README.md#papers  LoRA  Not read
#include <rowmark.h>

#include <stdio.h>
#include <string.h>

static void
print_open(struct rmk_db *db, const char *file, const char *table, const char *address)
{
	struct rmk_result *rows = NULL;

	rmk_rows(db, file, table, &rows);
	for (size_t r = 0; r < rmk_result_rows(rows); r++) {
		for (size_t c = 0; c < rmk_result_columns(rows); c++) {
			const char *progress = rmk_result_progress(rows, r, c);

			if (*progress && strcmp(progress, "done") != 0)
				printf("%s  %s  %s\n", address,
				    rmk_result_key(rows, r, NULL),
				    rmk_result_value(rows, r, c, NULL));
		}
	}
	rmk_free(rows);
}

int
main(int argc, char **argv)
{
	const char *file = argc > 1 ? argv[1] : "README.md";
	struct rmk_db *db = rmk_open(NULL);
	struct rmk_result *tables = NULL;
	int failed = rmk_tables(db, file, &tables);

	if (failed)
		fprintf(stderr, "%s\n", rmk_error(db));
	for (size_t t = 0; t < rmk_result_rows(tables); t++)
		print_open(db, file, rmk_result_value(tables, t, 0, NULL),
		    rmk_result_value(tables, t, 1, NULL));
	rmk_free(tables);
	rmk_close(db);
	return failed;
}
