// See statuses.h.
#include "mcp/statuses.h"

#include "base/map.h"

#include <time.h>

long long
rmk_mcp_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
statuses_take(struct rmk_mcp_statuses *s, const struct rmk_json_value *tables)
{
	struct rmk_map seen = {.arena = &s->arena};

	for (size_t i = 0; i < rmk_json_nitems(tables); i++) {
		const struct rmk_json_value *values = rmk_json_member(
		    rmk_json_item(tables, i), "values");

		for (size_t k = 0; k < rmk_json_nitems(values); k++) {
			struct rmk_str text = rmk_str_copy(
			    &s->arena, rmk_json_text_of(rmk_json_item(values, k)));
			size_t *slot = rmk_map_put(&seen, text);

			if (*slot == RMK_NONE) {
				*slot = s->n;
				*RMK_PUSH(&s->arena, s->v, s->n, s->cap) = text;
			}
		}
	}
}

static bool
statuses_are_same(const struct rmk_mcp_statuses *a, const struct rmk_mcp_statuses *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = rmk_str_eq(a->v[i], b->v[i]);
	return same;
}

bool
rmk_mcp_statuses_look(
    struct rmk_mcp_statuses *s, const struct rmk_mcp_host *host, struct rmk_rpc *rpc)
{
	static const char *const words[] = {"ls", "--json", NULL};
	struct rmk_mcp_run run = {.words = words, .rpc = rpc};
	struct rmk_mcp_statuses now = {0};
	const struct rmk_json_value *doc;
	long long began = rmk_mcp_clock();
	struct rmk_arena arena = {0};
	struct rmk_err err;
	bool same;

	if (host->run(&arena, host, &run, &err) == RMK_OK &&
	    rmk_json_read(&arena, run.out, &doc, &err) == RMK_OK)
		statuses_take(&now, rmk_json_member(doc, "tables"));
	rmk_arena_free(&arena);
	same = statuses_are_same(s, &now);
	rmk_arena_free(&s->arena);
	*s = now;
	s->took = rmk_mcp_clock() - began;
	return !same;
}
