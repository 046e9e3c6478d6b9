// Objects of packs: as libgit2 reads them, or not at all.
#include "unit.h"

#include "folder.h"

#include "git/pack.h"
#include "git/pack_entry.h"
#include "git/sha1.h"
#include "io/file.h"

#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <unistd.h>

static char dir[] = "/tmp/rowmark-pack-XXXXXX";

// Versions of two files, one of them two folders down, and a tag.
static int
enter(void **state)
{
	(void)state;
	return git_libgit2_init() < 0 || folder_enter(dir) ||
	       system("git init -q -b main . && for i in $(seq 300); do"
		      " rows=\"$rows| row $i | todo |\n\";"
		      " printf 'commit refs/heads/main\ncommitter A <a@b> %d +0000\ndata "
		      "0\n'"
		      " $i; printf \"$rows\" >list; printf 'M 100644 inline list.md\ndata"
		      " %d\n' $(wc -c <list); cat list; printf 'M 100644 inline"
		      " a/b/count\ndata 4\n%04d\n' $i; done | git fast-import --quiet &&"
		      " git tag -a -m one v1 main && git gc -q && git cat-file"
		      " --batch-all-objects --batch-check='%(objectname)' >ids");
}

static int
leave(void **state)
{
	(void)state;
	git_libgit2_shutdown();
	return folder_leave(dir);
}

static void
run(const char *command)
{
	assert_int_equal(system(command), 0);
}

// Only what the backend itself reads.
static git_odb *
ours(struct rmk_arena *a)
{
	git_odb *odb;

	assert_int_equal(git_odb_new(&odb), 0);
	assert_int_equal(rmk_pack_add(odb, a, ".git/objects/"), 0);
	return odb;
}

static git_odb *
theirs(void)
{
	git_odb *odb;

	assert_int_equal(git_odb_open(&odb, ".git/objects"), 0);
	return odb;
}

// Every object of the list `ids`: how many are found, all of them as libgit2 has them.
static size_t
compare(git_odb *odb, git_odb *reference)
{
	FILE *list = fopen("ids", "r");
	char line[100];
	size_t found = 0;

	assert_non_null(list);
	while (fgets(line, sizeof line, list)) {
		git_odb_object *got, *want;
		git_oid id;
		assert_int_equal(git_oid_fromstrn(&id, line, GIT_OID_HEXSZ), 0);
		if (git_odb_read(&got, odb, &id) < 0)
			continue;
		assert_int_equal(git_odb_read(&want, reference, &id), 0);
		assert_int_equal(git_odb_object_type(got), git_odb_object_type(want));
		assert_int_equal(git_odb_object_size(got), git_odb_object_size(want));
		assert_memory_equal(git_odb_object_data(got), git_odb_object_data(want),
		    git_odb_object_size(want));
		git_odb_object_free(got);
		git_odb_object_free(want);
		found++;
	}
	fclose(list);
	return found;
}

static size_t
lines(const char *path)
{
	struct rmk_arena a = {0};
	struct rmk_str text, line;
	size_t n = 0;

	assert_int_equal(rmk_file_read(&a, rmk_str_of(path), &text, NULL, NULL), RMK_OK);
	while (rmk_str_split(&text, '\n', &line))
		n += line.n > 0;
	rmk_arena_free(&a);
	return n;
}

static size_t
found_by_ours(void)
{
	struct rmk_arena a = {0};
	git_odb *odb = ours(&a), *reference = theirs();
	size_t n = compare(odb, reference);

	git_odb_free(odb);
	git_odb_free(reference);
	rmk_arena_free(&a);
	return n;
}

static void
test_forms(void **state)
{
	static const struct {
		const char *what, *command;
		enum { ALL, SOME, NONE } found;
	} cases[] = {
	    {"as git gc leaves them", "true", ALL},
	    {"packed anew", "git repack -q -a -d -f --depth=50 --window=50", ALL},
	    {"nothing is a delta", "git repack -q -a -d -f --depth=0", ALL},
	    {"offsets of 64 bits",
		"p=$(echo .git/objects/pack/*.pack) && rm -f ${p%pack}idx && "
		"git index-pack --index-version=2,0x40 $p >said",
		ALL},
	    {"an index of the first version",
		"p=$(echo .git/objects/pack/*.pack) && rm -f ${p%pack}idx && "
		"git index-pack --index-version=1 $p >said",
		NONE},
	    {"bases by id",
		"git -c repack.useDeltaBaseOffset=false repack -q -a -d -f --depth=50",
		SOME},
	    {"several packs",
		"for v in v1~200 v1~100 v1; do git rev-list --objects $v | git "
		"pack-objects"
		" -q --delta-base-offset .git/objects/pack/part >said || exit 1; done &&"
		" rm -f .git/objects/pack/pack-*",
		ALL},
	    {"and their indexes merged", "git multi-pack-index write", ALL},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		size_t n, all = lines("ids");
		run(cases[i].command);
		n = found_by_ours();
		if (n == all ? cases[i].found != ALL
			     : cases[i].found != (n > 0 ? SOME : NONE))
			fail_msg("%s: %zu of %zu found", cases[i].what, n, all);
	}
}

