// See page.h.
#include "mcp/page.h"

#include "rpc/json_write.h"

// The envelope of an answer: ids, names, versions.
#define ENVELOPE ((size_t)1 << 10)

size_t
mcp_character_at(struct rmk_str text, size_t at)
{
	while (at && at < text.n && ((unsigned char)text.s[at] & 0xC0) == 0x80)
		at--;
	return at;
}

uint64_t
mcp_page_hash(const struct rmk_json_value *items, size_t from, size_t to, uint64_t hash)
{
	for (size_t i = from; i < to; i++) {
		struct rmk_arena arena = {0};
		struct rmk_buf text = {.arena = &arena};
		struct rmk_json j = {.out = &text};

		rmk_json_put(&j, NULL, &items->items[i]);
		hash = rmk_str_hash_seeded(rmk_buf_str(&text), hash);
		rmk_arena_free(&arena);
	}
	return hash;
}

struct rmk_json_value
mcp_cut(struct rmk_arena *a, const struct rmk_json_value *from, size_t most)
{
	struct rmk_json_value v = *from;

	if (v.kind == RMK_JSON_TEXT && v.text.n > most) {
		size_t at = mcp_character_at(v.text, most);

		v.text = rmk_str_printf(a, "%.*s... (%zu bytes more)",
		    RMK_FMT(rmk_str_part(v.text, 0, at)), v.text.n - at);
	} else if (v.kind == RMK_JSON_ARRAY) {
		v.items = RMK_NEW_N(a, struct rmk_json_value, v.n);
		for (size_t i = 0; i < v.n; i++)
			v.items[i] = mcp_cut(a, &from->items[i], most);
	} else if (v.kind == RMK_JSON_OBJECT) {
		v.members = RMK_NEW_N(a, struct rmk_json_named, v.n);
		for (size_t i = 0; i < v.n; i++)
			v.members[i] = (struct rmk_json_named){from->members[i].name,
			    mcp_cut(a, &from->members[i].value, most)};
	}
	return v;
}

static void
mcp_put_slice(struct rmk_json *j, const char *name, const struct mcp_page *p,
    const struct rmk_json_value *list)
{
	rmk_json_array(j, name);
	for (size_t i = p->from; i < p->from + p->n && i < list->n; i++) {
		struct rmk_json_value item = list->items[i];

		if (p->most != RMK_NONE)
			item = mcp_cut(j->out->arena, &item, p->most);
		rmk_json_put(j, NULL, &item);
	}
	rmk_json_end(j);
}

// The document, with the page in place of its list.
static struct rmk_str
mcp_page_text(struct rmk_arena *a, const struct mcp_page *p)
{
	struct rmk_buf text = {.arena = a};
	struct rmk_json j = {.out = &text};
	const char *beside = p->tool->beside ? p->tool->beside : "";

	rmk_json_object(&j, NULL);
	for (size_t i = 0; i < p->doc->n; i++) {
		const struct rmk_json_named *m = &p->doc->members[i];
		const char *name = rmk_str_c(a, m->name);

		if (&m->value == p->items ||
		    (strcmp(name, beside) == 0 && m->value.kind == RMK_JSON_ARRAY))
			mcp_put_slice(&j, name, p, &m->value);
		else
			rmk_json_put(&j, name, &m->value);
	}
	if (p->more) {
		uint64_t hash = mcp_page_hash(p->items, p->from, p->from + p->n, p->hash);

		rmk_json_text(&j, "next_cursor",
		    rmk_str_printf(
			a, "%zu.%016llx", p->from + p->n, (unsigned long long)hash));
	}
	if (p->most != RMK_NONE)
		rmk_json_bool(&j, "cut", true);
	rmk_json_end(&j);
	return rmk_buf_str(&text);
}

// It is said twice: as it is, and as text.
static bool
mcp_fits(struct rmk_str text, size_t beside)
{
	struct rmk_arena arena = {0};
	struct rmk_buf escaped = {.arena = &arena};
	bool fits;

	rmk_buf_json(&escaped, text);
	fits = text.n + escaped.n + beside + ENVELOPE <= RMK_MCP_ANSWER_MOST;
	rmk_arena_free(&arena);
	return fits;
}

static bool
mcp_try_page(
    struct rmk_arena *a, struct mcp_page *p, size_t n, size_t beside, struct rmk_str *out)
{
	p->n = n;
	p->more = p->items && p->from + n < p->items->n;
	*out = mcp_page_text(a, p);
	return mcp_fits(*out, beside);
}

bool
mcp_page_fit(struct rmk_arena *a, struct mcp_page *p, size_t beside, struct rmk_str *out)
{
	static const size_t cuts[] = {6000, 1500, 300, 20};
	size_t all = p->items ? p->items->n - p->from : 0, low = 0, high;

	high = all < RMK_MCP_ITEMS_MOST ? all : RMK_MCP_ITEMS_MOST;
	if (mcp_try_page(a, p, high, beside, out))
		return true;
	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;

		*(mcp_try_page(a, p, middle, beside, out) ? &low : &high) = middle;
	}
	if (low)
		return mcp_try_page(a, p, low, beside, out);
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts && all; i++) {
		p->most = cuts[i];
		if (mcp_try_page(a, p, 1, beside, out))
			return true;
	}
	return false;
}
