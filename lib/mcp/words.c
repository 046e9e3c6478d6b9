// A call's arguments as words of the command line.
#include "mcp/tools.h"

#define COUNT_MOST 1000000000

struct mcp_words {
	struct rmk_arena *a;
	const char **v; // [n]
	size_t n, cap;
};

static enum rmk_code
mcp_add_word(
    struct mcp_words *w, const char *option, struct rmk_str value, struct rmk_err *err)
{
	const char *before = option ? option : "";

	if (memchr(value.n ? value.s : "", '\0', value.n))
		return rmk_fail(err, RMK_INVALID, "text that holds a NUL byte");
	*RMK_PUSH(w->a, w->v, w->n, w->cap) = rmk_str_c(
	    w->a, rmk_str_printf(w->a, "%s%.*s", before, RMK_FMT(value)));
	return RMK_OK;
}

static const char *
mcp_kind_name(enum rmk_mcp_kind kind)
{
	switch (kind) {
	case RMK_MCP_COUNT:
		return "a whole number from 1";
	case RMK_MCP_FLAG:
		return "true or false";
	case RMK_MCP_TESTS:
		return "a list of texts";
	case RMK_MCP_CELLS:
		return "an object of texts";
	case RMK_MCP_TEXT:
	case RMK_MCP_STATUS:
	case RMK_MCP_ADDRESS:
		break;
	}
	return "text";
}

static bool
mcp_are_texts(const struct rmk_json_value *v)
{
	for (size_t i = 0; i < v->n; i++)
		if ((v->kind == RMK_JSON_ARRAY ? &v->items[i] : &v->members[i].value)
			->kind != RMK_JSON_TEXT)
			return false;
	return true;
}

static bool
mcp_is_of_kind(const struct rmk_json_value *v, enum rmk_mcp_kind kind)
{
	switch (kind) {
	case RMK_MCP_COUNT:
		return v->kind == RMK_JSON_INTEGER && v->integer >= 1 &&
		       v->integer <= COUNT_MOST;
	case RMK_MCP_FLAG:
		return v->kind == RMK_JSON_BOOL;
	case RMK_MCP_TESTS:
		return v->kind == RMK_JSON_ARRAY && mcp_are_texts(v);
	case RMK_MCP_CELLS:
		return v->kind == RMK_JSON_OBJECT && v->n && mcp_are_texts(v);
	case RMK_MCP_TEXT:
	case RMK_MCP_STATUS:
	case RMK_MCP_ADDRESS:
		break;
	}
	return v->kind == RMK_JSON_TEXT;
}

// COLUMN=VALUE. A blank before it does not count, and keeps "-1=2" from being an option.
static enum rmk_code
mcp_add_cell(struct mcp_words *w, const struct rmk_json_named *cell, struct rmk_err *err)
{
	if (rmk_str_chr(cell->name, '=') != RMK_NONE || cell->name.n == 0)
		return rmk_fail(err, RMK_INVALID,
		    "'%.*s': a column's name that cannot be written here",
		    RMK_FMT(rmk_str_part(cell->name, 0, 80)));
	return mcp_add_word(w, " ",
	    rmk_str_printf(
		w->a, "%.*s=%.*s", RMK_FMT(cell->name), RMK_FMT(cell->value.text)),
	    err);
}

static enum rmk_code
mcp_add_param(struct mcp_words *w, const struct rmk_mcp_param *p,
    const struct rmk_json_value *v, struct rmk_err *err)
{
	switch (p->kind) {
	case RMK_MCP_COUNT:
		return mcp_add_word(
		    w, p->option, rmk_str_printf(w->a, "%lld", v->integer), err);
	case RMK_MCP_FLAG:
		return v->truth ? mcp_add_word(w, p->option, RMK_STR(""), err) : RMK_OK;
	case RMK_MCP_TESTS:
		for (size_t i = 0; i < v->n; i++)
			if (mcp_add_word(w, p->option, v->items[i].text, err))
				return err->code;
		return RMK_OK;
	case RMK_MCP_CELLS:
		for (size_t i = 0; i < v->n; i++)
			if (mcp_add_cell(w, &v->members[i], err))
				return err->code;
		return RMK_OK;
	case RMK_MCP_TEXT:
	case RMK_MCP_STATUS:
	case RMK_MCP_ADDRESS:
		break;
	}
	return mcp_add_word(w, p->option, v->text, err);
}

// What was given for a parameter; NULL, or false for a flag, is nothing.
static const struct rmk_json_value *
mcp_given(const struct rmk_json_value *arguments, const char *name)
{
	const struct rmk_json_value *v = rmk_json_member(arguments, name);

	return v && (v->kind == RMK_JSON_NULL || (v->kind == RMK_JSON_BOOL && !v->truth))
	           ? NULL
	           : v;
}

