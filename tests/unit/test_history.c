// Histories of lists of versions: no git, texts from a table.
#include "unit.h"

#include "history/history.h"
#include "history/log.h"
#include "history/texts.h"

#define MOST 12

// Versions of one file, oldest first, as they are easier to read.
struct story {
	const char *texts[MOST]; // NULL after the last; "": the file is gone
	size_t n;
	struct rmk_moment moments[MOST];
	size_t reads;
};

static enum rmk_code
read_text(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	struct story *s = ctx;

	(void)err;
	s->reads++;
	*text = rmk_str_copy(a, rmk_str_of(s->texts[s->n - 1 - moment]));
	return RMK_OK;
}

// A version a day, from 2024-01-01 on.
static void
prepare(struct story *s, struct rmk_arena *a)
{
	for (s->n = 0; s->n < MOST && s->texts[s->n]; s->n++)
		;
	for (size_t i = 0; i < s->n; i++) {
		const char *text = s->texts[s->n - 1 - i];
		s->moments[i] = (struct rmk_moment){
		    .id = rmk_str_printf(a, "c%zu", s->n - 1 - i),
		    .blob = rmk_str_printf(
			a, "%016llx", (unsigned long long)rmk_str_hash(rmk_str_of(text))),
		    .gone = text[0] == '\0',
		    .joined = true,
		    .time = 1704067200 + (int64_t)(s->n - 1 - i) * 86400,
		    .order = i,
		    .author = S("Ada"),
		};
	}
}

static struct rmk_history
history_of(struct rmk_arena *a, struct story *s, struct rmk_history_opts opts)
{
	struct rmk_history h;
	struct rmk_err err = {0};

	prepare(s, a);
	opts.path = S("l.md");
	opts.read = read_text;
	opts.ctx = s;
	if (rmk_history_of(a, s->moments, s->n, &opts, &h, &err))
		fail_msg("%s", err.msg);
	return h;
}

// "1/3 2/3": done of total, point by point; then the marks.
static struct rmk_str
told(struct rmk_arena *a, const struct rmk_history *h)
{
	static const char *const kinds[] = {"renamed", "spelled", "lost", "back"};
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i < h->n; i++) {
		const struct rmk_history_point *p = &h->points[i];
		rmk_buf_printf(&b, "%s%zu/%zu", i ? " " : "", p->by[RMK_DONE], p->total);
		if (p->held)
			rmk_buf_printf(&b, "(%zu/%zu)", p->shown_done, p->shown_total);
	}
	for (size_t i = 0; i < h->nmarks; i++) {
		const struct rmk_history_mark *m = &h->marks[i];
		rmk_buf_printf(&b, "; %zu %s", m->point, kinds[m->kind]);
		if (m->old.s)
			rmk_buf_printf(
			    &b, " %.*s>%.*s", RMK_FMT(m->old), RMK_FMT(m->new_));
		rmk_buf_printf(&b, " %zu", m->n);
	}
	return rmk_buf_str(&b);
}

#define HEAD "# A\n\n| Name | Status |\n|---|---|\n"
#define ROW(name, status) "| " name " | " status " |\n"
#define TEN(status)                                                                      \
	ROW("a", status)                                                                 \
	ROW("b", status)                                                                 \
	ROW("c", status)                                                                 \
	ROW("d", status)                                                                 \
	ROW("e", status)                                                                 \
	ROW("f", status)                                                                 \
	ROW("g", status)                                                                 \
	ROW("h", status)                                                                 \
	ROW("i", status)                                                                 \
	ROW("j", status)

