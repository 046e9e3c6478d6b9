// The library has no state of its own: calls on different arenas may run at the same time,
// and threads may share a document and a schema. `make tsan` runs this under
// ThreadSanitizer; in every other build it compares what the threads found.
#include "unit.h"

#include "rowmark.h"

#include <pthread.h>
#include <stdio.h>

#define NTHREADS 8
#define ROUNDS 20

static const char text[] =
    "## Papers\n\n"
    "<!-- rowmark: papers; Paper: key; Read: status = Not read < Reading < Read -->\n\n"
    "| Paper | Link | Read |\n|---|---|---|\n"
    "| [LoRA](https://a.example) | `x` &amp; y | Not read |\n"
    "| LIMA | [Link](https://b.example/2305) | reading |\n"
    "| ALiBi | ![i](i.png) | Read |\n"
    "| LIMA | lost | Read | more |\n\n"
    "## Languages\n\n"
    "| Feature | Go | Rust |\n|---|---|---|\n| a | ✅ | ❌ |\n| b | ❌ | ✅ |\n";

// What one thread finds, in one line that all of them must agree on.
struct finder {
	pthread_t thread;
	const struct rmk_doc *shared; // NULL: each parses for itself
	const struct rmk_schema *schema;
	char found[600];
};

static enum rmk_code
count_row(void *ctx, const struct rmk_sql_value *values, size_t n, struct rmk_err *err)
{
	(void)n;
	(void)err;
	rmk_buf_printf(ctx, " sql %.*s", RMK_FMT(values[0].text));
	return RMK_OK;
}

static void
ask_sql(struct rmk_buf *out, const struct rmk_doc *doc)
{
	const struct rmk_sql_opts opts = {0};
	const struct rmk_sql_sink sink = {.row = count_row, .ctx = out};
	struct rmk_sql *sql;

	if (rmk_sql_open(out->arena, &doc, 1, &opts, &sql, NULL))
		return;
	rmk_sql_run(out->arena, sql,
	    RMK_STR("SELECT count(*) FROM papers WHERE Read = 'Read'"), NULL, 0, &sink,
	    NULL);
	rmk_sql_close(sql);
}

static void
look(struct rmk_buf *out, const struct rmk_doc *doc, const struct rmk_schema *schema)
{
	struct rmk_edit edit = {.table = 0, .row = 0, .col = 2, .value = RMK_STR("Read")};
	struct rmk_summary sum = {.arena = out->arena};
	struct rmk_summary_opts sum_opts = {0};
	struct rmk_check_opts check_opts = {0};
	struct rmk_findings findings = {0};
	struct rmk_hits hits = rmk_address_rows(
	    out->arena, doc, 0, schema, RMK_STR("lima"));
	struct rmk_str edited = RMK_STR("");

	rmk_check_doc(out->arena, doc, &check_opts, &findings);
	rmk_summary_doc(&sum, doc, &sum_opts, NULL);
	rmk_summary_finish(&sum);
	rmk_edits_apply(out->arena, doc, &edit, 1, &edited, NULL);
	rmk_buf_printf(out,
	    "tables %zu fields %zu hits %zu errors %zu done %zu of %zu edit %zu",
	    doc->ntables, schema->ncols, hits.n, findings.nerrors, sum.total.by[RMK_DONE],
	    sum.total.total, edited.n);
	for (size_t i = 0; i < findings.n; i++)
		rmk_buf_printf(out, " %s", findings.v[i].rule->name);
	ask_sql(out, doc);
}

static void *
find(void *arg)
{
	struct finder *f = arg;

	for (int i = 0; i < ROUNDS; i++) {
		struct rmk_arena arena = {0};
		struct rmk_buf out = {.arena = &arena};
		const struct rmk_schema *schema = f->schema;
		const struct rmk_doc *doc = f->shared;
		struct rmk_doc *own;

		if (!doc && !rmk_doc_parse(&arena, RMK_STR("a.md"), rmk_str_of(text), 0,
				&own, NULL)) {
			doc = own;
			schema = rmk_schema_of(&arena, doc, 0);
		}
		look(&out, doc, schema);
		snprintf(f->found, sizeof f->found, "%.*s", RMK_FMT(rmk_buf_str(&out)));
		rmk_arena_free(&arena);
	}
	return NULL;
}

