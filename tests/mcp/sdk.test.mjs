// Every tool by the client of npm's @modelcontextprotocol/sdk, and by a plain script of the revision
// without a handshake; each answer is held against the tool's outputSchema, and against the schema of
// the command (rowmark help --schema). With MCP_SCHEMA, the schema.json of the protocol's revision
// 2026-07-28, each message of that revision is held against it too.
import assert from "node:assert";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import test from "node:test";

const require = createRequire(join(process.env.ROWMARK_MCP_NPM, "package.json"));
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { StdioClientTransport } = require("@modelcontextprotocol/sdk/client/stdio.js");
const { ToolListChangedNotificationSchema } = require("@modelcontextprotocol/sdk/types.js");
const Ajv = require("ajv/dist/2020.js").default;
const rowmark = process.env.ROWMARK;
const ajv = new Ajv({ strict: false, validateFormats: false });

const commands = { tables: "ls" };
const calls = [
  ["tables", {}],
  ["next", { limit: 2 }],
  ["next", { ready: true }],
  ["show", { table: "PLAN.md" }],
  ["show", { row: "parse", columns: "Task,Status" }],
  ["show", { table: "PLAN.md", where: ["Status=Todo"], open: true }],
  ["set", { row: "parse", status: "Doing", expect: "Todo", message: "Begin" }],
  ["set", { row: "parse", column: "Owner", value: "ada" }],
  ["add", { cells: { Task: "docs" }, table: "PLAN.md" }],
  ["claim", { next: true, as: "bob" }],
  ["claim", { row: "parse", as: "bob" }], // ada's
  ["set", { row: "none", status: "Done" }],
  ["set", { row: "p", status: "Done" }],
  ["check", {}],
  ["check", { file: "PLAN.md", since: "HEAD" }],
  ["log", { row: "parse" }],
  ["log", { limit: 1 }],
];
const failing = new Set([10, 11, 12]);

function repository() {
  const folder = mkdtempSync(join(tmpdir(), "rowmark-mcp-"));
  const git = (...words) => execFileSync("git", ["-C", folder, ...words]);
  git("init", "-q", "-b", "main");
  git("config", "user.name", "Ada");
  git("config", "user.email", "ada@example.org");
  writeFileSync(join(folder, "PLAN.md"),
    "# Plan\n\n| Task | Status | Owner |\n|---|---|---|\n| parse | Todo | |\n| print | Doing | |\n| lex | Done | |\n");
  git("add", "-A");
  git("commit", "-qm", "A plan");
  return folder;
}

// The command's own schema says more than the tool's.
const schemas = {};
function commandSchema(tool) {
  const command = commands[tool] ?? tool;
  try {
    schemas[tool] ??= ajv.compile(JSON.parse(execFileSync(rowmark, ["help", "--schema", command], { stdio: ["ignore", "pipe", "ignore"] })));
  } catch {
    schemas[tool] ??= () => true; // none is kept of check and log
  }
  return schemas[tool];
}

function isAnswer(tool, result, fails) {
  const valid = ajv.compile(tool.outputSchema);
  assert(valid(result.structuredContent), JSON.stringify(valid.errors));
  const command = commandSchema(tool.name);
  assert(command(result.structuredContent), JSON.stringify(command.errors));
  assert.equal(result.isError, fails, JSON.stringify(result));
  if (fails) assert.match(result.content[0].text, /^rowmark: .*\n(.*\n)*hint: /);
  else assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
}

async function connected(t, folder, ...words) {
  const client = new Client({ name: "test", version: "1" });
  t.after(() => client.close());
  await client.connect(new StdioClientTransport({ command: rowmark, args: ["mcp", ...words], cwd: folder, env: process.env }));
  return client;
}

test("the SDK's client calls every tool", async (t) => {
  const folder = repository();
  const client = await connected(t, folder);
  const { tools } = await client.listTools();
  assert.equal(client.getServerVersion().name, "rowmark");
  assert.equal(tools.length, 8);
  assert(JSON.stringify(tools).length <= 8192);
  const byName = Object.fromEntries(tools.map((tool) => [tool.name, tool]));
  assert.deepEqual(byName.set.inputSchema.properties.status.enum, ["Todo", "Doing", "Done"]);
  assert.deepEqual(new Set(calls.map(([name]) => name)), new Set(tools.map((tool) => tool.name)));
  for (const [i, [name, args]] of calls.entries()) {
    assert(ajv.compile(byName[name].inputSchema)(args));
    isAnswer(byName[name], await client.callTool({ name, arguments: args }), failing.has(i));
  }
  assert.match(readFileSync(join(folder, "PLAN.md"), "utf8"), /\| parse \| Doing \| ada ?\|/);
  await assert.rejects(client.callTool({ name: "rm", arguments: {} }), { code: -32602 });
  await client.ping();
  rmSync(folder, { recursive: true });
});

