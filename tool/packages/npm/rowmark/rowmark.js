#!/usr/bin/env node
// Runs the rowmark of this system, as if it had been called itself.
//
//   npx rowmark check ──▶ $ROWMARK_BINARY, or @rowmark/linux-x64/rowmark ──▶ its exit status
//
// Standard input, output and error are handed on as they are, so a terminal stays one. A signal
// is handed on too, and one that ends rowmark ends this.
'use strict';
const { spawn } = require('node:child_process');
const { constants } = require('node:os');
const { dependencies } = require('./platforms.json');

const system = `${process.platform}-${process.arch}`;

function stop(message) {
	process.stderr.write(`rowmark: ${message}\n`);
	process.exit(2);
}

function binary() {
	if (process.env.ROWMARK_BINARY)
		return process.env.ROWMARK_BINARY;
	const name = dependencies[system];
	if (!name)
		stop(`there is no program for ${system} on npm (there is for ` +
			`${Object.keys(dependencies).join(', ')}); build rowmark from source and set ` +
			'ROWMARK_BINARY to its path');
	try {
		return require.resolve(`${name}/rowmark`);
	} catch {
		const { version } = require('./package.json');
		stop(`${name} is not installed beside this package: optional packages were left out, ` +
			'or the lock file was made on another system; ' +
			`npm install --no-save ${name}@${version}, ` +
			'or set ROWMARK_BINARY to the path of a rowmark');
	}
}

// A terminal gives Ctrl-C and Ctrl-\ to rowmark itself as well.
function hand_on(child) {
	const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
	for (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2']) {
		const given = terminal && (signal === 'SIGINT' || signal === 'SIGQUIT');
		process.on(signal, () => given || child.kill(signal));
	}
}

function end(status, signal) {
	if (!signal)
		process.exit(status);
	process.removeAllListeners(signal);
	process.kill(process.pid, signal);
	// Signals that this program cannot die of end it as a shell reports them.
	setTimeout(() => process.exit(128 + constants.signals[signal]), 100);
}

const path = binary();
const child = spawn(path, process.argv.slice(2), { stdio: 'inherit' });
hand_on(child);
child.on('error', (error) => stop(`${path} does not start: ${error.message}`));
child.on('exit', end);
