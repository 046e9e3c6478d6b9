// Databases: opening, options, and the files of one, each read once. See api.h.
#include "api/api.h"

#include "schema/address.h"

#include <string.h>
#include <unistd.h>

const char *
rmk_version(void)
{
	return RMK_VERSION;
}

// --- calls --------------------------------------------------------------------------

// ctx is the place to go to. It is right for as long as the call runs.
static void
api_escape(void *ctx, size_t size)
{
	sigjmp_buf *escape = ctx;

	(void)size;
	siglongjmp(*escape, 1);
}

static struct rmk_result *
result_new(sigjmp_buf *escape)
{
	struct rmk_arena arena = {.oom = api_escape, .ctx = escape};
	struct rmk_result *r = RMK_NEW(&arena, struct rmk_result);

	r->arena = arena;
	r->notes.arena = &r->arena;
	return r;
}

static void
end_notes(struct rmk_result *r)
{
	if (r->notes.n)
		rmk_buf_addc(&r->notes, '\0');
}

static int
api_finish(struct rmk_result *r, struct rmk_result **out, struct rmk_err *last)
{
	int failed = r->err.code != RMK_OK;

	if (!failed)
		r->err = (struct rmk_err){0};
	if (last)
		*last = r->err;
	if (out)
		*out = r;
	else
		rmk_free(r);
	return failed;
}

int
api_run_alone(struct rmk_result **out, api_call *call, const struct api_args *args)
{
	struct rmk_result *volatile r = NULL;
	sigjmp_buf escape;

	if (out)
		*out = NULL;
	if (sigsetjmp(escape, 1)) {
		rmk_free(r);
		return 1;
	}
	r = result_new(&escape);
	r->err.code = call(NULL, r, args);
	end_notes(r);
	return api_finish(r, out, NULL);
}

static enum rmk_code
fail_no_db(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	(void)db;
	(void)args;
	return rmk_fail(&r->err, RMK_INVALID, "no database is given");
}

int
api_run(struct rmk_db *db, struct rmk_result **out, api_call *call,
    const struct api_args *args)
{
	struct rmk_result *volatile r = NULL;

	if (!db)
		return api_run_alone(out, fail_no_db, args);
	if (out)
		*out = NULL;
	if (db->broken)
		return 1;
	if (sigsetjmp(db->escape, 1)) {
		rmk_free(r);
		db->broken = true;
		db->err.code = RMK_IO;
		strcpy(db->err.msg, "memory ran out: this database can only be closed");
		return 1;
	}
	r = result_new(&db->escape);
	r->err.code = call(db, r, args);
	end_notes(r);
	return api_finish(r, out, &db->err);
}

// --- opening ------------------------------------------------------------------------

static struct rmk_db *
db_new(void)
{
	sigjmp_buf escape;
	struct rmk_arena arena = {.oom = api_escape, .ctx = &escape};
	struct rmk_db *db;

	if (sigsetjmp(escape, 1))
		return NULL;
	db = RMK_NEW(&arena, struct rmk_db);
	db->arena = arena;
	db->arena.ctx = &db->escape;
	db->file_arena = (struct rmk_arena){.oom = api_escape, .ctx = &db->escape};
	return db;
}

struct rmk_db *
rmk_open(const char *folder)
{
	struct rmk_db *db = db_new();
	struct rmk_str name = rmk_str_of(folder);

	if (!db)
		return NULL;
	if (sigsetjmp(db->escape, 1)) {
		rmk_close(db);
		return NULL;
	}
	db->folder = RMK_STR("");
	if (name.n)
		db->folder = rmk_str_printf(&db->arena, "%.*s%s", RMK_FMT(name),
		    rmk_str_ends(name, RMK_STR("/")) ? "" : "/");
	return db;
}

struct rmk_db *
rmk_open_text(const char *path, const char *text, size_t n)
{
	struct rmk_db *db = db_new();
	struct api_file *f;

	if (!db)
		return NULL;
	if (sigsetjmp(db->escape, 1)) {
		rmk_close(db);
		return NULL;
	}
	db->is_text = true;
	f = RMK_NEW(&db->arena, struct api_file);
	f->is_text = true;
	f->path = api_copy(&db->arena, rmk_str_of(path ? path : "text"));
	f->seen = api_copy(&db->arena, (struct rmk_str){text, text ? n : 0});
	db->files = f;
	return db;
}

static void
forget_docs(struct rmk_db *db)
{
	for (struct api_file *f = db->files; f; f = f->next)
		rmk_arena_free(&f->now);
}

void
rmk_close(struct rmk_db *db)
{
	struct rmk_arena arena;

	if (!db)
		return;
	rmk_repo_close(db->repo);
	forget_docs(db);
	rmk_arena_free(&db->file_arena);
	arena = db->arena;
	rmk_arena_free(&arena);
}

const char *
rmk_error(const struct rmk_db *db)
{
	return db ? db->err.msg : "no database is given";
}

// --- options ------------------------------------------------------------------------

