// Loose objects, and the database that holds them: see object_database.h.
//
//	"blob 12\0" and 12 bytes, deflated      objects/1a/2b3c...
//
// A backend of libgit2's database: what it does not read it hands to libgit2's own backend
// of loose objects.
#include "git/object_database.h"

#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h> // where libgit2 1.7 put git_error_set_str
#endif
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

// As libgit2 asks: packs first.
#define PACKED_PRIORITY 2
#define LOOSE_PRIORITY 1

#define ALTERNATES_DEPTH 5 // as git
#define HEADER_MOST 32     // "commit 18446744073709551615\0"
#define DEFLATE_RATIO 1032 // no stream of zlib's says more in a byte

struct loose_backend {
	git_odb_backend parent; // first: libgit2 knows this part only
	git_odb_backend *inner; // libgit2's own
	struct rmk_str dir;     // ends in '/' and NUL
};

static struct loose_backend *
loose_of(git_odb_backend *parent)
{
	return (struct loose_backend *)parent;
}

// --- one object -----------------------------------------------------------------

// A loose object's file, and how far it was inflated.
struct loose_object {
	uint8_t *bytes;
	size_t nbytes;
	z_stream z;
	char head[HEADER_MOST + 1];
	size_t nhead, header; // bytes in head, and how many of them are the header
	git_object_t type;
	size_t size;
};

static int
loose_damaged(const git_oid *id, const char *what)
{
	char hex[GIT_OID_HEXSZ + 1], text[128];

	git_oid_tostr(hex, sizeof hex, id);
	snprintf(text, sizeof text, "loose object %s is damaged: %s", hex, what);
	git_error_set_str(GIT_ERROR_ODB, text);
	return GIT_ERROR;
}

static int
loose_open(const struct loose_backend *b, const git_oid *id)
{
	char path[4096], hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof hex, id);
	if (snprintf(path, sizeof path, "%.*s%.2s/%s", RMK_FMT(b->dir), hex, hex + 2) >=
	    (int)sizeof path)
		return -1;
	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

static bool
loose_load(git_odb_backend *parent, int fd, struct loose_object *o)
{
	struct stat st;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		return false;
	o->bytes = git_odb_backend_data_alloc(parent, (size_t)st.st_size + 1);
	if (!o->bytes)
		return false;
	while (o->nbytes < (size_t)st.st_size) {
		ssize_t n = read(
		    fd, o->bytes + o->nbytes, (size_t)st.st_size - o->nbytes);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		o->nbytes += (size_t)n;
	}
	return true;
}

static bool
loose_type(struct rmk_str word, git_object_t *out)
{
	static const struct {
		const char *word;
		git_object_t type;
	} types[] = {{"blob", GIT_OBJECT_BLOB}, {"tree", GIT_OBJECT_TREE},
	    {"commit", GIT_OBJECT_COMMIT}, {"tag", GIT_OBJECT_TAG}};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		*out = types[i].type;
		if (rmk_str_eq(word, rmk_str_of(types[i].word)))
			return true;
	}
	return false;
}

// "blob 12\0": a word, a space, digits without a needless zero.
static bool
loose_header(struct loose_object *o)
{
	struct rmk_str head = {o->head, o->nhead};
	size_t end = rmk_str_chr(head, '\0'), space = rmk_str_chr(head, ' ');

	if (end == RMK_NONE || space == RMK_NONE || space + 1 >= end ||
	    end - space > 20 || !loose_type(rmk_str_part(head, 0, space), &o->type) ||
	    (head.s[space + 1] == '0' && end > space + 2))
		return false;
	for (size_t i = space + 1; i < end; i++) {
		if (head.s[i] < '0' || head.s[i] > '9')
			return false;
		o->size = o->size * 10 + (size_t)(head.s[i] - '0');
	}
	o->header = end + 1;
	return o->size / DEFLATE_RATIO <= o->nbytes;
}

