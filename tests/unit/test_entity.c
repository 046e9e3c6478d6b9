// HTML's names of characters: what cmark-gfm, which GitHub runs, shows for each of them, for
// each with a letter more, with one less and in other case.
#include "unit.h"

#include "gfm/entity.h"
#include "gfm/inline.h"

#include <cmark-gfm.h>

#define ENTITY(name, text) name,
static const char *const names[] = {
#include "gfm/entities.def"
};
#undef ENTITY

// The text of a paragraph, as cmark-gfm reads it.
static struct rmk_str
peer_text(struct rmk_arena *a, struct rmk_str markdown)
{
	cmark_node *doc = cmark_parse_document(markdown.s, markdown.n, CMARK_OPT_DEFAULT);
	struct rmk_buf out = {.arena = a};

	for (cmark_node *n = cmark_node_first_child(cmark_node_first_child(doc)); n;
	     n = cmark_node_next(n))
		rmk_buf_adds(&out, cmark_node_get_literal(n));
	cmark_node_free(doc);
	return rmk_buf_str(&out);
}

// "x&name;x" with what is shown in the name's place.
static void
check_name(struct rmk_arena *a, struct rmk_str name)
{
	struct rmk_str markdown = rmk_str_printf(a, "x&%.*s;x", RMK_FMT(name));
	struct rmk_buf ours = {.arena = a};
	char shown[RMK_ENTITY_BYTES];
	size_t len, n = rmk_inline_entity(markdown, 1, &len, shown);

	assert_int_equal(len == 0, n == 0);
	rmk_buf_addc(&ours, 'x');
	rmk_buf_add(&ours, (struct rmk_str){shown, n});
	rmk_buf_add(&ours, rmk_str_from(markdown, 1 + len));
	assert_text(rmk_buf_str(&ours), peer_text(a, markdown), markdown.s);
	// It needs its ';'.
	assert_int_equal(
	    rmk_inline_entity(rmk_str_part(markdown, 0, markdown.n - 2), 1, &len, shown),
	    0);
	assert_int_equal(len, 0);
}

static void
test_names(void **state)
{
	struct rmk_arena a = {0};

	(void)state;
	assert_int_equal(NELEM(names), 2125);
	for (size_t i = 0; i < NELEM(names); i++) {
		struct rmk_str name = rmk_str_of(names[i]);
		char *other = rmk_str_c(&a, name);

		assert_true(name.n <= RMK_ENTITY_MAX && rmk_entity_find(name).n);
		check_name(&a, name);
		check_name(&a, rmk_str_printf(&a, "%sx", names[i]));
		check_name(&a, rmk_str_part(name, 0, name.n - 1));
		other[0] ^= 0x20;
		check_name(&a, rmk_str_of(other));
		rmk_arena_reset(&a, (struct rmk_arena_mark){0});
	}
	rmk_arena_free(&a);
}

static void
test_numbers(void **state)
{
	static const char *const numbers[] = {"#0", "#38", "#x26", "#X1F600", "#128512",
	    "#xD800", "#x110000", "#1114112", "#99999999", "#", "#x", "#xg", "#a",
	    "#00000065"};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(numbers); i++)
		check_name(&a, rmk_str_of(numbers[i]));
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names), cmocka_unit_test(test_numbers)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