static void
run_all(const struct rmk_doc *shared, const struct rmk_schema *schema)
{
	struct finder f[NTHREADS];

	for (size_t i = 0; i < NTHREADS; i++) {
		f[i] = (struct finder){.shared = shared, .schema = schema};
		assert_int_equal(pthread_create(&f[i].thread, NULL, find, &f[i]), 0);
	}
	for (size_t i = 0; i < NTHREADS; i++)
		pthread_join(f[i].thread, NULL);
	assert_non_null(strstr(f[0].found, "tables 2 fields 3 hits 2 "));
	assert_non_null(strstr(f[0].found, " extra-cell"));
	assert_non_null(strstr(f[0].found, " sql 2"));
	for (size_t i = 1; i < NTHREADS; i++)
		assert_string_equal(f[i].found, f[0].found);
}

static void
test_own(void **state)
{
	(void)state;
	run_all(NULL, NULL);
}

static void
test_shared(void **state)
{
	struct rmk_arena arena = {0};
	struct rmk_doc *doc;

	(void)state;
	assert_int_equal(
	    rmk_doc_parse(&arena, S("a.md"), rmk_str_of(text), 0, &doc, NULL), RMK_OK);
	run_all(doc, rmk_schema_of(&arena, doc, 0));
	rmk_arena_free(&arena);
}

// Each thread has a repository of its own: libgit2 keeps what it shares to itself.
static void *
open_repo(void *arg)
{
	enum rmk_code *code = arg;

	for (int i = 0; i < ROUNDS; i++) {
		struct rmk_arena arena = {0};
		struct rmk_repo *repo;
		struct rmk_err err;
		struct rmk_str bytes;

		*code = rmk_repo_open(&arena, RMK_STR(""), &repo, &err);
		if (*code == RMK_OK) {
			rmk_repo_read(&arena, repo, RMK_STR("HEAD"), RMK_STR("Makefile"),
			    &bytes, &err);
			rmk_repo_close(repo);
		}
		rmk_arena_free(&arena);
	}
	return NULL;
}

static void
test_repos(void **state)
{
	enum rmk_code codes[NTHREADS] = {RMK_OK};
	pthread_t threads[NTHREADS];

	(void)state;
	for (size_t i = 0; i < NTHREADS; i++)
		pthread_create(&threads[i], NULL, open_repo, &codes[i]);
	for (size_t i = 0; i < NTHREADS; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 1; i < NTHREADS; i++)
		assert_int_equal(codes[i], codes[0]);
}

static void
pool_work(void *ctx, size_t i)
{
	((size_t *)ctx)[i] = i * i;
}

static void
test_pool(void **state)
{
	size_t squares[500] = {0};

	(void)state;
	rmk_pool_run(500, 4, pool_work, NULL, squares);
	for (size_t i = 0; i < 500; i++)
		assert_int_equal(squares[i], i * i);
}

// --- databases -------------------------------------------------------------------

// Each thread has one of its own, changes it and asks all of it.
static void *
use_database(void *ctx)
{
	struct finder *f = ctx;
	struct rmk_buf out = {.arena = &(struct rmk_arena){0}};

	for (int i = 0; i < ROUNDS; i++) {
		struct rmk_db *db = rmk_open_text("t.md", text, sizeof text - 1);
		struct rmk_result *r = NULL;

		out.n = 0;
		rmk_done(db, NULL, "papers", "LoRA", NULL, NULL);
		rmk_check(db, NULL, &r);
		rmk_buf_printf(&out, "%zu findings", rmk_result_rows(r));
		rmk_free(r);
		rmk_rows(db, NULL, "papers", &r);
		rmk_buf_printf(&out, " %s", rmk_result_progress(r, 0, 2));
		rmk_free(r);
		rmk_close(db);
	}
	snprintf(f->found, sizeof f->found, "%.*s", RMK_FMT(rmk_buf_str(&out)));
	rmk_arena_free(out.arena);
	return NULL;
}

static void
test_databases_at_once(void **state)
{
	struct finder finders[NTHREADS] = {0};

	(void)state;
	for (size_t i = 0; i < NTHREADS; i++)
		assert_int_equal(
		    pthread_create(&finders[i].thread, NULL, use_database, &finders[i]),
		    0);
	for (size_t i = 0; i < NTHREADS; i++)
		pthread_join(finders[i].thread, NULL);
	for (size_t i = 0; i < NTHREADS; i++) {
		assert_string_equal(finders[i].found, finders[0].found);
		assert_non_null(strstr(finders[i].found, " done"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_own),
	    cmocka_unit_test(test_shared),
	    cmocka_unit_test(test_repos),
	    cmocka_unit_test(test_pool),
	    cmocka_unit_test(test_databases_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