// Read the file, and inflate as much as holds the header. The rest is inflated into the
// memory that its size asks for.
static int
loose_start(git_odb_backend *parent, const git_oid *id, struct loose_object *o)
{
	int fd = loose_open(loose_of(parent), id), e;
	bool read;

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR
		           ? GIT_ENOTFOUND
		           : loose_damaged(id, "it cannot be opened");
	read = loose_load(parent, fd, o);
	close(fd);
	if (!read)
		return loose_damaged(id, "it cannot be read");
	if (inflateInit(&o->z) != Z_OK)
		return GIT_ERROR;
	o->z.next_in = o->bytes;
	o->z.avail_in = (uInt)o->nbytes;
	o->z.next_out = (Bytef *)o->head;
	o->z.avail_out = HEADER_MOST;
	e = o->nbytes <= UINT32_MAX ? inflate(&o->z, Z_SYNC_FLUSH) : Z_DATA_ERROR;
	o->nhead = HEADER_MOST - o->z.avail_out;
	if ((e != Z_OK && e != Z_STREAM_END && e != Z_BUF_ERROR) || !loose_header(o))
		return loose_damaged(id, "its header is malformed");
	return 0;
}

static void
loose_end(git_odb_backend *parent, struct loose_object *o)
{
	inflateEnd(&o->z);
	git_odb_backend_data_free(parent, o->bytes);
}

// Exactly as many bytes as the header says, and then the end of stream and file.
static bool
loose_inflate(struct loose_object *o, uint8_t *to)
{
	size_t known = o->nhead - o->header;
	uint8_t more;
	int e;

	if (known > o->size || o->size - known > UINT32_MAX)
		return false;
	memcpy(to, o->head + o->header, known);
	o->z.next_out = to + known;
	o->z.avail_out = (uInt)(o->size - known);
	e = o->z.avail_out ? inflate(&o->z, Z_FINISH) : Z_BUF_ERROR;
	if (o->z.avail_out)
		return false;
	if (e != Z_STREAM_END) {
		o->z.next_out = &more;
		o->z.avail_out = 1;
		e = inflate(&o->z, Z_FINISH);
		if (e != Z_STREAM_END || o->z.avail_out == 0)
			return false;
	}
	return o->z.avail_in == 0;
}

static int
loose_read(void **data, size_t *size, git_object_t *type, git_odb_backend *parent,
    const git_oid *id)
{
	struct loose_object o = {0};
	int e = loose_start(parent, id, &o);
	uint8_t *to = NULL;

	if (!e && !(to = git_odb_backend_data_alloc(parent, o.size + 1)))
		e = GIT_ERROR;
	if (!e && !loose_inflate(&o, to))
		e = loose_damaged(id, "it holds other than its header says");
	loose_end(parent, &o);
	if (e) {
		git_odb_backend_data_free(parent, to);
		return e;
	}
	to[o.size] = 0;
	*data = to;
	*size = o.size;
	*type = o.type;
	return 0;
}

static int
loose_read_header(
    size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id)
{
	struct loose_object o = {0};
	int e = loose_start(parent, id, &o);

	loose_end(parent, &o);
	*size = o.size;
	*type = o.type;
	return e;
}

static int
loose_read_prefix(git_oid *full, void **data, size_t *size, git_object_t *type,
    git_odb_backend *parent, const git_oid *prefix, size_t n)
{
	git_odb_backend *inner = loose_of(parent)->inner;
	int e = inner->exists_prefix(full, inner, prefix, n);

	return e < 0 ? e : loose_read(data, size, type, parent, full);
}

// --- what libgit2 does well -------------------------------------------------------

static int
loose_write(git_odb_backend *parent, const git_oid *id, const void *data, size_t size,
    git_object_t type)
{
	git_odb_backend *inner = loose_of(parent)->inner;

	return inner->write(inner, id, data, size, type);
}

static int
loose_exists(git_odb_backend *parent, const git_oid *id)
{
	git_odb_backend *inner = loose_of(parent)->inner;

	return inner->exists(inner, id);
}

static int
loose_exists_prefix(
    git_oid *full, git_odb_backend *parent, const git_oid *prefix, size_t n)
{
	git_odb_backend *inner = loose_of(parent)->inner;

	return inner->exists_prefix(full, inner, prefix, n);
}

static int
loose_freshen(git_odb_backend *parent, const git_oid *id)
{
	git_odb_backend *inner = loose_of(parent)->inner;

	return inner->freshen ? inner->freshen(inner, id) : GIT_ENOTFOUND;
}

