// Words and letters of a language are counted in each text, a few of one text at most, so that no
// long one decides for all.
#include "edit/list_language.h"
#include "base/ascii.h"
#include "base/map.h"
#include "base/utf8.h"

enum script { LATIN, HAN, HANGUL, CYRILLIC, ARABIC, DEVANAGARI };

// Of those that share a script the first is taken where nothing else shows which.
const struct rmk_list_language rmk_list_languages[] = {
    {"Title", "Notes", "Status", "tasks.en", LATIN,
	"the and of to for with is are that this from your you how what on by read write "
	"learn make buy fix add"},
    {"标题", "备注", "状态", "steps.zh-Hans", HAN,
	"学 习 个 这 读 书 们 来 时 会 开 关 说 为 务 项 进 数 论 写 买 实 现 与"},
    {"標題", "備註", "狀態", "steps.zh-Hant", HAN,
	"學 習 個 這 讀 書 們 來 時 會 開 關 說 為 務 項 進 數 論 寫 買 實 現 與"},
    {"タイトル", "メモ", "ステータス", "steps.ja", HAN,
	"の は を に が と た て で も な し る い す ア イ ト ル ー ス ン ラ リ"},
    {"제목", "메모", "상태", "steps.ko", HANGUL, ""},
    {"Название", "Заметки", "Статус", "steps.ru", CYRILLIC, "ы э ъ ё"},
    {"Назва", "Нотатки", "Статус", "steps.uk", CYRILLIC, "і ї є ґ"},
    {"العنوان", "ملاحظات", "الحالة", "steps.ar", ARABIC, ""},
    {"शीर्षक", "टिप्पणी", "स्थिति", "steps.hi", DEVANAGARI, ""},
    {"Titel", "Notizen", "Status", "steps.de", LATIN,
	"der die das und ist nicht ein eine einen einer mit für auf den von zu im dem "
	"des auch wie über aus oder nach bei wird werden kann keine alle durch um ß ä ö "
	"ü kaufen lesen schreiben machen lernen aufgaben bücher"},
    {"Titre", "Notes", "Statut", "steps.fr", LATIN,
	"le les des et est une dans pour sur avec du que qui pas au aux ce cette ces "
	"votre tous ou sans par la de à é è ê ç œ ù û acheter lire écrire faire "
	"apprendre tâches livres"},
    {"Título", "Notas", "Estado", "steps.es", LATIN,
	"el los las y es una para con por del que en se su sus como más al lo sin esta "
	"este todos desde cada la de ñ ¿ ¡ ó á í ú comprar leer escribir hacer aprender "
	"tareas libros"},
    {"Título", "Notas", "Status", "steps.pt", LATIN,
	"os é uma para com por do dos da das não em no na que um mais ao seu sua esta "
	"este todos até de ã õ ç â ê á ó í ú comprar ler escrever fazer aprender "
	"tarefas livros"},
    {"Titolo", "Note", "Stato", "steps.it", LATIN,
	"il lo gli i una per con del della dei degli di che non sono nel nella alla da "
	"le questo questa tutti ogni senza anche la è ù ò comprare leggere scrivere "
	"fare imparare compiti libri"},
    {"Titel", "Notities", "Status", "steps.nl", LATIN,
	"het een en van niet voor met op de dat zijn aan ook bij naar uit je geen wordt "
	"worden uw deze om te alle nieuwe kopen lezen schrijven maken leren taken "
	"boeken"},
    {"Tytuł", "Notatki", "Status", "steps.pl", LATIN,
	"w na z się nie jest dla że jak od przez oraz do i ł ą ę ś ż ź ć ń ó kupić "
	"przeczytać napisać zrobić zadania książki"},
    {"Başlık", "Notlar", "Durum", "steps.tr", LATIN,
	"ve bir için ile bu da de olarak nasıl olan gibi daha çok tüm ğ ı ş ç ö ü al "
	"oku yaz yap öğren görevler kitaplar"},
    {"Tiêu đề", "Ghi chú", "Trạng thái", "steps.vi", LATIN,
	"và của các cho là một không được với những trong để từ đ ơ ư ă ạ ả ấ ầ ậ ẩ ắ ặ "
	"ế ề ể ệ ị ỉ ì ọ ộ ồ ổ ớ ờ ở ợ ủ ứ ừ ử ự mua đọc viết làm học"},
};
#define NLANGUAGES (sizeof rmk_list_languages / sizeof *rmk_list_languages)

