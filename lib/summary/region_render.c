// Writing the regions of a file anew.
//
//	words ──▶ what to count ──▶ summary ──▶ body ──▶ splice ──▶ parse again ──▶ compare
//
// Only bodies and end markers are spliced, so nothing else can change its bytes; parsing
// again makes sure that it does not change its meaning either: a body must not swallow
// what follows it.
#include "summary/region.h"

#include "base/map.h"
#include "schema/address.h"
#include "summary/region_rows.h"
#include "summary/region_words.h"

// Regions that sum up whole files, each its own way, would read as often as there are of
// them: so many bytes of tables are summed up for the regions of one file.
#define SUMMED_LEAST ((size_t)16 << 20)
#define SUMMED_TIMES 16

// Each view of SQL has a budget of its own, so a file has so many at most.
#define VIEWS_MOST 16

// The bodies that were made, by the words that ask for them and the line's end.
struct region_bodies {
	struct rmk_arena arena;
	struct rmk_map map;
	struct rmk_str *v;
	size_t n, cap;
};

struct job {
	struct rmk_arena *a;
	const struct rmk_doc *doc;
	const struct rmk_render_opts *opts;
	const struct rmk_region *region;
	size_t *budget; // bytes that may still be summed up
	size_t *nviews; // views of SQL that were made
	struct rmk_err *err;
};

// Whether a path in a region is the file the region is in.
static bool
is_own(const struct rmk_doc *doc, struct rmk_str path)
{
	size_t slash = rmk_str_rchr(doc->path, '/');
	struct rmk_str name = rmk_str_from(doc->path, slash == RMK_NONE ? 0 : slash + 1);

	return path.n == 0 || rmk_str_eq(path, name);
}

static enum rmk_code
spend_bytes(const struct job *j, size_t bytes)
{
	if (bytes > *j->budget)
		return rmk_fail(j->err, RMK_TOO_BIG,
		    "%.*s:%u: the regions of this file sum up too much in all",
		    RMK_FMT(j->doc->path), j->region->begin);
	*j->budget -= bytes;
	return RMK_OK;
}

static struct rmk_str
table_bytes(const struct rmk_doc *doc, const struct rmk_table *t)
{
	struct rmk_span last = t->nrows ? t->rows[t->nrows - 1].span : t->delim.span;

	return rmk_str_part(
	    doc->text, t->header.span.at, last.at + last.len - t->header.span.at);
}

static enum rmk_code
count_whole(const struct job *j, const struct rmk_doc *doc, struct rmk_region_words *w,
    struct rmk_summary *s)
{
	enum rmk_code code = spend_bytes(j, doc->text.n);

	return code ? code : rmk_summary_doc(s, doc, &w->opts, j->err);
}

static enum rmk_code
count_address(const struct job *j, struct rmk_region_words *w, struct rmk_str address,
    struct rmk_summary *s)
{
	struct rmk_address at = rmk_address_parse(address);
	const struct rmk_doc *doc = j->doc;
	enum rmk_code code;
	size_t table;

	if (!is_own(j->doc, at.file)) {
		w->style.local = false;
		if ((code = j->opts->open(j->opts->ctx, at.file, &doc, j->err)))
			return code;
	}
	if (at.table.n == 0)
		return count_whole(j, doc, w, s);
	if ((code = rmk_address_table(j->a, doc, at.table, &table, j->err)) ||
	    (code = spend_bytes(j, table_bytes(doc, &doc->tables[table]).n)))
		return code;
	return rmk_summary_add(
	    s, doc, table, rmk_schema_of(j->a, doc, table), &w->opts, j->err);
}

static bool
names_other_files(const struct job *j, const struct rmk_region_words *w)
{
	for (size_t i = 0; i < w->ntables; i++) {
		if (!is_own(j->doc, rmk_address_parse(w->tables[i]).file))
			return true;
	}
	return false;
}

static size_t
longest_fence(struct rmk_str text)
{
	size_t run = 0, most = 0;

	for (size_t i = 0; i < text.n; i++) {
		run = text.s[i] == '`' ? run + 1 : 0;
		most = run > most ? run : most;
	}
	return most;
}

