// rowmark: Markdown tables kept as a database, with git as the log.
//
//	import { Database, openText, merge } from './rowmark.mjs';
//
//	const db = new Database('.');
//	for (const row of db.rows('README.md', 'papers'))
//		console.log(row.key, row.get('Read or Not'), row.progress('Read or Not'));
//	db.set('README.md', 'papers', 'LoRA', 'Read');
//	console.log(db.commit());
//	db.close();
//
// One file on koffi (npm i koffi) and librowmark.so.0, which ROWMARK_LIBRARY may name. rowmark.h
// is the reference; a call that fails throws RowmarkError.
import koffi from 'koffi';

const lib = koffi.load(process.env.ROWMARK_LIBRARY ?? 'librowmark.so.0');

koffi.opaque('rmk_db');
koffi.opaque('rmk_result');
const OUT = '_Out_ rmk_result **result';
const fn = (declaration) => lib.func(declaration);

const c = {
	version: fn('const char *rmk_version()'),
	open: fn('rmk_db *rmk_open(const char *folder)'),
	openText: fn('rmk_db *rmk_open_text(const char *path, const char *text, size_t n)'),
	close: fn('void rmk_close(rmk_db *db)'),
	error: fn('const char *rmk_error(const rmk_db *db)'),
	option: fn('int rmk_option(rmk_db *db, const char *name, const char *value)'),
	tables: fn(`int rmk_tables(rmk_db *db, const char *path, ${OUT})`),
	rows: fn(`int rmk_rows(rmk_db *db, const char *path, const char *table, ${OUT})`),
	bytes: fn(`int rmk_bytes(rmk_db *db, const char *path, ${OUT})`),
	check: fn(`int rmk_check(rmk_db *db, const char *path, ${OUT})`),
	summary: fn(`int rmk_summary(rmk_db *db, const char *path, ${OUT})`),
	diff: fn(`int rmk_diff(rmk_db *db, const char *old, const char *now, ${OUT})`),
	setIf: fn(`int rmk_set_if(rmk_db *db, const char *path, const char *table, const char *row,
		const char *column, const char *expected, const char *value, ${OUT})`),
	start: fn(`int rmk_start(rmk_db *db, const char *path, const char *table, const char *row,
		const char *column, ${OUT})`),
	done: fn(`int rmk_done(rmk_db *db, const char *path, const char *table, const char *row,
		const char *column, ${OUT})`),
	add: fn(`int rmk_add(rmk_db *db, const char *path, const char *table, const char **columns,
		const char **values, size_t n, ${OUT})`),
	rm: fn(`int rmk_rm(rmk_db *db, const char *path, const char *table, const char *row, ${OUT})`),
	commit: fn(`int rmk_commit(rmk_db *db, const char *message, ${OUT})`),
	save: fn(`int rmk_save(rmk_db *db, ${OUT})`),
	discard: fn('void rmk_discard(rmk_db *db)'),
	merge: fn(`int rmk_merge(const char *path, const char *base, size_t nbase, const char *ours,
		size_t nours, const char *theirs, size_t ntheirs, ${OUT})`),
	free: fn('void rmk_free(rmk_result *result)'),
	nrows: fn('size_t rmk_result_rows(const rmk_result *result)'),
	ncolumns: fn('size_t rmk_result_columns(const rmk_result *result)'),
	column: fn('const char *rmk_result_column(const rmk_result *result, size_t column)'),
	value: fn('const char *rmk_result_value(const rmk_result *r, size_t row, size_t column, size_t *n)'),
	raw: fn('const char *rmk_result_raw(const rmk_result *r, size_t row, size_t column, size_t *n)'),
	progress: fn('const char *rmk_result_progress(const rmk_result *r, size_t row, size_t column)'),
	key: fn('const char *rmk_result_key(const rmk_result *r, size_t row, size_t *n)'),
	line: fn('size_t rmk_result_line(const rmk_result *r, size_t row)'),
	text: fn('const char *rmk_result_text(const rmk_result *r, size_t *n)'),
	commitId: fn('const char *rmk_result_commit(const rmk_result *r)'),
	code: fn('const char *rmk_result_code(const rmk_result *r)'),
	message: fn('const char *rmk_result_message(const rmk_result *r)'),
	hint: fn('const char *rmk_result_hint(const rmk_result *r)'),
	notes: fn('const char *rmk_result_notes(const rmk_result *r)'),
};

