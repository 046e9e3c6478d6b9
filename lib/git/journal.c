// What is noted, and how it is taken back: see journal.h.
//
// A record is a word, numbers, and texts with their lengths, so that a path may hold
// anything:
//
//	swap 1234 56 1767323045 0 9 16\nREADME.md.git/rowmark-0\n
#include "git/journal.h"

#include "base/buf.h"
#include "base/system.h"
#include "git/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NUMBERS 4
#define TEXTS 2

struct record {
	char word[8];
	unsigned long long numbers[NUMBERS];
	struct rmk_str texts[TEXTS];
};

// --- writing ----------------------------------------------------------------------

static enum rmk_code
journal_add(struct rmk_lock *lock, const struct record *r, struct rmk_err *err)
{
	struct rmk_arena arena = {0};
	struct rmk_buf b = {.arena = &arena};
	bool written;

	if (lock->fd < 0) // only a file is written, and git's folder cannot be
		return RMK_OK;
	rmk_buf_printf(&b, "%s", r->word);
	for (size_t i = 0; i < NUMBERS; i++)
		rmk_buf_printf(&b, " %llu", r->numbers[i]);
	for (size_t i = 0; i < TEXTS; i++)
		rmk_buf_printf(&b, " %zu", r->texts[i].n);
	rmk_buf_addc(&b, '\n');
	for (size_t i = 0; i < TEXTS; i++)
		rmk_buf_add(&b, r->texts[i]);
	rmk_buf_addc(&b, '\n');
	written = lseek(lock->fd, 0, SEEK_END) >= 0 &&
	          rmk_write_all(lock->fd, rmk_buf_str(&b));
	rmk_arena_free(&arena);
	return written ? RMK_OK : rmk_fail_errno(err, "%s: cannot write", lock->path.s);
}

enum rmk_code
rmk_journal_command(struct rmk_lock *lock, struct rmk_str command, struct rmk_err *err)
{
	return journal_add(lock, &(struct record){"by", {0}, {command}}, err);
}

enum rmk_code
rmk_journal_park(struct rmk_lock *lock, struct rmk_str path, struct rmk_err *err)
{
	return journal_add(lock, &(struct record){"park", {0}, {path}}, err);
}

enum rmk_code
rmk_journal_swap(struct rmk_lock *lock, struct rmk_str file, struct rmk_str temp,
    const struct rmk_file_id *now, struct rmk_err *err)
{
	struct record r = {"swap",
	    {(unsigned long long)now->ino, (unsigned long long)now->size,
		(unsigned long long)now->mtime.tv_sec,
		(unsigned long long)now->mtime.tv_nsec},
	    {file, temp}};

	return journal_add(lock, &r, err);
}

enum rmk_code
rmk_journal_log(struct rmk_lock *lock, struct rmk_str file, size_t size, size_t line,
    struct rmk_err *err)
{
	return journal_add(lock, &(struct record){"log", {size, line}, {file}}, err);
}

enum rmk_code
rmk_journal_carry(struct rmk_lock *lock, struct rmk_str from, struct rmk_str others,
    struct rmk_err *err)
{
	return journal_add(lock, &(struct record){"carry", {0}, {from, others}}, err);
}

enum rmk_code
rmk_journal_ref(struct rmk_lock *lock, struct rmk_str ref_lock, struct rmk_str id,
    struct rmk_err *err)
{
	return journal_add(lock, &(struct record){"ref", {0}, {ref_lock, id}}, err);
}

enum rmk_code
rmk_journal_last(
    struct rmk_lock *lock, const char *step, size_t nfiles, struct rmk_err *err)
{
	return journal_add(
	    lock, &(struct record){"last", {nfiles}, {rmk_str_of(step)}}, err);
}

// --- reading ----------------------------------------------------------------------

static bool
take_number(struct rmk_str *line, unsigned long long *out)
{
	size_t n = 1;

	*out = 0;
	if (!line->n || line->s[0] != ' ')
		return false;
	for (; n < line->n && line->s[n] >= '0' && line->s[n] <= '9'; n++)
		*out = *out * 10 + (unsigned long long)(line->s[n] - '0');
	*line = rmk_str_from(*line, n);
	return n > 1 && n < 22;
}

static bool
take_record(struct rmk_arena *a, struct rmk_str *rest, struct record *out)
{
	unsigned long long lengths[TEXTS];
	struct rmk_str line;
	size_t word;

	*out = (struct record){{0}, {0}, {{0}}};
	if (!rmk_str_split(rest, '\n', &line) || !rest->s)
		return false;
	word = rmk_str_chr(line, ' ');
	if (word == RMK_NONE || word >= sizeof out->word)
		return false;
	memcpy(out->word, line.s, word);
	line = rmk_str_from(line, word);
	for (size_t i = 0; i < NUMBERS; i++)
		if (!take_number(&line, &out->numbers[i]))
			return false;
	for (size_t i = 0; i < TEXTS; i++)
		if (!take_number(&line, &lengths[i]) || lengths[i] > rest->n)
			return false;
	if (line.n)
		return false;
	for (size_t i = 0; i < TEXTS; i++) {
		if (lengths[i] > rest->n)
			return false;
		out->texts[i] = (struct rmk_str){
		    rmk_str_c(a, rmk_str_part(*rest, 0, lengths[i])), lengths[i]};
		*rest = rmk_str_from(*rest, lengths[i]);
	}
	if (!rmk_str_starts(*rest, RMK_STR("\n")))
		return false;
	*rest = rmk_str_from(*rest, 1);
	return true;
}

struct journal {
	struct record *v;
	size_t n, cap;
};

static bool
is_word(const struct record *r, const char *word)
{
	return strcmp(r->word, word) == 0;
}

