// rowmark.h called with what a stranger may hand it.
//
// The first byte is how many bytes of the rest are the text, whole or in pieces of tables; the
// others are calls, each with words that fit and words that do not. What must hold: a call that
// fails changes no byte, a cell that was set holds what the result says, a row that was added or
// removed is one row more or less, and what was changed parses to the same tables.
#include "fuzz/fuzz.h"

#include "rowmark.h"

#include <string.h>

static const char *const pieces[] = {"| Paper | Status |\n|---|---|\n", "| a | Todo |\n",
    "| b | Doing |\n", "| c | Done |\n", "| a | x \\| y |\n", "| d |\n", "\n", "# T\n\n",
    "> | q | Status |\n> |---|---|\n> | z | Todo |\n", "| A | B | C |\n|-|-|-|\n",
    "| 1 | 2 | 3 |\n", "<!-- rowmark: t; Paper: key -->\n", "`", "<!--", "text\n", "\r\n",
    "| [a](b) | **Done** |\n", "|\n", "\xF0\x9F\x98\x80", "\xFF", "<<<<<<< x\n"};

static const char *const words[] = {NULL, "", "a", "b", "c", "z", "Todo", "Doing", "Done",
    "Paper", "Status", "A", "B", "1", "#2", "t", "LINE:4", "x|y", " x", "x\ny", "Raed",
    "\xFF", "HEAD:a.md", ":", "new", "stage", "[x](y)", "\xE2\x9C\x85"};

#define NPIECES (sizeof pieces / sizeof *pieces)
#define NWORDS (sizeof words / sizeof *words)

struct input {
	const uint8_t *data;
	size_t n;
};

static unsigned
take(struct input *in)
{
	if (in->n == 0)
		return 0;
	in->n--;
	return *in->data++;
}

static const char *
take_word(struct input *in)
{
	return words[take(in) % NWORDS];
}

static size_t
text_of(struct input *in, char *text, size_t room)
{
	unsigned want = take(in);
	size_t n = 0;

	for (; want && in->n; want--) {
		const char *piece = pieces[take(in) % NPIECES];

		if (n + strlen(piece) > room)
			break;
		memcpy(text + n, piece, strlen(piece));
		n += strlen(piece);
	}
	return n;
}

static size_t
rows_of(struct rmk_db *db, const char *table)
{
	struct rmk_result *r = NULL;
	size_t n;

	rmk_rows(db, "t.md", table, &r);
	n = rmk_result_rows(r);
	rmk_free(r);
	return n;
}

// All of a result is there, and each text ends in NUL where it says.
static void
read_whole(const struct rmk_result *r)
{
	for (size_t i = 0; i < rmk_result_rows(r); i++) {
		for (size_t c = 0; c < rmk_result_columns(r); c++) {
			size_t n;
			const char *text = rmk_result_value(r, i, c, &n);

			CHECK(text && text[n] == '\0');
			text = rmk_result_raw(r, i, c, &n);
			CHECK(text && text[n] == '\0');
			CHECK(rmk_result_column(r, c));
			CHECK(rmk_result_progress(r, i, c));
		}
	}
	CHECK(rmk_result_code(r) && rmk_result_message(r) && rmk_result_notes(r));
}

// A change: the bytes before it are `before`.
static void
change(struct rmk_db *db, struct input *in, unsigned op, const struct rmk_result *before)
{
	const char *table = take_word(in), *row = take_word(in), *value = take_word(in);
	const char *column = take_word(in);
	struct rmk_result *r = NULL, *after = NULL;
	size_t nrows = rows_of(db, table), now, nb, na;
	int failed;

	if (op == 0)
		failed = rmk_set(db, "t.md", table, row, column, value, &r);
	else if (op == 1)
		failed = rmk_set_if(
		    db, "t.md", table, row, column, take_word(in), value, &r);
	else if (op == 2)
		failed = rmk_done(db, "t.md", table, row, column, &r);
	else if (op == 3)
		failed = rmk_add(db, "t.md", table, &column, &value, 1, &r);
	else
		failed = rmk_rm(db, "t.md", table, row, &r);
	read_whole(r);
	now = rows_of(db, table);
	CHECK(rmk_bytes(db, "t.md", &after) == 0);
	const char *old = rmk_result_text(before, &nb),
		   *new = rmk_result_text(after, &na);
	if (failed)
		CHECK(na == nb && memcmp(old, new, na) == 0);
	else
		CHECK(now == nrows + (op == 3) - (op == 4));
	CHECK(failed == (rmk_result_message(r)[0] != '\0'));
	rmk_free(after);
	rmk_free(r);
}

static void
ask(struct rmk_db *db, struct input *in, unsigned op)
{
	struct rmk_result *r = NULL;

	if (op == 5)
		rmk_check(db, take_word(in), &r);
	else if (op == 6)
		rmk_summary(db, take_word(in), &r);
	else if (op == 7)
		rmk_diff(db, take_word(in), take_word(in), &r);
	else if (op == 8)
		rmk_option(db, take_word(in), take_word(in));
	else if (op == 9)
		rmk_tables(db, take_word(in), &r);
	else if (op == 10)
		CHECK(rmk_commit(db, take_word(in), &r) == 0 || rmk_error(db)[0]);
	else
		rmk_discard(db);
	read_whole(r);
	rmk_free(r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = {data, size};
	char text[4096];
	size_t n = text_of(&in, text, sizeof text);
	struct rmk_db *db = rmk_open_text("t.md", text, n);

	for (int calls = 0; in.n && calls < 12; calls++) {
		struct rmk_result *before = NULL;
		unsigned op = take(&in) % 12;

		if (op > 4) {
			ask(db, &in, op);
			continue;
		}
		if (rmk_bytes(db, "t.md", &before) == 0)
			change(db, &in, op, before);
		rmk_free(before);
	}
	rmk_close(db);
	return 0;
}
