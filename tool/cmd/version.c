// rowmark version: which one this is.
#include "git/drivers.h"
#include "install.h"
#include "io/cache.h"
#include "opt.h"
#include "out.h"

#include <stdlib.h>

static const struct opt opts[] = {
    OPT_FORMAT("text json"),
    OPT_END,
};

static const struct example examples[] = {
    {"Which version is installed", "rowmark version"},
    {NULL, NULL},
};

// What it leaves behind, and in which format: another version may find it.
static void
put_formats(struct rmk_json *j)
{
	static const struct {
		const char *name, *format;
	} formats[] = {{"cache", RMK_CACHE_FORMAT}, {"drivers", RMK_DRIVERS_FORMAT},
	    {"hooks", HOOK_FORMAT}};

	rmk_json_object(j, "formats");
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		rmk_json_number(j, formats[i].name, atoi(formats[i].format));
	rmk_json_end(j);
}

static enum exit_status
version_run(struct call *c)
{
	struct rmk_buf buf = {.arena = c->arena};
	struct rmk_json j = {.out = &buf};

	if (opt_format_is(c, "text")) {
		out_printf("rowmark %s\n", RMK_VERSION);
		return FINE;
	}
	rmk_json_object(&j, NULL);
	rmk_json_number(&j, "version", 1);
	rmk_json_cstr(&j, "rowmark", RMK_VERSION);
	put_formats(&j);
	rmk_json_end(&j);
	out_str(rmk_buf_str(&buf));
	out_fill('\n', 1);
	return FINE;
}

const struct cmd cmd_version = {
    .name = "version",
    .args = "",
    .line = "Show the version of rowmark",
    .about = "Prints the version; with `--json` also the formats of what it keeps and "
	     "installs: the\n"
	     "cache of histories, the drivers and the hooks. What is of another format "
	     "is made\n"
	     "again, or said to be by another version.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 0,
    .run = version_run,
};
