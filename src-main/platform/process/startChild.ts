import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { childEnvironment } from './childEnvironment.ts';
import type { ChildExit } from './describeExit.ts';
import { type IpcPort, ipcPort } from './ipcPort.ts';

const keptLines = 40;
const longestLine = 2000;
/** More than these a second are counted and not logged, or a flood would be all that the app does and all that its log holds. */
const mostLinesPerSecond = 500;

/** A child process of the app, with all that it may start in turn. */
export interface Child {
	readonly pid: number;
	/** The channel to the child; it closes when the child ends. */
	readonly port: IpcPort;
	/** Settles when the child has ended and its last lines are in; never rejects. */
	readonly exited: Promise<ChildExit>;
	/** The last lines the child wrote, oldest first. */
	lastLines(): string[];
	/** Closes the channel, which asks the child to end, and after `graceMs` ends it and all it started. Safe to repeat. */
	stop(graceMs?: number): Promise<ChildExit>;
	/** Ends the child and all it started at once. */
	kill(): void;
}

/**
 * Starts a Node program as a child in a process group of its own, with a scrubbed environment, for the engine and the trainer.
 *
 * What it writes goes to the log line by line. `entry` must call `watchParent` first, so that the child never outlives the app.
 * `env` is added to what `childEnvironment` lets through; `nodeArgs` are for Node itself.
 */
export function startChild(options: {
	node: string;
	nodeArgs?: string[];
	entry: string;
	args?: string[];
	env?: Record<string, string>;
	log: Logger;
	name: string;
}): Child {
	const log = options.log.child({ child: options.name });
	const child = spawn(options.node, [...(options.nodeArgs ?? []), options.entry, ...(options.args ?? [])], {
		stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
		detached: process.platform !== 'win32',
		windowsHide: true,
		env: { ...childEnvironment(process.env), ...options.env },
	});
	const lines: string[] = [];
	let second = { from: 0, lines: 0 };
	const keep = (line: string) => {
		lines.push(line);
		if (lines.length > keptLines) lines.shift();
		if (performance.now() - second.from > 1000) {
			if (second.lines > mostLinesPerSecond) log.warn({ pid: child.pid, lines: second.lines - mostLinesPerSecond }, 'said more lines than are logged');
			second = { from: performance.now(), lines: 0 };
		}
		if (++second.lines <= mostLinesPerSecond) log.info({ pid: child.pid, line }, 'said');
	};
	if (child.stdout) eachLine(child.stdout, keep);
	if (child.stderr) eachLine(child.stderr, keep);
	// Writing to a child that is just ending is no error of ours.
	child.stdin?.on('error', () => {});
	child.on('error', (err) => log.error({ err }, 'a child process could not be started or reached'));
	let gone = false;
	const kill = () => {
		if (!gone) killTree(child);
	};
	const exited = untilExited(child).then((exit) => {
		gone = true;
		log.info({ pid: child.pid, ...exit }, 'ended');
		return exit;
	});
	const stop = (graceMs = 3000) => {
		if (child.connected) child.disconnect();
		const cancel = new AbortController();
		setTimeout(graceMs, undefined, { signal: cancel.signal }).then(kill, () => {});
		return exited.finally(() => cancel.abort());
	};
	return { pid: child.pid ?? -1, port: ipcPort(child), exited, lastLines: () => [...lines], stop, kill };
}

async function untilExited(child: ChildProcess): Promise<ChildExit> {
	const exit = await new Promise<ChildExit>((resolve) => {
		child.once('exit', (code, signal) => resolve({ code, signal }));
		child.once('error', () => {
			if (child.pid === undefined) resolve({ code: -1, signal: null });
		});
	});
	// What the child started and left behind ends with it; only then do its pipes close and the last lines arrive.
	killTree(child);
	const drained = [child.stdout, child.stderr].map((stream) => (stream ? finished(stream).catch(() => {}) : undefined));
	await Promise.race([Promise.all(drained), setTimeout(1000, undefined, { ref: false })]);
	return exit;
}

function killTree(child: ChildProcess): void {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		if (child.exitCode === null && child.signalCode === null)
			spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' }).on('error', () => child.kill('SIGKILL'));
		return;
	}
	try {
		// The group's number stays taken as long as one of its members lives, so this never meets a stranger.
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// Nobody of the group is left.
	}
}

/** Cuts a stream into lines; of a line without end no more than the start is ever held. */
function eachLine(stream: Readable, onLine: (line: string) => void): void {
	let waiting = '';
	stream.setEncoding('utf8');
	stream.on('data', (chunk: string) => {
		const parts = chunk.split('\n');
		const last = parts.pop() ?? '';
		for (const part of parts) {
			const line = (waiting + part).slice(0, longestLine).trimEnd();
			waiting = '';
			if (line !== '') onLine(line);
		}
		waiting = (waiting + last).slice(0, longestLine);
	});
	stream.on('end', () => {
		if (waiting !== '') onLine(waiting);
	});
	stream.on('error', () => {});
}
