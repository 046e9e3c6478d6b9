// rowmark.h as a program uses it: what was set is seen and committed, nothing given crashes it,
// and when memory runs out anywhere the call fails and the repository is whole.
#include "unit.h"

#include "folder.h"
#include "rowmark.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

static char dir[] = "/tmp/rowmark-api-XXXXXX";

#define LIST                                                                             \
	"# Papers\n\n| Paper | Status |\n|---|---|\n| LoRA | Todo |\n| LIMA | Doing |\n" \
	"| GPT | Done |\n"

// --- memory that runs out ---------------------------------------------------------

// What a call that ran out of memory had begun with is not all given back (rowmark.h).
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable() (void)0
#define __lsan_enable() (void)0
#endif

static long mallocs_left = -1; // -1: there is enough

void *__real_malloc(size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *p, size_t size);

// Then its calls of malloc are not ours: the linker wraps those of the program alone.
static bool
library_is_shared(void)
{
	return dlsym(RTLD_DEFAULT, "rmk_open") != NULL;
}

static bool
runs_out(void)
{
	return mallocs_left >= 0 && mallocs_left-- == 0;
}

void *
__wrap_malloc(size_t size)
{
	return runs_out() ? NULL : __real_malloc(size);
}

void *
__wrap_realloc(void *p, size_t size)
{
	return runs_out() ? NULL : __real_realloc(p, size);
}

// --- a repository -----------------------------------------------------------------

static int
enter(void **state)
{
	(void)state;
	return folder_enter(dir);
}

static int
leave(void **state)
{
	(void)state;
	return folder_leave(dir);
}

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void
fresh(void)
{
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(system("rm -rf repo && git init -q -b main repo"), 0);
	write_file("repo/list.md", LIST);
	assert_int_equal(system("cd repo && git add . && git commit -q -m first"), 0);
}

static bool
holds(const char *command, const char *want)
{
	char out[2000] = "";
	FILE *f = popen(command, "r");
	size_t n;

	assert_non_null(f);
	n = fread(out, 1, sizeof out - 1, f);
	out[n] = '\0';
	pclose(f);
	return strstr(out, want) != NULL;
}

// --- what it does -----------------------------------------------------------------

static void
test_changes_are_seen_and_committed_together(void **state)
{
	const char *columns[] = {"Paper", "Status"}, *values[] = {"BERT", "todo"};
	struct rmk_result *r = NULL;
	struct rmk_db *db;

	(void)state;
	fresh();
	db = rmk_open("repo");
	assert_int_equal(rmk_add(db, "list.md", NULL, columns, values, 2, NULL), 0);
	assert_int_equal(rmk_done(db, "list.md", NULL, "bert", NULL, NULL), 0);
	assert_int_equal(
	    rmk_set(db, "list.md", "papers", "lora", "status", "doing", &r), 0);
	assert_string_equal(
	    rmk_result_value(r, 0, rmk_result_find(r, "new"), NULL), "Doing");
	rmk_free(r);
	assert_int_equal(rmk_rows(db, "list.md", NULL, &r), 0);
	assert_int_equal(rmk_result_rows(r), 4);
	assert_string_equal(rmk_result_key(r, 3, NULL), "BERT");
	assert_string_equal(rmk_result_progress(r, 3, 1), "done");
	rmk_free(r);
	assert_true(holds("git -C repo log --oneline | wc -l", "1"));

	assert_int_equal(rmk_commit(db, NULL, &r), 0);
	assert_true(holds("git -C repo rev-parse HEAD", rmk_result_commit(r)));
	rmk_free(r);
	assert_true(holds("git -C repo show --stat --format=%B", "3 changes"));
	assert_true(holds("git -C repo show HEAD:list.md", "| BERT | Done |"));
	assert_false(holds("git -C repo status --porcelain", "M"));
	rmk_close(db);
}

static void
test_a_change_of_somebody_else_is_kept(void **state)
{
	struct rmk_db *db;

	(void)state;
	fresh();
	db = rmk_open("repo/");
	assert_int_equal(rmk_set(db, "list.md", NULL, "LoRA", NULL, "Done", NULL), 0);
	write_file("repo/list.md", LIST "| New | Todo |\n");
	assert_int_equal(rmk_commit(db, "One", NULL), 0);
	assert_true(holds("git -C repo show HEAD:list.md", "| LoRA | Done |"));
	assert_false(holds("git -C repo show HEAD:list.md", "New"));
	assert_true(holds("cat repo/list.md", "| LoRA | Done |"));
	assert_true(holds("cat repo/list.md", "| New | Todo |"));
	rmk_close(db);
}