static enum rmk_code
option_set(struct rmk_db *db, struct rmk_result *r, const struct api_args *args)
{
	const struct {
		const char *name;
		struct rmk_str *text;
		bool *flag;
	} options[] = {
	    {"author", &db->author, NULL},
	    {"date", &db->date, NULL},
	    {"no-verify", NULL, &db->no_verify},
	    {"stage", NULL, &db->stage},
	    {"new", NULL, &db->as_typed},
	    {"keep-note", NULL, &db->keep_note},
	};
	const char *value = args->value, *name = args->path ? args->path : "";

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		if (strcmp(options[i].name, name) != 0)
			continue;
		if (options[i].flag)
			*options[i].flag = value && strcmp(value, "1") == 0;
		else
			*options[i].text = value ? api_copy(&db->arena, rmk_str_of(value))
			                         : (struct rmk_str){0};
		return RMK_OK;
	}
	return rmk_fail(&r->err, RMK_NOT_FOUND, "'%s': there is no such option", name);
}

int
rmk_option(struct rmk_db *db, const char *name, const char *value)
{
	const struct api_args args = {.path = name, .value = value};

	return api_run(db, NULL, option_set, &args);
}

// --- files --------------------------------------------------------------------------

enum rmk_code
api_repo(struct rmk_db *db, struct rmk_repo **out, struct rmk_err *err)
{
	if (db->is_text) {
		rmk_fail(err, RMK_NO_REPO, "a text that is no file is in no repository");
		return rmk_hint(err, "open the folder of the file to commit");
	}
	if (!db->repo && rmk_repo_open(&db->arena, db->folder, &db->repo, err))
		return err->code;
	*out = db->repo;
	return RMK_OK;
}

// The file in a commit or in the index. False: the path has no ':'.
static bool
api_read_version(struct rmk_db *db, struct api_file *f, struct rmk_err *err)
{
	size_t colon = rmk_str_chr(f->path, ':');
	struct rmk_arena *a = &db->file_arena;
	struct rmk_str path, rest = rmk_str_from(f->path, colon + 1);
	struct rmk_repo *repo;

	if (colon == RMK_NONE)
		return false;
	rest = rmk_str_printf(a, "%.*s%.*s", RMK_FMT(db->folder), RMK_FMT(rest));
	f->is_file = false;
	if (api_repo(db, &repo, err) == RMK_OK &&
	    rmk_repo_path(a, repo, rest, &path, err) == RMK_OK &&
	    rmk_repo_read(
		a, repo, rmk_str_part(f->path, 0, colon), path, &f->seen, err) == RMK_OK)
		err->code = RMK_OK;
	return true;
}

static enum rmk_code
read_file(struct rmk_db *db, struct api_file *f, struct rmk_err *err)
{
	const char *real = rmk_str_c(&db->file_arena, f->real);

	if (access(real, F_OK) != 0 && api_read_version(db, f, err))
		return err->code;
	f->is_file = true;
	return rmk_file_read(&db->file_arena, f->real, &f->seen, &f->id, err);
}

static struct api_file *
find_file(struct rmk_db *db, struct rmk_str path)
{
	for (struct api_file *f = db->files; f; f = f->next)
		if (f->is_text || rmk_str_eq(f->path, path))
			return f;
	return NULL;
}

enum rmk_code
api_file_replace(
    struct rmk_db *db, struct api_file *f, struct rmk_str text, struct rmk_err *err)
{
	struct rmk_arena now = {.oom = db->arena.oom, .ctx = db->arena.ctx};
	struct rmk_doc *doc;

	if (rmk_doc_parse(&now, f->path, rmk_str_copy(&now, text), 0, &doc, err)) {
		rmk_arena_free(&now);
		return err->code;
	}
	rmk_arena_free(&f->now);
	f->now = now;
	f->doc = doc;
	return RMK_OK;
}

enum rmk_code
api_file_open(
    struct rmk_db *db, const char *path, struct api_file **out, struct rmk_err *err)
{
	struct rmk_str typed = rmk_str_of(path);
	struct rmk_arena *a = &db->file_arena;
	struct api_file *f = find_file(db, typed);
	bool is_new = !f;

	if (is_new) {
		if (typed.n == 0)
			return rmk_fail(err, RMK_INVALID, "no file is named");
		f = RMK_NEW(a, struct api_file);
		f->path = api_copy(a, typed);
		f->real = f->path;
		if (path[0] != '/')
			f->real = rmk_str_printf(
			    a, "%.*s%.*s", RMK_FMT(db->folder), RMK_FMT(typed));
		if (read_file(db, f, err))
			return err->code;
	}
	if (!f->doc && api_file_replace(db, f, f->seen, err))
		return err->code;
	if (is_new) {
		f->next = db->files;
		db->files = f;
	}
	*out = f;
	return RMK_OK;
}

void
rmk_discard(struct rmk_db *db)
{
	if (!db || db->broken)
		return;
	forget_docs(db);
	rmk_arena_free(&db->file_arena);
	if (!db->is_text) {
		db->files = NULL;
		return;
	}
	db->files->doc = NULL;
	db->files->pending = NULL;
	db->files->npending = db->files->cap = 0;
}

enum rmk_code
api_table(struct rmk_arena *a, const struct rmk_doc *doc, const char *name, size_t *out,
    struct rmk_err *err)
{
	if (name)
		return rmk_address_table(a, doc, rmk_str_of(name), out, err);
	if (doc->ntables == 1) {
		*out = 0;
		return RMK_OK;
	}
	if (doc->ntables == 0)
		return rmk_fail(
		    err, RMK_NOT_FOUND, "%.*s: has no table", RMK_FMT(doc->path));
	rmk_fail(
	    err, RMK_AMBIGUOUS, "%.*s: has %zu tables", RMK_FMT(doc->path), doc->ntables);
	return rmk_hint(err, "name one of them, for example %.*s",
	    RMK_FMT(rmk_address_name(a, doc, 0)));
}
