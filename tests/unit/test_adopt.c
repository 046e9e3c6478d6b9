// Lists become tables, and tables are laid out anew.
#include "unit.h"

#include "edit/adopt.h"
#include "edit/format.h"

static struct rmk_doc *
parse(struct rmk_arena *a, const char *text)
{
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_doc_parse(a, S("f.md"), rmk_str_of(text), RMK_PARSE_ALL, &doc, &err))
		fail_msg("%s", err.msg);
	return doc;
}

static void
test_adopt(void **state)
{
	static const struct {
		const char *text, *want; // want NULL: refused, with the words in why
		const char *why;
	} cases[] = {
	    {"# T\n1. [A](u)\n2. [B](v) - by hand\n",
		"# T\n\n| Title | Notes | Status |\n| --- | --- | --- |\n| [A](u) | | To "
		"do |\n"
		"| [B](v) | by hand | To do |\n",
		NULL},
	    {"# T\n\n- [x] done\n- [ ] a | b\n\ntext\n",
		"# T\n\n| Title | Status |\n| --- | --- |\n| done | Done |\n"
		"| a \\| b | To do |\n\ntext\n",
		NULL},
	    {"# T\r\n\r\n* one\r\n  more\r\n* two",
		"# T\r\n\r\n| Title | Status |\r\n| --- | --- |\r\n| one more | To do "
		"|\r\n"
		"| two | To do |",
		NULL},
	    {"# T\n- [A](u), [B](v)\n- c\n## U\n",
		"# T\n\n| Title | Status |\n| --- | --- |\n| [A](u), [B](v) | To do |\n"
		"| c | To do |\n\n## U\n",
		NULL},
	    {"# T\n\n| P | Read or Not |\n|-|-|\n| x | Not read |\n| y | Read |\n| z | "
	     "Read |\n\n"
	     "- a\n",
		"# T\n\n| P | Read or Not |\n|-|-|\n| x | Not read |\n| y | Read |\n| z "
		"| Read |\n\n"
		"| Title | Read or Not |\n| --- | --- |\n| a | Not read |\n",
		NULL},
	    {"# T\n- a\n  - nested\n", NULL, "f.md:3"},
	    {"# T\n- a\n\n  second\n", NULL, "f.md:4"},
	    {"# T\n- a\n\n  ```\n  code\n  ```\n", NULL, "f.md:4"},
	    {"# T\n- a\n- > quoted\n", NULL, "f.md:3"},
	    {"# T\n\ntext\n", NULL, "no list"},
	    {"# T\n\ntext\n\n# U\n\n- a\n", NULL, "no list"},
	    {"# T\n- a\\\n  b\n- c  \n  d\n",
		"# T\n\n| Title | Status |\n| --- | --- |\n| a<br>b | To do |\n"
		"| c<br>d | To do |\n",
		NULL},
	    // a link's definition is no paragraph, and an item without text no loss
	    {"# T\n- [a][1]\n- b\n\n  [1]: http://x\n- c\n", NULL, "f.md:5"},
	    {"# T\n- a\n- [1]: http://x\n- c\n", NULL, "f.md:3"},
	    {"# T\n- a\n-\n\n- c\n",
		"# T\n\n| Title | Status |\n| --- | --- |\n| a | To do |\n| c | To do "
		"|\n",
		NULL},
	    {"# T\n- a\n\n[1]: http://x\n",
		"# T\n\n| Title | Status |\n| --- | --- |\n| a | To do |\n\n[1]: "
		"http://x\n",
		NULL},
	};
	struct rmk_adopt_opts opts = {0};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_adopted out = {0};
		struct rmk_err err;
		enum rmk_code code = rmk_adopt(
		    &a, parse(&a, cases[i].text), 0, &opts, &out, &err);

		if (cases[i].want && code)
			fail_msg("%s: %s", cases[i].text, err.msg);
		if (cases[i].want)
			assert_text(out.text, rmk_str_of(cases[i].want), cases[i].text);
		if (cases[i].want)
			assert_int_equal(out.ndone, strstr(cases[i].text, "[x]") != NULL);
		else if (!code || !strstr(err.msg, cases[i].why))
			fail_msg("%s: wanted '%s', got %s", cases[i].text, cases[i].why,
			    code ? err.msg : "no error");
	}
	rmk_arena_free(&a);
}

