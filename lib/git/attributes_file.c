// Files of attributes, edited line by line: see the header.
#include "git/attributes_file.h"

#include "base/buf.h"
#include "git/drivers.h"
#include "io/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const patterns[] = {"*.md", "*.markdown"};
#define NPATTERNS (sizeof patterns / sizeof *patterns)

// --- lines --------------------------------------------------------------------------

static bool
is_our_pattern(struct rmk_str word)
{
	for (size_t i = 0; i < NPATTERNS; i++)
		if (rmk_str_eq(word, rmk_str_of(patterns[i])))
			return true;
	return false;
}

// The drivers a line of ours gives; 0: it is not ours.
static unsigned
drivers_of(struct rmk_str line)
{
	struct rmk_str word, rest = rmk_str_trim(line);
	unsigned drivers = 0;

	if (!rmk_str_split(&rest, ' ', &word) || !is_our_pattern(word))
		return 0;
	while (rmk_str_split(&rest, ' ', &word)) {
		if (rmk_str_eq(word, RMK_STR("merge=rowmark")))
			drivers |= RMK_DRIVER_MERGE;
		else if (rmk_str_eq(word, RMK_STR("diff=rowmark")))
			drivers |= RMK_DRIVER_DIFF;
		else if (word.n)
			return 0;
	}
	return drivers;
}

unsigned
rmk_attr_lines(struct rmk_str text)
{
	struct rmk_str line;
	unsigned drivers = 0;

	while (rmk_str_split(&text, '\n', &line))
		drivers |= drivers_of(line);
	return drivers;
}

struct rmk_str
rmk_attr_with_lines(struct rmk_arena *a, struct rmk_str text, unsigned drivers)
{
	struct rmk_buf out = {.arena = a};
	struct rmk_str line;

	for (size_t i = 0; drivers && i < NPATTERNS; i++)
		rmk_buf_printf(&out, "%s%s%s\n", patterns[i],
		    drivers & RMK_DRIVER_MERGE ? " merge=rowmark" : "",
		    drivers & RMK_DRIVER_DIFF ? " diff=rowmark" : "");
	while (text.n && rmk_str_split(&text, '\n', &line)) {
		if (drivers_of(line))
			continue;
		rmk_buf_add(&out, line);
		if (text.s)
			rmk_buf_addc(&out, '\n');
	}
	return rmk_buf_str(&out);
}

// "binary" is git's own word for -diff -merge -text.
static bool
is_merge_word(struct rmk_str word)
{
	if (word.n && (word.s[0] == '-' || word.s[0] == '!'))
		word = rmk_str_from(word, 1);
	return rmk_str_starts(word, RMK_STR("merge=")) ||
	       rmk_str_eq(word, RMK_STR("merge")) || rmk_str_eq(word, RMK_STR("binary"));
}

struct rmk_str
rmk_attr_merge_line(struct rmk_str text)
{
	struct rmk_str line, word;

	while (rmk_str_split(&text, '\n', &line)) {
		struct rmk_str rest = line = rmk_str_trim(line);

		if (drivers_of(line) || rmk_str_starts(line, RMK_STR("#")))
			continue;
		for (bool first = true; rmk_str_split(&rest, ' ', &word); first = false)
			if (!first && is_merge_word(rmk_str_trim(word)))
				return line;
	}
	return (struct rmk_str){0};
}

// --- files --------------------------------------------------------------------------

enum rmk_code
rmk_attr_read(
    struct rmk_arena *a, struct rmk_str file, struct rmk_str *out, struct rmk_err *err)
{
	*out = (struct rmk_str){0};
	if (access(rmk_str_c(a, file), F_OK) != 0 && errno == ENOENT)
		return RMK_OK;
	return rmk_file_read(a, file, out, NULL, err);
}

static void
make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(path, 0777);
		*slash = '/';
	}
}

enum rmk_code
rmk_attr_write(struct rmk_arena *a, struct rmk_str file, struct rmk_str was,
    struct rmk_str text, struct rmk_err *err)
{
	struct rmk_file_new new_;

	if (!was.s) {
		make_folders(rmk_str_c(a, file));
		return rmk_file_save(a, file, text, 0666, true, err);
	}
	if (text.n == 0)
		return unlink(rmk_str_c(a, file)) == 0
		           ? RMK_OK
		           : rmk_fail_errno(err, "%.*s: cannot remove", RMK_FMT(file));
	if (rmk_file_prepare(a, RMK_STR(""), file, NULL, text, &new_, err))
		return err->code;
	return rmk_file_commit(&new_, err);
}