static int
loose_foreach(git_odb_backend *parent, git_odb_foreach_cb visit, void *ctx)
{
	git_odb_backend *inner = loose_of(parent)->inner;

	return inner->foreach (inner, visit, ctx);
}

static void
loose_free(git_odb_backend *parent)
{
	struct loose_backend *b = loose_of(parent);

	b->inner->free(b->inner);
}

static int
loose_make(git_odb_backend **out, struct rmk_arena *a, struct rmk_str dir, bool sync)
{
	struct loose_backend *b = RMK_NEW(a, struct loose_backend);
	int e = git_odb_init_backend(&b->parent, GIT_ODB_BACKEND_VERSION);

	b->dir = dir;
	if (!e)
		e = git_odb_backend_loose(&b->inner, dir.s, -1, sync, 0, 0);
	if (e)
		return e;
	b->parent.read = loose_read;
	b->parent.read_header = loose_read_header;
	b->parent.read_prefix = loose_read_prefix;
	b->parent.write = loose_write;
	b->parent.exists = loose_exists;
	b->parent.exists_prefix = loose_exists_prefix;
	b->parent.freshen = loose_freshen;
	b->parent.foreach = loose_foreach;
	b->parent.free = loose_free;
	*out = &b->parent;
	return 0;
}

// --- the database -----------------------------------------------------------------

static int
odb_add(git_odb *odb, git_odb_backend *b, int priority, bool alternate)
{
	int e = alternate ? git_odb_add_alternate(odb, b, priority)
	                  : git_odb_add_backend(odb, b, priority);

	if (e < 0)
		b->free(b);
	return e;
}

static bool
wants_sync(struct rmk_repo *repo)
{
	git_config *config = NULL;
	int on = 0;

	if (git_repository_config_snapshot(&config, repo->git) == 0 &&
	    git_config_get_bool(&on, config, "core.fsyncobjectfiles") < 0)
		on = 0;
	git_config_free(config);
	return on != 0;
}

static int
odb_add_folder(git_odb *odb, struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str dir, bool alternate)
{
	git_odb_backend *loose, *packed;
	int e = rmk_packs_are_sound(a, dir) ? loose_make(&loose, a, dir, wants_sync(repo))
	                                    : RMK_ODB_DAMAGED;

	if (e == 0)
		e = odb_add(odb, loose, LOOSE_PRIORITY, alternate);
	if (e == 0)
		e = git_odb_backend_pack(&packed, dir.s);
	return e ? e : odb_add(odb, packed, PACKED_PRIORITY, alternate);
}

// info/alternates names other folders of objects, a line each, which count from this one.
static int
odb_add_alternates(git_odb *odb, struct rmk_arena *a, struct rmk_repo *repo,
    struct rmk_str dir, unsigned depth)
{
	struct rmk_str list, line;
	int e = 0;

	if (depth == ALTERNATES_DEPTH ||
	    rmk_file_read(a, rmk_str_printf(a, "%.*sinfo/alternates", RMK_FMT(dir)),
		&list, NULL, NULL))
		return 0;
	while (e == 0 && rmk_str_split(&list, '\n', &line)) {
		if (line.n == 0 || line.s[0] == '#')
			continue;
		struct rmk_str other = line.s[0] == '/'
		                           ? rmk_str_printf(a, "%.*s/", RMK_FMT(line))
		                           : rmk_str_printf(a, "%.*s%.*s/", RMK_FMT(dir),
						 RMK_FMT(line));
		e = odb_add_folder(odb, a, repo, other, true);
		if (e == 0)
			e = odb_add_alternates(odb, a, repo, other, depth + 1);
	}
	return e;
}

int
rmk_odb_open(git_odb **out, struct rmk_arena *a, struct rmk_repo *repo)
{
	struct rmk_str dir = rmk_str_printf(a, "%.*sobjects/", RMK_FMT(repo->common));
	int e = git_odb_new(out);

	if (e == 0)
		e = odb_add_folder(*out, a, repo, dir, false);
	if (e == 0)
		e = odb_add_alternates(*out, a, repo, dir, 0);
	if (e) {
		git_odb_free(*out);
		*out = NULL;
	}
	return e;
}