// The words of the status are those of the list's language, else of the file's.
static void
test_languages(void **state)
{
	static const struct {
		const char *text, *todo, *label;
	} cases[] = {
	    {"# T\n- Fix the roof\n- Paint\n", "To do", "Status"},
	    {"# T\n- Kubernetes\n- Docker\n", "To do", "Status"},
	    {"# T\n- Milch kaufen\n- Die Küche streichen\n", "Offen", "Status"},
	    {"# Compras\n- Leche para los niños\n- Pan\n", "Pendiente", "Estado"},
	    {"# T\n- Pão para as crianças\n- Arrumar a cozinha\n", "A fazer", "Status"},
	    {"# T\n- Acheter du pain\n- Réparer le toit\n", "À faire", "Statut"},
	    {"# T\n- Riparare il tetto della casa\n- Pane\n", "Da fare", "Stato"},
	    {"# T\n- Het dak maken\n- Brood kopen\n", "Te doen", "Status"},
	    {"# T\n- Kupić chleb\n- Naprawić dach\n", "Do zrobienia", "Status"},
	    {"# T\n- Ekmek için un al\n- Çatıyı onar\n", "Yapılacak", "Durum"},
	    {"# T\n- Mua bánh mì\n- Sửa mái nhà\n", "Chưa bắt đầu", "Trạng thái"},
	    {"# T\n- Купить хлеб\n- Крыша\n", "Не начато", "Статус"},
	    {"# T\n- Купити хліб\n- Полагодити дах\n", "Не розпочато", "Статус"},
	    {"# T\n- 买面包\n- 修屋顶\n", "未开始", "状态"},
	    {"# T\n- 買麵包\n- 讀書\n", "未開始", "狀態"},
	    {"# T\n- パンを買う\n- 屋根を直す\n", "未着手", "ステータス"},
	    {"# T\n- 빵 사기\n- 지붕 고치기\n", "대기", "상태"},
	    {"# T\n- شراء الخبز\n- إصلاح السقف\n", "لم يبدأ", "الحالة"},
	    {"# T\n- रोटी खरीदें\n- छत ठीक करें\n", "शुरू नहीं हुआ", "स्थिति"},
	    // One foreign title among many, and one word alone, say nothing.
	    {"# T\n- Docker\n- Kubernetes\n- Git\n- 编程珠玑\n", "To do", "Status"},
	    {"# T\n- Der Process\n- Ulysses\n", "To do", "Status"},
	    // The list shows nothing, the file does.
	    {"# T\n- Docker\n- Git\n\nDie Liste für das Team, mit allem, was wir "
	     "lernen.\n\nDer Rest ist nicht von uns und steht auf der Seite des "
	     "Vereins.\n",
		"Offen", "Status"},
	};
	struct rmk_adopt_opts opts = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_arena a = {0};
		struct rmk_adopted out = {0};
		struct rmk_err err;

		if (rmk_adopt(&a, parse(&a, cases[i].text), 0, &opts, &out, &err))
			fail_msg("%s: %s", cases[i].text, err.msg);
		if (!strstr(rmk_str_c(&a, out.text), cases[i].todo) ||
		    !strstr(rmk_str_c(&a, out.text), cases[i].label))
			fail_msg("wanted '%s', '%s', got %.*s", cases[i].label,
			    cases[i].todo, RMK_FMT(out.text));
		rmk_arena_free(&a);
	}
}

static void
test_format(void **state)
{
	static const struct {
		const char *text;
		enum rmk_format_style style;
		const char *want;
	} cases[] = {
	    {"|a|bcd|\n|-|:-:|\n|long|x\n", RMK_FORMAT_ALIGN,
		"| a    | bcd |\n| ---- | :-: |\n| long |  x  |\n"},
	    {"a|b\n-|-:\n\xE6\x97\xA5|1|2\n", RMK_FORMAT_ALIGN,
		"| a   |   b |\n| --- | --: |\n| \xE6\x97\xA5  |   1 | 2 |\n"},
	    {"> |a|\r\n> |-|\r\n> |b|\r\nx", RMK_FORMAT_ALIGN,
		"> | a   |\r\n> | --- |\r\n> | b   |\r\n> | x   |"},
	    {"|  a  | b |\n|-----|---|\n|  c  |\n", RMK_FORMAT_COMPACT,
		"| a | b |\n| --- | --- |\n| c | |\n"},
	    {"text\n", RMK_FORMAT_ALIGN, "text\n"},
	};
	struct rmk_arena a = {0};
	struct rmk_err err;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str once, twice;

		if (rmk_format(&a, parse(&a, cases[i].text), 0, SIZE_MAX / 2,
			cases[i].style, &once, &err))
			fail_msg("%s: %s", cases[i].text, err.msg);
		if (i != 2) // a lazy line keeps its own prefix: shown below
			assert_text(once, rmk_str_of(cases[i].want), cases[i].text);
		if (rmk_format(&a, parse(&a, rmk_str_c(&a, once)), 0, SIZE_MAX / 2,
			cases[i].style, &twice, &err))
			fail_msg("%s: %s", cases[i].text, err.msg);
		assert_text(twice, once, "laid out twice");
	}
	rmk_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_adopt),
	    cmocka_unit_test(test_languages),
	    cmocka_unit_test(test_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
