// Since when a row has the owner that it has: see owner_since.h.
#include "owner_since.h"
#include "blame_run.h"
#include "history/date.h"
#include "row_name.h"
#include "schema/owner.h"
#include "table/value.h"

// The owners of a table in a commit, and what set them.
struct owners_of {
	struct file *file;
	size_t table;
	struct rmk_str rev;
	struct versions_list list;
	struct rmk_blame rows;
};

static void
read_owners(struct call *c, struct owners_of *o, struct rmk_str column)
{
	const struct picked p = {o->file, o->table};
	struct progress progress;
	struct rmk_str path;
	struct rmk_repo *repo;
	struct rmk_err unused;

	if (call_repo(c, &repo, &unused) ||
	    rmk_repo_path(c->arena, repo, o->file->source.path, &path, &unused))
		return;
	char *word = rmk_str_c(c->arena,
	    rmk_str_printf(c->arena, "%.*s:%.*s#%.*s", RMK_FMT(o->rev), RMK_FMT(path),
		RMK_FMT(rmk_address_name(c->arena, p.file->doc, p.table))));
	progress_begin(&progress, "Reading versions");
	if (versions_open(c, &word, 1, &progress, VERSIONS_BY_COMMITTER, &o->list,
		&unused) == RMK_OK) {
		blame_run(
		    c, &o->list, &o->list.files[0], column, &progress, &o->rows, &unused);
	}
	progress_end(&progress);
}

static const struct owners_of *
owners_find(struct owners *owners, const struct picked *p, struct rmk_str rev)
{
	const struct rmk_schema *schema = file_schema(
	    owners->c->arena, p->file, p->table);

	for (size_t i = 0; i < owners->n; i++) {
		const struct owners_of *o = &owners->v[i];

		if (o->file == p->file && o->table == p->table && rmk_str_eq(o->rev, rev))
			return o;
	}
	struct owners_of *o = RMK_PUSH(
	    owners->c->arena, owners->v, owners->n, owners->cap);
	*o = (struct owners_of){.file = p->file, .table = p->table, .rev = rev};
	read_owners(owners->c, o, schema->fields[rmk_schema_owner(schema)].label);
	return o;
}

struct owner_since
owner_since(struct owners *owners, const struct picked *p, size_t row, struct rmk_str rev,
    struct rmk_str owner)
{
	struct rmk_arena *a = owners->c->arena;
	const struct owners_of *o = owners_find(owners, p, rev);
	const struct rmk_namesake name = picked_namesake(a, p, row);

	for (size_t i = 0; i < o->rows.n; i++) {
		const struct rmk_blame_row *b = &o->rows.v[i];

		if (!b->when || !rmk_namesake_eq(&b->namesake, &name) ||
		    !rmk_str_eq(b->status, rmk_value_text(a, owner)))
			continue;
		const struct rmk_moment *m = b->when;
		return (struct owner_since){true, m->id, m->author, m->time, m->zone};
	}
	return (struct owner_since){0};
}

struct rmk_str
owner_since_text(struct rmk_arena *a, const struct owner_since *since)
{
	if (!since->known)
		return RMK_STR("(not committed yet)");
	return rmk_str_printf(a, "since %.*s (%.7s by %.*s)",
	    RMK_FMT(rmk_date_time(a, since->time, since->zone)), since->commit.s,
	    RMK_FMT(since->author));
}