test("the SDK's client is told when the statuses change", async (t) => {
  const folder = repository();
  const client = await connected(t, folder);
  const told = new Promise((resolve) => client.setNotificationHandler(ToolListChangedNotificationSchema, resolve));
  await client.listTools();
  writeFileSync(join(folder, "PLAN.md"), readFileSync(join(folder, "PLAN.md"), "utf8") + "| more | Blocked | |\n");
  await told;
  const { tools } = await client.listTools();
  assert(tools.find((tool) => tool.name === "set").inputSchema.properties.status.enum.includes("Blocked"));
  rmSync(folder, { recursive: true });
});

test("with --read-only the SDK's client sees five tools, and writes nothing", async (t) => {
  const folder = repository();
  const client = await connected(t, folder, "--read-only");
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map((tool) => tool.name), ["tables", "next", "show", "check", "log"]);
  const refused = await client.callTool({ name: "set", arguments: { row: "parse", status: "Done" } });
  assert.equal(refused.structuredContent.error.code, "read-only");
  rmSync(folder, { recursive: true });
});

// --- the revision without a handshake ------------------------------------------------------

const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

function stateless(t, folder) {
  const server = spawn(rowmark, ["mcp"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => server.kill());
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  let id = 0;
  return {
    say: (message) => server.stdin.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\n"),
    hear: async () => JSON.parse((await lines.next()).value),
    async ask(method, params = {}) {
      this.say({ id: ++id, method, params: { ...params, _meta: META } });
      const answer = await this.hear();
      assert.equal(answer.id, id);
      return answer;
    },
    end: () => new Promise((resolve) => { server.on("exit", resolve); server.stdin.end(); }),
  };
}

const protocol = process.env.MCP_SCHEMA && existsSync(process.env.MCP_SCHEMA)
  ? JSON.parse(readFileSync(process.env.MCP_SCHEMA, "utf8")) : null;
function isOfProtocol(type, message) {
  if (!protocol) return;
  const valid = ajv.compile({ ...protocol, $id: undefined, $ref: `#/$defs/${type}` });
  assert(valid(message), `${type}: ${JSON.stringify(valid.errors)}`);
}

test("requests of 2026-07-28 stand alone", async (t) => {
  const folder = repository();
  const server = stateless(t, folder);
  const discovered = await server.ask("server/discover");
  isOfProtocol("DiscoverResultResponse", discovered);
  assert.deepEqual(discovered.result.supportedVersions, ["2026-07-28"]);
  const listed = await server.ask("tools/list");
  isOfProtocol("ListToolsResultResponse", listed);
  assert(JSON.stringify(listed).length <= 8192);
  for (const [i, [name, args]] of calls.entries()) {
    const answer = await server.ask("tools/call", { name, arguments: args });
    isOfProtocol("CallToolResultResponse", answer);
    assert.equal(answer.result.resultType, "complete");
    isAnswer(listed.result.tools.find((tool) => tool.name === name), answer.result, failing.has(i));
  }
  server.say({ id: "old", method: "tools/list", params: { _meta: { ...META, "io.modelcontextprotocol/protocolVersion": "1900-01-01" } } });
  const refused = await server.hear();
  isOfProtocol("UnsupportedProtocolVersionError", refused);
  assert.equal(refused.error.code, -32022);
  assert.equal((await server.ask("initialize")).error.code, -32601);
  assert.equal(await server.end(), 0);
  rmSync(folder, { recursive: true });
});

test("a subscription of 2026-07-28 is told when the statuses change, until it is cancelled", async (t) => {
  const folder = repository();
  const server = stateless(t, folder);
  await server.ask("tools/list");
  server.say({ id: "l", method: "subscriptions/listen", params: { _meta: META, notifications: { toolsListChanged: true } } });
  const acknowledged = await server.hear();
  isOfProtocol("SubscriptionsAcknowledgedNotification", acknowledged);
  assert.equal(acknowledged.method, "notifications/subscriptions/acknowledged");
  writeFileSync(join(folder, "PLAN.md"), readFileSync(join(folder, "PLAN.md"), "utf8") + "| more | Blocked | |\n");
  const changed = await server.hear();
  isOfProtocol("ToolListChangedNotification", changed);
  assert.equal(changed.params._meta["io.modelcontextprotocol/subscriptionId"], "l");
  server.say({ method: "notifications/cancelled", params: { requestId: "l" } });
  writeFileSync(join(folder, "PLAN.md"), "nothing\n");
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await server.ask("server/discover"); // nothing came before it
  assert.equal(await server.end(), 0);
  rmSync(folder, { recursive: true });
});