// The body: a blank line, what was asked for, a blank line; in the file's line ends. fence:
// what the text is in a fenced block; NULL: Markdown.
static struct rmk_str
make_body(const struct job *j, struct rmk_str text, const char *fence_of)
{
	struct rmk_buf body = {.arena = j->a};
	struct rmk_str line, eol = rmk_doc_line_end(j->doc, j->region->begin);
	size_t fence;

	text = rmk_str_trim(text);
	fence = longest_fence(text) + 1;
	fence = fence < 3 ? 3 : fence;
	rmk_buf_add(&body, eol);
	if (fence_of) {
		rmk_buf_fill(&body, '`', fence);
		rmk_buf_adds(&body, fence_of);
		rmk_buf_add(&body, eol);
	}
	while (rmk_str_split(&text, '\n', &line)) {
		rmk_buf_add(&body, line);
		rmk_buf_add(&body, eol);
	}
	if (fence_of) {
		rmk_buf_fill(&body, '`', fence);
		rmk_buf_add(&body, eol);
	}
	rmk_buf_add(&body, eol);
	return rmk_buf_str(&body);
}

// FNV-1a of the body without CRs, so that a checkout in other line ends is no edit. It
// shows an edit by hand, not an attack.
struct rmk_str
rmk_region_checksum(struct rmk_arena *a, struct rmk_str body)
{
	uint32_t sum = 2166136261u;

	for (size_t i = 0; i < body.n; i++) {
		if (body.s[i] != '\r')
			sum = (sum ^ (unsigned char)body.s[i]) * 16777619u;
	}
	return rmk_str_printf(a, "%08x", sum);
}

static enum rmk_region_state
state_of(const struct job *j, struct rmk_str body)
{
	struct rmk_str old = rmk_doc_str(j->doc, j->region->body);
	struct rmk_str sum = rmk_region_checksum(j->a, old);

	if (rmk_str_eq(old, body))
		return rmk_str_eq(sum, j->region->sum) ? RMK_REGION_FRESH
		                                       : RMK_REGION_STALE;
	if (rmk_str_trim(old).n == 0 || rmk_str_eq(sum, j->region->sum))
		return RMK_REGION_STALE;
	return RMK_REGION_EDITED;
}

static enum rmk_code
make_summary(const struct job *j, struct rmk_region_words *w, struct rmk_str *body)
{
	struct rmk_buf text = {.arena = j->a};
	struct rmk_summary s = {.arena = j->a};
	enum rmk_code code = RMK_OK;

	if (!j->opts->open && names_other_files(j, w))
		return RMK_OK;
	if (w->ntables == 0)
		code = count_whole(j, j->doc, w, &s);
	for (size_t i = 0; i < w->ntables && !code; i++)
		code = count_address(j, w, w->tables[i], &s);
	if (code)
		return code;
	if (s.ntables == 0)
		return rmk_fail(j->err, RMK_NOT_FOUND,
		    "%.*s:%u: nothing to sum up: no table with a status column",
		    RMK_FMT(j->doc->path), j->region->begin);
	rmk_summary_finish(&s);
	rmk_summary_write(&s, &w->style, &text);
	*body = make_body(j, rmk_buf_str(&text),
	    w->style.format == RMK_SUMMARY_MD     ? NULL
	    : w->style.format == RMK_SUMMARY_TEXT ? "text"
						  : "mermaid");
	return RMK_OK;
}

// What is a view is asked of this file's tables alone.
static enum rmk_code
make_view(const struct job *j, const struct rmk_region_words *w, struct rmk_str *body)
{
	struct rmk_buf text = {.arena = j->a};
	struct rmk_err why;
	enum rmk_code code;

	if (names_other_files(j, w))
		code = rmk_fail(
		    &why, RMK_REFUSED, "a view is of the tables of its own file alone");
	else if (w->kind == RMK_REGION_SQL && ++*j->nviews > VIEWS_MOST)
		code = rmk_fail(&why, RMK_TOO_BIG,
		    "a file has at most %d different views of SQL", VIEWS_MOST);
	else if ((code = spend_bytes(j, j->doc->text.n)))
		return code;
	else if (w->kind == RMK_REGION_SQL)
		code = j->opts->view(j->a, j->doc, w->statement, &text, &why);
	else
		code = rmk_region_rows(j->a, j->doc, w, &text, &why);
	if (code)
		return rmk_fail(j->err, code, "%.*s:%u: %s", RMK_FMT(j->doc->path),
		    j->region->begin, why.msg);
	*body = make_body(j, rmk_buf_str(&text), NULL);
	return RMK_OK;
}