// --- packs made here ----------------------------------------------------------------

#define BLOB 3
#define DELTA_BY_OFFSET 6

static void
put_deflated(struct rmk_buf *b, const void *bytes, size_t n)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(1);
	size_t cap = libdeflate_zlib_compress_bound(c, n);
	char *to = rmk_arena_alloc(b->arena, cap);

	n = libdeflate_zlib_compress(c, bytes, n, to, cap);
	rmk_buf_add(b, (struct rmk_str){to, n});
	libdeflate_free_compressor(c);
}

// Blob 0 is "x"; blob i is a delta: blob i - 1, and an "x".
static void
put_version(struct rmk_buf *b, unsigned i, size_t back)
{
	const uint8_t delta[] = {(uint8_t)(0x80 | (i & 0x7f)), (uint8_t)(i >> 7),
	    (uint8_t)(0x80 | ((i + 1) & 0x7f)), (uint8_t)((i + 1) >> 7), 0x80 | 0x30,
	    (uint8_t)i, (uint8_t)(i >> 8), 1, 'x'};

	rmk_buf_addc(b, (char)((i ? DELTA_BY_OFFSET : BLOB) << 4 | (i ? 9 : 1)));
	if (i)
		rmk_buf_addc(b, (char)back);
	put_deflated(b, i ? (const void *)delta : "x", i ? sizeof delta : 1);
}

static void
write_chain(struct rmk_arena *a, unsigned deltas)
{
	struct rmk_buf b = {.arena = a};
	struct rmk_sha1 sha1;
	uint8_t sum[20];
	FILE *pack = fopen("chain.pack", "w");
	size_t before = 0, at;

	assert_non_null(pack);
	rmk_buf_add(&b, S("PACK\0\0\0\2\0\0"));
	rmk_buf_addc(&b, (char)((deltas + 1) >> 8));
	rmk_buf_addc(&b, (char)(deltas + 1));
	for (unsigned i = 0; i <= deltas; i++) {
		at = rmk_buf_str(&b).n;
		put_version(&b, i, at - before);
		before = at;
	}
	rmk_sha1_start(&sha1);
	rmk_sha1_add(&sha1, rmk_buf_str(&b));
	rmk_sha1_end(&sha1, sum);
	rmk_buf_add(&b, (struct rmk_str){(const char *)sum, sizeof sum});
	fwrite(rmk_buf_str(&b).s, 1, rmk_buf_str(&b).n, pack);
	assert_int_equal(fclose(pack), 0);
	run("rm -rf .git/objects/pack/* && git index-pack -o .git/objects/pack/chain.idx"
	    " chain.pack >said && mv -f chain.pack .git/objects/pack/");
}

static bool
reads_blob(git_odb *odb, struct rmk_str text)
{
	git_odb_object *got;
	git_oid id;

	rmk_sha1_blob(text, id.id);
	if (git_odb_read(&got, odb, &id) < 0)
		return false;
	assert_text((struct rmk_str){git_odb_object_data(got), git_odb_object_size(got)},
	    text, "blob");
	git_odb_object_free(got);
	return true;
}

static void
test_chain(void **state)
{
	char xs[RMK_PACK_CHAIN + 2];
	struct rmk_arena a = {0};
	git_odb *odb;

	(void)state;
	memset(xs, 'x', sizeof xs);
	write_chain(&a, RMK_PACK_CHAIN + 1);
	odb = ours(&a);
	assert_false(reads_blob(odb, (struct rmk_str){xs, RMK_PACK_CHAIN + 2}));
	assert_true(reads_blob(odb, (struct rmk_str){xs, RMK_PACK_CHAIN + 1}));
	// From a base that is kept, further.
	assert_true(reads_blob(odb, (struct rmk_str){xs, RMK_PACK_CHAIN + 2}));
	// Most of them are not kept any more.
	for (size_t n = 1; n <= sizeof xs; n++)
		assert_true(reads_blob(odb, (struct rmk_str){xs, n}));
	git_odb_free(odb);
	rmk_arena_free(&a);
}

