// What rowmark.mjs gives: node --test lib/node (koffi where node finds it).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Database, merge, openText, RowmarkError } from './rowmark.mjs';

const LIST = '# Papers\n\n| Paper | Status |\n|---|---|\n| LoRA | Todo |\n| LIMA | Done |\n';

test('open rows, set, commit', () => {
	const folder = mkdtempSync(join(tmpdir(), 'rowmark-node-'));
	const git = (...args) => execFileSync('git', ['-C', folder, '-c', 'user.name=Ada',
		'-c', 'user.email=ada@example.org', ...args], { encoding: 'utf8' }).trim();

	writeFileSync(join(folder, 'list.md'), LIST);
	git('init', '-q');
	git('config', 'user.name', 'Ada');
	git('config', 'user.email', 'ada@example.org');
	git('add', '.');
	git('commit', '-q', '-m', 'A list');
	const db = new Database(folder);

	assert.deepEqual(db.rows('list.md').filter((row) => row.progress('Status') !== 'done').map((row) => row.key), ['LoRA']);
	assert.equal(db.set('list.md', null, 'lora', 'done').get('new'), 'Done');
	assert.equal(db.add('list.md', 'papers', { Paper: 'GPT' }).get('row'), 'GPT');
	assert.equal(db.commit(), git('rev-parse', 'HEAD'));
	assert.equal(db.commit(), '');
	assert.throws(() => db.set('list.md', null, 'none', 'Done'), (e) => e instanceof RowmarkError && e.code === 'not-found');
	db.close();
	rmSync(folder, { recursive: true });
});

test('check and merge of texts', () => {
	const db = openText('| A | B |\n|---|---|\n| x | y | z |\n');

	assert.deepEqual(db.check().map((f) => f.get('rule')), ['extra-cell']);
	db.close();
	const merged = merge(LIST, LIST.replace('Todo', 'Done'), LIST + '| GPT | Todo |\n');

	assert.equal(merged.conflicts.length, 0);
	assert.match(merged.text, /\| LoRA \| Done \|\n\| LIMA \| Done \|\n\| GPT \| Todo \|/);
});
