// Write one cell of a file, and nothing else: set_cell FILE#TABLE ROW COLUMN VALUE
//
// The value goes through the gate (edit/edit.h), and the file is replaced in one step
// (io/file.h): after a crash it is the old one or the new one, whole.
#include <rowmark.h>

#include <err.h>
#include <stdio.h>

// Find the cell that the words name.
static enum rmk_code
set_cell_find(struct rmk_arena *a, const struct rmk_doc *doc, struct rmk_str table,
    char **words, struct rmk_edit *out, struct rmk_err *e)
{
	struct rmk_schema *schema;
	struct rmk_hits hits;

	if (rmk_address_table(a, doc, table, &out->table, e))
		return e->code;
	schema = rmk_schema_of(a, doc, out->table);
	hits = rmk_address_rows(a, doc, out->table, schema, rmk_str_of(words[0]));
	if (hits.n != 1)
		return rmk_fail(e, hits.n ? RMK_AMBIGUOUS : RMK_NOT_FOUND,
		    "%zu rows match '%s'", hits.n, words[0]);
	out->row = hits.rows[0];
	if (rmk_address_column(
		a, doc, out->table, schema, rmk_str_of(words[1]), &out->col, e))
		return e->code;
	return rmk_field_spell(
	    a, &schema->fields[out->col], rmk_str_of(words[2]), &out->value, e);
}

int
main(int argc, char **argv)
{
	struct rmk_edit edit = {.kind = RMK_EDIT_CELL};
	struct rmk_arena arena = {0};
	struct rmk_address address;
	struct rmk_file_new file;
	struct rmk_file_id id;
	struct rmk_str text;
	struct rmk_doc *doc;
	struct rmk_err e;

	if (argc != 5)
		errx(2, "usage: set_cell FILE#TABLE ROW COLUMN VALUE");
	address = rmk_address_parse(rmk_str_of(argv[1]));
	if (rmk_file_read(&arena, address.file, &text, &id, &e) ||
	    rmk_doc_parse(&arena, address.file, text, 0, &doc, &e) ||
	    set_cell_find(&arena, doc, address.table, argv + 2, &edit, &e) ||
	    rmk_edits_apply(&arena, doc, &edit, 1, &text, &e) ||
	    rmk_file_prepare(&arena, RMK_STR(""), address.file, &id, text, &file, &e) ||
	    rmk_file_commit(&file, &e))
		errx(2, "%s", e.msg);
	rmk_arena_free(&arena);
	return 0;
}
