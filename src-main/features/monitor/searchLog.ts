import { type FileHandle, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type LogEntry, logLevel, logLevels } from '#contract/monitor.ts';

export interface LogOrder {
	level: LogEntry['level'] & string;
	text: string;
	requestId: string;
	from: number | null;
	until: number | null;
	limit: number;
}

export interface LogPage {
	entries: LogEntry[];
	reason: 'limit' | 'end' | 'time' | null;
}

const chunkBytes = 256 * 1024;
/** A line that is longer was not written by the log: it is passed over. */
const longestLineBytes = 1024 * 1024;
const longestDetail = 20_000;
/** A search that takes longer ends with what it has found. */
const longestMs = 20_000;

const stored = z.looseObject({ time: z.string().optional(), level: z.string().optional(), msg: z.string().optional(), requestId: z.string().optional() });

/**
 * Finds entries in the log files of a folder (`homeroom.log`, then `.1` and so on), the newest first, and gives what each piece of a file holds as
 * soon as it is read. Memory and time are bounded, whatever is in the files.
 */
export async function* searchLog(folder: string, order: LogOrder, signal?: AbortSignal): AsyncGenerator<LogPage, void, void> {
	const endAt = performance.now() + longestMs;
	let found = 0;
	for await (const lines of readBackwards(folder)) {
		if (signal?.aborted) return;
		const entries: LogEntry[] = [];
		for (const line of lines) {
			const read = readLine(line, order);
			if (read === 'tooOld') return yield { entries, reason: 'end' };
			if (read) entries.push({ id: found++, ...read });
			if (found >= order.limit) return yield { entries, reason: 'limit' };
		}
		if (performance.now() > endAt) return yield { entries, reason: 'time' };
		if (entries.length > 0) yield { entries, reason: null };
	}
	yield { entries: [], reason: 'end' };
}

/** The entry that a line holds; null where it is none that is looked for. */
function readLine(line: string, order: LogOrder): Omit<LogEntry, 'id'> | 'tooOld' | null {
	if (line === '' || (order.text !== '' && !line.toLowerCase().includes(order.text.toLowerCase()))) return null;
	const parsed = parse(line);
	// What is no entry of ours is shown as it stands where it is looked for by its words.
	if (!parsed)
		return order.text === '' || order.requestId !== '' ? null : { at: null, level: null, message: line.slice(0, longestDetail), requestId: null, detail: '{}' };
	const { time, level: levelName, msg = '', requestId = null, pid: _pid, ...rest } = parsed;
	const at = time === undefined ? null : Date.parse(time);
	if (at !== null && order.from !== null && at < order.from) return 'tooOld';
	if (at !== null && order.until !== null && at >= order.until) return null;
	const level = logLevel.safeParse(levelName).data ?? null;
	if (level !== null && logLevels.indexOf(level) < logLevels.indexOf(order.level)) return null;
	if (order.requestId !== '' && requestId !== order.requestId) return null;
	return { at: Number.isNaN(at) ? null : at, level, message: msg, requestId, detail: JSON.stringify(rest).slice(0, longestDetail) };
}

function parse(line: string): z.infer<typeof stored> | null {
	try {
		return stored.safeParse(JSON.parse(line)).data ?? null;
	} catch {
		return null;
	}
}

/** The lines of all files, the newest first, as many at a time as were read. A file that is put aside meanwhile is not read twice. */
async function* readBackwards(folder: string): AsyncGenerator<string[], void, void> {
	const seen = new Set<number>();
	for (const name of await namesIn(folder)) {
		// What was put aside or deleted meanwhile is met under its next name, or not at all.
		const file = await open(path.join(folder, name), 'r').catch(() => null);
		if (!file) continue;
		try {
			const { ino, size } = await file.stat();
			if (!seen.has(ino)) yield* readFileBackwards(file, size);
			seen.add(ino);
		} finally {
			await file.close();
		}
	}
}

async function namesIn(folder: string): Promise<string[]> {
	const numberOf = (name: string) => Number(/^homeroom\.log(?:\.(\d{1,3}))?$/.exec(name)?.[1] ?? 0);
	const names = await readdir(folder).catch(() => []);
	return names.filter((name) => /^homeroom\.log(\.\d{1,3})?$/.test(name)).sort((a, b) => numberOf(a) - numberOf(b));
}

async function* readFileBackwards(file: FileHandle, size: number): AsyncGenerator<string[], void, void> {
	/** The begin of what was read, which belongs to a line that begins before it; null where that line is too long. */
	let rest: Buffer | null = Buffer.alloc(0);
	for (let end = size; end > 0; ) {
		const begin = Math.max(0, end - chunkBytes);
		const chunk = Buffer.alloc(end - begin);
		const { bytesRead } = await file.read(chunk, 0, chunk.length, begin);
		if (bytesRead < chunk.length) return;
		end = begin;
		const first = begin === 0 ? -1 : chunk.indexOf(10);
		if (begin > 0 && first < 0) {
			rest = rest && rest.length + chunk.length <= longestLineBytes ? Buffer.concat([chunk, rest]) : null;
			continue;
		}
		const last = chunk.lastIndexOf(10);
		// A line that is too long ends in this chunk: its begin is passed over.
		const whole: Buffer = rest === null ? chunk.subarray(first + 1, Math.max(first, last) + 1) : Buffer.concat([chunk.subarray(first + 1), rest]);
		rest = first < 0 ? Buffer.alloc(0) : chunk.subarray(0, first + 1);
		yield whole.toString('utf8').split('\n').reverse();
	}
}
