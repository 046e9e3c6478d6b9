// What is kept of a history tells the same as reading it, and what can be neither read nor
// found is an error: nothing is made up.
#include "story.h"

struct store {
	struct rmk_arena *a;
	struct rmk_map keys;
	struct rmk_str names[200], bytes[200];
	size_t n;
};

static bool
get(void *ctx, struct rmk_str key, struct rmk_str *bytes)
{
	struct store *s = ctx;
	size_t at = rmk_map_get(&s->keys, key);

	if (at != RMK_NONE)
		*bytes = s->bytes[at];
	return at != RMK_NONE;
}

static void
put(void *ctx, struct rmk_str key, struct rmk_str bytes)
{
	struct store *s = ctx;
	size_t *at = rmk_map_put(&s->keys, rmk_str_copy(s->a, key));

	*at = s->n++;
	assert_true(s->n < NELEM(s->bytes));
	s->names[*at] = rmk_str_copy(s->a, key);
	s->bytes[*at] = rmk_str_copy(s->a, bytes);
}

// What is kept tells the same, reads nothing, and survives a rebase; what is damaged is read
// again.
static void
test_kept(void **state)
{
	static const struct story old = {
	    .texts = {HEAD ROW("a", "offen") ROW("b", "offen") ROW("c", "offen"),
		HEAD ROW("a", "todo") ROW("b", "todo") ROW("c", "todo"),
		"# B\n\n| Name | State |\n|---|---|\n" ROW("a", "todo") ROW("b", "done")
		    ROW("c", "todo"),
		HEAD ROW("a", "done") ROW("b", "done") ROW("c", "done")}};
	struct rmk_arena a = {0};
	struct store store = {.a = &a, .keys = {.arena = &a}};
	struct rmk_history_opts o = {.keep = {get, put, &store}};
	struct story first = old, again = old, rebased = old;
	struct rmk_history h = history_of(&a, &first, o);
	struct rmk_str want = told(&a, &h);
	size_t kept = store.n;

	(void)state;
	h = history_of(&a, &again, o);
	assert_text(told(&a, &h), want, "kept");
	assert_int_equal(again.reads, 0);
	assert_int_equal(store.n, kept);
	rebased.texts[1] = rebased.texts[2];
	rebased.texts[2] = rebased.texts[3];
	rebased.texts[3] = NULL;
	h = history_of(&a, &rebased, o);
	want = told(&a, &h);
	h = history_of(&a, &rebased, (struct rmk_history_opts){0});
	assert_text(want, told(&a, &h), "rebased");
	for (size_t i = 0; i < store.n; i++) {
		struct store cut = store;
		struct story damaged = old;
		cut.bytes[i].n /= 2;
		o.keep.ctx = &cut;
		history_of(&a, &damaged, o);
	}
	rmk_arena_free(&a);
}

// Any byte of what is kept may be wrong: it is another history then, or an error, no more.
static void
test_kept_bytes(void **state)
{
	static const struct story story = {
	    .texts = {HEAD ROW("a", "todo") ROW("b", "todo"),
		HEAD ROW("a", "done") ROW("b", "todo")}};
	struct rmk_arena a = {0};
	struct store store = {.a = &a, .keys = {.arena = &a}};
	struct rmk_history_opts o = {.keep = {get, put, &store}};
	struct story first = story;

	(void)state;
	history_of(&a, &first, o);
	o.path = S("l.md");
	o.read = read_text;
	for (size_t i = 0, n = store.n; i < n; i++) {
		for (size_t k = 0; k < store.bytes[i].n; k++) {
			struct store wrong = store;
			struct story s = story;
			struct rmk_history h;
			struct rmk_err err;
			char *bytes = rmk_str_c(&a, store.bytes[i]);
			bytes[k] ^= (char)(k % 2 ? 0xff : 0x01);
			wrong.bytes[i].s = bytes;
			o.keep.ctx = &wrong;
			o.ctx = &s;
			prepare(&s, &a);
			rmk_history_of(&a, s.moments, s.n, &o, &h, &err);
		}
	}
	rmk_arena_free(&a);
}

static size_t asked; // for the other files of a commit

static enum rmk_code
archive_at_2(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_beside **out,
    size_t *n, struct rmk_err *err)
{
	const struct story *s = ctx;

	(void)err;
	asked++;
	*n = rmk_str_eq(s->moments[moment].id, S("c2"));
	*out = RMK_NEW(a, struct rmk_beside);
	**out = (struct rmk_beside){S("old.md"), S(HEAD), S(HEAD ROW("a", "done"))};
	return RMK_OK;
}

