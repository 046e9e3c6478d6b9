// The result of a tool, made to fit.
#include "mcp/answer.h"
#include "mcp/page.h"
#include "rpc/json_write.h"

#include <stdlib.h>

// Of the words for people.
#define WORDS_MOST ((size_t)1 << 10)

enum rmk_code
rmk_mcp_cursor_read(struct rmk_str text, struct rmk_mcp_cursor *out, struct rmk_err *err)
{
	struct rmk_str rest = text, from;
	char digits[17] = "", *end = digits;

	*out = (struct rmk_mcp_cursor){0};
	if (!text.s)
		return RMK_OK;
	rmk_str_split(&rest, '.', &from);
	if (rest.n == 16) {
		memcpy(digits, rest.s, 16);
		out->hash = strtoull(digits, &end, 16);
	}
	if (end == digits + 16 && rmk_str_to_u32(from, &out->from) &&
	    out->from < UINT32_MAX - RMK_MCP_ITEMS_MOST)
		return RMK_OK;
	rmk_fail(err, RMK_INVALID, "a cursor that no answer gave");
	return rmk_hint(err, "give next_cursor as it came, or none to begin again");
}

static void
mcp_put_text(struct rmk_json *j, struct rmk_str text)
{
	rmk_json_object(j, NULL);
	rmk_json_cstr(j, "type", "text");
	rmk_json_text(j, "text", text);
	rmk_json_end(j);
}

// words: what a person reads beside the document, empty: nothing.
static void
mcp_put_result(struct rmk_json *j, struct rmk_str words, bool document,
    struct rmk_str structured, bool is_error)
{
	rmk_json_array(j, "content");
	if (words.n)
		mcp_put_text(j, words);
	if (document)
		mcp_put_text(j, structured);
	rmk_json_end(j);
	rmk_json_raw(j, "structuredContent", structured);
	rmk_json_bool(j, "isError", is_error);
}

void
rmk_mcp_answer_error(struct rmk_json *j, const struct rmk_err *err)
{
	struct rmk_arena *a = j->out->arena;
	struct rmk_buf text = {.arena = a};
	struct rmk_json doc = {.out = &text};

	rmk_json_object(&doc, NULL);
	rmk_json_number(&doc, "version", 1);
	rmk_json_object(&doc, "error");
	rmk_json_cstr(&doc, "code", rmk_code_name(err->code));
	rmk_json_cstr(&doc, "message", err->msg);
	rmk_json_cstr(&doc, "hint", err->hint[0] ? err->hint : NULL);
	rmk_json_raw(&doc, "candidates", RMK_STR("[]"));
	rmk_json_end(&doc);
	rmk_json_end(&doc);
	mcp_put_result(j,
	    rmk_str_printf(
		a, "%s%s%s", err->msg, err->hint[0] ? "\nhint: " : "", err->hint),
	    false, rmk_buf_str(&text), true);
}

// The command's own words to a person: what is wrong, what to do, and what a hook said.
static struct rmk_str
mcp_words_of(struct rmk_arena *a, const struct rmk_mcp_run *run)
{
	struct rmk_str words = rmk_str_trim(run->err);
	size_t at = mcp_character_at(words, WORDS_MOST);

	if (words.n <= WORDS_MOST)
		return words;
	return rmk_str_printf(a, "%.*s\n... (%zu bytes more)",
	    RMK_FMT(rmk_str_part(words, 0, at)), words.n - at);
}

// Its lists of candidates may be long: the first few are given.
static struct rmk_str
mcp_error_text(struct rmk_arena *a, const struct rmk_json_value *doc)
{
	struct rmk_json_value cut = mcp_cut(a, doc, 400);
	struct rmk_buf text = {.arena = a};
	struct rmk_json j = {.out = &text};
	struct rmk_json_value *candidates =
	    (struct rmk_json_value *)(uintptr_t)rmk_json_member(
		rmk_json_member(&cut, "error"), "candidates");

	if (candidates && candidates->kind == RMK_JSON_ARRAY && candidates->n > 8)
		candidates->n = 8;
	rmk_json_put(&j, NULL, &cut);
	return rmk_buf_str(&text);
}

static void
mcp_answer_failed(
    struct rmk_json *j, const struct rmk_mcp_run *run, const struct rmk_json_value *doc)
{
	struct rmk_arena *a = j->out->arena;
	struct rmk_str words = mcp_words_of(a, run);

	if (!words.n)
		words = rmk_json_text_of(
		    rmk_json_member(rmk_json_member(doc, "error"), "message"));
	mcp_put_result(j, words, false, mcp_error_text(a, doc), true);
}

static void
mcp_answer_too_big(struct rmk_json *j, const struct mcp_page *p)
{
	struct rmk_err err;

	rmk_fail(&err, RMK_TOO_BIG, "the answer is larger than %zu bytes",
	    RMK_MCP_ANSWER_MOST);
	rmk_hint(&err, rmk_mcp_param_find(p->tool, RMK_STR("columns"))
			   ? "ask for fewer columns"
			   : "ask for less");
	rmk_mcp_answer_error(j, &err);
}

static void
mcp_answer_stale(struct rmk_json *j)
{
	struct rmk_err err;

	rmk_fail(&err, RMK_STALE, "what stands before the cursor has changed meanwhile");
	rmk_hint(&err, "ask again without a cursor, and otherwise the same");
	rmk_mcp_answer_error(j, &err);
}

static void
mcp_answer_page(struct rmk_json *j, struct mcp_page *p, const struct rmk_mcp_run *run,
    const struct rmk_mcp_cursor *cursor)
{
	struct rmk_arena *a = j->out->arena;
	bool complained = run->status > 1, notes = rmk_json_member(p->doc, "notes");
	struct rmk_str words = complained || !notes ? mcp_words_of(a, run) : RMK_STR("");
	struct rmk_buf escaped = {.arena = a};
	struct rmk_str text;

	rmk_buf_json(&escaped, words);
	p->from = cursor->from;
	if (p->from <= rmk_json_nitems(p->items))
		p->hash = mcp_page_hash(p->items, 0, p->from, 0);
	if (p->from > rmk_json_nitems(p->items) || p->hash != cursor->hash)
		mcp_answer_stale(j);
	else if (!mcp_page_fit(a, p, escaped.n, &text))
		mcp_answer_too_big(j, p);
	else
		mcp_put_result(j, words, true, text, complained);
}

void
rmk_mcp_answer_put(struct rmk_json *j, const struct rmk_mcp_tool *tool,
    const struct rmk_mcp_run *run, const struct rmk_mcp_cursor *cursor)
{
	struct mcp_page p = {.tool = tool, .most = RMK_NONE};
	struct rmk_err err;

	if (rmk_json_read(j->out->arena, run->out, &p.doc, &err) ||
	    p.doc->kind != RMK_JSON_OBJECT) {
		rmk_fail(&err, RMK_IO, "%s ended without an answer, status %d: %.*s",
		    tool->name, run->status, RMK_FMT(mcp_words_of(j->out->arena, run)));
		rmk_hint(&err, "look with show or log what it did");
		rmk_mcp_answer_error(j, &err);
	} else if (rmk_json_member(p.doc, "error")) {
		mcp_answer_failed(j, run, p.doc);
	} else {
		p.items = rmk_json_member(p.doc, tool->items);
		if (rmk_json_nitems(p.items) == 0)
			p.items = NULL;
		mcp_answer_page(j, &p, run, cursor);
	}
}
