// The next rowmark after one that was killed: what the notes in the lock of the index say was
// begun is taken back, or, where all was done, tidied up; and nobody else's work is touched.
#include "unit.h"

#include "folder.h"

#include "base/system.h"
#include "git/git_internal.h"
#include "git/journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/rowmark-journal-XXXXXX";

#define OLD "| Paper | Status |\n|---|---|\n| LoRA | Todo |\n"
#define NEW "| Paper | Status |\n|---|---|\n| LoRA | Done |\n"
#define PARKED ".git/rowmark-0"
#define LOG ".git/logs/HEAD"

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
sh(const char *script)
{
	if (system(script))
		fail_msg("%s", script);
}

static void
assert_holds(struct rmk_arena *a, const char *path, const char *want)
{
	struct rmk_str got;

	assert_int_equal(rmk_file_read(a, rmk_str_of(path), &got, NULL, NULL), RMK_OK);
	assert_text(got, rmk_str_of(want), path);
}

static bool
is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

// --- a rowmark that is killed -------------------------------------------------------

struct killed {
	struct rmk_arena a;
	struct rmk_repo *repo;
	struct rmk_lock lock;
	struct rmk_recovered found; // by the next one
};

// It holds the lock of a repository in which list.md is committed, and wrote nothing yet.
static void
begin(struct killed *k)
{
	struct rmk_err err;

	*k = (struct killed){0};
	assert_int_equal(chdir(dir), 0);
	sh("rm -rf repo; git init -q -b main repo");
	assert_int_equal(chdir("repo"), 0);
	sh("printf '" OLD "' >list.md; git add .; git commit -q -m one");
	if (rmk_repo_open(&k->a, S("."), &k->repo, &err) ||
	    rmk_lock_take(&k->a,
		rmk_str_printf(&k->a, "%.*s.lock", RMK_FMT(k->repo->index)), 0, &k->lock,
		&err) ||
	    rmk_journal_command(&k->lock, S("set lora done"), &err))
		fail_msg("%s", err.msg);
}

// A new version beside a file, noted with its size and its time (second 1000).
static void
note_exchange(struct killed *k, const char *file, const char *beside)
{
	const struct timespec times[2] = {{1000, 0}, {1000, 0}};
	struct rmk_file_id id;
	struct rmk_str text;

	assert_int_equal(utimensat(AT_FDCWD, beside, times, 0), 0);
	assert_int_equal(
	    rmk_file_read(&k->a, rmk_str_of(beside), &text, &id, NULL), RMK_OK);
	assert_int_equal(
	    rmk_journal_swap(&k->lock, rmk_str_of(file), rmk_str_of(beside), &id, NULL),
	    RMK_OK);
}

static void
exchange(struct killed *k, const char *file, const char *beside)
{
	note_exchange(k, file, beside);
	assert_int_equal(rmk_system_exchange_alone(AT_FDCWD, beside, AT_FDCWD, file), 0);
}

static void
note_last(struct killed *k, const char *step, size_t nfiles)
{
	assert_int_equal(rmk_journal_last(&k->lock, step, nfiles, NULL), RMK_OK);
}

// Now it is killed, and another comes.
static void
recover(struct killed *k)
{
	close(k->lock.fd);
	rmk_commit_recover(&k->a, k->repo, &k->found);
	assert_true(k->found.found);
	assert_text(k->found.command, S("set lora done"), "command");
	assert_false(is_there(".git/index.lock"));
}

static void
end(struct killed *k)
{
	rmk_repo_close(k->repo);
	rmk_arena_free(&k->a);
}

// --- files --------------------------------------------------------------------------

static void
test_what_was_begun_is_taken_back(void **state)
{
	struct killed k;

	(void)state;
	begin(&k);
	sh("echo x >.git/rowmark-1; printf '" NEW "' >" PARKED);
	assert_int_equal(rmk_journal_park(&k.lock, S(".git/rowmark-1"), NULL), RMK_OK);
	note_last(&k, "file", 2);
	exchange(&k, "list.md", PARKED);
	recover(&k);
	assert_false(k.found.finished);
	assert_holds(&k.a, "list.md", OLD);
	assert_false(is_there(".git/rowmark-1"));
	assert_false(is_there(PARKED));
	end(&k);
}