static void
test_what_is_expected_holds_at_the_commit(void **state)
{
	struct rmk_result *r = NULL;
	struct rmk_db *db;

	(void)state;
	fresh();
	db = rmk_open("repo");
	assert_int_equal(
	    rmk_set_if(db, "list.md", NULL, "LoRA", NULL, "Todo", "Doing", NULL), 0);
	assert_int_equal(system("cd repo && sed -i 's/LoRA | Todo/LoRA | Doing/' list.md "
				"&& git commit -qam o"),
	    0);
	assert_int_not_equal(rmk_commit(db, NULL, &r), 0);
	assert_string_equal(rmk_result_code(r), "faster");
	rmk_free(r);
	assert_int_not_equal(rmk_commit(db, NULL, &r), 0);
	assert_string_equal(rmk_result_code(r), "faster");
	rmk_free(r);
	rmk_discard(db);
	assert_int_not_equal(
	    rmk_set_if(db, "list.md", NULL, "LoRA", NULL, "Todo", "Doing", &r), 0);
	assert_string_equal(rmk_result_code(r), "faster");
	rmk_free(r);
	rmk_close(db);
}

static void
test_a_value_that_head_lacks_is_committed(void **state)
{
	struct rmk_db *db;

	(void)state;
	fresh();
	write_file("repo/list.md", "# Papers\n\n| Paper | Status |\n|---|---|\n| LoRA | "
				   "Done |\n| LIMA | Doing |\n"
				   "| GPT | Done |\n");
	db = rmk_open("repo");
	assert_int_equal(rmk_done(db, "list.md", NULL, "LoRA", NULL, NULL), 0);
	assert_int_equal(rmk_commit(db, NULL, NULL), 0);
	assert_true(holds("git -C repo show HEAD:list.md", "| LoRA | Done |"));
	rmk_close(db);
}

static void
test_without_a_repository_files_are_saved(void **state)
{
	struct rmk_result *r = NULL;
	struct rmk_db *db;

	(void)state;
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(system("rm -rf plain && mkdir plain"), 0);
	write_file("plain/a.md", LIST);
	db = rmk_open("plain");
	assert_int_equal(rmk_rm(db, "a.md", NULL, "LIMA", NULL), 0);
	assert_int_not_equal(rmk_commit(db, NULL, &r), 0);
	assert_string_equal(rmk_result_code(r), "no-repository");
	rmk_free(r);
	assert_int_equal(rmk_save(db, NULL), 0);
	assert_false(holds("cat plain/a.md", "LIMA"));
	rmk_close(db);
}

static void
test_declared_rules_are_kept(void **state)
{
	static const char text[] = "<!-- rowmark: x; Id: key; N: integer -->\n| Id | N "
				   "|\n|-|-|\n| a | 1 |\n| b | 2 |\n";
	struct rmk_db *db = rmk_open_text("x.md", text, sizeof text - 1);

	(void)state;
	assert_int_not_equal(rmk_set(db, NULL, NULL, "a", "Id", "b", NULL), 0);
	assert_int_not_equal(rmk_set(db, NULL, NULL, "a", "N", "one", NULL), 0);
	assert_int_equal(rmk_set(db, NULL, NULL, "a", "N", "7", NULL), 0);
	rmk_close(db);
}

// A status that is set, and a new row, get the dates that are declared to come with it.
static void
test_dates_come_with_a_status(void **state)
{
	static const char text[] =
	    "<!-- rowmark: x; Id: key; S: status = todo < done; D: "
	    "date, on done -->\n| Id | S | D |\n|-|-|-|\n| a | todo "
	    "| |\n| b | todo | 2020-01-01 |\n";
	const char *const columns[] = {"Id", "S"}, *const values[] = {"c", "done"};
	const char *const names[] = {"a", "b", "c"};
	struct rmk_db *db = rmk_open_text("x.md", text, sizeof text - 1);
	struct rmk_result *r;

	(void)state;
	assert_int_equal(rmk_set(db, NULL, NULL, "a", NULL, "done", NULL), 0);
	assert_int_equal(rmk_done(db, NULL, NULL, "b", NULL, NULL), 0);
	assert_int_equal(rmk_add(db, NULL, NULL, columns, values, 2, NULL), 0);
	assert_int_equal(rmk_rows(db, NULL, NULL, &r), 0);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(rmk_result_key(r, i, NULL), names[i]);
		assert_int_equal(
		    strlen(rmk_result_value(r, i, rmk_result_find(r, "D"), NULL)), 10);
	}
	assert_string_equal(
	    rmk_result_value(r, 1, rmk_result_find(r, "D"), NULL), "2020-01-01");
	rmk_free(r);
	rmk_close(db);
}

// --- nothing crashes it -------------------------------------------------------------

