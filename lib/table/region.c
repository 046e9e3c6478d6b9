// Finding the regions of a file.
//
// A marker is a comment of one line that GitHub hides: a line of an HTML block. So what
// is in code, where the syntax is being explained, is no marker.
#include "table/region.h"

#include <string.h>

enum mark_kind { MARK_NONE, MARK_BEGIN, MARK_END };

struct mark {
	enum mark_kind kind;
	struct rmk_str words; // behind the marker's word
	struct rmk_span span; // the comment
};

static const struct rmk_str opening = RMK_STR("<!--"), closing = RMK_STR("-->");

// A line without the marks of the lists and quotes that it is in.
static struct rmk_str
inside_containers(struct rmk_str line)
{
	static const char marks[] = "> \t-*+.)0123456789";
	size_t at = 0;

	while (at < line.n && memchr(marks, line.s[at], sizeof marks - 1))
		at++;
	return rmk_str_from(line, at);
}

// The marker a line holds. Whole: the comment is all there is on the line.
static struct mark
read_mark(const struct rmk_doc *doc, uint32_t line, bool contained, bool *whole)
{
	static const struct rmk_str begin = RMK_STR("rowmark:begin"),
				    end = RMK_STR("rowmark:end");
	struct rmk_str text = rmk_str_trim(rmk_doc_line(doc, line)), inner;
	struct mark m = {MARK_NONE, {0}, {0}};
	size_t word;

	if (contained)
		text = inside_containers(text);
	if (!rmk_str_starts(text, opening))
		return m;
	*whole = rmk_str_ends(text, closing) &&
	         rmk_str_find(text, closing) == text.n - closing.n;
	inner = rmk_str_from(text, opening.n);
	if (*whole)
		inner = rmk_str_part(inner, 0, inner.n - closing.n);
	inner = rmk_str_trim(inner);
	word = rmk_str_starts(inner, begin) ? begin.n
	       : rmk_str_starts(inner, end) ? end.n
	                                    : 0;
	if (!word || (inner.n > word && inner.s[word] != ' ' && inner.s[word] != '\t'))
		return m;
	m.kind = word == begin.n ? MARK_BEGIN : MARK_END;
	m.words = rmk_str_trim(rmk_str_from(inner, word));
	m.span = (struct rmk_span){(uint32_t)(text.s - doc->text.s), (uint32_t)text.n};
	return m;
}

// One step of the finder: a marker against the region that is open.
static enum rmk_code
take_mark(const struct rmk_doc *doc, struct rmk_region *open, const struct mark *m,
    uint32_t line, struct rmk_err *err)
{
	struct rmk_str path = doc->path;

	if (m->kind == MARK_END && !open->begin)
		return rmk_fail(err, RMK_INVALID,
		    "%.*s:%u: rowmark:end without a rowmark:begin before it",
		    RMK_FMT(path), line);
	if (m->kind == MARK_BEGIN && open->begin) {
		rmk_fail(err, RMK_INVALID,
		    "%.*s:%u: rowmark:begin inside the region that begins on line %u",
		    RMK_FMT(path), line, open->begin);
		return rmk_hint(err, "a region ends with <!-- rowmark:end -->");
	}
	if (m->kind == MARK_BEGIN) {
		open->begin = line;
		open->words = m->words;
		open->body.at = line < doc->nlines ? doc->lines[line].at
		                                   : (uint32_t)doc->text.n;
		return RMK_OK;
	}
	open->end = line;
	open->sum = m->words;
	open->mark = m->span;
	open->body.len = doc->lines[line - 1].at - open->body.at;
	return RMK_OK;
}

static enum rmk_code
find_in_block(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_block *block, struct rmk_region *open, struct rmk_regions *out,
    size_t *cap)
{
	for (uint32_t line = block->line; line < block->line + block->nlines; line++) {
		bool whole = true;
		struct mark m = read_mark(doc, line, block->containers > 0, &whole);
		if (m.kind == MARK_NONE)
			continue;
		if (!whole || block->containers)
			return rmk_fail(&out->err, RMK_INVALID,
			    "%.*s:%u: a region's marker must be a comment of one line %s",
			    RMK_FMT(doc->path), line,
			    whole ? "outside lists and quotes"
				  : "with nothing else on it");
		if (take_mark(doc, open, &m, line, &out->err))
			return RMK_INVALID;
		if (m.kind == MARK_END) {
			*RMK_PUSH(a, out->v, out->n, *cap) = *open;
			*open = (struct rmk_region){0};
		}
	}
	return RMK_OK;
}

struct rmk_regions
rmk_regions_of(struct rmk_arena *a, const struct rmk_doc *doc)
{
	struct rmk_regions r = {0};
	struct rmk_region open = {0};
	size_t cap = 0;

	for (size_t i = 0; i < doc->nblocks && !r.code; i++) {
		if (doc->blocks[i].kind == RMK_BLOCK_HTML)
			r.code = find_in_block(a, doc, &doc->blocks[i], &open, &r, &cap);
	}
	if (!r.code && open.begin) {
		r.code = rmk_fail(&r.err, RMK_INVALID,
		    "%.*s:%u: rowmark:begin without a rowmark:end after it",
		    RMK_FMT(doc->path), open.begin);
		rmk_hint(&r.err, "write <!-- rowmark:end --> where the region ends");
	}
	return r;
}
