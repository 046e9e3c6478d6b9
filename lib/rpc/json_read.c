// jansson reads; its tree is copied into the arena and freed at once.
#include "rpc/json_read.h"

#include <jansson.h>

#define DEPTH_MOST 128

static bool copy_value(
    struct rmk_arena *a, json_t *from, unsigned depth, struct rmk_json_value *to);

static struct rmk_str
copy_text(struct rmk_arena *a, const json_t *from)
{
	struct rmk_str text = {json_string_value(from), json_string_length(from)};

	return rmk_str_copy(a, text);
}

static bool
copy_items(struct rmk_arena *a, json_t *from, unsigned depth, struct rmk_json_value *to)
{
	to->n = json_array_size(from);
	to->items = RMK_NEW_N(a, struct rmk_json_value, to->n);
	for (size_t i = 0; i < to->n; i++)
		if (!copy_value(a, json_array_get(from, i), depth, &to->items[i]))
			return false;
	return true;
}

static bool
copy_members(struct rmk_arena *a, json_t *from, unsigned depth, struct rmk_json_value *to)
{
	struct rmk_json_named *member;
	const char *name;
	json_t *value;

	member = to->members = RMK_NEW_N(
	    a, struct rmk_json_named, json_object_size(from));
	json_object_foreach(from, name, value)
	{
		member->name = rmk_str_copy(a, rmk_str_of(name));
		if (!copy_value(a, value, depth, &member->value))
			return false;
		member++;
		to->n++;
	}
	return true;
}

// False: too deep.
static bool
copy_value(struct rmk_arena *a, json_t *from, unsigned depth, struct rmk_json_value *to)
{
	switch (json_typeof(from)) {
	case JSON_OBJECT:
		to->kind = RMK_JSON_OBJECT;
		return depth < DEPTH_MOST && copy_members(a, from, depth + 1, to);
	case JSON_ARRAY:
		to->kind = RMK_JSON_ARRAY;
		return depth < DEPTH_MOST && copy_items(a, from, depth + 1, to);
	case JSON_STRING:
		to->kind = RMK_JSON_TEXT;
		to->text = copy_text(a, from);
		return true;
	case JSON_INTEGER:
		to->kind = RMK_JSON_INTEGER;
		to->integer = json_integer_value(from);
		return true;
	case JSON_REAL:
		to->kind = RMK_JSON_REAL;
		to->real = json_real_value(from);
		return true;
	case JSON_TRUE:
	case JSON_FALSE:
		to->kind = RMK_JSON_BOOL;
		to->truth = json_is_true(from);
		return true;
	case JSON_NULL:
		break;
	}
	to->kind = RMK_JSON_NULL;
	return true;
}

// --- half characters ----------------------------------------------------------------

// The 16 bits of an escape "\\ud83d" at `at`; 0: none is there.
static unsigned
escaped_unit(struct rmk_str text, size_t at)
{
	unsigned unit = 0;

	if (at + 6 > text.n || text.s[at] != '\\' || text.s[at + 1] != 'u')
		return 0;
	for (size_t i = at + 2; i < at + 6; i++) {
		char c = text.s[i];
		int digit = c >= '0' && c <= '9' ? c - '0'
		                                 : ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'
							   ? (c | 0x20) - 'a' + 10
							   : -1);

		if (digit < 0)
			return 0;
		unit = unit << 4 | (unsigned)digit;
	}
	return unit;
}

static bool
is_half(unsigned unit, unsigned first)
{
	return unit >= first && unit < first + 0x400;
}

// An editor whose text is UTF-16 may hold half of an emoji, which UTF-8 cannot: it becomes
// U+FFFD, one unit as well.
static struct rmk_str
mend_halves(struct rmk_arena *a, struct rmk_str text)
{
	char *s;

	if (rmk_str_find(text, RMK_STR("\\ud")) == RMK_NONE &&
	    rmk_str_find(text, RMK_STR("\\uD")) == RMK_NONE)
		return text;
	text = rmk_str_copy(a, text);
	s = (char *)(uintptr_t)text.s;
	for (size_t at = 0; at < text.n; at++) {
		unsigned unit = escaped_unit(text, at);

		if (text.s[at] != '\\')
			continue;
		if (is_half(unit, 0xd800) && is_half(escaped_unit(text, at + 6), 0xdc00))
			at += 10;
		else if (is_half(unit, 0xd800) || is_half(unit, 0xdc00))
			memcpy(s + at + 2, "fffd", 4);
		at++;
	}
	return text;
}

enum rmk_code
rmk_json_read(struct rmk_arena *a, struct rmk_str text, const struct rmk_json_value **out,
    struct rmk_err *err)
{
	struct rmk_json_value *value = RMK_NEW(a, struct rmk_json_value);
	json_error_t why;
	json_t *read;
	bool fits;

	text = mend_halves(a, text);
	read = json_loadb(text.n ? text.s : "", text.n,
	    JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &why);
	if (!read)
		return rmk_fail(err, RMK_INVALID, "no JSON: %s", why.text);
	fits = copy_value(a, read, 0, value);
	json_decref(read);
	if (!fits)
		return rmk_fail(
		    err, RMK_INVALID, "JSON of more than %d levels", DEPTH_MOST);
	*out = value;
	return RMK_OK;
}

const struct rmk_json_value *
rmk_json_member(const struct rmk_json_value *object, const char *name)
{
	struct rmk_str wanted = rmk_str_of(name);

	if (object && object->kind == RMK_JSON_OBJECT)
		for (size_t i = 0; i < object->n; i++)
			if (rmk_str_eq(object->members[i].name, wanted))
				return &object->members[i].value;
	return NULL;
}

size_t
rmk_json_nitems(const struct rmk_json_value *array)
{
	return array && array->kind == RMK_JSON_ARRAY ? array->n : 0;
}

const struct rmk_json_value *
rmk_json_item(const struct rmk_json_value *array, size_t i)
{
	return i < rmk_json_nitems(array) ? &array->items[i] : NULL;
}

struct rmk_str
rmk_json_text_of(const struct rmk_json_value *v)
{
	return v && v->kind == RMK_JSON_TEXT ? v->text : (struct rmk_str){0};
}

long long
rmk_json_integer_of(const struct rmk_json_value *v, long long otherwise)
{
	return v && v->kind == RMK_JSON_INTEGER ? v->integer : otherwise;
}

bool
rmk_json_bool_of(const struct rmk_json_value *v, bool otherwise)
{
	return v && v->kind == RMK_JSON_BOOL ? v->truth : otherwise;
}

bool
rmk_json_is_same_id(const struct rmk_json_value *a, const struct rmk_json_value *b)
{
	if (!a || !b || a->kind != b->kind)
		return false;
	if (a->kind == RMK_JSON_TEXT)
		return rmk_str_eq(a->text, b->text);
	return a->kind == RMK_JSON_INTEGER && a->integer == b->integer;
}
