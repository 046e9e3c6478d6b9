// What the schema of a version says, kept by its blob: see versions.h.
#include "history/versions.h"

#include "schema/address.h"
#include "schema/status_words.h"

// The schema of a table of its document; kept, for columns are asked for one after another.
static enum rmk_code
version_schema(struct rmk_versions *v, struct rmk_version *s, uint32_t at,
    const struct rmk_schema **out)
{
	enum rmk_code code = rmk_versions_doc(v, s);

	if (code)
		return code;
	if (!s->schema || s->schema_of != at)
		s->schema = rmk_schema_columns(
		    &v->sides[s->seen.side].arena, s->seen.doc, at);
	s->schema_of = at;
	*out = s->schema;
	return RMK_OK;
}

// --- tables and columns -----------------------------------------------------------

enum rmk_code
rmk_versions_table(
    struct rmk_versions *v, struct rmk_version *s, struct rmk_str name, uint32_t *out)
{
	struct rmk_str bytes,
	    key = rmk_str_printf(v->scratch, "a%.*s.%.*s",
		RMK_FMT(v->moments[s->seen.moment].blob), RMK_FMT(name));
	struct rmk_buf b = {.arena = v->scratch};
	enum rmk_code code;
	size_t at;

	if (rmk_versions_get(v, key, &bytes) && rmk_take_number(&bytes, out)) {
		*out = rmk_facts_place(s->facts, *out);
		return RMK_OK;
	}
	if ((code = rmk_versions_doc(v, s)) ||
	    (code = rmk_address_table(v->scratch, s->seen.doc, name, &at, v->err)))
		return code;
	rmk_pack_number(&b, (uint32_t)at);
	rmk_versions_put(v, key, rmk_buf_str(&b));
	*out = rmk_facts_place(s->facts, (uint32_t)at);
	return RMK_OK;
}

// --- what a version itself takes for statuses -----------------------------------------

// How a declaration names each column: none is asked for without one.
static enum rmk_code
ask_declared(struct rmk_versions *v, struct rmk_version *s, uint32_t table,
    struct rmk_str *declared)
{
	const struct rmk_fact_table *t = s->facts->tables[table];
	struct rmk_buf b = {.arena = v->scratch};
	const struct rmk_schema *schema;
	enum rmk_code code;

	*declared = (struct rmk_str){0};
	if (!rmk_own_is_declared(&v->own, t))
		return RMK_OK;
	rmk_buf_addc(&b, 'i');
	rmk_buf_add(&b, rmk_text_get(rmk_versions_texts(v), t->ident));
	if (rmk_versions_get(v, rmk_buf_str(&b), declared))
		return RMK_OK;
	if ((code = version_schema(v, s, s->facts->at[table], &schema)))
		return code;
	declared->s = RMK_NEW_N(v->scratch, char, schema->ncols);
	declared->n = schema->ncols;
	for (size_t i = 0; i < schema->ncols; i++) {
		const struct rmk_field *field = &schema->fields[i];
		((char *)declared->s)[i] = !field->declared            ? 0
		                           : field->type == RMK_STATUS ? RMK_OWN_STATUS
		                                                       : RMK_OWN_FIELD;
	}
	rmk_versions_put(v, rmk_buf_str(&b), *declared);
	return RMK_OK;
}

enum rmk_code
rmk_versions_own(struct rmk_versions *v, struct rmk_version *s)
{
	struct rmk_str declared;
	enum rmk_code code;

	for (uint32_t i = 0; i < s->facts->n; i++) {
		const struct rmk_fact_table *t = s->facts->tables[i];
		if (rmk_own_ident_of(&v->own, t)->fields)
			continue;
		if ((code = ask_declared(v, s, i, &declared)))
			return code;
		rmk_own_ident_set(&v->own, t, declared);
	}
	rmk_own_fill(&v->own, v->scratch, s->facts);
	return RMK_OK;
}

enum rmk_code
rmk_versions_declares(struct rmk_versions *v, struct rmk_version *s, uint32_t table,
    uint32_t col, bool *out)
{
	struct rmk_str declared;
	enum rmk_code code = ask_declared(v, s, table, &declared);

	*out = !code && col < declared.n && declared.s[col] == RMK_OWN_STATUS;
	return code;
}

// --- columns that were asked for ------------------------------------------------------

static enum rmk_code
ask_columns(
    struct rmk_versions *v, struct rmk_version *s, uint32_t at, struct rmk_buf *packed)
{
	const struct rmk_summary_opts *o = &v->opts->count;
	const struct rmk_schema *schema;
	enum rmk_code code = version_schema(v, s, at, &schema);
	size_t col;

	if (code)
		return code;
	for (size_t i = 0; i < o->ncolumns; i++) {
		if (rmk_address_column(v->scratch, s->seen.doc, at, schema, o->columns[i],
			&col, NULL) == RMK_OK)
			rmk_pack_number(packed, (uint32_t)col);
	}
	return RMK_OK;
}