// Where names cannot be exchanged at once it may be killed between the link and the two renames.
static void
test_killed_while_they_change_places(void **state)
{
	static const char *const steps[] = {"ln list.md " PARKED "-old",
	    "ln list.md " PARKED "-old && mv " PARKED " list.md",
	    "ln list.md " PARKED "-old && mv " PARKED " list.md && mv " PARKED
	    "-old " PARKED};

	(void)state;
	for (size_t i = 0; i < NELEM(steps); i++) {
		struct killed k;

		begin(&k);
		sh("printf '" NEW "' >" PARKED);
		note_last(&k, "ref", 1);
		note_exchange(&k, "list.md", PARKED);
		sh(steps[i]);
		recover(&k);
		assert_false(k.found.finished);
		assert_holds(&k.a, "list.md", OLD);
		assert_false(is_there(PARKED));
		assert_false(is_there(PARKED "-old"));
		end(&k);
	}
}

// It was begun twice: the version before the first attempt is the one that comes back.
static void
test_the_first_version_comes_back(void **state)
{
	struct killed k;

	(void)state;
	begin(&k);
	sh("printf first >" PARKED "; printf second >.git/rowmark-1");
	note_last(&k, "file", 3);
	exchange(&k, "list.md", PARKED);
	exchange(&k, "list.md", ".git/rowmark-1");
	recover(&k);
	assert_holds(&k.a, "list.md", OLD);
	assert_false(is_there(".git/rowmark-1"));
	assert_false(is_there(PARKED));
	end(&k);
}

static void
test_what_another_wrote_stays(void **state)
{
	static const char *const wrote[] = {
	    "printf 'much longer, or shorter\\n' >list.md; touch -d @1000 list.md",
	    "printf '%s' \"$(tr D B <list.md)\" >list.md; echo >>list.md; touch -d @2000 "
	    "list.md",
	    "touch -d @1000.5 list.md",
	    "cp list.md x; mv x list.md; touch -d @1000 list.md",
	};

	(void)state;
	for (size_t i = 0; i < NELEM(wrote); i++) {
		struct killed k;
		struct rmk_str theirs;

		begin(&k);
		sh("printf '" NEW "' >" PARKED);
		exchange(&k, "list.md", PARKED);
		sh(wrote[i]);
		assert_int_equal(
		    rmk_file_read(&k.a, S("list.md"), &theirs, NULL, NULL), RMK_OK);
		recover(&k);
		assert_holds(&k.a, "list.md", rmk_str_c(&k.a, theirs));
		end(&k);
	}
}

// Killed while it wrote a note: what was noted whole counts, and the file was not touched yet.
static void
test_half_a_note(void **state)
{
	struct killed k;
	struct rmk_str notes;

	(void)state;
	begin(&k);
	sh("printf '" NEW "' >" PARKED "; cp " PARKED " spare");
	note_last(&k, "file", 1);
	note_exchange(&k, "list.md", PARKED);
	assert_int_equal(
	    rmk_file_read(&k.a, S(".git/index.lock"), &notes, NULL, NULL), RMK_OK);
	close(k.lock.fd);
	for (size_t n = notes.n; n >= strlen("rowmark\n"); n--) {
		int fd = open(".git/index.lock", O_WRONLY | O_CREAT | O_TRUNC, 0600);

		assert_true(rmk_write_all(fd, rmk_str_part(notes, 0, n)));
		close(fd);
		rmk_commit_recover(&k.a, k.repo, &k.found);
		assert_true(k.found.found);
		assert_false(k.found.finished);
		assert_holds(&k.a, "list.md", OLD);
		assert_false(is_there(".git/index.lock"));
	}
	end(&k);
}

// --- whether all was done -------------------------------------------------------------

