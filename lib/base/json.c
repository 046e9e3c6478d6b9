// A JSON writer that knows which object or list it is in.
#include "base/json.h"

#include <math.h>

#define DEPTH_MOST 63

// What comes before an item: a comma when it is not the first, then its key.
static void
open_item(struct rmk_json *j, const char *name)
{
	uint64_t bit = (uint64_t)1 << j->depth;

	if (j->has_item & bit)
		rmk_buf_addc(j->out, ',');
	j->has_item |= bit;
	if (name) {
		rmk_buf_json(j->out, rmk_str_of(name));
		rmk_buf_addc(j->out, ':');
	}
}

static void
open_level(struct rmk_json *j, const char *name, bool is_array)
{
	open_item(j, name);
	rmk_buf_addc(j->out, is_array ? '[' : '{');
	if (j->depth < DEPTH_MOST)
		j->depth++;
	j->has_item &= ~((uint64_t)1 << j->depth);
	j->is_array &= ~((uint64_t)1 << j->depth);
	j->is_array |= (uint64_t)is_array << j->depth;
}

void
rmk_json_object(struct rmk_json *j, const char *name)
{
	open_level(j, name, false);
}

void
rmk_json_array(struct rmk_json *j, const char *name)
{
	open_level(j, name, true);
}

void
rmk_json_end(struct rmk_json *j)
{
	rmk_buf_addc(j->out, j->is_array >> j->depth & 1 ? ']' : '}');
	j->depth--;
}

void
rmk_json_text(struct rmk_json *j, const char *name, struct rmk_str text)
{
	open_item(j, name);
	rmk_buf_json(j->out, text);
}

void
rmk_json_cstr(struct rmk_json *j, const char *name, const char *text)
{
	if (text)
		rmk_json_text(j, name, rmk_str_of(text));
	else
		rmk_json_null(j, name);
}

void
rmk_json_number(struct rmk_json *j, const char *name, long long value)
{
	open_item(j, name);
	rmk_buf_number(j->out, value);
}

void
rmk_json_real(struct rmk_json *j, const char *name, double value)
{
	open_item(j, name);
	if (isfinite(value))
		rmk_buf_printf(j->out, "%.15g", value);
	else
		rmk_buf_adds(j->out, "null");
}

void
rmk_json_bool(struct rmk_json *j, const char *name, bool value)
{
	open_item(j, name);
	rmk_buf_adds(j->out, value ? "true" : "false");
}

void
rmk_json_null(struct rmk_json *j, const char *name)
{
	open_item(j, name);
	rmk_buf_adds(j->out, "null");
}

void
rmk_json_raw(struct rmk_json *j, const char *name, struct rmk_str json)
{
	open_item(j, name);
	rmk_buf_add(j->out, json);
}
