// Runs `rowmark lsp` for the Markdown files of a window, and anew when its settings change.
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

let client: LanguageClient | undefined; // that has started
let last = Promise.resolve(); // one start waits for the one before

async function stop(): Promise<void> {
  const old = client;

  client = undefined;
  await old?.stop();
}

async function start(output: vscode.OutputChannel): Promise<void> {
  const settings = vscode.workspace.getConfiguration('rowmark');
  const command = settings.get<string>('path', 'rowmark');
  const next = new LanguageClient('rowmark', 'rowmark', { command, args: ['lsp'] }, {
    documentSelector: [{ language: 'markdown', scheme: 'file' }, { language: 'markdown', scheme: 'untitled' }],
    initializationOptions: settings.get('features', {}),
    outputChannel: output,
  });

  try {
    await next.start();
    client = next;
  } catch {
    vscode.window.showErrorMessage(
      `'${command} lsp' does not start. Install rowmark, or set "rowmark.path" to where it is.`);
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('rowmark');
  const restart = () => (last = last.then(stop).then(() => start(output)));

  context.subscriptions.push(output, vscode.commands.registerCommand('rowmark.restart', restart),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration('rowmark') && restart()));
  await restart();
}

export function deactivate(): Promise<void> {
  return last.then(stop);
}
