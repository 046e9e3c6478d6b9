// What a person does in VS Code, on plan.md, done in the extension host by the commands that its
// menus run: say where rowmark is, see the finding, take the fix, complete a status, rename a key,
// save. What became of it is written into the folder that PERSON names. There a file `told` or
// `seen` says how far it is, for whoever looks at the window and makes `go-told`, `go-seen`.
const fs = require('fs');
const path = require('path');
const vscode = require('vscode');

const notes = process.env.PERSON;

async function until(what, done) {
  for (let i = 0; i < 600; i++) {
    const got = await done();
    if (got) return got;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited for ${what}`);
}

async function look(at) {
  fs.writeFileSync(path.join(notes, at), '');
  await until(`the look at what is ${at}`, () => fs.existsSync(path.join(notes, `go-${at}`)));
}

// A text of the line that begins so.
function find(doc, row, text) {
  for (let i = 0; i < doc.lineCount; i++) {
    const line = doc.lineAt(i).text;
    if (line.startsWith(row)) return new vscode.Position(i, line.indexOf(text));
  }
  throw new Error(`no line ${row}`);
}

const ask = (command, ...rest) => vscode.commands.executeCommand(`vscode.execute${command}`, ...rest);

async function apply(edit) {
  if (!edit || !(await vscode.workspace.applyEdit(edit))) throw new Error('an edit was not made');
}

async function story(said) {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'plan.md');
  const doc = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(doc);
  await look('told');
  await vscode.workspace.getConfiguration('rowmark').update('path', process.env.ROWMARK,
    vscode.ConfigurationTarget.Global);
  const codes = () => vscode.languages.getDiagnostics(uri).map((d) => d.code);
  await until('the finding', () => codes().includes('missing-cell'));
  said.found = codes();
  const ship = find(doc, '| ship', 'ship');
  said.hover = (await ask('HoverProvider', uri, ship)).flatMap((h) => h.contents.map((c) => c.value));
  said.symbols = (await ask('DocumentSymbolProvider', uri)).map((s) => s.name);
  said.lenses = (await ask('CodeLensProvider', uri)).map((l) => l.command.title);
  await look('seen');

  const fixes = await ask('CodeActionProvider', uri, new vscode.Range(ship, ship), 'quickfix');
  said.fix = fixes[0].title;
  await apply(fixes[0].edit);

  const todo = find(doc, '| ship', 'Todo');
  const list = await ask('CompletionItemProvider', uri, todo);
  const doing = list.items.find((item) => item.label === 'Doing');
  said.statuses = list.items.filter((item) => item.kind === doing.kind).map((item) => item.label);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, doing.range.replacing ?? doing.range, doing.insertText);
  await apply(edit);

  const key = find(doc, '| print', 'print');
  await apply(await ask('DocumentRenameProvider', uri, key, 'press'));
  await until('the finding to go', () => !codes().includes('missing-cell'));
  // The other file got no editor of its own yet, which is all that "save all" looks at.
  said.changed = vscode.workspace.textDocuments.filter((d) => d.isDirty).map((d) => path.basename(d.fileName));
  for (const d of vscode.workspace.textDocuments)
    if (d.isDirty && !(await d.save())) throw new Error(`${d.fileName} was not saved`);
}

exports.activate = async () => {
  const said = {};
  await story(said).catch((e) => { said.error = String(e.stack); });
  fs.writeFileSync(path.join(notes, 'said.part'), JSON.stringify(said, null, 1) + '\n');
  fs.renameSync(path.join(notes, 'said.part'), path.join(notes, 'said'));
};