static void
ask_everything(struct rmk_db *db, const char *s)
{
	struct rmk_result *r = NULL;

	rmk_option(db, s, s);
	rmk_tables(db, s, &r), rmk_free(r);
	rmk_rows(db, s, s, &r), rmk_free(r);
	rmk_bytes(db, s, &r), rmk_free(r);
	rmk_check(db, s, &r), rmk_free(r);
	rmk_summary(db, s, &r), rmk_free(r);
	rmk_diff(db, s, s, &r), rmk_free(r);
	rmk_set(db, s, s, s, s, s, &r), rmk_free(r);
	rmk_set_if(db, s, s, s, s, s, s, &r), rmk_free(r);
	rmk_start(db, s, s, s, s, &r), rmk_free(r);
	rmk_done(db, s, s, s, s, &r), rmk_free(r);
	rmk_add(db, s, s, s ? &s : NULL, NULL, 1, &r), rmk_free(r);
	rmk_rm(db, s, s, s, &r), rmk_free(r);
	rmk_merge(
	    s, s, s ? strlen(s) : 9, s, s ? strlen(s) : 9, s, s ? strlen(s) : 9, &r);
	rmk_free(r);
	assert_non_null(rmk_error(db));
}

static void
test_nothing_empty_and_huge(void **state)
{
	size_t n = (size_t)1 << 20;
	char *huge = malloc(n + 1);
	const char *const texts[] = {NULL, "", "x", "#", ":", "HEAD:", "LINE:0", huge};

	(void)state;
	assert_non_null(huge);
	memset(huge, '|', n);
	huge[n] = '\0';
	for (size_t i = 0; i < NELEM(texts); i++) {
		struct rmk_db *dbs[] = {NULL, rmk_open(texts[i]),
		    rmk_open_text(texts[i], texts[i], texts[i] ? strlen(texts[i]) : 0)};

		for (size_t d = 0; d < NELEM(dbs); d++) {
			for (size_t k = 0; k < NELEM(texts); k++)
				ask_everything(dbs[d], texts[k]);
			rmk_discard(dbs[d]);
			rmk_close(dbs[d]);
		}
	}
	free(huge);
}

static void
test_a_result_that_is_none(void **state)
{
	const struct rmk_result *none = NULL;
	size_t n = 7;

	(void)state;
	assert_int_equal(rmk_result_rows(none) + rmk_result_columns(none), 0);
	assert_null(rmk_result_column(none, 0));
	assert_true(rmk_result_find(none, "x") == (size_t)-1);
	assert_null(rmk_result_value(none, 0, 0, &n));
	assert_int_equal(n, 0);
	assert_null(rmk_result_raw(none, 0, 0, NULL));
	assert_null(rmk_result_key(none, 0, NULL));
	assert_null(rmk_result_text(none, NULL));
	assert_int_equal(rmk_result_line(none, 0), 0);
	assert_string_equal(rmk_result_progress(none, 0, 0), "");
	assert_string_equal(rmk_result_commit(none), "");
	assert_string_equal(rmk_result_code(none), "no-memory");
	assert_string_equal(rmk_result_notes(none), "");
	rmk_free(NULL);
	rmk_close(NULL);
}

// --- when memory runs out -------------------------------------------------------------

static int
write_all(struct rmk_db *db)
{
	struct rmk_result *r = NULL;
	int failed = rmk_set(db, "list.md", NULL, "LoRA", NULL, "Done", NULL) ||
	             rmk_check(db, "list.md", NULL) || rmk_summary(db, "list.md", NULL) ||
	             rmk_commit(db, "One", &r);

	rmk_free(r);
	return failed;
}

// Whether it ended: there was memory enough.
static bool
write_with(long mallocs)
{
	struct rmk_db *db;
	int failed = 1;

	__lsan_disable();
	mallocs_left = mallocs;
	db = rmk_open("repo");
	if (db)
		failed = write_all(db);
	mallocs_left = -1;
	__lsan_enable();
	rmk_close(db);
	assert_true(holds("git -C repo status --porcelain 2>&1; ls repo/.git/*.lock 2>&1",
	    "No such file"));
	assert_false(holds("git -C repo status --porcelain", "M"));
	assert_true(holds("git -C repo show HEAD:list.md", "| GPT | Done |"));
	return !failed;
}

static void
test_memory_runs_out_anywhere(void **state)
{
	long n = 0;

	(void)state;
	if (library_is_shared())
		skip();
	fresh();
	// And a paragraph, whose text grows as it is read.
	assert_int_equal(
	    system("cd repo && (echo; seq -f 'word word word word word word %g' 200) "
		   ">>list.md && git commit -q -a -m second"),
	    0);
	while (!write_with(n))
		n++;
	assert_true(n >= 5 && n <= 2000);
	assert_true(holds("git -C repo show HEAD:list.md", "| LoRA | Done |"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_changes_are_seen_and_committed_together),
	    cmocka_unit_test(test_a_change_of_somebody_else_is_kept),
	    cmocka_unit_test(test_what_is_expected_holds_at_the_commit),
	    cmocka_unit_test(test_a_value_that_head_lacks_is_committed),
	    cmocka_unit_test(test_without_a_repository_files_are_saved),
	    cmocka_unit_test(test_declared_rules_are_kept),
	    cmocka_unit_test(test_dates_come_with_a_status),
	    cmocka_unit_test(test_nothing_empty_and_huge),
	    cmocka_unit_test(test_a_result_that_is_none),
	    cmocka_unit_test(test_memory_runs_out_anywhere),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
