// Starts `rowmark lsp` for the Markdown files of a window, and again when its settings change.
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('rowmark');
  const command = settings.get<string>('path', 'rowmark');

  await client?.stop();
  client = new LanguageClient('rowmark', 'rowmark', { command, args: ['lsp'] }, {
    documentSelector: [{ language: 'markdown', scheme: 'file' }, { language: 'markdown', scheme: 'untitled' }],
    initializationOptions: settings.get('features', {}),
  });
  try {
    await client.start();
  } catch {
    vscode.window.showErrorMessage(
      `'${command} lsp' does not start. Install rowmark, or set "rowmark.path" to where it is.`);
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand('rowmark.restart', start),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration('rowmark') && start()));
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
