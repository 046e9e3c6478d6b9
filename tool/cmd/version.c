// rowmark version: which one this is.
#include "opt.h"
#include "out.h"

static const struct opt opts[] = {
    OPT_FORMAT("text json"),
    OPT_END,
};

static const struct example examples[] = {
    {"Which version is installed", "rowmark version"},
    {NULL, NULL},
};

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
	rmk_json_end(&j);
	out_str(rmk_buf_str(&buf));
	out_fill('\n', 1);
	return FINE;
}

const struct cmd cmd_version = {
    .name = "version",
    .args = "",
    .line = "Show the version of rowmark",
    .about = "Prints the version.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 0,
    .run = version_run,
};