export class RowmarkError extends Error {
	constructor(code, message, hint) {
		super(hint ? `${message}\n${hint}` : message);
		this.code = code;
		this.hint = hint;
	}
}

// A row of a result: cells by the names of their columns.
export class Row {
	constructor(names, result, at) {
		this.names = names;
		this.values = names.map((_, i) => c.value(result, at, i, null));
		this.raws = names.map((_, i) => c.raw(result, at, i, null));
		this.states = names.map((_, i) => c.progress(result, at, i));
		this.key = c.key(result, at, null) ?? '';
		this.line = Number(c.line(result, at));
	}
	get(column) { return this.values[this.names.indexOf(column)]; }
	raw(column) { return this.raws[this.names.indexOf(column)]; }
	progress(column) { return this.states[this.names.indexOf(column)]; }
	toObject() { return Object.fromEntries(this.names.map((name, i) => [name, this.values[i]])); }
}

// What a call answers, read whole and given back.
function ask(call, ...args) {
	const out = [null];
	const failed = call(...args, out);
	const result = out[0];

	try {
		if (failed)
			throw new RowmarkError(c.code(result), c.message(result), c.hint(result));
		const names = Array.from({ length: Number(c.ncolumns(result)) }, (_, i) => c.column(result, i));
		const rows = Array.from({ length: Number(c.nrows(result)) }, (_, i) => new Row(names, result, i));

		return {
			rows, text: c.text(result, null) ?? '', commit: c.commitId(result),
			notes: c.notes(result).split('\n').filter(Boolean),
		};
	} finally {
		c.free(result);
	}
}

// The Markdown files of a folder. What is set, added and removed waits for commit() or save().
export class Database {
	constructor(folder = '.', handle = c.open(folder)) {
		this.handle = handle;
		this.notes = [];
	}
	close() { c.close(this.handle); this.handle = null; }
	option(name, value = null) {
		if (c.option(this.handle, name, value))
			throw new RowmarkError('not-found', c.error(this.handle), '');
	}
	tables(path = '') { return ask(c.tables, this.handle, path).rows; }
	rows(path = '', table = null) { return ask(c.rows, this.handle, path, table).rows; }
	text(path = '') { return ask(c.bytes, this.handle, path).text; }
	check(path = '') { return ask(c.check, this.handle, path).rows; }
	summary(path = '') { return ask(c.summary, this.handle, path).rows; }
	diff(old, now) { return ask(c.diff, this.handle, old, now).rows; }

	write(call, ...args) {
		const result = ask(call, this.handle, ...args);

		this.notes = result.notes;
		return result;
	}
	set(path, table, row, value, { column = null, expected = null } = {}) {
		return this.write(c.setIf, path, table, row, column, expected, value).rows[0];
	}
	start(path, table, row, column = null) { return this.write(c.start, path, table, row, column).rows[0]; }
	done(path, table, row, column = null) { return this.write(c.done, path, table, row, column).rows[0]; }
	add(path, table, cells) {
		return this.write(c.add, path, table, Object.keys(cells), Object.values(cells),
			Object.keys(cells).length).rows[0];
	}
	rm(path, table, row) { return this.write(c.rm, path, table, row).rows[0]; }
	commit(message = null) { return this.write(c.commit, message).commit; }
	save() { this.write(c.save); }
	discard() { c.discard(this.handle); }
}

const size = (text) => Buffer.byteLength(text);

export function openText(text, path = 'text') {
	return new Database(null, c.openText(path, text, size(text)));
}

// Three versions of a text, merged by row and cell: { text, conflicts }.
export function merge(base, ours, theirs, path = 'text') {
	const result = ask(c.merge, path, base, size(base), ours, size(ours), theirs, size(theirs));

	return { text: result.text, conflicts: result.rows };
}

export const version = c.version;
