// VS Code as a server, with the extension, and a person (vscode/person.js) in a browser's window:
// node 24, code-server and puppeteer-core of npm, Debian's chromium.
//
//   ROWMARK=... NODE_MODULES=... node vscode.mjs rowmark.vsix FOLDER NOTES
//
// Where the program is not on the PATH, the window says what to do. NOTES gets picture.png.
import { spawn, execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [vsix, folder, notes] = process.argv.slice(2);
const modules = process.env.NODE_MODULES;
const puppeteer = createRequire(join(modules, 'x.js'))('puppeteer-core');
const data = join(notes, 'data'), extensions = join(notes, 'extensions');
const common = [join(modules, 'code-server/out/node/entry.js'), '--config', '/dev/null', '--user-data-dir', data,
  '--extensions-dir', extensions];
const env = { ...process.env, PERSON: notes, EXTENSIONS_GALLERY: '{"serviceUrl": ""}' };

async function until(what, done) {
  for (let i = 0; i < 1200; i++) {
    const got = await done();
    if (got) return got;
    await sleep(100);
  }
  throw new Error(`waited for ${what}`);
}

function freePort() {
  return new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => resolve(port));
    });
  });
}

mkdirSync(join(data, 'User'), { recursive: true });
writeFileSync(join(data, 'User/settings.json'), JSON.stringify({
  'files.autoSave': 'off', 'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true, 'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'rowmark.path': 'rowmark-that-is-not-there' }));
execFileSync(process.execPath, [...common, '--install-extension', vsix], { env, stdio: 'inherit' });
cpSync(join(dirname(fileURLToPath(import.meta.url)), 'vscode'), join(notes, 'person'), { recursive: true });
execFileSync('python3', ['-c', `import sys, zipfile, os
with zipfile.ZipFile(sys.argv[2], 'w') as z:
    for n in os.listdir(sys.argv[1]): z.write(os.path.join(sys.argv[1], n), 'extension/' + n)
    z.writestr('extension.vsixmanifest', '<PackageManifest/>')`, join(notes, 'person'), join(notes, 'person.vsix')]);
execFileSync(process.execPath, [...common, '--install-extension', join(notes, 'person.vsix')],
  { env, stdio: 'inherit' });

const port = await freePort();
const server = spawn(process.execPath, [...common, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`,
  '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust',
  '--disable-getting-started-override'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
let browser;
try {
  await until('the server', () => fetch(`http://127.0.0.1:${port}/healthz`).then((r) => r.ok, () => false));
  browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'], protocolTimeout: 300000,
    defaultViewport: { width: 1400, height: 800 } });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`,
    { waitUntil: 'domcontentloaded', timeout: 120000 });
  const there = (name) => existsSync(join(notes, name));
  await until('the file', () => there('told') || there('said'));
  await until('a word on what to do', () => there('said') || page.evaluate(
    () => document.body.innerText.includes('set "rowmark.path" to where it is')));
  writeFileSync(join(notes, 'go-told'), '');
  await until('the finding', () => there('seen') || there('said'));
  await sleep(2000);
  await page.screenshot({ path: join(notes, 'picture.png') });
  writeFileSync(join(notes, 'go-seen'), '');
  await until('the end', () => there('said'));
} finally {
  await browser?.close();
  server.kill();
}
const said = readFileSync(join(notes, 'said'), 'utf8');
process.stdout.write(said);
process.exitCode = JSON.parse(said).error ? 1 : 0;
