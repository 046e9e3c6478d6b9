// The server driven by the client that editors are made of (npm's vscode-languageserver-protocol
// on vscode-jsonrpc): every answer is of the protocol's types, and is what is kept.
//
//	node protocol.mjs ROWMARK FOLDER    the folder holds plan.md and people.md of tests/lsp/files
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.NODE_MODULES, 'x.js'));
const rpc = require('vscode-jsonrpc/node');
const p = require('vscode-languageserver-protocol');
const t = require('vscode-languageserver-types');
const { TextDocument } = require('vscode-languageserver-textdocument');

const [rowmark, folder] = process.argv.slice(2);
const root = pathToFileURL(resolve(folder)).href;

// Types that have no is() of their own are made of those that have.
const every = (is) => (v) => Array.isArray(v) && v.every(is);
const completions = (v) => every((i) => typeof i.label === 'string' && t.TextEdit.is(i.textEdit))(v.items);
const report = (v) => v.kind === 'unchanged' || every(t.Diagnostic.is)(v.items);

function connect(capabilities) {
  const server = spawn(rowmark, ['lsp'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const c = rpc.createMessageConnection(
    new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
  const published = [];
  c.onNotification(p.PublishDiagnosticsNotification.type, (params) => published.push(params));
  c.onRequest(p.RegistrationRequest.type, () => {});
  c.onUnhandledNotification((m) => { throw new Error(`not asked for: ${m.method}`); });
  c.listen();
  const ended = new Promise((done) => server.on('exit', done));
  return { c, published, ended, start: () => c.sendRequest(p.InitializeRequest.type, {
    processId: null, rootUri: root, capabilities, initializationOptions: { hints: true } }) };
}

// Addresses and what depends on the machine are written shorter.
function say(what, value) {
  console.log(`${what} ${JSON.stringify(value).replaceAll(root, 'ROOT')}`);
}

async function ask(c, type, params, is) {
  const got = await c.sendRequest(type, params);
  if (!is(got)) throw new Error(`${type.method}: not of its type: ${JSON.stringify(got)}`);
  say(type.method, got);
  return got;
}

const text = readFileSync(join(folder, 'plan.md'), 'utf8');
const uri = `${root}/plan.md`;
const doc = TextDocument.create(uri, 'markdown', 1, text);
const textDocument = { uri };
const opened = { textDocument: { uri, languageId: 'markdown', version: 1, text } };
const place = (word) => doc.positionAt(text.indexOf(word));
const whole = { start: doc.positionAt(0), end: doc.positionAt(text.length) };
const options = { tabSize: 4, insertSpaces: false };

const capabilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    hover: { contentFormat: ['markdown'] },
    publishDiagnostics: { relatedInformation: true },
  },
  workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
};

const { c, published, ended, start } = connect(capabilities);
say('capabilities', (await start()).capabilities);
await c.sendNotification(p.InitializedNotification.type, {});
await c.sendNotification(p.DidOpenTextDocumentNotification.type, opened);
await ask(c, p.DocumentSymbolRequest.type, { textDocument }, every(t.DocumentSymbol.is));
// What is typed meanwhile comes first; then it is published, once.
while (!published.length) await new Promise((done) => setTimeout(done, 5));
if (published.length !== 1 || !published[0].diagnostics.every(t.Diagnostic.is))
  throw new Error(`published ${JSON.stringify(published)}`);
say('published', published[0]);
for (const word of ['parse |', 'State |'])
  await ask(c, p.HoverRequest.type, { textDocument, position: place(word) }, t.Hover.is);
for (const word of ['Bob', 'ship |'])
  await ask(c, p.CodeActionRequest.type, { textDocument, context: { diagnostics: [] },
    range: { start: place(word), end: place(word) } }, every(t.CodeAction.is));
for (const only of [['quickfix'], ['source'], ['refactor'], ['source.organizeImports']])
  await ask(c, p.CodeActionRequest.type, { textDocument, context: { diagnostics: [], only },
    range: { start: place('Eve'), end: place('Eve') } }, every(t.CodeAction.is));
for (const word of ['Todo |', 'parse, print', 'core', 'date,'])
  await ask(c, p.CompletionRequest.type, { textDocument, position: place(word) }, completions);
await ask(c, p.PrepareRenameRequest.type, { textDocument, position: place('parse, print') }, (v) => t.Range.is(v.range));
await ask(c, p.RenameRequest.type, { textDocument, position: place('parse, print'), newName: 'read' }, t.WorkspaceEdit.is);
await c.sendRequest(p.RenameRequest.type, { textDocument, position: place('parse, print'), newName: 'ship' })
  .then(() => { throw new Error('renamed to a key that is there'); }, (e) => say('refused', [e.code, e.message]));
await ask(c, p.DefinitionRequest.type, { textDocument, position: place('parse, print') }, every(t.Location.is));
await ask(c, p.ReferencesRequest.type, { textDocument, position: place('parse |'),
  context: { includeDeclaration: false } }, every(t.Location.is));
await ask(c, p.WorkspaceSymbolRequest.type, { query: 'print' }, every((s) => typeof s.name === 'string' && t.Location.is(s.location)));
await ask(c, p.FoldingRangeRequest.type, { textDocument }, every(t.FoldingRange.is));
await ask(c, p.DocumentFormattingRequest.type, { textDocument, options }, every(t.TextEdit.is));
await ask(c, p.DocumentRangeFormattingRequest.type, { textDocument, options,
  range: { start: place('one |'), end: place('one |') } }, every(t.TextEdit.is));
await ask(c, p.CodeLensRequest.type, { textDocument }, every(t.CodeLens.is));
await ask(c, p.InlayHintRequest.type, { textDocument, range: whole }, every(t.InlayHint.is));
await ask(c, p.SemanticTokensRequest.type, { textDocument }, t.SemanticTokens.is);
await c.sendRequest('textDocument/nonsense', {}).catch((e) => say('no such method', [e.code, e.message]));
await c.sendNotification(p.DidCloseTextDocumentNotification.type, { textDocument });
await c.sendRequest(p.ShutdownRequest.type);
await c.sendRequest(p.HoverRequest.type, { textDocument, position: place('Bob') })
  .catch((e) => say('after shutdown', [e.code, e.message]));
say('cleared', published.slice(1));
await c.sendNotification(p.ExitNotification.type);
say('exit status', await ended);

// An editor that asks, and one that counts bytes.
const asking = connect({ general: { positionEncodings: ['utf-8', 'utf-16'] }, textDocument: { diagnostic: {} } });
say('encoding', (await asking.start()).capabilities.positionEncoding);
await asking.c.sendNotification(p.DidOpenTextDocumentNotification.type, opened);
const first = await ask(asking.c, p.DocumentDiagnosticRequest.type, { textDocument }, report);
await ask(asking.c, p.DocumentDiagnosticRequest.type, { textDocument, previousResultId: first.resultId }, report);
await ask(asking.c, p.WorkspaceDiagnosticRequest.type, { previousResultIds: [] }, (v) => every(report)(v.items));
await asking.c.sendRequest(p.ShutdownRequest.type);
await asking.c.sendNotification(p.ExitNotification.type);
await asking.ended;
if (asking.published.length) throw new Error('published to an editor that asks');
