// Shields' endpoint schema under ajv, charts in mermaid's own
// parser. Output is TAP.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import DOMPurify from 'dompurify';
import mermaid from 'mermaid';

const folder = process.argv[2];
const read = name => fs.readFileSync(path.join(folder, name), 'utf8');
const names = end => fs.readdirSync(folder).filter(name => name.endsWith(end)).sort();

const schema = JSON.parse(fs.readFileSync(new URL('shields.schema.json', import.meta.url)));
const fits = new Ajv({allErrors: true}).compile(schema);

// The colors shields knows by name; another word would be shown as gray.
const colors = ['brightgreen', 'green', 'yellowgreen', 'yellow', 'orange', 'red', 'lightgrey'];

// Mermaid cleans what it draws, which wants a browser; parsing draws nothing.
DOMPurify.addHook = () => {};
DOMPurify.sanitize = text => text;

const tests = [];
const test = (name, run) => tests.push({name, run});

test('the schema refuses what shields refuses', async () => {
  for (const wrong of [{}, {schemaVersion: 1, label: 'a', message: ''},
    {schemaVersion: '1', label: 'a', message: 'b'},
    {schemaVersion: 1, label: 'a', message: 'b', colour: 'red'}]) {
    assert.equal(fits(wrong), false);
  }
});

for (const name of names('.shields.json')) {
  test(`${name} fits the schema of shields`, async () => {
    const badge = JSON.parse(read(name));
    assert.ok(fits(badge), JSON.stringify(fits.errors));
    assert.ok(colors.includes(badge.color), badge.color);
  });
}

for (const name of names('.mermaid')) {
  test(`mermaid parses ${name}`, async () => {
    const {diagramType} = await mermaid.parse(read(name));
    assert.equal(diagramType, /^(history|matrix)/.test(name) ? 'xychart' : 'pie');
  });
}

test('mermaid refuses what is none', async () => {
  await assert.rejects(mermaid.parse('xychart-beta\n  x-axis ['));
});

let failed = 0;
for (const [i, {name, run}] of tests.entries()) {
  try {
    await run();
    console.log(`ok ${i + 1} - ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${i + 1} - ${name}\n# ${String(error.message).replaceAll('\n', '\n# ')}`);
  }
}
console.log(`1..${tests.length}`);
process.exit(failed ? 1 : 0);