static void
test_stories(void **state)
{
	static const struct {
		const char *what;
		struct story story;
		const char *want;
	} cases[] = {
	    {"a row done, a row added",
		{.texts = {HEAD ROW("a", "todo"), HEAD ROW("a", "done"),
		     HEAD ROW("a", "done") ROW("b", "todo")}},
		"0/1 1/1 1/2"},
	    {"known words renamed are no progress",
		{.texts = {HEAD ROW("a", "Yes") ROW("b", "Yes") ROW("c", "Yes")
			       ROW("d", "No"),
		     HEAD ROW("a", "✅ Yes") ROW("b", "✅ Yes") ROW("c", "✅ Yes")
			 ROW("d", "❌ No")}},
		"3/4 3/4; 1 renamed No>❌ No 1; 1 renamed Yes>✅ Yes 3"},
	    {"a word renamed in two tables is one mark",
		{.texts = {HEAD ROW("a", "Yes") ROW("b", "Yes") ROW("c",
			       "No") "\n# B\n\n| Name | Status |\n|---|---|\n" ROW("d",
			       "Yes") ROW("e", "No"),
		     HEAD ROW("a", "✅ Yes") ROW("b", "✅ Yes")
			 ROW("c", "No") "\n# B\n\n| Name | Status |\n|---|---|\n" ROW(
			     "d", "✅ Yes") ROW("e", "No")}},
		"3/5 3/5; 1 renamed Yes>✅ Yes 3"},
	    {"unknown words renamed are joined to what they became",
		{.texts = {HEAD ROW("a", "gemacht") ROW("b", "gemacht")
			       ROW("c", "gemacht") ROW("d", "todo"),
		     HEAD ROW("a", "done") ROW("b", "done") ROW("c", "done")
			 ROW("d", "todo")}},
		"3/4 3/4; 1 renamed gemacht>done 3"},
	    {"all open rows done on one day is progress",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo") ROW("c", "todo"),
		     HEAD ROW("a", "done") ROW("b", "done") ROW("c", "done")}},
		"0/3 3/3"},
	    {"U+FE0F added", {.texts = {HEAD TEN("✔"), HEAD TEN("✔️")}},
		"10/10 10/10; 1 spelled ✔>✔️ 10"},
	    {"spelled anew, and one row more",
		{.texts = {HEAD TEN("✔"), HEAD TEN("✔️") ROW("k", "✔️")}},
		"10/10 11/11; 1 spelled ✔>✔️ 10"},
	    {"five of six are too few for a rename",
		{.texts = {HEAD ROW("a", "gemacht") ROW("b", "gemacht")
			       ROW("c", "gemacht") ROW("d", "gemacht") ROW("e", "gemacht")
				   ROW("f", "gemacht"),
		     HEAD ROW("a", "done") ROW("b", "done") ROW("c", "done")
			 ROW("d", "done") ROW("e", "done") ROW("f", "todo")}},
		"0/6 5/6"},
	    {"a loss taken back is held",
		{.texts = {HEAD TEN("done"), HEAD ROW("a", "done"), HEAD ROW("a", "done"),
		     HEAD TEN("done") ROW("k", "todo")}},
		"10/10 1/1(10/10) 1/1(10/10) 10/11; 1 lost 9; 3 back 0"},
	    {"a loss that stays is a fall",
		{.texts = {HEAD TEN("done"), HEAD ROW("a", "done"),
		     HEAD ROW("a", "done")}},
		"10/10 1/1 1/1"},
	    {"a column renamed and a table moved",
		{.texts = {"# B\n\n| Name | State |\n|---|---|\n" ROW("a", "done")
			       ROW("b", "todo"),
		     HEAD ROW("a", "done") ROW("b", "todo")}},
		"1/2 1/2"},
	    {"a table that is gone had a status of its own",
		{.texts = {HEAD ROW("a",
			       "done") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n",
		     HEAD ROW("a", "done")}},
		"2/2 1/1"},
	    {"deleted and back", {.texts = {HEAD TEN("done"), "", HEAD TEN("done")}},
		"10/10 0/0(10/10) 10/10; 1 lost 10; 2 back 0"},
	    {"deleted and back, and another table has changed",
		{.texts = {HEAD ROW("a",
			       "todo") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n",
		     "",
		     HEAD ROW(
			 "a", "done") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n"}},
		"1/2 0/0 2/2"},
	    {"a status column that was dropped later was one then",
		{.texts = {HEAD ROW("a", "done") ROW("b", "todo"),
		     "# A\n\n| Name | Note |\n|---|---|\n" ROW("a", "x") ROW("b", "y")}},
		"1/2 0/0"},
	    {"no table yet", {.texts = {"text\n", HEAD ROW("a", "done")}}, "0/0 1/1"},
	    {"a region's own table does not count",
		{.texts = {HEAD ROW(
		     "a", "done") "\n<!-- rowmark:begin summary -->\n\n| x | Done "
				  "|\n|---|---|\n| 1 | yes |\n\n<!-- rowmark:end -->\n"}},
		"1/1"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct story story = cases[i].story;
		struct rmk_history h = history_of(
		    &a, &story, (struct rmk_history_opts){0});

		assert_text(told(&a, &h), rmk_str_of(cases[i].want), cases[i].what);
		rmk_arena_free(&a);
	}
}

// One table of several; a named column; values that count as done besides.
static void
test_options(void **state)
{
	struct story story = {
	    .texts = {HEAD ROW("a", "done"),
		HEAD ROW("a", "done") "\n# B\n\n| x | Solution |\n|---|---|\n| 1 | Go |\n"
				      "| 2 | |\n"}};
	struct rmk_str column = S("solution"), done = S("go");
	struct rmk_arena a = {0};
	struct rmk_history h;
	struct rmk_err err = {0};
	struct rmk_history_opts o = {.table = S("a")};

	(void)state;
	h = history_of(&a, &story, o);
	assert_text(told(&a, &h), S("1/1 1/1"), "table");
	o = (struct rmk_history_opts){.count = {
					  .columns = &column,
					  .ncolumns = 1,
					  .done = &done,
					  .ndone = 1,
				      }};
	h = history_of(&a, &story, o);
	assert_text(told(&a, &h), S("0/0 1/2"), "column");
	o = (struct rmk_history_opts){
	    .table = S("nowhere"), .path = S("l.md"), .read = read_text, .ctx = &story};
	assert_int_equal(
	    rmk_history_of(&a, story.moments, story.n, &o, &h, &err), RMK_NOT_FOUND);
	rmk_arena_free(&a);
}

// --- counting -------------------------------------------------------------------

#define VERSIONS 600
#define ROWS_MOST 160

// A table whose rows come, go and change, with a column that has now few values, now many,
// and one that hardly ever changes. Now and then the text between them does, so that the
// file is parsed whole.
struct wander {
	struct rmk_arena *a;
	struct rmk_moment moments[VERSIONS]; // newest first
	struct rmk_str texts[VERSIONS];
	unsigned note[ROWS_MOST], other, words, seed;
	size_t nrows;
};

static unsigned
draw(struct wander *w, unsigned below)
{
	w->seed = w->seed * 1103515245 + 12345;
	return (w->seed >> 16) % below;
}

static void
wander(struct wander *w, size_t version)
{
	unsigned at = draw(w, (unsigned)w->nrows), what = draw(w, 9);
	struct rmk_buf b = {.arena = w->a};

	if (what == 0 && w->nrows < ROWS_MOST)
		w->note[w->nrows++] = draw(w, 60);
	else if (what == 1 && w->nrows > 70)
		w->nrows--;
	else
		w->note[at] = draw(w, version / 150 % 2 ? 300 : 30);
	if (draw(w, 20) == 0)
		w->other = draw(w, 300);
	if (draw(w, 3) == 0)
		w->words = draw(w, 300);
	rmk_buf_printf(&b, "# A\n\n%u\n\n", w->words);
	rmk_buf_add(&b, S("| Name | Note |\n|---|---|\n"));
	for (size_t i = 0; i < w->nrows; i++)
		rmk_buf_printf(&b, "| row %zu | n%u |\n", i, w->note[i]);
	rmk_buf_printf(&b, "\n%u\n\n# B\n\n| x | Note |\n|---|---|\n| a | n%u |\n",
	    w->words, w->other);
	w->texts[version] = rmk_buf_str(&b);
	w->moments[version] = (struct rmk_moment){.id = S("c"),
	    .blob = rmk_str_printf(w->a, "%zu", version),
	    .joined = true,
	    .order = version};
}

static enum rmk_code
read_wander(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	struct wander *w = ctx;

	(void)err;
	*text = rmk_str_copy(a, w->texts[moment]);
	return RMK_OK;
}

static enum rmk_code
read_one(void *ctx, struct rmk_arena *a, size_t moment, struct rmk_str *text,
    struct rmk_err *err)
{
	(void)moment;
	(void)err;
	*text = rmk_str_copy(a, *(struct rmk_str *)ctx);
	return RMK_OK;
}

// The counts of a point in the order of their values' texts, which are of one length or
// two; and the rows of which nothing is known.
static struct rmk_str
point_told(struct rmk_arena *a, const struct rmk_history *h, size_t point)
{
	const struct rmk_history_point *p = &h->points[point];
	struct rmk_buf b = {.arena = a};
	size_t n[300] = {0};

	for (size_t i = 0; i < p->ncounts; i++) {
		struct rmk_str text = h->values[p->counts[i].value].text;
		n[strtoul(rmk_str_c(a, text) + 1, NULL, 10)] += p->counts[i].n;
	}
	rmk_buf_printf(&b, "%zu", p->total);
	for (size_t i = 0; i < NELEM(n); i++) {
		if (n[i])
			rmk_buf_printf(&b, " n%zu:%zu", i, n[i]);
	}
	return rmk_buf_str(&b);
}

// What is counted from a neighbour is what is counted alone.
static void
test_counted_beside(void **state)
{
	struct rmk_arena a = {0};
	struct wander *w = RMK_NEW(&a, struct wander);
	struct rmk_str column = S("note");
	struct rmk_history_opts o = {.path = S("l.md"),
	    .read = read_wander,
	    .ctx = w,
	    .count = {.columns = &column, .ncolumns = 1}};
	struct rmk_err err = {0};
	struct rmk_history all, one;
	size_t many = 0;

	(void)state;
	w->a = &a;
	w->nrows = 90;
	for (size_t i = 0; i < VERSIONS; i++)
		wander(w, i);
	assert_int_equal(rmk_history_of(&a, w->moments, VERSIONS, &o, &all, &err), 0);
	o.read = read_one;
	for (size_t i = 0; i < VERSIONS; i++) {
		o.ctx = &w->texts[i];
		assert_int_equal(
		    rmk_history_of(&a, &w->moments[i], 1, &o, &one, &err), 0);
		assert_text(point_told(&a, &all, VERSIONS - 1 - i),
		    point_told(&a, &one, 0), "alone");
		many += one.points[0].ncounts == 1;
	}
	assert_true(many > VERSIONS / 10 && many < VERSIONS / 10 * 9);
	rmk_arena_free(&a);
}

// --- keeping --------------------------------------------------------------------

struct store {
	struct rmk_arena *a;
	struct rmk_map keys;
	struct rmk_str bytes[200];
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

// Cells that lead to as many places as there are rows say one thing.
static void
test_linked_values(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_buf text = {.arena = &a};
	struct rmk_str column = S("solution");
	struct rmk_history_opts o = {.count = {.columns = &column, .ncolumns = 1}};
	struct story story = {0};
	struct rmk_history h;

	(void)state;
	rmk_buf_adds(&text, "# A\n\n| x | Solution |\n|---|---|\n");
	for (int i = 0; i < 400; i++)
		rmk_buf_printf(&text, "| %d | [Go](https://example.org/%d) |\n", i, i);
	rmk_buf_addc(&text, '\0');
	story.texts[0] = text.s;
	h = history_of(&a, &story, o);
	assert_int_equal(h.nvalues, 1);
	assert_text(h.values[0].text, S("Go"), "value");
	assert_int_equal(h.points[0].counts[0].n, 400);
	rmk_arena_free(&a);
}

static void
test_sum(void **state)
{
	struct story one = {.texts = {HEAD ROW("a", "todo") ROW("b", "todo"),
				HEAD ROW("a", "done") ROW("b", "todo")}};
	struct story two = {.texts = {HEAD ROW("x", "done")}};
	struct rmk_arena a = {0};
	struct rmk_history h[2], sum;

	(void)state;
	h[0] = history_of(&a, &one, (struct rmk_history_opts){0});
	h[1] = history_of(&a, &two, (struct rmk_history_opts){0});
	sum = rmk_history_sum(&a, h, 2);
	// The second file's version is of the first one's newest commit.
	assert_text(told(&a, &sum), S("0/2 2/3"), "sum");
	rmk_arena_free(&a);
}

static void
test_date(void **state)
{
	static const struct {
		int64_t time;
		int zone;
		const char *want;
	} cases[] = {
	    {0, 0, "1970-01-01"},
	    {-1, 0, "1969-12-31"},
	    {951782400, 0, "2000-02-29"},
	    {951782399, 0, "2000-02-28"},
	    {951782399, 60, "2000-02-29"},
	    {4102444800, 0, "2100-01-01"},
	    {-62135596800, 0, "0001-01-01"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};

		assert_text(rmk_date(&a, cases[i].time, cases[i].zone),
		    rmk_str_of(cases[i].want), "date");
		rmk_arena_free(&a);
	}
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

// More cells than are remembered: each is read all the same.
static void
test_texts_of_many_cells(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_texts t = rmk_texts_new(&a);

	(void)state;
	rmk_texts_ready(&t, 0);
	for (unsigned i = 0; i < 40000; i++)
		assert_text(rmk_text_of_cell(&t, rmk_str_printf(&a, "**%u**", i)),
		    rmk_str_printf(&a, "%u", i), "cell");
	rmk_texts_free(&t);
	rmk_arena_free(&a);
}

// --- log and blame --------------------------------------------------------------

static struct rmk_str
log_lines(struct rmk_arena *a, struct story *s, const char *row, const char *table)
{
	static const char *const kinds[] = {"set", "added", "removed", "moved"};
	struct rmk_log_opts o = {.path = S("l.md"),
	    .row = rmk_str_of(row),
	    .table = rmk_str_of(table),
	    .read = read_text,
	    .ctx = s};
	struct rmk_buf b = {.arena = a};
	struct rmk_err err = {0};
	struct rmk_log log;

	prepare(s, a);
	if (rmk_log_of(a, s->moments, s->n, &o, &log, &err))
		return rmk_str_copy(a, rmk_str_of(err.msg));
	for (size_t i = 0; i < log.n; i++) {
		const struct rmk_log_entry *e = &log.v[i];
		rmk_buf_printf(&b, "%s%.*s %s %.*s#%.*s", i ? "; " : "",
		    RMK_FMT(s->moments[e->moment].id), kinds[e->kind], RMK_FMT(e->row),
		    RMK_FMT(e->table));
		if (e->column.n)
			rmk_buf_printf(&b, " %.*s", RMK_FMT(e->column));
		if (e->old.s || e->new_.s)
			rmk_buf_printf(
			    &b, " %.*s>%.*s", RMK_FMT(e->old), RMK_FMT(e->new_));
	}
	return rmk_buf_str(&b);
}

static void
test_log(void **state)
{
	static const struct {
		const char *what;
		struct story story;
		const char *row, *table, *want;
	} cases[] = {
	    {"birth and changes",
		{.texts = {HEAD ROW("x", "todo"), HEAD ROW("x", "todo") ROW("a", "todo"),
		     HEAD ROW("x", "done") ROW("a", "doing"),
		     HEAD ROW("a", "done") ROW("x", "done")}},
		"a", "",
		"c3 set a#a Status doing>done; c2 set a#a Status todo>doing; c1 added "
		"a#a"},
	    {"all rows",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo"),
		     HEAD ROW("a", "done") ROW("c", "todo")}},
		"", "",
		"c1 set a#a Status todo>done; c1 added c#a; c1 removed b#a; c0 added "
		"a#a; "
		"c0 added b#a"},
	    {"a row that is gone",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo"),
		     HEAD ROW("a", "todo") ROW("b", "done"), HEAD ROW("a", "todo")}},
		"b", "", "c2 removed b#a; c1 set b#a Status todo>done; c0 added b#a"},
	    {"the key re-worded, the rest stayed",
		{.texts = {"# A\n\n| Name | Link | Status |\n|---|---|---|\n"
			   "| LoRa | https://example.org/1 | done |\n| x | y | done |\n",
		     "# A\n\n| Name | Link | Status |\n|---|---|---|\n"
		     "| LoRA | https://example.org/1 | done |\n| x | y | done |\n"}},
		"lora", "", "c1 set LoRA#a Name LoRa>LoRA; c0 added LoRa#a"},
	    {"moved to another table",
		{.texts = {HEAD ROW("a", "todo")
			       ROW("b", "todo") "\n# B\n\n| Name | Status "
						"|\n|---|---|\n| c | todo |\n",
		     HEAD ROW("a", "todo") "\n# B\n\n| Name | Status |\n|---|---|\n| c | "
					   "todo |\n| b | todo |\n"}},
		"b", "", "c1 moved b#b a>b; c0 added b#a"},
	    {"one table",
		{.texts = {HEAD ROW("a",
			       "todo") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | no |\n",
		     HEAD ROW(
			 "a", "done") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | yes |\n"}},
		"", "b", "c1 set 1#b Done no>yes; c0 added 1#b"},
	    {"deleted and back",
		{.texts = {HEAD ROW("a", "todo"), "", HEAD ROW("a", "done")}}, "a", "",
		"c2 added a#a"},
	    {"a row of the first of two tables",
		{.texts = {HEAD ROW("a",
			       "todo") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | no |\n",
		     HEAD ROW(
			 "a", "done") "\n# B\n\n| x | Done |\n|---|---|\n| 1 | no |\n"}},
		"a", "", "c1 set a#a Status todo>done; c0 added a#a"},
	    {"a row named whole, and one by a part of its name",
		{.texts = {HEAD ROW(
		     "ab", "todo") "\n# B\n\n| x | Done |\n|---|---|\n| a | no |\n"}},
		"a", "", "c0 added a#b"},
	    {"no such row", {.texts = {HEAD ROW("a", "todo")}}, "zz", "",
		"l.md: no version has a row 'zz'"},
	    {"several rows", {.texts = {HEAD ROW("ab", "todo") ROW("ac", "todo")}}, "a",
		"", "'a' fits 2 rows: l.md#a ab (line 5), l.md#a ac (line 6)"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct story story = cases[i].story;

		assert_text(log_lines(&a, &story, cases[i].row, cases[i].table),
		    rmk_str_of(cases[i].want), cases[i].what);
		rmk_arena_free(&a);
	}
}

static void
test_blame(void **state)
{
	static const struct {
		const char *what;
		struct story story;
		const char *column, *want;
	} cases[] = {
	    {"the last change of the status",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo"),
		     HEAD ROW("a", "done") ROW("b", "todo"),
		     HEAD ROW("c", "todo") ROW("a", "done") ROW("b", "todo")}},
		"", "c=todo c2+; a=done c1; b=todo c0+"},
	    {"a column that came later",
		{.texts = {"# A\n\n| Name |\n|---|\n| a |\n| b |\n",
		     HEAD ROW("a", "todo") ROW("b", "todo"),
		     HEAD ROW("a", "todo") ROW("b", "done")}},
		"", "a=todo c1; b=done c2"},
	    {"rows that stay in their places, and one that takes another's",
		{.texts = {HEAD ROW("a", "todo") ROW("b", "todo") ROW("c", "todo"),
		     HEAD ROW("a", "done") ROW("b", "todo") ROW("c", "todo"),
		     HEAD ROW("a", "done") ROW("c", "todo") ROW("b", "done"),
		     HEAD ROW("a", "done") ROW("c", "todo") ROW("b", "doing"),
		     HEAD ROW("a", "done") ROW("d", "todo") ROW("b", "doing")}},
		"", "a=done c1; d=todo c4+; b=doing c3"},
	    {"a renamed vocabulary is no change",
		{.texts = {HEAD ROW("a", "No") ROW("b", "Yes"),
		     HEAD ROW("a", "Yes") ROW("b", "Yes") ROW("c", "No"),
		     HEAD ROW("a", "✅ Yes") ROW("b", "✅ Yes") ROW("c", "❌ No")}},
		"", "a=✅ Yes c1; b=✅ Yes c0+; c=❌ No c1+"},
	    {"another column", {.texts = {HEAD ROW("a", "todo"), HEAD ROW("A", "todo")}},
		"name", "A=A c0+"},
	    {"the cell of a matrix that changed last",
		{.texts = {"# M\n\n| f | Go | Rust |\n|---|---|---|\n| a | ✅ | ❌ |\n| b "
			   "| ❌ | ❌ "
			   "|\n",
		     "# M\n\n| f | Go | Rust |\n|---|---|---|\n| a | ✅ | ✅ |\n| b | ❌ | "
		     "❌ "
		     "|\n"}},
		"", "a=✅ c1; b=❌ c0+"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct story s = cases[i].story;
		struct rmk_log_opts o = {.path = S("l.md"), .read = read_text, .ctx = &s};
		struct rmk_buf b = {.arena = &a};
		struct rmk_blame blame;
		struct rmk_err err = {0};

		prepare(&s, &a);
		if (rmk_blame_of(&a, s.moments, s.n, &o, rmk_str_of(cases[i].column),
			&blame, &err))
			fail_msg("%s: %s", cases[i].what, err.msg);
		for (size_t k = 0; k < blame.n; k++)
			rmk_buf_printf(&b, "%s%.*s=%.*s %.*s%s", k ? "; " : "",
			    RMK_FMT(blame.v[k].name), RMK_FMT(blame.v[k].status),
			    RMK_FMT(s.moments[blame.v[k].moment].id),
			    blame.v[k].born ? "+" : "");
		assert_text(rmk_buf_str(&b), rmk_str_of(cases[i].want), cases[i].what);
		rmk_arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_stories),
	    cmocka_unit_test(test_options),
	    cmocka_unit_test(test_counted_beside),
	    cmocka_unit_test(test_kept),
	    cmocka_unit_test(test_kept_bytes),
	    cmocka_unit_test(test_linked_values),
	    cmocka_unit_test(test_sum),
	    cmocka_unit_test(test_date),
	    cmocka_unit_test(test_log),
	    cmocka_unit_test(test_texts_of_many_cells),
	    cmocka_unit_test(test_a_version_that_cannot_be_read),
	    cmocka_unit_test(test_blame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