// What was asked for names what is kept: other columns are other answers.
static struct rmk_str
columns_key(struct rmk_versions *v, const struct rmk_version *s, uint32_t at)
{
	struct rmk_buf key = {.arena = v->scratch};

	rmk_buf_printf(&key, "r%.*s.%u", RMK_FMT(v->moments[s->seen.moment].blob), at);
	for (size_t i = 0; i < v->opts->count.ncolumns; i++) {
		rmk_buf_addc(&key, '\n');
		rmk_buf_add(&key, v->opts->count.columns[i]);
	}
	return rmk_buf_str(&key);
}

enum rmk_code
rmk_versions_columns(struct rmk_versions *v, struct rmk_version *s, uint32_t table,
    uint32_t **cols, size_t *n)
{
	struct rmk_buf packed = {.arena = v->scratch};
	uint32_t at = s->facts->at[table], col;
	struct rmk_str key, bytes;
	enum rmk_code code;
	size_t cap = 0;

	*cols = NULL;
	*n = 0;
	if (v->opts->count.ncolumns == 0) {
		*cols = rmk_own_columns(&v->own, v->scratch, s->facts->tables[table],
		    s->facts->own[table], n);
		return RMK_OK;
	}
	key = columns_key(v, s, at);
	if (!rmk_versions_get(v, key, &bytes)) {
		if ((code = ask_columns(v, s, at, &packed)))
			return code;
		bytes = rmk_buf_str(&packed);
		rmk_versions_put(v, key, bytes);
	}
	while (rmk_take_number(&bytes, &col)) {
		if (col < s->facts->tables[table]->ncols)
			*RMK_PUSH(v->scratch, *cols, *n, cap) = col;
	}
	return RMK_OK;
}

// --- values -------------------------------------------------------------------------

static enum rmk_progress
by_words(struct rmk_str key)
{
	return rmk_progress_of_rank(rmk_words_rank(RMK_NONE, key));
}

// How far a value is for the schema of the version it is in; where that sees no
// status in the column, the word alone decides.
static enum rmk_progress
by_schema(const struct rmk_field *field, struct rmk_str key)
{
	return field->type == RMK_STATUS ? rmk_field_progress_of_key(field, key)
	                                 : by_words(key);
}

static bool
take_progress(struct rmk_str *bytes, enum rmk_progress *out)
{
	if (bytes->n == 0 || (uint8_t)bytes->s[0] >= RMK_NPROGRESS)
		return false;
	*out = (enum rmk_progress)bytes->s[0];
	*bytes = rmk_str_from(*bytes, 1);
	return true;
}

enum rmk_code
rmk_versions_progress(struct rmk_versions *v, struct rmk_version *s, uint32_t table,
    uint32_t col, struct rmk_str key, enum rmk_progress *out)
{
	uint32_t at = s->facts->at[table];
	const struct rmk_schema *schema;
	struct rmk_str kept,
	    name = rmk_str_printf(v->scratch, "p%.*s.%u.%u.%.*s",
		RMK_FMT(v->moments[s->seen.moment].blob), at, col, RMK_FMT(key));
	enum rmk_code code;
	char byte;

	if (rmk_versions_get(v, name, &kept) && take_progress(&kept, out))
		return RMK_OK;
	if ((code = version_schema(v, s, at, &schema)))
		return code;
	*out = by_schema(&schema->fields[col], key);
	byte = (char)*out;
	rmk_versions_put(v, name, (struct rmk_str){&byte, 1});
	return RMK_OK;
}

static struct rmk_str
pack_terms(struct rmk_arena *a, const struct rmk_field *field)
{
	struct rmk_buf b = {.arena = a};

	for (size_t i = 0; i < field->nterms; i++) {
		const struct rmk_term *t = &field->terms[i];
		rmk_buf_addc(&b, (char)rmk_term_progress(field, t));
		rmk_pack_text(&b, t->key);
		rmk_pack_text(&b, t->text);
	}
	return rmk_buf_str(&b);
}

enum rmk_code
rmk_versions_terms(struct rmk_versions *v, struct rmk_version *s, uint32_t table,
    uint32_t col, struct rmk_version_term **terms, size_t *n)
{
	uint32_t at = s->facts->at[table];
	struct rmk_str bytes, name = rmk_str_printf(v->scratch, "e%.*s.%u.%u",
				  RMK_FMT(v->moments[s->seen.moment].blob), at, col);
	const struct rmk_schema *schema;
	struct rmk_version_term t;
	enum rmk_code code;
	size_t cap = 0;

	*terms = NULL;
	*n = 0;
	if (!rmk_versions_get(v, name, &bytes)) {
		if ((code = version_schema(v, s, at, &schema)))
			return code;
		bytes = pack_terms(v->scratch, &schema->fields[col]);
		rmk_versions_put(v, name, bytes);
	}
	while (take_progress(&bytes, &t.progress) && rmk_take_text(&bytes, &t.key) &&
	       rmk_take_text(&bytes, &t.text))
		*RMK_PUSH(v->scratch, *terms, *n, cap) = t;
	return RMK_OK;
}
