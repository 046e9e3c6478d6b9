// What rows are called: the names of a table are read once.
#include "row_name.h"

static struct rmk_row_names *
file_row_names(struct rmk_arena *a, struct file *file, size_t table)
{
	if (!file->names)
		file->names = RMK_NEW_N(
		    a, struct rmk_row_names *, file->doc->ntables + 1);
	if (!file->names[table]) {
		file->names[table] = RMK_NEW(a, struct rmk_row_names);
		*file->names[table] = rmk_row_names_of(
		    a, file->doc, table, file_schema(a, file, table)->key);
	}
	return file->names[table];
}

struct rmk_str
picked_row_name(struct rmk_arena *a, const struct picked *p, size_t row)
{
	return rmk_row_name(file_row_names(a, p->file, p->table), row);
}

struct rmk_namesake
picked_namesake(struct rmk_arena *a, const struct picked *p, size_t row)
{
	return rmk_row_namesake(file_row_names(a, p->file, p->table), row);
}
