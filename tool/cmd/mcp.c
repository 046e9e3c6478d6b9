// rowmark mcp: the tables for programs that speak the Model Context Protocol.
#include "child.h"
#include "open_table.h"
#include "opt.h"
#include "out.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct opt opts[] = {
    {0, "read-only", NULL, "leave out the tools that write", NULL},
    OPT_END,
};

static const struct example examples[] = {
    {"What a client is told of the server",
	"echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
	"{\"protocolVersion\":\"2025-11-25\"}}' | rowmark mcp"},
    {NULL, NULL},
};

static enum rmk_code
mcp_run_command(struct rmk_arena *a, const struct rmk_mcp_host *host,
    struct rmk_mcp_run *run, struct rmk_err *err)
{
	(void)host;
	return child_run(a, run, err);
}

static bool
is_below(const char *path, const char *root)
{
	size_t n = strlen(root);

	return strncmp(path, root, n) == 0 &&
	       (path[n] == '\0' || path[n] == '/' || strcmp(root, "/") == 0);
}

// Where symbolic links lead counts, not how the path looks. Of one that is not there nothing can
// be read.
static enum rmk_code
mcp_may_read(struct rmk_arena *a, const struct rmk_mcp_host *host, struct rmk_str address,
    struct rmk_err *err)
{
	struct rmk_source source = rmk_source_parse(a, rmk_address_parse(address).file);
	const char *path = rmk_str_c(a, source.path), *root = host->ctx;
	char *real;
	bool below;

	if (source.place == RMK_FROM_STDIN)
		return rmk_fail(err, RMK_REFUSED, "'-' names no file here");
	if (source.place != RMK_FROM_WORKTREE || !*path)
		return RMK_OK;
	real = realpath(path, NULL);
	below = real ? is_below(real, root) : errno == ENOENT || errno == ENOTDIR;
	free(real);
	if (below)
		return RMK_OK;
	rmk_fail(err, RMK_REFUSED, "%s: leads out of the folder that is served", path);
	return rmk_hint(err, "tables lists what is there");
}

// The top of the repository; without one, and in a bare one, the current folder.
static enum rmk_code
mcp_root(struct call *c, char **out, struct rmk_err *err)
{
	struct rmk_repo *repo;
	const char *top = ".";

	if (call_repo(c, &repo, err) == RMK_OK && rmk_repo_top(repo).n)
		top = rmk_str_c(c->arena, rmk_repo_top(repo));
	*out = realpath(top, NULL);
	rmk_repo_close(c->repo);
	c->repo = NULL;
	return *out ? RMK_OK : rmk_fail_errno(err, "%s", top);
}

static enum exit_status
mcp_run(struct call *c)
{
	struct rmk_mcp_host host = {.read_only = opt_on(c, "read-only"),
	    .run = mcp_run_command,
	    .may_read = mcp_may_read};
	struct rmk_rpc rpc;
	struct rmk_err err;
	enum rmk_code code;
	char *root;

	if (mcp_root(c, &root, &err) || rmk_rpc_open_stdio(&rpc, &rmk_rpc_mcp, &err))
		return complain(&err);
	host.ctx = root;
	code = rmk_mcp_serve(&rpc, &host, &err);
	rmk_rpc_close(&rpc);
	free(root);
	return code ? complain(&err) : FINE;
}

const struct cmd cmd_mcp = {
    .name = "mcp",
    .args = "",
    .line = "Serve the tables to programs that speak MCP",
    .about =
	"Speaks the Model Context Protocol on standard input and output, for agents\n"
	"that have no shell. A client starts it in the repository, or with -C, and ends\n"
	"it by closing its input.\n"
	"\n"
	"The tools are commands, and do what those do: tables (ls), next, show, set,\n"
	"add, claim, check and log. What they write is committed, with hooks and\n"
	"signatures, and refused where the command refuses it; the answer then says why\n"
	"and what to do. Each call is a process of its own, so that servers and command\n"
	"lines may work on one repository at once.\n"
	"\n"
	"The statuses of the tables are listed where a tool takes one, if they are at\n"
	"most 50; the client is told when they change. An answer takes at most 20 KB;\n"
	"where there is more it holds next_cursor, which gets the rest when the same is\n"
	"asked again with it as cursor. The documents are those of --json, and\n"
	"'rowmark help --schema COMMAND' prints their schemas.\n"
	"\n"
	"Only files of the repository can be named, or, outside one, of the current\n"
	"folder; links that lead out of it are refused. With --read-only the tools that\n"
	"write are left out.\n"
	"\n"
	"Served are the revisions 2025-11-25 and 2025-06-18, which begin with\n"
	"initialize, and 2026-07-28, which does not.\n",
    .examples = examples,
    .opts = opts,
    .least = 0,
    .most = 0,
    .run = mcp_run,
};