// A commit that moved no row is not looked into again; one that did is, and its row counts on.
static void
test_kept_archived(void **state)
{
	struct story s = {
	    .texts = {HEAD ROW("a", "done") ROW("b", "done"),
		HEAD ROW("a", "done") ROW("b", "todo"), HEAD ROW("b", "todo"),
		HEAD ROW("b", "done"), HEAD ROW("b", "todo")}};
	struct rmk_arena a = {0};
	struct store store = {.a = &a, .keys = {.arena = &a}};
	struct rmk_history_opts o = {.keep = {get, put, &store}, .beside = archive_at_2};
	struct rmk_history h;

	(void)state;
	for (size_t run = 0; run < 2; run++) {
		asked = 0;
		h = history_of(&a, &s, o);
		assert_text(told(&a, &h), S("2/2 1/2 1/2 2/2 1/2"), "archived");
		assert_int_equal(asked, run ? 1 : 4);
	}
	rmk_arena_free(&a);
}

static enum rmk_code
fail_to_read(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	struct story *s = ctx;

	if (s->reads == 0)
		return rmk_fail(err, RMK_IO, "no text");
	s->reads -= 2;
	return read_text(ctx, a, moment, text, err);
}

// Whichever version cannot be read, it is said; nothing is made up for it.
static void
test_a_version_that_cannot_be_read(void **state)
{
	struct story s = {.texts = {HEAD ROW("a", "gemacht") ROW("b", "gemacht"),
			      HEAD ROW("a", "done") ROW("b", "done") ROW("c", "x"),
			      "# B\n\n| Name | State |\n|---|---|\n" ROW("a", "ok")
				  ROW("b", "ok") ROW("c", "y")}};
	bool whole = false;

	(void)state;
	for (size_t reads = 0; !whole; reads++) {
		struct rmk_arena a = {0};
		struct rmk_history_opts opts = {
		    .path = S("l.md"), .read = fail_to_read, .ctx = &s};
		struct rmk_history h;
		struct rmk_err err = {0};
		enum rmk_code code;

		assert_true(reads < 20);
		prepare(&s, &a);
		s.reads = reads;
		code = rmk_history_of(&a, s.moments, s.n, &opts, &h, &err);
		whole = s.reads > 0;
		assert_int_equal(code, whole || !err.msg[0] ? RMK_OK : RMK_IO);
		rmk_arena_free(&a);
	}
}

struct failing {
	struct story story;
	size_t left; // readings before the one that fails
};

static enum rmk_code
fail_once(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	struct failing *f = ctx;

	if (f->left-- == 0)
		return rmk_fail(err, RMK_IO, "no text");
	return read_text(&f->story, a, moment, text, err);
}

// Where a part of what was kept is gone, and one reading of a version fails: the answer is the
// whole one or an error, and what is kept then gives the whole one the next time.
static void
check_kept_but_for(const struct story *story, const struct store *kept, size_t which)
{
	bool whole = false;

	for (size_t left = 0; !whole; left++) {
		struct rmk_arena a = {0};
		struct failing f = {*story, left};
		struct story again = *story;
		struct store part = {.a = &a, .keys = {.arena = &a}};
		struct rmk_history_opts o = {.path = S("l.md"),
		    .read = fail_once,
		    .ctx = &f,
		    .keep = {get, put, &part}};
		struct rmk_err err = {0};
		struct rmk_history h,
		    want = history_of(&a, &again, (struct rmk_history_opts){0});

		assert_true(left < 20);
		for (size_t i = 0; i < kept->n; i++) {
			if (i != which)
				put(&part, kept->names[i], kept->bytes[i]);
		}
		prepare(&f.story, &a);
		whole = rmk_history_of(&a, f.story.moments, f.story.n, &o, &h, &err) ==
		        RMK_OK;
		if (whole)
			assert_text(told(&a, &h), told(&a, &want), "answered");
		o.read = NULL;
		h = history_of(&a, &again, o);
		assert_text(told(&a, &h), told(&a, &want), "the next time");
		rmk_arena_free(&a);
	}
}

static void
test_kept_in_part(void **state)
{
	static const struct story story = {
	    .texts = {HEAD ROW("a", "gemacht") ROW("b", "gemacht") ROW("c", "gemacht")
			  ROW("d", "todo"),
		HEAD ROW("a", "fertig") ROW("b", "fertig") ROW("c", "fertig")
		    ROW("d", "todo"),
		HEAD ROW("a", "done") ROW("b", "done") ROW("c", "done")
		    ROW("d", "todo")}};
	struct rmk_arena a = {0};
	struct store store = {.a = &a, .keys = {.arena = &a}};
	struct story first = story;

	(void)state;
	history_of(&a, &first, (struct rmk_history_opts){.keep = {get, put, &store}});
	for (size_t i = 0, n = store.n; i < n; i++)
		check_kept_but_for(&story, &store, i);
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_kept),
	    cmocka_unit_test(test_kept_archived),
	    cmocka_unit_test(test_kept_bytes),
	    cmocka_unit_test(test_a_version_that_cannot_be_read),
	    cmocka_unit_test(test_kept_in_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
