// See json_write.h.
#include "rpc/json_write.h"

static void
put_members(struct rmk_json *j, const struct rmk_json_value *object)
{
	for (size_t i = 0; i < object->n; i++) {
		const struct rmk_json_named *m = &object->members[i];

		rmk_json_put(j, rmk_str_c(j->out->arena, m->name), &m->value);
	}
}

void
rmk_json_put(struct rmk_json *j, const char *name, const struct rmk_json_value *value)
{
	switch (value->kind) {
	case RMK_JSON_NULL:
		rmk_json_null(j, name);
		break;
	case RMK_JSON_BOOL:
		rmk_json_bool(j, name, value->truth);
		break;
	case RMK_JSON_INTEGER:
		rmk_json_number(j, name, value->integer);
		break;
	case RMK_JSON_REAL:
		rmk_json_real(j, name, value->real);
		break;
	case RMK_JSON_TEXT:
		rmk_json_text(j, name, value->text);
		break;
	case RMK_JSON_ARRAY:
		rmk_json_array(j, name);
		for (size_t i = 0; i < value->n; i++)
			rmk_json_put(j, NULL, &value->items[i]);
		rmk_json_end(j);
		break;
	case RMK_JSON_OBJECT:
		rmk_json_object(j, name);
		put_members(j, value);
		rmk_json_end(j);
		break;
	}
}
