/* Every function of rowmark.h, called: its object is kept, and linked to each later library.
 *
 *	cc -std=c99 -Os -Ilib -c -o tests/abi/first.o tests/abi/first.c
 */
#include <rowmark.h>

#include <stdio.h>

static void
show(const char *what, struct rmk_result *r)
{
	size_t i, k;

	printf("%s: %s %d\n", what, rmk_result_code(r),
	    rmk_result_message(r)[0] || rmk_result_hint(r)[0]);
	for (i = 0; i < rmk_result_rows(r) && i < 3; i++) {
		printf(" %s", rmk_result_key(r, i, NULL));
		for (k = 0; k < rmk_result_columns(r); k++)
			printf(" | %s=%s", rmk_result_column(r, k),
			    rmk_result_value(r, i, k, NULL));
		printf("\n");
	}
	rmk_free(r);
}

int
main(int argc, char **argv)
{
	static const char text[] =
	    "| A | Status |\n|---|---|\n| x | Todo |\n| y | Done |\n";
	static const char *const columns[] = {"Paper"}, *const values[] = {"New"};
	const char *file = argc > 1 ? argv[1] : "README.md";
	struct rmk_db *db = rmk_open(NULL), *buffer;
	struct rmk_result *r = NULL;
	size_t n;

	printf("%d\n", rmk_version()[0] != 0);
	rmk_option(db, "date", "2026-01-02T03:04:05Z");
	rmk_tables(db, file, &r);
	show("tables", r);
	rmk_rows(db, file, NULL, &r);
	printf("%d %s %lu %s %s\n", rmk_result_is_status(r, 0),
	    rmk_result_progress(r, 0, rmk_result_find(r, "Read or Not")),
	    (unsigned long)rmk_result_line(r, 0), rmk_result_raw(r, 0, 0, &n),
	    rmk_error(db));
	rmk_free(r);
	rmk_set(db, file, NULL, "lima", NULL, "read", &r);
	show("set", r);
	rmk_set_if(db, file, NULL, "lora", NULL, "Read", "Reading", &r);
	show("set_if", r);
	rmk_start(db, file, NULL, "lora", NULL, &r);
	show("start", r);
	rmk_done(db, file, NULL, "qlora", NULL, &r);
	show("done", r);
	rmk_add(db, file, NULL, columns, values, 1, &r);
	show("add", r);
	rmk_rm(db, file, NULL, "alibi", &r);
	show("rm", r);
	rmk_bytes(db, file, &r);
	rmk_result_text(r, &n);
	printf("bytes: %d\n", n > 1000);
	rmk_free(r);
	rmk_commit(db, "All at once", &r);
	printf("commit: %d%s\n", rmk_result_commit(r)[0] != 0, rmk_result_notes(r));
	rmk_free(r);
	rmk_summary(db, file, &r);
	show("summary", r);
	rmk_diff(db, "HEAD~1:README.md", file, &r);
	show("diff", r);
	rmk_discard(db);
	rmk_save(db, NULL);
	rmk_close(db);

	buffer = rmk_open_text("buffer.md", text, sizeof text - 1);
	rmk_check(buffer, NULL, &r);
	show("check", r);
	rmk_close(buffer);
	rmk_merge("m.md", text, sizeof text - 1, text, sizeof text - 1, text,
	    sizeof text - 1, &r);
	printf("merge: %s", rmk_result_text(r, NULL));
	rmk_free(r);
	return 0;
}