// The body that a region asks for; none when it names files that are not open, or is made by
// others: the guide, and SQL where nobody handed in who can read that.
static enum rmk_code
make_region(const struct job *j, struct rmk_str *body)
{
	struct rmk_region_words w;
	enum rmk_code code = rmk_region_words_read(j->a, j->doc, j->region, &w, j->err);

	if (code)
		return code;
	if (w.kind == RMK_REGION_SUMMARY)
		return make_summary(j, &w, body);
	if (w.kind == RMK_REGION_GUIDE || (w.kind == RMK_REGION_SQL && !j->opts->view))
		return RMK_OK;
	return make_view(j, &w, body);
}

// A view that cannot be made, or goes past its budget, stays as it is, and that is said.
static bool
is_view(const struct rmk_region *r)
{
	return !rmk_str_starts(rmk_str_trim(r->words), RMK_STR("summary"));
}

// The same, made once for all regions of the same words.
static enum rmk_code
find_region(const struct job *j, struct region_bodies *bodies, struct rmk_str *body)
{
	struct rmk_str eol = rmk_doc_line_end(j->doc, j->region->begin);
	struct rmk_str asked = rmk_str_printf(
	    j->a, "%.*s%.*s", RMK_FMT(j->region->words), RMK_FMT(eol));
	size_t i = rmk_map_get(&bodies->map, asked);
	enum rmk_code code;

	if (i == RMK_NONE) {
		code = make_region(j, body);
		if (code || !body->s)
			return code;
		i = bodies->n;
		*RMK_PUSH(&bodies->arena, bodies->v, bodies->n,
		    bodies->cap) = rmk_str_copy(&bodies->arena, *body);
		*rmk_map_put(&bodies->map, rmk_str_copy(&bodies->arena, asked)) = i;
	}
	*body = bodies->v[i];
	return RMK_OK;
}

// Whether two documents hold the same tables: their bytes and their shape.
static bool
same_outside(const struct rmk_doc *was, const struct rmk_doc *is)
{
	bool same = was->ntables == is->ntables;

	for (size_t i = 0; i < was->ntables && same; i++) {
		const struct rmk_table *old = &was->tables[i], *new = &is->tables[i];

		same = old->nrows == new->nrows &&
		       old->ncols == new->ncols &&rmk_str_eq(
					 table_bytes(was, old), table_bytes(is, new));
	}
	return same;
}

static enum rmk_code
gate(struct rmk_arena *a, const struct rmk_doc *doc, const struct rmk_regions *regions,
    struct rmk_str text, struct rmk_err *err)
{
	struct rmk_regions again;
	struct rmk_doc *new;
	enum rmk_code code;

	if ((code = rmk_doc_parse(a, doc->path, text, RMK_PARSE_ALL, &new, err)))
		return code;
	again = rmk_regions_of(a, new);
	if (again.code || again.n != regions->n || !same_outside(doc, new))
		return rmk_fail(err, RMK_REFUSED,
		    "%.*s: writing its regions would change what stands around them",
		    RMK_FMT(doc->path));
	return RMK_OK;
}

static void
region_render_splice(struct rmk_buf *out, const struct rmk_doc *doc,
    const struct rmk_region *r, size_t *at, struct rmk_str body)
{
	rmk_buf_add(out, rmk_str_part(doc->text, *at, r->body.at - *at));
	rmk_buf_add(out, body);
	*at = r->body.at + r->body.len;
	rmk_buf_add(out, rmk_str_part(doc->text, *at, r->mark.at - *at));
	rmk_buf_printf(out, "<!-- rowmark:end %.*s -->",
	    RMK_FMT(rmk_region_checksum(out->arena, body)));
	*at = r->mark.at + r->mark.len;
}