static enum rmk_code
mcp_check_param(const struct rmk_mcp_param *p, const struct rmk_json_value *arguments,
    struct rmk_err *err)
{
	const struct rmk_json_value *v = mcp_given(arguments, p->name);

	if (!v && p->required)
		return rmk_fail(
		    err, RMK_INVALID, "'%s' is missing: %s", p->name, p->about);
	if (v && !mcp_is_of_kind(v, p->kind))
		return rmk_fail(
		    err, RMK_INVALID, "'%s' is %s", p->name, mcp_kind_name(p->kind));
	return RMK_OK;
}

static enum rmk_code
mcp_check_one_of(const struct rmk_mcp_tool *tool, const struct rmk_json_value *arguments,
    struct rmk_err *err)
{
	struct rmk_str rest = rmk_str_of(tool->one_of), first, second;
	struct rmk_arena arena = {0};
	bool one, other;

	if (!tool->one_of)
		return RMK_OK;
	rmk_str_split(&rest, ' ', &first);
	rmk_str_split(&rest, ' ', &second);
	one = mcp_given(arguments, rmk_str_c(&arena, first));
	other = mcp_given(arguments, rmk_str_c(&arena, second));
	rmk_arena_free(&arena);
	if (one != other)
		return RMK_OK;
	return rmk_fail(err, RMK_INVALID, "%s '%.*s' %s '%.*s'",
	    one ? "give one of" : "give", RMK_FMT(first), one ? "and" : "or",
	    RMK_FMT(second));
}

static enum rmk_code
mcp_check_arguments(const struct rmk_mcp_tool *tool,
    const struct rmk_json_value *arguments, struct rmk_err *err)
{
	if (arguments && arguments->kind != RMK_JSON_OBJECT)
		return rmk_fail(err, RMK_INVALID, "arguments are an object");
	for (size_t i = 0; arguments && i < arguments->n; i++) {
		struct rmk_str name = arguments->members[i].name;

		if (!rmk_mcp_param_find(tool, name) &&
		    !rmk_str_eq(name, RMK_STR("cursor")))
			return rmk_fail(err, RMK_INVALID, "'%.*s' is no argument of %s",
			    RMK_FMT(rmk_str_part(name, 0, 80)), tool->name);
	}
	for (const struct rmk_mcp_param *p = tool->params; p->name; p++)
		if (mcp_check_param(p, arguments, err))
			return err->code;
	return mcp_check_one_of(tool, arguments, err);
}

static uint32_t
mcp_limit(const struct rmk_mcp_tool *tool, const struct rmk_json_value *arguments,
    uint32_t most)
{
	long long wanted = rmk_json_integer_of(
	    mcp_given(arguments, "limit"), tool->limit);

	return wanted < (long long)most ? (uint32_t)wanted : most;
}

// Operands behind all options; cells before "--", behind which a word is a row's name.
static enum rmk_code
mcp_add_all(struct mcp_words *w, const struct rmk_mcp_tool *tool,
    const struct rmk_json_value *arguments, bool operands, struct rmk_err *err)
{
	for (const struct rmk_mcp_param *p = tool->params; p->name; p++) {
		const struct rmk_json_value *v = mcp_given(arguments, p->name);
		bool operand = !p->option && p->kind != RMK_MCP_CELLS;

		if (v && operand == operands && strcmp(p->name, "limit") != 0 &&
		    mcp_add_param(w, p, v, err))
			return err->code;
	}
	return RMK_OK;
}

enum rmk_code
rmk_mcp_words(struct rmk_arena *a, const struct rmk_mcp_tool *tool,
    const struct rmk_json_value *arguments, uint32_t most, const char *const **out,
    struct rmk_err *err)
{
	struct mcp_words w = {.a = a};

	if (mcp_check_arguments(tool, arguments, err))
		return err->code;
	*RMK_PUSH(a, w.v, w.n, w.cap) = tool->command;
	*RMK_PUSH(a, w.v, w.n, w.cap) = "--json";
	if (tool->limit)
		mcp_add_word(&w,
		    "--limit=", rmk_str_printf(a, "%u", mcp_limit(tool, arguments, most)),
		    err);
	if (mcp_add_all(&w, tool, arguments, false, err))
		return err->code;
	*RMK_PUSH(a, w.v, w.n, w.cap) = "--";
	if (mcp_add_all(&w, tool, arguments, true, err))
		return err->code;
	*RMK_PUSH(a, w.v, w.n, w.cap) = NULL;
	*out = w.v;
	return RMK_OK;
}