static void
test_done_but_for_the_traces(void **state)
{
	static const struct {
		const char *last;
		size_t nfiles;
		bool index_noted, index_put, done;
	} cases[] = {
	    {"file", 1, false, false, true},
	    {"file", 2, false, false, false},
	    {"index", 1, true, true, true},
	    {"index", 1, true, false, false}, // noted, but not made
	    {"index", 1, false, false, false},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct killed k;

		begin(&k);
		sh("printf '" NEW "' >" PARKED "; cp .git/index .git/index.rowmark");
		note_last(&k, cases[i].last, cases[i].nfiles);
		exchange(&k, "list.md", PARKED);
		if (cases[i].index_put)
			exchange(
			    &k, rmk_str_c(&k.a, k.repo->index), ".git/index.rowmark");
		else if (cases[i].index_noted)
			note_exchange(
			    &k, rmk_str_c(&k.a, k.repo->index), ".git/index.rowmark");
		recover(&k);
		assert_int_equal(k.found.finished, cases[i].done);
		assert_string_equal(k.found.id, "");
		assert_holds(&k.a, "list.md", cases[i].done ? NEW : OLD);
		assert_false(is_there(PARKED));
		assert_int_equal(is_there(".git/index.rowmark"), !cases[i].index_noted);
		end(&k);
	}
}

// The branch is what it was to become, or not; its lock is removed where it is the killed one's.
static void
test_the_branch(void **state)
{
	static const struct {
		bool moved;
		const char *locked; // by somebody else; NULL: by the killed one
	} cases[] = {{true, NULL}, {false, NULL}, {false, "0123"}, {false, ""}};
	const char *lock = ".git/refs/heads/main.lock";

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct killed k;
		char id[65] = "1234567890123456789012345678901234567890";
		FILE *f;

		begin(&k);
		sh("printf '" NEW "' >" PARKED);
		note_last(&k, "ref", 0);
		exchange(&k, "list.md", PARKED);
		if (cases[i].moved) {
			f = popen("git rev-parse HEAD", "r");
			assert_int_equal(fread(id, 1, 40, f), 40);
			pclose(f);
		}
		assert_int_equal(
		    rmk_journal_ref(&k.lock, rmk_str_of(lock), rmk_str_of(id), NULL),
		    RMK_OK);
		f = fopen(lock, "w");
		fputs(cases[i].locked ? cases[i].locked : id, f);
		fclose(f);
		recover(&k);
		assert_int_equal(k.found.finished, cases[i].moved);
		assert_string_equal(k.found.id, cases[i].moved ? id : "");
		assert_holds(&k.a, "list.md", cases[i].moved ? NEW : OLD);
		assert_int_equal(is_there(lock), cases[i].locked != NULL);
		end(&k);
	}
}

// A line that was added to the reflog goes; one that others have added to stays as it is.
static void
test_the_reflog(void **state)
{
	static const char line[] = "0 1 Ada <ada@example.org> 1767323045 +0000\tset\n";
	static const struct {
		const char *after; // what others added
		bool added;        // ours
	} cases[] = {{"", true}, {"", false}, {"another line\n", true}};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct killed k;
		struct rmk_str before;
		const char *want;
		FILE *f;

		begin(&k);
		assert_int_equal(
		    rmk_file_read(&k.a, S(LOG), &before, NULL, NULL), RMK_OK);
		note_last(&k, "ref", 0);
		assert_int_equal(
		    rmk_journal_log(&k.lock, S(LOG), before.n, strlen(line), NULL),
		    RMK_OK);
		f = fopen(LOG, "a");
		fprintf(f, "%s%s", cases[i].added ? line : "", cases[i].after);
		fclose(f);
		want = rmk_str_printf(&k.a, "%.*s%s%s", RMK_FMT(before),
		    cases[i].after[0] ? line : "", cases[i].after)
		           .s;
		recover(&k);
		assert_holds(&k.a, LOG, want);
		end(&k);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_was_begun_is_taken_back),
	    cmocka_unit_test(test_killed_while_they_change_places),
	    cmocka_unit_test(test_the_first_version_comes_back),
	    cmocka_unit_test(test_what_another_wrote_stays),
	    cmocka_unit_test(test_half_a_note),
	    cmocka_unit_test(test_done_but_for_the_traces),
	    cmocka_unit_test(test_the_branch),
	    cmocka_unit_test(test_the_reflog),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