// Every region in turn. What one is made from is of no use to the next.
static enum rmk_code
render_regions(struct rmk_arena *out, struct rmk_regions *r, struct job *j,
    struct region_bodies *bodies, struct rmk_buf *text, size_t *at)
{
	for (size_t i = 0; i < r->n; i++) {
		struct rmk_arena_mark mark = rmk_arena_mark(j->a);
		struct rmk_str body = {0};
		enum rmk_code code;

		j->region = &r->v[i];
		code = find_region(j, bodies, &body);
		if (code && code != RMK_INVALID && is_view(j->region)) {
			r->v[i].state = RMK_REGION_REFUSED;
			r->v[i].why = rmk_str_copy(out, rmk_str_of(j->err->msg));
			rmk_arena_reset(j->a, mark);
			continue;
		}
		if (code)
			return code;
		r->v[i].state = body.s ? state_of(j, body) : RMK_REGION_SKIPPED;
		if (r->v[i].state == RMK_REGION_STALE ||
		    (r->v[i].state == RMK_REGION_EDITED && j->opts->force))
			region_render_splice(text, j->doc, &r->v[i], at, body);
		if (text->n > RMK_MAX_FILE)
			return rmk_fail(j->err, RMK_TOO_BIG,
			    "%.*s: with its regions it is larger than %zu bytes",
			    RMK_FMT(j->doc->path), RMK_MAX_FILE);
		rmk_arena_reset(j->a, mark);
	}
	return RMK_OK;
}

enum rmk_code
rmk_render(struct rmk_arena *a, const struct rmk_doc *doc,
    const struct rmk_render_opts *opts, struct rmk_str *out, struct rmk_regions *regions,
    struct rmk_err *err)
{
	struct rmk_arena scratch = {.oom = a->oom, .ctx = a->ctx};
	struct region_bodies bodies = {.arena = scratch, .map.arena = &bodies.arena};
	size_t nviews = 0, at = 0, budget = SUMMED_LEAST + SUMMED_TIMES * doc->text.n;
	struct rmk_err unasked;
	struct job j = {.a = &scratch,
	    .doc = doc,
	    .opts = opts,
	    .budget = &budget,
	    .nviews = &nviews,
	    .err = err ? err : &unasked};
	struct rmk_regions r = rmk_regions_of(a, doc);
	struct rmk_buf text = {.arena = a};
	enum rmk_code code;

	if (r.code) {
		if (err)
			*err = r.err;
		return r.code;
	}
	code = render_regions(a, &r, &j, &bodies, &text, &at);
	rmk_arena_free(&scratch);
	rmk_arena_free(&bodies.arena);
	if (code)
		return code;
	rmk_buf_add(&text, rmk_str_from(doc->text, at));
	if (at && (code = gate(a, doc, &r, rmk_buf_str(&text), err)))
		return code;
	*out = at ? rmk_buf_str(&text) : doc->text;
	*regions = r;
	return RMK_OK;
}

static void
say_kept(
    struct rmk_buf *why, const struct rmk_doc *doc, const struct rmk_regions *regions)
{
	for (size_t i = 0; why && i < regions->n; i++)
		if (regions->v[i].state == RMK_REGION_REFUSED)
			rmk_buf_printf(why, "%.*s; the region stays as it is\n",
			    RMK_FMT(regions->v[i].why));
		else if (regions->v[i].state == RMK_REGION_EDITED)
			rmk_buf_printf(why,
			    "%.*s:%u: this region was edited by hand and is kept as it "
			    "is "
			    "(rowmark render --force writes over it)\n",
			    RMK_FMT(doc->path), regions->v[i].begin);
}

struct rmk_str
rmk_render_refresh(struct rmk_arena *a, struct rmk_str path, struct rmk_str text,
    rmk_region_view *view, struct rmk_buf *why)
{
	struct rmk_render_opts opts = {.view = view};
	struct rmk_regions regions;
	struct rmk_doc *doc;
	struct rmk_str out;
	struct rmk_err err;

	if (rmk_str_find(text, RMK_STR("rowmark:begin")) == RMK_NONE ||
	    rmk_doc_parse(a, path, text, RMK_PARSE_ALL, &doc, NULL))
		return text;
	if (rmk_render(a, doc, &opts, &out, &regions, &err)) {
		if (why)
			rmk_buf_printf(
			    why, "%s; no region was brought up to date\n", err.msg);
		return text;
	}
	say_kept(why, doc, &regions);
	return out;
}
