// Rows that refer to each other in a ring: the rule reference-cycle.
//
//	a ──▶ b ──▶ c        a row is a node, each value of a ref column an edge
//	      ▲     │
//	      └─────┘        said at the row that is first in the files: "b -> c -> b"
//
// Only tables with a status count: a ring of "see also" is none. The walk keeps its own stack,
// since a chain of rows may be as long as the table.
#include "base/buf.h"
#include "base/map.h"
#include "check/references.h"
#include "schema/reference.h"
#include "table/value.h"

enum cycle_mark { CYCLE_NEW, CYCLE_OPEN, CYCLE_CLOSED };

struct cycle_node {
	const struct referred *table;
	uint32_t row;
	size_t *to;  // [nto] nodes that it refers to
	size_t *col; // [nto] by which column
	size_t nto, to_cap, col_cap;
	size_t at; // the next of them to be looked at
	enum cycle_mark mark;
};

struct cycle_graph {
	struct rmk_arena *a;
	const struct references *all;
	struct cycle_node *v; // [n] the rows of all tables with a status, in order
	size_t n;
	size_t *first; // [all->n] of a table's rows; RMK_NONE: it has no status
};

static bool
has_ref(const struct referred *t)
{
	for (size_t col = 0; col < t->t->table->ncols; col++)
		if (t->t->schema->fields[col].type == RMK_REF)
			return true;
	return false;
}

static bool
cycle_nodes(struct cycle_graph *g)
{
	bool any = false;
	size_t n = 0;

	g->first = RMK_NEW_N(g->a, size_t, g->all->n + 1);
	for (size_t i = 0; i < g->all->n; i++) {
		const struct referred *t = &g->all->v[i];
		bool counts = check_schema(t->c, (struct table_info *)t->t)->nstatus > 0;

		g->first[i] = counts ? n : RMK_NONE;
		n += counts ? t->t->table->nrows : 0;
		any = any || (counts && has_ref(t));
	}
	if (!any)
		return false;
	g->v = RMK_NEW_N(g->a, struct cycle_node, n + 1);
	for (size_t i = 0; i < g->all->n; i++)
		for (uint32_t r = 0;
		     g->first[i] != RMK_NONE && r < g->all->v[i].t->table->nrows; r++)
			g->v[g->n++] = (struct cycle_node){
			    .table = &g->all->v[i], .row = r};
	return true;
}

// The rows that a column may refer to, by their values there.
static struct rmk_map
cycle_targets(const struct cycle_graph *g, const struct rmk_field *field)
{
	struct rmk_map out = {.arena = g->a};

	for (size_t i = 0; i < g->all->n; i++) {
		const struct referred *t = &g->all->v[i];
		size_t col = rmk_reference_finds(g->a, field, t->t->schema->name)
		                 ? check_referred_column(t, g->a, field->ref_col)
		                 : RMK_NONE;

		for (uint32_t r = 0;
		     col != RMK_NONE && g->first[i] != RMK_NONE && r < t->t->table->nrows;
		     r++) {
			size_t *node = rmk_map_put(
			    &out, check_cell_key(t->c, t->t, r, col));
			if (*node == RMK_NONE)
				*node = g->first[i] + r;
		}
	}
	return out;
}

static void
cycle_edges_of(struct cycle_graph *g, size_t table, size_t col)
{
	const struct referred *t = &g->all->v[table];
	const struct rmk_map targets = cycle_targets(g, &t->t->schema->fields[col]);
	struct rmk_str *values;

	for (uint32_t r = 0; r < t->t->table->nrows; r++) {
		struct cycle_node *node = &g->v[g->first[table] + r];
		size_t n = rmk_reference_values(g->a,
		    rmk_doc_cell(t->c->doc, &t->t->table->rows[r], col), &targets,
		    &values);

		for (size_t i = 0; i < n; i++) {
			size_t to = rmk_map_get(&targets, rmk_value_key(g->a, values[i]));
			size_t nto = node->nto;

			if (to == RMK_NONE)
				continue;
			*RMK_PUSH(g->a, node->to, node->nto, node->to_cap) = to;
			*RMK_PUSH(g->a, node->col, nto, node->col_cap) = col;
		}
	}
}

static struct rmk_str
cycle_name(const struct cycle_graph *g, const struct cycle_node *node)
{
	const struct referred *t = node->table;
	size_t key = check_referred_column(t, g->a, RMK_STR(""));

	return check_short(
	    t->c, rmk_value_text(
		      g->a, rmk_doc_cell(t->c->doc, &t->t->table->rows[node->row], key)));
}

// Said at the first row of the ring, in the column by which it refers to the next.
static void
cycle_report(const struct cycle_graph *g, const size_t *stack, size_t from, size_t depth)
{
	struct rmk_buf way = {.arena = g->a};
	size_t start = from;

	for (size_t i = from; i < depth; i++)
		if (stack[i] < stack[start])
			start = i;
	for (size_t i = 0; i <= depth - from; i++) {
		size_t at = from + (start - from + i) % (depth - from);

		rmk_buf_printf(&way, "%s'%.*s'", i ? " -> " : "",
		    RMK_FMT(cycle_name(g, &g->v[stack[at]])));
	}
	const struct cycle_node *node = &g->v[stack[start]];
	check_report_cell(node->table->c, node->table->t, node->row,
	    node->col[node->at - 1],
	    check_printf(node->table->c, "rows wait for each other: %.*s",
		RMK_FMT(rmk_buf_str(&way))));
}

// From one node as deep as it goes. Each edge back into the way that is open closes a ring.
static void
cycle_walk(struct cycle_graph *g, size_t *stack, size_t root)
{
	size_t depth = 0;

	stack[depth++] = root;
	g->v[root].mark = CYCLE_OPEN;
	while (depth) {
		struct cycle_node *node = &g->v[stack[depth - 1]];

		if (node->at == node->nto) {
			node->mark = CYCLE_CLOSED;
			depth--;
			continue;
		}
		size_t to = node->to[node->at++], from = depth;
		if (g->v[to].mark == CYCLE_NEW) {
			g->v[to].mark = CYCLE_OPEN;
			stack[depth++] = to;
		} else if (g->v[to].mark == CYCLE_OPEN) {
			while (stack[--from] != to)
				;
			cycle_report(g, stack, from, depth);
		}
	}
}

void
check_reference_cycles(struct rmk_arena *a, const struct references *all)
{
	struct cycle_graph g = {.a = a, .all = all};
	size_t *stack;

	for (size_t i = 0; i < all->ndocs; i++)
		all->checks[i].rule = rmk_rule_find(RMK_STR("reference-cycle"));
	if (!cycle_nodes(&g))
		return;
	for (size_t i = 0; i < all->n; i++) {
		const struct referred *t = &all->v[i];

		for (size_t col = 0; g.first[i] != RMK_NONE && col < t->t->table->ncols;
		     col++)
			if (t->t->schema->fields[col].type == RMK_REF)
				cycle_edges_of(&g, i, col);
	}
	stack = RMK_NEW_N(a, size_t, g.n + 1);
	for (size_t i = 0; i < g.n; i++)
		if (g.v[i].mark == CYCLE_NEW)
			cycle_walk(&g, stack, i);
}
