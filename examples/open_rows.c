// The rows of a Markdown file that are not done: open_rows [FILE]
//
//	README.md#papers  LoRA  Not read
#include <rowmark.h>

#include <err.h>
#include <stdio.h>

static void
print_open(struct rmk_arena *a, const struct rmk_doc *doc, size_t table)
{
	struct rmk_schema *schema = rmk_schema_of(a, doc, table);
	struct rmk_str address = rmk_address_of(a, doc, table);

	for (size_t r = 0; r < doc->tables[table].nrows; r++) {
		struct rmk_str key = rmk_address_row(a, doc, table, schema, r);

		for (size_t s = 0; s < schema->nstatus; s++) {
			size_t col = schema->status[s];
			struct rmk_str cell = rmk_doc_cell(
			    doc, &doc->tables[table].rows[r], col);
			struct rmk_str text = rmk_value_text(a, cell);

			if (rmk_field_progress(a, &schema->fields[col], cell) != RMK_DONE)
				printf("%.*s  %.*s  %.*s\n", RMK_FMT(address),
				    RMK_FMT(key), RMK_FMT(text));
		}
	}
}

int
main(int argc, char **argv)
{
	struct rmk_arena arena = {0};
	struct rmk_str path = rmk_str_of(argc > 1 ? argv[1] : "README.md"), text;
	struct rmk_doc *doc;
	struct rmk_err err;

	if (rmk_file_read(&arena, path, &text, NULL, &err) ||
	    rmk_doc_parse(&arena, path, text, 0, &doc, &err))
		errx(2, "%s", err.msg);
	for (size_t t = 0; t < doc->ntables; t++)
		print_open(&arena, doc, t);
	rmk_arena_free(&arena);
	return 0;
}
