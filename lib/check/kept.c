// Findings packed, and unpacked again: see kept.h.
//
//	| rule | level | line | from | to | nedits | nsplices | 9 texts
//	| nothers | ranges .. | nsuggestions | (range, source, text) .. |
//
// Numbers take seven bits a byte, the lowest first. A text is 0 when it is empty, 1 when it is
// that of the finding before (a hint, a table's address), else its length and one, and its bytes.
#include "check/kept.h"
#include "base/buf.h"

#include <stddef.h>

#define NTEXTS 9

// The texts of a finding, in the order they are packed.
static const size_t text_at[NTEXTS] = {offsetof(struct rmk_finding, source),
    offsetof(struct rmk_finding, message), offsetof(struct rmk_finding, found),
    offsetof(struct rmk_finding, wanted), offsetof(struct rmk_finding, hint),
    offsetof(struct rmk_finding, table), offsetof(struct rmk_finding, key),
    offsetof(struct rmk_finding, apart), offsetof(struct rmk_finding, label)};

static struct rmk_str
kept_text(const struct rmk_finding *f, size_t i)
{
	return *(const struct rmk_str *)((const char *)f + text_at[i]);
}

// --- packing ------------------------------------------------------------------

static void
pack_number(struct rmk_buf *out, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		rmk_buf_addc(out, (char)(0x80 | (n & 0x7F)));
	rmk_buf_addc(out, (char)n);
}

static void
kept_pack_text(struct rmk_buf *out, struct rmk_str text, struct rmk_str before)
{
	// A thousand findings of one long cell have its very text.
	bool there = text.s == before.s && text.n == before.n;
	bool same = text.n && (there || rmk_str_eq(text, before));

	pack_number(out, text.n == 0 ? 0 : same ? 1 : text.n + 1);
	if (!same)
		rmk_buf_add(out, text);
}

static void
pack_range(struct rmk_buf *out, struct rmk_range at)
{
	pack_number(out, at.line);
	pack_number(out, at.from);
	pack_number(out, at.to);
}

static void
pack_finding(
    struct rmk_buf *out, const struct rmk_finding *f, const struct rmk_finding *before)
{
	pack_number(out, (uint64_t)(f->rule - rmk_rules));
	pack_number(out, f->level);
	pack_range(out, f->at);
	pack_number(out, f->nedits);
	pack_number(out, f->nsplices);
	for (size_t i = 0; i < NTEXTS; i++)
		kept_pack_text(out, kept_text(f, i), kept_text(before, i));
	pack_number(out, f->nothers);
	for (size_t i = 0; i < f->nothers; i++)
		pack_range(out, f->others[i]);
	pack_number(out, f->nsuggestions);
	for (size_t i = 0; i < f->nsuggestions; i++) {
		pack_range(out, f->suggestions[i].at);
		kept_pack_text(out, f->suggestions[i].source, f->source);
		kept_pack_text(out, f->suggestions[i].text, RMK_STR(""));
	}
}

struct rmk_kept
rmk_findings_pack(
    struct rmk_arena *a, struct rmk_str path, const struct rmk_findings *found)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_finding none = {0};

	for (size_t i = 0; i < found->n; i++)
		pack_finding(&out, &found->v[i], i ? &found->v[i - 1] : &none);
	return (struct rmk_kept){path, rmk_buf_str(&out), found->n};
}

void
rmk_findings_leave_lines(struct rmk_findings *found)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct rmk_finding f = found->v[i];

		found->v[i] = (struct rmk_finding){.rule = f.rule,
		    .level = f.level,
		    .path = f.path,
		    .at = f.at,
		    .message = f.message};
	}
}

// --- unpacking ----------------------------------------------------------------

static uint64_t
unpack_number(const struct rmk_str *bytes, size_t *at)
{
	uint64_t n = 0;
	unsigned char c;
	unsigned shift = 0;

	do {
		c = (unsigned char)bytes->s[(*at)++];
		n |= (uint64_t)(c & 0x7F) << shift;
		shift += 7;
	} while (c & 0x80);
	return n;
}

static struct rmk_str
unkept_pack_text(const struct rmk_str *bytes, size_t *at, struct rmk_str before)
{
	size_t n = unpack_number(bytes, at);
	struct rmk_str text;

	if (n <= 1)
		return n ? before : (struct rmk_str){"", 0};
	text = rmk_str_part(*bytes, *at, n - 1);
	*at += text.n;
	return text;
}

static struct rmk_range
unpack_range(const struct rmk_str *bytes, size_t *at)
{
	struct rmk_range range;

	range.line = (uint32_t)unpack_number(bytes, at);
	range.from = (uint32_t)unpack_number(bytes, at);
	range.to = (uint32_t)unpack_number(bytes, at);
	return range;
}

static void
unpack_lists(struct rmk_kept_cursor *c, const struct rmk_str *bytes)
{
	struct rmk_finding *f = &c->finding;

	f->nothers = unpack_number(bytes, &c->at);
	if (f->nothers)
		f->others = RMK_NEW_N(&c->scratch, struct rmk_range, f->nothers);
	for (size_t i = 0; i < f->nothers; i++)
		f->others[i] = unpack_range(bytes, &c->at);
	f->nsuggestions = unpack_number(bytes, &c->at);
	if (f->nsuggestions)
		f->suggestions = RMK_NEW_N(
		    &c->scratch, struct rmk_suggestion, f->nsuggestions);
	for (size_t i = 0; i < f->nsuggestions; i++) {
		f->suggestions[i].at = unpack_range(bytes, &c->at);
		f->suggestions[i].source = unkept_pack_text(bytes, &c->at, f->source);
		f->suggestions[i].text = unkept_pack_text(bytes, &c->at, RMK_STR(""));
	}
}

// The texts of the finding before are still there: those that are the same are left alone.
static void
unpack_finding(struct rmk_kept_cursor *c)
{
	const struct rmk_str *bytes = &c->files[c->file]->bytes;
	struct rmk_finding *f = &c->finding;

	rmk_arena_reset(&c->scratch, (struct rmk_arena_mark){0});
	f->path = c->files[c->file]->path;
	f->rule = &rmk_rules[unpack_number(bytes, &c->at)];
	f->level = (enum rmk_level)unpack_number(bytes, &c->at);
	f->at = unpack_range(bytes, &c->at);
	f->nedits = unpack_number(bytes, &c->at);
	f->nsplices = unpack_number(bytes, &c->at);
	for (size_t i = 0; i < NTEXTS; i++)
		*(struct rmk_str *)((char *)f + text_at[i]) = unkept_pack_text(
		    bytes, &c->at, kept_text(f, i));
	unpack_lists(c, bytes);
	c->next++;
}

const struct rmk_finding *
rmk_kept_at(void *ctx, size_t i)
{
	struct rmk_kept_cursor *c = ctx;

	while (i < c->first) {
		c->first -= c->files[--c->file]->n;
		c->next = c->first;
		c->at = 0;
	}
	while (i >= c->first + c->files[c->file]->n) {
		c->first += c->files[c->file++]->n;
		c->next = c->first;
		c->at = 0;
	}
	if (i + 1 < c->next) {
		c->next = c->first;
		c->at = 0;
	}
	while (c->next <= i)
		unpack_finding(c);
	return &c->finding;
}