static void
test_size(void **state)
{
	struct rmk_arena a = {0};
	struct rmk_str zeros = {rmk_arena_zero(&a, RMK_PACK_OBJECT + 1, 1), 0};

	(void)state;
	for (size_t more = 0; more < 2; more++) {
		git_odb *odb;
		char command[200];
		zeros.n = RMK_PACK_OBJECT + more;
		snprintf(command, sizeof command,
		    "rm -rf .git/objects/pack/* && head -c %zu /dev/zero |"
		    " git hash-object -w --stdin | git pack-objects -q"
		    " .git/objects/pack/big >said",
		    zeros.n);
		run(command);
		odb = ours(&a);
		assert_int_equal(reads_blob(odb, zeros), !more);
		git_odb_free(odb);
	}
	rmk_arena_free(&a);
}

// --- damage ---------------------------------------------------------------------------

// Read what can be read; whatever it is, it must not be beyond the bytes there are.
static void
read_all(struct rmk_arena *a)
{
	git_odb *odb = ours(a);

	for (size_t n = 1; n <= 4; n++) {
		git_odb_object *got;
		git_oid id;
		rmk_sha1_blob((struct rmk_str){"xxxx", n}, id.id);
		if (git_odb_read(&got, odb, &id) < 0)
			continue;
		assert_true(git_odb_object_size(got) <= RMK_PACK_OBJECT);
		git_odb_object_free(got);
	}
	git_odb_free(odb);
}

// Every byte of a file made another one, in some of its bits, and the file cut anywhere.
static void
damage(struct rmk_arena *a, const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	off_t size = lseek(fd, 0, SEEK_END);

	assert_true(size > 0);
	for (off_t i = 0; i < size; i++) {
		struct rmk_arena_mark mark = rmk_arena_mark(a);
		char whole, c;
		assert_int_equal(pread(fd, &whole, 1, i), 1);
		for (unsigned bit = 0; bit < 8; bit += 3) {
			c = (char)(whole ^ 1 << bit);
			assert_int_equal(pwrite(fd, &c, 1, i), 1);
			read_all(a);
		}
		assert_int_equal(pwrite(fd, &whole, 1, i), 1);
		rmk_arena_reset(a, mark);
	}
	while (size-- > 0) {
		assert_int_equal(ftruncate(fd, size), 0);
		read_all(a);
	}
	close(fd);
}

static void
test_damage(void **state)
{
	static const char *const paths[] = {
	    ".git/objects/pack/chain.pack", ".git/objects/pack/chain.idx"};
	struct rmk_arena a = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(paths); i++) {
		write_chain(&a, 3);
		run("chmod u+w .git/objects/pack/*");
		damage(&a, paths[i]);
	}
	rmk_arena_free(&a);
}

// A delta as anybody may write it.
static void
test_deltas(void **state)
{
	static const struct {
		const char *what;
		struct rmk_str delta;
		bool whole;
	} cases[] = {
	    {"a copy and new bytes", S("\4\6\x90\4\2yz"), true},
	    {"a copy from further on", S("\4\2\x91\2\2"), true},
	    {"nothing from nothing", S("\4\0"), true},
	    {"another base", S("\5\6\x90\4\2yz"), false},
	    {"beyond the base", S("\4\4\x91\1\4"), false},
	    {"from beyond the base", S("\4\1\x91\5\1"), false},
	    {"a copy of 65536, which no size says", S("\4\4\x80"), false},
	    {"too little", S("\4\6\x90\4\1y"), false},
	    {"too much", S("\4\5\x90\4\2yz"), false},
	    {"new bytes that are not there", S("\4\6\x90\4\2y"), false},
	    {"a copy cut off", S("\4\4\x91\0"), false},
	    {"the reserved command", S("\4\4\0\x90\4"), false},
	    {"a size without an end", S("\x84\x80\x80\x80\x80\x80\1"), false},
	    {"more than is read", S("\4\x81\x80\x80\x80\1\x90\4"), false},
	    {"no sizes", S(""), false},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct rmk_str delta = cases[i].delta;
		uint8_t to[6];
		size_t size = 0;
		bool whole = rmk_delta_open(&delta, 4, &size) && size <= sizeof to &&
		             rmk_delta_apply(delta, (const uint8_t *)"abcd", 4, to, size);
		if (whole != cases[i].whole)
			fail_msg("%s: %d", cases[i].what, whole);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_forms),
	    cmocka_unit_test(test_chain),
	    cmocka_unit_test(test_size),
	    cmocka_unit_test(test_damage),
	    cmocka_unit_test(test_deltas),
	};
	return cmocka_run_group_tests(tests, enter, leave);
}