// What one text can say for a language, beside its script.
#define MOST_OF_A_TEXT 3

// The words of all languages, and the bits of those that have each.
static struct rmk_map
words_of_languages(struct rmk_arena *a)
{
	struct rmk_map map = {.arena = a};

	for (size_t l = 0; l < NLANGUAGES; l++) {
		struct rmk_str rest = rmk_str_of(rmk_list_languages[l].words), word;

		while (rmk_str_split(&rest, ' ', &word)) {
			size_t *bits = rmk_map_put(&map, word);

			*bits = (*bits == RMK_NONE ? 0 : *bits) | (size_t)1 << l;
		}
	}
	return map;
}

static enum script
script_of(int32_t c)
{
	return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FFF) ? HAN
	       : c >= 0xAC00 && c <= 0xD7AF                                 ? HANGUL
	       : c >= 0x0400 && c <= 0x04FF                                 ? CYRILLIC
	       : c >= 0x0600 && c <= 0x06FF                                 ? ARABIC
	       : c >= 0x0900 && c <= 0x097F                                 ? DEVANAGARI
	                                                                    : LATIN;
}

struct weight {
	size_t words; // and letters, of all texts
	size_t texts; // in its script, or with one of its words
};

static void
count_word(const struct rmk_map *map, struct rmk_str word, size_t found[NLANGUAGES])
{
	size_t bits = word.n ? rmk_map_get(map, word) : RMK_NONE;

	for (size_t l = 0; l < NLANGUAGES && bits != RMK_NONE; l++)
		found[l] += bits >> l & 1;
}

// Words and letters of each language in one text; gives the bits of the scripts in it.
static unsigned
count_text(const struct rmk_map *map, struct rmk_str text, size_t found[NLANGUAGES])
{
	unsigned scripts = 0;
	size_t from = 0, bytes;
	int32_t c;

	for (size_t i = 0; i <= text.n; i += bytes) {
		bytes = i < text.n ? rmk_utf8_decode(text, i, &c) : 1;
		if (i < text.n && bytes > 1) {
			scripts |= 1u << script_of(c);
			count_word(map, (struct rmk_str){text.s + i, bytes}, found);
		} else if (i == text.n || !rmk_is_letter(text.s[i])) {
			count_word(map, (struct rmk_str){text.s + from, i - from}, found);
			from = i + 1;
		}
	}
	return scripts;
}

static void
weigh_text(const struct rmk_map *map, struct rmk_str text, struct weight w[NLANGUAGES])
{
	size_t found[NLANGUAGES] = {0};
	unsigned scripts = count_text(map, text, found);

	for (size_t l = 0; l < NLANGUAGES; l++) {
		int script = rmk_list_languages[l].script;

		if (script ? !(scripts >> script & 1) : !found[l])
			continue;
		w[l].texts++;
		w[l].words += (script ? 2 : 0) +
		              (found[l] > MOST_OF_A_TEXT ? MOST_OF_A_TEXT : found[l]);
	}
}

// A script is of the list where most of its texts have it.
static bool
language_counts(size_t l, const struct weight *w, size_t n)
{
	return w[l].words && (!rmk_list_languages[l].script || w[l].texts * 2 > n);
}

const struct rmk_list_language *
rmk_list_language(
    struct rmk_arena *a, const struct rmk_str *texts, size_t n, size_t least)
{
	struct rmk_map map = words_of_languages(a);
	struct weight w[NLANGUAGES] = {0};
	size_t best = RMK_NONE;

	for (size_t i = 0; i < n; i++)
		weigh_text(&map, rmk_utf8_fold(a, texts[i]), w);
	for (size_t l = 0; l < NLANGUAGES; l++)
		if (language_counts(l, w, n) &&
		    (best == RMK_NONE || w[l].words > w[best].words))
			best = l;
	if (best == RMK_NONE || w[best].words < least)
		return NULL;
	for (size_t l = 0; l < NLANGUAGES; l++) {
		int script = rmk_list_languages[l].script;

		if (l != best && language_counts(l, w, n) &&
		    (!script || script != rmk_list_languages[best].script) &&
		    w[l].words * 4 > w[best].words * 3)
			return NULL;
	}
	return &rmk_list_languages[best];
}