static struct journal
journal_read(struct rmk_arena *a, const struct rmk_lock *lock)
{
	struct journal j = {0};
	struct rmk_str rest = {0}, mark;
	struct record r;

	if (rmk_file_read(a, lock->path, &rest, NULL, NULL) ||
	    !rmk_str_split(&rest, '\n', &mark) || !rest.s)
		return j;
	while (take_record(a, &rest, &r))
		*RMK_PUSH(a, j.v, j.n, j.cap) = r;
	return j;
}

// The last record of a word, or NULL.
static const struct record *
last_of(const struct journal *j, const char *word)
{
	for (size_t i = j->n; i-- > 0;) {
		if (is_word(&j->v[i], word))
			return &j->v[i];
	}
	return NULL;
}

// --- what was done -------------------------------------------------------------------

// Whether a file is the one that was put in place, and nobody has written it since.
static bool
is_put(const struct record *r)
{
	struct stat st;

	return lstat(r->texts[0].s, &st) == 0 && st.st_ino == r->numbers[0] &&
	       (unsigned long long)st.st_size == r->numbers[1] &&
	       (unsigned long long)st.st_mtim.tv_sec == r->numbers[2] &&
	       (unsigned long long)st.st_mtim.tv_nsec == r->numbers[3];
}

static bool
has_moved(struct rmk_repo *repo, const struct record *ref)
{
	struct rmk_oid head;

	return ref && repo->engine->ref(repo, RMK_STR("HEAD"), &head, NULL) == RMK_OK &&
	       rmk_str_eq(rmk_oid_hex(repo->a, &head, RMK_NONE), ref->texts[1]);
}

// The last step is the last file, the index, or the branch; each is noted before it is made,
// and the index is a file that is exchanged like others.
static bool
is_finished(struct rmk_repo *repo, const struct journal *j)
{
	const struct record *last = last_of(j, "last"), *swap = last_of(j, "swap");
	size_t nswaps = 0;

	if (!last)
		return false;
	if (rmk_str_eq(last->texts[0], RMK_STR("ref")))
		return has_moved(repo, last_of(j, "ref"));
	for (size_t i = 0; i < j->n; i++)
		nswaps += is_word(&j->v[i], "swap");
	if (rmk_str_eq(last->texts[0], RMK_STR("index")))
		return swap && rmk_str_eq(swap->texts[0], repo->index) && is_put(swap);
	return swap && nswaps >= last->numbers[0] && is_put(swap);
}

// The first version of a file goes back, whichever of ours is in its place.
static void
take_back(const struct journal *j, size_t first)
{
	const struct record *r = &j->v[first];
	struct stat st;
	bool put = false;

	for (size_t i = 0; i < j->n; i++) {
		const struct record *other = &j->v[i];

		if (!is_word(other, "swap") || !rmk_str_eq(other->texts[0], r->texts[0]))
			continue;
		if (i < first)
			return;
		put = put || is_put(other);
	}
	if (put && lstat(r->texts[1].s, &st) == 0)
		rmk_system_exchange_alone(
		    AT_FDCWD, r->texts[1].s, AT_FDCWD, r->texts[0].s);
}

// A line of a commit which was not made.
static void
cut_log(const struct record *r)
{
	struct stat st;

	if (lstat(r->texts[0].s, &st) == 0 && S_ISREG(st.st_mode) &&
	    (unsigned long long)st.st_size == r->numbers[0] + r->numbers[1] &&
	    truncate(r->texts[0].s, (off_t)r->numbers[0]))
		return; // it says more than there is, which harms nobody
}

static bool
holds_id(const char *path, const char *id)
{
	char held[2 * RMK_OID_MAX + 1] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? 0 : read(fd, held, sizeof held - 1);

	if (fd >= 0)
		close(fd);
	return n > 0 && strncmp(held, id, strlen(id)) == 0;
}

// The branch's lock holds the id of a commit that only the dead one could have made.
static void
remove_traces(const struct record *r)
{
	if (is_word(r, "park"))
		unlink(r->texts[0].s);
	else if (is_word(r, "swap"))
		unlink(r->texts[1].s);
	else if (is_word(r, "ref") && r->texts[0].n &&
		 holds_id(r->texts[0].s, r->texts[1].s))
		unlink(r->texts[0].s);
}

void
rmk_journal_replay(struct rmk_arena *a, struct rmk_repo *repo, struct rmk_lock *lock,
    struct rmk_recovered *out)
{
	struct journal j = journal_read(a, lock);
	const struct record *by = last_of(&j, "by"), *ref = last_of(&j, "ref");
	bool finished;

	for (size_t i = 0; i < j.n; i++)
		if (is_word(&j.v[i], "swap"))
			rmk_system_exchange_settle(AT_FDCWD, j.v[i].texts[1].s);
	finished = is_finished(repo, &j);
	*out = (struct rmk_recovered){.found = true, .finished = finished};
	if (by)
		out->command = by->texts[0];
	if (finished && ref && has_moved(repo, ref))
		snprintf(out->id, sizeof out->id, "%s", ref->texts[1].s);
	for (size_t i = j.n; !finished && i-- > 0;) {
		if (is_word(&j.v[i], "swap"))
			take_back(&j, i);
		else if (is_word(&j.v[i], "log"))
			cut_log(&j.v[i]);
		else if (is_word(&j.v[i], "carry"))
			rmk_move_restore(a, repo, j.v[i].texts[0], j.v[i].texts[1]);
	}
	for (size_t i = 0; i < j.n; i++)
		remove_traces(&j.v[i]);
	unlink(rmk_hooks_index(a, repo->index).s);
	if (ftruncate(lock->fd, (off_t)strlen(RMK_LOCK_MARK)))
		return; // then it is told once more what is done
}
